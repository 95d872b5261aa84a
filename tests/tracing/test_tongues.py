"""The language of a few words, as far as they tell."""

from __future__ import annotations

import pytest

from onrecord.tracing.wording.tongues import in_another, tongue_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je ne pars pas fâché, je pars fatigué.", "fr"),
        ("“I’m leaving angry.”", "en"),
        ("Wir brauchen keine Helden, wir brauchen Kennzeichen.", "de"),
        ("No lo sé, pero es la verdad.", "es"),
        ("Мы не знали.", "ru"),
        ("Rusconi", None),
        ("", None),
    ],
)
def test_the_function_words_tell(text: str, language: str | None) -> None:
    assert tongue_of(text) == language


def test_an_unknown_language_is_not_another() -> None:
    assert in_another("en", "fr")
    assert not in_another(None, "fr")
    assert not in_another("en", None)
