"""`onrecord profile FILE…`: how an outlet carries the words of others, as a table, JSON or a picture."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.cli import DONE, FAILED, INTERRUPTED
from onrecord.cli.inputs import Inputs, declare_directory, declare_inputs
from onrecord.cli.progress import Progress
from onrecord.cli.streams import destination, displayable, tell
from onrecord.errors import UsageError
from onrecord.profiling import Profile, Row, Share, picture, profiles
from onrecord.records import Record

FORMATS = ("text", "json", "svg")
NAME = 28


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord profile` takes."""
    parser.usage = "onrecord profile FILE… [options]"
    parser.description = (
        "Measure how an outlet carries the words of others: how much of it is quoted, reported and its\n"
        "own voice; who is quoted directly and who in paraphrase; under what cues. Every share comes\n"
        "with a 95 % interval. --outlet measures the articles of that outlet, and those that name none."
    )
    parser.epilog = (
        "A FILE is anything that `onrecord read` takes, or what `onrecord read --format jsonl` printed,\n"
        "which is not read again.\n\n"
        "exit codes: 0 all was read, 1 something was skipped or failed, 2 the command cannot be\n"
        "meant, 130 stopped by Ctrl-C"
    )
    parser.add_argument(
        "--format",
        type=_format,
        default="text",
        metavar="|".join(FORMATS),
        help="tables (default), JSON, or a picture (of one outlet)",
    )
    parser.add_argument("--top", type=_count, default=12, metavar="N", help="speakers and bodies to show (12)")
    parser.add_argument("--output", metavar="FILE", help="write there, in UTF-8, and only when all is done")
    declare_directory(parser)
    declare_inputs(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read every file, and print the profile of each outlet."""
    progress = Progress(quiet=arguments.quiet)
    inputs = Inputs(arguments, progress)
    try:
        utf8 = arguments.format != "text"
        with destination(arguments.output, inputs=arguments.files, utf8=utf8) as stream, progress:
            found = profiles(_of_outlet((record for record, _ in inputs.records()), arguments.outlet))
            with progress.aside():
                stream.write(_shown(found, arguments.format, arguments.top))
    except KeyboardInterrupt:
        tell(f"stopped after {progress.line()}; nothing was measured")
        return INTERRUPTED
    inputs.sum_up()
    if inputs.skipped:
        tell(f"{progress.articles:,} read, {inputs.skipped:,} skipped")
    return FAILED if inputs.skipped else DONE


def _of_outlet(records: Iterable[Record], outlet: str | None) -> Iterator[Record]:
    """The records of that outlet, those that name none among them; all where no outlet is asked for."""
    others: Counter[str] = Counter()
    kept = 0
    for record in records:
        named = record.article.outlet
        if outlet is None or named is None or named.casefold() == outlet.casefold():
            kept += 1
            yield record if named or outlet is None else replace(record, article=replace(record.article, outlet=outlet))
        else:
            others[named] += 1
    if others and not kept:
        told = ", ".join(name for name, _ in others.most_common(8))
        raise UsageError(f"--outlet {outlet}", f"one of {told}", "Name an outlet of the articles, or leave it out")


def _shown(found: Sequence[Profile], shape: str, top: int) -> str:
    if shape == "json":
        return json.dumps([profile.to_dict() for profile in found], indent=1, ensure_ascii=False) + "\n"
    if shape == "text":
        return "\n\n".join(displayable(_table(profile, top)) for profile in found) + "\n" * bool(found)
    if len(found) > 1:
        raise UsageError(
            f"{len(found)} outlets ({', '.join(profile.outlet for profile in found[:4])})",
            "one outlet a picture",
            "Name the files of one, or use --format json",
        )
    return "".join(picture(profile, top) for profile in found)


def _table(profile: Profile, top: int) -> str:
    lines = [
        profile.outlet,
        profile.size,
        "",
        "whose words fill it",
        *(f"  {share.name:{NAME}}{_interval(share)}" for share in profile.voices),
    ]
    for title, rows in (("speakers", profile.speakers), ("whom they speak for", profile.bodies)):
        lines += ["", f"{title:{NAME + 2}}{'n':>6}  {'direct':>18}  {'distancing cue':>18}  {'emotive cue':>18}"]
        lines += [_line(row) for row in (profile.everyone, *rows[:top])]
        if len(rows) > top:
            lines.append(f"  and {len(rows) - top:,} more")
    return "\n".join(lines)


def _line(row: Row) -> str:
    shares = {share.name: share for share in (*row.forms, *row.stances)}
    name = row.name if len(row.name) < NAME else row.name[: NAME - 2] + "…"
    figures = "".join(f"  {_interval(shares[kind]):>18}" for kind in ("direct", "distancing", "emotive"))
    return f"  {name:{NAME}}{row.statements:6,}{figures}"


def _interval(share: Share) -> str:
    return f"{share.value:.0%} ({share.interval})" if share.total else "none"


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not int(value):
        raise UsageError(f"--top {value}", "a whole number from 1", "Try --top 12")
    return int(value)


def _format(value: str) -> str:
    if value not in FORMATS:
        raise UsageError(f"--format {value}", f"one of {', '.join(FORMATS)}", "Try --format svg")
    return value
