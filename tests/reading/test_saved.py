from __future__ import annotations

import pytest

from onrecord.reading.pages.saved import address_in, is_companion


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (
            "<!DOCTYPE html>\n<!-- saved from url=(0027)https://quay.example/news/1 -->\n<html>",
            "https://quay.example/news/1",
        ),
        (
            "<html><!--\n Page saved with SingleFile \n url: https://quay.example/1 \n saved date: Tue -->",
            "https://quay.example/1",
        ),
        (
            "<html>…<!-- Mirrored from quay.example/1.html by HTTrack Website Copier/3.x -->",
            "http://quay.example/1.html",
        ),
        ("<!-- saved from url=(0019)javascript:alert(1) -->", None),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<p>saved from url=(0027)https://quay.example/news/1", None),
        ("", None),
    ],
)
def test_the_address_that_the_saving_program_noted(page: str, url: str | None) -> None:
    assert address_in(page) == url


@pytest.mark.parametrize(
    ("folder", "beside", "is_one"),
    [
        ("Valve_files", ["Valve.html"], True),
        ("Valve-Dateien", ["Valve.htm", "Other.html"], True),
        ("Valve_files", ["Other.html"], False),
        ("files", ["files.html"], False),
        ("_files", [".html"], False),
    ],
)
def test_the_folder_of_a_saved_page_is_known_by_both_names(folder: str, beside: list[str], is_one: bool) -> None:
    assert is_companion(folder, beside) is is_one
