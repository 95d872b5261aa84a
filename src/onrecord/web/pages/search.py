"""The search page: what was asked, what was found with the words marked, and the ways to narrow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from onrecord.archive.searching.query import FILTERS_OF_A_QUERY, Query
from onrecord.archive.searching.search import Hit, Results
from onrecord.archive.searching.snippets import Snippet
from onrecord.marking import Mark, marked
from onrecord.web.marks import shown
from onrecord.web.pages.words import Link, day, in_a_line

FACET_TITLES = {
    "speaker": "Who speaks",
    "outlet": "Outlet",
    "published": "Published",
    "form": "Form",
    "cue_class": "Cue",
    "status": "Status",
    "occasion": "Occasion",
}
FILTER_WORDS = {"cue_class": "cue", "said": "said on", "reviewed": "review"}
SORTS = ("relevance", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: the words with what was looked for in <mark> (`html` is escaped), who said them, where; `printed` is the
    source and cue, where what was looked for stands there."""

    href: str
    html: str
    printed: str
    speaker: Link
    form: str
    framing: str
    outlet: str
    title: str
    published: str
    said_on: str
    review: str


@dataclass(frozen=True, slots=True)
class FacetLine:
    """One value of a facet, how often, and where it leads: to the narrower search, or out of it when `active`."""

    label: str
    n: int
    href: str
    active: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the search."""

    name: str
    title: str
    lines: tuple[FacetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """All that is shown of a search. `wrong` is set, and nothing found, where it could not be understood."""

    words: str
    where: str
    asked: tuple[Link, ...]
    hidden: tuple[tuple[str, str], ...]
    facets: tuple[Facet, ...]
    hits: tuple[Found, ...]
    total: str
    took: str
    notes: tuple[str, ...]
    wrong: str
    tabs: tuple[Link, ...]
    sorts: tuple[Link, ...]
    more: str


def search_page(
    asked: Mapping[str, Sequence[str]],
    query: Query | None,
    results: Results | None,
    locals_: Mapping[int, str],
    wrong: str,
) -> SearchPage:
    """The page of a search. `asked` are its parameters as they came, `locals_` the ids of the hits in their records."""
    where = _one(asked, "in") or "statements"
    sort = _one(asked, "sort") or "relevance"
    return SearchPage(
        words=_one(asked, "q"),
        where=where,
        asked=tuple(
            Link(f"{FILTER_WORDS.get(name, name)}: {in_a_line(value, 60)}", _address(asked, without=(name, value)))
            for name in FILTERS_OF_A_QUERY
            for value in asked.get(name, ())
            if value
        ),
        hidden=tuple(
            (name, value) for name, values in asked.items() if name not in ("q", "cursor") for value in values if value
        ),
        facets=_facets(asked, results),
        hits=tuple(_found(hit, locals_) for hit in results.hits) if results else (),
        total=_total(results, where) if results else "",
        took=f"{max(1, round(results.took * 1000)):,} ms" if results else "",
        notes=results.notes if results else (),
        wrong=wrong,
        tabs=tuple(
            Link(name, _address(asked, put={"in": name}), "current" if name == where else "")
            for name in ("statements", "articles")
        ),
        sorts=tuple(
            Link(name, _address(asked, put={"sort": name}), "current" if name == sort else "") for name in SORTS
        ),
        more=_address(asked, put={"cursor": results.cursor}) if results and results.cursor else "",
    )


def snippet_html(found: Snippet) -> str:
    """The words of a snippet, escaped, with the matches as <mark>, and dots where it was cut."""
    marks = [Mark(span, "content", "") for span in found.marks]
    before, after = "… " if found.start else "", " …" if found.cut else ""
    return before + marked(shown(found.words), marks, lambda mark: "<mark>") + after


def _found(hit: Hit, locals_: Mapping[int, str]) -> Found:
    local = locals_.get(hit.statement or 0)
    framing = ", ".join(
        part
        for part in (
            f"{hit.cue_class} cue" if hit.cue_class not in (None, "neutral", "none") else "",
            hit.status if hit.status not in (None, "said") else "",
        )
        if part
    )
    return Found(
        href=f"/articles/{hit.article}" + (f"#s{local}" if local else ""),
        html=snippet_html(hit.snippet),
        printed="" if hit.snippet.matches else in_a_line(" · ".join(filter(None, (hit.source, hit.cue)))),
        speaker=Link(in_a_line(hit.speaker or ""), f"/people/{hit.person}" if hit.person is not None else ""),
        form=hit.form or "",
        framing=framing,
        outlet=in_a_line(hit.outlet or ""),
        title=in_a_line(hit.title or "", 100),
        published=day(hit.published),
        said_on=hit.said_on or "",
        review=hit.review or "",
    )


def _facets(asked: Mapping[str, Sequence[str]], results: Results | None) -> tuple[Facet, ...]:
    if results is None:
        return ()
    facets = []
    for name, counts in results.facets.items():
        lines = []
        for count in counts:
            active = count.value in asked.get(name, ())
            href = _address(asked, without=(name, count.value)) if active else _address(asked, put={name: count.value})
            lines.append(FacetLine(in_a_line(count.label, 40).replace("_", " "), count.n, href, active))
        if lines:
            facets.append(Facet(name, FACET_TITLES.get(name, name), tuple(lines)))
    return tuple(facets)


def _total(results: Results, where: str) -> str:
    what = where if results.total != 1 else where.removesuffix("s")
    return (
        f"{results.total:,} {what}"
        if results.complete
        else f"more than {results.total:,} {what}; counts are of the newest"
    )


def _address(
    asked: Mapping[str, Sequence[str]],
    put: Mapping[str, str | None] | None = None,
    without: tuple[str, str] | None = None,
) -> str:
    pairs = [(n, v) for n, values in asked.items() for v in values if v and n != "cursor" and (n, v) != without]
    for name, value in (put or {}).items():
        pairs = [(n, v) for n, v in pairs if n != name]
        pairs += [(name, value)] if value else []
    return "/search?" + urlencode(pairs)


def _one(asked: Mapping[str, Sequence[str]], name: str) -> str:
    return next((value for value in asked.get(name, ()) if value), "")
