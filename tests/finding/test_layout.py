"""Labels and signatures, marked in the text as tests/marked.py reads it: `[s1 TALLE:] [c1 On the Tuesday.]`"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import parse
from onrecord.finding.quoting.layout import labelled_turns, signed_quotes
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.quoting.repeats import Repeats
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging.drafts import Draft
from onrecord.spans import Span

Words = list[tuple[list[str], list[str]]]


def drafts_of(text: str) -> Sequence[Draft]:
    blocks = paragraphs(text)
    quotations = find_quotations(text, blocks)
    return (*labelled_turns(text, blocks, quotations), *signed_quotes(text, blocks, quotations))


def found(text: str) -> Words:
    """Source and content of each draft, in words."""
    return sorted(([s.slice(text) for s in d.source], [s.slice(text) for s in d.content]) for d in drafts_of(text))


def gold(marked: str) -> tuple[str, Words]:
    """The text without its tags, and the words tagged in it."""
    read = parse(marked)
    source, content = (
        [[read.text[start:end] for start, end in a[role]] for a in read.attributions] for role in ("source", "content")
    )
    return read.text, sorted(zip(source, content, strict=True))


def table(cases: Mapping[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("marked", cases.values(), ids=cases.keys())


@table(
    {
        "questions and answers": "[s1 Q:] [c1 Were you there?]\n[s2 A:] [c2 No.]",
        "with full stops": "[s1 Q.] [c1 Were you there?]\n[s2 A.] [c2 At home.]",
        "a name that comes again": "Hearing.\n[s1 SHAW:] [c1 We had no water.]\n[s2 SHAW:] [c2 The pumps froze.]",
        "capitals and no colon": (
            "Leam Halt, 1958.\n[s1 FAROUK] [c1 She got on at Leam.]\n[s2 TILDE] [c2 I saw her get off.]\n"
            "[s3 FAROUK] [c3 You did not.]\n[s4 TILDE] [c4 I did.]"
        ),
        "a dash for a colon": (
            "[s1 Rina] — [c1 You were late.]\n[s2 Jo] — [c2 I was not.]\n"
            "[s3 Rina] — [c3 You were.]\n[s4 Jo] — [c4 Fine.]"
        ),
        "bold": "**[s1 Rina Talle:]** [c1 The cold got in.]\n**[s2 Jo Ferrin (clerk):]** [c2 I shut the door.]",
        "bold without the colon": "**[s1 Rina Talle]**: [c1 The cold got in.]\n**[s2 Jo Ferrin]**: [c2 Not by me.]",
        "role in brackets": "Debate.\n[s1 Mr. OAK (Lab.):] [c1 Shame!]\n[s2 The PREMIER:] [c2 The member may walk.]",
        "age and trade, three of a kind": (
            "We asked.\n[s1 Farida, 34, welder:] [c1 The bridge is fine.]\n[s2 Bo, 60, retired:] [c2 What bridge?]\n"
            "[s3 Ilse, 19, student:] [c3 They never come here.]"
        ),
        "handles": "Replies\n[s1 @rina_t:] [c1 this is it]\n[s2 old_hand:] [c2 not one linter]\n[s3 jo.f:] [c3 yes]",
        "all of it in marks": "The wire said no more.\n[s1 Mayor Odile Renn:] [c1 “We did not know.”]",
        "clock of a live blog": (
            "Live\n**8.20am** [s1 Odile Renn, on her page:] [c1 “We did not know.”]\n9.15am The wind drops."
        ),
        "double brackets": (
            "Interview.\n[s1 ((WN))] [c1 What next?]\n[s2 ((Ada Roe))] [c2 I sleep.]\n"
            "[s3 ((WN))] [c3 And you?]\n[s4 ((Ada Roe))] [c4 I wake.]"
        ),
        "a surname that ends like a verb": "[s1 Omar Saeed:] [c1 I wait.]\n[s2 Ruth Reed:] [c2 We all do.]",
    }
)
def test_a_label_is_the_source_of_the_words_behind_it(marked: str) -> None:
    text, wanted = gold(marked)
    assert found(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Text.\nPhoto: Rina Talle\nNote: We have changed this article.\nSee also: Our guide to you",
        "The gate.\nRina Talle at the gate. Image: Bo Arne.\nThe gate by night. Image: Bo Arne.",
        "LEAM: The bridge has closed.\nTORVIK: The mayor has gone.\nLEAM: The bridge has opened.",
        "Leam — The bridge has closed.\nTorvik — It rained.\nLeam — It opened.\nTorvik — It rained.",
        "THE Board met.\nUS Envoy Olm left.\nEU Council met.\nUS Envoy Olm stayed.\nEU Council left.\nTHE Board met.",
        "Tickets: from £12. You can book online.\nAddress: 4 Quay.\nOpening hours: daily, but ask us first.",
        "WHERE WE ARE: The text is done.\nTHE LONG GAME: Torvik waits.\nON THE MOVE: She is back.",
        "By Rina Talle: our reporter\n10:30 Doors open.\n• Bullet: “one.”",
        "She wept.\nHe added: “We wait.”\nOlm continued: “And you?”\nOlm continued: “And we?”",
        "Bo Arne, who rows for Leam, agreed: “I row.”\nHowever, before the board, Olm proposed: “We row.”",
        "The film.\nVerdict: “Dull.”\nBottom line: “Go.”",
        "Leam: the town that we forgot\nIt lies by the sea.",
        "She said:\n“We wait.”",
        "@media screen and (max-width: 600px) you see less",
    ],
    ids=[
        "rubrics",
        "captions",
        "datelines, though they come again",
        "datelines with a dash",
        "capitals that open a sentence",
        "a box with addresses to you",
        "headings of a newsletter",
        "byline, clock, bullet",
        "a cue",
        "a cue behind an apposition",
        "a verdict",
        "a headline",
        "a cue above a quotation",
        "a style sheet",
    ],
)
def test_what_only_looks_like_a_label_is_none(text: str) -> None:
    assert found(text) == []


def test_stage_directions_are_left_out_and_the_editors_brackets_stay() -> None:
    text, wanted = gold(
        "[s1 Q:] [c1 Where?] (Laughter.)\n"
        "[s2 A:] (smiling) [c2 I told [the keeper] so.] [pauses] [c2 Twice. [He] went (in the end).]"
    )
    assert found(text) == wanted


def test_a_turn_goes_on_over_paragraphs_but_not_over_what_is_told_in_between() -> None:
    text, wanted = gold(
        "[s1 SHAW:] [c1 We had no water.]\n[c1 I asked them twice.]\n[s2 BELL:] [c2 Who is they?]\n"
        "[s3 SHAW:] [c3 I will not say.]\nThe minister, who heard of it later, said she had “no recollection”.\n"
        "[s4 BELL:] [c4 Not even to us?]\nThe room was hot.\n[s5 SHAW:] [c5 No.]\nThe hearing ended at noon."
    )
    assert found(text) == wanted


@table(
    {
        "behind a dash": "Text.\n[c1 “It was cold.”] — [s1 Rina Talle, caretaker]\nMore.",
        "without the full stop": "Text.\n[c1 “It was cold.”] ― [s1 Rina Talle].",
        "on the line below": "Text.\n[c1 “It was cold.”]\n— [s1 Rina Talle]\nMore.",
        "in brackets, when two are": "Text.\n[c1 “Cold.”] [s1 (Rina Talle)]\n[c2 “Wet.”] [s2 (Jo Ferrin)]",
        "one in brackets is an aside": "Text.\n“Cold.” (Rina Talle)",
        "a sentence behind a dash": "Text.\n“Cold.” — that was all he had to say",
        "a pull quote": "Text.\n“The cold got into all of it” — Rina Talle\n“The cold got into all of it,” she said.",
    }
)
def test_a_quotation_is_signed_by_a_name(marked: str) -> None:
    text, wanted = gold(marked)
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("“We had no water at all.”\nHe said: “We had no water, at all.”", True),
        ("“We had no water at all.”\n“We had no water at all.”", False),  # the first of two alike is kept
        ("“No water.”\nHe said: “No water.”", False),  # too few words to be a pull quote
    ],
)
def test_words_that_stand_in_a_sentence_elsewhere_are_a_pull_quote(text: str, elsewhere: bool) -> None:
    assert Repeats(text).stands_elsewhere(Span(0, text.index("\n"))) is elsewhere


@given(st.text("AQRab:.—-*()[]@_“”\"'’? \n19", max_size=160))
def test_any_text_gives_drafts_within_it(text: str) -> None:
    for draft in drafts_of(text):
        assert draft.source
        assert draft.cue == ()
        spans = draft.source + draft.content
        assert all(span.slice(text).strip() for span in spans)
        assert not any(a.overlaps(b) for n, a in enumerate(spans) for b in spans[n + 1 :])
