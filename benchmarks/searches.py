"""Ten searches of the Wikinews archive: ``python benchmarks/searches.py ARCHIVE``.

Each is the second search of a process of its own (the first is another one, without a word in common), timed by the
clock from the query to the page of hits with all facets; the middle of five processes. ``--session`` prints the
searches and what they print instead.
"""

from __future__ import annotations

import argparse
import shlex
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from speed import machine

SEARCHES = (
    "police protest --top 3",
    "'\"climate change\" -trump' --top 3",
    "'(vaccin* OR virus) -china' --speaker Trump --top 2",
    "'*quarantin*' --sort newest --top 2",
    "eu --top 3",
    "--speaker Trump --status denied --top 3",
    '--office "prime minister" --form direct --published 2020-03.. --top 2',
    "--about Trump --stance emotive,distancing --top 2",
    "election --occasion interview --confidence 0.9 --top 2",
    "earthquake --articles --top 2",
)
COLD = """
import sys, time
from onrecord.archive.store.opening import open_archive
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import search
from onrecord.cli import Parser
from onrecord.cli.archive.search import configure, query_of
parser = Parser()
configure(parser)
query = query_of(parser.parse(sys.argv[2:]))
with open_archive(sys.argv[1], create=False) as archive:
    search(archive, Query(words="harbour"))
    began = time.perf_counter()
    search(archive, query)
    print(time.perf_counter() - began)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time ten searches, each in a new process.")
    parser.add_argument("archive")
    parser.add_argument("--session", action="store_true")
    arguments = parser.parse_args(argv)
    if arguments.session:
        for words in SEARCHES:
            command = [sys.executable, "-m", "onrecord", "search", *shlex.split(words), "--archive", arguments.archive]
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
            print(f"$ onrecord search {words}\n{done.stdout}{done.stderr}")
        return 0
    print("\n".join(machine()), end="\n\n")
    print(f"{'milliseconds':>14}  search")
    for words in SEARCHES:
        took = []
        for _ in range(5):
            command = [sys.executable, "-c", COLD, arguments.archive, *shlex.split(words)]
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
            took.append(float(done.stdout) * 1000)
        print(f"{statistics.median(took):14.1f}  onrecord search {words}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
