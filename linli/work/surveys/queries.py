"""Reading surveys: the form behind a card, the results of a wave, what waits for whom."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heng.shares import wilson
from linli.ground.accounts.items import Item
from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Officer
from linli.ground.trail.language import reader, told
from linli.work.surveys import tokens
from linli.work.surveys.models import Answer, Contact, Draft, Lineup, Questionnaire, Result, Tally, Token, Wave, Word
from linli.work.surveys.questions import LETTERS, MARGINS, choices_of

SMALL = 5  # fewer answers are withheld from everybody but the office that asked and the personnel office


@dataclass(frozen=True)
class Question:
    """One question as it is shown: ``choices`` are (value, label), empty where one writes."""

    key: str
    kind: str
    text: str
    choices: list = field(default_factory=list)

    @property
    def scored(self):
        return self.kind in ("satisfaction", "familiarity")


@dataclass(frozen=True)
class QuestionForm:
    """What a card opens. state: "open" may be answered, "spent" has been; what is closed or unknown opens nothing."""

    bureau: object
    community: object
    wave: str
    title: str
    state: str
    questions: list
    many: bool = False  # an open link: may be answered again


def question_form(token, language=None):
    """The ``QuestionForm`` behind a card, in the reader's language; None of one that is unknown or closed."""
    rows = Token.objects.select_related("wave__bureau", "wave__questionnaire", "community")
    found = rows.filter(mark=tokens.mark(tokens.typed(token)), wave__state=Wave.State.OPEN).first()
    if found is None:
        return None
    wave, lang = found.wave, language or reader()
    sheet = wave.questionnaire
    state = "spent" if found.spent else "open"
    shown = [] if found.spent else asked(sheet.questions, lang, names_of(wave, found.community_id, tokens.typed(token)))
    return QuestionForm(wave.bureau, found.community, wave.code, told(sheet.title, lang), state, shown, many=found.many)


def asked(questions, lang, names=()):
    """``Question`` of each question, in a language."""
    return [
        Question(question["key"], question["kind"], told(question["text"], lang), choices_of(question, lang, names))
        for question in questions
    ]


def names_of(wave, community, token):
    """Names of a community's lineup in the order of a card; () where the officer is not asked for."""
    lineup = Lineup.objects.filter(wave=wave, community=community).select_related("officer").first()
    if lineup is None:
        return ()
    codes = [lineup.officer.code, *lineup.decoys]
    names = dict(Officer.objects.filter(bureau=wave.bureau_id, code__in=codes).values_list("code", "name"))
    return [names.get(code, code) for code in tokens.order(token, codes)]


def lineups(wave):
    """Community code -> [(code, name)] of its lineup, the officer first; {} where the officer is not asked for."""
    rows = list(Lineup.objects.filter(wave=wave).select_related("community", "officer"))
    names = dict(Officer.objects.filter(bureau=wave.bureau_id).values_list("code", "name")) if rows else {}
    return {
        row.community.code: [(code, names.get(code, code)) for code in (row.officer.code, *row.decoys)] for row in rows
    }


def lettered(lineup, token):
    """[(letter, name)] as they stand on a card; [] without a lineup."""
    names = dict(lineup or ())
    return list(zip(LETTERS, (names[code] for code in tokens.order(token, names)), strict=False))


def waves(bureau, *, period="", state="", sampling=""):
    """Waves of a bureau, the newest quarter first, with what was drawn and answered."""
    found = Wave.objects.filter(bureau=bureau).select_related("questionnaire", "office")
    for name, value in (("period", period), ("state", state), ("sampling", sampling)):
        if value:
            found = found.filter(**{name: value})
    counted = found.annotate(drawn=Sum("tallies__drawn"), answered=Sum("tallies__answered"))
    return counted.order_by("-period", "-code")


def tallies(wave):
    """Counts of a wave by community, by code."""
    return list(Tally.objects.filter(wave=wave).select_related("community").order_by("community__code"))


def response_rate(tally):
    """Answered of those drawn who were to be asked, or None; nobody knows of the unreached, so they count as such."""
    due = tally.drawn - tally.ineligible
    return tally.answered / due if due > 0 else None


def results(wave, communities=None):
    """``Result`` rows of a closed wave by community code, then question and value; {} while it is open."""
    rows = Result.objects.filter(wave=wave).select_related("community")
    if communities is not None:
        rows = rows.filter(community__in=communities)
    found = {}
    for row in rows.order_by("community__code", "pk"):
        found.setdefault(row.community.code, {})[row.question, row.value] = row
    return found


def modes(wave):
    """How many answers came each way: {mode: number}."""
    rows = Answer.objects.filter(wave=wave).order_by().values("mode").annotate(n=Count("pk"))
    return {row["mode"]: row["n"] for row in rows}


def words(wave):
    """What residents wrote, by question: for the office that asked, in no order that says anything."""
    return list(
        Word.objects.filter(wave=wave).select_related("community").order_by("question", "community__code", "id")
    )


def seen(bureau, period):
    """Community code -> (share, low, high, answers) who saw their officer last month, of the quarter's samples.

    Several waves are added up by their effective answers. It stands beside the visibility rate and is not scored.
    """
    found = {}
    rows = scored_results(bureau, period).filter(kind="seen")
    for row in rows.filter(value__in=("yes", "no")):
        yes, no = found.get(row.community.code, (0.0, 0.0))
        weight = row.answers * (row.share or 0.0) / row.design_effect
        found[row.community.code] = (yes + weight, no) if row.value == "yes" else (yes, no + weight)
    told_ = {code: (yes, yes + no) for code, (yes, no) in found.items() if yes + no > 0}
    return {code: (yes / n, *map(float, wilson(yes, n)), round(n)) for code, (yes, n) in told_.items()}


def public(bureau, period):
    """Community code -> {"satisfaction" or "familiarity": (share, low, high, answers)} that everybody may read.

    Of the quarter's closed samples, the last of several; fewer than five answers are left out. Familiarity is as it
    was answered, before the correction for guessing.
    """
    rows = scored_results(bureau, period).filter(value="score", answers__gte=SMALL)
    found = {}
    for row in rows:
        found.setdefault(row.community.code, {})[row.kind] = (row.share, row.low, row.high, row.answers)
    return found


def scored_results(bureau, period):
    """``Result`` rows of the quarter's closed probability samples: what may go up to a rate."""
    samples = (Wave.Sampling.LIST, Wave.Sampling.ROUTE)
    rows = Result.objects.filter(
        wave__bureau=bureau, wave__period=period, wave__state=Wave.State.CLOSED, wave__sampling__in=samples
    )
    return rows.select_related("community", "wave__office").order_by("community__code", "wave__code", "pk")


def drafts(bureau):
    """Questionnaires being written, by code."""
    return Draft.objects.filter(bureau=bureau).order_by("code")


def published(bureau):
    """Published versions, the newest of each code first."""
    return Questionnaire.objects.filter(bureau=bureau).order_by("code", "-version")


def items(user, bureau, today):
    """What waits for this account: waves of its office to draw, to count and to close; drafts to publish."""
    found = []
    if user.role == Role.PERSONNEL:
        waiting = [draft for draft in drafts(bureau) if draft.edition != draft.published]
        found += [
            Item(
                _("Publish the questionnaire “%(title)s”") % {"title": told(draft.title, reader())},
                reverse("surveys:draft", args=[bureau.code, draft.code]),
            )
            for draft in waiting
        ]
    if user.role in (Role.PERSONNEL, Role.DEPARTMENT) and user.office_id:
        open_ = waves(bureau, state=Wave.State.OPEN).filter(office=user.office_id)
        counted = Prefetch("tallies", queryset=Tally.objects.order_by("pk"))
        found += [_item(bureau, wave) for wave in open_.prefetch_related(counted)]
    return found


def _item(bureau, wave):
    url, name = reverse("surveys:wave", args=[bureau.code, wave.code]), {"wave": wave.code}
    if wave.probability and not wave.frame_hash:
        return Item(_("Draw the sample of %(wave)s") % name, url)
    out = sum(max(t.drawn - t.answered - t.refused - t.unreached - t.ineligible, 0) for t in wave.tallies.all())
    if out:
        text = ngettext("%(n)s card of %(wave)s is still out", "%(n)s cards of %(wave)s are still out", out)
        return Item(text % (name | {"n": out}), url, count=out)
    return Item(_("Close the wave %(wave)s") % name, url)


def contacts_left(wave):
    """How many have left a contact that is not drawn yet."""
    return Contact.objects.filter(wave=wave, drawn=False).count()


def asks_to_weigh(questionnaire):
    """Kinds of the questionnaire that answers can be weighed by."""
    return [question["kind"] for question in questionnaire.questions if question["kind"] in MARGINS]
