"""Mails (.eml) and pages saved as one file (.mht): headers, and the text, plain or as HTML (RFC 5322, 2045, 2557)."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from typing import BinaryIO

from onrecord.errors import EmptyInput, InputError, MalformedFile
from onrecord.reading.dates import date_or_notice
from onrecord.reading.encodings import Decoded, decode
from onrecord.reading.source import LIMIT, LIMIT_OF_A_FILE, Defaults, read_all, too_large
from onrecord.records import Article, Origin, Skipped

FEWEST_WORDS = 20  # a plain part with fewer says "see the HTML version", where there is one
MEDIA_TYPE = "message/rfc822"
ADDRESSEE = re.compile(r"\s*<[^<>]*>\s*$")
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the parser of the standard library lets through for headers and parts that are none."""


def read_mail(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The one article of the mail, or why not."""
    try:
        yield _article(read_all(stream, LIMIT_OF_A_FILE), name, defaults)
    except InputError as error:
        yield Skipped.because(name, error)


def _article(data: bytes, name: str, defaults: Defaults) -> Article:
    """The article of the mail whose bytes are `data`. Raises InputError."""
    try:
        mail = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(data)
        plain, html = (_part(mail, kind) for kind in ("plain", "html"))
        headers = {key: _header(mail, key) for key in ("Subject", "From", "Date", "Message-ID")}
        address = _header(mail, "Snapshot-Content-Location") or _header(html, "Content-Location")
    except MALFORMED as error:
        raise MalformedFile(
            f"a mail that cannot be parsed ({type(error).__name__})", "a message with headers", "Save it again"
        ) from error
    if html is not None and address:
        return _page(html, name, replace(defaults, url=address))
    notices: list[str] = []
    text, told = _text(plain, html)
    origin = Origin.of(data, media_type=MEDIA_TYPE, name=name, authors=filter(None, [_sender(headers["From"])]))
    return Article(
        text=text,
        id=headers["Message-ID"].strip("<> "),
        title=headers["Subject"] or defaults.title,
        outlet=defaults.outlet or _sender(headers["From"]),
        published=date_or_notice(headers["Date"], notices) or defaults.published,
        url=defaults.url,
        language=defaults.language,
        notices=(*told, *notices),
        origin=origin,
    )


def _text(plain: EmailMessage | None, html: EmailMessage | None) -> tuple[str, tuple[str, ...]]:
    """The text of the part that has it, and what there is to tell."""
    from onrecord.reading.pages.fragments import fragment_text

    decoded = _decoded(plain) if plain is not None else Decoded("")
    if html is not None and len(decoded.text.split()) < FEWEST_WORDS:
        page = _decoded(html)
        text, _ = fragment_text(page.text)
        if text.strip():
            return text, page.notices
    if not decoded.text.strip():
        raise EmptyInput("a mail without a text", "a part that is text/plain or text/html", "Save what is attached")
    return decoded.text, decoded.notices


def _page(html: EmailMessage, name: str, defaults: Defaults) -> Article:
    """The article of a page that was saved in the form of a mail."""
    from onrecord.reading.pages.page import article_of

    charset = html.get_content_charset()
    return article_of(_bytes(html), name, defaults, f"text/html; charset={charset}" if charset else "")


def _part(mail: EmailMessage, kind: str) -> EmailMessage | None:
    """The first part of the type text/`kind` that is no attachment."""
    for part in mail.walk():
        if part.get_content_type() == f"text/{kind}" and part.get_content_disposition() != "attachment":
            return part
    return None


def _decoded(part: EmailMessage) -> Decoded:
    """The text of a part: in the encoding it names where that fits, else in the one it is in."""
    data = _bytes(part)
    if not data.strip():
        return Decoded("")
    charset = part.get_content_charset() or "utf-8"
    try:
        return Decoded(data.decode(charset), (), charset)
    except (UnicodeDecodeError, LookupError, ValueError):
        return decode(data)


def _bytes(part: EmailMessage) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except MALFORMED as error:
        raise MalformedFile("a part of a mail that cannot be decoded", "an intact one", "Save it again") from error
    if not isinstance(data, bytes):
        return b""
    if len(data) > LIMIT:
        raise too_large(f"a text of {len(data):,} bytes")
    return data


def _header(mail: EmailMessage | None, key: str) -> str:
    """In one line, decoded where it can be; "" where there is none."""
    if mail is None:
        return ""
    try:
        value = str(mail.get(key) or "")
    except MALFORMED:
        value = next((str(raw) for name, raw in mail.raw_items() if name.lower() == key.lower()), "")
    return " ".join(value.split())


def _sender(value: str) -> str | None:
    """The name of who sent it, else the address."""
    return ADDRESSEE.sub("", value).strip("\"' ") or value.strip("<> ") or None
