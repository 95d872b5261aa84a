"""What a person may change of a statement: pure functions from Statement to Statement, and changes as JSON values.

A change is written down as two patches, what was and what came instead, each holding only the values that differ:

    {"speaker": "rena-holt", "decided_by.speaker": "full name"}
    {"speaker": "ito", "decided_by.speaker": "person:anna"}

Put back, the first undoes the change and leaves alone whatever else was changed since. No patch holds words of the
article: contents are offsets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.errors import RecordError
from onrecord.records import ROLES, CueClass, Form, Role, Statement, Status, Target, Voice
from onrecord.records.codec import from_patch, to_patch
from onrecord.spans import Span, merge

Patch = dict[str, Any]
PERSON = "person:"
"""Before the name of a person in `decided_by`."""

DECIDED = "decided_by."


def values_of(statement: Statement) -> Patch:
    """All of a statement as JSON values by field; each decision is a field of its own, `decided_by.form`."""
    values = to_patch(statement)
    decided = values.pop("decided_by")
    return {**values, **{DECIDED + field: decider for field, decider in decided.items()}}


def statement_of(values: Mapping[str, Any]) -> Statement:
    """The statement that `values_of` took apart. Raises RecordError where the values contradict one another."""
    decided = {
        key.removeprefix(DECIDED): value
        for key, value in values.items()
        if key.startswith(DECIDED) and value is not None
    }
    return from_patch(Statement, {**values, "decided_by": decided})


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Patch, Patch]:
    """What of `before` is otherwise in `after`, and what stands there; None is the same as nothing."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def patched(statement: Statement, patch: Mapping[str, Any]) -> Statement:
    """The statement with the values of `patch` put in."""
    return statement_of({**values_of(statement), **patch})


def decided(statement: Statement, who: str, *fields: str) -> Statement:
    """The statement with those fields decided by that person."""
    return replace(statement, decided_by={**statement.decided_by, **dict.fromkeys(fields, PERSON + who)})


def with_speaker(statement: Statement, speaker: str | None, who: str) -> Statement:
    """The statement with that entity, or nobody known, as its speaker."""
    reason = None if speaker is not None else statement.reason or "a reader could not tell"
    return decided(replace(statement, speaker=speaker, reason=reason), who, "speaker")


def with_spans(
    statement: Statement,
    text: str,
    who: str,
    *,
    source: Sequence[Span] | None = None,
    cue: Sequence[Span] | None = None,
    content: Sequence[Span] | None = None,
) -> Statement:
    """The statement with other spans of `text` in the roles given; () empties source or cue.

    Spans are sorted, joined where they touch, and lose white space at their edges. Raises SpanError where one ends
    past the text, RecordError where one holds nothing but white space.
    """
    given: dict[Role, Sequence[Span] | None] = {"source": source, "cue": cue, "content": content}
    for role in ROLES:
        if (spans := given[role]) is not None:
            new: Patch = {role: fitted(spans, text)}
            statement = decided(replace(statement, **new), who, role)
    return statement


def fitted(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The spans sorted, joined where they touch, without white space at their edges. Raises as `with_spans`."""
    kept = []
    for span in spans:
        trimmed = span.trim(text)
        if trimmed is None:
            raise RecordError(
                f"nothing but white space from {span.start} to {span.end}",
                "words of the article",
                "Choose a span with words in it",
            )
        kept.append(trimmed)
    return merge(kept)


def with_form(statement: Statement, form: Form, who: str) -> Statement:
    """The statement in that form."""
    return decided(replace(statement, form=form), who, "form")


def with_framing(
    statement: Statement,
    who: str,
    *,
    cue_class: CueClass | None = None,
    status: Status | None = None,
    voice: Voice | None = None,
) -> Statement:
    """The statement framed otherwise; what is left out stays."""
    given = {"cue_class": cue_class, "status": status, "voice": voice}
    changed: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return decided(replace(statement, **changed), who, *changed)


def with_about(statement: Statement, about: Sequence[Target], text: str, who: str) -> Statement:
    """The statement about those entities, once each, and nobody else. Raises as `with_spans` for their words."""
    named = [target.entity for target in about]
    if len(set(named)) < len(named):
        raise RecordError(
            f"{', '.join(named)} as whom statement {statement.id!r} is about", "each of them once", "Leave one out"
        )
    fit = tuple(replace(target, words=fitted(target.words, text)) for target in about)
    return decided(replace(statement, about=fit), who, "about")


def with_occasion(statement: Statement, occasion: str | None, who: str) -> Statement:
    """The statement on that occasion of the record, or on none that is known."""
    return decided(replace(statement, occasion=occasion), who, "occasion")


def added(statement: Statement, text: str, who: str, id: str) -> Statement:
    """A statement that a person found, under a new id, with every field decided by that person."""
    fields = ("content", "source", "cue", "form", "speaker", "cue_class", "status", "voice", "occasion", "about")
    told = [name for name in fields if getattr(statement, name) not in (None, ())]
    fit: Patch = {role: fitted(statement.spans(role), text) for role in ROLES}
    return decided(replace(statement, id=id, **fit), who, *told)
