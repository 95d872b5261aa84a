"""How tracing scales: ``python benchmarks/tracing.py`` gathers 10,000 to 1,000,000 statements into utterances.

The statements are made, with a fixed seed, from those of Wikinews and PolNeAR: the words of one are exchanged for
others of their kind, which gives an utterance that nobody made before; it gets a speaker, a day, and carriers, most of
them one, some hundreds, who print it whole, trimmed, with an ellipsis, with a word changed, in their own words around a
piece of it, or stitched to another of the speaker. Since it is known which carrier goes back to which utterance,
B-cubed precision and recall are given too.

Every size runs in a process of its own. `one` is a new statement traced against all: through postings in memory, and
through a table of fingerprints in SQLite.

    python benchmarks/tracing.py --sizes 10000 100000     some sizes
    python benchmarks/tracing.py --plot                   draw benchmarks/tracing.svg of the figures kept
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import math
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from postings import Postings

from onrecord.tracing.gathering.boilerplate import FUNCTION_WORDS
from onrecord.tracing.gathering.carriers import Carrier
from onrecord.tracing.gathering.newcomers import trace
from onrecord.tracing.gathering.shingles import fingerprints
from onrecord.tracing.gathering.utterances import Utterance, utterances

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FIGURES = HERE / "tracing.json"
PLOT = HERE / "tracing.svg"
BASE = ROOT / "cache" / "chains" / "statements.json"
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
SEED = 6
ASKED = 300
MOST_CARRIERS = 300


def main() -> int:
    """Run the sizes, each in its own process, and print what was measured."""
    parser = argparse.ArgumentParser(description="Measure how tracing scales.")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--only", type=int, help="run this size here and print its figures as JSON")
    parser.add_argument("--plot", action="store_true", help="draw the figures kept")
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(measured(arguments.only)))
        return 0
    if not arguments.plot:
        kept = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
        base()
        for size in arguments.sizes:
            command = [sys.executable, __file__, "--only", str(size)]
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
            kept[str(size)] = json.loads(done.stdout)
            print(told(size, kept[str(size)]), flush=True)
            FIGURES.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    PLOT.write_text(plot(json.loads(FIGURES.read_text("utf-8"))), "utf-8")
    print(f"drawn in {PLOT}")
    return 0


def told(size: int, figures: dict[str, float]) -> str:
    """One line of figures."""
    return (
        f"{size:>9,} statements  {figures['seconds']:7.1f} s ({figures['cpu_seconds']:.1f} s of CPU)  "
        f"{figures['megabytes']:6.0f} MB  "
        f"B3 P {figures['precision']:.3f} R {figures['recall']:.3f}  "
        f"one: memory p50 {figures['one_ms']:.2f} p95 {figures['one_p95_ms']:.2f} ms, "
        f"SQLite p50 {figures['sqlite_ms']:.2f} p95 {figures['sqlite_p95_ms']:.2f} ms, "
        f"{figures['fingerprints']:.1f} fingerprints a statement"
    )


def measured(size: int) -> dict[str, float | str]:
    """Make `size` statements, gather them, and trace some new ones against them."""
    pairs = list(itertools.islice(statements(SEED), size))
    carriers, truth = [c for c, _ in pairs], {c.id: number for c, number in pairs}
    del pairs
    start, worked = time.perf_counter(), time.process_time()
    found = utterances(carriers)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    precision, recall = agreement(found, truth)
    figures: dict[str, float | str] = {
        "seconds": seconds,
        "cpu_seconds": worked,
        "megabytes": peak,
        "utterances": len(found),
        "precision": precision,
        "recall": recall,
        "machine": f"{platform.machine()}, {cpu()}, Python {platform.python_version()}",
    }
    del found
    return figures | one_by_one(carriers)


def one_by_one(carriers: Sequence[Carrier]) -> dict[str, float]:
    """How long it takes to trace one new statement against all others, and to put it in."""
    owners: list[int] = []
    values: list[int] = []
    for number, carrier in enumerate(carriers):
        held = fingerprints(carrier.words)
        owners += [number] * len(held)
        values += held
    postings = Postings()
    postings.add_many(np.array(owners), np.array(values))
    table = sqlite3.connect(":memory:")
    table.execute(
        "CREATE TABLE fingerprints (fingerprint INTEGER, statement INTEGER, PRIMARY KEY (fingerprint, statement))"
        " WITHOUT ROWID"
    )
    table.executemany("INSERT INTO fingerprints VALUES (?, ?)", sorted(zip(values, owners, strict=True)))
    total = len(values)
    del owners, values
    new = list(itertools.islice((c for c, _ in statements(SEED, first=len(carriers) // 2)), ASKED))
    took: dict[str, list[float]] = {"one": [], "sqlite": []}
    for name, lookup in (("one", postings), ("sqlite", Table(table))):
        for at, carrier in enumerate(new):
            newcomer = replace(carrier, id=f"new {at}", article=f"new {at}")
            start = time.perf_counter()
            trace(newcomer, lookup, lambda numbers: [carriers[number] for number in numbers])
            if isinstance(lookup, Postings):
                lookup.add(len(carriers) + at, ())
            took[name].append(1000 * (time.perf_counter() - start))
    return {
        "one_ms": quantile(took["one"], 0.5),
        "one_p95_ms": quantile(took["one"], 0.95),
        "one_worst_ms": max(took["one"]),
        "sqlite_ms": quantile(took["sqlite"], 0.5),
        "sqlite_p95_ms": quantile(took["sqlite"], 0.95),
        "sqlite_worst_ms": max(took["sqlite"]),
        "fingerprints": total / len(carriers),
    }


class Table:
    """The postings in a table, as an archive keeps them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def holders(self, fingerprint: int, limit: int) -> Sequence[int]:
        """The first statements that hold it."""
        rows = self._connection.execute(
            "SELECT statement FROM fingerprints WHERE fingerprint = ? ORDER BY statement LIMIT ?", (fingerprint, limit)
        )
        return [number for (number,) in rows]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def agreement(found: Sequence[Utterance], truth: dict[str, int]) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga and Baldwin 1998); what was left out as boilerplate stands alone.

    A stitched carrier is of the utterance whose carrier it was made as.
    """
    sizes = Counter(truth.values())
    precision = recall = 0.0
    placed = 0
    for utterance in found:
        for number, count in Counter(truth[carrier.id] for carrier in utterance.carriers).items():
            precision += count * count / len(utterance.carriers)
            recall += count * count / sizes[number]
            placed += count
    alone = Counter(truth.values())
    for utterance in found:
        alone.subtract(truth[carrier.id] for carrier in utterance.carriers)
    recall += sum(count / sizes[number] for number, count in alone.items())
    return (precision + len(truth) - placed) / len(truth), recall / len(truth)


def base() -> list[str]:
    """The contents of the statements of Wikinews and PolNeAR, read once and kept."""
    if not BASE.exists():
        from evals.clusters import CACHE, POLNEAR, gold_record, wikinews_records

        records = [*wikinews_records(CACHE)]
        for name in ("dev.jsonl", "train.jsonl"):
            with (POLNEAR / name).open(encoding="utf-8") as stream:
                records += [gold_record(json.loads(line)) for line in stream]
        words = [" ".join(r.words(s).split()) for r in records for s in r.statements]
        BASE.parent.mkdir(parents=True, exist_ok=True)
        BASE.write_text(json.dumps([text for text in words if 4 <= len(text.split()) <= 80]), "utf-8")
    kept: list[str] = json.loads(BASE.read_text("utf-8"))
    return kept


def kind_of(word: str) -> str:
    """What a word may be exchanged for: a function word for nothing, others for words of their shape."""
    bare = word.strip(".,;:!?\"'“”‘’()")
    if not bare or bare.casefold() in FUNCTION_WORDS:
        return ""
    if any(ch.isdigit() for ch in bare):
        return "number"
    if bare[0].isupper():
        return "name"
    return next((ending for ending in ("ing", "ed", "ly", "s") if bare.endswith(ending)), "word")


def statements(seed: int, first: int = 0) -> Iterator[tuple[Carrier, int]]:
    """Carriers without end, each with the number of its utterance. `first` passes over so many of the utterances."""
    texts = base()
    stock: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        for word in text.split():
            stock[kind_of(word)].append(word.strip(".,;:!?\"'“”‘’()"))
    names = stock["name"]
    speakers = [" ".join(random.Random(f"speaker {n}").choices(names, k=2)) for n in range(5000)]
    last: dict[str, list[str]] = {}
    for number in itertools.count(first):
        rng = random.Random(f"{seed} {number}")
        words = [
            rng.choice(stock[kind]) if (kind := kind_of(word)) and rng.random() < 0.8 else word
            for word in rng.choice(texts).split()
        ]
        speaker = speakers[int(5000 * rng.random() ** 3)]
        day = datetime.date(2014, 1, 1) + datetime.timedelta(rng.randrange(3650))
        count = 1 if rng.random() < 0.6 else min(MOST_CARRIERS, 1 + int(rng.paretovariate(1.1)))
        for carrier in range(count):
            form, printed = variant(rng, words, last.get(speaker, words), stock) if carrier else ("direct", words)
            yield (
                Carrier(
                    id=f"{number}-{carrier}",
                    article=f"{number}-{carrier}",
                    statement="s1",
                    words=" ".join(printed),
                    form=form,  # type: ignore[arg-type]
                    outlet=f"Outlet {rng.randrange(300)}",
                    published=day + datetime.timedelta(min(5, int(rng.expovariate(1.0)))),
                    speaker=speaker if rng.random() < 0.9 else None,
                    language="en",
                ),
                number,
            )
        last[speaker] = words


def variant(
    rng: random.Random, words: list[str], other: list[str], stock: dict[str, list[str]]
) -> tuple[str, list[str]]:
    """How a further carrier prints the words, and in which form."""
    chance, size = rng.random(), len(words)
    if chance < 0.5 or size < 6:
        return "direct", words
    start = rng.randrange(max(1, size // 2))
    piece = words[start : start + max(5, rng.randrange(size // 2, size))]
    if chance < 0.7:
        return "direct", piece
    if chance < 0.78:
        cut = rng.randrange(2, size - 2)
        return "direct", [*words[:cut], "…", *words[min(size - 1, cut + rng.randrange(1, 5)) :]]
    if chance < 0.9:
        at = rng.randrange(size)
        return "direct", [*words[:at], rng.choice(stock["word"]), *words[at + 1 :]]
    if chance < 0.97:
        return "mixed", [*rng.choices(stock["word"], k=4), "“" + piece[0], *piece[1:-1], piece[-1] + "”"]
    return "direct", [*piece, "…", *other[: max(4, len(other) // 2)]]


def cpu() -> str:
    """The name of the processor, where the system tells."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def plot(figures: dict[str, dict[str, float]]) -> str:
    """Seconds of CPU against statements, both in logarithms, beside n log n laid through the smallest size."""
    sizes = sorted(map(int, figures))
    taken = [figures[str(size)]["cpu_seconds"] for size in sizes]
    line = [taken[0] * size * math.log(size) / (sizes[0] * math.log(sizes[0])) for size in sizes]
    wide, high, left, low = 640, 400, 70, 350
    top = math.log10(max(*taken, *line)) + 0.2
    bottom = math.log10(min(*taken, *line)) - 0.2

    def place(size: int, seconds: float) -> tuple[float, float]:
        across = (math.log10(size) - math.log10(sizes[0])) / (math.log10(sizes[-1]) - math.log10(sizes[0]) or 1)
        up = (math.log10(seconds) - bottom) / (top - bottom)
        return round(left + across * (wide - left - 40), 1), round(low - up * (low - 40), 1)

    def path(values: Sequence[float]) -> str:
        return " ".join(f"{x},{y}" for x, y in map(place, sizes, values))

    marks = "".join(
        f'<circle cx="{place(size, seconds)[0]}" cy="{place(size, seconds)[1]}" r="4"/>'
        f'<text x="{place(size, seconds)[0]}" y="{place(size, seconds)[1] - 9}" text-anchor="middle">'
        f"{seconds:.3g} s</text>"
        f'<text x="{place(size, seconds)[0]}" y="{low + 20}" text-anchor="middle">{size:,}</text>'
        for size, seconds in zip(sizes, taken, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
        f"<title>Statements gathered into utterances: seconds of CPU by number of statements</title>"
        f'<rect width="{wide}" height="{high}" fill="#fff"/>'
        f'<path d="M{left} 30V{low}H{wide - 20}" fill="none" stroke="#555"/>'
        f'<polyline points="{path(line)}" fill="none" stroke="#999" stroke-dasharray="5 4"/>'
        f'<polyline points="{path(taken)}" fill="none" stroke="#1a5fb4" stroke-width="2"/><g fill="#1a5fb4">{marks}</g>'
        f'<text x="{left}" y="20">seconds of CPU (logarithmic); dashed: n log n from the smallest</text>'
        f'<text x="{wide - 20}" y="{low + 40}" text-anchor="end">statements (logarithmic)</text></svg>\n'
    )


if __name__ == "__main__":
    sys.exit(main())
