"""What many long texts at once do to the reading room, and what work is left when their time is up.

    python benchmarks/pastes.py                      50 texts, pages asked for meanwhile
    python benchmarks/pastes.py --texts 10 --seconds 5

`onrecord serve` over a new archive; first one text that cannot be read in the time of an answer, then so many at once,
each of a visitor of its own, and in between one page after the other. Prints how each text was answered, how long the
pages took, and the CPU seconds that the server and its readers worked in the seconds after the last answer, which
should be hardly any.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import growth
import httpx
from speed import machine

TICKS = os.sysconf("SC_CLK_TCK")
AFTER = 5
"""Seconds after the last answer in which work is looked for."""

PAGES = ("/", "/articles", "/about", "/search?q=valve", "/paste")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Put many long texts before the reading room at once.")
    parser.add_argument("--texts", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=10, help="the longest an answer may take (10)")
    arguments = parser.parse_args()
    print("\n".join(machine()))
    # as long as is taken, and a dialogue, which takes longer than prose
    size = 3_000 * arguments.seconds
    texts = [
        "".join(itertools.islice(itertools.chain.from_iterable(growth.dialogue(random.Random(n))), size))
        for n in range(arguments.texts)
    ]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "room.db", arguments.seconds) as (room, server):
        print(f"texts       {len(texts)} of {size:,} characters; an answer may take {arguments.seconds} s")
        asked = ask(room, "127.0.0.2", "“It is cold,” said Rena Holt.", 60)
        print(f"a short one {asked[0]} after {asked[1]:.2f} s, the model loaded for it")
        times = sorted(
            ask(room, "127.0.0.2", f"“It is cold,” said Rena Holt for the {n}th time.", 60)[1] for n in range(20)
        )
        print(f"more of it  median {1000 * statistics.median(times):.0f} ms")
        asked = ask(room, "127.0.0.2", texts[0], arguments.seconds / 8)
        print(f"left        the reader of the page left after {asked[1]:.1f} s: {left_behind(server)}")
        still = pages(room, 40)
        with ThreadPoolExecutor(len(texts)) as pool:
            began = time.monotonic()
            answers = [
                pool.submit(ask, room, f"127.0.1.{n + 1}", text, 4 * arguments.seconds) for n, text in enumerate(texts)
            ]
            times = []
            while not all(answer.done() for answer in answers):
                times += pages(room, 1)
            took = time.monotonic() - began
        kinds = Counter(answer.result()[0] for answer in answers)
        print(
            "answered    " + ", ".join(f"{count} x {kind}" for kind, count in kinds.most_common()) + f" in {took:.0f} s"
        )
        for name, found in (("pages alone", still), ("pages beside", times)):
            p95 = statistics.quantiles(found, n=20)[-1]
            print(f"{name:12}p50 {1000 * statistics.median(found):.0f} ms, p95 {1000 * p95:.0f} ms of {len(found)}")
        behind = left_behind(server)
        print(f"afterwards  {behind}")
    return 0


def ask(room: str, address: str, text: str, patience: float) -> tuple[str, float]:
    """Send a text from an address of this machine; the answer, and how long it took."""
    began = time.monotonic()
    try:
        with httpx.Client(transport=httpx.HTTPTransport(local_address=address), timeout=patience) as client:
            status = str(client.post(f"{room}/api/read", json={"text": text}).status_code)
    except httpx.HTTPError as error:
        status = type(error).__name__
    return status, time.monotonic() - began


def pages(room: str, count: int) -> list[float]:
    """Seconds that pages take, one asked for after the other."""
    times = []
    for path in itertools.islice(itertools.cycle(PAGES), count * len(PAGES)):
        began = time.monotonic()
        httpx.get(f"{room}{path}", timeout=60).raise_for_status()
        times.append(time.monotonic() - began)
    return times


def left_behind(server: int) -> str:
    """How much the server and its readers work in the seconds after now."""
    before = worked(server)
    time.sleep(AFTER)
    middle = worked(server)
    time.sleep(AFTER)
    later = worked(server) - middle
    return f"{middle - before:.2f} s of CPU in the {AFTER} s after, {later:.2f} s in the {AFTER} s after these"


def worked(server: int) -> float:
    """CPU seconds of a process and of those that it has started, also of those that have ended (Linux)."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(stat.parent.name) == server:
                total += sum(map(int, fields[11:15])) / TICKS
            elif int(fields[1]) == server:
                total += sum(map(int, fields[11:13])) / TICKS
    return total


@contextlib.contextmanager
def served(archive: Path, seconds: int) -> Iterator[tuple[str, int]]:
    """A reading room; its address and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command: Sequence[str] = (
        *(sys.executable, "-m", "onrecord", "serve", "--archive", str(archive), "--port", str(port)),
        *("--seconds", str(seconds), "--quiet"),
    )
    with subprocess.Popen(command) as server:
        room = f"http://127.0.0.1:{port}"
        for _ in range(600):
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"{room}/about").raise_for_status()
                break
            time.sleep(0.1)
        try:
            yield room, server.pid
        finally:
            server.terminate()
            server.wait(60)


if __name__ == "__main__":
    sys.exit(main())
