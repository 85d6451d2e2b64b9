"""What counts as different, and how values read."""

from django.utils import translation

from osnowa.register.queries.proposals import different, readable


def test_the_order_of_codes_and_links_is_no_difference() -> None:
    before = {"service_areas": ["catering", "laundry"], "links": [{"kind": "other", "url": "https://a.example"}], "about": "One\nTwo"}
    after = {"service_areas": ["laundry", "catering"], "links": [{"kind": "website", "url": "https://a.example"}], "about": "One\r\nTwo "}
    assert different(before, after) == {}


def test_a_field_that_was_not_shown_is_never_a_difference() -> None:
    assert different({"short_name": "A"}, {"short_name": "B", "street": "Hidden 1"}) == {"short_name": "B"}


def test_codes_read_as_labels_in_the_language_of_the_reader() -> None:
    assert readable("activity_status", "suspended") == "Suspended"
    with translation.override("pl"):
        assert readable("service_areas", ["childcare"]) == "Opieka nad dziećmi"


def test_numbers_and_links_read_line_by_line() -> None:
    assert readable("links", [{"kind": "website", "url": "https://a"}, {"kind": "website", "url": "https://b"}]) == "https://a\nhttps://b"
    assert readable("identifiers", {"PL-KRS": "0000123456"}).endswith(": 0000123456")
    assert readable("about", None) == ""
