"""Every template compiles, keeps to the strict Content-Security-Policy, and says nothing untranslated."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parents[2] / "osnowa"
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*") if path.suffix in (".html", ".txt"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
#: Names and signs that are the same in every language.
SAME_EVERYWHERE = {"Osnowa", "AGPL", "PESEL", "EMŠO", "NUTS", "TERYT", "LAU", "NACE", "CSV", "XLSX", "SVG", "PNG", "GeoJSON", "TopoJSON", "EU", "PL", "SI"}
SPOKEN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext")


def name_of(path: Path) -> str:
    return path.as_posix().split("/templates/")[1]


each_page = pytest.mark.parametrize("path", PAGES, ids=name_of)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_it_compiles(path):
    engines["django"].get_template(name_of(path))


@each_page
def test_nothing_is_inline(path):
    """A style attribute, a style element, a script without src and an on… handler are all refused by browsers."""
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.S)
    found = re.findall(r"<style\b|\sstyle\s*=|<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert found == []


@each_page
def test_who_sends_a_form_may_say_from_where(path):
    """With `no-referrer` a browser sends "Origin: null", and every form of the page is refused; the house says `same-origin`."""
    assert 'name="referrer"' not in path.read_text()


@each_page
def test_nothing_comes_from_another_host(path):
    found = re.findall(r"(?:src|srcset|data-src)\s*=\s*[\"'](?:https?:)?//|@import|<link[^>]+href=[\"'](?:https?:)?//", path.read_text())
    assert found == []


def untranslated(source: str) -> list[str]:
    """The words a reader would see that stand outside translate tags (a heuristic: letters in text or spoken attributes)."""
    plain: list[str] = []
    silent = ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.split_contents()[0]
            if tag in ("blocktranslate", "blocktrans", "comment", "verbatim"):
                silent = f"end{tag}"
            elif tag == silent:
                silent = ""
            plain.append("\x00" if not silent else "")
        elif token.token_type == TokenType.TEXT and not silent:
            plain.append(token.contents)
        elif token.token_type == TokenType.VAR:
            plain.append("\x00")
    text = "".join(plain)
    text = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", "", text, flags=re.S | re.I)
    text = re.sub(r"<code\b.*?</code>|<(\w+)[^>]*\stranslate=\"no\"[^>]*>.*?</\1>", " ", text, flags=re.S)
    spoken = re.findall(rf"\s(?:{'|'.join(SPOKEN_ATTRIBUTES)})\s*=\s*[\"']([^\"']*)[\"']", text)
    shown = [re.sub(r"<[^>]*>", " ", text), *spoken]
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", " ".join(shown)))
    return [word for word in words if word not in SAME_EVERYWHERE]


@each_page
def test_every_visible_word_is_translated(path):
    assert untranslated(path.read_text()) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Save</p>", ["Save"]),
        ('<p>{% translate "Save" %}</p>', []),
        ("{% blocktranslate %}Save all{% endblocktranslate %}", []),
        ('<img alt="Map">', ["Map"]),
        ('<img alt="{% translate "Map" %}">', []),
        ("{# note #}<p>{{ name }}, 3 · &nbsp;</p>", []),
        ('<td translate="no">CC BY</td>', []),
        ('<div class="card wide" {% if big %}hidden{% endif %}></div>', []),
    ],
)
def test_the_heuristic_sees_what_a_reader_sees(source, words):
    assert untranslated(source) == words
