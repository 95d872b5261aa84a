"""Statements of the archive as programs are told them, and why they stand as they do."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.answers import values
from onrecord.answers.listing import Stored
from onrecord.archive.correcting import correction_log as journal
from onrecord.archive.store import loading
from onrecord.archive.store.archive import Archive
from onrecord.archive.store.loading import StoredArticle, StoredStatement
from onrecord.records import Record
from onrecord.records import Statement as InRecord
from onrecord.spans import Span

BETWEEN = " … "
REJECTED = "rejected"
MOST_ROWS = 500


def told(held: StoredStatement) -> values.StatementAnswer:
    """A statement that was loaded by itself."""
    s = held.statement
    return values.StatementAnswer(
        id=held.id,
        href=f"/api/statements/{held.id}",
        page=f"/articles/{held.article.id}#s{s.id}",
        article=reference(held.article),
        local=s.id,
        content=pieces(s.content, held.content),
        source=pieces(s.source, held.source),
        cue=pieces(s.cue, held.cue),
        speaker=speaker(held.speaker, held.person),
        form=s.form,
        cue_class=s.cue_class,
        status=s.status,
        voice=s.voice,
        said_on=held.said_on,
        confidence=s.confidence,
        review=held.review,  # type: ignore[arg-type]
        shown=held.shown and held.review != REJECTED,
    )


def of_record(record: Record, s: InRecord, stored: Stored, article: values.ArticleRef) -> values.StatementAnswer:
    """A statement of a record that was loaded as a whole."""
    text = record.article.text
    entity = record.speaker(s)
    occasion = record.occasion(s.occasion) if s.occasion else None
    return values.StatementAnswer(
        id=stored.id,
        href=f"/api/statements/{stored.id}",
        page=f"{article.page}#s{s.id}",
        article=article,
        local=s.id,
        content=slices(s.content, text),
        source=slices(s.source, text),
        cue=slices(s.cue, text),
        speaker=speaker(entity.name if entity else None, stored.person),
        form=s.form,
        cue_class=s.cue_class,
        status=s.status,
        voice=s.voice,
        said_on=occasion.when if occasion else None,
        confidence=s.confidence,
        review=stored.review,  # type: ignore[arg-type]
        shown=stored.review != REJECTED,
    )


def reference(article: StoredArticle) -> values.ArticleRef:
    """An article as a statement points to it."""
    return values.ArticleRef(
        id=article.id,
        href=f"/api/articles/{article.id}",
        page=f"/articles/{article.id}",
        title=article.title,
        outlet=article.outlet,
        published=article.published.isoformat() if article.published else None,
        source_url=article.url,
    )


def speaker(name: str | None, person: int | None) -> values.Speaker | None:
    """Who speaks, or None where nobody is named."""
    if name is None:
        return None
    return values.Speaker(name=name, person=person, href=f"/api/people/{person}" if person is not None else None)


def slices(spans: Sequence[Span], text: str) -> list[values.Slice]:
    """The pieces of a text."""
    return [values.Slice(start=span.start, end=span.end, text=span.slice(text)) for span in spans]


def pieces(spans: Sequence[Span], joined: str, between: str = BETWEEN) -> list[values.Slice]:
    """The pieces of an article, out of the words that were kept of them together."""
    found, at = [], 0
    for span in spans:
        found.append(values.Slice(start=span.start, end=span.end, text=joined[at : at + len(span)]))
        at += len(span) + len(between)
    return found


def why(archive: Archive, id: int) -> values.Why:
    """Why a statement stands as it does. Raises NoSuchEntry."""
    with archive.database.reading():
        held = loading.statement(archive, id)
        record = loading.load_record(archive, held.article.id, held.run)
        log = journal.of_statement(archive, id)
    names = {entity.id: entity for entity in record.entities}
    s = held.statement
    entity = names.get(s.speaker or "")
    return values.Why(
        statement=id,
        href=f"/api/statements/{id}",
        decided_by=dict(s.decided_by),
        reason=s.reason,
        candidates=[
            values.SpeakerCandidate(
                entity=c.entity, name=names[c.entity].name if c.entity in names else "", score=c.score
            )
            for c in s.candidates
        ],
        evidence=list(entity.evidence) if entity else [],
        namesakes=[
            values.NamesakeAnswer(wikidata=n.wikidata, name=n.name, score=n.score, evidence=n.evidence)
            for n in (entity.namesakes if entity else ())
        ],
        engine=values.Engine(
            version=held.provenance.engine,
            model=held.provenance.model,
            model_sha256=held.provenance.model_sha256,
            run=held.run,
        ),
        last_correction=max((entry.id for entry in log), default=0),
    )


def changes(archive: Archive, **of: int | None) -> values.LoggedCorrections:
    """The latest MOST_ROWS rows of the log: of a statement, an article, a person, or of all."""
    log = journal.history(archive, **of, last=MOST_ROWS)  # type: ignore[arg-type]
    return values.LoggedCorrections(
        items=[_change(entry) for entry in log],
        in_force=[entry.id for entry in log if journal.in_force(log, entry.id)],
    )


def change(archive: Archive, id: int) -> values.LoggedCorrection:
    """One row of the log. Raises NoSuchEntry."""
    return _change(journal.correction(archive, id))


def _change(entry: journal.Correction) -> values.LoggedCorrection:
    return values.LoggedCorrection(
        id=entry.id,
        at=entry.at,
        who=entry.who,
        action=entry.action,
        article=entry.article,
        statement=entry.statement,
        person=entry.person,
        before=dict(entry.before),
        after=dict(entry.after),
        why=entry.why,
        undoes=entry.undoes,
    )
