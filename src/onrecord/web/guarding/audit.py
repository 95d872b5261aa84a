"""The log of who did what: one JSON line for each change, sign-in and refusal. No text of an article is in it.

Corrections also stand in the archive, with what was before and after.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

WRITING = threading.Lock()
LONGEST = 200


class Audit:
    """Writes to `path`, or, where there is none, to standard error through `logging`."""

    def __init__(self, path: str | None = None) -> None:
        self._path = Path(path) if path else None

    def note(self, who: str, action: str, what: str, outcome: int, address: str = "") -> None:
        """`who` did `action` to `what`, from `address`; `outcome` is the HTTP status."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        values = {"at": at, "who": who, "from": address, "action": action, "what": what[:LONGEST], "outcome": outcome}
        line = json.dumps(values, ensure_ascii=True)
        if self._path is None:
            logging.getLogger("onrecord.audit").info(line)
            return
        try:
            with WRITING, self._path.open("a", encoding="ascii") as stream:
                stream.write(line + "\n")
        except OSError as error:
            sys.stderr.write(f"onrecord: the audit log cannot be written ({error}); {line}\n")
