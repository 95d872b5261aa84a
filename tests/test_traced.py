"""One statement is traced in the archive, and found is what gathering all of it would find."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cli.test_trace import ARTICLES, HOLT, OLD, record
from full import full_record
from onrecord.answers import archive_tracing as traced
from onrecord.answers.archive_tracing import TracedArchive, carriers, catch_up
from onrecord.archive.correcting import corrections
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.printed import numbers_of
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import load_record
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.gathering.carriers import carriers_of
from onrecord.tracing.gathering.utterances import utterances


def kept(to: Archive, *records: Record) -> list[int]:
    run = start_run(to, "test", Provenance("0.1.0"))
    return [keep(to, one, run).article for one in records]


def ids(found: object) -> list[str]:
    return [carrier.id for carrier in found.carriers]  # type: ignore[attr-defined]


NEW = next(carriers_of(record("late", "Late Wire", "2031-05-10", f"“{OLD},” said Rena Holt.", HOLT)))
ALL = ["quay#s1", "coast#s1", "inland#s1", "late#s1"]


def nested() -> Record:
    """A statement with pieces, one inside it, one behind it, and words around."""
    text = "At noon Holt rang. “It is old,” Holt said, “and we asked that ‘all of it’ be new.” He was gone by one."
    one, two = text.index("“"), text.index("“and")
    full = full_record()
    outer = Statement(
        id="out",
        content=(Span(one, text.index(" Holt said")), Span(two, text.index("”", two) + 1)),
        source=(Span(text.index("Holt said"), text.index(" said")),),
        form="mixed",
        status="negated",
        confidence=0.4,
        speaker="rena-holt",
        occasion="o1",
    )
    inner = replace(outer, id="in", content=(Span(text.index("‘"), text.index("’") + 1),), within="out", speaker=None)
    entities = tuple(replace(entity, mentions=()) for entity in full.entities)
    article = replace(full.article, text=text, id="noon", title="Noon", url="https://quay.example/noon", language="de")
    occasions = tuple(replace(one, evidence=(), place="quay", event="a call") for one in full.occasions)
    return Record(article, (outer, inner), full.provenance, entities, occasions)


@pytest.mark.parametrize("given", [full_record(), nested(), record(*ARTICLES[2])], ids=["full", "nested", "plain"])
def test_a_kept_statement_is_the_carrier_that_its_record_gives(archive: Archive, given: Record) -> None:
    (article,) = kept(archive, given)
    made = [carrier for _, carrier in carriers(archive, numbers_of(archive, [article]))]
    assert made == list(carriers_of(load_record(archive, article)))
    numbered = [carrier for _, carrier in carriers(archive, numbers_of(archive, [article]), numbered=True)]
    assert [carrier.article for carrier in numbered] == [str(article)] * len(made)


@pytest.mark.parametrize("few", [0, 30], ids=["all indexed or full text", "or looked through"])
@pytest.mark.parametrize("indexed", [0, 2, 4])
def test_what_carries_it_is_found_whether_indexed_or_not(
    archive: Archive,
    indexed: int,
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(traced, "FEW", few)
    kept(archive, *(record(*one) for one in ARTICLES[:indexed]))
    assert catch_up(archive) == indexed
    kept(archive, *(record(*one) for one in ARTICLES[indexed:]))
    against = TracedArchive(archive)
    assert against.proposing == ("fingerprints" if few or indexed == 4 else "full text")
    found = against.trace(NEW)
    assert found is not None
    assert ids(found) == ALL
    records = [load_record(archive, article) for article in range(1, 5)]
    whole = utterances([NEW, *(carrier for one in records for carrier in carriers_of(one))])
    assert ids(whole[0]) == ALL
    assert found.anchor.id == whole[0].anchor.id
    assert sorted(against.numbers) == sorted(ALL[:3])


def test_a_kept_statement_is_not_its_own_carrier_and_boilerplate_is_nobodys(archive: Archive) -> None:
    thanks = record("thanks", "Quay Herald", "2031-05-07", "“Thank you,” said Rena Holt.", HOLT)
    (first, *_, last) = kept(archive, *(record(*one) for one in ARTICLES), thanks)
    catch_up(archive)
    ((_, own),) = carriers(archive, numbers_of(archive, [first]))
    found = TracedArchive(archive).trace(own)
    assert found is not None
    assert ids(found) == ALL[:3]
    ((_, own),) = carriers(archive, numbers_of(archive, [last]))
    assert TracedArchive(archive).trace(own) is None


def test_what_is_rejected_or_left_out_or_read_anew_carries_nothing(archive: Archive) -> None:
    articles = kept(archive, *(record(*one) for one in ARTICLES))
    catch_up(archive)
    found = TracedArchive(archive, without=articles[:1]).trace(NEW)
    assert found is not None
    assert ids(found) == ALL[1:]
    corrections.reject(archive, numbers_of(archive, articles[1:2])[0], who="Ola Fern")
    found = TracedArchive(archive).trace(NEW)
    assert found is not None
    assert ids(found) == ["quay#s1", "inland#s1", "late#s1"]
    anew = next(carriers_of(record("quay", "Quay Herald", "2031-05-06", f"“{OLD},” said Rena Holt.", HOLT)))
    found = TracedArchive(archive, [replace(anew, outlet="Read anew"), NEW]).trace(NEW)
    assert found is not None
    assert next((one.id, one.outlet) for one in found.carriers) == ("quay#s1", "Read anew")
    assert ids(found) == ["quay#s1", "inland#s1", "late#s1"]


def test_what_is_too_long_to_be_an_utterance_is_not_looked_up(archive: Archive) -> None:
    kept(archive, *(record(*one) for one in ARTICLES))
    assert TracedArchive(archive).trace(replace(NEW, words=f"{OLD} " * 200)) is None


@pytest.fixture
def only_read(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        kept(opened, *(record(*one) for one in ARTICLES))
    with open_archive(tmp_path / "archive.db", read_only=True) as opened:
        yield opened


def test_an_archive_that_may_only_be_read_is_traced(only_read: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traced, "FEW", 2)
    against = TracedArchive(only_read)
    assert against.proposing == "full text"
    found = against.trace(NEW)
    assert found is not None
    assert ids(found) == ALL


def test_words_that_no_search_can_look_for_find_nothing(archive: Archive) -> None:
    kept(archive, *(record(*one) for one in ARTICLES))
    assert traced.alike(archive, "… – !") == ()
    assert len(traced.alike(archive, OLD)) == 3


HALL = (
    "JONAS WIELAND: Warum war es dunkel?\n\n"
    "RENA HOLT: The valve is forty years old. We had asked for a new one in May.\n\n"
    "JONAS WIELAND: Und jetzt?\n\nRENA HOLT: The harbour will pay for the boats that were lost."
)


def test_a_transcript_that_is_kept_judges_the_articles_of_its_event(archive: Archive) -> None:
    article = Article(HALL, "hall", None, "Quay Radio", datetime.date(2031, 5, 6), language="de")
    words = "“The harbour will not pay for the boats that were lost,” said Rena Holt."
    kept(archive, Record(article, (), Provenance("0.1.0")), record("late", "Late Wire", "2031-05-08", words, HOLT))
    catch_up(archive)
    against = TracedArchive(archive)
    ((number, carrier),) = carriers(archive, numbers_of(archive, [2]))
    found = against.trace(carrier)
    assert found is not None
    assert found.spoken is not None
    assert (found.spoken.article, found.spoken.speaker) == ("hall", "Rena Holt")
    assert found.judged[carrier.id].kind == "altered"
    assert against.numbers[carrier.id] == number
    assert TracedArchive(archive, without=[1]).trace(carrier) == TracedArchive(archive, without=[1, 99]).trace(carrier)


def test_articles_of_files_are_judged_by_a_transcript_in_the_archive(archive: Archive) -> None:
    article = Article(HALL, "hall", None, "Quay Radio", datetime.date(2031, 5, 6), language="de")
    kept(archive, Record(article, (), Provenance("0.1.0")))
    new = record("new", "New Wire", "2031-05-08", "“The valve is forty years old,” said Rena Holt.", HOLT)
    (carrier,) = carriers_of(new)
    found = TracedArchive(archive, [carrier], records=[new]).trace(carrier)
    assert found is not None
    assert {one.article for one in found.carriers} == {"hall", "new"}
    assert found.judged[carrier.id].kind == "verbatim"


def test_without_a_transcript_or_another_language_wording_alone_tells(archive: Archive) -> None:
    kept(archive, *(record(*one) for one in ARTICLES))
    catch_up(archive)
    assert TracedArchive(archive).event("quay") == ()
