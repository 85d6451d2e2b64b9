"""What an instrument asks: dimensions with their questions and levels, items, scale, all in several languages.

The words of an instrument (`Instrument.definition`) become a `Definition` and back without loss. What is wrong in them is
said with its place: "Dimension D3, level 2: the text in Slovene is missing."
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from osnowa.assessments.models import Instrument

TABLES = Path(__file__).resolve().parent.parent / "tables"
Texts = Mapping[str, str]
ITEM_KINDS = ("level", "scale", "choice", "several", "number", "text")
#: Kinds of items that are answered with a number of a scale, and so have medians.
NUMBERED = ("level", "scale")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def said(texts: Texts, language: str = "") -> str:
    """The text in a language (the reader's where none is named); else in English; else in whichever there is."""
    wanted = (language or get_language() or "en")[:2]
    return texts.get(wanted) or texts.get("en") or next((text for text in texts.values() if text), "")


@dataclass(frozen=True)
class Choice:
    """One of the answers an item offers."""

    code: str
    texts: Texts

    @property
    def text(self) -> str:
        return said(self.texts)


@dataclass(frozen=True)
class Item:
    """One thing that is asked. `most` is the highest step of a scale, or how many choices may be taken."""

    code: str
    kind: str
    texts: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    most: int | None = None
    is_required: bool = False

    @property
    def text(self) -> str:
        return said(self.texts)


@dataclass(frozen=True)
class Dimension:
    """A dimension: what it is called, what to ask oneself, what would show it, and what each level looks like."""

    code: str
    names: Texts
    questions: tuple[Texts, ...] = ()
    probing: tuple[Texts, ...] = ()
    evidence: tuple[Texts, ...] = ()
    levels: Mapping[str, Texts] = field(default_factory=dict)
    items: tuple[Item, ...] = ()

    @property
    def name(self) -> str:
        return said(self.names)

    @property
    def is_scored(self) -> bool:
        """Whether it has levels; its own code then names the item that asks for one."""
        return bool(self.levels)

    @property
    def asked(self) -> tuple[Item, ...]:
        """All items, the one for its level first."""
        return ((Item(self.code, "level", self.names),) if self.is_scored else ()) + self.items


@dataclass(frozen=True)
class Scale:
    """The steps of levels, from the least to the most, and what they are called."""

    least: int = 1
    most: int = 5
    names: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def steps(self) -> range:
        return range(self.least, self.most + 1)

    def name(self, step: int) -> str:
        return said(self.names.get(str(step), {}))


@dataclass(frozen=True)
class Asks:
    """What is asked beside the level of each dimension."""

    importance: bool = False
    target: bool = False


@dataclass(frozen=True)
class Definition:
    """Everything one version of an instrument says."""

    code: str
    version: str
    titles: Texts
    dimensions: tuple[Dimension, ...]
    scale: Scale = Scale()
    asks: Asks = Asks()
    about: Texts = field(default_factory=dict)
    source: Texts = field(default_factory=dict)
    reference: str = ""
    licence: str = ""
    is_draft: bool = True

    @property
    def title(self) -> str:
        return said(self.titles)

    @property
    def languages(self) -> list[str]:
        """The languages it is written in, those of the house first: all in which it has a title."""
        house = [code for code, _name in settings.LANGUAGES]
        return sorted(self.titles, key=lambda code: (house.index(code) if code in house else len(house), code))

    @property
    def scored(self) -> tuple[Dimension, ...]:
        """The dimensions that have levels."""
        return tuple(dimension for dimension in self.dimensions if dimension.is_scored)

    @property
    def items(self) -> dict[str, Item]:
        """{code: item} of all that is asked."""
        return {item.code: item for dimension in self.dimensions for item in dimension.asked}

    def dimension(self, code: str) -> Dimension | None:
        return next((one for one in self.dimensions if one.code == code), None)

    def steps_of(self, item: Item) -> range:
        """The numbers that may answer an item."""
        return self.scale.steps if item.kind == "level" else range(1, (item.most or 5) + 1)


class Unfit(Exception):
    """Words that are no instrument: every problem with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def as_words(definition: Definition) -> dict[str, Any]:
    """The definition fit for JSON."""
    words: dict[str, Any] = json.loads(json.dumps(asdict(definition)))
    return words


def fingerprint(definition: Definition) -> str:
    """The hash of all a definition says."""
    return sha256(json.dumps(as_words(definition), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def definition_of(words: Any) -> Definition:
    """The definition words say; Unfit where they are none."""
    try:
        definition = _definition(words)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unfit([_("This is not an instrument: %(what)s is missing or of another kind.") % {"what": error}]) from error
    if found := list(problems(definition)):
        raise Unfit(found)
    return definition


def shipped() -> list[Definition]:
    """The instruments that come with the house."""
    return [definition_of(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(TABLES.glob("*.json"))]


_READ: dict[str, Definition] = {}
_MOST_READ = 64


def definition_in(instrument: Instrument) -> Definition:
    """What an instrument says; read once, as long as its hash is the same."""
    found = _READ.get(instrument.sha256)
    if found is None:
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        found = _READ[instrument.sha256] = definition_of(instrument.definition)
    return found


def _texts(words: Any) -> Texts:
    return {str(language): str(text).strip() for language, text in dict(words or {}).items()}


def _definition(words: Mapping[str, Any]) -> Definition:
    scale, asks = words.get("scale") or {}, words.get("asks") or {}
    return Definition(
        code=str(words["code"]), version=str(words["version"]), titles=_texts(words["titles"]),
        dimensions=tuple(_dimension(one) for one in words["dimensions"]),
        scale=Scale(int(scale.get("least", 1)), int(scale.get("most", 5)), {str(step): _texts(texts) for step, texts in (scale.get("names") or {}).items()}),
        asks=Asks(bool(asks.get("importance")), bool(asks.get("target"))),
        about=_texts(words.get("about")), source=_texts(words.get("source")), reference=str(words.get("reference") or ""),
        licence=str(words.get("licence") or ""), is_draft=bool(words.get("is_draft", True)),
    )  # fmt: skip


def _dimension(words: Mapping[str, Any]) -> Dimension:
    lists = {part: tuple(_texts(texts) for texts in words.get(part) or ()) for part in ("questions", "probing", "evidence")}
    return Dimension(
        code=str(words["code"]), names=_texts(words["names"]), levels={str(step): _texts(texts) for step, texts in (words.get("levels") or {}).items()},
        items=tuple(_item(one) for one in words.get("items") or ()), **lists,
    )  # fmt: skip


def _item(words: Mapping[str, Any]) -> Item:
    most = words.get("most")
    return Item(
        code=str(words["code"]), kind=str(words["kind"]), texts=_texts(words.get("texts")),
        choices=tuple(Choice(str(one["code"]), _texts(one["texts"])) for one in words.get("choices") or ()),
        most=None if most in (None, "") else int(most), is_required=bool(words.get("is_required")),
    )  # fmt: skip


def problems(definition: Definition) -> Iterator[str]:
    """What is wrong, each with its place."""
    if not _CODE.fullmatch(definition.code):
        yield _("Code “%(code)s”: use letters, digits and hyphens, at most 40.") % {"code": definition.code}
    if not definition.version or len(definition.version) > 12:
        yield _("Version: write a short one, such as 0.2.")
    if not definition.titles:
        yield _("Title: it is missing.")
    if not definition.dimensions:
        yield _("There are no dimensions.")
    if not 0 <= definition.scale.least < definition.scale.most <= 10:
        yield _("Scale: it goes from a lower to a higher number, 10 at most.")
        return
    yield from _missing_texts(definition)
    yield from _wrong_codes(definition)
    for dimension in definition.dimensions:
        yield from _wrong_levels(definition, dimension)
        for item in dimension.items:
            yield from _wrong_item(dimension, item)


def _language_name(code: str) -> str:
    names = {"pl": pgettext("language of a text", "Polish"), "sl": pgettext("language of a text", "Slovene"), "en": pgettext("language of a text", "English")}
    return names.get(code, code)


def places_of(definition: Definition) -> Iterator[tuple[str, Texts]]:
    """(where, texts) of every text, in the reader's language."""
    yield _("Title"), definition.titles
    for name, texts in ((_("About"), definition.about), (_("Source"), definition.source)):
        if any(texts.values()):
            yield name, texts
    for step, texts in definition.scale.names.items():
        yield _("Scale, step %(step)s") % {"step": step}, texts
    for dimension in definition.dimensions:
        yield from _places_in(dimension)


def _places_in(dimension: Dimension) -> Iterator[tuple[str, Texts]]:
    where = {"code": dimension.code}
    yield _("Dimension %(code)s, name") % where, dimension.names
    for name, many in ((_("question"), dimension.questions), (_("probing question"), dimension.probing), (_("evidence"), dimension.evidence)):
        for number, texts in enumerate(many, start=1):
            yield _("Dimension %(code)s, %(part)s %(number)s") % (where | {"part": name, "number": number}), texts
    for step, texts in dimension.levels.items():
        yield _("Dimension %(code)s, level %(step)s") % (where | {"step": step}), texts
    for item in dimension.items:
        yield _("Dimension %(code)s, item %(item)s") % (where | {"item": item.code}), item.texts
        for choice in item.choices:
            yield _("Dimension %(code)s, item %(item)s, answer %(choice)s") % (where | {"item": item.code, "choice": choice.code}), choice.texts


def _missing_texts(definition: Definition) -> Iterator[str]:
    for place, texts in places_of(definition):
        for language in definition.languages:
            if not texts.get(language):
                yield _("%(place)s: the text in %(language)s is missing.") % {"place": place, "language": _language_name(language)}
        for language in texts:
            if language not in definition.titles:
                yield _("%(place)s: there is a text in %(language)s, but the instrument has no title in it.") % {"place": place, "language": _language_name(language)}


def _wrong_codes(definition: Definition) -> Iterator[str]:
    seen: set[str] = set()
    for dimension in definition.dimensions:
        for code in dict.fromkeys([dimension.code, *(item.code for item in dimension.items)]):
            if not _CODE.fullmatch(code):
                yield _("Code “%(code)s”: use letters, digits and hyphens, at most 40.") % {"code": code}
        for code in [dimension.code, *(item.code for item in dimension.items)]:
            if code in seen:
                yield _("Code “%(code)s” stands twice; every dimension and item needs its own.") % {"code": code}
            seen.add(code)


def _wrong_levels(definition: Definition, dimension: Dimension) -> Iterator[str]:
    if not dimension.levels:
        if not dimension.items:
            yield _("Dimension %(code)s asks nothing: give it levels or items.") % {"code": dimension.code}
        return
    wanted = [str(step) for step in definition.scale.steps]
    for step in wanted:
        if step not in dimension.levels:
            yield _("Dimension %(code)s, level %(step)s is missing.") % {"code": dimension.code, "step": step}
    for step in dimension.levels:
        if step not in wanted:
            yield _("Dimension %(code)s, level %(step)s is not on the scale.") % {"code": dimension.code, "step": step}


def _wrong_item(dimension: Dimension, item: Item) -> Iterator[str]:
    where = {"code": dimension.code, "item": item.code}
    if item.kind not in ITEM_KINDS:
        yield _("Dimension %(code)s, item %(item)s: “%(kind)s” is no kind of item; there are %(kinds)s.") % (where | {"kind": item.kind, "kinds": ", ".join(ITEM_KINDS)})
    if item.kind in ("choice", "several") and len(item.choices) < 2:
        yield _("Dimension %(code)s, item %(item)s: give at least two answers to choose from.") % where
    codes = [choice.code for choice in item.choices]
    for code in sorted({code for code in codes if codes.count(code) > 1 or not _CODE.fullmatch(code)}):
        yield _("Dimension %(code)s, item %(item)s: the answer code “%(choice)s” stands twice or is no code.") % (where | {"choice": code})
    if item.most is not None and not 1 <= item.most <= 100:
        yield _("Dimension %(code)s, item %(item)s: the highest number lies between 1 and 100.") % where


def next_version(taken: list[str]) -> str:
    """The version after the highest of those taken: 0.1 and 0.2 give 0.3."""
    numbers = [tuple(int(part) for part in version.split(".")) for version in taken if re.fullmatch(r"\d{1,4}(\.\d{1,4}){0,2}", version)]
    if not numbers:
        return "0.1"
    *front, last = max(numbers)
    return ".".join(map(str, [*front, last + 1]))


def moved(definition: Definition, code: str, to: int) -> Definition:
    """The definition with a dimension at a place, counted from 0."""
    rest = [one for one in definition.dimensions if one.code != code]
    taken = [one for one in definition.dimensions if one.code == code]
    place = max(0, min(to, len(rest)))
    return replace(definition, dimensions=(*rest[:place], *taken, *rest[place:]))


def without(definition: Definition, code: str) -> Definition:
    """The definition without a dimension; the last one stays, since an instrument asks something."""
    rest = tuple(one for one in definition.dimensions if one.code != code)
    return replace(definition, dimensions=rest or definition.dimensions)
