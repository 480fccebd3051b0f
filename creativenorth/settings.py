"""Settings, read from the environment once; the README's table lists every variable with type and default.

Three ways to run: DEMO=1 (invented content, known passwords), DEBUG=1 (a developer's machine), neither (production).
Only the first two may use the embedded Postgres; production refuses to start half configured (creativenorth.run.checks).
"""

import os
import sys
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from creativenorth.run import logs
from creativenorth.web import headers

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".data"))).absolute()

DEMO = env.bool("DEMO", False)
DEBUG = env.bool("DEBUG", False)
PRODUCTION = not (DEMO or DEBUG)

SECRET_KEY = env.str("SECRET_KEY", "" if PRODUCTION else "only-for-demo-and-development-never-for-production")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text; it signs sessions and links.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
NUMBER_KEY = env.str("NUMBER_KEY", "" if PRODUCTION else "only-for-demo-and-development")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the portal's host names, separated by commas.")
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
WEB_WORKERS = env.int("WEB_WORKERS", max(2, os.cpu_count() or 1))
SITE_URL = env.str("SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://localhost:{PORT}")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)


def _database():
    url = env.str("DATABASE_URL", "")
    if not url and PRODUCTION:
        raise ImproperlyConfigured(
            "Set DATABASE_URL to the portal's Postgres, as in postgres://user:password@host/name."
        )
    if not url:
        from creativenorth.run import postgres

        url = postgres.start(DATA_DIR / "postgres")
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must name a Postgres, as in postgres://user:password@host/name.")
    return dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)


# These commands need no database, so they do not start the embedded one.
_needs_database = sys.argv[1:2] not in (["collectstatic"], ["makemessages"], ["compilemessages"])
DATABASES = {"default": _database() if _needs_database else {"ENGINE": "django.db.backends.dummy"}}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
if _needs_database:
    _timeouts = {
        "statement_timeout": env.int("STATEMENT_TIMEOUT_MS", 15_000),
        "lock_timeout": env.int("LOCK_TIMEOUT_MS", 5_000),
        "idle_in_transaction_session_timeout": 60_000,
    }
    DATABASES["default"]["OPTIONS"]["options"] = " ".join(f"-c {key}={value}" for key, value in _timeouts.items())
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "creativenorth.apps.CreativeNorthConfig",
    "members.apps.MembersConfig",
    "events.apps.EventsConfig",
    "programmes.apps.ProgrammesConfig",
    "creativenorth.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "phonenumber_field",
]

MIDDLEWARE = [
    "creativenorth.run.logs.RequestIdMiddleware",
    "creativenorth.run.proxies.ProxiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "creativenorth.web.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "creativenorth.run.health.HealthMiddleware",
    "creativenorth.web.pagecache.PageCacheMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "creativenorth.web.fragments.FragmentErrorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "creativenorth.web.input.InputMiddleware",
    "creativenorth.web.sessions.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "creativenorth.web.languages.AdminLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "creativenorth.views.context.OwnSiteMiddleware",
    "creativenorth.history.recording.HistoryMiddleware",
    "creativenorth.web.locked_rows.BusyMiddleware",
]
ROOT_URLCONF = "creativenorth.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "creativenorth.views.context.site",
            ],
        },
    }
]

# Signing in: by e-mail, with a code or a password; accounts come by invitation alone.
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:home"
ACCOUNT_ADAPTER = "members.allauth_adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "members.forms.sign_in.LoginForm",
    "request_login_code": "members.forms.sign_in.CodeForm",
    "confirm_login_code": "members.forms.sign_in.ConfirmCodeForm",
    "reset_password": "members.forms.sign_in.ResetForm",
    "add_email": "members.forms.sign_in.NewAddressForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # allauth wants them set, though nobody signs up by themselves
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
# The library's own limits: those of guesses and mails are replaced by creativenorth.web.limits, where all stand together.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/5m/key",  # second factors, by account: whoever gets so far has the first one
    "request_login_code": None,
    "reset_password": None,
    "reset_password_from_key": "100/m/ip",
    "confirm_email": "1/3m/key,5/d/key",
}
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 30 * 60  # mail that is retried after greylisting takes a quarter of an hour
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one counts once it is confirmed
ACCOUNT_USER_DISPLAY = "members.allauth_adapter.display_name"
MFA_ADAPTER = "members.allauth_adapter.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "members.forms.passkeys.PasskeyForm",
    "authenticate_webauthn": "members.forms.passkeys.AuthenticateForm",
    "login_webauthn": "members.forms.passkeys.LoginForm",
    "reauthenticate_webauthn": "members.forms.passkeys.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Creative North"
MFA_TOTP_TOLERANCE = 1  # accept the code before and after the present one: clocks of phones differ
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", not DEMO)
USERSESSIONS_TRACK_ACTIVITY = False  # network address and browser are recorded at sign-in, not on every page

# Language and time: Swedish without a prefix, English under /en/.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "creativenorth" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
FORMAT_MODULE_PATH = ["creativenorth.formats"]
FORMS_URLFIELD_ASSUME_HTTPS = True
PHONENUMBER_DEFAULT_REGION = "SE"
PHONENUMBER_DEFAULT_FORMAT = "NATIONAL"

# Files. Uploads lie on disk unless a bucket is named.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/uploads/"
MEDIA_ROOT = Path(env.str("UPLOADS_DIR", str(DATA_DIR / "uploads")))
S3_BUCKET = env.str("S3_BUCKET", "")
S3_ENDPOINT = env.str("S3_ENDPOINT", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "creativenorth.run.staticstorage.BundledStaticFilesStorage"},
}
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "creativenorth.files.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT or None,
            "access_key": env.str("S3_ACCESS_KEY", ""),
            "secret_key": env.str("S3_SECRET_KEY", ""),
            "querystring_auth": False,
        },
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    5_000_000  # far above every text's limit, so that a text too long is refused beside its field
)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a company with many people has a row of fields for each
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Caches: rate limits in the database, shared by all processes; finished public pages in the process that made them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "creativenorth_cache",
        # Above this many rows Django deletes expired ones first, then others, present rate limits among them.
        "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 10},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 300,
        "OPTIONS": {"MAX_ENTRIES": 120},
    },
}

# The mail server, for the queue worker that sends the outbox (creativenorth.mail).
EMAIL_URL = env.str("EMAIL_URL", "")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", f"Creative North <portal@{ALLOWED_HOSTS[0]}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
if EMAIL_URL:
    _mail = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail.pop("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
    if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "creativenorth.mail.smtp_backend.Backend"
    globals().update({key: value for key, value in _mail.items() if key != "EMAIL_FILE_PATH"})
elif not PRODUCTION:
    EMAIL_BACKEND = "creativenorth.mail.file_backend.Backend"
EMAIL_TIMEOUT = 20

# Headers and cookies.
CONTENT_SECURITY_POLICY = headers.content_security_policy()
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_ENGINE = "creativenorth.web.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "creativenorth.views.errors.csrf_failure"
LANGUAGE_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", True)
    SILENCED_SYSTEM_CHECKS = [] if SECURE_HSTS_PRELOAD else ["security.W021"]  # which asks for it
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# History (creativenorth.history).
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # a GET never writes
PGHISTORY_DEFAULT_TRACKERS = ()
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
PGTRIGGER_MIGRATIONS = False  # creativenorth.history.triggers installs them after `migrate`

LOGGING = logs.configuration(level=env.str("LOG_LEVEL", "INFO"))
