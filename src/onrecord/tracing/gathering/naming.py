"""Whose words stand in quotation marks, in a language that no model reads: the name that the text puts beside them.

    „Wir wussten es nicht“, sagte Bürgermeisterin Rena Holt am Montag.
                            cue   ├────── source ───────┤
    „Das Ventil ist alt.“                                        nobody beside it: who spoke last is only guessed at

A name beside a quotation stands with a word of saying in its own sentence; `data/tracing/naming.toml` has these by
language. Where a language has none there, the first name behind the quotation will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from onrecord.spans import Span
from onrecord.tracing.tables import table, words

LETTER = r"[^\W\d_]"
WORD = re.compile(rf"{LETTER}[\w’'-]*")
PARTICLES = frozenset("von van de del della di da dos du la le al el bin ibn zu zur ten ter af".split())
MOST_WORDS_OF_A_NAME = 5
REACH = 160
"""Characters beside a quotation, in its sentence, in which its speaker is looked for."""
SENTENCE_END = re.compile(r"[.!?…](?=\s+[«„“\"—–-]?\s?[^\W\d_a-zа-яё])|\n")
INITIAL = re.compile(r"(?:^|[.!?…:»“”\"]\s+|\n\s*|[«„“\"—–]\s?)$")
DASH = re.compile(r"^[ \t]*[—–―-][ \t]?(?=\S)", re.M)
ASIDE = re.compile(r"(?<=[,.!?…])\s+[—–―]\s*|\s[—–―](?=\w)|(?<=\w)[—–―](?=[\s.,;:!?])")
"""Where the writer breaks into a line of dialogue, and where the speaker goes on."""
STEM = 3
"""Letters, at least, that two cases of one name have in common; so many at the end may differ."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who speaks a quotation: the `name`, None for nobody; `source` and `cue` are the words beside it that tell.

    Without a source the name is a guess, from who spoke or was named before; `others` are all whom the text names.
    """

    name: str | None = None
    source: Span | None = None
    cue: Span | None = None
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class _Names:
    """The names of a text: where each stands, and for every surname the form that it is called by."""

    runs: list[Span]
    called: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=64)
def _listed(language: str | None, kind: str) -> frozenset[str]:
    """The words of one kind; none for a language that has no list."""
    return frozenset(str(table("naming").get(language or "", {}).get(kind, "")).split())


def dialogue(text: str, language: str | None) -> Iterator[tuple[Span, ...]]:
    """The lines of dialogue that begin with a dash, each as the pieces that are spoken.

    A line counts where the writer breaks into it with a word of saying: *— Мы не знали, — сказала Холт. — Вентиль
    старый.* Other lines with a dash are lists.
    """
    cues = _listed(language, "cues")
    for dash in DASH.finditer(text):
        end = text.find("\n", dash.end())
        line = Span(dash.end(), len(text) if end < 0 else end)
        cuts = [match.span() for match in ASIDE.finditer(text, line.start, line.end)]
        starts, ends = [line.start, *(end for _, end in cuts)], [*(start for start, _ in cuts), line.end]
        parts = [Span(a, b) for a, b in zip(starts, ends, strict=True) if b > a]
        asides = {at for at, part in enumerate(parts) if at and _is_aside(part.slice(text), cues)}
        spoken = [_bare(text, part) for at, part in enumerate(parts) if at not in asides]
        if asides and (pieces := tuple(piece for piece in spoken if piece is not None)):
            yield pieces


def _bare(text: str, part: Span) -> Span | None:
    """A piece of dialogue without the comma before the writer breaks in, and the stop behind."""
    start = part.start + len(part.slice(text)) - len(part.slice(text).lstrip(" \u00a0.,;:"))
    return Span(start, part.end).trim(text) if start < part.end else None


def _is_aside(part: str, cues: frozenset[str]) -> bool:
    first = [word.casefold() for word in WORD.findall(part)[:6]]
    return part[:1].islower() and bool(cues & set(first))


def speakers_near(text: str, quotations: Sequence[tuple[Span, ...]], language: str | None) -> list[Named]:
    """Who speaks each of the quotations, which are given in pieces and in order."""
    flat = sorted(piece for pieces in quotations for piece in pieces)
    names = _names(text, flat, language)
    everybody = tuple(dict.fromkeys(names.called.values()))
    found: list[Named] = []
    for pieces in quotations:
        named = _beside(text, pieces, flat, names, language)
        if named is None:
            before = found[-1] if found and _goes_on(text, found, quotations, pieces) else None
            guess = before.name if before is not None else _named_before(text, pieces[0].start, names)
            named = Named(guess)
        found.append(Named(named.name, named.source, named.cue, everybody))
    return found


def _goes_on(
    text: str, found: Sequence[Named], quotations: Sequence[tuple[Span, ...]], pieces: tuple[Span, ...]
) -> bool:
    """Whether no more than a paragraph's end lies between a quotation and the one before it."""
    before = quotations[len(found) - 1][-1]
    between = text[before.end : pieces[0].start] if before.end < pieces[0].start else ""
    return between.count("\n") <= 2 and len(between) <= 2 * REACH


def _named_before(text: str, at: int, names: _Names) -> str | None:
    """Who is named last in the paragraph before a place."""
    paragraph = text.rfind("\n", 0, at) + 1
    runs = [run for run in names.runs if paragraph <= run.start < at]
    return names.called[_surname(runs[-1].slice(text))] if runs else None


def _beside(
    text: str, pieces: tuple[Span, ...], flat: Sequence[Span], names: _Names, language: str | None
) -> Named | None:
    """Who is named in the sentence of a quotation, behind it first, then between its pieces, then before it."""
    first, last = pieces[0], pieces[-1]
    after = _cut(text, last.end, min([q.start for q in flat if q.start >= last.end], default=len(text)))
    if after is not None and (not _clings(after.slice(text)) or _begins_anew(text, last, after)):
        after = None
    between = [Span(a.end, b.start) for a, b in pairwise(pieces) if b.start > a.end]
    start = max([q.end for q in flat if q.end <= first.start], default=0)
    start = max(_sentence_start(text, start, first.start), first.start - REACH)
    before = Span(start, first.start) if start < first.start else None
    for stretch in filter(None, (after, *between, before)):
        if (named := _told(text, stretch, names, language, ahead=stretch is before)) is not None:
            return named
    return None


def _clings(after: str) -> bool:
    """Whether words follow a quotation with no more than a comma and a dash between."""
    return re.match(r"[\s,—–―-]{0,5}[^\W\d_]", after) is not None


def _begins_anew(text: str, quotation: Span, after: Span) -> bool:
    """Whether a quotation ends its sentence, and a new one follows."""
    words = after.slice(text)
    ended = re.search(r"[.!?]\W{0,2}$", quotation.slice(text)) is not None
    return ended and words[:1].isspace() and words.lstrip()[:1].isupper()


def _told(text: str, stretch: Span, names: _Names, language: str | None, *, ahead: bool) -> Named | None:
    """The speaker that a stretch of the sentence names together with a word of saying."""
    cues, tokens = _listed(language, "cues"), [*WORD.finditer(text, stretch.start, stretch.end)]
    cue = next((token for token in tokens if token.group().casefold() in cues), None)
    if cue is None and (cues or ahead) and not (ahead and text[: stretch.end].rstrip().endswith(":")):
        return None
    runs = [run for run in names.runs if stretch.contains(run) and not _is_medium(text, run, language)]
    if not runs:
        return None
    where = Span(*cue.span()) if cue is not None else None
    behind = [run for run in runs if where is not None and run.start >= where.end]
    source = behind[0] if behind and not _has_pronoun(text, where, behind[0], language) else None
    if source is None:
        source = (runs[-1] if where is None and ahead else runs[0]) if where is None else None
        earlier = [run for run in runs if where is not None and run.end <= where.start]
        source = source or (earlier[-1] if earlier else None)
    if source is None:
        return None
    return Named(names.called[_surname(source.slice(text))], source, where)


def _has_pronoun(text: str, cue: Span | None, run: Span, language: str | None) -> bool:
    """Whether a pronoun between the word of saying and a name is the speaker: *sagte sie der Coast Echo*."""
    between = "" if cue is None else text[cue.end : run.start]
    return bool(_listed(language, "pronouns") & {word.casefold() for word in WORD.findall(between)})


def _is_medium(text: str, run: Span, language: str | None) -> bool:
    """Whether a name is that of an outlet, as the word before it or in it tells: *der Zeitung Coast Echo*."""
    before = WORD.findall(text[max(0, run.start - 40) : run.start])[-1:]
    return bool(_listed(language, "media") & {word.casefold() for word in (*before, *WORD.findall(run.slice(text)))})


def _cut(text: str, start: int, end: int) -> Span | None:
    """What stands behind a quotation in its sentence."""
    stop = SENTENCE_END.search(text, start, min(end, start + REACH))
    end = min(end, start + REACH, stop.start() if stop else len(text))
    return Span(start, end) if end > start else None


def _sentence_start(text: str, start: int, end: int) -> int:
    ends = [match.end() for match in SENTENCE_END.finditer(text, start, min(len(text), end + 3)) if match.end() <= end]
    return ends[-1] if ends else start


def _names(text: str, quoted: Sequence[Span], language: str | None) -> _Names:
    """The names outside of quotations: capitalised words in a row, and alone those that end such a row elsewhere."""
    tokens = [Span(*match.span()) for match in WORD.finditer(text)]
    tokens = [token for token in tokens if not any(quotation.contains(token) for quotation in quoted)]
    small = {word for token in tokens if (word := token.slice(text))[0].islower()}
    small |= words(language, "common") | _listed(language, "cues")
    rows = [*filter(None, (_without_opening(text, row, small) for row in _rows(text, tokens)))]
    names = _Names([])
    for row in rows:
        if len(row) > 1:
            name = Span(row[0].start, row[-1].end).slice(text)
            held = _akin(_surname(name), names.called)
            if held is None or len(name) < len(names.called[held]):
                names.called[held or _surname(name)] = name
    for row in rows:
        span = Span(row[0].start, row[-1].end)
        if (held := _akin(_surname(span.slice(text)), names.called)) is not None:
            names.called.setdefault(_surname(span.slice(text)), names.called[held])
            names.runs.append(span)
    return names


def _rows(text: str, tokens: Sequence[Span]) -> Iterator[list[Span]]:
    """Capitalised words with nothing but blanks and particles between them."""
    row: list[Span] = []
    waiting: list[Span] = []
    for token in tokens:
        word = token.slice(text)
        close = (
            bool(row)
            and not text[(waiting or row)[-1].end : token.start].strip(" \u00a0.")
            and ("." not in text[(waiting or row)[-1].end : token.start] or len((waiting or row)[-1]) <= 2)
        )
        if word[0].isupper() and close and len(row) + len(waiting) < MOST_WORDS_OF_A_NAME:
            row += [*waiting, token]
            waiting = []
        elif close and word in PARTICLES:
            waiting.append(token)
        else:
            if row:
                yield row
            row, waiting = ([token] if word[0].isupper() else []), []
    if row:
        yield row


def _without_opening(text: str, row: list[Span], small: Iterable[str]) -> list[Span]:
    """A row without the word that has its capital from the beginning of a sentence."""
    opens = INITIAL.search(text[max(0, row[0].start - 8) : row[0].start]) is not None or row[0].start == 0
    return row[1:] if opens and row[0].slice(text).casefold() in small else row


def _surname(name: str) -> str:
    found = WORD.findall(name)
    return found[-1].casefold().removesuffix("'s").removesuffix("’s") if found else ""


def _akin(surname: str, called: dict[str, str]) -> str | None:
    """The key of a name that may be this one in another case: *Холт*, *Холту*; letters of Latin must be equal."""
    if surname in called:
        return surname
    if surname.isascii():
        return None
    for other in called:
        shorter = min(len(surname), len(other))
        stem = max(STEM, shorter - 1)
        if surname[:stem] == other[:stem] and abs(len(surname) - len(other)) <= STEM and not other.isascii():
            return other
    return None
