"""Builds the directory's tables: ``python -m training.directory [DATA]`` writes src/onrecord/data/directory/*.gz.

    offices.csv (by hand) > Institute for Government > us-congress > Wikidata > CIA October 2019

Where two sources know the same person in the same office at the same time, the row of the first of these is kept. An
open end that the next holder of a one-seat office makes impossible becomes "at the latest then" (``<2014-06-19``).
Written the same from the same data: sorted, and without a time in the gzip header.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.directory.names import fold, keys_of, likeness, words_of
from onrecord.directory.values import span_of
from training import directory_sources as sources
from training.directory_sources import Row

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data" / "officeholders"
SHIPPED = ROOT / "src" / "onrecord" / "data" / "directory"
RANK = {"hand": 0, "ifg": 1, "congress": 2, "wikidata": 3, "cia": 4}
ONE_SEAT_OVERLAP = 0.2
"""An office is held by one at a time if no more than this share of its terms overlaps another by over MONTHS."""
MONTHS = 61
"""Days of overlap between two holders that are no changeover."""
SURE_OF_GENDER, BEARERS = 0.95, 3


@dataclass(slots=True)
class Holder:
    """A person put together from the sources."""

    name: str
    number: int
    wikidata: str = ""
    gender: str = ""
    born: str = ""
    aka: set[str] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)

    def take(self, row: Row) -> None:
        self.rows.append(row)
        self.wikidata = self.wikidata or row.wikidata
        self.gender = self.gender or row.gender
        self.born = max(self.born, row.born, key=len)
        self.aka |= {row.person, *row.aka} - {self.name}


class People:
    """All persons so far, found again by Wikidata number, by a source's own number, or by name and country."""

    def __init__(self) -> None:
        self.all: list[Holder] = []
        self.by_number: dict[str, Holder] = {}
        self.by_word: dict[tuple[str, str], list[Holder]] = defaultdict(list)
        self.by_full_name: dict[tuple[str, ...], set[int]] = defaultdict(set)

    def add(self, row: Row) -> None:
        numbers = [n for n in (row.wikidata, row.id and f"{row.source}:{row.id}") if n]
        holder = next((self.by_number[n] for n in numbers if n in self.by_number), None)
        holder = holder or self._by_name(row) or self._new(row)
        holder.take(row)
        for number in numbers:
            self.by_number.setdefault(number, holder)
        for name in (row.person, *row.aka):
            self.by_full_name[_folded(name)].add(holder.number)
            for word in words_of(name):
                mine = self.by_word[row.of, fold(word)]
                if holder not in mine:
                    mine.append(holder)

    def _by_name(self, row: Row) -> Holder | None:
        names = (row.person, *row.aka)
        near = {id(h): h for n in names for w in words_of(n) for h in self.by_word.get((row.of, fold(w)), ())}
        found = [h for h in near.values() if self._same(row, names, h)]
        if len(found) == 1:
            return found[0]
        if not found and row.source == "hand" and len(words_of(row.person)) > 1:
            abroad = [self.all[n] for n in self.by_full_name.get(_folded(row.person), ())]
            return abroad[0] if len(abroad) == 1 and self._same(row, names, abroad[0]) else None
        return None

    def _same(self, row: Row, names: Iterable[str], holder: Holder) -> bool:
        if row.wikidata and holder.wikidata and row.wikidata != holder.wikidata:
            return False
        if row.gender and holder.gender and row.gender != holder.gender:
            return False
        threshold = 0.8
        return any(max(_full(a, b), _full(b, a)) >= threshold for a in names for b in {holder.name, *holder.aka})

    def _new(self, row: Row) -> Holder:
        holder = Holder(row.person, len(self.all))
        self.all.append(holder)
        return holder


def _folded(name: str) -> tuple[str, ...]:
    return tuple(sorted(fold(word) for word in words_of(name)))


def _full(asked: str, known: str) -> float:
    """Likeness of names of at least two words each."""
    return likeness(asked, known)[0] if len(words_of(asked)) > 1 and len(words_of(known)) > 1 else 0.0


def build(data: Path) -> dict[str, str]:
    """The text of each table, by its name."""
    countries = _countries()
    people = People()
    for rows in (
        sources.wikidata(data),
        sources.congress(data),
        sources.institute_for_government(data),
        sources.by_hand(),
        sources.world_leaders(data, countries),
    ):
        for row in rows:
            people.add(row)
    for holder in people.all:
        holder.rows = _kept(holder.rows)
    _close_open_ends(people.all)
    _dispute(people.all)
    holders = sorted((h for h in people.all if h.rows), key=lambda h: (h.name, h.wikidata, h.rows[0].of))
    return {**_tables(holders), "genders.tsv": _genders(data)}


def _kept(rows: list[Row]) -> list[Row]:
    """A person's rows without those that a better source, or another row of the same, already tells."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda r: (RANK[r.source], r.of, r.key, r.start, r.end or "9")):
        same = [k for k in kept if (k.of, k.key) == (row.of, row.key)]
        if row.source == "cia":
            if not any(_covers(k, sources.CIA_AS_OF) for k in same):
                kept.append(row)
        elif any(RANK[k.source] < RANK[row.source] and (k.source == "hand" or _overlap(k, row) > 0) for k in same):
            for better in same:
                _sharpen(better, row)
        elif twin := next((k for k in same if k.source == row.source and _touch(k, row)), None):
            twin.end = "" if not (twin.end and row.end) else max(twin.end, row.end)
        else:
            kept.append(row)
    return kept


def _close_open_ends(holders: list[Holder]) -> None:
    offices: dict[tuple[str, str], list[tuple[Row, Holder]]] = defaultdict(list)
    for holder in holders:
        for row in holder.rows:
            if row.start:
                offices[row.of, row.key].append((row, holder))
    for terms in offices.values():
        one_seat = _one_seat([row for row, _ in terms])
        for row, holder in terms:
            if row.end:
                continue
            later = [r.start for r, h in terms if r.start > row.start and (h is holder or one_seat)]
            if later:
                row.end = "<" + min(later)


def _dispute(holders: list[Holder]) -> None:
    """Set apart rows that contradict a chain of holders written by hand: a minister of a state among the federal ones,
    an official called a minister. They stay with their person, under a key that no office has."""
    offices: dict[tuple[str, str], list[tuple[Row, Holder]]] = defaultdict(list)
    for holder in holders:
        for row in holder.rows:
            if row.start:
                offices[row.of, row.key].append((row, holder))
    for terms in offices.values():
        chain = [(row, holder) for row, holder in terms if row.source == "hand"]
        if not _one_seat([row for row, _ in chain]):
            continue
        for row, holder in terms:
            against = [r for r, h in chain if h is not holder and _overlap(row, r) > MONTHS]
            if row.source == "wikidata" and against:
                row.key = f"disputed {row.key}"


def _sharpen(row: Row, other: Row) -> None:
    """Take over the other's dates where they say the same, but to the day."""
    if other.start.startswith(row.start):
        row.start = other.start
    if row.end and other.end.startswith(row.end):
        row.end = other.end


def _one_seat(rows: list[Row]) -> bool:
    closed = [row for row in rows if row.end]
    crowded = sum(any(o is not row and _overlap(row, o) > MONTHS for o in closed) for row in closed)
    return crowded <= ONE_SEAT_OVERLAP * len(closed)


def _overlap(a: Row, b: Row) -> int:
    """Days that two terms have in common, by the narrowest reading of their dates; 0 for none."""
    first = max(span_of(a.start)[1] if a.start else span_of(b.start)[1], span_of(b.start)[1])
    last = min(span_of(row.end.removeprefix("<") or "9999")[0] for row in (a, b))
    return max(0, (last - first).days)


def _touch(a: Row, b: Row) -> bool:
    """Whether b, which begins no earlier, goes on where a is not yet over."""
    if not a.end:
        return bool(b.start) and a.start[: len(b.start)] == b.start[: len(a.start)]
    return (span_of(b.start)[0] - span_of(a.end)[1]).days <= 1


def _covers(row: Row, day: str) -> bool:
    first, last = span_of(day)
    return (not row.start or span_of(row.start)[0] <= last) and (not row.end or span_of(row.end)[1] >= first)


def _tables(holders: list[Holder]) -> dict[str, str]:
    terms: list[tuple[str, ...]] = []
    names: dict[str, set[int]] = defaultdict(set)
    for number, holder in enumerate(holders):
        for row in holder.rows:
            terms.append((row.of, row.key, row.label, str(number), row.start, row.end, row.source, row.as_of))
        for name in {holder.name, *holder.aka}:
            for key in keys_of(name):
                names[key].add(number)
    terms.sort(key=lambda t: (t[0], t[1], t[4], int(t[3]), t))
    mine: dict[int, list[str]] = defaultdict(list)
    for line, term in enumerate(terms):
        mine[int(term[3])].append(str(line))
    people = [
        "\t".join((h.name, "|".join(sorted(h.aka)), h.wikidata, h.gender[:1], h.born, " ".join(mine[n])))
        for n, h in enumerate(holders)
    ]
    keyed = [f"{key}\t{' '.join(map(str, sorted(numbers)))}" for key, numbers in sorted(names.items())]
    return {
        "people.tsv": "\n".join(people) + "\n",
        "terms.tsv": "\n".join("\t".join(term) for term in terms) + "\n",
        "names.tsv": "\n".join(keyed) + "\n",
    }


def _genders(data: Path) -> str:
    lines = []
    for name, (men, women) in sorted(sources.genders(data).items()):
        most = max(men, women)
        if men + women >= BEARERS and most >= SURE_OF_GENDER * (men + women):
            lines.append(f"{name}\t{'m' if men == most else 'f'}")
    return "\n".join(lines) + "\n"


def _countries() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in (SHIPPED / "countries.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            id, _, name, others, *_ = line.split("\t")
            table.update(dict.fromkeys([name, *filter(None, others.split("|"))], id))
    return table


def main() -> None:
    """Read the sources and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m training.directory", description=__doc__.split("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="the folder officeholders")
    data = parser.parse_args().data
    if not (data / "holders.csv").exists():
        sys.exit(f"Saw no {data / 'holders.csv'}; wanted the folder officeholders. Give its path.")
    for name, text in build(data).items():
        packed = gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
        (SHIPPED / f"{name}.gz").write_bytes(packed)
        print(f"{name}.gz  {text.count(chr(10))} rows  {len(packed) // 1024} KB")


if __name__ == "__main__":
    main()
