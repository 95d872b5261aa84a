"""What a search found, as programs are told it."""

from __future__ import annotations

from onrecord.answers import listing, values
from onrecord.answers.statements import speaker
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import Hit, search
from onrecord.archive.store.archive import Archive


def found(archive: Archive, query: Query) -> tuple[values.FoundPage, str | None]:
    """One page of hits, and the cursor of the next. Raises QueryError."""
    with archive.database.reading():
        results = search(archive, query)
        locals_ = listing.locals_of(archive, [hit.statement for hit in results.hits if hit.statement is not None])
    return values.FoundPage(
        total=results.total,
        complete=results.complete,
        notes=list(results.notes),
        facets={
            name: [values.FacetCount(value=count.value, label=count.label, n=count.n) for count in counts]
            for name, counts in results.facets.items()
        },
        hits=[_hit(hit, locals_.get(hit.statement or 0, "")) for hit in results.hits],
        next=None,
    ), results.cursor


def _hit(hit: Hit, local: str) -> values.HitAnswer:
    page = f"/articles/{hit.article}"
    piece = hit.snippet
    return values.HitAnswer(
        statement=hit.statement,
        href=f"/api/articles/{hit.article}" if hit.statement is None else f"/api/statements/{hit.statement}",
        page=f"{page}#s{local}" if local else page,
        article=values.ArticleRef(
            id=hit.article,
            href=f"/api/articles/{hit.article}",
            page=page,
            title=hit.title,
            outlet=hit.outlet,
            published=hit.published,
            source_url=hit.url,
        ),
        snippet=values.HitSnippet(
            start=piece.start,
            end=piece.start + len(piece.words),
            text=piece.words,
            matches=[match.as_list() for match in piece.matches],
        ),
        source=hit.source,
        cue=hit.cue,
        speaker=speaker(hit.speaker, hit.person),
        said_on=hit.said_on,
        form=hit.form,  # type: ignore[arg-type]
        status=hit.status,  # type: ignore[arg-type]
        cue_class=hit.cue_class,  # type: ignore[arg-type]
        occasion=hit.occasion,  # type: ignore[arg-type]
        confidence=hit.confidence,
        review=hit.review,  # type: ignore[arg-type]
        score=hit.score.total if hit.score else None,
    )
