"""`onrecord runs`: what each engine and model read, and which of it is shown; promote a run to be what is shown."""

from __future__ import annotations

import argparse

from onrecord.cli import DONE
from onrecord.cli.archive.options import (
    counted,
    declare_archive,
    declare_who,
    json_line,
    table,
    to_change,
    to_read,
    told,
    whole_number,
)
from onrecord.cli.streams import destination, tell


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord runs` takes."""
    parser.usage = "onrecord runs [--promote RUN] [options]"
    parser.description = (
        "List the runs of an archive: each is one pass of one engine and model over some articles.\n"
        "--promote RUN makes what that run found the reading that is shown and searched. What a person\n"
        "confirmed or changed is carried over, and nothing of the earlier reading is lost."
    )
    parser.add_argument("--promote", metavar="RUN", type=whole_number, help="show from now on what that run found")
    declare_who(parser)
    declare_archive(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the runs, after promoting one if asked to."""
    from onrecord.archive.correcting.runs import promote, runs

    if arguments.promote is not None:
        with to_change(arguments) as archive:
            changed = promote(archive, arguments.promote, arguments.who, arguments.why, progress=told)
        tell(f"run {arguments.promote} is shown now; {counted(changed, 'article')} changed")
    with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
        for_all = runs(archive)
        if arguments.format == "jsonl":
            for each in for_all:
                made = each.provenance
                stream.write(
                    json_line(
                        {
                            "run": each.id,
                            "label": each.label,
                            "engine": made.engine,
                            "model": made.model,
                            "model_sha256": made.model_sha256,
                            "started": each.started,
                            "finished": each.finished,
                            "articles": each.articles,
                            "statements": each.statements,
                            "shown": each.current,
                        }
                    )
                )
            return DONE
        stream.write(
            table(
                ("run", "label", "engine", "model", "articles", "shown", "statements", "started", "finished"),
                [
                    (
                        each.id,
                        each.label,
                        each.provenance.engine,
                        f"{each.provenance.model or ''} {(each.provenance.model_sha256 or '')[:8]}",
                        each.articles,
                        each.current,
                        each.statements,
                        each.started,
                        each.finished or "not finished",
                    )
                    for each in for_all
                ],
            )
            or "no runs yet\n"
        )
    return DONE
