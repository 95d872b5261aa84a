"""The whole archive as JSON lines, and back: all tables, the log, review marks, versions, runs, what was forgotten.

    {"text": …, "attributions": […], …, "kept": {"articles": [[1, …]], "statements": [[…]], …}, "archive": {…}}
    {"text": …, "attributions": […], …, "kept": {…}, "newest": false}
    {"text": …, "attributions": […], …, "kept": {…}, "rest": {"erasures": [[…]], …}, "lines": 3}

A line an article: the record that is shown of it, as `onrecord read` prints it, so that the file serves wherever
records do; beside it, `kept`, the rows of all tables that belong to it. The first line tells the columns and has what
all articles point to, the last has the rest. What can be made anew (indexes, tallies) is left out, and made anew.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.archive.indexing.tallies import NEWEST
from onrecord.archive.indexing.upkeep import index_anew
from onrecord.archive.store.database import Database, one
from onrecord.archive.store.loading import load_record
from onrecord.errors import ArchiveError, MalformedFile, NewerArchive

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

FORMAT = 1
DERIVED = frozenset(
    "found found_articles indexed terms term_parts tallies fingerprints unfingerprinted unindexed migrations".split()
)
"""Tables that are made anew from the others, or that tell how this very database came about."""
FIRST = ("numbers", "outlets", "runs", "people")
"""Tables to which articles point, whole on the first line."""
READINGS = "reading IN (SELECT id FROM readings WHERE article = ?)"
SAID = "statement IN (SELECT id FROM statements WHERE article = ?)"
OF_ARTICLES = {
    "stories": "id = (SELECT story FROM articles WHERE id = ?)",
    "texts": "sha256 = (SELECT sha256 FROM articles WHERE id = ?)",
    "pages": "sha256 = (SELECT page FROM articles WHERE id = ?)",
    "articles": "id = ?",
    "readings": "article = ?",
    "entities": READINGS,
    "occasions": READINGS,
    "statements": "article = ?",
    "abouts": SAID,
    "asserted": READINGS,
    "vectors": SAID,
    "sketches": "article = ?",
    "copies": "? = CASE WHEN article > of THEN article ELSE of END",
    "corrections": "article = ?",
}
"""Tables whose rows stand on the line of an article, in an order in which each points only to what came before."""
ONCE = ("stories", "texts", "pages")  # rows that articles share stand with the first of them
HELD = ("articles", "runs", "people", "corrections", "erasures")  # an archive without rows in these is empty


def backup(archive: Archive) -> Generator[str, None, None]:
    """All that the archive holds, line by line, read in one snapshot."""
    database = archive.database
    with database.reading():
        columns = _columns(database)
        value: dict[str, Any] = {}
        n = 0
        for line in _articles(archive, columns):
            if value:
                yield _line(value)
            n += 1
            value = line
        if not value:
            value = {"archive": _head(database, columns)}
        yield _line({**value, "rest": _rest(database, columns), "lines": max(n, 1)})


def restore(archive: Archive, lines: Iterable[str | bytes]) -> int:
    """Fill an empty archive from the lines of a `backup`, in one transaction; how many articles it has then.

    Raises ArchiveError where the archive is not empty, NewerArchive where the backup is of a later format,
    MalformedFile where it is cut short or is none.
    """
    database = archive.database
    with database.writing():
        if not is_empty(archive):
            raise ArchiveError(f"{archive.where}, which holds something", "an empty archive", "Name a new one")
        if database.dialect == "sqlite":
            database.run("PRAGMA defer_foreign_keys = ON")
        _fill(database, lines)
        database.run("INSERT INTO unindexed (article) SELECT id FROM articles WHERE true ON CONFLICT DO NOTHING")
        index_anew(archive)
    return int(one(database, "SELECT COUNT(*) FROM articles") or 0)


def is_empty(archive: Archive) -> bool:
    """Whether nothing was ever kept in it."""
    return not any(one(archive.database, f"SELECT 1 FROM {table} LIMIT 1") for table in HELD)


def _fill(database: Database, lines: Iterable[str | bytes]) -> None:
    columns: Mapping[str, Sequence[str]] = {}
    rest: Mapping[str, Any] | None = None

    def load(tables: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        for table, rows in tables.items():
            if table not in columns:
                raise MalformedFile(
                    f"rows of {table!r}", "tables that the first line tells of", "Make the backup again"
                )
            database.load(table, columns[table], [tuple(map(_unpacked, row)) for row in rows])

    for number, line in enumerate(lines, start=1):
        value = _parsed(line, number)
        if number == 1:
            columns = _checked(value, _columns(database))
            for table in columns:  # what a new archive holds of itself: numbers
                database.run(f"DELETE FROM {table}")
            load(value["archive"]["first"])
        kept = value.get("kept", {})
        if "text" in value and kept.get("texts"):
            kept["texts"] = [[*row, value["text"]] for row in kept["texts"]]
        load(kept)
        if "rest" in value:
            rest = value["rest"]
            if value.get("lines") != number:
                raise _cut(f"{number:,} of {value.get('lines')} lines")
    if rest is None:
        raise _cut("its last line missing")
    load(rest)


def _checked(first: Mapping[str, Any], known: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """The columns of a backup, all of them known here."""
    told = first.get("archive")
    if not isinstance(told, dict):
        raise MalformedFile("lines without an archive", "a backup", "Make one: onrecord export --format records")
    columns: Mapping[str, Sequence[str]] = told["columns"]
    unknown = [table for table in columns if not set(columns[table]) <= set(known.get(table, ()))]
    if told.get("format") != FORMAT or unknown:
        what = f"with tables unknown here ({', '.join(unknown)})" if unknown else f"of format {told.get('format')}"
        raise NewerArchive(f"a backup {what}", f"format {FORMAT}", "Update it: pip install --upgrade onrecord")
    return columns


def _articles(archive: Archive, columns: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Any]]:
    database = archive.database
    newest = {id for (id,) in database.rows(f"SELECT id FROM articles a WHERE {NEWEST}")}
    told: set[tuple[str, object]] = set()
    for place, (id,) in enumerate(database.rows("SELECT id FROM articles ORDER BY id")):
        kept: dict[str, list[Any]] = {}
        for table, where in OF_ARTICLES.items():
            rows = _rows(database, table, columns[table], where, id)
            if table in ONCE:
                rows = [row for row in rows if (table, row[0]) not in told]
                told |= {(table, row[0]) for row in rows}
            kept[table] = [row[:1] for row in rows] if table == "texts" else rows  # the record has the text
        line: dict[str, Any] = {**load_record(archive, id).to_dict(), "kept": kept}
        if id not in newest:
            line["newest"] = False
        if place == 0:
            line["archive"] = _head(database, columns)
        yield line


def _head(database: Database, columns: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    first = {table: _rows(database, table, columns[table]) for table in FIRST}
    return {"format": FORMAT, "columns": columns, "first": first}


def _rest(database: Database, columns: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
    """The rows that belong to no article that is there."""
    others = [table for table in columns if table not in FIRST and table not in OF_ARTICLES]
    loose = "(article IS NULL OR article NOT IN (SELECT id FROM articles))"
    rest = {table: _rows(database, table, columns[table]) for table in others}
    return {"corrections": _rows(database, "corrections", columns["corrections"], loose), **rest}


def _rows(database: Database, table: str, columns: Sequence[str], where: str = "1 = 1", *given: object) -> list[Any]:
    order = "merged_into IS NOT NULL, id" if table == "people" else ", ".join(map(str, range(1, len(columns) + 1)))
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {order}"
    return [tuple(map(_packed, row)) for row in database.rows(sql, given)]


def _columns(database: Database) -> dict[str, list[str]]:
    """The columns of every table that is no index, in the order of names."""
    if database.dialect == "sqlite":
        rows = database.rows(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
            " AND t.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY t.name, c.cid"
        )
    else:
        rows = database.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " ORDER BY table_name, ordinal_position"
        )
    found: dict[str, list[str]] = {}
    for table, column in rows:
        shadow = table.startswith("sqlite_") or table.rpartition("_")[0] in DERIVED
        if table not in DERIVED and not shadow and column != "near":  # near: a vector again, as pgvector has it
            found.setdefault(table, []).append(column)
    return found


def _packed(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return value


def _unpacked(value: Any) -> object:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _parsed(line: str | bytes, number: int) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise _cut(f"line {number} broken") from None
    if not isinstance(value, dict):
        raise _cut(f"line {number} of another kind")
    return value


def _cut(seen: str) -> MalformedFile:
    return MalformedFile(f"a backup with {seen}", "one that is whole", "Nothing was kept; take another copy of it")
