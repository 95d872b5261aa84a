"""The directory: who held which office when, and what words name a body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, Self

from onrecord.directory.bodies import Bodies
from onrecord.directory.extra import read_files
from onrecord.directory.names import bare, fold, keys_of, likeness, words_of
from onrecord.directory.phrases import parse
from onrecord.directory.roles import COLLECTIVE, Role, canonical, from_key, plain
from onrecord.directory.tables import GENDERS, Tables
from onrecord.directory.values import (
    Answer,
    Body,
    Certainty,
    Day,
    Match,
    Membership,
    Named,
    Person,
    Post,
    Term,
    span_of,
)

ORDER: tuple[Certainty, ...] = ("certain", "possible", "unknown", "none")
SCORES: dict[Certainty, float] = {"certain": 1.0, "possible": 0.7, "unknown": 0.3, "none": 0.0}
FEW_BODIES = 3
"""A role without a body is looked up where no more bodies than this have it."""
HEADS = frozenset("head leader president director chair governor secretary speaker minister commander".split())
"""What news may call the one who leads an organisation, whatever the office is called there."""
SURNAME_FIRST = frozenset("CHN TWN HKG MAC KOR PRK VNM SGP KHM".split())
"""Where sources in English write the surname first."""
TWO_SURNAMES = frozenset("ESP MEX ARG COL CHL PER VEN CUB ECU BOL URY PRY CRI PAN NIC HND SLV GTM DOM".split())
"""Where the first of two surnames, the last but one word, is the one that is used."""
SOON = 150
"""Days within which somebody elect takes office."""


class Directory:
    """All that is known of persons, offices and bodies. Loaded once; every method is pure."""

    def __init__(self, tables: Tables, bodies: Bodies, extra: Sequence[Person] = ()) -> None:
        self._tables = tables
        self._bodies = bodies
        self._extra = tuple(extra)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Self:
        """The shipped directory with the user's files on top. Raises InputError for what they get wrong."""
        bodies = Bodies()
        return cls(Tables(), bodies, read_files(extra, bodies))

    def body(self, words: str, on: Day | None = None) -> Named | None:
        """The body that words name most likely, and by which way; None if none, or if it did not exist then."""
        return next(iter(self.bodies(words, on)), None)

    def bodies(self, words: str, on: Day | None = None) -> tuple[Named, ...]:
        """All bodies that words can name, the likeliest first."""
        return tuple(named for named in self._bodies.find(words) if on is None or _existed(named.body, on))

    def body_of(self, id: str) -> Body | None:
        """The body with that id."""
        return self._bodies.get(id)

    def parse_role(self, phrase: str) -> Post | None:
        """The office that a phrase names: ``role, body = directory.parse_role("Russian foreign minister")``.

        `of` is None where the phrase does not tell for whom; None is returned where it names no office.
        """
        return parse(phrase, self._bodies.find, self._bodies.get, self._tables.bodies_with)

    def holders(self, role: str | Role, of: str | Body | None, on: Day | None) -> Answer:
        """Who held the office on that day (at any time, if None). `of`: a body, its id, or words for it.

        Matches are certain or possible; see Answer for what stands in their place when there are none.
        """
        body = of if isinstance(of, Body) or of is None else self._named_body(of)
        if of is not None and body is None:
            return Answer((), "none", f"no country or organisation called {of!r} is known")
        asked = role if isinstance(role, Role) else canonical(role, body.id if body else None)
        found = list(self._offices(asked, body))
        if not found:
            return Answer((), "none", f"no {asked.key}{f' of {body.name}' if body else ''} is known")
        return _answer(asked, _fitting(asked, found, on), on)

    def people(self, name: str, on: Day | None = None) -> tuple[Match, ...]:
        """Everybody whose name this can be, the best first; of equals those first who were in office then."""
        matches = []
        for person in self._candidates(name):
            best = max(likeness(name, known) for known in (person.name, *person.aka))
            if best[0] and _by_surname(best[1], person):
                term, certainty = self._office_then(person, on)
                evidence = (best[1], *([self._told(term)] if term and certainty != "none" else []))
                matches.append(Match(person, round(best[0], 3), certainty, evidence, term))
        matches.sort(key=lambda m: (-m.score, ORDER.index(m.certainty), -len(m.person.offices), m.person.name))
        return tuple(matches)

    def person(self, wikidata: str) -> Person | None:
        """The person with that Wikidata number."""
        number = self._tables.numbered(wikidata)
        mine = next((p for p in self._extra if p.wikidata == wikidata), None)
        return mine or (self._tables.person(number) if number is not None else None)

    def roles(self, person: Person, on: Day | None = None) -> tuple[Match, ...]:
        """The offices a person held on that day: certain ones, then possible ones, then those it cannot tell of."""
        judged = [(term, term.holds(on) if on else "certain") for term in person.offices]
        matches = [
            Match(person, SCORES[certainty], certainty, (self._told(term),), term)
            for term, certainty in judged
            if certainty != "none"
        ]
        return tuple(sorted(matches, key=lambda m: (ORDER.index(m.certainty), m.term.start or "" if m.term else "")))

    def members(self, organisation: str | Body, on: Day | None = None) -> tuple[Membership, ...]:
        """Who belongs to an organisation on that day."""
        body = organisation if isinstance(organisation, Body) else self._named_body(organisation)
        return self._memberships(on, lambda m: body is not None and m.organisation == body.id)

    def memberships(self, of: str | Body, on: Day | None = None) -> tuple[Membership, ...]:
        """The organisations that a body belongs to on that day."""
        body = of if isinstance(of, Body) else self._named_body(of)
        return self._memberships(on, lambda m: body is not None and m.body == body.id)

    def gender_of_given_name(self, name: str) -> Literal["male", "female"] | None:
        """What at least 95 % (and three) of the office holders with that first name are; None where they are few."""
        first = plain(name).split()
        return GENDERS.get(self._tables.genders.get(first[0], "")) if first else None

    def _named_body(self, words: str) -> Body | None:
        named = self.body(words)
        return self._bodies.get(words) or (named.body if named else None)

    def _offices(self, asked: Role, body: Body | None) -> Iterator[tuple[Person, Role, Term]]:
        """All terms in offices of that rank: of the body, or of what it belongs to or consists of."""
        found = [office for key in _keys(asked, body) for office in self._in_office(from_key(key), body)]
        if not found and body and body.head and asked.rank in HEADS:
            head = replace(from_key(body.head), acting=asked.acting)
            found = [
                (p, replace(r, rank=asked.rank, fields=asked.fields), t) for p, r, t in self._in_office(head, body)
            ]
        yield from found

    def _in_office(self, role: Role, body: Body | None) -> Iterator[tuple[Person, Role, Term]]:
        for place in self._places(role, body):
            found = list(self._terms(place, role.rank if not role.acting else f"acting {role.rank}"))
            if found:
                yield from found
                return

    def _places(self, role: Role, body: Body | None) -> list[str]:
        if body is None:
            few = self._tables.bodies_with(role.key)
            return list(few) if len(few) <= FEW_BODIES else []
        places = [body.id]
        if body.of and role.key == body.head:
            places.append(body.of)
        return places + [part.id for part in self._bodies.parts_of(body.id) if part.head == role.key]

    def _terms(self, body: str, rank: str) -> Iterator[tuple[Person, Role, Term]]:
        for person in self._extra:
            for term in person.offices:
                if term.of == body and (term.key == rank or term.key.startswith(f"{rank}:")):
                    yield person, from_key(term.key), term
        for number, key, term in self._tables.terms(body, rank):
            if key == rank or key.startswith(f"{rank}:"):
                yield self._tables.person(number), from_key(key), term

    def _candidates(self, name: str) -> Iterator[Person]:
        keys = [[number for key in keys_of(word) for number in self._tables.named(key)] for word in words_of(name)]
        counts: dict[int, int] = {}
        for numbers in keys:
            for number in set(numbers):
                counts[number] = counts.get(number, 0) + 1
        if len(keys) > 1:
            twice = [number for number, count in counts.items() if count > 1]
            ends = {*keys[0], *keys[-1]}
            counts = dict.fromkeys([*twice, *(n for n in counts if n in ends)], 0)
        yield from (person for person in self._extra if _shares_word(name, person))
        yield from (self._tables.person(number) for number in counts)

    def _office_then(self, person: Person, on: Day | None) -> tuple[Term | None, Certainty]:
        if on is None:
            return (person.offices[-1] if person.offices else None), "certain"
        held = self.roles(person, on)
        return (held[0].term, held[0].certainty) if held else (None, "none")

    def _told(self, term: Term) -> str:
        of = self._bodies.get(term.of)
        dates = f"{term.start or '?'} to {term.end or f'{term.as_of} or later'}"
        if not term.start and not term.end:
            dates = f"in {term.as_of}"
        return f"{term.role}, {of.name if of else term.of}, {dates} ({term.source.name})"

    def _memberships(self, on: Day | None, wanted: object) -> tuple[Membership, ...]:
        assert callable(wanted)
        return tuple(m for m in self._bodies.memberships if wanted(m) and (on is None or _belongs(m, on)))


def _by_surname(note: str, person: Person) -> bool:
    """Whether the one word that matched can be the surname where the person comes from."""
    countries = {term.of for term in person.offices}
    if note.startswith("first word"):
        return bool(countries & SURNAME_FIRST) or not countries
    return not note.startswith("part of") or bool(countries & TWO_SURNAMES)


def _keys(asked: Role, body: Body | None) -> list[str]:
    """The keys of the offices that a role can mean for the body: collective words have several."""
    acting = "acting " if asked.acting else ""
    if asked.rank in COLLECTIVE and (body is None or body.kind == "place"):
        return [acting + key for key in COLLECTIVE[asked.rank]]
    if body and asked.rank in ("head", "leader") and body.head:
        return [acting + body.head]
    if asked.rank == "minister" and asked.fields and not asked.acting:
        return [asked.key, "junior " + asked.key]
    return [asked.key]


def _fitting(
    asked: Role, found: Iterable[tuple[Person, Role, Term]], on: Day | None
) -> list[tuple[Person, Term, Certainty]]:
    """Of all terms those whose office is the one asked for: with just its fields, else with more, else a junior one."""
    judged = [(person, role, term, _judge(asked, term, on)) for person, role, term in found]
    senior = [j for j in judged if not j[1].rank.startswith("junior ") or asked.rank.startswith("junior ")]
    junior = [j for j in judged if j not in senior and j[1].fields == asked.fields]
    exact = [j for j in senior if j[1].fields == asked.fields or asked.rank in COLLECTIVE]
    wider = [j for j in senior if asked.fits(j[1]) and j not in exact]
    groups = [group for group in (exact, wider, junior) if group]
    held = [g for g in groups if any(j[3] in ("certain", "possible") for j in g)]
    chosen = held[0] if held else [j for g in groups[:2] for j in g]
    return [(person, term, certainty) for person, _, term, certainty in chosen]


def _judge(asked: Role, term: Term, on: Day | None) -> Certainty:
    if on is None:
        return "certain"
    if asked.former:
        return "certain" if term.before(on) else "none"
    if asked.elect:
        begun = span_of(term.start)[0] if term.start else None
        return "certain" if begun and 0 < (begun - span_of(on)[0]).days <= SOON else "none"
    return term.holds(on)


def _answer(asked: Role, judged: list[tuple[Person, Term, Certainty]], on: Day | None) -> Answer:
    matches = [Match(person, SCORES[certainty], certainty, (_dates(term),), term) for person, term, certainty in judged]
    held = sorted((m for m in matches if m.certainty in ("certain", "possible")), key=lambda m: -m.score)
    if held:
        return Answer(_one_each(held), held[0].certainty, held[0].evidence[0])
    unknown = [m for m in matches if m.certainty == "unknown"]
    if unknown:
        latest = max(m.term.as_of for m in unknown if m.term)
        return Answer((), "unknown", f"unknown after {latest}", _one_each(unknown))
    if not matches:
        return Answer((), "none", f"no {asked.key} is known")
    ends = [m.term.end for m in matches if m.term and m.term.end]
    starts = [m.term.start for m in matches if m.term and m.term.start]
    if on is not None and not asked.former and ends and span_of(max(ends))[1] < span_of(on)[0]:
        last = [m for m in matches if m.term and m.term.end == max(ends)]
        return Answer((), "unknown", f"unknown after {max(ends)}", _one_each(last))
    if on is not None and starts and span_of(min(starts))[0] > span_of(on)[1]:
        return Answer((), "unknown", f"unknown before {min(starts)}")
    return Answer((), "none", "outside any known term")


def _one_each(matches: list[Match]) -> tuple[Match, ...]:
    best: dict[int, Match] = {}
    for match in matches:
        best.setdefault(id(match.person), match)
    return tuple(best.values())


def _dates(term: Term) -> str:
    return f"{term.role}, {term.start or '?'} to {term.end or f'at least {term.as_of}'} ({term.source.name})"


def _existed(body: Body, on: Day) -> bool:
    first, last = span_of(on)
    return not ((body.start and span_of(body.start)[0] > last) or (body.end and span_of(body.end)[1] < first))


def _belongs(membership: Membership, on: Day) -> bool:
    first, last = span_of(on)
    begun = not membership.start or span_of(membership.start)[0] <= last
    return begun and (not membership.end or span_of(membership.end)[1] >= first)


def _shares_word(name: str, person: Person) -> bool:
    asked = {fold(word) for word in words_of(name)} | {bare(word) for word in words_of(name)}
    return any(fold(word) in asked for known in (person.name, *person.aka) for word in words_of(known))
