"""`onrecord trace [FILE…]`: who carried an utterance, and what each did to the words."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

from onrecord.cli import DONE, FAILED, INTERRUPTED
from onrecord.cli.archive.options import DEFAULT, ENVIRONMENT, json_line, to_read, whole_number
from onrecord.cli.inputs import Inputs, declare_directory, declare_inputs
from onrecord.cli.progress import Progress
from onrecord.cli.streams import destination, displayable, tell
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.answers.tracing import Asked
    from onrecord.records import Record
    from onrecord.tracing.gathering.carriers import Carrier
    from onrecord.tracing.gathering.chains import Chain
    from onrecord.tracing.gathering.occasions import JoinedOccasion
    from onrecord.tracing.gathering.utterances import Utterance
    from onrecord.tracing.values import WordChange

FORMATS = ("text", "jsonl", "html")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord trace` takes."""
    parser.usage = "onrecord trace [FILE…] [options]"
    parser.description = (
        "Find the utterances that more than one statement carries, and print each with its carriers in\n"
        "the order of printing: what each did to the words (verbatim, trimmed, altered …), and whom it\n"
        "has them from, where that shows. Without a FILE the archive is traced."
    )
    parser.epilog = (
        "A FILE is anything that `onrecord read` takes, or what `onrecord read --format jsonl` printed.\n"
        "With FILEs and --archive, the utterances of the FILEs are traced through the archive. Those, and\n"
        "--statement and --query without a FILE, ask an index that the archive keeps, and do not read all\n"
        "of it; --query is then a search as `onrecord search` takes it.\n\n"
        "exit codes: 0 done, 1 a carrier altered the words or worse, or something was skipped, 2 the\n"
        "command cannot be meant, 130 stopped by Ctrl-C"
    )
    parser.add_argument(
        "--archive",
        metavar="FILE|URL",
        help=f"a file, or postgresql://…; without a FILE to read, {ENVIRONMENT} or {DEFAULT}",
    )
    parser.add_argument(
        "--statement", metavar="ID", help="only the utterance of this statement: ARTICLE#s1, or s12 in an archive"
    )
    parser.add_argument("--query", metavar="WORDS", help="only utterances with a carrier that has all these words")
    parser.add_argument("--occasions", action="store_true", help="what was said on each occasion, outlets side by side")
    parser.add_argument(
        "--meaning", action="store_true", help="by sentence vectors too: paraphrase and translation (extras)"
    )
    parser.add_argument(
        "--words-only", action="store_true", help="compare words only, even where vectors are installed"
    )
    parser.add_argument(
        "--least", type=whole_number, metavar="N", help="carriers an utterance must have (2; with --occasions 1)"
    )
    parser.add_argument(
        "--format", type=_format, default="text", metavar="|".join(FORMATS), help="text (default), jsonl, or a page"
    )
    parser.add_argument("--output", metavar="FILE", help="write there, in UTF-8, and only when all is done")
    declare_directory(parser)
    declare_inputs(parser)


def run(arguments: argparse.Namespace) -> int:
    """Gather, judge and print."""
    from onrecord.answers.tracing import chains, enough

    progress = Progress(quiet=arguments.quiet)
    asked = _asked(arguments, progress)
    least = arguments.least or (1 if arguments.occasions else 2)
    skipped = 0
    try:
        with destination(arguments.output, inputs=arguments.files, utf8=arguments.format != "text") as stream, progress:
            all_found, numbers, skipped = _found(arguments, progress, asked)
            found = [one for one in all_found if enough(one, least, asked_for=arguments.least is not None)]
            with progress.aside():
                if arguments.occasions:
                    stream.write(_occasions(found, numbers, asked, arguments.format))
                    alarming = False
                else:
                    traced = list(chains(found, asked))
                    stream.write(_shown(traced, numbers, arguments.format))
                    alarming = any(chain.alarming for chain in traced)
    except KeyboardInterrupt:
        tell(f"stopped after {progress.line()}; nothing was traced")
        return INTERRUPTED
    if skipped:
        tell(f"{progress.articles:,} read, {skipped:,} skipped")
    return FAILED if skipped or alarming else DONE


def _asked(arguments: argparse.Namespace, progress: Progress) -> Asked:
    from onrecord.answers.tracing import Asked
    from onrecord.cli.texts.likeness import likeness_of

    return Asked(
        arguments.statement,
        arguments.query,
        arguments.meaning,
        cache(lambda: None if arguments.words_only else likeness_of(quiet=arguments.quiet)),
        progress.tell,
        progress.done,
    )


def _found(
    arguments: argparse.Namespace, progress: Progress, asked: Asked
) -> tuple[tuple[Utterance, ...], Mapping[str, int], int]:
    """The utterances that were asked for, the numbers of their carriers, and how many inputs were skipped."""
    from onrecord.answers.tracing import carried
    from onrecord.cli.texts.likeness import in_step

    inputs = Inputs(arguments, progress) if arguments.files else None
    given: Iterator[Record] | list[Record] = iter(())
    with ExitStack() as stack:
        archive = None
        if inputs:
            given = (record for record, _ in inputs.records())
        if arguments.archive or not arguments.files:
            if arguments.files:
                given = list(given)
            elif arguments.statement and arguments.query and not arguments.meaning:
                raise UsageError("--statement with --query", "one of them", "Leave one out, or give FILEs")
            arguments.archive = arguments.archive or os.environ.get(ENVIRONMENT) or DEFAULT
            archive = stack.enter_context(to_read(arguments))
            if not arguments.meaning and (inputs or arguments.statement or arguments.query):
                in_step(archive, progress, quiet=arguments.quiet)
        found, numbers = carried(given, archive, asked)
    if inputs:
        inputs.sum_up()
    return found, numbers, inputs.skipped if inputs else 0


def _shown(chains: Sequence[Chain], numbers: Mapping[str, int], shape: str) -> str:
    if shape == "jsonl":
        from dataclasses import asdict

        from onrecord.answers.tracing import of_chain

        return "".join(json_line(asdict(of_chain(chain, numbers))) for chain in chains)
    if shape == "html":
        from onrecord.cli.printing.trace_page import page

        return page(chains)
    if not chains:
        return "no utterance has more than one carrier\n"
    return displayable("\n".join(line for chain in chains for line in as_text(chain)))


def as_text(chain: Chain) -> Iterator[str]:
    """A chain for the terminal; [-cut-] and {+put in+} are marked as in a word diff."""
    utterance = chain.utterance
    outlets = len(utterance.outlets)
    words = chain.original.words if chain.original else "nothing that the transcript has"
    yield f"{utterance.speaker or 'unknown speaker'}: {_words(words)}"
    carriers = f"{len(chain.links)} carrier{'s' * (len(chain.links) != 1)}"
    yield f"  {carriers} in {outlets} outlet{'s' * (outlets != 1)}, first {_where(utterance.first)}"
    for link in chain.links:
        if link.verdict is None:
            yield f"  {_where(link.carrier)}: the original ({link.carrier.form})  {link.carrier.id}"
            continue
        codes = "; ".join(reason.words for reason in link.verdict.reasons)
        mark = "!" if link.verdict.alarming or link.verdict.out_of_context else " "
        kind = f"{link.verdict.kind}, out of context" if link.verdict.out_of_context else link.verdict.kind
        yield f"{mark} {_where(link.carrier)}: {kind}{f' ({codes})' * bool(codes)}  {link.carrier.id}"
        yield f"      {_words(''.join(_marked(change) for change in link.verdict.diff) or link.carrier.words)}"
        if link.copied:
            yield f"      has it from {link.copied.outlet}: {link.copied.why}"
    yield ""
    yield ""


def _marked(change: WordChange) -> str:
    cut = f"[-{change.original}-]" if change.original else ""
    put = f"{{+{change.carried}+}}" if change.carried else ""
    return f"{change.carried if change.op == 'kept' else cut + put} "


def _where(carrier: Carrier) -> str:
    return f"{carrier.published or 'no date'} {carrier.outlet or carrier.article}"


def _words(text: str) -> str:
    return " ".join(text.split())


def _occasions(found: Sequence[Utterance], numbers: Mapping[str, int], asked: Asked, shape: str) -> str:
    from dataclasses import asdict

    from onrecord.answers.tracing import of_occasion
    from onrecord.tracing.gathering.occasions import occasions

    joined = occasions(found)
    if shape == "jsonl":
        return "".join(json_line(asdict(of_occasion(one, numbers, asked.likeness))) for one in joined)
    if shape == "html":
        raise UsageError(
            "--occasions --format html", "text or jsonl", "Leave --occasions out for the page of utterances"
        )
    return displayable("\n".join(line for occasion in joined for line in _occasion_as_text(occasion)))


def _occasion_as_text(occasion: JoinedOccasion) -> Iterator[str]:
    what = ", ".join(filter(None, (occasion.kind, occasion.medium, occasion.event, occasion.place)))
    yield f"{occasion.when or 'no date'}  {occasion.speaker}{f' ({what})' * bool(what)}"
    yield f"  {len(occasion.said)} utterances in {len(occasion.articles)} articles of {', '.join(occasion.outlets)}"
    for said in occasion.said:
        outlets = ", ".join(said.outlets) or "no outlet named"
        only = " only" * (len(said.outlets) == 1 and len(occasion.outlets) > 1)
        yield f"  {_words(said.utterance.anchor.words)[:160]}  [{outlets}{only}]"
    yield ""
    yield ""


def _format(value: str) -> str:
    if value not in FORMATS:
        raise UsageError(f"--format {value}", f"one of {', '.join(FORMATS)}", "Try --format jsonl")
    return value
