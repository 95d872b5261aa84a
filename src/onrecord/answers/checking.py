"""Statements held against what was said: a transcript, or the fullest early print of the same words in an archive.

A transcript of the event in the archive judges its reports. Else what the archive has of a statement is found by the
index that it keeps. Of all who carry the words, the one that stands for what was said is taken: of those that quote,
the first printed that has nearly all of it. The article itself, its versions and its copies do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from onrecord.answers.archive_tracing import TracedArchive, with_words_of
from onrecord.answers.gathering import as_record, quoted, vectors
from onrecord.archive.listing.printed import same_or_copied
from onrecord.records import Article, Record, Statement
from onrecord.tracing.carrying import Checked, carried_of, loose_quotations
from onrecord.tracing.carrying import check as verdicts_of
from onrecord.tracing.edits import Reason
from onrecord.tracing.gathering.carriers import Carrier, carriers_of, in_time
from onrecord.tracing.gathering.chains import original_of
from onrecord.tracing.gathering.utterances import Utterance
from onrecord.tracing.judging.scene import ANYWHERE, Stage, is_what_was_said, scene_of
from onrecord.tracing.speakers import is_role
from onrecord.tracing.telling import verdict_json
from onrecord.tracing.transcripts import originals_of, originals_of_record
from onrecord.tracing.values import PREFERENCE, Likeness, Original, Verdict
from onrecord.tracing.verdicts import judge

if TYPE_CHECKING:
    from onrecord.archive.store.archive import Archive
    from onrecord.embedding import Meanings

MOST_NAMED = 4
NOTHING = Reason("nothing_alike", "the archive holds nothing like it")
NO_UTTERANCE = Reason("no_utterance", "it is said too often, or is too short or too long, to be looked for")
NOT_BORNE_OUT = Reason("nothing_alike", "what the archive holds of it is too little to compare with")


@dataclass(frozen=True, slots=True)
class Transcript:
    """What articles are held against: its text, what was said in it, and what is known of the occasion.

    A `statement` that an `archive` holds counts as one: its text is the words of the statement, its article has the
    outlet, the date and the url of the print. Where the archive holds nothing, the text is empty.
    """

    article: Article
    name: str
    originals: tuple[Original, ...]
    scene: Stage = ANYWHERE
    archive: str | None = None
    statement: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: its name, and the id of its article."""
        return self.name, self.article.id


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A checked statement, and the transcript that it goes back to."""

    checked: Checked
    transcript: Transcript

    @property
    def verdict(self) -> Verdict:
        return self.checked.verdict


@dataclass(frozen=True, slots=True)
class Report:
    """An article, what its input is called, and its statements, checked, in reading order."""

    record: Record
    name: str
    lines: tuple[CheckedLine, ...]

    @property
    def alarms(self) -> int:
        """How many statements have a verdict that is an alarm."""
        return sum(line.verdict.alarming for line in self.lines)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Its statements in the published format."""
        return [_line_to_dict(self, line) for line in self.lines]


def check(
    article: Article | Record | str,
    against: Archive | Transcript | Article | str | Sequence[Transcript | Article | str],
    *,
    name: str = "",
    likeness: Meanings | None = None,
    words_only: bool = False,
) -> Report:
    """Hold each statement of an article against what was said: transcripts, or the articles of an archive.

    >>> report = check("“We knew,” Rena Holt said.", "RENA HOLT: We knew it was slow.", words_only=True)
    >>> [(line.verdict.kind, line.checked.carried.words) for line in report.lines]
    [('trimmed', '“We knew,”')]

    Args:
        article: a text, an article, or a record that was read before.
        against: transcripts, as texts or articles, or as `transcript_of` makes them with a speaker or an occasion; or
            an open archive.
        name: what the article is called.
        likeness: sentence vectors; left out, those that are installed.
        words_only: compare words alone.
    """
    from onrecord.archive.store.archive import Archive

    record = as_record(article)
    meant = likeness or (None if words_only else vectors())
    if isinstance(against, Archive):
        return Report(record, name or record.article.id, lines_against(against, record, meant))
    several = [against] if isinstance(against, Transcript | Article | str) else against
    return Report(record, name or record.article.id, lines_of(record, [_transcript(one) for one in several], meant))


def _transcript(given: Transcript | Article | str) -> Transcript:
    if isinstance(given, Transcript):
        return given
    article = Article(given) if isinstance(given, str) else given
    return transcript_of(article, article.title or article.id)


def lines_of(record: Record, transcripts: Sequence[Transcript], likeness: Likeness | None) -> tuple[CheckedLine, ...]:
    """Every statement of a record with its verdict, against the transcript it goes back to most clearly."""
    record = quoted(record)
    checked = [
        [
            CheckedLine(one, transcript)
            for one in verdicts_of(record, transcript.originals, likeness, scene=transcript.scene)
        ]
        for transcript in transcripts
    ]
    by_id: dict[str, CheckedLine] = {}
    for line in (line for lines in checked for line in lines):
        id = line.checked.statement.id
        if id not in by_id or _rank(line) < _rank(by_id[id]):
            by_id[id] = line
    return tuple(by_id[line.checked.statement.id] for line in max(checked, key=len)) if checked else ()


def _rank(line: CheckedLine) -> tuple[int, float]:
    return PREFERENCE.index(line.verdict.kind), -line.verdict.score


def transcript_of(
    article: Article, name: str, *, speaker: str | None = None, occasion: str | None = None, incomplete: bool = False
) -> Transcript:
    """A transcript from its text: turns, or a statement; or, where it is neither, the quotations of an article."""
    scene = scene_of(article, occasion=occasion, incomplete=incomplete)
    if speaker or occasion or is_what_was_said(article):
        return Transcript(article, name, _with_holders(originals_of(article, speaker), scene), scene)
    from onrecord.engine import load_directory, read_many

    record = quoted(next(iter(read_many((article,), load_directory()))))
    return Transcript(article, name, originals_of_record(record) or originals_of(article), scene)


def _with_holders(originals: tuple[Original, ...], scene: Stage) -> tuple[Original, ...]:
    """The same with the names of office holders, where the directory need be asked."""
    if not any(original.names and all(map(is_role, original.names)) for original in originals if not original.asker):
        return originals
    from onrecord.engine import load_directory, with_office_holders

    return with_office_holders(originals, scene.heading, scene.day, load_directory())


def lines_against(archive: Archive, record: Record, likeness: Likeness | None) -> tuple[CheckedLine, ...]:
    """Every statement of a record with its verdict against the archive, in reading order. Where the archive has a
    transcript of the event, that judges, as `check --against` does; else nothing is `unfounded`, since an archive does
    not hold all that was said."""
    record = quoted(record)
    without = same_or_copied(archive, record.article)
    kept = TracedArchive(
        archive, records=(record,), without=without, likeness=lambda: cast("Meanings | None", likeness)
    )
    whole = replace(record, statements=(*record.statements, *loose_quotations(record)))
    made = {carrier.statement: carrier for carrier in carriers_of(whole)}
    judged = {id: one for one in kept.event(record.article.id) for id in one.judged}
    lines = []
    for statement in whole.statements:
        own = made[statement.id]
        event = judged.get(own.id)
        if event is not None and event.transcript is not None:
            checked = Checked(statement, carried_of(whole, statement), event.judged[own.id])
            lines.append(CheckedLine(checked, _spoken_in(event.transcript, archive.where)))
        else:
            lines.append(_line(archive, kept, whole, statement, own, likeness, without))
    return tuple(lines)


def _line(
    archive: Archive,
    kept: TracedArchive,
    record: Record,
    statement: Statement,
    own: Carrier,
    likeness: Likeness | None,
    same: frozenset[int],
) -> CheckedLine:
    found = kept.trace(own)
    others = [] if found is None else [one for one in found.carriers if one.article != own.article]
    for printed in _best_first(found, others):
        carried = replace(carried_of(record, statement), foreign="")
        verdict = judge(carried, (_original(printed),), likeness)
        if verdict.kind not in ("unfounded", "elsewhere"):
            return CheckedLine(Checked(statement, carried, verdict), _print_of(printed, archive.where))
    reason = NO_UTTERANCE if found is None else NOT_BORNE_OUT if others else NOTHING
    if reason is NOTHING and (printed_by := with_words_of(archive, own, same)):
        verdict = Verdict(kind="elsewhere", score=0.0, reasons=(_spoken_by(printed_by),))
        return CheckedLine(
            Checked(statement, carried_of(record, statement), verdict), _print_of(printed_by[0], archive.where)
        )
    verdict = Verdict(kind="elsewhere", score=0.0, reasons=(reason,))
    nothing = Transcript(Article("", archive.where), archive.where, (), archive=archive.where)
    return CheckedLine(Checked(statement, carried_of(record, statement), verdict), nothing)


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


def _line_to_dict(report: Report, line: CheckedLine) -> dict[str, Any]:
    """One statement as the published format has it. Against an archive it tells the print that it goes back to, and
    the offsets of `utterance` and of originals count in the words of that print."""
    statement, verdict, carried = line.checked.statement, line.verdict, line.checked.carried
    transcript = line.transcript.article
    text = transcript.text
    told: dict[str, Any] = {
        "article": report.record.article.id,
        "statement": statement.id,
        "content": [span.as_list() for span in statement.content],
        "words": carried.words,
        "form": statement.form,
        "speaker": carried.names[0] if carried.names else None,
        **verdict_json(verdict, transcript.id, " … ".join(span.slice(text) for span in verdict.spans)),
    }
    if line.transcript.archive is not None:
        told["printed"] = (
            None
            if not text
            else {
                "statement": line.transcript.statement,
                "outlet": transcript.outlet,
                "published": transcript.published.isoformat() if transcript.published else None,
                "url": transcript.url,
                "title": transcript.title,
                "words": told["original"] if line.transcript.statement is None else text,
            }
        )
    return told
