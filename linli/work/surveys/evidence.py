"""What goes up: the satisfaction and familiarity rates of the quarter's closed probability samples.

Numerators are weighted: of satisfaction 1, 0.75, 0 over those who have an opinion; of familiarity the raw share who
picked their officer, "cannot tell" counting as the quarter that guessing would give, which the scheme's ``guess``
takes away again. A meeting or an open link goes up nowhere.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.trail.doors import Counted
from linli.work.surveys import queries
from linli.work.surveys.counting import SCORE
from linli.work.surveys.models import Tally, Wave

RATES = ("satisfaction", "familiarity")  # and so are the kinds of question called


def figures(bureau, period):
    """``Counted`` of each community and rate; several waves are one sample."""
    rows = queries.scored_results(bureau, period).filter(kind__in=RATES, value=SCORE, answers__gt=0)
    found = {}
    for row in rows:
        found.setdefault((row.community.code, row.kind), []).append(row)
    beside = _beside(bureau, period) if found else {}
    for (community, rate), mine in sorted(found.items()):
        yield _counted(community, rate, mine, beside.get(community, ()))


def _counted(community, rate, rows, beside):
    answers = sum(row.answers for row in rows)
    effective = sum(row.answers / row.design_effect for row in rows)
    waves = sorted({row.wave.code for row in rows})
    offices = sorted({row.wave.office.name for row in rows})
    newest = max(row.wave.closed_on for row in rows)
    return Counted(
        community=community, rate=rate, numerator=sum(row.answers * row.share for row in rows), denominator=answers,
        source=", ".join([*waves, *offices])[:200],
        revision=f"{'+'.join(waves)} {newest.isoformat()} n={answers}", design_effect=answers / effective,
        shown=(*beside, (_("Answers counting"), f"{effective:.0f}")),
    )  # fmt: skip


def _beside(bureau, period):
    """Community code -> what stands beside its figures: the response rate."""
    rows = Tally.objects.filter(wave__in=_samples(bureau, period)).select_related("community")
    sums = {}
    for row in rows:
        drawn, answered = sums.get(row.community.code, (0, 0))
        sums[row.community.code] = (drawn + row.drawn - row.ineligible, answered + row.answered)
    return {
        code: ((_("Response rate"), f"{answered / drawn:.0%}"),)
        for code, (drawn, answered) in sums.items()
        if drawn > 0
    }


def _samples(bureau, period):
    samples = (Wave.Sampling.LIST, Wave.Sampling.ROUTE)
    return Wave.objects.filter(bureau=bureau, period=period, state=Wave.State.CLOSED, sampling__in=samples)


def path(bureau, period, community, rate):
    """The page of the community in the quarter's last sample, or "" where there is none."""
    if rate not in RATES:
        return ""
    wave = _samples(bureau, period).filter(tallies__community__code=community).order_by("-code").first()
    return reverse("surveys:community", args=[bureau.code, wave.code, community]) if wave else ""
