"""Are translations found, and told from copies? ``python -m evals.ntrex`` answers on NTREX-128 (CC BY-SA 4.0).

NTREX (Federmann, Kocmi and Xin 2022) holds 1,997 lines of English news and their independent translations. First, for
each English line its Russian, German, French and Spanish translation is looked for among some 20,000 other texts: all
other lines in the four languages, and sentences of English news. Recall@1 counts how often it is the closest of all.
Then pairs of texts in one language that go back to one line are judged: two independent translations may be called
translated or paraphrased, and two wordings of the English line altered or paraphrased, where they are not the same.

    python -m evals.ntrex             both; vectors are kept in --cache, the first run takes some minutes
    python -m evals.ntrex --verdicts  the second alone; --every 5 takes every fifth line
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from onrecord.embedding import Vectors, crosslingual
from onrecord.tracing.normal import keys_of
from onrecord.tracing.values import Carried, Likeness, Original
from onrecord.tracing.vectors import centred, nearest
from onrecord.tracing.verdicts import judge

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "shared" / "data"
CACHE = ROOT / "cache" / "chains"
TRANSLATIONS = {"ru": "ref.rus", "de": "ref.deu", "fr": "ref.fra", "es": "ref.spa"}
OTHERS = 12_500
SEED = 6
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
PAIRS = (
    ("es-MX against es", "ref.spa", "ref.spa-MX", "es"),
    ("fr-CA against fr", "ref.fra", "ref.fra-CA", "fr"),
    ("es against the English", "src.eng", "ref.spa", "es"),
    ("fr against the English", "src.eng", "ref.fra", "fr"),
    ("eng-IN against eng", "src.eng", "ref.eng-IN", "en"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Print recall by language and verdicts by pair."""
    parser = argparse.ArgumentParser(description="Find the translations of NTREX, and judge its pairs.")
    parser.add_argument("--cache", type=Path, default=CACHE, help="a folder for vectors")
    parser.add_argument("--verdicts", action="store_true", help="judge the pairs alone")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="judge every Nth line (1)")
    arguments = parser.parse_args(argv)
    if not (DATA / "ntrex").is_dir():
        print(f"Saw no {DATA / 'ntrex'}; wanted NTREX-128. Nothing was scored.")
        return 0
    if not arguments.verdicts:
        print("\n".join(recall(arguments.cache)), flush=True)
    for line in verdicts(arguments.every):
        print(line, flush=True)
    return 0


def lines(name: str) -> list[str]:
    """The lines of one file of NTREX-128."""
    return (DATA / "ntrex" / "NTREX-128" / f"newstest2019-{name}.txt").read_text("utf-8").splitlines()


def other_texts() -> list[str]:
    """Sentences of Wikinews and PolNeAR, drawn at random with a fixed seed."""
    found: list[str] = []
    csv.field_size_limit(1 << 24)
    for path in sorted((DATA / "wikinews-en" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                found += SENTENCE_END.split(row["text"])
    for path in (DATA / "polnear" / "dev.jsonl", DATA / "polnear" / "train.jsonl"):
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                found += SENTENCE_END.split(json.loads(line)["text"])
    distinct = list(dict.fromkeys(sentence for sentence in found if 40 <= len(sentence) <= 300))
    random.Random(SEED).shuffle(distinct)
    return distinct[:OTHERS]


def vectors(name: str, texts: Sequence[str], cache: Path) -> Vectors:
    """The crosslingual vectors of `texts`, from the cache where they were made before."""
    kept = cache / f"use-{name}.npy"
    if kept.exists():
        found: Vectors = np.load(kept)
        if len(found) == len(texts):
            return found
    found = crosslingual.load().encode(texts)
    if cache.is_dir():
        np.save(kept, found)
    return found


def recall(cache: Path) -> Iterator[str]:
    """Recall@1 by language, with the vectors as they are and less the mean of their language."""
    english = vectors("src.eng", lines("src.eng"), cache)
    sides = {language: vectors(name, lines(name), cache) for language, name in TRANSLATIONS.items()}
    others = vectors("others", other_texts(), cache)
    count = len(english)
    pool = np.concatenate([*sides.values(), others])
    languages = [language for language in sides for _ in range(count)] + ["en"] * len(others)
    yield f"pool        {len(pool):,} texts: {count:,} lines in {', '.join(sides)}, {len(others):,} English sentences"
    for told, queries, texts in (
        ("as they are", english, pool),
        ("less mean", centred(english, ["en"] * count), centred(pool, languages)),
    ):
        ranked = list(nearest(queries, texts, 6))
        for at, language in enumerate(sides):
            hits = sum(_hit(found, line, at, count) for line, found in enumerate(ranked))
            yield f"recall@1    {language}  {told:12}{hits / count:.3f} of {count:,}"


def _hit(found: Sequence[tuple[int, float]], line: int, side: int, count: int) -> bool:
    """Whether the translation comes first, those of the same line in the other languages passed over."""
    own = {line + count * at for at in range(len(TRANSLATIONS))}
    for place, _ in found:
        if place == line + count * side:
            return True
        if place not in own:
            return False
    return False


def verdicts(every: int = 1) -> Iterator[str]:
    """How the second text of a pair, taken for quoted words, is judged against the first, where the two differ.

    In the first two pairs both are translations: the original is said to have been spoken in English, as is known of
    the lines.
    """
    likeness = _likeness()
    for told, one, two, language in PAIRS:
        kinds: Counter[str] = Counter()
        same = 0
        for left, right in list(zip(lines(one), lines(two), strict=True))[::every]:
            if keys_of(left) == keys_of(right):
                same += 1
                continue
            spoken = Original(text=left, language="en")
            kinds[judge(Carried(text=right, language=language), (spoken,), likeness).kind] += 1
        total = max(1, kinds.total())
        shown = ", ".join(f"{kind} {number / total:.3f}" for kind, number in kinds.most_common())
        yield f"verdicts    {told}: {same} pairs of the same words; of the other {kinds.total():,}: {shown}"


def _likeness() -> Likeness:
    from onrecord.embedding import Meanings

    return Meanings(crosslingual.load())


if __name__ == "__main__":
    sys.exit(main())
