"""The shipped tables, read as text and parsed a row at a time, so that loading costs a few milliseconds.

    people.tsv.gz   name, other names, Wikidata, gender, born, numbers of its rows in terms.tsv
    terms.tsv.gz    body, key of the role, role, number of the person, start, end, source, as of; sorted
    names.tsv.gz    folded word of a name, numbers of the persons; sorted
    genders.tsv.gz  first name, m or f

``training/directory.py`` writes them. An end that begins with "<" is only known to be no later.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files
from itertools import islice
from typing import Literal

from onrecord.directory.values import Person, Source, Term

Shipped = Literal["people.tsv", "terms.tsv", "names.tsv", "genders.tsv"]
GENDERS: dict[str, Literal["male", "female"]] = {"m": "male", "f": "female"}


class Tables:
    """Persons and their terms, by number, by word of the name, by body and role, and by Wikidata number."""

    def __init__(self) -> None:
        self._people = _text("people.tsv").splitlines()
        self._terms = _text("terms.tsv").splitlines()
        self._names = "\n" + _text("names.tsv")
        self._sources = sources()
        self._parsed: dict[int, Person] = {}

    def __len__(self) -> int:
        return len(self._people)

    def named(self, key: str) -> list[int]:
        """The numbers of the persons in whose names a word folds to ``key``."""
        at = self._names.find(f"\n{key}\t")
        if at < 0:
            return []
        start = at + len(key) + 2
        return [int(number) for number in self._names[start : self._names.index("\n", start)].split(" ")]

    def person(self, number: int) -> Person:
        """The person with that number."""
        if number not in self._parsed:
            name, aka, wikidata, gender, born, rows = self._people[number].split("\t")
            self._parsed[number] = Person(
                name=name,
                wikidata=wikidata or None,
                aka=tuple(aka.split("|")) if aka else (),
                gender=GENDERS.get(gender),
                born=born or None,
                offices=tuple(self._term(int(row), name) for row in rows.split(" ") if row),
            )
        return self._parsed[number]

    def numbered(self, wikidata: str) -> int | None:
        """The number of the person with that Wikidata number."""
        return self._by_wikidata.get(wikidata)

    def terms(self, body: str, rank: str) -> Iterator[tuple[int, str, Term]]:
        """Number of the person, key of the role, term: of all roles of ``body`` that begin with ``rank``."""
        start = f"{body}\t{rank}"
        for line in islice(self._terms, bisect_left(self._terms, start), None):
            if not line.startswith(start):
                return
            _, key, _, number, _ = line.split("\t", 4)
            yield int(number), key, self._parse(line, self._people[int(number)].split("\t", 1)[0])

    def bodies_with(self, key: str) -> tuple[str, ...]:
        """The ids of the bodies that have an office with that key."""
        return tuple(sorted(self._bodies_by_key.get(key, ())))

    @cached_property
    def genders(self) -> dict[str, str]:
        """First names in lower case to m or f."""
        return dict(line.split("\t") for line in _text("genders.tsv").splitlines())

    @cached_property
    def _by_wikidata(self) -> dict[str, int]:
        rows = enumerate(line.split("\t", 3) for line in self._people)
        return {row[2]: number for number, row in rows if row[2]}

    @cached_property
    def _bodies_by_key(self) -> dict[str, set[str]]:
        table: dict[str, set[str]] = {}
        for line in self._terms:
            body, key, _ = line.split("\t", 2)
            table.setdefault(key, set()).add(body)
        return table

    def _term(self, row: int, person: str) -> Term:
        return self._parse(self._terms[row], person)

    def _parse(self, line: str, person: str) -> Term:
        of, key, role, _, start, end, source, as_of = line.split("\t")
        return Term(
            person=person,
            role=role,
            key=key,
            of=of,
            start=start or None,
            end=end.removeprefix("<") or None,
            end_is_latest=end.startswith("<"),
            source=self._sources[source],
            as_of=as_of,
        )


def sources() -> dict[str, Source]:
    """What the codes in the tables stand for."""
    rows = (line.split("\t") for line in _plain("sources.tsv"))
    return {code: Source(name, as_of, licence) for code, name, as_of, licence in rows}


def rows_of(name: str) -> Iterator[list[str]]:
    """The fields of each row of a table written by hand."""
    return (line.split("\t") for line in _plain(name))


def _plain(name: str) -> Iterator[str]:
    text = files("onrecord.data.directory").joinpath(name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _text(name: Shipped) -> str:
    return gzip.decompress(files("onrecord.data.directory").joinpath(f"{name}.gz").read_bytes()).decode("utf-8")
