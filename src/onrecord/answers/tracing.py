"""Who carried the words of a statement, and what was said on one occasion, gathered in an archive.

Articles are called by their numbers in the archive. `occasions` of tracing join what one speaker said; here those of
several speakers come together: the news conference of the mayor is also that of her health chief.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.answers import listing, portraits, values
from onrecord.answers.archive_tracing import TracedArchive, carriers, carriers_asked
from onrecord.answers.gathering import alike_in_meaning, as_record, gather, quoted, vectors
from onrecord.answers.people import quote
from onrecord.answers.statements import pieces
from onrecord.archive.listing.printed import numbers_of
from onrecord.archive.store import loading
from onrecord.archive.store.archive import Archive
from onrecord.errors import NoSuchEntry
from onrecord.records import Article, Record
from onrecord.tracing.gathering.carriers import carriers_of
from onrecord.tracing.gathering.chains import Chain, ChainLink, chain
from onrecord.tracing.gathering.events import Fetch
from onrecord.tracing.gathering.occasions import JoinedOccasion, occasions
from onrecord.tracing.gathering.shingles import plain_words
from onrecord.tracing.gathering.utterances import Utterance

if TYPE_CHECKING:
    from onrecord.embedding import Meanings

MOST_TRACED = 80
KNOWN = ("when", "medium", "place")


def trace(
    articles: Iterable[Article | Record | str] = (),
    archive: Archive | None = None,
    *,
    statement: str | None = None,
    words: str | None = None,
    meaning: bool = False,
    words_only: bool = False,
    least: int = 2,
) -> tuple[Chain, ...]:
    """Who carried an utterance, and what each did to the words: a chain for each that has `least` carriers.

    >>> for chain in trace(articles):  # doctest: +SKIP
    ...     for link in chain.links:
    ...         print(link.carrier.outlet, link.verdict and link.verdict.kind)

    Args:
        articles: texts, articles, or records that were read before.
        archive: traced too; alone it is traced as a whole.
        statement: only the utterance of this one: ARTICLE#s1, or s12 in an archive.
        words: only utterances with a carrier that has all these words; in an archive alone a search.
        meaning: find paraphrase by sentence vectors too (an extra).
        words_only: compare words alone, even where vectors are installed.
    """
    likeness = (lambda: None) if words_only else vectors
    asked = Asked(statement, words, meaning, likeness)
    found, _ = carried((as_record(one) for one in articles), archive, asked)
    return tuple(chains((one for one in found if enough(one, least)), asked))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which utterances are asked for, and by what means. `tell` is told what a reader must know, `progress` of each
    article that was read."""

    statement: str | None = None
    words: str | None = None
    meaning: bool = False
    likeness: Callable[[], Meanings | None] = lambda: None
    tell: Callable[[str], None] = lambda words: None
    progress: Callable[[str], None] = lambda text: None


def carried(
    given: Iterable[Record], archive: Archive | None, asked: Asked
) -> tuple[tuple[Utterance, ...], Mapping[str, int]]:
    """The utterances that are asked for, and the numbers in the archive of the statements that were met.

    Raises NoSuchEntry where the archive does not show such a statement, QueryError for a search that cannot be meant.
    """
    if archive is None:
        return _wanted(_gathered(given, asked), asked, set()), {}
    records = list(given)
    if asked.meaning or not (records or asked.statement or asked.words):
        found = _gathered_all(archive, records, asked)
        return _wanted(found, asked, {record.article.id for record in records}), {}
    own = [carrier for record in records for carrier in carriers_of(quoted(record))]
    starts = own or carriers_asked(archive, asked.statement, asked.words, asked.tell)
    kept = TracedArchive(archive, own, records=records, likeness=asked.likeness)
    traced_ones, seen = list[Utterance](), set[str]()
    for start in starts:
        if start.id not in seen and (one := kept.trace(start)) is not None:
            seen |= {carrier.id for carrier in one.carriers}
            traced_ones.append(one)
    named = {record.article.id for record in records}
    return _wanted(traced_ones, asked, named) if records else tuple(traced_ones), kept.numbers


def _gathered(records: Iterable[Record], asked: Asked, fetch: Fetch | None = None) -> tuple[Utterance, ...]:
    return gather(records, fetch, asked.likeness, alike_in_meaning if asked.meaning else None)


def _gathered_all(archive: Archive, records: Sequence[Record], asked: Asked) -> tuple[Utterance, ...]:
    """All of the archive, with the records of files, in place of which articles of the same name do not count."""
    known = {record.article.id: record for record in records}
    numbers: dict[str, int] = {}

    def kept() -> Iterator[Record]:
        yield from records
        for number, record in loading.load_records(archive):
            asked.progress(record.article.text)
            if record.article.id not in known:
                numbers[record.article.id] = number
                yield record

    def again(ids: Collection[str]) -> Iterator[Record]:
        for id in sorted(ids):
            yield known[id] if id in known else loading.load_record(archive, numbers[id])

    return _gathered(kept(), asked, again)


def _wanted(found: Iterable[Utterance], asked: Asked, named: set[str]) -> tuple[Utterance, ...]:
    words = set(plain_words(asked.words or ""))
    return tuple(
        one
        for one in found
        if (not named or any(carrier.article in named for carrier in one.carriers))
        and (not asked.statement or any(carrier.id == asked.statement for carrier in one.carriers))
        and (not words or any(words <= set(plain_words(carrier.words)) for carrier in one.carriers))
    )


def enough(utterance: Utterance, least: int, *, asked_for: bool = False) -> bool:
    """Whether it has so many carriers; or, unless that was `asked_for`, is what a transcript does not bear out."""
    unspoken = utterance.transcript is not None and utterance.spoken is None
    return len(utterance.carriers) >= least or (unspoken and not asked_for)


def chains(found: Iterable[Utterance], asked: Asked) -> Iterator[Chain]:
    """Each utterance with its verdicts; by vectors where it is asked for, or carried in several languages."""
    for utterance in found:
        yield judged(utterance, asked.likeness, always=asked.meaning)


def of_statement(archive: Archive, id: int) -> values.Trace:
    """Every carrier of what a statement carries. Raises NoSuchEntry."""
    found, numbers = traced(archive, id)
    return replace(of_chain(found, numbers), statement=id)


def of_chain(found: Chain | None, numbers: Mapping[str, int]) -> values.Trace:
    """A chain as a reader is told it; `numbers` has the archive's numbers of its carriers, where it is of one."""
    return values.Trace(
        statement=None,
        utterance=found.utterance.id if found else None,
        original=found.original.id if found and found.original else None,
        first=found.utterance.first.id if found else None,
        speaker=found.utterance.speaker if found else None,
        outlets=list(found.utterance.outlets) if found else [],
        alarming=found is not None and found.alarming,
        carriers=[_carrier(found, link, numbers) for link in found.links] if found else [],
    )


def occasion(archive: Archive, id: int) -> portraits.OccasionAnswer:
    """An occasion as all articles near it have it. Raises NoSuchEntry."""
    with archive.database.reading():
        row = listing.occasion(archive, id)
        if row is None:
            raise NoSuchEntry(f"occasion {id}", "an occasion of the archive", "Come to it from a person")
        held = near(archive, id)
        own = [quote(said) for _, said in listing.said_on(archive, [id])]
        found = of_occasion(held.occasion, held.numbers, vectors) if held.occasion else None
    told = {"id": id, "href": f"/api/occasions/{id}", "page": f"/occasions/{id}", "statements": own}
    if found is None:
        return portraits.OccasionAnswer(kind=row.kind, when=row.said_on, articles=[row.article], **told)  # type: ignore[arg-type]
    kind = found.kind or row.kind
    return replace(found, kind=kind, when=found.when or row.said_on, **told)  # type: ignore[arg-type]


def of_occasion(
    found: JoinedOccasion, numbers: Mapping[str, int], likeness: Callable[[], Meanings | None]
) -> portraits.OccasionAnswer:
    """A joined occasion as a reader is told it."""
    utterances = []
    for said in found.said:
        whole, there = judged(said.utterance, likeness), {carrier.id for carrier in said.carriers}
        utterances.append(
            portraits.OccasionUtterance(
                utterance=said.utterance.id,
                original=whole.original.id if whole.original else None,
                outlets=list(said.outlets),
                carriers=[_carrier(whole, link, numbers) for link in whole.links if link.carrier.id in there],
            )
        )
    return portraits.OccasionAnswer(
        kind=found.kind,  # type: ignore[arg-type]
        when=found.when,
        medium=found.medium,
        place=found.place,
        event=found.event,
        speaker=found.speaker,
        articles=[int(name) if name.isdigit() else name for name in found.articles],
        outlets=list(found.outlets),
        utterances=utterances,
        only={outlet: [said.utterance.id for said in alone] for outlet, alone in found.only.items()},
    )


def _carrier(chain: Chain, link: ChainLink, numbers: Mapping[str, int]) -> values.CarrierRef:
    carrier, tie, copied = link.carrier, link.tie, link.copied
    number, kept = numbers.get(carrier.id), carrier.article.isdigit() and carrier.id in numbers
    page = f"/articles/{carrier.article}" if kept else None
    told = chain.told(link)
    told["reasons"] = [values.VerdictReason(**reason) for reason in told["reasons"]]
    told["edits"] = [values.CarriedEdit(**edit) for edit in told["edits"]]
    told["alignment"] = [values.AlignedStretch(**stretch) for stretch in told["alignment"]]
    return values.CarrierRef(
        id=carrier.id,
        local=carrier.statement,
        statement=number,
        href=f"/api/statements/{number}" if kept else None,
        page=f"{page}#s{carrier.statement}" if kept else None,
        article=values.ArticleRef(
            id=int(carrier.article) if kept else carrier.article,
            href=f"/api{page}" if kept else None,
            page=page,
            title=carrier.title,
            outlet=carrier.outlet,
            published=carrier.published.isoformat() if carrier.published else None,
            source_url=carrier.url,
        ),
        content=pieces(carrier.spans, carrier.words, " "),
        speaker=carrier.speaker,
        form=carrier.form,
        tie=values.CarrierTie(kind=tie.kind, strength=tie.strength, why=list(tie.why)) if tie else None,
        copied=values.CopiedFrom(outlet=copied.outlet, carrier=copied.carrier, how=copied.how, why=copied.why)
        if copied
        else None,
        **told,
    )


@dataclass(frozen=True, slots=True)
class Near:
    """The occasion that was asked for, None where it cannot be joined; all that were gathered with it; and the numbers
    in the archive of the statements that carry them."""

    occasion: JoinedOccasion | None
    occasions: tuple[JoinedOccasion, ...]
    numbers: Mapping[str, int]


def judged(utterance: Utterance, likeness: Callable[[], Meanings | None] = vectors, *, always: bool = False) -> Chain:
    """The chain of an utterance, by vectors where it is carried in several languages, or `always`."""
    several = len({carrier.language for carrier in utterance.carriers} - {None}) > 1
    return chain(utterance, likeness() if several or always else None)


def traced(archive: Archive, statement: int) -> tuple[Chain | None, Mapping[str, int]]:
    """The chain of what a statement carries, and the numbers of its carriers. None where it carries none, as
    boilerplate does, or is not shown. Raises NoSuchEntry."""
    with archive.database.reading():
        loading.statement(archive, statement)
        own = carriers(archive, [statement], numbered=True)
        if not own:
            return None, {}
        ((_, carrier),) = own
        kept = TracedArchive(archive, numbered=True, likeness=vectors)
        found = kept.trace(carrier)
    return (judged(found) if found else None), {**kept.numbers, carrier.id: statement}


def near(archive: Archive, occasion: int) -> Near:
    """The occasion as all articles near it together have it, and what else was said then."""
    with archive.database.reading():
        own = listing.said_on(archive, [occasion])
        kept = TracedArchive(archive, numbered=True, likeness=vectors)
        found = occasions(kept.near(list(dict.fromkeys(said.article for _, said in own))))
    wanted = {said.id for _, said in own}
    joined = [
        one
        for one in found
        if any(kept.numbers.get(carrier.id) in wanted for said in one.said for carrier in said.carriers)
    ]
    joined.sort(key=lambda one: one.transcript is None)
    return Near(joined[0] if joined else None, found, kept.numbers)


def gathered(archive: Archive, occasion: int) -> tuple[tuple[JoinedOccasion, ...], Mapping[str, int]]:
    """The occasion of an article as all articles near it have it, one JoinedOccasion a speaker, the first the one that
    is asked for; and the numbers of the carriers. Nothing where it cannot be joined. Raises NoSuchEntry."""
    found = near(archive, occasion)
    return (together(found.occasion, found.occasions) if found.occasion else ()), found.numbers


def carried_by(archive: Archive, article: int, n: int = MOST_TRACED) -> dict[int, int]:
    """How many other articles carry each of the first `n` statements of an article, where any does, by their numbers.

    Nothing where the index of fingerprints lags behind: tracing a whole article would take too long for a page.
    """
    with archive.database.reading():
        kept = TracedArchive(archive, numbered=True, likeness=vectors)
        if kept.proposing != "fingerprints":
            return {}
        found = {}
        for number, carrier in carriers(archive, numbers_of(archive, [article])[:n], numbered=True):
            if (utterance := kept.trace(carrier)) is not None:
                others = {other.article for other in utterance.carriers} - {carrier.article}
                found[number] = len(others)
    return {number: others for number, others in found.items() if others}


def together(first: JoinedOccasion, found: tuple[JoinedOccasion, ...]) -> tuple[JoinedOccasion, ...]:
    """`first`, and which of those found are of one event with it, directly or by another of them."""
    event = [first]
    if first.transcript is not None:
        event += [other for other in found if other.transcript == first.transcript and other.id != first.id]
    left = [other for other in found if other.id not in {one.id for one in event}] if first.kind else []
    while new := next((other for other in left if _is_one(event, other)), None):
        left.remove(new)
        event.append(new)
    return tuple(event)


def _is_one(event: list[JoinedOccasion], other: JoinedOccasion) -> bool:
    for name in KNOWN:
        known = {getattr(one, name) for one in event} - {None}
        if known and getattr(other, name) not in (None, *known):
            return False
    return other.kind == event[0].kind and any(set(one.articles) & set(other.articles) for one in event)
