"""`onrecord outlets`: which outlets the archive holds, with their articles and statements."""

from __future__ import annotations

import argparse
import dataclasses

from onrecord.cli import DONE
from onrecord.cli.archive.options import declare_archive, json_line, table, to_read, whole_number
from onrecord.cli.streams import destination


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord outlets` takes."""
    parser.usage = "onrecord outlets [options]"
    parser.description = "List the outlets of an archive: articles, statements, first and last date of publication."
    parser.add_argument("--top", type=whole_number, default=1000, metavar="N", help="how many to list (1000)")
    declare_archive(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the list."""
    from onrecord.archive.listing.outlets import list_outlets

    with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
        listed = list_outlets(archive, limit=arguments.top)
        if arguments.format == "jsonl":
            stream.writelines(json_line(dataclasses.asdict(each)) for each in listed)
            return DONE
        stream.write(
            table(
                ("id", "outlet", "articles", "statements", "first", "last"),
                [(o.id, o.name or "(none)", o.articles, o.statements, o.first, o.last) for o in listed],
            )
            or "no articles yet\n"
        )
    return DONE
