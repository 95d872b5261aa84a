"""Every exception onrecord raises.

    OnrecordError
    ├── SpanError (ValueError)      a span that cannot be, or does not fit its text
    ├── RecordError (ValueError)    an article, statement or record that contradicts itself
    ├── InputError                  something to read that cannot be read
    │   ├── MissingInput            no such file, a directory, no permission
    │   ├── EmptyInput              nothing in it, or nothing but white space
    │   ├── BinaryInput             not text at all
    │   ├── UndecodableInput        text in no encoding we can make out
    │   ├── TooLarge                over the size limit
    │   ├── UnsafeInput             made to harm: a bomb, an entity, a path or address that leads elsewhere
    │   └── MalformedFile           not what its kind promises: damaged, or without what is needed
    │       └── MalformedLine       a line that is not one JSON object with a text
    ├── ModelError                  the model is missing, altered or unusable
    ├── ArchiveError                an archive that cannot be opened, read or written
    │   ├── MissingArchive          no such file, or no such server
    │   ├── NotAnArchive            a file or database that onrecord did not make
    │   ├── NewerArchive            made by a younger onrecord
    │   ├── DamagedArchive          cut short, overwritten, contradicting itself
    │   ├── LockedArchive           another program is writing
    │   ├── ReadOnlyArchive         may be read, not changed
    │   ├── FullDisk                no room left to write
    │   ├── NoSuchEntry             an id, name or url that the archive does not hold
    │   └── RefusedEdit             a change that cannot be made
    │       ├── EditConflict        somebody else changed it meanwhile
    │       └── UnclearEdit         (UsageError) words that tell no change that could be meant
    ├── MissingExtra                an optional part that is not installed
    └── UsageError                  a command that cannot be meant
        └── QueryError              a search that cannot be meant

Each says three things: what was `seen`, what was `wanted`, and what `todo` next.

    >>> print(UsageError("--format pdf", "one of jsonl, text", "Try --format jsonl"))
    Saw --format pdf; wanted one of jsonl, text. Try --format jsonl.
"""

from __future__ import annotations

from typing import Self


class OnrecordError(Exception):
    """Base of all. `seen` and `wanted` are phrases, `todo` a sentence; none needs a full stop."""

    def __init__(self, seen: str, wanted: str, todo: str) -> None:
        super().__init__(seen, wanted, todo)
        self.seen = seen
        self.wanted = wanted
        self.todo = todo

    def __str__(self) -> str:
        return f"Saw {self.seen}; wanted {self.wanted}. {self.todo.rstrip('.')}."


class SpanError(OnrecordError, ValueError):
    """A span that cannot be (start, end and length are named), or does not fit its text."""


class RecordError(OnrecordError, ValueError):
    """An article, statement or record that contradicts itself."""


class InputError(OnrecordError):
    """Something to read that cannot be read; readers turn it into a counted `Skipped`."""


class MissingInput(InputError):
    """No such file, a directory, or a file that may not be opened."""


class EmptyInput(InputError):
    """Nothing in it, or nothing but white space."""


class BinaryInput(InputError):
    """Bytes that are not text."""


class UndecodableInput(InputError):
    """Bytes that may be text, in no encoding that fits."""


class TooLarge(InputError):
    """More bytes than the limit for one article."""


class UnsafeInput(InputError):
    """A zip bomb, an XML entity, a path that leads out of its folder, an address that is no public web address."""


class MalformedFile(InputError):
    """A file that is not what its kind promises: damaged, cut off, or without what is needed from it."""


class MalformedLine(MalformedFile):
    """A line of a JSON lines file that is not one object with a text."""


class ModelError(OnrecordError):
    """The model file is missing, has another digest than its card says, or cannot be run."""


class ArchiveError(OnrecordError):
    """An archive that cannot be opened, read or written; what was in it before is in it still."""


class MissingArchive(ArchiveError):
    """No such file, no folder to make it in, or no server that answers."""


class NotAnArchive(ArchiveError):
    """A file or a database that onrecord did not make; it is left as it is."""


class NewerArchive(ArchiveError):
    """Made by a younger onrecord, whose tables this one does not know."""


class DamagedArchive(ArchiveError):
    """Cut short, overwritten, or contradicting itself."""


class LockedArchive(ArchiveError):
    """Another program was writing for longer than we would wait."""


class ReadOnlyArchive(ArchiveError):
    """It may be read, and not changed."""


class FullDisk(ArchiveError):
    """No room left to write; what was being written is undone."""


class NoSuchEntry(ArchiveError):
    """An id, a name or a url that the archive does not hold."""


class RefusedEdit(ArchiveError):
    """A change that cannot be made."""


class EditConflict(RefusedEdit):
    """Somebody else changed it since it was shown."""


class MissingExtra(OnrecordError):
    """An optional part is not installed; the message holds the exact install line."""

    @classmethod
    def named(cls, extra: str, library: str) -> Self:
        """The error for `library` (an import name) that comes with the extra called `extra`."""
        return cls(
            f"no module named {library!r}",
            f"the optional part {extra!r} of onrecord",
            f'Install it: pip install "onrecord[{extra}]"',
        )


class UsageError(OnrecordError):
    """A command line, or a call, that cannot be meant."""


class UnclearEdit(RefusedEdit, UsageError):
    """A change that cannot be meant as it was written."""


class QueryError(UsageError):
    """A search query that cannot be meant: a sign without its partner, a filter or date that is none."""
