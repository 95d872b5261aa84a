"""The same pages over a PostgreSQL archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.archive.correcting import runs
from onrecord.archive.store import keeping, loading
from onrecord.archive.store.opening import open_archive
from onrecord.web.settings import Settings
from web.client import Client
from web.room import served
from web.test_pages import ADDRESSES


@pytest.fixture
def client(postgres_url: str, examples: Path) -> Iterator[Client]:
    with open_archive(examples) as archive:
        records = [record for _, record in loading.load_records(archive)]
    with open_archive(postgres_url) as archive:
        run = runs.start_run(archive, "examples", records[0].provenance)
        for _ in keeping.keep_many(archive, records, run):
            pass
        runs.finish_run(archive, run)
    with served(Settings(archive=postgres_url)) as room, Client(room) as one:
        yield one.begin()


def test_every_page_answers_and_a_correction_is_made_and_undone(client: Client) -> None:
    assert {client.get(address).status_code for address in ADDRESSES} == {200}
    made = client.form("/statements/9/confirm", accept="application/json", seen="0").json()
    assert client.form("/statements/9/reject", seen="0").status_code == 409
    assert client.form(f"/corrections/{made['undo']}/undo", accept="application/json").status_code == 200
