"""How reading grows with the text: ``python benchmarks/growth.py`` reads texts of five kinds from 1 KB to 8 MB.

The texts are made, with a fixed seed, of the invented articles in ``corpus/``: whole articles (prose), their quoted
sentences as turns of a dialogue, whole articles without a line break, their sentences as numbered and bulleted items,
and quotations within quotations. Names are new in each article, so that nothing is read twice. Every text is read in a
process of its own, which tells its CPU seconds, how many of them the model took, and its peak of memory. What was
measured is kept in ``growth.json``; a run goes on where the last one ended.

    python benchmarks/growth.py --most 512                texts of up to 512 KB
    python benchmarks/growth.py --kinds prose dialogue    some kinds
    python benchmarks/growth.py --fresh                   measure anew
    python benchmarks/growth.py --plot                    draw benchmarks/growth.svg of the figures kept
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import platform
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus" / "gold"
FIGURES = HERE / "growth.json"
PLOT = HERE / "growth.svg"
SIZES = (1, 2, 4, 8, 32, 128, 512, 2048, 8192)  # KB of 1,000 code points
FROM = 32
"""KB from which the slope is fitted; below, what a read costs whatever its length is seen."""

SEED = 12
SYLLABLES = (
    "ba be bo da de do fa ga go ha ja ka ke ko la le lo ma me mo na ne no pa ra re ro sa se so ta te to va".split()
)
CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
QUOTED = re.compile(r"“([^“”\n]{12,160})”")
SENTENCE = re.compile(r"(?<=[.!?] )[A-Z][^.!?“”\n]{30,200}[.](?= )")

Figures = dict[str, dict[str, Any]]


def main() -> int:
    """Measure what has not been measured yet, print the slopes, and draw them."""
    parser = argparse.ArgumentParser(description="Measure how reading grows with the text.")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--most", type=int, default=SIZES[-1], help="KB of the longest text (default 8192)")
    parser.add_argument("--fresh", action="store_true", help="forget the figures kept")
    parser.add_argument("--plot", action="store_true", help="draw the figures kept")
    parser.add_argument("--figures", type=Path, default=FIGURES, help="where figures are kept")
    parser.add_argument("--only", nargs=2, metavar=("KIND", "KB"), help="read this text here and print its figures")
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(measured(arguments.only[0], int(arguments.only[1]))))
        return 0
    kept: Figures = {}
    if arguments.figures.exists() and not arguments.fresh:
        kept = json.loads(arguments.figures.read_text("utf-8"))
    wanted = [(kind, size) for size in SIZES for kind in arguments.kinds if size <= arguments.most]
    for kind, size in () if arguments.plot else wanted:
        if str(size) not in kept.get(kind, {}):
            command = [sys.executable, __file__, "--only", kind, str(size)]
            done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
            kept.setdefault(kind, {})[str(size)] = json.loads(done.stdout)
            arguments.figures.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
            print(told(kind, size, kept[kind][str(size)]), flush=True)
    for kind, figures in kept.items():
        whole, rest = slope(figures, "cpu_seconds"), slope(figures, "rest_seconds")
        print(f"{kind:10} slope {whole:.2f}, without the model {rest:.2f}, up to {max(map(int, figures)):,} KB")
    PLOT.write_text(plot(kept), "utf-8")
    print(f"drawn in {PLOT}")
    return 0


def told(kind: str, size: int, figures: Mapping[str, Any]) -> str:
    """One line of figures."""
    return (
        f"{kind:10} {size:>6,} KB  {figures['cpu_seconds']:9.2f} s of CPU, {figures['rest_seconds']:8.2f} without the "
        f"model  {figures['megabytes']:6.0f} MB  {figures['statements']:>8,} statements"
    )


def measured(kind: str, size: int) -> dict[str, float | str]:
    """Read one text, after a short one for what is loaded once."""
    import onrecord
    from onrecord.finding.tagging.tagger import load_tagger

    text = "".join(itertools.islice(characters(kind), size * 1000))
    onrecord.read("“We were asked twice,” said Rena Holt of the harbour board on Monday.")
    model = 0.0
    tagger = load_tagger()
    run = tagger.session.run

    def timed(*given: Any) -> Any:
        nonlocal model
        began = time.process_time()
        answer = run(*given)
        model += time.process_time() - began
        return answer

    tagger.session = type("Timed", (), {"run": staticmethod(timed)})()
    began, wall = time.process_time(), time.perf_counter()
    record = onrecord.read(text, published="2024-03-05", outlet="Quay Herald")
    record.to_dict()
    seconds = time.process_time() - began
    return {
        "cpu_seconds": seconds,
        "rest_seconds": seconds - model,
        "wall_seconds": time.perf_counter() - wall,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        * (1 if sys.platform == "darwin" else 1024)
        / 1e6,
        "statements": len(record.statements),
        "entities": len(record.entities),
        "machine": f"{platform.machine()}, {cpu()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def characters(kind: str) -> Iterator[str]:
    """A text of that kind without end."""
    return itertools.chain.from_iterable(KINDS[kind](random.Random(f"{SEED} {kind}")))


def prose(rng: random.Random) -> Iterator[str]:
    """Articles, one below the other."""
    while True:
        yield renamed(rng, rng.choice(articles())) + "\n\n"


def one_line(rng: random.Random) -> Iterator[str]:
    """Articles without a line break."""
    return (" ".join(text.split()) + " " for text in prose(rng))


def dialogue(rng: random.Random) -> Iterator[str]:
    """Short turns, every sixth without a cue; two new speakers after every forty."""
    while True:
        one, other = name(rng), name(rng)
        yield f"{one} {name(rng)} met {other} {name(rng)} at the gate.\n"
        for turn in range(40):
            who = rng.choice((one, other, "he", "she", "they"))
            cue = "" if turn % 6 == 5 else f" {who} {rng.choice(('said', 'asked', 'replied', 'added'))}."
            yield f"“{renamed(rng, rng.choice(quoted())).rstrip('.,')}{',' if cue else '.'}”{cue}\n"


def lists(rng: random.Random) -> Iterator[str]:
    """Items, numbered or behind bullets, some with a label."""
    while True:
        numbered = rng.random() < 0.5
        yield f"{name(rng)} {name(rng)} named the points:\n"
        for number in range(1, rng.randrange(5, 40)):
            label = f"{name(rng)} {name(rng)}: " if rng.random() < 0.1 else ""
            yield f"{f'{number}.' if numbered else '•'} {label}{renamed(rng, rng.choice(plain()))}\n"


def nested(rng: random.Random) -> Iterator[str]:
    """Quotations within quotations, three deep."""
    while True:
        inner, middle, outer = (renamed(rng, rng.choice(quoted())).rstrip(".,?!") for _ in range(3))
        yield (
            f"“{outer}, and {name(rng)} {name(rng)} told us: ‘{middle}, for {name(rng)} wrote “{inner}” to me,’ which "
            f"was read out,” {name(rng)} {name(rng)} said.\n"
        )


KINDS: dict[str, Callable[[random.Random], Iterator[str]]] = {
    "prose": prose,
    "dialogue": dialogue,
    "one line": one_line,
    "lists": lists,
    "nested": nested,
}


def name(rng: random.Random) -> str:
    """A name of two to four syllables."""
    return "".join(rng.choices(SYLLABLES, k=rng.randrange(2, 5))).capitalize()


def renamed(rng: random.Random, text: str) -> str:
    """The text with another name for each that it has within its sentences."""
    names: dict[str, str] = {}
    return CAPITAL.sub(lambda match: names.setdefault(match[0], name(rng)), text)


@cache
def articles() -> Sequence[str]:
    """The invented articles of the corpus."""
    return [json.loads(line)["text"] for line in (CORPUS / "train.jsonl").read_text("utf-8").splitlines()]


@cache
def quoted() -> Sequence[str]:
    return [match[1] for text in articles() for match in QUOTED.finditer(text)]


@cache
def plain() -> Sequence[str]:
    return [match[0] for text in articles() for match in SENTENCE.finditer(text)]


def slope(figures: Mapping[str, Mapping[str, float]], what: str) -> float:
    """The slope of log time against log length, by least squares, from FROM on; NaN for fewer than two lengths."""
    points = [(math.log(int(size)), math.log(f[what])) for size, f in figures.items() if int(size) >= FROM]
    if len(points) < 2:
        return math.nan
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def cpu() -> str:
    """The name of the processor, where the system tells."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def plot(kept: Figures) -> str:
    """Seconds of CPU against length, both in logarithms, beside what is in proportion to the length."""
    colours = ("#1a5fb4", "#c64600", "#26a269", "#813d9c", "#865e3c")
    points = {
        kind: [(int(size), figures[size]["cpu_seconds"]) for size in sorted(figures, key=int)]
        for kind, figures in kept.items()
    }
    sizes = sorted({size for line in points.values() for size, _ in line})
    taken = [seconds for line in points.values() for _, seconds in line]
    wide, high, left, low = 680, 440, 60, 390
    top, bottom = math.log10(max(taken)) + 0.2, math.log10(min(taken)) - 0.2

    def place(size: float, seconds: float) -> tuple[float, float]:
        across = math.log(size / sizes[0]) / (math.log(sizes[-1] / sizes[0]) or 1)
        up = (math.log10(seconds) - bottom) / (top - bottom)
        return round(left + 10 + across * (wide - left - 50), 1), round(low - up * (low - 40), 1)

    def path(line: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{x},{y}" for x, y in (place(*point) for point in line))

    lines = "".join(
        f'<g fill="{colour}" stroke="{colour}"><polyline points="{path(line)}" fill="none" stroke-width="2"/>'
        + "".join(f'<circle cx="{x}" cy="{y}" r="3"/>' for x, y in (place(*point) for point in line))
        + f'<text x="{left + 20}" y="{58 + 18 * number}" stroke="none">{kind}: slope '
        f"{slope(kept[kind], 'cpu_seconds'):.2f}</text></g>"
        for number, (colour, (kind, line)) in enumerate(zip(colours, points.items(), strict=False))
    )
    across = "".join(
        f'<text x="{place(size, taken[0])[0]}" y="{low + 20}" text-anchor="middle">{size:,}</text>' for size in sizes
    )
    up = "".join(
        f'<text x="{left - 6}" y="{place(sizes[0], 10.0**power)[1] + 4}" text-anchor="end">{10.0**power:g}</text>'
        for power in range(math.ceil(bottom), math.floor(top) + 1)
    )
    most = max((line[-1] for line in points.values()), key=lambda point: point[0])
    even = [(size, most[1] * size / most[0]) for size in sizes if most[1] * size / most[0] > 10**bottom]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
        f"<title>Reading: seconds of CPU by length of the text</title>"
        f'<rect width="{wide}" height="{high}" fill="#fff"/>'
        f'<path d="M{left} 30V{low}H{wide - 20}" fill="none" stroke="#555"/>'
        f'<polyline points="{path(even)}" fill="none" stroke="#999" stroke-dasharray="5 4"/>{lines}{across}{up}'
        f'<text x="{left}" y="20">seconds of CPU (logarithmic); dashed: in proportion to the length</text>'
        f'<text x="{wide - 20}" y="{low + 40}" text-anchor="end">thousand characters (logarithmic); slopes from {FROM}'
        f"</text></svg>\n"
    )


if __name__ == "__main__":
    sys.exit(main())
