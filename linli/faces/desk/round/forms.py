"""What may stand in a record of each type; whatever does not fit is refused in words, record by record."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.faces.desk.round import words
from linli.faces.desk.round.times import not_ahead
from linli.ground.trail.refusals import Refused


class _Form(forms.Form):
    """``communities``: code -> ``Community`` of those the officer holds on the day of the record."""

    def __init__(self, told, communities):
        super().__init__(told)
        self.held = communities
        if "community" in self.fields:
            self.fields["community"].choices = [(code, one.name) for code, one in communities.items()]

    def clean(self):
        """From and until: neither later than now, nor the wrong way round."""
        told = super().clean()
        began, ended = told.get("started_at"), told.get("ended_at")
        for moment in (began, ended):
            if moment:
                not_ahead(moment)
        if began and ended and ended <= began:
            self.add_error("ended_at", _("It ends before it begins."))
        return told


class _Placed(_Form):
    community = forms.ChoiceField(
        label=_("Community"), error_messages={"invalid_choice": _("You do not hold that community on that day.")}
    )


def _line(label, most, **more):
    return forms.CharField(label=label, max_length=most, **{"required": False} | more)


class Work(_Placed):
    kind = forms.ChoiceField(label=_("Kind"), choices=words.works)
    started_at = forms.DateTimeField(label=pgettext_lazy("time of day", "From"))
    ended_at = forms.DateTimeField(label=pgettext_lazy("time of day", "Until"))
    cell = forms.RegexField(r"^[A-F][1-6]$", label=_("Cell of the grid"), required=False)
    note = _line(_("Note"), 2000)


class Change(_Form):
    """Of a work that was sent before; ``version``: the one that was changed on the phone."""

    work = _line(_("Work"), 64, required=True)
    version = forms.IntegerField(label=_("Version"), min_value=1, max_value=2**31 - 1)
    started_at = forms.DateTimeField(label=pgettext_lazy("time of day", "From"))
    ended_at = forms.DateTimeField(label=pgettext_lazy("time of day", "Until"))
    cell = forms.RegexField(r"^[A-F][1-6]$", label=_("Cell of the grid"), required=False)
    note = _line(_("Note"), 2000)


class Request(_Placed):
    kind = forms.ChoiceField(label=_("Kind"), choices=words.requests)
    words = _line(_("What was said"), 2000)
    place_note = _line(_("Where"), 200)
    contact = _line(_("How to answer"), 200)


class Dispute(_Placed):
    kind = forms.ChoiceField(label=_("Kind"), choices=words.disputes)
    title = _line(_("What it is about"), 120, required=True)
    scale = forms.ChoiceField(label=_("Size"), choices=words.scales)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=words.urgencies, required=False)


class Call(_Form):
    kind = forms.ChoiceField(label=_("Called away for"), choices=words.calls)
    started_at = forms.DateTimeField(label=pgettext_lazy("time of day", "From"))
    ended_at = forms.DateTimeField(label=pgettext_lazy("time of day", "Until"))
    ordered_by = _line(_("Ordered by"), 80, required=True)
    why = _line(_("Why"), 500)


def checked(form, told, communities):
    """The cleaned fields of a record; ``Refused`` with everything that does not fit."""
    filled = form(told, communities)
    if not filled.is_valid():
        lines = [
            f"{filled.fields[name].label}: {' '.join(errors)}" if name in filled.fields else " ".join(errors)
            for name, errors in filled.errors.items()
        ]
        raise Refused("\n".join(lines), _("Put it right and send it again, or drop it."))
    return filled.cleaned_data
