"""What a search asks for, checked when it is made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, get_args

from onrecord.archive.searching.expressions import All, Any, Expression
from onrecord.archive.searching.filters import filtered
from onrecord.archive.searching.grammar import parse
from onrecord.errors import QueryError

Sort = Literal["relevance", "newest", "oldest"]
Asked: TypeAlias = str | tuple[str, ...] | None
MOST_HITS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search: `words` in the language of grammar.py, and the filters of filters.py, each in the same writing.

    A filter may be given several values, of which one must hold: ``speaker=("Holt", "Q1")``. `said` and `published` are
    dates or ranges ("2017-05..2017-06"), `confidence` is "0.8..1". `in_` says whether statements or articles are
    looked for; an article is found by its text, or when its statements pass the filters. `cursor` is what the page
    before gave. Raises QueryError.
    """

    words: str = ""
    in_: Literal["statements", "articles"] = "statements"
    speaker: Asked = None
    office: Asked = None
    affiliation: Asked = None
    about: Asked = None
    outlet: Asked = None
    said: Asked = None
    published: Asked = None
    form: Asked = None
    cue_class: Asked = None
    status: Asked = None
    occasion: Asked = None
    confidence: Asked = None
    reviewed: Asked = None
    versions: Asked = None
    sort: Sort = "relevance"
    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        if self.in_ not in ("statements", "articles"):
            raise QueryError(f"in {self.in_!r}", "statements or articles", "Choose one")
        if self.sort not in get_args(Sort):
            raise QueryError(f"sort {self.sort!r}", f"one of {', '.join(get_args(Sort))}", "Choose one")
        if not 1 <= self.limit <= MOST_HITS:
            raise QueryError(f"limit {self.limit}", f"a number from 1 to {MOST_HITS}", "Turn pages with the cursor")
        self.expression()

    def expression(self) -> Expression | None:
        """All that is asked for in one; None where nothing is, and everything found. Raises QueryError."""
        parts = [] if (wanted := parse(self.words)) is None else [wanted]
        if wanted is None and self.words.strip():
            raise QueryError(f"{self.words!r}, which holds no word", "a word to look for", "Write one")
        for name in FILTERS_OF_A_QUERY:
            values: Asked = getattr(self, name)
            if values is None:
                continue
            asked = (values,) if isinstance(values, str) else values
            each = [filtered(name, value) for value in asked if value]
            if each:
                parts.append(each[0] if len(each) == 1 else Any(tuple(each)))
        return None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))

    def digest(self) -> str:
        """What two pages of one search share."""
        asked = [getattr(self, field.name) for field in fields(self) if field.name not in ("limit", "cursor")]
        return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()[:10]


FILTERS_OF_A_QUERY = tuple(
    field.name for field in fields(Query) if field.name not in ("words", "in_", "sort", "limit", "cursor")
)
