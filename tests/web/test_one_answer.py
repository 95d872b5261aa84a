"""What `check` says of the demo event, `trace`, the reading room, its API and language models are told too, in one
shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from onrecord.archive.store.opening import Archive, open_archive
from onrecord.cli import main
from onrecord.tracing.speakers import is_name
from onrecord.tracing.telling import verdict_json
from onrecord.web.mcp import Tools
from web.room import ROOT

EVENT, TRANSCRIPT = str(ROOT / "examples" / "event.jsonl"), str(ROOT / "examples" / "transcript.txt")
Said = dict[tuple[str, str], str]
KEYS = verdict_json(None, None, None).keys()
STRETCH = {"op", "original", "carried", "original_span", "carried_span"}
EDIT = {"code", "severity", "words", "original_span", "carried_span"}


def printed(*arguments: str, to: Path) -> list[dict[str, Any]]:
    """The JSON lines that a command prints."""
    main([*arguments, "--quiet", "--format", "jsonl", "--output", str(to)])
    return [json.loads(line) for line in to.read_text("utf-8").splitlines()]


@pytest.fixture
def api(room: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=room, timeout=60) as client:
        yield client


@pytest.fixture
def archive(archive_file: Path) -> Iterator[Archive]:
    with open_archive(archive_file, create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Every statement of the event's reports as `check` has it."""
    to = tmp_path_factory.mktemp("checked") / "checked.jsonl"
    lines = printed("check", EVENT, "--against", TRANSCRIPT, to=to)
    return [line for line in lines if not line["article"].endswith("transcript")]


def place_of(line: dict[str, Any]) -> tuple[str, str]:
    """The article and the statement of a line of `check`, or of a carrier."""
    article = line["article"]
    return (article["id"], line["local"]) if isinstance(article, dict) else (article, line["statement"])


def alarms(lines: list[dict[str, Any]]) -> Said:
    """The alarming statements of named speakers among carriers or lines, by article and statement. What a trace finds
    is claimed by nobody to be of the event, so it accuses no article that does not name who spoke."""
    return {place_of(line): line["verdict"] for line in lines if line["alarming"] and is_name(line["speaker"] or "")}


def names_of(archive: Archive) -> dict[int, str]:
    """The names of articles by their numbers."""
    return dict(archive.database.rows("SELECT id, name FROM articles"))


def test_the_demo_event_has_its_alarms(checked: list[dict[str, Any]]) -> None:
    assert {"distorted", "misattributed"} <= set(alarms(checked).values())


def test_trace_finds_the_alarms_that_check_finds(checked: list[dict[str, Any]], tmp_path: Path) -> None:
    chains = printed("trace", EVENT, to=tmp_path / "traced.jsonl")
    traced = [carrier for chain in chains for carrier in chain["carriers"]]
    assert alarms(traced) == alarms(checked)
    wanted = {(line["article"], line["statement"]): line["verdict"] for line in checked}
    judged = {(one["article"]["id"], one["local"]): one["verdict"] for one in traced if one["verdict"] is not None}
    assert {key: kind for key, kind in judged.items() if wanted.get(key, "elsewhere") not in (kind, "elsewhere")} == {}


def test_the_api_finds_the_alarms_that_check_finds(
    api: httpx.Client, archive: Archive, checked: list[dict[str, Any]]
) -> None:
    found: Said = {}
    for article, local in alarms(checked):
        for (number,) in archive.database.rows(
            "SELECT s.id FROM statements s JOIN articles a ON a.id = s.article AND a.current = s.reading"
            " WHERE a.name = ? AND s.local = ?",
            (article, local),
        ):
            carriers = api.get(f"/api/statements/{number}/trace").json()["carriers"]
            (found[article, local],) = [one["verdict"] for one in carriers if one["statement"] == number]
    assert found == alarms(checked)


def test_one_event_is_one_occasion_with_the_transcript_for_its_original(api: httpx.Client, archive: Archive) -> None:
    ((occasion,),) = archive.database.rows(
        "SELECT MIN(s.occasion) FROM statements s JOIN occasions k ON k.id = s.occasion"
        " JOIN people p ON p.id = s.person WHERE k.kind = 'press_conference' AND p.name = 'Helena Dravic'"
    )
    told = api.get(f"/api/occasions/{occasion}").json()
    names = names_of(archive)
    carriers = [carrier for utterance in told["utterances"] for carrier in utterance["carriers"]]
    originals = {carrier["article"]["id"] for carrier in carriers if carrier["verdict"] is None}
    assert {names[id] for id in originals} == {"port-evrin-transcript"}
    assert len(told["outlets"]) == 5
    assert any(carrier["verdict"] == "distorted" for carrier in carriers)


def test_a_verdict_has_one_shape_wherever_it_is_told(
    api: httpx.Client, archive_file: Path, checked: list[dict[str, Any]], tmp_path: Path
) -> None:
    chains = printed("trace", EVENT, to=tmp_path / "traced.jsonl")
    hit = api.get('/api/search?q="nobody will pay for water"').json()["hits"][0]["statement"]
    api_told = api.get(f"/api/statements/{hit}/trace").json()["carriers"]
    with open_archive(archive_file) as archive:
        mcp_told = Tools(archive).trace_statement(hit)["carriers"]
    for told in (checked, [one for chain in chains for one in chain["carriers"]], api_told, mcp_told):
        assert told
        for one in told:
            assert one.keys() >= KEYS
            assert all(stretch.keys() == STRETCH for stretch in one["alignment"])
            assert all(edit.keys() == EDIT for edit in one["edits"])
