"""Bytes become text, exactly: no line ending, space or sign is changed, and every guess is told.

Tried in this order, the first that fits wins:

1. a byte order mark (UTF-8, UTF-16, UTF-32): it decides, and is dropped
2. NUL bytes: UTF-16 or UTF-32 without a mark, or not text at all
3. UTF-8
4. UTF-8 with a few broken bytes, each shown as U+FFFD
5. the likeliest of the old encodings that news still comes in
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from onrecord.errors import BinaryInput, EmptyInput, UndecodableInput

MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
OLD = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman", "koi8_r"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
]
USUAL = "cp1252"
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
CONTROL_SHARE = 0.02  # compressed data has a tenth of its bytes there, text none
INTACT_PER_BROKEN = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, what there is to tell about how it was got, and the encoding, by its name in Python."""

    text: str
    notices: tuple[str, ...] = ()
    encoding: str = "utf-8"


def decode(data: bytes) -> Decoded:
    """The text that `data` holds. Raises EmptyInput, BinaryInput or UndecodableInput."""
    decoded = _decode_marked(data) or _decode_wide(data) or _decode_utf8(data) or _decode_old(data)
    if not decoded.text.strip():
        raise EmptyInput(
            f"{len(data)} bytes without a word" if data else "nothing, 0 bytes",
            "the text of an article",
            "Check that the file was saved, or leave it out",
        )
    return decoded


def decode_start(sample: bytes) -> Decoded:
    """What `decode` gives for a text that goes on after `sample`, which may thus end within a sign."""
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return Decoded(sample[len(mark) :].decode(encoding, "ignore"), encoding=encoding)
    line = 0 if 0 in sample else sample.rfind(b"\n") + 1
    return decode(sample[:line] if sample[:line].strip() else sample)


def _decode_marked(data: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UndecodableInput(
                    f"a {encoding} byte order mark, and at byte {len(mark) + error.start} {error.reason}",
                    f"{encoding} throughout",
                    "Save the file as UTF-8",
                ) from error
            if "\0" in text:
                raise _binary(data)
            told = "" if encoding == "utf-8" else f"decoded as {encoding}; "
            return Decoded(text, (f"{told}a byte order mark was dropped",), encoding)
    return None


def _decode_wide(data: bytes) -> Decoded | None:
    if 0 not in data:
        return None
    for encoding in WIDE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if data.count(0) * 5 > len(data) and all(sign.isprintable() or sign.isspace() for sign in text):
            return Decoded(text, (f"decoded as {encoding}, which has no byte order mark here",), encoding)
    raise _binary(data)


def _decode_utf8(data: bytes) -> Decoded | None:
    if len(data) - len(data.translate(None, CONTROLS)) > CONTROL_SHARE * len(data):
        raise _binary(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    intact = sum(not sign.isascii() for sign in text) - broken
    if intact < INTACT_PER_BROKEN * broken:
        return None
    return Decoded(text, (f"decoded as utf-8; broken bytes in {broken} place(s) are shown as U+FFFD",))


def _decode_old(data: bytes) -> Decoded:
    import charset_normalizer

    matches = charset_normalizer.from_bytes(data, cp_isolation=OLD)
    if (best := matches.best()) is None:
        raise UndecodableInput(
            f"{len(data)} bytes that are neither UTF-8 nor any of {', '.join(OLD)}",
            "text in one of these",
            "Save the file as UTF-8",
        )
    as_good = {name for match in matches if match.chaos <= best.chaos for name in match.could_be_from_charset}
    encoding = USUAL if USUAL in as_good else best.encoding
    return Decoded(data.decode(encoding), (f"decoded as {encoding}, for it is not UTF-8",), encoding)


def _binary(data: bytes) -> BinaryInput:
    kind = "a PDF" if data.startswith(b"%PDF") else "control characters as in a picture or an archive"
    return BinaryInput(kind, "text", "Convert it to plain text first (for a PDF: pdftotext FILE)")
