"""Bulletins: published at once, changed and withdrawn in the open. An officer or cadre speaks for the own community."""

from django.db.models import F, Max
from django.utils.translation import gettext as _

from linli.book.safe import clean
from linli.faces.portal.models import Bulletin
from linli.faces.portal.queries import may_write, speaks_for
from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale

LANGUAGES = ("zh_Hant", "en")  # Simplified is made from Traditional
LONGEST = {"title": 80, "asked": 600, "did": 600, "text": 2000}


@action
def publish(*, by, bureau, community=None, title, text, asked=None, did=None, until=None):
    """The new ``Bulletin``; title, text, asked, did: language -> text, Traditional Chinese at least."""
    _allowed(by, bureau, community)
    values = _checked(title, asked, did, text, until)
    Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk)  # who publishes at the same moment waits
    last = Bulletin.objects.filter(bureau=bureau).aggregate(last=Max("number"))["last"] or 0
    made = Bulletin.objects.create(
        bureau=bureau, number=last + 1, community=community, by=name_of(by), published_at=clock.now(), **values
    )
    _record(by, made, "publish")
    return made


@action
def change(*, by, bulletin, title, text, asked=None, did=None, until=None, version):
    """The bulletin with other words; where it is shown does not change."""
    _allowed(by, bulletin.bureau, bulletin.community)
    values = _checked(title, asked, did, text, until)
    same = Bulletin.objects.filter(pk=bulletin.pk, version=version, withdrawn_at=None)
    if not same.update(**values, version=F("version") + 1):
        raise _stale(bulletin, values)
    bulletin.refresh_from_db()
    _record(by, bulletin, "change")
    return bulletin


@action
def withdraw(*, by, bulletin, why):
    """Residents no longer see it; it stays in the list of those who write."""
    _allowed(by, bulletin.bureau, bulletin.community)
    why = clean(str(why)).strip()
    if not why:
        raise Refused(_("Say why the bulletin is withdrawn."))
    still = Bulletin.objects.filter(pk=bulletin.pk, withdrawn_at=None)
    if not still.update(withdrawn_at=clock.now(), version=F("version") + 1):
        raise Refused(_("The bulletin has been withdrawn already."))
    bulletin.refresh_from_db()
    _record(by, bulletin, "withdraw", why=why[:500])
    return bulletin


def _allowed(by, bureau, community):
    if name_of(by) == "linli":
        return
    if not may_write(by, bureau) or (community is None and not speaks_for(by, None)):
        raise NotAllowed(_("Bulletins are written by the personnel office, and by officers and cadres for their own."))
    if community is not None and not speaks_for(by, community):
        raise NotAllowed(_("You write for your own community."))


def _checked(title, asked, did, text, until):
    values = {"title": title, "asked": asked or {}, "did": did or {}, "text": text}
    values = {name: _texts(texts, LONGEST[name]) for name, texts in values.items()}
    for name, called in (("title", _("Title")), ("text", _("Text"))):
        if not values[name].get("zh_Hant"):
            raise Refused(_("“%(name)s” is needed in Traditional Chinese.") % {"name": called})
    if bool(values["asked"].get("zh_Hant")) != bool(values["did"].get("zh_Hant")):
        raise Refused(
            _("What was asked and what was done belong together."), _("Fill in both, or neither for a plain notice.")
        )
    if until is not None and until < clock.today():
        raise Refused(_("The last day lies in the past."), _("Choose a later one, or leave it blank."))
    return values | {"until": until}


def _texts(texts, longest):
    found = {lang: _lines(str(texts.get(lang) or "")) for lang in LANGUAGES}
    if any(len(text) > longest for text in found.values()):
        raise Refused(
            _("The text is longer than %(most)s characters.") % {"most": longest}, _("Shorten it, and send it again.")
        )
    return {lang: text for lang, text in found.items() if text}


def _lines(text):
    """Harmless, line by line."""
    return "\n".join(clean(line).rstrip() for line in text.splitlines()).strip()


def _stale(bulletin, values):
    stands = Bulletin.objects.get(pk=bulletin.pk)
    if stands.withdrawn_at:
        return Refused(_("The bulletin has been withdrawn already."))
    names = {"title": _("Title"), "text": _("Text")}
    rows = [(names[name], values[name].get("zh_Hant"), getattr(stands, name).get("zh_Hant")) for name in names]
    return Stale(_("A colleague has written first."), rows, stands.version)


def _record(by, bulletin, verb, why=""):
    where = bulletin.community.code if bulletin.community else ""
    record(by=by, action=f"portal.{verb}", subject=f"bulletin:{bulletin.number}", why=why, bureau=bulletin.bureau,
           community=where)  # fmt: skip
