"""Whose words stand in quotation marks, in a language that no model reads: the name that the text puts beside them.

    „Wir wussten es nicht“, sagte Bürgermeisterin Rena Holt am Montag.
                            cue   ├────── source ───────┤
    „Das Ventil ist alt.“                                        nobody beside it: who spoke last is only guessed at

A name beside a quotation stands with a word of saying in its own sentence; `data/tracing/naming.toml` has these by
language. Where a language has none there, the first name behind the quotation will do.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.spans import Span
from onrecord.tracing.tables import table, words

LETTER = r"[^\W\d_]"
WORD = re.compile(rf"{LETTER}[\w’'-]*")
PARTICLES = frozenset("von van de del della di da dos du la le al el bin ibn zu zur ten ter af".split())
MOST_WORDS_OF_A_NAME = 5
MOST_NAMES = 20
"""So many others are kept for candidates of a guess."""
REACH = 160
"""Characters beside a quotation, in its sentence, in which its speaker is looked for."""
SENTENCE_END = re.compile(r"[.!?…](?=\s+[«„“\"—–-]?\s?[^\W\d_a-zа-яё])|\n")
INITIAL = re.compile(r"(?:^|[.!?…:»“”\"]\s+|\n\s*|[«„“\"—–]\s?)$")
DASH = re.compile(r"^[ \t]*[—–―-][ \t]?(?=\S)", re.M)
ASIDE = re.compile(r"(?<=[,.!?…])\s+[—–―]\s*|\s[—–―](?=\w)|(?<=\w)[—–―](?=[\s.,;:!?])")
"""Where the writer breaks into a line of dialogue, and where the speaker goes on."""
CLINGS, ENDED = re.compile(r"[\s,—–―-]{0,5}[^\W\d_]"), re.compile(r"[.!?]\W{0,2}$")
STEM = 3
"""Letters, at least, that two cases of one name have in common; so many at the end may differ."""


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """Who speaks a quotation: the `name`, None for nobody; `source` and `cue` are the words beside it that tell.

    Without a source the name is a guess, from who spoke or was named before; `others` are all whom the text names.
    """

    name: str | None = None
    source: Span | None = None
    cue: Span | None = None
    others: tuple[str, ...] = ()


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


def speakers_near(text: str, quotations: Sequence[tuple[Span, ...]], language: str | None) -> list[NamedSpeaker]:
    """Who speaks each of the quotations, which are given in pieces and in order."""
    return _Text(text, quotations, language).speakers()


class _Text:
    """A text with its quotations and the names outside of them: `runs`, where they stand, and for every surname the
    form that it is `called` by."""

    def __init__(self, text: str, quotations: Sequence[tuple[Span, ...]], language: str | None) -> None:
        self.text, self.language, self.quotations = text, language, quotations
        quoted = sorted(piece for pieces in quotations for piece in pieces)
        self.starts, self.ends = [piece.start for piece in quoted], [piece.end for piece in quoted]
        self.cues = _listed(language, "cues")
        self.runs: list[Span] = []
        self.called: dict[str, str] = {}
        self._by_stem: defaultdict[str, list[str]] = defaultdict(list)
        self._find_names(quoted)
        self.everybody = tuple(dict.fromkeys(self.called.values()))[:MOST_NAMES]

    def speakers(self) -> list[NamedSpeaker]:
        """Who speaks each quotation."""
        found: list[NamedSpeaker] = []
        for at, pieces in enumerate(self.quotations):
            named = self._beside(pieces)
            if named is None and at and self._goes_on(self.quotations[at - 1][-1].end, pieces[0].start):
                named = NamedSpeaker(found[-1].name)
            named = named or NamedSpeaker(self._named_before(pieces[0].start))
            found.append(NamedSpeaker(named.name, named.source, named.cue, self.everybody))
        return found

    def _goes_on(self, end: int, start: int) -> bool:
        """Whether no more than a paragraph's end lies between a quotation and the one before it."""
        return start - end <= 2 * REACH and self.text.count("\n", end, max(end, start)) <= 2

    def _named_before(self, at: int) -> str | None:
        """Who is named last in the paragraph before a place."""
        last = bisect_left(self.runs, at, key=lambda run: run.start) - 1
        if last < 0 or self.text.find("\n", self.runs[last].end, at) >= 0:
            return None
        return self._name_at(self.runs[last])

    def _beside(self, pieces: tuple[Span, ...]) -> NamedSpeaker | None:
        """Who is named in the sentence of a quotation: behind it, between its pieces, or else before it."""
        behind = [self._behind(pieces[-1]), *(Span(a.end, b.start) for a, b in pairwise(pieces) if b.start > a.end)]
        for stretch in filter(None, behind):
            if (named := self._told(stretch)) is not None:
                return named
        before = self._before(pieces[0].start)
        return None if before is None else self._told(before, ahead=True)

    def _behind(self, quotation: Span) -> Span | None:
        """What follows a quotation in its sentence, with no more than a comma and a dash between."""
        start, last = quotation.end, bisect_left(self.starts, quotation.end)
        end = min(start + REACH, len(self.text), *self.starts[last : last + 1])
        stop = SENTENCE_END.search(self.text, start, end)
        end = stop.start() if stop else end
        words = self.text[start:end]
        ended = ENDED.search(self.text, max(quotation.start, start - 3), start) is not None
        if not CLINGS.match(words) or (ended and words[:1].isspace() and words.lstrip()[:1].isupper()):
            return None
        return Span(start, end)

    def _before(self, at: int) -> Span | None:
        """What precedes a quotation in its sentence."""
        last = bisect_right(self.ends, at) - 1
        start = max(at - REACH, self.ends[last] if last >= 0 else 0, 0)
        ends = [m.end() for m in SENTENCE_END.finditer(self.text, start, min(len(self.text), at + 3)) if m.end() <= at]
        start = ends[-1] if ends else start
        return Span(start, at) if start < at else None

    def _told(self, stretch: Span, *, ahead: bool = False) -> NamedSpeaker | None:
        """The speaker that a stretch of the sentence names together with a word of saying, or before a colon."""
        tokens = WORD.finditer(self.text, stretch.start, stretch.end)
        cue = next((Span(*token.span()) for token in tokens if token.group().casefold() in self.cues), None)
        first = bisect_left(self.runs, stretch.start, key=lambda run: run.start)
        last = bisect_right(self.runs, stretch.end, key=lambda run: run.end)
        runs = [run for run in self.runs[first:last] if not self._is_medium(run)]
        source: Span | None = None
        if cue is not None:
            behind = [run for run in runs if run.start >= cue.end]
            ahead_of_it = [run for run in runs if run.end <= cue.start]
            if behind and not self._has_pronoun(cue.end, behind[0].start):
                source = behind[0]
            elif ahead_of_it:
                source = ahead_of_it[-1]
        elif ahead and self.text[: stretch.end][-3:].rstrip().endswith(":"):
            source = runs[-1] if runs else None
        elif not self.cues and not ahead:
            source = runs[0] if runs else None
        return None if source is None else NamedSpeaker(self._name_at(source), source, cue)

    def _has_pronoun(self, start: int, end: int) -> bool:
        """Whether a pronoun between the word of saying and a name is the speaker: *sagte sie der Coast Echo*."""
        between = WORD.findall(self.text, start, end)
        return bool(_listed(self.language, "pronouns") & {word.casefold() for word in between})

    def _is_medium(self, run: Span) -> bool:
        """Whether a name is that of an outlet, as the word before it or in it tells: *der Zeitung Coast Echo*."""
        before = WORD.findall(self.text, max(0, run.start - 40), run.start)[-1:]
        told = {word.casefold() for word in (*before, *WORD.findall(run.slice(self.text)))}
        return bool(_listed(self.language, "media") & told)

    def _name_at(self, run: Span) -> str:
        return self.called[_surname(run.slice(self.text))]

    def _find_names(self, quoted: Sequence[Span]) -> None:
        """The names outside of quotations: capitalised words in a row, and alone those that end such a row."""
        bare = self.text
        if quoted:
            edges = [0, *(edge for piece in quoted for edge in (piece.start, piece.end)), len(self.text)]
            parts = [self.text[a:b] for a, b in pairwise(edges)]
            bare = "".join(part if n % 2 == 0 else " " * len(part) for n, part in enumerate(parts))
        tokens = [Span(*match.span()) for match in WORD.finditer(bare)]
        small = {word for token in tokens if (word := token.slice(bare))[0].islower()}
        small |= words(self.language, "common") | self.cues
        rows = [*filter(None, (_without_opening(self.text, row, small) for row in _rows(bare, tokens)))]
        spans = [(Span(row[0].start, row[-1].end), len(row)) for row in rows]
        for span, size in spans:
            if size > 1:
                self._call(span.slice(self.text))
        for span, _ in spans:
            surname = _surname(span.slice(self.text))
            if (held := self._akin(surname)) is not None:
                self.called.setdefault(surname, self.called[held])
                self.runs.append(span)

    def _call(self, name: str) -> None:
        """Take in a full name; of several forms the shortest is what its bearer is called."""
        surname = _surname(name)
        held = self._akin(surname)
        if held is None:
            self._by_stem[surname[:STEM]].append(surname)
        if held is None or len(name) < len(self.called[held]):
            self.called[held or surname] = name

    def _akin(self, surname: str) -> str | None:
        """The key of a name that may be this one in another case: *Холт*, *Холту*; Latin letters must be equal."""
        if surname in self.called or surname.isascii():
            return surname if surname in self.called else None
        for other in self._by_stem[surname[:STEM]]:
            stem = max(STEM, min(len(surname), len(other)) - 1)
            if surname[:stem] == other[:stem] and abs(len(surname) - len(other)) <= STEM and not other.isascii():
                return other
        return None


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
