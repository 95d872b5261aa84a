"""Which address leads to which page: one file a matter, each with a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.routes import (
    adding,
    correcting,
    entering,
    inception,
    merging,
    pasting,
    people,
    reading,
    reviewing,
    searching,
    tracing,
)

ROUTERS: tuple[APIRouter, ...] = (
    reading.router,
    people.router,
    searching.router,
    tracing.router,
    correcting.router,
    adding.router,
    merging.router,
    reviewing.router,
    pasting.router,
    entering.router,
    inception.router,
)
