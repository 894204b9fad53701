"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ClientForm(forms.Form):
    """A program that may read."""

    name = forms.CharField(
        label=_("Name of the program"), max_length=80, help_text=_("The program, and who is responsible for it.")
    )
    names = forms.BooleanField(
        label=_("Officers' names"),
        required=False,
        help_text=_("Without it scores carry codes alone. Names need a reason that can be told."),
    )


class CloseForm(forms.Form):
    """Why a client is closed."""

    why = forms.CharField(label=_("Why"), max_length=200)
