"""What residents fill in, and what staff write for them. Everything but the matter itself is optional."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.book.pictures import LONGEST_UPLOAD
from linli.ground.places.queries import communities
from linli.work.incidents.kinds import SEEN
from linli.work.requests import terms

PICTURES = "image/jpeg,image/png,image/webp"


def _words(label, most, **more):
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 5}), **more)


class Picture(forms.FileField):
    """A picture as bytes; None where there is none. Whether it is one is seen when it is drawn anew."""

    widget = forms.FileInput(attrs={"accept": PICTURES})

    def clean(self, value, initial=None):
        found = super().clean(value, initial)
        if not found:
            return None
        if found.size > LONGEST_UPLOAD:
            raise forms.ValidationError(
                _("The picture has more than %(most)s MB.") % {"most": LONGEST_UPLOAD // 2**20}, code="large"
            )
        return found.read()


class Place(forms.ModelChoiceField):
    """One of the bureau's communities by its code."""

    def to_python(self, value):
        if isinstance(value, str) and "\0" in value:  # PostgreSQL refuses to look for it
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": ""})
        return super().to_python(value)


class _Here(forms.Form):
    """A form that asks in which community."""

    community = Place(
        label=_("In which community?"), queryset=None, to_field_name="code", required=False,
        empty_label=_("I do not know"),
    )  # fmt: skip

    def __init__(self, *args, bureau, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities(bureau)


class SayForm(_Here):
    """A request: words, and everything else as one likes."""

    words = _words(_("What is it?"), 4000)
    place_note = forms.CharField(label=_("Where exactly?"), max_length=300, required=False)
    photo = Picture(label=_("A photo"), required=False)
    contact = forms.CharField(label=_("How can we reach you?"), max_length=200, required=False)
    field_order = ("words", "community", "place_note", "photo", "contact")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photo"].help_text = _("It is drawn anew: its place and time of taking are not kept.")
        self.fields["contact"].help_text = _(
            "Only if you want to be called. It is kept encrypted and erased %(days)s days after the matter has ended."
        ) % {"days": terms.CONTACT_KEPT}
        self.fields["place_note"].help_text = _("A street, a building, a gate; no names of people.")


class SeenForm(_Here):
    """Something seen: a kind and a place, no words and nobody's name."""

    kind = forms.ChoiceField(label=_("What did you see?"), choices=list(SEEN.items()), widget=forms.RadioSelect)
    at = forms.DateTimeField(
        label=_("When?"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    place_note = forms.CharField(
        label=_("Where exactly?"), max_length=120, required=False, help_text=_("A place only; no names, no numbers.")
    )
    field_order = ("kind", "community", "place_note", "at")


class ComplaintForm(forms.Form):
    """A complaint about police: read by supervision alone."""

    words = _words(_("What happened?"), 2000)
    about = forms.CharField(
        label=_("Whom or what is it about?"), max_length=300, required=False,
        help_text=_("A name, a number, a station, a day: whatever you know."),
    )  # fmt: skip
    contact = forms.CharField(label=_("How can we reach you?"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].help_text = _(
            "Supervision alone reads it. It is erased %(days)s days after the complaint is closed."
        ) % {"days": terms.COMPLAINT_CONTACT_KEPT}


class _Code(forms.Form):
    code = forms.CharField(
        max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters",
                                                     "spellcheck": "false", "class": "code"}),
    )  # fmt: skip


class FollowForm(_Code):
    """A receipt code."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Receipt code")
        self.fields["code"].help_text = _("Sixteen letters and digits, as on your receipt.")


class SolvedForm(forms.Form):
    """What the sender says to the answer."""

    code = forms.CharField(max_length=80, widget=forms.HiddenInput)
    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=[("yes", _("Yes, it is solved")), ("no", _("No, please look again"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(
        label=_("What is still wrong?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(_Code):
    """A side of a mediation says whether the agreement is its own."""

    yes = forms.ChoiceField(
        label=_("Is the agreement yours, and does it hold?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes, I agreed and it holds")), ("no", _("No"))],
    )  # fmt: skip
    field_order = ("code", "yes")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Your number")
        self.fields["code"].help_text = _("The mediator gave it to you on a slip. It can be used once.")


class LettersForm(_Code):
    """The letters of a survey's card, typed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Letters on the card")


class SurveyForm(forms.Form):
    """The questions behind a card; each may stay open."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q_{question.key}"] = self._field(question)

    @staticmethod
    def _field(question):
        if question.choices:
            return forms.ChoiceField(
                label=question.text, choices=question.choices, widget=forms.RadioSelect, required=False
            )
        return _words(question.text, 1000, required=False)

    def answers(self):
        """Question key -> what was answered."""
        return {name.removeprefix("q_"): value for name, value in self.cleaned_data.items() if value}


class ContactForm(forms.Form):
    """A way to be asked again, apart from the answers."""

    contact = forms.CharField(label=_("Telephone number"), max_length=120)


class CardForm(forms.Form):
    """An officer's own card."""

    hours = forms.CharField(
        label=_("Office hours"),
        max_length=200,
        required=False,
        help_text=_("When residents find you, evenings included."),
    )
    phone = forms.CharField(
        label=_("Telephone of the office"), max_length=40, required=False,
        help_text=_("Everybody can read it: never a private number."),
    )  # fmt: skip
    room = forms.CharField(label=_("Where to find me"), max_length=120, required=False)
    photo = Picture(label=_("A photo"), required=False)
    drop_photo = forms.BooleanField(label=_("Show no photo"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class BulletinForm(_Here):
    """A notice, or what was asked, done and came of it; English beside it is optional."""

    title = forms.CharField(label=_("Title"), max_length=80)
    asked = _words(_("Residents asked"), 600, required=False)
    did = _words(_("We did"), 600, required=False)
    text = _words(_("Text"), 2000)
    title_en = forms.CharField(label=_("Title in English"), max_length=80, required=False)
    asked_en = _words(_("Residents asked, in English"), 600, required=False)
    did_en = _words(_("We did, in English"), 600, required=False)
    text_en = _words(_("Text in English"), 2000, required=False)
    until = forms.DateField(
        label=_("Shown until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    field_order = ("community", "title", "asked", "did", "text", "until")

    def __init__(self, *args, bureau, own=None, fixed=False, **kwargs):
        super().__init__(*args, bureau=bureau, **kwargs)
        place = self.fields["community"]
        place.label, place.empty_label = _("For which community?"), _("The whole bureau")
        self.fields["asked"].help_text = _("Only for something that was asked, done and came of it; else leave it out.")
        self.fields["text"].help_text = _("The notice, or what came of it. Simplified Chinese is made from it.")
        if own is not None:
            place.queryset, place.required, place.empty_label = place.queryset.filter(pk__in=own), True, None
        if fixed:
            del self.fields["community"]

    def texts(self):
        """title, asked, did and text by language."""
        said = self.cleaned_data
        return {
            part: {"zh_Hant": said.get(part, ""), "en": said.get(f"{part}_en", "")}
            for part in ("title", "asked", "did", "text")
        }
