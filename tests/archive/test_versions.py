"""An outlet edits its story: what persons said of it goes along where its words stand, and only the newest counts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from onrecord.archive.correcting.corrections import (
    add_statement,
    change_framing,
    change_speaker,
    confirm,
    reject,
    undo,
)
from onrecord.archive.correcting.relocating import Relocated
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.correcting.versions import let_go, take_over, undecided
from onrecord.archive.listing.outlets import list_outlets
from onrecord.archive.listing.people import find_person, list_people, person
from onrecord.archive.safekeeping.forgetting import forget_article
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import search
from onrecord.archive.store.keeping import Kept, keep
from onrecord.archive.store.loading import load_record, statement
from onrecord.archive.store.opening import Archive
from onrecord.errors import RefusedEdit
from onrecord.records import Article, Entity, Provenance, Record, Statement
from onrecord.spans import Span

ENGINE = Provenance("0.1.0", "small", "ab" * 32)
SPEAKERS = ("Rena Holt", "Tomas Arlund", "Mara Quill", "Ito Brandt")
SAID = [f"“Pump {n} ran for {n + 2} hours,”" for n in range(20)]


def story(sentences: Sequence[str], url: str = "https://quay.example/pumps") -> Record:
    """The record of sentences, each `“…,” said NAME.`, or plain."""
    text = " ".join(sentences)
    entities: dict[str, Entity] = {}
    statements: list[Statement] = []
    at = 0
    for sentence in sentences:
        end_of_quote = sentence.find("”") + 1
        cue = next((cue for cue in (" said ", "\nsaid ", " claimed ") if cue in sentence[end_of_quote:]), None)
        if end_of_quote and cue:
            begin = at + sentence.index("“")
            said_at = at + sentence.index(cue, end_of_quote) + 1
            name = sentence[said_at - at + len(cue) - 1 :].rstrip(".")
            source = Span(said_at + len(cue) - 1, said_at + len(cue) - 1 + len(name))
            local = name.lower().replace(" ", "-")
            entities.setdefault(local, Entity(id=local, name=name, kind="person", mentions=(source,)))
            statements.append(
                Statement(
                    id=f"s{len(statements) + 1}",
                    content=(Span(begin, at + end_of_quote),),
                    cue=(Span(said_at, said_at + len(cue.strip())),),
                    source=(source,),
                    form="direct",
                    confidence=0.9,
                    speaker=local,
                )
            )
        at += len(sentence) + 1
    article = Article(text, outlet="Quay Herald", url=url, language="en")
    return Record(article, tuple(statements), ENGINE, tuple(entities.values()))


def add(archive: Archive, *sentences: str, url: str = "https://quay.example/pumps") -> Kept:
    return keep(archive, story(sentences, url), start_run(archive, "", ENGINE))


def said(n: int, cue: str = "said") -> str:
    return f"{SAID[n]} {cue} {SPEAKERS[n % 4]}."


def reviews(archive: Archive, article: int) -> dict[str, str]:
    """What persons said of the statements of an article, by the words of each."""
    sql = "SELECT content, review FROM statements WHERE article = ? AND review IS NOT NULL"
    return dict(archive.database.rows(sql, (article,)))


def counts(archive: Archive) -> dict[str, object]:
    """Every count that a reader meets."""
    found = search(archive, Query())
    somebody = find_person(archive, "Rena Holt")
    return {
        "search": found.total,
        "facets": {name: [(c.label, c.n) for c in each] for name, each in found.facets.items()},
        "articles": search(archive, Query(in_="articles")).total,
        "people": [(p.name, p.statements, p.articles) for p in list_people(archive)],
        "outlets": [(o.name, o.articles, o.statements) for o in list_outlets(archive)],
        "person": person(archive, somebody).person.statements,
    }


def test_of_20_corrections_all_are_kept_or_listed_through_6_edits_and_no_count_changes(archive: Archive) -> None:
    sentences = ["The pumps ran.", *(said(n) for n in range(20))]
    add(archive, *sentences)
    for id in range(1, 21):
        if id % 4 == 0:
            reject(archive, id, who="Anna")
        elif id % 4 == 1:
            confirm(archive, id, who="Anna")
        elif id % 4 == 2:
            change_speaker(archive, id, name="Mara Quill", new=True, who="Anna")
        else:
            change_framing(archive, id, status="denied", who="Anna")
    before, of_first = counts(archive), reviews(archive, 1)
    edits = [
        ["Updated on Tuesday.", *sentences],  # moved as a whole
        ["Updated on Tuesday.", *(w for s in sentences for w in (s, "It rained."))],  # each by itself
        [*reversed(sentences)],  # turned round
        ["It rained.", *sentences[1:], "The mayor was not asked."],
        [*(s.replace(" said ", "\nsaid ") for s in sentences), "It rained."],  # lines broken otherwise
    ]
    for edit in edits:
        kept = add(archive, *edit)
        assert (kept.state, kept.undecided) == ("version", ())
        assert reviews(archive, kept.article) == of_first
        assert counts(archive) == before
    kept = add(archive, *edits[0][:-2], said(18, "claimed"), "The rest is silence.")
    held = {statement(archive, id).content: statement(archive, id).review for id in kept.undecided}
    assert reviews(archive, kept.article) | held == of_first
    assert list(held) == [SAID[18], SAID[19]]
    assert [one.why for one in undecided(archive)] == ["its words are attributed otherwise", "its words are gone"]
    assert list(verify(archive)) == []


def test_a_correction_is_carried_with_its_speaker_framing_and_words(archive: Archive) -> None:
    add(archive, said(0), said(1))
    change_speaker(archive, 1, name="Ola Venn", new=True, who="Anna")
    change_framing(archive, 1, status="denied", who="Anna")
    kept = add(archive, "An editor wrote this.", said(0), said(1))
    first = load_record(archive, kept.article).statements[0]
    record = load_record(archive, kept.article)
    assert (record.speaker(first) or record.entities[0]).name == "Ola Venn"
    assert (first.status, record.words(first), record.words(first, "source")) == ("denied", SAID[0], "Rena Holt")
    assert first.decided_by["speaker"] == "person:Anna"


def test_an_added_statement_is_added_to_the_newer_version_once(archive: Archive) -> None:
    add(archive, "The gate was shut, they say.", said(0))
    new = Statement(
        id="", content=(Span(0, 17),), source=(Span(19, 23),), cue=(Span(24, 27),), form="indirect", confidence=1
    )
    add_statement(archive, 1, new, name="Rena Holt", who="Anna")
    before = counts(archive)
    kept = add(archive, "It rained.", "The gate was shut, they say.", said(0))
    assert reviews(archive, kept.article) == {"The gate was shut": "added"}
    assert counts(archive) == before


def test_the_same_words_twice_are_told_apart_by_what_stands_around_them() -> None:
    old = "One asked. “No.” Two asked. “No.” Three left."
    new = "Before. One asked. “No.” Then Two asked. “No.” Three left."
    assert Relocated(old, new).span(Span(28, 33)) == Span(41, 46)
    assert Relocated("“No.” “No.”", "“No.” and “No.” or “No.”").span(Span(0, 5)) is None  # which?
    assert Relocated("a", "b").span(Span(0, 1)) is None
    assert Relocated("He said no.", "He said nobody.").span(Span(8, 10)) is None


def test_older_versions_are_found_when_asked_for(archive: Archive) -> None:
    add(archive, said(0), said(1))
    add(archive, said(0))
    assert [hit.statement for hit in search(archive, Query(words="pump")).hits] == [3]
    assert search(archive, Query(words="pump", versions="all")).total == 3
    assert search(archive, Query(words="pump versions:older")).total == 2
    assert search(archive, Query(in_="articles", versions="all")).total == 2


def test_an_undecided_correction_is_taken_over_or_let_go_and_both_are_undone(archive: Archive) -> None:
    add(archive, said(0), said(1))
    change_speaker(archive, 1, name="Ola Venn", new=True, who="Anna")
    confirm(archive, 2, who="Anna")
    kept = add(archive, said(0).replace("2 hours", "3 hours"), said(1, "claimed"))
    assert kept.undecided == (1, 2)
    onto, dropped = take_over(archive, 1, 3, who="Ben"), let_go(archive, 2, who="Ben")
    assert undecided(archive) == ()
    assert (statement(archive, 3).speaker, statement(archive, 3).review) == ("Ola Venn", "changed")
    assert statement(archive, 3).content == "“Pump 0 ran for 3 hours,”"
    with pytest.raises(RefusedEdit, match="nothing is to be decided"):
        let_go(archive, 2, who="Ben")
    undo(archive, dropped, who="Ben")
    assert [one.statement.id for one in undecided(archive)] == [2]
    undo(archive, onto, who="Ben")
    assert (statement(archive, 3).speaker, statement(archive, 3).review) == ("Rena Holt", None)


def test_what_was_undecided_is_carried_where_its_words_come_back(archive: Archive) -> None:
    add(archive, said(0), said(1))
    confirm(archive, 2, who="Anna")
    assert add(archive, said(0)).undecided == (2,)
    kept = add(archive, "It rained.", said(0), said(1))
    assert (kept.undecided, reviews(archive, kept.article)) == ((), {SAID[1]: "confirmed"})


def test_the_version_before_counts_again_when_the_newest_is_forgotten(archive: Archive) -> None:
    add(archive, said(0), said(1))
    before = counts(archive)
    kept = add(archive, said(0))
    forget_article(archive, kept.article, who="Anna", versions=False)
    assert counts(archive) == before
    assert list(verify(archive)) == []


def test_other_stories_count_beside_it(archive: Archive) -> None:
    add(archive, said(0))
    add(archive, said(1), url="https://quay.example/other")
    assert search(archive, Query()).total == 2
