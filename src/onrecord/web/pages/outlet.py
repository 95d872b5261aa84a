"""The page of an outlet: how it carries the words of others, measured over its latest articles."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.profiling import Profile, Row, Share
from onrecord.web import charts
from onrecord.web.pages.lists import ArticleLine
from onrecord.web.pages.words import in_a_line, percent

MOST = 12


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share with its 95 % interval in words, and the bar."""

    name: str
    value: str
    interval: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RowLine:
    """One speaker, or one body: how many statements, and the charts of their forms and stances."""

    name: str
    statements: int
    forms: str
    stances: str
    direct: str
    distancing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPage:
    """All that is shown of an outlet. `measured` says how much of it the shares were measured on."""

    name: str
    measured: str
    whole: bool
    voices: tuple[ShareLine, ...]
    speakers: tuple[RowLine, ...]
    bodies: tuple[RowLine, ...]
    articles: tuple[ArticleLine, ...]
    older: str


def outlet_page(
    name: str, profile: Profile | None, whole: bool, articles: tuple[ArticleLine, ...], older: str
) -> OutletPage:
    """The page of an outlet; `profile` is None where nothing of it was read, `whole` whether it is of all articles."""
    return OutletPage(
        name=in_a_line(name),
        measured=profile.size if profile else "",
        whole=whole,
        voices=tuple(_share(share) for share in profile.voices) if profile else (),
        speakers=tuple(_row(row) for row in (profile.everyone, *profile.speakers[:MOST])) if profile else (),
        bodies=tuple(_row(row) for row in profile.bodies[:MOST]) if profile else (),
        articles=articles,
        older=older,
    )


def _share(share: Share) -> ShareLine:
    interval = f"{percent(share.low)} to {percent(share.high)}"
    return ShareLine(share.name, percent(share.value), interval, share.value, share.low, share.high)


def _row(row: Row) -> RowLine:
    name = in_a_line(row.name)
    by_name = {share.name: share for share in (*row.forms, *row.stances)}
    return RowLine(
        name=name,
        statements=row.statements,
        forms=charts.shares(
            [(f"f-{share.name}", share.name, share.hits) for share in row.forms], f"{name}: {_told(row.forms)}"
        ),
        stances=charts.shares(
            [(f"s-{share.name}", share.name, share.hits) for share in row.stances], f"{name}: {_told(row.stances)}"
        ),
        direct=percent(by_name["direct"].value),
        distancing=percent(by_name["distancing"].value),
    )


def _told(shares: tuple[Share, ...]) -> str:
    return ", ".join(f"{share.name} {share.hits:,} of {share.total:,}" for share in shares if share.hits) or "none"
