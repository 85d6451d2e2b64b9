"""Whether what somebody holds is the text that was frozen: a hash, the words, or a file."""

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from osnowa.agreements.models import Agreement, Paper
from osnowa.agreements.queries import texts
from osnowa.agreements.queries.papers import text_pdf

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Finding:
    """What a comparison found; `is_same` is None where nothing can be said."""

    is_same: bool | None
    words: str


def compare_words(agreement: Agreement, said: str) -> Finding:
    """A hash, or the words of the text in one of its languages; spaces and line breaks do not count."""
    squeezed = re.sub(r"[\s:]", "", said).lower()
    if _HASH.fullmatch(squeezed):
        if squeezed == agreement.sha256:
            return Finding(True, _("The hash is the one of the frozen text."))
        return Finding(False, _("This is another hash. What bears it is not the frozen text."))
    for language, whole in _wholes(agreement).items():
        if _plain(said) in (whole, _plain(agreement.title) + whole):
            return Finding(True, _("These are the words of the frozen text (%(language)s).") % {"language": texts.language_name(language)})
    return Finding(False, _("These words differ from the frozen text. Paste all of it, with its headings, or the hash of 64 signs."))


def compare_file(agreement: Agreement, content: bytes) -> Finding:
    """A file as Osnowa gives it out, a signature file that is kept, or plain text."""
    found = hashlib.sha256(content).hexdigest()
    if found == agreement.sha256:
        return Finding(True, _("The file is the frozen text itself (JSON)."))
    text = texts.newest(agreement)
    if content.startswith(b"%PDF"):
        for language in texts.languages_of(agreement, text):
            if hashlib.sha256(text_pdf(agreement, text, language)).hexdigest() == found:
                return Finding(True, _("The file is the PDF of the frozen text (%(language)s), unchanged.") % {"language": texts.language_name(language)})
    if Paper.objects.filter(signatory__agreement=agreement, sha256=found).exists():
        return Finding(True, _("The file is kept with this agreement as a proof, unchanged. Whether its signature is valid is not checked here."))
    try:
        if (as_words := compare_words(agreement, content.decode())).is_same:
            return as_words
    except UnicodeDecodeError:
        pass
    return Finding(None, _("The file is none that Osnowa gave out. A scan, a print, or a file that was saved again always differs, even where its words are the same: compare the hash that is printed on it."))


def _plain(words: str) -> str:
    """The words without spaces and the marks of lists."""
    return re.sub(r"\s+", "", re.sub(r"(?m)^\s*[-•–]\s+", "", words))


def _wholes(agreement: Agreement) -> dict[str, str]:
    """The whole text by language, headings and words in their order."""
    text = texts.newest(agreement)
    return {
        language: _plain("\n".join(f"{block['heading']}\n{block['text']}" for block in texts.blocks_in(text, language)))
        for language in texts.languages_of(agreement, text)
    }  # fmt: skip
