"""The door to the two full-text engines: SQLite FTS5 and PostgreSQL tsvector.

Both keep the same line of words for an organisation and are asked the same question, so they find the same. PostgreSQL
keeps the lines in `register_search_row`. SQLite keeps there only those written anew since the index was last built, with
a small full-text table over them (triggers keep it true); all others stand without their text in `register_search_told`,
where a line is never changed, which keeps 2.8 million organisations in some hundred megabytes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

ROWS, TOLD, ANEW, VOCABULARY = "register_search_row", "register_search_told", "register_search_anew", "register_search_word"
_TOKENS = "columnsize=0, detail=none, tokenize=\"ascii tokenchars '_'\""

SQLITE = (
    f"CREATE TABLE {ROWS} (organisation INTEGER PRIMARY KEY, words TEXT NOT NULL)",
    f"CREATE VIRTUAL TABLE {ANEW} USING fts5(words, content='{ROWS}', content_rowid='organisation', {_TOKENS})",
    f"CREATE VIRTUAL TABLE {TOLD} USING fts5(words, content='', {_TOKENS})",
    f"""CREATE TRIGGER {ROWS}_added AFTER INSERT ON {ROWS} BEGIN
        INSERT INTO {ANEW}(rowid, words) VALUES (new.organisation, new.words); END""",
    f"""CREATE TRIGGER {ROWS}_removed AFTER DELETE ON {ROWS} BEGIN
        INSERT INTO {ANEW}({ANEW}, rowid, words) VALUES ('delete', old.organisation, old.words); END""",
    f"""CREATE TRIGGER {ROWS}_changed AFTER UPDATE ON {ROWS} BEGIN
        INSERT INTO {ANEW}({ANEW}, rowid, words) VALUES ('delete', old.organisation, old.words);
        INSERT INTO {ANEW}(rowid, words) VALUES (new.organisation, new.words); END""",
    f"""CREATE TABLE {VOCABULARY} (id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL UNIQUE, spelt TEXT NOT NULL,
        organisations INTEGER NOT NULL)""",
)
POSTGRESQL = (
    f"CREATE TABLE {ROWS} (organisation bigint PRIMARY KEY, words tsvector NOT NULL)",
    f"CREATE INDEX {ROWS}_words ON {ROWS} USING gin (words)",
    f"""CREATE TABLE {VOCABULARY} (id bigserial PRIMARY KEY, word varchar(60) COLLATE "C" NOT NULL UNIQUE,
        spelt varchar(60) NOT NULL, organisations integer NOT NULL)""",
)


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


# --- the question -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Term:
    """A word or sign to be found, or what one begins with."""

    text: str
    begins: bool = False


#: Every group must be found, by any of its terms.
Question = tuple[tuple[Term, ...], ...]


def as_text(question: Question) -> str:
    """The question as the engine at hand reads it; words are letters, digits and lines, so nothing needs escaping."""
    if is_sqlite():
        return " AND ".join("(" + " OR ".join(f'"{t.text}"' + ("*" if t.begins else "") for t in group) + ")" for group in question)
    return " & ".join("(" + " | ".join(f"'{t.text}'" + (":*" if t.begins else "") for t in group) + ")" for group in question)


def _sources(question: Question) -> list[tuple[str, str, str, list[str]]]:
    """(table, column of the key, condition, its words) of each place where the answer stands."""
    text = as_text(question)
    if not is_sqlite():
        return [(ROWS, "organisation", f"{ROWS}.words @@ %s::tsquery", [text])]
    not_anew = f"NOT EXISTS (SELECT 1 FROM {ROWS} WHERE {ROWS}.organisation = {TOLD}.rowid)"
    return [(TOLD, "rowid", f"{TOLD} MATCH %s AND {not_anew}", [text]), (ANEW, "rowid", f"{ANEW} MATCH %s", [text])]


class Seen:
    """The organisations one may find, as a condition on a key; made once for all questions of a search."""

    def __init__(self, organisations: QuerySet[Any]) -> None:
        self.is_nothing = False
        try:
            self.sql, self.words = organisations.order_by().values_list("pk").query.sql_with_params()
        except EmptyResultSet:
            self.is_nothing = True

    def fitting(self, question: Question, most: int) -> tuple[str, list[Any]]:
        """(statement, its words) for the lowest keys in each source, all in one statement."""
        parts: list[str] = []
        words: list[Any] = []
        within = f"{self.sql} {'AND' if ' WHERE ' in self.sql else 'WHERE'} register_organisation.id"
        for table, key, condition, own in _sources(question):
            sql = f"SELECT {table}.{key} AS key FROM {table} WHERE {condition} AND EXISTS ({within} = {table}.{key}) ORDER BY {table}.{key} LIMIT {int(most)}"
            parts.append(f"SELECT * FROM ({sql}) AS keys")
            words += [*own, *self.words]
        return " UNION ALL ".join(parts), words


def first_of(seen: Seen, question: Question, most: int) -> list[int]:
    """The keys of those seen that fit, the lowest `most` of them, in order."""
    if seen.is_nothing:
        return []
    sql, words = seen.fitting(question, most)
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        return sorted(row[0] for row in cursor.fetchall())[:most]


def count_of(seen: Seen, question: Question, most: int) -> int:
    """How many of those seen fit; no more than `most` are counted."""
    if seen.is_nothing:
        return 0
    sql, words = seen.fitting(question, most)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS found", words)
        return min(most, int(cursor.fetchone()[0]))


def keys_of(question: Question) -> RawSQL:
    """All that fit, as a subquery of keys."""
    parts = _sources(question)
    sql = " UNION ALL ".join(f"SELECT {table}.{key} FROM {table} WHERE {condition}" for table, key, condition, _words in parts)
    return RawSQL(sql, [word for *_rest, words in parts for word in words])


# --- writing ----------------------------------------------------------------------------------------------------


def write(lines: Sequence[tuple[int, str]], *, are_new: bool) -> None:
    """Keeps the lines of organisations; `are_new` promises that none of them was ever in the index."""
    if not lines:
        return
    with connection.cursor() as cursor:
        if is_sqlite() and are_new:
            cursor.executemany(f"INSERT INTO {TOLD}(rowid, words) VALUES (%s, %s)", lines)
        elif is_sqlite():
            cursor.executemany(
                f"INSERT INTO {ROWS}(organisation, words) VALUES (%s, %s) "
                "ON CONFLICT (organisation) DO UPDATE SET words = excluded.words WHERE words <> excluded.words",
                lines,
            )
        else:
            cursor.execute(
                f"INSERT INTO {ROWS}(organisation, words) SELECT key, line::tsvector FROM unnest(%s::bigint[], %s::text[]) AS l(key, line) "
                f"ON CONFLICT (organisation) DO UPDATE SET words = excluded.words WHERE {ROWS}.words <> excluded.words",
                [[key for key, _line in lines], [line for _key, line in lines]],
            )


def learn(words: Iterable[tuple[str, str, int]]) -> None:
    """Adds (word, how it is written, in how many organisations more) to the vocabulary."""
    rows = sorted(words)
    if not rows:
        return
    more = f"ON CONFLICT (word) DO UPDATE SET organisations = {VOCABULARY}.organisations + excluded.organisations WHERE excluded.organisations > 0"
    with connection.cursor() as cursor:
        if is_sqlite():
            cursor.executemany(f"INSERT INTO {VOCABULARY}(word, spelt, organisations) VALUES (%s, %s, %s) {more}", rows)
        else:
            cursor.execute(
                f"INSERT INTO {VOCABULARY}(word, spelt, organisations) SELECT * FROM unnest(%s::text[], %s::text[], %s::int[]) {more}",
                [list(column) for column in zip(*rows, strict=True)],
            )


def empty() -> None:
    """Forgets everything."""
    with connection.cursor() as cursor:
        if is_sqlite():
            cursor.execute(f"INSERT INTO {TOLD}({TOLD}) VALUES ('delete-all')")
            cursor.execute(f"INSERT INTO {ANEW}({ANEW}) VALUES ('delete-all')")
            cursor.execute(f"DROP TRIGGER {ROWS}_removed")
        cursor.execute(f"DELETE FROM {ROWS}")
        if is_sqlite():
            cursor.execute(next(statement for statement in SQLITE if f"{ROWS}_removed" in statement))
        cursor.execute(f"DELETE FROM {VOCABULARY}")


# --- the vocabulary ---------------------------------------------------------------------------------------------


def state_of_vocabulary() -> tuple[Any, ...]:
    """Changes whenever a word is added or the vocabulary is built anew; two look-ups by key."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT min(id) FROM {VOCABULARY}), id, word FROM {VOCABULARY} ORDER BY id DESC LIMIT 1"
        )
        return tuple(cursor.fetchone() or (0, 0, ""))


def words_from(key: int) -> list[str]:
    """The words from a key on, in the order they were learned."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word FROM {VOCABULARY} WHERE id >= %s ORDER BY id", [key])
        return [word for (word,) in cursor.fetchall()]


def known(words: Iterable[str]) -> dict[str, tuple[str, int]]:
    """{folded word: (how it is written, in how many organisations)} of those the vocabulary has."""
    wanted = sorted(set(words))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word, spelt, organisations FROM {VOCABULARY} WHERE word IN ({', '.join(['%s'] * len(wanted))})", wanted)
        return {word: (spelt, organisations) for word, spelt, organisations in cursor.fetchall()}


def words_that_begin(beginning: str, most: int) -> list[tuple[str, int]]:
    """The most frequent words that begin so, with how many organisations bear each; one more than `most` where there are more."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word, organisations FROM {VOCABULARY} WHERE word >= %s AND word < %s ORDER BY organisations DESC, word LIMIT %s",
            [beginning, beginning + "~", most + 1],
        )
        return list(cursor.fetchall())
