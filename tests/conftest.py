"""Tests get the markers of the fixtures that they use, and are skipped where what they need is not here.

A test that takes `archive` runs on SQLite and on a PostgreSQL server of its own; each process of the tests starts one.
"""

from __future__ import annotations

import importlib
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from full import full_record
from needs import MARKER_OF, unmet
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.records import Record

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
EXTENSIONS = ("pg_trgm", "unaccent", "vector")
_numbers = count(1)

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("any machine")  # how long an example takes is no promise: the machine may be busy


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in getattr(item, "fixturenames", ()):
            if name in MARKER_OF:
                item.add_marker(MARKER_OF[name])
        if told := unmet(item.iter_markers()):
            item.add_marker(pytest.mark.skip(reason=told))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The url of a running server, without the name of a database; the test is skipped where none can be started."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pgserver = importlib.import_module("pgserver")
    psycopg = importlib.import_module("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    try:
        server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start here: {error}")
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
        offered = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
        for name in EXTENSIONS:
            if name in offered:
                connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The url of an empty schema, which goes with the test."""
    psycopg = importlib.import_module("psycopg")
    schema = f"t{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    yield f"{postgres_server}{'&' if '?' in postgres_server else '?'}options=-csearch_path%3D{schema}%2Cpublic"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name of an archive that is not there yet: a file, and a schema of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "archive.db")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def archive(where: str) -> Iterator[Archive]:
    """An empty archive whose clock stands still at noon."""
    with open_archive(where, clock=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def record() -> Record:
    """One record with something in every field."""
    return full_record()


@pytest.fixture
def records() -> tuple[Record, ...]:
    """Three records: the full one, the same told at another url by another outlet, and one without statements."""
    full = full_record()
    at = replace(full.article, id="", url="https://quay.example/a", outlet="Quay Herald", title="Ito was wrong")
    other = replace(full.article, id="", url="https://tide.example/b", outlet="Tide Gazette", title="He was")
    empty = replace(full.article, id="empty", text="Nothing was said at the harbour today.", outlet="Quay Herald")
    return (
        replace(full, article=at),
        replace(full, article=other),
        Record(empty, (), full.provenance),
    )
