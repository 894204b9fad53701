"""Every setting of the web application, fed from the environment; what has no variable here is not meant to differ.

LINLI_HOME        folder of everything the installation keeps, default ~/.linli
LINLI_DATABASE    postgresql://user:password@host:port/name; default: SQLite in LINLI_HOME
LINLI_SQLITE      another SQLite file than linli.sqlite3 in LINLI_HOME
LINLI_PRODUCTION  1 = https only, second factor compulsory, refuses a weak key
LINLI_HOSTS       names the application answers to, separated by commas
LINLI_SECRET_KEY, LINLI_FIELD_KEY   in place of keys.toml
LINLI_INTAKE_LIMIT   requests that one address may send in ten minutes without an account, default 20
LINLI_OPEN311_KEYS   1 = a program sends requests through Open311 only with the token of a client of the API
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from linli.home import home, keys

HERE = Path(__file__).resolve().parent
LINLI_HOME = home()
PRODUCTION = os.environ.get("LINLI_PRODUCTION") == "1"
_keys = keys()
SECRET_KEY = os.environ.get("LINLI_SECRET_KEY") or _keys["secret_key"]
FIELD_KEYS = (os.environ.get("LINLI_FIELD_KEY") or _keys["field_key"]).split(",")
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 12 or "insecure" in SECRET_KEY.lower()):
    raise ImproperlyConfigured("LINLI_SECRET_KEY is short or a default: in production Linli refuses to start with it")

DEBUG = False
ALLOWED_HOSTS = [name for name in os.environ.get("LINLI_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if name]
CLOCK_FILE = LINLI_HOME / "clock.toml"  # offset_seconds = …: the demo's clock stands elsewhere than the real one
ROOMS = [
    "linli.ground.trail",
    "linli.ground.jobs",
    "linli.ground.places",
    "linli.ground.accounts",
    "linli.ground.officers",
    "linli.work.worklog",
    "linli.work.requests",
    "linli.work.disputes",
    "linli.work.surveys",
    "linli.work.incidents",
    "linli.quarter.indicators",
    "linli.quarter.appraisal",
    "linli.quarter.decisions",
    "linli.quarter.payments",
    "linli.quarter.notices",
    "linli.faces.desk",
    "linli.faces.portal",
    "linli.faces.api",
]
INSTALLED_APPS = [
    *ROOMS,  # first, so that their templates come before the libraries'
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "linli.ground.accounts.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.ground.accounts.middleware.SecondFactor",
    "linli.ground.trail.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "linli.urls"
WSGI_APPLICATION = "linli.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.ground.accounts.context.page",
                "linli.faces.desk.context.page",
            ]
        },
    }
]


def _database(address):
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("LINLI_SQLITE") or LINLI_HOME / "linli.sqlite3",
            "CONN_MAX_AGE": 60,  # opening the file anew for each page costs more than most pages ask of it
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # a writer waits at its beginning and never fails in its middle
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("LINLI_DATABASE: expected postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("LINLI_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "linli.ground.accounts.adapter.StaffOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
# A wrong password is counted by axes, which locks and can be unlocked; allauth's own limit only slows a flood down.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,20/5m/key"}
MFA_ADAPTER = "linli.ground.accounts.adapter.SecondFactors"  # keeps their secrets encrypted
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Linli"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SECOND_FACTOR = os.environ.get("LINLI_SECOND_FACTOR", "1" if PRODUCTION else "0") == "1"
USERSESSIONS_TRACK_ACTIVITY = False  # it would write to the database with every page that is read
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_ENABLE_ADMIN = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("LINLI_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    AXES_CLIENT_IP_CALLABLE = "linli.ground.accounts.addresses.behind_proxy"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
    }
}

INTAKE_LIMIT = int(os.environ.get("LINLI_INTAKE_LIMIT", "20"))  # a street shares an address; a flood is more
OPEN311_KEYS = os.environ.get("LINLI_OPEN311_KEYS") == "1"

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", "繁體中文"), ("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
STATIC_ROOT = LINLI_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise wants it there; the files come from the rooms themselves
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"cards": {"()": "linli.ground.trail.quiet.WithoutCards"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["cards"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"waitress.queue": {"level": "ERROR"}},  # that requests wait their turn is no news, and said of each
}
