"""The API: the same as the pages, as JSON; words are slices of the article, lists go on, failures say what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from onrecord.archive.searching.query import FILTERS_OF_A_QUERY, Query
from onrecord.archive.searching.search import search
from onrecord.archive.store import loading
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.exchange.registry import Format, formats
from onrecord.web.settings import Settings
from web.room import served

LINK = re.compile(r'<([^>]+)>; rel="next"')
VALVE = "“It is an old valve,” Rena Holt said. “We had asked for a new one.”"


@pytest.fixture(scope="module")
def unlimited(archive_file: Path) -> Iterator[str]:
    with served(Settings(archive=str(archive_file), reader="Ada", rate=0)) as address:
        yield address


@pytest.fixture
def api(unlimited: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=unlimited, timeout=60) as client:
        yield client


@pytest.fixture
def archive(archive_file: Path) -> Iterator[Archive]:
    with open_archive(archive_file, create=False) as opened:
        yield opened


def got(api: httpx.Client, path: str) -> Any:
    answer = api.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def slices_in(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every slice in an answer."""
    if isinstance(value, dict):
        if value.keys() >= {"start", "end", "text"}:
            yield value["start"], value["end"], value["text"]
        for inner in value.values():
            yield from slices_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from slices_in(inner)


def walked(api: httpx.Client, path: str, name: str) -> list[Any]:
    """All items of a list, page by page, as the Link header leads."""
    found: list[Any] = []
    for _ in range(200):
        answer = api.get(path)
        page = answer.json()
        found += page[name]
        link = LINK.fullmatch(answer.headers.get("link", ""))
        assert page["next"] == (link[1] if link else None)
        if not link:
            return found
        path = link[1]
    raise AssertionError("the list does not end")


def test_words_are_slices_of_the_article(api: httpx.Client) -> None:
    for line in got(api, "/api/articles")["items"]:
        article = got(api, line["href"])
        slices = list(slices_in(article["statements"]))
        assert len(article["statements"]) == line["statements"]
        assert slices
        for start, end, text in slices:
            assert article["text"][start:end] == text


def test_a_statement_alone_is_the_one_of_its_article(api: httpx.Client) -> None:
    for statement in got(api, "/api/articles/2")["statements"]:
        assert got(api, statement["href"]) == statement


def test_a_record_goes_out_as_it_is_kept(api: httpx.Client, archive: Archive) -> None:
    record = loading.load_record(archive, 1)
    assert api.get("/api/articles/1/record").text == record.to_json()
    assert api.get("/api/articles/1/record?run=1").status_code == 200
    assert api.get("/api/articles/1/record?run=9").status_code == 404


def test_hits_show_their_words_in_place(api: httpx.Client, archive: Archive) -> None:
    shown = set()
    for hit in got(api, "/api/search?q=water")["hits"]:
        piece, held = hit["snippet"], loading.statement(archive, hit["statement"])
        assert held.content[piece["start"] : piece["end"]] == piece["text"]
        shown |= {held.content[start:end].casefold() for start, end in piece["matches"]}
    assert shown == {"water"}
    for hit in got(api, "/api/search?q=water&in=articles")["hits"]:
        piece = hit["snippet"]
        assert loading.text_of(archive, hit["article"]["id"])[piece["start"] : piece["end"]] == piece["text"]


def test_every_statement_can_be_explained_and_traced(api: httpx.Client, archive: Archive) -> None:
    for statement in got(api, "/api/articles/2")["statements"] + got(api, "/api/articles/7")["statements"]:
        why = got(api, f"{statement['href']}/why")
        assert why["decided_by"]
        assert why["engine"]["run"] == 1
        for carrier in got(api, f"{statement['href']}/trace")["carriers"]:
            text = loading.text_of(archive, carrier["article"]["id"])
            assert all(text[start:end] == words for start, end, words in slices_in(carrier["content"]))


def test_a_trace_names_the_original_and_judges_the_others(api: httpx.Client) -> None:
    hit = got(api, "/api/search?q=%22nobody will pay for water%22")["hits"][0]
    trace = got(api, f"/api/statements/{hit['statement']}/trace")
    carriers = {carrier["id"]: carrier for carrier in trace["carriers"]}
    assert hit["statement"] in {carrier["statement"] for carrier in carriers.values()}
    assert [id for id, carrier in carriers.items() if carrier["verdict"] is None] == [trace["original"]]


def test_lists_are_walked_to_their_end(api: httpx.Client, archive: Archive) -> None:
    held = [id for (id,) in archive.database.rows("SELECT id FROM articles ORDER BY id DESC")]
    assert [one["id"] for one in walked(api, "/api/articles?limit=3", "items")] == held
    alone = [hit["statement"] for hit in got(api, "/api/search?q=water&limit=200")["hits"]]
    assert [hit["statement"] for hit in walked(api, "/api/search?q=water&limit=3", "hits")] == alone
    queued = walked(api, "/api/queue?limit=40", "items")
    confidences = [one["confidence"] for one in queued]
    assert confidences == sorted(confidences)
    assert len({one["id"] for one in queued}) == len(queued) > 100


ASKED = {
    "speaker": "Arlund",
    "office": "chief executive",
    "affiliation": "Evrin Water",
    "about": "Arlund",
    "outlet": "Evrin Ledger",
    "said": "2025",
    "published": "2025-10-14..2025-10-15",
    "form": "direct",
    "cue_class": "distancing,emotive",
    "status": "denied",
    "occasion": "interview",
    "confidence": "0.5..0.9",
    "reviewed": "no",
    "versions": "all",
}


@pytest.mark.parametrize("name", FILTERS_OF_A_QUERY)
def test_every_filter_narrows_as_the_search_itself_does(api: httpx.Client, archive: Archive, name: str) -> None:
    query: dict[str, Any] = {name: ASKED[name], "limit": 200}
    wanted = [hit.statement for hit in search(archive, Query(**query)).hits]
    answer = api.get("/api/search", params={name: ASKED[name], "limit": 200}).json()
    assert [hit["statement"] for hit in answer["hits"]] == wanted
    assert answer["total"] == len(wanted) > 0


def test_a_filter_may_have_several_values(api: httpx.Client) -> None:
    one, other, both = (
        got(api, f"/api/search?{query}")["total"] for query in ("form=direct", "form=mixed", "form=direct&form=mixed")
    )
    assert one + other == both


def test_people_outlets_and_occasions_lead_to_one_another(api: httpx.Client) -> None:
    line = got(api, "/api/people?name=arlund")["items"][0]
    person = got(api, line["href"])
    assert person["statements"] == got(api, person["search"])["total"] == line["statements"]
    assert sum(tally["statements"] for tally in person["outlets"]) == person["statements"]
    for id in person["occasions"]:
        occasion = got(api, f"/api/occasions/{id}")
        assert occasion["statements"]
        assert occasion["articles"]
    for outlet in got(api, "/api/outlets")["items"]:
        assert got(api, outlet["href"]) == outlet
        listed = got(api, f"/api/articles?outlet={outlet['id']}")["items"]
        assert len(listed) == outlet["articles"]


def test_runs_tell_what_read_the_articles(api: httpx.Client) -> None:
    (run,) = got(api, "/api/runs")["items"]
    assert (run["label"], run["current"]) == ("examples", 8)


def test_who_has_the_answer_is_told_so(api: httpx.Client) -> None:
    first = api.get("/api/articles/3")
    again = api.get("/api/articles/3", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    other = api.get("/api/articles/4", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_changed_statement_has_another_tag(api: httpx.Client) -> None:
    before = api.get("/api/statements/20").headers["etag"]
    corrected(api, action="confirm", statement=20)
    assert api.get("/api/statements/20", headers={"if-none-match": before}).json()["review"] == "confirmed"


def corrected(api: httpx.Client, **asked: Any) -> Any:
    answer = api.post("/api/corrections", json=asked)
    assert answer.status_code == 201, answer.text
    return answer.json()


CHANGES: list[tuple[dict[str, Any], str, Any]] = [
    ({"action": "confirm"}, "review", "confirmed"),
    ({"action": "reject"}, "shown", False),
    ({"action": "form", "form": "mixed"}, "form", "mixed"),
    ({"action": "framing", "status": "denied"}, "status", "denied"),
    ({"action": "framing", "cue_class": "emotive", "voice": "outlet"}, "cue_class", "emotive"),
    ({"action": "speaker", "name": "Rena Holt", "new": True}, "speaker", "Rena Holt"),
    ({"action": "speaker"}, "speaker", None),
]


@pytest.mark.parametrize(("asked", "field", "value"), CHANGES)
def test_a_correction_is_made_and_undone(api: httpx.Client, asked: dict[str, Any], field: str, value: Any) -> None:
    before = got(api, "/api/statements/30")
    done = corrected(api, statement=30, why="seen in the text", **asked)
    after = got(api, "/api/statements/30")
    found = after[field]["name"] if field == "speaker" and after[field] else after[field]
    assert found == value
    entry = got(api, done["href"])
    assert (entry["who"], entry["why"], entry["action"]) == ("Ada", "seen in the text", asked["action"])
    assert done["id"] in got(api, "/api/statements/30/history")["in_force"]
    assert api.post(done["undo"], json={"why": "no"}).status_code == 201
    assert got(api, "/api/statements/30") == before
    assert done["id"] not in got(api, "/api/corrections?statement=30")["in_force"]


def test_other_words_are_slices_too(api: httpx.Client) -> None:
    before = got(api, "/api/statements/31")
    start, end = before["content"][0]["start"], before["content"][-1]["end"]
    text = got(api, before["article"]["href"])["text"]
    done = corrected(api, action="spans", statement=31, content=[[start, start + 6], [end - 4, end]])
    after = got(api, "/api/statements/31")
    assert [piece["text"] for piece in after["content"]] == [text[start : start + 6], text[end - 4 : end]]
    api.post(done["undo"], json={})
    assert got(api, "/api/statements/31") == before


def test_a_change_on_top_of_an_unseen_one_is_refused(api: httpx.Client) -> None:
    seen = got(api, "/api/statements/32/why")["last_correction"]
    corrected(api, action="confirm", statement=32, seen=seen)
    late = api.post("/api/corrections", json={"action": "reject", "statement": 32, "seen": seen})
    assert late.status_code == 409
    assert "Ada confirmed it" in late.json()["detail"]
    assert got(api, "/api/statements/32")["review"] == "confirmed"


def test_a_text_is_read_at_once_and_not_kept(api: httpx.Client) -> None:
    before = len(got(api, "/api/articles")["items"])
    record = api.post("/api/read", json={"text": VALVE, "published": "2024-02-06"}).json()
    assert record["text"] == VALVE
    assert record["date"] == "2024-02-06"
    words = [VALVE[start:end] for one in record["attributions"] for start, end in one["content"]]
    assert any("old valve" in piece for piece in words)
    assert len(got(api, "/api/articles")["items"]) == before


def test_an_article_is_kept_once(api: httpx.Client) -> None:
    given = {"text": VALVE, "title": "The valve", "outlet": "Quay Herald", "url": "https://quay.example/valve"}
    first, second = (api.post("/api/articles", json=given) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    kept = got(api, first.headers["location"])
    assert (kept["text"], kept["source_url"]) == (VALVE, "https://quay.example/valve")
    assert second.json()["article"] == kept["id"]


PROBLEMS: list[tuple[str, str, Any, int]] = [
    ("GET", "/api/nothing", None, 404),
    ("GET", "/api/", None, 404),
    ("GET", "/api/articles/999", None, 404),
    ("GET", "/api/articles/none", None, 422),
    ("GET", "/api/articles/0", None, 422),
    ("GET", f"/api/articles/{'9' * 5_000}", None, 422),
    ("GET", "/api/articles?limit=0", None, 422),
    ("GET", "/api/articles?cursor=x", None, 422),
    ("GET", "/api/statements/99999", None, 404),
    ("GET", "/api/statements/99999/why", None, 404),
    ("GET", "/api/statements/99999/history", None, 404),
    ("GET", "/api/statements/99999/trace", None, 404),
    ("GET", "/api/people/99999", None, 404),
    ("GET", "/api/people?kind=dragon", None, 422),
    ("GET", "/api/outlets/99999", None, 404),
    ("GET", "/api/occasions/99999", None, 404),
    ("GET", "/api/corrections/99999", None, 404),
    ("GET", "/api/search?q=(", None, 400),
    ("GET", "/api/search?said=yesterday", None, 400),
    ("GET", "/api/search?cursor=xyz", None, 400),
    ("GET", "/api/search?speakr=Holt", None, 422),  # a filter that is none would find everything
    ("GET", "/api/queue?cursor=1%20OR%201", None, 422),
    ("PUT", "/api/articles/1", {}, 405),
    ("DELETE", "/api/statements/1", None, 405),
    ("POST", "/api/search", {}, 405),
    ("POST", "/api/corrections", {}, 422),
    ("POST", "/api/corrections", {"action": "praise", "statement": 1}, 422),
    ("POST", "/api/corrections", {"action": "confirm", "statement": 99999}, 404),
    ("POST", "/api/corrections", {"action": "form", "statement": 1, "form": "loud"}, 422),
    ("POST", "/api/corrections", {"action": "spans", "statement": 1, "content": [[5, 2]]}, 400),
    ("POST", "/api/corrections", {"action": "spans", "statement": 1, "content": [[0, 10**8]]}, 400),
    ("POST", "/api/corrections", {"action": "framing", "statement": 1}, 422),
    ("POST", "/api/corrections", {"action": "confirm", "statement": 1, "who": "Eve"}, 422),
    ("POST", "/api/corrections/99999/undo", {}, 404),
    ("POST", "/api/read", {"text": ""}, 422),
    ("POST", "/api/read", {"text": "a\0b"}, 422),
    ("POST", "/api/read", {"text": "x", "published": 0}, 422),
    ("POST", "/api/read", {"text": "x" * 400_001}, 413),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), PROBLEMS)
def test_a_failure_says_what_to_do(api: httpx.Client, method: str, path: str, body: Any, status: int) -> None:
    answer = api.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in answer.text
    assert "etag" not in answer.headers


@pytest.mark.parametrize(
    "body", [b'{"text":', b"[" * 100_000, b'{"text":"\\ud800"}', b"\xff\xfe", b'{"text":' + b"9" * 9_000]
)
def test_a_body_that_is_no_json_is_refused(api: httpx.Client, body: bytes) -> None:
    answer = api.post("/api/read", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_address_tells_which_methods_it_takes(api: httpx.Client) -> None:
    assert api.delete("/api/articles").headers["allow"] == "GET, POST"
    assert api.get("/api/read").headers["allow"] == "POST"


def test_who_asks_too_often_is_told_when_to_come_again(archive_file: Path) -> None:
    with served(Settings(archive=str(archive_file), rate=60)) as room, httpx.Client(base_url=room) as client:
        answers = [client.get("/api/me") for _ in range(12)]
        assert [answer.status_code for answer in answers[:10]] == [200] * 10
        assert answers[-1].status_code == 429
        assert answers[-1].headers["content-type"] == "application/problem+json"
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert client.get("/about").status_code == 200


def test_the_description_tells_of_every_address(api: httpx.Client) -> None:
    from onrecord.web.api import ROUTERS

    described = got(api, "/api/openapi.json")
    assert described["openapi"].startswith("3.1")
    ours = {(route.path, method.lower()) for router in ROUTERS for route in router.routes for method in route.methods}  # type: ignore[attr-defined]
    assert {(path, method) for path, methods in described["paths"].items() for method in methods} == ours
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["description"], path
            problem = operation["responses"]["404"]["content"]
            assert list(problem) == ["application/problem+json"]
            if method == "get":
                assert "ETag" in operation["responses"]["200"]["headers"]
                assert "304" in operation["responses"]


def test_a_name_that_nobody_has_makes_nobody(api: httpx.Client, archive: Archive) -> None:
    before = archive.database.rows("SELECT * FROM people")
    answer = api.post("/api/corrections", json={"action": "speaker", "statement": 1, "name": "Tomas Arlundt"})
    assert (answer.status_code, "Tomas Arlund?" in answer.json()["wanted"]) == (404, True)
    assert archive.database.rows("SELECT * FROM people") == before


@pytest.mark.parametrize("each", formats("statements"), ids=lambda each: each.name)
def test_the_statements_of_an_article_can_be_downloaded_in_every_format(api: httpx.Client, each: Format) -> None:
    if each.extra:
        pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    answer = api.get("/api/articles/1/statements", params={"format": each.name})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(each.media_type)
    assert answer.headers["content-disposition"].endswith(f'{each.suffix}"')
    if each.name == "jsonl":
        told = [json.loads(line) for line in answer.text.splitlines()]
        article = got(api, "/api/articles/1")
        assert [row["statement"] for row in told] == [one["local"] for one in article["statements"]]
        assert all(row["sha256"] == article["sha256"] for row in told)
    assert api.get("/api/articles/1/statements?format=pdf").status_code == 422
    assert api.get("/api/articles/999/statements").status_code == 404
