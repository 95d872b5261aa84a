"""A transcript as Originals: its labelled turns in order, each with its speaker's full name and where it stands.

    DAGNY ROURKE-HALE, flight director: Good afternoon. …   names=("DAGNY ROURKE-HALE, flight director", "ROURKE-HALE")
    ROURKE-HALE: We knew it was slow.                       the same names: a short label is completed from a fuller
    QUESTION: Did you?                                      asker=True
    KALTBRUNNER-DIOP [in English]: Nobody pushed me.        language="en"

A turn may go on over several paragraphs without a new label. What stands before the first label is a heading. A text
without labels is one speaker's, or nobody's: every paragraph is then an Original of the speaker that is told, if any.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.records import Article, Record
from onrecord.spans import Span
from onrecord.tracing.judging.labels import Turn, lone_turn, turns
from onrecord.tracing.judging.persons import every
from onrecord.tracing.judging.scene import held_on, language_in, scene_of
from onrecord.tracing.speakers import Match, match, same_person
from onrecord.tracing.values import Original
from onrecord.tracing.wording.normal import fold
from onrecord.tracing.wording.tongues import tongue_of

__all__ = ["held_on", "originals_of", "originals_of_record", "turns"]

BRACKETS = re.compile(r"\s*[\[(](?P<inside>[^\])\n]{0,60})[\])]\s*$")
UNLESS = re.compile(r"[^.\n]*(?:\bunless\b|\bwo nicht\b|\bsauf\b|\bsalvo\b|если не)[^.\n]*")
"""How a heading says in which language a transcript is unless a label says otherwise."""
MOSTLY = 0.5
"""The share of turns that end in a question from which on a speaker is one who asks."""


def originals_of(article: Article, speaker: str | None = None) -> tuple[Original, ...]:
    """What was said, turn by turn, or paragraph by paragraph where there are no turns.

    `speaker` is who speaks where no label says it or a label says the office alone.
    """
    text = article.text
    scene = scene_of(article)
    default = _tongue_told(text)
    labelled = turns(text)
    if not labelled:
        return tuple(_unlabelled(article, speaker, scene.translated))
    names = _names(text, labelled)
    asking = _askers(text, labelled, names)
    found: list[Original] = []
    for number, (turn, called) in enumerate(zip(labelled, names, strict=True), start=1):
        aside = BRACKETS.search(turn.label.slice(text))
        said = turn.said.slice(text)
        before = found[-1] if found else None
        asked = (
            before is not None
            and before.text.rstrip('"”»’ ').endswith("?")
            and (not called or not same_person(called, before.names))
        )
        asks = called in asking or (not called and said.rstrip('"”»’ ').endswith("?"))
        unnamed = speaker is not None and not asks and match((speaker,), called) == "unknown"
        found.append(
            Original(
                text=said,
                id=str(number),
                names=(*((speaker,) if unnamed and speaker else ()), *called),
                start=turn.said.start,
                after=_question(before.text) if before is not None and asked else "",
                language=(language_in(aside["inside"]) if aside else None) or tongue_of(said) or default,
                asker=asks,
                translated=scene.translated,
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


def _names(text: str, labelled: Sequence[Turn]) -> list[tuple[str, ...]]:
    """For each turn every label of the same speaker, the fullest first; none where there is but a dash."""
    printed = [_without_language(turn.label.slice(text)).strip("-–—") for turn in labelled]
    kinds = sorted(set(printed) - {""}, key=lambda label: (-len(label), label))
    made = {label: _forms(label, kinds) for label in kinds}
    return [made.get(label, ()) for label in printed]


def _without_language(label: str) -> str:
    """A label without a remark in brackets on the language or the scene; a name or an office there is kept."""
    aside = BRACKETS.search(label)
    bare = BRACKETS.sub("", label).strip()
    keep = aside is not None and (not bare or (label.rstrip().endswith(")") and language_in(aside["inside"]) is None))
    return label.strip() if keep or aside is None else bare


def _forms(label: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """A label and the others of the same speaker, the fullest first. Where those name two, it stands alone."""
    stands: defaultdict[Match, list[str]] = defaultdict(list)
    for kind in kinds:
        if kind != label:
            stands[_stands(label, kind)].append(kind)
    forms = stands["same"] or stands["may be"]
    if any(match((one,), (other,)) == "other" for one in forms for other in forms):
        forms = []
    return tuple(sorted((label, *forms), key=lambda form: (-len(form), form)))


def _stands(label: str, other: str) -> Match:
    """How two labels stand to each other, whichever is the fuller: *THE CHAIR (ANA HOLT)*, *THE CHAIR*."""
    one, two = match((label,), (other,)), match((other,), (label,))
    return two if one == "unknown" else one


def _askers(text: str, labelled: Sequence[Turn], names: Sequence[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Those who ask: by their label, or since most of what they say are questions."""
    said: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for turn, called in zip(labelled, names, strict=True):
        said[called].append(turn.said.slice(text).rstrip('"”»’ '))
    return {
        called
        for called, turns_of in said.items()
        if called
        and (
            any(_asks(name) for name in called)
            or sum(words.endswith("?") for words in turns_of) > MOSTLY * len(turns_of)
        )
    }


def _asks(label: str) -> bool:
    """Whether a label is of whoever asks: "Question", "Reporter 2", "Вопрос", "Q"."""
    words = re.split(r"[,(\[]", label, maxsplit=1)[0].split()
    return bool(words) and any(fold(word.strip(".")) in every("askers") for word in words)


def _question(text: str) -> str:
    """The last sentence of an utterance that asks."""
    return re.split(r"(?<=[.!?])\s+", text.strip())[-1]


def _tongue_told(text: str) -> str | None:
    """The language in which a transcript says that it is: "In French unless marked"."""
    told = UNLESS.search(text[:1000])
    return (language_in(told.group()) if told else None) or tongue_of(text[:2000])


def _unlabelled(article: Article, speaker: str | None, translated: bool) -> Iterator[Original]:
    """The paragraphs of a text without turns: of the one label there is, if any, or of who is told to speak."""
    text = article.text
    alone = lone_turn(text)
    within = alone.said if alone is not None else Span(0, len(text))
    called = alone.label.slice(text).strip() if alone is not None else speaker
    for number, line in enumerate(re.finditer(r"[^\n]+", within.slice(text)), start=1):
        span = Span(*line.span()).shift(within.start).trim(text)
        if span is not None:
            said = span.slice(text)
            yield Original(
                text=said,
                id=str(number),
                names=(called,) if called else (),
                start=span.start,
                language=tongue_of(said),
                translated=translated,
            )
