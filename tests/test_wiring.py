"""What is put together in wiring: an article that no model reads is kept, and no statement is looked for in it."""

from __future__ import annotations

import pytest

from onrecord.records import Article
from onrecord.tracing.judging.scene import scene_of
from onrecord.tracing.transcripts import originals_of
from onrecord.wiring import load_directory, read_many, with_office_holders

ENGLISH = "The valve was closed by frost, the harbour master said on Monday."
GERMAN = "Das Ventil war vom Frost verschlossen, sagte der Hafenmeister am Montag."


def test_an_article_in_another_language_gives_a_record_without_statements_and_a_notice() -> None:
    articles = [Article(ENGLISH), Article(GERMAN, language="de"), Article(ENGLISH, language="en-GB")]
    first, second, third = read_many(articles)
    assert len(first.statements) == len(third.statements) == 1
    assert second.article == articles[1]
    assert second.statements == ()
    assert second.provenance.model is None
    assert "no model reads" in second.article.notices[0]


def test_a_language_that_is_not_known_is_tried() -> None:
    (record,) = read_many([Article(ENGLISH, language=None)])
    assert len(record.statements) == 1
    assert record.article.notices == ()


def test_a_language_to_be_found_out_is_found_out() -> None:
    (record,) = read_many([Article(ENGLISH, language="auto")])
    assert record.article.language == "en"
    assert len(record.statements) == 1


@pytest.mark.parametrize(
    ("heading", "label", "name"),
    [
        ("Interview with the Italian Prime Minister, 17 April 2019", "PRIME MINISTER", "Giuseppe Conte"),
        ("Talks in Rome, 17 April 2019", "Prime Minister of Italy", "Giuseppe Conte"),
        ("Interview with the Prime Minister, 17 April 2019", "PRIME MINISTER", None),  # of what country?
        ("Interview with the Italian Prime Minister", "PRIME MINISTER", None),  # on what day?
        ("Interview with the Italian Prime Minister, 17 April 2019", "HARBOUR MASTER", None),
    ],
)
def test_a_label_that_is_an_office_alone_gets_the_name_of_its_holder(
    heading: str, label: str, name: str | None
) -> None:
    article = Article(f"{heading}\n\nQ: Why?\n\n{label}: It was old.\n")
    scene = scene_of(article)
    found = with_office_holders(originals_of(article), scene.heading, scene.day, load_directory())
    assert [original.names for original in found] == [("Q",), (name, label) if name else (label,)]
