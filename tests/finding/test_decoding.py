"""From scores to candidates: the best reading that is consistent."""

import numpy as np
import pytest

from onrecord.finding.tagging.decoding import Candidate, Prices, decode
from onrecord.finding.tagging.encoding import Pieces
from onrecord.finding.tagging.tagger import BARE, INNER, OUTER, Link, Tagging

TEXT = "Rena Holt has said that the ice is thin"
WORDS = TEXT.split()
NONE, SB, S, CB, C, K = range(6)


def pieces() -> Pieces:
    starts = np.array([TEXT.index(f" {w}") + 1 if i else 0 for i, w in enumerate(WORDS)], np.int64)
    ends = starts + np.array([len(w) for w in WORDS], np.int64)
    n = len(WORDS)
    return Pieces(
        np.zeros(n, np.int64), np.zeros((n, 3), np.int64), starts, ends, np.ones(n, np.bool_), np.zeros(n, np.int64)
    )


def reading(*wanted: int, doubt: dict[int, dict[int, float]] | None = None, kind: int = OUTER) -> Tagging:
    """A tagging whose only anchor is "has" and whose likeliest parts are ``wanted``; ``doubt`` sets other chances."""
    chances = np.full((len(WORDS), 6), 0.01)
    chances[np.arange(len(WORDS)), wanted] = 0.95
    for place, row in (doubt or {}).items():
        for part, chance in row.items():
            chances[place, part] = chance
    kinds = np.zeros(3, np.float32)
    kinds[kind] = 0.9
    link = Link(2, kinds, 0, np.log(chances / chances.sum(1, keepdims=True)).astype(np.float32))
    n = len(WORDS)
    return Tagging(pieces(), np.zeros((n, 3, 3), np.float32), np.zeros((n, 3), np.float32), (link,))


def said(tagging: Tagging, prices: Prices | None = None) -> Candidate:
    (candidate,) = decode(tagging, prices or Prices())
    return candidate


def words(spans: tuple[object, ...]) -> list[str]:
    return [s.slice(TEXT) for s in spans]  # type: ignore[attr-defined]


PLAIN = (SB, S, K, K, CB, C, C, C, C)


def test_parts_become_spans_of_the_text() -> None:
    c = said(reading(*PLAIN))
    assert (words(c.source), words(c.cue), words(c.content)) == (["Rena Holt"], ["has said"], ["that the ice is thin"])


def test_a_content_is_never_continued_where_none_was_begun() -> None:
    c = said(reading(SB, S, K, K, C, C, C, C, C, doubt={4: {CB: 0.3}}))
    assert words(c.content) == ["that the ice is thin"]


def test_a_content_may_come_in_pieces_around_the_cue() -> None:
    c = said(reading(CB, C, K, K, CB, C, C, C, C))
    assert words(c.content) == ["Rena Holt", "that the ice is thin"]


def test_beginning_another_piece_can_be_made_dear() -> None:
    split = reading(SB, S, K, K, CB, C, CB, C, C, doubt={6: {C: 0.3}})
    assert len(said(split).content) == 2
    assert len(said(split, Prices(piece_cost=2.0)).content) == 1


def test_naming_a_source_can_be_made_worth_more_than_leaving_it_out() -> None:
    unsure = reading(NONE, NONE, K, K, CB, C, C, C, C, doubt={0: {SB: 0.4}, 1: {S: 0.95, NONE: 0.6}})
    assert said(unsure).source == ()
    assert words(said(unsure, Prices(source_bonus=3.0)).source) == ["Rena Holt"]


def test_a_statement_has_at_most_one_source() -> None:
    c = said(reading(SB, S, K, K, CB, C, C, SB, S, doubt={0: {SB: 0.99}, 1: {S: 0.99}}))
    assert words(c.source) == ["Rena Holt"]


def test_an_anchor_without_content_is_no_candidate() -> None:
    assert decode(reading(SB, S, K, K, NONE, NONE, NONE, NONE, NONE), Prices()) == ()


@pytest.mark.parametrize(("kind", "has_cue"), [(OUTER, True), (INNER, True), (BARE, False)])
def test_only_a_bare_content_has_no_cue(kind: int, has_cue: bool) -> None:
    assert bool(said(reading(*PLAIN, kind=kind)).cue) is has_cue


def test_the_scores_tell_a_sure_reading_from_a_doubtful_one() -> None:
    sure, doubtful = said(reading(*PLAIN)), said(reading(*PLAIN, doubt={i: {NONE: 0.6} for i in (4, 5, 6, 7, 8)}))
    assert sure.content_score > doubtful.content_score
    assert sure.edge_score > doubtful.edge_score


def test_nothing_comes_of_nothing() -> None:
    n = len(WORDS)
    assert decode(Tagging(pieces(), np.zeros((n, 3, 3), np.float32), np.zeros((n, 3), np.float32), ()), Prices()) == ()
