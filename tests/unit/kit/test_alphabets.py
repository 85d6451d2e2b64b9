"""Names in the order of an alphabet."""

from osnowa.kit.alphabets import in_order


def ordered(language, *names):
    return sorted(names, key=lambda name: in_order(name, language))


def test_polish_letters_stand_behind_the_plain_ones():
    names = ("Łódź", "Lipa", "Ławka", "Ćma", "Czas", "Źródło", "Zamek", "Żaba", "Ósemka", "Owoc")
    assert ordered("pl", *names) == ["Czas", "Ćma", "Lipa", "Ławka", "Łódź", "Owoc", "Ósemka", "Zamek", "Źródło", "Żaba"]


def test_slovene_letters_stand_behind_the_plain_ones():
    assert ordered("sl", "Žalec", "Zadruga", "Šola", "Sonce", "Čebela", "Cvet") == ["Cvet", "Čebela", "Sonce", "Šola", "Zadruga", "Žalec"]


def test_marks_case_and_gaps_do_not_push_a_name_away():
    assert ordered("pl", "Most", "„Mostek”", "most II", "CIS „Arka”", "Cis Arkadia") == ["CIS „Arka”", "Cis Arkadia", "Most", "most II", "„Mostek”"]


def test_a_foreign_letter_stands_with_the_one_it_is_made_from():
    assert ordered("pl", "Šola", "Sad", "Tama") == ["Sad", "Šola", "Tama"]
