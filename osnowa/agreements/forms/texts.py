"""The form of a text: its parts in one language, and what changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.texts import MOST_BLOCKS
from osnowa.agreements.queries.texts import Block
from osnowa.ui.forms import Form

_LONGEST = 8000
#: Empty parts at the end of the original, to be written into.
_SPARE = 2


class TextForm(Form):
    """The parts of one language. Of the original parts are added, moved and taken out; a translation follows them."""

    note = forms.CharField(label=gettext_lazy("What changed"), required=False, max_length=200, help_text=gettext_lazy("A few words for the list of versions."))
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, blocks: list[Block], beside: list[Block], is_original: bool, seen: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_original = is_original
        rows = blocks if is_original else _following(blocks, beside)
        spare = min(_SPARE, MOST_BLOCKS - len(rows)) if is_original else 0
        self.blocks = [*rows, *({"key": "", "heading": "", "text": ""} for _number in range(spare))]
        self.beside = {block["key"]: block for block in beside}
        self.initial = {"seen": seen}
        for number, block in enumerate(self.blocks):
            self._add(number, block)

    def _add(self, number: int, block: Block) -> None:
        self.fields[f"heading_{number}"] = forms.CharField(label=_("Heading"), required=False, max_length=160)
        self.fields[f"text_{number}"] = forms.CharField(label=_("Words"), required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 6}))
        self.initial.update({f"heading_{number}": block["heading"], f"text_{number}": block["text"], f"place_{number}": number + 1})
        if self.is_original:
            self.fields[f"place_{number}"] = forms.IntegerField(label=_("Place"), min_value=1, max_value=999, widget=forms.NumberInput(attrs={"class": "short"}))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The parts as the page shows them, beside the original."""
        return [
            {
                "number": number + 1, "heading": self[f"heading_{number}"], "text": self[f"text_{number}"],
                "place": self[f"place_{number}"] if self.is_original else None, "original": self.beside.get(block["key"]) if not self.is_original else None,
                "is_new": not block["key"],
            }
            for number, block in enumerate(self.blocks)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for number in range(len(self.blocks)):
            heading, text = said.get(f"heading_{number}"), said.get(f"text_{number}")
            if text and heading == "":
                self.add_error(f"heading_{number}", _("Give this part a heading."))
        return said

    @property
    def written(self) -> list[Block]:
        """The parts as the action takes them, in the order of their places."""
        said = self.cleaned_data
        rows = [(said.get(f"place_{n}", n), n, {"key": block["key"], "heading": said[f"heading_{n}"], "text": said[f"text_{n}"]}) for n, block in enumerate(self.blocks)]
        return [block for _place, _number, block in sorted(rows, key=lambda row: row[:2]) if block["key"] or block["heading"] or block["text"]]


def _following(blocks: list[Block], original: list[Block]) -> list[Block]:
    """One part of a translation for each of the original."""
    known = {block["key"]: block for block in blocks}
    return [known.get(block["key"], {"key": block["key"], "heading": "", "text": ""}) for block in original]
