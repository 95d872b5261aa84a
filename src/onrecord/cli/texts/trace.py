"""`onrecord trace [FILE…]`: who carried an utterance, and what each did to the words."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.cli import DONE, FAILED, INTERRUPTED
from onrecord.cli.archive.options import DEFAULT, ENVIRONMENT, json_line, to_read, whole_number
from onrecord.cli.inputs import Inputs, declare_directory, declare_inputs
from onrecord.cli.progress import Progress
from onrecord.cli.streams import destination, displayable, tell
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive
    from onrecord.embedding import Meanings
    from onrecord.records import Record
    from onrecord.tracing.gathering.carriers import Carrier
    from onrecord.tracing.gathering.chains import Chain, ChainLink
    from onrecord.tracing.gathering.events import Fetch
    from onrecord.tracing.gathering.occasions import JoinedOccasion
    from onrecord.tracing.gathering.utterances import Utterance
    from onrecord.tracing.values import WordChange

    Loader = Callable[[], Meanings | None]

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
    progress = Progress(quiet=arguments.quiet)
    likeness = _likeness(arguments)
    skipped = 0
    try:
        with destination(arguments.output, inputs=arguments.files, utf8=arguments.format != "text") as stream, progress:
            found, skipped = _found(arguments, progress, likeness)
            found = [utterance for utterance in found if _enough(utterance, arguments)]
            with progress.aside():
                if arguments.occasions:
                    stream.write(_occasions(found, arguments.format))
                    alarming = False
                else:
                    chains = list(_chains(found, arguments.meaning, likeness))
                    stream.write(_shown(chains, arguments.format))
                    alarming = any(chain.alarming for chain in chains)
    except KeyboardInterrupt:
        tell(f"stopped after {progress.line()}; nothing was traced")
        return INTERRUPTED
    if skipped:
        tell(f"{progress.articles:,} read, {skipped:,} skipped")
    return FAILED if skipped or alarming else DONE


def _found(arguments: argparse.Namespace, progress: Progress, likeness: Loader) -> tuple[list[Utterance], int]:
    """The utterances that were asked for, and how many inputs were skipped."""
    of_files = bool(arguments.files)
    through = of_files and bool(arguments.archive)
    if of_files and not through:
        inputs = Inputs(arguments, progress)
        found = _gathered(arguments, likeness, (record for record, _ in inputs.records()))
        inputs.sum_up()
        return [utterance for utterance in found if _wanted(utterance, arguments, set())], inputs.skipped
    records, skipped = _of_files(arguments, progress) if through else ([], 0)
    named = {record.article.id for record in records}
    with _archive(arguments) as archive:
        if arguments.meaning or not (through or arguments.statement or arguments.query):
            found = _of_archive(arguments, archive, records, progress, likeness)
        else:
            from onrecord.cli.texts.kept import asked, in_step, traced
            from onrecord.quoted import quoted
            from onrecord.tracing.gathering.carriers import carriers_of

            in_step(archive, progress, quiet=arguments.quiet)
            carriers = [carrier for record in records for carrier in carriers_of(quoted(record))]
            starts = carriers if through else asked(archive, arguments.statement, arguments.query, progress)
            found = tuple(traced(archive, starts, records, progress, likeness))
            if not through:
                return list(found), skipped
    return [utterance for utterance in found if _wanted(utterance, arguments, named)], skipped


def _of_files(arguments: argparse.Namespace, progress: Progress) -> tuple[list[Record], int]:
    """The records of the FILEs, and how many of these were skipped."""
    inputs = Inputs(arguments, progress)
    records = [record for record, _ in inputs.records()]
    inputs.sum_up()
    return records, inputs.skipped


def _of_archive(
    arguments: argparse.Namespace, archive: Archive, records: Sequence[Record], progress: Progress, likeness: Loader
) -> tuple[Utterance, ...]:
    """All of the archive, with the records of files, in place of which articles of the same name do not count."""
    from onrecord.archive.store.loading import load_record, load_records

    known = {record.article.id: record for record in records}
    numbers: dict[str, int] = {}

    def kept() -> Iterator[Record]:
        yield from records
        for number, record in load_records(archive):
            progress.done(record.article.text)
            if record.article.id not in known:
                numbers[record.article.id] = number
                yield record

    def again(ids: Collection[str]) -> Iterator[Record]:
        for id in sorted(ids):
            yield known[id] if id in known else load_record(archive, numbers[id])

    return _gathered(arguments, likeness, kept(), again)


def _archive(arguments: argparse.Namespace) -> Archive:
    arguments.archive = arguments.archive or os.environ.get(ENVIRONMENT) or DEFAULT
    return to_read(arguments)


def _gathered(
    arguments: argparse.Namespace, likeness: Loader, records: Iterable[Record], fetch: Fetch | None = None
) -> tuple[Utterance, ...]:
    from onrecord.archive_tracing import gather

    return gather(records, fetch, likeness, _alike if arguments.meaning else None)


def _likeness(arguments: argparse.Namespace) -> Loader:
    """What gives sentence vectors where they are asked for; told once where they cannot be had."""
    from onrecord.cli.texts.check import likeness_of

    return cache(lambda: None if arguments.words_only else likeness_of(quiet=arguments.quiet))


def _alike(carriers: Sequence[Carrier]) -> Iterator[tuple[str, str, float]]:
    """Pairs of English carriers whose vectors lie close; `gather` adds those in two languages."""
    from onrecord.archive_tracing import MEANT_CLOSELY, NEAREST
    from onrecord.embedding import english
    from onrecord.tracing.gathering.vectors import nearest

    some = [carrier for carrier in carriers if carrier.language in ("en", None)]
    if some:
        vectors = english.load().encode([carrier.words for carrier in some])
        for at, near in enumerate(nearest(vectors, vectors, NEAREST, MEANT_CLOSELY)):
            yield from ((some[at].id, some[other].id, cosine) for other, cosine in near if other > at)


def _wanted(utterance: Utterance, arguments: argparse.Namespace, named: set[str]) -> bool:
    from onrecord.tracing.gathering.shingles import plain_words

    if named and not any(carrier.article in named for carrier in utterance.carriers):
        return False
    if arguments.statement and not any(carrier.id == arguments.statement for carrier in utterance.carriers):
        return False
    asked = set(plain_words(arguments.query or ""))
    return not asked or any(asked <= set(plain_words(carrier.words)) for carrier in utterance.carriers)


def _enough(utterance: Utterance, arguments: argparse.Namespace) -> bool:
    """Whether it has the carriers that are asked for; or is what an event's transcript does not bear out."""
    least = arguments.least or (1 if arguments.occasions else 2)
    unspoken = utterance.transcript is not None and utterance.spoken is None
    return len(utterance.carriers) >= least or (unspoken and arguments.least is None)


def _chains(found: Sequence[Utterance], meaning: bool, likeness: Callable[[], Meanings | None]) -> Iterator[Chain]:
    """Each utterance with its verdicts; by vectors where it is asked for, or carried in several languages."""
    from onrecord.tracing.gathering.chains import chain

    for utterance in found:
        several = len({carrier.language for carrier in utterance.carriers} - {None}) > 1
        yield chain(utterance, likeness() if meaning or several else None)


def _shown(chains: Sequence[Chain], shape: str) -> str:
    if shape == "jsonl":
        return "".join(json_line(as_json(chain)) for chain in chains)
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


def as_json(chain: Chain) -> dict[str, Any]:
    """A chain as plain JSON values. Offsets are Unicode code points into the article that carries."""
    return {
        "utterance": chain.utterance.id,
        "speaker": chain.utterance.speaker,
        "original": chain.original.id if chain.original else None,
        "first": chain.utterance.first.id,
        "outlets": list(chain.utterance.outlets),
        "alarming": chain.alarming,
        "carriers": [_link_as_json(chain, link) for link in chain.links],
    }


def _link_as_json(chain: Chain, link: ChainLink) -> dict[str, Any]:
    return {
        **_carrier_as_json(link.carrier),
        **chain.told(link),
        "tie": None
        if link.tie is None
        else {"kind": link.tie.kind, "strength": link.tie.strength, "why": link.tie.why},
        "copied": None
        if link.copied is None
        else {
            "outlet": link.copied.outlet,
            "carrier": link.copied.carrier,
            "how": link.copied.how,
            "why": link.copied.why,
        },
    }


def _carrier_as_json(carrier: Carrier) -> dict[str, Any]:
    return {
        "id": carrier.id,
        "article": carrier.article,
        "statement": carrier.statement,
        "outlet": carrier.outlet,
        "published": carrier.published,
        "url": carrier.url,
        "speaker": carrier.speaker,
        "form": carrier.form,
        "content": [span.as_list() for span in carrier.spans],
        "words": carrier.words,
    }


def _occasions(found: Sequence[Utterance], shape: str) -> str:
    from onrecord.tracing.gathering.occasions import occasions

    joined = occasions(found)
    if shape == "jsonl":
        return "".join(json_line(_occasion_as_json(occasion)) for occasion in joined)
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


def _occasion_as_json(occasion: JoinedOccasion) -> dict[str, Any]:
    return {
        "occasion": occasion.id,
        "speaker": occasion.speaker,
        "kind": occasion.kind,
        "medium": occasion.medium,
        "place": occasion.place,
        "event": occasion.event,
        "when": occasion.when,
        "outlets": list(occasion.outlets),
        "said": [
            {
                "utterance": said.utterance.id,
                "outlets": list(said.outlets),
                "carriers": [_carrier_as_json(carrier) for carrier in said.carriers],
            }
            for said in occasion.said
        ],
        "only": {outlet: [said.utterance.id for said in alone] for outlet, alone in occasion.only.items()},
    }


def _format(value: str) -> str:
    if value not in FORMATS:
        raise UsageError(f"--format {value}", f"one of {', '.join(FORMATS)}", "Try --format jsonl")
    return value
