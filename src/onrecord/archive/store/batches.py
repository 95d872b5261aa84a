"""One batch of records on its way into the tables: what is new is told from what is known, numbered, and loaded."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

from onrecord.archive.correcting.versions import carry_to_version
from onrecord.archive.indexing.copies import Sketcher
from onrecord.archive.indexing.upkeep import BATCH, index_articles, make_index
from onrecord.archive.listing.people import people_of, person_key
from onrecord.archive.safekeeping.sealing import digest_of, put_seals, seal
from onrecord.archive.store.database import Database, allocate, one, rows_in
from onrecord.archive.store.rows import COLUMNS, Filled, Ids, Rows, origin_json, reading_rows
from onrecord.archive.store.storable import check_article, check_rows
from onrecord.archive.store.stories import story_key
from onrecord.errors import NoSuchEntry, RecordError
from onrecord.records import Article, Provenance, Record, Skipped

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

State = Literal["new", "version", "read anew", "known"]
PAGE = COLUMNS["articles"].index("page")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a record went: the ids of its article and reading, what it was, and the articles it is a copy of; of a new
    version the statements of older ones whose corrections could not be carried over (`archive.versions`)."""

    article: int
    reading: int
    state: State
    copies: tuple[int, ...] = ()
    undecided: tuple[int, ...] = ()


def engine_key(made: Provenance) -> str:
    """What readings by one engine and one model share."""
    return f"{made.engine} {made.model_sha256 or made.model or ''}"


def refusal(record: Record) -> Skipped | None:
    """Why a database cannot hold that record, if it cannot."""
    try:
        check_article(record.article)
        scratch = Filled()
        reading_rows(record, 0, 0, Ids(0, 0, 0), [None] * len(record.entities), into=scratch)
        for rows in scratch.by_table().values():
            check_rows(rows, "the record")
        made = record.provenance
        check_rows([(made.engine, made.model, made.model_sha256, origin_json(record.article.origin))], "the record")
    except RecordError as error:
        return Skipped(record.article.id, f"{error.seen}; wanted {error.wanted}", error.todo)
    return None


@dataclass(slots=True, kw_only=True)
class _Place:
    """Where one record of a batch goes; `shown` where its reading becomes the current one."""

    record: Record
    key: str
    story: int
    version: int
    article: int
    state: State
    shown: bool
    reading: int = 0
    rows: Sequence[object] = ()  # of the reading, table by table

    @property
    def text(self) -> tuple[int, str]:
        """What no two places share."""
        return self.story, self.record.article.sha256


@dataclass(slots=True)
class _Known:
    """What the archive holds of the stories of a batch."""

    stories: dict[str, int]
    articles: dict[tuple[int, str], tuple[int, bool]]  # by story and digest: id, and whether a reading is current
    versions: dict[int, int]  # the latest by story
    readings: dict[tuple[int, str], int]  # by article and engine

    @classmethod
    def of(cls, database: Database, keys: Iterable[str]) -> Self:
        stories: dict[str, int] = dict(rows_in(database, "SELECT key, id FROM stories WHERE key IN {in}", set(keys)))
        articles: dict[tuple[int, str], tuple[int, bool]] = {}
        versions: dict[int, int] = {}
        sql = "SELECT id, story, version, sha256, current FROM articles WHERE story IN {in}"
        for id, story, version, sha256, current in rows_in(database, sql, stories.values()):
            articles[story, sha256] = id, current is not None
            versions[story] = max(version, versions.get(story, 0))
        sql = "SELECT id, article, engine, model, model_sha256 FROM readings WHERE article IN {in} ORDER BY id DESC"
        found = rows_in(database, sql, [id for id, _ in articles.values()])
        readings = {(article, engine_key(Provenance(*made))): id for id, article, *made in found}
        return cls(stories, articles, versions, readings)


@dataclass(slots=True)
class Batch:
    """The rows of one transaction, gathered table by table and loaded at the end."""

    archive: Archive
    run: int
    rows: dict[str, Rows] = field(default_factory=lambda: {table: [] for table in COLUMNS})

    def keep(self, records: Sequence[Record], refused: Mapping[int, Skipped]) -> list[Kept | Skipped]:
        database = self.archive.database
        if not one(database, "SELECT 1 FROM runs WHERE id = ?", (self.run,)):
            raise NoSuchEntry(f"run {self.run}", "one that was started", "Start it with start_run")
        for index, record in enumerate(records):
            if index not in refused:
                check_article(record.article)
        outcome: dict[int, Kept | Skipped] = dict(refused)
        places, twice = self._sort(records, outcome)
        self._readings(list(places.values()))
        copies = self._articles([place for place in places.values() if place.state in ("new", "version")])
        for table, rows in self.rows.items():
            if table != "texts":  # checked before
                check_rows(rows, "the record")
        for table, columns in COLUMNS.items():
            if self.rows[table]:
                database.load(table, columns, self.rows[table])
        self._seal(places.values())
        self._show([place for place in places.values() if place.shown])
        for index, place in places.items():
            undecided = carry_to_version(self.archive, place.article) if place.state == "version" else ()
            outcome[index] = Kept(place.article, place.reading, place.state, copies.get(place.article, ()), undecided)
        for index, first in twice.items():
            outcome[index] = Kept(places[first].article, places[first].reading, "known")
        return [outcome[index] for index in range(len(records))]

    def _sort(
        self, records: Sequence[Record], outcome: dict[int, Kept | Skipped]
    ) -> tuple[dict[int, _Place], dict[int, int]]:
        """The places of the records that bring something new, and which records stand in the batch before (with where
        they do); what became of the others is put into `outcome`."""
        database = self.archive.database
        keys = [story_key(record.article) for record in records]
        known = _Known.of(database, keys)
        new = list(dict.fromkeys(key for i, key in enumerate(keys) if key not in known.stories and i not in outcome))
        story = allocate(database, "stories", len(new)) if new else 0
        numbered = {key: story + place for place, key in enumerate(new)}
        self.rows["stories"] += [(id, key) for key, id in numbered.items()]
        places: dict[int, _Place] = {}
        twice: dict[int, int] = {}
        seen: dict[tuple[int, str], int] = {}
        for index, (record, key) in enumerate(zip(records, keys, strict=True)):
            if index in outcome:
                continue
            text = (known.stories.get(key) or numbered[key], record.article.sha256)
            if text in seen:
                twice[index] = seen[text]
                continue
            article, has_current = known.articles.get(text, (0, False))
            reading = known.readings.get((article, engine_key(record.provenance)))
            if reading is not None:
                outcome[index] = Kept(article, reading, "known")
                continue
            seen[text] = index
            version = known.versions.get(text[0], 0)
            if not article:
                version = known.versions[text[0]] = version + 1
            state: State = "read anew" if article else "new" if version == 1 else "version"
            places[index] = _Place(
                record=record,
                key=key,
                story=text[0],
                version=version,
                article=article,
                state=state,
                shown=not has_current,
            )
        fresh = [place for place in places.values() if not place.article]
        first = allocate(database, "articles", len(fresh)) if fresh else 0
        for id, place in enumerate(fresh, start=first):
            place.article = id
        return places, twice

    def _readings(self, places: Sequence[_Place]) -> None:
        """The rows of what was found in these articles."""
        if not places:
            return
        database = self.archive.database
        people, rows = people_of(database, (e for place in places for e in place.record.entities))
        self.rows["people"] += rows
        ids = Ids(
            entities=allocate(database, "entities", sum(len(place.record.entities) for place in places)),
            occasions=allocate(database, "occasions", sum(len(place.record.occasions) for place in places)),
            statements=allocate(database, "statements", sum(len(place.record.statements) for place in places)),
        )
        filled = Filled()
        for reading, place in enumerate(places, start=allocate(database, "readings", len(places))):
            record, made = place.record, place.record.provenance
            place.reading = reading
            row = (reading, self.run, place.article, made.engine, made.model, made.model_sha256)
            self.rows["readings"].append(row)
            keys = [person_key(entity) for entity in record.entities]
            persons = [None if key is None else people[key] for key in keys]
            before = [len(rows) for rows in filled.by_table().values()]
            reading_rows(record, reading, place.article, ids, persons, into=filled)
            place.rows = [row, *(rows[at:] for at, rows in zip(before, filled.by_table().values(), strict=True))]
        self.rows.update(filled.by_table())

    def _articles(self, places: Sequence[_Place]) -> dict[int, tuple[int, ...]]:
        """The rows of new articles, and the articles that each is a copy of."""
        if not places:
            return {}
        database = self.archive.database
        articles = [place.record.article for place in places]
        texts = {article.sha256: article.text for article in articles}
        for (known,) in rows_in(database, "SELECT sha256 FROM texts WHERE sha256 IN {in}", list(texts)):
            del texts[known]
        self.rows["texts"] += list(texts.items())
        pages = self._pages(articles)
        outlets = self._outlets(articles)
        now = self.archive.now()
        for place, a in zip(places, articles, strict=True):
            page = a.origin.sha256 if a.origin is not None and a.origin.sha256 in pages else None
            outlet = None if a.outlet is None else outlets[a.outlet]
            published = None if a.published is None else a.published.isoformat()
            known = (a.id, a.title, outlet, published, a.url, a.language, a.sha256, page, origin_json(a.origin))
            self.rows["articles"].append((place.article, place.story, place.version, *known, now, place.reading))
        sketcher = Sketcher(database, [(p.article, p.story, p.record.article.text) for p in places])
        self.rows["sketches"] += sketcher.sketches
        self.rows["copies"] += sketcher.links
        copies: dict[int, tuple[int, ...]] = {}
        for article, of, _ in sketcher.links:
            copies[article] = (*copies.get(article, ()), of)
        return copies

    def _pages(self, articles: Sequence[Article]) -> set[str]:
        """The digests of the raw pages that are kept, those of `articles` among them."""
        origins = {a.origin.sha256: a.origin for a in articles if a.origin is not None}
        sql = "SELECT sha256 FROM pages WHERE sha256 IN {in}"
        pages = {known for (known,) in rows_in(self.archive.database, sql, list(origins))}
        for sha256, origin in origins.items():
            if origin.raw is not None and sha256 not in pages:
                self.rows["pages"].append((sha256, origin.media_type, zlib.compress(origin.raw, 6)))
                pages.add(sha256)
        return pages

    def _outlets(self, articles: Sequence[Article]) -> dict[str, int]:
        """The id of each outlet by name."""
        names = list(dict.fromkeys(a.outlet for a in articles if a.outlet is not None))
        sql = "SELECT name, id FROM outlets WHERE name IN {in}"
        known: dict[str, int] = dict(rows_in(self.archive.database, sql, names))
        if new := [name for name in names if name not in known]:
            for id, name in enumerate(new, start=allocate(self.archive.database, "outlets", len(new))):
                known[name] = id
                self.rows["outlets"].append((id, name))
        return known

    def _show(self, places: Sequence[_Place]) -> None:
        """Make these readings the current ones of their articles, and have them found by searches."""
        anew = [(place.reading, place.article) for place in places if place.state == "read anew"]
        self.archive.database.many("UPDATE articles SET current = ? WHERE id = ?", anew)
        index_articles(self.archive, [article for _, article in anew])
        new = [place.article for place in places if place.state != "read anew"]
        for at in range(0, len(new), BATCH):
            make_index(self.archive, new[at : at + BATCH])

    def _seal(self, places: Collection[_Place]) -> None:
        """Seal what was put in, from the rows at hand: to read them again would take a tenth of the time of it all."""
        database = self.archive.database
        rows = {row[0]: row for row in self.rows["articles"]}
        sql = "SELECT sha256, media_type FROM pages WHERE sha256 IN {in}"
        pages = dict(rows_in(database, sql, {row[PAGE] for row in rows.values() if row[PAGE] is not None}))
        made = {}
        for place in places:
            if (row := rows.get(place.article)) is not None:
                told = (*row, place.key, place.record.article.outlet, pages.get(row[PAGE]))
                made[place.article] = digest_of([told, [digest_of(place.rows)]])
        put_seals(database, "articles", made)
        seal(database, "articles", [place.article for place in places if place.article not in made])
        seal(database, "copies", made)
        put_seals(database, "people", {row[0]: digest_of([(*row, None)]) for row in self.rows["people"]})
