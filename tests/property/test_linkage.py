"""Laws of linkage: the order of rows and columns changes nothing, either list may come first, a cluster has one number."""

import random

from hypothesis import given, settings
from hypothesis import strategies as some

from osnowa.compute.linkage import Links, Records, clusters, dedupe, link

WORDS = ("Zielona", "Kuchnia", "Fundacja", "Alfa", "Beta", "Słońce", "Koło", "nr", "2", "3", "Park", "Krąg", "Dom", "Pralnia", "Razem", "Ltd")
TOWNS = ("Gdańsk", "Gdansk", "Sopot", "Celje", "")
names = some.lists(some.sampled_from(WORDS), min_size=0, max_size=4).map(" ".join)
rows = some.tuples(names, some.sampled_from(TOWNS), some.sampled_from(("", "5260001246", "1234563218", "7251801126")), some.sampled_from(("", "80-001", "81-700")))
lists = some.lists(rows, min_size=0, max_size=12)
ROLES = ("name", "locality", "number:PL-NIP", "postcode")

Found = list[tuple[tuple[str, ...], tuple[str, ...], float, bool]]


def records(table: list[tuple[str, ...]], roles: tuple[str, ...] = ROLES) -> Records:
    columns = {role: [row[ROLES.index(role)] for row in table] for role in roles}
    return Records(columns)


def said(links: Links, a: list[tuple[str, ...]], b: list[tuple[str, ...]]) -> Found:
    """The links by what the rows say, whatever their places."""
    return sorted((a[x], b[y], float(score), bool(sure)) for x, y, score, sure in zip(links.a, links.b, links.score, links.sure, strict=True))


@settings(max_examples=60, deadline=None)
@given(lists, lists, some.randoms())
def test_order_of_rows_and_columns_changes_no_link(a: list[tuple[str, ...]], b: list[tuple[str, ...]], chance: random.Random) -> None:
    before = said(link(records(a), records(b)), a, b)
    mixed_a, mixed_b, roles = chance.sample(a, len(a)), chance.sample(b, len(b)), tuple(chance.sample(ROLES, len(ROLES)))
    assert said(link(records(mixed_a, roles), records(mixed_b, roles)), mixed_a, mixed_b) == before


@settings(max_examples=60, deadline=None)
@given(lists, some.randoms())
def test_order_of_rows_changes_no_pair_of_copies(a: list[tuple[str, ...]], chance: random.Random) -> None:
    mixed = chance.sample(a, len(a))

    def pairs(table: list[tuple[str, ...]]) -> list[tuple[list[tuple[str, ...]], float]]:
        links = dedupe(records(table))
        return sorted((sorted((table[x], table[y])), float(score)) for x, y, score in zip(links.a, links.b, links.score, strict=True))

    assert pairs(mixed) == pairs(a)


@settings(max_examples=60, deadline=None)
@given(lists, lists)
def test_either_list_may_come_first(a: list[tuple[str, ...]], b: list[tuple[str, ...]]) -> None:
    there = said(link(records(a), records(b), best=False), a, b)
    back = link(records(b), records(a), best=False)
    assert sorted((y, x, score, sure) for x, y, score, sure in said(back, b, a)) == there


@settings(max_examples=60, deadline=None)
@given(lists)
def test_cluster_never_holds_two_numbers(a: list[tuple[str, ...]]) -> None:
    table = records(a)
    cluster = clusters(len(a), dedupe(table), table)
    held: dict[int, set[str]] = {}
    for row, number in zip(cluster.tolist(), table.columns["number:PL-NIP"], strict=True):
        held.setdefault(row, set()).update({number} - {""})
    assert all(len(numbers) <= 1 for numbers in held.values())


@settings(max_examples=60, deadline=None)
@given(lists, lists)
def test_each_row_has_at_most_one_best_row(a: list[tuple[str, ...]], b: list[tuple[str, ...]]) -> None:
    links = link(records(a), records(b))
    assert len(set(links.a.tolist())) == len(links)
    assert ((links.score >= 0.5) & (links.score <= 1.0)).all()
    for place in range(len(links)):
        one, two = a[links.a[place]][2], b[links.b[place]][2]
        assert not (one and two and one != two)


@settings(max_examples=40, deadline=None)
@given(lists)
def test_pairs_kept_apart_never_come_back(a: list[tuple[str, ...]]) -> None:
    table = records(a)
    before = dedupe(table)
    apart = [(int(x), int(y)) for x, y in zip(before.a, before.b, strict=True)][:2]
    after = dedupe(table, apart=[(y, x) for x, y in apart])
    assert not {(int(x), int(y)) for x, y in zip(after.a, after.b, strict=True)} & set(apart)
