"""A record that is kept and loaded is the record that it was, whatever is in it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import count, pairwise
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import load_record, page_of, statement
from onrecord.archive.store.opening import Archive
from onrecord.records import (
    Article,
    Asserted,
    Candidate,
    CueClass,
    Entity,
    Form,
    Kind,
    Namesake,
    Occasion,
    OccasionKind,
    OwnVoice,
    Provenance,
    Record,
    Sign,
    Statement,
    Status,
    Target,
    Voice,
)
from onrecord.records.origins import OffsetMap, Origin, Stretch
from onrecord.spans import Span

numbers = count()
words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
some = words.filter(bool)
scores = st.floats(0, 1)
namesakes = st.builds(Namesake, st.none() | some, words, scores, words)
quietly = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
dates = st.dates(datetime.date(1, 1, 1))


def choice(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(kind))


@st.composite
def spans(draw: st.DrawFn, end: int, least: int = 0) -> tuple[Span, ...]:
    """Spans in order within a text of length `end`, which is 2 or more."""
    cuts = sorted(draw(st.sets(st.integers(0, end), min_size=2 if least else 0, max_size=7)))
    return tuple(Span(a, b) for a, b in list(pairwise(cuts))[::2])


@st.composite
def entities(draw: st.DrawFn, end: int) -> tuple[Entity, ...]:
    made: list[Entity] = []
    for id in draw(st.lists(some, unique=True, max_size=4)):
        made.append(
            Entity(
                id=id,
                name=draw(some),
                kind=draw(choice(Kind)),
                aka=tuple(draw(st.lists(words, max_size=2))),
                mentions=draw(spans(end)),
                role=draw(st.none() | words),
                of=draw(st.none() | st.sampled_from([e.id for e in made])) if made else None,
                wikidata=draw(st.none() | st.from_regex(r"Q[1-9]{1,4}", fullmatch=True)),
                named=draw(st.booleans()),
                count=draw(st.none() | st.integers(-5, 2**60)),
                namesakes=tuple(
                    Namesake(*n) for n in draw(st.lists(st.tuples(st.none() | some, words, scores, words), max_size=2))
                ),
                evidence=tuple(draw(st.lists(words, max_size=2))),
            )
        )
    return tuple(draw(st.permutations(made)))


@st.composite
def occasions(draw: st.DrawFn, end: int, known: list[str | None]) -> tuple[Occasion, ...]:
    when = st.sampled_from([None, "2017", "2017-05", "2017-W18", "2017-05-07"])
    optional = st.none() | words
    return tuple(
        Occasion(
            id=id,
            kind=draw(st.none() | choice(OccasionKind)),
            medium=draw(st.sampled_from(known)),
            place=draw(optional),
            addressee=draw(optional),
            event=draw(optional),
            date=draw(optional),
            when=draw(when),
            evidence=draw(spans(end)),
        )
        for id in draw(st.lists(some, unique=True, max_size=2))
    )


@st.composite
def statements(draw: st.DrawFn, end: int, known: list[str | None], told: list[str | None]) -> tuple[Statement, ...]:
    made: list[Statement] = []
    for id in draw(st.lists(some, unique=True, max_size=3)):
        earlier = [None, *(s.id for s in made)]
        named = [e for e in known if e is not None]
        made.append(
            Statement(
                id=id,
                content=draw(spans(end, 1)),
                source=draw(spans(end)),
                cue=draw(spans(end)),
                form=draw(choice(Form)),
                confidence=draw(scores),
                carried_from=draw(st.sampled_from(earlier)),
                within=draw(st.sampled_from(earlier)),
                speaker=draw(st.sampled_from(known)),
                candidates=tuple(Candidate(e, draw(scores)) for e in named[:2]),
                reason=draw(st.none() | words),
                cue_class=draw(st.none() | choice(CueClass)),
                status=draw(choice(Status)),
                voice=draw(choice(Voice)),
                occasion=draw(st.sampled_from(told)),
                relayed_by=draw(st.sampled_from(known)),
                about=tuple(Target(e, draw(choice(Sign)), draw(spans(end))) for e in named[:2]),
                decided_by=draw(st.dictionaries(words, words, max_size=3)),
            )
        )
    return tuple(made)


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=2, max_size=60))
    end = len(text)
    number = next(numbers)
    raw = draw(st.none() | st.binary(max_size=40))
    origin = None
    if raw is not None:
        map_ = OffsetMap(tuple(Stretch(span, span) for span in draw(spans(end))))
        origin = Origin.of(raw, media_type="text/html", name=draw(words), encoding="utf-8", authors=("A",), map=map_)
    article = Article(
        text,
        f"h{number}",
        draw(st.none() | words),
        draw(st.none() | words),
        draw(st.none() | dates),
        draw(st.none() | words.map(lambda word: f"https://quay.example/{number}/{word}")),
        draw(st.none() | st.just("en")),
        origin=origin,
    )
    e = draw(entities(end))
    known = [None, *(entity.id for entity in e)]
    o = draw(occasions(end, known))
    s = draw(statements(end, known, [None, *(occasion.id for occasion in o)]))
    beside = [None, *(statement.id for statement in s)]
    a = [
        Asserted(span, draw(choice(OwnVoice)), draw(st.sampled_from(beside)), draw(words)) for span in draw(spans(end))
    ]
    made = Provenance(draw(words), draw(st.none() | words), draw(st.none() | words))
    return Record(article, s, made, e, o, tuple(a))


@settings(max_examples=60, deadline=None, suppress_health_check=quietly)
@given(record=records())
def test_any_record_comes_out_as_it_went_in(archive: Archive, record: Record) -> None:
    run = start_run(archive, "", record.provenance)
    kept = keep(archive, record, run)
    loaded = load_record(archive, kept.article)
    assert loaded == record
    assert loaded.article.origin == record.article.origin
    if record.article.origin is not None:
        assert page_of(archive, kept.article) == record.article.origin.raw
    assert load_record(archive, kept.article, run) == record


@settings(max_examples=15, deadline=None, suppress_health_check=quietly)
@given(record=records())
def test_an_archive_of_any_records_is_whole(archive: Archive, record: Record) -> None:
    keep(archive, record, start_run(archive, "", record.provenance))
    assert [str(fault) for fault in verify(archive)] == []


def test_a_statement_comes_with_its_words_its_speaker_and_what_made_it(archive: Archive, record: Record) -> None:
    article = replace(record.article, title="Ito was wrong", outlet="Quay Herald")
    kept = keep(archive, replace(record, article=article), start_run(archive, "", record.provenance))
    (id,) = (id for (id,) in archive.database.rows("SELECT id FROM statements"))
    held = statement(archive, id)
    assert held.statement == record.statements[0]
    assert (held.source, held.cue, held.content) == ("Rena Holt", "told", "that Ito was wrong")
    assert (held.speaker, held.said_on, held.review, held.shown) == ("Rena Holt", "2031-05-04", None, True)
    assert (held.article.id, held.article.title, held.article.outlet) == (kept.article, "Ito was wrong", "Quay Herald")
    assert held.provenance == record.provenance
