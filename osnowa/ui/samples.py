"""Invented things with which the gallery shows each component in each state."""

from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.ui.chart_samples import chart_samples
from osnowa.ui.forms import Form

ICONS = (
    "menu", "search", "close", "check", "warn", "info", "plus", "edit", "history", "download", "upload", "link", "mail",
    "phone", "place", "calendar", "person", "people", "settings", "eye", "hidden", "lock", "key", "up", "down", "left",
    "right", "filter", "table", "chart", "refresh", "external", "sun", "moon", "auto", "globe", "question", "flag",
    "shield", "star", "hand", "building", "leaf", "loom", "trash", "document",
)  # fmt: skip
DYES = ("linen", "paper", "sunk", "ink", "faded", "madder", "woad", "weld", "moss", "gall")


class SampleForm(Form):
    """One field of every kind."""

    legal_name = django_forms.CharField(label=gettext_lazy("Legal name"), help_text=gettext_lazy("As in the statute."))
    email = django_forms.EmailField(label=gettext_lazy("E-mail"))
    founded_on = django_forms.DateField(
        label=gettext_lazy("Founded on"), required=False, widget=django_forms.DateInput(attrs={"type": "date"})
    )
    members = django_forms.IntegerField(label=gettext_lazy("Members"), required=False, min_value=0)
    form_of_law = django_forms.ChoiceField(
        label=gettext_lazy("Legal form"),
        choices=[("", gettext_lazy("Choose")), ("1", gettext_lazy("Social co-operative")), ("2", gettext_lazy("Foundation"))],
    )
    visibility = django_forms.ChoiceField(
        label=gettext_lazy("Visibility"),
        widget=django_forms.RadioSelect,
        choices=[("public", gettext_lazy("public")), ("members", gettext_lazy("members of the register"))],
        help_text=gettext_lazy("Who may see this record."),
    )
    areas = django_forms.MultipleChoiceField(
        label=gettext_lazy("Fields of services"),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        choices=[("c", gettext_lazy("catering")), ("k", gettext_lazy("childcare")), ("r", gettext_lazy("re-use"))],
    )
    about = django_forms.CharField(label=gettext_lazy("Description"), required=False, widget=django_forms.Textarea)
    paper = django_forms.FileField(label=gettext_lazy("Attachment"), required=False)
    number = django_forms.CharField(label=gettext_lazy("Number in the register"), disabled=True, required=False, initial="0007")
    agrees = django_forms.BooleanField(label=gettext_lazy("I have read the rules of the register"))


def gallery_context(page: int = 3) -> dict[str, Any]:
    """Everything the gallery's template asks for."""
    wrong = SampleForm({"wrong-email": "ala", "wrong-about": "44051401359", "wrong-visibility": "none"}, prefix="wrong")
    wrong.add_error(None, _("The two dates do not fit each other."))
    return {
        "icons": ICONS,
        "chart_samples": chart_samples(),
        "dyes": DYES,
        "tones": ["good", "warn", "bad", "plain"],
        "form": SampleForm(prefix="whole"),
        "wrong_form": wrong,
        "page_obj": Paginator(range(400), 20).get_page(page),
        "rows": [("Dobry Chleb", 23, 95, "good"), ("Przystań", 2, 50, "warn"), ("Nić", 1, 14, "bad")],
        "messages": [],
    }
