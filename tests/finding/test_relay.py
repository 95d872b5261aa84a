"""Through whom words came: whoever reports a statement, and nobody where the article reports it itself."""

from __future__ import annotations

import re

import pytest

from marked import parse
from onrecord.finding.framing.relay import relayed_by
from onrecord.records import Article, Entity, Provenance, Record, Statement
from onrecord.spans import Span

NAMES = ("Holt", "Ito", "Tass")


def relayers(marked: str, speakers: str, within: dict[str, str] | None = None) -> list[str | None]:
    """The relayer of each statement; `speakers` has the first letter of one of NAMES for each."""
    gold = parse(marked)
    ids = {name[0].lower(): name.lower() for name in NAMES}
    statements = tuple(
        Statement(
            id=item["id"],
            source=tuple(Span(*pair) for pair in item["source"]),
            cue=tuple(Span(*pair) for pair in item["cue"]),
            content=tuple(Span(*pair) for pair in item["content"]),
            form="indirect",
            confidence=0.9,
            speaker=ids.get(letter),
            within=(within or {}).get(item["id"]),
        )
        for item, letter in zip(gold.attributions, speakers, strict=True)
    )
    entities = tuple(
        Entity(
            id=name.lower(),
            name=name,
            kind="person",
            mentions=tuple(Span(*match.span()) for match in re.finditer(name, gold.text)),
        )
        for name in NAMES
    )
    record = Record(Article(gold.text), statements, Provenance("0"), entities)
    return [statement.relayed_by for statement in relayed_by(record.article, record).statements]


def test_a_statement_within_anothers_is_relayed_by_its_speaker() -> None:
    marked = "[s1 Holt] [k1 said] [c1 [s2 Ito] [k2 had called] it [c2 safe]]."
    assert relayers(marked, "hi", {"2": "1"}) == [None, "holt"]


def test_what_one_says_one_said_comes_through_oneself() -> None:
    marked = "[s1 Holt] [k1 said]: [c1 “[s2 I] [k2 told] her [c2 it was safe]”]."
    assert relayers(marked, "hh", {"2": "1"}) == [None, "holt"]


def test_nobody_relays_where_the_speaker_of_the_outer_statement_is_not_known() -> None:
    marked = "[s1 They] [k1 said] [c1 [s2 Ito] [k2 had called] it [c2 safe]]."
    assert relayers(marked, "?i", {"2": "1"}) == [None, None]


@pytest.mark.parametrize(
    ("marked", "relayer"),
    [
        ("[s1 Holt], quoted by Tass, [k1 called] it [c1 safe].", "tass"),
        ("[c1 It was safe], [s1 Holt] [k1 said], as reported by Tass.", "tass"),
        ("On Friday Tass reported, [k1 citing] [s1 Holt], [c1 that it was safe].", "tass"),
        ("[s1 Holt] [k1 told] Tass [c1 it was safe].", None),  # a medium, no relayer
        ("[s1 Holt], who cites Ito often, [k1 said] [c1 it was safe].", None),
    ],
)
def test_who_is_said_to_quote_is_the_relayer(marked: str, relayer: str | None) -> None:
    assert relayers(marked, "h") == [relayer]
