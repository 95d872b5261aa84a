"""Agency copy printed by many is linked, never merged; and only that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.indexing.copies import bands, likeness, shingles
from onrecord.archive.safekeeping.forgetting import forget_article
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import copies
from onrecord.archive.store.opening import Archive
from onrecord.records import Article, Record

WIRE = " ".join(f"The harbour board met on day {n} and pier {n * 7} was closed by order {n * n}." for n in range(40))
OTHER = " ".join(f"A cellist of {n} years played suite {n * 3} in hall {n + 9} to {n * 11} guests." for n in range(40))


def put(archive: Archive, text: str, url: str) -> tuple[int, tuple[int, ...]]:
    from onrecord.records import Provenance

    record = Record(Article(text, url=url), (), Provenance("0.1.0"))
    kept = keep(archive, record, start_run(archive, "", record.provenance))
    return kept.article, kept.copies


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        (WIRE, WIRE, 1.0, 1.0),
        (WIRE, WIRE.replace("day 20", "Sunday"), 0.9, 0.999),
        (WIRE, "“" + WIRE.upper() + "”", 1.0, 1.0),  # case and marks aside
        (WIRE, OTHER, 0.0, 0.0),
        ("too short", "too short", 0.0, 0.0),
    ],
)
def test_likeness_is_the_share_of_windows_in_common(a: str, b: str, least: float, most: float) -> None:
    assert least <= likeness(shingles(a), shingles(b)) <= most


def test_copies_share_a_band_and_other_texts_do_not() -> None:
    assert set(bands(shingles(WIRE))) & set(bands(shingles(WIRE.replace("day 20", "Sunday"))))
    assert not set(bands(shingles(WIRE))) & set(bands(shingles(OTHER)))


def test_copies_are_linked_to_the_first(archive: Archive) -> None:
    assert put(archive, WIRE, "https://a.example/1") == (1, ())
    assert put(archive, OTHER, "https://b.example/1") == (2, ())
    assert put(archive, WIRE.replace("day 20", "Sunday"), "https://c.example/1") == (3, (1,))
    assert put(archive, WIRE, "https://d.example/1") == (4, (1,))
    assert copies(archive, 4) == ((1, 1.0),)
    assert [id for id, _ in copies(archive, 1)] == [4, 3]


def test_versions_of_one_story_are_no_copies(archive: Archive) -> None:
    put(archive, WIRE, "https://a.example/1")
    assert put(archive, WIRE.replace("day 20", "Sunday"), "https://a.example/1") == (2, ())


def test_when_the_first_is_forgotten_the_others_find_one_another(archive: Archive) -> None:
    for outlet in "abc":
        put(archive, WIRE, f"https://{outlet}.example/1")
    forget_article(archive, 1, who="Ana Ito")
    assert [id for id, _ in copies(archive, 2)] == [3]
    assert put(archive, WIRE, "https://d.example/1") == (4, (2,))


def test_the_same_sketch_comes_of_the_same_text_in_every_process(record: Record) -> None:
    assert sorted(shingles(replace(record.article, text="one two three four five six").text)) == [
        *sorted(shingles("One, two, three; four five six!"))
    ]
    assert bands(frozenset({8, 9, 10, 11, 12, 13, 14, 15})) == bands(frozenset({15, 14, 13, 12, 11, 10, 9, 8, 16}))
