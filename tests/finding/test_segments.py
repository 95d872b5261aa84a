from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord import scoring
from onrecord.finding import segments
from onrecord.finding.segments import paragraphs, sentences, words
from onrecord.spans import Span

MAIL = """\
The harbour board met on Tuesday to hear what the master had to
say about the valve, which has been frozen shut since the night
of the storm, and about the cost of a new one.

“We have asked twice,” said Rena Holt, “and twice we were told to
wait for the thaw, as if a valve were a pond.” The board will not
meet again before March.
"""


def blocks(text: str) -> list[str]:
    return [span.slice(text) for span in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One.", ["One."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\n\nTwo.\n\n\n\nThree.\n", ["One.", "Two.", "Three."]),
        ("One.\r\nTwo.\r\n\r\nThree.\r\n", ["One.", "Two.", "Three."]),
        ("One.\rTwo.\r\rThree.", ["One.", "Two.", "Three."]),
        ("One.\u2028Two.\u2029Three.\x0cFour.\x0bFive.", ["One.", "Two.", "Three.", "Four.", "Five."]),
        ("And then\x85 she left.", ["And then\x85 she left."]),
        ("  One.\t\n \t \n\u00a0Two.", ["  One.\t", "\u00a0Two."]),
        ("", []),
        (" \n\t\n\u00a0", []),
    ],
    ids=[
        "one",
        "single newlines",
        "blank lines",
        "carriage returns and newlines",
        "carriage returns alone",
        "Unicode separators and feeds",
        "NEL is an ellipsis badly decoded",
        "blanks at the edges stay",
        "nothing",
        "nothing but white space",
    ],
)
def test_paragraphs_are_the_lines(text: str, wanted: list[str]) -> None:
    assert blocks(text) == wanted


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_hard_wrapped_lines_are_joined_between_blank_lines(newline: str) -> None:
    text = MAIL.replace("\n", newline)
    assert blocks(text) == text.rstrip().split(2 * newline)


@pytest.mark.parametrize(
    "text",
    [
        MAIL.replace("\n\n", "\n"),
        "Rena Holt\nHarbour master\n\nAlma Ito\nClerk\n\nJon Sand\nDiver\n\nPia Roe\nCook\n",
        MAIL.replace(" said", ", as the minutes of that night have it at some length, said"),
        "\n\n".join(["“We have asked twice,” said Rena Holt, and twice they had waited.\n" * 2] * 3),
        "The board met, and the master told them at length what the frost did\nto it.\n\nThen they left.",
    ],
    ids=["no blank line", "short lines", "lines of many lengths", "lines that are sentences", "too few to tell"],
)
def test_other_lines_are_not_joined(text: str) -> None:
    assert blocks(text) == [line for line in text.splitlines() if line.strip()]


def cases(table: Mapping[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("marked", table.values(), ids=table.keys())


@cases(
    {
        "stops": "She left. | Why? | Go! | What?! | He stayed.",
        "a number first": "She left. | 12 stayed. | #tax fell. | @holt left.",
        "accents and other scripts": "She left. | Élan stayed. | Đuro left. | Она ушла. | 彼女 left.",
        "small letters go on": "She left. then he stayed. iPads fell.",
        "ellipses": "She waited ... | Then she left. | She waited… | He left... and came back.",
        "decimals and addresses": "It rose 3.5 percent to $4.20. | See www.ayr.example/a.b today.",
        "no blank behind": "She left.He stayed.",
        "titles": "Mr. Holt, Dr. Ito, Sen. Sand, Lt. Col. Roe, the Rt. Hon. Pia Roe and Gen. Ito left. | He stayed.",
        "initials": "J. R. Holt and R.J. Ito left. | Pia A. Roe stayed.",
        "a country before a name": "The U.S. President left. | The U.K. Treasury stayed. | A D.C. Circuit judge left.",
        "a country before a sentence": "She lives in the U.S. | He does not. | It is in the U.K. | The end.",
        "firms": "Ayr Inc. Holdings fell. | She left Ayr Inc. | Then it fell. | Holt Bros. and Sand Co. rose.",
        "juniors and degrees": "Jon Sand Jr. said no. | Pia Roe, Ph.D., M.D., left.",
        "months and hours": "On Jan. 5 at 5 p.m. Holt left. | At 5 p.m. the tide rose. | She left at 5 p.m. | It rose.",
        "numbered things": "No. 5 won. | See p. 7, vol. 3, fig. 2 and sec. 4. | He said no. | She said yes.",
        "saints, mounts and streets": "St. Ayr and Mt. Ayr are near Ayr St. | The road is long.",
        "cases at law": "In Holt v. Ito the court sat. | It rose in Roe vs. Sand.",
        "a letter at the end": "So did I. | Then came Plan B. | It failed.",
        "closing marks": "“No.” | She left. | ‘No!’ | \"Why?\" | 'Go.' | «Non.» | He stayed.",
        "closing marks and brackets": "(She left.) | [“No.”] | He stayed.) | “(No.)” | The end.",
        "a quotation goes on in small letters": "“Why?” she said. | “No!” he cried.",
        "an abbreviation in marks": "“She lives in the U.S.” | Holt left. | (At 5 p.m.) | Ito left.",
        "opening marks": "She left. | “No,” he said. | (He stayed.) | 'No.' | «[Non].»",
        "no stop at the end": "She left. | He stayed",
    }
)
def test_sentences_end_where_a_reader_stops(marked: str) -> None:
    text = marked.replace(" | ", " ")
    assert [span.slice(text) for span in sentences(text, Span(0, len(text)))] == marked.split(" | ")


def test_sentences_of_one_paragraph_leave_the_others_alone() -> None:
    text = "One. Two.\n  Three.  Four \nFive."
    assert [[s.slice(text) for s in sentences(text, p)] for p in paragraphs(text)] == [
        ["One.", "Two."],
        ["Three.", "Four"],
        ["Five."],
    ]


def test_a_sentence_may_run_over_hard_wrapped_lines() -> None:
    first = sentences(MAIL, paragraphs(MAIL)[1])
    assert [MAIL[s.start : s.start + 4] + MAIL[s.end - 6 : s.end] for s in first] == ["“We pond.”", "The March."]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rena Holt’s dogs' bowls", ["Rena", "Holt’s", "dogs", "bowls"]),
        ("3.5 percent, U.S.-made", ["3", "5", "percent", "U", "S", "made"]),
        ("“Don't,” — she…said", ["Don't", "she", "said"]),
        ("naïve Đuro 彼女 _x_ 🎉", ["naïve", "Đuro", "彼女", "_x_"]),
        ("— … 🎉", []),
    ],
)
def test_words_are_letters_and_digits_with_inner_apostrophes(text: str, wanted: list[str]) -> None:
    assert [span.slice(text) for span in words(text)] == wanted


def test_words_within_a_span_are_cut_at_its_edges() -> None:
    text = "Rena Holt left."
    assert [span.slice(text) for span in words(text, Span(2, 9))] == ["na", "Holt"]


def test_words_are_those_that_the_scorers_count() -> None:
    assert segments.WORD.pattern == scoring.WORD.pattern


mixed = st.text(st.sampled_from("\r\n\u2028\x0b \t\u00a0.!?…'”’\")(“aB1U.S"), max_size=60)


@given(mixed | st.text(st.characters(exclude_categories=()), max_size=60))
@example("\ud800\n\udfff. A")
def test_nothing_but_white_space_falls_between_segments(text: str) -> None:
    outer = paragraphs(text)
    inner = [sentence for paragraph in outer for sentence in sentences(text, paragraph)]
    for parts in (outer, inner):
        assert list(parts) == sorted(parts)
        ends, starts = [0, *(part.end for part in parts)], [*(part.start for part in parts), len(text)]
        assert all(not text[end:start].strip() for end, start in zip(ends, starts, strict=True))
    assert all(s.slice(text) == s.slice(text).strip() for s in inner)
