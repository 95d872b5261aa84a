"""What somebody wants changed of a statement, read once for all doors: command line, forms of pages, API.

content, source, cue      120:141 or 120-141, several with blanks or commas between; or the words, "…" between pieces
form, cue_class, status   one of the few words that the field takes; voice too
speaker                   a person of the archive by number, an entity of the article, a Wikidata id, a name; nobody
about                     NAME=+, NAME=- or NAME=0, each an entity of the article
occasion, said_on         the kind, or none; 2017-05-07, 2017-05, 2017-W18 or 2017
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Self, get_args

from onrecord.archive.correcting import corrections
from onrecord.errors import RefusedEdit, UnclearEdit
from onrecord.records import (
    ROLES,
    CueClass,
    Form,
    Occasion,
    OccasionKind,
    Record,
    Sign,
    Statement,
    Status,
    Target,
    Voice,
)
from onrecord.records.codec import choices
from onrecord.spans import Span

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

OFFSETS = re.compile(r"\s*(?:\d{1,9}[-:]\d{1,9}(?:[\s,]+|$))+", re.ASCII)
PAIR = re.compile(r"(\d+)[-:](\d+)", re.ASCII)
PIECES = re.compile(r"\s*(?:…|\[\.\.\.\])\s*")
WIKIDATA = re.compile(r"Q[1-9]\d{0,11}", re.ASCII)
FRAMING = ("cue_class", "status", "voice")
CHOSEN = ("form", *FRAMING)
NOBODY, NONE = "nobody", "none"
SHOWN = 60  # characters of what was written, in an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Who speaks: a `person` of the archive, an `entity` of the article, a `name` or Wikidata id; nothing is nobody."""

    person: int | None = None
    entity: str | None = None
    name: str | None = None
    wikidata: str | None = None
    new: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any], name_of: Callable[[str], str | None]) -> Self:
        """Whom the first of `person`, `wikidata`, `name` and `entity` means that is given; `name_of` knows the names
        that go with Wikidata ids. Raises UnclearEdit."""
        person, wikidata, name, entity = (str(given.get(key) or "").strip() for key in ("person", *WHO))
        if person:
            if not (person.isascii() and person.isdigit()):
                raise _unclear(f"the speaker {person!r}", "the number of a person", "Choose somebody of the list")
            return cls(person=int(person))
        if wikidata:
            if not WIKIDATA.fullmatch(wikidata):
                raise _unclear(f"the speaker {wikidata!r}", "a Wikidata id as Q42", "Choose somebody of the list")
            return cls(wikidata=wikidata, name=name or name_of(wikidata), new=bool(given.get("new")))
        return cls(name=name or None, entity=None if name else entity or None, new=bool(given.get("new")))

    @classmethod
    def called(cls, words: str, name_of: Callable[[str], str | None], *, new: bool = False) -> Self:
        """Whom one word or name means: nobody, 7, Q42, Rena Holt."""
        if words == NOBODY:
            return cls()
        kind = "person" if words.isascii() and words.isdigit() else "wikidata" if WIKIDATA.fullmatch(words) else "name"
        return cls.of({kind: words, "new": new}, name_of)


WHO = ("wikidata", "name", "entity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be changed; what is None stays. An `occasion` of NONE is that there was none."""

    content: tuple[Span, ...] | None = None
    source: tuple[Span, ...] | None = None
    cue: tuple[Span, ...] | None = None
    speaker: Somebody | None = None
    form: Form | None = None
    cue_class: CueClass | None = None
    status: Status | None = None
    voice: Voice | None = None
    about: tuple[Target, ...] | None = None
    occasion: Occasion | str | None = None

    @classmethod
    def read(cls, given: Mapping[str, Any], record: Record, held: Statement | None = None, **more: Any) -> Self:
        """What the words mean that were `given` by field; `more` is known already, `held` is the statement as it is.

        Raises UnclearEdit where they cannot be meant, SpanError for a span that cannot be.
        """
        text = record.article.text
        asked: dict[str, Any] = {
            role: places(text, given[role], role) for role in ROLES if given.get(role) is not None
        } | {name: one_of(name, given[name]) for name in CHOSEN if given.get(name)}
        if given.get("about") is not None:
            asked["about"] = _about(record, given["about"])
        if given.get("occasion") or given.get("said_on"):
            asked["occasion"] = _occasion(record, held, given.get("occasion"), given.get("said_on"))
        return cls(**asked, **more)

    def besides(self, held: Statement) -> Self:
        """What of it is not so already. Raises RefusedEdit where all is."""
        same = [name for name in CHOSEN if getattr(self, name) in (None, getattr(held, name) or NONE)]
        left = replace(self, **dict.fromkeys(same))
        if not any(left._changes()):
            raise RefusedEdit("the values that stand already", "at least one other", "Choose another, or confirm it")
        return left

    def make(self, archive: Archive, statement: int, *, who: str, why: str = "", seen: int | None = None) -> list[int]:
        """Change it, and give the ids of the corrections: each kind of change is one of its own, all are made or none.

        Raises what the functions of `corrections` raise.
        """
        done: list[int] = []
        with archive.database.writing():
            for change, given in self._changes():
                known = None if done else seen  # what comes next comes after our own
                done.append(change(archive, statement, **given, who=who, why=why, seen=known))
        if not done:
            raise RefusedEdit(
                f"a change that leaves statement {statement} as it is", "something to change", "Confirm it instead"
            )
        return done

    def _changes(self) -> Iterator[tuple[Callable[..., int], Mapping[str, Any]]]:
        def told(*names: str) -> dict[str, Any]:
            return {name: value for name in names if (value := getattr(self, name)) is not None}

        kinds: Sequence[tuple[Callable[..., int], dict[str, Any]]] = (
            (corrections.change_spans, told(*ROLES)),
            (corrections.change_speaker, {} if self.speaker is None else asdict(self.speaker)),
            (corrections.change_form, told("form")),
            (corrections.change_framing, told(*FRAMING)),
            (corrections.change_about, told("about")),
            (corrections.change_occasion, told("occasion")),
        )
        for change, given in kinds:
            if given:
                yield change, {"occasion": None} if given.get("occasion") == NONE else given


def one_of(name: str, value: str) -> str:
    """The value of a field that takes a few words. Raises UnclearEdit where it is none of them."""
    allowed = [each for each in choices(Statement)[name] if each is not None]
    if value not in allowed:
        raise _unclear(f"{name} {value!r}", f"one of {', '.join(allowed)}", "Choose one")
    return value


def places(text: str, words: str, role: str, *, near: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Where in `text` is what was written of a role: offsets, or the words themselves. "" is no words at all.

    White space counts as one blank. Of words that stand in several places the place nearest to the spans `near` is
    meant. Raises UnclearEdit where they are not there, or in several places and nothing is near.
    """
    if not words.strip():
        return ()
    if OFFSETS.fullmatch(words):
        return tuple(sorted(Span(int(start), int(end)) for start, end in PAIR.findall(words)))
    return tuple(sorted(_place(text, piece, role, near) for piece in PIECES.split(words.strip()) if piece))


def _place(text: str, piece: str, role: str, near: Sequence[Span]) -> Span:
    pattern = r"\s+".join(map(re.escape, piece.split()))
    spans = [Span(found.start(), found.end()) for found in re.finditer(pattern, text)]
    spans = [span for span in spans if not any(span.overlaps(other) for other in near)] or spans
    shown = f"“{' '.join(piece.split())[:SHOWN]}” as {role}"
    if not spans:
        raise UnclearEdit(f"{shown}, which the text does not have", "words of the text", "Copy them from the text")
    if len(spans) > 1 and not near:
        at = ", ".join(f"{span.start}:{span.end}" for span in spans[:6])
        raise UnclearEdit(
            f"{shown}, {len(spans)} times in the text, at {at}",
            "words that stand there once",
            "Take more of them, or START:END in characters from 0",
        )
    return min(spans, key=lambda span: min((abs(span.start - other.start) for other in near), default=0))


def _about(record: Record, given: Iterable[str]) -> tuple[Target, ...]:
    signs: dict[str, Sign] = {"+": "+", "-": "-", "0": "0"}
    targets = []
    for one in filter(None, given):
        name, _, sign = one.rpartition("=")
        found = [e.id for e in record.entities if name in (e.id, e.name, *e.aka)]
        if sign not in signs or len(found) != 1:
            known = ", ".join(entity.id for entity in record.entities[:8])
            raise _unclear(f"about {one}", f"one of {known}, with =+, =- or =0", "Write NAME=-")
        targets.append(Target(found[0], signs[sign]))
    return tuple(targets)


def _occasion(record: Record, held: Statement | None, kind: str | None, when: str | None) -> Occasion | str:
    if kind == NONE:
        return NONE
    if kind and kind not in get_args(OccasionKind):
        raise _unclear(f"the occasion {kind!r}", f"one of {', '.join(get_args(OccasionKind))}, {NONE}", "Choose one")
    now = record.occasion(held.occasion) if held is not None and held.occasion else Occasion(id="new")
    changed: dict[str, Any] = {name: value for name, value in (("kind", kind), ("when", when)) if value}
    return replace(now, **changed)


def _unclear(seen: str, wanted: str, todo: str) -> UnclearEdit:
    return UnclearEdit(seen[: 2 * SHOWN], wanted, todo)
