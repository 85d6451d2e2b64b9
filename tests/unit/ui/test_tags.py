"""Template words of the house."""

from django.template import Context, Template
from django.test import RequestFactory


def _said(words: str, **context: object) -> str:
    return Template(words).render(Context(context))


def test_a_badge_of_an_unknown_tone_is_plain() -> None:
    assert _said('{% badge "x" "shrill" %}') == '<span class="badge plain">x</span>'


def test_words_of_people_are_escaped() -> None:
    assert "<script>" not in _said('{% badge word "good" %}{% bar 1 2 word %}', word="<script>")


def test_a_bar_stays_within_its_frame() -> None:
    assert 'width="100.00"' in _said("{% bar 7 5 %}")
    assert 'width="0.00"' in _said("{% bar None 5 %}")
    assert 'width="0.00"' in _said("{% bar 3 0 %}")
    assert 'width="40.00"' in _said("{% bar 2 5 %}")


def test_a_bar_with_a_label_is_a_picture_with_a_name() -> None:
    assert 'role="img" aria-label="2 of 5"' in _said('{% bar 2 5 "2 of 5" %}')
    assert 'aria-hidden="true"' in _said("{% bar 2 5 %}")


def test_query_with_changes_one_word_and_takes_out_another() -> None:
    request = RequestFactory().get("/?q=a&sort=name&page=3&form=x&form=y")
    said = _said('{% query_with sort="place" page=None %}', request=request)
    assert said == "?q=a&amp;sort=place&amp;form=x&amp;form=y"
