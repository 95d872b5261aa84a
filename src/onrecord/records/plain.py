"""The published JSON of a record: what of it is written otherwise than the codec would. The README describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.records.articles import Article
from onrecord.records.codec import from_json, to_json
from onrecord.records.origins import Origin
from onrecord.records.statements import Statement, Target
from onrecord.spans import Span

UNMARKED = ("said", "question")
"""What the annotation guidelines give no status; that a statement asks has a key of its own."""


def article_to_json(article: Article) -> dict[str, Any]:
    """The keys of an article, which those of its record follow."""
    return {
        **to_json(article, without=("text", "notices", "origin")),
        "text": article.text,
        "sha256": article.sha256,
        **({} if article.origin is None else {"origin": article.origin.to_dict()}),
    }


def article_from_json(data: Mapping[str, Any]) -> Article:
    """What `article_to_json` gave."""
    origin = data.get("origin")
    return from_json(Article, data, origin=Origin.from_dict(origin) if origin else None)


def statement_to_json(statement: Statement, occasions: Mapping[str, Any]) -> dict[str, Any]:
    """A statement with its occasion in it, one of the `occasions` by id."""
    return {
        **to_json(statement),
        "status": None if statement.status in UNMARKED else statement.status,
        "question": statement.status == "question",
        "occasion": None if statement.occasion is None else occasions[statement.occasion],
        "about": {target.entity: target.sign for target in statement.about},
        "about_words": {
            target.entity: [each.as_list() for each in target.words] for target in statement.about if target.words
        },
    }


def statement_from_json(data: Mapping[str, Any]) -> Statement:
    """What `statement_to_json` gave."""
    occasion, words = data.get("occasion"), data.get("about_words", {})
    return from_json(
        Statement,
        data,
        status="question" if data.get("question") else data.get("status") or "said",
        occasion=None if occasion is None else occasion["id"],
        about=tuple(
            Target(id, sign, tuple(Span(*pair) for pair in words.get(id, ())))
            for id, sign in data.get("about", {}).items()
        ),
    )
