"""What people type about documents: what to begin, a title, the text of a section."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters import access as clusters_access
from osnowa.clusters.models import Cluster
from osnowa.meetings import access as meetings_access
from osnowa.meetings.models import Meeting
from osnowa.places.models import Region
from osnowa.reports.models import Report
from osnowa.reports.queries.kinds import Kind
from osnowa.ui.forms import Form


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def title_field(language: str) -> str:
    """The name of the field of the title in a language."""
    return f"title_{language}"


class _Titled(Form):
    """The title in every language of the house, and the day it is due."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    due_on = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=_Day())

    def add_titles(self) -> None:
        for code, name in settings.LANGUAGES:
            label = _("Title in %(language)s") % {"language": name}
            self.fields[title_field(code)] = forms.CharField(label=label, max_length=200, required=False)

    @property
    def values(self) -> dict[str, Any]:
        titles = {code: said for code, _name in settings.LANGUAGES if (said := self.cleaned_data[title_field(code)].strip())}
        return {"title": self.cleaned_data["title"].strip(), "due_on": self.cleaned_data["due_on"], "titles": titles}


class BeginForm(_Titled):
    """A document of a kind, about a cluster or a meeting where the kind asks for one."""

    def __init__(self, *args: Any, region: Region, person: Any, kind: Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Empty: “%(name)s”.") % {"name": kind.name}
        if kind.needs == "cluster":
            clusters = clusters_access.visible(person, region).order_by("name")
            self.fields["cluster"] = forms.ModelChoiceField(clusters, label=region.term("cluster").capitalize(), empty_label="–")
        if kind.needs == "meeting":
            meetings = meetings_access.visible(person, region).exclude(state=Meeting.State.CANCELLED).order_by("-starts_at")
            self.fields["meeting"] = forms.ModelChoiceField(meetings, label=_("Meeting"), empty_label="–")
        self.add_titles()
        self.order_fields([kind.needs or "title", "title"])

    @property
    def values(self) -> dict[str, Any]:
        about: Cluster | Meeting | None = self.cleaned_data.get(self.kind.needs) if self.kind.needs else None
        return super().values | {"kind": self.kind.code} | ({self.kind.needs: about} if about else {})


class ChangeForm(_Titled):
    """The titles and the day of a document there is."""

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        told = {title_field(code): title for code, title in report.titles.items()}
        super().__init__(*args, **options)
        self.initial = {"title": report.title, "due_on": report.due_on} | told
        self.add_titles()


class SectionForm(Form):
    """The text of a section in one language."""

    text = forms.CharField(label=gettext_lazy("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 22}))
    note = forms.CharField(label=gettext_lazy("What changed (a few words, may be empty)"), required=False, max_length=200)

    def __init__(self, *args: Any, guidance: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["placeholder"] = guidance
        self.fields["text"].help_text = _("An empty line parts paragraphs; points begin with “- ”, a smaller heading with “# ”. Numbers need not be typed: the facts stand beside and are printed below the text.")

