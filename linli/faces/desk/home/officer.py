"""What waits for a community officer: the own file, the own voice, signatures, money."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.faces.desk.home import cycles
from linli.ground.accounts.items import Item
from linli.ground.officers.queries import officer_of
from linli.quarter.appraisal.models import Cycle
from linli.quarter.appraisal.wording import period_name
from linli.quarter.decisions.models import Proposal
from linli.quarter.indicators.models import SchemeVersion
from linli.quarter.payments.queries import overdue


def items(user, bureau, today):
    """``Item``s of an officer."""
    officer = officer_of(user)
    if officer is None:
        return
    yield from _file(officer, bureau, today)
    yield from _scheme(bureau)
    yield from _proposals(officer, bureau)
    late = overdue(bureau, today).filter(payee=officer.code).count()
    if late:
        text = ngettext("%(n)d promise to you is overdue", "%(n)d promises to you are overdue", late)
        yield Item(text % {"n": late}, reverse("payments:ledger", args=[bureau.code]), today.replace(day=1), count=late)


_OWN_FILE = (Cycle.State.FROZEN, Cycle.State.COMPUTED, Cycle.State.NOTICED)


def _file(officer, bureau, today):
    cycle = next((one for one in cycles.of(bureau) if one.state in _OWN_FILE), None)
    if cycle is None:
        return
    url = reverse("desk:file", args=[bureau.code, cycle.period, officer.code])
    waiting = (
        cycle.objections.filter(officer=officer, state="waiting").defer("text", "answer").order_by("number").last()
    )
    if waiting:
        yield Item(_("Your objection waits for an answer"), url, waiting.due_on, waiting.reference)
    elif cycle.state == Cycle.State.NOTICED and cycle.objections_until >= today:
        yield Item(_("Read your own file; you may object"), url, cycle.objections_until)
    else:
        yield Item(_("Your own file of the quarter is open to you"), url, note=period_name(cycle.period))


def _scheme(bureau):
    for scheme in bureau.schemes.filter(state=SchemeVersion.State.CONSULTING).only("name", "version"):
        url = reverse("appraisal:comments", args=[bureau.code, scheme.name, scheme.version])
        yield Item(_("A draft scheme waits for your comment"), url, note=str(scheme))


def _proposals(officer, bureau):
    review = Q(state="waiting", kind="transfer_review")
    unsigned = Q(decision__talk_record__isnull=False, decision__talk_record__signed_by_officer_at=None)
    found = Proposal.objects.filter(review | unsigned, officer=officer).only("kind", "cycle_id", "officer_statement")
    periods = {cycle.pk: cycle.period for cycle in cycles.of(bureau)}
    for one in found.annotate(held=F("decision__talk_record__date")).order_by("pk"):
        args = [bureau.code, periods[one.cycle_id], officer.code]
        if one.held:
            text, url = _("Read and sign the record of your talk"), reverse("decisions:talk", args=args)
            yield Item(text, url, note=str(one.held))
        elif not one.officer_statement:
            url = reverse("decisions:file", args=[*args, one.kind])
            yield Item(_("State your view of the proposal about you"), url)
