"""What an auditor asks the trail for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.trail.verified import anchor_of


class Filter(forms.Form):
    """Every field may stay empty."""

    who = forms.CharField(label=_("Who"), max_length=150, required=False)
    action = forms.CharField(label=_("What was done"), max_length=80, required=False)
    subject = forms.CharField(label=_("To what"), max_length=200, required=False)
    bureau = forms.CharField(label=_("Bureau"), max_length=40, required=False)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class Check(forms.Form):
    """An entry that somebody outside has written down."""

    anchor = forms.CharField(
        label=_("Anchor"),
        max_length=100,
        required=False,
        strip=True,
        help_text=_(
            "NUMBER:HASH as it was written down outside. It shows whether the end was cut off and written anew."
        ),
    )

    def clean_anchor(self):
        """(number, hash), or None."""
        text = self.cleaned_data["anchor"]
        if not text:
            return None
        found = anchor_of(text)
        if found is None:
            raise forms.ValidationError(_("A number, a colon and 64 hexadecimal digits are expected."))
        return found
