"""Laws of the search: however a word is written, every record is found by its own words; the index is what a new one would be."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.places.models import Region
from osnowa.register.actions import add_organisation, change_organisation
from osnowa.register.models import Organisation
from osnowa.register.queries.search import search
from osnowa.register.search import rebuild
from tests.world import make_world

words = some.sampled_from(
    ["Fundacja", "Spółdzielnia", "Łódź", "Żółw", "Społeczna", "Zadruga", "Društvo", "Čebela", "Žarek", "Most", "nad", "Wisłą", "i", "12", "św.", "Jana", "„Ogród”", "Pomoc-Razem"]
)
names = some.lists(words, min_size=1, max_size=5).map(" ".join)


class Laws(TestCase):
    region: Region

    def _add(self, name: str) -> Organisation:
        made: Organisation = add_organisation(by=None, region=self.region, values={"legal_name": name, "legal_form": "PL-FUN", "sector": "civil_society"})
        return made

    def _found(self, typed: str) -> tuple[int, ...]:
        return search(self.region, seen=Organisation.objects.filter(region=self.region), words=typed).ids

    @settings(max_examples=20, deadline=None)
    @given(names)
    def test_a_record_is_found_by_each_word_of_its_name(self, name: str) -> None:
        self.region = make_world().pomorskie
        made = self._add(name)
        for word in (*name.split(), name):
            assert made.pk in self._found(word), word

    @settings(max_examples=20, deadline=None)
    @given(names, some.randoms())
    def test_case_tails_and_order_of_words_do_not_matter(self, name: str, chance: Any) -> None:
        self.region = make_world().pomorskie
        self._add(name)
        shuffled = name.split()
        chance.shuffle(shuffled)
        usual = set(self._found(name + " fundacja"))
        assert set(self._found(name.upper() + " FUNDACJA")) == set(self._found(fold(name) + " fundacja")) == usual
        assert set(self._found(" ".join(shuffled) + " fundacja")) == usual

    @settings(max_examples=15, deadline=None)
    @given(some.lists(some.tuples(some.integers(0, 2), names), min_size=1, max_size=6), words)
    def test_after_any_edits_the_index_finds_what_one_built_anew_would(self, edits: list[tuple[int, str]], word: str) -> None:
        self.region = make_world().pomorskie
        made = [self._add(name) for name in ("Fundacja A", "Zadruga B", "Most C")]
        for which, name in edits:
            change_organisation(by=None, organisation=made[which], values={"legal_name": name})
        asked = (word, stem(fold(word)), "fundacja", "zadruga", "most")
        before = [self._found(one) for one in asked]
        assert rebuild() >= len(made)
        assert [self._found(one) for one in asked] == before
