"""`onrecord search WORDS`: the statements, or articles, of an archive that hold some words and pass some filters."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.cli import DONE
from onrecord.cli.archive.options import declare_archive, json_line, to_read, whole_number
from onrecord.cli.printing.hits import FORMATS, hit_as_dict, hit_lines, write_csv
from onrecord.cli.streams import destination, displayable, is_terminal, tell
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.archive.searching.query import Query
    from onrecord.archive.searching.search import Count, Results

FILTERS = {
    "speaker": "a name or part of one, a Wikidata id, or #12 for the archive's own number",
    "office": "words of the office the speaker is said to hold",
    "affiliation": "whom the speaker speaks for",
    "about": "whom the statement is about",
    "outlet": "who printed it",
    "said": "when it was said: 2017, 2017-05, 2017-05-07, 2017-W18, or a range as 2017-05..2017-06",
    "published": "when it was printed, in the same writing",
    "form": "direct, indirect or mixed; several with commas between",
    "cue_class": "what the cue shows: neutral, endorsing, distancing, emotive, none, unknown",
    "status": "said, denied, negated, hypothetical, future, question",
    "occasion": "interview, press_conference, speech, document, …, unknown",
    "confidence": "from 0 to 1: 0.8..1, or 0.8 for that and above",
    "reviewed": "yes, no, confirmed, changed, added",
    "versions": "of a story that its outlet edited: newest (default), older, all",
}
OLDER_OPTIONS = {"stance": "cue_class"}  # as in `archive.searching.filters`
SORTS = ("relevance", "newest", "oldest")
FACETS = {
    "speaker": "speakers",
    "outlet": "outlets",
    "published": "years",
    "form": "forms",
    "cue_class": "cues",
    "status": "status",
    "occasion": "occasions",
}
SHOWN = 6  # counts a facet


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord search` takes."""
    parser.usage = "onrecord search [WORDS…] [options]"
    parser.description = (
        'Find statements of an archive. WORDS in any form:  nato expansion  ·  "as it stands"  ·  one OR other  ·\n'
        "NOT this  ·  begin*  ·  *part*  ·  and every filter below as speaker:Holt, said:2017-05..2017-06.\n"
        "Where WORDS hold quotation marks or parentheses, put all of them between single quotation marks."
    )
    parser.epilog = "The last line printed says how to turn the page. See docs/search.md."
    parser.add_argument("words", metavar="WORDS", nargs="*", help="what to look for; all, where left out")
    for name, told in FILTERS.items():
        older = [f"--{old}" for old, now in OLDER_OPTIONS.items() if now == name]
        parser.add_argument(f"--{name.replace('_', '-')}", *older, metavar="TEXT", action="append", help=told)
    parser.add_argument("--articles", action="store_true", help="find articles, not statements")
    parser.add_argument("--like", metavar="ID|TEXT", help="statements that mean the same as that one, or as that text")
    parser.add_argument("--sort", type=_sort, default=SORTS[0], metavar="|".join(SORTS), help="the order (relevance)")
    parser.add_argument("--top", type=whole_number, default=10, metavar="N", help="hits a page (10)")
    parser.add_argument("--cursor", metavar="TEXT", help="the next page, as the page before said")
    declare_archive(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Print one page of hits."""
    from onrecord.archive.searching.search import search

    if arguments.like is not None:
        return _like(arguments)
    query = query_of(arguments)
    with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
        results = search(archive, query)
        if arguments.format == "jsonl":
            stream.writelines(json_line(hit_as_dict(hit)) for hit in results.hits)
        elif arguments.format == "csv":
            write_csv(results.hits, stream)
        else:
            lines = [*_told(results, around=bool(query.words)), *_facets(results.facets, results.complete)]
            stream.writelines(line + "\n" for line in lines)
    for note in results.notes:
        tell(note)
    if results.cursor is not None:
        tell(f"more: add --cursor {results.cursor}")
    return DONE


def query_of(arguments: argparse.Namespace) -> Query:
    """What the arguments ask for. Raises QueryError."""
    from onrecord.archive.searching.query import Query

    filters: dict[str, Any] = {name: tuple(getattr(arguments, name)) for name in FILTERS if getattr(arguments, name)}
    return Query(
        words=" ".join(arguments.words),
        in_="articles" if arguments.articles else "statements",
        sort=arguments.sort,
        limit=arguments.top,
        cursor=arguments.cursor,
        **filters,
    )


def _like(arguments: argparse.Namespace) -> int:
    from onrecord.cli.archive.likeness import print_like

    if arguments.words or arguments.articles or arguments.cursor or any(getattr(arguments, name) for name in FILTERS):
        raise UsageError("--like with words or filters", "one of the two", "Leave out the words and the filters")
    return print_like(arguments, arguments.like, arguments.top)


def _told(results: Results, *, around: bool) -> Iterator[str]:
    bold = is_terminal(sys.stdout)
    for hit in results.hits:
        yield from hit_lines(hit, bold=bold, around=around)
    n = f"{results.total:,}" if results.complete else f"more than {results.total:,}"
    yield ""
    yield f"{n} found, {len(results.hits)} shown" if results.hits else "nothing found"


def _facets(facets: Mapping[str, Sequence[Count]], complete: bool) -> Iterator[str]:
    for name, title in FACETS.items():
        counts = facets.get(name, ())
        if len(counts) > 1 or (counts and name in ("speaker", "outlet")):
            shown = "  ".join(f"{displayable(count.label)} {count.n:,}" for count in counts[:SHOWN])
            yield f"  {title:10}{shown}{'  …' if len(counts) > SHOWN else ''}"
    if not complete:
        yield "  (counted over the newest of them)"


def _sort(value: str) -> str:
    if value not in SORTS:
        raise UsageError(f"--sort {value}", f"one of {', '.join(SORTS)}", "Try --sort newest")
    return value
