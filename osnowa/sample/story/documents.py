"""The documents of the story: diagnosis and concept as public editions, and all papers in a folder."""

from typing import Any

from django.utils import timezone, translation

from osnowa.agreements.queries.papers import text_pdf
from osnowa.agreements.queries.texts import newest
from osnowa.clusters.queries.members import rows_on
from osnowa.clusters.queries.members_sheets import sheets_of
from osnowa.kit.letterpress import as_pdf
from osnowa.kit.sheets import as_xlsx
from osnowa.meetings.queries.minutes import edition as minutes_of
from osnowa.register.actions import take_snapshot
from osnowa.reports.actions import begin_report, freeze_edition, publish_edition, write_section
from osnowa.reports.models import Edition
from osnowa.reports.queries.composing import documents
from osnowa.reports.queries.editions import as_file
from osnowa.sample.story.words import Story


def diagnose(story: Story) -> str:
    """The diagnosis of the region: what people write, numbers of the register, a public edition."""
    return _document(story, "diagnosis")


def conceive(story: Story) -> str:
    """The concept of the cluster, with the concept of a fund."""
    return _document(story, "concept", cluster=story.cluster)


def _document(story: Story, kind: str, **about: Any) -> str:
    with translation.override(story.language):
        report = begin_report(by=None, region=story.region, values={"kind": kind, "is_invented": True, **about})
    for key, text in story.words[kind].items():
        write_section(by=None, report=report, key=key, language=story.language, text=text)
    snapshot = take_snapshot(by=None, region=story.region)
    texts, sources = documents(report)
    made: Edition = freeze_edition(by=None, report=report, texts=texts, sources=sources, snapshot=snapshot)
    publish_edition(by=None, edition=made)
    story.editions[kind] = made
    tables = len(made.texts[story.language]["cells"])
    return f"edition {made.number} of “{report}”, {len(story.words[kind])} sections written, {tables} tables, sha256 {made.sha256[:12]}…"


def put_down(story: Story) -> str:
    """All papers in the folder: diagnosis, minutes, letter, members, concept."""
    story.out.mkdir(parents=True, exist_ok=True)
    language = story.language
    with translation.override(language):
        members = sheets_of(story.cluster, rows_on(story.cluster, timezone.localdate()), timezone.localdate(), is_inside=False)
        notice = story.words["notice"]
        papers = {
            "diagnosis.pdf": as_file(story.editions["diagnosis"], language, "pdf"),
            "minutes.pdf": as_pdf(minutes_of(story.minutes, language), story.minutes.frozen_at),
            "letter.pdf": text_pdf(story.letter, newest(story.letter), language),
            "members.xlsx": as_xlsx({notice["heading"]: ([notice["text"]], [])} | members),
            "concept.pdf": as_file(story.editions["concept"], language, "pdf"),
        }
    for name, content in papers.items():
        (story.out / name).write_bytes(content)
    return ", ".join(f"{name} {len(content) // 1000} kB" for name, content in papers.items()) + f" in {story.out}"
