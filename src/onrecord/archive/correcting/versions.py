"""Versions of a story: what persons said of one is carried into the next, where its words stand; the rest is listed.

A statement goes along when its content, source and cue all stand in the newer text, in whatever place: as the person
left it, rejected ones too. What does not is undecided until somebody takes it over onto another statement, or lets go
of it; and each further version is tried again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.archive.correcting.carrying_over import CorrectionCarrier, carry, overlap
from onrecord.archive.correcting.correction_log import Review, checked, history, note, of_statement, standing
from onrecord.archive.correcting.edit_session import Desk, Placed
from onrecord.archive.correcting.relocating import Relocated
from onrecord.archive.indexing.tallies import NEWEST
from onrecord.archive.indexing.upkeep import index_articles
from onrecord.archive.store.database import one, rows_in
from onrecord.archive.store.loading import StoredStatement, statement
from onrecord.errors import RefusedEdit
from onrecord.records import Entity, Statement

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

LEAST = 0.5  # of the characters of two contents, from which they are the same statement
WAITING = (
    "SELECT a.story, s.article, s.id FROM statements s CROSS JOIN articles a"
    f" WHERE s.review IS NOT NULL AND a.id = s.article AND a.current = s.reading AND NOT {NEWEST}"
)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A statement of an older version that persons said something of (its `review`), which could not be carried into
    the `newest` version, an article's id; and `why`."""

    statement: StoredStatement
    newest: int
    why: str


def undecided(archive: Archive, article: int | None = None) -> tuple[Undecided, ...]:
    """All that waits for a decision, or what does in the story of that article; the oldest statement first."""
    with archive.database.reading():
        story = (
            None if article is None else one(archive.database, "SELECT story FROM articles WHERE id = ?", (article,))
        )
        found = []
        for (of, older), ids in _waiting(archive, story).items():
            newest = _newest(archive, of)
            desk = Edited(archive, older, newest)
            found += [
                Undecided(statement(archive, id), newest, why) for id in ids if (why := desk.why_not(id)) is not None
            ]
    return tuple(sorted(found, key=lambda one: one.statement.id))


def let_go(archive: Archive, id: int, *, who: str, why: str = "") -> int:
    """What persons said of that statement does not hold for newer versions; the id of the correction, which can be
    undone."""
    with archive.database.writing():
        held = statement(archive, id)
        _refuse_decided(archive, held)
        nothing: dict[str, object] = {"statement": {}}
        return note(
            archive, checked(who, why), "settle", nothing, nothing, article=held.article.id, statement=id, why=why
        )


def take_over(archive: Archive, id: int, onto: int, *, who: str, why: str = "") -> int:
    """What persons said of statement `id` of an older version holds for statement `onto` of the newest: its speaker,
    form, framing, occasion and whom it is about, or that it is none; the words of `onto` stay. The id of the
    correction."""
    with archive.database.writing():
        who = checked(who, why)
        held = statement(archive, id)
        _refuse_decided(archive, held)
        new = Desk.of_statement(archive, onto)
        if not new.is_current or new.article != _newest(archive, held.article.story):
            raise RefusedEdit(f"statement {onto}", "one of the newest version of that story", "Look it up there")
        old = Edited(archive, held.article.id, new.article)
        given, review = old.as_printed[id]
        there = new.statements()[onto][0]
        fitted = replace(given, content=there.content, source=there.source, cue=there.cue)
        if CorrectionCarrier(archive, old, new, {id: onto}, who).carry({id: (fitted, review)}) == 0:
            raise RefusedEdit(f"statement {onto}, which is as {id} already", "another", "Let go of it instead")
        index_articles(archive, [new.article])
        return of_statement(archive, onto)[-1].id


def carry_to_version(archive: Archive, article: int) -> tuple[int, ...]:
    """Carry what persons said of older versions into that article, the newest; the statements that could not be.

    Inside the transaction that keeps the article; the index of older versions is brought in step here.
    """
    database = archive.database
    story = one(database, "SELECT story FROM articles WHERE id = ?", (article,))
    older = [
        id
        for (id,) in database.rows("SELECT id FROM articles WHERE story = ? AND id <> ? ORDER BY id", (story, article))
    ]
    before = _version_before(archive, article)
    for (_, at), ids in _waiting(archive, story).items():
        carry(archive, Edited(archive, at, article), Desk.of_article(archive, article), only=frozenset(ids))
        before = None if at == before else before
    if before is not None and history(archive, people=True, last=1):  # nothing was said of it, but people may be split
        carry(archive, Edited(archive, before, article), Desk.of_article(archive, article), only=frozenset())
    index_articles(archive, [*older, article])
    return tuple(each.statement.id for each in undecided(archive, article))


def desk_for(archive: Archive, id: int, new: Desk) -> Desk:
    """The reading of statement `id` laid out to carry it to that desk."""
    old = Desk.of_statement(archive, id)
    return old if old.article == new.article else Edited(archive, old.article, new.article)


def carry_again(archive: Archive, desk: Desk, id: int) -> None:
    """Carry a statement that is there again into what is shown instead of its reading."""
    new = Desk.of_article(archive, desk.newer() or desk.article)
    if carry(archive, desk_for(archive, id, new), new, only=frozenset((id,))):
        index_articles(archive, [new.article])


class Edited(Desk):
    """The shown reading of an article with its spans as they stand in the text of a newer version."""

    def __init__(self, archive: Archive, older: int, newest: int) -> None:
        super().__init__(archive, one(archive.database, "SELECT current FROM articles WHERE id = ?", (older,)))
        self._newest = Desk.of_article(archive, newest)
        self.as_printed = super().statements()
        self._moved = Relocated(self.text, self._newest.text)
        for local, placed in self.entities.items():
            assert isinstance(placed.value, Entity)
            self.entities[local] = Placed(placed.id, placed.place, self._moved.entity(placed.value), placed.person)
        for local, placed in self.occasions.items():
            assert not isinstance(placed.value, Entity)
            self.occasions[local] = Placed(placed.id, placed.place, self._moved.occasion(placed.value))

    def statements(self) -> dict[int, tuple[Statement, Review | None]]:
        """Those whose words stand in the newer text."""
        found = {id: (self._moved.statement(s), review) for id, (s, review) in self.as_printed.items()}
        return {id: (s, review) for id, (s, review) in found.items() if s is not None}

    def fitted(self, statement: Statement) -> Statement | None:
        """The statement with its spans in the newer text; None where its words do not stand there."""
        return self._moved.statement(statement)

    def why_not(self, id: int) -> str | None:
        """Why that statement could not be carried over; None where there is nothing to decide."""
        given, review = self.as_printed[id]
        moved = self._moved.statement(given)
        if moved is None:
            return "its words are attributed otherwise" if self._moved.content(given) else "its words are gone"
        alike = [
            said for other, said in self._newest.statements().values() if overlap(moved.content, other.content) >= LEAST
        ]
        if not alike and review == "rejected":
            return None
        return "something else was said of it there"


def _waiting(archive: Archive, story: int | None) -> Mapping[tuple[int, int], list[int]]:
    """The statements of older versions that persons said something of, and that nobody decided on, nor were carried
    along: by story and article, the last version first."""
    database = archive.database
    rows = database.rows(
        f"{WAITING}{'' if story is None else ' AND a.story = ?'} ORDER BY s.article DESC, s.id",
        () if story is None else (story,),
    )
    carried = set(_carried(archive, {row[0] for row in rows}))
    found: dict[tuple[int, int], list[int]] = {}
    for of, article, id in rows:
        if id not in carried and not any(entry.action == "settle" for entry in standing(of_statement(archive, id))):
            found.setdefault((of, article), []).append(id)
    return found


def _carried(archive: Archive, stories: Iterable[int]) -> Iterator[int]:
    """The statements that were taken over into another, in any article of these stories."""
    sql = (
        "SELECT c.after FROM articles a JOIN corrections c ON c.article = a.id"
        " WHERE c.action = 'promote' AND c.statement IS NOT NULL AND a.story IN {in}"
    )
    for (after,) in rows_in(archive.database, sql, stories):
        if (id := json.loads(after).get("from")) is not None:
            yield id


def _newest(archive: Archive, story: int) -> int:
    id: int = one(archive.database, "SELECT id FROM articles WHERE story = ? ORDER BY version DESC LIMIT 1", (story,))
    return id


def _version_before(archive: Archive, article: int) -> int | None:
    sql = (
        "SELECT b.id FROM articles a JOIN articles b ON b.story = a.story AND b.version < a.version"
        " WHERE a.id = ? AND b.current IS NOT NULL ORDER BY b.version DESC LIMIT 1"
    )
    id: int | None = one(archive.database, sql, (article,))
    return id


def _refuse_decided(archive: Archive, held: StoredStatement) -> None:
    if held.id not in _waiting(archive, held.article.story).get((held.article.story, held.article.id), ()):
        raise RefusedEdit(
            f"statement {held.id}, on which nothing is to be decided",
            "one that was corrected in an older version, and could not be carried on",
            "List them: onrecord review --versions",
        )
