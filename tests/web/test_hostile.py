"""What articles, names and queries bring along that was made to harm is shown, and does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from onrecord.archive.correcting import runs
from onrecord.archive.store import keeping
from onrecord.archive.store.opening import open_archive
from onrecord.records import Article, Asserted, Entity, Occasion, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.web.settings import Settings
from web.browser import Browser
from web.client import Client
from web.room import served

SCRIPT = "<script>window.hacked = 1</script>"
IMAGE = '"><img src=x onerror="window.hacked = 1">'
HOSTILE = (
    SCRIPT,
    IMAGE,
    "</textarea></title></style><svg onload=window.hacked=1>",
    "'; DROP TABLE statements; --",
    '" OR content MATCH "a" NEAR(b c, 2) *',
    "{{ 7 * 7 }}{% raw %}",
    "\u202eevil\u2066\u0007\x1b[31m",
    "../../etc/passwd\\..\\%2e%2e%2f",
    "%s%n${jndi:ldap://x}",
    "a" * 3_000,
)


def hostile_record(number: int, words: str) -> Record:
    """A record with `words` wherever words may stand."""
    text = f"{words} is true, {words} said. And so on."
    whole = Span(0, len(words))
    speaker = Entity(id="e", name=words, kind="person", role=words, evidence=(words,), mentions=(whole,))
    return Record(
        Article(text, f"hostile-{number}", words, words, None, f"javascript:alert({number})"),
        (
            Statement(
                id='1"><b>',
                content=(whole,),
                source=(Span(len(words) + 10, len(text) - 20),),
                form="direct",
                confidence=0.5,
                speaker="e",
                occasion="o",
                decided_by={words: words},
            ),
        ),
        Provenance(words, words, words),
        (speaker,),
        (Occasion(id="o", kind="speech", place=words, addressee=words, event=words, date=words),),
        (Asserted(Span(len(text) - 10, len(text)), "inserted", '1"><b>', words),),
    )


@pytest.fixture(scope="module")
def hostile_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "room.db"
    with open_archive(path) as archive:
        run = runs.start_run(archive, SCRIPT, Provenance("0"))
        kept = [keeping.keep(archive, hostile_record(n, words), run) for n, words in enumerate(HOSTILE)]
        assert len(kept) == len(HOSTILE)
    with served(Settings(archive=str(path), reader="Ada")) as address:
        yield address


class Tags(HTMLParser):
    """The elements of a page, and every attribute that could run something."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "script":
            self.scripts.append(values.get("src") or "")
        if tag in ("img", "style", "iframe", "object", "base"):
            self.bad.append(tag)
        for name, value in values.items():
            runs = (value or "").strip().casefold().startswith(("javascript:", "data:", "vbscript:"))
            if name.startswith("on") or name == "style" or (runs and name in ("href", "src", "action")):
                self.bad.append(f"{tag} {name}")


def tags_of(page: str) -> Tags:
    found = Tags()
    found.feed(page)
    return found


PLACES = """
/articles/{n} /articles/{n}/history /statements/{n} /statements/{n}?part=panel /occasions/{n} /statements/{n}/trace
/statements/{n}/speaker?q={q} /search?q={q} /search?speaker={q}&q={q} /people?name={q} /enter?back={q} / /people
/outlets /outlets/{n} /articles /queue /{q}
""".split()


@pytest.mark.parametrize("place", PLACES)
def test_pages_show_it_as_words(hostile_room: str, place: str) -> None:
    with Client(hostile_room) as client:
        for n, words in enumerate(HOSTILE, start=1):
            answer = client.get(place.format(n=n, q=quote(words, safe="")))
            assert answer.status_code < 500, words
            found = tags_of(answer.text)
            assert found.bad == []
            assert all(source.startswith("/static/") for source in found.scripts)
            assert len(found.scripts) <= 1
            assert "\u202e" not in answer.text


@pytest.mark.parametrize("words", HOSTILE)
def test_a_pasted_text_is_shown_as_words(hostile_room: str, words: str) -> None:
    with Client(hostile_room) as client:
        client.begin()
        given = {"text": f'"{words}," said {words}. He said that {words}.', "title": words, "outlet": words}
        answer = client.form("/paste", **given)
        assert answer.status_code in (200, 400, 422)
        found = tags_of(answer.text)
        assert found.bad == []
        assert len(found.scripts) <= 1


def test_nothing_runs_in_a_browser(hostile_room: str, browser: Browser) -> None:
    for n in range(1, 4):
        for place in (f"/articles/{n}", f"/statements/{n}", f"/search?q={quote(HOSTILE[n - 1])}", "/people", "/queue"):
            browser.open(hostile_room + place)
            assert browser.script("return window.hacked") is None
    browser.open(f"{hostile_room}/articles/1")
    browser.click("#text mark.c")
    browser.one("#panel .actions")
    assert browser.script("return window.hacked") is None


def test_one_huge_paragraph_is_shown_whole(tmp_path: Path) -> None:
    text = "He said that it goes on. " * 60_000
    statement = Statement(id="1", content=(Span(8, len(text)),), form="indirect", confidence=0.5)
    path = tmp_path / "huge.db"
    with open_archive(path) as archive:
        run = runs.start_run(archive, "huge", Provenance("0"))
        keeping.keep(archive, Record(Article(text, "huge"), (statement,), Provenance("0")), run)
    with served(Settings(archive=str(path))) as room, Client(room) as client:
        assert len(client.get("/articles/1").text) > len(text)
        for place in ("/articles", "/search?q=goes", "/queue", "/statements/1/trace"):
            answer = client.get(place)
            assert answer.status_code == 200, place
            assert len(answer.text) < 150_000, place
