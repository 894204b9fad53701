"""What people fill in about a dispute. None asks for a name; rules are kept by the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.accounts.models import User
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.work.disputes.kinds import GROUNDS, KINDS, SCALES, TRANSFERS, URGENCIES, choices
from linli.work.disputes.queries import mediators

LATEST = 2**31 - 1  # no version is newer
_NO_NAMES = _("In a few words, without anybody's name, phone or house number.")


def day(label, **more):
    """A field for a date."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def words(label, longest, rows=6, **more):
    """A field for text that is kept encrypted."""
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **more)


class MatterForm(forms.Form):
    """What the matter is: kind, title, how many people, how urgent."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices(KINDS))
    title = forms.CharField(label=_("What the dispute is about"), max_length=120, help_text=_NO_NAMES)
    scale = forms.ChoiceField(label=_("How many people"), choices=choices(SCALES), widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=choices(URGENCIES), required=False)


class IntakeForm(MatterForm):
    """A new dispute: five answers."""

    community = forms.ModelChoiceField(
        label=_("Community"), queryset=Community.objects.none(), to_field_name="code", empty_label=None
    )
    taken_in_on = day(_("Day of intake"))
    client_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    field_order = ("community", "kind", "title", "scale", "urgency", "taken_in_on")

    def __init__(self, *args, places, **kwargs):
        kwargs["initial"] = {"scale": "two", "taken_in_on": clock.today()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = places


class ChangeForm(MatterForm):
    """The same put right, over the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LATEST)


class _Step(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LATEST, required=False)

    def __init__(self, *args, dispute, **kwargs):
        kwargs["initial"] = {"version": dispute.version} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.lay_out(dispute)

    def lay_out(self, dispute):
        """Says what may be picked."""

    def asked(self):
        """Keyword arguments of the action."""
        return dict(self.cleaned_data)


class AppointForm(_Step):
    """When and where both sides meet."""

    at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("Place"), max_length=120, help_text=_("A room where both can speak in peace."))


class NoteForm(_Step):
    """Something said in confidence."""

    text = words(
        _("Confidential note"),
        5000,
        help_text=_("Kept encrypted; read by the mediator and the mediation committee alone."),
    )

    def asked(self):
        """A note has no version: it takes nobody's place."""
        return {"text": self.cleaned_data["text"]}


class SettleForm(_Step):
    """The agreement."""

    agreement = words(
        _("What was agreed"), 5000, 8, help_text=_("Who does what by when. Kept encrypted; write Side A and Side B.")
    )
    on = day(_("Day of the agreement"))
    signed_a = forms.BooleanField(label=_("Side A has signed it on paper before me"), required=False)
    signed_b = forms.BooleanField(label=_("Side B has signed it on paper before me"), required=False)

    def lay_out(self, dispute):
        self.fields["on"].initial = clock.today()

    def asked(self):
        """The two signatures as a pair."""
        said = dict(self.cleaned_data)
        return said | {"sides_confirm": (said.pop("signed_a"), said.pop("signed_b"))}


class FailForm(_Step):
    """Why no agreement was reached."""

    why = words(_("Why"), 1000, 4, help_text=_("Kept encrypted. Tell both sides where else they can go."))


class TransferForm(_Step):
    """Where the matter goes by law."""

    to = forms.ChoiceField(label=_("Goes to"), choices=choices(TRANSFERS))
    ground = words(_("Ground in law"), 1000, 3, help_text=_("The law and its article. Kept encrypted."))


class FollowUpForm(_Step):
    """The look after sixty days."""

    relapse = forms.TypedChoiceField(
        label=_("Does the agreement hold?"), choices=[("no", _("it holds")), ("yes", _("it has flared up again"))],
        coerce=lambda said: said == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    on = day(_("Day"), help_text=_("Of your visit or call; if it flared up, the day it did."))
    note = words(_("Confidential note"), 5000, 3, required=False, help_text=_("Kept encrypted."))

    def lay_out(self, dispute):
        self.fields["on"].initial = clock.today()


class MediatorForm(_Step):
    """Who mediates from now on, and on what ground."""

    to = forms.ModelChoiceField(
        label=_("New mediator"), queryset=User.objects.none(), to_field_name="username", empty_label=None
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=choices(GROUNDS))

    def lay_out(self, dispute):
        self.fields["to"].queryset = mediators(dispute, clock.today()).exclude(pk=dispute.mediator_id or 0)


class SidesForm(_Step):
    """What the mediator calls the two sides."""

    a = forms.CharField(label=_("Side A"), max_length=60, required=False)
    b = forms.CharField(label=_("Side B"), max_length=60, required=False)

    def lay_out(self, dispute):
        for side in dispute.sides.all():
            self.fields[side.letter].initial = side.label


class StrikeForm(_Step):
    """Why it was never a matter of its own."""

    why = words(_("Why"), 1000, 3, help_text=_("Entered by mistake, or twice: under which number. Kept encrypted."))


class LedgerForm(forms.Form):
    """An old ledger that is to be looked at."""

    ledger = forms.FileField(
        label=_("Ledger"), help_text=_("One .xlsx without names, phones and identity numbers; 5 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip

    def clean_ledger(self):
        """Refuses what is too large before anybody opens it."""
        sent = self.cleaned_data["ledger"]
        if sent.size > 5 * 2**20:
            raise forms.ValidationError(_("This file is larger than 5 MB."))
        return sent


class SideSaysForm(forms.Form):
    """What one side says: to mediation, or to the agreement."""

    side = forms.ChoiceField(choices=[("a", "a"), ("b", "b")])
    given = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")
    version = forms.IntegerField(min_value=1, max_value=LATEST, required=False)
