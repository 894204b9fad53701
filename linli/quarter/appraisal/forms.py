"""What this room's pages ask for."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.accounts.models import User
from linli.quarter.appraisal.actions.checks import LONGEST
from linli.quarter.appraisal.actions.corrections import APPROVING
from linli.quarter.appraisal.models import Objection


def _text(label, help_text=""):
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=forms.Textarea({"rows": 6}))


class Open(forms.Form):
    """A quarter to be opened."""

    period = forms.RegexField(r"^\d{4}Q[1-4]$", label=_("Quarter"), help_text=_("Year and quarter: 2026Q3"))


class Publish(forms.Form):
    """The leading group's approval."""

    minute_number = forms.CharField(
        label=_("Number of the minute"),
        help_text=_("Of the meeting that approved the result."),
        max_length=80,
    )


class Why(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Reason given"), max_length=500, widget=forms.Textarea({"rows": 3}))


class Comment(forms.Form):
    """What an officer says of a draft scheme."""

    text = _text(_("Your comment"), _("The personnel office answers each comment before the scheme is in force."))


class CommentAnswer(forms.Form):
    """The answer to it."""

    answer = _text(_("Answer"), _("What becomes of the comment, and why."))


class Send(forms.Form):
    """A clarification or an objection."""

    kind = forms.ChoiceField(label=_("What you send"), widget=forms.RadioSelect)
    rate = forms.ChoiceField(label=_("What it is about"), required=False)
    text = _text(
        _("In your own words"),
        _("Say what is wrong and what shows it. Only you, whoever answers, and the secretary can read this."),
    )

    def __init__(self, *args, rates, may_object, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [("clarification", _("A clarification: I ask how a number came about"))]
        if may_object:
            kinds.append(("objection", _("An objection: a number is wrong")))
        self.fields["kind"].choices = kinds
        self.fields["rate"].choices = [("", _("the whole score")), *rates]


class Answer(forms.Form):
    """The answer to an objection."""

    outcome = forms.ChoiceField(label=_("Conclusion"), widget=forms.RadioSelect)
    answer = _text(_("Answer with its reasons"), _("The officer reads this."))

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        upheld = (Objection.State.UPHELD, _("upheld: figures are corrected below"))
        both = [upheld, (Objection.State.REJECTED, _("rejected: the figures stand"))]
        one = [(Objection.State.ANSWERED, _("answered"))]
        self.fields["outcome"].choices = both if kind == Objection.Kind.OBJECTION else one
        if kind == Objection.Kind.CLARIFICATION:
            self.fields["outcome"].initial = Objection.State.ANSWERED


class Reason(forms.Form):
    """Why figures are corrected, and who approves it."""

    reason = _text(_("Reason given"), _("What was wrong, how it was found, what shows the right figure."))
    approved_by = forms.ModelChoiceField(
        User.objects.none(), label=_("Approved by"), to_field_name="username", help_text=_("Not yourself.")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(bureau=user.bureau_id, role__in=APPROVING, is_active=True)
        self.fields["approved_by"].queryset = staff.exclude(pk=user.pk).order_by("username")


class Figures(forms.Form):
    """The frozen figures of one community, to be put right: only what differs is a change."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, community, rates, values, revision, **kwargs):
        super().__init__(*args, initial={"revision": revision}, **kwargs)
        self.community, self.rates, self.number = community, rates, revision
        self.values = {value.rate: value for value in values if value.community == community}
        for rate, name in rates:
            value = self.values.get(rate)
            for part, label in (("numerator", _("numerator")), ("denominator", _("denominator"))):
                self.fields[f"{rate}-{part}"] = forms.FloatField(
                    required=False,
                    label=f"{name}: {label}",
                    initial=_plain(getattr(value, part, None)),
                    widget=forms.TextInput({"class": "cell num", "inputmode": "decimal"}),
                )
            self.fields[f"{rate}-out"] = forms.BooleanField(required=False, label=f"{name}: {gettext('take out')}")

    def rows(self):
        """(name of the rate, numerator, denominator, take out, whether there is a figure) for the page."""
        for rate, name in self.rates:
            yield name, *(self[f"{rate}-{part}"] for part in ("numerator", "denominator", "out")), rate in self.values

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("revision") != self.number:
            raise forms.ValidationError(
                _("These figures have been corrected meanwhile: what stands there now is shown; look at it again.")
            )
        self.changes = {}
        for rate, _name in self.rates:
            change = self._change(rate, cleaned)
            if change is not False:
                self.changes[self.community, rate] = change
        return cleaned

    def _change(self, rate, cleaned):
        """The change of one figure: a dict, None = taken out, False = none."""
        value, out = self.values.get(rate), cleaned.get(f"{rate}-out")
        if out:
            return None if value else False
        typed = {part: cleaned.get(f"{rate}-{part}") for part in ("numerator", "denominator")}
        if set(typed.values()) == {None} and value is None:
            return False
        for part, number in typed.items():
            if number is None:
                if f"{rate}-{part}" not in self.errors:
                    self.add_error(f"{rate}-{part}", _("A figure has both parts; to remove it, mark “take out”."))
                return False
        stands = value is not None and all(getattr(value, part) == number for part, number in typed.items())
        return False if stands else typed


def _plain(value):
    return None if value is None else f"{value:.12g}"
