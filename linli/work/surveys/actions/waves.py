"""A wave: opened by an office that the scored officer and station have no hand in, and counted honestly."""

import re
import secrets
from datetime import timedelta
from random import Random

from django.db.models import F
from django.utils.translation import gettext as _

from heng import periods
from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Officer
from linli.ground.officers.queries import holders, pairings_in
from linli.ground.places.queries import communities as open_communities
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.surveys.models import Lineup, Tally, Wave
from linli.work.surveys.questions import MARGINS
from linli.work.surveys.reading import MODES

DECOYS = 3


def must_run(by, wave):
    """Only accounts of the office that runs a wave work on it; ``by`` may be the program itself."""
    if isinstance(by, str):
        return
    if by.role not in (Role.DEPARTMENT, Role.PERSONNEL) or by.office_id != wave.office_id:
        raise NotAllowed(_("This wave is run by %(office)s alone.") % {"office": wave.office.name})


def must_be_open(wave):
    """Nothing is added to a closed wave."""
    if wave.state != Wave.State.OPEN:
        raise Refused(_("This wave is closed."), _("Open another one; what is closed stays as it is."))


@action
def open_wave(
    *, by, bureau, questionnaire, period, sampling, office, communities=None, modes=MODES, half_width=0.10,
    answer_rate=0.6, cluster_effect=None, step=5, code="",
):  # fmt: skip
    """A ``Wave`` for these communities (default: all) with its lineups; then ``draw_sample``."""
    _may_open(by, office)
    asked = list(open_communities(bureau) if communities is None else communities)
    _check_plan(period, sampling, modes, half_width, answer_rate, asked)
    step = max(int(step), 1)
    _stands_apart(bureau, office, asked, period)
    if questionnaire.bureau_id != bureau.pk:
        raise Refused(_("This questionnaire is another bureau's."))
    if cluster_effect is None:
        cluster_effect = 1.2 if sampling == Wave.Sampling.ROUTE else 1.0
    wave = Wave.objects.create(
        bureau=bureau, code=_code(bureau, period, code), period=period, questionnaire=questionnaire, office=office,
        sampling=sampling, modes=list(modes), half_width=half_width, answer_rate=answer_rate,
        cluster_effect=max(cluster_effect, 1.0), step=step, salt=secrets.token_hex(32), opened_on=clock.today(),
        opened_by=name_of(by),
    )  # fmt: skip
    Tally.objects.bulk_create(Tally(wave=wave, community=community) for community in asked)
    if any(question["kind"] == "familiarity" for question in questionnaire.questions):
        Lineup.objects.bulk_create(_lineups(wave, asked))
    record(
        by=by, action="surveys.open_wave", subject=f"wave:{wave.code}", bureau=bureau, office=office.code,
        questionnaire=str(questionnaire), sampling=sampling, communities=[community.code for community in asked],
    )  # fmt: skip
    return wave


def _may_open(by, office):
    if isinstance(by, str) or by.role == Role.PERSONNEL:
        return
    if by.role != Role.DEPARTMENT or by.office_id != office.pk:
        raise NotAllowed(_("A wave is opened by the political and personnel office or by the office that runs it."))


def _check_plan(period, sampling, modes, half_width, answer_rate, asked):
    try:
        periods.parse(period)
    except ValueError:
        raise Refused(_("That is no quarter."), _("Write it as 2026Q3.")) from None
    if sampling not in Wave.Sampling.values or not modes or not set(modes) <= set(MODES):
        raise Refused(_("Say how people are chosen and how they answer."))
    if not 0.01 <= half_width <= 0.5 or not 0.05 <= answer_rate <= 1:
        raise Refused(
            _("The half-width lies between 1 and 50 per cent, the answer rate between 5 and 100 per cent."),
            _("With ± 10 per cent about 100 answers a community are needed."),
        )
    if not asked:
        raise Refused(_("No community is chosen."), _("Choose at least one."))


def _stands_apart(bureau, office, asked, period):
    """The scored unit never surveys itself: no station, and no office that shares an officer's result (R-40)."""
    if office.bureau_id != bureau.pk:
        raise Refused(_("This office is another bureau's."))
    if office.kind == "station" or office.pk in {community.station_id for community in asked}:
        raise Refused(
            _("A police station is what is scored: it may not run the survey."),
            _("Choose the residents' committee or somebody from outside."),
        )
    first, last = periods.span_of(period)
    codes = {community.pk for community in asked}
    bound = [pair for pair in pairings_in(bureau, first, last) if pair.office_id == office.pk]
    shared = sorted(pair.community.code for pair in bound if pair.community_id in codes)
    if shared:
        raise Refused(
            _("%(office)s is paired with %(communities)s and shares the result there (R-40).")
            % {"office": office.name, "communities": ", ".join(shared)},
            _("Leave these communities out, or choose another office."),
        )


def _code(bureau, period, code):
    if code:
        if not re.fullmatch(r"[\w-]{1,40}", code, re.ASCII):
            raise Refused(_("A code has letters, digits and hyphens."), _("For example: 2026Q3-1."))
        if Wave.objects.filter(bureau=bureau, code=code).exists():
            raise Refused(_("There is a wave with this code."), _("Choose another code."))
        return code
    taken = set(Wave.objects.filter(bureau=bureau, period=period).values_list("code", flat=True))
    return next(name for name in (f"{period}-{number}" for number in range(1, 1000)) if name not in taken)


def _lineups(wave, asked):
    """For each community the officer who holds it and three who never held it, drawn from the rest of the bureau."""
    today, rng = clock.today(), Random(secrets.randbits(64))
    first = today - timedelta(days=92)
    held, now = {}, {}
    for post in holders(wave.bureau, today - timedelta(days=3660), today):
        held.setdefault(post.community_id, set()).add(post.officer.code)
        if post.end is None or post.end >= first:
            now.setdefault(post.community_id, []).append(post)
    everybody = sorted(Officer.objects.filter(bureau=wave.bureau).values_list("code", flat=True))
    for community in asked:
        posts = [post for post in now.get(community.pk, ()) if post.end is None or post.end >= today]
        elsewhere = [code for code in everybody if code not in held.get(community.pk, ())]
        if not posts or len(elsewhere) < DECOYS:
            raise Refused(
                _("%(community)s has no officer in post, or the bureau has no three others to stand beside.")
                % {"community": community.name},
                _("Leave the community out, or ask without the question about the officer."),
            )
        yield Lineup(
            wave=wave, community=community, officer=posts[-1].officer, decoys=sorted(rng.sample(elsewhere, DECOYS))
        )


@action
def set_margins(*, by, wave, margins):
    """People by sex and age: community code or "*" -> {"sex": {value: people}, "age": {…}}; {} takes them away."""
    must_run(by, wave)
    must_be_open(wave)
    for place, dimensions in margins.items():
        for dimension, people in dimensions.items():
            known = MARGINS.get(dimension)
            if known is None or set(people) != set(known) or min(people.values()) < 0 or sum(people.values()) <= 0:
                raise Refused(
                    _("%(place)s, %(dimension)s: a number of people is needed for each of its groups.")
                    % {"place": place, "dimension": dimension},
                    _("Look at the example beside the field."),
                )
    Wave.objects.filter(pk=wave.pk, state=Wave.State.OPEN).update(margins=margins)
    wave.margins = margins
    record(by=by, action="surveys.set_margins", subject=f"wave:{wave.code}", bureau=wave.bureau, places=sorted(margins))
    return wave


@action
def count_missed(*, by, wave, community, refused=0, unreached=0, ineligible=0):
    """Adds to those who were drawn and did not answer: how many refused, were not reached, were not to be asked."""
    must_run(by, wave)
    must_be_open(wave)
    added = {"refused": refused, "unreached": unreached, "ineligible": ineligible}
    found = Tally.objects.select_for_update().filter(wave=wave, community=community).first()
    if found is None:
        raise Refused(_("This community is not asked in this wave."))
    new = {name: getattr(found, name) + number for name, number in added.items()}
    if min(new.values()) < 0:
        raise Refused(_("Less than nobody is nobody."), _("Take back no more than was entered."))
    if wave.probability and found.answered + sum(new.values()) > found.drawn:
        raise Refused(
            _("More than were drawn: %(drawn)s.") % {"drawn": found.drawn},
            _("Answered, refused, not reached and not to be asked make up those drawn."),
        )
    Tally.objects.filter(pk=found.pk).update(**{name: F(name) + number for name, number in added.items()})
    record(
        by=by, action="surveys.count_missed", subject=f"wave:{wave.code}", bureau=wave.bureau,
        community=community.code, **added,
    )  # fmt: skip
    found.refresh_from_db()
    return found
