"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.places.models import Office
from linli.ground.places.queries import communities
from linli.work.surveys.models import Wave
from linli.work.surveys.questions import KINDS, LONGEST, MOST_CLOSED, MOST_OPEN
from linli.work.surveys.wording import MODES, SAMPLINGS

ROWS = MOST_CLOSED + MOST_OPEN


class NewDraft(forms.Form):
    """A questionnaire's address and name."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("As it stands in addresses: residents-2026."))
    zh_Hant = forms.CharField(label=_("Title in Traditional Chinese"), max_length=80)
    en = forms.CharField(label=_("Title in English"), max_length=80)

    def title(self):
        """language -> text."""
        return {lang: self.cleaned_data[lang] for lang in ("zh_Hant", "en")}


class TitleForm(forms.Form):
    """The title of a draft."""

    zh_Hant = forms.CharField(label=_("Title in Traditional Chinese"), max_length=80)
    en = forms.CharField(label=_("Title in English"), max_length=80)


class QuestionRow(forms.Form):
    """One question of the builder; a row without a kind is no question."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    kind = forms.ChoiceField(label=_("Kind of question"), choices=[("", "—"), *KINDS.items()], required=False)
    zh_Hant = forms.CharField(label=_("In Traditional Chinese"), max_length=LONGEST, required=False)
    zh_Hans = forms.CharField(
        label=_("In Simplified Chinese"), max_length=LONGEST, required=False,
        help_text=_("Left blank: made from the Traditional text."),
    )  # fmt: skip
    en = forms.CharField(label=_("In English"), max_length=LONGEST, required=False)
    choices = forms.CharField(
        label=_("Choices"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of “one of several” alone: a line for each, 繁體 | English. “Don't know” is added."),
    )  # fmt: skip


QuestionRows = forms.formset_factory(QuestionRow, extra=0, max_num=ROWS, validate_max=True)


class WaveForm(forms.Form):
    """What a wave is opened with."""

    questionnaire = forms.ModelChoiceField(label=_("Questionnaire"), queryset=None)
    period = forms.RegexField(r"\d{4}Q[1-4]", label=_("Quarter"), help_text="2026Q3")
    office = forms.ModelChoiceField(
        label=_("Who asks"), queryset=None,
        help_text=_("No police station and no office that shares an officer's result: who is scored asks nobody."),
    )  # fmt: skip
    sampling = forms.ChoiceField(label=_("How people are chosen"), choices=SAMPLINGS.items(), widget=forms.RadioSelect)
    communities = forms.ModelMultipleChoiceField(
        label=_("Communities"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    modes = forms.MultipleChoiceField(
        label=_("How people answer"), choices=MODES.items(), widget=forms.CheckboxSelectMultiple, initial=list(MODES)
    )
    half_width = forms.FloatField(
        label=_("Wanted interval, ± per cent"), min_value=1, max_value=50, initial=10,
        help_text=_("± 10 asks for about 100 answers a community; ± 5 for 385."),
    )  # fmt: skip
    answer_rate = forms.FloatField(label=_("Expected answer rate, per cent"), min_value=5, max_value=100, initial=60)
    step = forms.IntegerField(
        label=_("Step of a walk, doors"), min_value=1, max_value=50, initial=5, help_text=_("For random walks alone.")
    )

    def __init__(self, *args, bureau, user, questionnaires, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["questionnaire"].queryset = questionnaires
        offices = Office.objects.filter(bureau=bureau).exclude(kind="station").order_by("code")
        if user.role != "personnel":
            offices = offices.filter(pk=user.office_id)
        self.fields["office"].queryset = offices
        places = communities(bureau)
        self.fields["communities"].queryset = places
        self.fields["communities"].initial = list(places)
        self.fields["sampling"].initial = Wave.Sampling.LIST

    def asked(self):
        """Keyword arguments of the action."""
        said = dict(self.cleaned_data)
        return said | {"half_width": said["half_width"] / 100, "answer_rate": said["answer_rate"] / 100}


class TableForm(forms.Form):
    """A table, sent as a file or pasted."""

    sheet = forms.FileField(label=_("Table (.xlsx or .csv)"), required=False)
    pasted = forms.CharField(
        label=_("or pasted from a spreadsheet"), required=False, widget=forms.Textarea(attrs={"class": "code"}),
        max_length=2_000_000,
    )  # fmt: skip

    def clean(self):
        said = super().clean()
        if not said.get("sheet") and not (said.get("pasted") or "").strip():
            raise forms.ValidationError(_("Send a file or paste the table."))
        return said

    def content(self):
        """(name, bytes) of what was sent."""
        file = self.cleaned_data.get("sheet")
        return (file.name, file.read()) if file else ("pasted.csv", self.cleaned_data["pasted"].encode())


class DrawForm(TableForm):
    """A list to draw from."""

    cards = forms.BooleanField(
        label=_("with a card to cut out for each"), required=False, initial=True,
        help_text=_("A thousand cards take about twenty seconds."),
    )  # fmt: skip


class WhyForm(forms.Form):
    """Why a draw is thrown away."""

    why = forms.CharField(label=_("Why"), max_length=200)


class CardForm(forms.Form):
    """A card's letters, as the interviewer reads them."""

    token = forms.CharField(
        label=_("Letters on the card"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("How it is asked"), choices=(), widget=forms.RadioSelect)

    def __init__(self, *args, modes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = [(mode, MODES[mode]) for mode in modes]
        self.fields["mode"].initial = modes[0] if modes else ""


class MissedForm(forms.Form):
    """Who was drawn and did not answer, by community; what is entered is added."""

    def __init__(self, *args, tallies, **kwargs):
        super().__init__(*args, **kwargs)
        self.tallies = tallies
        for tally in tallies:
            for name in ("refused", "unreached", "ineligible"):
                self.fields[f"{name}-{tally.community.code}"] = forms.IntegerField(
                    required=False, min_value=-10_000, max_value=10_000
                )

    def rows(self):
        """(tally, its three fields) for the grid."""
        for tally in self.tallies:
            yield tally, [self[f"{name}-{tally.community.code}"] for name in ("refused", "unreached", "ineligible")]

    def wanted(self):
        """(community, {name: number}) of rows with something in them."""
        for tally in self.tallies:
            found = {
                name: self.cleaned_data.get(f"{name}-{tally.community.code}") or 0
                for name in ("refused", "unreached", "ineligible")
            }
            if any(found.values()):
                yield tally.community, found
