"""Contents as the tagger may leave them, and as they are settled.

`‹ … ›` stands around the content before, `[c1 … ]` around it after; both are one text without these signs.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import parse
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging.boundaries import settle
from onrecord.finding.tagging.drafts import Draft
from onrecord.spans import Span


def settled(before: str, after: str) -> tuple[list[str], list[str]]:
    """The pieces that `settle` makes of the content in ‹ ›, and those marked in `after`."""
    gold = parse(after)
    text = gold.text
    pieces, length = [], 0
    for n, part in enumerate(re.split("[‹›]", before)):
        if n % 2:
            pieces.append(Span(length, length + len(part)))
        length += len(part)
    assert re.sub("[‹›]", "", before) == text, "both sides are of one text"
    read = gold.attributions[0]
    cue, source = (tuple(Span(*s) for s in read[role]) for role in ("cue", "source"))
    blocks = paragraphs(text)
    rule = "cue" if cue else "label"
    draft = settle(Draft(rule, tuple(pieces), source, cue), text, blocks, find_quotations(text, blocks))
    return ([] if draft is None else [s.slice(text) for s in draft.content]), [text[s:e] for s, e in read["content"]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“‹We wait›,” she said.", "[c1 “We wait,”] [s1 she] [k1 said]."),
        ("“We ‹wait for the thaw›,” she said.", "[c1 “We wait for the thaw,”] [s1 she] [k1 said]."),
        ("‹“We wait,” she said. “All of us.”›", "[c1 “We wait,”] [s1 she] [k1 said]. [c1 “All of us.”]"),
        ("She said ‹that it froze.›", "[s1 She] [k1 said] [c1 that it froze]."),
        ("She said‹, that it froze›.", "[s1 She] [k1 said], [c1 that it froze]."),
        ("She asked ‹why it froze?›", "[s1 She] [k1 asked] [c1 why it froze?]"),
        ("It froze, said ‹the clerk of Holt Bros. Ltd.›", "It froze, [k1 said] [c1 the clerk of Holt Bros. Ltd.]"),
        ("She said ‹it was “no pond›”.", "[s1 She] [k1 said] [c1 it was “no pond”]."),
        ("She said it was ‹“no pond” of hers›.", "[s1 She] [k1 said] it was [c1 “no pond” of hers]."),
        ("She said: ‹“We wait›\n\n“All of us.”", "[s1 She] [k1 said]: [c1 “We wait]\n\n[c1 “All of us.”]"),
        ("She said ‹it was a “pond.”›", "[s1 She] [k1 said] [c1 it was a “pond.”]"),
        ("She said ‹it froze.\n\nThen it broke›.", "[s1 She] [k1 said] [c1 it froze].\n\n[c1 Then it broke]."),
        ("“She told me ‹to wait›,” he said.", "“[s1 She] [k1 told] me [c1 to wait],” he said."),
        ("‹“We› wait for the thaw,” she said.", "[c1 “We wait for the thaw,”] [s1 she] [k1 said]."),
        ("She said ‹why it froze…and off he went›.", "[s1 She] [k1 said] [c1 why it froze]…and off he went."),
        ("She said ‹“it froze … and broke”›.", "[s1 She] [k1 said] [c1 “it froze … and broke”]."),
        (
            "She blamed ‹the Port Relief Board (PRB), a body made up of Ayr, Dun and Holt›.",
            "[s1 She] [k1 blamed] [c1 the Port Relief Board (PRB)], a body made up of Ayr, Dun and Holt.",
        ),
        (
            "She said ‹the Port Relief Board (PRB), a body of nine towns, was late›.",
            "[s1 She] [k1 said] [c1 the Port Relief Board (PRB), a body of nine towns, was late].",
        ),
        (
            "She said: ‹“We blame the Relief Board (PRB), a body of nine towns.”›",
            "[s1 She] [k1 said]: [c1 “We blame the Relief Board (PRB), a body of nine towns.”]",
        ),
    ],
    ids=[
        "the marks come along",
        "a quotation had for the most part is had whole",
        "cue and source are cut out",
        "without the full stop",
        "without the comma before",
        "with the question mark",
        "with the point of a shortened word",
        "a mark whose fellow is inside",
        "words in marks and others",
        "the paragraphs that a quotation left open goes on in",
        "a full stop within the marks",
        "one piece a paragraph",
        "marks around cue and source are another's",
        "a quotation begun is had whole",
        "an ellipsis outside of marks is the writer's break",
        "an ellipsis within marks is the speaker's",
        "what explains a name at the end is the writer's",
        "a clause that goes on behind it is the speaker's, and so it stays",
        "within marks the speaker explains",
    ],
)
def test_a_content_is_fitted_to_marks_paragraphs_and_punctuation(before: str, after: str) -> None:
    got, wanted = settled(before, after)
    assert got == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("She said: ‹“We wait.›\n\n“All of us.”", "[s1 She] [k1 said]: [c1 “We wait.]\n\n[c1 “All of us.”]"),
        ("SHAW: ‹I wait.›", "[s1 SHAW:] [c1 I wait.]"),
    ],
    ids=["of a quotation left open", "of a labelled turn"],
)
def test_words_set_out_as_speech_keep_their_full_stop(before: str, after: str) -> None:
    got, wanted = settled(before, after)
    assert got == wanted


def test_nothing_is_left_of_a_content_without_words_or_within_its_own_cue() -> None:
    text = "She said: “…” and left."
    blocks = paragraphs(text)
    for content in (Span(8, 13), Span(4, 8)):
        assert settle(Draft("cue", (content,), cue=(Span(4, 8),)), text, blocks, find_quotations(text, blocks)) is None


TEXTS = st.text("ab .,?:“”‘’\"'«»\n-…", min_size=1, max_size=80)


@given(TEXTS, st.data())
def test_any_content_settles_within_the_text_clear_of_cue_and_source(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    pieces = [Span(a, b) for a, b in pairwise(cuts)]
    role = data.draw(st.lists(st.sampled_from("ck-"), min_size=len(pieces), max_size=len(pieces)))
    content = tuple(p for p, r in zip(pieces, role, strict=True) if r == "c")
    cue = tuple(p for p, r in zip(pieces, role, strict=True) if r == "k" and p.trim(text))
    if not content:
        return
    blocks = paragraphs(text)
    draft = settle(Draft("cue", content, cue=cue), text, blocks, find_quotations(text, blocks))
    if draft is None:
        return
    assert list(draft.content) == sorted(draft.content)
    for number, piece in enumerate(draft.content):
        assert piece.slice(text) == piece.slice(text).strip()
        assert not any(piece.overlaps(other) for other in (*cue, *draft.content[number + 1 :]))
        assert any(block.contains(piece) for block in blocks)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("She told ‹61,000 people to stop›.", "She [k1 told] 61,000 people [c1 to stop]."),
        ("He urged ‹the crew not to wait›.", "He [k1 urged] the crew [c1 not to wait]."),
        ("He asked ‹for a delay to the vote›.", "He [k1 asked] [c1 for a delay to the vote]."),
        ("She said ‹the crew had to wait›.", "She [k1 said] [c1 the crew had to wait]."),
    ],
)
def test_the_hearer_is_no_part_of_the_content(before: str, after: str) -> None:
    one, other = settled(before, after)
    assert one == other


def test_a_content_does_not_break_off_at_a_small_word() -> None:
    one, other = settled("She said ‹to let it run for› a minute.", "She [k1 said] [c1 to let it run for a minute].")
    assert one == other
    one, other = settled("She said ‹it was looked for›.", "She [k1 said] [c1 it was looked for].")
    assert one == other
