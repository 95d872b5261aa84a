"""What people changed in a record while it was in another tool: a list, statement by statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import ROLES, Record

FIELDS = (*ROLES, "form", "status", "speaker")


@dataclass(frozen=True, slots=True)
class Recoded:
    """One field of a statement, or all of it (`content`) where it was drawn anew or taken away, before and after."""

    statement: str
    field: str
    before: str | None
    after: str | None


def changes(before: Record, after: Record) -> Iterator[Recoded]:
    """What is otherwise in `after`: statements that are gone, changed and new, in that order."""
    old, new = ({s.id: _told(record, s.id) for s in record.statements} for record in (before, after))
    for id, told in old.items():
        if id not in new:
            yield Recoded(id, "content", told["content"], None)
    for id, told in old.items():
        for name in FIELDS:
            if id in new and told[name] != new[id][name]:
                yield Recoded(id, name, told[name], new[id][name])
    for id, told in new.items():
        if id not in old:
            yield Recoded(id, "content", None, told["content"])


def _told(record: Record, id: str) -> dict[str, str | None]:
    s = record.statement(id)
    speaker = record.speaker(s)
    words: dict[str, str | None] = {
        str(role): " ".join(f"{span.start}-{span.end} {span.slice(record.article.text)}" for span in s.spans(role))
        or None
        for role in ROLES
    }
    return {**words, "form": s.form, "status": s.status, "speaker": speaker.name if speaker else None}
