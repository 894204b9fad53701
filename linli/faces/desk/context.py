"""What the frame of a page shows: the bureau, where one can go, the languages."""

from django.conf import settings
from django.utils.translation import get_language

from linli.faces.desk.nav import menu


def page(request):
    """Context of every template: nav, bureau, languages."""
    current = get_language()
    languages = [{"code": code, "name": name, "current": code == current} for code, name in settings.LANGUAGES]
    user = getattr(request, "user", None)
    bureau = getattr(request, "bureau", None) or getattr(user, "bureau", None)
    return {"bureau": bureau, "languages": languages, "nav": menu(user, request.path)}
