"""Forms of the canvas: the text of a dimension with the cards it came from; questions, decisions, evidence."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.forms.clusters import DayInput
from osnowa.clusters.models import Cluster, Point
from osnowa.meetings.models import Card, Meeting
from osnowa.ui.forms import Form


class TextForm(Form):
    """The text agreed on, what changed, and the cards it came from; `seen` is the version its author began from."""

    text = forms.CharField(label=gettext_lazy("Agreed text"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 10}))
    words = forms.CharField(label=gettext_lazy("Search the cards"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    note = forms.CharField(label=gettext_lazy("What changed"), required=False, max_length=200, help_text=gettext_lazy("In a few words, for those who compare versions."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, cards: Sequence[Card] = (), kept: Collection[int] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.cards = {card.pk: card for card in cards}
        named = self.data.getlist("cards") if self.is_bound and hasattr(self.data, "getlist") else []
        wanted = {int(number) for number in named if number.isascii() and number.isdigit()} if self.is_bound else set(kept)
        self.picked = [card for number, card in self.cards.items() if number in wanted]

    @property
    def picked_numbers(self) -> set[int]:
        return {card.pk for card in self.picked}


class PointForm(Form):
    """A question, a decision or a piece of evidence: words, day, link, the meeting it comes from."""

    text = forms.CharField(label=gettext_lazy("Text"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    on = forms.DateField(label=gettext_lazy("Date"), widget=DayInput, initial=timezone.localdate)
    link = forms.URLField(label=gettext_lazy("Link"), required=False, max_length=500, assume_scheme="https", help_text=gettext_lazy("A document or a page that shows it."))
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=gettext_lazy("Meeting"), required=False)

    def __init__(self, *args: Any, cluster: Cluster, meetings: Any, kind: str, point: Point | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["text"].label = {"question": _("Open question"), "decision": _("Decision"), "evidence": _("Evidence")}[kind]
        if kind == Point.Kind.QUESTION and point:
            self._offer_decisions(cluster, point)
        if point:
            self.initial = {name: getattr(point, name) for name in self.fields}

    def _offer_decisions(self, cluster: Cluster, point: Point) -> None:
        found = cluster.points.filter(kind=Point.Kind.DECISION).order_by("dimension", "on", "pk")
        help_text = "" if found else _("No decision has been noted yet.")
        self.fields["settled_by"] = forms.ModelChoiceField(found, label=_("Settled by the decision"), required=False, help_text=help_text)
        self.fields["settled_on"] = forms.DateField(label=_("Settled on"), widget=DayInput(), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        decision, day = cleaned.get("settled_by"), cleaned.get("settled_on")
        if day and not decision and "settled_by" in self.fields:
            self.add_error("settled_by", _("Say which decision settles the question, or leave the day out."))
        if decision and not day:
            cleaned["settled_on"] = max(timezone.localdate(), cleaned.get("on") or timezone.localdate())
        return cleaned


def meetings_of(cluster: Cluster, seen: Any) -> Any:
    """The meetings a point may come from: those of the cluster's series, else all of the region; newest first."""
    return (seen.filter(series=cluster.series_id) if cluster.series_id else seen).order_by("-starts_at", "pk")
