"""Where originals come from: sentences of quotations and of articles, each with what stands around it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from onrecord.finding.segments import paragraphs, sentences
from training.pairs.tables import listed

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
QUOTE = re.compile(r"“([^“”\n]{40,700})”|(?<!\w)\"([^\"\n]{40,700})\"(?!\w)")
ODD = re.compile(
    r"[“”‘\"\[\]()…;:*|/]|\d(?:\.\d+)? ?(?:am|pm)\b|\.\.\.|--|[A-Z]{5,}|\b(?:\w+ing|who|whom),? (?:said|says|told)\b"
)
"""What a sentence must be free of to be rewritten."""
SAYS = re.compile(r"\b(?:said|says|told|tweeted|according to|wrote|added|asked|argued|claimed|noted)\b")
LENGTH = range(6, 36)
"""Words of a sentence."""

Part = Literal["train", "evaluation"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as it was said or printed: the whole quotation it is of, its neighbours, its article's others."""

    sentence: str
    whole: str
    before: str
    after: str
    source: str
    quoted: bool
    others: tuple[str, ...]


def part_of(source: str) -> Part:
    """Whether an article is for training or for evaluation."""
    held_out = {"polnear-dev": 1, "polnear-train": 8, "wikinews": 3}.get(source.split(":")[0])
    digest = hashlib.sha256(source.encode()).digest()[0]
    return "evaluation" if held_out is not None and digest % held_out == 0 else "train"


def articles() -> Iterator[tuple[str, str]]:
    """Every article, as where it is from and its text: PolNeAR, Wikinews, and the training articles of the corpus."""
    csv.field_size_limit(1 << 24)
    for name in ("train", "dev"):
        with (DATA / "polnear" / f"{name}.jsonl").open(encoding="utf-8") as stream:
            for line in stream:
                data = json.loads(line)
                yield f"polnear-{name}:{data['id']}", data["text"]
    for path in sorted((DATA / "wikinews-en" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            yield from ((f"wikinews:{row['url']}", row["text"]) for row in csv.DictReader(stream))
    with (ROOT / "corpus" / "gold" / "train.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            data = json.loads(line)
            yield f"corpus:{data['id']}", data["text"]


def passages(source: str, text: str) -> Iterator[Passage]:
    """The sentences of an article's quotations, then those of its own prose, that stand whole and are plain enough."""
    spoken = [_sentences(match[1] or match[2]) for match in QUOTE.finditer(text)]
    prose = [
        [s for s in _sentences(QUOTE.sub(" “ ", line)) if not SAYS.search(s)]
        for line in (span.slice(text) for span in paragraphs(text))
    ]
    every = tuple(s for group in (*spoken, *prose) for s in group)
    for quoted, groups in ((True, spoken), (False, prose)):
        for number, group in enumerate(groups):
            for at, sentence in enumerate(group):
                plain = _whole(sentence)
                if plain is None:
                    continue
                first, last = (0, len(group)) if quoted else (max(0, at - 1), at + 2)
                before = groups[number - 1][-1:] if number else []
                after = groups[number + 1][:1] if number + 1 < len(groups) else []
                yield Passage(
                    plain,
                    " ".join([*group[first:at], plain, *group[at + 1 : last]]),
                    " ".join(before),
                    " ".join(after),
                    source,
                    quoted,
                    tuple(s for s in every if s != sentence),
                )


def _sentences(text: str) -> list[str]:
    found = []
    for paragraph in paragraphs(text):
        found += [span.slice(text) for span in sentences(text, paragraph)]
    return found


def _whole(sentence: str) -> str | None:
    """The sentence with its full stop (a question keeps its mark), or None where it is a fragment or too odd."""
    text = " ".join(sentence.replace("’", "'").split())
    if not text or not text[0].isupper() or ODD.search(text) or len(text.split()) not in LENGTH:
        return None
    if text[-1] == "," or text[-1].isalnum():
        text = text.rstrip(",") + "."
    return text if text[-1] in ".?" else None


def surnames(texts: Sequence[str]) -> frozenset[str]:
    """Family names of people in the articles: what stands behind a known given name, more than once."""
    place = files("onrecord").joinpath("data", "en", "given.tsv.gz")
    lines = gzip.decompress(place.read_bytes()).decode("utf-8").splitlines()
    given = frozenset(name for line in lines for name in line.split("\t")[1].split())
    count: Counter[str] = Counter()
    for text in texts:
        count.update(m[2] for m in re.finditer(r"\b([A-Z][a-z]+) ([A-Z][a-z]{2,})\b", text) if m[1].lower() in given)
    return (
        frozenset(name for name, n in count.items() if n > 1)
        - listed("months")
        - listed("weekdays")
        - listed("no_surnames")
    )


def lower_case(texts: Sequence[str]) -> frozenset[str]:
    """Words that are no names: those written small more often than with a capital."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts:
        for word in re.findall(r"[A-Za-z']+", text):
            (small if word[0].islower() else large)[word.lower()] += 1
    return frozenset(word for word, count in small.items() if count > 2 and count * 2 > large[word])
