"""The same as JSON, under /api: one file a matter, each with a `router` that stands in ROUTERS."""

from __future__ import annotations

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
