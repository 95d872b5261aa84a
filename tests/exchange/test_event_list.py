"""DNA's event list, and tables of coded statements that others made."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from debate import DEBATE, PIER, PORT, UNION, in_text
from onrecord.errors import InputError, MalformedFile, RecordError
from onrecord.exchange import codes, event_list
from onrecord.exchange.offsets import Utf16
from onrecord.records.coded import Coded

HEAD = (
    '"statement_id";"time";"person";"organization";"concept";"agreement";"start_position";"stop_position";"text";"coder";'
    '"document_id";"document_title";"document_author";"document_source";"document_section";"document_type"'
)


def written(statements: list[Coded]) -> list[str]:
    out = io.StringIO()
    event_list.write(statements, out)
    return out.getvalue().splitlines()


def test_the_list_has_dna_s_columns_quoted_and_parted_by_semicolons() -> None:
    (coded,) = in_text([("No; “never”", UNION, 'The "pier"', False)], "🙂 No; “never” again.")
    lines = written([replace(coded, coder="Ada")])
    assert lines[0] == HEAD
    assert lines[1] == (
        '"1";"2024-03-04 00:00:00";"";"Harbour Union";"The \'pier\'";"0";"3";"14";"No, “never”";"Ada";'
        '"1";"Article 1";"";"Quay Herald";"";""'
    )


def test_the_list_is_in_order_of_time_and_read_again() -> None:
    lines = written([*reversed(DEBATE)])
    assert [line.split(";")[1] for line in lines[1:]] == sorted(line.split(";")[1] for line in lines[1:])


def test_a_machine_s_code_says_so_in_its_coder_s_name(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("\n".join(written([replace(DEBATE[0], by_machine=True), replace(DEBATE[2], coder="Ada")])), "utf-8")
    assert [(c.by_machine, c.coder.partition(" ")[0]) for c in event_list.read(path)] == [
        (True, "onrecord"),
        (False, "Ada"),
    ]
    with pytest.raises(RecordError, match="onrecord 9"):
        written([replace(DEBATE[0], coder="onrecord 9")])


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("\n".join(written(list(DEBATE))), "utf-8")
    assert event_list.read(path) == list(DEBATE)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("organisation,claim,stance,date\nHarbour Union,New pier,against,2024-03-04\n", (UNION, PIER, False)),
        ("org\tconcept\tagreement\nPort Office\tNew pier\tyes\n", (PORT, PIER, True)),
        ('{"organization": "Port Office", "concept": "New pier", "agreement": null}\n', (PORT, PIER, None)),
        ("organization;concept;agreement\n'=Port;New pier;\n", ("=Port", PIER, None)),
    ],
)
def test_tables_of_others_are_read(tmp_path: Path, text: str, wanted: tuple[str, str, bool | None]) -> None:
    (tmp_path / "table.csv").write_text(text, "utf-8")
    (coded,) = event_list.read(tmp_path / "table.csv")
    assert (coded.organization, coded.concept, coded.agreement) == wanted


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", "no statement"),
        ("organization,concept\n", "no statement"),
        ("a,b\n1,2\n", "the columns"),
        ("organization,concept,agreement\nX,Y,perhaps\n", "agreement 'perhaps'"),
        ("organization,concept,time\nX,Y,soon\n", "the time 'soon'"),
        ('{"organization": "X"\n', "no JSON object"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_in_words(tmp_path: Path, text: str, seen: str) -> None:
    (tmp_path / "bad.csv").write_text(text, "utf-8")
    with pytest.raises(InputError, match=seen):
        event_list.read(tmp_path / "bad.csv")


def row(**fields: object) -> dict[str, object]:
    """A statement as an export of the archive gives it."""
    usual: dict[str, object] = dict.fromkeys(
        ("title", "outlet", "published", "url", "person_name", "speaker", "speaker_of")
    )
    usual |= {"statement_id": 7, "article": "a-1", "statement": "3", "person_kind": "person", "content_spans": [[4, 9]]}
    return {**usual, "content": "never", **fields}


def test_codes_are_found_by_number_or_by_article_and_statement(tmp_path: Path) -> None:
    table = tmp_path / "codes.csv"
    table.write_text("statement_id,concept,agreement\n#7,New pier,no\n7,Bridge toll,yes\n", "utf-8")
    found = list(codes.coded([row(person_name="Rena Holt", speaker_of="Harbour Union")], codes.read(table)))
    assert [(c.id, c.person, c.organization, c.concept, c.agreement) for c in found] == [
        ("7", "Rena Holt", UNION, PIER, False),
        ("7.2", "Rena Holt", UNION, "Bridge toll", True),
    ]
    table.write_text("article,statement,concept\na-1,3,New pier\n", "utf-8")
    (coded,) = codes.coded([row(person_name="Port Office", person_kind="organisation")], codes.read(table))
    assert (coded.person, coded.organization, coded.agreement) == ("", PORT, None)
    assert list(codes.coded([row(article="other")], codes.read(table))) == []


def test_codes_that_name_no_statement_are_refused(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("concept\nNew pier\n", "utf-8")
    with pytest.raises(MalformedFile, match="no statement named"):
        codes.read(tmp_path / "codes.csv")


@pytest.mark.parametrize("text", ["", "plain", "a🙂b", "🙂🙂", "é𝔄ñ🏗️x"])
def test_utf_16_offsets_are_those_of_the_encoded_text(text: str) -> None:
    units = Utf16(text)
    for at in range(len(text) + 1):
        unit = len(text[:at].encode("utf-16-le")) // 2
        assert units.of_point(at) == unit
        assert units.to_point(unit) == at
    assert len(units) == len(text.encode("utf-16-le")) // 2
