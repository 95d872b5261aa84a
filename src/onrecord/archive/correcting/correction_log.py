"""The log of corrections: who did what, when, what was before, what after, and why. Rows are only ever added.

What stands of it is worked out from the rows: an undo takes its correction out of force, and the undo of an undo
brings it back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from onrecord.archive.correcting.edits import Patch
from onrecord.archive.safekeeping.sealing import chain, forget_salt
from onrecord.archive.store.database import allocate, rows_in, run_in
from onrecord.errors import EditConflict, NoSuchEntry, RefusedEdit

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

Action = Literal[
    "confirm",
    "reject",
    "speaker",
    "spans",
    "form",
    "framing",
    "about",
    "occasion",
    "add",
    "merge",
    "split",
    "promote",
    "settle",
    "undo",
]
Review = Literal["confirmed", "changed", "rejected", "added"]
REVIEWS: dict[Action, Review] = {
    "confirm": "confirmed",
    "reject": "rejected",
    "add": "added",
    "speaker": "changed",
    "spans": "changed",
    "form": "changed",
    "framing": "changed",
    "about": "changed",
    "occasion": "changed",
}
COLUMNS = "id, at, who, action, article, statement, person, before, after, why, undoes"
LONGEST_NAME = 200
LONGEST_WHY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row of the log. `at` is ISO 8601; `before` and `after` are patches by what they belong to.

    `{"statement": …}` holds values of `edits.values_of`, null where there was no statement; `{"entities": …}` and
    `{"occasions": …}` what was made for it, by row id; `{"people": …, "entity_people": …}` what merging and splitting
    moved; `{"review": …}` what promoting took over. `statement`, `article` and `person` are the archive's ids.
    """

    id: int
    at: str
    who: str
    action: Action
    article: int | None = None
    statement: int | None = None
    person: int | None = None
    before: Patch = field(default_factory=dict)
    after: Patch = field(default_factory=dict)
    why: str = ""
    undoes: int | None = None

    @property
    def forgotten(self) -> bool:
        """Whether what it changed was erased since."""
        return not self.before and not self.after

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the statement that it changed, the decisions about them left out."""
        kept = {**(self.before.get("statement") or {}), **(self.after.get("statement") or {})}
        return tuple(name for name in kept if "." not in name)

    def __str__(self) -> str:
        what = f"undid {self.undoes}" if self.action == "undo" else _DONE[self.action]
        changed = [f"{name} {_shown(self, name)}" for name in self.fields] if self.action in _TELLING else []
        return f"{self.id}: {self.who} {what}{' (' + ', '.join(changed) + ')' if changed else ''}, {self.at}"


_DONE: dict[Action, str] = {
    "confirm": "confirmed it",
    "reject": "rejected it",
    "speaker": "changed the speaker",
    "spans": "changed the spans",
    "form": "changed the form",
    "framing": "changed the framing",
    "about": "changed whom it is about",
    "occasion": "changed the occasion",
    "add": "added it",
    "merge": "merged two into one",
    "split": "split one in two",
    "promote": "took it over into a newer reading",
    "settle": "let go of what was said of it",
}
_TELLING = {"speaker", "spans", "form", "framing", "about", "occasion"}


def _shown(correction: Correction, name: str) -> str:
    before, after = ((side.get("statement") or {}).get(name) for side in (correction.before, correction.after))
    return f"{_value(before)} -> {_value(after)}"


def _value(value: Any) -> str:
    if value is None or value == []:
        return "none"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def note(
    archive: Archive,
    who: str,
    action: Action,
    before: Patch,
    after: Patch,
    *,
    article: int | None = None,
    statement: int | None = None,
    person: int | None = None,
    why: str = "",
    undoes: int | None = None,
) -> int:
    """Write one row, inside the caller's transaction, and return its id."""
    id = allocate(archive.database, "corrections")
    archive.database.run(
        f"INSERT INTO corrections ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (id, archive.now(), who, action, article, statement, person, _json(before), _json(after), why, undoes),
    )
    chain(archive.database, id)
    return id


def checked(who: str, why: str) -> str:
    """The name, without white space around it. Raises RefusedEdit where name or reason cannot be kept."""
    name = who.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise RefusedEdit(f"the name {who[:40]!r}", "the name of whoever corrects, on one line", "Give it with --who")
    if len(why) > LONGEST_WHY or any(c == "\0" or "\ud800" <= c <= "\udfff" for c in why):
        raise RefusedEdit("a reason that cannot be kept", f"text of up to {LONGEST_WHY:,} characters", "Shorten it")
    return name


def correction(archive: Archive, id: int) -> Correction:
    """The correction with that id. Raises NoSuchEntry."""
    row = archive.database.row(f"SELECT {COLUMNS} FROM corrections WHERE id = ?", (id,))
    if row is None:
        raise NoSuchEntry(f"correction {id}", "one of the log", "Type onrecord correct --history")
    return _correction(row)


def history(
    archive: Archive,
    *,
    statement: int | None = None,
    article: int | None = None,
    person: int | None = None,
    people: bool = False,
    last: int | None = None,
) -> tuple[Correction, ...]:
    """The log in order: all of it, or what concerns a statement (in earlier readings too), an article, a person.

    `people` leaves only what merged and split, `last` cuts it to so many of the latest.
    """
    where, given = [], []
    for column, value in (("article", article), ("person", person)):
        if value is not None:
            where.append(f"{column} = ?")
            given.append(value)
    if statement is not None:
        ids = _same(archive, statement)
        where.append(f"statement IN ({', '.join('?' * len(ids))})")
        given += ids
    if people:
        where.append("statement IS NULL AND person IS NOT NULL")
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    limit = "" if last is None else f" LIMIT {int(last)}"
    rows = archive.database.rows(f"SELECT {COLUMNS} FROM corrections{condition} ORDER BY id DESC{limit}", given)
    return tuple(_correction(row) for row in reversed(rows))


def of_statement(archive: Archive, statement: int) -> tuple[Correction, ...]:
    """The log of that statement in its own reading only."""
    rows = archive.database.rows(f"SELECT {COLUMNS} FROM corrections WHERE statement = ? ORDER BY id", (statement,))
    return tuple(_correction(row) for row in rows)


def carried_on(archive: Archive, statement: int) -> tuple[Correction, ...]:
    """The corrections in force by which what was said of that statement was taken over into other readings."""
    rows = archive.database.rows(
        f"SELECT {', '.join('c.' + name for name in COLUMNS.split(', '))} FROM statements s"
        " JOIN articles a ON a.id = s.article JOIN articles b ON b.story = a.story"
        " JOIN corrections c ON c.article = b.id AND c.statement IS NOT NULL"
        " WHERE s.id = ? AND (c.action = 'promote' OR c.action = 'undo') ORDER BY c.id",
        (statement,),
    )
    made = standing(tuple(map(_correction, rows)))
    taken = (entry for entry in made if entry.after.get("from") == statement and not entry.after.get("follows"))
    return tuple({entry.statement: entry for entry in taken}.values())


def standing(log: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections of `log`, given in order, that are in force; undos are not among them."""
    undone: set[int] = set()
    for entry in reversed(log):
        if entry.undoes is not None and entry.id not in undone:
            undone.add(entry.undoes)
    return tuple(entry for entry in log if entry.action != "undo" and entry.id not in undone)


def in_force(log: Sequence[Correction], id: int) -> bool:
    """Whether that row of `log`, a correction or an undo, has not been undone."""
    undone: set[int] = set()
    for entry in reversed(log):
        if entry.undoes is not None and entry.id not in undone:
            undone.add(entry.undoes)
    return id not in undone


def review_of(log: Sequence[Correction]) -> Review | None:
    """What persons have said of a statement with that log: the last word counts, and what was added and then changed
    is still added."""
    in_force = standing(log)
    review = _last_word(in_force)
    added = any(entry.action == "add" or entry.after.get("review") == "added" for entry in in_force)
    return "added" if review == "changed" and added else review


def _last_word(log: Sequence[Correction]) -> Review | None:
    """The last that was said of a statement; what it only follows from the reading that it was taken over from counts
    less than a word on itself."""
    following: Review | None = None
    followed = False
    for entry in reversed(log):
        if entry.action == "promote":
            review: Review | None = entry.after.get("review")
            if not entry.after.get("follows"):
                return following if followed else review
            following, followed = following if followed else review, True
        elif entry.action in REVIEWS:
            return REVIEWS[entry.action]
    return following


def refuse_stale(log: Sequence[Correction], seen: int | None) -> None:
    """Raises EditConflict where `log` holds corrections later than `seen`, the last that the editor knew of.

    None asks for no check; 0 is an editor who saw no correction yet.
    """
    if seen is not None and (later := [entry for entry in log if entry.id > seen]):
        raise EditConflict(
            f"a change on top of correction {seen}, while since then " + "; ".join(str(entry) for entry in later[-3:]),
            "a change made in view of the latest",
            "Look at it again, then repeat the change",
        )


def redact(
    archive: Archive,
    *,
    articles: Iterable[int] = (),
    statements: Iterable[int] = (),
    people: Iterable[int] = (),
    words: Iterable[str] = (),
) -> int:
    """Empty what the log says of those articles, statements and people, and where it has those names; the rows stay.

    For forgetting, inside its transaction. How many rows were emptied.
    """
    database = archive.database
    found: set[int] = set()
    for column, ids in (("article", articles), ("statement", statements), ("person", people)):
        sql = f"SELECT id FROM corrections WHERE before <> '{{}}' AND {column} IN {{in}}"
        found |= {id for (id,) in rows_in(database, sql, ids)}
    if names := [name for word in words for name in _writings(word)]:
        named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
        rows = database.rows("SELECT id, before, after, why FROM corrections WHERE before <> '{}'")
        found |= {id for id, *texts in rows if any(map(named.search, texts))}
    run_in(database, "UPDATE corrections SET before = '{}', after = '{}', why = '' WHERE id IN {in}", found)
    forget_salt(database, found)
    return len(found)


def _writings(name: str) -> list[str]:
    """A name as the log may have it: plain, within JSON, and as the local id of an entity."""
    if not name.strip():
        return []
    return [name, json.dumps(name, ensure_ascii=False)[1:-1], slug(name)]


def slug(name: str) -> str:
    """A name as the local id of an entity: "rena-holt"."""
    return re.sub(r"\W+", "-", name.casefold()).strip("-") or "somebody"


def _same(archive: Archive, statement: int) -> list[int]:
    """The statement, and those of earlier readings that it was taken over from."""
    ids = [statement]
    while True:
        rows = archive.database.rows(
            "SELECT after FROM corrections WHERE statement = ? AND action = 'promote' ORDER BY id", (ids[-1],)
        )
        earlier = [json.loads(after).get("from") for (after,) in rows]
        new = [id for id in earlier if id is not None and id not in ids]
        if not new:
            return ids
        ids.append(new[-1])


def _correction(row: Sequence[Any]) -> Correction:
    id, at, who, action, article, statement, person, before, after, why, undoes = row
    assert action in get_args(Action)
    return Correction(
        id=id,
        at=at,
        who=who,
        action=action,
        article=article,
        statement=statement,
        person=person,
        before=json.loads(before),
        after=json.loads(after),
        why=why,
        undoes=undoes,
    )


def _json(patch: Patch) -> str:
    return json.dumps(patch, ensure_ascii=False, separators=(",", ":"))
