"""A stack of paper forms, taken in at once: as many questions to the database for a hundred forms as for one."""

from collections import Counter, defaultdict

from django.db.models import F
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused
from linli.work.surveys import reading, tokens
from linli.work.surveys.actions.answers import monday, unknown
from linli.work.surveys.actions.waves import must_be_open, must_run
from linli.work.surveys.models import Answer, Tally, Token, Wave, Word


@action
def answer_on_paper(*, by, wave, rows):
    """A stack of paper forms: all of them or none; gives how many. rows: dicts of ``token``, ``community``, answers.

    The card printed on each form is spent as it would have been by the resident. Of a meeting, forms may come without
    a card; then ``community`` says whose they are.
    """
    must_run(by, wave)
    wave = Wave.objects.select_for_update(no_key=True).select_related("questionnaire", "bureau").get(pk=wave.pk)
    must_be_open(wave)
    if "paper" not in wave.modes:
        raise Refused(_("This wave does not take answers this way."), _("Choose a way that the wave was opened for."))
    stack, faults = _Stack(wave, list(rows)), []
    for number, row in enumerate(stack.rows, 1):
        try:
            stack.take(row)
        except Refused as refusal:
            faults.append(_("Form %(number)s: %(fault)s") % {"number": number, "fault": refusal.message})
    if faults:
        raise Refused("\n".join(faults[:20]), _("Nothing was taken in. Mend these forms and send all of them again."))
    stack.put_away()
    record(by=by, action="surveys.paper", subject=f"wave:{wave.code}", bureau=wave.bureau, forms=dict(stack.forms))
    return sum(stack.forms.values())


class _Stack:
    """What a stack's forms say, gathered before any of it is written."""

    def __init__(self, wave, rows):
        self.wave, self.rows = wave, rows
        self.tallies = {tally.community.code: tally for tally in wave.tallies.select_related("community")}
        marks = {tokens.mark(tokens.typed(row["token"])) for row in rows if row.get("token")}
        open_tokens = Token.objects.filter(wave__state=Wave.State.OPEN, spent=False).select_related("community")
        self.cards = {token.mark: token for token in _in_parts(open_tokens, marks)}
        lineups = wave.lineups.select_related("officer")
        self.lineups = {one.community_id: (one.officer.code, [one.officer.code, *one.decoys]) for one in lineups}
        self.spent, self.forms, self.counts = [], Counter(), defaultdict(Counter)
        self.answers, self.words = [], []

    def take(self, row):
        """Reads one form; ``Refused`` with what is wrong of it."""
        said = {name: value for name, value in row.items() if name not in ("token", "community")}
        if row.get("token"):
            card = self._card(row["token"])
            code, typed = card.community.code, tokens.typed(row["token"])
        else:
            card, code = None, str(row.get("community", "")).strip()
            typed = f"{self.wave.code}.{code}"
            if self.wave.probability:
                raise Refused(_("the card's letters are missing."))
            if code not in self.tallies:
                raise Refused(_("the community “%(code)s” is not asked in this wave.") % {"code": code})
        community = self.tallies[code].community_id
        read = reading.read(self.wave.questionnaire.questions, said, typed, self.lineups.get(community))
        if card is not None and not card.many:
            self.spent.append(self.cards.pop(card.mark))
        self.forms[code] += 1
        self._keep(code, community, *read)

    def _card(self, token):
        found = self.cards.get(tokens.mark(tokens.typed(token)))
        if found is None:
            raise unknown()
        if found.wave_id != self.wave.pk:
            raise Refused(_("the card belongs to another wave."))
        return found

    def _keep(self, code, community, ticks, words, eligible):
        self.counts[code]["answered" if eligible else "ineligible"] += 1
        if eligible:
            where = {"wave": self.wave, "community_id": community}
            self.answers.append(Answer(**where, mode="paper", ticks=ticks, week=monday(clock.today())))
            self.words += [Word(**where, question=question, text=text) for question, text in words.items()]

    def put_away(self):
        """Writes it: cards spent, forms counted, answers and words in the order of their random keys."""
        gone = sum(_in_parts(Token.objects.filter(spent=False), [card.mark for card in self.spent], _spend))
        if gone != len(self.spent):
            raise unknown()
        for code, counts in self.counts.items():
            Tally.objects.filter(pk=self.tallies[code].pk).update(**{name: F(name) + n for name, n in counts.items()})
        for model, made in ((Answer, self.answers), (Word, self.words)):
            model.objects.bulk_create(sorted(made, key=lambda row: row.pk), batch_size=1000)


def _spend(rows):
    return [rows.update(spent=True)]


def _in_parts(rows, marks, done=list, size=500):
    """``done`` over the rows with these marks, part by part: a statement holds only so many."""
    marks = sorted(marks)
    parts = [marks[i : i + size] for i in range(0, len(marks), size)]
    return [one for part in parts for one in done(rows.filter(mark__in=part))]
