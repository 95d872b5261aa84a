"""How fast, how large: ``python benchmarks/speed.py``. Prints figures with the machine that they were taken on.

Every figure comes from a process of its own, which this one starts and measures. Absolute figures hold for one machine
on one day; the ratios, both sides of which come from the same run, carry further. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import onrecord

ROOT = Path(__file__).resolve().parents[1]
WIKINEWS = ROOT.parent / "shared" / "data" / "wikinews-en" / "data"
EXAMPLES = ROOT / "examples"
LIBRARIES = ("onnxruntime", "numpy", "tokenizers")
HEAVY = ("numpy", "onnxruntime", "tokenizers", "rich", "charset_normalizer")
FLAGS = ("avx2", "avx512f", "avx_vnni", "avx512_vnni")
SHORT = "The valve was closed by frost, the harbour master said. “We have asked twice,” Rena Holt added.\n"
WORD = re.compile(r"\w+(?:['’]\w+)*")
STARTS = 7
TIMEOUT = 1800

READ = """
import json, resource, sys, time
texts = json.load(open(sys.argv[1], encoding="utf-8"))
from tokenizers import Tokenizer
from onrecord import read
from onrecord.finding.tagging.tagger import load_tagger
began = time.perf_counter()
tagger = load_tagger()
loading = time.perf_counter() - began
tokenizer = Tokenizer.from_file(str(tagger.folder / "tokenizer.json"))
tokenizer.no_truncation()
tokenizer.no_padding()
read(texts[0][:2000])
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
pieces = statements = 0
tokenizing = engine = cpu = 0.0
for text in texts:
    began = time.perf_counter()
    pieces += len(tokenizer.encode(text, add_special_tokens=False).ids)
    middle, before = time.perf_counter(), time.process_time()
    statements += len(read(text).statements)
    engine += time.perf_counter() - middle
    cpu += time.process_time() - before
    tokenizing += middle - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps(dict(loading=loading, pieces=pieces, statements=statements, tokenizing=tokenizing, engine=engine,
                      cpu=cpu, base=base, peak=peak, model=tagger.name)))
"""


@dataclass(frozen=True, slots=True)
class Pass:
    """One process that read all texts: seconds, pieces of words, and its peaks of memory as the system counts them."""

    loading: float
    pieces: int
    statements: int
    tokenizing: float
    engine: float
    cpu: float
    base: int
    peak: int
    model: str


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a command: seconds to its first output and to its end, and its peak of memory."""

    first: float
    total: float
    peak: int


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print, one section after the other."""
    parser = argparse.ArgumentParser(description="Measure speed, memory, imports and size.")
    parser.add_argument("--words", type=int, default=20_000, help="how many words to read (default 20,000)")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="thread counts (default 1 2)")
    arguments = parser.parse_args(argv)
    texts, origin = load_texts(arguments.words)
    sections = (machine(), *speed(texts, origin, arguments.threads), starts(), imports(), sizes())
    for section in sections:
        print("\n".join(section), end="\n\n", flush=True)
    return 0


def load_texts(words: int) -> tuple[list[str], str]:
    """About so many words of articles, repeated if there are too few, and where they come from."""
    csv.field_size_limit(1 << 24)
    texts: list[str] = []
    for path in sorted(WIKINEWS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            texts += [row["text"] for row in csv.DictReader(stream)]
    origin = f"Wikinews, {WIKINEWS}"
    if not texts:
        texts = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
        origin = f"examples, {EXAMPLES}"
    if not texts:
        raise SystemExit(f"Saw no articles in {WIKINEWS} or {EXAMPLES}; wanted some. Run it from a whole repository.")
    taken: list[str] = []
    while words > 0:
        taken.append(texts[len(taken) % len(texts)])
        words -= count_words(taken[-1])
    return taken, origin


def machine() -> Iterator[str]:
    """What the figures were taken on, and how busy it was with other work."""
    told = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*:\s*(.*)$", told, re.MULTILINE)
    flags = set(re.findall(r"\S+", (re.search(r"^flags\s*:(.*)$", told, re.MULTILINE) or [""])[0]))
    yield "MACHINE"
    yield f"cpu         {model[1] if model else platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    yield "flags       " + ", ".join(f"{flag} {'yes' if flag in flags else 'no'}" for flag in FLAGS)
    yield f"system      {platform.system()} {platform.release()}"
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    yield f"software    Python {platform.python_version()}, {libraries}, onrecord {onrecord.__version__}"
    load = os.getloadavg()[0]
    yield f"load        {load:.2f}{'  (busy: other work slows these figures)' if load > 0.5 else ''}"


def speed(texts: Sequence[str], origin: str, threads: Sequence[int]) -> Iterator[Iterator[str]]:
    """One section for each number of threads."""
    words = sum(map(count_words, texts))
    yield iter([f"TEXTS       {len(texts)} articles, {words:,} words ({origin})"])
    first: Pass | None = None
    for number in threads:
        result = read_all(texts, number)
        yield speed_lines(result, words, number, first)
        first = first or result


def speed_lines(result: Pass, words: int, threads: int, first: Pass | None) -> Iterator[str]:
    """`first` is the pass to compare with, where there was one before."""
    yield f"SPEED, {threads} thread{'s' if threads > 1 else ''}, model {result.model}"
    yield f"reading     {words / result.engine:10,.0f} words/s"
    yield f"            {result.pieces / result.cpu:10,.0f} pieces of words per CPU second"
    yield f"tokenizing  {words / result.tokenizing:10,.0f} words/s"
    yield f"ratio       {result.engine / result.tokenizing:10.1f} x the time of the tokenizer alone"
    if first is not None:
        yield f"ratio       {first.engine / result.engine:10.2f} x the speed of the first number of threads"
    yield f"loading     {result.loading:10.2f} s for the model, once"
    yield f"memory      {megabytes(result.base):10.0f} MB peak after loading, {megabytes(result.peak):.0f} MB after all"
    yield f"found       {result.statements:10,} statements"


def read_all(texts: Sequence[str], threads: int) -> Pass:
    """Read the texts in a process of its own, each first by the tokenizer alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(list(texts)), "utf-8")
        environment = os.environ | {"ONRECORD_THREADS": str(threads), "TOKENIZERS_PARALLELISM": "false"}
        printed = run([sys.executable, "-c", READ, str(path)], environment)
    return Pass(**json.loads(printed))


def starts() -> Iterator[str]:
    """From nothing to the first output, in fresh processes; the files are in the system's cache."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "short.txt"
        path.write_text(SHORT, "utf-8")
        commands = {
            "python -c print": ["-c", "print(1)"],
            "onrecord --help": ["-m", "onrecord", "--help"],
            "onrecord read": ["-m", "onrecord", "read", str(path), "--format", "jsonl", "--quiet"],
        }
        yield f"STARTS      median of {STARTS}, an article of {count_words(SHORT)} words"
        bare = None
        for name, command in commands.items():
            rounds = [start([sys.executable, *command]) for _ in range(STARTS)]
            first, total = (statistics.median(getattr(r, part) for r in rounds) for part in ("first", "total"))
            bare = bare or first
            told = f"{first:8.3f} s to the first output ({first / bare:5.1f} x), {total:.3f} s in all"
            yield f"{name:16}{told}, {memory(max(r.peak for r in rounds))}"


def start(command: Sequence[str]) -> Start:
    """Run a command and watch for its first byte."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        byte = process.stdout.read(1)
        first = time.perf_counter() - began
        process.stdout.read()
        told = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        total = time.perf_counter() - began
    if process.returncode or not byte:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {told.decode('utf-8', 'replace')}")
    return Start(first, total, usage.ru_maxrss)


def imports() -> Iterator[str]:
    """How many modules a start imports, as ``-X importtime`` tells, and which heavy libraries are among them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "short.txt"
        path.write_text(SHORT, "utf-8")
        commands = {
            "python -c pass": ["-c", "pass"],
            "import onrecord": ["-c", "import onrecord"],
            "onrecord --help": ["-m", "onrecord", "--help"],
            "onrecord read": ["-m", "onrecord", "read", str(path), "--quiet"],
        }
        yield "IMPORTS"
        for name, command in commands.items():
            told = subprocess.run(
                [sys.executable, "-X", "importtime", *command], capture_output=True, timeout=TIMEOUT, check=True
            ).stderr.decode("utf-8", "replace")
            modules = set(re.findall(r"^import time:.*\|\s*([\w.]+)$", told, re.MULTILINE)) - {"package"}
            heavy = [library for library in HEAVY if library in modules]
            yield f"{name:16}{len(modules):8} modules, of them heavy: {', '.join(heavy) or 'none'}"


def sizes() -> Iterator[str]:
    """The bytes on disk of onrecord and of all that it needs, as installed here."""
    found = {name: size_of(name) for name in sorted(needed("onrecord"))}
    yield f"SIZE        {sum(found.values()) / 1e6:8.1f} MB with all that it needs"
    for name, size in sorted(found.items(), key=lambda item: -item[1]):
        if size >= 1e5 or name == "onrecord":
            yield f"{name:20}{size / 1e6:8.1f} MB"


def needed(name: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """The distributions that `name` requires without extras, itself among them, as far as they are installed."""
    try:
        requirements = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        if name != "onrecord":  # a requirement of another system or Python
            return seen
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        requirements = list(project["dependencies"])  # run from the sources, not installed
    seen |= {name}
    for requirement in requirements:
        wanted = re.match(r"[\w.-]+", requirement)
        if wanted and "extra ==" not in requirement:
            canonical = re.sub(r"[-_.]+", "-", wanted[0]).lower()
            if canonical not in seen:
                seen = needed(canonical, seen)
    return seen


def size_of(name: str) -> int:
    """The bytes of its files; of onrecord those of the folder that is imported, be it installed or not."""
    if name == "onrecord":
        files = list(Path(str(onrecord.__file__)).parent.rglob("*"))
    else:
        files = [Path(str(file.locate())) for file in metadata.files(name) or []]
    return sum(path.stat().st_size for path in {path.resolve() for path in files} if path.is_file())


def memory(peak: int) -> str:
    """A child's peak; the system counts in that of this process, from which it was forked."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{megabytes(peak):.0f} MB" if peak > own * 1.05 else f"under {megabytes(own):.0f} MB"


def megabytes(peak: int) -> float:
    """What getrusage tells as ru_maxrss: kilobytes, but bytes on macOS."""
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def count_words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))


def run(command: Sequence[str], environment: dict[str, str]) -> str:
    """What the command prints; its error and a clear end where it fails."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=TIMEOUT, check=False)
    if done.returncode:
        raise SystemExit(f"The engine could not read:\n{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
