"""Corrections sent as forms: each does what it says, or says why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.archive.correcting.corrections import history
from onrecord.archive.store.loading import statement, text_of
from onrecord.archive.store.opening import open_archive
from onrecord.web import archives
from onrecord.web.settings import Settings
from web.client import Client
from web.room import copied, served

JSON = "application/json"


@pytest.fixture
def client(room: str) -> Iterator[Client]:
    with Client(room) as one:
        yield one.begin()


def seen(archive_file: Path, id: int) -> str:
    with open_archive(archive_file) as archive:
        return str(max((entry.id for entry in history(archive, statement=id)), default=0))


def test_a_script_is_told_what_a_page_would_show(client: Client) -> None:
    answer = client.form("/statements/10/confirm", accept=JSON, seen="0")
    assert answer.json()["told"] == "Confirmed."
    undone = client.form(f"/corrections/{answer.json()['undo']}/undo", accept=JSON)
    assert undone.status_code == 200
    again = client.form(f"/corrections/{answer.json()['undo']}/undo", accept=JSON)
    assert again.status_code == 422


def test_a_change_on_top_of_an_unseen_one_is_refused_with_the_page_as_it_stands(client: Client) -> None:
    client.form("/statements/11/confirm", seen="0")
    answer = client.form("/statements/11/reject", seen="0")
    assert answer.status_code == 409
    assert "Not changed" in answer.text
    assert "Ada</strong> confirmed it" in answer.text
    assert client.form("/statements/11/reject", accept=JSON, seen="0").json()["conflict"] is True


def test_spans_are_changed_as_written(client: Client, archive_file: Path) -> None:
    with open_archive(archive_file) as archive:
        before = statement(archive, 12)
    first = before.statement.content[0]
    answer = client.form("/statements/12/spans", accept=JSON, seen="0", content=f"{first.start}-{first.end - 3}")
    assert answer.status_code == 200
    with open_archive(archive_file) as archive:
        after = statement(archive, 12)
    assert after.statement.content[0].end <= first.end - 3
    assert after.review == "changed"
    assert after.statement.source == before.statement.source


@pytest.mark.parametrize(
    "fields",
    [
        {"content": "x"},
        {"content": "5-1"},
        {"content": ""},
        {"content": "0-99999999"},
        {"content": "1-2; DROP TABLE statements"},
    ],
)
def test_spans_that_cannot_be_are_refused(client: Client, archive_file: Path, fields: dict[str, str]) -> None:
    answer = client.form("/statements/13/spans", seen=seen(archive_file, 13), **fields)
    assert answer.status_code in (400, 422)
    assert seen(archive_file, 13) == "0"


def test_form_and_framing_go_together_or_not_at_all(client: Client, archive_file: Path) -> None:
    answer = client.form("/statements/14/framing", accept=JSON, seen="0", form="mixed", status="denied")
    assert answer.status_code == 200
    with open_archive(archive_file) as archive:
        changed = statement(archive, 14).statement
    assert (changed.form, changed.status) == ("mixed", "denied")
    same = client.form("/statements/14/framing", seen=seen(archive_file, 14), form="mixed", status="denied")
    assert same.status_code == 422
    assert client.form("/statements/14/framing", form="loud").status_code == 422


def test_a_speaker_is_anybody_the_article_the_archive_or_the_directory_has(client: Client, archive_file: Path) -> None:
    for fields, name in (
        ({"name": "Rena Holt", "new": "1"}, "Rena Holt"),
        ({"wikidata": "Q567"}, "Angela Merkel"),
        ({"person": "2"}, "Helena Dravic"),
        ({"entity": ""}, None),
    ):
        answer = client.form("/statements/15/speaker", accept=JSON, seen=seen(archive_file, 15), **fields)
        assert answer.status_code == 200, answer.text
        with open_archive(archive_file) as archive:
            assert statement(archive, 15).speaker == name
    assert client.form("/statements/15/speaker", wikidata="Q1; DROP").status_code == 422
    assert client.form("/statements/15/speaker", person="99999").status_code == 404
    assert client.form("/statements/15/speaker", name="Rena Hollt").status_code == 404  # a slip makes nobody


def test_a_name_with_markup_in_it_is_shown_inert(client: Client, archive_file: Path) -> None:
    name = "<script>alert(1)</script> Holt"
    answer = client.form("/statements/16/speaker", accept=JSON, seen=seen(archive_file, 16), name=name, new="1")
    assert answer.status_code == 200
    page = client.get("/statements/16").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_what_is_pasted_is_read_and_forgotten(client: Client, archive_file: Path) -> None:
    with open_archive(archive_file) as archive:
        before = archive.database.rows("SELECT COUNT(*) FROM articles")
    answer = client.form("/paste", text="“We were not asked,” said <b>Rena Holt</b>.")
    assert answer.status_code == 200
    assert "&lt;b&gt;" in answer.text
    with open_archive(archive_file) as archive:
        assert archive.database.rows("SELECT COUNT(*) FROM articles") == before


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": "  \n"}, "no text"),
        ({"text": "He said so.", "date": "yesterday"}, "YYYY-MM-DD"),
        ({"text": "a" * 400_001}, "characters"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_form(client: Client, fields: dict[str, str], told: str) -> None:
    answer = client.form("/paste", **fields)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_file_that_is_no_text_is_refused(client: Client) -> None:
    files = {"file": ("../../evil.txt", b"\x00\x01\x02" * 500)}
    answer = client.post("/paste", data={"csrf": client.token}, files=files)
    assert answer.status_code == 422
    assert "onrecord-" not in answer.text, "no path of the server is told"


def test_pages_are_read_while_a_batch_writes_and_a_correction_is_told_to_wait(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "BUSY_SECONDS", 0.1)
    path = copied(examples, tmp_path)
    with served(Settings(archive=str(path))) as room, Client(room) as one, open_archive(path) as batch:
        one.begin()
        assert one.get("/statements/5").status_code == 200
        with batch.database.writing():
            batch.database.run("UPDATE statements SET confidence = 0.1 WHERE id = 5")
            for place in ("/", "/articles/1", "/search?q=water", "/statements/5", "/queue", "/people/6"):
                assert one.get(place).status_code == 200
            refused = one.form("/statements/5/confirm", seen="0")
            assert refused.status_code == 503
            assert "nothing was changed" in refused.text
        assert one.form("/statements/5/confirm", seen="0").status_code == 303


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"content": ""}, "no content"),
        ({"content": "words that nobody printed"}, "does not have"),
        ({"content": "the"}, "times in the text"),
        ({"content": "0-99999999"}, "Not added"),
        ({"content": "5-1"}, "Not added"),
        ({"content": "Paint stripper", "form": "loud"}, "loud"),
        ({"content": "0-20", "speaker": "entity:nobody-here"}, "Not added"),
        ({"content": "0-20", "speaker": "wikidata:Q1; DROP"}, "the speaker"),
    ],
)
def test_a_statement_that_cannot_be_is_not_added(
    client: Client, archive_file: Path, fields: dict[str, str], told: str
) -> None:
    answer = client.form("/articles/4/statements", **fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert client.form("/articles/4/statements", accept=JSON, **fields).status_code == 422
    with open_archive(archive_file) as archive:
        assert [one for one in history(archive, article=4) if one.action == "add"] == []


def test_a_statement_is_added_by_its_words_with_what_follows_from_them(client: Client, archive_file: Path) -> None:
    with open_archive(archive_file) as archive:
        text = text_of(archive, 4)
    given = {"content": "had  not\nbeen delivered", "source": "Tomas Arlund", "cue": "His excuse", "speaker": "source"}
    answer = client.form("/articles/4/statements", accept=JSON, why="missed", **given)
    assert answer.status_code == 200
    with open_archive(archive_file) as archive:
        entry = next(one for one in reversed(history(archive, article=4)) if one.action == "add")
        made = statement(archive, entry.statement or 0)
    assert (made.content, made.speaker, made.statement.form) == ("had not been delivered", "Tomas Arlund", "direct")
    assert made.statement.source[0].slice(text) == "Tomas Arlund"
    assert (made.review, entry.why) == ("added", "missed")
    again = client.form("/articles/4/statements", accept=JSON, **given)
    assert again.status_code == 422
    assert client.form(f"/corrections/{entry.id}/undo", accept=JSON).status_code == 200


def test_a_speaker_made_for_an_added_statement_goes_with_it(client: Client, archive_file: Path) -> None:
    given = {"content": "Paint stripper.", "speaker": "name:Rena Quill"}
    made = client.form("/articles/4/statements", accept=JSON, **given).json()
    assert "Rena Quill" in client.get("/people?name=Quill").text
    assert client.form(f"/corrections/{made['undo']}/undo", accept=JSON).status_code == 200
    with open_archive(archive_file) as archive:
        assert archive.database.rows("SELECT 1 FROM entities WHERE name = 'Rena Quill'") == []


def test_people_are_merged_and_split_only_as_they_were_seen(client: Client) -> None:
    assert client.form("/people/6/merge", other="6", seen="0").status_code == 409
    assert client.form("/people/6/merge", other="2", seen="0").status_code == 303
    assert client.get("/people/2").headers["location"] == "/people/6"
    late = client.form("/people/6/split", entities="1", name="X", seen="0")
    assert late.status_code == 409
    assert "Not split" in late.text
    undo = next(iter(re.findall(r'action="(/corrections/\d+/undo)"', client.get("/people/6").text)))
    assert client.form(undo).status_code == 303
    assert client.get("/people/2").status_code == 200
    assert client.form("/people/6/split", entities="999999", name="X").status_code == 409
    assert client.form("/people/6/split", entities="", name="X").status_code == 409
    assert client.form("/people/6/split", entities="1", name="X", wikidata="Q1x").status_code == 409
