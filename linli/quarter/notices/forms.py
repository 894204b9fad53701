"""What this room's pages ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.officers.models import Leader
from linli.ground.places.models import Office
from linli.quarter.notices.actions import LONGEST

NUMBER_HELP = _("As it stands on the paper: 臨公通〔2026〕12號")


class Edit(forms.Form):
    """Title, opening and demands of a draft; a line is a paragraph."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200)
    opening = forms.CharField(label=_("Opening"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))
    demands = forms.CharField(
        label=_("What is asked"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 6}),
        help_text=_("Each line becomes a paragraph."),
    )  # fmt: skip


class NameAlso(forms.Form):
    """Somebody else who is to be named too."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    code = forms.ChoiceField(label=_("Leader or office"))

    def __init__(self, notice, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = {code for code, _ in notice.leaders + notice.offices}
        known = [*Leader.objects.filter(bureau=notice.bureau), *Office.objects.filter(bureau=notice.bureau)]
        self.fields["code"].choices = [(one.code, one.name) for one in known if one.code not in named]


class LeaveOut(forms.Form):
    """Why somebody is not to be named."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 3}))


class Drop(forms.Form):
    """Why a draft is given up."""

    why = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 3}))


class Issue(forms.Form):
    """The number it is issued under."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("Document number"), max_length=80, help_text=NUMBER_HELP)


class Withdraw(forms.Form):
    """Why it is withdrawn, and the number of the correction."""

    why = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands in the correction, which every reader of the circular gets."),
    )  # fmt: skip
    number = forms.CharField(label=_("Document number of the correction"), max_length=80, help_text=NUMBER_HELP)
