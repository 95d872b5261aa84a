"""Each page shows what its dataclass holds, and asks for nothing else."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from onrecord.web.pages import (
    adding,
    article,
    history,
    lists,
    merging,
    occasion,
    outlet,
    person,
    queue,
    search,
    statement,
    trace,
)
from onrecord.web.pages.words import day, in_a_line, moment, percent, web_address
from onrecord.web.rendering import HOUSE
from onrecord.web.routes import correcting, entering, pasting
from web.client import Client

PAGES = {
    "history.html": history.HistoryPage,
    "home.html": lists.HomePage,
    "articles.html": lists.ArticlesPage,
    "people.html": lists.PeoplePage,
    "outlets.html": lists.OutletsPage,
    "about.html": lists.AboutPage,
    "article.html": article.ArticlePage,
    "panel.html": statement.StatementPage,
    "person.html": person.PersonPage,
    "outlet.html": outlet.OutletPage,
    "occasion.html": occasion.OccasionPage,
    "trace.html": trace.TracePage,
    "carried.html": trace.CarriedPart,
    "search.html": search.SearchPage,
    "queue.html": queue.QueuePage,
    "speaker.html": correcting.SpeakerPage,
    "add.html": adding.AddPage,
    "merge.html": merging.MergePage,
    "split.html": merging.SplitPage,
    "paste.html": pasting.PastePage,
    "enter.html": entering.EnterPage,
}
USED = re.compile(r"\bpage\.(\w+)")
WITH_PARTS = {
    "panel.html": ("statement.html",),
    "speaker.html": ("speakers_found.html",),
    "add.html": ("add_form.html", "add_panel.html"),
}


@pytest.mark.parametrize("template", PAGES)
def test_a_template_shows_what_its_page_holds_and_nothing_else(template: str) -> None:
    page = PAGES[template]
    fields = {field.name for field in dataclasses.fields(page)}
    properties = {name for name, value in vars(page).items() if isinstance(value, property)}
    sources = [Path(str(HOUSE / "templates" / name)) for name in (template, *WITH_PARTS.get(template, ()))]
    used = {name for path in sources for name in USED.findall(path.read_text("utf-8"))}
    assert used - fields - properties == set()
    assert fields - used == set()


ADDRESSES = """
/ /articles /articles?before=3 /articles/1 /articles/4/history /statements/5 /statements/5?part=panel
/statements/5/trace
/statements/5/trace?part=list /statements/5/speaker?q=Dravic /people /people?name=a&kind=person /people/6 /outlets
/outlets/4 /occasions/1 /search /search?q=water&in=articles&sort=newest /queue /paste /enter /about
/articles/4/carriers /articles/4/add
/articles/4/add?part=panel&content=paint+stripper&q=Merkel /people/6/merge /people/6/merge?q=zzz
/people/6/merge?other=2 /people/6/split /people/6/split?entity=1&name=x
""".split()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_answers(room: str, address: str) -> None:
    with Client(room) as client:
        answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/articles/999", 404),
        ("/articles/x", 422),
        ("/articles/99999999999999999999999", 422),
        ("/statements/999999", 404),
        ("/people/999", 404),
        ("/outlets/999", 404),
        ("/occasions/999", 404),
        ("/nowhere", 404),
        ("/search?q=(", 400),
        ("/search?cursor=x&q=water", 400),
        ("/queue?after=x", 422),
        ("/articles/999/add", 404),
        ("/people/999/merge", 404),
        ("/people/6/merge?other=999", 404),
        ("/people/999/split", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_what_is_not_there_is_told_on_a_page(room: str, address: str, status: int) -> None:
    with Client(room) as client:
        answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("https://quay.example/a", "https://quay.example/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//quay.example", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_become_links(given: str | None, wanted: str) -> None:
    assert web_address(given) == wanted


def test_values_are_put_into_words() -> None:
    assert day("2025-10-14") == "14 October 2025"
    assert day("2025-W41") == "week of 6 October 2025"
    assert day("2025-10") == "October 2025"
    assert day("2025-02-31") == "2025-02-31"
    assert day("2025") == "2025"
    assert day(None) == ""
    assert moment("2031-05-04T12:00:00+00:00") == "4 May 2031, 12:00 UTC"
    assert percent(0.001) == "<1 %"
    assert percent(0.5) == "50 %"
    assert in_a_line("a\n b\u202e", 0) == "a b\ufffd"
    assert in_a_line("one two three", 9) == "one two …"
