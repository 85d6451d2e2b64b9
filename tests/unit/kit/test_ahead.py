"""Work ahead gives what an iterator gives, fails as it fails, and leaves no process behind."""

import multiprocessing
import os

import pytest
from django.contrib.auth.models import Permission

from osnowa.kit.ahead import ahead
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence


def test_the_same_things_come_in_the_same_order_from_another_process():
    made = list(ahead((number, os.getpid()) for number in range(100)))
    assert [number for number, _process in made] == list(range(100))
    assert os.getpid() not in {process for _number, process in made}
    assert multiprocessing.active_children() == []


def test_nothing_and_falsehoods_are_things_too():
    assert list(ahead([None, 0, [], ""])) == [None, 0, [], ""]
    assert list(ahead([])) == []


def failing(error: BaseException):
    yield 1
    raise error


def test_what_is_raised_there_is_raised_here_after_what_came_before():
    coming = ahead(failing(Refused(Sentence("%(day)s lies in the future.", day="2030"))))
    assert next(coming) == 1
    with pytest.raises(Refused, match="2030 lies in the future") as raised:
        next(coming)
    assert (str(raised.value.said), raised.value.status) == ("2030 lies in the future.", 409)


class Unsendable(Exception):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def test_an_error_that_cannot_be_sent_is_told_by_its_words():
    with pytest.raises(RuntimeError, match="Unsendable: this that"):
        list(ahead(failing(Unsendable("this", "that"))))


def test_a_process_that_dies_is_an_error_and_not_an_end():
    def dying():
        yield 1
        os._exit(9)

    coming = ahead(dying())
    assert next(coming) == 1
    with pytest.raises(RuntimeError, match="gone"):
        next(coming)


def test_it_ends_when_nobody_wants_more():
    def endless():
        while True:
            yield "x" * 100_000

    coming = ahead(endless())
    next(coming)
    coming.close()
    assert multiprocessing.active_children() == []


def test_who_works_ahead_asks_no_database(db):
    with pytest.raises(RuntimeError, match="asks no database"):
        list(ahead(Permission.objects.count() for _ in range(1)))
    assert Permission.objects.exists()
