"""Countries, organisations and outlets, found by name, acronym, demonym, capital, seat of power, or kind and country.

Upper and lower case tell words apart here: "US" and "us", "Polish" and "polish". Diacritics do not matter, nor do a
leading article and a possessive ending.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import get_args

from onrecord.directory.roles import canonical
from onrecord.directory.tables import rows_of, sources
from onrecord.directory.values import Body, BodyKind, Membership, Named, Source, Via

ORDER: tuple[Via, ...] = ("name", "acronym", "metonym", "demonym", "capital", "pattern")
MINISTRY = re.compile(
    r"(?P<field>[\w,&’' \-]+?) (?:Ministry|ministry)|(?:Ministry|ministry|Department) (?:of|for)(?: the)? (?P<of>.+)"
)
KINDS = {  # what a country has one of; to the name of it and the role that leads it
    "government": ("government", "head of government"),
    "cabinet": ("government", "head of government"),
    "administration": ("government", "leader"),
    "parliament": ("parliament", "speaker"),
    "legislature": ("parliament", "speaker"),
    "army": ("military", "chief of general staff"),
    "military": ("military", "chief of general staff"),
    "armed forces": ("military", "chief of general staff"),
    "general staff": ("military", "chief of general staff"),
    "navy": ("navy", "chief of navy"),
    "air force": ("air force", "chief of staff of air force"),
    "police": ("police", "head"),
    "central bank": ("central bank", "central bank governor"),
    "national bank": ("central bank", "central bank governor"),
    "reserve bank": ("central bank", "central bank governor"),
    "supreme court": ("supreme court", "chief justice"),
    "constitutional court": ("constitutional court", "president of constitutional court"),
    "presidency": ("presidency", "president"),
    "president's office": ("presidency", "president"),
    "presidential office": ("presidency", "president"),
    "presidential administration": ("presidential administration", "chief of staff"),
    "embassy": ("embassy", "ambassador"),
    "security council": ("security council", "security council secretary"),
    "foreign office": ("Foreign Ministry", "minister:foreign"),
    "treasury": ("Finance Ministry", "minister:finance"),
    "senate": ("senate", "senate president"),
    "prosecutor general's office": ("prosecutor general's office", "prosecutor general"),
    "delegation": ("delegation", "head"),
    "mission": ("mission", "head"),
    "mission to the un": ("mission to the UN", "ambassador:united nations"),
    "opposition": ("opposition", "opposition leader"),
    "intelligence": ("intelligence", "head"),
    "authorities": ("authorities", "head"),
}
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


class Bodies:
    """An index of bodies by all words for them."""

    def __init__(self, extra: Iterable[Body] = ()) -> None:
        self.by_id: dict[str, Body] = {}
        self._by_word: dict[str, list[Named]] = {}
        self._source = sources()["hand"]
        for id, wikidata, name, aka, demonyms, capitals, seats in rows_of("countries.tsv"):
            self._add_country(id, wikidata, name, _apart(aka), _apart(demonyms), _apart(capitals), _apart(seats))
        for id, wikidata, kind, name, aka, metonyms, head, of in rows_of("bodies.tsv"):
            self.add(_body(id, wikidata, kind, name, _apart(aka), head, of, self._source), _apart(metonyms))
        for body in extra:
            self.add(body)
        self.memberships = tuple(self._memberships())

    def add(self, body: Body, metonyms: Iterable[str] = ()) -> None:
        """Make a body known; one with the same id takes the place of the older."""
        self.by_id[body.id] = body
        for name in (body.name, *body.aka):
            short = len(name) <= 8 and sum(c.isupper() for c in name) > 1 and " " not in name
            self._put(name, Named(body, "acronym" if short else "name"))
        for word in metonyms:
            self._put(word, Named(body, "metonym"))
        for word in body.demonyms:
            self._put(word, Named(body, "demonym"))
        if body.capital:
            self._put(body.capital, Named(body, "capital"))

    def find(self, words: str) -> tuple[Named, ...]:
        """All bodies that the words name, the likeliest first."""
        for key in _readings(words):
            if key in self._by_word:
                return tuple(sorted(self._by_word[key], key=lambda n: ORDER.index(n.via)))
        made = self._by_pattern(" ".join(words.split()))
        return (made,) if made else ()

    def parts_of(self, id: str) -> tuple[Body, ...]:
        """The bodies that belong to this one, in the order of the table."""
        return tuple(body for body in self.by_id.values() if body.of == id)

    def get(self, id: str) -> Body | None:
        """The body with this id; that of a ministry is made."""
        if id not in self.by_id and ":" in id:
            country, _, part = id.partition(":")
            if country in self.by_id:
                return self._part(self.by_id[country], part, *_part_names(part))
        return self.by_id.get(id)

    def _add_country(
        self,
        id: str,
        wikidata: str,
        name: str,
        aka: tuple[str, ...],
        demonyms: tuple[str, ...],
        capitals: tuple[str, ...],
        seats: tuple[str, ...],
    ) -> None:
        capital = capitals[0] if capitals else None
        country = Body(
            id=id, name=name, kind="place", wikidata=wikidata or None, aka=aka, demonyms=demonyms, capital=capital,
            head="leader", source=self._source,
        )  # fmt: skip
        self.add(country)
        for word in capitals[1:]:
            self._put(word, Named(country, "capital"))
        for seat in seats:
            word, _, part = seat.partition("=")
            self._put(word, Named(country, "metonym", part))

    def _put(self, word: str, named: Named) -> None:
        for key in {_key(word), _key(re.sub(r"^[Tt]he ", "", word))}:
            entries = self._by_word.setdefault(key, [])
            if all((n.body.id, n.via) != (named.body.id, named.via) for n in entries):
                entries.append(named)

    def _by_pattern(self, words: str) -> Named | None:
        """A part of a country's state by its kind: "Russian Foreign Ministry", "Ministry of Defence of Poland"."""
        words = re.sub(r"^[Tt]he ", "", words)
        parts = words.split(" ")
        for cut in range(min(len(parts) - 1, 5), 0, -1):
            country = self._country(" ".join(parts[:cut]))
            if country and (made := self._kind(country, " ".join(parts[cut:]))):
                return Named(made, "pattern")
        for match in re.finditer(r" (?:of|in|for) ", words):
            country = self._country(words[match.end() :])
            if country and (made := self._kind(country, words[: match.start()])):
                return Named(made, "pattern")
        return None

    def _country(self, words: str) -> Body | None:
        for key in _readings(words):
            for named in self._by_word.get(key, ()):
                if named.body.kind == "place" and named.via in ("name", "acronym", "demonym"):
                    return named.body
        return None

    def _kind(self, country: Body, words: str) -> Body | None:
        kind = re.sub(r"^(?:federal|national|state|royal) ", "", words.lower().replace("’", "'"))
        kind = re.sub(r"^(embassy|mission|delegation) (?:in|to|at) .*$", r"\1", kind)
        if kind in KINDS:
            return self._part(country, KINDS[kind][0], *KINDS[kind])
        if match := MINISTRY.fullmatch(words):
            role = canonical(f"minister of {match['field'] or match['of']}")
            return self._part(country, "+".join(sorted(role.fields)), *_part_names("+".join(sorted(role.fields))))
        return None

    def _part(self, country: Body, part: str, name: str, head: str) -> Body:
        part = "foreign" if part == "Foreign Ministry" else "finance" if part == "Finance Ministry" else part
        adjective = country.demonyms[0] if country.demonyms else country.name
        return Body(
            id=f"{country.id}:{part}", name=f"{adjective} {name}", kind="organisation", head=head, of=country.id,
            source=country.source,
        )  # fmt: skip

    def _memberships(self) -> Iterable[Membership]:
        for organisation, members, start, end, status in rows_of("members.tsv"):
            for member in members.split():
                yield Membership(member, organisation, start or None, end or None, status or "member", self._source)


def _part_names(part: str) -> tuple[str, str]:
    for name, head in KINDS.values():
        if name == part:
            return name, head
    return f"{part.replace('+', ' and ').title()} Ministry", f"minister:{part}"


def _readings(words: str) -> Iterable[str]:
    """The keys under which words are looked for: as they are, then without article, possessive and capitals."""
    text = " ".join(words.split())
    bare = POSSESSIVE.sub("", text)
    for reading in (text, bare, re.sub(r"^[Tt]he ", "", bare)):
        yield _key(reading)
    if bare.isupper() and len(bare) > 4:
        yield _key(bare.title())


def _key(words: str) -> str:
    text = unicodedata.normalize("NFKD", words.replace("’", "'"))
    return "".join(c for c in text if not unicodedata.combining(c)).replace("ı", "i")


def _apart(words: str) -> tuple[str, ...]:
    return tuple(words.split("|")) if words else ()


def _body(
    id: str, wikidata: str, kind: str, name: str, aka: tuple[str, ...], head: str, of: str, source: Source
) -> Body:
    known: BodyKind = next(k for k in get_args(BodyKind) if k == kind)
    return Body(
        id=id, name=name, kind=known, wikidata=wikidata or None, aka=aka, head=head or None, of=of or None,
        source=source,
    )  # fmt: skip
