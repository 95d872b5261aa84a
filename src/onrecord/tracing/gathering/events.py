"""An event with its transcript among what is traced: the transcript judges what the outlets made of it.

transcript  TOMAS ARLUND: … She had been given a script, and the script was wrong. …     the original, turn by turn
report      “The script was wrong,” shrugged Mayor Helena Dravic.                        misattributed
report      Dravic vowed to tear up the contract on the 23rd.                            distorted

Each statement of a report gets the verdict that `check` gives it against the transcript, and joins the utterance of the
turn that it goes back to; so a tie by words is not asked for. Nobody claims here that an article reports on an event,
as who calls `check` does: it must show it, by words in quotation marks that were spoken there, or by several reports.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from onrecord.records import Article, Record, Statement
from onrecord.tracing.carrying import Checked, check
from onrecord.tracing.edits import Reason
from onrecord.tracing.gathering.carriers import Carrier, carrier_of, credit_of, in_time
from onrecord.tracing.gathering.shingles import plain_words
from onrecord.tracing.gathering.ties import Tie, tie
from onrecord.tracing.gathering.utterances import Utterance, utterances
from onrecord.tracing.judging.scene import Stage, scene_of
from onrecord.tracing.speakers import is_name, match
from onrecord.tracing.tables import table
from onrecord.tracing.transcripts import held_on, originals_of, turns
from onrecord.tracing.values import PREFERENCE, Carried, Likeness, Original, Verdict, VerdictClass
from onrecord.tracing.verdicts import judge

MOST_OF = 0.6
FEWEST_TURNS = 4
"""A text is a transcript where labelled turns are so much of it and so many, and one who spoke speaks again."""
SOON = 7
"""Days after an event in which an article's statements are taken to be of it without words that were spoken there."""
LATE = 14
MOST_REPORTS = 200
QUOTED: frozenset[VerdictClass] = frozenset({"verbatim", "trimmed", "stitched", "altered", "translated"})
"""Verdicts on words in quotation marks that were found."""
BY_REPORT: frozenset[VerdictClass] = frozenset({"distorted", "unfounded"})
FEWEST = 2
"""Statements of an article that a transcript has before the article counts as a report, unless it quotes words that
were spoken there; and before what the transcript does not have is held against one that quotes."""
NOTHING_TO_COMPARE_BY = "no_vectors"

Fetch = Callable[[Collection[str]], Iterable[Record]]
"""Gives the records of articles by their ids."""


@dataclass(frozen=True, slots=True)
class JudgedCarrier:
    """A carrier, the verdict of its event's transcript, and the turn that it goes back to, None where none does."""

    carrier: Carrier
    verdict: Verdict
    transcript: Article
    turn: Carrier | None


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    words = {word for lists in table("naming").values() for word in str(lists.get("transcript", "")).split()}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words)))})", re.I)


def is_transcript(article: Article) -> bool:
    """Whether a text is what was said, turn by turn, or says of itself that it is."""
    labelled = turns(article.text)
    if not labelled:
        return bool(_called().search(article.outlet or ""))
    said = sum(len(turn.said) for turn in labelled)
    much = said >= MOST_OF * (len(article.text) - labelled[0].label.start)
    speakers = [original.names for original in originals_of(article)]
    talk = len(labelled) >= FEWEST_TURNS and 1 < len(set(speakers)) < len(speakers)
    return much and (talk or bool(_called().search(f"{article.outlet or ''} {article.title or ''}")))


def turns_of(record: Record) -> dict[str, tuple[Original, Carrier]]:
    """What was said by a transcript: each utterance by its id, with the statement that it is in the record."""
    article = record.article
    statements = {statement.content[0].start: statement for statement in record.statements if statement.within is None}
    found = {}
    for original in originals_of(article):
        if original.language is None:
            original = replace(original, language=article.language)
        statement = statements.get(original.start) or Statement(
            id=f"t{original.id}", content=(original.span,), form="direct", confidence=0.0
        )
        carrier = replace(carrier_of(record, statement), form="direct", language=original.language)
        label = original.names[0].split(",")[0] if original.names else ""
        if carrier.speaker is None and label:
            label = label.title() if label.isupper() else label
            carrier = replace(carrier, speaker=label, described=not is_name(label))
        found[original.id] = original, carrier
    return found


def with_events(
    found: Iterable[Utterance], transcripts: Iterable[Record], fetch: Fetch, likeness: Likeness | None = None
) -> tuple[Utterance, ...]:
    """The utterances, those of events of which there is a transcript judged by that.

    `fetch` gives the records of articles that may be reports. Of two transcripts of one event the earlier is the judge,
    and the other a report.
    """
    found = tuple(found)
    best: dict[str, JudgedCarrier] = {}
    spoken: dict[str, tuple[Article, Carrier]] = {}
    near: _Near | None = None
    for transcript in sorted(transcripts, key=_first):
        near = near or _Near(found)
        turns_here = turns_of(transcript)
        if sum(turn.id in best for _, turn in turns_here.values()) * 2 > len(turns_here):
            continue
        spoken |= {turn.id: (transcript.article, turn) for _, turn in turns_here.values()}
        tied, others = near.reports(transcript.article, [turn for _, turn in turns_here.values()])
        for record in fetch([*tied, *others]):
            for judged in _report(transcript, turns_here, record, record.article.id in tied, likeness):
                held = best.get(judged.carrier.id)
                if held is None or _rank(judged.verdict) < _rank(held.verdict):
                    best[judged.carrier.id] = judged
    return _together(found, best | _through_others(found, best, likeness), spoken) if spoken else found


def _first(record: Record) -> tuple[datetime.date, int, str]:
    article = record.article
    return held_on(article) or article.published or datetime.date.max, -len(article.text), article.id


def _rank(verdict: Verdict) -> tuple[int, float]:
    return PREFERENCE.index(verdict.kind), -verdict.score


class _Near:
    """The articles of what was gathered: with whom each shares an utterance, who speaks in it, and by day."""

    def __init__(self, found: Sequence[Utterance]) -> None:
        self._with: defaultdict[str, set[str]] = defaultdict(set)
        self._speakers: defaultdict[str, set[str]] = defaultdict(set)
        self._articles: dict[str, Carrier] = {}
        self._by_day: defaultdict[datetime.date | None, list[str]] = defaultdict(list)
        for utterance in found:
            together = {carrier.article for carrier in utterance.carriers}
            for carrier in utterance.carriers:
                if carrier.article not in self._articles:
                    self._articles[carrier.article] = carrier
                    self._by_day[carrier.published].append(carrier.article)
                if carrier.speaker:
                    self._speakers[carrier.article].add(carrier.speaker)
                if len(together) > 1:
                    self._with[carrier.article] |= together

    def reports(self, transcript: Article, turns_here: Sequence[Carrier]) -> tuple[set[str], list[str]]:
        """The articles that share wording with a transcript; and others, the first printed first, in which one of its
        speakers speaks, or which are in another language, so that names and words look different."""
        day = held_on(transcript) or transcript.published
        names = sorted({turn.speaker for turn in turns_here if turn.speaker})
        tied = {id for id in self._with[transcript.id] if not self._before(id, day)} - {transcript.id}
        others = []
        for after in range(-1, LATE + 1):
            for id in self._by_day[day + datetime.timedelta(after)] if day is not None else ():
                foreign = self._articles[id].language != transcript.language and after <= SOON
                if id not in tied and id != transcript.id and (foreign or self._quotes(id, names)):
                    others.append(id)
        return tied, others[:MOST_REPORTS]

    def _quotes(self, id: str, names: Sequence[str]) -> bool:
        """Whether one of these speaks in an article."""
        return any(match((one,), names) in ("same", "may be") for one in self._speakers[id])

    def _before(self, id: str, day: datetime.date | None) -> bool:
        """Whether an article was printed before a day: it cannot report on it. A day is let pass for time zones."""
        printed = self._articles[id].published
        return day is not None and printed is not None and (printed - day).days < -1


@lru_cache(maxsize=512)
def _checked(record: Record, originals: tuple[Original, ...], likeness: Hashable, scene: Stage) -> tuple[Checked, ...]:
    """`check`, kept for the next page of the same event."""
    return check(record, originals, cast("Likeness | None", likeness), scene=scene)


def _report(
    transcript: Record,
    turns_here: Mapping[str, tuple[Original, Carrier]],
    record: Record,
    tied: bool,
    likeness: Likeness | None,
) -> Iterator[JudgedCarrier]:
    """The statements of an article that a transcript judges; none where nothing shows that it reports on the event."""
    article, held = record.article, held_on(transcript.article) or transcript.article.published
    originals = tuple(original for original, _ in turns_here.values())
    checked = [
        one
        for one in _checked(record, originals, cast(Hashable, likeness), scene_of(transcript.article))
        if one.verdict.kind != "elsewhere"
        and not any(reason.code == NOTHING_TO_COMPARE_BY for reason in one.verdict.reasons)
    ]
    quoted = sum(one.verdict.kind in QUOTED for one in checked)
    there = quoted + sum(one.verdict.kind in ("paraphrased", "misattributed") for one in checked)
    if not tied and quoted == 0 and there < FEWEST:
        return
    soon = held is None or article.published is None or (article.published - held).days <= SOON
    credit = credit_of(article.text, article.language)
    done: dict[str, JudgedCarrier] = {}
    for one in checked:
        carrier = carrier_of(record, one.statement, credit)
        named = carrier.speaker is not None and not carrier.described
        if one.verdict.kind in BY_REPORT and not (named and soon and quoted and there >= FEWEST):
            continue
        _, turn = turns_here.get(one.verdict.utterance[0], (None, None)) if one.verdict.utterance else (None, None)
        judged = JudgedCarrier(carrier, one.verdict, transcript.article, turn)
        around = done.get(one.statement.within or "")
        if around is None or (around.verdict.kind, around.turn) != (judged.verdict.kind, turn):
            done[one.statement.id] = judged
    yield from done.values()


def _through_others(
    found: Sequence[Utterance], best: Mapping[str, JudgedCarrier], likeness: Likeness | None
) -> dict[str, JudgedCarrier]:
    """Quotations of which the transcript seems to have nothing, but which another outlet's translate as well.

    Where the two say the same, and the transcript has the other, both are translations of what was said.
    """
    lacking = {id for id, one in best.items() if one.turn is None and one.carrier.form == "direct"}
    again = {}
    for utterance in found if lacking else ():
        known = [best[one.id] for one in utterance.carriers if one.id in best and one.id not in lacking]
        fair = [one for one in known if one.verdict.kind in ("verbatim", "translated")]
        for carrier in utterance.carriers:
            if carrier.id in lacking:
                found_in = (one for one in fair if _is_translation(carrier, one.carrier, likeness))
                if (other := next(found_in, None)) is not None:
                    reason = Reason("as_another", f"as {other.carrier.outlet or other.carrier.article} has it")
                    verdict = replace(other.verdict, kind="translated", reasons=(reason,), diff=())
                    again[carrier.id] = JudgedCarrier(carrier, verdict, other.transcript, other.turn)
    return again


def _is_translation(carrier: Carrier, other: Carrier, likeness: Likeness | None) -> bool:
    """Whether a quotation is a faithful translation of another of the same speaker."""
    names = (carrier.speaker,) if carrier.speaker else ()
    source = Original(text=other.words, names=names, language=other.language)
    told = Carried(text=carrier.words, form="direct", names=names, language=carrier.language)
    return other.language != carrier.language and judge(told, (source,), likeness).kind == "translated"


def _together(
    found: Sequence[Utterance], best: Mapping[str, JudgedCarrier], spoken: Mapping[str, tuple[Article, Carrier]]
) -> tuple[Utterance, ...]:
    """The utterances with what transcripts judged taken out of them and put to the turn that it goes back to."""
    by_turn: defaultdict[str, list[JudgedCarrier]] = defaultdict(list)
    alone: list[Utterance] = []
    for judged in best.values():
        if judged.turn is not None:
            by_turn[judged.turn.id].append(judged)
        else:
            verdicts = {judged.carrier.id: judged.verdict}
            alone.append(Utterance(judged.carrier, (judged.carrier,), {}, judged.transcript, verdicts))
    tied: defaultdict[str, list[tuple[Carrier, Tie]]] = defaultdict(list)
    others: list[Utterance] = []
    for utterance in found:
        ids = {carrier.id for carrier in utterance.carriers}
        if not ids & best.keys() and not ids & spoken.keys():
            others.append(utterance)
            continue
        left: list[Carrier] = []
        for carrier in utterance.carriers:
            if carrier.id in best or carrier.id in spoken:
                continue
            turn, bond = _turn_of(carrier, [spoken[id][1] for id in sorted(ids & spoken.keys())])
            if turn is not None and bond is not None:
                tied[turn.id].append((carrier, bond))
            else:
                left.append(carrier)
        others += utterances(left)
    for id, (transcript, turn) in spoken.items():
        judged_here = by_turn[id]
        if id in best or not plain_words(turn.words):
            continue
        carriers = [turn, *(judged.carrier for judged in judged_here), *(carrier for carrier, _ in tied[id])]
        verdicts = {judged.carrier.id: judged.verdict for judged in judged_here}
        ties = {carrier.id: bond for carrier, bond in tied[id]}
        alone.append(Utterance(turn, tuple(sorted(carriers, key=in_time)), ties, transcript, verdicts))
    return tuple(sorted([*others, *alone], key=lambda u: (*in_time(u.first), u.id)))


def _turn_of(carrier: Carrier, turns_here: Sequence[Carrier]) -> tuple[Carrier | None, Tie | None]:
    words = tuple(plain_words(carrier.words))
    bonds = [(turn, tie(carrier, words, turn, tuple(plain_words(turn.words)))) for turn in turns_here]
    known = [(turn, bond) for turn, bond in bonds if bond is not None]
    return max(known, key=lambda pair: pair[1].strength, default=(None, None))
