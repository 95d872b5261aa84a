"""The first page, lists of articles, an article, one of its statements."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.answers import listing
from onrecord.answers.listing import Glance, Listed, Stored
from onrecord.archive.correcting import correction_log as journal
from onrecord.archive.store import loading
from onrecord.archive.store.archive import Archive
from onrecord.records import Record, Statement
from onrecord.web.archives import Archives
from onrecord.web.figures import Figures
from onrecord.web.frames import show
from onrecord.web.guarding.guards import Before, Number, Reader
from onrecord.web.pages.article import ArticlePage, article_page
from onrecord.web.pages.history import history_page
from onrecord.web.pages.lists import AboutPage, ArticleLine, ArticlesPage, Figure, HomePage, PersonLine
from onrecord.web.pages.statement import StatementPage, statement_page
from onrecord.web.pages.words import Link, day, in_a_line, moment, percent

router = APIRouter(include_in_schema=False)
A_LIST = 40
LATEST, HEARD = 8, 10
MOST_ROWS = 500


def archive_of(request: Request) -> Archive:
    """The archive, for this thread."""
    archives: Archives = request.app.state.archives
    return archives.here()


def figures_of(request: Request) -> Figures:
    """The figures of the whole archive."""
    figures: Figures = request.app.state.figures
    return figures


@router.get("/")
def home(request: Request, _: Reader) -> Response:
    """The archive at a glance."""
    archive = archive_of(request)
    glance = figures_of(request).glance()
    speakers = figures_of(request).speakers(HEARD)
    most = max((who.statements for who in speakers), default=1) or 1
    page = HomePage(
        figures=figure_lines(glance),
        latest=tuple(map(article_line, listing.articles(archive, n=LATEST))),
        speakers=tuple(
            PersonLine(
                f"/people/{p.id}", in_a_line(p.name), p.kind, p.statements, p.articles, p.about, p.statements / most
            )
            for p in speakers
        ),
        where=_name_of(archive),
    )
    return show(request, "home.html", page)


@router.get("/articles")
def articles(request: Request, _: Reader, before: Before = None) -> Response:
    """Articles, the last added first."""
    archive = archive_of(request)
    found = listing.articles(archive, before=before, n=A_LIST + 1)
    glance = figures_of(request).glance()
    older = f"/articles?before={found[A_LIST - 1].id}" if len(found) > A_LIST else ""
    page = ArticlesPage(glance.articles if glance else 0, tuple(map(article_line, found[:A_LIST])), older)
    return show(request, "articles.html", page, here="articles")


@router.get("/articles/{id}")
def article(request: Request, _: Reader, id: Number) -> Response:
    """An article with its statements marked."""
    return show(request, "article.html", article_values(archive_of(request), id), here="articles")


@router.get("/articles/{id}/history")
def article_history(request: Request, who: Reader, id: Number) -> Response:
    """All that persons changed in an article, the last first."""
    archive = archive_of(request)
    held = loading.article(archive, id)
    log = journal.history(archive, article=id, last=MOST_ROWS)
    return show(request, "history.html", history_page(held, log, may_erase=who.may("admin")), here="articles")


@router.get("/statements/{id}")
def statement(request: Request, _: Reader, id: Number, part: str = "") -> Response:
    """One statement, as a page or, for the panel beside its article, as a part of one."""
    page = statement_values(archive_of(request), id)
    return show(request, "panel_alone.html" if part == "panel" else "statement.html", page, here="articles")


@router.get("/about")
def about(request: Request, _: Reader) -> Response:
    """How to read the pages."""
    return show(request, "about.html", AboutPage(_name_of(archive_of(request))))


def _name_of(archive: Archive) -> str:
    return archive.where.rsplit("/", 1)[-1]


def article_values(archive: Archive, id: Number) -> ArticlePage:
    """The page of an article. Raises NoSuchEntry."""
    with archive.database.reading():
        record = loading.load_record(archive, id)
        stored = listing.stored(archive, id)
        outlet = listing.outlet_id(archive, record.article.outlet)
        return article_page(
            record,
            stored,
            article=id,
            outlet_href=f"/outlets/{outlet}" if outlet is not None else "",
            versions=[
                Link(f"version {n}", f"/articles/{other}", moment(added))
                for other, n, added in listing.versions(archive, id)
            ],
            copies=[
                Link(
                    in_a_line(title, 80),
                    f"/articles/{other}",
                    f"{in_a_line(outlet or 'no outlet')}, {percent(share)} alike",
                )
                for other, title, outlet, share in listing.copies(archive, id)
            ],
        )


def statement_values(archive: Archive, id: Number) -> StatementPage:
    """The page of a statement, of whatever reading, also of one that was rejected. Raises NoSuchEntry."""
    with archive.database.reading():
        held = loading.statement(archive, id)
        record = loading.load_record(archive, held.article.id, None if held.shown else held.run)
        log = journal.history(archive, statement=id)
        occasion = listing.occasion_of(archive, id)
    local = held.statement.id
    if all(one.id != local for one in record.statements):
        record = replace(record, statements=(*record.statements, _loose(held.statement, record)))
    stored = Stored(id, held.review, held.person)
    return statement_page(record, local, stored, article=held.article.id, occasion=occasion, history=log)


def figure_lines(glance: Glance | None) -> tuple[Figure, ...]:
    """The figures of the first page."""
    if glance is None:
        return ()
    return (
        Figure("article" if glance.articles == 1 else "articles", glance.articles),
        Figure("statement" if glance.statements == 1 else "statements", glance.statements),
        Figure("speakers and spoken of", glance.people),
        Figure("outlet" if glance.outlets == 1 else "outlets", glance.outlets),
        Figure("looked at by a person", glance.reviewed),
    )


def article_line(one: Listed) -> ArticleLine:
    """An article as a line of a list."""
    outlet = Link(in_a_line(one.outlet or ""), f"/outlets/{one.outlet_id}" if one.outlet_id is not None else "")
    return ArticleLine(
        f"/articles/{one.id}", in_a_line(one.title or one.name, 160), outlet, day(one.published), one.statements
    )


def _loose(statement: Statement, record: Record) -> Statement:
    """A rejected statement fit to stand in the record again: without links to others that were rejected too."""
    known = {one.id for one in record.statements}
    within = statement.within if statement.within in known else None
    carried = statement.carried_from if statement.carried_from in known else None
    return replace(statement, within=within, carried_from=carried)
