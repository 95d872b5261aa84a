"""Who carried an utterance, and occasions, as programs are told them."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.archive import loading
from onrecord.archive.store import Archive
from onrecord.errors import NoSuchEntry
from onrecord.tracing import values as judged
from onrecord.tracing.gathering.carriers import Carrier
from onrecord.tracing.gathering.chains import Link, chain
from onrecord.web import shelf
from onrecord.web.answers import portraits, values
from onrecord.web.answers.people import quote
from onrecord.web.answers.statements import slices
from onrecord.web.carried import joined, traced


def trace(archive: Archive, id: int) -> values.Trace:
    """Every carrier of what a statement carries. Raises NoSuchEntry."""
    with archive.database.reading():
        found, numbers = traced(archive, id)
        carriers = [_carrier(archive, link, numbers) for link in (found.links if found else ())]
    return values.Trace(
        statement=id,
        original=numbers[found.original.id] if found else None,
        speaker=found.utterance.speaker if found else None,
        outlets=list(found.utterance.outlets) if found else [],
        carriers=carriers,
    )


def occasion(archive: Archive, id: int) -> portraits.Occasion:
    """An occasion as all articles near it have it. Raises NoSuchEntry."""
    with archive.database.reading():
        row = shelf.occasion(archive, id)
        if row is None:
            raise NoSuchEntry(f"occasion {id}", "an occasion of the archive", "Come to it from a person")
        found, numbers = joined(archive, id)
        own = [quote(said) for _, said in shelf.said_on(archive, [id])]
        utterances = []
        for said in found.said if found else ():
            whole = chain(said.utterance)
            there = {carrier.id for carrier in said.carriers}
            links = [link for link in whole.links if link.carrier.id in there]
            utterances.append(
                portraits.OccasionUtterance(
                    original=numbers[whole.original.id],
                    outlets=list(said.outlets),
                    carriers=[_carrier(archive, link, numbers) for link in links],
                )
            )
    return portraits.Occasion(
        id=id,
        href=f"/api/occasions/{id}",
        page=f"/occasions/{id}",
        kind=(found.kind if found else None) or row.kind,  # type: ignore[arg-type]
        when=(found.when if found else None) or row.said_on,
        medium=found.medium if found else None,
        place=found.place if found else None,
        event=found.event if found else None,
        speaker=found.speaker if found else None,
        articles=[int(name) for name in found.articles] if found else [row.article],
        outlets=list(found.outlets) if found else [],
        utterances=utterances,
        statements=own,
    )


def _carrier(archive: Archive, link: Link, numbers: Mapping[str, int]) -> values.CarrierRef:
    carrier = link.carrier
    number = numbers[carrier.id]
    page = f"/articles/{carrier.article}"
    return values.CarrierRef(
        statement=number,
        href=f"/api/statements/{number}",
        page=f"{page}#s{carrier.statement}",
        article=values.ArticleRef(
            id=int(carrier.article),
            href=f"/api/articles/{carrier.article}",
            page=page,
            title=carrier.title,
            outlet=carrier.outlet,
            published=carrier.published.isoformat() if carrier.published else None,
            source_url=carrier.url,
        ),
        content=_words(archive, carrier),
        speaker=carrier.speaker,
        form=carrier.form,
        verdict=_verdict(link.verdict) if link.verdict else None,
        copied_from=link.copied.outlet if link.copied else None,
    )


def _words(archive: Archive, carrier: Carrier) -> list[values.Slice]:
    return slices(carrier.spans, loading.text_of(archive, int(carrier.article)))


def _verdict(verdict: judged.Verdict) -> values.Verdict:
    return values.Verdict(
        kind=verdict.kind,
        score=verdict.score,
        alarming=verdict.alarming,
        out_of_context=verdict.out_of_context,
        reasons=[values.Reason(code=reason.code, words=reason.words) for reason in verdict.reasons],
        difference=[
            values.Difference(op=change.op, original=change.original, carried=change.carried) for change in verdict.diff
        ],
    )
