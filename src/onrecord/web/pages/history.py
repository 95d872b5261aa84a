"""The log of an article: what persons changed in it, the last first; and, for an admin, the way to erase it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.archive.correcting.correction_log import Correction
from onrecord.archive.store.loading import StoredArticle
from onrecord.web.pages.statement import DONE
from onrecord.web.pages.words import in_a_line, moment


@dataclass(frozen=True, slots=True)
class LogLine:
    """One row of the log."""

    id: int
    at: str
    who: str
    did: str
    fields: str
    href: str
    why: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """All that is shown of the log of an article. `may_erase` is whether the visitor may erase the article."""

    article: int
    title: str
    lines: tuple[LogLine, ...]
    may_erase: bool


def history_page(article: StoredArticle, log: Sequence[Correction], *, may_erase: bool) -> HistoryPage:
    """The page; `log` in the order in which it was written."""
    return HistoryPage(
        article=article.id,
        title=in_a_line(article.title or article.name),
        lines=tuple(
            LogLine(
                id=entry.id,
                at=moment(entry.at),
                who=in_a_line(entry.who),
                did=DONE.get(entry.action, entry.action) if entry.undoes is None else f"undid no. {entry.undoes}",
                fields=", ".join(name.replace("_", " ") for name in entry.fields) if entry.action != "add" else "",
                href=f"/statements/{entry.statement}" if entry.statement else "",
                why=in_a_line(entry.why),
            )
            for entry in reversed(log)
        ),
        may_erase=may_erase,
    )
