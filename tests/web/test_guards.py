"""What is refused: another host, too much, forms from elsewhere, the wrong role; and what every answer carries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from onrecord.web.guarding.audit import Audit
from onrecord.web.guarding.guards import POLICY, Guards
from onrecord.web.guarding.roles import Account, hashed, new_token
from onrecord.web.settings import Settings
from web.client import Client
from web.room import served

PASSWORD = "a long password"
TOKEN, KEPT = new_token()
ACCOUNTS = (
    Account("reading", "reader", hashed(PASSWORD)),
    Account("coding", "coder", hashed(PASSWORD), (KEPT,)),
)


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audit") / "audit.jsonl"


@pytest.fixture(scope="module")
def guarded(archive_file: Path, audit: Path) -> Iterator[str]:
    settings = Settings(archive=str(archive_file), accounts=ACCOUNTS, audit=str(audit), most_bytes=60_000)
    with served(settings) as address:
        yield address


@pytest.fixture
def client(room: str) -> Iterator[Client]:
    with Client(room) as one:
        yield one


@pytest.fixture
def stranger(guarded: str) -> Iterator[Client]:
    with Client(guarded) as one:
        yield one


@pytest.mark.parametrize("path", ["/", "/articles/1", "/nowhere", "/static/room.css", "/search?q=(", "/api/nothing"])
def test_every_answer_forbids_what_no_page_needs(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/", "/articles/4", "/search?q=water", "/people/6", "/queue", "/outlets/4"])
def test_no_page_has_a_script_style_or_handler_within_it(client: Client, path: str) -> None:
    page = client.get(path).text
    assert page.count("<script") == page.count('<script type="module" src="/static/') == 1
    for inner in ("<style", " style=", " onclick", " onload", "javascript:"):
        assert inner not in page


def test_another_host_is_not_answered(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8017"}).status_code == 200


def test_the_cookie_is_not_for_scripts_nor_for_other_sites(client: Client) -> None:
    cookie = client.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_too_much_is_refused_before_it_is_read(stranger: Client) -> None:
    stranger.begin("/enter")
    assert stranger.form("/enter", name="x" * 70_000).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"csrf=" + b"x" * 1_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert stranger.post("/enter", content=endless(), headers=headers).status_code == 413


FORMS = """
/statements/5/confirm /statements/5/reject /statements/5/speaker /statements/5/spans /statements/5/framing
/corrections/1/undo /paste/keep /paste /theme /enter /leave
""".split()


@pytest.mark.parametrize("path", FORMS)
def test_a_form_without_the_token_of_its_session_is_refused(client: Client, path: str) -> None:
    assert client.post(path, data={}).status_code == 403
    client.begin()
    assert client.post(path, data={"csrf": client.token[:-4]}).status_code == 403
    other = Client(str(client.base_url)).begin()
    assert client.post(path, data={"csrf": other.token}).status_code == 403
    other.close()


def test_a_form_sent_from_another_site_is_refused(client: Client) -> None:
    client.begin()
    answer = client.form("/statements/5/confirm", site="cross-site")
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/", "/articles/1", "/search?q=water", "/people", "/statements/1/trace", "/queue"])
def test_a_stranger_is_sent_to_the_door(stranger: Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/enter?back=")


def test_a_wrong_password_is_refused_and_after_a_few_nobody_may_try(stranger: Client) -> None:
    statuses = [stranger.enter("coding", "wrong password").status_code for _ in range(8)]
    assert statuses[0] == 403
    assert statuses[-1] == 429
    from onrecord.web.routes import entering

    entering._failed.clear()


def test_a_reader_reads_and_may_not_correct(stranger: Client, audit: Path) -> None:
    assert stranger.enter("reading", PASSWORD).status_code == 303
    page = stranger.get("/articles/1")
    assert page.status_code == 200
    assert "/queue" not in page.text
    assert stranger.get("/queue").status_code == 403
    assert stranger.form("/statements/5/confirm", seen="0").status_code == 403
    last = json.loads(audit.read_text("ascii").splitlines()[-1])
    assert (last["who"], last["what"], last["outcome"]) == ("reading", "/statements/5/confirm", 403)


def test_what_is_done_stands_in_the_log_before_it_is_answered(tmp_path: Path) -> None:
    log, logged = tmp_path / "audit.jsonl", []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(status_code=201)(scope, receive, send)

    async def send(message: Message) -> None:
        logged.append((message["type"], log.exists() and json.loads(log.read_text("ascii"))["outcome"]))

    async def receive() -> Message:
        return {"type": "http.request"}

    settings = Settings(hosts=("*",))
    scope = {"type": "http", "method": "POST", "path": "/api/read", "headers": []}
    guards = Guards(application, settings, Audit(str(log)), lambda request, error: Response(status_code=500))
    asyncio.run(guards(scope, receive, send))
    assert logged == [("http.response.start", 201), ("http.response.body", 201)]


def test_a_reader_neither_adds_nor_merges_nor_splits(stranger: Client) -> None:
    assert stranger.enter("reading", PASSWORD).status_code == 303
    assert "/articles/1/add" not in stranger.get("/articles/1").text
    assert "/people/6/merge" not in stranger.get("/people/6").text
    for page in ("/articles/1/add", "/people/6/merge", "/people/6/split"):
        assert stranger.get(page).status_code == 403
    for form in ("/articles/1/statements", "/people/6/merge", "/people/6/split"):
        assert stranger.form(form, content="0-20", other="2", entities="1", name="X").status_code == 403


def test_a_coder_corrects_under_the_name_of_the_account(stranger: Client) -> None:
    stranger.enter("coding", PASSWORD)
    answer = stranger.form("/statements/5/confirm", seen="0", back="/articles/1")
    assert answer.headers["location"] == "/articles/1"
    page = stranger.get("/statements/5").text
    assert "<strong>coding</strong> confirmed it" in page


def test_only_an_admin_erases_and_only_on_purpose(stranger: Client, client: Client) -> None:
    stranger.enter("coding", PASSWORD)
    assert "Erase" not in stranger.get("/articles/2/history").text
    assert stranger.form("/articles/2/erase", sure="erase", why="asked to").status_code == 403
    client.begin("/articles/2/history")
    assert client.form("/articles/2/erase", sure="", why="asked to").status_code == 422
    assert client.form("/articles/2/erase", sure="erase", why="").status_code == 422
    assert client.get("/articles/2").status_code == 200
    assert client.form("/articles/2/erase", sure="erase", why="asked to").status_code == 303
    assert client.get("/articles/2").status_code == 404


def test_a_session_ends_when_one_leaves(stranger: Client) -> None:
    stranger.enter("coding", PASSWORD)
    assert stranger.get("/").status_code == 200
    stranger.form("/leave")
    assert stranger.get("/").status_code == 303


def test_a_token_lets_a_program_in_and_a_wrong_one_does_not(stranger: Client) -> None:
    assert stranger.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert stranger.get("/", headers={"authorization": "Bearer nonsense"}).status_code == 303


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_no_form_sends_the_reader_elsewhere(client: Client, back: str) -> None:
    client.begin()
    assert client.form("/theme", theme="dark", back=back).headers["location"] == "/"


def test_a_forged_message_is_not_shown(client: Client) -> None:
    client.cookies.set("onrecord_told", "eyJ3b3JkcyI6ICJldmlsIn0=.forged")
    assert "evil" not in client.get("/").text
