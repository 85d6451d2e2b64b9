"""XML written by hand for two small kinds of document: an Atom feed and a sitemap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def _legal(text: str) -> str:
    """The text without signs that XML does not allow."""
    return escape("".join(sign for sign in text if sign in "\t\n\r" or (ord(sign) >= 32 and ord(sign) not in (0xFFFE, 0xFFFF))))


@dataclass(frozen=True)
class News:
    """One thing that happened to an organisation; `at` is a moment as RFC 3339 text."""

    number: int
    title: str
    says: str
    address: str
    at: str
    kind: str


@dataclass(frozen=True)
class Feed:
    """A feed: its own address, the page it belongs to, what it is called, whose it is."""

    address: str
    page: str
    title: str
    author: str
    language: str
    rights: str
    updated: str


def atom(feed: Feed, news: Iterable[News]) -> str:
    """An Atom feed (RFC 4287)."""
    lines = [
        f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.language)}>',
        f"  <id>{_legal(feed.address)}</id>", f"  <title>{_legal(feed.title)}</title>", f"  <updated>{feed.updated}</updated>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>',
        f'  <link rel="alternate" type="text/html" href={quoteattr(feed.page)}/>',
        f"  <author><name>{_legal(feed.author)}</name></author>", f"  <rights>{_legal(feed.rights)}</rights>",
        *(_entry(feed, one) for one in news), "</feed>",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _entry(feed: Feed, one: News) -> str:
    return (
        f"  <entry>\n    <id>{_legal(feed.address)}#{one.number}</id>\n    <title>{_legal(one.title)}</title>\n"
        f"    <updated>{one.at}</updated>\n    <published>{one.at}</published>\n    <category term={quoteattr(one.kind)}/>\n"
        f'    <link rel="alternate" type="text/html" href={quoteattr(one.address)}/>\n'
        f"    <summary>{_legal(one.says)}</summary>\n  </entry>"
    )


@dataclass(frozen=True)
class Page:
    """One page in each of its languages: {language: address}, and the day it last changed."""

    addresses: dict[str, str]
    changed_on: str = ""


def sitemap(pages: Iterable[Page]) -> Iterator[str]:
    """A sitemap, piece by piece: every page in every language, each naming the others."""
    yield f'{_HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for page in pages:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'
            for language, address in page.addresses.items()
        )
        changed = f"<lastmod>{page.changed_on}</lastmod>" if page.changed_on else ""
        for address in page.addresses.values():
            yield f"<url><loc>{_legal(address)}</loc>{changed}{links}</url>\n"
    yield "</urlset>\n"


def sitemap_index(parts: Iterable[tuple[str, str]]) -> str:
    """The index of sitemaps: (address, day it last changed)."""
    lines = [f'{_HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    lines += [f"<sitemap><loc>{_legal(address)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>" for address, day in parts]
    return "\n".join([*lines, "</sitemapindex>"]) + "\n"
