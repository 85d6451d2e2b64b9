"""Broken letters are mended where that is certain, and only there; contacts are checked lightly."""

import pytest

from osnowa.imports.mending import mend
from osnowa.imports.values.contacts import kind_of, read_email, read_links, read_phone


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("SpĂłĹ‚dzielnia Socjalna", "Spółdzielnia Socjalna"), ("CAFÃ‰ SOCIAL", "CAFÉ SOCIAL"), ("PogoÅ„", "Pogoń"), ("ReÅ¡etar", "Rešetar"), ("Spó³dzielnia", "Spółdzielnia"), ("¦wi±tniki", "Świątniki"),
        ("Fish &amp; Chips", "Fish & Chips"), ("Fish &amp;amp; Chips", "Fish & Chips"), ("Fish &am", "Fish &"), ("Stowarzyszenie &quot;Ala&quot;", 'Stowarzyszenie "Ala"'), ("Krak&oacute;w", "Kraków"),
        ("L&#039;Espoir", "L'Espoir"), ("Fundacja &quo", "Fundacja"), ("Ala\u200b ma\u00ad kota", "Ala ma kota"), ("\ufeffNazwa", "Nazwa"),
    ],
)  # fmt: skip
def test_broken_letters_are_mended(broken, mended):
    assert mend(broken)[0] == mended


@pytest.mark.parametrize("broken", ["SpĂłĹ‚dzielnia", "Fish &amp; Chips"])
def test_a_mend_tells_what_it_was_and_is(broken):
    said = mend(broken)[1]
    assert broken in str(said)
    assert mend(broken)[0] in str(said)


@pytest.mark.parametrize(
    "clean",
    [
        "Spółdzielnia Socjalna „Żuraw”", "ESPAÑA", "FUNDAÇÃO", "Österreich", "Åsa & Co", "Tom & Jerry", "AT&T", "R&D;", "50 m³", "10 cm³ i 5 m²", "Società", "ŠČŽĆĐ", "TRANSIÇÃO", "Ελλάδα", "България", "Â",
        "Rue de l¿Isle", "Année 2°", "https://x.org/?a=1&copy=2&amp", "Ala\nma kota", "¿Qué tal?", "±5%", "",
    ],
)  # fmt: skip
def test_a_text_that_may_be_meant_so_stays(clean):
    assert mend(clean)[0] == clean or clean.endswith("&amp")


def test_letters_that_are_lost_are_told_and_not_invented():
    text, said = mend("Film Caf\ufffd")
    assert text == "Film Caf\ufffd"
    assert "lost" in str(said)


@pytest.mark.parametrize(
    ("cell", "urls"),
    [
        ("www.x.pl", ["https://www.x.pl"]), ("http://x.pl/a?b=1", ["http://x.pl/a?b=1"]), ("HTTPS://WWW.X.PL/Ala", ["https://www.x.pl/Ala"]), ("funerals.chelmsfordstar.coop", ["https://funerals.chelmsfordstar.coop"]),
        ("www.a.pl; www.b.pl", ["https://www.a.pl", "https://www.b.pl"]), ("www.a.pl\nwww.a.pl", ["https://www.a.pl"]), ("http:/x.si", ["http://x.si"]), ("http//x.si", ["http://x.si"]), ("ürün.com", ["https://ürün.com"]),
        ("-", []), ("", []),
    ],
)  # fmt: skip
def test_addresses_of_pages_are_made_whole(cell, urls):
    found = read_links(cell)
    assert [url for _kind, url in found.value or ()] == urls
    assert found.said is None


@pytest.mark.parametrize(
    "cell", ["update6", "@handle", "Essbare", "a@b.pl", "transizione-2/", "javascript:alert(1)", "ftp://x.pl", "http://"]
)
def test_what_is_no_page_is_left_out_and_told(cell):
    found = read_links(cell)
    assert (found.value, found.grave) == (None, False)
    assert found.said is not None


def test_places_of_people_have_their_own_kind():
    assert [
        kind_of(f"https://{host}/x") for host in ("www.facebook.com", "pl-pl.facebook.com", "youtu.be", "x.pl", "shop.com")
    ] == ["facebook", "facebook", "youtube", "website", "website"]


@pytest.mark.parametrize(
    ("cell", "email"),
    [
        ("a@b.pl", "a@b.pl"),
        ("A@B.PL", "a@b.pl"),
        ("x(at)y.pl", "x@y.pl"),
        ("x[@]y.pl", "x@y.pl"),
        ("mailto:x@y.si", "x@y.si"),
        ("info @ x.org", "info@x.org"),
        ("", None),
    ],
)
def test_addresses_of_mail_are_read(cell, email):
    assert read_email(cell).value == email


def test_of_several_the_first_is_kept_and_the_others_are_told():
    for read, cell, first, other in (
        (read_email, "a@b.pl; c@d.pl", "a@b.pl", "c@d.pl"),
        (read_phone, "944523374 / 688840730", "944523374", "688840730"),
    ):
        found = read(cell)
        assert found.value == first
        assert other in str(found.said)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("58 320 12 34", "58 320 12 34"),
        ("tel. 58 320-12-34", "58 320-12-34"),
        ("+48 58 3201234", "+48 58 3201234"),
        ("48583201234.0", "48583201234"),
        ("0316/123456", "0316/123456"),
        ("(0131) 319 2400", "(0131) 319 2400"),
    ],
)
def test_telephone_numbers_stay_as_they_are_written(cell, phone):
    assert read_phone(cell) == (phone, None, False)


@pytest.mark.parametrize(
    ("read", "cell"), [(read_phone, "Shop"), (read_phone, "12"), (read_email, "bajka.cz"), (read_email, "a@b")]
)
def test_what_reaches_nobody_is_left_out_and_told(read, cell):
    found = read(cell)
    assert (found.value, found.grave) == (None, False)
    assert found.said is not None
