"""A draft scheme before the officers: they comment, each comment is answered, only then is it in force."""

from django.utils.translation import gettext as _

from linli.ground.accounts.roles import OFFICER, PERSONNEL, STATION
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused, Stale
from linli.quarter.appraisal.actions.checks import only, said
from linli.quarter.appraisal.models import SchemeComment
from linli.quarter.appraisal.queries import unanswered
from linli.quarter.indicators import actions as indicators
from linli.quarter.indicators.models import SchemeVersion
from linli.quarter.indicators.turns import take_turn


@action
def comment_on_scheme(*, by, scheme, text):
    """What an officer or a station says of a scheme that lies before the officers."""
    only(by, scheme.bureau, OFFICER, STATION)
    take_turn()
    text = said(text)
    _consulting(scheme)
    if SchemeComment.objects.filter(scheme=scheme, by=by.username, text=text).exists():
        raise Refused(_("You have sent the same already."), _("It stands below."))
    made = SchemeComment.objects.create(scheme=scheme, by=by.username, said_at=clock.now(), text=text)
    record(by=by, action="appraisal.comment_on_scheme", subject=f"scheme:{scheme}", bureau=scheme.bureau,
           comment=made.pk)  # fmt: skip
    return made


@action
def answer_comment(*, by, comment, answer):
    """The personnel office's answer to one comment."""
    scheme = comment.scheme
    only(by, scheme.bureau, PERSONNEL)
    answer = said(answer, _("Say what becomes of the comment, and why."))
    _consulting(scheme)
    done = {"answer": answer, "answered_by": by.username, "answered_at": clock.now()}
    if SchemeComment.objects.filter(pk=comment.pk, answer="").update(**done) != 1:
        now = SchemeComment.objects.get(pk=comment.pk)
        rows = ((_("answer"), answer, now.answer),)
        raise Stale(_("Somebody else has answered this meanwhile."), rows, version=now.answered_by)
    record(by=by, action="appraisal.answer_comment", subject=f"scheme:{scheme}", bureau=scheme.bureau,
           comment=comment.pk)  # fmt: skip
    comment.refresh_from_db()
    return comment


@action
def put_in_force(*, by, scheme, minute_number):
    """Puts a scheme in force by the Party committee's minute; refused while a comment has no answer."""
    take_turn()  # no comment comes in between the count and the force
    waiting = unanswered(scheme).count()
    return indicators.put_in_force(by=by, scheme=scheme, minute_number=minute_number, unanswered=waiting)


def _consulting(scheme):
    if not SchemeVersion.objects.filter(pk=scheme.pk, state=SchemeVersion.State.CONSULTING).exists():
        raise Refused(
            _("This scheme does not lie before the officers."), _("Comments are taken while it is consulted on.")
        )
