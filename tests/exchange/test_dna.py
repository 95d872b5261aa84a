"""Files of DNA: written, read, written again; what a person changed in one."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debate import DEBATE, PIER, PORT, TOLL, UNION, in_text, said
from needs import SHARED
from onrecord.errors import MalformedFile, MissingInput, RecordError
from onrecord.exchange import dna
from onrecord.exchange.dna.passwords import hashed, opens
from onrecord.exchange.dna.project import OWN_ID, SIDELESS
from onrecord.exchange.dna.records import records
from onrecord.records.coded import Coded, CodedDocument
from onrecord.spans import Span

TEXT = "🙂 We will not pay, said the 🏗️ union. The toll is fair, the port office held. 𝔄nd the pier too."
PARTS = [
    ("We will not pay", UNION, PIER, False),
    ("The toll is fair", PORT, TOLL, True),
    ("𝔄nd the pier too", PORT, PIER, True),
]


def rows(path: Path, query: str) -> list[tuple]:  # type: ignore[type-arg]
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def by_hand(path: Path, *changes: str) -> None:
    """What a person does in DNA, as its SQL."""
    with closing(sqlite3.connect(path)) as database, database:
        for change in changes:
            assert database.execute(change).rowcount == 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    dna.write(in_text(PARTS, TEXT, by_machine=True, confidence=0.8), tmp_path / "debate.dna")
    return tmp_path / "debate.dna"


def test_offsets_count_as_java_counts(file: Path) -> None:
    units = TEXT.encode("utf-16-le")
    cuts = [
        units[2 * start : 2 * stop].decode("utf-16-le")
        for start, stop in rows(file, "SELECT Start, Stop FROM STATEMENTS")
    ]
    assert cuts == [words for words, *_ in PARTS]


def test_what_is_written_is_read_again(file: Path) -> None:
    read = dna.read(file).statements
    assert [(c.words, c.organization, c.concept, c.agreement) for c in read] == PARTS
    assert all(c.document.text == TEXT and c.span is not None and c.span.slice(TEXT) == c.words for c in read)


def test_a_machine_s_codes_stand_under_a_coder_of_its_own_and_a_person_s_never_do(tmp_path: Path) -> None:
    mixed = [said(1, UNION, PIER, by_machine=True), replace(said(2, PORT, PIER), coder="Ada")]
    dna.write(mixed, tmp_path / "mixed.dna")
    names = [
        name
        for (name,) in rows(tmp_path / "mixed.dna", "SELECT c.Name FROM STATEMENTS s JOIN CODERS c ON c.ID = s.Coder")
    ]
    assert names[0].startswith("onrecord ")
    assert names[1] == "Ada"
    assert [coded.by_machine for coded in dna.read(tmp_path / "mixed.dna").statements] == [True, False]
    with pytest.raises(RecordError, match="onrecord 9"):
        dna.write([replace(said(1, UNION, PIER), coder="onrecord 9")], tmp_path / "false.dna")
    assert not (tmp_path / "false.dna").exists()


def test_neither_side_is_a_type_of_its_own_and_comes_back_as_neither(tmp_path: Path) -> None:
    dna.write(DEBATE, tmp_path / "debate.dna")
    assert rows(tmp_path / "debate.dna", f"SELECT COUNT(*) FROM STATEMENTTYPES WHERE Label = '{SIDELESS}'") == [(1,)]
    assert [c.agreement for c in dna.read(tmp_path / "debate.dna").statements] == [c.agreement for c in DEBATE]


def test_long_titles_and_names_fit_and_are_told(tmp_path: Path) -> None:
    title, name = "Ü🙂" * 150, "N" * 300
    document = CodedDocument(
        id="x-1", title=title, text="Long", url="https://quay.example/1", when=datetime.datetime(2024, 3, 4)
    )
    coded = Coded(
        id="s-1",
        document=document,
        organization=name,
        concept=PIER,
        agreement=True,
        when=document.when,
        span=Span(0, 4),
    )
    told = dna.write([coded], tmp_path / "long.dna")
    assert len(told) == 2
    assert all("cut to 190" in line for line in told)
    (back,) = dna.read(tmp_path / "long.dna").statements
    assert (back.id, back.document) == ("s-1", replace(document, coder="Admin"))
    assert len(back.organization) == 190


def test_words_without_a_text_get_one(tmp_path: Path) -> None:
    dna.write([replace(said(1, UNION, PIER), words="Never."), said(2, PORT, PIER)], tmp_path / "bare.dna")
    assert [coded.words for coded in dna.read(tmp_path / "bare.dna").statements] == ["Never.", "(words not given)"]


def test_a_span_that_does_not_cut_its_words_is_refused(tmp_path: Path) -> None:
    (wrong, *_) = in_text(PARTS, TEXT)
    with pytest.raises(RecordError, match="whose span cuts"):
        dna.write([replace(wrong, words="We will pay")], tmp_path / "wrong.dna")


def test_the_file_is_whole_by_its_own_keys_and_has_every_variable_of_its_type(file: Path) -> None:
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "PRAGMA foreign_key_check") == []
    missing = (
        "SELECT s.ID, v.Variable FROM STATEMENTS s JOIN VARIABLES v ON v.StatementTypeId = s.StatementTypeId"
        " WHERE NOT EXISTS (SELECT 1 FROM DATABOOLEAN d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)"
        " AND NOT EXISTS (SELECT 1 FROM DATASHORTTEXT d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)"
        " AND NOT EXISTS (SELECT 1 FROM DATALONGTEXT d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)"
        " AND NOT EXISTS (SELECT 1 FROM DATAINTEGER d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)"
    )
    assert rows(file, missing) == []


def test_a_password_opens_what_was_made_of_it() -> None:
    kept = hashed("pier 7")
    assert opens("pier 7", kept)
    assert not opens("pier 8", kept)
    assert kept != hashed("pier 7")


def test_a_person_s_changes_come_back_with_the_coder_s_name(file: Path, tmp_path: Path) -> None:
    before = dna.read(file)
    by_hand(
        file,
        "INSERT INTO CODERS (ID, Name, Password) VALUES (7, 'Ada', 'x')",
        "UPDATE DATABOOLEAN SET Value = 1 WHERE StatementId = 1",
        "UPDATE DATASHORTTEXT SET Entity = (SELECT e.ID FROM ENTITIES e WHERE e.Value = 'New pier')"
        " WHERE StatementId = 2 AND VariableId = 3",
        "DELETE FROM STATEMENTS WHERE ID = 3",
        "INSERT INTO STATEMENTS VALUES (9, 1, 1, 3, 10, 7)",
    )
    after = dna.read(file)
    found = dna.changes(before, after)
    assert [(c.kind, c.statement.id, c.variable, c.old, c.new, c.who) for c in found] == [
        ("changed", "1", "agreement", False, True, "Ada"),
        ("changed", "2", "concept", TOLL, PIER, "Ada"),
        ("added", "9", None, None, None, "Ada"),
        ("removed", "3", None, None, None, "Ada"),
    ]
    now = dna.changed(before, after)
    assert [(coded.id, coded.by_machine, coded.coder) for coded in now] == [
        ("1", False, "Ada"),
        ("2", False, "Ada"),
        ("9", False, "Ada"),
    ]
    assert dna.changes(before, before) == []


def test_with_two_coders_nobody_is_named_for_a_change_to_a_machine_s_code(file: Path) -> None:
    before = dna.read(file)
    by_hand(
        file,
        "INSERT INTO CODERS (ID, Name, Password) VALUES (7, 'Ada', 'x')",
        "INSERT INTO CODERS (ID, Name, Password) VALUES (8, 'Ben', 'x')",
        "UPDATE DATABOOLEAN SET Value = 1 WHERE StatementId = 1",
    )
    (change,) = dna.changes(before, dna.read(file))
    assert change.who is None
    (change,) = dna.changes(before, dna.read(file), who="Ben")
    assert change.who == "Ben"


def test_a_file_that_is_no_dna_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "text.dna").write_text("no database")
    with pytest.raises(MalformedFile, match="Discourse Network Analyzer"):
        dna.read(tmp_path / "text.dna")
    dna.write(DEBATE, tmp_path / "old.dna")
    by_hand(tmp_path / "old.dna", "UPDATE SETTINGS SET Value = '2.0' WHERE Property = 'version'")
    with pytest.raises(MalformedFile, match=r"DNA 2\.0"):
        dna.read(tmp_path / "old.dna")
    with pytest.raises(MissingInput):
        dna.read(tmp_path / "none.dna")


def test_a_file_becomes_records_that_an_archive_keeps(file: Path) -> None:
    (record,) = records(dna.read(file))
    assert [record.words(statement) for statement in record.statements] == [words for words, *_ in PARTS]
    speakers = {entity.id: entity.name for entity in record.entities}
    assert [speakers[str(statement.speaker)] for statement in record.statements] == [UNION, PORT, PORT]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), min_size=1, max_size=12)
VALUE = st.one_of(st.booleans(), st.integers(-5, 5), WORDS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, WORDS, WORDS, st.booleans(), VALUE), min_size=1, max_size=6))
def test_any_statements_come_back_as_they_were(tmp_path: Path, parts: list[tuple[str, str, str, bool, str]]) -> None:
    text = "\n".join(words for words, *_ in parts)
    document = CodedDocument(id="1", title="T", text=text, when=datetime.datetime(2024, 1, 1), coder="Ada")
    coded, at = [], 0
    for n, (words, body, concept, side, mood) in enumerate(parts, 1):
        span = Span(at, at + len(words))
        at += len(words) + 1
        coded.append(
            Coded(
                id=str(n),
                document=document,
                organization=body,
                concept=concept,
                agreement=side,
                when=document.when,
                span=span,
                words=words,
                coder="Ada",
                extra=(("mood", str(mood)),),
            )
        )
    path = tmp_path / "any.dna"
    dna.write(coded, path)
    assert list(dna.read(path).statements) == coded


@pytest.mark.shared("data/dna-sample/sample.dna")
def test_the_sample_of_dna_comes_back_in_every_table(tmp_path: Path) -> None:
    sample = dna.read(SHARED / "data/dna-sample/sample.dna")
    assert (len(sample.statements), len(sample.documents)) == (41, 7)
    assert dna.write(sample, tmp_path / "copy.dna") == ()
    assert dna.read(tmp_path / "copy.dna") == sample


@pytest.mark.shared("data/dna-sample/sample.dna")
def test_a_file_of_ours_passes_every_check_of_dna_s_own_schema(tmp_path: Path) -> None:
    ours = [*DEBATE, *in_text(PARTS, TEXT, id="🙂", by_machine=True, confidence=0.4)]
    long = replace(ours[-1].document, id="long", title="Ü🙂" * 150)
    ours.append(replace(ours[-1], document=long, person="P" * 300))
    dna.write([replace(coded, id=f"s{n}") for n, coded in enumerate(ours)], tmp_path / "ours.dna")
    with closing(sqlite3.connect(SHARED / "data/dna-sample/sample.dna")) as sample:
        schema = [sql for (sql,) in sample.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    with closing(sqlite3.connect(":memory:")) as theirs:
        for sql in schema:
            theirs.execute(sql)
        theirs.execute("ATTACH ? AS ours", (str(tmp_path / "ours.dna"),))
        tables = [name for (name,) in theirs.execute("SELECT name FROM ours.sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [row[1] for row in theirs.execute(f"PRAGMA main.table_info({table})")]
            assert columns == [row[1] for row in theirs.execute(f"PRAGMA ours.table_info({table})")]
            theirs.execute(f"INSERT INTO main.{table} SELECT * FROM ours.{table}")
        assert theirs.execute("PRAGMA main.foreign_key_check").fetchall() == []
        assert len(tables) == len(schema)
    assert any(OWN_ID in row for row in dna.read(tmp_path / "ours.dna").tables["VARIABLES"])


@pytest.mark.shared("data/dna-sample/sample.dna")
def test_the_passwords_of_the_sample_are_understood() -> None:
    coders = dna.read(SHARED / "data/dna-sample/sample.dna").tables["CODERS"]
    assert [opens("sample", row[7]) for row in coders] == [True] * 4
