"""Forms of the room: a scheme's text, what a rate means, a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONG = {"rows": 24, "class": "code", "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}


class SchemeForm(forms.Form):
    """The two texts of a scheme; whether they can be read is the action's to say."""

    text = forms.CharField(
        label=_("Scheme"),
        strip=False,
        max_length=400_000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("scheme.toml: rates, weights, points and rules. Every key is explained in the scheme in force."),
    )
    pool_text = forms.CharField(
        label=_("Coefficients of complexity"),
        required=False,
        strip=False,
        max_length=400_000,
        widget=forms.Textarea(attrs=LONG | {"rows": 10}),
        help_text=_("pool.toml: what is learned from a larger pool of communities, when the scheme names one."),
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DefinitionForm(forms.Form):
    """What one rate means, in the two written languages; Simplified is made from Traditional."""

    next_review = forms.DateField(
        label=_("Next review"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part, label in PARTS.items():
            for lang, called in LANGUAGES.items():
                self.fields[f"{part}_{lang}"] = forms.CharField(
                    label=_("%(what)s, in %(language)s") % {"what": label, "language": called},
                    required=lang == "zh_Hant",
                    max_length=1000,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )

    def texts(self, part):
        """The part as a dict language -> text, blanks left out."""
        given = {lang: self.cleaned_data[f"{part}_{lang}"].strip() for lang in LANGUAGES}
        return {lang: text for lang, text in given.items() if text}


PARTS = {"why": _("Why it is counted"), "numerator": _("Numerator"), "denominator": _("Denominator")}
LANGUAGES = {"zh_Hant": "繁體中文", "en": "English"}


class ReasonForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(label=_("Grounds"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class FindingForm(ReasonForm):
    """Why a figure is found false, and where that is on file."""

    why = forms.CharField(
        label=_("Finding"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was found, and the number under which it is on file."),
    )
