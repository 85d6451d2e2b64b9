"""Editing an instrument: its head, and one dimension at a time, in each of its languages."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.assessments.queries.instruments import Asks, Definition, Dimension, Item, Texts
from osnowa.ui.forms import Form

_NAMES = {"pl": "Polski", "sl": "Slovenščina", "en": "English"}


class ImportForm(Form):
    """A file of an instrument."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("XLSX or JSON, as it is exported here."))


class _Texts(Form):
    """Fields in several languages: `part language`."""

    def __init__(self, *args: Any, languages: list[str], **words: Any) -> None:
        super().__init__(*args, **words)
        self.languages = languages

    def _line(self, part: str, label: str, texts: Texts, *, is_long: bool = False, is_required: bool = True) -> None:
        for language in self.languages:
            self.fields[f"{part} {language}"] = forms.CharField(
                label=f"{label} ({_NAMES.get(language, language)})", initial=texts.get(language, ""), required=is_required, max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3, "lang": language}) if is_long else forms.TextInput(attrs={"lang": language}),
            )  # fmt: skip

    def _lines(self, part: str, label: str, many: tuple[Texts, ...]) -> None:
        for language in self.languages:
            self.fields[f"{part} {language}"] = forms.CharField(
                label=f"{label} ({_NAMES.get(language, language)})", initial="\n".join(texts.get(language, "") for texts in many), required=False, max_length=8000,
                widget=forms.Textarea(attrs={"rows": 4, "lang": language}), help_text=_("One a line, in the same order in each language."),
            )  # fmt: skip

    def _texts(self, part: str) -> dict[str, str]:
        return {language: text for language in self.languages if (text := self.cleaned_data[f"{part} {language}"].strip())}

    def _many(self, part: str) -> tuple[Texts, ...]:
        columns = {language: [line.strip() for line in self.cleaned_data[f"{part} {language}"].splitlines() if line.strip()] for language in self.languages}
        longest = max(map(len, columns.values()), default=0)
        return tuple({language: lines[place] for language, lines in columns.items() if place < len(lines)} for place in range(longest))


class HeadForm(_Texts):
    """What an instrument is called, what it is for, where it comes from, what it asks beside levels."""

    def __init__(self, *args: Any, definition: Definition, **words: Any) -> None:
        super().__init__(*args, languages=definition.languages, **words)
        self._line("titles", _("Title"), definition.titles)
        self._line("about", _("About"), definition.about, is_long=True, is_required=False)
        self._line("source", _("Source"), definition.source, is_long=True, is_required=False)
        self.fields["reference"] = forms.CharField(label=_("Reference"), initial=definition.reference, required=False, max_length=500)
        self.fields["licence"] = forms.CharField(label=_("Licence"), initial=definition.licence, required=False, max_length=80)
        self.fields["is_draft"] = forms.BooleanField(label=_("Draft"), initial=definition.is_draft, required=False)
        self.fields["importance"] = forms.BooleanField(label=_("Ask how important each dimension is (1 to 3)"), initial=definition.asks.importance, required=False)
        self.fields["target"] = forms.BooleanField(label=_("Ask which level should be reached"), initial=definition.asks.target, required=False)

    def changed(self, definition: Definition) -> Definition:
        said = self.cleaned_data
        return replace(
            definition, titles=self._texts("titles"), about=self._texts("about"), source=self._texts("source"), reference=said["reference"].strip(),
            licence=said["licence"].strip(), is_draft=said["is_draft"], asks=Asks(said["importance"], said["target"]),
        )  # fmt: skip


class DimensionForm(_Texts):
    """A dimension: name, questions, evidence, levels, texts of its items."""

    def __init__(self, *args: Any, definition: Definition, dimension: Dimension, **words: Any) -> None:
        super().__init__(*args, languages=definition.languages, **words)
        self.dimension = dimension
        self._head(definition)
        self._line("names", _("Name"), dimension.names)
        for part, label in (("questions", _("Guiding questions")), ("probing", _("Probing questions")), ("evidence", _("Evidence"))):
            self._lines(part, label, getattr(dimension, part))
        for step, texts in dimension.levels.items():
            self._line(f"level-{step}", _("Level %(step)s") % {"step": step}, texts, is_long=True)
        for item in dimension.items:
            self._line(f"item-{item.code}", item.text, item.texts, is_long=True)

    def _head(self, definition: Definition) -> None:
        """What stands before the name."""

    def _item(self, item: Item) -> Item:
        return replace(item, texts=self._texts(f"item-{item.code}"))

    def changed(self, definition: Definition) -> Definition:
        kept = self.dimension
        fresh = replace(
            kept, names=self._texts("names"), questions=self._many("questions"), probing=self._many("probing"), evidence=self._many("evidence"),
            levels={step: self._texts(f"level-{step}") for step in kept.levels}, items=tuple(map(self._item, kept.items)),
        )  # fmt: skip
        return replace(definition, dimensions=tuple(fresh if one.code == kept.code else one for one in definition.dimensions))


class NewDimensionForm(DimensionForm):
    """A dimension that is added at the end, with a text for every level."""

    def __init__(self, *args: Any, definition: Definition, **words: Any) -> None:
        self.definition = definition
        empty = Dimension(code="", names={}, levels={str(step): {} for step in definition.scale.steps})
        super().__init__(*args, definition=definition, dimension=empty, **words)

    def _head(self, definition: Definition) -> None:
        number = len(definition.dimensions) + 1
        while f"D{number}" in definition.items:
            number += 1
        self.fields["code"] = forms.SlugField(label=_("Code"), initial=f"D{number}", max_length=40, help_text=_("Letters and digits; answers of all rounds are compared by it."))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.definition.dimension(code) or code in self.definition.items:
            raise forms.ValidationError(_("Code “%(code)s” stands twice; every dimension and item needs its own.") % {"code": code})
        return code

    def changed(self, definition: Definition) -> Definition:
        levels = {step: self._texts(f"level-{step}") for step in self.dimension.levels}
        fresh = Dimension(
            code=self.cleaned_data["code"], names=self._texts("names"), questions=self._many("questions"), probing=self._many("probing"),
            evidence=self._many("evidence"), levels=levels,
        )  # fmt: skip
        return replace(definition, dimensions=(*definition.dimensions, fresh))
