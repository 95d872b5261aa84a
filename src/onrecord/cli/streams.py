"""Where words go: to standard output, into a file that appears whole or not at all, to standard error."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.archive.listing.tables import Choice
    from onrecord.exchange.registry import Format

STANDARD_OUTPUT = "-"
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters: colours, cursor, title, bell …
    "\u202a-\u202e\u2066-\u2069"  # changes of direction, which could reorder what stands after
    "\ud800-\udfff]"  # halves of characters, which no terminal can be sent
)


def displayable(text: str) -> str:
    """`text` without what a terminal would obey instead of show; line breaks and tabs stay."""
    return UNSEEN.sub("", text)


def tell(line: str) -> None:
    """One line to standard error, whatever `line` holds."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            print("onrecord:", " ".join(displayable(line).split()), file=sys.stderr, flush=True)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at it, on something that can redraw a line."""
    try:
        return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:  # closed
        return False


@contextmanager
def destination(path: str | None, *, inputs: Iterable[str] = (), utf8: bool = False) -> Iterator[TextIO]:
    """The stream to print to: the file `path`, or standard output for None and "-".

    A file is written beside its place and put there at the end, if no error came and something
    was written; it is UTF-8. `utf8` makes standard output UTF-8 too. Raises UsageError when the
    file cannot be written, or is one of the `inputs`.
    """
    if path is None or path == STANDARD_OUTPUT:
        yield _standard_output(utf8)
        return
    target = _target(path, inputs)
    if target.exists() and not target.is_file():  # a device or a pipe: written to, never replaced
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
        return
    from onrecord.archive.store.placing import move, part_beside

    with ExitStack() as stack:
        try:
            part = stack.enter_context(part_beside(target))
            stream = stack.enter_context(part.open("w", encoding="utf-8", errors="replace", newline="\n"))
        except OSError as error:
            raise _unwritable(path, error.strerror or str(error)) from error
        yield stream
        written = stream.tell()
        stream.close()
        if written:
            move(part, target)


def write(shape: Format, given: object, choice: Choice, path: str | None, inputs: Sequence[str]) -> int:
    """Write `given` in that format to the file `path` or, where it is text, to standard output; how much it was.

    Raises UsageError as `destination` does, and where a format that is no text has no file to go to.
    """
    if not shape.in_file:
        with destination(path, inputs=inputs, utf8=True) as stream:
            return shape.write(given, stream, choice)
    if path in (None, STANDARD_OUTPUT):
        raise UsageError(f"--format {shape.name} without a file", "--output FILE", f"Try --output said{shape.suffix}")
    file = Path(str(path))
    for each in shape.files(file):
        with destination(str(each), inputs=inputs, utf8=True):
            pass
    return shape.write(given, file, choice)


def _standard_output(utf8: bool) -> TextIO:
    if sys.stdout is None:
        raise UsageError("standard output closed", "one that can be written", "Use --output FILE")
    reconfigure = getattr(sys.stdout, "reconfigure", None)  # what stands in for stdout may lack it
    if reconfigure and utf8:
        reconfigure(encoding="utf-8", errors="replace", newline="\n")
    elif reconfigure:
        reconfigure(errors="replace")
    return sys.stdout


def _target(path: str, inputs: Iterable[str]) -> Path:
    if "\0" in path or not path:
        raise _unwritable(path, "no possible name of a file")
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise _unwritable(path, "a directory")
    if target.exists():
        if not os.access(target, os.W_OK):
            raise _unwritable(path, "a file that may not be changed")
        for name in inputs:
            with contextlib.suppress(OSError, ValueError):
                if target.is_file() and target.samefile(name):
                    raise _unwritable(path, "one of the files to read")
    return target


def _unwritable(path: str, why: str) -> UsageError:
    return UsageError(f"--output {path} ({why})", "a file that can be written", "Choose another --output")
