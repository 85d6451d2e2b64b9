"""Every setting of Osnowa, read from the environment or from the file named by OSNOWA_ENV (default: `.env`).

Each is described in docs/guide/settings.md; a house test compares the two.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

import environ
import font_source_sans_pro
import font_source_serif_pro
from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(env.str("OSNOWA_ENV", str(ROOT / ".env")))

DEBUG = env.bool("DEBUG", False)
VAR = Path(env.str("OSNOWA_VAR", str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)


def _secret() -> str:
    """The key kept under var/, made at the first start, so that nobody runs with a published one."""
    path = VAR / "secret"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


def _started() -> dict[str, Any]:
    """What `osnowa start` runs with at this moment on this folder, so that commands beside it say and write the same."""
    try:
        started: dict[str, Any] = json.loads((VAR / "started.json").read_text())
        if os.name == "posix":
            os.kill(started["process"], 0)
    except (OSError, ValueError, KeyError):
        return {}
    return started


_STARTED = _started()
SECRET_KEY = env.str("SECRET_KEY", "") or _secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ADDRESS = env.str("OSNOWA_ADDRESS", _STARTED.get("address", "http://localhost:8000"))
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS.startswith("https://") else []
SOURCE_ADDRESS = env.str("OSNOWA_SOURCE", "")
IS_DEMO = env.bool("OSNOWA_DEMO", _STARTED.get("is_demo", False))
KEEP_FILES_DAYS = env.int("OSNOWA_KEEP_FILES_DAYS", 90)
KEEP_SIGNERS_DAYS = env.int("OSNOWA_KEEP_SIGNERS_DAYS", 1825)
DATA_LICENCE = env.str("OSNOWA_DATA_LICENCE", "CC-BY-4.0")
ENGINE = env.str("OSNOWA_ENGINE", "duckdb")
TILES = env.str("OSNOWA_TILES", "")
TILES_CREDIT = env.str("OSNOWA_TILES_CREDIT", "")
REQUIRE_SECOND_FACTOR = env.bool("OSNOWA_REQUIRE_SECOND_FACTOR", False)
API_READS_AN_HOUR = env.int("OSNOWA_API_READS_AN_HOUR", 3600)
API_WRITES_AN_HOUR = env.int("OSNOWA_API_WRITES_AN_HOUR", 600)

INSTALLED_APPS = [
    "osnowa.sample",
    "osnowa.home",
    "osnowa.reports",
    "osnowa.opendata",
    "osnowa.maps",
    "osnowa.clusters",
    "osnowa.agreements",
    "osnowa.assessments",
    "osnowa.meetings",
    "osnowa.indicators",
    "osnowa.imports",
    "osnowa.register",
    "osnowa.places",
    "osnowa.people",
    "osnowa.journal",
    "osnowa.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "osnowa.kit.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "osnowa.ui.middleware.RememberLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "osnowa.ui.middleware.WrongMethod",
    "osnowa.people.middleware.SecondFactor",
    "osnowa.kit.errors.Polite",
    "osnowa.kit.doors.GetsDoNotWrite",
]

ROOT_URLCONF = "osnowa.urls"
WSGI_APPLICATION = "osnowa.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "osnowa.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "osnowa.ui.templatetags.ui", "osnowa.register.templatetags.register"],
        },
    }
]
FORM_RENDERER = "osnowa.ui.forms.Renderer"

DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{VAR / 'osnowa.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("pl", "Polski"), ("sl", "Slovenščina"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [ROOT / "osnowa" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Europe/Warsaw")
USE_TZ = True
FORMAT_MODULE_PATH = ["osnowa.ui.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    ("fonts", str(Path(font_source_sans_pro.__file__).parent / "files")),
    ("fonts", str(Path(font_source_serif_pro.__file__).parent / "files")),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 2**20  # a paste of some hundred thousand cells
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "osnowa.kit.uploads.ToDisk"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
#: Room for the counts of limits: the usual three hundred would forget them early.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}}
MEDIA_ROOT = VAR / "files"
SNAPSHOTS = MEDIA_ROOT / "snapshots"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home:front"
ACCOUNT_ADAPTER = "osnowa.people.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ADDRESS.split(":")[0]
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "osnowa.people.forms.accounts.AddKeyForm", "edit_webauthn": "osnowa.people.forms.accounts.RenameKeyForm"}
MFA_TOTP_ISSUER = "Osnowa"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ADDRESS.startswith("http://localhost")
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ADDRESS.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ADDRESS.startswith("https://") else None
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("OSNOWA_PROXIES", 1 if ADDRESS.startswith("https://") else 0)
SECURE_HSTS_SECONDS = 31536000 if ADDRESS.startswith("https://") else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "outbox"
if env.str("EMAIL_URL", ""):
    globals().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Osnowa <osnowa@localhost>")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "osnowa.kit.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
}
