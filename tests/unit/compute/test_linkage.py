"""Linkage of organisations: names in many languages that are one body, names that only look so, numbers, clusters, reasons."""

import csv
from pathlib import Path

import numpy as np
import pytest

from osnowa.compute.linkage import LEVELS, Links, Records, clusters, dedupe, link
from osnowa.compute.linkage.clusters import joined
from osnowa.compute.linkage.names import Words, clean, read
from osnowa.compute.linkage.records import founded, number, postcode_area
from osnowa.compute.linkage.weights import FIELDS, NAME, PLACES, against_all, probability

REAL = Path(__file__).resolve().parents[4] / "shared" / "data"

SAME = [
    ("Spółdzielnia Socjalna „Słoneczna Kuchnia”", "Gdańsk", "SPÓŁDZ. SOC. SŁONECZNA KUCHNIA", "Gdansk"),
    ("Fundacja Dom Wschodzącego Słońca", "Lublin", "Fundacja \"Dom wschodzacego slonca\"", "LUBLIN"),
    ("Zielona Pralnia Spółka z ograniczoną odpowiedzialnością", "Kraków", "Zielona Pralnia sp. z o.o.", "Kraków"),
    ("Stowarzyszenie im. św. Brata Alberta", "Sopot", "Stow. im. Św. Brata Alberta", "Sopot"),
    ("Ochotnicza Straż Pożarna w Baninie", "Banino", "OSP Banino", "Banino"),
    ("Koło Gospodyń Wiejskich w Łebnie", "Łebno", "KGW Łebno", "Łebno"),
    ("Przedsiębiorstwo Społeczne Nasze Ręce sp. z o.o. non profit", "Elbląg", "Nasze Ręce Przedsiębiorstwo Społeczne Sp. z o. o.", "Elbląg"),
    ("Zavod Zeleni park, socialno podjetje", "Celje", "ZELENI PARK zavod, so. p.", "Celje"),
    ("Društvo za razvoj podeželja Martjanci", "Martjanci", "Drustvo za razvoj podezelja Martjanci", "Martjanci"),
    ("Mavrica d.o.o., so.p.", "Maribor", "Mavrica, socialno podjetje, d. o. o.", "Maribor"),
    ("Il Girasole Società Cooperativa Sociale a r.l. ONLUS", "Trento", "IL GIRASOLE SOC. COOP. SOC.", "Trento"),
    ("Cooperativa Sociale L'Arcobaleno", "Bologna", "L’Arcobaleno coop. soc.", "Bologna"),
    ("La Terra Promessa Soc. Coop. Agricola", "Matera", "Società Cooperativa Agricola La Terra Promessa", "Matera"),
    ("Olivarera San José S. Coop. And.", "Jaén", "Sociedad Cooperativa Andaluza Olivarera San José", "Jaen"),
    ("Fundación Pan y Rosas", "Bilbao", "FUNDACION PAN Y ROSAS", "Bilbao"),
    ("Muebles Usados Traperos de Emaús, S.L.", "Pamplona", "Traperos de Emaus Muebles Usados SL", "Pamplona"),
    ("Les Jardins de la Solidarité SCIC SA", "Lyon", "SCIC Jardins de la Solidarite", "Lyon"),
    ("Association Le Relais des Familles", "Nantes", "Le Relais des familles (asso. loi 1901)", "Nantes"),
    ("L'Atelier des Possibles ASBL", "Namur", "Atelier des possibles a.s.b.l.", "Namur"),
    ("De Kringwinkel Zuiderkempen vzw", "Geel", "Kringwinkel Zuiderkempen", "Geel"),
    ("Lebenshilfe Oberberg gGmbH", "Gummersbach", "Lebenshilfe Oberberg gemeinnützige GmbH", "Gummersbach"),
    ("Grüner Daumen e.V.", "Köln", "Gruener Daumen eV", "Koeln"),
    ("Förderverein Freie Schule Müggelsee e. V.", "Berlin", "Foerderverein Freie Schule Mueggelsee", "Berlin"),
    ("Ferencvárosi Közösségi Kert Nonprofit Kft.", "Budapest", "FERENCVAROSI KOZOSSEGI KERT nonprofit kft", "Budapest"),
    ("Spolek přátel Sázavy, z.s.", "Sázava", "Spolek pratel Sazavy", "Sázava"),
    ("Ergon, sociální podnik, z.ú.", "Prostějov", "ERGON – sociální podnik", "Prostějov"),
    ("Návrat n.o.", "Zvolen", "NÁVRAT, n. o.", "Zvolen"),
    ("Κοιν.Σ.Επ. Ηλιαχτίδα", "Πάτρα", "Iliachtida Koin.S.Ep.", "Patra"),
    ("Фондация Добро дело", "София", "Fondatsia Dobro delo", "Sofia"),
    ("Kooperatyva Žalias slėnis", "Vilnius", "Zalias slenis, kooperatyva", "Vilnius"),
    ("Åbo Arbetsförening r.f.", "Turku", "Abo arbetsforening rf", "Turku"),
    ("Child's Play Nursery Co-operative Limited", "Leeds", "Childsplay Nursery Co-op Ltd", "Leeds"),
    ("Four Winds Housing Co-operative Ltd", "Hull", "4 Winds Housing Cooperative Limited", "Hull"),
    ("St. Mary's Community Centre CIC", "York", "Saint Marys Community Centre", "York"),
    ("J. K. Nowak Stolarnia s.c.", "Toruń", "Stolarnia J.K. Nowak", "Toruń"),
    ("Hodowla Pszczół Miodek Jan Kowalski", "Olsztyn", "HODOWLA PSZCZÓŁ \"MIODEK\" KOWALSKI JAN", "Olsztyn"),
    ("Bread & Roses Bakery Ltd", "Bristol", "Bread and Roses Bakery Limited", "Bristol"),
    ("Tow. Przyjaciół Szopienic", "Katowice", "Towarzystwo Przyjaciół Szopienic", "Katowice"),
    ("Stichting De Groene Hoek", "Utrecht", "Groene Hoek, Stichting", "Utrecht"),
    ("Udruga Zeleni Otok", "Split", "ZELENI OTOK udruga", "Split"),
    ("Asociația Mâini Întinse", "Cluj-Napoca", "Asociatia Maini Intinse", "Cluj Napoca"),
    ("Casa de Povo de Alvito IPSS", "Beja", "Casa do Povo de Alvito", "Beja"),
]
"""(name, town) in one list, (name, town) in the other: one body."""

DIFFERENT = [
    ("Związek Harcerstwa Polskiego Hufiec Wejherowo", "Wejherowo", "Związek Harcerstwa Polskiego Hufiec Puck", "Puck"),
    ("Polski Związek Emerytów, Rencistów i Inwalidów Oddział Gdynia", "Gdynia", "Polski Związek Emerytów, Rencistów i Inwalidów Oddział Sopot", "Sopot"),
    ("Przedszkole nr 3", "Tczew", "Przedszkole nr 5", "Tczew"),
    ("OSP w Rumi", "Rumia", "OSP w Redzie", "Reda"),
    ("Koło Gospodyń Wiejskich w Nowej Wsi", "Nowa Wieś", "Koło Gospodyń Wiejskich w Starej Wsi", "Stara Wieś"),
    ("Fundacja Otwarte Drzwi", "Słupsk", "Stowarzyszenie Otwarte Drzwi", "Słupsk"),
    ("Riverside Ltd", "Derby", "Riverside Trading Ltd", "Derby"),
    ("Oakfield Nursery 1", "Bath", "Oakfield Nursery 2", "Bath"),
    ("Caritas Diecezji Pelplińskiej", "Pelplin", "Caritas Diecezji Gdańskiej", "Gdańsk"),
    ("Rodzinny Ogród Działkowy Relaks", "Malbork", "Rodzinny Ogród Działkowy Zorza", "Malbork"),
    ("Uczniowski Klub Sportowy Orzeł", "Kartuzy", "Uczniowski Klub Sportowy Orzeł", "Chojnice"),
    ("Prostovoljno gasilsko društvo Žalec", "Žalec", "Prostovoljno gasilsko društvo Šempeter", "Šempeter"),
    ("Društvo upokojencev Ptuj", "Ptuj", "Društvo upokojencev Kranj", "Kranj"),
    ("Associazione Pro Loco Cavalese", "Cavalese", "Associazione Pro Loco Predazzo", "Predazzo"),
    ("A.V.I.S. Comunale di Rovereto", "Rovereto", "AVIS Comunale di Riva", "Riva del Garda"),
    ("Consorzio Sol.Co", "Mantova", "Sol.Co Lavoro cooperativa sociale", "Mantova"),
    ("AMPA CEIP Cervantes", "Getafe", "AMPA CEIP Quevedo", "Getafe"),
    ("Secours Populaire Comité de Brest", "Brest", "Secours Populaire Comité de Quimper", "Quimper"),
    ("ADMR de Plouha", "Plouha", "ADMR de Paimpol", "Paimpol"),
    ("AWO Ortsverein Bonn", "Bonn", "AWO Ortsverein Siegburg", "Siegburg"),
    ("AWO Kreisverband Ost gGmbH", "Halle", "AWO Kreisverband Ost e.V.", "Leipzig"),
    ("Sbor dobrovolných hasičů Lhota", "Lhota", "Sbor dobrovolných hasičů Lhotka", "Lhotka"),
    ("Leeds Credit Union", "Leeds", "Bradford Credit Union", "Bradford"),
    ("Southside Housing Co-operative", "Glasgow", "Northside Housing Co-operative", "Glasgow"),
    ("Hope Foundation", "Cork", "Hope Foundation Trading CLG", "Cork"),
    ("K. Müller Schreinerei", "Ulm", "L. Müller Schreinerei", "Ulm"),
    ("1. FC Wacker", "Jena", "2. FC Wacker", "Jena"),
    ("Szkoła Podstawowa nr 2 Rada Rodziców", "Lębork", "Szkoła Podstawowa nr 12 Rada Rodziców", "Lębork"),
]
"""The same, of two bodies."""


def records(names: list[str], towns: list[str], **more: list[str]) -> Records:
    return Records({"name": names, "locality": towns, **{role.replace("__", ":"): column for role, column in more.items()}})


@pytest.fixture(scope="module")
def both() -> Links:
    """All pairs above, the left sides linked to the right sides in one go."""
    one, two, three, four = zip(*(SAME + DIFFERENT), strict=True)
    return link(records(list(one), list(two)), records(list(three), list(four)))


def sure_pairs(links: Links) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b, sure in zip(links.a, links.b, links.sure, strict=True) if sure}


@pytest.mark.parametrize("place", range(len(SAME)), ids=[pair[0] for pair in SAME])
def test_one_body_written_twice_is_linked(both: Links, place: int) -> None:
    assert (place, place) in sure_pairs(both)


@pytest.mark.parametrize("place", range(len(DIFFERENT)), ids=[f"{pair[0]}, {pair[2]}" for pair in DIFFERENT])
def test_two_bodies_are_not_linked(both: Links, place: int) -> None:
    assert len(SAME) + place not in {a for a, _ in sure_pairs(both)}


def test_names_alone_link_but_for_a_name_of_two_towns() -> None:
    """Without towns, the two clubs "Orzeł" cannot be told apart; nothing else is wrong, and nine of ten are found."""
    one, _, three, _ = zip(*(SAME + DIFFERENT), strict=True)
    pairs = sure_pairs(link(Records({"name": list(one)}), Records({"name": list(three)})))
    wrong = {one[a] for a, b in pairs if a != b or a >= len(SAME)}
    assert wrong <= {"Uczniowski Klub Sportowy Orzeł"}
    assert sum(a == b and a < len(SAME) for a, b in pairs) >= 0.9 * len(SAME)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("S.p.A. „Łódź” & C.", "spa lodz and c"),
        ("Child’s Play", "childs play"),
        ("L'Arche de l’Étoile", "arche de etoile"),
        ("d. o. o.", "doo"),
        ("Müller", "muller"),
        ("MUELLER", "muller"),
        ("Ηλιαχτίδα", "iliachtida"),
        ("Добро дело", "dobro delo"),
        ("3rd Scout\nGroup", "3 scout group"),
        ("", ""),
    ],
)
def test_spelling_is_evened_out(text: str, plain: str) -> None:
    assert clean([text]) == [plain]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Spółdz. Soc. „Słońce” sp. z o.o. w likwidacji", "cooperative social slonce"),
        ("Il Sole Soc. Coop. Soc. a r.l. ONLUS", "sole cooperative social"),
        ("Planning Cooperative Limited (The)", "planning cooperative"),
        ("FDH Ltd (FDH Architecture)", "fdh architecture"),
        ("N V Philips", "philips"),
        ("Lodge Limited Group", "lodge group"),
        ("Limited Ltd", "limited ltd"),
        ("Kooperatywa Ursa Sa Mountain", "cooperative ursa sa mountain"),
        ("OSP w Baninie", "fire brigade baninie"),
        ("", ""),
    ],
)
def test_legal_forms_are_taken_off_and_usual_words_made_one(name: str, words: str) -> None:
    vocabulary = Words()
    found = read([name], vocabulary).word[0]
    assert [vocabulary.text[word] for word in found if word >= 0] == words.split()


def test_equal_number_links_whatever_else_says() -> None:
    a = records(["Alfa"], ["Sopot"], number__PL_NIP=["526-000-12-46"])
    b = records(["Zupełnie inna nazwa", "Alfa"], ["Kraków", "Sopot"], number__PL_NIP=["5260001246", "1234563218"])
    links = link(a, b)
    assert sure_pairs(links) == {(0, 0)}
    assert links.why(0)[0].role == "number"


def test_number_of_one_list_only_says_nothing() -> None:
    a = records(["Fundacja Dobry Start"], ["Sopot"], number__X=["123456"])
    assert sure_pairs(link(a, records(["Fundacja Dobry Start"], ["Sopot"]))) == {(0, 0)}


def test_branches_of_one_name_are_each_linked_to_their_own_town() -> None:
    towns = ["Gdańsk", "Sopot", "Gdynia", "Rumia"]
    a, b = records(["Bank Żywności"] * 4, towns), records(["Bank Żywności"] * 4, towns[::-1])
    assert sure_pairs(link(a, b)) == {(0, 3), (1, 2), (2, 1), (3, 0)}


def test_bodies_of_one_house_are_not_merged() -> None:
    names = ["Stowarzyszenie Alfa", "Fundacja Krokus", "Klub Seniora Jesień", "Chór Cantate", "Związek Pszczelarzy", "Teatr Lalka"]
    table = Records({"name": names, "street": ["ul. Długa 5"] * 6, "postcode": ["80-001"] * 6, "locality": ["Gdańsk"] * 6})
    assert len(dedupe(table)) == 0


def test_one_row_of_b_serves_two_rows_of_a_only_when_these_are_copies() -> None:
    a = records(["Zielona Pralnia sp. z o.o.", "ZIELONA PRALNIA", "Zielona Pralnia Bis"], ["Sopot"] * 3)
    b = records(["Zielona Pralnia Sp. z o. o.", "Inna Firma"], ["Sopot", "Sopot"])
    assert sure_pairs(link(a, b)) == {(0, 0), (1, 0)}


def test_pairs_said_to_be_apart_are_left_out() -> None:
    a, b = records(["Alfa Nova"], ["Sopot"]), records(["Alfa Nova", "Alfa Novva"], ["Sopot", "Sopot"])
    assert (0, 0) in sure_pairs(link(a, b))
    assert (0, 0) not in sure_pairs(link(a, b, apart=[(0, 0)]))


def test_every_reason_is_a_word_of_levels(both: Links) -> None:
    for place in range(len(both)):
        reasons = both.why(place)
        assert reasons
        assert all(reason.level in LEVELS.get(reason.role.split(":")[0], LEVELS["text"]) for reason in reasons)
    assert [abs(reason.bits) for reason in both.why(0)] == sorted((abs(reason.bits) for reason in both.why(0)), reverse=True)


@pytest.mark.parametrize("levels", [NAME, *PLACES.values(), *FIELDS.values()])
def test_shares_of_levels_add_up_to_one(levels: tuple[object, ...]) -> None:
    for kind in "mbn":
        assert sum(getattr(level, kind) for level in levels) == pytest.approx(1.0, abs=0.03)


def test_empty_lists_have_no_links() -> None:
    nothing = Records({})
    assert len(link(nothing, nothing)) == len(dedupe(nothing)) == len(dedupe(Records({"name": ["", ""]}))) == 0
    assert len(dedupe(Records({"name": ["", ""], "number:NIP": ["5260001246", "5260001246"], "postcode": ["80-001", "80-001"]}))) == 1
    assert len(clusters(2, dedupe(Records({"name": ["", ""]})), Records({"name": ["", ""]}))) == 2
    with pytest.raises(ValueError, match="different lengths"):
        Records({"name": ["a"], "locality": []})


def test_clusters_join_the_strongest_first_and_never_two_numbers() -> None:
    a, b, weight = np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.9, 0.99, 0.95])
    free = joined(4, a, b, weight, {})
    assert free.tolist() == [0, 0, 0, 0]
    held = joined(4, a, b, weight, {"NIP": np.array([1, -1, -1, 2], np.int32)})
    assert held.tolist() == [0, 1, 1, 1]
    assert joined(4, a, b, weight, {}, apart=[(1, 3)]).tolist() == [0, 0, 0, 3]


def test_weight_against_all_rivals_is_under_each() -> None:
    one, two, three = np.array([10.0, 5.0]), np.array([3.0, 5.0]), np.array([np.inf, 5.0])
    both_weights = against_all(one, two, three)
    assert both_weights[0] == pytest.approx(3.0 - np.log2(1 + 2.0**-7))
    assert both_weights[1] == pytest.approx(5.0 - np.log2(3.0))
    assert probability(np.array([0.0]))[0] == 0.5


@pytest.mark.parametrize(
    ("value", "day"),
    [("27/03/2015", "20150327"), ("27.3.2015", "20150327"), ("2015-03-27T00:00", "20150327"), ("19151111", "19151111"), ("1863", "1863"), ("?", "")],
)
def test_founding_day_is_read_as_written(value: str, day: str) -> None:
    assert founded(value) == day


def test_number_needs_more_than_one_digit() -> None:
    assert [number(value) for value in ("526-000-12-46", "PL 5260001246", "0000000000", "12", "brak")] == ["5260001246", "PL5260001246", "", "", ""]


def test_postal_district_is_read_in_each_country() -> None:
    assert [postcode_area(value) for value in ("BR69JJ", "80123", "1000", "D02X285")] == ["BR6", "80", "10", "D02"]


def test_real_register_of_two_years_is_linked() -> None:
    folder = REAL / "registers" / "uk-coops"
    if not folder.exists():
        pytest.skip(f"the real lists are not here: {folder}")
    roles = {"name": "name", "trading_name": "other_name", "street": "street", "city": "locality", "county": "area", "postcode": "postcode",
             "sic": "activity", "incorporated": "founded", "legal_form": "legal_form"}  # fmt: skip

    def rows(which: str) -> list[dict[str, str]]:
        with (folder / f"linkage_dev_2016_2017_{which}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    a, b = rows("list_a"), rows("list_b")
    truth = {(pair["a"], pair["b"]) for pair in rows("truth")}
    links = link(*(Records({role: [row[column] for row in table] for column, role in roles.items()}) for table in (a, b)))
    said = {(a[x]["row_id"], b[y]["row_id"]) for x, y in sure_pairs(links)}
    assert len(said & truth) / len(said) >= 0.99
    assert len(said & truth) / len(truth) >= 0.95
