"""The normal form of a text: its words as they count when two wordings are compared, each with its place.

    text   I won't call this a “colour scheme” for eleven days…
    keys   i will not call this a color scheme for #11 days

Quotation marks, dashes, case, accents, US and GB spelling, contractions and the writing of numbers make no difference;
any other change of a word does. Two texts say the same words if and only if their keys are equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.spans import Span
from onrecord.tracing.tables import table
from onrecord.tracing.wording.numbers import Numeral, numerals

TOKEN = re.compile(
    r"\d+(?:[.,\u202f\u00a0]\d+)*|[A-Z](?:\.[A-Z])+(?![^\W_])|"
    r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*['’ʼ]?|\.\.\.|…|\. \. \.|[.!?;:,—–()\[\]]|-{2}"
)
WORD = re.compile(r"\w")
APOSTROPHES = str.maketrans("’ʼ`", "'''")
ELISION = re.compile(r"(l|d|n|j|m|qu|c|s|t|jusqu|lorsqu|puisqu)'(?=\w)")
BRACKET = re.compile(r"\[[^\]\n]{0,60}\]")
ENDS = frozenset(".!?")
CLAUSE_MARKS = frozenset(",;:—–()--")
ELLIPSES = frozenset(("...", "…", ". . ."))
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Gen|Col|Sen|Rep|Gov|Lt|Sgt|Jr|Sr|vs|Inc|Corp|Co|Ltd)|\b[A-Z]|\b[a-z]\.[a-z])$"
)
NUMBERED = re.compile(r"\bNo\.\s*\d")
"""*No. 4*, a number, not an answer."""
IS_AFTER = frozenset("it he she that this there here what who where how when let".split())


@dataclass(frozen=True, slots=True)
class Token:
    """One word that counts.

    `key` is its normal form, `span` where it stands (a contraction gives two words with one span, a number in several
    words one), `sentence` and `clause` number the sentence and the clause it is in, from 0. `breaks` is set where an
    ellipsis or an editor's bracket stands before it.
    """

    key: str
    span: Span
    sentence: int
    clause: int
    breaks: bool = False


def words_of(text: str, within: Sequence[Span] | None = None, language: str | None = None) -> tuple[Token, ...]:
    """The words of `text`, or of the stretches `within` it, in order. A new stretch begins a new clause.

    Bracketed insertions are the editor's and no words of the speaker.
    """
    words: list[Token] = []
    sentence = clause = 0
    for stretch in within if within is not None else (Span(0, len(text)),) if text else ():
        if words:
            clause += 1
            sentence += 1 if _ends_a_sentence(text, words[-1].span.end, stretch) else 0
        found, sentence, clause = _stretch(text, stretch, sentence, clause, language)
        words.extend(found)
    return tuple(words)


def hull(words: Sequence[Token]) -> Span:
    """From the first to the last of words."""
    return Span(min(word.span.start for word in words), max(word.span.end for word in words))


def keys_of(text: str) -> tuple[str, ...]:
    """The keys alone."""
    return tuple(word.key for word in words_of(text))


def _ends_a_sentence(text: str, end: int, after: Span) -> bool:
    """Whether a stretch that ends at `end` closes a sentence: by its mark, or since the next begins with a capital."""
    rest = text[end : end + 3]
    mark = next((char for char in rest if not char.isspace()), "")
    if mark in ENDS or mark == "…":
        return True
    first = next((char for char in text[after.start : after.end] if char.isalpha()), "")
    return first.isupper()


def _stretch(
    text: str, stretch: Span, sentence: int, clause: int, language: str | None
) -> tuple[list[Token], int, int]:
    """The words of one stretch, and the numbers of the sentence and clause in which it ends."""
    inserted = [match.span() for match in BRACKET.finditer(text, stretch.start, stretch.end)]
    tokens: list[tuple[str, Span, int, int, bool]] = []
    pending, breaks, before = "", False, ""
    for match in TOKEN.finditer(text, stretch.start, stretch.end):
        shown = match.group()
        if any(start <= match.start() < end for start, end in inserted):
            breaks = True
            continue
        if not WORD.match(shown):
            if shown in ELLIPSES:
                breaks, pending = True, pending or "…"
            elif shown in ENDS and not (shown == "." and _abbreviates(text, match.start(), before)):
                pending = "end"
            elif shown in CLAUSE_MARKS and pending != "end":
                pending = "clause"
            continue
        if tokens and pending:
            capital = shown[0].isupper() or shown[0].isdigit()
            if pending == "end" and (capital or not shown[0].islower()):
                sentence, clause = sentence + 1, clause + 1
            else:
                clause += 1
        tokens.append((shown, Span(*match.span()), sentence, clause, breaks))
        pending, breaks, before = "", False, shown
    return _keyed(tokens, language), sentence, clause


def _abbreviates(text: str, at: int, before: str) -> bool:
    after = text[at + 1 : at + 2]
    return bool(
        before
        and after
        and (
            not after.isspace()
            or ABBREVIATION.search(text[max(0, at - 5) : at])
            or NUMBERED.match(text, max(0, at - 3))
        )
        and after not in "\"”’'»)]"
    )


def _keyed(tokens: Sequence[tuple[str, Span, int, int, bool]], language: str | None) -> list[Token]:
    words: list[Token] = []
    plain = [fold(shown) for shown, *_ in tokens]
    found: dict[int, Numeral] = {numeral.first: numeral for numeral in numerals(plain, language)}
    at = 0
    while at < len(tokens):
        _, span, sentence, clause, breaks = tokens[at]
        if numeral := found.get(at):
            last = tokens[numeral.last]
            words.append(Token(f"#{numeral.value}", Span(span.start, last[1].end), sentence, clause, breaks))
            at = numeral.last + 1
            continue
        for n, key in enumerate(_in_full(tokens[at][0], language) or _expanded(plain[at])):
            words.append(Token(spelled(key), span, sentence, clause, breaks and not n))
        at += 1
    return words


@lru_cache(maxsize=65536)
def fold(shown: str) -> str:
    """Lower case, straight apostrophes, no accents: “Vašek’s” is vasek's."""
    decomposed = unicodedata.normalize("NFKD", shown.translate(APOSTROPHES).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip("'")


def _in_full(shown: str, language: str | None) -> tuple[str, ...]:
    """The words that an abbreviation in capitals stands for in English: UK and U.K. are united kingdom."""
    if language not in (None, "en"):
        return ()
    short, apostrophe, ending = shown.translate(APOSTROPHES).partition("'")
    full = str(table("spelling")["abbreviations"].get(short.replace(".", ""), ""))
    return tuple(f"{full}{apostrophe}{ending}".split()) if full else ()


@lru_cache(maxsize=65536)
def _expanded(word: str) -> tuple[str, ...]:
    """A contraction in full: won't is will not, l'orchestre is l' orchestre. A possessive stays."""
    whole = table("spelling")["contractions"].get(word)
    if whole is not None:
        return tuple(str(whole).split())
    if "'" not in word:
        return (word,)
    if elided := ELISION.match(word):
        return (elided[1] + "'", *_expanded(word[elided.end() :]))
    stem, _, tail = word.rpartition("'")
    if tail == "t" and stem.endswith("n"):
        return (*_expanded(stem[:-1]), "not")
    full = {"ll": "will", "ve": "have", "re": "are", "m": "am", "d": "would"}.get(tail)
    if full:
        return (*_expanded(stem), full)
    if tail == "s" and stem in IS_AFTER:
        return (stem, "us" if stem == "let" else "is")
    return (word,)


@lru_cache(maxsize=65536)
def spelled(word: str) -> str:
    """One spelling for US and GB English."""
    rules = table("spelling")
    if word in rules["pairs"]:
        return str(rules["pairs"][word])
    for pattern, into in _rules():
        changed = pattern.sub(into, word)
        if changed != word:
            return changed
    return word


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule["from"]), str(rule["to"])) for rule in table("spelling")["rule"])
