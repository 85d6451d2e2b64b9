"""Every sentence is said in Polish and Slovene too. OSNOWA_WORDS=skip leaves these out while texts are being written."""

import os
import shutil

import polib
import pytest
from django.conf import settings

from tools import words

pytestmark = [
    pytest.mark.skipif(os.environ.get("OSNOWA_WORDS") == "skip", reason="OSNOWA_WORDS=skip"),
    pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is not installed (apt install gettext)"),
]
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]


@pytest.fixture(scope="module")
def sentences() -> polib.POFile:
    return words.extracted()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_whole_with_its_placeholders(sentences, language):
    lacking = words.lacks(language, sentences)
    assert [str(lack) for lack in lacking] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_says_what_the_code_no_longer_says(sentences, language):
    said = {(entry.msgctxt, entry.msgid) for entry in sentences}
    book = polib.pofile(str(words.catalogue(language)))
    assert [entry.msgid for entry in book if (entry.msgctxt, entry.msgid) not in said or entry.obsolete] == []


def test_each_language_of_the_settings_has_a_rule_of_plurals():
    assert set(words.PLURALS) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "translation", "wrong"),
    [
        ("%(n)s of %(all)s", "%(n)s z %(all)s", []),
        ("%(n)s of %(all)s", "%(n)s z %(wszystkich)s", ["placeholders differ"]),
        ("Hello {name}", "Witaj", ["placeholders differ"]),
        ("Save", "", ["not translated"]),
    ],
)
def test_a_lost_placeholder_is_noticed(text, translation, wrong):
    source = polib.POEntry(msgid=text)
    assert words._wrong(polib.POEntry(msgid=text, msgstr=translation), source, 3) == wrong
