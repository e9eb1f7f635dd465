"""Settings that all environments share. The differences are in dev, demo, test and production."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = env.BASE_DIR
DEVELOPMENT_SECRET = "development-only-and-refused-in-production"  # noqa: S105  refused there

SECRET_KEY = env.text("SECRET_KEY", DEVELOPMENT_SECRET)
LINK_KEY = env.text("LINK_KEY", DEVELOPMENT_SECRET)  # signs personal links; a new key invalidates them
DEBUG = False
SITE_URL = env.site_url("SITE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose discovery needs the translated fields
    "config.apps.ConvocaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_prose_editor",
    "accounts",
    "jobs",
    "events",
    "attachments",
    "registration",
    "documents",
    "config.apps.ConvocaConfig",
]

MIDDLEWARE = [
    "config.middleware.RequestTrace",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.StaffSecondFactor",
    "config.middleware.TooLargeForSQLite",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "config.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database. Production and the tests need PostgreSQL; the demo and manage.py use SQLite by default.
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'convoca.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c lock_timeout=3s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"
    }

# Languages: each has its own URLs and its own database columns.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en", "es"), "es": ("en",)}
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]  # 24-hour times with a colon in both languages
TIME_ZONE = "UTC"

# Files: only static files are public; all others are served by a view that checks who may read them.
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", Path("var/static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
JQUERY_UI_URL = "vendor/jquery-ui.min.js"  # for modeltranslation's tabs, which would otherwise use a CDN
FILES_ROOT = env.folder("FILES_ROOT", Path("var/files"))
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "attachments.receiving.DiskUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
UPLOAD_LIMIT = env.integer("UPLOAD_LIMIT_MB", 50, minimum=1) * 1024 * 1024
ACCEL_LOCATION = env.text("ACCEL_LOCATION", "")  # nginx's internal location of FILES_ROOT; "" = Django sends
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # large, so that a form can show that a text is too long
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # the admin page of a long programme has more than 1000

# Users sign in with a code sent by e-mail; staff can add a password and a second factor.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after-sign-in"
LOGOUT_REDIRECT_URL = "events:home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {  # allauth's own limits, plus one per day, so that nobody can flood another person's mailbox
    "request_login_code": "20/m/ip,3/m/key,20/d/key",
    "reset_password": "20/m/ip,5/m/key,10/d/key",
}
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Convoca"
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXIES", 0)
REQUIRE_STAFF_SECOND_FACTOR = False
# Limits: (number, seconds).
LINK_LIMIT = (20, 3600)  # requests for a sign-in code from one personal link
VERIFY_LIMIT = (30, 600)  # look-ups on the verification page from one IP address
VERIFY_COPY_LIMIT = (10, 600)  # files compared on the verification page from one IP address

# Sessions are stored in the database, so that users stay signed in if Redis fails.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

# Redis: messages to workers (database 0) and the cache (database 1). Nothing in it is needed after a loss.
REDIS_URL = env.redis("REDIS_URL", f"unix://{BASE_DIR / 'var' / 'redis.sock'}")
CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": f"{REDIS_URL}?db=1" if REDIS_URL.startswith("unix") else f"{REDIS_URL}/1",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}

# Background work: soft limit, hard limit and lease of each queue, in seconds. The lease must exceed the hard limit.
JOB_LIMITS = {
    queue: {
        "soft": env.integer(f"{queue.upper()}_SOFT_LIMIT", soft, minimum=1),
        "hard": env.integer(f"{queue.upper()}_HARD_LIMIT", hard, minimum=1),
        "lease": env.integer(f"{queue.upper()}_LEASE", lease, minimum=1),
    }
    for queue, soft, hard, lease in (
        ("letters", 20, 30, 60),
        ("bulk", 120, 150, 200),
        ("mail", 30, 40, 60),
        ("mailings", 30, 40, 60),
    )
}
MAIL_PER_MINUTE = env.integer("MAIL_PER_MINUTE", 60, minimum=1)  # for mailings; other mail is not limited
MAIL_PER_DOMAIN_PER_MINUTE = env.integer("MAIL_PER_DOMAIN_PER_MINUTE", 20, minimum=1)
JOB_RETRY_BASE = env.integer("JOB_RETRY_BASE", 15)  # seconds; doubled after each error, up to one hour
SWEEP_INTERVAL = env.integer("SWEEP_INTERVAL", 5, minimum=1)
JOB_FAILURES_A_DAY = env.integer("JOB_FAILURES_A_DAY", 10)  # with more failures, /health/ reports a problem
WORKER_MEMORY = env.integer("WORKER_MEMORY_MB", 1024, minimum=256)

# Mail
vars().update(env.mail("EMAIL_URL", "consolemail://"))
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Convoca <no-reply@convoca.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SECRETARIAT_NAME = env.text("SECRETARIAT_NAME", "Convoca")
SECRETARIAT_EMAIL = env.text("SECRETARIAT_EMAIL", "secretariat@convoca.example")
SPECIMEN = False  # True in the demo: every document is marked as a specimen
DEMO_MAIL: Path | None = None  # in the demo, the folder of all sent mails, which everybody can read

# Texts of mails are deleted after this time; people sometimes ask weeks later what was sent to them.
MAIL_KEPT_DAYS = env.integer("MAIL_KEPT_DAYS", 90, minimum=1)

# Unused accounts are deleted after this time; a parliament often sends the same coordinator the next year.
ACCOUNT_KEPT_DAYS = env.integer("ACCOUNT_KEPT_DAYS", 730, minimum=1)

# A page may load only our own files and nothing inline. Admin pages have a nonce for the editor's import map.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"trace": {"()": "accounts.trace.TraceFilter"}},
    "formatters": {
        "line": {
            "()": "accounts.trace.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["trace"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
