"""The user's own people, offices and bodies, from CSV or TOML.

CSV, one office (or body) a line, the first line naming the columns; all but name may be left out or empty, and
several other names stand with | between:

    name,kind,wikidata,aka,gender,born,role,of,start,end,as_of,head
    Rena Holt,person,,R. Holt,female,1970,harbour master,Quayport,2019-04-01,,2024-12-31,
    Quayport,place,,Port of Quay,,,,,,,,mayor

TOML, one table a person or body:

    [[person]]
    name = "Rena Holt"
    aka = ["R. Holt"]
    offices = [{ role = "harbour master", of = "Quayport", start = "2019-04-01", as_of = "2024-12-31" }]

    [[body]]
    name = "Quayport"
    kind = "place"          # or organisation, outlet
    demonyms = ["Quayporter"]

`of` is a body of the same files or of the shipped directory, in words or by id. An office without an end went on until
`as_of`, which is needed then.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from onrecord.directory.bodies import Bodies
from onrecord.directory.roles import canonical
from onrecord.directory.values import Body, BodyKind, Person, Source, Term, span_of
from onrecord.errors import InputError, MissingInput, UsageError

PERSON = {"name", "kind", "wikidata", "aka", "gender", "born"}
OFFICE = {"role", "of", "start", "end", "as_of"}
BODY = {"name", "kind", "wikidata", "aka", "id", "demonyms", "capital", "of", "head", "start", "end"}
COLUMNS = PERSON | OFFICE | BODY
KINDS = ("person", *get_args(BodyKind))
LISTS = ("aka", "demonyms")
GENDERS: dict[str, Literal["male", "female"]] = {"male": "male", "female": "female", "m": "male", "f": "female"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: where it stands, and what it says."""

    place: str
    said: Mapping[str, str]

    def refuse(self, seen: str, wanted: str, todo: str) -> InputError:
        return InputError(f"{self.place}: {seen}", wanted, todo)


def read_files(paths: Sequence[Path], bodies: Bodies) -> tuple[Person, ...]:
    """The persons in the files; their bodies are added to ``bodies``. Raises InputError with file and line."""
    entries = [entry for path in paths for entry in _entries(path)]
    people: dict[tuple[str, str], Person] = {}
    for entry in entries:
        _check(entry)
        if entry.said.get("kind") not in ("", None, "person"):
            bodies.add(_body(entry, bodies))
    for entry in entries:
        if entry.said.get("kind") in ("", None, "person"):
            key = (entry.said["name"], entry.said.get("wikidata", ""))
            people[key] = _with(people.get(key) or _person(entry), entry, bodies)
    return tuple(people.values())


def _entries(path: Path) -> Iterator[Entry]:
    if path.suffix.lower() not in (".csv", ".toml"):
        raise UsageError(f"--directory {path}", "a file that ends in .csv or .toml", "Rename it, or convert it")
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise MissingInput(f"{path} ({reason})", "a file that can be read", "Check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} with bytes that are not UTF-8", "UTF-8", "Save it as UTF-8") from error
    yield from _csv(path, text) if path.suffix.lower() == ".csv" else _toml(path, text)


def _csv(path: Path, text: str) -> Iterator[Entry]:
    rows = csv.reader(text.splitlines())
    header = [column.strip() for column in next(rows, [])]
    _known(f"{path}:1", header, COLUMNS)
    for row in rows:
        if any(field.strip() for field in row):
            entry = Entry(f"{path}:{rows.line_num}", dict(zip(header, map(str.strip, row), strict=False)))
            if len(row) > len(header):
                raise entry.refuse(
                    f"{len(row)} fields", f"{len(header)}, as in line 1", "Quote fields that hold a comma"
                )
            yield entry


def _toml(path: Path, text: str) -> Iterator[Entry]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: {error}", "TOML", "Mend the line") from error
    _known(str(path), tables, {"person", "body"})
    for kind, known in (("person", PERSON | {"offices"}), ("body", BODY)):
        rows = tables.get(kind, [])
        for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
            place = f"{path}: {kind} {number}"
            if not isinstance(row, dict):
                raise InputError(f"{place}: {row!r}", f"a table [[{kind}]]", f"Write [[{kind}]] above it")
            _known(place, row, known)
            said = {key: _text(value) for key, value in row.items() if key != "offices"}
            said.setdefault("kind", "person" if kind == "person" else "organisation")
            offices = row.get("offices") or [{}]
            for office in offices:
                _known(place, office, OFFICE)
                yield Entry(place, said | {key: _text(value) for key, value in office.items()})


def _known(place: str, names: Iterable[str], known: set[str]) -> None:
    if unknown := ", ".join(sorted(set(names) - known)):
        raise InputError(f"{place}: unknown {unknown!r}", f"some of {', '.join(sorted(known))}", "Rename or remove it")


def _text(value: Any) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _check(entry: Entry) -> None:
    said = entry.said
    if not said.get("name"):
        raise entry.refuse("no name", "a name", "Name the person or body")
    if said.get("kind", "") not in ("", *KINDS):
        raise entry.refuse(f"the kind {said['kind']!r}", f"one of {', '.join(KINDS)}", "Choose one")
    if said.get("gender", "") not in ("", *GENDERS):
        raise entry.refuse(f"the gender {said['gender']!r}", "male, female or nothing", "Choose one")
    for column in ("start", "end", "as_of", "born"):
        if said.get(column):
            try:
                span_of(said[column])
            except UsageError as error:
                raise entry.refuse(f"{column} {said[column]!r}", error.wanted, error.todo) from error


def _person(entry: Entry) -> Person:
    said = entry.said
    return Person(
        name=said["name"],
        wikidata=said.get("wikidata") or None,
        aka=tuple(filter(None, said.get("aka", "").split("|"))),
        gender=GENDERS.get(said.get("gender", "")),
        born=said.get("born") or None,
    )


def _with(person: Person, entry: Entry, bodies: Bodies) -> Person:
    said = entry.said
    role, of, start, end, as_of = (said.get(key, "") for key in ("role", "of", "start", "end", "as_of"))
    if not role and not of:
        return person
    if not role or not of:
        raise entry.refuse(
            "a role without of" if role else "of without a role", "both", "Say which office of which body"
        )
    named = bodies.find(of)
    body = bodies.get(of) or (named[0].body if named else None)
    if body is None:
        raise entry.refuse(f"of {of!r}", "a body of these files or of the directory", "Add it with its kind")
    if not end and not as_of:
        raise entry.refuse("an office with neither end nor as_of", "one of them", "Say until when this is known")
    if start and end and span_of(end)[1] < span_of(start)[0]:
        raise entry.refuse(f"end {end} before start {start}", "a start before the end", "Mend one of them")
    term = Term(
        person=person.name, role=role, key=canonical(role, body.id).key, of=body.id, start=start or None,
        end=end or None, source=Source(entry.place, as_of or end), as_of=as_of or end,
    )  # fmt: skip
    return replace(person, offices=(*person.offices, term))


def _body(entry: Entry, bodies: Bodies) -> Body:
    said = entry.said
    kind: BodyKind = next(kind for kind in get_args(BodyKind) if kind == said["kind"])
    owner = bodies.find(said["of"]) if said.get("of") else ()
    return Body(
        id=said.get("id") or f"user:{said['name']}",
        name=said["name"],
        kind=kind,
        wikidata=said.get("wikidata") or None,
        aka=tuple(filter(None, said.get("aka", "").split("|"))),
        demonyms=tuple(filter(None, said.get("demonyms", "").split("|"))),
        capital=said.get("capital") or None,
        head=canonical(said["head"]).key if said.get("head") else None,
        of=owner[0].body.id if owner else None,
        start=said.get("start") or None,
        end=said.get("end") or None,
        source=Source(entry.place, said.get("as_of", "")),
    )
