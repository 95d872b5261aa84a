"""Articles of the archive, and runs, as programs are told them."""

from __future__ import annotations

from onrecord.answers import listing, values
from onrecord.answers.statements import of_record, reference
from onrecord.archive.correcting import runs
from onrecord.archive.store import loading
from onrecord.archive.store.archive import Archive


def article(archive: Archive, id: int) -> values.ArticleAnswer:
    """An article with its text and its statements, the rejected ones left out. Raises NoSuchEntry."""
    with archive.database.reading():
        held = loading.article(archive, id)
        record = loading.load_record(archive, id)
        stored = listing.stored(archive, id)
        alike = listing.copies(archive, id)
    ref = reference(held)
    return values.ArticleAnswer(
        id=id,
        href=f"/api/articles/{id}",
        page=f"/articles/{id}",
        record=f"/api/articles/{id}/record",
        name=held.name,
        title=held.title,
        outlet=held.outlet,
        published=ref.published,
        source_url=held.url,
        language=held.language,
        sha256=held.sha256,
        added=held.added,
        version=held.version,
        versions=list(held.versions),
        copies=[
            values.Copy(article=other, href=f"/api/articles/{other}", outlet=outlet, share=min(1.0, share))
            for other, _, outlet, share in alike
        ],
        text=record.article.text,
        statements=[of_record(record, s, stored[s.id], ref) for s in record.statements],
    )


def lines(found: tuple[listing.Listed, ...]) -> list[values.ArticleListed]:
    """Articles as lines of a list."""
    return [
        values.ArticleListed(
            id=one.id,
            href=f"/api/articles/{one.id}",
            page=f"/articles/{one.id}",
            name=one.name,
            title=one.title,
            outlet=one.outlet,
            published=one.published,
            language=one.language,
            statements=one.statements,
        )
        for one in found
    ]


def all_runs(archive: Archive) -> values.Runs:
    """All runs."""
    return values.Runs(
        items=[
            values.RunAnswer(
                id=run.id,
                label=run.label,
                engine=run.provenance.engine,
                model=run.provenance.model,
                started=run.started,
                finished=run.finished,
                articles=run.articles,
                statements=run.statements,
                current=run.current,
            )
            for run in runs.runs(archive)
        ]
    )
