"""What differs between two texts: laws of the one diff of the house."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from osnowa.kit.differing import GONE, NEW, SAME, differing

TEXTS = st.lists(st.sampled_from(["ala", "ma", "kota", "Łódź", ",", ".", " ", "\n", "2,5"]), max_size=30).map("".join) | st.text(max_size=60)


def text_of(pieces, without):
    return "".join(piece.text for piece in pieces if piece.kind != without)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = differing(before, after)
    assert text_of(pieces, NEW) == before
    assert text_of(pieces, GONE) == after


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(piece.kind == SAME for piece in differing(text, text))


@given(TEXTS, TEXTS)
def test_pieces_are_never_empty_and_neighbours_differ_in_kind(before, after):
    pieces = differing(before, after)
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


@given(TEXTS, TEXTS)
def test_what_went_stands_before_what_came_in_its_place(before, after):
    kinds = [piece.kind for piece in differing(before, after)]
    assert (NEW, GONE) not in set(pairwise(kinds))
