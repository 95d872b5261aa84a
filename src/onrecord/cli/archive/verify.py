"""`onrecord verify`: is the archive whole, and as onrecord wrote it? With `--repair`, what can be made anew is."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from onrecord.cli import DONE, FAILED
from onrecord.cli.archive.options import counted, declare_archive, json_line, to_change, to_read, told
from onrecord.cli.streams import destination, displayable

if TYPE_CHECKING:
    from onrecord.archive.safekeeping.faults import Fault
    from onrecord.archive.store.archive import Archive


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord verify` takes."""
    parser.usage = "onrecord verify [options]"
    parser.description = (
        "Check an archive: every span slices its text into the words that are kept, every digest is that\n"
        "of its text or page, every pointer leads somewhere, searches and traces find what is there, and\n"
        "nothing was changed but by onrecord."
    )
    parser.epilog = "exit codes: 0 it is whole, 1 it is not, or not all of it could be repaired"
    declare_archive(parser)
    parser.add_argument("--quiet", action="store_true", help="no progress")
    parser.add_argument(
        "--repair",
        action="store_true",
        help="make indexes, counts, sketches and fingerprints anew where they are wrong",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every fault; those that are repaired as such."""
    checked = 0

    def progress(done: int, of: int) -> None:
        nonlocal checked
        checked = of
        if not arguments.quiet:
            told(done, of)

    plain = arguments.format == "text"
    opened = to_change(arguments) if arguments.repair else to_read(arguments)
    with opened as archive, destination(None, utf8=not plain) as stream:
        faults = _faults(archive, progress)
        repaired: list[Fault] = []
        if arguments.repair:
            before, faults = faults, _after_repair(archive, faults, progress)
            repaired = [fault for fault in before if fault not in faults]
        _print(stream, repaired, faults, plain=plain)
        if plain:
            if arguments.repair:
                stream.write(f"{counted(len(repaired), 'fault')} repaired, {_left(faults)}\n")
            what = counted(len(faults), "fault") if faults else "no fault"
            stream.write(f"{what} in {counted(checked, 'article')} of {archive.where}\n")
    return FAILED if faults else DONE


def _faults(archive: Archive, progress: Callable[[int, int], None]) -> list[Fault]:
    from onrecord.answers.archive_tracing import fingerprints_of
    from onrecord.archive.safekeeping.verifying import verify

    return list(verify(archive, progress, fingerprints=fingerprints_of))


def _after_repair(archive: Archive, faults: Sequence[Fault], progress: Callable[[int, int], None]) -> list[Fault]:
    """The faults that are left when all has been made anew that can be."""
    from onrecord.answers.archive_tracing import catch_up
    from onrecord.archive.safekeeping.repairing import repair, seal_old

    if faults:
        repair(archive, faults, progress)
        catch_up(archive)
        faults = _faults(archive, progress)
    if not faults:
        seal_old(archive)
    return list(faults)


def _left(faults: Sequence[Fault]) -> str:
    if not faults:
        return "none left"
    return f"{len(faults):,} cannot be: what was kept is gone or changed; restore it from a backup"


def _print(stream: TextIO, repaired: Sequence[Fault], faults: Sequence[Fault], *, plain: bool) -> None:
    for fault, mended in [*((fault, True) for fault in repaired), *((fault, False) for fault in faults)]:
        if plain:
            stream.write(f"{'repaired: ' if mended else ''}{displayable(str(fault))}\n")
        else:
            told = {"table": fault.table, "id": fault.id, "what": fault.what, "derived": fault.derived}
            stream.write(json_line(told | {"repaired": True} if mended else told))
