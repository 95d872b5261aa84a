"""What is asked to be changed is read once: the same words mean the same at every door."""

from __future__ import annotations

import pytest

from full import full_record
from onrecord.archive.correcting.asking import Asked, Somebody, places
from onrecord.archive.correcting.correction_log import history
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import statement
from onrecord.archive.store.opening import Archive
from onrecord.errors import RefusedEdit, UnclearEdit, UsageError
from onrecord.records import Occasion, Record, Target
from onrecord.spans import Span

RECORD = full_record()
TEXT = RECORD.article.text
(SAID,) = RECORD.statements


def name_of(wikidata: str) -> str | None:
    return {"Q42": "Mara Quill"}.get(wikidata)


@pytest.mark.parametrize(
    "words",
    ["0:9 31:44", "0-9,31-44", " 31-44, 0:9 ", "Rena Holt … Ito was wrong", "Rena  Holt [...] Ito was\nwrong"],
)
def test_words_and_offsets_mean_the_same_places(words: str) -> None:
    assert places(TEXT, words, "content") == (Span(0, 9), Span(31, 44))


@pytest.mark.parametrize("words", ["never printed", "wa"])
def test_words_that_stand_nowhere_or_twice_are_unclear(words: str) -> None:
    with pytest.raises(UnclearEdit, match="text") as unclear:
        places(TEXT, words, "content")
    assert isinstance(unclear.value, UsageError)
    assert isinstance(unclear.value, RefusedEdit)


@pytest.mark.parametrize(
    ("words", "given", "meant"),
    [
        ("nobody", {}, Somebody()),
        ("7", {"person": "7"}, Somebody(person=7)),
        ("Q42", {"wikidata": "Q42"}, Somebody(wikidata="Q42", name="Mara Quill")),
        ("Rena Holt", {"name": " Rena Holt "}, Somebody(name="Rena Holt")),
    ],
)
def test_a_speaker_in_one_word_or_by_field_is_the_same(words: str, given: dict[str, str], meant: Somebody) -> None:
    assert Somebody.called(words, name_of) == Somebody.of(given, name_of) == meant


def test_every_field_is_read() -> None:
    given = {
        "content": "26:44",
        "cue": "",
        "form": "mixed",
        "status": "said",
        "about": ["Holt=+"],
        "occasion": "call",
        "said_on": "2031-05",
    }
    asked = Asked.read(given, RECORD, SAID)
    assert (asked.content, asked.cue, asked.source) == ((Span(26, 44),), (), None)
    assert (asked.form, asked.status, asked.voice) == ("mixed", "said", None)
    assert asked.about == (Target("rena-holt", "+"),)
    assert isinstance(asked.occasion, Occasion)
    assert (asked.occasion.kind, asked.occasion.when, asked.occasion.medium) == ("call", "2031-05", "quay")


@pytest.mark.parametrize(
    "given", [{"form": "loud"}, {"about": ["Nobody=+"]}, {"about": ["Holt=?"]}, {"occasion": "picnic"}]
)
def test_what_is_none_of_the_words_is_unclear(given: dict[str, object]) -> None:
    with pytest.raises(UnclearEdit, match="one of"):
        Asked.read(given, RECORD, SAID)


def test_all_is_changed_or_nothing(archive: Archive, record: Record) -> None:
    keep(archive, record, start_run(archive, "", record.provenance))
    with pytest.raises(RefusedEdit):
        Asked(form="mixed", speaker=Somebody(entity="no such")).make(archive, 1, who="Anna")
    assert history(archive) == ()
    done = Asked(form="mixed", status="said", occasion="none").make(archive, 1, who="Anna", seen=0)
    assert [entry.action for entry in history(archive)] == ["form", "framing", "occasion"]
    assert len(done) == 3
    held = statement(archive, 1).statement
    assert (held.form, held.status, held.occasion) == ("mixed", "said", None)
    with pytest.raises(RefusedEdit, match="stand already"):
        Asked(form="mixed", cue_class="neutral").besides(held)
