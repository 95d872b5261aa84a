"""What is put together in wiring: an article that no model reads is kept, and no statement is looked for in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.engine import load_directory, read, read_many, with_office_holders
from onrecord.errors import RecordError
from onrecord.records import Article
from onrecord.tracing.judging.scene import scene_of
from onrecord.tracing.transcripts import originals_of

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


def test_what_is_no_article_is_told_in_our_words() -> None:
    with pytest.raises(RecordError, match=r"a str among the articles.*onrecord\.Article\(text\)"):
        list(read_many(["We were not asked."]))  # type: ignore[list-item]


def test_the_language_is_found_out_where_nothing_is_said() -> None:
    german = "Der Hafenmeister sagte am Montag, das Ventil sei vom Frost geschlossen worden und die Pumpe defekt."
    record = read(german)
    assert (record.article.language, record.statements) == ("de", ())
    assert read("“We were not asked,” said Rena Holt.").article.language == "en"
    assert read(german, language="en").article.language == "en"


def test_one_text_is_read_with_a_directory_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,kind,aka\nTidal Commission,organisation,the Commission\n", "utf-8")
    text = "“We were not asked,” said Rena Holt, the harbour master."
    read_with = read(text, directory=load_directory(own))
    assert read_with == next(read_many((Article(text),), load_directory(own)))


def test_names_stand_as_printed_and_descriptions_small() -> None:
    record = read("It rained. Northshire Observer says the pumps failed. Officials said the gate was shut.")
    assert [entity.name for entity in record.entities] == ["Northshire Observer", "officials"]


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
