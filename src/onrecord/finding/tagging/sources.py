"""Who is named as speaking where the words for it are cut short, or stand in another sentence than the quotation.

Mr | Arlund had come to talk.                            a source is a whole name: Mr Arlund
Here is Ana Holt, the cook, on the delay: “…”            introduced before a colon
Ana Holt was more forgiving. “…”                         the subject of the sentence before, which reports nothing
The Ledger quotes him as saying that it was late.        the words are his; the Ledger relays them
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from onrecord.finding.naming.lexicon import bare, lexicon
from onrecord.finding.naming.phrases import read_phrase
from onrecord.finding.pack import listed, pattern
from onrecord.finding.segments import BREAK, paragraphs, sentences
from onrecord.records import Record, Statement
from onrecord.spans import Span, merge

NEXT_WORDS = re.compile(r"(?: [\w’'-]+){1,5}")
PIECE = re.compile(r"[^\s,:]+")
WORD = re.compile(r"[\w’'-]+")
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
TITLE_CASE = 0.6
"""The share of capitalised words from which a line is a headline, where capitals mark no name."""

MOST_WORDS = 8
"""Of a noun phrase, without what stands in commas behind it."""


def complete_sources(record: Record) -> Record:
    """The record with whole names as sources, and a source for quotations that the sentence before gives to somebody
    who is told of there for the first time."""
    page = _Page(record)
    return replace(record, statements=tuple(page.completed(statement) for statement in record.statements))


class _Page:
    """A record, and which of its sentences report something."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._text = record.article.text
        self._paragraphs = paragraphs(self._text)
        self._starts = [p.start for p in self._paragraphs]
        self._taken = merge([span for s in record.statements for span in (*s.cue, *s.content)])
        self._ends = [span.end for span in self._taken]

    def completed(self, statement: Statement) -> Statement:
        """The statement with its source as it should be."""
        if statement.cue and (quoted := self._quoted_by_another(statement)) is not None:
            return quoted
        if statement.cue and self._is_asked(statement):
            return self._asked(statement)
        span, why = None, "introduced before the quotation"
        if not statement.cue and statement.within is None:
            span = self._introduced(statement)
        if statement.source:
            last = statement.source[-1]
            if span is None or span.start != last.start:
                span, why = self._whole(statement), f"{statement.decided_by.get('source', 'linker')}, whole name"
            if span is None or span.end <= last.end:
                return statement
        elif span is None or self._goes_on(statement, span):
            return statement
        decided = {name: who for name, who in statement.decided_by.items() if name != "carried_from"}
        return replace(
            statement,
            source=(*statement.source[:-1], span),
            carried_from=None,
            decided_by={**decided, "source": why},
        )

    def _whole(self, statement: Statement) -> Span | None:
        """A source that ends within a name or before its noun, up to the end of it."""
        last = statement.source[-1]
        end = self._end_of_phrase(last)
        if end == last.end:
            return None
        span = Span(last.start, end)
        cut = any(span.overlaps(piece) for piece in (*statement.cue, *statement.content))
        return None if cut or self._in_headline(span) else span

    def _end_of_phrase(self, source: Span) -> int:
        """Where a source ends if nothing of its last name, or of the noun behind its last word, is cut off."""
        table = lexicon()
        last = source.slice(self._text).split()[-1]
        plain = bare(last)
        if plain in listed("articles"):
            behind = NEXT_WORDS.match(self._text, source.end)
            for word in WORD.finditer(behind[0]) if behind else ():
                words = self._text[source.end : source.end + word.end()]
                if read_phrase(f"{plain}{words}").kind is not None:
                    return source.end + word.end()
            return source.end
        is_label = last.isupper() and len(plain) < 4
        if last[0].isupper() and not is_label and (last[-1].isalpha() or plain in table.honorifics):
            behind = pattern("rest_of_name").match(self._text, source.end)
            return behind.end() if behind else source.end
        return source.end

    def _in_headline(self, span: Span) -> bool:
        around = self._paragraphs[bisect_right(self._starts, span.start) - 1]
        long = LONG_WORD.findall(around.slice(self._text))
        capitals = [word for word in long if word[0].isupper()]
        return len(capitals) > TITLE_CASE * len(long)

    def _introduced(self, statement: Statement) -> Span | None:
        """The words for a person whom the sentence before a quotation introduces."""
        start = statement.content[0].start
        before = self._sentence_before(start)
        if before is None or self._reports(before):
            return None
        words = before.slice(self._text)
        at = before.start + self._leading(words)
        return self._person(at, before.end, colon=words.endswith(":"))

    def _reports(self, sentence: Span) -> bool:
        """Whether a cue or content stands in it."""
        at = bisect_right(self._ends, sentence.start)
        return at < len(self._taken) and self._taken[at].start < sentence.end

    def _sentence_before(self, start: int) -> Span | None:
        """The sentence that ends right before a place, in its paragraph, or with a colon in the one above."""
        at = bisect_left(self._starts, start) - 1
        if at >= 0 and not self._text[self._starts[at] : start].strip():
            at -= 1
        if at < 0:
            return None
        around = self._paragraphs[at]
        found = sentences(self._text, Span(around.start, min(start, around.end)))
        if not found or self._text[found[-1].end : start].strip():
            return None
        gap = self._text[found[-1].end : start]
        colon = found[-1].slice(self._text).endswith(":")
        return found[-1] if colon or (not BREAK.search(gap) and self._text[found[-1].end - 1] in ".!?…") else None

    def _leading(self, words: str) -> int:
        """How far the words reach that may stand before the one who is introduced."""
        lower, at = words.lower(), 0
        while match := next(
            (w for w in listed("introducing_words") if lower.startswith((f"{w} ", f"{w}, "), at)), None
        ):
            at += len(match) + (2 if lower[at + len(match)] == "," else 1)
        return at

    def _person(self, start: int, end: int, *, colon: bool) -> Span | None:
        """The noun phrase for a person that begins at ``start`` and is followed by a verb or, before a colon, by a
        topic; with what stands in commas behind it."""
        pieces = list(PIECE.finditer(self._text, start, end))[: MOST_WORDS + 1]
        for n, word in enumerate(pieces):
            follows = self._text[word.end() : word.end() + 1]
            behind = pieces[n + 1][0] if n + 1 < len(pieces) else ""
            if follows == ",":
                comma = self._text.find(",", word.end() + 1, end)
                rest = self._text[comma + 1 : end].split() if comma > 0 else []
                stop = comma if rest and self._follows(rest[0], colon=colon) else word.end()
                behind = rest[0] if stop == comma else self._text[word.end() + 1 : end].split()[:1][0]
            else:
                stop = word.end()
            if not (self._follows(behind, colon=colon) or (colon and follows == ":")):
                if follows == ",":
                    return None
                continue
            phrase = read_phrase(self._text[start:stop], initial=True)
            named = phrase.name is not None and (phrase.kind == "person" or len(phrase.name.parts) > 1)
            if (named or phrase.kind == "person") and phrase.kind in ("person", None):
                return Span(start, stop)
            return None
        return None

    def _follows(self, word: str, *, colon: bool) -> bool:
        """Whether a word goes on with what is told of somebody: a verb, or before a colon a topic."""
        if colon and word in listed("introducing_topics"):
            return True
        return word in listed("introducing_verbs") or (len(word) > 4 and word.islower() and word.endswith("ed"))

    def _goes_on(self, statement: Statement, span: Span) -> bool:
        """Whether the one introduced is named as the source of the statement that the quotation goes on from."""
        if statement.carried_from is None:
            return False
        before = self._record.words(self._record.statement(statement.carried_from), "source")
        last = WORD.findall(span.slice(self._text).split(",")[0])[-1]
        return bare(last) in map(bare, WORD.findall(before))

    def _is_asked(self, statement: Statement) -> bool:
        """Whether the source of a participle that opens its sentence is the one who answers: *Asked why, she said*."""
        if not statement.source or statement.source[0].start < statement.content[0].start:
            return False
        cue = self._record.words(statement, "cue")
        return cue[0].isupper() and cue.lower() in listed("fronted")

    def _asked(self, statement: Statement) -> Statement:
        """What was asked, with the one who asked if *by* names them, else without a source."""
        gap = Span(statement.cue[-1].end, max(statement.cue[-1].end + 1, statement.content[0].start))
        by = pattern("by").match(gap.slice(self._text))
        source = () if by is None else (Span(gap.start + by.start("who"), gap.start + by.end("who")),)
        return replace(statement, source=source, decided_by={**statement.decided_by, "source": "asked by another"})

    def _quoted_by_another(self, statement: Statement) -> Statement | None:
        """A statement whose source only quotes, given to the one who is quoted; ``relay`` tells by whom."""
        cue = self._record.words(statement, "cue")
        if not listed("quoting") & set(cue.lower().split()):
            return None
        first, behind = statement.content[0], statement.cue[-1].end
        if first.start < statement.cue[0].start:  # “…,” the Ledger quotes him as saying
            match = pattern("as_said").match(self._text, behind)
            content = statement.content
        else:
            match = pattern("as_saying").match(self._text, first.start, first.end)
            content = (
                (Span(match.end(), first.end), *statement.content[1:]) if match and match.end() < first.end else ()
            )
        who = (
            self._quoted(statement, match, passive=pattern("passive_quoted").search(cue) is not None) if match else None
        )
        if match is None or who is None or not content:
            return None
        saying = Span(match.start("verb") - len("as "), match.end("verb"))
        return replace(
            statement,
            source=(who,),
            cue=(*statement.cue, saying),
            content=content,
            decided_by={**statement.decided_by, "source": "whom another quotes"},
        )

    def _quoted(self, statement: Statement, match: re.Match[str], *, passive: bool) -> Span | None:
        """Whose words they are: behind *quotes*, or before *was quoted*, where that opens the sentence."""
        if not passive:
            return Span(*match.span("who")).trim(self._text) if match["who"] else None
        start = statement.cue[0].start
        line = self._text.rfind("\n", 0, start) + 1
        before = sentences(self._text, Span(line, start))[-1:] if line < start else ()
        return next((s for s in before if len(s.slice(self._text).split()) <= MOST_WORDS), None)
