"""Mends what programs broke in a text on its way: letters of a wrong encoding, entities of HTML, marks nobody sees.

Only where the mend is certain; a clean text costs one search.
"""

import html
import re
import unicodedata

import ftfy
from django.utils.translation import gettext_noop as _

from osnowa.kit.sentences import Sentence

#: Nothing is done to a text without one of these: letters that wrongly decoded text is full of, ampersands, invisible marks.
_SUSPECT = re.compile("[&\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd\ufff9-\uffff]"
                      "|[ÂÃÄÅĂĹÎÏÐÑâãåðĺîï][^A-Za-z\\s,.;:()'\"/-]|\\w[³¹±¶¦¿¼œŸ]\\w|(?<!\\w)[¦¯£]\\w|\\w{3}[³¹±](?!\\w)|В°|Р[°-я]")  # fmt: skip
#: Entities with their semicolon, and those that lost it where nothing else can be meant.
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&(?:amp|quot|apos|nbsp|#0?39|lt|gt)(?![A-Za-z0-9=])"
)
#: What is left of an entity where a text was cut after so many characters.
_CUT_ENTITY = re.compile(r"&(?:a|am|q|qu|quo|ap|apo|n|nb|nbs|#|#\d{1,3}|#x[0-9a-f]{0,3})$")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
#: Letters of Central Europe read as Western ones: signs which no word has inside it.
_WESTERN_1250 = re.compile(r"[^\W\d_][³¹][^\W\d_]|[^\W\d_]{3}[³¹](?!\w)|(?<!\w)£[a-z]")
_WESTERN_LATIN2 = re.compile(r"[^\W\d_][±¶¼][^\W\d_]|(?<!\w)[¦¯][^\W\d_]|[^\W\d_]{3}±(?!\w)")
_LETTERS_OF_CENTRE = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻčšžđČŠŽĐáéíúýäôľĺŕťďňřěůÁÉÍÚÝÄÔĽŤĎŇŘĚŮöüőűÖÜŐŰëç„”“’–§°«»…—")


def mend(text: str) -> tuple[str, Sentence | None]:
    """The text as it was meant, and what was mended of it (None where nothing was)."""
    if text.isascii() and "&" not in text:
        if text.isprintable() or not _UNSEEN.search(text):
            return text, None
    elif not _SUSPECT.search(text):
        return text, None
    without_entities = _without_entities(text)
    mended = _decoded(without_entities)
    shown = _UNSEEN.sub("", mended.replace("\u2028", "\n").replace("\u2029", "\n"))
    if "\ufffd" in shown:
        return shown, Sentence(
            _("Letters were lost before this file was made (“%(found)s”): write them in."), found=_short(shown)
        )
    if mended != text:
        return shown, Sentence(
            _("Broken letters were mended: “%(found)s” is now “%(mended)s”."), found=_short(text), mended=_short(shown)
        )
    return shown, None


def _without_entities(text: str) -> str:
    """Entities of HTML as the letters they stand for; twice, as some are escaped twice."""
    if "&" not in text:
        return text
    for _time in range(2):
        text = _ENTITY.sub(lambda found: _letter(found.group()), text)
    return (
        _CUT_ENTITY.sub(lambda found: "&" if found.group().startswith("&a") and "&" not in text[:-4] else "", text).rstrip()
        if _CUT_ENTITY.search(text)
        else text
    )


def _letter(entity: str) -> str:
    said = html.unescape(entity if entity.endswith(";") else entity + ";")
    return said if said != "\xa0" else " "


def _decoded(text: str) -> str:
    """Letters read in a wrong encoding, read rightly; the text itself where that is not certain."""
    if text.isascii():
        return text
    for pattern, was, should in ((_WESTERN_1250, "cp1252", "cp1250"), (_WESTERN_LATIN2, "latin-1", "iso8859-2")):
        if pattern.search(text):
            try:
                again = text.encode(was).decode(should)
            except UnicodeError:
                continue
            if all(sign in _LETTERS_OF_CENTRE for sign in again if not sign.isascii()):
                return again
    fixed = ftfy.fix_encoding(text)
    return fixed if _is_better(text, fixed) else text


def _is_better(text: str, fixed: str) -> bool:
    """Whether a mend made words of signs: fewer letters, all of them of alphabets, none lost."""
    return fixed == text or (
        len(fixed) < len(text) and all(unicodedata.category(sign)[0] != "C" or sign in "\n\r\t" for sign in fixed)
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
