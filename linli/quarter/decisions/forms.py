"""What this room's pages ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.accounts.models import User
from linli.quarter.decisions.actions.file import LONGEST
from linli.quarter.decisions.actions.talks import TALKERS
from linli.quarter.decisions.models import Decision, Remedy

OUTCOMES = [
    (Decision.Outcome.APPROVED.value, _("Approve")),
    (Decision.Outcome.REJECTED.value, _("Reject")),
]
TALKS = [
    (Decision.Talk.REMINDER.value, _("Reminder talk: no effect beyond the talk")),
    (Decision.Talk.ADMONITION.value, _("Admonition: a formal measure, with a minute number")),
]


def _long(label, help_text="", rows=5, required=True):
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, required=required, widget=forms.Textarea({"rows": rows})
    )


def _day(label, help_text="", required=True):
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class Decide(forms.Form):
    """A decision: outcome, talk, minute, reason, and the version of the file that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Decision"), choices=OUTCOMES, widget=forms.RadioSelect)
    talk = forms.ChoiceField(label=_("Which talk"), choices=TALKS, required=False, widget=forms.RadioSelect)
    minute_number = forms.CharField(label=_("Number of the minute"), max_length=80, required=False)
    reason = _long(_("Reason"), _("The officer reads it."), rows=3)

    def __init__(self, proposal, reminder_alone, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if proposal.kind != "talk":
            del self.fields["talk"]
        if reminder_alone:  # the personnel office: it may approve a reminder, and nothing else
            self.fields["outcome"].choices = OUTCOMES[:1]
            self.fields["talk"].choices = TALKS[:1]
            del self.fields["minute_number"]


class Statement(forms.Form):
    """What the officer says."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = _long(_("Statement"), _("It goes into the file as you write it. Whoever decides reads it first."), rows=10)


class Ask(forms.Form):
    """Until when."""

    due_on = _day(_("Until"), _("At least five working days; blank: five."), required=False)


class LawCheck(forms.Form):
    """What was checked."""

    text = forms.CharField(
        label=_("What was checked, and what was found"), max_length=150, widget=forms.Textarea({"rows": 3}),
        help_text=_("Name the articles, for instance article 74 on relatives. Your name is put before it."),
    )  # fmt: skip


class Funding(forms.Form):
    """The approval of the money."""

    number = forms.CharField(label=_("Number of the funding approval"), max_length=120)


class Why(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 3}))


class OpenRemedy(forms.Form):
    """A review or appeal that the officer asked for."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Remedy.Kind.choices, widget=forms.RadioSelect)
    reference = forms.CharField(label=_("Reference"), max_length=120, help_text=_("Number of the paper."))
    opened_on = _day(_("Opened on"))


class CloseRemedy(forms.Form):
    """Its end."""

    outcome = forms.CharField(label=_("What came of it"), max_length=200, widget=forms.Textarea({"rows": 3}))
    closed_on = _day(_("Closed on"))


class Talk(forms.Form):
    """The record of a talk."""

    date = _day(_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=120)
    talker = forms.ModelChoiceField(label=_("Talker"), queryset=User.objects.none())
    recorder = forms.CharField(label=_("Recorder"), max_length=150, help_text=_("Neither the talker nor the officer."))
    headings = _long(_("What was talked about"))
    plan = _long(_("Plan to improve"))
    follow_up_on = _day(_("Follow-up on"), _("Blank: thirty days after the talk."), required=False)

    def __init__(self, by, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = User.objects.filter(bureau=by.bureau_id, is_active=True, role__in=TALKERS).order_by("role", "username")
        self.fields["talker"].queryset = found if by.role == "personnel" else found.filter(pk=by.pk)
        self.fields["talker"].initial = by.pk


class AmendTalk(forms.Form):
    """What may be changed before anybody has signed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.CharField(label=_("Place"), max_length=120)
    headings = _long(_("What was talked about"))
    plan = _long(_("Plan to improve"))


class Sign(forms.Form):
    """The officer's view, with the signature."""

    view = _long(_("Your view"), _("It stands in the record as you write it; blank if you have none."), required=False)


class FollowUp(forms.Form):
    """What has become of the plan."""

    found = _long(_("What has become of the plan"), required=False)
