"""`onrecord forget`: erase an article, or a person's statements, and keep a receipt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.cli import DONE, FAILED
from onrecord.cli.archive.options import counted, declare_archive, declare_who, json_line, to_change
from onrecord.cli.streams import destination, displayable, is_terminal, tell
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.archive.listing.people import Person
    from onrecord.archive.safekeeping.forgetting import Receipt
    from onrecord.archive.store.archive import Archive


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord forget` takes."""
    parser.usage = "onrecord forget ARTICLE | --person NAME [options]"
    parser.description = (
        "Erase an article (all versions of its story) with what was found in it, or everything that was\n"
        "found of a person. It cannot be undone. A receipt stays: when, how much, digests; no text, no name."
    )
    parser.epilog = (
        "Forgetting a person leaves the articles, in whose printed text the name still stands. Backups\n"
        "and exports made before are not reached."
    )
    parser.add_argument("article", metavar="ARTICLE", nargs="?", help="its id, url or name")
    parser.add_argument("--person", metavar="NAME|ID", help="a whole name, an id or a Wikidata id")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    declare_who(parser)
    declare_archive(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ask, erase, and print the receipt."""
    if (arguments.article is None) == (arguments.person is None):
        raise UsageError("no one thing to forget", "an ARTICLE, or --person", "Try onrecord forget 12")
    with to_change(arguments) as archive:
        what, forget = _planned(archive, arguments)
        if not arguments.yes and not _sure(what):
            tell("nothing was forgotten")
            return FAILED
        others = _namesakes(archive, arguments)
        receipt = forget()
    with destination(None, utf8=arguments.format != "text") as stream:
        if arguments.format == "jsonl":
            stream.write(json_line(receipt.to_dict()))
        else:
            stream.writelines(f"{name}: {_shown(value)}\n" for name, value in receipt.to_dict().items())
    for other in others:
        told = f"{other.name} (id {other.id}{', ' + other.wikidata if other.wikidata else ''})"
        tell(
            f"{displayable(told)}, of the same name and not linked, stays with"
            f" {counted(other.statements, 'statement')}: onrecord forget --person {other.id}"
        )
    return DONE


def _namesakes(archive: Archive, arguments: argparse.Namespace) -> tuple[Person, ...]:
    """Whoever else bears the name of the person to forget."""
    from onrecord.archive.listing.people import find_person, namesakes

    return () if arguments.person is None else namesakes(archive, find_person(archive, arguments.person, only=True))


def _planned(archive: Archive, arguments: argparse.Namespace) -> tuple[str, Callable[[], Receipt]]:
    """What would be erased, in words, and what does it."""
    from onrecord.archive.listing.people import find_person, person
    from onrecord.archive.safekeeping.forgetting import forget_article, forget_person
    from onrecord.archive.store.loading import find_article

    given = {"who": arguments.who, "why": arguments.why}
    if arguments.person is not None:
        somebody = person(archive, find_person(archive, arguments.person, only=True)).person
        what = f"{somebody.name} (id {somebody.id}): {counted(somebody.statements, 'statement')}"
        return what, lambda: forget_person(archive, somebody.id, **given)
    held = find_article(archive, arguments.article)
    what = (
        f"article {held.id}, {held.title or held.name}, {len(held.versions)} version(s), {held.statements:,} statements"
    )
    return what, lambda: forget_article(archive, held.id, **given)


def _sure(what: str) -> bool:
    if not is_terminal(sys.stdin):
        raise UsageError("nobody to ask", "--yes where no terminal is", f"Add --yes to forget {what}")
    print(f"Erase {displayable(what)}? It cannot be undone. Type yes: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def _shown(value: object) -> str:
    return displayable(", ".join(map(str, value)) if isinstance(value, list) else str(value)) or "none"
