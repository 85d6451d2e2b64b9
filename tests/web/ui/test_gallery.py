"""The gallery shows every component in every state, without a single query."""

import re
from pathlib import Path
from typing import Any

from django.test import Client

from osnowa.ui.samples import ICONS


def test_the_gallery_asks_the_database_nothing(client: Client, db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/en/ui/").status_code == 200


def test_every_icon_of_the_sprite_is_shown() -> None:
    from django.contrib.staticfiles import finders

    sprite = Path(str(finders.find("ui/icons.svg"))).read_text()
    assert set(re.findall(r'symbol id="([^"]+)"', sprite)) == set(ICONS)


def test_errors_lead_to_their_fields(client: Client, db: None) -> None:
    page = client.get("/en/ui/").content.decode()
    targets = re.findall(r'<li><a href="#(id_wrong-[^"]+)">', page)
    assert targets
    for target in targets:
        assert f'id="{target}"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_wrong-email_error"' in page


def test_required_fields_say_so_in_words(client: Client, db: None) -> None:
    page = client.get("/en/ui/").content.decode()
    assert "Legal name <span class=\"needed\">(required)</span>" in page
    assert "Members</label>" in page


def test_the_pager_keeps_the_rest_of_the_query(client: Client, db: None) -> None:
    page = client.get("/en/ui/?q=chleb&page=3").content.decode()
    assert 'href="?q=chleb&amp;page=4"' in page
    assert 'href="?q=chleb"' in page


def test_no_page_carries_inline_style_or_script(client: Client, db: None) -> None:
    page = client.get("/en/ui/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
