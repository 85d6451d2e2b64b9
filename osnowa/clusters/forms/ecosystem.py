"""The form of an actor: its role, who it is, where it acts, what it does here."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.forms.clusters import organisation_field, organisation_named
from osnowa.clusters.models import Actor, Cluster
from osnowa.clusters.queries.ecosystem import ROLES, division_of
from osnowa.places.access import Anyone
from osnowa.register import codes
from osnowa.ui.forms import Form


class ActorForm(Form):
    """Who plays a role: an organisation of the register or a name of its own."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    organisation = organisation_field(gettext_lazy("Who"), help_text=gettext_lazy("Type a few letters and choose, or write the name."))
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False, help_text=gettext_lazy("Left empty, it is that of the organisation, else of the role."))
    subregion = forms.ChoiceField(label=gettext_lazy("Part of the region"), required=False)
    note = forms.CharField(label=gettext_lazy("What it does here"), max_length=300, required=False)

    def __init__(self, *args: Any, cluster: Cluster, person: Anyone, actor: Actor | None = None, role: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.cluster, self.person = cluster, person
        self.parts = {str(part.pk): part for part in division_of(cluster.region)}
        self._choose("role", ROLES.choices())
        self._choose("sector", [("", _("not said")), *codes.SECTORS.choices()])
        self._choose("subregion", [("", _("the whole region, or where the organisation is")), *((key, part.name) for key, part in self.parts.items())])
        self.initial = {"role": role if role in ROLES else ""}
        if actor:
            self.initial = {"role": actor.role, "organisation": str(actor), "sector": actor.sector, "subregion": str(actor.subregion_id or ""), "note": actor.note}

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        cleaned = self.cleaned_data
        name = cleaned["organisation"].strip()
        known = organisation_named(self.person, self.cluster.region, name)
        told = {"role": cleaned["role"], "sector": cleaned["sector"], "note": cleaned["note"], "subregion": self.parts.get(cleaned["subregion"])}
        return told | {"organisation": known, "name": "" if known else name}
