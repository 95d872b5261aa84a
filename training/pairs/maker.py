"""From passages to pairs: an edit or none, rewritings, then reported speech or quotation marks."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from training.pairs import HELD_OUT_KINDS, Pair
from training.pairs.edits import EDITS
from training.pairs.grammar import NEGATED, bases, full, gerund
from training.pairs.indirect import PERSONS, frame, reported, unknown_verb
from training.pairs.passages import Part, Passage, articles, lower_case, part_of, passages, surnames
from training.pairs.places import LOWER, NAMES
from training.pairs.rewrites import REWRITES
from training.pairs.tables import listed, ordered

SEED = 20261124
MOST = 1500
"""Pairs of one kind of edit; of faithful ones as many as of all edits together."""
DIRECT, MIXED = 0.1, 0.12
"""Shares of reports that stand in quotation marks, or partly."""
REWRITTEN = 0.6
"""The share of edited sentences that are also rewritten."""
TOO_ALIKE = re.compile(r"[^a-z0-9%$]+")

Label = Literal["faithful", "distorted"]


def made(part: Part, most: int = MOST) -> Iterator[Pair]:
    """The pairs of a part in English, by kind; the training part without the held-out kinds."""
    texts = list(articles())
    LOWER.update(lower_case([text for _, text in texts]) | {"i"})
    NAMES.update((surnames([text for _, text in texts]) - {word.capitalize() for word in LOWER}) | listed("countries"))
    pool = [p for source, text in texts if part_of(source) == part for p in passages(source, text)]
    chance = random.Random(f"{SEED} {part}")
    chance.shuffle(pool)
    pool.sort(key=lambda passage: not passage.quoted)
    count = 0
    for kind in EDITS:
        if part == "train" and kind in HELD_OUT_KINDS:
            continue
        for pair in distorted(kind, pool, most, chance):
            count += 1
            yield pair
    yield from faithful(pool, count, chance)


def distorted(kind: str, pool: Sequence[Passage], most: int, chance: random.Random) -> Iterator[Pair]:
    """Pairs of one edit."""
    found = 0
    for passage in pool:
        if found == most:
            return
        changed = EDITS[kind](passage.sentence, passage, chance)
        if changed is None or plain(changed) == plain(passage.sentence):
            continue
        text = _rewritten(changed, passage, chance)[0] if chance.random() < REWRITTEN else changed
        pair = _reported(text, passage, "distorted", kind, chance)
        if pair is not None:
            found += 1
            yield pair


def faithful(pool: Sequence[Passage], most: int, chance: random.Random) -> Iterator[Pair]:
    """As many pairs whose reports keep the sense, the rarer rewritings first, each as often as it is found.

    A rewriting has no more than its share; what is left are sentences put into reported speech as they are.
    """
    share = most // len(REWRITES)
    count: Counter[str] = Counter()
    special = {
        "as it is": _as_it_is,
        "denied": _denied,
        "promised": _promised,
        "whether": _whether,
        "two sentences": _two,
    }
    for kind, apply in special.items():
        for passage in pool:
            if count[kind] < share and (pair := apply(passage, chance)) is not None:
                count[kind] += 1
                yield pair
    for kind in REWRITES:
        for passage in pool:
            if count[kind] == share:
                break
            changed = REWRITES[kind](passage.sentence, passage, chance)
            if changed is None or plain(changed) == plain(passage.sentence):
                continue
            text = _rewritten(changed, passage, chance, but=kind)[0] if chance.random() < 0.5 else changed
            pair = _reported(text, passage, "faithful", kind, chance)
            if pair is not None:
                count[kind] += 1
                yield pair
    left = most - count.total()
    for passage in chance.sample(list(pool), len(pool)):
        if left <= 0:
            return
        text, kinds = _rewritten(passage.sentence, passage, chance, 2)
        pair = _reported(text, passage, "faithful", " + ".join(kinds) or "as it is", chance)
        if pair is not None and kinds:
            left -= 1
            yield pair


def plain(text: str) -> str:
    """Letters and digits alone, contractions in full: two texts of one are the same words."""
    return TOO_ALIKE.sub("", full(text).lower())


def _rewritten(
    text: str, passage: Passage, chance: random.Random, most: int = 1, but: str = ""
) -> tuple[str, list[str]]:
    kinds: list[str] = []
    for kind in chance.sample([kind for kind in REWRITES if kind != but], len(REWRITES) - bool(but)):
        if len(kinds) == most:
            break
        new = REWRITES[kind](text, passage, chance) if text.endswith(".") else None
        if new is not None and plain(new) != plain(text):
            text, kinds = new, [*kinds, kind]
    return text, kinds


def _reported(text: str, passage: Passage, label: Label, kind: str, chance: random.Random) -> Pair | None:
    """The pair, its report in one of the three forms; None where the sentence cannot be put so."""
    at = chance.random()
    if at < DIRECT and passage.sentence.endswith("."):
        return _pair(passage, text, "direct", label, kind, "")
    how = frame(chance)
    report = reported(text, how, frozenset(LOWER))
    if report is None or unknown_verb(report, how) or not 4 < len(report.split()) < 45:
        return None
    if at > 1 - MIXED and (part := _partly_quoted(report, passage.whole, chance)) is not None:
        return _pair(passage, part, "mixed", label, kind, _cue(chance))
    return _pair(passage, report, "indirect", label, kind, _cue(chance))


def _partly_quoted(report: str, whole: str, chance: random.Random) -> str | None:
    """The end of a report in quotation marks, where it is word for word."""
    tokens = report.split()
    for length in sorted(range(3, max(4, len(tokens) // 2)), key=lambda _: chance.random()):
        end = " ".join(tokens[-length:])
        if end in whole and len(tokens) - length > 3:
            return f"{' '.join(tokens[:-length])} “{end}”"
    return None


def _cue(chance: random.Random) -> str:
    return chance.choice(ordered("cue_verbs")).replace("_", " ")


def _pair(
    passage: Passage,
    report: str,
    form: Literal["direct", "indirect", "mixed"],
    label: Label,
    kind: str,
    cue: str,
) -> Pair:
    return Pair(
        original=passage.whole,
        before=passage.before,
        after=passage.after,
        report=report,
        form=form,
        language="en",
        original_language="en",
        label=label,
        kind=kind,
        source=passage.source,
        cue=cue,
    )


def _as_it_is(passage: Passage, chance: random.Random) -> Pair | None:
    return _reported(passage.sentence, passage, "faithful", "as it is", chance)


def _denied(passage: Passage, chance: random.Random) -> Pair | None:
    """*I never took it*: that one denied taking it."""
    match = re.fullmatch(
        r"(?:I|We) (?:did not|have not|had not|never|have never) ([a-z]+) ([^,;]+)\.", full(passage.sentence)
    )
    if match is None or match[1] not in bases() or NEGATED.search(match[2]):
        return None
    person = chance.choice(list(PERSONS))
    rest = reported(f"It was {match[2]}.", frame(chance), frozenset(LOWER))
    if rest is None or re.search(r"\b(?:he|she|they|I|we) \w+", match[2]):
        return None
    mine = PERSONS[person] | {"us": "them", "our": "their", "we": "they"}
    words = " ".join(mine.get(word, word) for word in match[2].split())
    return _pair(passage, f"{gerund(bases()[match[1]])} {words}", "indirect", "faithful", "denied", "denied")


def _promised(passage: Passage, chance: random.Random) -> Pair | None:
    """*We will leave*: that one promised to leave."""
    match = re.fullmatch(
        r"(?:I|We) (?:will|am going to|are going to) ((?:not |never )?)([a-z]+) ([^,;]+)\.", full(passage.sentence)
    )
    if match is None or match[2] not in bases() or re.search(r"\b(?:I|we|you|your|he|she|they)\b", match[3]):
        return None
    mine = PERSONS[chance.choice(list(PERSONS))] | {"us": "them", "our": "their"}
    words = " ".join(mine.get(word, word) for word in match[3].split())
    cue = chance.choice(("promised", "vowed", "pledged"))
    return _pair(passage, f"{match[1]}to {match[2]} {words}", "indirect", "faithful", "promised", cue)


def _whether(passage: Passage, chance: random.Random) -> Pair | None:
    """*Is it safe?*: whether it was safe."""
    claim = EDITS["question to claim"](passage.sentence, passage, chance)
    if claim is None:
        return None
    how = frame(chance)
    report = reported(claim, how, frozenset(LOWER))
    if report is None or unknown_verb(report, how):
        return None
    report = f"whether {report.removeprefix('that ')}"
    return _pair(passage, report, "indirect", "faithful", "whether", chance.choice(("asked", "wondered")))


def _two(passage: Passage, chance: random.Random) -> Pair | None:
    """Two sentences of one quotation in one report."""
    parts = re.split(r"(?<=\.) (?=[A-Z])", passage.whole)
    if passage.sentence not in parts or parts[-1] == passage.sentence:
        return None
    second = parts[parts.index(passage.sentence) + 1]
    how = frame(chance)
    reports = [reported(text, how, frozenset(LOWER)) for text in (passage.sentence, second)]
    if None in reports or any(unknown_verb(r or "", how) for r in reports):
        return None
    report = " and ".join(f"that {(r or '').removeprefix('that ')}" for r in reports)
    return (
        _pair(passage, report, "indirect", "faithful", "two sentences", _cue(chance))
        if len(report.split()) < 45
        else None
    )
