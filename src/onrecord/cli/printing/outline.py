"""A record as people read it: statements under the one who speaks, nested ones inside.

Rena Holt · harbour master          Group
  #1 said …                           Entry
    Ito                                 Group
      #2 had told …                       Entry
  #3 …                                Entry
no source named                     Group
  #4 …                                Entry

A statement whose speaker is not known stands under the words of its source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, get_args

from onrecord.records import Asserted, Entity, Form, Record, Statement

Order = Literal["speaker", "text"]
ORDERS: tuple[Order, ...] = get_args(Order)
"""All that one speaker says together, or all as it comes, so that a dialogue stays one."""
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement, and the groups of those that stand within its content."""

    statement: Statement
    inner: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one speaker, in reading order, under the speaker's name or the words of the source; in `told`
    what stands where there is neither, in `about` what the speaker is."""

    source: str
    told: str
    entries: tuple[Entry, ...]
    about: str = ""

    @property
    def heading(self) -> str:
        """The name or source, or what is told in its place."""
        return self.source or self.told


def outline(record: Record, order: Order = "speaker") -> tuple[Group, ...]:
    """All statements of `record`, grouped by speaker and nested; the groups in the order of their first statement. In
    the order of the text a speaker who speaks again after another has another group."""
    children: dict[str | None, list[Statement]] = {}
    for statement in record.statements:
        children.setdefault(statement.within, []).append(statement)
    by_id = {statement.id: statement for statement in record.statements}

    def whose(statement: Statement) -> object:
        told = "" if _speaks(statement) else _told(record, statement, by_id)
        return statement.speaker or (statement.source, told)

    def gathered(statements: Sequence[Statement]) -> Iterable[list[Statement]]:
        if order == "text":
            return [list(run) for _, run in groupby(statements, key=whose)]
        by_speaker: dict[object, list[Statement]] = {}
        for statement in statements:
            by_speaker.setdefault(whose(statement), []).append(statement)
        return by_speaker.values()

    def groups(within: str | None) -> Iterator[Group]:
        for statements in gathered(children.get(within, ())):
            entries = tuple(Entry(s, tuple(groups(s.id))) for s in statements)
            first = statements[0]
            if (speaker := record.speaker(first)) is not None:
                yield Group(_in_a_line(speaker.name), "", entries, _about(record, speaker))
            else:
                told = "" if _speaks(first) else _told(record, first, by_id)
                yield Group("" if told else _in_a_line(record.words(first, "source")), told, entries)

    return tuple(groups(None))


def framing(record: Record, statement: Statement) -> str:
    """What frames a statement beyond form and cue: "as printed: he · emotive cue · denied"; "" where nothing does."""
    speaker = record.speaker(statement)
    source = _in_a_line(record.words(statement, "source"))
    parts = [f"as printed: {source}" if speaker and source and source != speaker.name else ""]
    parts.append(f"{statement.cue_class} cue" if statement.cue_class not in (None, "neutral", "none") else "")
    parts.append("" if statement.status == "said" else statement.status)
    parts.append("the outlet's wording" if statement.voice == "outlet" else "")
    parts.append(f"relayed by {record.entity(statement.relayed_by).name}" if statement.relayed_by else "")
    return " · ".join(part for part in parts if part)


def occasion(record: Record, statement: Statement) -> str:
    """On what occasion it was said: "interview, Mir, on Sunday (2017-05-07)"; "" where the article does not tell."""
    if statement.occasion is None:
        return ""
    told = record.occasion(statement.occasion)
    date = f"{told.date} ({told.when})" if told.date and told.when else told.date or told.when
    medium = record.entity(told.medium).name if told.medium else None
    kind = told.kind.replace("_", " ") if told.kind else None
    addressee = f"to {told.addressee}" if told.addressee else None
    return ", ".join(_in_a_line(part) for part in (kind, medium, addressee, told.place, date) if part)


def about(record: Record, statement: Statement) -> str:
    """Whom it speaks of, and how: "NATO −, Ukraine"; "" where nobody is named."""
    signs = {"+": " +", "-": " −", "0": ""}
    return ", ".join(_in_a_line(record.entity(t.entity).name) + signs[t.sign] for t in statement.about)


def told_of(record: Record, statement: Statement) -> tuple[tuple[str, str], ...]:
    """What is known of a statement beyond its words: its framing, with the label "", its occasion, whom it is about."""
    known = (
        ("", framing(record, statement)),
        ("on", occasion(record, statement)),
        ("about", about(record, statement)),
    )
    return tuple((label, told) for label, told in known if told)


def own_voice(record: Record) -> tuple[Asserted, ...]:
    """What the outlet itself says in, beside or against a statement; what stands apart is left out."""
    return tuple(asserted for asserted in record.asserted if asserted.relation != "plain")


def counts(record: Record) -> str:
    """How many statements there are, and of which form: "3 statements: 2 direct, 1 indirect"."""
    forms = Counter(statement.form for statement in record.statements)
    if not forms:
        return "no statement found"
    parts = ", ".join(f"{forms[form]} {form}" for form in FORMS if forms[form])
    return f"{forms.total()} statement{'' if forms.total() == 1 else 's'}: {parts}"


def reasons(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Each field with what decided it, the confidence last and with its value."""
    decided = dict(statement.decided_by)
    sure = f"{statement.confidence:.4f}"
    if by := decided.pop("confidence", None):
        sure += f", {by}"
    return *decided.items(), ("confidence", sure)


def said(text: str) -> str:
    """`text` for reflowing: a line break inside a paragraph is a space, an empty line a line break."""
    paragraphs = "\n".join(text.splitlines()).split("\n\n")
    return "\n".join(line for paragraph in paragraphs if (line := " ".join(paragraph.split())))


def _about(record: Record, entity: Entity) -> str:
    of = record.entity(entity.of).name if entity.of else None
    kind = entity.kind if entity.kind in ("group", "work", "outlet") else None
    return " · ".join(_in_a_line(part) for part in (entity.role, of, entity.wikidata, kind) if part)


def _speaks(statement: Statement) -> bool:
    """Whether its source has words, and these are not of one who only hears."""
    return bool(statement.source) and statement.decided_by.get("speaker") != "no source"


def _told(record: Record, statement: Statement, by_id: Mapping[str, Statement]) -> str:
    if statement.carried_from is None:
        return f"no named speaker: {statement.reason}" if statement.reason else "no source named"
    at = by_id[statement.carried_from]
    while not (who := _who(record, at)) and at.carried_from is not None:
        at = by_id[at.carried_from]
    return f"carried on from #{statement.carried_from}" + (f" ({who})" if who else "")


def _who(record: Record, statement: Statement) -> str:
    """Who speaks there: the name, or the words of the source."""
    speaker = record.speaker(statement)
    return _in_a_line(speaker.name if speaker else record.words(statement, "source"))


def _in_a_line(words: str) -> str:
    return " ".join(words.split())
