"""Forms of an agreement: what it is, its days, its targets; how it ends and when it is looked at again."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.agreements import FROZEN
from osnowa.agreements.forms.days import DayInput
from osnowa.agreements.models import Agreement
from osnowa.kit.words import fold
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.models import Organisation
from osnowa.ui.forms import Form

_MOST = 10_000
#: So many legal forms may have a target of their own.
_FORMS = 3
_SAME = ("kind", "title", "language", "is_public", "closes_on", "founding_until", "review_on")


def _number(label: Any, most: int = _MOST) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


class AgreementForm(Form):
    """Everything about an agreement but its text; of a frozen one without what its hash covers."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Agreement.Kind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language of the original"), choices=settings.LANGUAGES, help_text=gettext_lazy("The text binds in this language; in others it is a translation for reading."))
    with_template = forms.BooleanField(label=gettext_lazy("Begin with the template"), required=False, initial=True, help_text=gettext_lazy("A community draft in Polish, Slovene and English, no legal advice. Every part can be changed."))
    is_public = forms.BooleanField(label=gettext_lazy("Everybody may see the text and who signed"), required=False, initial=True)
    keeper_name = forms.CharField(label=gettext_lazy("Keeper of the text"), required=False, max_length=200, help_text=gettext_lazy("Who keeps the original with the signatures. An organisation of the register is linked by its name."))
    closes_on = forms.DateField(label=gettext_lazy("Last day of signing"), required=False, widget=DayInput(), help_text=gettext_lazy("The whole day counts. Who joins later does so by a declaration."))
    founding_until = forms.DateField(label=gettext_lazy("Last day to join as a founding member"), required=False, widget=DayInput(), help_text=gettext_lazy("Who signs later is an ordinary member. Empty means: the last day of signing."))
    review_on = forms.DateField(label=gettext_lazy("To be reviewed on"), required=False, widget=DayInput(), help_text=gettext_lazy("Coordinators are reminded 30 days before."))
    signatories = _number(gettext_lazy("Signatories wanted"))
    sectors = _number(gettext_lazy("Sectors wanted"), 5)

    def __init__(self, *args: Any, region: Region, agreement: Agreement | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.region, self.agreement = region, agreement
        self.areas = list(region.subregions.all())
        self._add_targets()
        languages = [code for code in region.languages if code in dict(settings.LANGUAGES)]
        self.initial = self._shown(agreement) if agreement else {"language": (languages or ["en"])[0], "is_public": True, "with_template": True, "signatories": 20, "sectors": 4}
        if agreement:
            del self.fields["with_template"]
        if agreement and agreement.state != Agreement.State.DRAFT:
            for name in FROZEN:
                del self.fields[name]

    def _add_targets(self) -> None:
        for row in codes.SECTORS:
            self.fields[f"sector_{row.code}"] = _number(row.label)
        for area in self.areas:
            self.fields[f"subregion_{area.code}"] = _number(area.name)
        for number in range(_FORMS):
            choices = [("", "–"), *codes.LEGAL_FORMS.choices()]
            self.fields[f"form_{number}"] = forms.ChoiceField(label=_("Legal form"), choices=choices, required=False)
            self.fields[f"form_number_{number}"] = _number(_("How many of it"))

    def _shown(self, it: Agreement) -> dict[str, Any]:
        targets = it.targets
        shown = {name: getattr(it, name) for name in _SAME} | {"keeper_name": it.keeper.legal_name if it.keeper else it.keeper_name}
        shown |= {name: targets.get(name) for name in ("signatories", "sectors")}
        for part in ("sector", "subregion"):
            shown |= {f"{part}_{code}": number for code, number in targets.get(part, {}).items()}
        for place, (code, number) in enumerate(list(targets.get("kind", {}).items())[:_FORMS]):
            shown |= {f"form_{place}": code, f"form_number_{place}": number}
        return shown

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the page."""
        what = ("kind", "title", "language", "with_template", "keeper_name", "is_public")
        wanted = [name for name in self.fields if name.startswith(("sector_", "subregion_", "form_"))]
        rows = (
            (_("What"), what), (_("Days"), ("closes_on", "founding_until", "review_on")),
            (_("Targets"), ("signatories", "sectors", *wanted)),
        )  # fmt: skip
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in rows]

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        said = self.cleaned_data
        keeper = self._keeper(said["keeper_name"])
        found = {name: said[name] for name in _SAME if name in said}
        return found | {"keeper": keeper, "keeper_name": "" if keeper else said["keeper_name"], "targets": self._targets(said)}

    def _targets(self, said: dict[str, Any]) -> dict[str, Any]:
        whole: dict[str, Any] = {name: said[name] for name in ("signatories", "sectors") if said.get(name)}
        parts = {
            "sector": {row.code: said[f"sector_{row.code}"] for row in codes.SECTORS if said.get(f"sector_{row.code}")},
            "subregion": {area.code: said[f"subregion_{area.code}"] for area in self.areas if said.get(f"subregion_{area.code}")},
            "kind": {said[f"form_{n}"]: said[f"form_number_{n}"] for n in range(_FORMS) if said.get(f"form_{n}") and said.get(f"form_number_{n}")},
        }  # fmt: skip
        return whole | {name: part for name, part in parts.items() if part}

    def _keeper(self, name: str) -> Organisation | None:
        """The organisation of the register that bears this name, where there is just one."""
        if not name:
            return None
        named = Q(legal_name__iexact=name) | Q(short_name__iexact=name) | Q(name_fold=fold(name))
        found = list(Organisation.objects.filter(named, region=self.region, merged_into=None)[:2])
        return found[0] if len(found) == 1 else None


class EndForm(Form):
    """When an agreement ended and why."""

    on = forms.DateField(label=gettext_lazy("Ended on"), widget=DayInput())
    reason = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=300, help_text=gettext_lazy("Stands in the history. Name no person."))


class ReviewForm(Form):
    """When an agreement is looked at next, and what came of it now."""

    next_on = forms.DateField(label=gettext_lazy("Next review on"), required=False, widget=DayInput(), help_text=gettext_lazy("Empty means: there will be none."))
    reason = forms.CharField(label=gettext_lazy("What came of it"), required=False, max_length=300, help_text=gettext_lazy("Stands in the history. Name no person."))
