"""Quotations without a cue. Statements given as found are marked with a cue, floating ones with a content alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import parse
from onrecord.finding.quoting.floating import carried_from, floating_quotes, split_off
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging.drafts import Draft
from onrecord.spans import Span


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def read(marked: str) -> tuple[str, list[Draft]]:
    """The text and a draft for each statement marked in it: floating where it has a content alone."""
    gold = parse(marked)
    return gold.text, [
        Draft(
            "cue" if a["cue"] or a["source"] else "floating", spans(a["content"]), spans(a["source"]), spans(a["cue"])
        )
        for a in gold.attributions
    ]


def table(cases: Mapping[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("marked", cases.values(), ids=cases.keys())


@table(
    {
        "a paragraph of its own": "[c1 “No,”] [k1 said] [s1 Holt].\n\n[c2 “Not in March.”]\n\nThey left.",
        "after another sentence": "[c1 “No,”] [k1 said] [s1 Holt]. He sat down. [c2 “Not in March.”]",
        "opening a paragraph": "[c1 “Not in March.”] The board had heard that before.",
        "in brackets": "The valve froze. ([c1 “In March.”])",
        "behind a colon": "He sat down. Then: [c1 “I am done.”]",
        "behind a sentence that announces it": "His last entry was this: [c1 “I am done.”]",
        "in a line below": "This is what the log had for Monday:\n\n[c1 “Nothing moved.”]",
        "two with a blank between are one": "[c1 “Not in March.” “Nor in May.”] They left.",
        "over paragraphs": "They came to the ice.\n\n[c1 “It was white.]\n\n[c1 “It was wide.”]\n\nThey left.",
        "reporting others itself": "[c1 “[s2 He] [k2 goes], [c2 ‘Swim.’] That was all he had time for.”]",
        "guillemets": "[c1 «Not in March.»] The board had heard that before.",
    }
)
def test_a_whole_sentence_in_marks_that_nobody_is_given_floats(marked: str) -> None:
    text, drafts = read(marked)
    blocks = paragraphs(text)
    found = floating_quotes(text, blocks, find_quotations(text, blocks), [d for d in drafts if d.rule != "floating"])
    assert [d.content for d in found] == [d.content for d in drafts if d.rule == "floating"]


@table(
    {
        "a scare quote": "The “new grammar” of lunch has come to Leam.",
        "a title behind a sentence": "She wrote. “Salt and Ash,” her second, is out.",
        "a title as a heading": "Text.\n\n“All Bets Are Off.”\n\nText.",
        "a slogan that something was done with": "They sat on the road. “Re-exam!” was painted on a sheet.",
        "a rubric": "Text.\n\nSee also: “Whither the valve?”\n\nRead more on this: “Who froze it?”",
        "a pull quote": "Text.\n\n“We wait for the thaw.”\n\n[c1 “We wait for the thaw,”] [k1 said] [s1 Holt].",
        "a signed pull quote": (
            "[c1 “We shall wait for the thaw,”] [k1 said] [s1 Holt].\n\n“We shall wait for the thaw.” — Rena Holt"
        ),
        "a quotation whose cue nobody found": "“We shall wait,” so ran the note.",
        "what a statement has": "[s1 Holt] [k1 said]: [c1 “Not in March.”]",
        "what begins in mid-sentence": "They left. “and that was that.”",
    }
)
def test_other_words_in_marks_do_not(marked: str) -> None:
    text, drafts = read(marked)
    blocks = paragraphs(text)
    assert floating_quotes(text, blocks, find_quotations(text, blocks), drafts) == ()


@pytest.mark.parametrize(
    ("marked", "pieces"),
    [
        ("[c1 “No,”] [s1 she] [k1 said]. [c1 “Never.”]", [2]),
        ("[c1 “No,”] [s1 she] [k1 said], [c1 “never.”]", [2]),
        ("[c1 “No,”] [s1 she] [k1 said]. He sat down. [c1 “Never.”]", [1, 1]),
        ("[s1 She] [k1 said] [c1 “no”]. [c1 “Never.”]", [1, 1]),
        ("[c1 “No,”] [s1 she] [k1 said].\n\n[c1 “Never.”]", [1, 1]),
        ("[s1 She] [k1 said]: [c1 “No.”]\n\n[c1 “Never.”]\n\n[c1 “Not me.”]", [1, 1, 1]),
        ("[s1 She] [k1 said]: [c1 “No.]\n\n[c1 “Never.”]", [2]),
        ("[c1 That], [s1 she] [k1 said], [c1 was “no” answer].", [2]),
    ],
    ids=[
        "resumed after the cue",
        "interrupted",
        "after a sentence of the writer's",
        "after a sentence that is over",
        "in a paragraph below",
        "and whatever follows that",
        "left open and opened again",
        "not in marks throughout",
    ],
)
def test_a_later_quotation_is_split_off_where_it_is_a_statement_of_its_own(marked: str, pieces: list[int]) -> None:
    text, drafts = read(marked)
    split = split_off(drafts, text, find_quotations(text))
    assert [len(d.content) for d in split] == pieces
    assert [d.rule for d in split] == ["cue", *["floating"] * (len(split) - 1)]
    assert [s for d in split for s in d.content] == list(drafts[0].content)


SAID = "[c1 “No,”] [k1 said] [s1 Rena Holt]."
ASKED = "[c1 “When?”] [k1 asked] [s1 Rena Holt]."


@pytest.mark.parametrize(
    ("marked", "follows"),
    [
        (SAID + " He left. [c2 “Never.”]", {2: 1}),
        (SAID + "\n\n[c2 “There is no water in it, and there was none in May, nor will be in March.”]", {2: 1}),
        (SAID + "\n\n[c2 “I cannot say more about it now, since it is with the court and will be until May.”]"
         "\n\n[c3 “It has been a long year for all of us on this quay, and it is not at an end.”]", {2: 1, 3: 1}),
        ("[s1 Jo Ferrin] [k1 said] [c1 he was ill]. [c2 “When?”] [k2 asked] [s2 Rena Holt].\n\n[c3 “In May.”]", {3: 1}),
        ("[s1 Jo Ferrin] [k1 said] [c1 he was ill]. [c2 “When?”] [k2 asked] [s2 Rena Holt].\n\n"
         "[c3 “In May.”]\n\n[c4 “All of it?”]\n\n[c5 “Most.”]", {3: 1, 4: 2, 5: 3}),
        (ASKED + "\n\n[c2 “In May.”]", {2: None}),
        ("[s1 Ferrin] [k1 denied] [c1 it]. [c2 “When?”] [k2 asked] [s2 Rena Holt].\n\n[c3 “In May.”]", {3: 1}),
        ("[s1 Holt] [k1 denied] [c1 it]. [c2 “When?”] [k2 asked] [s2 Rena Holt].\n\n[c3 “In May.”]", {3: None}),
        (ASKED + "\n\n[c2 “In May.”]\n\n[c3 “All of it?”]", {2: None, 3: 1}),
        (ASKED + " [c2 “And how?”]", {2: 1}),
        ("[c1 “Do you play?”] [k1 asked] [s1 Ada Roe].\n\n[s2 I] [k2 said] [c2 I did].\n\n[c3 “Don’t.”]", {3: 1}),
        ("[s1 Ada Roe] [k1 denied] [c1 it].\n\n[c2 “So who was it?”]\n\n[c3 “The cat.”]", {2: None, 3: 1}),
        ("[c1 “[s2 He] [k2 said] [c2 ‘no’],”] [k1 said] [s1 Ada Roe]. They left. [c3 “Never.”]", {3: 1}),
        ("[c1 “Never.”] They left.", {1: None}),
        ("[s1 Holt] [k1 feared] [c1 the worst]. [c2 The valve would not last the winter].", {2: 1}),
    ],
    ids=[
        "the statement before",
        "in a paragraph below",
        "and below that, since neither is short nor a question",
        "an answer is not the asker's",
        "two alternate, each from their last",
        "an answer by one who has said nothing yet",
        "a surname is another's",
        "or one's own",
        "but the asker goes on",
        "a second question in the same paragraph is the asker's",
        "who answers an I is somebody else",
        "a question without a cue may be the writer's",
        "what is reported inside does not count",
        "nobody before",
        "without marks, too",
    ],
)  # fmt: skip
def test_a_floating_quotation_is_carried_from_its_speakers_last(marked: str, follows: dict[int, int | None]) -> None:
    text, drafts = read(marked)
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].extent.start)
    inner = [Draft(d.rule, d.content, d.source, d.cue, inner=_is_inner(d, drafts)) for d in (drafts[i] for i in order)]
    carried = carried_from(inner, text)
    got = {order[i] + 1: None if d.follows is None else order[d.follows] + 1 for i, d in enumerate(carried)}
    assert {number: got[number] for number in follows} == follows
    assert all(d.follows is None for d in carried if d.source or d.cue)


def _is_inner(draft: Draft, drafts: list[Draft]) -> bool:
    return any(c.contains(draft.extent) for d in drafts if d is not draft for c in d.content)


@given(st.text("ab AB.,?:“”‘’\"'()\n—", max_size=120), st.data())
def test_any_text_and_drafts_give_spans_within_it_and_links_that_end(text: str, data: st.DataObject) -> None:
    blocks = paragraphs(text)
    quotations = find_quotations(text, blocks)
    starts = data.draw(st.lists(st.integers(0, max(0, len(text) - 2)), unique=True, max_size=4))
    given = [Draft("cue", (Span(s, s + 1),), cue=(Span(s + 1, s + 2),)) for s in sorted(starts) if s + 2 <= len(text)]
    drafts = (*split_off(given, text, quotations), *floating_quotes(text, blocks, quotations, given))
    carried = carried_from(sorted(drafts, key=lambda d: d.extent.start), text)
    assert len(carried) == len(drafts)
    for number, draft in enumerate(carried):
        assert draft.extent.end <= len(text)
        assert draft.follows is None or draft.follows < number
