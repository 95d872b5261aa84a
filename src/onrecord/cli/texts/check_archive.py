"""`onrecord check ARTICLE… --against-archive`: each statement against the fullest early print of the same words.

A transcript of the event in the archive judges its reports. Else what the archive has of a statement is found by the
index that it keeps. Of all who carry the words, the one that stands
for what was said is taken: of those that quote, the first printed that has nearly all of it. The article itself, its
versions and its copies do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from onrecord.archive.listing.printed import same_or_copied
from onrecord.archive_tracing import Kept, with_words_of
from onrecord.cli.texts.check import Line, Transcript
from onrecord.quoted import quoted
from onrecord.records import Article, Record, Statement
from onrecord.tracing.carrying import Checked, carried_of, loose_quotations
from onrecord.tracing.edits import Reason
from onrecord.tracing.gathering.carriers import Carrier, carriers_of, in_time
from onrecord.tracing.gathering.chains import original_of
from onrecord.tracing.gathering.utterances import Utterance
from onrecord.tracing.values import Likeness, Original, Verdict
from onrecord.tracing.verdicts import judge

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive
    from onrecord.embedding import Meanings

MOST_NAMED = 4
NOTHING = Reason("nothing_alike", "the archive holds nothing like it")
NO_UTTERANCE = Reason("no_utterance", "it is said too often, or is too short or too long, to be looked for")
NOT_BORNE_OUT = Reason("nothing_alike", "what the archive holds of it is too little to compare with")


def lines_against(archive: Archive, record: Record, likeness: Likeness | None) -> tuple[Line, ...]:
    """Every statement of a record with its verdict against the archive, in reading order. Where the archive has a
    transcript of the event, that judges, as `check --against` does; else nothing is `unfounded`, since an archive does
    not hold all that was said."""
    record = quoted(record)
    without = same_or_copied(archive, record.article)
    kept = Kept(archive, records=(record,), without=without, likeness=lambda: cast("Meanings | None", likeness))
    whole = replace(record, statements=(*record.statements, *loose_quotations(record)))
    made = {carrier.statement: carrier for carrier in carriers_of(whole)}
    judged = {id: one for one in kept.event(record.article.id) for id in one.judged}
    lines = []
    for statement in whole.statements:
        own = made[statement.id]
        event = judged.get(own.id)
        if event is not None and event.transcript is not None:
            checked = Checked(statement, carried_of(whole, statement), event.judged[own.id])
            lines.append(Line(checked, _spoken_in(event.transcript, archive.where)))
        else:
            lines.append(_line(archive, kept, whole, statement, own, likeness, without))
    return tuple(lines)


def _line(
    archive: Archive,
    kept: Kept,
    record: Record,
    statement: Statement,
    own: Carrier,
    likeness: Likeness | None,
    same: frozenset[int],
) -> Line:
    found = kept.trace(own)
    others = [] if found is None else [one for one in found.carriers if one.article != own.article]
    for printed in _best_first(found, others):
        carried = replace(carried_of(record, statement), foreign="")
        verdict = judge(carried, (_original(printed),), likeness)
        if verdict.kind not in ("unfounded", "elsewhere"):
            return Line(Checked(statement, carried, verdict), _print_of(printed, archive.where))
    reason = NO_UTTERANCE if found is None else NOT_BORNE_OUT if others else NOTHING
    if reason is NOTHING and (printed_by := with_words_of(archive, own, same)):
        verdict = Verdict(kind="elsewhere", score=0.0, reasons=(_spoken_by(printed_by),))
        return Line(Checked(statement, carried_of(record, statement), verdict), _print_of(printed_by[0], archive.where))
    verdict = Verdict(kind="elsewhere", score=0.0, reasons=(reason,))
    nothing = Transcript(Article("", archive.where), archive.where, (), archive=archive.where)
    return Line(Checked(statement, carried_of(record, statement), verdict), nothing)


def _spoken_by(others: Sequence[Carrier]) -> Reason:
    """That the archive has the words, and from whom, where tracing ties them to nobody."""
    named = list(dict.fromkeys(other.speaker for other in others if other.speaker))
    who = f"spoken by {', '.join(named[:MOST_NAMED])}" if named else "whose speaker is not told"
    times = "once" if len(others) == 1 else f"{len(others)} times"
    return Reason("spoken_by_another", f"the archive has these words {times}, {who}: perhaps another occasion")


def _best_first(found: Utterance | None, others: list[Carrier]) -> Iterator[Carrier]:
    """The carrier that stands for what was said, then the others in the order of printing."""
    if found is None or not others:
        return
    best = original_of(Utterance(found.anchor, tuple(others), {}))
    yield from sorted(others, key=lambda one: (best is None or one.id != best.id, *in_time(one)))


def _original(printed: Carrier) -> Original:
    named = printed.speaker if printed.speaker and not printed.described else None
    return Original(text=printed.words, id=printed.id, names=(named,) if named else (), language=printed.language)


def _spoken_in(transcript: Article, where: str) -> Transcript:
    """A transcript of the archive as what an article is held against."""
    return Transcript(transcript, _named(transcript), (), archive=where)


def _print_of(printed: Carrier, where: str) -> Transcript:
    """A printed statement as what an article is held against: its words alone."""
    article = Article(
        printed.words,
        printed.id,
        printed.title,
        printed.outlet,
        printed.published,
        printed.url,
        printed.language,
    )
    return Transcript(article, _named(article), (), archive=where, statement=printed.id)


def _named(article: Article) -> str:
    day = article.published.isoformat() if article.published else "no date"
    return " · ".join(part for part in (article.outlet or article.id.partition("#")[0], day, article.url) if part)
