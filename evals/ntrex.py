"""Are translations found, and told from copies? ``python -m evals.ntrex`` answers on NTREX-128 (CC BY-SA 4.0).

NTREX (Federmann, Kocmi and Xin 2022) holds 1,997 lines of English news and their independent translations. First, for
each English line its Russian, German, French and Spanish translation is looked for among some 20,000 other texts: all
other lines in the four languages, and sentences of English news. Recall@1 counts how often it is the closest of all.
Then pairs of texts that go back to one line are judged: translations, and two independent translations into one
language, may be called translated or paraphrased, and two wordings of the English line altered or paraphrased, where
they are not the same. So that silence is no merit, the same translations are judged with a negation dropped or put in,
a number changed, *some* made *all*, *may* made *will*, or a bound reversed, by the seeded edits of `training.pairs`:
those want an alarm. Lines of even number are for development, those of odd
number are held out.

    python -m evals.ntrex             both; vectors are kept in --cache, the first run takes some minutes
    python -m evals.ntrex --verdicts  the second alone; --every 5 takes every fifth line
    python -m evals.ntrex --verdicts --part held-out
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from training.pairs.translations import NEGATED, edited

from evals.classes import share
from onrecord.embedding import Vectors, crosslingual
from onrecord.tracing.gathering.vectors import nearest
from onrecord.tracing.values import ALARMS, Carried, Likeness, Original
from onrecord.tracing.verdicts import judge
from onrecord.tracing.wording.normal import keys_of

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "shared" / "data"
CACHE = ROOT / "cache" / "chains"
TRANSLATIONS = {"ru": "ref.rus", "de": "ref.deu", "fr": "ref.fra", "es": "ref.spa"}
OTHERS = 12_500
ENOUGH_FOR_A_MEAN = 50
SEED = 6
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
PAIRS = (
    ("es against the English", "src.eng", "ref.spa", "en", "es"),
    ("fr against the English", "src.eng", "ref.fra", "en", "fr"),
    ("de against the English", "src.eng", "ref.deu", "en", "de"),
    ("ru against the English", "src.eng", "ref.rus", "en", "ru"),
    ("es-MX against es", "ref.spa", "ref.spa-MX", "es", "es"),
    ("fr-CA against fr", "ref.fra", "ref.fra-CA", "fr", "fr"),
    ("eng-IN against eng", "src.eng", "ref.eng-IN", "en", "en"),
)
"""What is told, the files, and their languages: that of the text taken for the original first."""
PARTS = {"all": (0, 1), "development": (0, 2), "held-out": (1, 2)}


def centred(vectors: Vectors, languages: Sequence[str | None]) -> Vectors:
    """The vectors less the mean of their language, of length 1 again.

    Texts of one language lie closer to each other than their meaning asks for; without the mean they do not (Libovický,
    Rosa and Fraser 2020, On the language neutrality of pre-trained multilingual representations). A language with fewer
    than ENOUGH_FOR_A_MEAN texts keeps its own.
    """
    moved = np.array(vectors, np.float32)
    for language in set(languages):
        rows = np.array([of == language for of in languages], np.bool_)
        if rows.sum() >= ENOUGH_FOR_A_MEAN:
            moved[rows] -= moved[rows].mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vectors = moved / np.maximum(lengths, np.float32(1e-12))
    return unit


def main(argv: Sequence[str] | None = None) -> int:
    """Print recall by language and verdicts by pair."""
    parser = argparse.ArgumentParser(description="Find the translations of NTREX, and judge its pairs.")
    parser.add_argument("--cache", type=Path, default=CACHE, help="a folder for vectors")
    parser.add_argument("--verdicts", action="store_true", help="judge the pairs alone")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="judge every Nth line (1)")
    parser.add_argument("--part", choices=PARTS, default="all", help="judge the lines of even or of odd number (all)")
    arguments = parser.parse_args(argv)
    if not (DATA / "ntrex").is_dir():
        print(f"Saw no {DATA / 'ntrex'}; wanted NTREX-128. Nothing was scored.")
        return 0
    if not arguments.verdicts:
        print("\n".join(recall(arguments.cache)), flush=True)
    for line in verdicts(arguments.every, arguments.part):
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


def verdicts(every: int = 1, part: str = "all") -> Iterator[str]:
    """How the second text of a pair, taken for quoted words, is judged against the first, where the two differ; and
    how, where its sense is turned by an edit.

    Two texts in one language are said to be translations of a third, as is known of the lines.
    """
    likeness = _likeness()
    start, step = PARTS[part]
    chance = random.Random(SEED)
    for told, one, two, first, second in PAIRS:
        kinds: Counter[str] = Counter()
        changed: dict[str, Counter[str]] = defaultdict(Counter)
        same = 0
        for left, right in list(zip(lines(one), lines(two), strict=True))[start :: step * every]:
            spoken = Original(text=left, language=first)
            for edit, text in [("", right), *(edited(right, second, chance) if second in NEGATED else ())]:
                if keys_of(left) == keys_of(text):
                    same += not edit
                    continue
                carried = Carried(text=text, language=second, translated=first == second != "en")
                kind = judge(carried, (spoken,), likeness).kind
                (changed[edit] if edit else kinds)[kind] += 1
        total = kinds.total()
        shown = ", ".join(f"{kind} {number / max(1, total):.3f}" for kind, number in kinds.most_common())
        yield f"verdicts    {told}: {same} pairs of the same words; of the other {total:,}: {shown}"
        wrongly = sum(number for kind, number in kinds.items() if kind in ALARMS)
        yield f"            wrongly an alarm {share(wrongly, total)}, verbatim {kinds['verbatim']}"
        for edit, count in changed.items():
            found = sum(number for kind, number in count.items() if kind in ALARMS)
            yield f"            {edit}: an alarm {share(found, count.total())} of {count.total():,}"


def _likeness() -> Likeness:
    from onrecord.embedding import Meanings

    return Meanings(crosslingual.load())


if __name__ == "__main__":
    sys.exit(main())
