from __future__ import annotations

import pickle

import pytest

from onrecord import errors
from onrecord.errors import InputError, MissingExtra, OnrecordError, RecordError, SpanError

ALL = sorted(
    (value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, OnrecordError)),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_says_what_was_seen_wanted_and_is_to_do(kind: type[OnrecordError]) -> None:
    error = kind("a cat", "a dog", "Whistle")
    assert (error.seen, error.wanted, error.todo) == ("a cat", "a dog", "Whistle")
    assert str(error) == "Saw a cat; wanted a dog. Whistle."


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_survives_the_way_to_another_process(kind: type[OnrecordError]) -> None:
    error = pickle.loads(pickle.dumps(kind("a cat", "a dog", "Whistle")))
    assert (type(error), str(error)) == (kind, "Saw a cat; wanted a dog. Whistle.")


def test_the_tree_in_the_docstring_names_every_error() -> None:
    drawn = (errors.__doc__ or "").split("Each says")[0]
    assert [kind.__name__ for kind in ALL if f" {kind.__name__} " not in drawn.replace("\n", " ")] == []


@pytest.mark.parametrize("kind", [SpanError, RecordError])
def test_a_wrong_value_is_also_a_value_error(kind: type[OnrecordError]) -> None:
    assert issubclass(kind, ValueError)


def test_a_missing_extra_gives_the_line_to_type() -> None:
    error = MissingExtra.named("web", "starlette")
    assert 'pip install "onrecord[web]"' in str(error)
    assert not isinstance(error, InputError)
