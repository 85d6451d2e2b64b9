"""Verbs of an agreement's text: write a version, begin with the template. After freezing nothing writes (V9)."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.agreements import locked
from osnowa.agreements.models import Agreement, Text
from osnowa.agreements.queries.texts import Block, blocks_in, newest, template_for
from osnowa.journal.actions import Deed, action, next_number
from osnowa.kit.errors import Refused

#: A text has at most so many parts.
MOST_BLOCKS = 60


def _refuse_frozen(agreement: Agreement) -> None:
    if agreement.state != Agreement.State.DRAFT:
        raise Refused(_("The text is frozen under its hash: nobody changes it any more. Begin a new agreement instead."))


@action("agreements.text_written", says=gettext_lazy("wrote a version of an agreement's text"))
def _write(*, by: Any, agreement: Agreement, said: dict[str, list[Block]], note: str, seen: int | None) -> Deed:
    """Adds one version in which the texts of these languages are this, the original first; the other languages stay."""
    held = locked(agreement)
    _refuse_frozen(held)
    before = newest(held)
    texts = dict(before.blocks) if before else {}
    for language, blocks in said.items():
        texts = _with(held, texts, language, _tidy(blocks))
    if before and texts == before.blocks:
        return Deed(held, {}, value=before)
    number = next_number(before, seen)
    made = Text.objects.create(agreement=held, number=number, blocks=texts, note=note, made_by=by)
    return Deed(held, {"version": [before.number if before else None, number], "language": [None, ", ".join(said)]}, place=held.region.slug, value=made)


def write_text(*, by: Any, agreement: Agreement, language: str, blocks: list[Block], note: str = "", seen: int | None = None) -> Text:
    """Adds a version in which the text of one language is this; the other languages stay.

    The original says which parts there are and in which order; a translation says them in its own words. A translation in
    which nothing is written is taken out. `seen` is the number of the version the writer knew; where somebody wrote other
    words since, nothing is written over.
    """
    made: Text = _write(by=by, agreement=agreement, said={language: blocks}, note=note, seen=seen)
    return made


def _tidy(blocks: list[Block]) -> list[Block]:
    """The parts with their spaces trimmed; a key stands once, and a new part gets the next free one."""
    if len(blocks) > MOST_BLOCKS:
        raise Refused(_("A text has %(most)s parts at most. Join some of them.") % {"most": MOST_BLOCKS})
    taken = {block["key"] for block in blocks if block["key"]}
    made: list[Block] = []
    for block in blocks:
        key = block["key"] or next(f"part-{n}" for n in range(1, 2 * MOST_BLOCKS) if f"part-{n}" not in taken)
        taken.add(key)
        words = {name: "\n".join(line.rstrip() for line in block[name].strip().splitlines()) for name in ("heading", "text")}
        made.append({"key": key, **words})
    return made


def _with(agreement: Agreement, texts: dict[str, list[Block]], language: str, blocks: list[Block]) -> dict[str, list[Block]]:
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Osnowa does not write in this language."))
    if language != agreement.language:
        if agreement.language not in texts:
            raise Refused(_("Write the original first; translations follow its parts."))
        texts[language] = blocks
    else:
        texts = {**texts, language: [block for block in blocks if block["heading"] or block["text"]]}
    return _aligned(agreement, texts)


def _aligned(agreement: Agreement, texts: dict[str, list[Block]]) -> dict[str, list[Block]]:
    """Every translation with the parts of the original in its order; one that says nothing is left out."""
    keys = [block["key"] for block in texts[agreement.language]]
    found = {agreement.language: texts[agreement.language]}
    for language, blocks in texts.items():
        words = {block["key"]: block for block in blocks}
        rows = [words.get(key, {"key": key, "heading": "", "text": ""}) for key in keys]
        if any(row["text"] for row in rows):
            found[language] = rows
    return found


def begin_with_template(*, by: Any, agreement: Agreement, languages: list[str]) -> Text | None:
    """Writes the template of the agreement's kind as one version, in the original's language and these, as far as they have no text."""
    _refuse_frozen(agreement)
    written = newest(agreement)
    found = {language: template_for(agreement, language) for language in dict.fromkeys([agreement.language, *languages]) if not blocks_in(written, language)}
    said = {language: blocks for language, blocks in found.items() if blocks}
    return _write(by=by, agreement=agreement, said=said, note=_("from the template"), seen=None) if said else written
