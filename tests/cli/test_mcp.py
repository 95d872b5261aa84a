"""`onrecord mcp`, asked by a client of the protocol over stdin and stdout: words are slices, and nothing changes."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason='the server for language models is not installed: pip install "onrecord[mcp]"')

from mcp import Client, StdioServerParameters

from onrecord.archive.correcting import runs
from onrecord.archive.store import keeping, loading
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.cli import FAILED, USAGE, main
from onrecord.records import Article, Entity, Provenance, Record, Statement
from onrecord.spans import Span

TEXT = "“It is an old valve,” Rena Holt said. The mayor said nobody knew it could stick."
LATER = "Rena Holt of the harbour board said: “It is an old valve.”"
TOOLS = ["find_person", "get_article_statements", "get_statement", "search_statements", "trace_statement"]
ROOM = "http://127.0.0.1:8017"
HOLT = Entity(id="holt", name="Rena Holt", kind="person")


def span(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


def records() -> list[Record]:
    """Two articles of two outlets with one utterance in both."""
    valve, nobody, mayor = "“It is an old valve,”", "nobody knew it could stick", "The mayor"
    first = Statement(id="s1", content=span(TEXT, valve), form="direct", confidence=0.9, speaker="holt")
    second = Statement(id="s2", content=span(TEXT, nobody), source=span(TEXT, mayor), form="indirect", confidence=0.4)
    again = Statement(
        id="s1", content=span(LATER, "“It is an old valve.”"), form="direct", confidence=1, speaker="holt"
    )
    made = Provenance("0.1")
    return [
        Record(
            Article(TEXT, "quay-1", "The valve", "Quay Herald", url="https://quay.example/valve"),
            (first, second),
            made,
            (HOLT,),
        ),
        Record(
            Article(LATER, "coast-1", "Valve", "Coast Echo", url="https://coast.example/valve"), (again,), made, (HOLT,)
        ),
    ]


@pytest.fixture(scope="module")
def archive_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "archive.db"
    with open_archive(path) as archive:
        run = runs.start_run(archive, "by hand", Provenance("0.1"))
        for record in records():
            keeping.keep(archive, record, run)
        runs.finish_run(archive, run)
    return path


@pytest.fixture
def archive(archive_file: Path) -> Iterator[Archive]:
    with open_archive(archive_file, create=False) as opened:
        yield opened


async def _asked(path: Path, calls: list[tuple[str, dict[str, Any]]], *more: str) -> tuple[list[Any], list[Any]]:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "onrecord", "mcp", "--archive", str(path), *more]
    )
    async with Client(command, read_timeout_seconds=30) as client:
        tools = (await client.list_tools()).tools
        return tools, [await client.call_tool(name, given) for name, given in calls]


def asked(path: Path, *calls: tuple[str, dict[str, Any]], more: tuple[str, ...] = ()) -> list[Any]:
    """What tools answer, in one session."""
    answers = asyncio.run(_asked(path, list(calls), *more))[1]
    for answer in answers:
        assert not answer.is_error, answer.content
    return [answer.structured_content for answer in answers]


def test_its_tools_say_that_they_only_read(archive_file: Path) -> None:
    tools, _ = asyncio.run(_asked(archive_file, []))
    assert sorted(tool.name for tool in tools) == TOOLS
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False


def test_words_are_slices_with_ids_and_urls(archive_file: Path, archive: Archive) -> None:
    found, one, article, trace, people = asked(
        archive_file,
        ("search_statements", {"words": "valve", "sort": "oldest"}),
        ("get_statement", {"statement": 1}),
        ("get_article_statements", {"article": "https://quay.example/valve"}),
        ("trace_statement", {"statement": 1}),
        ("find_person", {"name": "holt"}),
    )
    assert {hit["statement"] for hit in found["hits"]} == {1, 3}
    for hit in found["hits"]:
        piece = hit["snippet"]
        held = loading.statement(archive, hit["statement"])
        assert held.content[piece["start"] : piece["end"]] == piece["text"]
        assert hit["article"]["url"] == held.article.url
    assert one["content"] == [{"start": 0, "end": 21, "text": TEXT[:21]}]
    assert one["why"]["engine"]["version"] == "0.1"
    assert [statement["id"] for statement in article["statements"]] == [1, 2]
    assert article["article"]["url"] == "https://quay.example/valve"
    for statement in article["statements"]:
        for piece in statement["content"] + statement["source"]:
            assert TEXT[piece["start"] : piece["end"]] == piece["text"]
    assert [carrier["statement"] for carrier in trace["carriers"]] == [1, 3]
    assert {carrier["article"]["url"] for carrier in trace["carriers"]} == {
        "https://quay.example/valve",
        "https://coast.example/valve",
    }
    assert [(person["name"], person["statements"]) for person in people["people"]] == [("Rena Holt", 2)]


def test_pages_are_named_where_a_room_shows_them(archive_file: Path) -> None:
    (without,) = asked(archive_file, ("get_statement", {"statement": 1}))
    assert "page" not in without
    (within,) = asked(archive_file, ("get_statement", {"statement": 1}), more=("--room", ROOM))
    assert within["page"] == f"{ROOM}/articles/1#ss1"


def test_what_cannot_be_meant_is_explained(archive_file: Path) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("get_statement", {"statement": 99}),
        ("search_statements", {"words": "("}),
        ("search_statements", {"cursor": "x"}),
        ("get_article_statements", {"article": "'; DROP TABLE articles; --"}),
        ("get_statement", {"statement": 0}),
        ("find_person", {"name": "404"}),
    ]
    _, answers = asyncio.run(_asked(archive_file, calls))
    assert [answer.is_error for answer in answers] == [True] * len(calls)
    assert "wanted the id of a statement" in answers[0].content[0].text
    assert all("Traceback" not in answer.content[0].text for answer in answers)


def test_nothing_in_the_archive_changes(archive_file: Path) -> None:
    with open_archive(archive_file, create=False) as archive:
        archive.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    before = hashlib.sha256(archive_file.read_bytes()).hexdigest()
    asked(archive_file, ("search_statements", {"words": "valve"}), ("trace_statement", {"statement": 1}))
    assert hashlib.sha256(archive_file.read_bytes()).hexdigest() == before


def test_it_reads_while_another_writes(archive_file: Path) -> None:
    with open_archive(archive_file, create=False) as archive, archive.database.writing():
        archive.database.run("UPDATE runs SET label = 'being renamed'")
        (one,) = asked(archive_file, ("get_statement", {"statement": 1}))
    assert one["id"] == 1


def test_it_ends_when_the_client_leaves(archive_file: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "mcp", "--archive", str(archive_file)]
    done = subprocess.run(command, input="", capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_it_needs_no_web_server(archive_file: Path) -> None:
    code = (
        "import sys; sys.modules['fastapi'] = None; sys.modules['jinja2'] = None\n"
        "from onrecord.web.mcp import make_server; from onrecord.archive.store.opening import open_archive\n"
        "make_server(open_archive(sys.argv[1], read_only=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(archive_file)], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (["--archive", "none.db"], FAILED, "none.db"),
        (["--room", "javascript:alert(1)"], USAGE, "--room http://127.0.0.1:8017"),
        (["extra"], USAGE, "extra"),
    ],
)
def test_a_wrong_start_is_explained(
    given: list[str], code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["mcp", *given]) == code
    assert told in capsys.readouterr().err
