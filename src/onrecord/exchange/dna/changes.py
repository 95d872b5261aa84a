"""What a person changed in a .dna file since it was written: codes changed, statements added and taken out.

DNA keeps no log. Whose change it is can be told where the statement has a person for its coder, or where one person
alone codes in the file; else it is nobody's, and whoever brings the file in must say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.exchange.coders import is_machine
from onrecord.exchange.dna.project import ADMIN, DnaProject
from onrecord.records.coded import VARIABLES, Coded, Scalar

Kind = Literal["changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One change to one statement: a `variable` from `old` to `new`; for what was added or removed, no variable.

    `who` is the coder, None where the file does not tell. `statement` is as it stands now, or stood.
    """

    kind: Kind
    statement: Coded
    who: str | None
    variable: str | None = None
    old: Scalar = None
    new: Scalar = None


def changes(before: DnaProject, after: DnaProject, *, who: str | None = None) -> list[CodeChange]:
    """The changes from one to the other, by statement; of `who`, or of whom the files tell."""
    old = {coded.id: coded for coded in before.statements}
    new = {coded.id: coded for coded in after.statements}
    people = _people(before, after)
    only = next(iter(people)) if len(people) == 1 else None
    found: list[CodeChange] = []
    for id_, now in new.items():
        coder = who or (now.coder if not now.by_machine else only)
        then = old.get(id_)
        if then is None:
            found.append(CodeChange("added", now, coder))
            continue
        found.extend(
            CodeChange("changed", now, coder, name, was, became) for name, was, became in _differences(then, now)
        )
    gone = (coded for id_, coded in old.items() if id_ not in new)
    return found + [CodeChange("removed", coded, who or (only if coded.by_machine else coded.coder)) for coded in gone]


def changed(before: DnaProject, after: DnaProject, *, who: str | None = None) -> tuple[Coded, ...]:
    """The statements as they stand now; what a person changed is that person's code, and no longer a machine's."""
    touched: dict[str, str | None] = {}
    for change in changes(before, after, who=who):
        touched[change.statement.id] = change.who
    return tuple(
        replace(coded, by_machine=False, coder=touched[coded.id] or "", confidence=None)
        if coded.id in touched and coded.by_machine
        else coded
        for coded in after.statements
    )


def _people(*projects: DnaProject) -> set[str]:
    """Persons who code: those who are not the Admin that every file has, unless there is nobody else."""
    found: set[str] = set()
    for project in projects:
        found |= {str(row[1]) for row in project.tables.get("CODERS", ())}
        found |= {coded.coder for coded in project.statements}
    people = {name for name in found if name and not is_machine(name)}
    return people - {ADMIN} or people


def _differences(then: Coded, now: Coded) -> Sequence[tuple[str, Scalar, Scalar]]:
    names = dict.fromkeys([*VARIABLES, *(name for name, _ in (*then.extra, *now.extra))])
    pairs = [(name, _held(then, name), _held(now, name)) for name in names]
    if then.words != now.words:
        pairs.append(("words", then.words, now.words))
    return [pair for pair in pairs if (pair[1] or "") != (pair[2] or "") or (pair[1] is None) != (pair[2] is None)]


def _held(coded: Coded, name: str) -> Scalar:
    return coded.get(name) if name in VARIABLES else dict(coded.extra).get(name)
