from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BinaryInput, EmptyInput, InputError, UndecodableInput
from onrecord.reading.encodings import decode, decode_start

QUOTE = "“We were not asked,” said Zoë Holt – twice.\r\n"


def test_utf8_is_taken_as_it_is_and_nothing_is_told() -> None:
    assert decode(QUOTE.encode()).text == QUOTE
    assert decode(QUOTE.encode()).notices == ()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_dropped_and_told(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + QUOTE.encode(encoding))
    assert decoded.text == QUOTE
    assert "byte order mark was dropped" in decoded.notices[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_known_by_its_nul_bytes(encoding: str) -> None:
    decoded = decode(QUOTE.encode(encoding))
    assert (decoded.text, encoding in decoded.notices[0]) == (QUOTE, True)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (QUOTE, "cp1252"),
        ("It cost £5, the Café owner said: ‘no’.", "cp1252"),
        ("He came—and left", "cp1252"),
        ("Le maire a déclaré qu’il était « très déçu ».", "cp1252"),
        ("Мэр сказал, что он очень разочарован.", "cp1251"),
        ("市長は決定に非常に失望していると述べた。", "shift_jis"),
    ],
)
def test_old_encodings_are_guessed_and_told(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.notices == (f"decoded as {encoding}, for it is not UTF-8",)


def test_a_broken_byte_does_not_garble_the_rest_of_a_utf8_text() -> None:
    decoded = decode(QUOTE.encode() + b"\xff" + QUOTE.encode())
    assert decoded.text == f"{QUOTE}\ufffd{QUOTE}"
    assert "1 place(s)" in decoded.notices[0]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInput),
        (b" \r\n\t", EmptyInput),
        (codecs.BOM_UTF8, EmptyInput),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", BinaryInput),
        (b"said\0Holt", BinaryInput),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n\x01\x02\x03", BinaryInput),
        (bytes(range(256)), BinaryInput),
        (codecs.BOM_UTF16_LE + b"a", UndecodableInput),
        (codecs.BOM_UTF16_LE + b"a\0\0\0", BinaryInput),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error):
        decode(data)


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused_in_our_own_words(data: bytes) -> None:
    with suppress(InputError):
        assert decode(data).text.strip()


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_whatever_is_written_as_utf8_comes_back_exactly(text: str) -> None:
    if text.strip():
        assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("start", "text", "encoding"),
    [
        ("“No”\nshe s".encode()[:-1], "“No”\n", "utf-8"),
        ("“No".encode()[:5], "“No", "utf-8"),
        (b"a\n" + "“Ja".encode()[:4], "a\n", "utf-8"),  # within a sign
        ("a\n“b”".encode("utf-16")[:-1], "a\n“b", "utf-16-le"),
        ("“Nein”, sagte sie.\nEr".encode("cp1252"), "“Nein”, sagte sie.\n", "cp1252"),
    ],
)
def test_a_text_may_go_on_after_what_is_looked_at(start: bytes, text: str, encoding: str) -> None:
    decoded = decode_start(start)
    assert (decoded.text, decoded.encoding) == (text, encoding)
