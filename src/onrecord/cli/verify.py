"""`onrecord verify`: is the archive whole? Spans, digests, pointers, the index of the search."""

from __future__ import annotations

import argparse

from onrecord.cli import DONE, FAILED
from onrecord.cli.archives import counted, declare_archive, json_line, to_read, told
from onrecord.cli.streams import destination, displayable


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord verify` takes."""
    parser.usage = "onrecord verify [options]"
    parser.description = (
        "Check an archive: every span slices its text into the words that are kept, every digest is that\n"
        "of its text or page, every pointer leads somewhere, and the search finds what is there."
    )
    parser.epilog = "exit codes: 0 it is whole, 1 it is not"
    declare_archive(parser)
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(arguments: argparse.Namespace) -> int:
    """Print every fault."""
    from onrecord.archive.verifying import verify

    checked = 0

    def progress(done: int, of: int) -> None:
        nonlocal checked
        checked = of
        if not arguments.quiet:
            told(done, of)

    with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
        faults = 0
        for fault in verify(archive, progress):
            faults += 1
            plain = {"table": fault.table, "id": fault.id, "what": fault.what}
            stream.write(json_line(plain) if arguments.format == "jsonl" else displayable(str(fault)) + "\n")
        if arguments.format == "text":
            what = counted(faults, "fault") if faults else "no fault"
            stream.write(f"{what} in {counted(checked, 'article')} of {archive.where}\n")
    return FAILED if faults else DONE
