"""What each step after finding costs: ``python benchmarks/steps.py``. Prints the time of every step as a share of the
time of finding, all taken in one run over the same articles, with the machine that they were taken on; and what it
costs to load the directory.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from speed import count_words, load_texts, machine

LOAD = """
import json, resource, sys, time
import onrecord.errors, onrecord.records
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
from onrecord.directory import Directory
directory = Directory.load()
directory.people("Sergei Lavrov", "2017-05-08")
directory.holders("foreign minister", "Russia", "2017-05-08")
seconds = time.perf_counter() - began
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "kilobytes": after - before}))
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure what each step costs beside finding.")
    parser.add_argument("--words", type=int, default=20_000, help="how many words to read (default 20,000)")
    arguments = parser.parse_args(argv)
    os.environ["ONRECORD_THREADS"] = "1"
    texts, origin = load_texts(arguments.words)
    print("\n".join(machine()), end="\n\n")
    print(f"TEXTS       {len(texts)} articles, {sum(map(count_words, texts)):,} words ({origin})\n")
    print("\n".join(steps(texts)), end="\n\n")
    print("\n".join(loading()))
    return 0


def steps(texts: Sequence[str]) -> list[str]:
    """A line for each step: its time, and that time by the time of finding."""
    import datetime

    from onrecord.engine import load_directory, pipeline
    from onrecord.records import Article, Provenance, Record

    line = pipeline(load_directory())
    seconds: Counter[str] = Counter()
    articles = [Article(text, published=datetime.date(2020, 1, 1)) for text in texts]
    for article in [articles[0], *articles]:  # the first one twice: what is loaded once is not counted
        if article is articles[0]:
            seconds.clear()
        record = Record(article, (), Provenance("benchmark"))
        for name, step in line:
            began = time.perf_counter()
            record = step(article, record)
            seconds[name] += time.perf_counter() - began
    finding = seconds[line[0][0]]
    lines = ["STEPS, one thread"]
    for name, _ in line:
        lines.append(f"{name:12}{seconds[name]:8.2f} s {seconds[name] / finding:8.1%} of finding")
    return lines


def loading() -> list[str]:
    """Loading the directory and asking it twice, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return [f"DIRECTORY   {told['seconds']:.3f} s to load and answer twice, {told['kilobytes'] * 1024 / 1e6:.1f} MB"]


if __name__ == "__main__":
    sys.exit(main())
