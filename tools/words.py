"""The sentences of the house and their translations.

    python -m tools.words           brings osnowa/locale/*/LC_MESSAGES/django.po up to date with the code and says what lacks
    python -m tools.words --check   only says what lacks; exit code 1 when something does
    python -m tools.words --waiting pl         prints the sentences without a translation as JSON
    python -m tools.words --fill pl FILE.json  puts translations of that shape into the catalogue
"""

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "osnowa" / "locale"
#: Language: its rule of plurals, as the catalogues must state it.
PLURALS = {
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
}
_KEYWORDS = ("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3",
             "pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3", "_", "ngettext:1,2", "gettext")  # fmt: skip
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def extracted() -> polib.POFile:
    """Every sentence marked for translation in Python files and templates, with the places where it stands."""
    from django.utils.translation.template import templatize

    with tempfile.TemporaryDirectory() as folder:
        names = []
        for source in sorted((ROOT / "osnowa").rglob("*")):
            is_template = "templates" in source.parts and source.suffix in (".html", ".txt")
            if not (source.suffix == ".py" or is_template) or "migrations" in source.parts:
                continue
            name = source.relative_to(ROOT)
            target = Path(folder) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text()
            target.write_text(templatize(text, origin=str(name)) if is_template else text)
            names.append(str(name))
        words = ["xgettext", "--language=Python", "--from-code=UTF-8", "--add-comments=Translators", "-o", "all.pot"]
        subprocess.run([*words, *(f"--keyword={key}" for key in _KEYWORDS), *names], cwd=folder, check=True, capture_output=True)
        return polib.pofile(f"{folder}/all.pot")


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return (entry.msgctxt or "", entry.msgid)


def update(language: str, template: polib.POFile) -> None:
    """Adds the new sentences to the catalogue, drops those no longer said, keeps every translation."""
    path = catalogue(language)
    old = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Project-Id-Version": "Osnowa",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    count = int(PLURALS[language][9])
    for entry in sorted(template, key=lambda entry: (entry.msgid.casefold(), entry.msgid, entry.msgctxt or "")):
        known = old.get(_key(entry))
        made = polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgid_plural=entry.msgid_plural, flags=_flags(entry))
        made.occurrences = sorted({(where, "") for where, _ in entry.occurrences})
        if entry.msgid_plural:
            made.msgstr_plural = known.msgstr_plural if known and known.msgstr_plural else dict.fromkeys(range(count), "")
        else:
            made.msgstr = known.msgstr if known else ""
        fresh.append(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))


def _flags(entry: polib.POEntry) -> list[str]:
    return [flag for flag in entry.flags if flag.endswith("-format")]


@dataclass(frozen=True)
class Lack:
    """What is wrong with one sentence in one catalogue."""

    language: str
    msgid: str
    what: str

    def __str__(self) -> str:
        return f"{self.language}: {self.what}: {self.msgid!r}"


def lacks(language: str, template: polib.POFile) -> list[Lack]:
    """Every sentence of the code that this catalogue does not say, or says wrongly."""
    path = catalogue(language)
    if not path.exists():
        return [Lack(language, str(path.relative_to(ROOT)), "no catalogue")]
    book = polib.pofile(str(path))
    known = {_key(entry): entry for entry in book if not entry.obsolete}
    found = [
        Lack(language, entry.msgid, what)
        for entry in template
        for what in _wrong(known.get(_key(entry)), entry, int(PLURALS[language][9]))
    ]
    if f"nplurals={PLURALS[language][9]};" not in book.metadata.get("Plural-Forms", ""):
        found.append(Lack(language, book.metadata.get("Plural-Forms", ""), "wrong rule of plurals"))
    return found


def _wrong(known: polib.POEntry | None, entry: polib.POEntry, count: int) -> list[str]:
    if known is None:
        return ["missing"]
    if known.fuzzy:
        return ["fuzzy"]
    if not entry.msgid_plural:
        if not known.msgstr:
            return ["not translated"]
        return [] if _names(known.msgstr) == _names(entry.msgid) else ["placeholders differ"]
    forms = [known.msgstr_plural.get(number, "") for number in range(count)]
    if not all(forms):
        return [f"fewer than {count} plural forms"]
    allowed = _names(entry.msgid) | _names(entry.msgid_plural)
    return [] if all(_names(form) <= allowed for form in forms) else ["unknown placeholder"]


def _names(text: str) -> set[str]:
    return {match.group(1) or match.group(0) for match in _PLACEHOLDER.finditer(text.replace("%%", ""))}


def waiting(language: str) -> dict[str, str | list[str]]:
    """The sentences without a translation: {sentence: ""}, and {one: [many, "", "", …]} for counts; a context stands before its sentence."""
    found: dict[str, str | list[str]] = {}
    for entry in polib.pofile(str(catalogue(language))).untranslated_entries():
        blanks = ["" for _form in range(int(PLURALS[language][9]))]
        found[_said_as(entry)] = [entry.msgid_plural, *blanks] if entry.msgid_plural else ""
    return found


def _said_as(entry: polib.POEntry) -> str:
    """A sentence with its context before it, as gettext itself keeps the two."""
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else str(entry.msgid)


def fill(language: str, said: dict[str, str | list[str]]) -> int:
    """Puts translations into the catalogue where none stands yet or another one; returns how many."""
    book = polib.pofile(str(catalogue(language)), wrapwidth=110)
    filled = [entry for entry in book if said.get(_said_as(entry))]
    for entry in filled:
        words = said[_said_as(entry)]
        if isinstance(words, str):
            entry.msgstr = words
        else:
            entry.msgstr_plural = dict(enumerate(words))
    book.save()
    return len(filled)


def main() -> int:
    match sys.argv[1:]:
        case ["--waiting", language]:
            print(json.dumps(waiting(language), ensure_ascii=False, indent=1))
            return 0
        case ["--fill", language, path]:
            print(fill(language, json.loads(Path(path).read_text())))
            return 0
    from django.conf import settings

    settings.configure(USE_I18N=True)
    template = extracted()
    if "--check" not in sys.argv:
        for language in PLURALS:
            update(language, template)
    found = [lack for language in PLURALS for lack in lacks(language, template)]
    for lack in found:
        print(lack)
    print(f"{len(template)} sentences; {len(found)} lacks")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
