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
from linli.ground.trail.actions import action
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.surveys import reading, tokens
from linli.work.surveys.actions.waves import must_run
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
        if by == "resident":
            raise NotAllowed(_("This wave is run by %(office)s alone.") % {"office": wave.office.name})
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


def unknown():
    """One refusal for a card that is unknown, spent or over: the words tell nobody which."""
    return Refused(
        _("This card cannot be used: it is unknown, has been used, or the survey is over."),
        _("Look at the letters on the card again. Each card answers once."),
    )


def _spendable(token):
    rows = Token.objects.select_related("wave__questionnaire", "wave__bureau", "wave__office", "community")
    found = rows.filter(mark=tokens.mark(tokens.typed(token)), wave__state=Wave.State.OPEN, spent=False).first()
    if found is None:
        raise unknown()
    return found


def _spend(token):
    """Twice, because ``mixing`` may just have laid the row anew under another key: then the second try finds it."""
    rows = Token.objects.filter(mark=token.mark, spent=False)
    if not (rows.update(spent=True) or rows.all().update(spent=True)):
        raise unknown()


def _lineup(wave, community):
    found = Lineup.objects.filter(wave=wave, community=community).select_related("officer").first()
    return (found.officer.code, [found.officer.code, *found.decoys]) if found else None


def _put_away(wave, community, ticks, words, eligible, mode):
    counted = "answered" if eligible else "ineligible"
    Tally.objects.filter(wave=wave, community=community).update(**{counted: F(counted) + 1})
    if not Wave.objects.filter(pk=wave.pk, state=Wave.State.OPEN).exists():  # closed while this waited for the tally
        raise unknown()
    if not eligible:
        return
    Answer.objects.create(wave=wave, community_id=community, mode=mode, ticks=ticks, week=monday(clock.today()))
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


def monday(day):
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


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
    erase_on = monday(clock.today()) + KEPT  # counted from Monday, so that it does not say the day
    Contact.objects.create(wave_id=found.wave_id, community_id=found.community_id, contact=text, erase_on=erase_on)
