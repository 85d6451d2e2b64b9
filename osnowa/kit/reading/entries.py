"""Entries that repeat on a page without being a table: a heading and lines of "Label: value", again and again.

The page is taken as lines. Where lines of one kind (the same heading tag, bold lines, one label) stand at the same place of the
page's structure, they begin entries; the labels that come back from entry to entry are the columns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from osnowa.kit.reading.markup import BLOCKS, HEADINGS, Element, squeeze

FEWEST = 2  # entries
MOST_LINES = 60_000  # a page of more lines was not written by hand, and has its entries in a table
MOST_COLUMNS = 100
_LONGEST_LABEL = 80
_LONGEST_HEAD = 250
_HEAD_TAGS = frozenset({*HEADINGS, "dt", "summary", "legend", "caption"})
_PLAIN_LABEL = re.compile(r"([^\W\d][^:\n]{0,60}?)\s*:(?!//)(?:\s+|$)(.*)", re.DOTALL)
_NUMBER_AT_END = re.compile(r"(.*\S)\s*[(\[]\s*([\w./\\ -]{3,24})\s*[)\]]", re.DOTALL)


@dataclass(eq=False)
class Line:
    """One line of text as a reader sees it, with what its shape says."""

    text: str
    path: tuple[int, ...]  # the elements it stands in, from the page down, as numbers
    kind: str  # where it stands: tags from the page down, and how it is written
    rank: int  # 1..6 for headings, 7 for bold lines and dt, 9 for others
    strong: str  # the bold text it begins with
    label: str = ""
    value: str = ""
    under: Line | None = None  # the line that its list stands under


@dataclass
class Entry:
    """A head and what belongs to it: values by label, lines without a label, in order."""

    head: str
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    loose: list[str] = field(default_factory=list)


def sheets(root: Element) -> Iterator[tuple[str, list[list[str | None]]]]:
    """(name, rows) of the lists of entries on a page, the heading row first; the surest list first."""
    lines = _Lines(root).lines
    if len(lines) > MOST_LINES:
        return
    _find_labels(lines)
    taken: set[int] = set()
    found = sorted(_groups(lines), key=lambda group: (-group[0], group[1][0]))
    for _score, numbers, entries in found:
        if taken.isdisjoint(numbers):
            taken.update(numbers)
            yield _name(lines, numbers[0]), _rows(entries)


class _Lines:
    """Walks a page and notes its lines."""

    def __init__(self, root: Element) -> None:
        self.lines: list[Line] = []
        self._pieces: list[tuple[str, bool]] = []
        self._numbers = 0
        self._walk(root, (), "", 9, is_strong=False, under=None)
        self._break((), "", 9, None, None)

    def _walk(self, element: Element, path: tuple[int, ...], tags: str, rank: int, *, is_strong: bool, under: Line | None) -> Line | None:
        """Notes the lines of an element; gives its first own line, which lists within stand under."""
        first: Line | None = None
        for part in element.parts:
            if isinstance(part, str):
                self._pieces.append((part, is_strong))
            elif part.tag == "br":
                first = self._break(path, tags, rank, under, first)
            elif part.is_hidden or part.tag == "table" or len(self.lines) > MOST_LINES:
                continue
            elif part.tag not in BLOCKS:
                self._walk(part, path, tags, rank, is_strong=is_strong or part.is_strong, under=under)  # within the same lines
            else:
                first = self._break(path, tags, rank, under, first)
                self._numbers += 1
                below = 7 if part.tag in _HEAD_TAGS else rank
                below = HEADINGS.index(part.tag) + 1 if part.tag in HEADINGS else below
                inside = first if part.tag in ("ul", "ol", "dl") and element.tag in ("li", "dd") and first is not None else under
                self._walk(part, (*path, self._numbers), f"{tags}/{part.tag}", below, is_strong=is_strong or part.is_strong, under=inside)
        if element.tag in BLOCKS or not element.tag:
            first = self._break(path, tags, rank, under, first)
        return first

    def _break(self, path: tuple[int, ...], tags: str, rank: int, under: Line | None, first: Line | None) -> Line | None:
        """Ends the line that was being gathered, if it has a text; gives the first line of its element so far."""
        if not self._pieces:
            return first
        pieces, self._pieces = self._pieces, []
        text = squeeze("".join(piece for piece, _strong in pieces).replace("\n", " ").replace("\r", " "))
        if not text:
            return first
        bold: list[str] = []
        for piece, strong in pieces:
            if piece.strip() and not strong:
                break
            bold.append(piece)
        strong_text = squeeze("".join(bold).replace("\n", " "))
        is_whole = strong_text == text
        tag = tags.rpartition("/")[2]
        if rank == 9 and is_whole:
            rank = 7
        line = Line(text, path, f"{tags} {'bold' if is_whole and tag not in _HEAD_TAGS else ''}".strip(), rank, strong_text, under=under)
        if tag == "dt":
            line.label = text.rstrip(": ")
        self.lines.append(line)
        return first or line


def _find_labels(lines: list[Line]) -> None:
    """Which lines begin with a label: bold before a colon, or a few words before a colon that come back on the page."""
    plain = Counter(found[1].casefold() for line in lines if (found := _PLAIN_LABEL.fullmatch(line.text)))
    bold = Counter(line.strong.casefold() for line in lines if line.strong != line.text)
    before: Line | None = None
    for line in lines:
        if line.rank < 7:
            before = None
            continue
        if line.kind.endswith("/dd") and before is not None and before.kind.endswith("/dt") and before.path[:-1] == line.path[:-1]:
            line.label, line.value = before.label, line.text
            continue
        if not line.label:
            _label(line, plain, bold)
        before = line


def _label(line: Line, plain: Counter[str], bold: Counter[str]) -> None:
    rest = line.text[len(line.strong) :].strip()
    if line.strong and len(line.strong) <= _LONGEST_LABEL and (line.strong.endswith(":") or rest.startswith(":")):
        line.label, line.value = line.strong.rstrip(": "), rest.lstrip(": ")
    elif line.strong and rest and len(line.strong) <= _LONGEST_LABEL and bold[line.strong.casefold()] >= FEWEST and line.strong[0].isalpha():
        line.label, line.value = line.strong, rest
    elif (found := _PLAIN_LABEL.fullmatch(line.text)) and plain[found[1].casefold()] >= FEWEST and len(found[1].split()) <= 8:
        line.label, line.value = found[1], found[2].strip()


def _groups(lines: list[Line]) -> Iterator[tuple[float, range, list[Entry]]]:
    """(score, the lines it spans, its entries) for every kind of line that may begin entries."""
    heads: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.label and not line.kind.endswith("/dt"):
            if line.under is not None:
                continue
            heads[f"label {line.label.casefold()} {line.kind}"].append(number)
        elif line.rank < 9 and len(line.text) <= _LONGEST_HEAD:
            heads[line.kind].append(number)
    labels = sorted((kind for kind in heads if kind.startswith("label ")), key=lambda kind: (-len(heads[kind]), heads[kind][0]))
    kinds = [kind for kind in heads if not kind.startswith("label ")] + labels[:3]
    for kind in kinds:
        if len(heads[kind]) >= FEWEST and (group := _group(lines, heads[kind], is_label=kind.startswith("label "))) is not None:
            yield group


def _group(lines: list[Line], heads: list[int], *, is_label: bool) -> tuple[float, range, list[Entry]] | None:
    shared = _shared([lines[number].path for number in heads])
    ends = [*heads[1:], len(lines)]
    spans = [range(begin, _end(lines, begin, end, shared)) for begin, end in zip(heads, ends, strict=True)]
    spans[-1] = _alike(lines, spans)
    entries = [_entry([lines[number] for number in span], is_label=is_label) for span in spans]
    within = Counter(label for entry in entries for label in entry.values)
    often = {label for label, times in within.items() if times >= FEWEST}
    labelled = [entry for entry in entries if not often.isdisjoint(entry.values)]
    if len(labelled) < FEWEST or len(labelled) < len(entries) / 2 or (is_label and len(often) < 2):
        return None
    if len(entries) > len(labelled):
        spans = [span for span, entry in zip(spans, entries, strict=True) if not often.isdisjoint(entry.values)]
    usual = sorted(len(entry.loose) for entry in labelled[:-1])[-1]
    labelled[-1].loose = labelled[-1].loose[:usual]  # what follows the list is not part of its last entry
    count = sum(times for label, times in within.items() if label in often)
    again = sum(len(values) - 1 for entry in labelled for label, values in entry.values.items() if " › " not in label)
    doubts = again + sum(0.1 * len(entry.loose) + 0.5 * is_label for entry in labelled)
    return count - doubts, range(spans[0].start, spans[-1].stop), labelled


def _shared(paths: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The innermost element that all stand in."""
    first, last = min(paths), max(paths)
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), min(len(first), len(last)))
    return first[:length]


def _end(lines: list[Line], begin: int, end: int, shared: tuple[int, ...]) -> int:
    """Where an entry ends: at the next one, at a higher heading, or where the page goes on outside what they share."""
    for number in range(begin + 1, end):
        line = lines[number]
        if line.path[: len(shared)] != shared or line.rank < min(lines[begin].rank, 7):
            return number
    return end


def _alike(lines: list[Line], spans: list[range]) -> range:
    """The last entry, ended where the page goes farther from its head than it does in the entries before."""

    def nearness(head: int, number: int) -> int:
        return len(_shared([lines[head].path, lines[number].path]))

    usual = min((nearness(span.start, number) for span in spans[:-1] for number in span), default=0)
    last = spans[-1]
    return range(last.start, next((number for number in last if nearness(last.start, number) < usual), last.stop))


def _entry(lines: list[Line], *, is_label: bool) -> Entry:
    head, rest = ("", lines) if is_label else (lines[0].text, lines[1:])
    entry = Entry(head)
    parents = {id(line.under) for line in rest if line.under is not None}
    waiting: Line | None = None  # a label whose value is on the next line
    for line in rest:
        above = line.under if line.under is not None and line.under is not lines[0] else None
        prefix = f"{above.label or above.text} › " if above is not None else ""
        if line.kind.endswith("/dt"):
            waiting = None
        elif line.label:
            if line.value:
                entry.values[prefix + line.label].append(line.value)
            waiting = line if not line.value and id(line) not in parents else None
        elif id(line) in parents:
            waiting = None
        elif prefix:
            entry.values[prefix.removesuffix(" › ")].append(line.text)
        elif waiting is not None:
            entry.values[waiting.label].append(line.text)
        else:
            entry.loose.append(line.text)
    return entry


def _rows(entries: list[Entry]) -> list[list[str | None]]:
    """Heading row and entries: name, number (where names end with one in brackets), lines without a label, labels."""
    heads = [_NUMBER_AT_END.fullmatch(entry.head) for entry in entries]
    numbered = [bool(found and re.search(r"\d", found[2])) for found in heads]
    has_numbers = sum(numbered) >= max(FEWEST, 0.5 * len(entries))
    loose = max(len(entry.loose) for entry in entries)
    labels = _in_order(entries)
    has_names = any(entry.head for entry in entries)
    top: list[str | None] = [*(["name"] if has_names else []), *(["number"] if has_numbers else [])]
    rows = [[*top, *(f"line {number}" for number in range(1, loose + 1)), *labels]]
    for entry, found, is_numbered in zip(entries, heads, numbered, strict=True):
        row: list[str | None] = []
        splits = has_numbers and is_numbered and found is not None
        if has_names:
            row.append(found[1] if splits and found else entry.head)
        if has_numbers:
            row.append(found[2].strip() if splits and found else None)
        row += [*entry.loose, *([None] * (loose - len(entry.loose)))]
        row += ["; ".join(entry.values[label]) if label in entry.values else None for label in labels]
        rows.append(row)
    return rows


def _in_order(entries: list[Entry]) -> list[str]:
    """All labels, each where it usually stands. Labels that differ in case only are one."""
    places: dict[str, list[float]] = defaultdict(list)
    spellings: dict[str, str] = {}
    for entry in entries:
        for place, label in enumerate(list(entry.values)):
            known = spellings.setdefault(label.casefold(), label)
            if known != label:
                entry.values.setdefault(known, []).extend(entry.values.pop(label))
            places[known].append(place / len(entry.values))
    return sorted(places, key=lambda label: sum(places[label]) / len(places[label]))[:MOST_COLUMNS]


def _name(lines: list[Line], first: int) -> str:
    """The heading above the list, of a higher rank than its own heads."""
    for line in reversed(lines[max(0, first - 200) : first]):
        if line.rank < min(lines[first].rank, 7):
            return line.text
    return ""
