"""The language of queries: what each writing asks for, and how each mistake is explained."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.searching.expressions import All, Any, During, Expression, Marked, Not, Part, Phrase, Term
from onrecord.archive.searching.filters import FILTERS
from onrecord.archive.searching.grammar import LONGEST, MOST, parse
from onrecord.archive.searching.matching import Every, Plan, Row, fts5, tsquery
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.ranges import Range
from onrecord.errors import OnrecordError, QueryError

HOLT = Marked("by", ("holt",))


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", None),
        ("  \t ", None),
        ("valve", Term("valve")),
        ("Valve!", Term("valve")),
        ("valve shut", All((Term("valve"), Term("shut")))),
        ("valve AND shut", All((Term("valve"), Term("shut")))),
        ("valve OR gate shut", Any((Term("valve"), All((Term("gate"), Term("shut")))))),
        ("valve -gate", All((Term("valve"), Not(Term("gate"))))),
        ("NOT gate", Not(Term("gate"))),
        ("NOT -gate", Term("gate")),
        ("(valve OR gate) shut", All((Any((Term("valve"), Term("gate"))), Term("shut")))),
        ("-(valve gate)", Not(All((Term("valve"), Term("gate"))))),
        ('"old valve"', Phrase(("old", "valve"))),
        ("“old valve”", Phrase(("old", "valve"))),
        ("«old valve»", Phrase(("old", "valve"))),
        ('"valve"', Phrase(("valve",))),
        ('"old val"*', Phrase(("old", "val"), open=True)),
        ("val*", Phrase(("val",), open=True)),
        ("*alv*", Part("alv")),
        ("*alve", Part("alve", ends=True)),
        ("S-400", Phrase(("s", "400"))),
        ("don’t", Phrase(("don", "t"))),
        ("eu", Term("eu")),
        ("北京市", Phrase(("北京", "京市"))),
        ("北", Phrase(("北",), open=True)),
        ("*北京*", Phrase(("北京",))),
        ("or and not", All((Term("or"), Term("and"), Term("not")))),
        ("speaker:Holt", HOLT),
        ("-SPEAKER:holt", Not(HOLT)),
        ('speaker:"Rena Holt"', Marked("by", ("rena", "holt"))),
        ("speaker:Hol*", Marked("by", ("hol",), open=True)),
        ("speaker:q1", Marked("bywd", ("q1",))),
        ("speaker:#07", Marked("byid", ("7",))),
        ("about:NATO", Marked("about", ("nato",))),
        ('office:"harbour master"', Marked("role", ("harbour", "master"))),
        ("said:2017-05", During("said", Range.parse("2017-05"))),
        ("form:direct,mixed", Any((Marked("form", ("direct",)), Marked("form", ("mixed",))))),
        ("occasion:press_conference", Any((Marked("occasion", ("press_conference",)),))),
        ("reviewed:no", Any((Marked("review", ("none",)),))),
        ("at 10:30", All((Term("at"), Phrase(("10", "30"))))),
        ("score:3", Phrase(("score", "3"))),
        ("https://quay.example/a", Phrase(("https", "quay", "example", "a"))),
        ("* - !", None),
    ],
)
def test_a_query_asks_for(query: str, asked: Expression | None) -> None:
    assert parse(query) == asked


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ('"old valve', "quotation mark that is not closed"),
        ("(valve", "( that is not closed"),
        ("valve)", ") that closes nothing"),
        ("valve OR", "OR with nothing"),
        ("OR valve", "OR with nothing"),
        ("valve NOT", "NOT with nothing"),
        ("a*", "'a*'"),
        ("va*ve", "star inside"),
        ("*s-400*", "more than one word"),
        ("spaeker:Holt", "the filter"),
        ("speaker:!!", "holds no letter"),
        ("form:verbatim", "form:verbatim"),
        ("status:said,lost", "status:lost"),
        ("said:soon", "the date"),
        ("confidence:80", "confidence:80"),
        ("confidence:0.8..0.5", "confidence:0.8..0.5"),
        ("confidence:0.123", "confidence:0.123"),
        ("reviewed:perhaps", "reviewed:perhaps"),
        ("(" * 40 + "a" + ")" * 40, "parentheses"),
        ("x " * (MOST + 1), "words and filters"),
        ("x" * (LONGEST + 1), "a query of"),
    ],
)
def test_a_mistake_is_explained(query: str, seen: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert seen in raised.value.seen
    assert raised.value.wanted
    assert raised.value.todo


def test_a_filter_that_is_misspelt_gets_the_right_one_proposed() -> None:
    with pytest.raises(QueryError, match="Try speaker:"):
        parse("speeker:Holt")


@pytest.mark.parametrize(
    ("written", "marks"),
    [
        ("0.8..1", {"tenth 8", "tenth 9", "hundredth 100"}),
        ("0.95", {f"hundredth {n}" for n in range(95, 101)}),
        ("0.5..0.6", {"tenth 5"}),
        ("0.59..0.61", {"hundredth 59", "hundredth 60"}),
        ("..0.1", {"tenth 0"}),
    ],
)
def test_confidence_is_asked_for_in_hundredths_the_upper_end_left_out(written: str, marks: set[str]) -> None:
    asked = FILTERS["confidence"](written)
    assert isinstance(asked, Any)
    assert {f"{part.kind} {part.values[0]}" for part in asked.parts if isinstance(part, Marked)} == marks


@given(st.text(alphabet=st.sampled_from("ab \"*()-:ORNT北“”#;'%_\\§·\x00\n"), max_size=60))
def test_whatever_is_typed_is_read_or_explained(query: str) -> None:
    with contextlib.suppress(QueryError):
        parse(query)


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_or_explained(query: str) -> None:
    with contextlib.suppress(OnrecordError):
        Query(words=query, speaker=query or None, said=query or None)


PLAN = Every((Row(("old", "valve")), Row(("sh",), open=True)), (Row(("gate",)),))


@pytest.mark.parametrize(
    ("plan", "in_fts5", "in_postgres"),
    [
        (Row(("valve",)), '"valve"', "'valve'"),
        (PLAN, '(("old valve" AND "sh" *) NOT ("gate"))', "((('old' <-> 'valve') & 'sh':*) & !('gate'))"),
    ],
)
def test_a_plan_is_written_in_either_language(plan: Plan, in_fts5: str, in_postgres: str) -> None:
    assert fts5(plan) == in_fts5
    assert tsquery(plan) == in_postgres


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ({"limit": 0}, "limit 0"),
        ({"limit": 10_000}, "limit 10000"),
        ({"sort": "best"}, "sort 'best'"),
        ({"in_": "books"}, "in 'books'"),
        ({"words": "?!"}, "holds no word"),
        ({"form": "verbatim"}, "form:verbatim"),
    ],
)
def test_a_search_that_cannot_be_is_refused_when_it_is_made(given: dict[str, object], seen: str) -> None:
    with pytest.raises(QueryError) as raised:
        Query(**given)  # type: ignore[arg-type]
    assert seen in raised.value.seen


def test_a_filter_of_several_values_asks_for_one_of_them() -> None:
    assert Query(speaker=("Holt", "Ito")).expression() == Any((HOLT, Marked("by", ("ito",))))
    assert Query(speaker="Holt", words="speaker:Holt").expression() == All((HOLT, HOLT))
    assert Query(speaker="").expression() is None
