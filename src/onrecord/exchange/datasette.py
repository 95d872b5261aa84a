"""The archive as a SQLite file made for Datasette: declared foreign keys, full text tables, views, and its metadata.

    datasette quotes.db --metadata quotes.metadata.json

Numbers of rows are given anew in the order of the export, so that they tell nothing of how the archive was filled.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from onrecord.archive.listing.tables import LICENCE, Choice, Row, flat, flat_columns
from onrecord.archive.store.placing import put_in_place
from onrecord.exchange.registry import Format

SCHEMA = """
CREATE TABLE outlets (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE articles (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT, outlet INTEGER REFERENCES outlets(id), published TEXT,
  url TEXT, version INTEGER, language TEXT, sha256 TEXT NOT NULL{text}
);
CREATE TABLE people (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, wikidata TEXT
);
CREATE TABLE statements (
  id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(id), local TEXT NOT NULL,
  person INTEGER REFERENCES people(id), {columns}
);
CREATE TABLE abouts (
  statement INTEGER NOT NULL REFERENCES statements(id), place INTEGER NOT NULL, name TEXT NOT NULL,
  person INTEGER REFERENCES people(id), sign TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (statement, place)
);
"""
FINISH = """
CREATE INDEX articles_by_outlet ON articles(outlet);
CREATE INDEX statements_by_article ON statements(article);
CREATE INDEX statements_by_person ON statements(person);
CREATE INDEX abouts_by_person ON abouts(person);
CREATE VIRTUAL TABLE statements_fts USING fts5(content, speaker, source, content='statements', content_rowid='id');
INSERT INTO statements_fts(statements_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE articles_fts USING fts5(title{text}, content='articles', content_rowid='id');
INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE people_fts USING fts5(name, content='people', content_rowid='id');
INSERT INTO people_fts(people_fts) VALUES ('rebuild');
CREATE VIEW said AS
  SELECT s.id, s.content, s.speaker, p.wikidata, o.name AS outlet, a.published, a.title, a.url, s.form, s.cue_class,
    s.status, s.occasion_kind, s.review, s.confidence
  FROM statements s JOIN articles a ON a.id = s.article LEFT JOIN outlets o ON o.id = a.outlet
    LEFT JOIN people p ON p.id = s.person;
CREATE VIEW speakers AS
  SELECT p.id, p.name, p.kind, p.wikidata, COUNT(*) AS statements, COUNT(DISTINCT s.article) AS articles,
    MIN(a.published) AS first, MAX(a.published) AS last
  FROM people p JOIN statements s ON s.person = p.id JOIN articles a ON a.id = s.article GROUP BY p.id;
"""
ARTICLE = ("article", "title", "outlet", "published", "url", "version", "language", "sha256")
PERSON = ("person", "person_name", "person_kind", "wikidata")
BESIDE = ".metadata.json"
FACETS = ["form", "cue_class", "status", "occasion_kind", "review"]


def write(rows: Iterable[Row], path: Path, choice: Choice) -> int:
    """Write the rows into a SQLite file at `path`, and `NAME.metadata.json` beside it; how many statements.

    `rows` are in the order of articles. The same rows give the same bytes.
    """
    text = choice.with_text
    own = ", ".join(f"{name} {'REAL' if name == 'confidence' else 'TEXT'}" for name in _own(choice))
    schema = SCHEMA.replace("{text}", ", text TEXT NOT NULL" if text else "").replace("{columns}", own)
    with put_in_place(path) as part, closing(sqlite3.connect(part, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        _script(database, schema)
        n = _Filler(database, choice).fill(rows)
        _script(database, FINISH.replace("{text}", ", text" if text else ""))
        database.execute("COMMIT")
        database.execute("ANALYZE")
    with put_in_place(path.with_name(path.stem + BESIDE)) as part:
        part.write_text(json.dumps(metadata(path.stem), indent=1, ensure_ascii=False) + "\n", "utf-8")
    return n


def _own(choice: Choice) -> list[str]:
    """The columns of a statement that tell of nothing else."""
    ids = ("statement_id", "article_id", "person_id", "statement", "about", "text")
    others = {*ARTICLE, *PERSON, *ids}
    return [name for name in flat_columns(choice) if name not in others]


class _Filler:
    """Rows taken apart into tables, each thing once."""

    def __init__(self, database: sqlite3.Connection, choice: Choice) -> None:
        self._database = database
        self._choice = choice
        self._outlets: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._article: tuple[object, ...] | None = None
        self._articles = 0
        self._columns = [
            *(row[1] for row in database.execute("SELECT * FROM pragma_table_info('statements')") if row[1] != "id")
        ]

    def fill(self, rows: Iterable[Row]) -> int:
        marks = ", ".join("?" * (len(self._columns) + 1))
        n = 0
        for row in rows:
            n += 1
            self._put_article(row)
            values = {
                **flat(row),
                "article": self._articles,
                "local": row["statement"],
                "person": self._person(*(row[name] for name in PERSON)),
            }
            cells = (n, *(_cell(values[column]) for column in self._columns))
            self._database.execute(f"INSERT INTO statements VALUES ({marks})", cells)
            for place, target in enumerate(row["about"]):
                person = self._person(target["person"], target["person_name"], target["kind"], target["wikidata"])
                about = (n, place, target["name"], person, target["sign"], _cell(target["words"]))
                self._database.execute("INSERT INTO abouts VALUES (?, ?, ?, ?, ?, ?)", about)
        return n

    def _put_article(self, row: Row) -> None:
        article = tuple(row[name] for name in ARTICLE)
        if article == self._article:
            return
        self._article = article
        self._articles += 1
        if row["outlet"] is not None and row["outlet"] not in self._outlets:
            self._outlets[row["outlet"]] = len(self._outlets) + 1
            self._database.execute("INSERT INTO outlets VALUES (?, ?)", (self._outlets[row["outlet"]], row["outlet"]))
        given = [self._outlets.get(row["outlet"]) if name == "outlet" else row[name] for name in ARTICLE]
        given += [row["text"]] if self._choice.with_text else []
        marks = ", ".join("?" * (len(given) + 1))
        self._database.execute(f"INSERT INTO articles VALUES ({marks})", (self._articles, *given))

    def _person(self, key: str | None, name: str | None, kind: str, wikidata: str | None) -> int | None:
        if key is None:
            return None
        if key not in self._people:
            self._people[key] = len(self._people) + 1
            person = (self._people[key], key, name, kind, wikidata)
            self._database.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?)", person)
        return self._people[key]


def metadata(name: str) -> dict[str, Any]:
    """What Datasette shows of the file called `name`: titles, what the columns mean, facets, and the licence note."""
    statements = {
        "title": "Statements",
        "description": "One act of speech, writing or thought that an article ascribes to somebody.",
        "facets": FACETS,
        "sortable_columns": ["confidence", "id"],
        "label_column": "content",
        "columns": {
            "content": "What was said, in the article's own words; pieces are joined by …",
            "speaker": "Who said it, as the article names them",
            "source": "The words that name the speaker",
            "cue": "The words that ascribe it",
            "content_spans": "Offsets [start, end) in code points into the text with the article's sha256",
            "confidence": "From 0 to 1",
            "review": "What a person said of it: confirmed, changed, added, rejected; null where nobody did",
            "decided_by": "Which rule, model or person decided each field",
        },
    }
    return {
        "title": "Who said what",
        "description": LICENCE,
        "license": "The quoted words belong to their authors and publishers",
        "databases": {
            name: {
                "tables": {
                    "statements": statements,
                    "articles": {"title": "Articles", "label_column": "title"},
                    "people": {"title": "People and bodies", "label_column": "name", "facets": ["kind"]},
                    "outlets": {"title": "Outlets", "label_column": "name"},
                    "abouts": {"title": "Whom statements are about", "facets": ["sign"]},
                }
            }
        },
    }


def _script(database: sqlite3.Connection, sql: str) -> None:
    for statement in _statements(sql):
        database.execute(statement)


def _statements(sql: str) -> Iterator[str]:
    yield from (statement for statement in sql.split(";\n") if statement.strip())


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


FORMAT = Format(
    name="datasette",
    holds="statements",
    suffix=".db",
    media_type="application/vnd.sqlite3",
    told="a SQLite file with search, views and FILE.metadata.json",
    write=write,
    in_file=True,
    beside=BESIDE,
)
