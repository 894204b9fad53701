"""What people fill in about their day; rules are kept by the actions."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from heng.periods import period_of, step
from linli.ground.officers.models import Officer
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.work.worklog.grid import cells, is_cell
from linli.work.worklog.kinds import AWAY, TOPICS, WORKS

EARLIEST, LATEST = MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 30))
LARGEST_PHOTO = 12 * 2**20
NO_NAMES = _("Write what was done, not about whom: no names, no addresses, no identity or phone numbers.")
CELLS = [("", "—"), *((cell, cell) for cell in cells())]


def day(label, **more):
    """A field for a date that a calendar of this house could hold."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[EARLIEST, LATEST], **more)


def hour(label, **more):
    """A field for a time of the day."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def pick(label, queryset=None, **more):
    """A field for one thing of this bureau, named by its code; the form says which there are."""
    none = Community.objects.none() if queryset is None else queryset
    return forms.ModelChoiceField(label=label, queryset=none, to_field_name="code", empty_label=None, **more)


def words(label, rows=3, **more):
    """A field for a few lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=2000, **more)


class SpanForm(forms.Form):
    """A day with a beginning and an end; an end before the beginning lies after midnight."""

    def span(self):
        """(start, end) as moments."""
        said = self.cleaned_data
        start = make_aware(datetime.combine(said["day"], said["begins"]))
        end = make_aware(datetime.combine(said["day"], said["ends"]))
        return start, end if end > start else end + timedelta(days=1)


class WorkForm(SpanForm):
    """A work that is done: what, where, when; a line about it, a photo or a voice note if wanted."""

    kind = forms.ChoiceField(label=_("Kind of work"), choices=WORKS.items())
    community = pick(_("Community"))
    day = day(_("Day"))
    begins, ends = hour(_("From")), hour(_("To"), help_text=_("A time before the start is taken for after midnight."))
    cell = forms.ChoiceField(label=_("Cell of the grid"), choices=CELLS, required=False,
                             help_text=_("A1 lies in the north-west, F6 in the south-east."))  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=TOPICS.items(), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = words(_("Note"), required=False, help_text=NO_NAMES)
    photo = forms.FileField(label=_("Photo"), required=False, help_text=_("For yourself alone; no faces, no papers."))
    voice = forms.FileField(label=_("Voice note"), required=False, help_text=_("For yourself alone; one megabyte."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities
        self.fields["photo"].widget.attrs |= {"accept": "image/*", "capture": "environment"}
        self.fields["voice"].widget.attrs |= {"accept": "audio/*", "capture": "user"}

    def clean_photo(self):
        """Not larger than a phone makes it."""
        photo = self.cleaned_data.get("photo")
        if photo and photo.size > LARGEST_PHOTO:
            raise forms.ValidationError(_("The photo is larger than twelve megabytes."))
        return photo

    def asked(self):
        """Keyword arguments of the action, without the version."""
        said, (started_at, ended_at) = self.cleaned_data, self.span()
        files = {name: said[name].read() for name in ("photo", "voice") if said.get(name)}
        kept = {name: said[name] for name in ("kind", "community", "cell", "topics", "note")}
        return kept | files | {"started_at": started_at, "ended_at": ended_at}


class StopForm(forms.Form):
    """The second tap, and a line if wanted."""

    note = words(_("Note"), rows=2, required=False, help_text=NO_NAMES)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class WhyForm(forms.Form):
    """Why something is struck, withdrawn or set aside."""

    why = forms.CharField(label=_("Why"), max_length=200)


class PlanLine(forms.Form):
    """One line of a plan; a line without a kind is none."""

    kind = forms.ChoiceField(label=_("Kind of work"), choices=[("", "—"), *WORKS.items()], required=False)
    community = pick(_("Community"), required=False)
    cell = forms.ChoiceField(label=_("Cell of the grid"), choices=CELLS, required=False)
    starts = hour(_("From"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    place = forms.CharField(label=_("Place"), max_length=80, required=False)

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities
        if len(communities) < 2:  # nothing to choose: the plan takes the one there is
            del self.fields["community"]
        for field in self.fields.values():
            field.widget.attrs["class"] = "cell"

    def in_order(self):
        """The fields as the table shows them."""
        order = ("starts", "kind", "community", "cell", "minutes", "place")
        return [self[name] for name in order if name in self.fields]


PlanForm = forms.formset_factory(PlanLine, extra=0, max_num=30, absolute_max=30)


class RoundForm(forms.Form):
    """Where a round goes, and between which hours; the order is drawn."""

    kind = forms.ChoiceField(label=_("Kind of work"), choices=WORKS.items(), initial="patrol")
    community = pick(_("Community"))
    cells = forms.CharField(label=_("Cells of the grid"), max_length=120, help_text=_("For example: A1 B3 C2 F6"))
    begins, ends = hour(_("From")), hour(_("To"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities

    def clean_cells(self):
        """Cells apart by blanks or commas, each once."""
        found = list(dict.fromkeys(self.cleaned_data["cells"].upper().replace(",", " ").replace("、", " ").split()))
        wrong = [cell for cell in found if not is_cell(cell)]
        if wrong:
            raise forms.ValidationError(_("“%(cell)s” is no cell of the grid."), params={"cell": wrong[0][:10]})
        return found


class CallForm(SpanForm):
    """Hours away from the beat by order. The station says whose."""

    officer = pick(_("Officer"), Officer.objects.none())
    kind = forms.ChoiceField(label=pgettext_lazy("call away", "What for"), choices=AWAY.items())
    day = day(_("Day"))
    begins, ends = hour(_("From")), hour(_("To"), help_text=_("A time before the start is taken for after midnight."))
    ordered_by = forms.CharField(label=_("Ordered by"), max_length=80, help_text=_("An office or a function."))
    why = words(_("Remark"), rows=2, required=False, help_text=_("No facts of a case, no names."))

    def __init__(self, *args, officers=None, **kwargs):
        super().__init__(*args, **kwargs)
        if officers is None:
            del self.fields["officer"]
        else:
            self.fields["officer"].queryset = officers

    def asked(self):
        """Keyword arguments of the action."""
        started_at, ended_at = self.span()
        kept = {name: self.cleaned_data[name] for name in ("kind", "ordered_by", "why")}
        return kept | {"started_at": started_at, "ended_at": ended_at}


class AnswerForm(forms.Form):
    """The station's word."""

    confirms = forms.TypedChoiceField(
        label=_("Was it so?"), coerce=lambda said: said == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("yes, the station called the officer away")), ("no", _("no, or not so long"))],
    )  # fmt: skip
    note = words(_("Remark"), rows=2, required=False, help_text=_("Needed where it was not so. No facts of a case."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class DecideForm(forms.Form):
    """The third person's word."""

    counts = forms.TypedChoiceField(
        label=_("Are the hours taken off what is due?"), coerce=lambda said: said == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("yes")), ("no", _("no"))],
    )  # fmt: skip
    why = forms.CharField(label=_("Why"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class DrawForm(forms.Form):
    """How many places to look at."""

    size = forms.IntegerField(label=_("How many checks"), min_value=1, max_value=20, initial=3)


class CheckForm(forms.Form):
    """What was seen, and when."""

    found = forms.TypedChoiceField(
        label=_("What was seen"), widget=forms.RadioSelect, empty_value=None,
        coerce={"found": True, "not found": False, "could not": None}.get,
        choices=[
            ("found", _("the officer was there")), ("not found", _("the officer was not there")),
            ("could not", _("nobody could look")),
        ],
    )  # fmt: skip
    day, at = day(_("Day")), hour(_("Time"))
    note = words(_("Note"), rows=2, required=False, help_text=NO_NAMES)

    def asked(self):
        """Keyword arguments of the action."""
        said = self.cleaned_data
        return {
            "found": said["found"],
            "note": said["note"],
            "at": make_aware(datetime.combine(said["day"], said["at"])),
        }


class TextForm(forms.Form):
    """A few lines about a check."""

    text = words(_("Your answer"), help_text=NO_NAMES)


class DueForm(forms.Form):
    """Hours a week from a quarter on."""

    community = pick(_("Community"), required=False)
    period = forms.ChoiceField(label=_("From the quarter"))
    hours_per_week = forms.DecimalField(
        label=_("Hours a week"), min_value=1, max_value=60, max_digits=4, decimal_places=1, initial=20
    )
    why = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["community"]
        field.queryset, field.empty_label = communities, _("the whole bureau")
        running = period_of(clock.today())
        self.fields["period"].choices = [(p, p) for p in (step(running, i) for i in range(5))]
        self.fields["period"].initial = step(running, 1)


class PapersForm(forms.Form):
    """Whose papers, of which days."""

    officer = pick(_("Officer"), Officer.objects.none())
    first, last = day(_("First day")), day(_("Last day"))

    def __init__(self, *args, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers

    def clean(self):
        """In order, and at most a quarter."""
        said = super().clean()
        first, last = said.get("first"), said.get("last")
        if first and last and not timedelta(0) <= last - first <= timedelta(days=92):
            raise forms.ValidationError(_("The days lie in order and are at most a quarter."))
        return said
