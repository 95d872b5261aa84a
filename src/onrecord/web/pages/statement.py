"""One statement: its words in each role, why it was read so, what persons did to it, and what they may do now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from onrecord.answers.listing import Stored
from onrecord.archive.correcting.correction_log import Correction, in_force
from onrecord.records import ROLES, CueClass, Form, Record, Role, Statement, Status, Voice
from onrecord.spans import Span
from onrecord.web.marks import Look, Paragraph, paragraphs, tints
from onrecord.web.pages.article import about_entity
from onrecord.web.pages.words import SIGNS, Fact, Link, day, framing_words, in_a_line, moment, occasion_words

PERSON = "person:"
LONGEST_QUOTE, LONGEST_REACH = 1_500, 400
DONE = {
    "confirm": "confirmed it",
    "reject": "rejected it",
    "speaker": "changed the speaker",
    "spans": "changed the words it covers",
    "form": "changed the form",
    "framing": "changed the framing",
    "about": "changed whom it is about",
    "occasion": "changed the occasion",
    "add": "added it",
    "merge": "merged two into one",
    "split": "split one in two",
    "promote": "took it over into a newer reading",
    "undo": "undid a change",
}
ROLE_WORDS = {"source": "who speaks", "cue": "the words that say so", "content": "what is said"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One field, its value, and the rule, model or person that decided it."""

    field: str
    value: str
    by: str
    by_person: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its value, its words, whether it is the one that stands, and what speaks for it."""

    value: str
    words: str
    chosen: bool = False
    aside: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history of corrections."""

    id: int
    at: str
    who: str
    did: str
    changes: tuple[str, ...]
    why: str
    may_undo: bool
    undone: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """The spans of one role as a form has them ("0-19 40-60"), and the words there."""

    role: Role
    words: str
    told: str
    spans: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """All that the page of a statement, and the panel beside its article, show. `seen` is the last correction;
    `conflict` tells of a change that was not made, as somebody else was first."""

    id: int
    article: int
    local: str
    title: str
    outlet: str
    published: str
    language: str
    tint: int
    speaker: Link
    described: bool
    printed: str
    words: str
    form: str
    framing: tuple[str, ...]
    confidence: float
    review: str | None
    context: tuple[Paragraph, ...]
    facts: tuple[Fact, ...]
    decisions: tuple[Decision, ...]
    candidates: tuple[Option, ...]
    evidence: tuple[str, ...]
    namesakes: tuple[Option, ...]
    made_by: str
    seen: int
    history: tuple[Past, ...]
    speakers: tuple[Option, ...]
    reaches: tuple[Reach, ...]
    forms: tuple[Option, ...]
    cue_classes: tuple[Option, ...]
    statuses: tuple[Option, ...]
    voices: tuple[Option, ...]
    conflict: str = ""


def statement_page(
    record: Record,
    local: str,
    stored: Stored,
    *,
    article: int,
    occasion: int | None = None,
    history: Sequence[Correction] = (),
) -> StatementPage:
    """The page of the statement called `local` in `record`, with the archive's number of its occasion.

    Raises RecordError where there is no such statement.
    """
    s = record.statement(local)
    entity = record.speaker(s)
    tint = tints(record).get(s.speaker or "", 0)
    given, made = record.article, record.provenance
    names = {entity.id: entity.name for entity in record.entities}
    href = f"/people/{stored.person}" if stored.person is not None else ""
    namesakes = entity.namesakes if entity else ()
    return StatementPage(
        id=stored.id,
        article=article,
        local=local,
        title=in_a_line(given.title or given.id),
        outlet=in_a_line(given.outlet or ""),
        published=day(given.published),
        language=given.language or "",
        tint=tint,
        speaker=Link(in_a_line(entity.name), href, about_entity(record, entity))
        if entity
        else Link("nobody named", "", s.reason or ""),
        described=entity is not None and not entity.named,
        printed=in_a_line(record.words(s, "source")),
        words=in_a_line(record.words(s), LONGEST_QUOTE),
        form=s.form,
        framing=framing_words(s),
        confidence=s.confidence,
        review=stored.review,
        context=_context(record, s, Look(tint, f"/statements/{stored.id}", stored.review)),
        facts=_facts(record, s, f"/articles/{article}#s", f"/occasions/{occasion}" if occasion else ""),
        decisions=_decisions(record, s),
        candidates=tuple(
            Option(c.entity, in_a_line(record.entity(c.entity).name), c.entity == s.speaker, "", c.score)
            for c in s.candidates
        ),
        evidence=tuple(in_a_line(words) for words in entity.evidence) if entity else (),
        namesakes=tuple(
            Option(n.wikidata or "", in_a_line(n.name), False, in_a_line(n.evidence), n.score) for n in namesakes
        ),
        made_by=f"onrecord {made.engine}"
        + (f", model {made.model} ({(made.model_sha256 or '')[:12]})" if made.model else ""),
        seen=max((entry.id for entry in history), default=0),
        history=past(history, lambda entry: _changes(entry, names, given.text)),
        speakers=tuple(
            Option(e.id, in_a_line(e.name), e.id == s.speaker, about_entity(record, e)) for e in record.entities
        ),
        reaches=tuple(
            Reach(
                role, ROLE_WORDS[role], in_a_line(record.words(s, role), LONGEST_REACH), spans_as_words(s.spans(role))
            )
            for role in ROLES
        ),
        forms=_options(get_args(Form), s.form),
        cue_classes=_options(get_args(CueClass), s.cue_class or "none"),
        statuses=_options(get_args(Status), s.status),
        voices=_options(get_args(Voice), s.voice),
    )


def spans_as_words(spans: Sequence[Span]) -> str:
    """ "0-19 40-60": spans for a field of a form."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def _options(values: Sequence[str], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, value, value == chosen) for value in values)


def _context(record: Record, s: Statement, look: Look) -> tuple[Paragraph, ...]:
    """The paragraphs that the statement stands in, with it alone marked."""
    alone = Record(record.article, (_by_itself(s),), record.provenance, record.entities, record.occasions)
    extent, text = s.extent, record.article.text
    return tuple(
        paragraph
        for paragraph, following in _with_next(paragraphs(alone, {s.id: look}), len(text))
        if paragraph.start < extent.end and following > extent.start
    )


def _by_itself(s: Statement) -> Statement:
    return replace(s, carried_from=None, within=None)


def _with_next(found: Sequence[Paragraph], end: int) -> Sequence[tuple[Paragraph, int]]:
    starts = [*(paragraph.start for paragraph in found[1:]), end]
    return list(zip(found, starts, strict=True))


def _facts(record: Record, s: Statement, anchor: str, occasion: str) -> tuple[Fact, ...]:
    facts = []
    if s.occasion is not None and (told := occasion_words(record, record.occasion(s.occasion))):
        facts.append(Fact("Said on", told, occasion))
    if s.relayed_by is not None:
        facts.append(Fact("Relayed by", in_a_line(record.entity(s.relayed_by).name)))
    for target in s.about:
        words = " … ".join(in_a_line(span.slice(record.article.text)) for span in target.words)
        name = in_a_line(record.entity(target.entity).name)
        facts.append(Fact("Speaks of", f"{name}, {SIGNS[target.sign]}" + (f" (“{words}”)" if words else "")))
    if s.within is not None:
        facts.append(Fact("Within", f"statement {s.within}", anchor + s.within))
    if s.carried_from is not None:
        facts.append(Fact("Goes on from", f"statement {s.carried_from}", anchor + s.carried_from))
    return tuple(facts)


def _decisions(record: Record, s: Statement) -> tuple[Decision, ...]:
    speaker = record.speaker(s)
    values: dict[str, Callable[[], str]] = {
        "speaker": lambda: speaker.name if speaker else s.reason or "nobody",
        "form": lambda: s.form,
        "cue_class": lambda: s.cue_class or "none",
        "status": lambda: s.status,
        "voice": lambda: s.voice,
        "source": lambda: record.words(s, "source") or "none",
        "cue": lambda: record.words(s, "cue") or "none",
        "content": lambda: record.words(s),
        "about": lambda: ", ".join(record.entity(target.entity).name for target in s.about) or "nobody",
        "relayed_by": lambda: record.entity(s.relayed_by).name if s.relayed_by else "nobody",
        "occasion": lambda: occasion_words(record, record.occasion(s.occasion)) if s.occasion else "not told",
    }
    return tuple(
        Decision(
            name.replace("_", " "),
            in_a_line(values[name](), 80) if name in values else "",
            in_a_line(by.removeprefix(PERSON), 120),
            by.startswith(PERSON),
        )
        for name, by in s.decided_by.items()
    )


def past(
    log: Sequence[Correction], changes: Callable[[Correction], tuple[str, ...]] = lambda _: ()
) -> tuple[Past, ...]:
    """The log as lines, the last first; `changes` puts into words what one changed."""
    return tuple(
        Past(
            id=entry.id,
            at=moment(entry.at),
            who=in_a_line(entry.who),
            did=DONE.get(entry.action, entry.action) if entry.undoes is None else f"undid no. {entry.undoes}",
            changes=changes(entry),
            why=in_a_line(entry.why),
            may_undo=in_force(log, entry.id) and not entry.forgotten,
            undone=not in_force(log, entry.id),
        )
        for entry in reversed(log)
    )


def _changes(entry: Correction, names: dict[str, str], text: str) -> tuple[str, ...]:
    before, after = entry.before.get("statement") or {}, entry.after.get("statement") or {}

    def told(name: str, value: object) -> str:
        if value in (None, [], ""):
            return "nothing"
        if name in ROLES and isinstance(value, list):
            return "“" + in_a_line(" … ".join(text[start:end] for start, end in value), 120) + "”"
        return in_a_line(names.get(str(value), str(value)), 120)

    return tuple(
        f"{name.replace('_', ' ')}: {told(name, before.get(name))} → {told(name, after.get(name))}"
        for name in entry.fields
        if name not in ("id", "candidates", "reason") and entry.action != "add"
    )
