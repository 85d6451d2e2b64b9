"""The catalogues: `.venv/bin/python -m tools.words` gathers the sentences of the code into osnowa/locale/*/LC_MESSAGES/django.po.

    python -m tools.words                    gather, and say how many wait for a translation
    python -m tools.words waiting pl         print the waiting sentences as JSON
    python -m tools.words fill pl FILE.json  fill them: {"sentence": "zdanie"} or {"one": ["forms", …]} for counts

Needs gettext (`apt install gettext`). Guessed ("fuzzy") translations are never made.
"""

import json
import os
import pathlib
import sys
from typing import Any

import polib

ROOT = pathlib.Path(__file__).resolve().parent.parent
LANGUAGES = ("pl", "sl")


def catalogue(language: str) -> Any:
    return polib.pofile(str(ROOT / "osnowa" / "locale" / language / "LC_MESSAGES" / "django.po"), wrapwidth=0)


def gather() -> None:
    """Runs makemessages without guesses and without line numbers, and drops sentences nobody says any more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
    import django
    from django.core.management.commands.makemessages import Command

    django.setup()

    class Gather(Command):
        msgmerge_options = ["-q", "--no-fuzzy-matching"]  # noqa: RUF012

    os.chdir(ROOT / "osnowa")
    Gather().run_from_argv(
        ["django-admin", "makemessages", *(f"-l={x}" for x in LANGUAGES), "--no-location", "--no-wrap", "--no-obsolete",
         "-v=0", "-e=py,html,txt", "--ignore=locale"]
    )  # fmt: skip
    os.chdir(ROOT)


def waiting(language: str) -> dict[str, Any]:
    """The sentences without a translation: {sentence: ""}, and {one: [many, "", "" …]} for counts."""
    found: dict[str, Any] = {}
    for entry in catalogue(language):
        if entry.msgid_plural and not all(entry.msgstr_plural.values()):
            found[entry.msgid] = [entry.msgid_plural, *("" for _form in entry.msgstr_plural)]
        elif not entry.msgid_plural and not entry.msgstr:
            found[entry.msgid] = entry.msgctxt or ""
    return found


def fill(language: str, words: dict[str, Any]) -> int:
    """Puts translations into the catalogue; returns how many found their sentence."""
    book = catalogue(language)
    filled = 0
    for entry in book:
        said = words.get(entry.msgid)
        if not said:
            continue
        if entry.msgid_plural:
            forms = said if len(said) == len(entry.msgstr_plural) else said[1:]
            entry.msgstr_plural = dict(zip(sorted(entry.msgstr_plural), forms, strict=True))
        else:
            entry.msgstr = said
        filled += 1
    book.save()
    return filled


def main() -> None:
    match sys.argv[1:]:
        case []:
            gather()
            for language in LANGUAGES:
                print(f"{language}: {len(waiting(language))} of {len(catalogue(language))} wait")  # noqa: T201
        case ["waiting", language]:
            print(json.dumps(waiting(language), ensure_ascii=False, indent=1))  # noqa: T201
        case ["fill", language, path]:
            print(fill(language, json.loads(pathlib.Path(path).read_text())))  # noqa: T201
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
