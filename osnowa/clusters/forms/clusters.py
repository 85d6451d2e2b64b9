"""The form of a cluster's essentials: name, kind, state, who coordinates it, what it stands on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements import access as agreements_access
from osnowa.agreements.models import Agreement
from osnowa.assessments import access as assessments_access
from osnowa.assessments.models import Round
from osnowa.clusters.models import Cluster
from osnowa.kit.words import fold
from osnowa.meetings import access as meetings_access
from osnowa.meetings.models import Meeting, Series
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register import access as register_access
from osnowa.register.models import Organisation
from osnowa.ui.forms import Form


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def organisation_named(person: Anyone, region: Region, name: str) -> Organisation | None:
    """The one organisation of the region that bears this name, as far as the person may see it."""
    words = fold(name)
    if not words:
        return None
    seen = register_access.visible(person, region).filter(merged_into=None)
    found = list(seen.filter(name_fold=words)[:2]) or list(seen.filter(legal_name__iexact=name.strip())[:2]) or list(seen.filter(short_name__iexact=name.strip())[:2])
    return found[0] if len(found) == 1 else None


def organisation_field(label: Any, **words: Any) -> forms.CharField:
    """A field for the name of an organisation, with suggestions from the register (`clusters/suggestions.html`)."""
    return forms.CharField(label=label, max_length=200, widget=forms.TextInput(attrs={"list": "organisation-suggestions", "autocomplete": "off"}), **words)


class ClusterForm(Form):
    """What a cluster is, who coordinates it, and the letter, meetings and rounds it stands on."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Cluster.Kind.choices)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Cluster.State.choices)
    is_public = forms.BooleanField(label=gettext_lazy("Everybody may see it"), required=False, initial=True, help_text=gettext_lazy("Otherwise only those with a seat in the region."))
    organisation = organisation_field(gettext_lazy("Coordinating body"), required=False, help_text=gettext_lazy("Type a few letters and choose, or write the name."))
    founded_on = forms.DateField(label=gettext_lazy("Founded on"), required=False, widget=DayInput)
    founding_until = forms.DateField(label=gettext_lazy("Last day to join as a founding member"), required=False, widget=DayInput, help_text=gettext_lazy("Who joins later is an ordinary member."))
    ended_on = forms.DateField(label=gettext_lazy("Ended on"), required=False, widget=DayInput)
    letter = forms.ModelChoiceField(Agreement.objects.none(), label=gettext_lazy("Letter of intent or agreement"), required=False)
    series = forms.ModelChoiceField(Series.objects.none(), label=gettext_lazy("Series of meetings"), required=False)
    initiative = forms.ModelChoiceField(Meeting.objects.none(), label=gettext_lazy("Joint initiative"), required=False, help_text=gettext_lazy("A fair or another event made with what the members have."))
    rounds = forms.ModelMultipleChoiceField(Round.objects.none(), label=gettext_lazy("Rounds of assessment"), required=False, widget=forms.CheckboxSelectMultiple)

    WHAT = ("name", "kind", "state", "is_public", "organisation")
    WHEN = ("founded_on", "founding_until", "ended_on")
    GROUND = ("letter", "series", "initiative", "rounds")

    def __init__(self, *args: Any, region: Region, person: Anyone, cluster: Cluster | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.region, self.person, self.cluster = region, person, cluster
        self._offer("letter", agreements_access.visible(person, region))
        self._offer("series", region.series.order_by("name"))
        self._offer("initiative", meetings_access.visible(person, region).order_by("-starts_at"))
        self._offer("rounds", assessments_access.visible(person, region).order_by("pk"))
        if cluster:
            self.initial = {name: getattr(cluster, name) for name in (*self.WHAT[:-1], *self.WHEN, *self.GROUND[:-1])}
            self.initial |= {"rounds": list(cluster.rounds.all()), "organisation": str(cluster.coordinator or cluster.coordinator_name)}

    def _offer(self, name: str, things: Any) -> None:
        self.fields[name].queryset = things  # type: ignore[attr-defined]

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        heads = ((_("What it is"), self.WHAT), (_("When"), self.WHEN), (_("What it stands on"), self.GROUND))
        return [(heading, [self[name] for name in names]) for heading, names in heads]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        founded, ended = cleaned.get("founded_on"), cleaned.get("ended_on")
        if founded and ended and ended < founded:
            self.add_error("ended_on", ValidationError(_("The cluster ends before it is founded."), code="order"))
        if cleaned.get("state") == Cluster.State.ENDED and not ended and "ended_on" not in self.errors:
            self.add_error("ended_on", ValidationError(_("Say on which day the cluster ended."), code="required"))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        cleaned = dict(self.cleaned_data)
        name = cleaned.pop("organisation").strip()
        known = organisation_named(self.person, self.region, name)
        return cleaned | {"rounds": list(cleaned["rounds"]), "coordinator": known, "coordinator_name": "" if known else name}
