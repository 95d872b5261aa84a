"""The directory answers what the facts it was built from say; and nobody is offered outside a term."""

from __future__ import annotations

import random

import pytest
from evals.who import DATA, SEED, WANTED, draw, draw_people, judge, read_holders, read_ministers

from onrecord.directory import Directory

pytestmark = pytest.mark.shared("data/officeholders/holders.csv")


def test_two_hundred_questions_are_answered_well() -> None:
    chance, directory = random.Random(SEED), Directory.load()
    holders = read_holders(DATA)
    questions = [
        *draw(holders, chance, 110, "office"),
        *draw(read_ministers(DATA), chance, 30, "minister"),
        *draw_people(holders, chance, 60),
    ]
    right = [judge(directory, question)[0] for question in questions]
    assert sum(right) >= WANTED * len(right)


def test_after_all_that_is_known_nobody_is_named() -> None:
    chance, directory = random.Random(SEED), Directory.load()
    late = [q for q in draw(read_holders(DATA), chance, 100, "office") if q.day.year >= 2027]
    assert late
    for question in late:
        post = directory.parse_role(question.words)
        if post is not None:
            assert not len(directory.holders(post.role, post.of, question.day)), question.words
