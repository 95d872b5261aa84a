"""One reading of an article laid out to be corrected: its rows as values, and changed values back into rows.

Only for use inside a write transaction. A row written here holds what keeping the changed record would have put there.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.archive.correcting.correction_log import Review, history, slug
from onrecord.archive.correcting.edits import Patch
from onrecord.archive.correcting.merging import put_person
from onrecord.archive.store.database import allocate, one
from onrecord.archive.store.rows import (
    COLUMNS,
    Row,
    entity_from,
    entity_row,
    occasion_row,
    statement_from,
    statement_row,
)
from onrecord.archive.store.storable import check_rows
from onrecord.errors import NoSuchEntry, RecordError, RefusedEdit
from onrecord.records import Entity, Occasion, Statement, Target
from onrecord.records.codec import from_cells, from_patch, spans_from, spans_json, to_patch

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive


@dataclass(frozen=True, slots=True)
class Placed:
    """An entity or occasion of a reading: the `id` of its row, its place in the record, the person it stands for."""

    id: int
    place: int
    value: Entity | Occasion
    person: int | None = None

    def values(self) -> Patch:
        """As JSON, enough to make the row again."""
        return {"place": self.place, "person": self.person, "values": to_patch(self.value)}


class Desk:
    """A reading with its article's text, its entities and its occasions, each by local id.

    `made` is what was made on it for a correction, by table and row id.
    """

    def __init__(self, archive: Archive, reading: int) -> None:
        self.archive = archive
        self.reading = reading
        row = archive.database.row(
            "SELECT a.id, a.current, t.text FROM readings r JOIN articles a ON a.id = r.article "
            "JOIN texts t ON t.sha256 = a.sha256 WHERE r.id = ?",
            (reading,),
        )
        if row is None:
            raise NoSuchEntry(f"reading {reading}", "a reading of an article in the archive", "Look at the article")
        self.article: int = row[0]
        self.current: int | None = row[1]
        self.text: str = row[2]
        self.entities: dict[str, Placed] = {}
        self.occasions: dict[str, Placed] = {}
        self.made: dict[str, dict[str, Patch]] = {"people": {}, "entities": {}, "occasions": {}}
        for given in self._rows("entities", "reading = ?", reading, "place"):
            self.entities[given["local"]] = Placed(given["id"], given["place"], entity_from(given), given["person"])
        for given in self._rows("occasions", "reading = ?", reading, "place_in_record"):
            self.occasions[given["local"]] = Placed(given["id"], given["place_in_record"], from_cells(Occasion, given))

    @classmethod
    def of_statement(cls, archive: Archive, statement: int) -> Desk:
        """The desk on which that statement lies. Raises NoSuchEntry."""
        reading = one(archive.database, "SELECT reading FROM statements WHERE id = ?", (statement,))
        if reading is None:
            raise NoSuchEntry(
                f"statement {statement}", "the number of a statement in the archive", "Find it with onrecord search"
            )
        return cls(archive, reading)

    @classmethod
    def of_article(cls, archive: Archive, article: int) -> Desk:
        """The current reading of that article. Raises NoSuchEntry where there is none."""
        current = one(archive.database, "SELECT current FROM articles WHERE id = ?", (article,))
        if current is None:
            raise NoSuchEntry(f"article {article}", "an article of the archive that was read", "Look it up by its url")
        return cls(archive, current)

    @property
    def is_current(self) -> bool:
        """Whether this reading is the one that is shown and searched."""
        return self.current == self.reading

    def newer(self) -> int | None:
        """The article that is the newest version of this one's story; None where this is."""
        same = "SELECT b.id FROM articles a JOIN articles b ON b.story = a.story WHERE a.id = ?"
        newest: int = one(self.archive.database, f"{same} ORDER BY b.version DESC LIMIT 1", (self.article,))
        return None if newest == self.article else newest

    def statement(self, id: int) -> Statement | None:
        """The statement in that row, or None where there is no such row."""
        found = self._statements("id = ?", id)
        return found[id][0] if id in found else None

    def statements(self) -> dict[int, tuple[Statement, Review | None]]:
        """All statements of the reading with what persons said of them, by row id."""
        return self._statements("reading = ?", self.reading)

    def write(self, id: int, statement: Statement, review: Review | None) -> None:
        """Put the statement into that row, made where there is none. Raises RefusedEdit where it points to nothing."""
        row = self._row(id, statement, review)
        abouts = [(id, place, *self._about(target)) for place, target in enumerate(statement.about)]
        self._check([row, *abouts])
        if one(self.archive.database, "SELECT 1 FROM statements WHERE id = ?", (id,)) is None:
            self._insert("statements", row)
        else:
            settings = ", ".join(f"{column} = ?" for column in COLUMNS["statements"])
            self.archive.database.run(f"UPDATE statements SET {settings} WHERE id = ?", (*row, id))
            self.archive.database.run("DELETE FROM abouts WHERE statement = ?", (id,))
        for about in abouts:
            self._insert("abouts", about)

    def set_review(self, id: int, review: Review | None) -> None:
        """Put down what persons have said of the statement in that row."""
        self.archive.database.run("UPDATE statements SET review = ? WHERE id = ?", (review, id))

    def remove(self, id: int) -> None:
        """Take the statement away. Raises RefusedEdit where another hangs on it."""
        local = one(self.archive.database, "SELECT local FROM statements WHERE id = ?", (id,))
        hanging = one(
            self.archive.database,
            "SELECT id FROM statements WHERE reading = ? AND (carried_from = ? OR within = ?)",
            (self.reading, local, local),
        )
        if hanging is not None:
            raise RefusedEdit(
                f"statement {id}, on which statement {hanging} hangs", "one that stands alone", f"Undo {hanging} first"
            )
        self.archive.database.run("DELETE FROM statements WHERE id = ?", (id,))

    def add_entity(self, entity: Entity, person: int | None, *, id: int | None = None, place: int | None = None) -> int:
        """Make a row of the entity and return its id."""
        again, id = id is not None, allocate(self.archive.database, "entities") if id is None else id
        if place is None:
            place = 1 + max((placed.place for placed in self.entities.values()), default=-1)
        row = entity_row(entity, id, self.reading, place, person)
        self._check([row])
        self._insert("entities", row)
        self.entities[entity.id] = Placed(id, place, entity, person)
        if not again:
            self.made["entities"][str(id)] = self.entities[entity.id].values()
        return id

    def add_person(self, id: int, row: Patch) -> None:
        """Make a row of `people`."""
        put_person(self.archive, id, row)
        self.made["people"][str(id)] = row

    def add_occasion(self, occasion: Occasion, *, id: int | None = None, place: int | None = None) -> int:
        """Make a row of the occasion and return its id."""
        again, id = id is not None, allocate(self.archive.database, "occasions") if id is None else id
        if place is None:
            place = 1 + max((placed.place for placed in self.occasions.values()), default=-1)
        if occasion.medium is not None:
            self.entity(occasion.medium)
        row = occasion_row(occasion, id, self.reading, place)
        self._check([row])
        self._insert("occasions", row)
        self.occasions[occasion.id] = Placed(id, place, occasion)
        if not again:
            self.made["occasions"][str(id)] = self.occasions[occasion.id].values()
        return id

    def restore(self, table: str, id: int, made: Mapping[str, Any]) -> None:
        """Make again the row that `Placed.values` told of."""
        if table == "entities":
            self.add_entity(from_patch(Entity, made["values"]), made["person"], id=id, place=made["place"])
        else:
            self.add_occasion(from_patch(Occasion, made["values"]), id=id, place=made["place"])

    def drop(self, table: str, id: int) -> None:
        """Take that entity or occasion away, unless something still points to it."""
        shelf = self.entities if table == "entities" else self.occasions
        used = self._entities_used() if table == "entities" else self._occasions_used()
        for local, placed in list(shelf.items()):
            if placed.id == id and local not in used:
                self.archive.database.run(f"DELETE FROM {table} WHERE id = ?", (id,))
                del shelf[local]

    def entity(self, local: str) -> Placed:
        """The entity with that local id. Raises RefusedEdit."""
        if local not in self.entities:
            some = ", ".join(list(self.entities)[:8]) or "none"
            raise RefusedEdit(f"the entity {local!r}", f"one of this article ({some})", "Name the person instead")
        return self.entities[local]

    def free_statement_id(self) -> str:
        """A local id that no statement of the reading has or had."""
        rows = self.archive.database.rows("SELECT local FROM statements WHERE reading = ?", (self.reading,))
        return _free("added-{}", {local for (local,) in rows} | self._once("statement"))

    def free_entity_id(self, name: str) -> str:
        """A local id for an entity of that name."""
        first, taken = slug(name), set(self.entities) | self._once("entities")
        return first if first not in taken else _free(first + "-{}", taken)

    def free_occasion_id(self) -> str:
        """A local id for one more occasion."""
        return _free("o{}", set(self.occasions) | self._once("occasions"))

    def _once(self, table: str) -> set[str]:
        """The local ids that corrections of the article gave out: an undo may want them back."""
        ids: set[str] = set()
        for entry in history(self.archive, article=self.article):
            for side in (entry.before, entry.after):
                if table == "statement":
                    ids.add((side.get(table) or {}).get("id", ""))
                else:
                    ids |= {made["values"]["id"] for made in side.get(table, {}).values() if made}
        return ids

    def fitted(self, statement: Statement) -> Statement | None:
        """The statement with its spans in the text of the desk that things are carried to: here the same."""
        return statement

    def tell_made(self, before: Patch, after: Patch) -> None:
        """Write into the patches of a correction which rows were made for it."""
        for table, made in self.made.items():
            if made:
                before[table], after[table] = dict.fromkeys(made), made

    def _rows(self, table: str, condition: str, given: int, order: str) -> list[dict[str, Any]]:
        columns = COLUMNS[table]
        return [
            dict(zip(columns, row, strict=True))
            for row in self.archive.database.rows(
                f"SELECT {', '.join(columns)} FROM {table} WHERE {condition} ORDER BY {order}", (given,)
            )
        ]

    def _statements(self, condition: str, given: int) -> dict[int, tuple[Statement, Review | None]]:
        entities = {placed.id: local for local, placed in self.entities.items()}
        occasions = {placed.id: local for local, placed in self.occasions.items()}
        about: dict[int, list[Target]] = {}
        for id, entity, sign, words in self.archive.database.rows(
            "SELECT statement, entity, sign, words FROM abouts "
            f"WHERE statement IN (SELECT id FROM statements WHERE {condition}) ORDER BY statement, place",
            (given,),
        ):
            about.setdefault(id, []).append(Target(entities[entity], sign, spans_from(words)))
        return {
            row["id"]: (statement_from(row, entities, occasions, about.get(row["id"], ())), row["review"])
            for row in self._rows("statements", condition, given, "id")
        }

    def _row(self, id: int, statement: Statement, review: Review | None) -> Row:
        s = statement
        for candidate in s.candidates:
            self.entity(candidate.entity)
        for link in (s.carried_from, s.within):
            self._check_link(link)
        speaker = None if s.speaker is None else self.entity(s.speaker)
        occasion = None if s.occasion is None else self._occasion(s.occasion)
        said_on = occasion.value.when if occasion is not None and isinstance(occasion.value, Occasion) else None
        return statement_row(
            s,
            self.text,
            id=id,
            reading=self.reading,
            article=self.article,
            speaker=None if speaker is None else speaker.id,
            person=None if speaker is None else speaker.person,
            relayed_by=None if s.relayed_by is None else self.entity(s.relayed_by).id,
            occasion=None if occasion is None else occasion.id,
            said_on=said_on,
            review=review,
        )

    def _about(self, target: Target) -> Row:
        placed = self.entity(target.entity)
        return placed.id, placed.person, target.sign, spans_json(target.words)

    def _occasion(self, local: str) -> Placed:
        if local not in self.occasions:
            some = ", ".join(list(self.occasions)[:8]) or "none"
            raise RefusedEdit(f"the occasion {local!r}", f"one of this article ({some})", "Describe it instead")
        return self.occasions[local]

    def _check_link(self, link: str | None) -> None:
        if link is None:
            return
        known = one(
            self.archive.database, "SELECT 1 FROM statements WHERE reading = ? AND local = ?", (self.reading, link)
        )
        if known is None:
            raise RefusedEdit(f"a link to statement {link!r}", "one of the same article", "Leave the link out")

    def _check(self, rows: list[Row]) -> None:
        try:
            check_rows(rows, "the correction")
        except RecordError as error:
            raise RefusedEdit(error.seen, error.wanted, error.todo) from error

    def _entities_used(self) -> set[str | None]:
        used: set[str | None] = set()
        for placed in (*self.entities.values(), *self.occasions.values()):
            used.add(placed.value.of if isinstance(placed.value, Entity) else placed.value.medium)
        for statement, _ in self.statements().values():
            used |= {statement.speaker, statement.relayed_by}
            used |= {candidate.entity for candidate in statement.candidates}
            used |= {target.entity for target in statement.about}
        return used

    def _occasions_used(self) -> set[str | None]:
        return {statement.occasion for statement, _ in self.statements().values()}

    def _insert(self, table: str, row: Row) -> None:
        columns = ", ".join(COLUMNS[table])
        places = ", ".join("?" * len(row))
        self.archive.database.run(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)


def _free(shape: str, taken: Container[str]) -> str:
    return next(name for n in itertools.count(1) if (name := shape.format(n)) not in taken)
