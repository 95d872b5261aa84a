"""The word lists of the pairs, from ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_tables()["lists"][name].split())


@cache
def ordered(name: str) -> tuple[str, ...]:
    """The words of a list in their order."""
    return tuple(_tables()["lists"][name].split())


@cache
def mapped(name: str) -> Mapping[str, str]:
    """A list of words with what takes their place."""
    return dict(_tables()[name])
