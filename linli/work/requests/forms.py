"""What people fill in about a request; whether a step is allowed is asked by the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.accounts.roles import CADRE, OFFICER
from linli.ground.places.models import Community
from linli.ground.places.queries import communities
from linli.work.requests.actions.receiving import LONGEST
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Request
from linli.work.requests.queries import offices_of
from linli.work.requests.rights import held

MOST_WORDS = 2000


def _text(label, rows=3, **more):
    return forms.CharField(label=label, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": rows}), **more)


def kind_choices():
    """Kinds for a choice, in the reader's language."""
    return [(kind.code, kind.name()) for kind in KINDS.values()]


class StepForm(forms.Form):
    """A step of a request; it knows which version its page showed."""

    def __init__(self, *args, row, others=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=row.version)
        self.lay_out(row, others)

    def lay_out(self, row, others):
        """Says what may be picked."""


class AcknowledgeForm(StepForm):
    """Somebody has read it."""

    answer = _text(_("A word to the sender"), required=False, help_text=_("The sender reads this."))


class VisitForm(StepForm):
    """Somebody was there."""

    note = _text(_("What you saw"), help_text=_("For the staff; the sender does not read it."))


class SolveForm(StepForm):
    """What was done."""

    what_was_done = _text(_("What was done"), help_text=_("The sender reads this."))


class DeclineForm(StepForm):
    """Why it is not done."""

    reason = _text(_("Why it is declined"), help_text=_("The sender reads this."))


class CloseForm(StepForm):
    """Closed without being solved."""

    how = forms.ChoiceField(
        label=_("How it ended"),
        choices=[
            ("outside", _("handed on outside, no answer")),
            ("silent", _("no answer from the sender")),
            ("ended", _("it went away by itself, or nobody knows")),
        ],
    )
    note = _text(_("Why"), help_text=_("The sender reads this."))


class WhyForm(StepForm):
    """Why it is opened again."""

    why = _text(_("Why"))


class TakeForm(StepForm):
    """The office has it."""


class TakeBackForm(StepForm):
    """Back from an office."""

    why = _text(_("Why"), required=False)


class HandOnForm(StepForm):
    """Whose work it is."""

    to = forms.ModelChoiceField(label=_("Office"), queryset=None, to_field_name="code")
    why = _text(_("Why"), help_text=_("The office reads this; the sender does not."))
    remember = forms.BooleanField(label=_("Suggest this office the next time"), required=False)

    def lay_out(self, row, others):
        offices = offices_of(row.bureau)
        self.fields["to"].queryset = row.bureau.offices.exclude(pk=row.office_id)
        offices = [office for office in offices if office.pk != row.office_id]
        away = _("%(office)s (no account here)")
        said = [(one.code, str(one) if one.can_take else away % {"office": one}) for one in offices]
        self.fields["to"].widget.choices = [("", "—"), *said]


class PlaceForm(StepForm):
    """The community it belongs to."""

    community = forms.ModelChoiceField(label=_("Community"), queryset=Community.objects.none(), to_field_name="code")

    def lay_out(self, row, others):
        self.fields["community"].queryset = communities(row.bureau)


class MergeForm(StepForm):
    """Into which of those nearby."""

    into = forms.ModelChoiceField(
        label=_("Merge into"), queryset=Request.objects.none(), to_field_name="public_id", empty_label=None
    )

    def lay_out(self, row, others):
        self.fields["into"].queryset = Request.objects.filter(pk__in=[other.pk for other in others])


class PaperForm(forms.Form):
    """A slip of paper, written down as its sender wrote it."""

    kind = forms.ChoiceField(label=_("Kind"))
    words = forms.CharField(
        label=_("What the sender says"), max_length=LONGEST["words"], widget=forms.Textarea(attrs={"rows": 5})
    )
    community = forms.ModelChoiceField(label=_("Community"), queryset=Community.objects.none(), to_field_name="code")
    place_note = forms.CharField(label=_("Where"), max_length=LONGEST["place_note"], required=False)
    contact = forms.CharField(
        label=_("How to reach the sender"), max_length=LONGEST["contact"], required=False,
        help_text=_("Only if the sender wants it. It is kept encrypted and erased after its time."),
    )  # fmt: skip

    def __init__(self, *args, user, bureau, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()
        mine = communities(bureau)
        if user.role == CADRE:
            mine = mine.filter(pk=user.community_id)
        elif user.role == OFFICER:
            mine = mine.filter(pk__in=held(user))
        else:
            mine = mine.filter(station=user.office_id)
        self.fields["community"].queryset = mine
        self.fields["community"].empty_label = None
        self.nowhere = not mine.exists()


class ComplaintForm(forms.Form):
    """A step of supervision's."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TakeUpForm(ComplaintForm):
    """Supervision has read it."""

    note = _text(_("Note for supervision"), required=False, help_text=_("The sender does not read it."))


class AnswerForm(ComplaintForm):
    """The answer."""

    text = _text(_("Answer"), rows=6, help_text=_("The sender reads this."))
