"""Questionnaires: drafted, saved, published as a version that never changes."""

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import Role
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.surveys import questions as shapes
from linli.work.surveys.models import Draft, Questionnaire


def _may_write(by):
    if not isinstance(by, str) and by.role != Role.PERSONNEL:
        raise NotAllowed(_("Questionnaires are written by the political and personnel office."))


@action
def draft(*, by, bureau, code, title, questions=()):
    """A new ``Draft``; code as it stands in addresses, title language -> text."""
    _may_write(by)
    if not re.fullmatch(r"[\w-]{1,40}", code, re.ASCII):
        raise Refused(_("A code has letters, digits and hyphens."), _("For example: residents-2026."))
    try:
        with transaction.atomic():
            made = Draft.objects.create(
                bureau=bureau, code=code, title=title, questions=list(questions), by=name_of(by)
            )
    except IntegrityError:
        raise Refused(_("There is a questionnaire with this code."), _("Open it, or choose another code.")) from None
    record(by=by, action="surveys.draft", subject=f"questionnaire:{code}", bureau=bureau)
    return made


@action
def save(*, by, draft, title, questions, edition):
    """The draft with other words; edition is the one that was read."""
    _may_write(by)
    questions = list(questions)
    changed = {"title": title, "questions": questions, "edition": edition + 1, "by": name_of(by)}
    if not Draft.objects.filter(pk=draft.pk, edition=edition).update(**changed):
        draft.refresh_from_db()
        raise Stale(
            _("Somebody else has saved this questionnaire meanwhile."),
            rows=_apart(questions, draft.questions),
            version=draft.edition,
        )
    draft.refresh_from_db()
    record(
        by=by, action="surveys.save", subject=f"questionnaire:{draft.code}", bureau=draft.bureau, edition=edition + 1
    )
    return draft


@action
def publish(*, by, draft, edition):
    """A ``Questionnaire`` of the next version; from now on its words stand."""
    _may_write(by)
    found = Draft.objects.select_for_update().get(pk=draft.pk)
    if found.edition != edition:
        raise Stale(
            _("Somebody else has saved this questionnaire meanwhile."),
            rows=_apart(draft.questions, found.questions),
            version=found.edition,
        )
    if faults := shapes.faults(found.title, found.questions):
        raise Refused("\n".join(faults), _("Mend the draft and publish it then."))
    if found.published == found.edition:
        raise Refused(_("Nothing has changed since it was published."), _("Ask with the version that is there."))
    last = Questionnaire.objects.filter(bureau=found.bureau, code=found.code).order_by("-version").first()
    made = Questionnaire.objects.create(
        bureau=found.bureau, code=found.code, version=last.version + 1 if last else 1, title=found.title,
        questions=found.questions, published_at=clock.now(), published_by=name_of(by),
    )  # fmt: skip
    Draft.objects.filter(pk=found.pk).update(published=found.edition)
    subject = f"questionnaire:{made.code}"
    record(by=by, action="surveys.publish", subject=subject, bureau=made.bureau, version=made.version)
    return made


def _apart(mine, theirs):
    """(label, yours, theirs) of the questions that differ."""
    rows = []
    for number in range(max(len(mine), len(theirs))):
        yours, there = (_said(rows_, number) for rows_ in (mine, theirs))
        if yours != there:
            rows.append((_("Question %(number)s") % {"number": number + 1}, yours, there))
    return rows


def _said(questions, number):
    return " / ".join(questions[number]["text"].values()) if number < len(questions) else "—"
