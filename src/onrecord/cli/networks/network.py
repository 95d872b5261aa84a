"""`onrecord network`: who stands where, as a network of actors and what they speak for or against."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from onrecord.cli import DONE
from onrecord.cli.archive.options import declare_archive, to_read, whole_number
from onrecord.cli.streams import destination, tell
from onrecord.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    from onrecord.networks.building.network import Network
    from onrecord.networks.building.settings import Exclusion, NetworkSettings
    from onrecord.records.coded import Coded

EXTRA, LIBRARIES = "networks", ("scipy", "networkx", "graspologic_native")
FORMATS = ("csv", "edges", "graphml", "gexf", "pajek", "ucinet", "svg", "dna")
IN_TIME = ("edges", "gexf")
MEASURES = ("shares", "polarisation", "dna-3.1", "communities", "centrality", "backbone", "changes", "profiles")
SEED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord network` takes."""
    parser.usage = "onrecord network [--from FILE | --archive A --codes FILE] [options]"
    parser.description = (
        "Make a network of coded statements: who speaks for and against what. Settings have the names and\n"
        "the meanings of Discourse Network Analyzer (DNA)."
    )
    parser.epilog = (
        "formats:\n"
        "  csv       the matrix, names in the first row and column (default); with --network event-list DNA's list\n"
        "  edges     a line a tie, with windows and intervals\n"
        "  graphml, gexf (Gephi, with time), pajek, ucinet\n"
        "  svg       a picture         dna  the statements as a file of DNA 3 (password: onrecord)\n\n"
        "  onrecord network --from debate.dna --network one-mode --aggregation congruence --normalisation average\n"
        "  onrecord network --from events.csv --checked hundred.csv --format edges     weights with intervals"
    )
    declare_archive(parser, FORMATS)
    parser.add_argument(
        "--from", dest="source", metavar="FILE", help="a .dna file, or coded statements as csv or jsonl"
    )
    parser.add_argument("--codes", metavar="FILE", help="codes of the archive's statements, by statement_id")
    parser.add_argument("--output", "-o", metavar="FILE", help="written whole, or not at all")
    parser.add_argument("--network", default="two-mode", metavar="one-mode|two-mode|event-list", help="(two-mode)")
    parser.add_argument("--type", default=None, metavar="TYPE", help="the statement type (DNA Statement)")
    parser.add_argument("--variable1", default="organization", metavar="VARIABLE", help="whose values are actors")
    parser.add_argument("--variable2", default="concept", metavar="VARIABLE", help="what they speak of")
    parser.add_argument("--qualifier", default="agreement", metavar="VARIABLE", help="which side they take")
    parser.add_argument("--aggregation", default="ignore", metavar="ignore|combine|subtract|congruence|conflict")
    parser.add_argument("--normalisation", default="no", metavar="no|activity|prominence|average|jaccard|cosine")
    parser.add_argument("--duplicates", default="include", metavar="include|document|week|month|year|acrossrange")
    parser.add_argument("--exclude", action="append", default=[], metavar="VARIABLE=VALUE", help="leave those out")
    parser.add_argument("--only", action="append", default=[], metavar="VARIABLE=VALUE", help="leave all others out")
    parser.add_argument("--start", type=_day, metavar="DATE", help="nothing before")
    parser.add_argument("--stop", type=_day, metavar="DATE", help="nothing after; a day is meant whole")
    parser.add_argument("--isolates", action="store_true", help="keep nodes that no statement chosen names")
    parser.add_argument(
        "--window", metavar="90d", help="a row of networks in time: min, h, d, w, m, y, or e for events"
    )
    parser.add_argument("--step", type=whole_number, default=1, metavar="N", help="how far a window moves on (1)")
    parser.add_argument("--kernel", default="no", metavar="uniform|triangular|epanechnikov|gaussian")
    parser.add_argument("--disparity", type=float, metavar="ALPHA", help="only ties that stand out from chance")
    parser.add_argument("--checked", metavar="FILE", help="statements whose true codes a person gave: for intervals")
    parser.add_argument("--windows", metavar="7d,30d,90d", help="how well codes follow the checked, by width of window")
    parser.add_argument("--tell", metavar="|".join(MEASURES), help="a measure instead of the network")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"of what needs chance ({SEED})")


def run(arguments: argparse.Namespace) -> int:
    """Make it, and write it."""
    if arguments.tell not in (None, *MEASURES):
        raise UsageError(f"--tell {arguments.tell}", f"one of {', '.join(MEASURES)}", f"Try --tell {MEASURES[1]}")
    with _installed():
        settings = _settings(arguments)
        statements = _statements(arguments)
        if arguments.windows or arguments.tell:
            from onrecord.cli.networks.telling import told

            checked = _checked(arguments) if arguments.checked else None
            with destination(arguments.output, utf8=True) as stream:
                stream.write(told(arguments, settings, statements, checked))
            return DONE
        if arguments.format == "dna":
            return _dna(arguments, statements)
        with destination(arguments.output, inputs=[name for name in (arguments.source,) if name], utf8=True) as stream:
            return _network(arguments, settings, statements, stream)


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in LIBRARIES:
            raise MissingExtra.named(EXTRA, error.name or EXTRA) from error
        raise


def _settings(arguments: argparse.Namespace) -> NetworkSettings:
    from onrecord.networks.building.settings import NetworkSettings
    from onrecord.records.coded import STATEMENT_TYPE

    return NetworkSettings(
        mode=arguments.network,
        kind=arguments.type or STATEMENT_TYPE,
        variable1=arguments.variable1,
        variable2=arguments.variable2,
        qualifier=arguments.qualifier or None,
        aggregation=arguments.aggregation,
        normalisation=arguments.normalisation,
        duplicates=arguments.duplicates,
        isolates=arguments.isolates,
        exclusions=(*_exclusions("--exclude", arguments.exclude), *_exclusions("--only", arguments.only)),
        start=arguments.start,
        stop=arguments.stop,
    )


def _exclusions(option: str, given: Sequence[str]) -> Iterator[Exclusion]:
    from onrecord.networks.building.settings import Exclusion

    values: dict[str, set[str]] = {}
    for pair in given:
        variable, sign, value = pair.partition("=")
        if not sign or not variable:
            raise UsageError(f"{option} {pair}", "VARIABLE=VALUE", f"Try {option} 'organization=Harbour Union'")
        values.setdefault(variable, set()).add(value)
    for variable, held in values.items():
        yield Exclusion(variable=variable, values=frozenset(held), inverted=option == "--only")


def _day(value: str) -> datetime.datetime:
    try:
        return datetime.datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        raise UsageError(f"the date {value!r}", "a day like 2024-02-06", "Write it so") from None


def _statements(arguments: argparse.Namespace) -> list[Coded]:
    if arguments.source is not None:
        return _read(arguments.source)
    if arguments.codes is None:
        raise UsageError("an archive without codes", "--codes FILE, or --from FILE", "See onrecord network --help")
    from onrecord.archive.listing.exporting import export_rows
    from onrecord.archive.listing.tables import Choice
    from onrecord.exchange import codes

    with to_read(arguments) as archive:
        rows = export_rows(archive, Choice(with_ids=True, with_text=arguments.format == "dna"))
        found = list(codes.coded(rows, codes.read(arguments.codes)))
    if not found:
        raise UsageError(f"no statement of the archive among {arguments.codes}", "some", "Check the statement ids")
    return found


def _read(name: str) -> list[Coded]:
    if Path(name).suffix.lower() == ".dna":
        from onrecord.exchange import dna

        return list(dna.read(name).statements)
    from onrecord.exchange import event_list

    return event_list.read(name)


def _checked(arguments: argparse.Namespace) -> dict[str, Coded]:
    """The true codes by the statement's id."""
    return {coded.id: coded for coded in _read(arguments.checked)}


def _network(arguments: argparse.Namespace, settings: NetworkSettings, statements: list[Coded], stream: TextIO) -> int:
    from onrecord.exchange.registry import format_named
    from onrecord.networks.building.choosing import chosen
    from onrecord.networks.building.network import network
    from onrecord.networks.building.windows import TimeWindow, windows

    if settings.mode == "event-list":
        from onrecord.exchange import event_list

        n = event_list.write(chosen(statements, settings), stream)
        tell(f"{n:,} statements")
        return DONE
    if arguments.window:
        _in_time(arguments)
        window = TimeWindow.parse(arguments.window, arguments.kernel, arguments.step)
        many = list(windows(statements, settings, window))
        _written_in_time(arguments.format, many, stream)
        tell(f"{len(many):,} windows of {window.size} {window.unit}")
        return DONE
    made = _corrected(arguments, settings, statements) if arguments.checked else network(statements, settings)
    if arguments.disparity is not None:
        from onrecord.networks.measuring.backbone import disparity

        made = disparity(made, arguments.disparity)
    format_named(arguments.format, "network").write(made, stream, None)
    tell(f"{made.statements:,} statements, {len(made.rows)} x {len(made.columns)}, {made.weights.nnz:,} cells not 0")
    return DONE


def _corrected(arguments: argparse.Namespace, settings: NetworkSettings, statements: list[Coded]) -> Network:
    from onrecord.networks.chance import chance
    from onrecord.networks.checking.estimates import corrected

    return corrected(statements, _checked(arguments), settings, chance(arguments.seed))


def _in_time(arguments: argparse.Namespace) -> None:
    if arguments.format not in IN_TIME:
        raise UsageError(
            f"--window with --format {arguments.format}", f"one of {', '.join(IN_TIME)}", "Try --format edges"
        )
    if arguments.checked or arguments.disparity is not None:
        raise UsageError("--window with --checked or --disparity", "one network", "Use --start and --stop")


def _written_in_time(name: str, many: list[Network], stream: TextIO) -> None:
    from onrecord.exchange.graphs import edges, gexf

    {"edges": edges.write_windows, "gexf": gexf.write_windows}[name](many, stream)


def _dna(arguments: argparse.Namespace, statements: list[Coded]) -> int:
    from onrecord.exchange import dna

    if arguments.output in (None, "-"):
        raise UsageError("--format dna without a file", "--output FILE", "Try --output debate.dna")
    for line in dna.write(statements, arguments.output):
        tell(line)
    tell(f"{len(statements):,} statements to {arguments.output}")
    return DONE
