"""Forms of this room. Money is written in yuan and kept in fen."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.quarter.payments.models import BudgetLine
from linli.quarter.payments.wording import KINDS


def _day(**more):
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class BudgetForm(forms.Form):
    """A year's money for one purpose."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2999)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[(key, KINDS[key]) for key in BudgetLine.Purpose.values])
    amount = forms.DecimalField(
        label=_("Amount in yuan"), max_digits=13, decimal_places=2, min_value=Decimal("0.01"), help_text="15000.00"
    )
    source = forms.CharField(label=_("Source of the money"), max_length=120, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def asked(self):
        """Keyword arguments of the action; a form that saw no line says version 0."""
        said = dict(self.cleaned_data)
        return said | {"amount_fen": int(said.pop("amount") * 100), "version": said.pop("version") or 0}


class ApprovalForm(forms.Form):
    """The document that approves a budget line."""

    approval_number = forms.CharField(
        label=_("Funding approval number"), max_length=120, help_text=_("As it stands on the document.")
    )
    approved_on = _day(label=_("Day of the approval"))


class LinesForm(forms.Form):
    """Some of the lines that a page shows."""

    lines = forms.MultipleChoiceField(error_messages={"required": _("Choose at least one line.")})

    def __init__(self, *args, promises, **kwargs):
        super().__init__(*args, **kwargs)
        self._by_reference = {promise.reference: promise for promise in promises}
        self.fields["lines"].choices = [(reference, reference) for reference in self._by_reference]
        self.fields["lines"].error_messages["invalid_choice"] = _(
            "A line waits no longer: somebody else has approved, paid or changed it. Look at the list as it is now."
        )

    @property
    def chosen(self):
        """The promises that were chosen."""
        return [self._by_reference[reference] for reference in self.cleaned_data["lines"]]

    @property
    def rest(self):
        """The fields beside the list."""
        return [field for field in self if field.name != "lines"]


class ApproveForm(LinesForm):
    """Approves lines by a document."""

    document = forms.CharField(label=_("Approving document"), max_length=120)
    due_on = _day(label=_("To be paid by"), required=False, help_text=_("Left blank: 30 days from today."))


class PayForm(LinesForm):
    """Pays lines by one voucher; each payee signs for the own line."""

    voucher = forms.CharField(label=_("Voucher number"), max_length=80)
    paid_on = _day(label=_("Paid on"))


class PayLineForm(forms.Form):
    """Pays one line."""

    voucher = forms.CharField(label=_("Voucher number"), max_length=80)
    paid_on = _day(label=_("Paid on"))
    signed_by = forms.CharField(label=_("Signed for by"), max_length=80)


class WhyForm(forms.Form):
    """Why something is held or goes on."""

    why = forms.CharField(label=_("Why"), max_length=200)
