"""Words that value: the lexicon in ``valence.toml`` of the language, where its words stand in a text, and weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from onrecord.finding.framing.inflection import noun_forms, verb_forms
from onrecord.finding.pack import Pack, current, pattern
from onrecord.spans import Span

Label = Literal["blames", "praises", "harms", "helps", "fails", "thrives", "bad", "good"]
"""Blames and praises value their object, harms and helps their doer, fails and thrives their subject."""

LABELS: tuple[Label, ...] = get_args(Label)
GOOD = frozenset(("praises", "helps", "thrives", "good"))
TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
REACH = 40
"""How far before a word, in characters, what negates it may stand."""


@dataclass(frozen=True, slots=True)
class Valued:
    """A valuing word: where it stands, its group, whether it is a verb, and which way it points: 1 or -1, turned round
    where it is negated."""

    span: Span
    label: Label
    is_verb: bool
    way: int
    negated: bool


def valued(text: str, within: Span) -> Iterator[Valued]:
    """The valuing words within a span of the text, in order."""
    known = _lexicon(current())
    for match in TOKEN.finditer(text, within.start, within.end):
        entry = known.get(match[0].lower().replace("’", "'"))
        if entry is not None:
            label, is_verb = entry
            before = text[max(within.start, match.start() - REACH) : match.start()]
            negated = pattern("negated_before").search(before) is not None
            way = 1 if (label in GOOD) != negated else -1
            yield Valued(Span(*match.span()), label, is_verb, way, negated)


def weights(table: str) -> Mapping[str, float]:
    """One table of ``target_weights.toml``: "about", "sign" or "floor"."""
    found: Mapping[str, float] = current().table("target_weights")[table]
    return found


@cache
def _lexicon(pack: Pack) -> dict[str, tuple[Label, bool]]:
    """Every form of a word to its group, and whether it is a verb's. A noun or adjective goes before a verb."""
    data = pack.table("valence")
    known: dict[str, tuple[Label, bool]] = {}
    for group in data["group"]:
        for verb in group.get("verbs", "").split():
            known.update((form, (group["class"], True)) for form in verb_forms(verb))
    for group in data["group"]:
        for noun in group.get("nouns", "").split():
            known.update((form, (group["class"], False)) for form in noun_forms(noun))
        for word in f"{group.get('other', '')} {group.get('adverbs', '')}".split():
            known[word] = group["class"], False
    return known
