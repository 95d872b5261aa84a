"""What the readers of this folder share: files and their lines, and the article that a file tells of."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import EmptyInput, MalformedFile, MissingInput, TooLarge
from onrecord.records import Article, Provenance

LIMIT = 256 * 2**20
"""Bytes of a file that is read whole."""


def bytes_of(path: Path) -> bytes:
    """All of a file. Raises MissingInput and TooLarge."""
    try:
        if (size := path.stat().st_size) > LIMIT:
            raise TooLarge(f"{path} of {size:,} bytes", f"{LIMIT:,} at most", "Export it in parts")
        return path.read_bytes()
    except OSError as error:
        raise MissingInput(f"{path} ({error.strerror})", "a file to read", "Check the path") from error


def text_of(path: Path) -> str:
    """All of a file in UTF-8, line ends as they are. Raises InputError."""
    try:
        return bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedFile(f"{path}: {error}", "UTF-8", "Export it anew") from error


def json_of(path: Path) -> Any:
    """A file as JSON. Raises InputError."""
    try:
        return json.loads(text_of(path))
    except (ValueError, RecursionError) as error:
        raise MalformedFile(f"{path}: {error}", "one JSON value", "Export it anew") from error


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file of JSON lines, each with where it stands. Raises InputError."""
    found = False
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if not line.strip():
            continue
        found = True
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise MalformedFile(f"{path}, line {number}: {error}", "one JSON object", "Export it anew") from error
        if not isinstance(value, dict):
            raise MalformedFile(f"{path}, line {number}: a {type(value).__name__}", "an object", "Export it anew")
        yield f"{path}, line {number}", value
    if not found:
        raise EmptyInput(f"nothing in {path}", "JSON lines", "Export it anew")


def article_from(told: Mapping[str, Any], text: str) -> Article:
    """The article that `of_article` told of, with its text. Raises MalformedFile where the text is another one."""
    try:
        date = told.get("date")
        article = Article(
            text=text,
            id=told.get("id") or "",
            published=datetime.date.fromisoformat(date) if date else None,
            title=told.get("title"),
            outlet=told.get("outlet"),
            url=told.get("url"),
            language=told.get("language"),
        )
    except (ValueError, TypeError) as error:
        raise MalformedFile(f"an article as {dict(told)!r:.200}", "what onrecord wrote", "Export it anew") from error
    if told.get("sha256") not in (None, article.sha256):
        raise MalformedFile(
            f"article {article.id!r} with another text", f"sha256 {told['sha256'][:12]}…", "Restore its text"
        )
    return article


def provenance_from(told: Mapping[str, Any]) -> Provenance:
    """What read the article, as `of_article` told it."""
    return Provenance(told.get("engine") or "unknown", told.get("model"), told.get("model_sha256"))
