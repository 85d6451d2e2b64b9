"""The door for web servers."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
application = get_wsgi_application()
# All pages are loaded before the first reader comes.
get_resolver().url_patterns  # noqa: B018


def _make_an_array() -> None:
    """The first array takes two seconds, for pyarrow looks whether there is pandas by loading it; the first reader need not wait."""
    import pyarrow

    pyarrow.array([0])


Thread(target=_make_an_array, daemon=True).start()
