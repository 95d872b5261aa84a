"""The day of a page whose metadata do not tell it: htmldate looks through its markup and addresses.

Method: Barbaresi 2020, "htmldate: A Python package to extract publication dates from web pages", JOSS 5(51). Its
extensive search, which takes any likely date of the text, is off: a wrong day is worse than none.
"""

from __future__ import annotations

import datetime
import logging

from onrecord.errors import MissingExtra

LONGEST = 1_000_000


def find_day(page: str, url: str | None = None) -> datetime.date | None:
    """The day on which the page was published, or None. Raises MissingExtra without htmldate."""
    try:
        import htmldate
    except ModuleNotFoundError:
        raise MissingExtra.named("pages", "htmldate") from None
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = htmldate.find_date(page[:LONGEST], extensive_search=False, original_date=True, url=url)
    except Exception:  # a parser of strangers' pages: whatever it stumbles over, the article is read without a day
        return None
    return datetime.date.fromisoformat(found) if found else None
