"""An answer: the token is spent and the answer put away, and nothing ties the one to the other.

What is written for an answer: a flag on the token, counts on the tally, and a row that knows community, mode and week.
No time, no entry in the trail, a key drawn at random. The two are still written in one transaction, or a crash could
spend a token and lose its answer; ``mixing`` breaks what a database itself remembers of that.
"""

from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from linli.book.safe import clean
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.surveys import reading, tokens
from linli.work.surveys.actions.waves import must_be_open, must_run
from linli.work.surveys.models import Answer, Contact, Device, Lineup, Tally, Token, Wave, Word

A_QUESTION = 2.0  # seconds: faster than this nobody reads
KEPT = timedelta(days=30)  # a contact


@action
def answer(*, token, answers, language="", device="", seconds=None, mode="qr", by="resident"):
    """Takes one answer; gives the wave. answers: question key -> value as ``queries.question_form`` offered it.

    device: what tells one device from another, of which a salted hash is kept until the wave closes; seconds: how long
    the form was open. Both are looked at of answers that came by themselves (mode "qr"). Refuses a token that is
    unknown, spent or of a closed wave, all in the same words. language is asked for by the page and not kept.
    """
    found = _spendable(token)
    wave = found.wave
    if mode not in wave.modes:
        raise Refused(_("This wave does not take answers this way."), _("Choose a way that the wave was opened for."))
    if mode != "qr":
        must_run(by, wave)
    ticks, words, eligible = reading.read(
        wave.questionnaire.questions, answers, tokens.typed(token), _lineup(wave, found.community_id)
    )
    if not found.many:
        _spend(found)
    _put_away(wave, found.community_id, ticks, words, eligible, mode)
    if mode == "qr":
        _look(wave, found.community_id, device, seconds, len(ticks))
    return wave


def _unknown():
    return Refused(
        _("This card cannot be used: it is unknown, has been used, or the survey is over."),
        _("Look at the letters on the card again. Each card answers once."),
    )


def _spendable(token):
    rows = Token.objects.select_related("wave__questionnaire", "wave__bureau", "wave__office", "community")
    found = rows.filter(mark=tokens.mark(tokens.typed(token)), wave__state=Wave.State.OPEN, spent=False).first()
    if found is None:
        raise _unknown()
    return found


def _spend(token):
    """Twice, because ``mixing`` may just have laid the row anew under another key: then the second try finds it."""
    rows = Token.objects.filter(mark=token.mark, spent=False)
    if not (rows.update(spent=True) or rows.all().update(spent=True)):
        raise _unknown()


def _lineup(wave, community):
    found = Lineup.objects.filter(wave=wave, community=community).select_related("officer").first()
    return (found.officer.code, [found.officer.code, *found.decoys]) if found else None


def _put_away(wave, community, ticks, words, eligible, mode):
    counted = "answered" if eligible else "ineligible"
    Tally.objects.filter(wave=wave, community=community).update(**{counted: F(counted) + 1})
    if not Wave.objects.filter(pk=wave.pk, state=Wave.State.OPEN).exists():  # closed while this waited for the tally
        raise _unknown()
    if not eligible:
        return
    Answer.objects.create(wave=wave, community_id=community, mode=mode, ticks=ticks, week=_monday(clock.today()))
    for question, text in words.items():
        Word.objects.create(wave=wave, community_id=community, question=question, text=text)


def _look(wave, community, device, seconds, ticked):
    """Counts what is a reason to look; the answer counts all the same."""
    counts = {}
    if seconds is not None and seconds < A_QUESTION * ticked:
        counts["quick"] = F("quick") + 1
    if device:
        mark = tokens.device_mark(wave, device)
        seen, new = Device.objects.get_or_create(wave=wave, mark=mark)
        if not new:
            Device.objects.filter(pk=seen.pk).update(seen=F("seen") + 1)
            counts["repeats"] = F("repeats") + 1
    if counts:
        Tally.objects.filter(wave=wave, community=community).update(**counts)


def _monday(day):
    return day - timedelta(days=day.weekday())


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
    faults, taken, counts = [], 0, {}
    tallies = {tally.community.code: tally for tally in wave.tallies.select_related("community")}
    for number, row in enumerate(rows, 1):
        try:
            code = _paper(by, wave, row, tallies)
        except NotAllowed:
            raise
        except Refused as refusal:
            faults.append(_("Form %(number)s: %(fault)s") % {"number": number, "fault": refusal.message})
            continue
        taken, counts[code] = taken + 1, counts.get(code, 0) + 1
    if faults:
        raise Refused("\n".join(faults[:20]), _("Nothing was taken in. Mend these forms and send all of them again."))
    record(by=by, action="surveys.paper", subject=f"wave:{wave.code}", bureau=wave.bureau, forms=counts)
    return taken


def _paper(by, wave, row, tallies):
    answers = {name: value for name, value in row.items() if name not in ("token", "community")}
    if row.get("token"):
        found = _spendable(row["token"])
        if found.wave_id != wave.pk:
            raise Refused(_("the card belongs to another wave."))
        answer(by=by, token=row["token"], answers=answers, mode="paper")
        return found.community.code
    if wave.probability:
        raise Refused(_("the card's letters are missing."))
    tally = tallies.get(str(row.get("community", "")).strip())
    if tally is None:
        raise Refused(_("the community “%(code)s” is not asked in this wave.") % {"code": row.get("community", "")})
    code = tally.community.code
    read = reading.read(wave.questionnaire.questions, answers, f"{wave.code}.{code}", _lineup(wave, tally.community_id))
    _put_away(wave, tally.community_id, *read, "paper")
    return code


@action
def leave_contact(*, token, contact, by="resident"):
    """Somebody who has answered may be called again: the contact stands alone, encrypted, for 30 days at most."""
    text = clean(contact).strip()[:120]
    if len(text) < 5:
        raise Refused(_("This is no way to call somebody."), _("Write a telephone number, or leave it out."))
    rows = Token.objects.filter(mark=tokens.mark(tokens.typed(token)), wave__state=Wave.State.OPEN)
    found = rows.filter(spent=True, contacted=False).first() or rows.filter(many=True).first()
    if found is None:
        raise Refused(_("A contact may be left once, after answering."))
    if not found.many and not Token.objects.filter(pk=found.pk, contacted=False).update(contacted=True):
        raise Refused(_("A contact may be left once, after answering."))
    erase_on = _monday(clock.today()) + KEPT  # counted from Monday, so that it does not say the day
    Contact.objects.create(wave_id=found.wave_id, community_id=found.community_id, contact=text, erase_on=erase_on)
