"""Linked statements written two ways: as Turtle and as JSON-LD."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "ess": "http://purl.org/essglobal/vocab/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": RDF,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing named by an address, or by a name of this file alone when it begins with `_:`."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A value: plain text, text in a language, or a value of an XSD type such as `date`."""

    text: str
    language: str = ""
    kind: str = ""


Thing = Iri | Text
Statement = tuple[Iri, str, Thing]


def iri(short: str) -> str:
    """The whole address of a prefixed name; an address stays."""
    before, colon, after = short.partition(":")
    return PREFIXES[before] + after if colon and before in PREFIXES else short


def about(subject: Iri, kind: str, /, **said: Iterable[Thing] | Thing) -> list[Statement]:
    """What is said of one thing: `dct_title=[…]` stands for `dct:title`; its type comes first."""
    found: list[Statement] = [(subject, "rdf:type", Iri(iri(kind)))]
    for name, things in said.items():
        several = [things] if isinstance(things, Iri | Text) else things
        found += [(subject, name.replace("_", ":", 1), thing) for thing in several]
    return found


def in_languages(labels: Mapping[str, str]) -> list[Text]:
    """The same words in each language that has them."""
    return [Text(words, language) for language, words in sorted(labels.items()) if words]


_ILLEGAL = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def _turtle(thing: Thing) -> str:
    if isinstance(thing, Iri):
        if thing.text.startswith("_:"):
            return thing.text
        return f"<{_ILLEGAL.sub(lambda sign: f'%{ord(sign.group()):02X}', thing.text)}>"
    quoted = json.dumps(thing.text, ensure_ascii=False)
    if thing.language:
        return f"{quoted}@{thing.language}"
    return f"{quoted}^^xsd:{thing.kind}" if thing.kind else quoted


def _by_subject(statements: Iterable[Statement]) -> dict[str, dict[str, list[Thing]]]:
    found: dict[str, dict[str, list[Thing]]] = {}
    for subject, name, thing in statements:
        found.setdefault(subject.text, {}).setdefault(name, []).append(thing)
    return found


def as_turtle(statements: Iterable[Statement]) -> str:
    """The statements as Turtle, one block a subject in the order given."""
    lines = [f"@prefix {short}: <{whole}> ." for short, whole in PREFIXES.items()]
    for subject, said in _by_subject(statements).items():
        parts = [f"{'a' if name == 'rdf:type' else name} {', '.join(map(_turtle, things))}" for name, things in said.items()]
        lines += ["", f"{_turtle(Iri(subject))} " + " ;\n    ".join(parts) + " ."]
    return "\n".join(lines) + "\n"


def _json(name: str, thing: Thing) -> Any:
    if isinstance(thing, Iri):
        return thing.text if name == "rdf:type" else {"@id": thing.text}
    if thing.language:
        return {"@value": thing.text, "@language": thing.language}
    return {"@value": thing.text, "@type": iri(f"xsd:{thing.kind}")} if thing.kind else thing.text


def as_jsonld(statements: Iterable[Statement]) -> dict[str, Any]:
    """The statements as one JSON-LD document that carries its own context."""
    graph = [
        {"@id": subject, **{"@type" if name == "rdf:type" else name: [_json(name, one) for one in things] for name, things in said.items()}}
        for subject, said in _by_subject(statements).items()
    ]
    return {"@context": dict(PREFIXES), "@graph": graph}
