"""Forms of the administrator: opening an account, closing one, a new password."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.ground.accounts.roles import Role
from linli.ground.places.models import Bureau, Community, Office, Place


class Named(forms.ModelChoiceField):
    """A choice among places or offices, shown with whose they are."""

    def label_from_instance(self, row):
        bureau = getattr(row, "bureau", None)
        return f"{bureau} · {row.name}" if bureau else f"{row.name} ({row.code})"


class Opening(forms.Form):
    """A new account; what goes with which role is checked by the action."""

    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        help_text=_("Small letters, digits, dots, hyphens and underscores. It stands in the trail for ever."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(label=_("Name"), max_length=80)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    bureau = Named(
        Bureau.objects.all(),
        label=_("Bureau"),
        required=False,
        help_text=_("For everybody but province viewers, administrators and auditors."),
    )
    office = Named(
        Office.objects.select_related("bureau"),
        label=_("Office"),
        required=False,
        help_text=_("For stations and departments it is compulsory: it says which rates they supply and verify."),
    )
    community = Named(
        Community.objects.select_related("bureau"),
        label=_("Community"),
        required=False,
        help_text=_("For community cadres."),
    )
    scope = Named(
        Place.objects.filter(level__in=("province", "city", "county")),
        label=_("Place that may be seen"),
        required=False,
        help_text=_("For province viewers."),
    )
    password = forms.CharField(
        label=_("First password"),
        max_length=128,
        strip=False,
        help_text=_("At least ten characters. Its owner must choose another at the first login."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Why(forms.Form):
    """A sentence that is kept in the trail."""

    why = forms.CharField(label=_("Why"), max_length=300)


class NewPassword(forms.Form):
    """A password to be handed over."""

    password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        help_text=_("Every session of the account ends; its owner must choose another password at the next login."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Filter(forms.Form):
    """The administrator's list; every field may stay empty."""

    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all")), *Role.choices])
    bureau = forms.ChoiceField(label=_("Bureau"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("open", pgettext_lazy("account", "open")),
            ("closed", pgettext_lazy("account", "closed")),
        ],
    )
    text = forms.CharField(label=_("Name"), required=False, max_length=80)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureau"].choices = [("", _("all")), *Bureau.objects.values_list("code", "name")]
