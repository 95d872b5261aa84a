"""Statements are compared within reach, with the outcome of comparing all with all; work grows with the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marked import of
from onrecord.finding.naming.coreference import REACH, resolve
from onrecord.finding.naming.features import Scene
from onrecord.finding.naming.ranking import chances
from onrecord.finding.naming.scanning import find_mentions
from onrecord.finding.naming.speakers import name_speakers, talk_of
from onrecord.finding.quoting.forms import form_of
from onrecord.finding.quoting.quotations import DEEPEST, LONGEST, find_quotations, quote_states
from onrecord.finding.quoting.repeats import Repeats
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging import assembly
from onrecord.finding.tagging.assembly import _contested, _distinct, _give_way, _once, containers
from onrecord.finding.tagging.boundaries import settle
from onrecord.finding.tagging.decoding import KINDS, Candidate
from onrecord.finding.tagging.drafts import Draft, Scores, shared, size
from onrecord.finding.tagging.neighbours import Neighbours
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Overlaps, Span, merge

PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=3).map(
    lambda pairs: merge(Span(start, start + length) for start, length in pairs)
)
CHANCES = st.sampled_from((0.2, 0.4, 0.6, 0.8, 0.9))
DRAFTS = st.builds(
    lambda content, source, cue, chance: Draft("cue", content, source, cue, scores=Scores(chance)),
    PLACES.filter(bool),
    PLACES,
    PLACES,
    st.one_of(st.none(), CHANCES),
)
CANDIDATES = st.builds(
    lambda content, cue, chance, kind: Candidate(kind, (cue or content)[0], chance, (), cue, content),
    PLACES.filter(bool),
    PLACES,
    CHANCES,
    st.sampled_from(sorted(KINDS)),
)


def all_containers(drafts: Sequence[Draft]) -> list[int | None]:
    """Every draft compared with every other."""
    out: list[int | None] = []
    for i, d in enumerate(drafts):
        own = d.content + d.cue
        holders = [
            j
            for j, other in enumerate(drafts)
            if j != i
            and other.content[0].start <= d.extent.start + size(d.source)
            and size(other.content) > size(d.content)
            and shared(own, other.content) >= 0.95 * size(own)
        ]
        out.append(min(holders, key=lambda j: size(drafts[j].content), default=None))
    return out


def all_once(drafts: Sequence[Draft]) -> list[Draft]:
    kept = [d for d in drafts if d.cue]
    for d in sorted((d for d in drafts if not d.cue), key=lambda d: -(d.scores.chance or 0.0)):
        if not any(2 * shared(d.content, k.content) > max(size(d.content), size(k.content)) for k in kept):
            kept.append(d)
    return kept


def all_contested(i: int, drafts: Sequence[Draft], holders: Sequence[int | None]) -> float:
    mine = drafts[i]
    if mine.scores.chance is None:
        return 0.0
    rivals = (
        d
        for j, d in enumerate(drafts)
        if j != i and holders[i] != j and holders[j] != i and (d.scores.chance or 1.0) > mine.scores.chance
    )
    return max((shared(mine.content, d.content) / size(mine.content) for d in rivals), default=0.0)


def all_distinct(candidates: Sequence[Candidate], chances: dict[str, float]) -> list[Candidate]:
    kept: list[Candidate] = []
    likely = [c for c in candidates if c.chance >= chances[KINDS[c.kind]]]
    for c in sorted(likely, key=lambda c: (not c.cue, -c.chance)):
        if c.cue:
            doubled = any(shared(c.cue, k.cue) for k in kept)
        else:
            doubled = any(2 * shared(c.content, k.content) > size(c.content) for k in kept)
        if not doubled:
            kept.append(c)
    return sorted(kept, key=lambda c: c.anchor)


def all_give_way(drafts: Sequence[Draft], layout: Sequence[Draft]) -> list[Draft]:
    def said_better(d: Draft, other: Draft) -> bool:
        common = shared(d.content, other.content)
        if not d.cue:
            return common > 0
        same = common * 2 > max(size(d.content), size(other.content)) and not shared(d.cue, other.content)
        return same or bool(shared(d.source + d.cue, other.source))

    return [d for d in drafts if not any(said_better(d, other) for other in layout)]


@settings(deadline=None)  # a busy machine
@given(st.lists(DRAFTS, max_size=12))
def test_drafts_compared_within_reach_fare_as_if_all_were_compared(drafts: list[Draft]) -> None:
    holders = all_containers(drafts)
    assert containers(drafts) == holders
    assert _once(drafts) == all_once(drafts)
    near = Neighbours(drafts)
    for i in range(len(drafts)):
        assert _contested(i, drafts, near, holders) == all_contested(i, drafts, holders)


@settings(deadline=None)  # a busy machine
@given(st.lists(CANDIDATES, max_size=12), st.lists(DRAFTS, max_size=6), st.lists(DRAFTS, max_size=4))
def test_so_do_candidates_and_what_gives_way_to_the_layout(
    candidates: list[Candidate], drafts: list[Draft], layout: list[Draft]
) -> None:
    chances = {"outer": 0.3, "inner": 0.3, "bare": 0.5}
    assert _distinct(candidates, chances) == all_distinct(candidates, chances)
    assert _give_way(drafts, layout) == all_give_way(drafts, layout)


@settings(deadline=None)  # a busy machine
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=20), st.integers(0, 60), st.integers(1, 9))
def test_what_overlaps_is_found_and_nothing_else(pairs: list[tuple[int, int]], start: int, length: int) -> None:
    spans = [Span(first, first + wide) for first, wide in pairs]
    asked = Span(start, start + length)
    assert Overlaps(spans).of(asked) == [n for n, span in enumerate(spans) if span.overlaps(asked)]


MARKS = st.text(st.sampled_from("“”‘’« »ab.\n"), max_size=60)


@settings(deadline=None)  # a busy machine
@given(MARKS, st.integers(0, 60), st.integers(1, 20))
def test_quotations_near_a_place_are_found_and_no_others(text: str, start: int, length: int) -> None:
    found = find_quotations(text)
    asked = Span(start, start + length)
    assert list(found.near(asked)) == [q for q in found if q.span.overlaps(asked)]
    assert found.around(start) == [q for q in found if q.span.start < start < q.span.end]


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch, *places: tuple[Any, str]) -> Iterator[list[int]]:
    """How often functions are called, as the one number of the list."""
    calls = [0]

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            calls[0] += 1
            return function(*given, **named)

        return called

    with monkeypatch.context() as patch:
        for place, name in places:
            patch.setattr(place, name, counting(getattr(place, name)))
        yield calls


def dialogue(turns: int) -> tuple[str, list[Draft]]:
    """Short turns, every third without a cue, and their drafts."""
    text, drafts = "", []
    for n in range(turns):
        start = len(text)
        words = f"“Not before {Random(n).choice(('noon', 'dusk', 'dawn'))}, I said,”"
        content = (Span(start, start + len(words)),)
        text += f"{words} {'Ana' if n % 2 else 'Tom'} added.\n"
        source = (Span(content[0].end + 1, content[0].end + 4),)
        cue = (Span(source[0].end + 1, source[0].end + 6),)
        drafts.append(Draft("cue", content, source if n % 3 else (), cue if n % 3 else (), scores=Scores(0.5)))
    return text, drafts


def test_pairs_of_drafts_that_are_compared_grow_with_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def pairs(turns: int) -> int:
        _, drafts = dialogue(turns)
        with counted(monkeypatch, (assembly, "shared")) as calls:
            near = Neighbours(drafts)
            holders = containers(drafts, near)
            for i in range(len(drafts)):
                _contested(i, drafts, near, holders)
            _once(drafts)
            _give_way(drafts, drafts[::5])
        return calls[0]

    assert 0 < pairs(400) <= 2 * pairs(200) + 20


def test_quotations_that_a_draft_asks_for_are_those_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def looks(turns: int) -> int:
        text, drafts = dialogue(turns)
        blocks, quotations = paragraphs(text), find_quotations(text)
        with counted(monkeypatch, (type(quotations), "reaching"), (type(quotations), "_before")) as calls:
            for draft in drafts:
                fitted = settle(draft, text, blocks, quotations)
                assert fitted is not None
                form_of(fitted, text, quotations)
        return calls[0]

    assert looks(400) == 2 * looks(200)


def record_of(text: str, statements: Sequence[Draft]) -> Record:
    return Record(
        Article(text),
        tuple(
            Statement(id=str(n), content=d.content, source=d.source, cue=d.cue, form="direct", confidence=0.5)
            for n, d in enumerate(statements)
        ),
        Provenance("test"),
    )


def test_the_view_back_from_a_mention_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{one}{two}{three}" for one in ("Ba", "Do", "Ki") for two in ("la", "ri", "so") for three in "nmtk"]
    text = "\n".join(f"{name} Holt asked the clerk of {name}, and she left." for name in names * 4)
    record = record_of(text, ())
    mentions = find_mentions(record)
    seen: list[int] = []
    scene = Scene.__init__

    def watched(self: Scene, mention: Any, lasts: Sequence[Any], *rest: Any) -> None:
        assert all(mention.sentence - last.sentence <= REACH for _, last in lasts)
        seen.append(len(lasts))
        scene(self, mention, lasts, *rest)

    monkeypatch.setattr(Scene, "__init__", watched)
    resolve(mentions, talk_of(record, mentions))
    assert max(seen) < 4 * REACH
    assert len(set(seen[len(seen) // 2 :])) < REACH


def test_a_long_exchange_is_carried_from_its_first_turns_and_read_in_one_pass_over_the_chain() -> None:
    text, drafts = dialogue(3_000)
    record = record_of(text, drafts)
    statements = tuple(
        replace(s, carried_from=str(n - 2) if n > 1 else None, source=s.source if n < 2 else (), cue=())
        for n, s in enumerate(record.statements)
    )
    record = name_speakers(*of(replace(record, statements=statements)))
    assert {s.speaker for s in record.statements[::2]} == {record.statements[0].speaker}
    assert {s.speaker for s in record.statements[1::2]} == {record.statements[1].speaker}


def test_what_nobody_writes_is_bounded_deep_quotations_and_endless_ones() -> None:
    deep = "“a " * 40 + "b” " * 40
    assert max(q.depth for q in find_quotations(deep)) == DEEPEST - 1
    states = quote_states(len(deep), find_quotations(deep))
    assert set(states) <= {0, 1, 2, 3, 4}
    endless = "\n".join("“It went on and on." for _ in range(3 * LONGEST))
    chains = [q.follows is None for q in find_quotations(endless)]
    assert chains.count(True) == 3
    assert chains[:LONGEST].count(True) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_pull_quote_is_found_wherever_its_sentence_stands(count: int) -> None:
    line = "“The valve had been closed by frost”"
    text = "\n".join([line, *("Nothing else." for _ in range(50)), f"{line}, she said."] * count)
    assert Repeats(text).stands_elsewhere(Span(0, len(line)))
    assert not Repeats("\n".join([line, "Nothing else."] * 1)).stands_elsewhere(Span(0, len(line)))


@settings(deadline=None)  # a busy machine
@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_in_which_features_are_added_up_changes_no_digit(order: list[str]) -> None:
    table = {"a": 0.1, "b": 1e16, "c": -1e16, "d": 0.7}
    assert chances([dict.fromkeys(order).keys(), {"d"}], table) == chances([dict.fromkeys("abcd").keys(), {"d"}], table)
