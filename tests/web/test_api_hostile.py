"""What was made to harm, in articles, names and queries, goes through the API as words, and does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from onrecord.archive.correcting import runs
from onrecord.archive.searching.query import FILTERS_OF_A_QUERY
from onrecord.archive.store import keeping
from onrecord.archive.store.opening import open_archive
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.web.guarding.guards import POLICY
from onrecord.web.settings import Settings
from web.room import served
from web.test_hostile import HOSTILE, hostile_record

QUERIES = (
    *HOSTILE,
    "",
    " ",
    '"',
    "(" * 500,
    "a OR " * 300,
    "NEAR/5 AND NOT content:*",
    'speaker:"x\' UNION SELECT password FROM sqlite_master --"',
    "1) OR 1=1 --",
    "*",
    "-a -b",
    "%",
    "_",
    "\\",
    "\x1f\x7f",
    "ﷺ" * 100,
    "é" * 500,
    "\U0010ffff",
    "#99999999999999999999",
    "Q" + "9" * 30,
    "9999-99-99..0000-00-00",
    "1e400",
)
PATHS = (
    "/api/articles/../../etc/passwd",
    "/api/articles/..%2f..%2fetc%2fpasswd",
    "/api/articles/%00",
    "/api/articles/1%00",
    "/api/articles/1;DROP TABLE articles",
    "/api/articles/-1",
    "/api/articles/1e3",
    "/api/articles/0x1",
    "/api/articles/１",
    "/api//articles/1",
    "/static/../app.py",
    "/static/..%2fapp.py",
    "/static/%2e%2e/app.py",
    "/static//etc/passwd",
    "/static/..%5c..%5capp.py",
    "/" + "a" * 5_000,
    "/%ff%fe",
)
TABLES = ("articles", "statements", "people", "entities", "corrections")


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "room.db"
    with open_archive(path) as archive:
        run = runs.start_run(archive, HOSTILE[0], Provenance("0"))
        for n, words in enumerate(HOSTILE):
            keeping.keep(archive, hostile_record(n, words), run)
    return path


@pytest.fixture(scope="module")
def hostile_room(hostile_file: Path) -> Iterator[str]:
    with served(Settings(archive=str(hostile_file), rate=0)) as room:
        yield room


@pytest.fixture
def api(hostile_room: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=hostile_room, timeout=20) as one:
        yield one


def counts(path: Path) -> list[int]:
    with open_archive(path, create=False) as archive:
        return [archive.database.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in TABLES]


def checked(answer: httpx.Response) -> Any:
    """The answer, after looking that no browser would take it for a page."""
    assert answer.status_code < 500, answer.text
    assert answer.headers["content-type"] in ("application/json", "application/problem+json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == POLICY
    return answer.json()


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_words_go_out_as_they_are(api: httpx.Client, number: int) -> None:
    words = HOSTILE[number]
    article = checked(api.get(f"/api/articles/{number + 1}"))
    (statement,) = article["statements"]
    assert article["title"] == article["outlet"] == words
    assert article["source_url"] == f"javascript:alert({number})"
    assert [piece["text"] for piece in statement["content"]] == [words]
    assert statement["speaker"]["name"] == words
    assert checked(api.get(statement["href"])) == statement
    why = checked(api.get(f"{statement['href']}/why"))
    assert why["decided_by"] == {words: words}
    assert checked(api.get(f"{article['href']}/record"))["text"] == article["text"]
    for place in ("history", "trace"):
        checked(api.get(f"{statement['href']}/{place}"))


@pytest.mark.parametrize("words", QUERIES)
def test_a_query_is_only_looked_for(api: httpx.Client, hostile_file: Path, words: str) -> None:
    before = counts(hostile_file)
    for place in ("statements", "articles"):
        checked(api.get("/api/search", params={"q": words, "in": place}))
    for name in FILTERS_OF_A_QUERY:
        checked(api.get("/api/search", params={name: words}))
    checked(api.get("/api/search", params={"q": "true", "cursor": words}))
    checked(api.get("/api/people", params={"name": words}))
    checked(api.get("/api/queue", params={"cursor": words}))
    checked(api.get("/api/articles", params={"cursor": words}))
    assert counts(hostile_file) == before


def test_percent_signs_and_underscores_are_no_wildcards(api: httpx.Client) -> None:
    assert len(checked(api.get("/api/people"))["items"]) > 3
    for sign in ("%%%", "___"):
        assert checked(api.get("/api/people", params={"name": sign}))["items"] == []


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(api: httpx.Client, path: str) -> None:
    request = api.build_request("GET", "/")
    request.url = request.url.copy_with(raw_path=quote(path, safe="/%;").encode())
    answer = api.send(request)
    assert answer.status_code in (400, 404, 422)
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize("words", HOSTILE)
def test_a_text_that_is_sent_comes_back_as_it_was(api: httpx.Client, words: str) -> None:
    text = f'"{words}," said {words}. He said that {words}.'
    record = checked(api.post("/api/read", json={"text": text, "title": "t"}))
    assert record["text"] == text


@pytest.mark.parametrize("words", HOSTILE)
def test_a_correction_with_hostile_words_is_only_kept(api: httpx.Client, words: str) -> None:
    given = {"action": "speaker", "statement": 1, "name": words[:200], "new": True, "why": words[:500]}
    answer = api.post("/api/corrections", json=given)
    if answer.status_code == 201:
        made = checked(api.get(answer.json()["href"]))
        assert made["why"] == words[:500]
        checked(api.post(answer.json()["undo"], json={"why": words[:500]}))
    else:
        assert answer.status_code in (400, 422)


def test_a_paragraph_of_ten_megabytes_goes_through(tmp_path: Path) -> None:
    text = "He said that it goes on. " * 420_000
    assert len(text) > 10_000_000
    statement = Statement(id="1", content=(Span(8, len(text)),), form="indirect", confidence=0.5)
    path = tmp_path / "huge.db"
    with open_archive(path) as archive:
        run = runs.start_run(archive, "huge", Provenance("0"))
        keeping.keep(archive, Record(Article(text, "huge"), (statement,), Provenance("0")), run)
    with served(Settings(archive=str(path))) as room, httpx.Client(base_url=room, timeout=60) as client:
        article = checked(client.get("/api/articles/1"))
        assert article["text"] == text
        assert article["statements"][0]["content"][0]["text"] == text[8:]
        found = client.get("/api/search?q=goes")
        assert len(checked(found)["hits"]) == 1
        assert len(found.content) < 10_000
        checked(client.get("/api/statements/1/trace"))
