"""What happened in a region."""

from datetime import timedelta

import pytest
from django.utils import timezone

from osnowa.journal.actions import through
from osnowa.journal.models import Entry
from osnowa.register.actions import change_organisation, propose
from osnowa.register.models import Proposal

PAGE = "/en/pomorskie/journal/"


@pytest.mark.parametrize(
    ("who", "status"),
    [("bolek", 200), ("edyta", 200), ("rafal", 200), ("olga", 200), ("darek", 200), ("ala", 403), ("celina", 403), ("maja", 403)],
)
def test_those_with_a_seat_in_the_region_read_it(world, signed_in, who, status):
    assert signed_in(getattr(world, who)).get(PAGE).status_code == status


def test_others_do_not(client, world):
    assert client.get(PAGE)["Location"].startswith("/en/account/login/")


def test_the_newest_deed_stands_first_with_its_author_and_what_changed(world, signed_in, django_assert_max_num_queries):
    change_organisation(by=world.edyta, organisation=world.chleb, values={"legal_form": "PL-FUN"})
    bolek = signed_in(world.bolek)
    with django_assert_max_num_queries(12):
        text = bolek.get(PAGE).content.decode()
    assert text.index("changed an organisation") < text.index("added an organisation")
    assert "Edyta" in text
    assert "PL-FUN" not in text, "codes are told in words"
    assert "Dobrina" not in text, "deeds of other regions stay there"


def test_what_a_reader_may_not_see_stays_unnamed(world, signed_in):
    change_organisation(by=world.edyta, organisation=world.chleb, values={"street": "Nowa 7"})
    seen = signed_in(world.olga).get(PAGE).content.decode()
    assert "Przystań" not in seen, "hidden from observers"
    assert "Dobry Chleb" in seen
    assert "Nowa 7" not in seen, "what changed is for those who edit"
    told = signed_in(world.edyta).get(PAGE).content.decode()
    assert "Przystań" in told
    assert "Nowa 7" in told


def test_the_journal_is_paged(world, signed_in):
    for number in range(40):
        change_organisation(by=world.edyta, organisation=world.chleb, values={"street": f"Nowa {number}"})
    bolek = signed_in(world.bolek)
    assert bolek.get(PAGE).content.decode().count("<li>\n    <p><strong>") == 30
    assert "added an organisation" in bolek.get(f"{PAGE}?page=2").content.decode()


def test_an_entry_is_written_once(world):
    entry = Entry.objects.first()
    with pytest.raises(TypeError):
        entry.save()


def test_what_is_told_of_an_earlier_day_stands_at_that_day(world, signed_in):
    with through("sample", at=timezone.now() - timedelta(days=400)):
        change_organisation(by=world.edyta, organisation=world.chleb, values={"street": "Dawna 1"})
    text = signed_in(world.bolek).get(PAGE).content.decode()
    assert text.index("added an organisation") < text.index("changed an organisation")


def test_a_proposal_names_its_organisation_to_those_who_may_see_it(world, signed_in):
    for organisation in (world.chleb, world.ukryty):
        propose(by=world.celina, region=world.pomorskie, kind="change", organisation=organisation, message="x")
    propose(by=world.celina, region=world.pomorskie, kind="new", values={"legal_name": "Fundacja Nowa", "legal_form": "PL-FUN"})
    reviewer = signed_in(world.rafal).get(PAGE).content.decode()
    for number in Proposal.objects.values_list("pk", flat=True):
        assert f"/en/pomorskie/moderation/{number}/" in reviewer
    assert "made a proposal, <a" in reviewer
    observer = signed_in(world.olga).get(PAGE).content.decode()
    assert 'made a proposal, <a href="/en/pomorskie/register/dobry-chleb/">Dobry Chleb</a>' in observer
    assert "Przystań" not in observer
    assert "Fundacja Nowa" not in observer
