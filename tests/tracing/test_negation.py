"""What turns a sentence round, and whether a cut has taken it out."""

from __future__ import annotations

import pytest

from onrecord.tracing.wording.negation import contrary, lost_negators, negators, polarity
from onrecord.tracing.wording.normal import words_of


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("We did not know", "en", ["not"]),
        ("Nobody came and nothing was said", "en", ["nobody", "nothing"]),
        ("There is no doubt, not only here", "en", []),
        ("tired rather than angry", "en", ["rather"]),
        ("a rather long wait", "en", []),
        ("my signature and nobody else's", "en", []),
        ("Je ne pars pas fâché", "fr", ["ne"]),
        ("Aucune décision n’est prise", "fr", ["aucune"]),
        ("Das Fenster war nicht gesichert", "de", ["nicht"]),
        ("Никто не пришел", "ru", ["никто"]),
        ("No. We did that alone.", "en", []),  # an answer of its own
        ("No, we did not do that", "en", ["no", "not"]),
        ("No.", "en", ["no"]),
    ],
)
def test_the_words_that_negate(text: str, language: str, found: list[str]) -> None:
    words = words_of(text, language=language)
    assert [words[at].key for at in negators(words, language)] == found


@pytest.mark.parametrize(
    ("text", "sign"),
    [("It is possible", 1), ("It is not possible", -1), ("It is not impossible", 1), ("I never refused it", 1)],
)
def test_two_negatives_of_one_clause_undo_each_other(text: str, sign: int) -> None:
    assert polarity(words_of(text), "en") == sign


@pytest.mark.parametrize(
    ("original", "cut", "lost"),
    [
        ("We did not know it could stick", (2, 3), True),
        ("We did not know it could stick", (2, 4), True),  # the rest of its clause is kept
        ("I owe it to the public, I do not owe it to the board, I know", (6, 14), False),  # all of it is cut
        ("this is not who we are", (2, 4), True),  # the auxiliary is kept
        ("I hope not", (2, 3), True),
    ],
)
def test_a_negator_is_lost_when_what_it_negates_is_kept(original: str, cut: tuple[int, int], lost: bool) -> None:
    words = words_of(original)
    kept = [at for at in range(len(words)) if not cut[0] <= at < cut[1]]
    assert bool(lost_negators(words, *cut, kept, "en")) == lost


def test_the_next_sentence_may_say_the_contrary() -> None:
    words = words_of("I would do it again with what I knew. I would not do it again with what I know. I am tired.")
    assert contrary(words, 0, "en")
    assert not contrary(words, 1, "en")
