from __future__ import annotations

import datetime
import sys

import pytest

from onrecord.errors import MissingExtra
from onrecord.reading.pages.page_dates import find_day

TEXT = "<p>The gate was built in 1968 and mended on 3 March 2019, the warden said.</p><footer>© 2022 Quay</footer>"


@pytest.mark.parametrize(
    ("page", "url", "day"),
    [
        (
            '<html><body><time class="entry-date" datetime="2024-02-06T08:00">6 Feb</time>',
            None,
            datetime.date(2024, 2, 6),
        ),
        ("<html><body>" + TEXT, "https://quay.example/2024/02/06/gate.html", datetime.date(2024, 2, 6)),
        ("<html><body>" + TEXT, None, None),  # no day of the text is taken for that of the page
        ("\0", None, None),
        ("", None, None),
    ],
)
def test_a_day_is_found_in_markup_and_address_and_not_guessed(
    page: str, url: str | None, day: datetime.date | None
) -> None:
    assert find_day(page, url) == day


def test_without_htmldate_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "htmldate", None)
    with pytest.raises(MissingExtra, match=r"onrecord\[pages\]"):
        find_day("<html>")
