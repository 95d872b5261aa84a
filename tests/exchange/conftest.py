"""The archive of the examples, for the formats that the reading room speaks."""

from __future__ import annotations

from web.conftest import archive_file, examples

__all__ = ["archive_file", "examples"]
