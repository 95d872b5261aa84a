"""Broken input, made by a seeded mutating generator: none may end a batch, each is read or refused with a reason.

    python -m evals.broken [--number 200] [--seed 5] [--keep FOLDER]

The samples of `evals.samples` are cut, flipped, doubled, nested, given other encodings and lengths that lie, and
declare entities that grow; beside them stand attacks made on purpose (bombs, names that lead out, a text of 1 GB that
is no more than a hole in a file). All go through `onrecord.reading.open_articles` in one batch. Printed are counts by
kind and by mutation, the reasons, and what went wrong: an exception, a file with neither article nor reason, or more
than SLOW seconds. Exit code 1 if anything did.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals import samples
from onrecord.reading import open_articles
from onrecord.records import Skipped

SLOW = 20.0  # seconds for one file
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
LENGTH = re.compile(rb"(?i)(content-length: *)(\d+)")
DIGITS = re.compile(r"\d+|'[^']*'|\"[^\"]*\"")

KINDS: dict[str, Callable[[], bytes]] = {
    "page.html": samples.page,
    "feed.rss": samples.rss,
    "feed.atom": samples.atom,
    "archive.warc": samples.warc,
    "archive.warc.gz": lambda: samples.warc(packed=True),
    "files.zip": samples.zipped,
    "table.csv": samples.csv_table,
    "table.parquet": samples.parquet_table,
    "lines.jsonl": samples.json_lines,
    "lines.jsonl.gz": samples.gzipped,
    "mail.eml": lambda: samples.mail(html=True),
    "nexis.docx": lambda: samples.as_docx(samples.nexis_lines()),
    "nexis.rtf": lambda: samples.as_rtf(samples.nexis_lines()),
    "factiva.html": lambda: samples.html_table(samples.factiva_codes()),
    "factiva.rtf": lambda: samples.rtf_table(samples.factiva_codes()),
    "note.txt": lambda: samples.FROST.text.encode(),
}
Mutation = Callable[[bytes, random.Random], bytes]


def truncate(data: bytes, chance: random.Random) -> bytes:
    """Only the beginning."""
    return data[: chance.randrange(len(data))]


def behead(data: bytes, chance: random.Random) -> bytes:
    """Without the beginning."""
    return data[chance.randrange(1, len(data)) :]


def flip(data: bytes, chance: random.Random) -> bytes:
    """A few bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def drop(data: bytes, chance: random.Random) -> bytes:
    """A piece in the middle is gone."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 200) :]


def duplicate(data: bytes, chance: random.Random) -> bytes:
    """A piece is there many times."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.choice((2, 50, 2000)) + data[start:]


def splice(data: bytes, chance: random.Random) -> bytes:
    """A piece of another kind of file is in it."""
    other = KINDS[chance.choice(sorted(KINDS))]()
    start = chance.randrange(len(data))
    return data[:start] + other[: chance.randint(1, len(other))] + data[start:]


def nest(data: bytes, chance: random.Random) -> bytes:
    """Within itself, again and again, as its kind allows."""
    depth = chance.choice((3, 40, 5000))
    if data.startswith((b"PK", b"\x1f\x8b", b"PAR1")):
        for level in range(min(depth, 40)):
            data = samples.zipped({f"{level}.zip": data}) if chance.random() < 0.8 else samples.gzipped(data)
        return data
    if b"MIME-Version" in data:
        head = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(depth))
        return b"From: a@b.example\nMIME-Version: 1.0\nMessage-ID: <1@b>\n" + head + data
    if data.startswith(b"{\\rtf"):
        return data[:-1] + b"{\\b " * depth + b"x" + b"}" * depth + b"}"
    if data.startswith(b"{"):
        return data + b'{"text": ' + b"[" * depth + b"]" * depth + b"}\n" + data
    start = chance.randrange(len(data))
    return data[:start] + b"<div><p><table><tr><td>" * depth + data[start:]


def reencode(data: bytes, chance: random.Random) -> bytes:
    """In another encoding than it says, or than its other half."""
    wanted = chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1251", "shift_jis", "koi8_r", "utf-7"))
    changed = data.decode("utf-8", "replace").encode(wanted, "replace")
    half = len(data) // 2
    return changed if chance.random() < 0.6 else data[:half] + changed[half:]


def mislabel(data: bytes, chance: random.Random) -> bytes:
    """Declares an encoding that is none."""
    label = chance.choice((b"utf-16", b"x-user-defined", b"rot13", b"\xff\xfe", b"utf-8" * 500, b"zip"))
    return re.sub(rb"(?i)utf-8", lambda _: label, data) if b"utf-8" in data.lower() else b"\xef\xbb\xbf" + data


def lie(data: bytes, chance: random.Random) -> bytes:
    """Its lengths are others: those of headers, and whole numbers of four bytes."""
    wrong = chance.choice((b"0", b"7", b"-1", b"99999999", b"99999999999999999999", b"x"))
    if LENGTH.search(data):
        return LENGTH.sub(lambda match: match[1] + wrong, data, count=chance.choice((1, 2, 0)))
    changed = bytearray(data)
    for _ in range(3):
        start = chance.randrange(max(1, len(changed) - 4))
        changed[start : start + 4] = chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF)).to_bytes(4, "little")
    return bytes(changed)


def bomb(data: bytes, chance: random.Random) -> bytes:
    """Declares entities that grow, and uses them."""
    if data.startswith(b"PK"):
        return samples.as_docx(samples.nexis_lines(), prolog=BOMB.decode())
    declared = re.sub(rb"^(<\?xml[^>]*\?>)?", lambda match: (match[1] or b"") + BOMB, data, count=1)
    return re.sub(rb"valve", b"&j;", declared)


def hollow(data: bytes, chance: random.Random) -> bytes:
    """A run of NUL bytes, as after a crash."""
    start = chance.randrange(len(data))
    return data[:start] + b"\0" * chance.choice((1, 512, 100_000)) + data[start:]


MUTATIONS: tuple[Mutation, ...] = (
    truncate,
    behead,
    flip,
    drop,
    duplicate,
    splice,
    nest,
    reencode,
    mislabel,
    lie,
    bomb,
    hollow,
)


def attacks(folder: Path) -> Iterator[Path]:
    """Files made to harm, each written into `folder`."""
    huge = folder / "attack-huge.txt"
    with huge.open("wb") as stream:
        stream.truncate(1 << 30)
    yield huge
    made = {
        "bomb.zip": samples.zipped({"a.txt": b"a " * 60_000_000}),
        "out.zip": samples.zipped({"../../a.txt": b"No.", "/etc/a.txt": b"No.", "C:\\a.txt": b"No.", "in.txt": b"No."}),
        "link.zip": _linked(),
        "locked.zip": _locked(),
        "laughs.rss": re.sub(rb"\?>", b"?>" + BOMB, samples.rss(), count=1),
        "outside.rss": re.sub(
            rb"\?>", b'?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>', samples.rss(), count=1
        ),
        "script.rss": samples.rss().replace(b"https://quay.example/1", b"java\tscript:alert(1)"),
        "entities.docx": samples.as_docx(samples.FROST.paragraphs, prolog=BOMB.decode()),
        "unclosed.csv": samples.csv_table() + b'1,2,3,4,"' + (b"a" * 999 + b"\n") * 18_000,
        "deep.html": samples.page() + b"<div>" * 300_000,
        "bomb.jsonl.gz": samples.gzipped(b'{"text": "' + b"a" * 120_000_000),
    }
    for name, data in made.items():
        path = folder / f"attack-{name}"
        path.write_bytes(data)
        yield path


def _linked() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("passwd.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


def _locked() -> bytes:
    data = bytearray(samples.zipped({"a.txt": b"No."}))
    data[6] |= 1  # the flag of encryption, in the member's header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@dataclass
class Outcome:
    """What came of the batch."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, row: str, result: str) -> None:
        """One more of `result` in that row."""
        self.counts.setdefault(row, Counter())[result] += 1


def generate(folder: Path, number: int, seed: int, *, on_purpose: bool = True) -> Iterator[tuple[Path, str, str]]:
    """`number` broken files in `folder`, each with its kind and its mutation; among them, unless `on_purpose` is
    False, the attacks. The same seed makes the same bytes."""
    chance = random.Random(seed)
    made = list(attacks(folder))[:number] if on_purpose else []
    for path in made:
        yield path, "attack", "on purpose"
    kinds = sorted(KINDS)
    originals = {kind: KINDS[kind]() for kind in kinds}
    for at in range(number - len(made)):
        kind = kinds[at % len(kinds)]
        mutation = MUTATIONS[at % len(MUTATIONS) if at < 96 else chance.randrange(len(MUTATIONS))]
        data = mutation(originals[kind], chance)
        if chance.random() < 0.2:
            data = chance.choice(MUTATIONS)(data or b"x", chance)
        path = folder / f"{at:03}-{mutation.__name__}-{kind}"
        path.write_bytes(data)
        yield path, kind, mutation.__name__


def run(files: Sequence[tuple[Path, str, str]]) -> Outcome:
    """Read every file, one batch, and count."""
    outcome = Outcome()
    for path, kind, mutation in files:
        articles = skipped = 0
        began = time.monotonic()
        try:
            for item in open_articles([str(path)]):
                if isinstance(item, Skipped):
                    skipped += 1
                    outcome.reasons[DIGITS.sub("…", item.reason.partition("; wanted")[0])[:90]] += 1
                else:
                    articles += 1
        except Exception:
            outcome.wrong.append(f"{path.name}: an exception\n{traceback.format_exc()}")
        seconds = time.monotonic() - began
        if seconds > SLOW:
            outcome.wrong.append(f"{path.name}: {seconds:.0f} s")
        if not articles and not skipped:
            outcome.wrong.append(f"{path.name}: neither an article nor a reason")
        result = "in part" if articles and skipped else "read" if articles else "refused"
        for row in (kind, f"({mutation})"):
            outcome.add(row, result)
            outcome.add(row, "files")
        outcome.add(kind, "all")
    return outcome


def table(outcome: Outcome) -> str:
    """The counts, by kind and by mutation."""
    columns = ("files", "read", "in part", "refused")
    lines = [f"{'':18}" + "".join(f"{column:>9}" for column in columns)]
    for row in sorted(outcome.counts, key=lambda row: (row.startswith("("), row)):
        lines.append(f"{row:18}" + "".join(f"{outcome.counts[row][column]:9}" for column in columns))
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Make them, read them, print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m evals.broken", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="leave the files there, to look at")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        outcome = run(list(generate(folder, arguments.number, arguments.seed)))
    print(table(outcome))
    print(f"\nreasons ({sum(outcome.reasons.values())})")
    for reason, count in outcome.reasons.most_common():
        print(f"{count:6}  {reason}")
    print("\n" + ("\n".join(outcome.wrong) if outcome.wrong else "nothing went wrong"))
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
