from __future__ import annotations

import datetime

import pytest

from onrecord.reading.dates import date_from, date_or_notice


@pytest.mark.parametrize(
    "written",
    [
        "2024-02-06",
        "2024-02-06T23:30:00-05:00",
        "2024/2/6",
        "20240206",
        "20240206093000",
        "Tue, 06 Feb 2024 23:30:00 -0500",
        "6 February 2024",
        "6th Feb. 2024",
        "Tuesday, 6 February 2024, 9:30 PM",
        "February 6, 2024 Tuesday",
        "Feb. 6, 2024",
    ],
)
def test_a_date_is_read_as_it_is_written(written: str) -> None:
    assert date_from(written) == datetime.date(2024, 2, 6)


def test_numbers_are_a_date_where_only_one_order_gives_one() -> None:
    assert date_from("26/02/2024") == date_from("02/26/2024") == datetime.date(2024, 2, 26)
    assert date_from("02.02.2024") == datetime.date(2024, 2, 2)
    assert date_from("06/02/2024") is None


@pytest.mark.parametrize("written", ["", "soon", "2024-13-06", "31 June 2024", "0000-00-00", "9" * 500])
def test_what_is_no_date_is_none_and_told(written: str) -> None:
    notices: list[str] = []
    assert date_or_notice(written, notices) is None
    assert len(notices) == bool(written)
