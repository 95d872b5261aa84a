"""On what occasion something was said: what the article tells beside it, carried on until it tells something else."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from marked import of, parse
from onrecord.finding.occasions.attributing import occasions
from onrecord.records import Article, Entity, Occasion, Provenance, Record, Statement
from onrecord.spans import Span

PEOPLE = ("holt", "ito", "brandt")


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def record(marked: str, speakers: str = "", within: dict[str, str] | None = None, title: str | None = None) -> Record:
    """`speakers`: a letter for each statement, the first of one of PEOPLE, or w for a work."""
    gold = parse(marked)
    ids = {name[0]: name for name in PEOPLE} | {"w": "work"}
    statements = tuple(
        Statement(
            id=item["id"],
            source=spans(item["source"]),
            cue=spans(item["cue"]),
            content=spans(item["content"]),
            form="indirect",
            confidence=0.9,
            speaker=ids[letter],
            within=(within or {}).get(item["id"]),
        )
        for item, letter in zip(gold.attributions, speakers or "h" * len(gold.attributions), strict=True)
    )
    people = [Entity(id=name, name=name.title(), kind="person") for name in PEOPLE]
    work = Entity(id="work", name="the report", kind="work")
    article = Article(gold.text, title=title, outlet="Quay Herald", published=datetime.date(2031, 5, 5))
    return Record(article, statements, Provenance("0"), (*people, work))


def told(made: Record) -> list[Occasion | None]:
    found = occasions(made.article, made)
    return [found.occasion(s.occasion) if s.occasion else None for s in found.statements]


def kinds(made: Record) -> list[str | None]:
    return [occasion.kind if occasion else None for occasion in told(made)]


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[s1 Holt] [k1 said] in an interview with Quay Radio [c1 that it was late].", "interview"),
        ("[s1 Holt] [k1 told] a news conference [c1 that it was late].", "press_conference"),
        ("[s1 Holt] [k1 told] the inquest [c1 that it was late].", "hearing"),
        ("[c1 It was late], [s1 Holt] [k1 wrote] in a letter to the mayor.", "document"),
        ("[c1 It was late], [s1 Holt] [k1 said] in a statement.", "statement"),
        ("[c1 It was late], [s1 Holt] [k1 tweeted].", "post"),
        ("[s1 Holt] [k1 said] on the phone [c1 that it was late].", "call"),
        ("In her speech [s1 Holt] [k1 promised] [c1 a bridge].", "speech"),
        ("[s1 Holt] [k1 told] listeners of the morning show [c1 that it was late].", "broadcast"),
        ("[s1 Holt] [k1 told] the Daily Mirror of Quay [c1 that it was late].", "interview"),
        ("[s1 Holt] [k1 told] reporters [c1 that it was late].", None),
        ("[s1 Holt] [k1 said] [c1 in a letter nobody had read].", None),  # what is said tells nothing of where
    ],
)
def test_the_words_around_a_statement_tell_its_kind(marked: str, kind: str | None) -> None:
    assert kinds(record(marked)) == [kind]


def test_medium_date_and_addressee_are_kept_in_the_words_of_the_article_and_the_date_resolved() -> None:
    (found,) = told(record("In an interview with Quay Radio on Sunday [s1 Holt] [k1 said] [c1 it was late]."))
    assert found is not None
    assert (found.medium, found.date, found.when) == ("medium-quay-radio", "Sunday", "2031-05-04")
    (found,) = told(record("[s1 Holt] [k1 told] the harbour board [c1 that it was late]."))
    assert found is not None
    assert (found.kind, found.addressee) == (None, "the harbour board")


def test_a_statement_to_this_newspaper_is_an_interview_with_the_outlet() -> None:
    made = occasions(*of(record("[s1 Holt] [k1 told] this newspaper [c1 that it was late].")))
    assert made.entity(made.occasions[0].medium or "").name == "Quay Herald"


def test_an_interview_goes_on_with_its_speaker_and_nobody_else() -> None:
    marked = (
        "In an interview [s1 Holt] [k1 said] [c1 it was late]. [s2 She] [k2 added] [c2 that it rained].\n"
        "[s3 Ito] [k3 said] [c3 nothing was late]. [s4 Holt] [k4 believes] [c4 him]."
    )
    assert kinds(record(marked, "hhih")) == ["interview", "interview", None, None]
    assert len(occasions(*of(record(marked, "hhih"))).occasions) == 1


def test_another_date_or_occasion_ends_what_went_on() -> None:
    marked = (
        "In an interview on Sunday [s1 Holt] [k1 said] [c1 it was late]. On Friday [s2 she] [k2 had said] [c2 not]."
        " [s3 She] [k3 wrote] in a letter [c3 that it was]."
    )
    assert kinds(record(marked)) == ["interview", None, "document"]


def test_what_an_article_reports_on_as_a_whole_is_the_occasion_of_all_who_spoke_there() -> None:
    marked = (
        "The news conference was short.\n[s1 Holt] [k1 said] [c1 it was late].\n[s2 Ito] [k2 said] [c2 it was not].\n"
        "[s3 The report] [k3 says] [c3 it was]."
    )
    assert kinds(record(marked, "hiw")) == ["press_conference", "press_conference", "document"]


def test_an_event_to_come_is_no_occasion_of_what_was_said() -> None:
    assert kinds(record("[s1 Holt] [k1 said] [c1 it was late]. She will hold a news conference on Friday.")) == [None]


def test_questions_and_answers_are_an_interview() -> None:
    turns = "\n".join(
        f"[s{n} {who}:] [c{n} {words}]"
        for n, (who, words) in enumerate([("Q", "Why?"), ("A", "So."), ("Q", "And then?"), ("A", "Nothing.")], start=1)
    )
    assert set(kinds(record(turns, "hihi"))) == {"interview"}


def test_a_label_with_an_at_sign_is_a_post() -> None:
    assert kinds(record("[s1 @holt:] [c1 It was late.]")) == ["post"]


def test_running_the_step_twice_changes_nothing() -> None:
    once = occasions(*of(record("In an interview with Quay Radio [s1 Holt] [k1 said] [c1 it was late].")))
    assert occasions(once.article, once) == once


def test_a_question_asked_at_an_event_by_a_reporter_of_another_paper_is_no_interview() -> None:
    marked = (
        "The news conference was short.\n[s1 Holt] [k1 told] the Lake Herald [c1 that it was late].\n"
        "[s2 Ito] [k2 said] [c2 it was not]."
    )
    assert kinds(record(marked, "hi")) == ["press_conference", "press_conference"]


def test_the_outlet_is_known_by_a_part_of_its_name() -> None:
    made = occasions(*of(record("[s1 Holt] [k1 told] the Herald [c1 that it was late].")))
    assert made.entity(made.occasions[0].medium or "").name == "Quay Herald"


def test_one_event_is_one_row_with_all_that_is_told_of_it() -> None:
    marked = (
        "[s1 Holt] [k1 said] [c1 it was late].\n[s2 Ito] [k2 said] [c2 not].\nThe news conference on Sunday was short."
    )
    made = occasions(*of(record(marked, "hi")))
    assert [(o.kind, o.when) for o in made.occasions] == [("press_conference", "2031-05-04")]


@pytest.mark.parametrize(
    "marked",
    [
        "[c1 “Late.”]",  # no source, no cue
        "[s1 Holt] [k1 said] [c1 it was late].",
        "In an interview with Quay Radio [s1 Holt] [k1 said] [c1 it was late]. [s2 She] [k2 added] [c2 more].",
    ],
)
def test_a_record_without_entities_is_read_as_well(marked: str) -> None:
    made = record(marked)
    bare = replace(made, entities=(), statements=tuple(replace(s, speaker=None) for s in made.statements))
    assert len(occasions(bare.article, bare).statements) == len(bare.statements)


def test_what_tells_an_occasion_is_shown_as_evidence() -> None:
    made = occasions(*of(record("In an interview on Sunday [s1 Holt] [k1 said] [c1 it was late].")))
    assert [span.slice(made.article.text) for span in made.occasions[0].evidence] == ["interview", "Sunday"]
