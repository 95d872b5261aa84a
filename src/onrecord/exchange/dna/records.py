"""A file of DNA as records, so that an archive can keep it: documents are articles, coded stretches are content.

The speaker of each is its person, of its organisation, or the organisation alone. What was coded stands beside, by
article and statement, as `exchange.codes` reads it. DNA marks neither cue nor source, and not whether words are quoted
whole; such a statement counts as reported in other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import onrecord
from onrecord.exchange.dna.project import DnaProject
from onrecord.records import Article, Entity, Kind, Provenance, Record, Statement
from onrecord.records.coded import Coded, CodedDocument


def records(project: DnaProject) -> Iterator[Record]:
    """A record of each document with a text; statements have the ids of the file."""
    said: dict[str, list[Coded]] = defaultdict(list)
    for coded in project.statements:
        if coded.span is not None and (coded.person or coded.organization):
            said[coded.document.id].append(coded)
    for document in project.documents:
        if document.text.strip():
            yield _record(document, said[document.id])


def _record(document: CodedDocument, said: list[Coded]) -> Record:
    entities: dict[tuple[Kind, str, str], Entity] = {}

    def entity(kind: Kind, name: str, of: str = "") -> str | None:
        if not name:
            return None
        body = entity("organisation", of)
        id_ = f"{kind[0]}{len(entities) + 1}"
        return entities.setdefault((kind, name, of), Entity(id=id_, name=name, kind=kind, of=body)).id

    statements = []
    for coded in sorted(said, key=lambda coded: (coded.span is None, coded.span)):
        assert coded.span is not None
        speaker = entity("person", coded.person, coded.organization) or entity("organisation", coded.organization)
        by = f"DNA, coder {coded.coder or 'unknown'}"
        statements.append(
            Statement(
                id=coded.id,
                content=(coded.span,),
                form="indirect",
                confidence=1.0 if coded.confidence is None else coded.confidence,
                speaker=speaker,
                decided_by={"content": by, "speaker": by, "form": "not marked in DNA"},
            )
        )
    article = Article(
        text=document.text,
        id=f"dna:{document.id}",
        title=document.title or None,
        outlet=document.source or None,
        published=document.when.date(),
        url=document.url or None,
    )
    return Record(article, tuple(statements), Provenance(onrecord.__version__), tuple(entities.values()))
