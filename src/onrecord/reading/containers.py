"""Files in files: zip and gzip. Nothing is unpacked to disk, and nothing without a limit.

A zip with a Word document in it is that document. Refused, each as one Skipped: a name that leads out of the archive,
a link, an encrypted member, an archive in an archive in an archive in an archive, and what unpacks to far more than
text does.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from onrecord.errors import EmptyInput, InputError, MalformedFile, MissingExtra, UnsafeInput
from onrecord.reading.kinds import LOOKED_AT, PASSED_OVER, kind_of, reader_for
from onrecord.reading.source import DAMAGED, LIMIT_OF_A_FILE, Defaults, read_all
from onrecord.records import Article, Skipped

RATIO = 100  # the most a byte may unpack to; news text gives 3 to 10, a table of it seldom 30
FREE = LIMIT_OF_A_FILE  # bytes that may come of however few
DEEPEST = 3
MOST_MEMBERS = 100_000
MEMBER = b"\x1f\x8b\x08"  # how a member of a gzip file begins
PACKED = 1 << 16  # bytes read at a time
LEADS_OUT = re.compile(r"^[\\/]|^[A-Za-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)")
OTHER_OFFICE = ("xl/workbook.xml", "ppt/presentation.xml", "META-INF/container.xml", "META-INF/manifest.xml")
"""What tells a spreadsheet, slides, an electronic book and an OpenDocument file."""


def read_zip(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of all members, in the order of the archive, each named ARCHIVE/MEMBER."""
    try:
        data = stream if stream.seekable() else io.BytesIO(read_all(stream, LIMIT_OF_A_FILE))
        yield from _zip(data, name, defaults, Ration(RATIO * _size(data) + FREE), depth=1)
    except InputError as error:
        yield Skipped.because(name, error)


def read_gzip(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of what was compressed."""
    packed = Counted(stream)
    ration = Ration(FREE, packed)
    yield from _member(Member(Gunzip(packed), ration), _unpacked(name), name, defaults, ration, depth=1)


class Ration:
    """How many bytes may still be unpacked; with `packed`, RATIO more for each byte read of it."""

    def __init__(self, left: int, packed: Counted | None = None) -> None:
        self._left = left
        self._packed = packed

    def take(self, count: int) -> None:
        """Raises UnsafeInput when it is used up."""
        self._left -= count
        if self._left + (RATIO * self._packed.count if self._packed else 0) < 0:
            raise UnsafeInput(
                f"a file that unpacks to more than {RATIO} times its size",
                "articles, which do not",
                "Unpack it yourself if you trust it",
            )


class Counted(io.RawIOBase):
    """A stream, and how much was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


class Member(io.RawIOBase):
    """What is unpacked, on ration; damage in it is an InputError."""

    def __init__(self, stream: IO[bytes] | Gunzip, ration: Ration) -> None:
        self._stream = stream
        self._ration = ration
        self._failure: InputError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._failure is not None:  # whoever comes back for more must not take the damage for the end
            raise self._failure
        view = memoryview(buffer)
        try:
            data = self._stream.read(len(view))
            self._ration.take(len(data))
        except InputError as error:
            self._failure = error
            raise
        except DAMAGED as error:
            self._failure = _damaged(error)
            raise self._failure from error
        view[: len(data)] = data
        return len(data)


class Gunzip:
    """The members of a gzip file one after the other; damage in one does not hide those after it.

    A web archive has a member a record. The damage is told at the end, as zlib.error.
    """

    def __init__(self, stream: IO[bytes] | Counted) -> None:
        self._stream = stream
        self._packed = b""
        self._unpacker: zlib._Decompress | None = None
        self._damage = ""

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end. Raises zlib.error once, there."""
        while self._packed or self._more():
            if self._unpacker is None:
                if not self._packed.startswith(MEMBER):
                    self._seek()
                    continue
                self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                data = self._unpacker.decompress(self._packed, size)
            except zlib.error as error:
                self._damage, self._unpacker = str(error), None
                self._seek(1)
                continue
            if self._unpacker.eof:
                self._packed, self._unpacker = self._unpacker.unused_data, None
            else:
                self._packed = self._unpacker.unconsumed_tail
            if data:
                return data
        if self._unpacker is not None:
            self._damage, self._unpacker = "it is cut off", None
        if damage := self._damage:
            self._damage = ""
            raise zlib.error(damage)
        return b""

    def close(self) -> None: ...

    def _more(self) -> bool:
        self._packed += self._stream.read(PACKED)
        return bool(self._packed)

    def _seek(self, start: int = 0) -> None:
        """To where the next member may begin, at `start` or after it."""
        while (at := self._packed.find(MEMBER, start)) < 0:
            more = self._stream.read(PACKED)
            self._packed = self._packed[start:][1 - len(MEMBER) :] + more if more else b""
            start = 0
            if not more:
                return
        self._packed = self._packed[at:]


def _zip(stream: BinaryIO, name: str, defaults: Defaults, ration: Ration, depth: int) -> Iterator[Article | Skipped]:
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGED as error:
        raise _damaged(error) from error
    with archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if "word/document.xml" in names:
            from onrecord.reading.press.documents import read_docx

            stream.seek(0)
            yield from read_docx(stream, name, defaults)
            return
        _refuse(members, names, _size(stream))
        read = 0
        for member in members:
            if member.is_dir() or _is_beside(member.filename, names):
                continue
            read += 1
            yield from _zipped(archive, member, name, defaults, ration, depth)
    if not read:
        raise EmptyInput("an archive without a file to read", "at least one article in it", "Check the archive")


def _refuse(members: list[zipfile.ZipInfo], names: set[str], size: int) -> None:
    """Raises UnsafeInput or MalformedFile for an archive to leave alone as a whole."""
    if len(members) > MOST_MEMBERS:
        raise UnsafeInput(f"an archive of {len(members):,} members", f"at most {MOST_MEMBERS:,}", "Split it")
    if (unpacked := sum(member.file_size for member in members)) > RATIO * size + FREE:
        raise UnsafeInput(
            f"an archive of {size:,} bytes that unpacks to {unpacked:,}",
            "articles, which do not",
            "Unpack it yourself if you trust it",
        )
    if found := [other for other in OTHER_OFFICE if other in names]:
        raise MalformedFile(f"an office file with {found[0]} in it", "text or a table", "Save it as .docx or .csv")


def _zipped(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, defaults: Defaults, ration: Ration, depth: int
) -> Iterator[Article | Skipped]:
    inner = f"{name}/{member.filename}"
    try:
        if LEADS_OUT.search(member.filename) or "\0" in member.orig_filename:
            raise UnsafeInput("a name that leads out of the archive", "one below it", "Leave it out, or rename it")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise UnsafeInput("a link", "a file", "Put the file itself in the archive")
        if member.flag_bits & 1:
            raise MalformedFile("an encrypted file", "one that can be read", "Unpack it with its password first")
        try:
            opened = Member(archive.open(member), ration)
        except DAMAGED as error:
            raise _damaged(error) from error
        with opened:
            yield from _member(opened, inner, inner, defaults, ration, depth)
    except InputError as error:
        yield Skipped.because(inner, error)


def _member(
    unpacked: Member, path: str, name: str, defaults: Defaults, ration: Ration, depth: int
) -> Iterator[Article | Skipped]:
    """The articles of something unpacked, whose kind the bytes and `path` tell; archives in it too."""
    try:
        stream = io.BufferedReader(unpacked, LOOKED_AT)
        start = stream.peek(LOOKED_AT)
        kind = kind_of(path, start)
        if kind in ("gzip", "zip") and depth == DEEPEST:
            raise UnsafeInput(f"an archive within {depth} others", f"at most {DEEPEST} deep", "Unpack it first")
        if kind == "gzip":
            inner = Member(Gunzip(stream), ration)
            yield from _member(inner, _unpacked(path), name, defaults, ration, depth + 1)
        elif kind == "zip":
            archive = io.BytesIO(read_all(stream, LIMIT_OF_A_FILE))
            yield from _zip(archive, name, defaults, ration, depth + 1)
        else:
            yield from reader_for(path, start)(stream, name, defaults)
    except InputError as error:
        yield Skipped.because(name, error)
    except MissingExtra as error:
        yield Skipped(name, f"{error.seen}; wanted {error.wanted}", error.todo)


def _unpacked(path: str) -> str:
    return re.sub(r"\.gz$", "", path, flags=re.IGNORECASE)


def _is_beside(name: str, names: Collection[str]) -> bool:
    """Whether a member is none of the articles, but a picture, a script, a hidden file or a part of a saved page."""
    from onrecord.reading.pages.saved import is_companion

    if LEADS_OUT.search(name):
        return False
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") and part.strip(".") for part in path.parts)
    part = any(is_companion(str(folder), names) for folder in path.parents)
    return hidden or part or path.parts[:1] == ("__MACOSX",) or path.suffix.lower() in PASSED_OVER


def _size(stream: BinaryIO) -> int:
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return size


def _damaged(error: BaseException) -> MalformedFile:
    return MalformedFile(
        f"a damaged archive ({str(error) or type(error).__name__})"[:200], "an intact one", "Pack or fetch it again"
    )
