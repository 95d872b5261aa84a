"""What everybody says is nobody's utterance."""

from __future__ import annotations

import pytest

from carried import carrier
from onrecord.tracing.gathering.boilerplate import is_boilerplate, is_no_utterance
from onrecord.tracing.gathering.shingles import plain_words


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Yes.",
        "No comment",
        "Thank you very much, Mr Ito.",
        "I don't recall",
        "It is what it is, and that is that",
        "We are not going to comment further on the matter",
        "Our thoughts and prayers are with them",
    ],
)
def test_a_stock_phrase_is_boilerplate(words: str) -> None:
    assert is_boilerplate(plain_words(words))


@pytest.mark.parametrize(
    "words",
    [
        "I signed the form",
        "Thank you for closing the harbour before the storm reached the outer wall",
        "No comment is what the mayor gave us when the pump burst in May",
    ],
)
def test_words_with_something_in_them_are_not(words: str) -> None:
    assert not is_boilerplate(plain_words(words))


def test_a_question_put_in_an_interview_is_no_utterance_but_a_quoted_one_is() -> None:
    put = carrier("How did you come to work in the harbour?")
    quoted = carrier("“How did they come to close the harbour?”")
    assert is_no_utterance(put, plain_words(put.words))
    assert not is_no_utterance(quoted, plain_words(quoted.words))


def test_a_mere_name_is_no_utterance() -> None:
    name = carrier("President Kenji Ito of Quayside", form="indirect")
    said = carrier("Kenji Ito had closed the outer harbour", form="indirect")
    assert is_no_utterance(name, plain_words(name.words))
    assert not is_no_utterance(said, plain_words(said.words))
