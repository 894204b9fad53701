"""A second office looks at each figure: it verifies it, or returns it with the reason (R-80)."""

from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.indicators import gates, owners
from linli.quarter.indicators.actions.entries import UNVERIFIED, Saved, _stale, _write
from linli.quarter.indicators.models import Entry
from linli.quarter.indicators.turns import take_turn


@action
def verify(*, by, entry, version):
    """One figure is right as it was read: ``Stale`` when it has changed since."""
    return _one(_looked_at(by, entry.bureau, entry.period, entry.rate, {entry.pk: version}), entry)


@action
def verify_rows(*, by, bureau, period, rate, versions):
    """Many figures of one rate: ``Saved``. versions: key of the ``Entry`` -> version as it was read."""
    return _looked_at(by, bureau, period, rate, versions)


@action
def return_entry(*, by, entry, why):
    """One figure goes back to its supplier; it counts as not supplied until it is supplied anew."""
    return _one(_looked_at(by, entry.bureau, entry.period, entry.rate, {entry.pk: None}, why or " "), entry)


@action
def return_rows(*, by, bureau, period, rate, versions, why):
    """Many figures of one rate go back with one reason: ``Saved``."""
    return _looked_at(by, bureau, period, rate, versions, why or " ")


def _one(saved, entry):
    for refusal in (*saved.refused.values(), *saved.stale.values()):
        raise refusal
    return Entry.objects.get(pk=entry.pk)


def _looked_at(by, bureau, period, rate, versions, why=""):
    take_turn()
    known = gates.rate_of(bureau, period, rate)
    gates.of_bureau(by, bureau, *owners.VERIFIERS)
    gates.verifier(by, known)
    gates.not_frozen(bureau, period)
    if why and not why.strip():
        raise Refused(_("Say why you return it, so that the supplier knows what to mend."))
    if len(why) > 300:
        raise Refused(_("A reason has at most 300 characters."))
    barred = set() if gates.is_system(by) else owners.barred(by, bureau, period)
    saved = Saved()
    found = Entry.objects.filter(bureau=bureau, period=period, rate=rate, pk__in=versions).select_related("community")
    for entry in found:
        code = entry.community.code
        try:
            gates.community_in_reach(by, entry.community, barred)
            changed = _row(by, entry, versions[entry.pk], why.strip())
        except Stale as stale:
            saved.stale[code] = stale
        except Refused as refused:
            saved.refused[code] = refused
        else:
            (saved.written if changed else saved.unchanged).append(code)
    if saved.written:
        verb = "indicators.return" if why else "indicators.verify"
        subject = f"figure:{bureau.code}/{period}/{rate}"
        record(by=by, action=verb, subject=subject, why=why.strip(), bureau=bureau, communities=saved.written)
    return saved


def _row(by, entry, version, why):
    """Whether the row was changed."""
    if version is not None and entry.version != version:
        raise _stale(entry, None)
    if entry.status == Entry.Status.FALSE:
        raise Refused(_("Supervision found this figure false (R-15)."))
    if not gates.is_system(by) and entry.supplied_by == by.username:
        raise NotAllowed(_("You supplied this figure: somebody else verifies it (R-80)."))
    if why:
        if entry.returned_because == why:
            return False
        _write(entry, returned_because=why, **UNVERIFIED)
        return True
    if entry.returned_because:
        raise Refused(_("This figure was returned to its supplier and has not been supplied anew."))
    if entry.verified_by:
        return False
    name, office = (by, "") if gates.is_system(by) else (by.username, by.office.code)
    _write(entry, verified_by=name, verified_as=office, verified_at=clock.now())
    return True
