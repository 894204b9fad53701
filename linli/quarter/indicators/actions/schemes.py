"""A scheme from its draft to its force: linted, put before the officers, decided by the Party committee (R-10)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.book.problems import BadBook
from linli.book.scheme import read_scheme_text
from linli.ground.accounts.roles import PERSONNEL, SECRETARY
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.language import reader
from linli.ground.trail.refusals import Refused, Stale
from linli.quarter.indicators import definitions as words
from linli.quarter.indicators import gates
from linli.quarter.indicators.models import RateDefinition, SchemeVersion
from linli.quarter.indicators.turns import take_turn

State = SchemeVersion.State


@action
def draft_scheme(*, by, bureau, text, pool_text="", definitions=None):
    """A new draft out of a scheme's TOML; ``Refused`` with every problem. definitions: rate -> dict of why,
    numerator, denominator (each language -> text) and next_review; the seven rates have theirs by default."""
    gates.of_bureau(by, bureau, PERSONNEL)
    text, pool_text = _lines(text), _lines(pool_text)
    scheme = _read(text, pool_text)
    _free(bureau, scheme)
    version = SchemeVersion(
        bureau=bureau, name=scheme.name, version=scheme.version, text=text, pool_text=pool_text,
        in_force_from=date.fromisoformat(scheme.in_force_from),
    )  # fmt: skip
    _save_new(version)
    _define(version, scheme, definitions or {})
    record(by=by, action="indicators.draft_scheme", subject=_subject(version), bureau=bureau)
    return version


@action
def save_draft(*, by, scheme, text, pool_text, edition):
    """A draft's new text; ``Stale`` when somebody else saved it after ``edition`` was read."""
    take_turn()
    gates.of_bureau(by, scheme.bureau, PERSONNEL)
    text, pool_text = _lines(text), _lines(pool_text)
    standing = SchemeVersion.objects.get(pk=scheme.pk)
    _must_be(standing, State.DRAFT, _("Only a draft can be changed."))
    if standing.edition != edition:
        raise _stale(standing, text, pool_text)
    read = _read(text, pool_text)
    _free(scheme.bureau, read, besides=scheme.pk)
    SchemeVersion.objects.filter(pk=scheme.pk, edition=edition).update(
        name=read.name, version=read.version, text=text, pool_text=pool_text, edition=edition + 1,
        in_force_from=date.fromisoformat(read.in_force_from),
    )  # fmt: skip
    saved = SchemeVersion.objects.select_related("bureau").get(pk=scheme.pk)
    _define(saved, read, {})
    record(by=by, action="indicators.save_draft", subject=_subject(saved), bureau=saved.bureau, edition=saved.edition)
    return saved


@action
def define(*, by, scheme, rate, why, numerator, denominator, next_review=None):
    """What one rate of a draft means: each a dict language -> text."""
    gates.of_bureau(by, scheme.bureau, PERSONNEL)
    _must_be(SchemeVersion.objects.get(pk=scheme.pk), State.DRAFT, _("Only a draft can be changed."))
    found = RateDefinition.objects.filter(scheme=scheme, rate=rate).first()
    if found is None:
        raise Refused(_("This scheme has no rate “%(rate)s”.") % {"rate": rate})
    found.why, found.numerator, found.denominator, found.next_review = why, numerator, denominator, next_review
    found.save()
    record(by=by, action="indicators.define", subject=f"{_subject(scheme)}/{rate}", bureau=scheme.bureau)
    return found


@action
def open_consultation(*, by, scheme):
    """Puts a draft before the officers: from here on it is commented upon, not edited."""
    gates.of_bureau(by, scheme.bureau, PERSONNEL)
    for meant in RateDefinition.objects.filter(scheme=scheme):
        if not (meant.why and meant.numerator and meant.denominator):
            raise Refused(
                _("The rate “%(rate)s” is not explained yet.") % {"rate": meant.rate},
                _("Write why it is counted, and what is counted over what: officers cannot comment on less."),
            )
    _step(scheme, State.DRAFT, State.CONSULTING, _("Only a draft goes to the officers."), consulted_at=clock.now())
    record(by=by, action="indicators.open_consultation", subject=_subject(scheme), bureau=scheme.bureau)
    return scheme


@action
def take_back(*, by, scheme, why):
    """A consulted scheme becomes a draft again, to be changed as the officers asked, and consulted anew."""
    gates.of_bureau(by, scheme.bureau, PERSONNEL)
    _step(scheme, State.CONSULTING, State.DRAFT, _("This scheme is not before the officers."), why=why)
    record(by=by, action="indicators.take_back", subject=_subject(scheme), why=why, bureau=scheme.bureau)
    return scheme


@action
def drop_scheme(*, by, scheme, why):
    """A draft that is not to be; it stays in the list with the reason."""
    gates.of_bureau(by, scheme.bureau, PERSONNEL)
    _step(scheme, (State.DRAFT, State.CONSULTING), State.DROPPED, _("A scheme in force is not dropped."), why=why)
    record(by=by, action="indicators.drop_scheme", subject=_subject(scheme), why=why, bureau=scheme.bureau)
    return scheme


@action
def put_in_force(*, by, scheme, minute_number, unanswered):
    """The Party committee has decided. unanswered: how many of the officers' comments still wait for an answer.

    A change applies from the next quarter only (R-10): the first day of one that has not begun. A bureau's very first
    scheme may apply from any day.
    """
    take_turn()
    gates.of_bureau(by, scheme.bureau, SECRETARY)
    if unanswered:
        raise Refused(
            _("%(count)d comments of officers are not answered yet.") % {"count": unanswered},
            _("Answer each of them first: a scheme is in force only then."),
        )
    if not minute_number.strip():
        raise Refused(_("Enter the number of the Party committee's minute."))
    _next_quarter(scheme)
    _step(
        scheme, State.CONSULTING, State.IN_FORCE, _("A scheme is put in force after the officers were heard."),
        approved_at=clock.now(), approved_by=by if gates.is_system(by) else by.username,
        minute_number=minute_number.strip(),
    )  # fmt: skip
    day = scheme.in_force_from
    review = (
        day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else day.replace(year=day.year + 1, day=28)
    )
    RateDefinition.objects.filter(scheme=scheme, next_review=None).update(next_review=review)
    record(by=by, action="indicators.put_in_force", subject=_subject(scheme), bureau=scheme.bureau,
           minute=scheme.minute_number, in_force_from=str(day))  # fmt: skip
    return scheme


def _next_quarter(scheme):
    before = SchemeVersion.objects.filter(bureau=scheme.bureau, state=State.IN_FORCE).exists()
    day = scheme.in_force_from
    if not before:
        return
    if day <= clock.today():
        raise Refused(
            _("In force from %(day)s: that quarter has begun, and a change applies from the next one only (R-10).")
            % {"day": day},
            _("Take the scheme back, and write the first day of a coming quarter into in_force_from."),
        )
    if day.day != 1 or day.month not in (1, 4, 7, 10):
        raise Refused(
            _("In force from %(day)s: that is not the first day of a quarter (R-10).") % {"day": day},
            _("Take the scheme back, and write the first day of a coming quarter into in_force_from."),
        )


def _lines(text):
    """With the line ends of a file, whatever a browser sends."""
    return text.replace("\r\n", "\n")


def _read(text, pool_text):
    try:
        scheme = read_scheme_text(text, pool_text)
    except BadBook as bad:
        raise Refused(
            _("This is no scheme yet:") + "\n" + bad.said(reader()),
            _("Nothing was saved. Put right what is named, and save again."),
            problems=bad.problems,
        ) from bad
    if len(scheme.name) > 80 or len(scheme.version) > 40:
        raise Refused(_("A scheme's name has at most 80 characters and its version at most 40."))
    if "/" in scheme.name + scheme.version:
        raise Refused(_("A scheme's name and version stand in addresses: no “/” in them."))
    return scheme


def _free(bureau, scheme, besides=None):
    taken = SchemeVersion.objects.filter(bureau=bureau, name=scheme.name, version=scheme.version).exclude(pk=besides)
    if taken.exists():
        raise Refused(
            _("There is already a scheme “%(name)s %(version)s”.") % {"name": scheme.name, "version": scheme.version},
            _("Give this one another version."),
        )


def _save_new(version):
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(_("Somebody else has just drafted a scheme of this name and version.")) from taken


def _define(version, scheme, given):
    """One definition for each rate of the text; what was written of a rate before is kept."""
    ids = [rate.id for rate in scheme.rates]
    RateDefinition.objects.filter(scheme=version).exclude(rate__in=ids).delete()
    known = set(RateDefinition.objects.filter(scheme=version).values_list("rate", flat=True))
    RateDefinition.objects.bulk_create(
        RateDefinition(scheme=version, rate=rate, **(words.default(rate) | given.get(rate, {})))
        for rate in ids
        if rate not in known
    )


def _must_be(scheme, state, message):
    if scheme.state != state:
        raise Refused(message)


def _step(scheme, before, after, message, why=None, **values):
    """From one state to the next where it is still in the first; ``scheme`` follows."""
    if why is not None and not why.strip():
        raise Refused(_("Say why."))
    states = before if isinstance(before, tuple) else (before,)
    if not SchemeVersion.objects.filter(pk=scheme.pk, state__in=states).update(state=after, **values):
        raise Refused(message)
    scheme.refresh_from_db()


def _stale(standing, text, pool_text):
    rows = [
        (label, mine, theirs, name)
        for label, mine, theirs, name in (
            (_("Scheme"), text, standing.text, "text"),
            (_("Pool"), pool_text, standing.pool_text, "pool_text"),
        )
        if mine != theirs
    ]
    return Stale(_("Somebody else saved this draft while you were writing."), rows, standing.edition)


def _subject(version):
    return f"scheme:{version.bureau.code}/{version.name}/{version.version}"
