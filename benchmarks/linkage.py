"""Quality, seconds and peak memory of linkage, beside Splink on the same rows in the same run.

    python -m benchmarks.linkage                      the real lists and 8,000 made-up organisations
    python -m benchmarks.linkage --rows 1000000       … and a million
    python -m benchmarks.linkage --only uk,patstat --json
    python -m benchmarks.linkage --without-splink

Each engine does each list in a process of its own. Seconds are those between rows in memory and pairs with clusters in memory,
reading of files and starting Python not counted (CPU seconds are of the whole process: where others use the machine too, they
are the fairer figure); memory is the peak of the process. Osnowa's answer is what it would merge
without asking (`sure`); of Splink the best of five thresholds is shown, chosen with the truth in hand. Quality is that of pairs:
for two lists the links themselves, for one list all pairs that stand in one cluster. Needs `../shared/data` beside the project for
the real lists, and `benchmarks/requirements.lock` for Splink. Exit code 1 when a target is missed.
"""

import argparse
import csv
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

LISTS = Path(__file__).resolve().parents[2] / "shared" / "data"
THRESHOLDS = (0.5, 0.9, 0.95, 0.99, 0.999)
AHEAD_BY = 0.05  # F1 above Splink's on names of organisations
ON_NAMES = ("uk", "patstat", "made")
TARGETS = {"uk": {"precision": 0.99, "recall": 0.95}}

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Task:
    """Rows of one list, or of two; `truth` is the body of each row."""

    name: str
    roles: dict[str, str]  # column -> role
    first: Rows
    second: Rows | None
    truth: list[str]


@dataclass(frozen=True)
class Measure:
    task: str
    engine: str
    rows: int
    precision: float
    recall: float
    f1: float
    seconds: float
    cpu_seconds: float
    memory_mb: float
    note: str = ""


# ── lists ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def uk() -> Task:
    folder = LISTS / "registers" / "uk-coops"
    first, second = (_read(folder / f"linkage_dev_2016_2017_list_{which}.csv") for which in "ab")
    body = {pair["a"]: pair["org_id"] for pair in _read(folder / "linkage_dev_2016_2017_truth.csv")}
    body |= {pair["b"]: pair["org_id"] for pair in _read(folder / "linkage_dev_2016_2017_truth.csv")}
    roles = {"name": "name", "trading_name": "other_name", "street": "street", "city": "locality", "county": "area", "postcode": "postcode",
             "sic": "activity", "incorporated": "founded", "legal_form": "legal_form"}  # fmt: skip
    return Task("uk", roles, first, second, [body.get(row["row_id"], row["row_id"]) for row in first + second])


def uk_names() -> Task:
    """The same two lists with nothing but names and towns."""
    whole = uk()
    return Task("uk_names", {"name": "name", "trading_name": "other_name", "city": "locality"}, whole.first, whole.second, whole.truth)


def patstat() -> Task:
    rows = _read(LISTS / "record_linkage" / "patstat_nl" / "patstat_reference.csv")
    return Task("patstat", {"person_name": "name"}, rows, None, [row["leuven_id"] for row in rows])


_PEOPLE = {"given_name": "given_name", "surname": "surname", "street": "street", "suburb": "locality", "postcode": "postcode",
           "state": "area", "date_of_birth": "birth_date", "soc_sec_id": "person_number"}  # fmt: skip


def febrl(which: str) -> Task:
    lists = [_read(LISTS / "record_linkage" / "febrl" / f"dataset{part}.csv") for part in (("4a", "4b") if which == "4" else (which,))]
    for row in chain(*lists):
        row["street"] = f"{row['street_number']} {row['address_1']}".strip()
    truth = [row["rec_id"].split("-")[1] for row in chain(*lists)]
    return Task(f"febrl{which}", _PEOPLE, lists[0], lists[1] if len(lists) > 1 else None, truth)


def people() -> Task:
    rows = _read(LISTS / "record_linkage" / "splink" / "fake_1000_from_splink_demos.csv")
    roles = {"first_name": "given_name", "surname": "surname", "dob": "birth_date", "city": "locality", "email": "email"}
    return Task("fake_1000", roles, rows, None, [row["cluster"] for row in rows])


def abt_buy() -> Task:
    first, second = (_read(LISTS / "record_linkage" / "abt_buy" / f"AbtBuy_{which}.csv") for which in ("Abt", "Buy"))
    return Task("abt_buy", {"title": "name"}, first, second, [row["unique_id"] for row in first + second])


def made(count: int) -> Task:
    from .organisations import COLUMNS, organisations

    rows = organisations(count, seed=1)
    return Task(f"made {count:,}", {column: column for column in COLUMNS}, rows, None, [row["body"] for row in rows])


# ── quality ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def pairs_within(labels: list[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(labels).values())


def of_clusters(labels: list[int], truth: list[str]) -> tuple[float, float, float]:
    """(precision, recall, F1) of all pairs inside clusters."""
    return _scores(pairs_within(list(zip(labels, truth, strict=True))), pairs_within(labels), pairs_within(truth))


def of_links(links: list[tuple[int, int]], task: Task) -> tuple[float, float, float]:
    """(precision, recall, F1) of links between the two lists; rows of both counted on from the first."""
    size = len(task.first)
    one, two = Counter(task.truth[:size]), Counter(task.truth[size:])
    there = sum(one[body] * two[body] for body in one)
    return _scores(sum(task.truth[a] == task.truth[size + b] for a, b in links), len(links), there)


def _scores(right: int, said: int, there: int) -> tuple[float, float, float]:
    precision, recall = right / max(said, 1), right / max(there, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


# ── engines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def by_osnowa(task: Task) -> tuple[tuple[float, float, float], float, str]:
    from osnowa.compute.linkage import Records, clusters, dedupe, link

    def records(rows: Rows) -> Records:
        return Records({role: [row[column] for row in rows] for column, role in task.roles.items()})

    first = records(task.first)
    second = records(task.second) if task.second is not None else None
    began = time.perf_counter()
    if second is not None:
        links = link(first, second)
        seconds = time.perf_counter() - began
        pairs = list(zip(links.a.tolist(), links.b.tolist(), strict=True))
        kept = [pair for pair, sure in zip(pairs, links.sure.tolist(), strict=True) if sure]
        return of_links(kept, task), seconds, _with_doubtful(of_links(pairs, task))
    links = dedupe(first)
    labels = clusters(len(first), links, first)
    seconds = time.perf_counter() - began
    doubtful = clusters(len(first), links, first, sure=False)
    return of_clusters(labels.tolist(), task.truth), seconds, _with_doubtful(of_clusters(doubtful.tolist(), task.truth))


def _with_doubtful(scores: tuple[float, float, float]) -> str:
    return "sure; with the doubtful {:.4f} {:.4f} {:.4f}".format(*scores)


LEGAL_FORMS = (
    "limited|ltd|plc|cic|community interest company|public limited company|co|inc|corp|sp z oo|sp z o o|spolka z ograniczona odpowiedzialnoscia|sa|s a|sc|spolka akcyjna|"
    "doo|d o o|dd|druzba z omejeno odgovornostjo|so p|socialno podjetje|srl|s r l|spa|s p a|onlus|ets|sl|s l|slu|sociedad limitada|sociedad anonima|sarl|sas|scop|scic|"
    "gmbh|ggmbh|ev|e v|eg|ag|kg|zs|z s|sro|s r o|ops|o p s|zu|z u|nv|n v|bv|b v"
)
_CLEAN = "trim(regexp_replace(regexp_replace(lower(strip_accents({0})), '[^a-z0-9]+', ' ', 'g'), '( (" + LEGAL_FORMS + r"))+\s*$', ''))"
_BLOCKS = {
    "name": ("name_clean",),
    "postcode": ("postcode, substr(name_clean, 1, 8)", "postcode, street"),
    "locality": ("locality, substr(name_clean, 1, 20)",),
    "phone": ("phone",),
    "founded": ("founded, substr(name_clean, 1, 2)", "founded, locality"),
    "other_name": ("other_name",),
    "surname": ("surname, given_name", "surname, birth_date", "given_name, birth_date"),
    "person_number": ("person_number",),
    "email": ("email",),
}


def by_splink(task: Task) -> tuple[tuple[float, float, float], float, str]:
    """Splink as somebody who knows it would set it up for such columns; the best threshold, chosen with the truth in hand."""
    import duckdb
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    roles = {role: column for column, role in task.roles.items()}
    lists = [task.first] if task.second is None else [task.first, task.second]
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect()
        began, at = time.perf_counter(), 0
        tables = []
        for nth, rows in enumerate(lists):
            path = Path(folder) / f"{nth}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                out = csv.writer(file)
                out.writerow(["unique_id", *roles])
                out.writerows([at + k, *(" ".join(row[column].split()) for column in roles.values())] for k, row in enumerate(rows))
            at += len(rows)
        began = time.perf_counter()  # what it took to write the rows down for the other engine does not count
        for nth in range(len(lists)):
            clean = f", nullif({_CLEAN.format('name')}, '') as name_clean" if "name" in roles else ""
            text = ", ".join(f"nullif(lower(trim({role})), '') as {role}" for role in roles)
            source = f"read_csv('{folder}/{nth}.csv', header=true, all_varchar=true, delim=',', quote='\"', escape='\"')"
            connection.execute(f"create table read{nth} as select cast(unique_id as bigint) as unique_id, {text}{clean} from {source}")
            head = ", substr(name_clean, 1, 6) as name_head" if "name" in roles else ""
            connection.execute(f"create table list{nth} as select *{head} from read{nth}")
            tables.append(f"list{nth}")
        engine = DuckDBAPI(connection)
        frames = [engine.register(table) for table in tables]
        comparisons: list[Any] = []
        for role in roles:
            if role == "name":
                comparisons.append(cl.JaroWinklerAtThresholds("name_clean", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True))
            elif role in ("locality", "given_name", "surname", "other_name"):
                comparisons.append(cl.JaroWinklerAtThresholds(role, [0.92, 0.8]).configure(term_frequency_adjustments=True))
            elif role == "street":
                comparisons.append(cl.JaroWinklerAtThresholds(role, [0.95, 0.85]))
            elif role in ("founded", "birth_date", "person_number"):
                comparisons.append(cl.LevenshteinAtThresholds(role, [1, 2]))
            else:
                comparisons.append(cl.ExactMatch(role).configure(term_frequency_adjustments=role in ("postcode", "area")))
        rules = [rule for role in roles for rule in _BLOCKS.get(role, ())]
        rules += ["name_head"] if set(roles) <= {"name", "other_name"} and "name" in roles else []  # blocks of thousands where there is more to go by
        needed = set(roles) | {"name_clean"} if "name" in roles else set(roles)
        columns = ("name_clean", *_PEOPLE.values(), "founded", "phone", "other_name", "email", "area")
        rules = [rule for rule in rules if all(column in needed for column in columns if column in rule.replace("(", " ").replace(",", " ").split())]
        settings = SettingsCreator(
            link_type="dedupe_only" if task.second is None else "link_only",
            comparisons=comparisons,
            blocking_rules_to_generate_predictions=[block_on(*_split(rule)) for rule in rules],
            retain_matching_columns=False,
        )
        linker = Linker(frames if len(frames) > 1 else frames[0], settings, log_level=None)
        exact = [block_on(*_split(rule)) for rule in (["name_clean, postcode"] if {"name", "postcode"} <= set(roles) else rules[:1])]
        linker.training.estimate_probability_two_random_records_match(exact, recall=0.6)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        for rule in _training(roles):
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*_split(rule)), max_pairs=2e6)
        predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
        best: tuple[tuple[float, float, float], str] = ((0.0, 0.0, -1.0), "")
        if task.second is not None:
            found = connection.execute(f"select unique_id_l, unique_id_r, match_probability from {predicted.physical_name}").fetchall()
            seconds = time.perf_counter() - began
            for threshold in THRESHOLDS:
                chosen: dict[int, tuple[float, int]] = {}
                for left, right, chance in found:
                    low, high = min(left, right), max(left, right)
                    if chance >= threshold:
                        chosen[low] = max(chosen.get(low, (0.0, 0)), (chance, -high))
                scores = of_links([(low, -high - len(task.first)) for low, (_, high) in chosen.items()], task)
                best = max(best, (scores, f"best at {threshold}"), key=lambda one: one[0][2])
            return best[0], seconds, best[1]
        seconds = time.perf_counter() - began
        for threshold in THRESHOLDS:
            began = time.perf_counter()
            clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=threshold)
            found = connection.execute(f"select unique_id, cluster_id from {clustered.physical_name}").fetchall()
            once = time.perf_counter() - began
            labels = [0] * len(task.first)
            numbers: dict[Any, int] = {}
            for row, cluster in found:
                labels[row] = numbers.setdefault(cluster, len(numbers))
            best = max(best, (of_clusters(labels, task.truth), f"best at {threshold}"), key=lambda one: one[0][2])
        return best[0], seconds + once, best[1]


def _split(rule: str) -> list[str]:
    """The parts of a blocking rule, commas inside brackets left alone."""
    parts, depth = [""], 0
    for letter in rule:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _training(roles: dict[str, str]) -> list[str]:
    if "name" in roles:
        return ["name_clean", *(role for role in ("postcode", "founded") if role in roles)] if len(roles) > 1 else ["name_head"]
    return ["surname", "birth_date"]


ENGINES = {"osnowa": by_osnowa, "splink": by_splink}
TASKS: dict[str, Callable[[], Task]] = {"uk": uk, "uk_names": uk_names, "patstat": patstat, **{f"febrl{n}": partial(febrl, n) for n in "1234"}, "fake_1000": people, "abt_buy": abt_buy}


# ── the run ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _one(engine: str, path: Path) -> None:
    """What a child does: one list, one engine; prints a `Measure` as JSON."""
    with path.open("rb") as file:
        task = pickle.load(file)
    (precision, recall, f1), seconds, note = ENGINES[engine](task)
    used = resource.getrusage(resource.RUSAGE_SELF)
    rows = len(task.first) + len(task.second or [])
    print(json.dumps(asdict(Measure(task.name, engine, rows, precision, recall, f1, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, note))))


def measure(task: Task, engines: list[str]) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "task.pickle"
        with path.open("wb") as file:
            pickle.dump(task, file)
        for engine in engines:
            done = subprocess.run([sys.executable, "-m", "benchmarks.linkage", "--one", engine, str(path)], capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{engine} on {task.name}: {done.stderr[-2000:]}")
            yield Measure(**json.loads(done.stdout.strip().splitlines()[-1]))


def missed(measures: list[Measure]) -> list[str]:
    """The targets that are not met, as sentences."""
    by = {(one.task, one.engine): one for one in measures}
    out = []
    for (task, engine), ours in by.items():
        if engine != "osnowa":
            continue
        for what, least in TARGETS.get(task, {}).items():
            if getattr(ours, what) < least:
                out.append(f"{task}: {what} {getattr(ours, what):.4f} is under {least}")
        theirs = by.get((task, "splink"))
        if theirs and task.startswith(ON_NAMES) and ours.f1 < min(theirs.f1 + AHEAD_BY, 0.99):
            out.append(f"{task}: F1 {ours.f1:.4f}, Splink {theirs.f1:.4f}")
        if theirs and ours.rows >= 1_000_000 and ours.seconds > theirs.seconds:
            out.append(f"{task}: {ours.seconds:.0f} s, Splink {theirs.seconds:.0f} s")
    return out


def main() -> int:
    if sys.argv[1:2] == ["--one"]:
        _one(sys.argv[2], Path(sys.argv[3]))
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, action="append", help="made-up organisations (8000 unless told; may be given again)")
    parser.add_argument("--only", default="", help="names of real lists, with commas; 'made' for none of them")
    parser.add_argument("--without-splink", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    wanted = given.only.split(",") if given.only else list(TASKS) if LISTS.exists() else []
    if not LISTS.exists():
        print(f"No real lists here ({LISTS}): only made-up ones are measured.", file=sys.stderr)
    engines = ["osnowa"] if given.without_splink else ["osnowa", "splink"]
    tasks: list[Callable[[], Task]] = [TASKS[name] for name in wanted if name in TASKS]
    tasks += [partial(made, count) for count in (given.rows or ([8_000] if not given.only or "made" in wanted else []))]
    measures: list[Measure] = []
    if not given.json:
        print(f"{'list':16}{'engine':9}{'rows':>10}{'precision':>11}{'recall':>9}{'F1':>9}{'seconds':>9}{'CPU s':>8}{'MB':>8}")
    for task in tasks:
        for one in measure(task(), engines):
            measures.append(one)
            if not given.json:
                print(f"{one.task:16}{one.engine:9}{one.rows:>10,}{one.precision:>11.4f}{one.recall:>9.4f}{one.f1:>9.4f}{one.seconds:>9.1f}{one.cpu_seconds:>8.1f}{one.memory_mb:>8.0f}  {one.note}", flush=True)  # fmt: skip
    if given.json:
        print(json.dumps([asdict(one) for one in measures], indent=1))
    failed = missed(measures)
    for sentence in failed:
        print(f"missed: {sentence}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
