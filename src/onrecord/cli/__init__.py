"""The command line: `onrecord VERB …`, one file a verb, in the folder of what it works on.

A verb's file has `configure(parser)`, which declares its arguments, and `run(arguments)`, which
calls one function, prints, and returns the exit code:

    0    all was read            2    the command cannot be meant
    1    something failed        130  stopped by Ctrl-C

No traceback reaches a user: what onrecord refuses is one line on standard error.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import onrecord
from onrecord.cli.streams import tell
from onrecord.errors import OnrecordError, UsageError

VERBS_OF_FOLDER = {
    "texts": {
        "read": "find who said what in articles",
        "profile": "measure how an outlet carries the words of others",
        "check": "compare the quotations of an article with a transcript",
        "trace": "find who carried an utterance, and what each did to the words",
        "who": "say who held an office, and what a name or a word stands for",
        "evaluate": "score the engine, or a file of predictions, against gold",
    },
    "archive": {
        "add": "keep articles and what is said in them in an archive",
        "search": "find statements or articles of the archive",
        "likeness": "find statements that mean the same",
        "show": "print an article or a statement of the archive",
        "speakers": "list who speaks in the archive",
        "outlets": "list the outlets of the archive",
        "runs": "list what each engine read, and choose which is shown",
        "diff": "compare what two runs found",
        "correct": "correct a statement or a person of the archive, or undo it",
        "review": "look at statements that nobody has looked at, the least certain first",
        "export": "write out the statements of the archive for other programs",
        "forget": "erase an article or a person, with a receipt",
        "verify": "check that the archive is whole",
    },
    "networks": {
        "network": "make a network of who stands where from coded statements",
    },
    "doors": {
        "serve": "open the archive in a browser: read, search, correct",
        "mcp": "let a language model search the archive, and read from it",
    },
}
FOLDER_OF = {verb: folder for folder, verbs in VERBS_OF_FOLDER.items() for verb in verbs}
VERBS = {verb: told for verbs in VERBS_OF_FOLDER.values() for verb, told in verbs.items()}
DONE, FAILED, USAGE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
TRACEBACK = "ONRECORD_TRACEBACK"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv`, sys.argv if left out, and return its exit code."""
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except OnrecordError as error:
        tell(str(error))
        return USAGE if isinstance(error, UsageError) else FAILED
    except KeyboardInterrupt:
        tell("stopped before anything was done")
        return INTERRUPTED
    except BrokenPipeError:
        _hush_stdout()
        return PIPE_CLOSED
    except OSError as error:
        tell(f"Saw a failure to read or write ({error}); wanted none. Check the disk and the permissions.")
        return FAILED
    except MemoryError:
        tell("Saw no memory left; wanted more. Read fewer or shorter articles at a time.")
        return FAILED
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        tell(
            f"Saw a fault in onrecord itself ({type(error).__name__}: {error}); wanted none."
            f" Set {TRACEBACK}=1, run it again and report what it prints."
        )
        return FAILED


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UsageError and never exits but for help and version."""

    def error(self, message: str) -> NoReturn:
        seen = message.removeprefix("argument ")
        raise UsageError(seen, self.usage or self.prog, f"Type {self.prog} --help for all options")

    def parse(self, given: Sequence[str]) -> argparse.Namespace:
        """The arguments, options and files in any order, and after `--` only files. Raises UsageError."""
        cut = given.index("--") if "--" in given else len(given)
        for place, word in enumerate(given[:cut]):
            if word.startswith("--") and word.partition("=")[0] not in self._option_string_actions:
                raise self._unknown(word, *given[place + 1 : place + 2])  # told before anything that follows from it
        files = [f"./{name}" if name.startswith("-") and name != "-" else name for name in given[cut + 1 :]]
        arguments, unknown = self.parse_known_intermixed_args([*given[:cut], *files])
        if unknown:
            raise self._unknown(*unknown)
        return arguments

    def _unknown(self, word: str, *more: str) -> UsageError:
        options = sorted(name for name in self._option_string_actions if name.startswith("--"))
        close = difflib.get_close_matches(word.partition("=")[0], options, n=1)
        return UsageError(
            " ".join((word, *more)),
            f"{close[0]}, perhaps" if close else f"one of {', '.join(options)}",
            f"Try {close[0]}, or type {self.prog} --help" if close else f"Type {self.prog} --help",
        )

    def _print_message(self, message: str, file: Any = None) -> None:
        """Unlike argparse, which prints help and version here, tell of a pipe that is closed."""
        if message and file is not None:
            file.write(message)


def _run(given: list[str]) -> int:
    parser = _parser()
    if not given:
        parser.print_help(sys.stderr)
        return USAGE
    verb, *rest = given
    try:
        if verb in VERBS:
            return _run_verb(verb, rest)
        if verb.startswith("-"):
            parser.parse(given)
    except SystemExit as end:  # argparse ends so after --help and --version
        return int(end.code or DONE)
    raise _unknown_verb(verb)


def _run_verb(verb: str, given: list[str]) -> int:
    module = import_module(f"onrecord.cli.{FOLDER_OF[verb]}.{verb}")
    parser = Parser(prog=f"onrecord {verb}", allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter)
    module.configure(parser)
    return int(module.run(parser.parse(given)))


def _parser() -> Parser:
    parser = Parser(
        prog="onrecord",
        usage="onrecord VERB …",
        description="Reads news and finds who said what: source, cue and content, offline.",
        epilog="verbs:\n"
        + "".join(f"  {verb:10}{told}\n" for verb, told in VERBS.items())
        + "\nType onrecord VERB --help for what a verb takes.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"onrecord {onrecord.__version__}")
    return parser


def _unknown_verb(verb: str) -> UsageError:
    close = difflib.get_close_matches(verb, VERBS, n=1)
    if close:
        hint = f"Try onrecord {close[0]}"
    elif "\0" not in verb and Path(verb).exists():
        hint = f"To read that file, type onrecord read {verb}"
    else:
        hint = "Type onrecord --help"
    return UsageError(f"the verb {verb!r}", f"one of {', '.join(VERBS)}", hint)


def _hush_stdout() -> None:
    """Nobody reads on: what is still buffered must not fail again when Python ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
