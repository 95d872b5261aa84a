"""What both databases can hold: PostgreSQL has no NUL in a text, neither has half a UTF-16 pair, or a larger integer
than 64 bits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.errors import RecordError
from onrecord.records import Article

LARGEST = 2**63 - 1
LARGEST_TEXT = 200_000_000  # characters; PostgreSQL refuses a value of a gigabyte


def check_article(article: Article) -> None:
    """Raises RecordError where the article cannot be kept."""
    if len(article.text) > LARGEST_TEXT:
        raise RecordError(
            f"a text of {len(article.text):,} characters", f"at most {LARGEST_TEXT:,}", "Split it into its articles"
        )
    check_words((article.text, article.id, article.title or "", article.outlet or "", article.url or ""), "the article")


def check_words(words: Iterable[str], what: str) -> None:
    """Raises RecordError where one of the `words` cannot be kept; `what` is what they are part of."""
    joined = "\n".join(words)
    if (at := joined.find("\0")) >= 0:
        raise RecordError(
            f"the character NUL in {what} (after {joined[max(0, at - 20) : at]!r})",
            "text that a database can hold",
            "Take it out before reading: it is no character of an article",
        )
    try:
        joined.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RecordError(
            f"half a character (U+{ord(joined[error.start]):04X}) in {what}",
            "text that a database can hold",
            "Decode the source again: a character was cut in two",
        ) from None


def check_rows(rows: Iterable[Sequence[object]], what: str) -> None:
    """Raises RecordError where a value of the `rows` cannot be kept."""
    values = [value for row in rows for value in row]
    for value in values:
        if type(value) is int and not -LARGEST <= value <= LARGEST:
            raise RecordError(f"the number {value} in {what}", "one of 64 bits", "Leave it out")
    check_words([value for value in values if type(value) is str], what)
