"""The queue: statements that nobody looked at yet, the least certain first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.answers import listing
from onrecord.archive.correcting.reviewing import progress, queue
from onrecord.web.frames import show
from onrecord.web.guarding.guards import Coder
from onrecord.web.pages.queue import queue_page, reach
from onrecord.web.routes.reading import archive_of, figures_of

router = APIRouter(include_in_schema=False)
A_PAGE = 12


@router.get("/queue")
def reviewing(request: Request, _: Coder, after: str = "") -> Response:
    """The next statements to look at."""
    archive = archive_of(request)
    with archive.database.reading():
        found = queue(archive, after=after or None, n=A_PAGE)
        around = {one.id: listing.piece_of(archive, one.article.id, *reach(one)) for one in found.statements}
        done = progress(archive)[0]
        seen = listing.last_corrections(archive, [one.id for one in found.statements])
    total = max(done, figures_of(request).statements())
    more = f"/queue?after={found.cursor}" if found.cursor else ""
    return show(request, "queue.html", queue_page(found.statements, around, seen, done, total, more), here="queue")
