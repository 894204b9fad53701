"""The form by which a county book is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.books.upload import LARGEST, MOST_FILES


class _Several(forms.FileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """One file or several; each is looked at on its own."""

    def clean(self, sent, initial=None):
        sent = sent if isinstance(sent, list) else [sent]
        return [super(_Files, self).clean(one, initial) for one in sent or [None]]


class BookForm(forms.Form):
    """A workbook, a zip of CSVs, or some CSVs."""

    book = _Files(
        label=_("County book"), help_text=_("One .xlsx, one .zip of CSVs, or several .csv; 10 MB at most, no macros."),
        widget=_Several(attrs={"multiple": True, "accept": ".xlsx,.zip,.csv"}),
    )  # fmt: skip

    def files_sent(self):
        """[(name, bytes)]; an error on the form when they are too many or too large."""
        sent = self.cleaned_data["book"]
        if len(sent) > MOST_FILES or sum(one.size for one in sent) > LARGEST:
            self.add_error("book", _("These files are too many, or larger than 10 MB together."))
            return []
        return [(one.name, one.read()) for one in sent]
