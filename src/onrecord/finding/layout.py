"""Statements that the layout alone ascribes: speaker labels, questions and answers, a name behind a dash.

    Q: When did you know?                      “It was cold.” — Rina Talle, caretaker
    TALLE: On the Tuesday.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.finding.drafts import Draft
from onrecord.finding.quotations import Quotation
from onrecord.spans import Span

LABEL = re.compile(r"\s*(?:\*\*)?(?P<label>[@\w(][^\n:“”\"«»„]{0,70}?)\s?(?:\*\*)?:(?:\*\*)?(?=\s+\S)")
NOT_A_NAME = re.compile(
    r"(?i:^(?:update[ds]?|correction|note|editor['’]s note|related|read more|see also|photo|picture|image|video|source|"
    r"sources|summary|key points|breaking|live|watch|listen|more|analysis|opinion|exclusive|by|on|in|at|the|this|that|"
    r"it|there|but|and|for|result|verdict|warning|caption|date|time|where|when|who|what|why|how|subject|from|to|re|"
    r"tl;dr|ps|p\.s\.)$)"
)
QUESTION_ANSWER = re.compile(r"(?i:q|a|question|answer|questions?|interviewer|host|moderator|presenter|caller)\.?\d*$")
STAGE = re.compile(r"\s*(?:\[[^\]\n]{1,60}\]|\((?:laugh|smil|paus|sigh|cough|shrug|nod|appla|cross)[^)\n]{0,40}\))\s*", re.I)
DASH_NAME = re.compile(r"\s*[—–―-]{1,2}\s*(?P<name>(?=[^\W\d_])[^\n“”\"]{2,80}?)\s*$|\s*(?P<bracket>\([A-Z][^()\n]{2,40}\))\s*$")


@dataclass(frozen=True, slots=True)
class _Turn:
    paragraph: int
    label: Span  # colon included
    name: str
    body: Span


def labelled_turns(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Draft, ...]:
    """One draft a labelled turn. A label counts where it recurs, where several stand in the article, where it is a
    handle or a role of an interview, or where all behind it is in quotation marks."""
    turns = [t for n, p in enumerate(paragraphs) if (t := _turn(text, n, p)) is not None]
    names = Counter(t.name for t in turns)
    heads = {t.paragraph for t in turns}
    is_transcript = len(turns) >= 4 and len(turns) * 2 >= len(paragraphs) - 4
    dense = is_transcript and len(turns) * 3 >= 2 * (turns[-1].paragraph - turns[0].paragraph + 1)
    out = []
    for t in turns:
        certain = (
            names[t.name] > 1
            or is_transcript
            or t.name.startswith("@")
            or QUESTION_ANSWER.match(t.name)
            or (len(turns) >= 3 and _looks_like_name(t.name))
            or (_all_quoted(text, t.body, quotations) and _looks_like_name(t.name))
            or (t.name.isupper() and len(t.name.split()) <= 6 and len(turns) >= 2)
        )
        if not certain:
            continue
        content = list(_without_stage(text, t.body))
        n = t.paragraph + 1
        while dense and n < len(paragraphs) and n not in heads and any(h > n for h in heads):
            content += _without_stage(text, paragraphs[n])
            n += 1
        if content:
            out.append(Draft("label", tuple(content), (t.label,), deciders={"statement": "speaker label"}))
    return tuple(out)


def signed_quotes(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Draft, ...]:
    """Quotations signed behind a dash or, where the article does so more than once, in brackets."""
    dashed, bracketed = [], []
    for p in paragraphs:
        whole = [q for q in quotations if q.depth == 0 and q.closed and p.contains(q.span)]
        if not whole or text[p.start : whole[0].span.start].strip():
            continue
        m = DASH_NAME.match(text, whole[-1].span.end, p.end)
        if m is None or not all(
            not text[a.span.end : b.span.start].strip() for a, b in zip(whole, whole[1:], strict=False)
        ):
            continue
        group = "name" if m["name"] else "bracket"
        source = Span(*m.span(group))
        if m["name"] and not _looks_like_name(m["name"]):
            continue
        draft = Draft(
            "signature",
            (Span(whole[0].span.start, whole[-1].span.end),),
            (source,),
            deciders={"statement": "signed behind a dash" if m["name"] else "signed in brackets"},
        )
        (dashed if m["name"] else bracketed).append(draft)
    return (*dashed, *(bracketed if len(dashed) + len(bracketed) >= 2 else ()))


def _turn(text: str, number: int, paragraph: Span) -> _Turn | None:
    m = LABEL.match(text, paragraph.start, paragraph.end)
    if m is None:
        return None
    name = m["label"].strip()
    if NOT_A_NAME.match(name) or len(name.split()) > 9 or not re.search(r"[^\W\d_]", name):
        return None
    if name[0].islower() and not re.fullmatch(r"[\w.]+", name):
        return None
    body = Span(m.end(), paragraph.end).trim(text)
    return None if body is None else _Turn(number, Span(m.start("label"), m.end()), name, body)


def _looks_like_name(label: str) -> bool:
    """Capitalised first word, and no sentence: at most one lower-case word before the first comma or bracket."""
    head = re.split(r"[,(]", label, maxsplit=1)[0].split()
    small = [w for w in head if w[0].islower() and w not in ("of", "the", "de", "van", "von", "al", "bin", "da", "in")]
    return bool(head) and (head[0][0].isupper() or head[0][0] == "@") and not small and len(head) <= 6


def _all_quoted(text: str, body: Span, quotations: Sequence[Quotation]) -> bool:
    left = text[body.start : body.end]
    for q in quotations:
        if q.depth == 0 and body.contains(q.span):
            left = left.replace(text[q.span.start : q.span.end], "", 1)
    return not re.search(r"\w", left)


def _without_stage(text: str, body: Span) -> list[Span]:
    """``body`` without stage directions such as ``[laughs]``."""
    out, start = [], body.start
    for m in STAGE.finditer(text, body.start, body.end):
        if m.start() > start:
            out.append(Span(start, m.start()))
        start = m.end()
    if start < body.end:
        out.append(Span(start, body.end))
    return [s for s in out if re.search(r"\w", text[s.start : s.end])]
