"""`onrecord speakers`: who speaks in the archive, how often, and what is known of one of them."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, get_args

from onrecord.cli import DONE
from onrecord.cli.archive.options import counted, declare_archive, json_line, table, to_read, whole_number
from onrecord.cli.streams import destination, displayable
from onrecord.errors import UsageError
from onrecord.records import Kind

if TYPE_CHECKING:
    from onrecord.archive.listing.people import Portrait

KINDS = get_args(Kind)
TOP = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord speakers` takes."""
    parser.usage = "onrecord speakers [NAME|ID] [options]"
    parser.description = (
        "List who speaks in an archive, with how many statements in how many articles, and how many\n"
        "statements are about them. With a NAME (whole), an id or a Wikidata id: what the archive tells\n"
        "of that one."
    )
    parser.add_argument("who", metavar="NAME", nargs="?", help="one of them")
    parser.add_argument("--like", metavar="TEXT", default="", help="only names that hold that text")
    parser.add_argument("--kind", type=_kind, metavar="|".join(KINDS), help="only those of that kind")
    parser.add_argument("--top", type=whole_number, default=50, metavar="N", help="how many to list (50)")
    declare_archive(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the list, or the portrait of one."""
    from onrecord.archive.listing.people import find_person, list_people, person

    with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
        if arguments.who is not None:
            portrait = person(archive, find_person(archive, arguments.who))
            if arguments.format == "jsonl":
                stream.write(json_line(dataclasses.asdict(portrait)))
            else:
                stream.writelines(displayable(line) + "\n" for line in _told(portrait))
            return DONE
        listed = list_people(archive, name=arguments.like, kind=arguments.kind, limit=arguments.top)
        if arguments.format == "jsonl":
            stream.writelines(json_line(dataclasses.asdict(each)) for each in listed)
            return DONE
        stream.write(
            table(
                ("id", "name", "kind", "wikidata", "statements", "articles", "about"),
                [(p.id, p.name, p.kind, p.wikidata, p.statements, p.articles, p.about) for p in listed],
            )
            or "nobody yet\n"
        )
    return DONE


def _told(portrait: Portrait) -> Iterator[str]:
    p = portrait.person
    yield f"{p.name} · {p.kind}{f' · {p.wikidata}' if p.wikidata else ''} · id {p.id}"
    yield f"{counted(p.statements, 'statement')} in {counted(p.articles, 'article')}; {p.about:,} about them"
    for title, rows in (
        ("called", [(f"{o.role or ''}{f' of {o.of}' if o.of else ''}", o.statements) for o in portrait.offices]),
        ("outlets", [(name or "no outlet", n) for name, n in portrait.outlets]),
        ("months", list(portrait.months)),
        ("speaks of", [(f"{name} {_signs(signs)}", sum(signs.values())) for _, name, signs in portrait.speaks_of]),
        (
            "spoken of by",
            [(f"{name} {_signs(signs)}", sum(signs.values())) for _, name, signs in portrait.spoken_of_by],
        ),
    ):
        if rows:
            yield ""
            yield title
            yield from (f"  {n:6,}  {name.strip()}" for name, n in rows[:TOP])
            if len(rows) > TOP:
                yield f"          and {len(rows) - TOP:,} more"


def _signs(counts: Mapping[str, int]) -> str:
    told = [f"{sign}{counts[sign]:,}" for sign in ("+", "-") if sign in counts]
    return f"({' '.join(told)})" if told else ""


def _kind(value: str) -> str:
    if value not in KINDS:
        raise UsageError(f"--kind {value}", f"one of {', '.join(KINDS)}", "Try --kind person")
    return value
