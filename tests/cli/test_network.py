"""`onrecord network`, from the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from numpy.random import default_rng

from debate import DEBATE, in_text, many
from onrecord.archive.correcting.runs import finish_run, start_run
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.opening import open_archive
from onrecord.cli import main
from onrecord.exchange import dna, event_list
from onrecord.exchange.dna.records import records


@pytest.fixture
def events(tmp_path: Path) -> str:
    path = tmp_path / "events.csv"
    with path.open("w", encoding="utf-8") as stream:
        event_list.write(DEBATE, stream)
    return str(path)


@pytest.fixture
def many_events(tmp_path: Path) -> str:
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8") as stream:
        event_list.write(many(300, 6, 5, default_rng(1)), stream)
    return str(path)


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["network", *arguments]) == 0
    return capsys.readouterr().out


def test_the_matrix_is_printed_and_told(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "--from", events, "--aggregation", "subtract"]) == 0
    printed = capsys.readouterr()
    assert list(csv.reader(io.StringIO(printed.out, newline=""))) == [
        ["", "Bridge toll", "New pier"],
        ["Gull Line", "-1", "1"],
        ["Harbour Union", "-1", "-2"],
        ["Port Office", "1", "1"],
    ]
    assert printed.err == "onrecord: 7 statements, 3 x 2, 6 cells not 0\n"


def test_a_file_of_dna_gives_the_same_as_its_event_list(
    events: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dna.write(DEBATE, tmp_path / "debate.dna")
    one_mode = ("--network", "one-mode", "--aggregation", "congruence", "--normalisation", "average")
    assert shown(capsys, "--from", events, *one_mode) == shown(
        capsys, "--from", str(tmp_path / "debate.dna"), *one_mode
    )


@pytest.mark.parametrize("kind", ["edges", "graphml", "gexf", "pajek", "ucinet", "svg"])
def test_every_format_is_written(kind: str, events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Harbour Union" in shown(capsys, "--from", events, "--format", kind)


def test_statements_go_out_as_a_file_of_dna(events: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.dna"
    shown(capsys, "--from", events, "--format", "dna", "-o", str(out))
    assert len(dna.read(out).statements) == len(DEBATE)


def test_the_event_list_comes_out_as_it_went_in(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "--from", events, "--network", "event-list") == Path(events).read_text("utf-8")


def test_exclusions_and_only_take_values_of_any_variable(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = shown(capsys, "--from", events, "--exclude", "concept=New pier", "--only", "organization=Port Office")
    assert printed.splitlines() == [",Bridge toll,Night ferry", "Port Office,1,1"]


def test_windows_are_lines_of_edges_and_spells(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = shown(
        capsys, "--from", events, "--window", "3d", "--step", "3", "--stop", "2024-04-30", "--format", "edges"
    )
    rows = list(csv.DictReader(io.StringIO(printed, newline="")))
    assert [(row["middle"][:10], row["source"]) for row in rows] == [
        ("2024-03-13", "Gull Line"),
        ("2024-03-13", "Gull Line"),
        ("2024-04-12", "Harbour Union"),
    ]
    assert "<spell " in shown(capsys, "--from", events, "--window", "3d", "--format", "gexf", "--kernel", "uniform")


@pytest.mark.parametrize("measure", ["polarisation", "dna-3.1", "communities", "centrality", "backbone", "profiles"])
def test_every_measure_is_told(measure: str, many_events: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = shown(capsys, "--from", many_events, "--network", "one-mode", "--tell", measure)
    assert "Body 0" in printed or "Cause 0" in printed
    assert printed == shown(capsys, "--from", many_events, "--network", "one-mode", "--tell", measure)


def test_changes_want_windows_and_are_told(many_events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "--from", many_events, "--tell", "changes"]) == 2
    capsys.readouterr()
    assert "windows" in shown(capsys, "--from", many_events, "--tell", "changes", "--window", "20d")


def test_a_checked_sample_gives_intervals_shares_and_validity(
    many_events: str, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = ("--checked", many_events)
    edges = list(
        csv.DictReader(io.StringIO(shown(capsys, "--from", many_events, *checked, "--format", "edges"), newline=""))
    )
    assert all(row["low"] == row["weight"] == row["high"] for row in edges)
    assert "95 % interval" in shown(capsys, "--from", many_events, *checked, "--tell", "shares")
    assert "1.000" in shown(capsys, "--from", many_events, *checked, "--windows", "10d,60d")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--codes", "none.csv"), "none.csv"),
        ((), "--codes FILE, or --from FILE"),
        (("--from", "EVENTS", "--aggregation", "congruence"), "ignore, combine, subtract"),
        (("--from", "EVENTS", "--tell", "everything"), "polarisation"),
        (("--from", "EVENTS", "--window", "3d"), "edges, gexf"),
        (("--from", "EVENTS", "--exclude", "Harbour Union"), "VARIABLE=VALUE"),
        (("--from", "EVENTS", "--format", "dna"), "--output"),
        (("--from", "EVENTS", "--windows", "3d"), "--checked"),
        (("--from", "none.dna"), "none.dna"),
    ],
)
def test_what_cannot_be_meant_is_told_in_a_line(
    arguments: tuple[str, ...],
    told: str,
    events: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["network", *(events if word == "EVENTS" else word for word in arguments)]) in (1, 2)
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert told in printed.err or "no such file" in printed.err.lower() or "onrecord.db" in printed.err


def test_an_archive_with_codes_gives_the_network_of_the_file_it_was_made_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "We will not pay, the union said. The toll is fair, the office held. And the pier too."
    parts = [
        ("We will not pay", "Harbour Union", "New pier", False),
        ("The toll is fair", "Port Office", "Bridge toll", True),
        ("And the pier too", "Port Office", "New pier", True),
    ]
    dna.write(in_text(parts, text), tmp_path / "debate.dna")
    project = dna.read(tmp_path / "debate.dna")
    with open_archive(str(tmp_path / "said.db")) as archive:
        kept = list(records(project))
        run = start_run(archive, "dna", kept[0].provenance)
        assert len(list(keep_many(archive, kept, run))) == 1
        finish_run(archive, run)
    lines = [f"dna:1,{coded.id},{coded.concept},{int(bool(coded.agreement))}\n" for coded in project.statements]
    (tmp_path / "codes.csv").write_text("article,statement,concept,agreement\n" + "".join(lines), "utf-8")
    archived = ("--archive", str(tmp_path / "said.db"), "--codes", str(tmp_path / "codes.csv"))
    of_file = ("--from", str(tmp_path / "debate.dna"))
    settings = ("--aggregation", "subtract")
    assert shown(capsys, *archived, *settings) == shown(capsys, *of_file, *settings)
    shown(capsys, *archived, "--format", "dna", "-o", str(tmp_path / "back.dna"))
    back = dna.read(tmp_path / "back.dna").statements
    assert [(c.words, c.organization, c.concept, c.agreement) for c in back] == parts
