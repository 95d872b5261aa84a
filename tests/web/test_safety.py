"""Who may do what, for every address there is: one that is added without its guard fails here."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from onrecord.web.app import make_app
from onrecord.web.guarding.roles import Account, Role, hashed, new_token
from onrecord.web.settings import Settings
from web.client import Client
from web.room import served

PASSWORD = "a long password"
ROLES: tuple[Role, ...] = ("reader", "coder", "admin")
KEYS = {role: new_token() for role in ROLES}
ACCOUNTS = tuple(Account(f"the {role}", role, hashed(PASSWORD), (KEYS[role][1],)) for role in ROLES)
JSON = {"content-type": "application/json"}

NEEDS: dict[str, Role | None] = {
    "/statements/{id}/confirm": "coder",
    "/statements/{id}/reject": "coder",
    "/statements/{id}/speaker": "coder",
    "/statements/{id}/spans": "coder",
    "/statements/{id}/framing": "coder",
    "/corrections/{id}/undo": "coder",
    "/articles/{id}/erase": "admin",
    "/articles/{id}/statements": "coder",
    "/people/{id}/merge": "coder",
    "/people/{id}/split": "coder",
    "/paste": "reader",
    "/paste/keep": "coder",
    "/enter": None,
    "/leave": None,
    "/theme": None,
    "/api/corrections": "coder",
    "/api/corrections/{id}/undo": "coder",
    "/api/articles": "coder",
    "/api/read": "reader",
    "/api/inception/predict": "reader",
    "/api/inception/train": "reader",
}
"""Every address that takes a POST, and the role it asks for; None asks for nobody, only for the form token."""

OPEN = {"/enter"}
"""What a stranger may see."""


def routes() -> list[APIRoute]:
    """Every route of the application, those of its routers too."""
    app = make_app(Settings())
    found: list[APIRoute] = list(app.state.routes)
    for route in app.routes:
        if isinstance(route, APIRoute) and route not in found:
            found.append(route)
        elif isinstance(route, Route) and not isinstance(route, APIRoute):
            assert route.path == "/api/openapi.json"
        elif isinstance(route, Mount):
            assert route.path == "/static"
    return found


def methods_of(route: APIRoute) -> set[str]:
    return set(route.methods or ())


def there(path: str) -> str:
    return path.replace("{id}", "5")


POSTS = sorted(route.path for route in routes() if "POST" in methods_of(route))
GETS = sorted(route.path for route in routes() if "GET" in methods_of(route))
FORMS = [path for path in POSTS if not path.startswith("/api/")]
CALLS = [path for path in POSTS if path.startswith("/api/")]
GUARDED = [path for path in POSTS if NEEDS.get(path)]


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audit") / "audit.jsonl"


@pytest.fixture(scope="module")
def guarded(archive_file: Path, audit: Path) -> Iterator[str]:
    settings = Settings(archive=str(archive_file), accounts=ACCOUNTS, audit=str(audit), most_bytes=60_000)
    with served(settings) as address:
        yield address


@pytest.fixture
def stranger(guarded: str) -> Iterator[Client]:
    with Client(guarded) as one:
        yield one


@pytest.fixture
def client(room: str) -> Iterator[Client]:
    with Client(room) as one:
        yield one


@pytest.fixture(scope="module")
def sessions(guarded: str) -> Iterator[dict[str, Client]]:
    """A browser of each role, signed in."""
    clients: dict[str, Client] = {role: Client(guarded) for role in ROLES}
    for role, one in clients.items():
        assert one.enter(f"the {role}", PASSWORD).status_code == 303
    yield clients
    for one in clients.values():
        one.close()


def send(client: Client, path: str, **headers: str) -> httpx.Response:
    """A request as a browser of that session sends it, its form token and all."""
    if path.startswith("/api/"):
        given = httpx.Headers({"x-csrf-token": client.token, **headers}, encoding="latin-1")
        return client.post(there(path), json={}, headers=given)
    return client.post(there(path), data={"csrf": client.token}, headers=headers)


def test_every_address_that_changes_something_is_known_here() -> None:
    assert set(POSTS) == set(NEEDS)


def test_nothing_is_changed_but_by_post() -> None:
    assert {method for route in routes() for method in methods_of(route)} == {"GET", "POST"}


@pytest.mark.parametrize("path", POSTS)
def test_without_the_token_of_the_session_nothing_is_done(client: Client, path: str) -> None:
    client.begin()
    other = Client(str(client.base_url)).begin()
    for wrong in ("", client.token[:-1], other.token, "\xe9"):
        client.token, kept = wrong, client.token
        answer = send(client, path)
        assert answer.status_code == 403, wrong
        assert "token" in answer.text
        client.token = kept
    other.close()


@pytest.mark.parametrize("path", POSTS)
def test_what_another_site_sends_is_refused(client: Client, path: str) -> None:
    client.begin()
    for site in ("cross-site", "same-site"):
        assert send(client, path, **{"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("path", CALLS)
def test_a_browser_without_a_session_is_refused_too(room: str, path: str) -> None:
    answer = httpx.post(f"{room}{there(path)}", json={}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", CALLS)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_page_elsewhere_could_send_without_asking_is_no_json(room: str, path: str, kind: str) -> None:
    answer = httpx.post(f"{room}{there(path)}", content=b"{}", headers={"content-type": kind})
    assert answer.status_code in (415, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", GUARDED)
def test_a_stranger_changes_nothing(stranger: Client, path: str) -> None:
    stranger.begin("/enter")
    answer = send(stranger, path)
    if path.startswith("/api/"):
        assert answer.status_code == 401
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/enter?back=")


@pytest.mark.parametrize("path", GUARDED)
def test_a_role_is_not_enough_below_the_one_that_is_needed(sessions: dict[str, Client], path: str) -> None:
    needed = NEEDS[path]
    assert needed is not None
    for role in ROLES:
        status = send(sessions[role], path).status_code
        assert (status == 403) is (ROLES.index(role) < ROLES.index(needed)), role
        assert status != 401


@pytest.mark.parametrize("path", CALLS)
def test_a_token_has_the_role_of_its_account(guarded: str, path: str) -> None:
    needed = NEEDS[path]
    assert needed is not None
    for role in ROLES:
        headers = {"authorization": f"Bearer {KEYS[role][0]}"}
        status = httpx.post(f"{guarded}{there(path)}", json={}, headers=headers).status_code
        assert (status == 403) is (ROLES.index(role) < ROLES.index(needed))
    wrong = httpx.post(f"{guarded}{there(path)}", json={}, headers={"authorization": "Bearer nonsense"})
    assert wrong.status_code == 401


@pytest.mark.parametrize("path", sorted(set(GETS) - OPEN))
def test_a_stranger_reads_nothing(stranger: Client, path: str) -> None:
    answer = stranger.get(there(path))
    if path.startswith("/api/"):
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/enter?back=")


def test_who_may_read_may_not_see_the_queue(sessions: dict[str, Client]) -> None:
    assert [sessions[role].get("/api/queue").status_code for role in ROLES] == [403, 200, 200]


def test_in_public_anyone_reads_and_nobody_changes(archive_file: Path) -> None:
    with served(Settings(archive=str(archive_file), accounts=ACCOUNTS, public=True)) as room:
        assert httpx.get(f"{room}/api/articles/1").status_code == 200
        assert httpx.post(f"{room}/api/corrections", json={"action": "confirm", "statement": 1}).status_code == 401


def test_a_session_is_told_its_token(sessions: dict[str, Client]) -> None:
    coder = sessions["coder"]
    me = coder.get("/api/me").json()
    assert (me["name"], me["role"]) == ("the coder", "coder")
    made = coder.post(
        "/api/corrections", json={"action": "confirm", "statement": 7}, headers={"x-csrf-token": me["csrf"]}
    )
    assert made.status_code == 201


def test_refusals_and_changes_are_logged_without_a_secret(guarded: str, audit: Path) -> None:
    headers = {"authorization": f"Bearer {KEYS['coder'][0]}"}
    httpx.post(f"{guarded}/api/corrections", json={"action": "confirm", "statement": 8}, headers=headers)
    httpx.post(f"{guarded}/api/corrections", json={}, headers={"authorization": "Bearer nonsense"})
    lines = [json.loads(line) for line in audit.read_text("ascii").splitlines()]
    assert [(line["who"], line["what"], line["outcome"]) for line in lines[-2:]] == [
        ("the coder", "/api/corrections", 201),
        ("", "/api/corrections", 401),
    ]
    assert KEYS["coder"][0] not in audit.read_text("ascii")


def chunks() -> Iterator[bytes]:
    yield b'{"text": "'
    for _ in range(100):
        yield b"x" * 1_000


@pytest.mark.parametrize("body", [b'{"text": "' + b"x" * 70_000 + b'"}', chunks], ids=["told", "untold"])
def test_a_body_over_the_limit_is_refused(guarded: str, body: Any) -> None:
    headers = {"authorization": f"Bearer {KEYS['reader'][0]}", **JSON}
    answer = httpx.post(f"{guarded}/api/read", content=body() if callable(body) else body, headers=headers)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 413


def test_another_host_is_refused_as_a_problem(room: str) -> None:
    answer = httpx.get(f"{room}/api/articles", headers={"host": "evil.example"})
    assert (answer.status_code, answer.json()["status"]) == (421, 421)


@pytest.mark.parametrize("path", ["/slow", "/api/slow"])
def test_an_answer_that_takes_too_long_is_given_up(tmp_path: Path, path: str) -> None:
    def slow(app: Any) -> None:
        app.add_api_route(path, lambda: time.sleep(3))

    with served(Settings(archive=str(tmp_path / "new.db"), seconds=0.3), change=slow) as room:
        began = time.monotonic()
        answer = httpx.get(f"{room}{path}")
        assert answer.status_code == 503
        assert time.monotonic() - began < 2.5
        assert ("json" in answer.headers["content-type"]) is path.startswith("/api/")
        assert httpx.get(f"{room}/about").status_code == 200


@pytest.mark.parametrize("path", ["/broken", "/api/broken"])
def test_a_fault_tells_nothing_of_the_inside(tmp_path: Path, path: str) -> None:
    def broken() -> None:
        raise ZeroDivisionError("the secret of the house")

    settings = Settings(archive=str(tmp_path / "new.db"))
    with served(settings, change=lambda app: app.add_api_route(path, broken)) as room:
        answer = httpx.get(f"{room}{path}")
    assert answer.status_code == 500
    assert "secret of the house" not in answer.text
    assert "Traceback" not in answer.text
    assert "content-security-policy" in answer.headers
