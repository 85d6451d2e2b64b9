"""Server time of many addresses, warm, in this process."""

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Measured:
    """What was measured of one kind of page or question; times in milliseconds, `worst` the slowest address."""

    name: str
    asked: int
    p50: float
    p95: float
    most: float
    kilobytes: float = 0.0
    queries: int = 0
    #: p95 of the processor's own time: what the same takes where nobody else works.
    work: float = 0.0
    limit: float | None = None
    worst: str = ""
    wrong: int = 0

    @property
    def is_missed(self) -> bool:
        return self.limit is not None and (self.p95 > self.limit or self.wrong > 0)

    def facts(self) -> dict[str, Any]:
        return asdict(self) | {"missed": self.is_missed}


def percentile(times: list[float], share: float) -> float:
    """The nearest rank."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def timed(name: str, questions: Iterable[Any], ask: Callable[[Any], Any], limit: float | None = None) -> Measured:
    """Each question once to warm up, then once to be timed."""
    questions = list(questions)
    times, work = [], []
    for question in questions:
        ask(question)
        began, worked = time.perf_counter(), time.process_time()
        ask(question)
        times.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - worked) * 1000)
    slowest = str(questions[times.index(max(times))]) if times else ""
    p50, p95, most = (round(percentile(times, share), 1) for share in (0.5, 0.95, 1))
    return Measured(name, len(times), p50, p95, most, work=round(percentile(work, 0.95), 1), limit=limit, worst=slowest)


def pages(name: str, ways: Iterable[str], client: Any, limit: float | None = None) -> Measured:
    """The answers of addresses: their times, the size of the largest, the most queries, how many were not 200."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ways = list(ways)
    sizes, queries, wrong = [0], [0], 0

    def ask(way: str) -> None:
        response = client.get(way)
        b"".join(response) if response.streaming else response.content

    for way in ways:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(way)
        wrong += response.status_code != 200
        sizes.append(len(response.content) if not response.streaming else 0)
        queries.append(len(asked))
    found = timed(name, ways, ask, limit)
    return Measured(**asdict(found) | {"kilobytes": round(max(sizes) / 1000, 1), "queries": max(queries), "wrong": wrong})
