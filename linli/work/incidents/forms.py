"""Forms of this room: choices wherever there is one, a few words about a place, never about a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.work.incidents import kinds

KIND_CHOICES = [(kind.code, kind.name) for kind in kinds.KINDS]
_BLANK = ("", _("choose"))


def day(**more):
    """A field for a date."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class PlaceChoice(forms.ModelChoiceField):
    """A community by code and name; ``places`` are given when the form is made."""

    def __init__(self, **more):
        super().__init__(queryset=None, to_field_name="code", label=_("Community"), empty_label=_BLANK[1], **more)

    def label_from_instance(self, place):
        return f"{place.code} {place.name}"


class ImportForm(forms.Form):
    """A table of the call and case system; what it does not say itself may be chosen beside it."""

    table = forms.FileField(
        label=_("Table"),
        help_text=_(".xlsx or .csv, months and communities in any order. Only numbers are taken; a file with names, "
                    "identity or telephone numbers is refused and not kept."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind, if the table does not say it"), choices=[_BLANK, *KIND_CHOICES], required=False
    )
    month = forms.RegexField(
        r"\d{4}-(0[1-9]|1[0-2])", label=_("Month, if the table does not say it"), required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
    )  # fmt: skip
    year = forms.IntegerField(
        label=_("Year, if months stand without it"), min_value=2000, max_value=2200, required=False
    )


class WhyForm(forms.Form):
    """Why something is undone or closed."""

    why = forms.CharField(label=_("Why"), max_length=200)


class NumbersForm(forms.Form):
    """The numbers of one community and month, a field to each kind; blank stays as it is."""

    source = forms.CharField(label=_("Source"), max_length=80)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, stands, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in kinds.KINDS:
            row = stands.get(kind.code)
            self.fields[kind.code] = forms.IntegerField(
                label=kind.name, min_value=0, max_value=1_000_000, required=False,
                initial=row.number if row else None, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        self.order_fields([*kinds.NAMES, "source"])

    def written(self):
        """kind -> number of every number that was written."""
        return {kind: self.cleaned_data[kind] for kind in kinds.NAMES if self.cleaned_data[kind] is not None}


class LeadForm(forms.Form):
    """A lead: where, what kind, from whom as a class. There is no field for a person, and none for a story."""

    community = PlaceChoice()
    kind = forms.ChoiceField(label=_("Kind"), choices=[_BLANK, *kinds.LEAD_KINDS.items()])
    source = forms.ChoiceField(
        label=_("Where it comes from"),
        choices=[(code, name) for code, name in kinds.SOURCES.items() if code != "sighting"],
    )
    received_on = day(label=_("Received on"))
    cell = forms.CharField(label=_("Cell of the grid"), max_length=40, required=False)
    place_note = forms.CharField(
        label=_("The place in a few words"), max_length=80, required=False,
        help_text=_("A corner, an entrance, a car park. Never a name, a number or what somebody told."),
    )  # fmt: skip

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = places


class VerifyForm(forms.Form):
    """Whether a lead was useful, and what came of it for the place."""

    verified = forms.ChoiceField(
        label=_("Was it useful?"), choices=[(c, n) for c, n in kinds.VERIFIED.items() if c != "open"],
        widget=forms.RadioSelect,
    )  # fmt: skip
    result = forms.ChoiceField(label=_("What came of it"), choices=list(kinds.RESULTS.items()), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CheckForm(forms.Form):
    """Whether a verification stands."""

    agrees = forms.TypedChoiceField(
        label=_("Does the verification stand?"), choices=[("yes", _("it stands")), ("no", _("it goes back"))],
        coerce=lambda said: said == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    why = forms.CharField(label=_("Why it goes back"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class MergeForm(forms.Form):
    """The lead that is kept of two that are the same."""

    into = forms.RegexField(r"\d{4}-\d{4,7}", label=_("Number of the lead that is kept"), help_text="2026-0031")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PassForm(forms.Form):
    """Where something was seen, when whoever saw it did not say."""

    community = PlaceChoice(required=False)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = places


class PointForm(forms.Form):
    """One thing of a community's plan."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text="燈-03")
    weight_class = forms.ChoiceField(label=_("Class"), choices=list(kinds.CLASS_NAMES.items()))
    what = forms.CharField(label=_("What is checked"), max_length=80)
    cell = forms.CharField(label=_("Cell of the grid"), max_length=40, required=False)


class DrawForm(forms.Form):
    """How many checks each community has in the quarter."""

    size = forms.IntegerField(
        label=_("Checks for each community"), min_value=1, max_value=200, initial=30,
        help_text=_("40 in a hundred of people, 30 physical, 30 technical. The draw is made once; its seed is kept."),
    )  # fmt: skip


class FoundForm(forms.Form):
    """Result of the check on the spot."""

    found = forms.ChoiceField(label=_("Result of the check"), choices=[(c, n) for c, n in kinds.FOUND.items() if c],
                              widget=forms.RadioSelect)  # fmt: skip
    on = day(label=_("Day of the check"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
