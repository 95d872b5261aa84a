"""What pages and programs ask of an archive beyond what its own functions give: lists and counts, all read-only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.archive.correcting.reviewing import progress
from onrecord.archive.indexing.tallies import NEWEST, SHOWN
from onrecord.archive.listing.people import Person
from onrecord.archive.store.archive import Archive
from onrecord.archive.store.database import one, rows_in

ARTICLE = (
    "SELECT a.id, a.name, a.title, o.name, o.id, a.published, a.language,"
    " (SELECT CAST(COALESCE(SUM(t.statements), 0) AS BIGINT) FROM tallies t WHERE t.article = a.id)"
    " FROM articles a LEFT JOIN outlets o ON o.id = a.outlet"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A statement's number in the archive, what a person said of it, and the person it is linked to."""

    id: int
    review: str | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list."""

    id: int
    name: str
    title: str | None
    outlet: str | None
    outlet_id: int | None
    published: str | None
    language: str | None
    statements: int


@dataclass(frozen=True, slots=True)
class Glance:
    """The whole archive in figures."""

    articles: int
    statements: int
    outlets: int
    people: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """An occasion of an article: its number, what it is, and how many statements were made on it."""

    id: int
    article: int
    kind: str | None
    date: str | None
    said_on: str | None
    title: str | None
    statements: int


def articles(
    archive: Archive, *, outlet: int | None = None, before: int | None = None, n: int = 30
) -> tuple[Listed, ...]:
    """Articles in their newest version, the last added first, or of one outlet; `before` is the id of the last one
    shown."""
    conditions, parameters = [NEWEST], list[object]()
    if outlet is not None:
        conditions.append("a.outlet = ?")
        parameters.append(outlet)
    if before is not None:
        conditions.append("a.id < ?")
        parameters.append(before)
    sql = f"{ARTICLE} WHERE {' AND '.join(conditions)} ORDER BY a.id DESC LIMIT ?"
    return tuple(Listed(*row) for row in archive.database.rows(sql, (*parameters, n)))


def stored(archive: Archive, article: int) -> dict[str, Stored]:
    """The statements of the current reading of an article, by their ids in the record."""
    rows = archive.database.rows(
        "SELECT s.local, s.id, s.review, s.person FROM statements s JOIN articles a ON a.current = s.reading"
        " WHERE a.id = ?",
        (article,),
    )
    return {local: Stored(id, review, person) for local, id, review, person in rows}


def outlet_id(archive: Archive, name: str | None) -> int | None:
    """The number of an outlet."""
    found: int | None = one(archive.database, "SELECT id FROM outlets WHERE name = ?", (name,)) if name else None
    return found


def outlet_name(archive: Archive, id: int) -> str | None:
    """The name of an outlet."""
    found: str | None = one(archive.database, "SELECT name FROM outlets WHERE id = ?", (id,))
    return found


def versions(archive: Archive, article: int) -> Sequence[tuple[int, int, str]]:
    """The other versions of an article's story: id, version, when added."""
    return archive.database.rows(
        "SELECT b.id, b.version, b.added FROM articles a JOIN articles b ON b.story = a.story"
        " WHERE a.id = ? AND b.id <> a.id ORDER BY b.version",
        (article,),
    )


def copies(archive: Archive, article: int, n: int = 12) -> Sequence[tuple[int, str, str | None, float]]:
    """Nearly equal texts: id, title or name, outlet, share."""
    return archive.database.rows(
        "SELECT b.id, COALESCE(b.title, b.name), o.name, c.share FROM"
        " (SELECT of AS other, share FROM copies WHERE article = ?"
        " UNION SELECT article, share FROM copies WHERE of = ?) c"
        " JOIN articles b ON b.id = c.other LEFT JOIN outlets o ON o.id = b.outlet ORDER BY c.share DESC, b.id LIMIT ?",
        (article, article, n),
    )


def occasions_of_person(archive: Archive, person: int, n: int = 20) -> tuple[OccasionRow, ...]:
    """The occasions on which somebody spoke, as far as articles tell a kind or a date; the latest first."""
    rows = archive.database.rows(
        "SELECT k.id, s.article, k.kind, k.date, k.said_on, COALESCE(a.title, a.name), COUNT(*)"
        f" FROM {SHOWN} JOIN occasions k ON k.id = s.occasion"
        " WHERE s.person = ? AND (k.kind IS NOT NULL OR k.said_on IS NOT NULL)"
        " GROUP BY k.id, s.article, k.kind, k.date, k.said_on, a.title, a.name"
        " ORDER BY COALESCE(k.said_on, '') DESC, k.id DESC LIMIT ?",
        (person, n),
    )
    return tuple(OccasionRow(*row) for row in rows)


def glance(archive: Archive) -> Glance:
    """How much is shown of everything."""
    asked = {
        "articles": f"SELECT COUNT(*) FROM articles a WHERE {NEWEST}",
        "statements": "SELECT SUM(statements) FROM tallies",
        "outlets": "SELECT COUNT(*) FROM outlets",
        "people": "SELECT COUNT(*) FROM people",
    }
    counts = {name: int(one(archive.database, sql) or 0) for name, sql in asked.items()}
    return Glance(**counts, reviewed=progress(archive)[0])


@dataclass(frozen=True, slots=True)
class Said:
    """One statement in a list, with its article."""

    id: int
    article: int
    local: str
    content: str
    form: str
    cue_class: str | None
    status: str
    review: str | None
    title: str
    outlet: str | None
    published: str | None
    speaker: str | None
    person: int | None


SAID = (
    "SELECT s.id, s.article, s.local, s.content, s.form, s.cue_class, s.status, s.review, COALESCE(a.title, a.name),"
    " o.name, a.published, e.name, s.person"
    f" FROM {SHOWN} LEFT JOIN outlets o ON o.id = a.outlet LEFT JOIN entities e ON e.id = s.speaker"
)


def said_by(archive: Archive, person: int, n: int = 20) -> tuple[Said, ...]:
    """What somebody said, the last published first."""
    sql = f"{SAID} WHERE s.person = ? ORDER BY a.published DESC, s.id DESC LIMIT ?"
    return tuple(Said(*row) for row in archive.database.rows(sql, (person, n)))


def said_on(archive: Archive, occasions: Sequence[int], n: int = 400) -> tuple[tuple[int, Said], ...]:
    """What was said on any of these occasions, each with its occasion, in the order of the articles."""
    if not occasions:
        return ()
    sql = SAID.replace("SELECT ", "SELECT s.occasion, ", 1)
    where = f" WHERE s.occasion IN ({', '.join('?' * len(occasions))}) ORDER BY s.article, s.start LIMIT ?"
    return tuple((row[0], Said(*row[1:])) for row in archive.database.rows(sql + where, (*occasions, n)))


def people_named(archive: Archive, words: str, *, kind: str = "", n: int = 40) -> tuple[Person, ...]:
    """Whoever has these words in the name, those who say most first; counted for these alone."""
    part = words.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    rows = archive.database.rows(
        "SELECT p.id, p.name, p.kind, p.wikidata,"
        " (SELECT CAST(COALESCE(SUM(t.statements), 0) AS BIGINT) FROM tallies t WHERE t.person = p.id)"
        " FROM people p WHERE p.merged_into IS NULL AND LOWER(p.name) LIKE ? ESCAPE '!' AND (? = '' OR p.kind = ?)"
        " ORDER BY 5 DESC, p.name LIMIT ?",
        (f"%{part}%", kind, kind, n),
    )
    return tuple(
        Person(id=id, name=name, kind=kind_, wikidata=wikidata, statements=n_, articles=0, about=0)
        for id, name, kind_, wikidata, n_ in rows
    )


def person_of(archive: Archive, id: int) -> Person | None:
    """Somebody, or whoever they were merged into, with the number of statements; None where there is none."""
    row = archive.database.row(
        "SELECT p.id, p.name, p.kind, p.wikidata,"
        " (SELECT CAST(COALESCE(SUM(t.statements), 0) AS BIGINT) FROM tallies t WHERE t.person = p.id)"
        " FROM people q JOIN people p ON p.id = COALESCE(q.merged_into, q.id) WHERE q.id = ?",
        (id,),
    )
    if row is None:
        return None
    at, name, kind, wikidata, n = row
    return Person(id=at, name=name, kind=kind, wikidata=wikidata, statements=n, articles=0, about=0)


def titles(archive: Archive, articles: Iterable[int]) -> dict[int, tuple[str | None, str]]:
    """The outlet and the title of each of these articles."""
    sql = (
        "SELECT a.id, o.name, COALESCE(a.title, a.name) FROM articles a LEFT JOIN outlets o ON o.id = a.outlet"
        " WHERE a.id IN {in}"
    )
    return {id: (outlet, title) for id, outlet, title in rows_in(archive.database, sql, sorted(articles))}


def locals_of(archive: Archive, statements: Sequence[int]) -> dict[int, str]:
    """The ids that statements have in their records."""
    return dict(rows_in(archive.database, "SELECT id, local FROM statements WHERE id IN {in}", statements))


def piece_of(archive: Archive, article: int, start: int, length: int) -> tuple[int, str]:
    """`length` code points of the text of an article from `start` on, with where they begin."""
    sql = "SELECT SUBSTR(t.text, ?, ?) FROM articles a JOIN texts t ON t.sha256 = a.sha256 WHERE a.id = ?"
    return start, str(one(archive.database, sql, (start + 1, length, article)) or "")


def last_corrections(archive: Archive, statements: Sequence[int]) -> dict[int, int]:
    """The last correction of each of these statements that has one."""
    sql = "SELECT statement, MAX(id) FROM corrections WHERE statement IN {in} GROUP BY statement"
    return dict(rows_in(archive.database, sql, statements))


def occasion(archive: Archive, id: int) -> OccasionRow | None:
    """One occasion of an article."""
    row = archive.database.row(
        "SELECT k.id, r.article, k.kind, k.date, k.said_on, COALESCE(a.title, a.name),"
        " (SELECT COUNT(*) FROM statements s WHERE s.reading = k.reading AND s.occasion = k.id)"
        " FROM occasions k JOIN readings r ON r.id = k.reading JOIN articles a ON a.id = r.article WHERE k.id = ?",
        (id,),
    )
    return OccasionRow(*row) if row else None


def occasion_of(archive: Archive, statement: int) -> int | None:
    """The number of the occasion of a statement."""
    found: int | None = one(archive.database, "SELECT occasion FROM statements WHERE id = ?", (statement,))
    return found
