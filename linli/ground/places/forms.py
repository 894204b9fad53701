"""What people fill in here, read into plain values; rules are kept by the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.places.boundaries import LARGEST_FILE
from linli.ground.places.models import Office, Place

KINDS = [("city", _("city community")), ("mixed", _("mixed community")), ("village", _("village community"))]
LEVELS = [
    ("province", _("province")),
    ("city", _("city")),
    ("county", _("county")),
    ("township", _("township")),
    ("community", _("community")),
]
OFFICES = [
    ("office", _("section or brigade")),
    ("station", _("police station")),
    ("committee", _("residents' committee")),
    ("outside", _("unit beside the bureau")),
]


class _ByCode(forms.CharField):
    """A place written by its national code."""

    def clean(self, value):
        value = super().clean(value).strip()
        if not value:
            return None
        found = Place.objects.filter(code=value).first()
        if found is None:
            raise forms.ValidationError(_("No place has this code."))
        return found


class CommunityForm(forms.Form):
    """A community's own words; its code is asked for once, when it is made."""

    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    complex = forms.BooleanField(label=_("Complex: couple and brother posts may be tried here (R-60)"), required=False)
    station = forms.ModelChoiceField(label=_("Police station"), queryset=Office.objects.none(), required=False)
    place = _ByCode(
        label=_("National code"), required=False, help_text=_("12 or 15 digits; joins the community to the map."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args, bureau, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].queryset = bureau.offices.filter(kind=Office.Kind.STATION)


class NewCommunityForm(CommunityForm):
    """A community with the code that the county book knows it by."""

    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("As in the county book, such as C01."))
    field_order = ["code", "name", "kind", "complex", "station", "place"]


class CloseForm(forms.Form):
    """The day from which a community is no longer appraised, and why."""

    on = forms.DateField(label=_("Closed from"), widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label=_("Why"), max_length=300)


class OfficeForm(forms.Form):
    """A unit of the bureau or beside it."""

    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("As the circular names it, such as 政工室."))
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=OFFICES)
    known_as = forms.CharField(
        label=_("Name in the scheme"), max_length=80, required=False,
        help_text=_("What the scheme calls it as supplier or verifier of a rate."),
    )  # fmt: skip


class PlaceForm(forms.Form):
    """A node of the tree."""

    code = forms.CharField(label=_("National code"), max_length=15, widget=forms.TextInput({"inputmode": "numeric"}))
    name = forms.CharField(label=_("Name"), max_length=80)
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    parent = _ByCode(label=_("National code of the place it lies in"), required=False)


class BureauForm(forms.Form):
    """A bureau of a county or city."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters and digits; stands in addresses.")
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    place = _ByCode(label=_("National code of its county"))


class BoundariesForm(forms.Form):
    """A GeoJSON file, looked into by the action."""

    boundaries = forms.FileField(
        label=_("GeoJSON file"), help_text=_("A FeatureCollection in WGS 84; 5 MB and 20,000 points at most."),
        widget=forms.FileInput(attrs={"accept": ".json,.geojson,application/geo+json"}),
    )  # fmt: skip

    def clean_boundaries(self):
        sent = self.cleaned_data["boundaries"]
        if sent.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return sent.read()
