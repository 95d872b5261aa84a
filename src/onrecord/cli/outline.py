"""A record as people read it: statements under the words that name their source, nested ones inside.

Rena Holt                       Group
  #1 said …                       Entry
    Ito                             Group
      #2 had told …                   Entry
carried on from #1 (Rena Holt)  Group
  #3 …                            Entry
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from onrecord.records import Form, Record, Statement

FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement, and the groups of those that stand within its content."""

    statement: Statement
    inner: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours with the same source: its words as printed, or in `told` what stands for them."""

    source: str
    told: str
    entries: tuple[Entry, ...]

    @property
    def heading(self) -> str:
        """The source, or what is told in its place."""
        return self.source or self.told


def outline(record: Record) -> tuple[Group, ...]:
    """All statements of `record`, in reading order, grouped and nested."""
    children: dict[str | None, list[Statement]] = {}
    for statement in record.statements:
        children.setdefault(statement.within, []).append(statement)
    by_id = {statement.id: statement for statement in record.statements}

    def source(statement: Statement) -> tuple[object, str]:
        return statement.source, "" if statement.source else _told(record, statement, by_id)

    def groups(within: str | None) -> Iterator[Group]:
        for (_, told), group in groupby(children.get(within, ()), key=source):
            statements = tuple(group)
            entries = tuple(Entry(s, tuple(groups(s.id))) for s in statements)
            yield Group(_in_a_line(record.words(statements[0], "source")), told, entries)

    return tuple(groups(None))


def counts(record: Record) -> str:
    """How many statements there are, and of which form: "3 statements: 2 direct, 1 indirect"."""
    forms = Counter(statement.form for statement in record.statements)
    if not forms:
        return "no statement found"
    parts = ", ".join(f"{forms[form]} {form}" for form in FORMS if forms[form])
    return f"{forms.total()} statement{'' if forms.total() == 1 else 's'}: {parts}"


def reasons(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Each field with what decided it, the confidence last and with its value."""
    decided = dict(statement.decided_by)
    sure = f"{statement.confidence:.4f}"
    if by := decided.pop("confidence", None):
        sure += f", {by}"
    return *decided.items(), ("confidence", sure)


def said(text: str) -> str:
    """`text` for reflowing: a line break inside a paragraph is a space, an empty line a line break."""
    paragraphs = "\n".join(text.splitlines()).split("\n\n")
    return "\n".join(line for paragraph in paragraphs if (line := " ".join(paragraph.split())))


def _told(record: Record, statement: Statement, by_id: Mapping[str, Statement]) -> str:
    if statement.carried_from is None:
        return "no source named"
    at = by_id[statement.carried_from]
    while not at.source and at.carried_from is not None:
        at = by_id[at.carried_from]
    words = _in_a_line(record.words(at, "source"))
    return f"carried on from #{statement.carried_from}" + (f" ({words})" if words else "")


def _in_a_line(words: str) -> str:
    return " ".join(words.split())
