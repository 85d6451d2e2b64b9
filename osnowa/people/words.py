"""Sentences of foreign libraries that our catalogues carry because their own say them badly.

allauth 65.21 has every sentence of our pages in Polish and Slovene (checked with polib); these it says to men only, or
from above. Our catalogue is asked first.
"""

from django.utils.translation import gettext_noop

SAID_BETTER = (
    gettext_noop("Forgot your password?"),
    gettext_noop("Invalid login."),
    gettext_noop("Remember Me"),
)
