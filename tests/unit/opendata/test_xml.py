"""Feeds and sitemaps are well-formed and keep to their rules."""

import xml.etree.ElementTree as ET
from datetime import datetime

from osnowa.opendata.formats.xml import Feed, News, Page, atom, sitemap, sitemap_index
from tests.unit.opendata.facts import ADDRESS, golden

A = "{http://www.w3.org/2005/Atom}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"
FEED = Feed(f"{ADDRESS}/data/pomorskie/changes.atom", f"{ADDRESS}/pl/pomorskie/data/", "Pomorskie: zmiany & więcej", "Urząd <Marszałkowski>", "pl",
            "CC BY 4.0", "2026-11-20T09:00:00+00:00")  # fmt: skip
NEWS = [News(7, 'Spółdzielnia "A & B" <x>\x00', "Zmieniono: ulica.", f"{ADDRESS}/pl/pomorskie/register/a-b/?x=1&y=2", "2026-11-20T09:00:00+00:00", "changed")]


def test_a_feed_has_what_atom_asks_for():
    text = atom(FEED, NEWS)
    golden("changes.atom", text)
    feed = ET.fromstring(text)
    assert [feed.find(f"{A}{name}") is not None for name in ("id", "title", "updated", "author", "link")] == [True] * 5
    datetime.fromisoformat(feed.findtext(f"{A}updated") or "")
    assert {link.get("rel") for link in feed.findall(f"{A}link")} == {"self", "alternate"}
    (entry,) = feed.findall(f"{A}entry")
    assert (entry.findtext(f"{A}title"), entry.findtext(f"{A}id")) == ('Spółdzielnia "A & B" <x>', f"{FEED.address}#7")
    assert entry.find(f"{A}link").get("href") == NEWS[0].address


def test_a_feed_without_news_is_a_feed():
    assert ET.fromstring(atom(FEED, [])).findall(f"{A}entry") == []


def test_every_page_of_a_sitemap_names_its_languages():
    pages = [Page({"pl": f"{ADDRESS}/pl/a&b/", "sl": f"{ADDRESS}/sl/a&b/", "en": f"{ADDRESS}/en/a&b/"}, "2026-11-20"), Page({"pl": f"{ADDRESS}/pl/"})]
    text = "".join(sitemap(pages))
    golden("sitemap.xml", text)
    urls = ET.fromstring(text).findall(f"{S}url")
    assert [url.findtext(f"{S}loc") for url in urls][:2] == [f"{ADDRESS}/pl/a&b/", f"{ADDRESS}/sl/a&b/"]
    assert [link.get("hreflang") for link in urls[0].findall(f"{X}link")] == ["pl", "sl", "en"]
    assert (urls[0].findtext(f"{S}lastmod"), urls[3].findtext(f"{S}lastmod")) == ("2026-11-20", None)


def test_the_index_names_its_parts():
    index = ET.fromstring(sitemap_index([(f"{ADDRESS}/sitemap/pages.xml", ""), (f"{ADDRESS}/sitemap/pomorskie-1.xml", "2026-11-20")]))
    assert [one.findtext(f"{S}loc") for one in index] == [f"{ADDRESS}/sitemap/pages.xml", f"{ADDRESS}/sitemap/pomorskie-1.xml"]
