"""Who shares words is found for one newcomer and for all at once, and the two agree."""

from __future__ import annotations

import numpy as np

from onrecord.tracing.gathering.candidates import LIMIT, MERGE_AT, Postings, Sharer, candidates, sharing
from onrecord.tracing.gathering.shingles import fingerprints, plain_words

OLD = "It is an old valve and we had asked the council for a new one"
TEXTS = (
    OLD,
    "The ferry will sail again on Thursday if the wind allows it to",
    "we had asked the council for a new one",
    "An old valve, they said, but nobody had asked the council",
)


def indexed() -> Postings:
    postings = Postings()
    for number, text in enumerate(TEXTS):
        postings.add(number, fingerprints(text))
    return postings


def test_the_text_that_shares_most_comes_first() -> None:
    found = candidates(fingerprints("we had asked the council for a new one, again"), indexed())
    assert found[0].shared >= found[-1].shared > 0
    assert {one.number for one in found[:2]} == {0, 2}
    assert 1 not in [one.number for one in found]


def test_nothing_shared_gives_no_candidate() -> None:
    assert candidates(fingerprints("Herons nest by the mill in spring"), indexed()) == ()


def test_no_more_are_given_than_were_asked_for() -> None:
    assert len(candidates(fingerprints(OLD), indexed(), most=1)) == 1


def test_postings_answer_alike_whether_put_in_one_by_one_or_at_once() -> None:
    one_by_one, at_once = indexed(), Postings()
    pairs = [(number, held) for number, text in enumerate(TEXTS) for held in fingerprints(text)]
    at_once.add_many(np.array([n for n, _ in pairs]), np.array([p for _, p in pairs]))
    assert len(one_by_one) == len(at_once) == len(pairs)
    for _, held in pairs:
        assert list(one_by_one.holders(held, LIMIT)) == list(at_once.holders(held, LIMIT))


def test_what_waits_beside_is_found_before_and_after_it_is_merged_in() -> None:
    postings = Postings()
    postings.add(0, [7, 8])
    assert list(postings.holders(7, LIMIT)) == [0]
    postings.add(1, [*range(100, 100 + MERGE_AT), 7])
    postings.add(2, [7])
    assert list(postings.holders(7, LIMIT)) == [0, 1, 2]
    assert list(postings.holders(7, 2)) == [0, 1]
    assert list(postings.holders(9, LIMIT)) == []


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
