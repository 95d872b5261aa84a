"""A record: an article, the statements found in it, whom and what they point to, and what found them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Self, TypeVar

from onrecord.errors import RecordError
from onrecord.marking import Mark, panel
from onrecord.records.articles import Article, Provenance
from onrecord.records.codec import from_json, to_json
from onrecord.records.entities import Asserted, Entity, Occasion
from onrecord.records.plain import article_from_json, article_to_json, statement_from_json, statement_to_json
from onrecord.records.statements import ROLES, Role, Statement
from onrecord.spans import Span

FORMAT = 1
"""Of the JSON of a record; what was written before it was numbered has the same keys."""
HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
Part = TypeVar("Part", Statement, Entity, Occasion)


@dataclass(frozen=True)
class Record:
    """An article, the statements found in it, and what found them.

    Statements are put in reading order: by where they start, then by where their content does, the longer first;
    `asserted`, what the outlet says in its own voice, by place. Entities and occasions stay as given.

    Raises RecordError when an id is used twice, a span ends past the text, a link names what the record does not hold,
    or `carried_from`, `within` or an entity's `of` leads back to where it began.
    """

    article: Article
    statements: tuple[Statement, ...]
    provenance: Provenance
    entities: tuple[Entity, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    asserted: tuple[Asserted, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "statements", tuple(sorted(self.statements, key=_reading_order)))
        object.__setattr__(self, "asserted", tuple(sorted(self.asserted, key=lambda a: (a.span, a.relation, a.why))))
        by_id = {statement.id: statement for statement in self.statements}
        _check_ids("statement", [statement.id for statement in self.statements])
        _check_ids("entity", [entity.id for entity in self.entities])
        _check_ids("occasion", [occasion.id for occasion in self.occasions])
        for what, id, end in self._ends():
            if end > len(self.article.text):
                raise RecordError(
                    f"{what} {id!r} up to {end} in a text of length {len(self.article.text)}",
                    "spans within the text",
                    "Make the record from the article that was read",
                )
        _check_links({id: statement.carried_from for id, statement in by_id.items()}, "carried_from")
        _check_links({id: statement.within for id, statement in by_id.items()}, "within")
        _check_links({entity.id: entity.of for entity in self.entities}, "of", "entity")
        self._check_pointers()

    def _ends(self) -> Iterator[tuple[str, str, int]]:
        for s in self.statements:
            yield "statement", s.id, s.extent.end
            for target in s.about:
                yield from (("about", s.id, span.end) for span in target.words)
        for e in self.entities:
            yield from (("entity", e.id, span.end) for span in e.mentions)
        for o in self.occasions:
            yield from (("occasion", o.id, span.end) for span in o.evidence)
        yield from (("asserted", a.statement or "", a.span.end) for a in self.asserted)

    def _check_pointers(self) -> None:
        entities = {entity.id for entity in self.entities}
        occasions = {occasion.id for occasion in self.occasions}
        statements = {statement.id for statement in self.statements}
        for s in self.statements:
            named = [c.entity for c in s.candidates] + [target.entity for target in s.about]
            _check_known(f"statement {s.id!r}", [s.speaker, s.relayed_by, *named], entities, "entity")
            _check_known(f"statement {s.id!r}", [s.occasion], occasions, "occasion")
        for o in self.occasions:
            _check_known(f"occasion {o.id!r}", [o.medium], entities, "entity")
        for a in self.asserted:
            _check_known(f"asserted {a.span.as_list()}", [a.statement], statements, "statement")

    def entity(self, id: str) -> Entity:
        """The entity with that id. Raises RecordError when there is none."""
        return _named(self._entities, id, "entity")

    def occasion(self, id: str) -> Occasion:
        """The occasion with that id. Raises RecordError when there is none."""
        return _named(self._occasions, id, "occasion")

    def statement(self, id: str) -> Statement:
        """The statement with that id. Raises RecordError when there is none."""
        return _named(self._statements, id, "statement")

    @cached_property
    def _entities(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _occasions(self) -> Mapping[str, Occasion]:
        return {occasion.id: occasion for occasion in self.occasions}

    @cached_property
    def _statements(self) -> Mapping[str, Statement]:
        return {statement.id: statement for statement in self.statements}

    def speaker(self, statement: Statement) -> Entity | None:
        """Who speaks in a statement of this record, or None where that is not known."""
        return None if statement.speaker is None else self.entity(statement.speaker)

    def words(self, statement: Statement, role: Role = "content") -> str:
        """The article's own words in that role, pieces joined by " … "; "" when the role is empty.

        A statement holds places and no words: this is the way to its text. Raises RecordError for what is no statement,
        or no role.
        """
        if not isinstance(statement, Statement):
            raise RecordError(
                f"{statement!r} instead of a statement", "a statement of this record", "Take record.statement(id) first"
            )
        if role not in ROLES:
            raise RecordError(f"the role {role!r}", f"one of {', '.join(ROLES)}", 'Leave it out for "content"')
        return " … ".join(span.slice(self.article.text) for span in statement.spans(role))

    def quote(self, id: str) -> str:
        """The content of the statement with that id, word for word."""
        return self.words(self.statement(id))

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values, keys in the order of the published format."""
        occasions = {occasion.id: to_json(occasion) for occasion in self.occasions}
        return {
            "format": FORMAT,
            **article_to_json(self.article),
            "engine": to_json(self.provenance),
            "attributions": [statement_to_json(statement, occasions) for statement in self.statements],
            "entities": {entity.id: to_json(entity, without=("id",)) for entity in self.entities},
            "occasions": occasions,
            "asserted": [a.span.as_list() for a in self.asserted],
            "own_voice": [to_json(a, without=("span",)) for a in self.asserted],
        }

    def to_json(self) -> str:
        """One line of JSON that any UTF-8 stream can take; the same record gives the same line.

        A lone half of a UTF-16 pair is written as an escape. Raises RecordError where two halves stand together: read
        back, JSON would join them, and every offset behind them would be wrong.
        """
        if halves := HALVES.search(self.article.text):
            raise RecordError(
                f"at offset {halves.start()} a character in two UTF-16 halves",
                "code points (a lone half may stay)",
                'Join them before reading: text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")',
            )
        line = json.dumps(self.to_dict(), ensure_ascii=False)
        try:
            line.encode("utf-8")
        except UnicodeEncodeError:
            line = json.dumps(self.to_dict())
        return line

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` gave, read back: equal to the record it came from.

        Raises RecordError when a key is missing or of the wrong kind, or the text is not the one
        the digest was taken of.
        """
        if not isinstance(data, Mapping):
            raise RecordError(
                f"a {type(data).__name__}", "an object as Record.to_dict writes it", "Load the JSON first"
            )
        if (made := data.get("format", FORMAT)) not in range(1, FORMAT + 1):
            raise RecordError(
                f"a record of format {made!r}", f"format {FORMAT} or older", "Update: pip install --upgrade onrecord"
            )
        try:
            asserted = zip(data.get("asserted", ()), data.get("own_voice", ()), strict=True)
            record = cls(
                article_from_json(data),
                tuple(map(statement_from_json, data["attributions"])),
                from_json(Provenance, data["engine"]),
                tuple(from_json(Entity, item, id=id) for id, item in data.get("entities", {}).items()),
                tuple(from_json(Occasion, item) for item in data.get("occasions", {}).values()),
                tuple(from_json(Asserted, how, span=Span(*pair)) for pair, how in asserted),
            )
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, RecordError):
                raise
            seen = f"no key {error}" if isinstance(error, KeyError) else f"a value of another kind ({error})"
            raise RecordError(seen, "an object as Record.to_dict writes it", "Export the record again") from error
        if record.article.sha256 != data["sha256"]:
            raise RecordError(
                f"a text with digest {record.article.sha256[:12]}…",
                f"the text that was read, {str(data['sha256'])[:12]}…",
                "Restore the text, or read the article anew: the offsets no longer hold",
            )
        return record

    def __repr__(self) -> str:
        of = self.article.title or self.article.id
        n = len(self.statements)
        return f"<Record of {of!r}: {n} statement{'' if n == 1 else 's'}>"

    def _repr_html_(self) -> str:
        marks = [
            Mark(span, role, statement.id)
            for statement in self.statements
            for role in ROLES
            for span in statement.spans(role)
        ]
        return panel(self.article.text, marks, self.article.title or self.article.id)


def _reading_order(statement: Statement) -> tuple[int, int, int, str]:
    extent = statement.extent
    return extent.start, statement.content[0].start, -extent.end, statement.id


def _check_links(links: Mapping[str, str | None], name: str, what: str = "statement") -> None:
    sound = set[str]()  # those whose chain has been followed to its end
    for id in links:
        seen, at = {id}, links[id]
        while at is not None and at not in sound:
            if at not in links:
                raise RecordError(f"{name} {at!r}", f"the id of a {what} in this record", "Add it, or use None")
            if at in seen:
                raise RecordError(
                    f"{name} of {what} {id!r} going round in a circle",
                    "a chain that ends",
                    "Cut it with None",
                )
            seen.add(at)
            at = links[at]
        sound |= seen


def _check_ids(what: str, ids: list[str]) -> None:
    if len(set(ids)) < len(ids):
        twice = next(id for id, times in Counter(ids).items() if times > 1)
        raise RecordError(f"{what} id {twice!r} more than once", "ids that differ", "Number them anew")


def _check_known(where: str, pointers: Iterable[str | None], known: set[str], what: str) -> None:
    for id in pointers:
        if id is not None and id not in known:
            raise RecordError(f"{what} {id!r} in {where}", f"the id of an {what} of the record", "Add it, or use None")


def _named(values: Mapping[str, Part], id: str, what: str) -> Part:
    if id in values:
        return values[id]
    ids = ", ".join(islice(values, 8)) or "none"
    raise RecordError(f"{what} id {id!r}", f"an id of this record ({ids})", f"List its {what} ids")
