"""A record as rows, and rows as a record: one is the other's inverse.

Spans are JSON lists of [start, end]; what is searched stands in columns, what only has to come back in JSON. Ids of
the record ("local" ones) are kept beside the row ids that tables point with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onrecord.records import (
    Article,
    Asserted,
    Candidate,
    Decisions,
    Entity,
    Namesake,
    Occasion,
    Provenance,
    Record,
    Statement,
    Target,
)
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

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quoted = json.encoder.encode_basestring  # a string as JSON, without the cost of an encoder
_load = json.loads
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
        into.statements.append(
            (
                id,
                reading,
                article,
                s.id,
                *span_columns(s, text),
                s.form,
                float(s.confidence),
                s.status,
                s.cue_class,
                s.voice,
                entities[s.speaker] if s.speaker is not None else None,
                persons[s.speaker] if s.speaker is not None else None,
                entities[s.relayed_by] if s.relayed_by is not None else None,
                occasions[s.occasion] if s.occasion is not None else None,
                said_on[s.occasion] if s.occasion is not None else None,
                s.reason,
                s.carried_from,
                s.within,
                candidates_json(s.candidates),
                decided_json(s.decided_by),
                None,
            )
        )
        for place, target in enumerate(s.about):
            into.abouts.append(
                (id, place, entities[target.entity], persons[target.entity], target.sign, spans_json(target.words))
            )
    for place, a in enumerate(record.asserted):
        into.asserted.append((reading, place, a.span.start, a.span.end, a.relation, a.statement, a.why))
    ids.entities += len(record.entities)
    ids.occasions += len(record.occasions)


def candidates_json(candidates: Sequence[Candidate]) -> str:
    """Candidates as JSON pairs of local id and score."""
    return "[" + ",".join([f"[{_quoted(c.entity)},{float(c.score)!r}]" for c in candidates]) + "]"


def decided_json(decided_by: Mapping[str, str]) -> str:
    """What decided each field as a JSON object."""
    pairs = decided_by.pairs if isinstance(decided_by, Decisions) else decided_by.items()
    return "{" + ",".join([f"{_quoted(name)}:{_quoted(decider)}" for name, decider in pairs]) + "}"


def span_columns(s: Statement, text: str) -> Row:
    """The columns from `start` to `cue`: where a statement stands, and the article's own words there."""
    start = s.content[0].start
    if s.source:
        start = min(start, s.source[0].start)
    if s.cue:
        start = min(start, s.cue[0].start)
    return (
        start,
        spans_json(s.content),
        spans_json(s.source),
        spans_json(s.cue),
        words_of(s.content, text),
        words_of(s.source, text),
        words_of(s.cue, text),
    )


def words_of(spans: Sequence[Span], text: str) -> str:
    """The words there, pieces joined by " … "."""
    if len(spans) == 1:
        return text[spans[0].start : spans[0].end]
    return PIECES.join(text[span.start : span.end] for span in spans)


def spans_json(spans: Sequence[Span]) -> str:
    """Spans as JSON, quicker than by the encoder."""
    return "[" + ",".join([f"[{span.start},{span.end}]" for span in spans]) + "]"


def spans_from(words: str) -> tuple[Span, ...]:
    """What `spans_json` gave."""
    return tuple(Span(start, end) for start, end in _load(words)) if words != "[]" else ()


def entity_row(e: Entity, id: int, reading: int, place: int, person: int | None) -> Row:
    """One entity as the columns of its table."""
    more = f'{{"mentions":{spans_json(e.mentions)}'
    if e.aka:
        more += f',"aka":{_dump(e.aka)}'
    if e.namesakes:
        more += f',"namesakes":{_dump([(n.wikidata, n.name, n.score, n.evidence) for n in e.namesakes])}'
    if e.evidence:
        more += f',"evidence":{_dump(e.evidence)}'
    return (
        id,
        reading,
        e.id,
        place,
        person,
        e.name,
        e.kind,
        e.role,
        e.of,
        e.wikidata,
        int(e.named),
        e.count,
        more + "}",
    )


def entity_from(row: Mapping[str, Any]) -> Entity:
    """The entity of a row, given by column."""
    more = _load(row["more"])
    return Entity(
        id=row["local"],
        name=row["name"],
        kind=row["kind"],
        aka=tuple(more.get("aka", ())),
        mentions=tuple(Span(start, end) for start, end in more.get("mentions", ())),
        role=row["role"],
        of=row["of"],
        wikidata=row["wikidata"],
        named=bool(row["named"]),
        count=row["count"],
        namesakes=tuple(Namesake(*item) for item in more.get("namesakes", ())),
        evidence=tuple(more.get("evidence", ())),
    )


def occasion_row(o: Occasion, id: int, reading: int, place: int) -> Row:
    """One occasion as the columns of its table."""
    said = (o.kind, o.medium, o.place, o.addressee, o.event, o.date, o.when)
    return (id, reading, o.id, place, *said, spans_json(o.evidence))


def occasion_from(row: Mapping[str, Any]) -> Occasion:
    """The occasion of a row, given by column."""
    return Occasion(
        id=row["local"],
        kind=row["kind"],
        medium=row["medium"],
        place=row["place"],
        addressee=row["addressee"],
        event=row["event"],
        date=row["date"],
        when=row["said_on"],
        evidence=spans_from(row["evidence"]),
    )


def statement_from(
    row: Mapping[str, Any], entities: Mapping[int, str], occasions: Mapping[int, str], about: Sequence[Target]
) -> Statement:
    """The statement of a row, given by column; `entities` and `occasions` are the local ids of row ids."""
    return Statement(
        id=row["local"],
        content=spans_from(row["content_spans"]),
        source=spans_from(row["source_spans"]),
        cue=spans_from(row["cue_spans"]),
        form=row["form"],
        confidence=row["confidence"],
        carried_from=row["carried_from"],
        within=row["within"],
        speaker=None if row["speaker"] is None else entities[row["speaker"]],
        candidates=tuple(Candidate(id, score) for id, score in _load(row["candidates"])),
        reason=row["reason"],
        cue_class=row["cue_class"],
        status=row["status"],
        voice=row["voice"],
        occasion=None if row["occasion"] is None else occasions[row["occasion"]],
        relayed_by=None if row["relayed_by"] is None else entities[row["relayed_by"]],
        about=tuple(about),
        decided_by=_load(row["decided_by"]),
    )


def asserted_from(row: Mapping[str, Any]) -> Asserted:
    """The outlet's own words of a row, given by column."""
    return Asserted(Span(row["first"], row["last"]), row["relation"], row["statement"], row["why"])


def origin_json(origin: Origin | None) -> str | None:
    """An origin without its bytes."""
    return None if origin is None else _dump(origin.to_dict())


def article_from(row: Mapping[str, Any], text: str, outlet: str | None) -> Article:
    """The article of a row, given by column."""
    return Article(
        text=text,
        id=row["name"],
        title=row["title"],
        outlet=outlet,
        published=None if row["published"] is None else date.fromisoformat(row["published"]),
        url=row["url"],
        language=row["language"],
        origin=None if row["origin"] is None else Origin.from_dict(_load(row["origin"])),
    )


def provenance_of(row: Mapping[str, Any]) -> Provenance:
    """What made a reading or a run."""
    return Provenance(row["engine"], row["model"], row["model_sha256"])
