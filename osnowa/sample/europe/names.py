"""Names in the languages of Europe, as registers write them: with their own letters, repeated, now and then misspelt."""

import csv
from functools import cache
from random import Random

from osnowa.sample.europe.places import TABLES

Words = dict[str, list[str]]


@cache
def words() -> dict[str, Words]:
    """{language: {kind of word: words}} of `tables/europe_words.csv`."""
    with (TABLES / "europe_words.csv").open(encoding="utf-8") as file:
        return {row.pop("language"): {kind: cell.split("|") for kind, cell in row.items()} for row in csv.DictReader(file)}


def _marked(own: Words, proper: str) -> str:
    marks = own["quotes"][0]
    return f"{marks[:1]}{proper}{marks[-1:]}" if marks else proper


def compose(dice: Random, language: str, sort: str, place: str) -> str:
    """A name of a sort of organisation (association, cooperative …): with a theme, a proper name, a place, or several of them."""
    own = words()[language]
    title, proper = dice.choice(own[sort]), dice.choice(own["proper"])
    shape = dice.random()
    if sort == "association":
        if shape < 0.5:
            return f"{title} {dice.choice(own['theme'])} {place}"
        if shape < 0.75:
            return f"{title} {_marked(own, proper)} {place}"
        return f"{title} {dice.choice(own['theme'])} {_marked(own, proper)}"
    if shape < 0.6:
        return f"{title} {_marked(own, proper)}"
    return f"{title} {_marked(own, proper)} {place}"


def shelter(dice: Random, language: str, place: str) -> str:
    """The name of a shelter."""
    own = words()[language]
    return f"{own['shelter'][0]} {_marked(own, dice.choice(own['proper']))} {place}"


def street(dice: Random, language: str) -> str:
    """A street with a number; the number stands first in French."""
    name, number = dice.choice(words()[language]["street"]), dice.randrange(1, 140)
    return f"{number} {name}" if language == "fr" else f"{name} {number}"


def misspelt(dice: Random, name: str) -> str:
    """The name as somebody typed it wrongly: shouted, two letters changed over, one left out or doubled."""
    how = dice.random()
    if how < 0.5:
        return name.upper()
    at = dice.randrange(1, max(2, len(name) - 1))
    if how < 0.7:
        return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
    return name[:at] + name[at + 1 :] if how < 0.85 else name[:at] + name[at - 1] + name[at:]
