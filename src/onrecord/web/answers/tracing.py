"""Who carried an utterance, and occasions, as programs are told them."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.archive.store import loading
from onrecord.archive.store.opening import Archive
from onrecord.errors import NoSuchEntry
from onrecord.tracing.gathering.carriers import Carrier
from onrecord.tracing.gathering.chains import Chain, ChainLink
from onrecord.web import shelf
from onrecord.web.answers import portraits, values
from onrecord.web.answers.people import quote
from onrecord.web.answers.statements import slices
from onrecord.web.carried import judged, near, traced


def trace(archive: Archive, id: int) -> values.Trace:
    """Every carrier of what a statement carries. Raises NoSuchEntry."""
    with archive.database.reading():
        found, numbers = traced(archive, id)
        carriers = [_carrier(archive, found, link, numbers) for link in found.links] if found else []
    return values.Trace(
        statement=id,
        original=numbers.get(found.original.id) if found and found.original else None,
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
        held = near(archive, id)
        found, numbers = held.occasion, held.numbers
        own = [quote(said) for _, said in shelf.said_on(archive, [id])]
        utterances = []
        for said in found.said if found else ():
            whole = judged(said.utterance)
            there = {carrier.id for carrier in said.carriers}
            links = [link for link in whole.links if link.carrier.id in there]
            utterances.append(
                portraits.OccasionUtterance(
                    original=numbers.get(whole.original.id) if whole.original else None,
                    outlets=list(said.outlets),
                    carriers=[_carrier(archive, whole, link, numbers) for link in links],
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


def _carrier(archive: Archive, chain: Chain, link: ChainLink, numbers: Mapping[str, int]) -> values.CarrierRef:
    carrier = link.carrier
    number = numbers.get(carrier.id)
    page = f"/articles/{carrier.article}"
    return values.CarrierRef(
        statement=number,
        href=None if number is None else f"/api/statements/{number}",
        page=page if number is None else f"{page}#s{carrier.statement}",
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
        copied_from=link.copied.outlet if link.copied else None,
        **chain.told(link),
    )


def _words(archive: Archive, carrier: Carrier) -> list[values.Slice]:
    return slices(carrier.spans, loading.text_of(archive, int(carrier.article)))
