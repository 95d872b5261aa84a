"""A record as rows, and rows as a record: one is the other's inverse.

The codec of the values says what a field is in a row; here stand the columns beside them: row ids that tables point
with, the words of spans, what is searched. Ids of the record ("local" ones) are kept beside the row ids.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.records import ROLES, Article, Asserted, Entity, Occasion, Provenance, Record, Statement, Target
from onrecord.records.codec import dump, from_cells, parts, spans_json, to_cells, to_patch
from onrecord.records.origins import Origin
from onrecord.spans import Span

Row = tuple[Any, ...]
Rows = list[Row]

COLUMNS: dict[str, tuple[str, ...]] = {
    table: tuple(names.split())
    for table, names in {
        "texts": "sha256 text",
        "pages": "sha256 media_type bytes",
        "outlets": "id name",
        "stories": "id key",
        "people": "id key name kind wikidata",
        "articles": ("id story version name title outlet published url language sha256 page origin added current"),
        "copies": "article of share",
        "sketches": "band article",
        "readings": "id run article engine model model_sha256",
        "entities": "id reading local place person name kind role of wikidata named count more",
        "occasions": ("id reading local place_in_record kind medium place addressee event date said_on evidence"),
        "statements": (
            "id reading article local start content_spans source_spans cue_spans content source cue form confidence"
            " status cue_class voice speaker person relayed_by occasion said_on reason carried_from within candidates"
            " decided_by review"
        ),
        "abouts": "statement place entity person sign words",
        "asserted": "reading place first last relation statement why",
    }.items()
}
"""The columns of each table that is loaded, tables in an order in which no row points to a later table."""

for _table, _kind in (("statements", Statement), ("occasions", Occasion)):  # what later versions added comes last
    _known = {*COLUMNS[_table], "about"}  # which has a table of its own
    COLUMNS[_table] += tuple(each.column for each in parts(_kind) if each.column not in _known)
MORE = {each.name for each in parts(Entity) if each.column not in COLUMNS["entities"]}

PIECES = " … "


@dataclass(slots=True)
class Filled:
    """Rows of one reading, by table."""

    entities: Rows = field(default_factory=list)
    occasions: Rows = field(default_factory=list)
    statements: Rows = field(default_factory=list)
    abouts: Rows = field(default_factory=list)
    asserted: Rows = field(default_factory=list)

    def by_table(self) -> dict[str, Rows]:
        """The rows under the name of their table."""
        return {
            "entities": self.entities,
            "occasions": self.occasions,
            "statements": self.statements,
            "abouts": self.abouts,
            "asserted": self.asserted,
        }


@dataclass(slots=True)
class Ids:
    """The next free id of each table whose rows a reading is made of."""

    entities: int
    occasions: int
    statements: int


def reading_rows(
    record: Record, reading: int, article: int, ids: Ids, people: Sequence[int | None], *, into: Filled
) -> None:
    """Put the rows of `record` into `into`, and move `ids` on. `people` holds the person of each of its entities."""
    entities = {entity.id: ids.entities + place for place, entity in enumerate(record.entities)}
    persons = dict(zip(entities, people, strict=True))
    occasions = {occasion.id: ids.occasions + place for place, occasion in enumerate(record.occasions)}
    said_on = {occasion.id: occasion.when for occasion in record.occasions}
    for place, e in enumerate(record.entities):
        into.entities.append(entity_row(e, entities[e.id], reading, place, people[place]))
    for place, o in enumerate(record.occasions):
        into.occasions.append(occasion_row(o, occasions[o.id], reading, place))
    text = record.article.text
    for s in record.statements:
        id = ids.statements
        ids.statements += 1
        row = statement_row(
            s,
            text,
            id=id,
            reading=reading,
            article=article,
            speaker=entities[s.speaker] if s.speaker is not None else None,
            person=persons[s.speaker] if s.speaker is not None else None,
            relayed_by=entities[s.relayed_by] if s.relayed_by is not None else None,
            occasion=occasions[s.occasion] if s.occasion is not None else None,
            said_on=said_on[s.occasion] if s.occasion is not None else None,
            review=None,
        )
        into.statements.append(row)
        for place, target in enumerate(s.about):
            into.abouts.append(
                (id, place, entities[target.entity], persons[target.entity], target.sign, spans_json(target.words))
            )
    for place, a in enumerate(record.asserted):
        into.asserted.append((reading, place, a.span.start, a.span.end, a.relation, a.statement, a.why))
    ids.entities += len(record.entities)
    ids.occasions += len(record.occasions)


def statement_row(s: Statement, text: str, **beside: Any) -> Row:
    """One statement as the columns of its table; `beside` are those that the statement alone does not tell."""
    start = min(spans[0].start for spans in (s.content, s.source, s.cue) if spans)
    words: dict[str, str] = {role: words_of(s.spans(role), text) for role in ROLES}
    cells = {**to_cells(s), **words, "start": start, **beside}
    return tuple([cells[column] for column in COLUMNS["statements"]])


def words_of(spans: Sequence[Span], text: str) -> str:
    """The words there, pieces joined by " … "."""
    if len(spans) == 1:
        return text[spans[0].start : spans[0].end]
    return PIECES.join(text[span.start : span.end] for span in spans)


def entity_row(e: Entity, id: int, reading: int, place: int, person: int | None) -> Row:
    """One entity as the columns of its table; what has no column stands in `more`, where there is any."""
    short = {name: value for name, value in to_patch(e).items() if name in MORE and (value or name == "mentions")}
    cells = {**to_cells(e), "id": id, "reading": reading, "place": place, "person": person, "more": dump(short)}
    return tuple([cells[column] for column in COLUMNS["entities"]])


def entity_from(row: Mapping[str, Any]) -> Entity:
    """The entity of a row, given by column."""
    more = json.loads(row["more"])
    return from_cells(Entity, row, **{e.name: e.from_list(more[e.name]) for e in parts(Entity) if e.name in more})


def occasion_row(o: Occasion, id: int, reading: int, place: int) -> Row:
    """One occasion as the columns of its table."""
    cells = {**to_cells(o), "id": id, "reading": reading, "place_in_record": place}
    return tuple([cells[column] for column in COLUMNS["occasions"]])


def statement_from(
    row: Mapping[str, Any], entities: Mapping[int, str], occasions: Mapping[int, str], about: Sequence[Target]
) -> Statement:
    """The statement of a row, given by column; `entities` and `occasions` are the local ids of row ids."""
    return from_cells(
        Statement,
        row,
        speaker=None if row["speaker"] is None else entities[row["speaker"]],
        relayed_by=None if row["relayed_by"] is None else entities[row["relayed_by"]],
        occasion=None if row["occasion"] is None else occasions[row["occasion"]],
        about=tuple(about),
    )


def asserted_from(row: Mapping[str, Any]) -> Asserted:
    """The outlet's own words of a row, given by column."""
    return from_cells(Asserted, row, span=Span(row["first"], row["last"]))


def origin_json(origin: Origin | None) -> str | None:
    """An origin without its bytes."""
    return None if origin is None else dump(origin.to_dict())


def article_from(row: Mapping[str, Any], text: str, outlet: str | None) -> Article:
    """The article of a row, given by column."""
    return from_cells(Article, row, text=text, id=row["name"], outlet=outlet)


def provenance_of(row: Mapping[str, Any]) -> Provenance:
    """What made a reading or a run."""
    return from_cells(Provenance, row)
