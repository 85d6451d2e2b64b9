"""The form of the portrait: choices, and long texts in the languages of the region."""

from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.models import Cluster
from osnowa.clusters.queries.portrait import TEXTS
from osnowa.clusters.queries.services import INNOVATION
from osnowa.register import codes
from osnowa.ui.forms import Form

_LONGEST = 6000
_PLAIN = ("origin", "legal_entity", "coordinator_fte", "innovation", "activities")


def _name(language: str) -> str:
    return str(dict(settings.LANGUAGES).get(language) or LANG_INFO.get(language, {}).get("name_local", language))


class PortraitForm(Form):
    """The portrait. Texts are asked for in the region's languages, and shown in others where they exist."""

    origin = forms.ChoiceField(label=gettext_lazy("Origin"), required=False)
    legal_entity = forms.CharField(label=gettext_lazy("Legal entity"), max_length=200, required=False, help_text=gettext_lazy("Such as an association, a co-operative, or an agreement of partners."))
    coordinator_fte = forms.DecimalField(label=gettext_lazy("Posts of the coordinating body (FTE)"), required=False, min_value=0, max_value=999, max_digits=5, decimal_places=2)
    innovation = forms.MultipleChoiceField(label=gettext_lazy("Types of innovation"), required=False, widget=forms.CheckboxSelectMultiple)
    activities = forms.MultipleChoiceField(label=gettext_lazy("Fields of activity"), required=False, widget=forms.CheckboxSelectMultiple)
    subregions = forms.MultipleChoiceField(label=gettext_lazy("Parts of the region it reaches"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, cluster: Cluster, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cluster = cluster
        self.areas = {str(one.pk): one for one in cluster.region.subregions.all()}
        self._choose("origin", [("", _("not said")), *Cluster.Origin.choices])
        self._choose("innovation", INNOVATION.choices())
        self._choose("activities", codes.SERVICE_AREAS.choices())
        self._choose("subregions", [(key, one.name) for key, one in self.areas.items()])
        self.initial = {name: getattr(cluster, name) for name in _PLAIN} | {"subregions": [str(one.pk) for one in cluster.subregions.all()]}
        used = [language for name in TEXTS for language in getattr(cluster, name)]
        self.languages = list(dict.fromkeys([*cluster.region.languages, *used]))
        for name in TEXTS:
            for language in self.languages:
                self._text(name, language)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _text(self, name: str, language: str) -> None:
        label = str(Cluster._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        self.fields[f"{name}_{language}"] = forms.CharField(
            label=f"{label[:1].upper()}{label[1:]}: {_name(language)}", required=False, max_length=_LONGEST,
            widget=forms.Textarea(attrs={"rows": 4, "lang": language}), initial=getattr(self.cluster, name).get(language, ""),
        )  # fmt: skip

    @property
    def texts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(name of the text, its fields by language)."""
        heads = [str(Cluster._meta.get_field(name).verbose_name) for name in TEXTS]  # type: ignore[union-attr]
        return [(head[:1].upper() + head[1:], [self[f"{name}_{language}"] for language in self.languages]) for name, head in zip(TEXTS, heads, strict=True)]

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self[name] for name in (*_PLAIN, "subregions")]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        texts = {name: {language: text for language in self.languages if (text := cleaned[f"{name}_{language}"].strip())} for name in TEXTS}
        return {name: cleaned[name] for name in _PLAIN} | texts | {"subregions": [self.areas[key] for key in cleaned["subregions"]]}
