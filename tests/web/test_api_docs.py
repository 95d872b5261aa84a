"""docs/api.md names every address, and what it shows runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.web.api import ROUTERS
from onrecord.web.settings import Settings
from web.room import ROOT, served

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")


def blocks(language: str) -> Iterator[str]:
    for found in re.finditer(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        yield found[1]


def test_every_address_is_in_the_table() -> None:
    named = set(re.findall(r"^\| `([A-Z]+ /api[^`]*)`", PAGE, re.MULTILINE))
    routes: list[Any] = [route for router in ROUTERS for route in router.routes]
    assert named == {f"{method} {route.path}" for route in routes for method in route.methods}


@pytest.fixture
def room(archive_file: Path) -> Iterator[str]:
    with served(Settings(archive=str(archive_file))) as address:
        yield address


def test_the_programs_run(room: str) -> None:
    names: dict[str, Any] = {}
    for program in blocks("python"):
        exec(program.replace("http://127.0.0.1:8017", room), names)
    assert len(names["said"]) > 2
    assert names["done"]["id"] >= 1


def test_the_examples_are_json() -> None:
    assert [sorted(json.loads(example))[0] for example in blocks("json")] == ["detail", "mcpServers"]
