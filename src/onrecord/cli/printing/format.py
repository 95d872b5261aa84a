"""What the formats of `read` and `check` have in common."""

from __future__ import annotations

from typing import Generic, TextIO, TypeVar

Item = TypeVar("Item")


class Format(Generic[Item]):
    """What items are handed to, one by one; `name` is what the input of one is called."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def add(self, item: Item, name: str = "") -> None:
        """Print an item, or keep it."""

    def close(self) -> None:
        """Print what was kept."""
