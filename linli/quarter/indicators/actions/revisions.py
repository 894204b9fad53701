"""A quarter is frozen, and a frozen quarter is corrected: each time a whole book that nothing moves again (R-74)."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.book import frozen
from linli.book.problems import BadBook
from linli.ground.accounts.roles import LEADER, PERSONNEL, SECRETARY, SUPERVISION
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.language import of_book
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.indicators import book as books
from linli.quarter.indicators import figures, gates, queries
from linli.quarter.indicators.figures import Figure
from linli.quarter.indicators.models import Entry, FrozenValue, Revision
from linli.quarter.indicators.turns import take_turn


@action
def freeze(*, by, bureau, period, scheme, history):
    """Revision 1 of a quarter: its whole county book, whatever has been supplied by now. Frozen twice, it is the same.

    history: ``heng.evidence.History`` of what was published. What is missing stays missing; what nobody verified is
    provisional; what was returned and not supplied anew is left out.
    """
    take_turn()
    gates.of_bureau(by, bureau, PERSONNEL)
    gates.ended(gates.quarter(period))
    before = Revision.objects.filter(bureau=bureau, period=period, number=1).first()
    if before is not None:
        return before
    if scheme.bureau_id != bureau.pk or scheme.state != scheme.State.IN_FORCE:
        raise Refused(_("A quarter is frozen under a scheme of this bureau that is in force."))
    try:
        book, values, without_facts = books.assembled(bureau, period, queries.parsed(scheme), history)
    except BadBook as bad:
        raise _unsound(bad) from bad
    text = frozen.dumps(book)
    revision = Revision(
        bureau=bureau, period=period, number=1, scheme=scheme, made_by=name_of(by), made_at=clock.now(), book=text,
        sha256=frozen.sha256(text),
    )  # fmt: skip
    _keep(revision, values)
    record(
        by=by, action="indicators.freeze", subject=_subject(revision), bureau=bureau, sha256=revision.sha256,
        figures=len(values), provisional=sum(value.status == Entry.Status.PROVISIONAL for value in values),
        left_out=without_facts,
    )  # fmt: skip
    return revision


@action
def correct(*, by, bureau, period, changes, reason, approved_by, history):
    """The next revision of a frozen quarter (R-74). changes: (community code, rate) -> dict of what is put right
    (numerator, denominator, design_effect, sd, source, status, verified_by), or None: the figure is taken out."""
    take_turn()
    gates.of_bureau(by, bureau, PERSONNEL, SUPERVISION, LEADER, SECRETARY)
    approver = getattr(approved_by, "username", approved_by) or ""
    if not reason.strip() or not approver.strip():
        raise Refused(_("A correction needs its reason and who approved it."))
    latest = queries.latest(bureau, period)
    if latest is None:
        raise Refused(_("%(period)s is not frozen: its figures are changed by those who supply them.")
                      % {"period": period})  # fmt: skip
    if not changes:
        raise Refused(_("Nothing is to be corrected."))
    values = {(value.community, value.rate): value for value in latest.values.all()}
    put_right = {key: _put_right(by, latest, key, values.get(key), change) for key, change in changes.items()}
    old = queries.book_of(latest)
    book = books.replace(books.changed(old, period, put_right), history=history)
    text = frozen.dumps(book)
    revision = Revision(
        bureau=bureau, period=period, number=latest.number + 1, scheme=latest.scheme, reason=reason.strip(),
        made_by=name_of(by), approved_by=approver, made_at=clock.now(), book=text, sha256=frozen.sha256(text),
    )  # fmt: skip
    kept = [_copy(value) for key, value in values.items() if key not in changes]
    kept += [FrozenValue(**value) for value in put_right.values() if value is not None]
    _keep(revision, kept)
    told = {f"{c}/{r}": v and [v["numerator"], v["denominator"], v["status"]] for (c, r), v in put_right.items()}
    record(
        by=by, action="indicators.correct", subject=_subject(revision), why=revision.reason, bureau=bureau,
        sha256=revision.sha256, approved_by=approver, changes=told,
    )  # fmt: skip
    return revision


def _put_right(by, revision, key, before, change):
    """The fields of one corrected value, checked like a supplied one; None when it is taken out."""
    community, rate = key
    scheme = queries.parsed(revision.scheme)
    if rate not in {known.id for known in scheme.rates}:
        raise Refused(_("The scheme of this revision has no rate “%(rate)s”.") % {"rate": rate})
    if community not in set(queries.book_of(revision).communities.community):
        raise Refused(_("This quarter's book has no community %(code)s.") % {"code": community})
    if change is None:
        if before is None:
            raise Refused(_("There is no figure to take out."))
        return None
    strange = sorted(set(change) - set(_FIELDS))
    if strange:
        raise TypeError(f"a correction has no field {', '.join(strange)}")
    base = {name: getattr(before, name) for name in _FIELDS} if before else _BLANK
    value = base | {"status": "final"} | change
    if value["status"] == "false" and not gates.is_system(by) and by.role != SUPERVISION:
        raise NotAllowed(_("Only supervision finds a figure false (R-15)."))
    figures.check(scheme.rate(rate), Figure(**{n: value[n] for n in figures.FIELDS[:-1]}))
    origin = {} if {"numerator", "denominator"} & set(change) or before is None else _origin(before)
    return (
        value
        | origin
        | {"community": community, "rate": rate, "supplied_by": before.supplied_by if before else name_of(by)}
    )


def _origin(value):
    """Which room counted a figure: a correction of its source leaves that, another number does not."""
    return {name: getattr(value, name) for name in figures.ORIGIN}


_FIELDS = (*figures.FIELDS, "verified_by")
_BLANK = {"numerator": None, "denominator": None, "design_effect": 1.0, "sd": None, "source": "", "verified_by": ""}


def _copy(value):
    names = ("community", "rate", *_FIELDS, *figures.ORIGIN, "supplied_by")
    return FrozenValue(**{name: getattr(value, name) for name in names})


def _keep(revision, values):
    revision.save(force_insert=True)
    for value in values:
        value.revision = revision
    FrozenValue.objects.bulk_create(values, batch_size=1000)


def _unsound(bad):
    """A ``BadBook`` as a refusal that says all of it."""
    return Refused(
        _("The quarter cannot be frozen as it stands:") + "\n" + bad.said(of_book(get_language())),
        _("Put right what is named, each in its own room, and freeze again."),
        problems=bad.problems,
    )


def _subject(revision):
    return f"revision:{revision.bureau.code}/{revision.period}/{revision.number}"
