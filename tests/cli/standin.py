"""A stand-in for the engine, so that what is tested here is the command line.

It finds `“…” said Name Surname`, and between the marks `Name said …`, and knows nothing else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType

import pytest

from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span

QUOTE = re.compile(r"(?P<content>[“\"][^”\"]*[”\"]),? (?P<cue>said|asked) (?P<source>\w+ \w+)")
INNER = re.compile(r"(?P<source>[A-Z]\w+) (?P<cue>said) (?P<content>[^”\".,]+)")


def find(article: Article) -> Record:
    statements: list[Statement] = []
    for match in QUOTE.finditer(article.text):
        statements.append(statement(match, str(len(statements) + 1), "direct", 0.97))
        for inner in INNER.finditer(article.text, *match.span("content")):
            within = statements[-1].id
            statements.append(statement(inner, str(len(statements) + 1), "indirect", 0.5, within))
    return Record(article, tuple(statements), Provenance("0.1.0", "stand-in", "ab" * 32))


def statement(match: re.Match[str], id: str, form: str, sure: float, within: str | None = None) -> Statement:
    content, cue, source = ((Span(*match.span(role)),) for role in ("content", "cue", "source"))
    decided = {"content": "linker, marks", "source": "linker", "confidence": "calibrated on dev"}
    return Statement(
        id=id,
        content=content,
        cue=cue,
        source=source,
        form="direct" if form == "direct" else "indirect",
        confidence=sure,
        within=within,
        decided_by=decided,
    )


def read_many(articles: Iterable[Article], directory: object = None) -> Iterator[Record]:
    return map(find, articles)


def load_directory(*extra: object) -> None:
    return None


def put_in_place(monkeypatch: pytest.MonkeyPatch, read_many: Callable[[Iterable[Article]], Iterator[Record]]) -> None:
    """Let the command line find `read_many` where the engine would be."""
    wiring = ModuleType("onrecord.engine")
    wiring.__dict__["read_many"] = lambda articles, directory=None: read_many(articles)
    wiring.__dict__["load_directory"] = load_directory
    monkeypatch.setitem(sys.modules, "onrecord.engine", wiring)
