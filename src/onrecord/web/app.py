"""The application: guards around routes. `make_app` for a test or one process, `from_environment` for workers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from onrecord.version import __version__
from onrecord.web import api
from onrecord.web.archives import Archives
from onrecord.web.failures import catch_failures, fault
from onrecord.web.figures import Figures
from onrecord.web.guarding.audit import Audit
from onrecord.web.guarding.guards import Guards
from onrecord.web.readers import Readers
from onrecord.web.rendering import STATIC
from onrecord.web.routes import ROUTERS
from onrecord.web.settings import Settings

THREADS = 8
"""Answers made at once in a process, each thread with a connection; more would only wait for one another."""

SHORTEST_PACKED = 1_000
FOR_EVER = "public, max-age=31536000, immutable"


class Static(StaticFiles):
    """The style sheet, the modules and the mark; an address with a digest in it is kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = FOR_EVER if scope["query_string"] else "no-cache"
        return response


def make_app(settings: Settings) -> FastAPI:
    """The reading room over the archive that `settings` name."""
    archives, figures, audit = Archives(settings), Figures(settings), Audit(settings.audit)
    readers = Readers(settings.directory, settings.seconds)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        figures.warm()
        yield
        await readers.close()
        figures.close()
        archives.close()

    app = FastAPI(
        title="onrecord",
        version=__version__,
        summary="Who said what, in news text.",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.settings, app.state.archives, app.state.figures, app.state.audit = settings, archives, figures, audit
    app.state.readers = readers
    app.add_middleware(GZipMiddleware, minimum_size=SHORTEST_PACKED, compresslevel=4)
    app.add_middleware(Guards, settings=settings, audit=audit, fault=fault)
    catch_failures(app)
    app.state.api = bool(api.ROUTERS)
    api.describe(app)
    routers = (*ROUTERS, *api.ROUTERS)
    app.state.routes = tuple(route for router in routers for route in router.routes)
    for router in routers:
        app.include_router(router)
    app.mount("/static", Static(directory=str(STATIC)), name="static")
    return app


def from_environment() -> FastAPI:
    """The application of a worker, told by the environment."""
    return make_app(Settings.from_environment())
