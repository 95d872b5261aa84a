"""Statements that the layout alone ascribes: speaker labels, questions and answers, a name behind a dash.

    Q: When did you know?                      “It was cold.” — Rina Talle, caretaker
    TALLE: On the Tuesday.

What has the shape of a label is more often a rubric, a caption or a place: ``Photo:``, ``WHAT NEXT:``. A label counts
only where something else about it speaks for a speaker: it comes again, it stands among its like, it has the marks of
a person's name, or the words behind it are somebody's: all in quotation marks, or addressed by an I to a you.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.finding.pack import listed, pattern
from onrecord.finding.quoting.quotations import Quotation
from onrecord.finding.quoting.repeats import Repeats
from onrecord.finding.tagging.drafts import Draft, without
from onrecord.spans import Span, hull

CLOCK = r"(?:(?:\*\*)?\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\b\.?|h\b|[A-Z]{2,4}\b)?(?:\*\*)?\s*[-–—|:]?\s*)?"
LABEL = re.compile(
    rf"\s*{CLOCK}(?:\*\*)?(?P<label>\(\([^()\n]{{1,40}}\)\)|[@\w][^\n:“”\"«»„*]{{0,70}}?)(?:\s?:(?:\*\*)?|\s?\*\*\s?:)(?=\s+\S)"
)
WITHOUT_COLON = re.compile(
    r"\s*(?:\*\*)?(?P<label>[QA]\.|\(\([^()\n]{1,40}\)\)"
    r"|(?:[^\W\d_a-z][^\W\d_a-z.'’-]+ ){1,3}(?=[“\"‘'(\[]*[^\W\d_a-z])"
    r"|(?:[^\W\d_][\w.'’-]+ ){1,3}(?=[—–]))(?:\*\*)?(?:\s*[—–])?\s*(?=[“\"‘'(\[]*[^\W\d_])"
)

WORD = re.compile(r"\w")
INITIAL = re.compile(r"\b[^\W\d_a-z]\.(?:\s|$)")
HANDLE = re.compile(r"@\w[\w.-]*$|(?=[\w.-]*[_\d]|\w+\.\w)(?=[\w.-]*[^\W\d_])[\w.-]+$")
DASH_NAME = re.compile(r"\s*(?P<dash>[—–―]|--?)\s*(?P<name>(?=[^\W\d_])[^\n“”\"]{2,80}?)\s*$")
BRACKET_NAME = re.compile(r"\s*(?P<name>\([^\W\d_a-z][^()\n]{2,40}\))\s*$")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A paragraph with what may be a speaker's label, its colon included, and the words behind it. They speak where
    they ask, stand in marks throughout, or have an I, a we or a you."""

    paragraph: int
    label: Span
    name: str
    body: Span
    colon: bool
    bold: bool
    asks: bool
    in_marks: bool
    speaks: bool


def labelled_turns(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Draft, ...]:
    """One draft a labelled turn, with the paragraphs over which it goes on."""
    quoted = _by_paragraph(paragraphs, quotations)
    maybe = (_turn(text, n, p, q) for n, (p, q) in enumerate(zip(paragraphs, quoted, strict=True)))
    turns = _certain([t for t in maybe if t is not None])
    heads = {t.paragraph for t in turns}
    between = range(min(heads, default=0), max(heads, default=0)) if _is_transcript(turns) else range(0)
    personal = {n for n in between if _is_personal(text, paragraphs[n], quoted[n])}
    dense = 3 * len(heads | personal) >= 2 * len(between)
    out = []
    for t in turns:
        pieces = list(_without_stage(text, t.body))
        n = t.paragraph + 1
        while n in between and n not in heads and not t.asks:
            if not (
                n in personal
                or (dense and not pattern("reports_in_turn").search(text, paragraphs[n].start, paragraphs[n].end))
            ):
                break
            if DASH_NAME.match(text, paragraphs[n].start, paragraphs[n].end):
                break
            pieces += _without_stage(text, paragraphs[n])
            n += 1
        if pieces:
            out.append(Draft("label", tuple(pieces), (t.label,), deciders={"statement": "speaker label"}))
    return tuple(out)


def signed_quotes(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Draft, ...]:
    """Quotations signed behind a dash, in the same paragraph or below, or, where the article does so more than once,
    in brackets. Words that stand elsewhere in the article too are a pull quote, and no second statement."""
    dashed: list[Draft] = []
    bracketed: list[Draft] = []
    repeats = Repeats(text)
    for number, own in enumerate(_by_paragraph(paragraphs, [q for q in quotations if q.closed])):
        paragraph = paragraphs[number]
        quoted = _leading_quotation(text, paragraph, own)
        if quoted is None:
            continue
        start, end = quoted.end, paragraph.end
        if not text[start:end].strip() and number + 1 < len(paragraphs):
            start, end = paragraphs[number + 1].start, paragraphs[number + 1].end
        if (m := DASH_NAME.match(text, start, end)) and _is_name(m["name"]):
            signed, why = dashed, "signed behind a dash"
        elif end == paragraph.end and (m := BRACKET_NAME.match(text, start, end)):
            signed, why = bracketed, "signed in brackets"
        else:
            continue
        if not repeats.stands_elsewhere(quoted):
            signed.append(_signed(text, quoted, m, why))
    return (*dashed, *(bracketed if len(dashed) + len(bracketed) >= 2 else ()))


def _by_paragraph(paragraphs: Sequence[Span], quotations: Iterable[Quotation]) -> list[list[Span]]:
    """For each paragraph its outermost quotations, marks included."""
    starts = [p.start for p in paragraphs]
    quoted: list[list[Span]] = [[] for _ in paragraphs]
    for q in quotations:
        if q.depth == 0 and (n := bisect_right(starts, q.span.start)):
            quoted[n - 1].append(q.span)
    return quoted


def _turn(text: str, number: int, paragraph: Span, quoted: Sequence[Span]) -> _Turn | None:
    """The turn that a paragraph may be."""
    m = LABEL.match(text, paragraph.start, paragraph.end)
    colon = m is not None
    m = m or WITHOUT_COLON.match(text, paragraph.start, paragraph.end)
    if m is None or (body := _span(m.end(), paragraph.end, text)) is None:
        return None
    name = m["label"].strip()
    if not colon and not (name.isupper() or name[0] == "(" or "—" in m[0] or "–" in m[0]):
        return None
    end = m.end("label")
    if colon and text[end : end + 2].strip().startswith(":"):
        end = text.index(":", end) + 1
    label = Span(m.start("label"), end).trim(text)
    if label is None or not re.search(r"[^\W\d_]", name) or len(name.split()) > 9 or _is_rubric(name):
        return None
    asks = text[body.start : body.end].rstrip("”\"’'») ").endswith("?")
    in_marks = _is_in_marks(text, body, quoted)
    speaks = asks or in_marks or _is_personal(text, body, quoted)
    return _Turn(number, label, name, body, colon, "**" in m[0], asks, in_marks, speaks)


def _certain(turns: Sequence[_Turn]) -> list[_Turn]:
    """The turns whose label is a speaker's."""
    named = [t for t in turns if t.colon and _is_name(t.name)]
    personal = {t for t in named if t.bold or _has_signs_of_a_person(t.name)}
    in_company = {
        t for run in _runs(named) if 2 * sum(t.speaks or t in personal for t in run) >= len(run) > 1 for t in run
    }
    counts = Counter(t.name for t in named)
    speaking = {t.name for t in named if t.speaks}
    alternating = _alternating([t for t in turns if not t.colon])

    def is_certain(t: _Turn) -> bool:
        if not t.colon:
            return t.name in alternating
        if pattern("question_answer").match(t.name) or (t.name[0] == "@" and HANDLE.match(t.name)) or t in in_company:
            return True
        if counts[t.name] > 1 and (t.name in speaking or _is_full_name(t.name)):
            return True
        if t.paragraph == 0 or t.name not in counts:
            return False  # a headline, or no name
        return t.in_marks or (t in personal and (t.speaks or len(personal) >= 3))

    found = {t.paragraph: t for t in turns if is_certain(t)}
    if _is_transcript([*found.values()]):
        between = range(min(found), max(found))
        found |= {t.paragraph: t for t in named if t.speaks and t.paragraph in between}
    return [found[n] for n in sorted(found)]


def _alternating(turns: Sequence[_Turn]) -> set[str]:
    """The names without a colon that are speakers': where two or more come again and again, and mostly somebody speaks
    behind them. A question and an answer do once."""
    if {"Q.", "A."} <= {t.name for t in turns}:
        return {"Q.", "A."}
    counts = Counter(t.name for t in turns)
    often = {name for name in counts if counts[name] > 1 and name.lower() != "the"}
    theirs = [t for t in turns if t.name in often]
    if len(often) < 2 and not any(name.startswith("((") for name in often):
        return set()
    return often if 2 * sum(t.speaks for t in theirs) >= len(theirs) else set()


def _runs(turns: Sequence[_Turn]) -> list[list[_Turn]]:
    """The turns, those together that stand in paragraphs next to one another."""
    runs: list[list[_Turn]] = []
    for t in turns:
        if runs and runs[-1][-1].paragraph == t.paragraph - 1:
            runs[-1].append(t)
        else:
            runs.append([t])
    return runs


def _is_transcript(turns: Sequence[_Turn]) -> bool:
    return len(turns) >= 4 and len({t.name for t in turns}) > 1


def _is_rubric(name: str) -> bool:
    return name.split()[0].strip(".,(").lower() in listed("rubric") or pattern("ends_rubric").search(name) is not None


def _is_name(label: str) -> bool:
    """Capitalised, and no sentence: no small words but particles before the first comma or bracket. Or a handle."""
    if HANDLE.match(label) or label.startswith("(("):
        return True
    head = re.split(r"[,(]", label, maxsplit=1)[0].split()
    small = [w for w in head if w[0].islower() and w not in listed("label_particles")]
    return (
        0 < len(head) <= 6
        and head[0][0].isupper()
        and not small
        and not pattern("label_verb").search(label)
        and not (len(head) > 2 and head[0].lower() == "the")
    )


def _is_full_name(label: str) -> bool:
    """Two words or more, and not in the capitals that places have in datelines."""
    return len(label.split()) > 1 and not label.isupper()


def _has_signs_of_a_person(label: str) -> bool:
    """Handle, title, initial, age, role behind a comma or in brackets, a place behind *of*."""
    if HANDLE.match(label) or pattern("label_title").match(label) or INITIAL.search(label):
        return True
    return _is_name(label) and re.search(r"\w[,(]| \(| of ", label) is not None


def _is_in_marks(text: str, body: Span, quoted: Sequence[Span]) -> bool:
    """Whether a body is quotations and nothing else."""
    begins, ends = text[body.start], text[body.end - 1]
    return begins in "“\"«»„‘'`" and ends in "”\"»«“’'.…" and not _outside(WORD, text, body, quoted)


def _is_personal(text: str, body: Span, quoted: Sequence[Span]) -> bool:
    """Whether an I, a we or a you stands outside quotation marks."""
    return _outside(pattern("person_speaks"), text, body, quoted)


def _outside(pattern: re.Pattern[str], text: str, body: Span, quoted: Sequence[Span]) -> bool:
    return any(pattern.search(text, s.start, s.end) for s in without((body,), quoted))


def _leading_quotation(text: str, paragraph: Span, quoted: Sequence[Span]) -> Span | None:
    """The quotations with which a paragraph opens, if nothing but blanks stands between them."""
    gaps = zip((paragraph.start, *(s.end for s in quoted)), (s.start for s in quoted), strict=False)
    return None if not quoted or any(text[a:b].strip() for a, b in gaps) else hull(quoted)


def _signed(text: str, quoted: Span, m: re.Match[str], why: str) -> Draft:
    start, end = m.span("name")
    if m["name"].endswith(".") and not re.search(r"\b(?:\w|Jr|Sr)\.$", m["name"]):
        end -= 1
    return Draft("signature", (quoted,), (Span(start, end),), deciders={"statement": why})


def _without_stage(text: str, body: Span) -> Iterator[Span]:
    """``body`` without stage directions such as ``[laughs]``; other brackets are the editor's, and stay."""
    for s in without((body,), (Span(*m.span()) for m in pattern("stage").finditer(text, body.start, body.end))):
        if WORD.search(text, s.start, s.end) and (kept := s.trim(text)) is not None:
            yield kept


def _span(start: int, end: int, text: str) -> Span | None:
    return Span(start, end).trim(text) if start < end else None
