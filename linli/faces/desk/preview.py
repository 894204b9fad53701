"""Every part and chart of the desk with invented figures, as a folder of static pages to look at.

    python -m linli.faces.desk.preview OUT [LANG]

It needs no database and no installation: settings are made here, and the pages hold what preview_figures.py invents.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

HERE = Path(__file__).resolve().parent
_LIBRARIES = (
    *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"),
    *("django.contrib.staticfiles", "django.contrib.humanize", "allauth", "allauth.account", "allauth.mfa"),
    *("allauth.usersessions", "django_htmx"),
)


def write(out, lang="zh-hant"):
    """Write every page into the folder ``out`` in one language; gives the names of the pages."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    _settle(out)
    _lay_static(out)
    from django.utils import translation

    from linli.faces.desk import preview_figures

    names = []
    with translation.override(lang):
        for name, template, context in preview_figures.pages():
            (out / f"{name}.html").write_text(_page(template, context, lang), encoding="utf-8")
            names.append(name)
    return names


def _settle(out):
    """Django without a project: the templates and words of the desk, and the libraries whose pages it dresses."""
    import django
    from django.conf import settings
    from django.urls import include, path

    settings.configure(
        SECRET_KEY="the preview keeps no secret",
        INSTALLED_APPS=_LIBRARIES,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": ["django.template.context_processors.request"],
                    "libraries": {"tables": "linli.faces.desk.templatetags.tables"},
                },
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        STATIC_URL="/static/",
        LANGUAGE_CODE="zh-hant",
        LANGUAGES=[("zh-hant", "繁體中文"), ("zh-hans", "简体中文"), ("en", "English")],
        LOCALE_PATHS=[_words(out)],
        MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
        ACCOUNT_LOGIN_METHODS={"username"},
        ACCOUNT_EMAIL_VERIFICATION="none",
        MFA_SUPPORTED_TYPES=["totp", "webauthn", "recovery_codes"],
        MFA_PASSKEY_LOGIN_ENABLED=True,
        USE_TZ=True,
    )
    django.setup()
    settings.ROOT_URLCONF = (
        path("i18n/", include("django.conf.urls.i18n")),
        path("accounts/", include("allauth.urls")),  # can be imported only now
        path("p/", include(([path("", lambda request: None, name="bureaus")], "portal"))),
        path("people/", include(([path("mine/", lambda request: None, name="mine")], "accounts"))),
    )


def _words(out):
    """The desk's own words, compiled where gettext is there to do it; English without."""
    compiled = out / "locale"
    for source in (HERE / "locale").rglob("*.po"):
        target = (compiled / source.relative_to(HERE / "locale")).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.which("msgfmt"):
            subprocess.run(["msgfmt", "-o", target, source], check=True)
    return compiled


def _lay_static(out):
    from importlib.util import find_spec

    shutil.copytree(HERE / "static", out / "static", dirs_exist_ok=True)
    htmx = Path(find_spec("django_htmx").origin).parent / "static"
    shutil.copytree(htmx, out / "static", dirs_exist_ok=True)


def _page(template, context, lang):
    from django.template.loader import get_template
    from django.test import RequestFactory

    request = RequestFactory().get("/preview/?page=2")
    request.user = SimpleNamespace(
        is_authenticated=True,
        get_full_name="林淑貞",
        get_username="lin",
        role="personnel",
        get_role_display="政工室",
    )
    if context.pop("nobody", False):
        request.user = SimpleNamespace(is_authenticated=False)
    languages = [("zh-hant", "繁體中文"), ("zh-hans", "简体中文"), ("en", "English")]
    shown = {"languages": [{"code": code, "name": name, "current": code == lang} for code, name in languages]}
    text = get_template(template).render({**shown, **context}, request)
    return text.replace('"/static/', '"static/')


if __name__ == "__main__":
    for page in write(*sys.argv[1:3]):
        print(page)
