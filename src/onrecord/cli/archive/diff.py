"""`onrecord diff RUN RUN`: what a newer engine or model finds otherwise in the same articles."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.cli import DONE
from onrecord.cli.archive.options import counted, declare_archive, json_line, to_read, whole_number
from onrecord.cli.streams import destination, displayable

if TYPE_CHECKING:
    from onrecord.archive.correcting.runs import Difference, RunDiff

SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord diff` takes."""
    parser.usage = "onrecord diff RUN RUN [options]"
    parser.description = (
        "Compare two runs in the articles that both read: statements added, gone, and changed, by field.\n"
        "Statements are matched by the content they share."
    )
    parser.add_argument("run_a", metavar="RUN", type=whole_number, help="the earlier run, as onrecord runs numbers it")
    parser.add_argument("run_b", metavar="RUN", type=whole_number, help="the later one")
    parser.add_argument("--all", action="store_true", help=f"every difference, not the first {SHOWN} of a kind")
    declare_archive(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print how the second run differs from the first."""
    from onrecord.archive.correcting.runs import diff

    with to_read(arguments) as archive:
        found = diff(archive, arguments.run_a, arguments.run_b)
    with destination(None, utf8=arguments.format != "text") as stream:
        if arguments.format == "jsonl":
            for difference in found.differences:
                stream.write(json_line(_plain(difference)))
        else:
            for line in _told(found, None if arguments.all else SHOWN):
                stream.write(displayable(line) + "\n")
    return DONE


def _plain(difference: Difference) -> dict[str, object]:
    return {
        "kind": difference.kind,
        "article": difference.article,
        "before": difference.before,
        "after": difference.after,
        "words": difference.words,
        "fields": {name: list(pair) for name, pair in difference.fields.items()},
    }


def _told(found: RunDiff, most: int | None) -> Iterator[str]:
    added, gone, changed = (found.of_kind(kind) for kind in ("added", "gone", "changed"))
    yield (
        f"run {found.a} to run {found.b}: {counted(found.articles, 'article')} read by both"
        f" ({found.only_a:,} only by {found.a}, {found.only_b:,} only by {found.b})"
    )
    differ = f"{len(changed):,} changed, {len(added):,} added, {len(gone):,} gone"
    yield f"{counted(found.same, 'statement')} the same, {differ}"
    if found.by_field:
        yield "changed: " + ", ".join(f"{name} {n:,}" for name, n in found.by_field.items())
    for kind, differences in (("added", added), ("gone", gone), ("changed", changed)):
        if differences:
            yield ""
            yield kind
        for difference in differences[:most]:
            id = difference.after if difference.after is not None else difference.before
            yield f"  s{id} in article {difference.article}  {' '.join(difference.words.split())[:100]}"
            for name, (before, after) in difference.fields.items():
                yield f"      {name}: {before or 'none'} -> {after or 'none'}"
        if most is not None and len(differences) > most:
            yield f"  and {len(differences) - most:,} more (--all)"
