"""Statements like this one, on both databases, with an embedder made for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from needs import pgvector_runs
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.indexing import semantic
from onrecord.archive.indexing.neighbours import Neighbours
from onrecord.archive.indexing.semantic import build, like, missing, packed
from onrecord.archive.indexing.upkeep import index_article
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive
from onrecord.errors import ArchiveError, DamagedArchive, NoSuchEntry
from spoken import MADE_BY, Line, talk


class Letters:
    """A vector of how often each letter stands in a text: texts of the same letters are alike."""

    name = "letters"
    dimensions = 32

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded += texts
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower():
                vectors[row, ord(letter) % self.dimensions] += 1
        rows: npt.NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return rows


WORDS = ["the valve froze", "the froze valve", "frozen: the valve", "zzz zzz", "quick brown foxes jump"]


@pytest.fixture
def filled(archive: Archive) -> Archive:
    run = start_run(archive, "first", MADE_BY)
    for n, words in enumerate(WORDS):
        keep(archive, talk(f"n{n}", [Line("Ito", words)]), run)
    return archive


def found(archive: Archive, wanted: int | str, n: int = 10) -> list[str]:
    return [hit.snippet.words for hit in like(archive, Letters(), wanted, n)]


def test_without_vectors_it_says_how_to_make_them(filled: Archive) -> None:
    with pytest.raises(ArchiveError, match="onrecord likeness --build"):
        like(filled, Letters(), "valve")


def test_the_nearest_come_first_and_a_statement_is_not_like_itself(filled: Archive) -> None:
    assert missing(filled, "letters") == 5
    assert build(filled, Letters()) == 5
    assert missing(filled, "letters") == 0
    nearest = found(filled, "the valve froze")
    assert sorted(nearest[:2]) == sorted(WORDS[:2])  # the same letters
    assert nearest[2] == WORDS[2]
    assert found(filled, 1, 2) == WORDS[1:3]
    hits = like(filled, Letters(), "zzz")
    assert hits[0].score is not None
    assert hits[0].score.fit == pytest.approx(0.95, abs=0.06)


def test_only_what_is_missing_is_made(filled: Archive) -> None:
    build(filled, Letters())
    keep(filled, talk("new", [Line("Ito", "a new one")]), start_run(filled, "b", MADE_BY))
    embedder = Letters()
    told: list[int] = []
    assert build(filled, embedder, told.append) == 1
    assert (embedder.encoded, told) == (["a new one"], [1])


def test_stopped_in_the_middle_it_goes_on_there(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "BATCH", 2)

    def stop(n: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(filled, Letters(), stop)
    assert missing(filled, "letters") == 3
    assert build(filled, Letters()) == 3


def test_a_rejected_statement_is_like_nothing(filled: Archive) -> None:
    build(filled, Letters())
    with filled.database.writing():
        filled.database.run("UPDATE statements SET review = 'rejected' WHERE content = ?", (WORDS[1],))
        index_article(filled, 2)
    assert WORDS[1] not in found(filled, "the valve froze")


def test_a_statement_whose_words_changed_needs_a_new_vector(filled: Archive) -> None:
    build(filled, Letters())
    with filled.database.writing():
        filled.database.run("UPDATE statements SET content = 'zzzz' WHERE id = 1")
        filled.database.run("UPDATE statements SET status = 'denied' WHERE id = 2")
        index_article(filled, 1)
        index_article(filled, 2)
    assert missing(filled, "letters") == 1
    build(filled, Letters())
    assert found(filled, "zzz", 2) == ["zzzz", "zzz zzz"] or found(filled, "zzz", 1) == ["zzzz"]


def test_an_unknown_statement_is_told(filled: Archive) -> None:
    build(filled, Letters())
    with pytest.raises(NoSuchEntry, match="statement 99"):
        like(filled, Letters(), 99)


def test_vectors_of_two_models_are_not_mixed(filled: Archive) -> None:
    build(filled, Letters())
    other = Letters()
    other.name = "other"
    with pytest.raises(ArchiveError, match="no vectors of other"):
        like(filled, other, "valve")
    assert build(filled, other) == 5
    assert missing(filled, "letters") == 5


@pytest.mark.extra("semantic")
def test_beyond_the_limit_an_index_of_neighbours_is_kept_in_step(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    if filled.database.dialect != "sqlite" and not pgvector_runs():
        pytest.skip("pgvector was not built for this processor")
    monkeypatch.setattr(semantic, "EXACT", 3)
    build(filled, Letters())
    assert sorted(found(filled, "the valve froze")[:2]) == sorted(WORDS[:2])
    run = start_run(filled, "b", MADE_BY)
    keep(filled, talk("new", [Line("Ito", "zzzzz")]), run)
    with filled.database.writing():
        filled.database.run("UPDATE statements SET content = 'the vale froze' WHERE id = 4")
        index_article(filled, 4)
    build(filled, Letters())
    assert found(filled, "zzz", 1) == ["zzzzz"]
    assert "the vale froze" in found(filled, "the valve froze", 4)
    assert (filled.database.dialect == "sqlite") is Path(f"{filled.where}.likeness").exists()


@pytest.mark.extra("semantic")
def test_the_index_finds_what_comparing_all_finds(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    drawn = chance.normal(size=(400, 32)).astype(np.float32)
    vectors = packed(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))
    index = Neighbours(tmp_path / "near", "letters", 32)
    index.add(range(1, 401), vectors)
    index.save()
    again = Neighbours(tmp_path / "near", "letters", 32)
    assert len(again.ids()) == 400
    same = 0
    for row in range(40):
        exact = np.argsort(-(vectors.astype(np.float32) @ vectors[row].astype(np.float32)))[:10] + 1
        same += len({int(id) for id in exact} & {id for id, _ in again.nearest(vectors[row], 10)})
    assert same >= 360


@pytest.mark.extra("semantic")
@pytest.mark.parametrize("damage", ["nothing", "nonsense", "cut short", "a byte changed"])
def test_a_damaged_index_is_told(tmp_path: Path, damage: str) -> None:
    index = Neighbours(tmp_path / "near", "letters", 32)
    index.add([1], packed(np.eye(1, 32, dtype=np.float32)))
    index.save()
    whole = (tmp_path / "near").read_bytes()
    changed = {"nothing": b"", "nonsense": b"nonsense" * 100, "cut short": whole[:-1]}
    (tmp_path / "near").write_bytes(changed.get(damage, whole[:-1] + bytes([whole[-1] ^ 1])))
    with pytest.raises(DamagedArchive, match="make it again"):
        Neighbours(tmp_path / "near", "letters", 32)
