"""What persons said of one reading, taken over into another of the same story: nothing of it is ever overwritten.

A statement of the old reading goes to the one of the new with which its content shares most characters (Jaccard, at
least a half), each at most once. A confirmed, changed or added one is put in as the person left it, also where the
new reading has none like it; a rejected one is rejected again. Each is a row of the log, and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onrecord.archive.correcting.correction_log import Review, history, note, standing
from onrecord.archive.correcting.edit_session import Desk, Placed
from onrecord.archive.correcting.edits import Patch, difference, values_of
from onrecord.archive.correcting.merging import moved, restore_people
from onrecord.archive.store.database import allocate
from onrecord.errors import RefusedEdit
from onrecord.records import Entity, Occasion, Statement
from onrecord.spans import Span

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

LEAST = 0.5
CARRIER = "onrecord"


def carry_over(archive: Archive, article: int, old_reading: int, new_reading: int, *, who: str = CARRIER) -> int:
    """Take over what persons said of `old_reading` into `new_reading`; how many statements that changed.

    For promoting, inside its transaction; the caller brings the index in step.
    """
    with archive.database.writing():
        old, new = Desk(archive, old_reading), Desk(archive, new_reading)
        if (old.article, new.article) != (article, article):
            raise RefusedEdit(
                f"readings {old_reading} and {new_reading}", f"two readings of article {article}", "Name those"
            )
        return carry(archive, old, new, who=who)


def carry(archive: Archive, old: Desk, new: Desk, *, only: frozenset[int] | None = None, who: str = CARRIER) -> int:
    """The same for two desks whose spans count in one text; `only` these statements of the old one, and then never
    over what persons said of the new one."""
    if _split_again(archive, old, new, who):
        new = Desk(archive, new.reading)
    before = old.statements()
    said = {id: given for id, given in before.items() if given[1] is not None and (only is None or id in only)}
    if not said:
        return 0
    there = new.statements()
    pairs = matched({id: s for id, (s, _) in before.items()}, {id: s for id, (s, _) in there.items()})
    if only is not None:
        said = {id: given for id, given in said.items() if id not in pairs or there[pairs[id]][1] is None}
    return CorrectionCarrier(archive, old, new, pairs, who).carry(said)


def matched(old: Mapping[int, Statement], new: Mapping[int, Statement]) -> dict[int, int]:
    """For each old statement the new one it became, by shared characters of content, the likest pairs first."""
    scored = []
    for id, statement in old.items():
        for other, candidate in new.items():
            share = overlap(statement.content, candidate.content)
            if share >= LEAST:
                same = (statement.source == candidate.source) + (statement.cue == candidate.cue)
                scored.append((-share, -same, id, other))
    pairs: dict[int, int] = {}
    for _, _, id, other in sorted(scored):
        if id not in pairs and other not in pairs.values():
            pairs[id] = other
    return pairs


def overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """The characters in both, as a share of those in either, 0 to 1."""
    if not a or not b:
        return 0.0
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return shared / (sum(map(len, a)) + sum(map(len, b)) - shared)


class CorrectionCarrier:
    """Statements on their way from one desk to the other, with whatever they point to."""

    def __init__(self, archive: Archive, old: Desk, new: Desk, pairs: dict[int, int], who: str) -> None:
        self._archive = archive
        self._old = old
        self._new = new
        self._pairs = pairs
        self._who = who
        self._locals: dict[str, str] = {}  # ids of old statements -> ids of new ones

    def carry(self, said: Mapping[int, tuple[Statement, Review | None]]) -> int:
        """Take these over; how many statements that changed."""
        there = self._new.statements()
        for id, (statement, _) in self._old.statements().items():
            if id in self._pairs:
                self._locals[statement.id] = there[self._pairs[id]][0].id
        changed = 0
        for id, (statement, review) in said.items():
            if review == "rejected":
                changed += self._reject(id, there)
            else:
                changed += self._put(id, statement, review, there)
        return changed

    def _reject(self, id: int, there: Mapping[int, tuple[Statement, Review | None]]) -> int:
        other = self._pairs.get(id)
        if other is None or there[other][1] == "rejected":
            return 0
        self._note(id, other, {}, {}, "rejected")
        self._new.set_review(other, "rejected")
        return 1

    def _put(
        self, id: int, statement: Statement, review: Review | None, there: Mapping[int, tuple[Statement, Review | None]]
    ) -> int:
        other = self._pairs.get(id)
        self._new.made = {"people": {}, "entities": {}, "occasions": {}}
        if other is None:
            taken = {s.id for s, _ in there.values()} | set(self._locals.values())
            local = self._new.free_statement_id() if statement.id in taken else statement.id
            self._locals[statement.id] = local
            new, row = self.translated(statement, local), allocate(self._archive.database, "statements")
            self._note(id, row, None, values_of(new), review)
        else:
            given, was = there[other]
            new, row = self.translated(statement, given.id), other
            before, after = difference(values_of(given), values_of(new))
            if not after and was == review:
                return 0
            self._note(id, row, before, after, review)
        self._new.write(row, new, review)
        return 1

    def translated(self, statement: Statement, local: str) -> Statement:
        """A statement of the old desk as one of the new, which gets what it lacks for that."""
        known = {a.entity for a in statement.about} | {statement.speaker, statement.relayed_by}
        entities = {id: self._entity(id) for id in sorted(known - {None}, key=str) if id is not None}
        candidates = [
            replace(c, entity=found)
            for c in statement.candidates
            if (found := entities.get(c.entity) or like(self._old.entities[c.entity], self._new)) is not None
        ]
        links: dict[str, Any] = {
            name: self._link(getattr(statement, name), local) for name in ("carried_from", "within")
        }
        return replace(
            statement,
            id=local,
            speaker=None if statement.speaker is None else entities[statement.speaker],
            relayed_by=None if statement.relayed_by is None else entities[statement.relayed_by],
            candidates=tuple({c.entity: c for c in reversed(candidates)}.values())[::-1],
            about=tuple({entities[t.entity]: replace(t, entity=entities[t.entity]) for t in statement.about}.values()),
            occasion=None if statement.occasion is None else self._occasion(statement.occasion),
            **links,
        )

    def _link(self, id: str | None, own: str) -> str | None:
        """The statement of the new reading that a link of the old one goes to, unless it would go in a circle."""
        local = None if id is None else self._locals.get(id)
        rows = self._archive.database.rows(
            "SELECT local, carried_from, within FROM statements WHERE reading = ?", (self._new.reading,)
        )
        if local not in {row[0] for row in rows}:
            return None
        for place in (1, 2):
            links, at, seen = {row[0]: row[place] for row in rows}, local, set[str]()
            while at is not None and at not in seen:
                if at == own:
                    return None
                seen.add(at)
                at = links.get(at)
        return local

    def _entity(self, id: str) -> str:
        placed = self._old.entities[id]
        found = like(placed, self._new)
        if found is not None:
            return found
        entity = placed.value
        assert isinstance(entity, Entity)
        of = None if entity.of is None else like(self._old.entities[entity.of], self._new)
        local = self._new.free_entity_id(entity.name) if id in self._new.entities else id
        self._new.add_entity(replace(entity, id=local, of=of), placed.person)
        return local

    def _occasion(self, id: str) -> str:
        old = self._old.occasions[id].value
        assert isinstance(old, Occasion)
        medium = None if old.medium is None else self._entity(old.medium)
        for local, placed in self._new.occasions.items():
            if replace(old, id=local, medium=medium) == placed.value:
                return local
        local = self._new.free_occasion_id() if id in self._new.occasions else id
        self._new.add_occasion(replace(old, id=local, medium=medium))
        return local

    def _note(self, old: int, row: int, before: object, after: object, review: Review | None) -> None:
        befores = {"statement": before, "reading": self._new.reading}
        afters = {"statement": after, "reading": self._new.reading, "review": review, "from": old}
        self._new.tell_made(befores, afters)
        note(self._archive, self._who, "promote", befores, afters, article=self._new.article, statement=row)


def like(placed: Placed, desk: Desk) -> str | None:
    """The entity of that reading that is the same: the same person; or the same name and Wikidata id; or with at least
    half of the mentions in common; or the same name."""
    mine = placed.value
    assert isinstance(mine, Entity)
    others = {local: (p.person, p.value) for local, p in desk.entities.items() if isinstance(p.value, Entity)}
    for local, (person, _) in others.items():
        if placed.person is not None and person == placed.person:
            return local
    named = [local for local, (_, e) in others.items() if (e.name, e.kind) == (mine.name, mine.kind)]
    for local in named:
        if others[local][1].wikidata == mine.wikidata:
            return local
    shares = {local: overlap(mine.mentions, e.mentions) for local, (_, e) in others.items() if e.mentions}
    best = max(shares, key=lambda local: shares[local], default=None)
    if best is not None and mine.mentions and shares[best] >= LEAST:
        return best
    return named[0] if named else None


def _split_again(archive: Archive, old: Desk, new: Desk, who: str) -> bool:
    """What persons split off is split off in the new reading too, as a correction of its own; whether anything was."""
    log = history(archive, people=True)
    split = {id for entry in standing(log) if entry.action == "split" for id in moved(entry.after)}
    changed = False
    for placed in old.entities.values():
        entity = placed.value
        if placed.id not in split or placed.person is None or not isinstance(entity, Entity):
            continue
        local = like(placed, new)
        if local is None or (there := new.entities[local]).person in (None, placed.person):
            continue
        ids = [there.id]
        before: Patch = {"entity_people": {str(there.person): ids}}
        after: Patch = {"entity_people": {str(placed.person): ids}}
        if isinstance(there.value, Entity) and there.value.wikidata != entity.wikidata:
            before["entity_wikidata"] = {str(there.id): there.value.wikidata}
            after["entity_wikidata"] = {str(there.id): entity.wikidata}
        restore_people(archive, after, before, overwrite=True)
        note(archive, who, "split", before, after, person=there.person)
        changed = True
    return changed
