"""English vectors: alike in meaning is close, and a text has one vector in any company."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.embedding import Meanings, english
from onrecord.errors import MissingExtra


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "PACKAGE", "no_such_package")
    with pytest.raises(MissingExtra, match=r"onrecord\[semantic\]"):
        english.load.__wrapped__()


@pytest.fixture(scope="module")
def model() -> english.EnglishEmbedder:
    return english.load()


@pytest.mark.extra("semantic")
def test_a_paraphrase_lies_closer_than_another_matter(model: english.EnglishEmbedder) -> None:
    ((same, other),) = Meanings(model).between(
        ["The minister resigned on Monday"], ["The cabinet member quit at the start of the week", "Bananas are yellow"]
    )
    assert same > 0.5 > 0.3 > other


@pytest.mark.extra("semantic")
def test_rows_have_length_one_and_do_not_depend_on_their_company(model: english.EnglishEmbedder) -> None:
    texts = ["It is an old valve.", "", "x " * 2000, "\ud800 alone", "Ну и что", "The ferry sails again on Thursday."]
    together = model.encode(texts)
    assert together.shape == (6, model.dimensions)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([model.encode([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)
    assert model.encode([]).shape == (0, model.dimensions)
