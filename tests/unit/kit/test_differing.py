"""Two texts word by word."""

from osnowa.kit.differing import GONE, NEW, SAME, Piece, differing


def test_what_went_stands_before_what_came() -> None:
    assert differing("Było nas 24 osoby.", "Było nas 25 osób.") == [
        Piece(SAME, "Było nas "), Piece(GONE, "24"), Piece(NEW, "25"), Piece(SAME, " "), Piece(GONE, "osoby"), Piece(NEW, "osób"), Piece(SAME, "."),
    ]  # fmt: skip


def test_no_word_is_lost() -> None:
    before, after = "Ala ma\nkota, a kot ma Alę.", "Kot ma Alę,\na Ala kota."
    pieces = differing(before, after)
    assert "".join(one.text for one in pieces if one.kind != NEW) == before
    assert "".join(one.text for one in pieces if one.kind != GONE) == after


def test_equal_texts_are_one_piece_and_empty_ones_none() -> None:
    assert differing("tak", "tak") == [Piece(SAME, "tak")]
    assert differing("", "") == []
    assert differing("", "nowe") == [Piece(NEW, "nowe")]
