"""What is kept comes out: an article, a statement, a whole record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.archive.indexing.copies import copies_of
from onrecord.archive.indexing.tallies import NEWEST
from onrecord.archive.store.database import Database, one
from onrecord.archive.store.rows import COLUMNS, article_from, asserted_from, entity_from, provenance_of, statement_from
from onrecord.archive.store.stories import story_key
from onrecord.errors import NoSuchEntry
from onrecord.records import Article, Occasion, Provenance, Record, Statement, Target
from onrecord.records.codec import from_cells, spans_from

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

LARGEST_ID = 10**18
REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article of the archive, without its text. `name` is Article.id; `reading` the one that is shown, None where
    there is none; `versions` the ids of all articles of its story, the first printed first; `statements` how many
    are shown of it."""

    id: int
    story: int
    version: int
    name: str
    title: str | None
    outlet: str | None
    published: date | None
    url: str | None
    language: str | None
    sha256: str
    added: str
    reading: int | None
    versions: tuple[int, ...]
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStatement:
    """A statement of the archive with the article it stands in, the article's own words in each role, and its speaker:
    the name in that article, and the id of the person over all articles, where one is known.

    `review` is None, or what a person said of it: confirmed, changed, rejected, added. `shown` is whether its reading
    is the current one, in the newest version of its story.
    """

    id: int
    article: StoredArticle
    reading: int
    statement: Statement
    content: str
    source: str
    cue: str
    speaker: str | None
    person: int | None
    said_on: str | None
    review: str | None
    shown: bool
    provenance: Provenance
    run: int


def article(archive: Archive, id: int) -> StoredArticle:
    """The article with that id. Raises NoSuchEntry where there is none."""
    row = archive.database.row(
        "SELECT a.id, a.story, a.version, a.name, a.title, o.name, a.published, a.url, a.language, a.sha256, a.added,"
        " a.current, (SELECT COUNT(*) FROM statements s WHERE s.reading = a.current"
        " AND (s.review IS NULL OR s.review <> 'rejected'))"
        " FROM articles a LEFT JOIN outlets o ON o.id = a.outlet WHERE a.id = ?",
        (id,),
    )
    if row is None:
        raise no_such_article(id)
    versions = archive.database.rows("SELECT id FROM articles WHERE story = ? ORDER BY version", (row[1],))
    return StoredArticle(
        id=row[0],
        story=row[1],
        version=row[2],
        name=row[3],
        title=row[4],
        outlet=row[5],
        published=None if row[6] is None else date.fromisoformat(row[6]),
        url=row[7],
        language=row[8],
        sha256=row[9],
        added=row[10],
        reading=row[11],
        versions=tuple(version for (version,) in versions),
        statements=row[12],
    )


def find_article(archive: Archive, name: str) -> StoredArticle:
    """The article with that id, url, or name, its latest version. Raises NoSuchEntry where there is none."""
    database = archive.database
    found = None
    if name.isascii() and name.isdigit() and int(name) < LARGEST_ID:
        found = one(database, "SELECT id FROM articles WHERE id = ?", (int(name),))
    if found is None and "\0" not in name:
        url = story_key(Article("", url=name or None))
        found = one(
            database,
            "SELECT a.id FROM stories s JOIN articles a ON a.story = s.id WHERE s.key = ? "
            " ORDER BY a.version DESC LIMIT 1",
            (url,),
        )
        found = found or one(
            database, "SELECT id FROM articles WHERE name = ? OR sha256 = ? ORDER BY id DESC LIMIT 1", (name, name)
        )
    if found is None:
        raise no_such_article(name)
    return article(archive, found)


def text_of(archive: Archive, id: int) -> str:
    """The text of the article with that id."""
    found = one(
        archive.database, "SELECT t.text FROM articles a JOIN texts t ON t.sha256 = a.sha256 WHERE a.id = ?", (id,)
    )
    if found is None:
        raise no_such_article(id)
    return str(found)


def load_record(archive: Archive, id: int, run: int | None = None) -> Record:
    """The record of an article: its current reading, with what people corrected, or that of a `run`.

    An article not yet read gives a record without statements. Raises NoSuchEntry where there is no such article, or
    the run did not read it.
    """
    database = archive.database
    with database.reading():
        held = _named(database, "articles", "id = ?", (id,))
        if not held:
            raise no_such_article(id)
        outlet = one(database, "SELECT name FROM outlets WHERE id = ?", (held[0]["outlet"],))
        stored = article_from(held[0], text_of(archive, id), outlet)
        if run is not None:
            made = _named(database, "readings", "article = ? AND run = ?", (id, run))
            if not made:
                raise NoSuchEntry(f"run {run} of article {id}", "a run that read it", f"Type onrecord show {id}")
        else:
            made = _named(database, "readings", "id = ?", (held[0]["current"],))
        if not made:
            return Record(stored, (), Provenance(""))
        return _record(database, stored, made[0])


def load_records(archive: Archive, articles: Iterable[int] | None = None) -> Iterator[tuple[int, Record]]:
    """The current records of `articles`, of all in their newest version when left out, with their ids, in the order of
    ids."""
    if articles is None:
        articles = [id for (id,) in archive.database.rows(f"SELECT id FROM articles a WHERE {NEWEST} ORDER BY id")]
    for id in articles:
        yield id, load_record(archive, id)


def statement(archive: Archive, id: int) -> StoredStatement:
    """The statement with that id, of whatever reading. Raises NoSuchEntry where there is none."""
    database = archive.database
    with database.reading():
        found = _named(database, "statements", "id = ?", (id,))
        if not found:
            raise NoSuchEntry(f"statement {id}", "the id of a statement in the archive", "Find it: onrecord search")
        row = found[0]
        (reading,) = _named(database, "readings", "id = ?", (row["reading"],))
        local = {e: (name, label) for e, name, label in _locals(database, "entities", row["reading"], "name")}
        held = article(archive, row["article"])
        return StoredStatement(
            id=id,
            article=held,
            reading=row["reading"],
            statement=statement_from(
                row,
                {e: name for e, (name, _) in local.items()},
                {o: name for o, name, _ in _locals(database, "occasions", row["reading"], "local")},
                _abouts(database, "b.statement = ?", (id,), {e: name for e, (name, _) in local.items()}).get(id, ()),
            ),
            content=row["content"],
            source=row["source"],
            cue=row["cue"],
            speaker=None if row["speaker"] is None else local[row["speaker"]][1],
            person=row["person"],
            said_on=row["said_on"],
            review=row["review"],
            shown=held.reading == row["reading"] and held.id == held.versions[-1],
            provenance=provenance_of(reading),
            run=reading["run"],
        )


def page_of(archive: Archive, id: int) -> bytes | None:
    """The raw page an article was extracted from, as it came; None where none is kept."""
    import zlib

    packed = one(
        archive.database, "SELECT p.bytes FROM articles a JOIN pages p ON p.sha256 = a.page WHERE a.id = ?", (id,)
    )
    return None if packed is None else zlib.decompress(bytes(packed))


def copies(archive: Archive, id: int) -> tuple[tuple[int, float], ...]:
    """The articles whose text is nearly this one's, with the share of it they have in common."""
    return copies_of(archive.database, id)


def no_such_article(name: int | str) -> NoSuchEntry:
    """The error for the name of no article."""
    return NoSuchEntry(f"article {name!r}", "an id, a url or a name in the archive", "Find it: onrecord search")


def _record(database: Database, stored: Article, reading: dict[str, Any]) -> Record:
    id = reading["id"]
    entities = _named(database, "entities", "reading = ? ORDER BY place", (id,))
    occasions = _named(database, "occasions", "reading = ? ORDER BY place_in_record", (id,))
    local = {row["id"]: row["local"] for row in entities}
    told = {row["id"]: row["local"] for row in occasions}
    about = _abouts(database, "s.reading = ?", (id,), local)
    rows = _named(database, "statements", "reading = ? ORDER BY start, id", (id,))
    rejected = {row["local"]: row for row in rows if row["review"] == REJECTED}
    asserted = _named(database, "asserted", "reading = ? ORDER BY place", (id,))
    for row in (*rows, *asserted):
        for link in ("carried_from", "within", "statement"):
            while row.get(link) in rejected:  # what hung on a rejected statement hangs on what that one did
                row[link] = rejected[row[link]].get(link)
    return Record(
        stored,
        tuple(statement_from(row, local, told, about.get(row["id"], ())) for row in rows if row["review"] != REJECTED),
        provenance_of(reading),
        tuple(map(entity_from, entities)),
        tuple(from_cells(Occasion, row) for row in occasions),
        tuple(map(asserted_from, asserted)),
    )


def _named(database: Database, table: str, where: str, parameters: tuple[object, ...]) -> list[dict[str, Any]]:
    """Rows of a table, each by the names of its columns; `where` is ours, never user input."""
    columns = COLUMNS[table]
    rows = database.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}", parameters)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _locals(database: Database, table: str, reading: int, also: str) -> list[tuple[Any, ...]]:
    return database.rows(f"SELECT id, local, {also} FROM {table} WHERE reading = ?", (reading,))


def _abouts(
    database: Database, where: str, parameters: tuple[object, ...], local: dict[int, str]
) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = {}
    for id, entity, sign, words in database.rows(
        "SELECT b.statement, b.entity, b.sign, b.words FROM statements s JOIN abouts b ON b.statement = s.id"
        f" WHERE {where} ORDER BY b.statement, b.place",
        parameters,
    ):
        found.setdefault(id, []).append(Target(local[entity], sign, spans_from(words)))
    return found
