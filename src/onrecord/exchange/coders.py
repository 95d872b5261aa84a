"""Who coded, as files show it: the name of a program begins with `onrecord `, which no person's may."""

from __future__ import annotations

import onrecord
from onrecord.errors import RecordError
from onrecord.records.coded import Coded

MACHINE = "onrecord "


def is_machine(name: str) -> bool:
    """Whether a coder of this name is a program."""
    return name.startswith(MACHINE)


def shown_coder(coded: Coded, nobody: str = "") -> str:
    """The name for a file; `nobody` for a person who has none. Raises RecordError for a person called as a program."""
    if coded.by_machine:
        name = coded.coder or onrecord.__version__
        return name if is_machine(name) else MACHINE + name
    if is_machine(coded.coder):
        raise RecordError(
            f"a person called {coded.coder!r} as a coder", "a name that no program has", "Rename the coder"
        )
    return coded.coder or nobody
