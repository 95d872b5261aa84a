"""A statement as annotation tools have it: spans by role, and facts about it as plain JSON values.

Every format of this folder writes these facts and makes records of them again; what none of them has room for is in
DROPS. A fact that a reader does not find (a person drew a new statement and said no more) is made good: the form is
told by the quotation marks, and the confidence is 1, since a person marked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onrecord.errors import MalformedFile, OnrecordError
from onrecord.finding.quoting.forms import form_of
from onrecord.finding.quoting.quotations import Quotations, find_quotations
from onrecord.finding.tagging.drafts import Draft
from onrecord.records import (
    ROLES,
    Article,
    Entity,
    Occasion,
    Provenance,
    Record,
    Role,
    Statement,
    Target,
)
from onrecord.spans import Span, merge

DROPS = (
    "other candidates for the speaker, where persons are mentioned, the evidence of names and occasions, the "
    "words of a valuation, and what the outlet says in its own voice"
)
PLAIN = ("form", "confidence", "status", "cue_class", "voice", "carried_from", "within", "reason")
OF_ENTITY = ("id", "name", "kind", "role", "wikidata", "named")
OF_OCCASION = ("id", "kind", "place", "addressee", "event", "date", "when")
REJECTED = "rejected"

Reviews = Mapping[str, str]
"""What persons said of the statements of a record, by id: confirmed, changed, added, rejected."""

Reviewed = tuple[Record, Reviews]
"""What every writer of this folder takes, as `export_records` gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One statement: where its roles stand, and what else is known."""

    id: str
    spans: Mapping[Role, tuple[Span, ...]]
    facts: Mapping[str, Any]

    def pieces(self) -> list[tuple[Role, int, Span]]:
        """Role, number within the role, and place of each piece, in the order of the roles."""
        return [(role, n, span) for role in ROLES for n, span in enumerate(self.spans.get(role, ()))]


def annotations_of(record: Record, reviews: Reviews) -> tuple[Annotation, ...]:
    """The statements of a record, with what persons said of them."""
    return tuple(
        Annotation(id=s.id, spans={role: s.spans(role) for role in ROLES}, facts=_facts(record, s, reviews.get(s.id)))
        for s in record.statements
    )


def _facts(record: Record, s: Statement, review: str | None) -> dict[str, Any]:
    facts: dict[str, Any] = {name: getattr(s, name) for name in PLAIN}
    facts["speaker"] = _entity(record, s.speaker)
    facts["relayed_by"] = _entity(record, s.relayed_by)
    facts["about"] = [{"sign": target.sign, **(_entity(record, target.entity) or {})} for target in s.about]
    if s.occasion is not None:
        occasion = record.occasion(s.occasion)
        told = {name: getattr(occasion, name) for name in OF_OCCASION}
        facts["occasion"] = {**told, "medium": _entity(record, occasion.medium)}
    facts["decided_by"] = dict(s.decided_by)
    facts["review"] = review
    return {name: fact for name, fact in facts.items() if fact not in (None, [], {})}


def _entity(record: Record, id: str | None) -> dict[str, Any] | None:
    if id is None:
        return None
    entity = record.entity(id)
    told = {name: getattr(entity, name) for name in OF_ENTITY}
    return {name: value for name, value in told.items() if value not in (None, True)}


def maker(record: Record) -> str:
    """What found the statements of a record, as a name that no person has."""
    return f"onrecord {record.provenance.engine}"


def of_article(record: Record) -> dict[str, Any]:
    """What every file says of the article and of what read it, without the text."""
    article, made = record.article, record.provenance
    return {
        "id": article.id,
        **{name: getattr(article, name) for name in ("title", "outlet", "url", "language", "sha256")},
        "date": article.published.isoformat() if article.published else None,
        "engine": made.engine,
        "model": made.model,
        "model_sha256": made.model_sha256,
        "offsets": "code points",
    }


def annotated(article: Article, found: Sequence[Annotation], provenance: Provenance) -> Record:
    """The record that such annotations make. Raises MalformedFile where they contradict one another."""
    entities: dict[str, Entity] = {}
    occasions: dict[str, Occasion] = {}
    known = {one.id for one in found if one.spans.get("content")}
    statements = [
        _statement(article.text, one, known, entities, occasions) for one in found if one.spans.get("content")
    ]
    try:
        return Record(article, tuple(statements), provenance, tuple(entities.values()), tuple(occasions.values()))
    except OnrecordError as error:
        raise MalformedFile(f"article {article.id!r}: {error.seen}", error.wanted, error.todo) from error


def _statement(
    text: str, one: Annotation, known: set[str], entities: dict[str, Entity], occasions: dict[str, Occasion]
) -> Statement:
    facts = one.facts
    source, cue, content = (merge(one.spans.get(role, ())) for role in ROLES)
    try:
        plain: dict[str, Any] = {name: facts[name] for name in PLAIN if name in facts}
        for link in ("carried_from", "within"):
            if plain.get(link) not in known:
                plain.pop(link, None)
        if "form" not in plain:
            plain["form"] = form_of(Draft("person", content, source, cue), text, _quotations(text))[0]
        occasion = facts.get("occasion")
        if occasion is not None:
            medium = _known(occasion.get("medium"), entities)
            told = {name: occasion.get(name) for name in OF_OCCASION}
            occasions.setdefault(occasion["id"], Occasion(**told, medium=medium))
        about = [(_known(target, entities), target.get("sign", "0")) for target in facts.get("about", ())]
        return Statement(
            id=one.id,
            content=content,
            source=source,
            cue=cue,
            **{"confidence": 1.0, **plain},
            speaker=_known(facts.get("speaker"), entities),
            relayed_by=_known(facts.get("relayed_by"), entities),
            occasion=occasion["id"] if occasion else None,
            about=tuple(Target(id, sign) for id, sign in about if id is not None),
            decided_by=facts.get("decided_by", {}),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise MalformedFile(
            f"statement {one.id!r}: {error!r}", "the facts that onrecord wrote", "Restore them"
        ) from error
    except OnrecordError as error:
        raise MalformedFile(f"statement {one.id!r}: {error.seen}", error.wanted, error.todo) from error


@lru_cache(maxsize=1)
def _quotations(text: str) -> Quotations:
    """Those of the article at hand, found once for all that a person drew in it."""
    return find_quotations(text)


def _known(told: Mapping[str, Any] | None, entities: dict[str, Entity]) -> str | None:
    if not told:
        return None
    given = {name: told[name] for name in OF_ENTITY if name in told}
    given.setdefault("kind", "person")
    return entities.setdefault(given["id"], Entity(**given)).id


def reviewed(records: Iterable[Record]) -> Iterable[Reviewed]:
    """Records of which no person has said anything."""
    return ((record, {}) for record in records)
