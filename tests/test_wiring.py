"""What is put together in wiring: an article that no model reads is kept, and no statement is looked for in it."""

from __future__ import annotations

from onrecord.records import Article
from onrecord.wiring import read_many

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
