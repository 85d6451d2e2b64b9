"""The settings of the tests: those of the house, with everything that would leave the test or slow it down taken out.

DATABASE_URL chooses the database; without it the tests use SQLite in memory.
"""

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="osnowa-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ |= {"OSNOWA_VAR": _FOLDER, "OSNOWA_ENV": os.devnull, "SECRET_KEY": "only-for-tests-" + "x" * 40, "LOG_LEVEL": "ERROR"}
for _name in ("OSNOWA_DEMO", "OSNOWA_ADDRESS", "OSNOWA_REQUIRE_SECOND_FACTOR", "OSNOWA_PROXIES", "DEBUG", "EMAIL_URL", "TIME_ZONE"):
    os.environ.pop(_name, None)

from osnowa.settings import *  # noqa: E402, F403
from osnowa.settings import DATABASES, LOGGING, MIDDLEWARE, STORAGES, VAR  # noqa: E402

IS_BROWSER = "OSNOWA_TESTS_IN_BROWSER" in os.environ

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LOGGING["loggers"]["django"] = {"level": "ERROR"}
ACCOUNT_RATE_LIMITS: dict[str, str] = {}

if IS_BROWSER:
    # Static files as in production, and a file that the server's threads share, as in production too.
    DATABASES["default"].setdefault("TEST", {})["NAME"] = str(VAR / "test.sqlite3")
else:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
