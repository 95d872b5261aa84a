"""Finding mentions: names, pronouns, and noun phrases whose head noun the lexicon knows; and all sources of statements.

The text is read once, word by word. A run of capitals is a name, with the words before it that describe it and the
apposition behind it; a determiner opens a description that goes on to the last noun known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.finding.naming.lexicon import bare, gender_of_given, lexicon
from onrecord.finding.naming.mentions import Form, Layout, Mention, Places, pronoun, pronouns
from onrecord.finding.naming.phrases import Phrase, quantities, read_phrase
from onrecord.finding.pack import listed, pattern
from onrecord.records import Record
from onrecord.spans import Span, hull

Tokens = Sequence[tuple[int, int, str]]
"""Where each word starts and ends, and the word."""

TOKEN = re.compile(r"(?:[^\W\d_]\.)+(?!\w)|[^\W_]+(?:[-‐‑'’‘ʻʼ`][^\W_]+)*|&")
RUN = re.compile(r"\w+")
BEFORE_CAPITAL = re.compile(r"(?P<word>[^\W\d_a-z][\w’'-]+)\.? (?=(?P<next>[^\W\d_a-z][\w’'‐‑‘ʻʼ`-]*))")
GAP = re.compile(r"\.? |\n")
SHORT = re.compile(r"\s?\(([A-Z][\w&.-]{1,11})\)")
CUT_SHORT = re.compile(r"\.? (?:[^\W\d_]\S*[^\W_])")
APOSTROPHE = re.compile("['’]")


def find_mentions(record: Record) -> tuple[Mention, ...]:
    """All mentions of the article, in reading order; none overlaps the source of a statement but what it is part of."""
    page = _Page(record)
    sources = _sources(record)
    found = [page.read(span, ids) for span, ids in sources.items()]
    taken = {m.span: bare(m.phrase.name.full) if m.phrase.name else "" for m in found}
    spans = sorted(taken)
    scanned = scan(page.text, page.tokens, page.layout, page.known, Vocabulary(page.text, page.tokens))
    found += [m for m in scanned if not _is_taken(m, spans, taken)]
    return page.placed(found)


def mentions_at(record: Record, spans: Iterable[Span]) -> tuple[Mention, ...]:
    """The mentions at given places, which somebody else has found, and the sources of the statements."""
    page = _Page(record)
    sources = _sources(record)
    return page.placed(page.read(span, sources.get(span, ())) for span in {*spans, *sources})


def _sources(record: Record) -> dict[Span, list[str]]:
    sources: dict[Span, list[str]] = {}
    for statement in record.statements:
        if statement.source:
            sources.setdefault(hull(statement.source), []).append(statement.id)
    return sources


class _Page:
    """The text of a record with its words, and where its sentences and quotations are."""

    def __init__(self, record: Record) -> None:
        self.text = record.article.text
        self.layout = Layout(self.text)
        self.tokens = _tokens(self.text)
        self.known = names_in(self.text, self.tokens, self.layout)
        self._places = Places(record)

    def read(self, span: Span, ids: Sequence[str]) -> Mention:
        """The mention at a place, the source of these statements."""
        words = span.slice(self.text)
        wants = pronoun(words) or pronoun(pattern("own_or_only").sub("", words))
        if wants:
            owner = pattern("own_or_only").sub("", words).lower() in listed("owners")
            return Mention(
                span=span, form="pronoun", phrase=Phrase(words=words), wants=wants, statements=tuple(ids), owner=owner
            )
        words += self._cut_off(words, span.end)
        phrase = read_phrase(words, initial=self.layout.opens_sentence(self.text, span.start), known=self.known)
        form: Form = "name" if phrase.name else "nominal"
        owner = words.endswith(("’s", "'s", "s’", "s'"))
        return Mention(span=span, form=form, phrase=phrase, statements=tuple(ids), owner=owner)

    def _cut_off(self, words: str, end: int) -> str:
        """What a boundary set too early has cut off: the noun of *the* or *Mr*, and that of a number if it is known."""
        more = CUT_SHORT.match(self.text, end)
        first = words.lower().strip(" .")
        if more is None or not (first in listed("not_alone") or first in lexicon().honorifics or first in quantities()):
            return ""
        known = lexicon().kind(bare(more[0].strip(" .")))
        return "" if first in quantities() and known != "group" else more[0]

    def placed(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """The mentions in reading order, each with its sentence, paragraph and statements."""
        found = [self._places.place(self.layout.place(m, self.text)) for m in mentions]
        ordered, sentences, paragraphs = list[Mention](), set[int](), set[int]()
        for m in sorted(found, key=lambda m: (m.span.start, -m.span.end)):
            plain = m.quoted is None and not m.owner
            first = plain and m.sentence not in sentences
            leads = plain and m.paragraph not in paragraphs
            ordered.append(replace(m, first=first, leads=leads) if first or leads else m)
            if plain and m.wants != "thing":
                sentences.add(m.sentence)
                paragraphs.add(m.paragraph)
        return tuple(ordered)


def _tokens(text: str) -> Tokens:
    same: dict[str, str] = {}
    return [(m.start(), m.end(), same.setdefault(m[0], m[0])) for m in TOKEN.finditer(text)]


class Vocabulary:
    """Which words a text has, and which capitals stand before which others."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self._words = {m[0] for m in RUN.finditer(text)} | {word for _, _, word in tokens}
        self._before: dict[str, set[str]] = {}
        for m in BEFORE_CAPITAL.finditer(text):
            for run in RUN.finditer(m["next"]):
                before = self._before.setdefault(m["next"][: run.end()], set())
                if len(before) < 2:  # one is a word itself, so that a second tells of others
                    before.add(m["word"])

    def has(self, word: str) -> bool:
        """Whether a word stands in the text, letter for letter."""
        return word in self._words

    def has_other_before(self, word: str, name: str) -> bool:
        """Whether another word with a capital than this one stands before the ``name`` somewhere."""
        return bool(self._before.get(name, set()) - {word})


def names_in(text: str, tokens: Tokens, layout: Layout) -> frozenset[str]:
    """The words, bare, that have a capital within a sentence."""
    return frozenset(
        bare(word)
        for start, _, word in tokens
        if word[0].isupper() and not word.isupper() and not layout.opens_sentence(text, start)
    )


def _is_taken(mention: Mention, spans: Sequence[Span], names: Mapping[Span, str]) -> bool:
    """Whether a source has it. Another's mention within a source is its own: X in *a friend of X*."""
    at = bisect_right(spans, mention.span)
    for span in spans[max(0, at - 2) : at + 1]:
        if span.overlaps(mention.span):
            name = mention.phrase.name
            if (
                not span.contains(mention.span)
                or span.start == mention.span.start
                or (name is None and not mention.wants)
            ):
                return True
            if name and bare(name.full) in names[span]:
                return True
    return False


def scan(text: str, tokens: Tokens, layout: Layout, known: frozenset[str], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Names, pronouns and described ones of the whole text, sentence and statements not yet filled in."""
    i = 0
    while i < len(tokens):
        start, _, word = tokens[i]
        lower = word.lower()
        if lower in listed("scanned") and (lower != "i" or word == "I") and not (lower == "us" and word.isupper()):
            span = Span(start, tokens[i][1])
            yield Mention(
                span=span,
                form="pronoun",
                phrase=Phrase(words=word),
                wants=pronouns()[lower],
                owner=lower in listed("owners"),
            )
        if lower in listed("openers") and (found := _nominal(text, tokens, i, start, layout, known)):
            mention, i = found
            yield mention
            continue
        if word[0].isupper() and (end := _end_of_name(text, tokens, i, layout)) > i:
            yield from _name(text, tokens, i, end, layout, known, vocabulary)
            if tokens[end - 1][2][-2:] in ("’s", "'s") and (
                found := _nominal(text, tokens, end - 1, start, layout, known)
            ):
                mention, end = found
                yield mention
            i = end
            continue
        i += 1


def _is_pair(word: str, known: frozenset[str]) -> bool:
    """Whether a word joins two names that the text has apart too: the *Holt-Brandt* debate."""
    one, hyphen, other = word.partition("-")
    return bool(hyphen) and one[:1].isupper() and other[:1].isupper() and bare(one) in known and bare(other) in known


def _nominal(
    text: str, tokens: Tokens, i: int, start: int, layout: Layout, known: frozenset[str]
) -> tuple[Mention, int] | None:
    """The described one behind the opening word ``i``, with the name beside it if one is told (the cook, Ana Holt), and
    the token behind its head."""
    end = _end_of_nominal(text, tokens, i)
    if not end:
        return None
    stop = tokens[end - 1][1]
    if end < len(tokens) and text[stop : tokens[end][0]] == ", " and tokens[end][2][0].isupper():
        last = _end_of_name(text, tokens, end, layout)
        reach = tokens[last - 1][1]
        if text[reach : reach + 1] in (",", ".", ";"):
            phrase = read_phrase(text[start:reach], initial=layout.opens_sentence(text, start), known=known)
            if phrase.name is not None and phrase.kind in ("person", None):
                return Mention(span=Span(start, reach), form="name", phrase=phrase), last
    tail = pattern("nominal_tail").match(text, stop) if tokens[i][2].lower() in listed("indefinite") else None
    span = Span(start, tail.end() if tail else stop)
    phrase = read_phrase(span.slice(text), initial=layout.opens_sentence(text, start), known=known)
    if phrase.name is not None or not phrase.kind:
        return None
    return Mention(span=span, form="nominal", phrase=phrase, owner=text[stop : stop + 2] in ("’s", "'s")), end


def _end_of_nominal(text: str, tokens: Tokens, i: int) -> int:
    """The token behind the head noun of a phrase that begins at ``i``, or 0. The head is the last noun known before
    anything that is no part of the phrase."""
    table = lexicon()
    end = 0
    for j in range(i + 1, min(i + 6, len(tokens))):
        if text[tokens[j - 1][1] : tokens[j][0]] != " ":
            break
        word = tokens[j][2]
        plain = word.lower()
        if plain in listed("cuts") or plain in quantities() or plain in listed("openers"):
            break
        if word[0].isupper() and j > i + 1 and end:
            break
        if table.kind(plain):
            end = j + 1
        elif end:
            break
    if end and end < len(tokens) and tokens[end][2][0].isupper() and text[tokens[end - 1][1] : tokens[end][0]] == " ":
        return 0  # the minister Ana Holt
    return end


def _end_of_name(text: str, tokens: Tokens, i: int, layout: Layout) -> int:
    """The token behind a run of capitals that begins at ``i``, particles and connectors between them."""
    j = end = i + 1
    while j < len(tokens) and _runs_on(text, tokens, i, j, layout):
        word = tokens[j][2]
        j += 1
        if word[0].isupper():
            end = j
    return end


def _runs_on(text: str, tokens: Tokens, i: int, j: int, layout: Layout) -> bool:
    """Whether word ``j`` goes on with a name that begins at ``i``."""
    table = lexicon()
    before, word = tokens[j - 1][2], tokens[j][2]
    gap = text[tokens[j - 1][1] : tokens[j][0]]
    wrapped = gap == "\n" and tokens[j][0] not in layout.heads and word.lower() not in listed("starters")
    if before[-2:] in ("’s", "'s") or not (
        gap == " " or (gap == ". " and bare(before) in listed("abbreviated")) or wrapped
    ):
        return False
    if word[0].isupper():
        if tokens[i][2].isupper() and not word.isupper() and word.lower() in listed("starters"):
            return False  # HOLT She came
        return len(word) < 4 or "-" in word or word.isupper() == tokens[i][2].isupper()
    if word in listed("connectors"):
        return word == "&" or bare(before) in table.bodies or bare(before) in table.titles
    return bare(word) in listed("name_particles") or (word == "the" and before == "of")


def _name(
    text: str, tokens: Tokens, i: int, end: int, layout: Layout, known: frozenset[str], vocabulary: Vocabulary
) -> Iterator[Mention]:
    first = tokens[i][2]
    plain = APOSTROPHE.split(first.lower())[0]
    if end - i == 1 and not first.isupper() and (plain in listed("never_alone") or plain in lexicon().never_names):
        return
    if end - i == 1 and _is_pair(first, known):
        return
    opening = layout.opens_sentence(text, tokens[i][0])
    if opening and (
        first.lower() in listed("starters")
        or (bare(first) not in known and _is_no_name(vocabulary, tokens, i, end, known))
    ):
        i += 1
    while i < end and tokens[i][2].lower() in listed("calendar"):
        i += 1
    if i >= end or (end - i == 1 and (len(tokens[i][2]) < 2 or (tokens[i][2].isupper() and len(tokens[i][2]) > 6))):
        return
    start = _start_of_phrase(text, tokens, i)
    last = tokens[end - 1][1]
    run = text[tokens[i][0] : last]
    owner = run[-2:] in ("’s", "'s") or text[last : last + 1] in ("’", "'")
    run_end = last - 2 if run[-2:] in ("’s", "'s") else last
    if end - i == 1 and pattern("adjective").match(first) and re.match(r" [a-z]", text[last : last + 2]):
        return
    if end - i == 1 and opening and bare(first) not in known and first != first.upper():
        return
    behind = pattern("apposition").match(text, run_end) if not owner else None
    short = SHORT.match(text, run_end)
    reach = behind.end() if behind else short.end() if short else run_end
    phrase = read_phrase(text[start:reach], known=known)
    if phrase.name is None:
        if phrase.kind is None:
            return
        yield Mention(
            span=Span(start, run_end), form="nominal", phrase=replace(phrase, words=text[start:run_end]), owner=owner
        )
        return
    told = read_phrase(behind[1], known=known) if behind else None
    of_others = told is not None and told.plural and phrase.kind == "person"  # Mr Holt, residents say …
    if behind and ((phrase.kind is None and not phrase.roles) or of_others):
        phrase = read_phrase(text[start:run_end], known=known)
        if phrase.name is None:
            return
    yield Mention(
        span=Span(start, run_end), form="name", phrase=replace(phrase, words=text[tokens[i][0] : run_end]), owner=owner
    )


def _start_of_phrase(text: str, tokens: Tokens, i: int) -> int:
    """Where the words begin that describe a name from before it: the minister Ana Holt."""
    if i == 0 or text[tokens[i - 1][1] : tokens[i][0]] != " " or lexicon().kind(tokens[i - 1][2].lower()) is None:
        return tokens[i][0]
    at = i - 1
    for j in range(i - 2, max(i - 6, -1), -1):
        word = tokens[j][2].lower()
        if (
            text[tokens[j][1] : tokens[j + 1][0]] != " "
            or word in listed("cuts")
            or word in listed("starters") - listed("openers")
        ):
            break
        if word in listed("openers"):
            at = j
            break
        if not word.endswith(("ed", "s", "ly")) or lexicon().kind(word):
            at = j
        else:
            break
    return tokens[at][0]


def _is_no_name(vocabulary: Vocabulary, tokens: Tokens, i: int, end: int, known: frozenset[str]) -> bool:
    """Whether the first word of a sentence is none of a name: it stands elsewhere in small letters, or the second
    word has others before it, as in *Tell Holt* where Ana Holt is told of."""
    word = tokens[i][2]
    if vocabulary.has(word.lower()):
        return True
    if end - i != 2 or bare(tokens[i + 1][2]) not in known or gender_of_given(word) is not None:
        return False
    return vocabulary.has_other_before(word, tokens[i + 1][2])
