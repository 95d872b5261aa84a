"""Without the mean of their language, vectors of translations lie closest."""

from __future__ import annotations

import numpy as np
from evals.ntrex import ENOUGH_FOR_A_MEAN, centred

from onrecord.tracing.gathering.vectors import Vectors, nearest


def unit(*rows: tuple[float, ...]) -> Vectors:
    array = np.array(rows, np.float32)
    unit: Vectors = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit


def test_without_the_mean_of_its_language_a_translation_is_the_closest() -> None:
    chance = np.random.default_rng(6)
    meanings = chance.normal(size=(ENOUGH_FOR_A_MEAN, 8))
    english = unit(*map(tuple, np.hstack([meanings, np.full((len(meanings), 1), 6.0)])))
    russian = unit(*map(tuple, np.hstack([meanings, np.full((len(meanings), 1), -6.0)])))
    both = np.concatenate([english, russian])
    languages = ["en"] * len(english) + ["ru"] * len(russian)
    before = [found[0][0] for found in nearest(english, both[1:], most=1)]
    moved = centred(both, languages)
    after = [found[1][0] for found in nearest(moved[: len(english)], moved, most=2)]
    assert before != list(range(len(english), 2 * len(english)))
    assert after == list(range(len(english), 2 * len(english)))
    assert np.allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-5)


def test_a_language_of_few_texts_keeps_its_vectors() -> None:
    some = unit((1, 0), (1, 1))
    assert np.allclose(centred(some, ["en", "en"]), some)
