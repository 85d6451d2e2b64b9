"""Names of organisations as rows of word numbers: spelling evened out, legal forms taken off, usual words made one.

    "Spółdz. Soc. „Słońce” sp. z o.o. w likwidacji"  →  cooperative · social · slonce      (form: sp zoo, w likwidacji)

Everything is done on whole columns at once: a million names are one long text.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Long = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

TABLES = Path(__file__).parent / "tables"
KINDS = ("", "company", "civil")
SLOTS = 12  # words of a name that are compared; a longer name keeps its most telling ones
USUAL_SHARE, UNUSUAL_SHARE = 0.02, 0.0002  # share of names that hold a word, before any list was seen
WEIGHT_OF_PRIOR = 500.0  # … which counts like so many names
NEW_WORD = 0.1  # names of other bodies that hold a word no other name in the list holds

_LETTERS = {
    "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ŀ": "l",
    "&": " and ", "+": " and ", "№": " nr ", "€": " euro ", "@": " at ",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x",
    "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "d", "џ": "dz",
}  # fmt: skip
_GREEK_PAIRS = {"ου": "ou", "ευ": "ef", "αυ": "av", "αι": "ai", "ει": "ei", "οι": "oi", "γγ": "ng", "γκ": "gk", "μπ": "b", "ντ": "nt"}
_ELISION = re.compile(r"\b(?:l|d|dell|all|nell|sull|dall|un|qu|n|s|j|c)['’`´](?=[^\W\d_]{2})")
_APOSTROPHE = re.compile(r"['’`´]")
_LETTER_DOT = re.compile(r"\.(?=[a-z]\b)(?<=\b[a-z]\.)")
_LONE_LETTERS = re.compile(r" (?=[a-z]\b)(?<=\b[a-z] )")
_ORDINAL = re.compile(r"([0-9])(?:st|nd|rd|th|er|eme|os|as)\b")
_KEPT = bytes(ord(c) if c in "abcdefghijklmnopqrstuvwxyz0123456789\n" else 32 for c in map(chr, range(256)))


def clean(values: Sequence[str]) -> list[str]:
    """Each value in lower-case Latin letters and digits, single spaces: `"S.p.A. „Łódź” & C°"` → `"spa lodz and c"`."""
    if not values:
        return []
    text = "\n".join([" ".join(value.split()) if "\n" in value or "\r" in value else value for value in values])
    text = re.sub(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", text).lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        there = set(text)
        if there & set("αι"):
            for pair, letters in _GREEK_PAIRS.items():
                text = text.replace(pair, letters)
        if "и" in there:
            text = text.replace("ия", "ia")
        for letter in sorted(there - set(map(chr, range(128)))):
            text = text.replace(letter, _plain(letter))
    text = text.replace("&", " and ").replace("+", " and ")
    if "'" in text or "`" in text:
        lines = text.split("\n")
        text = "\n".join([_APOSTROPHE.sub("", _ELISION.sub(" ", line)) if "'" in line or "`" in line else line for line in lines])
    text = _LETTER_DOT.sub("", text)
    for pair, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):  # Müller, Mueller and Muller are one
        text = text.replace(pair, letter)
    text = text.encode("ascii", "replace").translate(_KEPT).decode("ascii")
    text = re.sub(r" {2,}", " ", text)
    text = _ORDINAL.sub(r"\1", _LONE_LETTERS.sub("", text))
    return list(map(str.strip, text.split("\n")))


def _plain(letter: str) -> str:
    """ASCII for one character of decomposed text: nothing for an accent, an apostrophe for quotation marks inside words."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return ""
    if letter in "’ʼ´`′":
        return "'"
    return " "


class Words:
    """Every word seen, numbered as it comes; the same numbers for names, towns and streets."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.text: list[str] = []

    def __len__(self) -> int:
        return len(self.text)

    def add(self, word: str) -> int:
        found = self.number.get(word)
        if found is None:
            found = self.number[word] = len(self.text)
            self.text.append(word)
        return found

    def split(self, lines: Sequence[str]) -> tuple[Ints, Ints]:
        """(word numbers, line numbers) of all lines, in reading order."""
        parts = [line.split() for line in lines]
        counts = np.fromiter(map(len, parts), np.int32, len(parts))
        flat = [word for part in parts for word in part]
        for word in sorted(set(flat).difference(self.number)):
            self.add(word)
        words = np.fromiter(map(self.number.__getitem__, flat), np.int32, len(flat))
        return words, np.repeat(np.arange(len(parts), dtype=np.int32), counts)


@dataclass(frozen=True)
class Lexicon:
    """What the tables say, as plain words: phrases of legal forms, phrases that mean one thing, marks of words."""

    forms: dict[tuple[str, ...], bool]  # phrase -> may stand anywhere (else only first or last in a name)
    kinds: dict[str, str]  # legal form, written in one -> "company" or "civil" where it is one for certain
    meanings: dict[tuple[str, ...], tuple[str, ...]]  # phrase -> the words it is replaced by; none = left out
    usual: frozenset[str]
    kind: frozenset[str]  # words for a kind of body, which one list says and another leaves out
    sibling: frozenset[str]  # words by which a body is told from its parent, its branch, its daughter


@cache
def lexicon() -> Lexicon:
    forms: dict[tuple[str, ...], bool] = {}
    kinds: dict[str, set[str]] = {}
    with (TABLES / "legal_forms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            anywhere = row["anywhere"] == "1"
            for phrase in clean(row["words"].split("|")):
                key = tuple(phrase.split())
                forms[key] = forms.get(key, False) or anywhere
                kinds.setdefault("".join(key), set()).add(row["kind"])
    meanings: dict[tuple[str, ...], tuple[str, ...]] = {}
    marked: dict[str, set[str]] = {"usual": set(), "kind": set(), "sibling": set(), "generic": set()}
    with (TABLES / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            phrases = [tuple(phrase.split()) for phrase in clean(row["words"].split("|"))]
            means = tuple(clean([row["means"].removeprefix("number ")])[0].split())
            for key in filter(None, phrases):
                if row["mark"] in ("drop", "word", "kind"):
                    meanings.setdefault(key, means)
                else:
                    marked[row["mark"]].update(meanings.get(key, key))
            if row["mark"] in ("word", "kind"):
                marked["usual"].update(means)
            if row["mark"] == "kind":
                marked["kind"].update(means)
    certain = {form: kind for form, (kind, *more) in kinds.items() if kind and not more}
    usual = frozenset(marked["usual"] | marked["generic"] | marked["sibling"])
    return Lexicon(forms, certain, meanings, usual, frozenset(marked["kind"]), frozenset(marked["sibling"]))


class _Phrases:
    """Finds phrases in a row of word numbers, all at once: one table of steps for each length."""

    def __init__(self, phrases: Iterable[tuple[str, ...]], words: Words) -> None:
        self.steps: list[dict[tuple[int, int], int]] = []
        self.ends: dict[int, tuple[str, ...]] = {}
        nodes: dict[tuple[str, ...], int] = {(): 0}
        for phrase in sorted(phrases):
            for length in range(1, len(phrase) + 1):
                part = phrase[:length]
                if part not in nodes:
                    nodes[part] = len(nodes)
                    while len(self.steps) < length:
                        self.steps.append({})
                    self.steps[length - 1][nodes[part[:-1]], words.add(part[-1])] = nodes[part]
            self.ends[nodes[phrase]] = phrase
        self.size = len(words)

    def find(self, words: Ints, lines: Ints, vocabulary: int) -> list[tuple[Long, Long]]:
        """For each length from 1: (where phrases of this length begin, their nodes)."""
        found = []
        first = np.zeros(vocabulary, np.int64)
        for (_, word), begun in self.steps[0].items():
            first[word] = begun
        at = np.flatnonzero(first[words] > 0)
        node = first[words[at]]
        is_end = np.zeros(len(self.ends) + sum(map(len, self.steps)) + 2, bool)
        is_end[list(self.ends)] = True
        for length in range(1, len(self.steps) + 1):
            ended = is_end[node]
            found.append((at[ended], node[ended]))
            if length == len(self.steps):
                break
            inside = at + length < len(words)
            at, node = at[inside], node[inside]
            inside = lines[at + length] == lines[at]
            at, node = at[inside], node[inside]
            table = self.steps[length]
            keys = np.array(sorted(a * vocabulary + b for a, b in table), np.int64)
            nodes = np.array([n for _, n in sorted((a * vocabulary + b, n) for (a, b), n in table.items())], np.int64)
            key = node * vocabulary + words[at + length]
            place = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            hit = keys[place] == key
            at, node = at[hit], nodes[place[hit]]
        return found


@dataclass
class Names:
    """Names as a table of words. `word[i]` are the words of name i in order (-1 = no more); `told[i]` their bits."""

    word: Ints  # (names, SLOTS)
    form: Ints  # (names,) what its legal form is: a place in `KINDS`; -1 = not known
    compact: list[str] = field(repr=False)  # the words of a name joined, without spaces
    told: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, SLOTS), np.float32))
    slots: list[Ints] = field(default_factory=list, repr=False)  # the columns of `word`, each in one piece
    bits: list[npt.NDArray[np.float32]] = field(default_factory=list, repr=False)  # … and of `told`
    count: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # words of each name
    length: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # letters of each name

    def weigh(self, told: npt.NDArray[np.float32]) -> None:
        """Keeps the bits of the words, and everything in the shape in which many pairs are compared."""
        self.told = told
        self.bits = [np.ascontiguousarray(told[:, slot]) for slot in range(SLOTS)]
        if not self.slots:
            self.slots = [np.ascontiguousarray(self.word[:, slot]) for slot in range(SLOTS)]
            self.count = (self.word >= 0).sum(1).astype(np.int32)
            self.length = np.fromiter(map(len, self.compact), np.int32, len(self.compact))

def _covered(length: int, starts: Long, size: int) -> Bools:
    inside = np.zeros(size + 1, np.int32)
    np.add.at(inside, starts, 1)
    np.add.at(inside, starts + length, -1)
    return np.cumsum(inside)[:size] > 0


def _take_forms(words: Ints, lines: Ints, vocabulary: Words) -> tuple[Bools, list[tuple[int, str]]]:
    """(which words belong to a legal form, (line, form) of each form found): at either end, or anywhere when it cannot be mistaken."""
    lex = lexicon()
    phrases = _Phrases(lex.forms, vocabulary)
    found = phrases.find(words, lines, len(vocabulary))
    size = len(words)
    anywhere = np.zeros(max(phrases.ends) + 1, bool)
    anywhere[[node for node, phrase in phrases.ends.items() if lex.forms[phrase]]] = True
    at = np.concatenate([starts for starts, _ in found])
    node = np.concatenate([nodes for _, nodes in found])
    end = np.concatenate([starts + length for length, (starts, _) in enumerate(found, 1)])
    order = np.lexsort((at, -(end - at)))  # longest first
    at, node, end = at[order], node[order], end[order]
    line_end = np.searchsorted(lines, lines[at], "right") if size else at
    line_start = np.searchsorted(lines, lines[at], "left") if size else at
    taken = np.zeros(size, bool)
    kept = np.zeros(len(at), bool)
    free_end, free_start = line_end.copy(), line_start.copy()
    for turn in range(5):
        for side in ("end", "start"):
            fits = ~kept & ((end == free_end) if side == "end" else (at == free_start)) & (free_start < free_end)
            _, first = np.unique(lines[at[fits]], return_index=True)
            chosen = np.flatnonzero(fits)[first]
            if not len(chosen):
                continue
            kept[chosen] = True
            by_line = dict(zip(lines[at[chosen]].tolist(), chosen.tolist(), strict=True))
            edge = np.full(int(lines[-1]) + 1, -1, np.int64)
            edge[list(by_line)] = [at[i] if side == "end" else end[i] for i in by_line.values()]
            moved = edge[lines[at]]
            if side == "end":
                free_end = np.where(moved >= 0, moved, free_end)
            else:
                free_start = np.where(moved >= 0, moved, free_start)
        if turn == 0:  # inside: only what cannot be mistaken
            kept |= anywhere[node] & (at >= free_start) & (end <= free_end)
    span = end - at
    for length in np.unique(span[kept]).tolist():
        taken |= _covered(length, at[kept & (span == length)], size)
    whole = np.bincount(lines, minlength=(int(lines[-1]) + 1) if size else 0) if size else np.zeros(0, np.int64)
    left = np.bincount(lines[~taken], minlength=len(whole))
    empty = (whole > 0) & (left == 0)
    if size:
        taken &= ~empty[lines]
    return taken, [(int(lines[at[i]]), "".join(phrases.ends[int(node[i])])) for i in np.flatnonzero(kept).tolist()]


def _replace(words: Ints, lines: Ints, vocabulary: Words) -> tuple[Ints, Ints]:
    """Usual phrases made one: the longest that begins at a word wins, then reading goes on behind it."""
    lex = lexicon()
    phrases = _Phrases(lex.meanings, vocabulary)
    means = {node: [vocabulary.add(word) for word in lex.meanings[phrase]] for node, phrase in phrases.ends.items()}
    found = phrases.find(words, lines, len(vocabulary))
    size = len(words)
    node_at, length_at = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    for length, (starts, nodes) in enumerate(found, 1):
        node_at[starts], length_at[starts] = nodes, length
    starts = np.flatnonzero(node_at >= 0)
    reach = np.concatenate(([0], np.maximum.accumulate(starts + length_at[starts])[:-1])) if len(starts) else starts
    starts = starts[starts >= reach]
    count = np.ones(size, np.int64)
    for length in np.unique(length_at[starts]).tolist():
        count[_covered(length, starts[length_at[starts] == length], size)] = 0
    sizes = np.zeros(max(means, default=0) + 1, np.int64)
    sizes[list(means)] = [len(m) for m in means.values()]
    count[starts] = sizes[node_at[starts]]
    left = np.bincount(lines, count, minlength=(int(lines[-1]) + 1) if size else 0)
    spared = left[lines] == 0  # a name of nothing but left-out words keeps them
    count[spared] = 1
    starts = starts[~spared[starts]]
    target = np.concatenate(([0], np.cumsum(count)))
    out, out_lines = np.repeat(words, count), np.repeat(lines, count)
    for place in range(3):
        has = starts[sizes[node_at[starts]] > place]
        nth = np.zeros(len(sizes), np.int32)
        nth[list(means)] = [m[place] if len(m) > place else -1 for m in means.values()]
        out[target[has] + place] = nth[node_at[has]]
    return out, out_lines


def read(values: Sequence[str], vocabulary: Words) -> Names:
    """The names, one row each; equal values are read once."""
    codes = {value: code for code, value in enumerate(dict.fromkeys(values))}
    row = np.fromiter(map(codes.__getitem__, values), np.int64, len(values))
    distinct = _read_distinct(list(codes), vocabulary)
    return Names(word=distinct.word[row], form=distinct.form[row], compact=[distinct.compact[i] for i in row.tolist()])


def _read_distinct(values: list[str], vocabulary: Words) -> Names:
    words, line = vocabulary.split(clean(values))
    size = len(values)
    form = np.full(size, -1, np.int32)
    if not len(words):
        return Names(np.full((size, SLOTS), -1, np.int32), form, [""] * size)
    taken, forms = _take_forms(words, line, vocabulary)
    for at, written in forms:
        kind = KINDS.index(lexicon().kinds.get(written, ""))
        form[at] = kind if form[at] in (-1, kind) and kind else form[at] if not kind else 0
    form[form == 0] = -1
    words, line = _replace(words[~taken], line[~taken], vocabulary)
    # each word once a name, in reading order
    order = np.lexsort((np.arange(len(words)), words, line))
    again = np.concatenate(([False], (words[order][1:] == words[order][:-1]) & (line[order][1:] == line[order][:-1])))
    keep = np.ones(len(words), bool)
    keep[order[again]] = False
    words, line = words[keep], line[keep]
    slot = np.arange(len(words)) - np.searchsorted(line, line)
    table = np.full((size, SLOTS), -1, np.int32)
    inside = slot < SLOTS
    table[line[inside], slot[inside]] = words[inside]
    texts = [vocabulary.text[word] for word in words.tolist()]
    bounds = np.searchsorted(line, np.arange(size + 1)).tolist()
    return Names(table, form, ["".join(texts[a:b]) for a, b in pairwise(bounds)])


def told(names: Names, vocabulary: Words, weight: Floats) -> tuple[npt.NDArray[np.float32], Floats]:
    """(bits each word of each name tells, how many names hold each word).

    A word tells −log2 of how often it comes: in the list, or, when that is more often, behind the word before it (in
    "Ochotnicza Straż Pożarna" only the first word tells anything). `weight` is what a name counts: one of twenty copies
    counts a twentieth. Names too few to judge by are helped by what is usual anywhere.
    """
    size, word = len(vocabulary), names.word
    there = word >= 0
    if not there.any():
        return np.zeros(word.shape, np.float32), np.zeros(size)
    full = np.broadcast_to(weight[:, None], word.shape)
    count = np.bincount(word[there], full[there], minlength=size)
    total = float(weight.sum())
    usual = np.full(size, UNUSUAL_SHARE)
    lex = lexicon()
    usual[[vocabulary.number[w] for w in lex.usual if w in vocabulary.number]] = USUAL_SHARE
    elsewhere = np.maximum(count - 1.0, 0.0) + NEW_WORD
    share = np.minimum((elsewhere + WEIGHT_OF_PRIOR * usual) / (total + WEIGHT_OF_PRIOR), 0.9)
    before, here = word[:, :-1], word[:, 1:]
    both = here >= 0
    key = before[both].astype(np.int64) * size + here[both]
    keys, place = np.unique(key, return_inverse=True)
    pairs = np.bincount(place, full[:, 1:][both], minlength=len(keys))
    behind = np.maximum(pairs - 2.0, 0.0)[place]  # the name itself and its partner do not count
    conditional = (behind + 2.0 * share[here[both]]) / (count[before[both]] + 2.0)
    chance = np.where(there, share[np.where(there, word, 0)], 1.0)
    inner = chance[:, 1:]
    inner[both] = np.maximum(inner[both], np.minimum(conditional, 0.95))
    return (-np.log2(chance)).astype(np.float32), np.asarray(count, float)
