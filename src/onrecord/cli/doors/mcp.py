"""`onrecord mcp`: the archive for a language model, over stdin and stdout, to be read and never changed."""

from __future__ import annotations

import argparse
import contextlib
import os
import re

from onrecord.cli import DONE
from onrecord.cli.archive.options import DEFAULT, ENVIRONMENT
from onrecord.errors import MissingExtra, UsageError

ROOM = re.compile(r"https?://[^\s/?#]+/?")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord mcp` takes."""
    parser.usage = "onrecord mcp [options]"
    parser.description = (
        "Let a program that speaks the Model Context Protocol search the archive. It is started by that program:\n\n"
        '    {"mcpServers": {"onrecord": {"command": "onrecord", "args": ["mcp", "--archive", "/full/path.db"]}}}\n\n'
        "Tools: search_statements, get_statement, get_article_statements, find_person, trace_statement. They change\n"
        "nothing; what they give is the articles' own words, with offsets, ids and urls."
    )
    parser.epilog = "exit codes: 0 the client left, 1 something failed, 2 the command cannot be meant"
    parser.add_argument(
        "--archive",
        metavar="FILE|URL",
        default=os.environ.get(ENVIRONMENT) or DEFAULT,
        help=f"a file, or postgresql://…; {ENVIRONMENT} where it is left out, or {DEFAULT}",
    )
    parser.add_argument(
        "--room",
        type=_room,
        metavar="URL",
        help="where onrecord serve shows the same archive, for links to its pages",
    )


def run(arguments: argparse.Namespace) -> int:
    """Answer until the client leaves."""
    try:
        from onrecord.web.mcp import serve
    except ModuleNotFoundError as error:
        raise MissingExtra.named("mcp", error.name or "mcp") from error
    from onrecord.archive.store.opening import open_archive

    opened = open_archive(arguments.archive, create=False, read_only=True)
    with opened as archive, contextlib.suppress(KeyboardInterrupt):
        serve(archive, arguments.room or "")
    return DONE


def _room(value: str) -> str:
    if not ROOM.fullmatch(value):
        raise UsageError(f"--room {value}", "the address of a reading room", "Try --room http://127.0.0.1:8017")
    return value
