"""Who shares words is found for one newcomer and for all at once, and the two agree."""

from __future__ import annotations

from carried import Kept
from onrecord.tracing.gathering.candidates import Sharer, candidates, sharing
from onrecord.tracing.gathering.shingles import fingerprints, plain_words

OLD = "It is an old valve and we had asked the council for a new one"
TEXTS = (
    OLD,
    "The ferry will sail again on Thursday if the wind allows it to",
    "we had asked the council for a new one",
    "An old valve, they said, but nobody had asked the council",
)


def indexed() -> Kept:
    return Kept(map(fingerprints, TEXTS))


def test_the_text_that_shares_most_comes_first() -> None:
    found = candidates(fingerprints("we had asked the council for a new one, again"), indexed())
    assert found[0].shared >= found[-1].shared > 0
    assert {one.number for one in found[:2]} == {0, 2}
    assert 1 not in [one.number for one in found]


def test_nothing_shared_gives_no_candidate() -> None:
    assert candidates(fingerprints("Herons nest by the mill in spring"), indexed()) == ()


def test_no_more_are_given_than_were_asked_for() -> None:
    assert len(candidates(fingerprints(OLD), indexed(), most=1)) == 1


def test_all_at_once_gives_for_each_text_those_before_it() -> None:
    found = dict(sharing([plain_words(text) for text in TEXTS]))
    assert set(found) == {2, 3}
    assert [one.number for one in found[2]] == [0]
    assert found[2][0].shared == len(set(fingerprints(TEXTS[2])) & set(fingerprints(OLD)))
    assert {one.number for one in found[3]} <= {0, 2}


def test_nothing_to_share_and_nothing_at_all() -> None:
    assert list(sharing([])) == []
    assert list(sharing([[], ["one"], ["two", "three"]])) == []


def test_texts_without_words_between_do_not_shift_the_numbers() -> None:
    assert dict(sharing([[], plain_words(OLD), [], plain_words(OLD)])) == {
        3: [Sharer(1, len(fingerprints(OLD)))],
    }
