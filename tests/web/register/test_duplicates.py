"""`register:duplicates` and what belongs to it: the queue, two side by side, a merge and its undoing, old addresses."""

from datetime import date

import pytest

from osnowa.journal.models import Entry, Job
from osnowa.journal.queries import entries_of
from osnowa.register import tasks
from osnowa.register.actions import add_organisation, change_organisation, merge_organisations, name_pair, tell_apart
from osnowa.register.models import Listing, Merge, Organisation, PossibleDuplicate, YearlyFigures
from osnowa.register.queries.duplicates import compare

QUEUE = "/en/pomorskie/duplicates/"


def another(world, **values):
    usual = {"legal_name": "SS „Dobry Chleb”", "legal_form": "PL-SPSOC", "sector": "social_economy", "postal_code": "80-001",
             "locality": "Gdańsk", "municipality": world.gdansk}  # fmt: skip
    return add_organisation(by=world.bolek, region=world.pomorskie, values=usual | values)


@pytest.fixture
def twin(world):
    return another(world, about="Piecze chleb.", identifiers={"PL-NIP": "5260001246"})


@pytest.fixture
def pair(world, twin):
    why = [{"role": "name", "level": "words more", "bits": 6.2}, {"role": "founded", "level": "differs", "bits": -1.4}]
    return PossibleDuplicate.objects.create(region=world.pomorskie, first=world.chleb, second=twin, score=0.9712, why=why)


def page(it):
    return f"{QUEUE}{it.pk}/"


def of(it, more=""):
    return f"/en/pomorskie/register/{it.slug}/{more}"


def words_of(pair, stays, **choices):
    """What a browser sends when nothing is touched, but for the choices given."""
    lines = compare(pair.first, pair.second).choices
    return {line.name: line.better for line in lines} | {"stays": stays.pk, "decision": "merge"} | choices


def read(client, url):
    return client.get(url).content.decode()


# --- the queue --------------------------------------------------------------------------------------------------


def test_the_most_certain_stand_first_and_those_a_person_named_before_them(signed_in, world, pair):
    named = name_pair(by=world.bolek, one=world.chleb, other=another(world, legal_name="Chlebek"))
    less = PossibleDuplicate.objects.create(region=world.pomorskie, first=world.chleb, second=world.ukryty, score=0.6)
    html = read(signed_in(world.edyta), QUEUE)
    assert html.index(page(named)) < html.index(page(pair)) < html.index(page(less))
    assert "97%" in html
    assert "Name: one has words more" in html
    assert "Founded: differs" not in html


def test_the_queue_is_counted_and_narrowed_by_state(signed_in, world, pair):
    tell_apart(by=world.bolek, pair=pair)
    edyta = signed_in(world.edyta)
    html = read(edyta, QUEUE)
    assert "No pair waits" in html
    assert "Never the same (1)" in html
    assert "Bolek" in read(edyta, QUEUE + "?state=different")
    assert page(pair) in read(edyta, QUEUE + "?state=all")
    assert "Nothing here" in read(edyta, QUEUE + "?state=merged")


def test_a_pair_of_which_one_was_merged_elsewhere_does_not_wait(signed_in, world, pair, twin):
    third = another(world, legal_name="Chlebek")
    merge_organisations(by=world.bolek, kept=third, gone=twin)
    edyta = signed_in(world.edyta)
    assert page(pair) not in read(edyta, QUEUE)
    assert "was merged into Chlebek" in read(edyta, page(pair))


def test_looking_for_duplicates_is_work_with_an_outcome(signed_in, world):
    twin = another(world, legal_name="Dobry Chleb Spółdz. Socjalna", street="ul. Długa 1")
    edyta = signed_in(world.edyta)
    started = edyta.post(QUEUE + "look/")
    job = Job.objects.get(kind="register.duplicates")
    assert started["Location"] == f"/en/jobs/{job.pk}/"
    assert "being looked for" in read(edyta, QUEUE)
    assert edyta.post(QUEUE + "look/")["Location"] == QUEUE, "once at a time"
    assert Job.objects.count() == 1
    steps = []
    counts = tasks.look_for_duplicates(lambda done, total: steps.append((done, total)), by=world.edyta, place="pomorskie")
    assert counts == {"compared": 4, "found": 1, "new": 1, "gone": 0}
    assert steps
    assert steps[-1][0] == steps[-1][1]
    found = PossibleDuplicate.objects.get()
    assert (found.first, found.second) == (world.chleb, twin)
    assert {"role", "level", "bits"} == set(found.why[0])
    again = tasks.look_for_duplicates(lambda done, total: None, by=world.edyta, place="pomorskie")
    assert again == {"compared": 4, "found": 1, "new": 0, "gone": 0}


def test_the_pages_take_few_queries(signed_in, world, pair, twin, django_assert_max_num_queries):
    bolek = signed_in(world.bolek)
    for number in range(8):
        PossibleDuplicate.objects.create(
            region=world.pomorskie, first=world.chleb, second=another(world, legal_name=f"Chlebek {number}"), score=0.7
        )
        Listing.objects.create(organisation=twin, kind="offer", type_code="x", name=str(number))
    for url, most in ((QUEUE, 9), (page(pair), 12), (of(twin, "same/?q=chlebek"), 11)):
        bolek.get(url)
        with django_assert_max_num_queries(most):
            bolek.get(url)
    merge = merge_organisations(by=world.bolek, kept=world.chleb, gone=twin)
    for url, most in ((f"/en/pomorskie/merges/{merge.pk}/", 12), (of(world.chleb), 16), (of(world.chleb, "history/"), 16)):
        bolek.get(url)
        with django_assert_max_num_queries(most):
            bolek.get(url)


def test_who_edits_finds_the_way_to_duplicates_and_others_do_not(signed_in, client, world, pair):
    for url in ("/en/pomorskie/register/", "/en/pomorskie/quality/"):
        assert QUEUE in read(signed_in(world.edyta), url), url
        assert QUEUE not in read(client, url), url
    assert "1 pair of records may be one organisation" in read(signed_in(world.edyta), "/en/pomorskie/quality/")
    assert of(world.chleb, "same/") in read(signed_in(world.edyta), of(world.chleb))
    assert of(world.chleb, "same/") not in read(signed_in(world.ala), of(world.chleb))


# --- side by side -----------------------------------------------------------------------------------------------


def test_two_stand_side_by_side_with_sources_and_reasons(signed_in, world, pair, twin):
    html = read(signed_in(world.edyta), page(pair))
    for words in ("Spółdzielnia Socjalna Dobry Chleb", "SS „Dobry Chleb”", "Piecze chleb.", "1234563218", "5260001246", "coordinator",
                  "one has words more", "in the register since"):  # fmt: skip
        assert words in html, words
    assert f'name="stays" value="{world.chleb.pk}" checked' in html, "the older record stays"
    assert f'name="about" value="{twin.pk}" checked' in html, "what is said beats what is not"


def test_merging_takes_what_was_chosen_and_says_what_was_done(signed_in, world, pair, twin):
    edyta = signed_in(world.edyta)
    offer = Listing.objects.create(organisation=twin, kind="offer", type_code="x", name="Bułki")
    answer = edyta.post(page(pair), words_of(pair, world.chleb, legal_name=twin.pk, reason="Two forms were filled in."))
    merge = Merge.objects.get()
    assert answer["Location"] == f"/en/pomorskie/merges/{merge.pk}/"
    it = Organisation.objects.get(pk=world.chleb.pk)
    assert (it.legal_name, it.about) == ("SS „Dobry Chleb”", "Piecze chleb.")
    offer.refresh_from_db()
    assert offer.organisation == it
    html = read(edyta, answer["Location"])
    assert "Two forms were filled in." in html
    assert "Offers, needs, resources" in html
    assert "Piecze chleb." in html
    assert Entry.objects.filter(deed="register.organisation_merged").get().by == world.edyta
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("merged", world.edyta)


def test_the_other_record_can_stay(signed_in, world, pair, twin):
    signed_in(world.edyta).post(page(pair), words_of(pair, twin))
    assert Organisation.every_record.get(pk=world.chleb.pk).merged_into == twin
    assert Organisation.objects.get(pk=twin.pk).founded_on == date(2015, 5, 4)


def test_a_merge_is_taken_back_with_one_click(signed_in, world, pair, twin):
    edyta = signed_in(world.edyta)
    done = edyta.post(page(pair), words_of(pair, world.chleb))["Location"]
    assert edyta.post(done)["Location"] == done
    assert Organisation.objects.filter(pk=twin.pk).exists()
    html = read(edyta, done)
    assert "Taken back on" in html
    assert "Take the merge back" not in html
    assert edyta.post(done).status_code == 409
    assert page(pair) in read(edyta, QUEUE)


def test_a_choice_that_is_missing_is_asked_for(signed_in, world, pair):
    answer = signed_in(world.edyta).post(page(pair), {"decision": "merge", "stays": world.chleb.pk})
    assert answer.status_code == 422
    assert not Merge.objects.exists()


def test_what_cannot_be_merged_says_why_on_the_page(signed_in, world):
    unit = PossibleDuplicate.objects.create(region=world.pomorskie, first=world.wtz, second=another(world))
    answer = signed_in(world.edyta).post(page(unit), words_of(unit, world.wtz))
    assert answer.status_code == 422
    assert "Only records of the same kind can be merged" in answer.content.decode()


def test_never_the_same_is_remembered_with_who_and_can_be_taken_back(signed_in, world, pair):
    edyta, bolek = signed_in(world.edyta), signed_in(world.bolek)
    assert edyta.post(page(pair), {"decision": "different"})["Location"] == QUEUE
    html = read(bolek, page(pair))
    assert "never the same" in html
    assert "Edyta" in html
    assert bolek.post(page(pair), {"decision": "different"}).status_code == 409
    assert bolek.post(page(pair), words_of(pair, world.chleb)).status_code == 422
    assert bolek.post(page(pair), {"decision": "doubt"})["Location"] == page(pair)
    assert page(pair) in read(bolek, QUEUE)


def test_a_decision_nobody_knows_is_refused(signed_in, world, pair):
    assert signed_in(world.edyta).post(page(pair), {"decision": "eat"}).status_code == 422


def test_a_pair_of_another_region_is_not_there(signed_in, world, pair):
    assert signed_in(world.maja).get(f"/en/podravje/duplicates/{pair.pk}/").status_code == 404


# --- "it is the same as …" ---------------------------------------------------------------------------------------


def test_the_other_record_is_found_by_name_or_number_and_put_side_by_side(signed_in, world, twin):
    edyta = signed_in(world.edyta)
    for words in ("dobry ss", "5260001246"):
        assert f'name="other" value="{twin.pk}"' in read(edyta, of(world.chleb, f"same/?q={words}")), words
    assert f'name="other" value="{world.chleb.pk}"' not in read(edyta, of(world.chleb, "same/?q=dobry"))
    assert "Nothing matches" in read(edyta, of(world.chleb, "same/?q=warsztat")), "a unit is never one with a legal person"
    answer = edyta.post(of(world.chleb, "same/"), {"other": twin.pk})
    pair = PossibleDuplicate.objects.get()
    assert answer["Location"] == page(pair)
    assert "named by hand" in read(edyta, QUEUE)
    assert edyta.post(of(world.chleb, "same/"), {"other": twin.pk})["Location"] == page(pair)
    assert edyta.post(of(world.chleb, "same/"), {"other": "x"}).status_code == 404
    assert edyta.post(of(world.chleb, "same/"), {"other": world.wtz.pk}).status_code == 409


# --- after a merge ----------------------------------------------------------------------------------------------


@pytest.fixture
def merge(world, twin):
    return merge_organisations(by=world.bolek, kept=world.chleb, gone=twin)


def test_an_old_address_leads_to_the_same_page_of_the_record_that_stands(client, signed_in, world, twin, merge):
    answer = client.get(of(twin) + "?a=1")
    assert (answer.status_code, answer["Location"]) == (302, of(world.chleb) + "?a=1")
    edyta = signed_in(world.edyta)
    for more in ("edit/", "history/", "close/", "contacts/", "figures/", "recognitions/", "listings/", "people/", "propose/", "claim/", "same/"):
        assert edyta.get(of(twin, more))["Location"] == of(world.chleb, more), more
    row = YearlyFigures.objects.create(organisation=world.chleb, year=2025, as_of_on=date(2025, 12, 31))
    assert edyta.get(of(twin, f"figures/{row.pk}/"))["Location"] == of(world.chleb, f"figures/{row.pk}/")


def test_an_old_address_of_what_one_may_not_see_is_not_there(client, signed_in, world, twin, merge):
    change_organisation(by=world.bolek, organisation=Organisation.objects.get(pk=world.chleb.pk), values={"visibility": "coordinator"})
    assert client.get(of(twin)).status_code == 404
    assert signed_in(world.edyta).get(of(twin)).status_code == 302


def test_what_is_sent_to_an_old_address_is_refused_and_changes_nothing(signed_in, world, twin, merge):
    before = entries_of(twin).count()
    edyta = signed_in(world.edyta)
    for more in ("edit/", "close/", "confirm/", "ask/", "contacts/", "reopen/"):
        answer = edyta.post(of(twin, more), {"legal_name": "X"})
        assert answer.status_code == 409, more
        assert "was merged into" in answer.content.decode()
    assert entries_of(twin).count() == before


def test_a_chain_of_addresses_leads_to_its_end(client, world, twin, merge):
    end = another(world, legal_name="Chlebek")
    merge_organisations(by=world.bolek, kept=end, gone=Organisation.objects.get(pk=world.chleb.pk))
    assert client.get(of(twin))["Location"] == of(end)
    assert client.get(of(world.chleb))["Location"] == of(end)


def test_the_page_says_what_else_it_was_entered_as(client, signed_in, world, twin, merge):
    html = read(client, of(world.chleb))
    assert "Also entered as" in html
    assert "5260001246" in html
    assert f"/merges/{merge.pk}/" not in html
    assert f"/merges/{merge.pk}/" in read(signed_in(world.edyta), of(world.chleb))


def test_a_merged_record_is_in_no_list_and_its_number_finds_the_other(client, world, twin, merge):
    for url in ("/en/pomorskie/register/?q=5260001246", "/en/pomorskie/register/?q=chleb", "/en/search/?q=5260001246"):
        html = read(client, url)
        assert of(world.chleb) in html, url
        assert of(twin) not in html, url
    for form in ("csv", "xlsx"):
        exported = client.get(f"/en/pomorskie/register/export/{form}/?col=numbers").content
        assert "SS „Dobry".encode() not in exported
    assert client.get("/en/pomorskie/").context["portrait"].total == 1
    assert client.get("/en/pomorskie/quality/").context["quality"].total.n == 1


def test_the_history_holds_the_entries_of_both(signed_in, world, twin, merge):
    html = read(signed_in(world.edyta), of(world.chleb, "history/"))
    assert "of the merged record SS „Dobry Chleb”" in html
    assert "Another record merged into this one" in html
    assert html.count("Added to the register") == 2
    oldest = entries_of(twin).last()
    assert of(world.chleb, f"restore/{oldest.pk}/") not in html


def test_an_earlier_state_from_before_the_merge_is_refused_on_a_page(signed_in, world, twin, merge):
    first = entries_of(world.chleb).last()
    answer = signed_in(world.edyta).post(of(world.chleb, f"restore/{first.pk}/"))
    assert answer.status_code == 409
    assert "Take the merge back first" in answer.content.decode()


def test_what_happened_names_the_pair_only_to_those_who_decide(signed_in, world, twin):
    tell_apart(by=world.bolek, pair=name_pair(by=world.bolek, one=twin, other=world.ukryty))
    assert "Fundacja Przystań" in read(signed_in(world.edyta), "/en/pomorskie/journal/")
    assert "Fundacja Przystań" not in read(signed_in(world.olga), "/en/pomorskie/journal/")


def test_what_happened_to_a_merged_record_is_still_told(signed_in, world, twin, merge):
    html = read(signed_in(world.edyta), "/en/pomorskie/journal/")
    assert "merged two records into one" in html
    assert "merged a record into another" in html
    assert html.count(f'href="{of(world.chleb)}"') >= 3
