"""How long a diagnosis takes from facts to paper: 60 pages and 30 figures as tagged PDF, against the limit of 8 s.

    python -m benchmarks.reports                              exit code 1 when the limit is missed
    python -m benchmarks.reports --region podravje --json
    python -m benchmarks.reports --here                       the database of the settings, with a sample in it

A throw-away installation is prepared with the whole sample: all regions, their registers, indicators, meetings and public rounds.
What is timed is the making of the document alone. The sections are filled with text until it is long enough. Printed are the
pages, the figures, the seconds of gathering facts (first, in a process that asked nothing before, and once they are kept), of setting
the PDF, of DOCX, and whether the PDF says PDF/UA-1. The limit holds for the first facts and the PDF.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import Any

LIMIT_S = 8.0
PAGES, FIGURES = 60, 30
_SENTENCE = "Organizacje, samorządy i szkoły zauważają tę samą potrzebę, lecz szukają na nią odpowiedzi osobno. "


def pages_of(pdf: bytes) -> int:
    """The pages of a PDF as its tree counts them."""
    return max((int(number) for number in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", pdf) for number in number if number), default=0)


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    made = what()
    return time.perf_counter() - began, made


def measure(slug: str, language: str) -> dict[str, Any]:
    """The figures of one diagnosis of a region."""
    from django.utils import translation

    from osnowa.kit.letterpress import Document, Picture, as_docx, as_pdf
    from osnowa.places.models import Region
    from osnowa.reports.models import Report, Section
    from osnowa.reports.queries.composing import document
    from osnowa.reports.queries.kinds import KINDS
    from osnowa.reports.queries.subject import Subject

    region = Region.objects.select_related("territory").filter(slug=slug).first()
    if region is None:
        sys.exit("There is no sample here: leave --here out, or run `osnowa migrate` and `OSNOWA_DEMO=1 osnowa sample load` first.")
    report = Report(region=region, kind="diagnosis", title="Diagnoza")
    subject = Subject(report)

    def composed(paragraphs: int) -> Document:
        text = "\n\n".join([_SENTENCE * 6] * paragraphs)
        texts = {(place.key, language): Section(key=place.key, language=language, text=text) for place in KINDS["diagnosis"].places if place.guidance}
        return document(report, language, subject.again(), texts)

    with translation.override(language):
        first_s, made = timed(lambda: composed(1))
        paragraphs, pdf = 1, as_pdf(made)
        while pages_of(pdf) < PAGES and paragraphs < 60:
            paragraphs += 2
            pdf = as_pdf(composed(paragraphs))
        facts_s, made = timed(lambda: composed(paragraphs))
        pdf_s, pdf = timed(lambda: as_pdf(made))
        docx_s, _docx = timed(lambda: as_docx(made))
    figures = sum(isinstance(part, Picture) for part in made.parts)
    return {
        "pages": pages_of(pdf), "figures": figures, "first_facts_s": first_s, "facts_s": facts_s, "pdf_s": pdf_s, "docx_s": docx_s, "limit_s": LIMIT_S,
        "is_pdf_ua": b"pdfuaid:part" in pdf, "is_tagged": b"/StructTreeRoot" in pdf, "bytes": len(pdf),
    }  # fmt: skip


def is_within(it: dict[str, Any]) -> bool:
    """Whether a document long enough, with pictures enough, was set in time and says that it can be read aloud."""
    return bool(it["pages"] >= PAGES and it["figures"] >= FIGURES and it["first_facts_s"] + it["pdf_s"] <= LIMIT_S and it["is_pdf_ua"] and it["is_tagged"])


def in_scratch(words: list[str]) -> int:
    """Measures in a throw-away installation with the whole sample; returns its exit code."""
    with TemporaryDirectory(prefix="osnowa-") as folder:
        around = os.environ | {"OSNOWA_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/osnowa.sqlite3", "OSNOWA_DEMO": "1"}
        for step in (["migrate"], ["sample", "load"]):
            sys.stderr.write(f"osnowa {' '.join(step)} …\n")
            run = "from osnowa.cli import main; main()"
            if failed := subprocess.run([sys.executable, "-c", run, *step], env=around, check=False, stdout=subprocess.DEVNULL).returncode:
                return failed
        return subprocess.run([sys.executable, "-m", "benchmarks.reports", "--here", *words], env=around, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--region", default="pomorskie")
    parser.add_argument("--language", default="pl")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--here", action="store_true", help="measure the database of the settings instead of a throw-away installation")
    chosen = parser.parse_args()
    if not chosen.here:
        return in_scratch(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
    import django

    django.setup()
    from benchmarks.europe.__main__ import machine

    it = measure(chosen.region, chosen.language) | {"machine": machine()}
    if chosen.json:
        print(json.dumps(it | {"is_within": is_within(it)}))
    else:
        print(f"{it['pages']} pages (at least {PAGES}), {it['figures']} figures (at least {FIGURES}), {it['bytes'] / 1e6:.1f} MB")
        print(f"facts: {it['facts_s']:.2f} s (the first time {it['first_facts_s']:.2f} s)  PDF: {it['pdf_s']:.2f} s  DOCX: {it['docx_s']:.2f} s")
        print("{cores} cores, {memory_gib} GiB, Python {python}, {on}, load {load}".format(**it["machine"]))
        print(f"first facts and PDF: {it['first_facts_s'] + it['pdf_s']:.2f} s (limit {LIMIT_S:.0f} s)  PDF/UA-1: {'yes' if it['is_pdf_ua'] else 'no'}  tagged: {'yes' if it['is_tagged'] else 'no'}")
        print("within the limit" if is_within(it) else "MISSED")
    return 0 if is_within(it) else 1


if __name__ == "__main__":
    sys.exit(main())
