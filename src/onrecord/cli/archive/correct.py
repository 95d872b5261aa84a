"""`onrecord correct`: confirm, reject or change a statement; merge and split people; undo; print the log."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onrecord.cli import DONE
from onrecord.cli.archive.options import declare_archive, declare_who, json_line, to_change, to_read, whole_number
from onrecord.cli.streams import destination, displayable
from onrecord.errors import UsageError
from onrecord.records import ROLES, Statement

if TYPE_CHECKING:
    from onrecord.archive.correcting.correction_log import Correction
    from onrecord.archive.store.archive import Archive

EPILOG = """\
examples:
  onrecord correct 12 --confirm
  onrecord correct 12 --speaker "Rena Holt" --status denied --why "the clerk only read it out"
  onrecord correct 12 --speaker Q1234            a Wikidata number; a plain number is a person of the archive
  onrecord correct 12 --content "The valve was closed"     words that stand once in the article, or 120:141
  onrecord correct --add 3 --content 120:141 --cue said --speaker Ito --form direct
  onrecord correct 12 --onto 57                  what was said of 12, in an older version, holds for 57
  onrecord correct 12 --let-go                   … or does not hold for newer versions (onrecord review --versions)
  onrecord correct --undo 40
  onrecord correct --merge 7 19                  19 becomes part of 7
  onrecord correct --split 7                     lists where 7 is mentioned; then
  onrecord correct --split 7 --mentions 31,44 --name "Rena Holt (pilot)"
  onrecord correct 12 --history

WORDS in pieces are parted by " … ". Every change is a row of a log that is never altered, and can be undone, an undo
too. --seen N refuses the change where somebody corrected the statement after correction N.
"""
VALUES = tuple("speaker form status cue_class voice content source cue about occasion said_on".split())


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord correct` takes."""
    parser.usage = "onrecord correct STATEMENT --confirm | --reject | CHANGES | --history [options]"
    parser.description = "Correct what an archive holds of a statement or of people; nothing is lost by it."
    parser.epilog = EPILOG
    parser.add_argument("statement", metavar="STATEMENT", nargs="?", type=_statement, help="its number: 12 or s12")
    parser.add_argument("--confirm", action="store_true", help="it is right as it stands")
    parser.add_argument("--reject", action="store_true", help="it is no statement")
    changes = parser.add_argument_group("changes")
    changes.add_argument("--speaker", metavar="NAME|Q-ID|NUMBER", help="who speaks; nobody where that is not known")
    changes.add_argument("--new", action="store_true", help="--speaker is somebody whom the archive does not hold yet")
    changes.add_argument("--form", metavar="FORM", help="direct, indirect or mixed")
    changes.add_argument(
        "--status",
        metavar="STATUS",
        help="said, denied, negated, hypothetical, future, question",
    )
    changes.add_argument(
        "--cue-class",
        metavar="CLASS",
        help="neutral, endorsing, distancing, emotive, none",
    )
    changes.add_argument("--voice", metavar="VOICE", help="speaker or outlet")
    for role in ("content", "source", "cue"):
        changes.add_argument(
            f"--{role}", metavar="WORDS|START:END", help=f"the words of the article that are its {role}"
        )
    changes.add_argument("--about", metavar="NAME=SIGN", action="append", help="whom it is about: Ito=-; once each")
    changes.add_argument(
        "--occasion",
        metavar="KIND",
        help="interview, speech, …; none where there is none",
    )
    changes.add_argument("--said-on", metavar="DATE", type=_said_on, help="2017-05-07, 2017-05, 2017-W18 or 2017")
    other = parser.add_argument_group("otherwise")
    other.add_argument("--add", metavar="ARTICLE", help="a missed statement of that article, with its --content")
    other.add_argument("--undo", metavar="N", type=whole_number, help="take correction N back")
    other.add_argument("--over", action="store_true", help="undo although later corrections are lost by it")
    other.add_argument(
        "--onto", metavar="STATEMENT", type=_statement, help="take what was said of it over onto that one"
    )
    other.add_argument("--let-go", action="store_true", help="it does not hold for newer versions")
    other.add_argument("--merge", metavar=("KEEP", "OTHER"), nargs=2, help="two people that are one")
    other.add_argument("--split", metavar="PERSON", help="one person that is two")
    other.add_argument("--mentions", metavar="N,N", type=_numbers, help="what --split gives to the other")
    other.add_argument("--name", metavar="NAME", help="what the other is called")
    other.add_argument("--history", action="store_true", help="print the log, of the statement or all")
    other.add_argument("--seen", metavar="N", type=_seen, help="the last correction you saw; 0 for none")
    declare_who(parser)
    declare_archive(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for, all of it or nothing, and print the rows of the log that it made."""
    from onrecord.archive.correcting.correction_log import correction, history

    act = _act(arguments)
    with destination(None, utf8=arguments.format != "text") as stream:
        if act is None:
            with to_read(arguments) as archive:
                if arguments.split is not None:
                    stream.writelines(_mentions(archive, arguments))
                else:
                    log = history(archive, statement=arguments.statement)
                    stream.writelines(_line(entry, arguments.format) for entry in log)
            return DONE
        with to_change(arguments) as archive:
            with archive.database.writing():
                done = act(archive, arguments)
            stream.writelines(_line(correction(archive, id), arguments.format) for id in done)
    return DONE


def _act(arguments: argparse.Namespace) -> Callable[[Archive, argparse.Namespace], list[int]] | None:
    """What is to be done; None for what only prints. Raises UsageError where it is not one thing."""
    changes = any(getattr(arguments, name) is not None for name in VALUES)
    adding = arguments.add is not None
    asked: dict[str, tuple[bool, Callable[[Archive, argparse.Namespace], list[int]] | None]] = {
        "--confirm": (arguments.confirm, _say),
        "--reject": (arguments.reject, _say),
        "changes": (changes and not adding, _change),
        "--add": (adding, _add),
        "--undo": (arguments.undo is not None, _undo),
        "--onto": (arguments.onto is not None, _decide),
        "--let-go": (arguments.let_go, _decide),
        "--merge": (arguments.merge is not None, _merge),
        "--split": (arguments.split is not None, _split if arguments.mentions else None),
        "--history": (arguments.history, None),
    }
    given = [name for name, (is_given, _) in asked.items() if is_given]
    if len(given) != 1:
        raise UsageError(" and ".join(given) or "nothing to do", f"one of {', '.join(asked)}", "Try --confirm")
    if given[0] in ("--confirm", "--reject", "changes", "--onto", "--let-go") and arguments.statement is None:
        raise UsageError(f"{given[0]} of no statement", "its number", "Find it with onrecord search")
    if adding and arguments.content is None:
        raise UsageError("--add without words", "--content WORDS or --content START:END", "Give what was said")
    if arguments.mentions and not arguments.name:
        raise UsageError("--mentions without --name", "what the other is called", "Add --name")
    return asked[given[0]][1]


def _say(archive: Archive, arguments: argparse.Namespace) -> list[int]:
    from onrecord.archive.correcting.corrections import confirm, reject

    return [(confirm if arguments.confirm else reject)(archive, arguments.statement, **_by(arguments))]


def _change(archive: Archive, arguments: argparse.Namespace) -> list[int]:
    from onrecord.archive.correcting.asking import Asked
    from onrecord.archive.store.loading import load_record, statement

    held = statement(archive, arguments.statement)
    asked = Asked.read(vars(arguments), load_record(archive, held.article.id), held.statement, **_speaker(arguments))
    return asked.make(archive, held.id, **_by(arguments))


def _add(archive: Archive, arguments: argparse.Namespace) -> list[int]:
    """The statement with what it says itself; its speaker and occasion are corrections of it."""
    from onrecord.archive.correcting import corrections
    from onrecord.archive.correcting.asking import CHOSEN, Asked
    from onrecord.archive.correcting.correction_log import correction
    from onrecord.archive.store.loading import find_article, load_record

    held = find_article(archive, arguments.add)
    asked = Asked.read(vars(arguments), load_record(archive, held.id), **_speaker(arguments))
    told: dict[str, Any] = {
        name: value for name in (*ROLES, *CHOSEN, "about") if (value := getattr(asked, name)) is not None
    }
    new = Statement(**{"id": "", "form": "indirect", "confidence": 1.0, **told})
    done = [corrections.add_statement(archive, held.id, new, **_by(arguments))]
    rest = replace(asked, **dict.fromkeys(told))
    made = correction(archive, done[0]).statement or 0
    return done + (rest.make(archive, made, who=arguments.who, why=arguments.why) if rest != Asked() else [])


def _undo(archive: Archive, arguments: argparse.Namespace) -> list[int]:
    from onrecord.archive.correcting.corrections import undo

    return [undo(archive, arguments.undo, who=arguments.who, why=arguments.why, overwrite=arguments.over)]


def _decide(archive: Archive, arguments: argparse.Namespace) -> list[int]:
    from onrecord.archive.correcting.corrections import let_go, take_over

    by = {"who": arguments.who, "why": arguments.why}
    if arguments.onto is None:
        return [let_go(archive, arguments.statement, **by)]
    return [take_over(archive, arguments.statement, arguments.onto, **by)]


def _merge(archive: Archive, arguments: argparse.Namespace) -> list[int]:
    from onrecord.archive.correcting.corrections import merge_people
    from onrecord.archive.listing.people import find_person

    keep, other = (find_person(archive, name) for name in arguments.merge)
    return [merge_people(archive, keep, other, **_by(arguments))]


def _split(archive: Archive, arguments: argparse.Namespace) -> list[int]:
    from onrecord.archive.correcting.corrections import split_person
    from onrecord.archive.listing.people import find_person

    person = find_person(archive, arguments.split)
    return [split_person(archive, person, arguments.mentions, arguments.name, **_by(arguments))]


def _mentions(archive: Archive, arguments: argparse.Namespace) -> Iterator[str]:
    """Where a person is mentioned: what a split chooses from."""
    from onrecord.archive.correcting.merging import appearances
    from onrecord.archive.listing.people import find_person

    for a in appearances(archive, find_person(archive, arguments.split)):
        if arguments.format == "jsonl":
            names = ("mention", "article", "name", "role", "published", "statements")
            yield json_line(
                dict(zip(names, (a.entity, a.article, a.name, a.role, a.published, a.statements), strict=True))
            )
        else:
            role = f", {a.role}" if a.role else ""
            told = f"{a.entity}  {a.name}{role}, article {a.article}, {a.published or 'no date'}, {a.statements} said"
            yield displayable(told) + "\n"


def _by(arguments: argparse.Namespace) -> dict[str, Any]:
    return {"who": arguments.who, "why": arguments.why, "seen": arguments.seen}


def _speaker(arguments: argparse.Namespace) -> dict[str, Any]:
    """Whom `--speaker` means; the directory knows the name that goes with a Wikidata number."""
    from onrecord.archive.correcting.asking import Somebody

    def name_of(wikidata: str) -> str | None:
        from onrecord.engine import load_directory

        known = load_directory().person(wikidata)
        return known.name if known else None

    words = arguments.speaker
    return {} if words is None else {"speaker": Somebody.called(words, name_of, new=arguments.new)}


def _line(entry: Correction, shape: str) -> str:
    if shape == "jsonl":
        names = ("id", "at", "who", "action", "article", "statement", "person", "before", "after", "why", "undoes")
        return json_line({name: getattr(entry, name) for name in names})
    of = f"statement {entry.statement}: " if entry.statement is not None else ""
    return displayable(f"{of}{entry}{': ' + entry.why if entry.why else ''}") + "\n"


def _said_on(value: str) -> str:
    from onrecord.archive.searching.ranges import Range

    if ".." in value or "…" in value:
        raise UsageError(f"--said-on {value}", "a day, week, month or year", "Give one date")
    Range.parse(value)
    return value


def _statement(value: str) -> int:
    return whole_number(value.removeprefix("s"))


def _numbers(value: str) -> list[int]:
    return [whole_number(part) for part in value.split(",")]


def _seen(value: str) -> int:
    return 0 if value == "0" else whole_number(value)
