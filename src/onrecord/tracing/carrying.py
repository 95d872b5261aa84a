"""From an article's record to verdicts: every statement as Carried, judged in the order in which one rests on another.

A statement inside a quotation takes the class of that quotation; a quotation without a cue has the speaker of the
statement it carries on; words relayed by somebody who spoke on the occasion are looked for in that person's words.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.records import Entity, Record, Statement
from onrecord.spans import Span, merge
from onrecord.tracing.judging.persons import every, is_pronoun, may_mean
from onrecord.tracing.judging.scene import ANYWHERE, Stage
from onrecord.tracing.judging.setting import met, place_of
from onrecord.tracing.judging.two_tongues import adjoin
from onrecord.tracing.relays import relayed
from onrecord.tracing.speakers import head_noun, is_name, same_person
from onrecord.tracing.values import Carried, Likeness, Original, Verdict
from onrecord.tracing.verdicts import judge
from onrecord.tracing.wording.normal import fold

MEDIUM = re.compile(
    r"\b(?:tabloid|newspaper|paper|magazine|daily|weekly|broadcaster|channel|station|blog|website)s?\b", re.I
)
HEARER = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?(?:told|asked|assured|promised|informed|reassured|warned|advised)\b",
    re.I,
)
"""A passive cue: its subject heard, and who spoke is not said."""
QUOTING = re.compile(r"\b(?:quot(?:es?|ed|ing)|cit(?:es?|ed|ing)|carr(?:y|ies|ied)|report(?:s|ed|ing)?)\b", re.I)
"""What a medium does with somebody else's words."""
LASTING = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?been\s+\w+ing\b", re.I)
"""Said over and over, and so not on one occasion."""
MAY_BE_MEANT = 0.1
"""The score from which another candidate for a pronoun may be the one who spoke, whatever the pronoun."""
QUOTATION = re.compile(r"“[^“”\n]+”|«[^«»\n]+»|(?<!\w)\"[^\"\n]+\"(?!\w)")
LEAST_QUOTED = 4
"""Words from which on a quotation without a statement is looked at; fewer are scare quotes and titles."""
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s|\n")


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement of an article, as it was compared, and its verdict."""

    statement: Statement
    carried: Carried
    verdict: Verdict


def check(
    record: Record,
    originals: Sequence[Original],
    likeness: Likeness | None = None,
    held: datetime.date | None = None,
    scene: Stage = ANYWHERE,
) -> tuple[Checked, ...]:
    """The verdict on every statement of an article against what was said on an occasion, in reading order.

    `originals` are in the order spoken; `scene` is what is known of the occasion, `held` its day, where that is all:
    statements that the article dates on other days, or places on other occasions, are `elsewhere`.
    """
    done: dict[str, Checked] = {}
    inner: dict[str, Checked] = {}
    scene = replace(scene, day=scene.day or held, met=met(record, originals))
    for statement in _outer_first(record):
        carried = carried_of(record, statement, originals, scene)
        around = done.get(statement.within or "")
        if around is not None and around.statement.form == "direct" and around.verdict.kind != "misattributed":
            verdict = _inside(carried, around.verdict, originals, likeness, scene)
        else:
            verdict = judge(carried, originals, likeness, scene)
        done[statement.id] = Checked(statement, carried, verdict)
        if verdict.kind == "elsewhere" and (report := relayed(record, statement)) is not None:
            told = _relayed_names(record, report, originals)
            carried = replace(carried_of(record, report, originals, scene), **told)
            inner[statement.id] = Checked(report, carried, judge(carried, originals, likeness, scene))
    found = [one for statement in record.statements for one in (done[statement.id], inner.get(statement.id)) if one]
    for statement in loose_quotations(record):
        carried = carried_of(record, statement, originals, scene)
        beside = (one for one in found if adjoin(record.article.text, one.statement.content, statement.content))
        if (other := next(beside, None)) is not None:
            said = other.carried
            carried = replace(carried, names=said.names, described=said.described, others=said.others)
        found.append(Checked(statement, carried, judge(carried, originals, likeness, scene)))
    return tuple(sorted(found, key=lambda one: one.statement.content[0].start))


def loose_quotations(record: Record) -> Iterator[Statement]:
    """Quotations in which the reader found no statement, as statements of nobody: they are to be checked as well."""
    text = record.article.text
    taken = merge(span for statement in record.statements for span in statement.content)
    number = 0
    for match in QUOTATION.finditer(text):
        span = Span(*match.span())
        if len(match.group().split()) < LEAST_QUOTED or any(span.overlaps(other) for other in taken):
            continue
        number += 1
        decided = {"statement": "quotation marks alone"}
        yield Statement(id=f"q{number}", content=(span,), form="direct", confidence=0.0, decided_by=decided)


def _relayed_names(record: Record, report: Statement, originals: Sequence[Original]) -> dict[str, Any]:
    """Who is meant in a relayed report: by a pronoun the last one before that spoke on the occasion, else anybody whom
    the description fits."""
    source = record.words(report, "source")
    if is_pronoun(source):
        for statement in reversed(record.statements):
            names = names_of(record, statement)
            if statement.extent.start < report.extent.start and any(same_person(names, o.names) for o in originals):
                return {"names": names, "described": False}
        return {"names": (), "described": True}
    return {"names": (source,), "described": not is_name(source)}


def carried_of(
    record: Record, statement: Statement, originals: Sequence[Original] = (), scene: Stage = ANYWHERE
) -> Carried:
    """One statement of a record as what is compared."""
    names = names_of(record, statement)
    spoke = [original.names for original in originals]
    speaker = record.speaker(statement)
    described = bool(names) and not any(map(is_name, names)) and not _is_a_body(speaker, names)
    cue = record.words(statement, "cue").replace(" … ", " ")
    shared = any(other.content == statement.content and other.id != statement.id for other in record.statements)
    if not shared and _passes_on(statement, speaker, names, cue, spoke):
        names, described = (), False
    source = record.words(statement, "source")
    if statement.relayed_by is not None and not any(same_person(names, of) for of in spoke):
        relay = record.entity(statement.relayed_by)
        relayed = (relay.name, *relay.aka)
        if any(same_person(relayed, of) for of in spoke):
            names = relayed
    placed = place_of(record, statement, scene)
    return Carried(
        text=record.article.text,
        pieces=statement.content,
        id=statement.id,
        form=statement.form,
        names=names,
        described=described,
        others=_others(record, statement),
        cue=cue,
        context=_sentence(record.article.text, statement),
        denied=statement.status in ("denied", "negated"),
        question=statement.status == "question",
        loaded=statement.voice == "outlet",
        foreign=placed.foreign or _lasting(cue),
        doubtful=placed.doubtful,
        asks=_asks(source, cue),
        newcomer=_is_newcomer(source),
        body=_is_a_body(speaker, names),
        translated=any(original.translated for original in originals),
    )


def _others(record: Record, statement: Statement) -> tuple[str, ...]:
    """The names of who else may be meant where a pronoun, or nothing, stands for the source and the reader chose: all
    whom the pronoun fits. Nobody is said to have taken words from another on the reader's word alone."""
    source = record.words(statement, "source")
    if not statement.candidates or not (is_pronoun(source) or not source):
        return ()
    likely = {candidate.entity for candidate in statement.candidates if candidate.score >= MAY_BE_MEANT}
    found: list[str] = []
    for entity in record.entities:
        names = (entity.name, *entity.aka)
        fits = entity.id in likely or (entity.kind == "person" and may_mean(source, names))
        if fits and entity.id != statement.speaker:
            found += names
    return tuple(found)


def _asks(source: str, cue: str) -> bool:
    """Whether the source asks: by the words for it, or by the cue."""
    if fold(head_noun(source)) in every("askers") | every("asking"):
        return True
    return any(fold(word) in every("asked") for word in re.findall(r"[^\W\d_]+", cue))


def _is_newcomer(source: str) -> bool:
    """Whether a description brings in one who was not yet there: "a spokesman", "residents"."""
    words = source.split()
    return bool(words) and not is_name(source) and fold(words[0]) in every("indefinite")


def _passes_on(
    statement: Statement, speaker: Entity | None, names: Sequence[str], cue: str, spoke: Sequence[Sequence[str]]
) -> bool:
    """Whether the source is no speaker: it was told, or is a medium that quotes the words of somebody else."""
    if not names or any(same_person(names, of) for of in spoke):
        return False
    if HEARER.search(cue):
        return True
    medium = _is_a_body(speaker, names) or (speaker is not None and speaker.kind == "outlet")
    return medium and statement.form == "direct" and bool(QUOTING.match(cue))


def _lasting(cue: str) -> str:
    match = LASTING.search(cue)
    return match.group() if match else ""


def names_of(record: Record, statement: Statement) -> tuple[str, ...]:
    """The names of who speaks, the fullest first; for an unnamed one the words for them. Empty when unknown."""
    seen, at = set(), statement
    while at.speaker is None and at.carried_from is not None and at.id not in seen:
        seen.add(at.id)
        at = record.statement(at.carried_from)
    speaker = record.speaker(at)
    if speaker is None:
        source = record.words(at, "source")
        return (source,) if source and not is_pronoun(source) else ()
    role = (speaker.role,) if speaker.role and speaker.kind == "person" else ()
    return tuple(dict.fromkeys((speaker.name, *speaker.aka, *role)))


def _is_a_body(speaker: Entity | None, names: Sequence[str]) -> bool:
    """Whether a description is of no single person: an office, a paper, a report."""
    kind = "person" if speaker is None else speaker.kind
    return kind in ("organisation", "group", "work", "place") or any(map(MEDIUM.search, names))


def _outer_first(record: Record) -> Iterator[Statement]:
    """The statements, each behind the one that contains it."""
    depth: dict[str, int] = {}
    for statement in record.statements:
        n, at = 0, statement
        while at.within is not None:
            n, at = n + 1, record.statement(at.within)
        depth[statement.id] = n
    yield from sorted(record.statements, key=lambda statement: depth[statement.id])


def _inside(
    carried: Carried, around: Verdict, originals: Sequence[Original], likeness: Likeness | None, scene: Stage
) -> Verdict:
    """What stands inside a quotation is carried as that is; only its own words are shown."""
    own = judge(replace(carried, form="direct", names=()), originals, likeness, scene)
    if own.kind in ("unfounded", "elsewhere") or not around.spans:
        return replace(around, diff=())
    return replace(around, diff=own.diff, spans=own.spans, utterance=own.utterance)


def _sentence(text: str, statement: Statement) -> str:
    """The sentence before a statement and its own, as far as they are in one paragraph: what its pronouns point to."""
    start = statement.extent.start
    paragraph = text.rfind("\n", 0, start) + 1
    ends = [match.end() for match in SENTENCE_END.finditer(text, paragraph, start)]
    begin = ends[-2] if len(ends) > 1 else paragraph
    return Span(begin, statement.extent.end).slice(text)
