"""What people fill in about officers, leaders, pairings, days and leave; rules are kept by the actions."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Leader, Officer
from linli.ground.places.models import Office
from linli.ground.places.queries import communities

STAFFING = [
    ("single", _("one officer")),
    ("multi", _("several officers to one beat")),
    ("couple", _("couple community")),
    ("brother", _("brother community")),
    ("twinned", _("twinned communities")),
]
LEAVE = [("leave", _("leave")), ("sick", _("sick")), ("training", _("training")), ("lent", _("lent to others"))]
KIN = [
    ("spouse", _("spouse")),
    ("sibling", _("brother or sister")),
    ("parent", _("parent")),
    ("child", _("child")),
    ("other", _("other near relative")),
]


def day(label, **more):
    """A field for a date."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def pick(label, **more):
    """A field for one thing of this bureau, named by its code; the form says which there are."""
    return forms.ModelChoiceField(label=label, queryset=Officer.objects.none(), to_field_name="code", **more)


class _OfBureau(forms.Form):
    """A form that knows its bureau."""

    def __init__(self, *args, bureau, **kwargs):
        super().__init__(*args, **kwargs)
        self.bureau = bureau
        self.lay_out(bureau)

    def lay_out(self, bureau):
        """Says what may be picked."""


class _Person(_OfBureau):
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("As in the county book, such as O08."))
    name = forms.CharField(label=_("Name"), max_length=80)
    account = forms.ModelChoiceField(
        label=_("Account"), queryset=User.objects.none(), to_field_name="username", required=False
    )
    roles, owner = (), ""

    def lay_out(self, bureau):
        free = User.objects.filter(bureau=bureau, role__in=self.roles, is_active=True)
        self.fields["account"].queryset = free.filter(**{f"{self.owner}__isnull": True})


class OfficerForm(_Person):
    """A new community officer."""

    roles, owner = (Role.OFFICER,), "officer"


class LeaderForm(_Person):
    """A new bureau leader."""

    roles, owner = (Role.LEADER, Role.SECRETARY), "leader"


class NameForm(_OfBureau):
    """An officer's name put right, or the account that was opened later."""

    name = forms.CharField(label=_("Name"), max_length=80)
    account = forms.ModelChoiceField(
        label=_("Account"), queryset=User.objects.none(), to_field_name="username", required=False
    )

    def lay_out(self, bureau):
        free = User.objects.filter(bureau=bureau, role=Role.OFFICER, is_active=True)
        mine = self.initial.get("account")
        self.fields["account"].queryset = free.filter(Q(officer__isnull=True) | Q(username=mine or ""))


class PostForm(_OfBureau):
    """Somebody holds a community from a day on."""

    officer = pick(_("Officer"))
    community = pick(_("Community"))
    start = day(_("First day"))
    end = day(_("Last day"), required=False, help_text=_("Blank: still in the post."))
    staffing = forms.ChoiceField(label=_("Staffing"), choices=STAFFING)
    law_approval = forms.CharField(
        label=_("Approval of the provincial authority"), max_length=120, required=False,
        help_text=_("Two related sworn officers in one post need it (Civil Servant Law, article 74)."),
    )  # fmt: skip

    def lay_out(self, bureau):
        self.fields["officer"].queryset = bureau.officers.order_by("code")
        self.fields["community"].queryset = communities(bureau)


class EndForm(forms.Form):
    """The last day of a post or pairing."""

    end = day(_("Last day"))


class StaffingForm(forms.Form):
    """Another staffing, or the approval that came later."""

    staffing = forms.ChoiceField(label=_("Staffing"), choices=STAFFING)
    law_approval = forms.CharField(label=_("Approval of the provincial authority"), max_length=120, required=False)


class WhyForm(forms.Form):
    """Why something is taken back or refused."""

    why = forms.CharField(label=_("Why"), max_length=200)


class RelationForm(_OfBureau):
    """Who is related to an officer."""

    relative = forms.ModelChoiceField(
        label=_("Relative's account"), queryset=User.objects.none(), to_field_name="username"
    )
    kind = forms.ChoiceField(label=_("Relation"), choices=KIN)

    def lay_out(self, bureau):
        self.fields["relative"].queryset = User.objects.filter(bureau=bureau, is_active=True)


class PairingForm(_OfBureau):
    """A leader, or nobody for now, and an office bound to a community."""

    community = pick(_("Community"))
    leader = pick(_("Leader"), required=False, empty_label=_("no leader for now"))
    office = pick(_("Office"))
    start = day(_("First day"))
    end = day(_("Last day"), required=False, help_text=_("Blank: for the time being."))

    def lay_out(self, bureau):
        self.fields["community"].queryset = communities(bureau)
        self.fields["leader"].queryset = Leader.objects.filter(bureau=bureau)
        self.fields["office"].queryset = Office.objects.filter(bureau=bureau)


class DayForm(_OfBureau):
    """A day a leader spent in a community."""

    community = pick(_("Community"))
    date = day(_("Date"))
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0, max_value=24, max_digits=4, decimal_places=2,
        help_text=_("Six hours or more are a whole day, three to six are half a day."),
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )  # fmt: skip

    def lay_out(self, bureau):
        self.fields["community"].queryset = communities(bureau)


class LeaveForm(_OfBureau):
    """Days an officer was away."""

    officer = pick(_("Officer"))
    first = day(_("First day"))
    last = day(_("Last day"))
    kind = forms.ChoiceField(label=_("Kind"), choices=LEAVE)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by the personnel office and the officer alone; kept encrypted."),
    )  # fmt: skip

    def lay_out(self, bureau):
        self.fields["officer"].queryset = bureau.officers.order_by("code")
