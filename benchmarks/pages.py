"""How long the reading room takes to answer, page by page, and how much a first visit loads.

    python benchmarks/pages.py --archive two-million.db

A real server, asked over the loopback by one reader after the other: the time from the request to the last byte, which
is the server's time and a little more. "cpu" is what the server's threads worked for the answer (Linux: schedstat): on
a busy machine the one figure that other work hardly lengthens. Articles, words and people are drawn from the archive
with a fixed seed.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import httpx
from speed import machine

from onrecord.archive.store.opening import Archive, open_archive

SEED = 20
LINK = re.compile(r'(?:src|href)="(/static/[^"]+)"')
IMPORT = re.compile(r'from "\./([a-z]+\.js)"')
WORD = re.compile(r"[A-Za-z]{5,}")
BAR_MS, BAR_BYTES = 100, 150_000


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; the exit code is 1 where an article or a search is over the bar."""
    parser = argparse.ArgumentParser(description="Measure the pages of the reading room.")
    parser.add_argument("--archive", required=True, type=Path)
    parser.add_argument("--requests", type=int, default=200, help="of each kind (200)")
    arguments = parser.parse_args(argv)
    with open_archive(arguments.archive, create=False) as archive:
        counts = [
            archive.database.rows(f"SELECT COUNT(*) FROM {t}")[0][0] for t in ("articles", "statements", "people")
        ]
        kinds = addresses(archive, arguments.requests)
    print("\n".join(machine()))
    print(f"archive     {counts[0]:,} articles, {counts[1]:,} statements, {counts[2]:,} people\n")
    columns = ("n", 5), ("p50 ms", 9), ("p95 ms", 9), ("max ms", 9), ("cpu p50", 9), ("cpu p95", 9)
    print(
        f"{'page':16}"
        + "".join(f"{name:>{width}}" for name, width in (*columns, ("page kB", 9), ("first load kB", 15)))
    )
    over = False
    with served(arguments.archive) as (room, process), httpx.Client(base_url=room, timeout=60) as client:
        settle(process)
        for kind, places in kinds.items():
            over |= line(client, kind, places, process)
    return int(over)


def line(client: httpx.Client, kind: str, places: Sequence[str], process: int) -> bool:
    """Ask for all of one kind, print the line, and tell whether it is over the bar."""
    times, worked, sizes, page = [], [], [], ""
    for place in places:
        before, began = cpu(process), time.perf_counter()
        answer = client.get(place)
        times.append(1000 * (time.perf_counter() - began))
        worked.append(cpu(process) - before)
        answer.raise_for_status()
        sizes.append(answer.num_bytes_downloaded)
        page = answer.text if sizes[-1] == max(sizes) else page
    first = max(sizes) + loaded_with(client, page)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{kind:16}{len(times):5}{statistics.median(times):9.1f}{p95:9.1f}{max(times):9.1f}"
        f"{statistics.median(worked):9.1f}{statistics.quantiles(worked, n=20)[-1]:9.1f}"
        f"{max(sizes) / 1000:9.1f}{first / 1000:15.1f}",
        flush=True,
    )
    return kind in ("article", "search", "search, filtered") and (p95 > BAR_MS or first > BAR_BYTES)


def cpu(process: int) -> float:
    """Milliseconds that all threads of a process have worked; 0 where the system does not tell."""
    total = 0
    for path in Path(f"/proc/{process}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):
            total += int(path.read_text().split()[0])
    return total / 1e6


def settle(process: int) -> None:
    """Wait until what the server counts at its start is counted."""
    before = -1_000.0
    while cpu(process) - before > 10:
        before = cpu(process)
        time.sleep(1)


def loaded_with(client: httpx.Client, page: str) -> int:
    """The bytes, as sent, of all that a page loads with it, modules that modules import too."""
    names, total = list(dict.fromkeys(LINK.findall(page))), 0
    for name in names:
        answer = client.get(name)
        total += answer.num_bytes_downloaded
        for found in IMPORT.findall(answer.text) if ".js" in name else ():
            if f"/static/{found}" not in names:
                names.append(f"/static/{found}")
    return total


def addresses(archive: Archive, n: int) -> dict[str, list[str]]:
    """What to ask for, by kind."""
    chance = random.Random(SEED)
    rows = archive.database.rows

    def some(sql: str, table: str) -> list[str]:
        last = rows(f"SELECT MAX(id) FROM {table}")[0][0] or 1
        found: list[str] = []
        while len(found) < n:
            if row := archive.database.row(f"{sql} >= ? LIMIT 1", (chance.randint(1, last),)):
                found.append(str(row[0]))
        return found

    words = [
        WORD.findall(content) or ["water"] for content in some("SELECT content FROM statements WHERE id", "statements")
    ]
    pick: Callable[[list[str]], str] = chance.choice
    people = [quote(name) for name in some("SELECT name FROM people WHERE kind = 'person' AND id", "people")]
    return {
        "first page": ["/"] * min(n, 20),
        "article": [f"/articles/{id}" for id in some("SELECT id FROM articles WHERE id", "articles")],
        "statement": [f"/statements/{id}" for id in some("SELECT id FROM statements WHERE id", "statements")],
        "search": [f"/search?q={'+'.join(pick(one) for _ in range(chance.randint(1, 3)))}" for one in words],
        "search, filtered": [f"/search?q={pick(one)}&form=direct&sort=newest" for one in words[: n // 2]]
        + [f"/search?speaker={name}" for name in people[: n // 2]],
        "person": [f"/people/{id}" for id in some("SELECT id FROM people WHERE id", "people")][: n // 4],
        "trace": [f"/statements/{id}/trace" for id in some("SELECT id FROM statements WHERE id", "statements")][
            : n // 4
        ],
        "queue": ["/queue"] * min(n, 20),
    }


@contextlib.contextmanager
def served(archive: Path) -> Iterator[tuple[str, int]]:
    """`onrecord serve` in a process of its own: its address, and the number of the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "onrecord", "serve", "--archive", str(archive), "--port", str(port), "--quiet"]
    process = subprocess.Popen(command)
    room = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{room}/about")
                break
            time.sleep(0.1)
        yield room, process.pid
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    raise SystemExit(main())
