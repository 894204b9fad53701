"""Posts: who holds a community from when to when, and with whom (R-01, R-60, R-61)."""

from datetime import date

from django.utils.translation import gettext as _

from heng.evidence import SHARED_STAFFING
from linli.ground.officers.actions.people import relate
from linli.ground.officers.models import STAFFING, Officer, Post
from linli.ground.officers.queries import holders_of, within
from linli.ground.places.models import Community
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused

FAMILY = {"couple": "spouse", "brother": "sibling"}  # staffing that says two people are related -> how


@action
def hold_post(*, by, officer, community, start, staffing="single", end=None, law_approval=""):
    """An officer holds a community from ``start`` on.

    Refused: two communities at once; two holders at once unless all share the post; a couple or brother post where
    the community is not marked complex. Two related sworn officers in one post need the provincial authority's
    approval (R-61 b): without it the post is recorded with a warning. They are noted as related at once.
    """
    # two posts entered at one moment: one after the other
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)
    _check_span(start, end)
    _check_place(officer, community, start, staffing)
    _check_elsewhere(officer, start, end)
    others = _check_holders(officer, community, start, end, staffing)
    post = Post.objects.create(
        officer=officer, community=community, start=start, end=end, staffing=staffing,
        law_approval=str(law_approval).strip()[:120],
    )  # fmt: skip
    warning = _note_family(by, post, others)
    record(by=by, action="officers.hold_post", subject=f"officer:{officer.code}", bureau=community.bureau,
           community=community.code, start=start, end=end, staffing=staffing, law_approval=post.law_approval,
           **({"warning": warning} if warning else {}))  # fmt: skip
    return post


def _check_span(start, end):
    if end is not None and end < start:
        raise Refused(_("The last day lies before the first, %(start)s.") % {"start": start.isoformat()})


def _check_place(officer, community, start, staffing):
    if officer.bureau_id != community.bureau_id:
        raise Refused(_("%(community)s belongs to another bureau.") % {"community": community.name})
    if staffing not in STAFFING:
        raise Refused(_("There is no staffing “%(staffing)s”.") % {"staffing": str(staffing)[:40]})
    if community.closed_on and start >= community.closed_on:
        raise Refused(_("%(community)s is closed.") % {"community": community.name})
    if staffing in FAMILY and not community.complex:
        raise Refused(
            _("%(community)s is not marked complex: couple and brother posts are for complex communities.")
            % {"community": community.name},
            _("Mark the community complex first, if it is (R-60), or choose other staffing."),
        )


def _check_elsewhere(officer, start, end):
    clash = within(officer.posts.select_related("community"), start, end or date.max).order_by("start").first()
    if clash:
        raise Refused(
            _("%(officer)s already holds %(community)s from %(start)s on.")
            % {"officer": officer.name, "community": clash.community.name, "start": clash.start.isoformat()},
            _("End that post first: nobody holds two communities at once."),
        )


def _check_holders(officer, community, start, end, staffing):
    """The other posts there in those days; refused unless everybody shares."""
    others = list(holders_of(community, start, end or date.max))
    alone = [post for post in others if staffing not in SHARED_STAFFING or post.staffing not in SHARED_STAFFING]
    if alone:
        raise Refused(
            _("%(community)s is already held by %(officer)s from %(start)s on.")
            % {"community": community.name, "officer": alone[0].officer.name, "start": alone[0].start.isoformat()},
            _("End that post first, or staff the community with several officers (R-60, R-62)."),
        )
    return others


def _note_family(by, post, others):
    """Holders of a couple or brother post are related, whoever entered it; "R-61" when the approval is missing."""
    kin = [other for other in others if post.staffing in FAMILY and other.staffing == post.staffing]
    for other in kin:
        if other.officer.account:
            relate(by=by, officer=post.officer, relative=other.officer.account, kind=FAMILY[post.staffing])
        elif post.officer.account:
            relate(by=by, officer=other.officer, relative=post.officer.account, kind=FAMILY[post.staffing])
    lacking = kin and not (post.law_approval or any(other.law_approval for other in kin))
    return "R-61" if lacking else ""


@action
def leave_post(*, by, post, end):
    """``end`` is the last day in the post."""
    _check_span(post.start, end)
    if not Post.objects.filter(pk=post.pk, end=None).update(end=end):
        raise Refused(_("This post has already ended."), _("Look at the list again."))
    return _written(by, post, "leave_post", end=end)


@action
def reopen_post(*, by, post, why, end=None):
    """The end of a post was entered wrongly: it goes on, or ends on another day."""
    if not str(why).strip():
        raise Refused(_("Say why the post's end changes."))
    _check_span(post.start, end)
    rest = Post.objects.exclude(pk=post.pk)
    _clear(within(rest.filter(officer=post.officer), post.start, end or date.max).first())
    for other in within(rest.filter(community=post.community), post.start, end or date.max):
        if post.staffing not in SHARED_STAFFING or other.staffing not in SHARED_STAFFING:
            _clear(other)
    if not Post.objects.filter(pk=post.pk, end=post.end).update(end=end):
        raise Refused(_("Somebody else has just changed this post."), _("Look at the list again."))
    return _written(by, post, "reopen_post", why=str(why), end=end)


def _clear(clash):
    if clash is not None:
        raise Refused(
            _("%(officer)s holds %(community)s from %(start)s on.")
            % {"officer": clash.officer.name, "community": clash.community.name, "start": clash.start.isoformat()},
            _("Change that post first."),
        )


@action
def restaff(*, by, post, staffing, law_approval=""):
    """Another staffing of the same post, or the approval that came later (R-61)."""
    _check_place(post.officer, post.community, post.start, staffing)
    others = holders_of(post.community, post.start, post.end or date.max).exclude(pk=post.pk)
    alone = [other for other in others if staffing not in SHARED_STAFFING or other.staffing not in SHARED_STAFFING]
    if alone:
        _clear(alone[0])
    values = {"staffing": staffing, "law_approval": str(law_approval).strip()[:120]}
    if not Post.objects.filter(pk=post.pk, staffing=post.staffing, law_approval=post.law_approval).update(**values):
        raise Refused(_("Somebody else has just changed this post."), _("Look at the list again."))
    post = _written(by, post, "restaff", **values)
    _note_family(by, post, others)
    return post


@action
def remove_post(*, by, post, why):
    """Takes back a post that was entered by mistake."""
    if not str(why).strip():
        raise Refused(_("Say why the post is taken back."))
    subject, bureau, facts = f"officer:{post.officer.code}", post.community.bureau, {"community": post.community.code}
    if not Post.objects.filter(pk=post.pk).delete()[0]:
        raise Refused(_("Somebody else has already taken it back."))
    record(
        by=by, action="officers.remove_post", subject=subject, why=str(why), bureau=bureau, start=post.start, **facts
    )


def _written(by, post, verb, why="", **facts):
    facts = {"community": post.community.code, "start": post.start, **facts}
    record(by=by, action=f"officers.{verb}", subject=f"officer:{post.officer.code}", why=why,
           bureau=post.community.bureau, **facts)  # fmt: skip
    post.refresh_from_db()
    return post
