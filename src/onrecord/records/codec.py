"""How a value is written outside Python: one codec for all of them, driven by their fields and the types of these.

    field           in JSON           in the log       in a table              in a column
    content         [[0, 19]]         [[0, 19]]        content_spans "[[0,19]]"  list of {start, end}
    candidates      [{"entity", …}]   [["holt", 0.9]]  candidates '[["holt",0.9]]'
    cue_class       "neutral"         "neutral"        cue_class "neutral"     text
    Entity.kind     "type"            "kind"           kind                    text

A field that is added to a value is written in all of them at once. What is called otherwise outside says so where it is
declared: `field(metadata=named(json="type"))`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from onrecord.spans import Span

Value = TypeVar("Value")
Way = Callable[[Any], Any]
Nested = Literal["object", "list"]
"""How a value within a value is written: in JSON by the names of its fields, elsewhere by their order."""

dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def named(*, json: str | None = None, column: str | None = None) -> dict[str, str]:
    """The metadata of a field that is called otherwise in JSON, or in a table."""
    return {name: given for name, given in (("json", json), ("column", column)) if given is not None}


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a value: what it is called inside and outside, of which type it is, how it is written and read."""

    name: str
    json: str
    column: str
    hint: Any
    has_default: bool
    may_be_none: bool
    to_json: Way
    from_json: Way
    to_list: Way
    from_list: Way
    to_cell: Way
    from_cell: Way

    def told(self, cell: Any) -> Any:
        """What a database holds of it as plain JSON values, as `to_patch` gives it."""
        if cell is None or self.to_cell in (_same, float, datetime.date.isoformat) or self.hint == datetime.date | None:
            return cell
        return bool(cell) if self.hint is bool else json.loads(cell)


def _parts(kind: type) -> tuple[Part, ...]:
    hints = get_type_hints(kind)
    return tuple(_part(each, hints[each.name]) for each in fields(kind) if each.init)


parts: Callable[[type], tuple[Part, ...]] = cache(_parts)
"""The fields of a class of values that are given when it is made, in order."""


@cache
def choices(kind: type) -> Mapping[str, tuple[Any, ...]]:
    """What may stand in each field of a class that takes one of a few words; None is one where it may be left empty."""
    found = {}
    for name, hint in get_type_hints(kind).items():
        inner = [each for each in get_args(hint) if get_origin(each) is Literal]
        if get_origin(hint) is Literal:
            found[name] = get_args(hint)
        elif len(inner) == 1:
            found[name] = (None, *get_args(inner[0]))
    return found


def to_json(value: Any, *, without: Collection[str] = ()) -> dict[str, Any]:
    """The value as plain JSON values by key, values within it too; `without` some of its fields."""
    return {
        each.json: each.to_json(getattr(value, each.name)) for each in parts(type(value)) if each.name not in without
    }


def from_json(kind: type[Value], data: Mapping[str, Any], **given: Any) -> Value:
    """What `to_json` gave; `given` are fields that are not to be taken from it.

    What a younger version added may be missing. Raises KeyError for a key that must be there.
    """
    for each in parts(kind):
        if each.name not in given and (each.json in data or not each.has_default):
            given[each.name] = each.from_json(data[each.json])
    return kind(**given)


def to_patch(value: Any) -> dict[str, Any]:
    """The value as JSON values by field, short: values within it are lists."""
    return {each.name: each.to_list(getattr(value, each.name)) for each in parts(type(value))}


def from_patch(kind: type[Value], values: Mapping[str, Any]) -> Value:
    """What `to_patch` gave."""
    return kind(**{each.name: each.from_list(values[each.name]) for each in parts(kind) if each.name in values})


def to_cells(value: Any) -> dict[str, Any]:
    """The value as what a database holds, by column: numbers and text, all else as JSON."""
    return {each.column: each.to_cell(getattr(value, each.name)) for each in parts(type(value))}


def from_cells(kind: type[Value], row: Mapping[str, Any], **given: Any) -> Value:
    """What `to_cells` gave; `given` are fields that are not to be taken from it.

    Columns that a later version added may be missing, or hold nothing.
    """
    for each in parts(kind):
        if each.name in given or each.column not in row:
            continue
        if (cell := row[each.column]) is not None or each.may_be_none:
            given[each.name] = each.from_cell(cell)
    return kind(**given)


def spans_json(spans: Collection[Span]) -> str:
    """Spans as JSON, quicker than by an encoder."""
    return "[" + ",".join([f"[{span.start},{span.end}]" for span in spans]) + "]"


def spans_from(words: str) -> tuple[Span, ...]:
    """What `spans_json` gave."""
    return tuple(Span(start, end) for start, end in json.loads(words)) if words != "[]" else ()


def _part(field: Field[Any], hint: Any) -> Part:
    to_list, from_list = _ways(hint, "list")
    to_cell, from_cell = _cell(hint, to_list, from_list)
    return Part(
        field.name,
        field.metadata.get("json", field.name),
        field.metadata.get("column", field.name),
        hint,
        field.default is not MISSING or field.default_factory is not MISSING,
        NoneType in get_args(hint),
        *_ways(hint, "object"),
        to_list,
        from_list,
        to_cell,
        from_cell,
    )


def _same(value: Any) -> Any:
    return value


def _ways(hint: Any, nested: Nested) -> tuple[Way, Way]:
    """How a value of that type becomes JSON, and back."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        there, back = _ways(inner, nested)
        if there is _same:
            return _same, _same
        return lambda value: None if value is None else there(value), lambda data: None if data is None else back(data)
    if origin is tuple:
        there, back = _ways(get_args(hint)[0], nested)
        if there is _same:
            return list, tuple
        return lambda value: [there(each) for each in value], lambda data: tuple([back(each) for each in data])
    if hint is Span:
        return Span.as_list, lambda data: Span(*data)
    if hint is datetime.date:
        return datetime.date.isoformat, datetime.date.fromisoformat
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict, _same
    if hasattr(hint, "to_dict"):
        return hint.to_dict, hint.from_dict
    if not is_dataclass(hint):
        return _same, _same
    assert isinstance(hint, type)
    if nested == "object":
        return to_json, lambda data: from_json(hint, data)
    return (
        lambda value: [each.to_list(getattr(value, each.name)) for each in parts(hint)],
        lambda data: hint(**{each.name: each.from_list(one) for each, one in zip(parts(hint), data, strict=False)}),
    )


def _cell(hint: Any, there: Way, back: Way) -> tuple[Way, Way]:
    if hint == tuple[Span, ...]:
        return spans_json, spans_from
    if hint is bool:
        return int, bool
    if hint is float:
        return float, _same
    if there is _same or there is datetime.date.isoformat or hint == datetime.date | None:
        return there, back
    return (
        lambda value: None if value is None else dump(there(value)),
        lambda cell: None if cell is None else back(json.loads(cell)),
    )
