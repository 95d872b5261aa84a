"""A query made into one expression over the index, in the language of either database, and the ids that it finds.

First every word is looked up among the words of the archive: `Term` becomes all words of its stem, `Part` all that hold
the letters. What is left are rows of tokens, which mean the same to FTS5 and to PostgreSQL's tsquery.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.archive.indexing.documents import BLOCK, EVERYTHING, OLDER, SIGN, block_of, code
from onrecord.archive.indexing.stemming import stem
from onrecord.archive.indexing.words import IS_UNSPACED
from onrecord.archive.searching.expressions import (
    All,
    Any,
    During,
    Expression,
    Marked,
    Not,
    Part,
    Phrase,
    Quoted,
    Term,
    Versions,
    asks_for_versions,
)
from onrecord.archive.searching.ranges import marks_within
from onrecord.archive.store.database import Database, one, rows_in
from onrecord.errors import QueryError

Where = Literal["statements", "articles"]
TABLES: dict[Where, str] = {"statements": "found", "articles": "found_articles"}
MOST_FORMS = 40  # words that share a stem
MOST_PARTS = 100  # words that hold some letters, the most frequent first
OTHER_FORM = 0.8  # what another form of a word counts, against the word itself
TRIGRAM = 3  # letters
FIRST_BLOCKS, MOST_BLOCKS = 4, 48  # how many blocks of ids are looked through, before all that are left are


@dataclass(frozen=True, slots=True)
class Row:
    """These tokens one after the other; with `open`, the last one may go on."""

    tokens: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of `wanted` and none of `unwanted`."""

    wanted: tuple[Plan, ...]
    unwanted: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of these; nothing at all where there are none."""

    parts: tuple[Plan, ...]


Plan: TypeAlias = Row | Every | Either
OLDER_VERSIONS = Row((code("version", OLDER),))


@dataclass(frozen=True, slots=True)
class Needle:
    """Letters to count in a folded text: as a whole word, or open at either end."""

    letters: str
    begins: bool = True
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Concept:
    """What one word or phrase of a query stands for: rows of words, and in how much they stand; for all but phrases of
    several words, letters that are quicker to count, with what each counts."""

    rows: tuple[Row, ...]
    frequency: int
    needles: tuple[tuple[Needle, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What to look up, and what of it to show and to rank by; `cut` names what was looked for only in part."""

    plan: Plan
    concepts: tuple[Concept, ...]
    cut: tuple[str, ...] = ()


class Planner:
    """Makes plans with the words that an archive holds."""

    def __init__(self, database: Database, where: Where) -> None:
        self._database = database
        self._where = where
        self._concepts: list[Concept] = []
        self._cut: list[str] = []

    def plan(self, expression: Expression | None) -> Planned:
        """The plan of a query; without one, of everything. Older versions of a story are found where it says so."""
        plan = Row((EVERYTHING,)) if expression is None else self._plan(expression, wanted=True)
        if not asks_for_versions(expression):
            plan = Every((plan,), (OLDER_VERSIONS,))
        return Planned(plan, tuple(self._concepts), tuple(self._cut))

    def _plan(self, e: Expression, *, wanted: bool) -> Plan:
        if isinstance(e, All):
            yes = [self._plan(part, wanted=wanted) for part in e.parts if not isinstance(part, Not)]
            no = [self._plan(part.part, wanted=False) for part in e.parts if isinstance(part, Not)]
            return Every(tuple(yes) or (Row((EVERYTHING,)),), tuple(no))
        if isinstance(e, Any):
            return Either(tuple(self._plan(part, wanted=wanted) for part in e.parts))
        if isinstance(e, Not):
            return Every((Row((EVERYTHING,)),), (self._plan(e.part, wanted=False),))
        if isinstance(e, Marked):
            return Row(tuple(code(e.kind, value) for value in e.values), e.open)
        if isinstance(e, During):
            marks = marks_within(e.range, self._years(e.kind))
            return Either(tuple(Row((code(e.kind, mark),)) for mark in marks))
        if isinstance(e, Versions):
            everything = Row((EVERYTHING,))
            if e.which == "newest":
                return Every((everything,), (OLDER_VERSIONS,))
            return everything if e.which == "all" else OLDER_VERSIONS
        if isinstance(e, Quoted):
            if self._where == "articles":
                raise QueryError("content: in a search for articles", "it in one for statements", "Leave content: out")
            return self._words(e.words, wanted=wanted, alone=True)
        return self._words(e, wanted=wanted)

    def _words(self, e: Term | Phrase | Part, *, wanted: bool, alone: bool = False) -> Plan:
        """Words of what was said and, unless they are to be there `alone`, of the source, cue and speaker as shown."""
        needles: dict[Needle, float] = {}
        if isinstance(e, Term):
            forms = dict.fromkeys((e.word, *self._forms(e.word)))
            rows = [Row((word,)) for word in forms]
            needles = {Needle(word): 1.0 if word == e.word else OTHER_FORM for word in forms}
        elif isinstance(e, Part):
            rows = [Row((word,)) for word in self._parts(e)]
            needles = {Needle(e.letters, begins=False, ends=e.ends): 1.0}
        else:
            rows = [Row(e.words, e.open)]
            if len(e.words) == 1 and not IS_UNSPACED.match(e.words[0]):
                needles = {Needle(e.words[0], ends=not e.open): 1.0}
        if wanted:
            self._concepts.append(Concept(tuple(rows), self._frequency(rows), tuple(needles.items())))
        if alone or self._where == "articles":
            return Either(tuple(rows))
        return Either((*rows, *(Row(tuple(code("with", token) for token in row.tokens), row.open) for row in rows)))

    def _forms(self, word: str) -> list[str]:
        sql = "SELECT word FROM terms WHERE stem = ? ORDER BY statements + articles DESC, word LIMIT ?"
        return [row[0] for row in self._database.rows(sql, (stem(word), MOST_FORMS))]

    def _parts(self, e: Part) -> list[str]:
        like = f"%{e.letters}" if e.ends else f"%{e.letters}%"  # folded letters: no % and no _ among them
        if self._database.dialect == "sqlite" and len(e.letters) >= TRIGRAM:
            source = "terms WHERE id IN (SELECT rowid FROM term_parts WHERE word LIKE ?)"
        else:
            source = "terms WHERE word LIKE ?"
        sql = f"SELECT word FROM {source} AND stem <> '' ORDER BY statements + articles DESC, word LIMIT ?"
        words = [row[0] for row in self._database.rows(sql, (like, MOST_PARTS + 1))]
        if len(words) > MOST_PARTS:
            self._cut.append(f"*{e.letters}{'' if e.ends else '*'}: only the {MOST_PARTS} most frequent words with it")
        return words[:MOST_PARTS]

    def _frequency(self, rows: Sequence[Row]) -> int:
        """In how many statements (or articles) the rarest word of each row stands, summed over the rows."""
        words = sorted({token for row in rows for token in row.tokens})
        sql = f"SELECT word, {self._where} FROM terms WHERE word IN {{in}}"
        counts: dict[str, int] = dict(rows_in(self._database, sql, words))
        return sum(min(counts.get(token, 0) for token in row.tokens) for row in rows)

    def _years(self, kind: str) -> list[int]:
        start = code(kind, "y")
        sql = "SELECT word FROM terms WHERE word >= ? AND word < ? ORDER BY word"
        return [int(row[0][-4:]) for row in self._database.rows(sql, (start, f"{start}~"))]


def years_published(database: Database) -> list[int]:
    """The years from which the archive has articles."""
    return Planner(database, "statements")._years("pub")


def both(*plans: Plan) -> Plan:
    """What all of the plans find."""
    return Every(tuple(plans))


def newest(database: Database, where: Where, plan: Plan, *, below: int | None = None, most: int) -> list[int]:
    """The ids found, the highest first, only those under `below`, and no more than `most`."""
    if database.dialect == "sqlite":
        table = TABLES[where]
        bound, more = ("", ()) if below is None else (" AND rowid < ?", (below,))
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ?{bound} ORDER BY rowid DESC LIMIT ?"
        return [row[0] for row in database.rows(sql, (fts5(plan), *more, most))]
    return _by_blocks(database, where, plan, below, most)


def _by_blocks(database: Database, where: Where, plan: Plan, below: int | None, most: int) -> list[int]:
    """The same where an index cannot be read from its end: a few blocks of ids, then as many as seem to be needed."""
    table, query = TABLES[where], tsquery(plan)
    top = below or (one(database, f"SELECT MAX(id) FROM {table}") or 0) + 1
    found: list[int] = []
    block, n, looked = (top - 1) >> BLOCK, FIRST_BLOCKS, 0
    while block >= 0 and len(found) < most:
        few = n <= MOST_BLOCKS
        last = max(0, block - n + 1) if few else 0
        asked = query
        if few:
            asked = f"{query} & ({' | '.join(_lexeme(block_of(each << BLOCK)) for each in range(last, block + 1))})"
        sql = (
            f"WITH here AS MATERIALIZED (SELECT id FROM {table} WHERE words @@ ?::tsquery)"
            " SELECT id FROM here WHERE id < ? AND id >= ? ORDER BY id DESC LIMIT ?"
        )
        bounds = (min(top, (block + 1) << BLOCK), last << BLOCK)
        found += [row[0] for row in database.rows(sql, (asked, *bounds, most - len(found)))]
        looked += block - last + 1
        block = last - 1
        n = 1 + (most - len(found)) * looked // len(found) if found else 1 << 40
    return found


def fts5(plan: Plan) -> str:
    """A plan in the language of FTS5. Every token stands in quotation marks, and holds none."""
    if isinstance(plan, Row):
        return f'"{" ".join(plan.tokens)}"' + " *" * plan.open
    if isinstance(plan, Either):
        return f"({' OR '.join(map(fts5, plan.parts))})" if plan.parts else f'"{SIGN}never"'
    yes = " AND ".join(map(fts5, plan.wanted))
    no = " OR ".join(map(fts5, plan.unwanted))
    return f"(({yes}) NOT ({no}))" if no else f"({yes})"


def tsquery(plan: Plan) -> str:
    """A plan as a tsquery. Every lexeme stands in quotation marks, and holds none."""
    if isinstance(plan, Row):
        *first, last = plan.tokens
        tokens = [*map(_lexeme, first), _lexeme(last) + ":*" * plan.open]
        return f"({' <-> '.join(tokens)})" if first else tokens[0]
    if isinstance(plan, Either):
        return f"({' | '.join(map(tsquery, plan.parts))})" if plan.parts else _lexeme(f"{SIGN}never")
    yes = " & ".join(map(tsquery, plan.wanted))
    no = " | ".join(map(tsquery, plan.unwanted))
    return f"(({yes}) & !({no}))" if no else f"({yes})"


def _lexeme(token: str) -> str:
    return f"'{token}'"


def shown_rows(concepts: Sequence[Concept]) -> Iterator[Row]:
    """The rows of words that a hit is marked for."""
    for concept in concepts:
        yield from concept.rows
