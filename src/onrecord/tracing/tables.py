"""The word lists and rules of tracing, read once from ``data/tracing/``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "fr", "de", "es", "ru")
"""Those with word lists, ISO 639-1."""


@lru_cache(maxsize=8)
def table(name: str) -> Mapping[str, Any]:
    """The table ``data/tracing/<name>.toml``."""
    place = files("onrecord").joinpath("data", "tracing", f"{name}.toml")
    return tomllib.loads(place.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def words(language: str | None, kind: str) -> frozenset[str]:
    """The words of one kind in a language (English where it has no list), in normal form."""
    lists = table("words")
    group = lists.get(language or "en", lists["en"])
    return frozenset(str(group.get(kind, "")).split())
