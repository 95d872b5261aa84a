"""Does the index hold what it should? What searches and traces look up is compared with what is kept, all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

from onrecord.archive.indexing.documents import BLOCK, SIGN, block_of, lexemes
from onrecord.archive.indexing.fingerprints import Fingerprints, words_of
from onrecord.archive.indexing.stemming import stem
from onrecord.archive.indexing.upkeep import YEARS, terms_of, unpacked
from onrecord.archive.safekeeping.faults import Fault
from onrecord.archive.store.database import Database, one, rows_in
from onrecord.errors import ArchiveError, LockedArchive

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

TOLD = 100  # faults of a kind
AT_ONCE = 500  # rows compared in one query
FULL_TEXT = re.compile(r"CREATE VIRTUAL TABLE (\w+) USING fts5\(", re.IGNORECASE)
TOKEN = re.compile(r"[0-9a-z\u0080-\U0010ffff]+", re.IGNORECASE)  # as the ascii tokenizer of SQLite has it


def structure(archive: Archive) -> list[Fault]:
    """Full-text indexes of SQLite that are not whole in themselves. Takes the place of a writer for a moment."""
    database = archive.database
    if database.dialect != "sqlite" or database.read_only:
        return []
    faults = []
    for (sql,) in database.rows("SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"):
        if (found := FULL_TEXT.match(sql)) is None:
            continue
        name = found[1]
        try:
            with database.writing():
                database.run(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        except LockedArchive:
            raise
        except ArchiveError as error:
            faults.append(_fault(name, "index", f"is damaged: {error.seen}"))
    return faults


def entries(database: Database) -> Iterator[Fault]:
    """Where the full-text index and the list of its words are not what was indexed."""
    statements: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    found, found_articles = _expected(database, "found"), _expected(database, "found_articles")
    for article, blob in database.each("SELECT article, documents FROM indexed ORDER BY article"):
        kept = unpacked(blob)
        articles.update(terms_of(kept["article"], YEARS[:1]))
        found_articles.add(article, kept["article"])
        for id, row in kept["statements"].items():
            statements.update(terms_of(row, YEARS))
            found.add(int(id), row)
    yield from found.faults()
    yield from found_articles.faults()
    yield from _words(database, statements, articles)
    if database.dialect == "sqlite":
        yield from _parts(database)


def fingerprints(database: Database, articles: Sequence[int], made: Fingerprints) -> Iterator[Fault]:
    """Those of `articles` whose fingerprints are not those that `made` gives. An article that waits has none."""
    waiting = {id for (id,) in rows_in(database, "SELECT article FROM unfingerprinted WHERE article IN {in}", articles)}
    held: dict[int, set[tuple[int, int]]] = {article: set() for article in articles}
    sql = (
        "SELECT s.article, f.fingerprint, f.statement FROM statements s JOIN fingerprints f ON f.statement = s.id"
        " WHERE s.article IN {in}"
    )
    for article, fingerprint, statement in rows_in(database, sql, articles):
        held[article].add((fingerprint, statement))
    for article, said in words_of(database, articles).items():
        wanted = set() if article in waiting else {(each, id) for id, content in said for each in made(content)}
        if held[article] != wanted:
            yield _fault("fingerprints", article, "are not those of its statements: it may be missed when traced")


def vectors(database: Database) -> Iterator[Fault]:
    """Vectors that are not those that were made."""
    for id, packed, crc in database.each("SELECT statement, vector, crc FROM vectors ORDER BY statement"):
        if crc is not None and crc32(bytes(packed)) != crc:
            yield _fault("vectors", id, "is not the vector that was made of the statement")


class _Expected(Protocol):
    """What a full-text index should hold, gathered row by row, and then compared with it."""

    def add(self, id: int, row: str) -> None: ...

    def faults(self) -> Iterator[Fault]: ...


def _expected(database: Database, table: str) -> _Expected:
    return _Tokens(database, table) if database.dialect == "sqlite" else _Lexemes(database, table)


class _Tokens:
    """An index of FTS5, which holds no text: of each token it holds the row and the place. One number, the exclusive
    or of a hash of each, stands for all of a block of rows."""

    def __init__(self, database: Database, table: str) -> None:
        self._database = database
        self._table = table
        self._blocks: Counter[int] = Counter()

    def add(self, id: int, row: str) -> None:
        value = 0
        for at, token in enumerate(TOKEN.findall(row)):
            value ^= hash((token, id, at))
        self._blocks[id >> BLOCK] ^= value

    def faults(self) -> Iterator[Fault]:
        held = _blocks(self._database, "main", self._table)
        for block in sorted({*held, *self._blocks}):
            if held[block] != self._blocks[block]:
                ids = f"{block << BLOCK} to {((block + 1) << BLOCK) - 1}"
                yield _fault(self._table, ids, "are not indexed as they should be: searches miss some, or find others")


def _blocks(database: Database, schema: str, table: str) -> Counter[int]:
    """What stands for each block of rows in an index of FTS5."""
    held: Counter[int] = Counter()
    name = f"temp.{table}_tokens"
    database.run(f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5vocab({schema}, {table}, instance)")
    for token, id, at in database.each(f"SELECT term, doc, offset FROM {name}"):
        held[id >> BLOCK] ^= hash((token, id, at))
    return held


def _parts(database: Database) -> Iterator[Fault]:
    """The index of parts of words of SQLite, compared with one that is made anew."""
    again = "CREATE VIRTUAL TABLE temp.parts_again USING fts5(word, content='', tokenize='trigram')"
    database.run("DROP TABLE IF EXISTS temp.parts_again")
    database.run(again)
    database.run("INSERT INTO temp.parts_again (rowid, word) SELECT id, word FROM terms WHERE stem <> ''")
    if _blocks(database, "temp", "parts_again") != _blocks(database, "main", "term_parts"):
        yield _fault("term_parts", "index", "does not hold the parts of all words: searches for parts miss some")
    database.run("DROP TABLE temp.parts_again")


class _Lexemes:
    """A table of vectors of lexemes of PostgreSQL, which is compared row by row."""

    def __init__(self, database: Database, table: str) -> None:
        self._database = database
        self._table = table
        self._rows: list[tuple[int, str]] = []
        self._wrong: list[int] = []
        self._number = 0

    def add(self, id: int, row: str) -> None:
        self._rows.append((id, lexemes(row, block_of(id))))
        self._number += 1
        if len(self._rows) >= AT_ONCE:
            self._compare()

    def faults(self) -> Iterator[Fault]:
        self._compare()
        for id in self._wrong[:TOLD]:
            yield _fault(self._table, id, "is not indexed as it should be")
        held = one(self._database, f"SELECT COUNT(*) FROM {self._table}")
        if held != self._number:
            yield _fault(self._table, "index", f"holds {held} rows, and should hold {self._number}")

    def _compare(self) -> None:
        sql = (
            "SELECT t.id FROM unnest(?::bigint[], ?::text[]) AS t(id, words)"
            f" LEFT JOIN {self._table} f ON f.id = t.id WHERE f.words IS DISTINCT FROM t.words::tsvector ORDER BY 1"
        )
        columns = [[id for id, _ in self._rows], [words for _, words in self._rows]]
        self._wrong += [id for (id,) in self._database.rows(sql, columns)]
        self._rows.clear()


def _words(database: Database, statements: Mapping[str, int], articles: Mapping[str, int]) -> Iterator[Fault]:
    wanted = {
        word: ("" if word[0] == SIGN else stem(word), statements.get(word, 0), articles.get(word, 0))
        for word in {*statements, *articles}
        if word
    }
    kept = {word: tuple(told) for word, *told in database.each("SELECT word, stem, statements, articles FROM terms")}
    wrong = sorted(word for word in {*wanted, *kept} if wanted.get(word) != kept.get(word))
    for word in wrong[:TOLD]:
        yield _fault("terms", word, "is not counted as it stands in the index")


def _fault(table: str, id: int | str, what: str) -> Fault:
    return Fault(table, id, what, derived=True)
