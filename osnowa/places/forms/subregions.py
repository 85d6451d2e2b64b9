"""The form of a subregion: what it is, a note in each language of the pages, and the municipalities it is made of."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from osnowa.places.forms.regions import language_name
from osnowa.places.models import Region, Subregion, Territory
from osnowa.places.queries.municipalities import by_parent, municipalities_in
from osnowa.ui.forms import ModelForm


class SubregionForm(ModelForm):
    """Municipalities come as `municipality` (one) and `group` (all under one powiat or NUTS 3 region)."""

    class Meta:
        model = Subregion
        fields = ("name", "kind", "code", "order")

    def __init__(self, *args: Any, region: Region, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.region = region
        self.region = region
        self.fields["code"].label, self.fields["order"].label = _("Code"), _("Order")
        self.fields["code"].error_messages["invalid"] = _("Use only letters without accents, digits, hyphens and underscores, no spaces.")
        self.fields["code"].help_text = _("A short word for tables and addresses, such as gdanski.")
        self.fields["order"].required = False
        self.fields["order"].help_text = _("Its place among the others; the same number means by name.")
        for language, _name in settings.LANGUAGES:
            self.fields[f"note_{language}"] = forms.CharField(
                label=_("Note in the language: %(language)s") % {"language": language_name(language)},
                max_length=500, required=False, initial=self.instance.notes.get(language, ""),
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )  # fmt: skip

    def clean_order(self) -> int:
        return self.cleaned_data.get("order") or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = {language: cleaned.get(f"note_{language}", "").strip() for language, _name in settings.LANGUAGES}
        self.instance.notes = {language: text for language, text in (self.instance.notes | typed).items() if text}
        return cleaned

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if code == "new":
            raise forms.ValidationError(_("This word begins other addresses. Choose another one."))
        return code

    @cached_property
    def _inside(self) -> list[Territory]:
        return list(municipalities_in(self.region).select_related("parent"))

    @cached_property
    def chosen(self) -> set[int]:
        """The municipalities ticked, alone or with their group."""
        if not self.is_bound:
            return set(self.instance.municipalities.values_list("pk", flat=True)) if self.instance.pk else set()
        typed = self.data.getlist  # type: ignore[attr-defined]
        ones = {int(value) for value in typed("municipality") if value.isdigit()}
        groups = {int(value) for value in typed("group") if value.isdigit()}
        return ones | {one.pk for one in self._inside if one.parent_id in groups}

    def municipalities(self) -> list[Territory]:
        """The municipalities chosen; numbers of no municipality of the region are left out."""
        return [one for one in self._inside if one.pk in self.chosen]

    def groups(self) -> list[dict[str, Any]]:
        """The municipalities of the region in their groups; which are ticked, which lie in another subregion."""
        siblings = Subregion.objects.filter(region=self.region, kind=self.data.get("kind") or self.instance.kind)
        taken = dict(siblings.exclude(pk=self.instance.pk).values_list("municipalities", "name"))
        shown = []
        for group in by_parent(self._inside):
            rows = [{"place": one, "is_chosen": one.pk in self.chosen, "of": taken.get(one.pk, "")} for one in group.municipalities]
            count = sum(bool(row["is_chosen"]) for row in rows)
            shown.append({"group": group, "rows": rows, "chosen": count})
        return shown
