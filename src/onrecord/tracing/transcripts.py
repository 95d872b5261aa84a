"""A transcript as Originals: its labelled turns in order, each with its speaker's full name and where it stands.

    DAGNY ROURKE-HALE, flight director: Good afternoon. …   names=("DAGNY ROURKE-HALE, flight director", "ROURKE-HALE")
    ROURKE-HALE: We knew it was slow.                       the same names: a short label is completed from a fuller
    KALTBRUNNER-DIOP [in English]: Nobody pushed me.        language="en"

A turn may go on over several paragraphs without a new label. What stands before the first label is a heading. A text
without labels is one speaker's, or nobody's: every paragraph is then an Original without a name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from onrecord.records import Article, Record
from onrecord.spans import Span
from onrecord.tracing.speakers import same_person
from onrecord.tracing.tongues import tongue_of
from onrecord.tracing.values import Original

LABEL = re.compile(
    r"^(?:>> ?|- |– |— )?(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+)?"
    r"(?P<name>(?=[^\W\d_])[^:\n.!?]{0,90}?(?:\b(?:(?i:Dr|Mr|Mrs|Ms|St|Prof|Gen|Sen|Rep|Capt|Col|Lt|Hon|Rev|Jr|Sr)|[A-Z])\."
    r"[^:\n.!?]{0,60}){0,3})\s?:(?=\s)"
    r"[ \t]*",
    re.M,
)
BRACKETS = re.compile(r"\s*[\[(](?P<inside>[^\])\n]{0,60})[\])]\s*$")
SMALL = frozenset("of the de la le du des der van von for and in at to d di da".split())
STAGE = re.compile(r"[\[(][^\])\n]{1,60}[\])]")
CLOSING = re.compile(r"\s*(?:\(?(?:ends?|fin|ende|end of transcript|the hearing closed)\b[^\n]{0,40})\Z", re.I)
TONGUES = {"english": "en", "french": "fr", "german": "de", "spanish": "es", "russian": "ru"}
NAMED_TONGUE = re.compile(r"\bin (English|French|German|Spanish|Russian)\b", re.I)
FEWEST_TURNS = 2
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NAME_OF_MONTH = r"(?P<month>(?:" + "|".join(MONTHS) + r")[a-z]*)\.?"
DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{NAME_OF_MONTH},? (?P<year>\d{{4}})\b", re.I)
MONTH_FIRST = re.compile(rf"\b{NAME_OF_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b", re.I)
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """One labelled turn: the label as printed, and the span of what was said."""

    label: Span
    said: Span


def turns(text: str) -> tuple[Turn, ...]:
    """The labelled turns of a text, in order; none where fewer than two paragraphs begin with a label."""
    labels = [match for match in LABEL.finditer(text) if _is_label(match["name"])]
    found = []
    for match, following in zip_longest(labels, labels[1:]):
        end = following.start() if following else _without_closing(text)
        said = Span(match.end(), end).trim(text) if match.end() < end else None
        if said is not None:
            found.append(Turn(Span(*match.span("name")), said))
    return tuple(found) if len(found) >= FEWEST_TURNS else ()


def originals_of(article: Article) -> tuple[Original, ...]:
    """What was said, turn by turn, or paragraph by paragraph where nothing tells who speaks."""
    text = article.text
    default = _tongue_told(text)
    labelled = turns(text)
    if not labelled:
        return tuple(_unlabelled(text, article.id))
    names = _names(text, labelled)
    found: list[Original] = []
    for number, (turn, called) in enumerate(zip(labelled, names, strict=True), start=1):
        label = turn.label.slice(text)
        aside = BRACKETS.search(label)
        told = TONGUES.get((m[1].lower() if (m := NAMED_TONGUE.search(aside["inside"])) else "") if aside else "")
        said = turn.said.slice(text)
        before = found[-1] if found else None
        asked = (
            before is not None and before.text.rstrip('"”»’ ').endswith("?") and not same_person(called, before.names)
        )
        found.append(
            Original(
                text=said,
                id=str(number),
                names=called,
                start=turn.said.start,
                after=_question(before.text) if before is not None and asked else "",
                language=told or tongue_of(said) or default,
            )
        )
    return tuple(found)


def originals_of_record(record: Record) -> tuple[Original, ...]:
    """The quoted statements of another article, as what was said: for a check of one article against another."""
    found = []
    for statement in record.statements:
        if statement.form != "direct" or statement.within is not None:
            continue
        speaker = record.speaker(statement)
        names = (speaker.name, *speaker.aka) if speaker is not None else ()
        for span in statement.content:
            said = span.slice(record.article.text)
            found.append(
                Original(text=said, id=f"{statement.id}", names=names, start=span.start, language=tongue_of(said))
            )
    return tuple(found)


def _is_label(label: str) -> bool:
    """Whether words before a colon name somebody: a few words, each with a capital unless it is small or behind a
    comma; no sentence."""
    head = re.split(r"[,(\[]", label, maxsplit=1)[0].split()
    if not 0 < len(head) <= 6:
        return False
    return all(word[0].isupper() or word.lower() in SMALL for word in head) and head[0].lower() not in (
        "note",
        "source",
    )


def _without_closing(text: str) -> int:
    """Where the last turn ends: before a closing remark of the minutes, such as "(Ends 15:26)"."""
    paragraphs = text.rstrip().rsplit("\n", 1)
    if len(paragraphs) == 2 and (CLOSING.match(paragraphs[1]) or re.fullmatch(r"\s*\([^)]*\)\s*", paragraphs[1])):
        return len(paragraphs[0])
    return len(text)


def _names(text: str, labelled: Sequence[Turn]) -> list[tuple[str, ...]]:
    """For each turn every label of the same speaker, the fullest first."""
    plain = [BRACKETS.sub("", turn.label.slice(text)).strip() for turn in labelled]
    kinds = sorted(set(plain), key=lambda label: (-len(label), label))
    return [
        tuple(
            dict.fromkeys(kind for kind in kinds if kind == label or same_person((_titled(label),), (_titled(kind),)))
        )
        for label in plain
    ]


def _titled(label: str) -> str:
    head, comma, tail = label.partition(",")
    return head.title() + comma + tail if head.isupper() else label


def _question(text: str) -> str:
    """The last sentence of an utterance that asks."""
    return re.split(r"(?<=[.!?])\s+", text.strip())[-1]


def _tongue_told(text: str) -> str | None:
    """The language in which a transcript says that it is: "In French unless marked"."""
    told = re.search(r"\bin (English|French|German|Spanish|Russian) unless\b", text[:1000], re.I)
    return TONGUES[told[1].lower()] if told else tongue_of(text[:2000])


def _unlabelled(text: str, id: str) -> Iterator[Original]:
    for number, match in enumerate(re.finditer(r"[^\n]+", text), start=1):
        span = Span(*match.span()).trim(text)
        if span is not None:
            said = span.slice(text)
            yield Original(text=said, id=str(number), start=span.start, language=tongue_of(said))


def held_on(article: Article) -> datetime.date | None:
    """The day of the occasion: the article's own date, or the first full date in the heading of a transcript."""
    if article.published is not None:
        return article.published
    labelled = turns(article.text)
    heading = article.text[: labelled[0].label.start if labelled else 400]
    for pattern in (DAY_FIRST, MONTH_FIRST, ISO):
        if match := pattern.search(heading):
            try:
                return datetime.date(int(match["year"]), _month(match["month"]), int(match["day"]))
            except ValueError:
                continue
    return None


def _month(words: str) -> int:
    return int(words) if words.isdigit() else MONTHS.index(words[:3].lower()) + 1
