"""Statements are gathered around the fullest quotation, and a stitched one does not pull two utterances together."""

from __future__ import annotations

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from carried import carrier
from onrecord.tracing.gathering.carriers import Carrier
from onrecord.tracing.gathering.utterances import Utterance, joined_by_meaning, utterances

OLD = "“It is an old valve, and we had asked the council for a new one.”"
FERRY = "“The ferry will sail again on Thursday if the wind lets us leave the inner basin.”"


def groups(found: tuple[Utterance, ...]) -> set[frozenset[str]]:
    return {frozenset(carrier.id for carrier in utterance.carriers) for utterance in found}


def test_carriers_of_one_utterance_come_together_in_the_order_of_printing() -> None:
    late = carrier("“we had asked the council for a new one”", "Coast Echo", "2031-05-08")
    first = carrier(OLD, day="2031-05-06")
    other = carrier(FERRY, day="2031-05-05")
    found = utterances([late, other, first])
    assert [[c.id for c in u.carriers] for u in found] == [[other.id], [first.id, late.id]]
    told = found[1]
    assert (told.id, told.first, told.speaker) == (first.id, first, "Rena Holt")
    assert told.outlets == ("Quay Herald", "Coast Echo")
    assert set(told.ties) == {late.id}


def test_a_stitched_carrier_joins_one_and_pulls_no_two_together() -> None:
    stitched = carrier("“we had asked the council for a new one … The ferry will sail again on Thursday”")
    valve, ferry = carrier(OLD), carrier(FERRY)
    found = groups(utterances([stitched, valve, ferry]))
    assert not any({valve.id, ferry.id} <= group for group in found)
    assert any(stitched.id in group and len(group) == 2 for group in found)


def test_a_quotation_leads_before_a_longer_report_of_it() -> None:
    report = carrier(
        "that, as she had often told him in the winter, “we had asked the council for a new one” twice", form="mixed"
    )
    quoted = carrier(OLD)
    (found,) = utterances([report, quoted])
    assert found.anchor == quoted


def test_boilerplate_and_what_many_say_in_few_words_is_left_out() -> None:
    people = ("Rena Holt", "Kenji Ito", "Ana Sol", "Bo Lund", "Cy Marsh")
    phrase = [carrier("“safe and dependable drinking water”", speaker=who) for who in people]
    assert utterances([carrier("“No comment”"), carrier("“No comment”")]) == ()
    assert all(len(utterance.carriers) < 4 for utterance in utterances(phrase))


def test_nothing_gives_nothing() -> None:
    assert utterances([]) == ()


def test_a_statement_within_another_is_not_its_second_carrier() -> None:
    outer = carrier("Ito said " + OLD, article="a", start=0, speaker="Ana Sol", form="mixed")
    inner = carrier(OLD, article="a", start=9)
    assert groups(utterances([outer, inner])) == {frozenset({outer.id}), frozenset({inner.id})}


@settings(deadline=None)  # the first call reads the lists of names
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_carriers_come_makes_no_difference(chance: random.Random) -> None:
    found = groups(utterances(MANY))
    mixed = list(MANY)
    chance.shuffle(mixed)
    assert groups(utterances(mixed)) == found


def _many() -> list[Carrier]:
    pieces = ("It is an old valve", "we had asked the council for a new one", "The ferry will sail again on Thursday")
    quotes = [f"“{' and '.join(some)}”" for n in (1, 2, 3) for some in itertools.permutations(pieces, n)]
    return [carrier(quote, speaker=who) for quote in quotes for who in ("Rena Holt", None)]


MANY = _many()


def test_meaning_joins_two_utterances_and_draws_no_third_after_them() -> None:
    words = (
        "The council was asked for a new valve in the winter",
        "Already in the winter she had wanted the council to buy a new valve",
        "A new valve was what the council refused to buy all winter",
    )
    one, two, three = (carrier(text, form="indirect") for text in words)
    found = utterances([one, two, three])
    assert len(found) == 3
    joined = joined_by_meaning(found, [(one.id, two.id, 0.9), (two.id, three.id, 0.85), ("no", "such", 1.0)])
    assert groups(joined) == {frozenset({one.id, two.id}), frozenset({three.id})}
    whole = max(joined, key=lambda utterance: len(utterance.carriers))
    assert [tie.kind for tie in whole.ties.values()] == ["meaning"]
    assert joined_by_meaning(found, []) == found
