"""The same as JSON, under /api: one file a matter, each with a `router` that stands in ROUTERS."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.api import correcting, entering, people, reading, searching
from onrecord.web.api.describing import describe

__all__ = ["ROUTERS", "describe"]

ROUTERS: tuple[APIRouter, ...] = (
    reading.router,
    searching.router,
    people.router,
    correcting.router,
    entering.router,
)
