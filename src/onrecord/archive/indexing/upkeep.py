"""The index kept in step: searched are the statements of current readings that nobody rejected, and all articles.
Older versions of a story bear a mark, and are found only by a search that asks for them.

Whoever changes statements, entities, people or an article's current reading calls `index_articles` for the articles
concerned, in the same transaction, and so has them sealed anew; whoever takes an article away calls `unindex_article`
before or after.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from onrecord.archive.indexing.documents import (
    BARRIER,
    SIGN,
    Named,
    Said,
    Setting,
    article_document,
    block_of,
    code,
    date_marks,
    lexemes,
    setting_marks,
    statement_document,
)
from onrecord.archive.indexing.fingerprints import take_out
from onrecord.archive.indexing.stemming import stem
from onrecord.archive.indexing.tallies import NEWEST, tally
from onrecord.archive.safekeeping.sealing import seal
from onrecord.archive.store.database import Database, one, rows_in, run_in

if TYPE_CHECKING:
    from onrecord.archive.store.archive import Archive

BATCH = 200  # articles
MOST_NAMES = 6  # other names of an entity
LONGEST_NAME = 6  # words; what is longer describes and does not name
YEARS = (code("pub", "y"), code("said", "y"))  # marks that count as terms: which years there are
_decoded = json.JSONDecoder().decode

STATEMENTS = """
SELECT s.article, s.id, s.content, s.source, s.cue, s.form, s.status, s.cue_class, s.confidence, s.review, s.said_on,
       o.kind, s.speaker, s.person
FROM articles a JOIN statements s ON s.reading = a.current LEFT JOIN occasions o ON o.id = s.occasion
WHERE a.id IN {in} AND (s.review IS NULL OR s.review <> 'rejected') ORDER BY s.id
"""
ENTITIES = """
SELECT e.reading, e.id, e.local, e.name, e.role, e.of, e.wikidata, e.person, p.name, p.wikidata,
       CASE WHEN e.more LIKE '%"aka"%' THEN e.more END
FROM articles a JOIN entities e ON e.reading = a.current LEFT JOIN people p ON p.id = e.person WHERE a.id IN {in}
"""
ABOUTS = """
SELECT b.statement, b.entity, b.person
FROM articles a JOIN statements s ON s.reading = a.current JOIN abouts b ON b.statement = s.id
WHERE a.id IN {in} ORDER BY b.statement, b.place
"""
ARTICLES = f"""
SELECT a.id, a.title, a.published, a.outlet, u.name, t.text, {NEWEST}
FROM articles a JOIN texts t ON t.sha256 = a.sha256 LEFT JOIN outlets u ON u.id = a.outlet WHERE a.id IN {{in}}
"""
COUNTED = (
    "INSERT INTO terms (word, stem, statements, articles) {} ON CONFLICT (word) DO UPDATE SET"
    " statements = terms.statements + excluded.statements, articles = terms.articles + excluded.articles"
)


def index_article(archive: Archive, article: int) -> None:
    """Bring the index of one article in step with what is kept of it."""
    index_articles(archive, (article,))


def index_articles(archive: Archive, articles: Iterable[int]) -> None:
    """Bring the index of these articles in step with what is kept of them, and seal them; one that is gone is taken
    out."""
    ids = list(dict.fromkeys(articles))
    with archive.database.writing():
        for at in range(0, len(ids), BATCH):
            make_index(archive, ids[at : at + BATCH])
            seal(archive.database, "articles", ids[at : at + BATCH])


def make_index(archive: Archive, articles: Sequence[int]) -> None:
    """Bring the index of a few articles in step with what is kept of them. Inside `writing`; it leaves their seals."""
    database = archive.database
    change = _Change()
    before = _take_out(database, articles, change)
    _put_in(database, articles, change)
    _count(database, change)
    tally(database, articles)
    take_out(database, articles)
    if before:
        _drop_vectors(database, before, articles)


def index_anew(archive: Archive) -> int:
    """Make the index of all articles that wait for it since the archive was brought up to date; how many they were."""
    database, done = archive.database, 0
    while rows := database.rows("SELECT article FROM unindexed ORDER BY article LIMIT ?", (BATCH,)):
        articles = [article for (article,) in rows]
        with database.writing():
            index_articles(archive, articles)
            run_in(database, "DELETE FROM unindexed WHERE article IN {in}", articles)
        done += len(articles)
    return done


def unindex_article(archive: Archive, article: int) -> None:
    """Take an article and its statements out of the index, and the words that only it had."""
    with archive.database.writing():
        change = _Change()
        before = _take_out(archive.database, (article,), change)
        _count(archive.database, change)
        take_out(archive.database, (article,))
        run_in(archive.database, "DELETE FROM vectors WHERE statement IN {in}", before)


def settle(archive: Archive) -> None:
    """Put the index in its quickest shape, after much was added. Takes seconds for millions of statements."""
    database = archive.database
    if database.dialect == "sqlite":
        with database.writing():
            for table in ("found", "found_articles"):
                database.run(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', 2000)")
            database.run("PRAGMA optimize")
        return
    for name in ("found_by_words", "found_articles_by_words"):
        database.row("SELECT gin_clean_pending_list(to_regclass(?))", (name,))
    for table in ("found", "found_articles", "terms", "statements", "articles", "entities", "abouts", "occasions"):
        database.run(f"ANALYZE {table}")


def out_of_step(archive: Archive, articles: Sequence[int]) -> list[int]:
    """Those of `articles` whose index is not what would be made of them now."""
    database = archive.database
    with database.reading():
        kept = {article: unpacked(blob) for article, blob in rows_in(database, INDEXED, articles)}
        made = {each.article: each.kept() for each in _documents(database, articles)}
    return [article for article in articles if kept.get(article) != made.get(article)]


INDEXED = "SELECT article, documents FROM indexed WHERE article IN {in}"


@dataclass(slots=True)
class _Indexed:
    """The rows of tokens of one article and its statements."""

    article: int
    document: str
    statements: dict[int, str]

    def kept(self) -> dict[str, Any]:
        return {"article": self.document, "statements": {str(id): row for id, row in self.statements.items()}}


@dataclass(slots=True)
class _Change:
    """By how much the counts of words change."""

    statements: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)


def _put_in(database: Database, articles: Sequence[int], change: _Change) -> None:
    made = list(_documents(database, articles, change))
    statements = [row for each in made for row in each.statements.items()]
    if database.dialect == "sqlite":
        database.load("found", ("rowid", "words"), statements)
        database.load("found_articles", ("rowid", "words"), [(each.article, each.document) for each in made])
    else:
        database.load("found", ("id", "words"), [(id, lexemes(row, block_of(id))) for id, row in statements])
        rows = [(each.article, lexemes(each.document, block_of(each.article))) for each in made]
        database.load("found_articles", ("id", "words"), rows)
    database.load("indexed", ("article", "documents"), [(each.article, _packed(each.kept())) for each in made])


def _take_out(database: Database, articles: Sequence[int], change: _Change) -> dict[int, str]:
    """Take articles out, and return the rows of tokens of their statements."""
    before: dict[int, str] = {}
    for article, blob in list(rows_in(database, INDEXED, articles)):
        kept = unpacked(blob)
        statements = {int(id): row for id, row in kept["statements"].items()}
        before |= statements
        if database.dialect == "sqlite":
            out = "INSERT INTO {0} ({0}, rowid, words) VALUES ('delete', ?, ?)"
            database.many(out.format("found"), statements.items())
            database.run(out.format("found_articles"), (article, kept["article"]))
        else:
            run_in(database, "DELETE FROM found WHERE id IN {in}", statements)
            database.run("DELETE FROM found_articles WHERE id = ?", (article,))
        database.run("DELETE FROM indexed WHERE article = ?", (article,))
        for row in statements.values():
            change.statements.subtract(terms_of(row, YEARS))
        change.articles.subtract(terms_of(kept["article"], YEARS[:1]))
    return before


def _drop_vectors(database: Database, before: Mapping[int, str], articles: Sequence[int]) -> None:
    """Forget what statements meant whose words changed, or that are found no more."""
    after: dict[int, str] = {}
    for _, blob in rows_in(database, INDEXED, articles):
        after |= {int(id): row for id, row in unpacked(blob)["statements"].items()}
    stale = [id for id, row in before.items() if id not in after or _spoken(row) != _spoken(after[id])]
    run_in(database, "DELETE FROM vectors WHERE statement IN {in}", stale)


def _spoken(row: str) -> str:
    return row.partition(f" {SIGN}")[0]


def terms_of(document: str, kinds: tuple[str, ...]) -> set[str]:
    """The words of a row of tokens, and its years of these kinds."""
    return {
        token
        for token in document.split(" ")
        if not (token.startswith(SIGN) or token == BARRIER) or token.startswith(kinds)
    }


def _documents(database: Database, articles: Sequence[int], change: _Change | None = None) -> list[_Indexed]:
    """What would be indexed for these articles; their words are counted in `change`."""
    statements: dict[int, list[tuple[int, Said]]] = {article: [] for article in articles}
    named = _entities(database, articles)
    abouts: dict[int, list[Named]] = {}
    for statement, entity, person in rows_in(database, ABOUTS, articles):
        abouts.setdefault(statement, []).append(_of_person(named[entity], person))
    for row in rows_in(database, STATEMENTS, articles):
        article, id, *told, speaker, person = row
        who = None if speaker is None else _of_person(named[speaker], person)
        said = Said(*told, who, abouts.get(id, ()))  # type: ignore[call-arg]
        statements[article].append((id, said))
    made = []
    for id, title, published, outlet, outlet_name, text, newest in rows_in(database, ARTICLES, articles):
        setting = setting_marks(Setting(outlet_name, outlet, published, not newest))
        years = _years("pub", published)
        rows: dict[int, str] = {}
        marks: list[str] = []
        for statement, said in statements[id]:
            rows[statement], its, content = statement_document(said, setting)
            marks += its
            if change:
                change.statements.update({*content, *years, *_years("said", said.said_on)})
        document, spoken = article_document(title, text, setting, marks)
        if change:
            change.articles.update({*spoken, *years} - {BARRIER})
        made.append(_Indexed(id, document, rows))
    return made


def _years(kind: str, written: str | None) -> tuple[str, ...]:
    """The mark of the year of a date, if it has one: terms hold those, so that a search knows which years there are."""
    first = date_marks(kind, written)[0]
    return (first,) if first.startswith(YEARS) else ()


def _of_person(named: Named, person: int | None) -> Named:
    """The entity as the person that the statement itself points to, after a correction."""
    if person == named.person or person is None:
        return named
    return replace(named, person=person)


def _entities(database: Database, articles: Sequence[int]) -> dict[int, Named]:
    """Every entity of the current readings by its row id."""
    rows = list(rows_in(database, ENTITIES, articles))
    bodies = {(reading, local): (name, wikidata) for reading, _, local, name, _, _, wikidata, *_ in rows}
    named = {}
    for reading, id, _, name, role, of, wikidata, person, person_name, person_wikidata, more in rows:
        names = (name,) if person_name is None or person_name == name else (name, person_name)
        if more is not None:
            names += tuple(aka for aka in _decoded(more).get("aka", ())[:MOST_NAMES] if aka.count(" ") < LONGEST_NAME)
        body, body_wikidata = bodies.get((reading, of), (None, None)) if of else (None, None)
        of_names = (body,) if body else ()
        shown = person_name or name
        named[id] = Named(shown, names, person, wikidata or person_wikidata, role, of_names, body_wikidata)
    return named


def _count(database: Database, change: _Change) -> None:
    """Add the changes to the counts of words; new words become findable by their parts, unused ones go."""
    words = sorted(word for word in {*change.statements, *change.articles} if word)
    rows = [
        (word, "" if word[0] == SIGN else stem(word), change.statements[word], change.articles[word])
        for word in words
        if change.statements[word] or change.articles[word]
    ]
    if not rows:
        return
    gone = [row[0] for row in rows if row[2] < 0 or row[3] < 0]
    if database.dialect == "sqlite":
        last = one(database, "SELECT MAX(id) FROM terms") or 0
        database.many(COUNTED.format("VALUES (?, ?, ?, ?)"), rows)
        database.run(
            "INSERT INTO term_parts (rowid, word) SELECT id, word FROM terms WHERE id > ? AND stem <> ''", (last,)
        )
    else:
        columns = [list(column) for column in zip(*rows, strict=True)]
        unnested = "SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])"
        database.run(COUNTED.format(unnested), columns)
    if gone:
        _forget_words(database, gone)


def _forget_words(database: Database, words: Sequence[str]) -> None:
    unused = "word IN {in} AND statements <= 0 AND articles <= 0"
    if database.dialect == "sqlite":
        rows = list(rows_in(database, f"SELECT id, word FROM terms WHERE {unused} AND stem <> ''", words))
        database.many("INSERT INTO term_parts (term_parts, rowid, word) VALUES ('delete', ?, ?)", rows)
    run_in(database, f"DELETE FROM terms WHERE {unused}", words)


def _packed(kept: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(blob: bytes) -> dict[str, Any]:
    """The rows of tokens that `indexed` has of an article: of its text, and of its statements by their ids."""
    kept: dict[str, Any] = json.loads(zlib.decompress(blob))
    return kept
