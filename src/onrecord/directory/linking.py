"""From the entities of a record to entries of the directory, on the date of the article.

A name alone is no evidence: many share one. What counts is listed in `Evidence`, the strongest first; its scores put
links in an order and are no probabilities. At or above THRESHOLD an entity is linked, below it the entries are its
namesakes. Entities that link to one entry become one. What a link rests on stands in `Entity.evidence`, so that a
reader can overrule it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from onrecord.directory.lookup import Directory
from onrecord.directory.roles import COLLECTIVE, from_key
from onrecord.directory.values import Body, Match, Post, Term
from onrecord.records import Article, Entity, Namesake, Record, merge_entities, without_circles

THRESHOLD = 0.8
FULL_NAME = 0.75  # the least likeness of a match by more than the surname
MOST_NAMESAKES = 5
BODY_KINDS = frozenset({"organisation", "place", "outlet"})


class Evidence(Enum):
    """What speaks for a link between a person of an article and one of the directory, and how strongly."""

    NAME_AND_OFFICE = ("full name, and the office held on that date", 0.99)
    SURNAME_AND_OFFICE = ("surname, and the office held on that date", 0.97)
    NAME_AND_PAST_OFFICE = ("full name, and an office held before", 0.96)
    OFFICE = ("the only holder of the office on that date", 0.94)
    NAME_AND_BODY = ("full name, and an office for the same body", 0.93)
    SURNAME_AND_PAST_OFFICE = ("surname, and an office held before", 0.9)
    NAME_IN_OFFICE = ("full name of one person only, in office on that date, whose country the article names", 0.88)
    NAME_AND_COUNTRY = ("full name of one person only, whose country the article names", 0.82)
    NAME_ALONE = ("full name and nothing else", 0.6)
    POSSIBLE_OFFICE = ("office possibly held on that date", 0.55)
    SURNAME_ALONE = ("surname and nothing else", 0.3)

    @property
    def told(self) -> str:
        return self.value[0]

    @property
    def score(self) -> float:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a person can be, the best evidence for it, and the term of office it rests on."""

    match: Match
    evidence: Evidence
    term: Term | None = None

    @property
    def key(self) -> str:
        person = self.match.person
        return f"person {person.wikidata or person.name}"


def link(article: Article, record: Record, directory: Directory) -> Record:
    """The record with its entities linked, and those that proved to be one merged.

    An article without a date links no office; names then need a country.
    """
    return _Linker(article, record, directory).linked()


class _Linker:
    """The links of one record; a new one for each."""

    def __init__(self, article: Article, record: Record, directory: Directory) -> None:
        self._record = record
        self._directory = directory
        self._on = article.published
        found = ((entity.id, self._body_of(entity)) for entity in record.entities)
        self._bodies = {id: body for id, body in found if body is not None}
        self._present = {id for body in self._bodies.values() for id in self._chain(body.id)}

    def linked(self) -> Record:
        entities: list[Entity] = []
        keys: dict[str, str] = {}
        terms: dict[str, Term] = {}
        for entity in self._record.entities:
            if body := self._bodies.get(entity.id):
                entities.append(_with_body(entity, body, self._proper_name(entity)))
                keys[entity.id] = f"body {body.id}"
                continue
            found = self._people(entity) if entity.kind == "person" else []
            best = _decided(found)
            entities.append(_with_person(entity, best, found))
            if best:
                keys[entity.id] = best.key
                if best.term:
                    terms[entity.id] = best.term
        record = replace(self._record, entities=tuple(entities))
        return merge_entities(self._with_affiliations(record, terms), self._same(keys))

    def _body_of(self, entity: Entity) -> Body | None:
        """The body that an entity is by one of its names; a demonym names none, a capital only the place itself."""
        if entity.kind not in BODY_KINDS or not entity.named:
            return None
        for name in (entity.name, *entity.aka):
            named = self._directory.body(name, self._on)
            if named is None or named.via == "demonym" or (named.via == "capital" and entity.kind != "place"):
                continue
            if (entity.kind == "outlet") == (named.body.kind == "outlet"):
                return named.body
        return None

    def _proper_name(self, entity: Entity) -> str:
        """Of the article's words for a body the first that is a name of it, and no capital or seat of power."""
        for word in (entity.name, *entity.aka):
            named = self._directory.body(word, self._on)
            if named is not None and named.via in ("name", "acronym"):
                return word
        return entity.name

    def _chain(self, id: str | None) -> Iterator[str]:
        """The body with that id and all that it is part of."""
        while id is not None and (body := self._directory.body_of(id)) is not None:
            yield id
            id = body.of

    def _people(self, entity: Entity) -> list[Found]:
        """Every entry that the person can be, the strongest evidence first."""
        found: list[Found] = []
        if entity.named:
            matches = self._directory.people(entity.name, self._on)
            posts = self._posts(entity) if matches else []
            alone = sum(match.score >= FULL_NAME for match in matches) == 1 and not posts and entity.role is None
            found = [self._judged(match, alone, posts) for match in matches]
        elif self._on is not None:
            for post in self._posts(entity):
                if post.of is None or post.role.former:
                    continue
                answer = self._directory.holders(post.role, post.of, self._on)
                sure = answer.certainty == "certain" and len(answer) == 1
                evidence = Evidence.OFFICE if sure else Evidence.POSSIBLE_OFFICE
                found += [Found(match, evidence, match.term) for match in answer]
        return sorted(found, key=lambda f: (-f.evidence.score, -f.match.score, f.match.person.name))

    def _posts(self, entity: Entity) -> list[Post]:
        """The offices that the article's words give the person."""
        of = self._record.entity(entity.of).name if entity.of else None
        phrases = [f"{entity.role} of {of}"] if entity.role and of else []
        phrases += [entity.role] if entity.role and not of else []
        words = entity.aka if entity.named else (entity.name, *entity.aka)
        phrases += [" ".join(phrase.replace(entity.name, " ").split()) if entity.named else phrase for phrase in words]
        posts = [
            self._directory.parse_role(phrase) for phrase in dict.fromkeys(phrases) if " " in phrase or phrase.islower()
        ]
        return [post for post in posts if post is not None]

    def _judged(self, match: Match, alone: bool, posts: Sequence[Post]) -> Found:
        """The best evidence for one entry; `alone`: nobody else has that full name, and no other role is told."""
        full = match.score >= FULL_NAME
        dated = full or self._on is not None
        states = [(self._held(post, term), term) for term in match.person.offices for post in posts if dated]
        for wanted, evidence in (
            ("held", Evidence.NAME_AND_OFFICE if full else Evidence.SURNAME_AND_OFFICE),
            ("past", Evidence.NAME_AND_PAST_OFFICE if full else Evidence.SURNAME_AND_PAST_OFFICE),
        ):
            for state, term in states:
                if state == wanted:
                    return Found(match, evidence, term)
        if not full:
            return Found(match, Evidence.SURNAME_ALONE)
        bodies = {id for post in posts if post.of for id in self._chain(post.of.id)}
        if any(bodies & set(self._chain(term.of)) for term in match.person.offices):
            return Found(match, Evidence.NAME_AND_BODY)
        near = [term for term in match.person.offices if self._present & set(self._chain(term.of))]
        if near and alone:
            now = [term for term in near if self._on is not None and term.holds(self._on) == "certain"]
            return Found(match, Evidence.NAME_IN_OFFICE, now[0]) if now else Found(match, Evidence.NAME_AND_COUNTRY)
        return Found(match, Evidence.NAME_ALONE)

    def _held(self, post: Post, term: Term) -> str:
        """Whether the term is of the office that the words name: "held" on the day, "past" by then, or ""."""
        office = from_key(term.key)
        role = replace(post.role, former=False, elect=False)
        if not (role.fits(office) or office.rank in COLLECTIVE.get(role.rank, ())):
            return ""
        bodies = set(self._chain(term.of))
        if not (
            bodies & (self._present if post.of is None else {post.of.id})
            or (post.of and term.of in self._chain(post.of.id))
        ):
            return ""
        if self._on is None:
            return "past"
        if post.role.former:
            return "past" if term.before(self._on) else ""
        return "held" if term.holds(self._on) in ("certain", "possible") else "past"

    def _same(self, keys: dict[str, str]) -> dict[str, str]:
        """Each entity whose entry is that of another, mapped to that one: the first, or the first that is named."""
        wholes: dict[str, str] = {}
        for entity in sorted(self._record.entities, key=lambda entity: not entity.named):
            if entity.id in keys:
                wholes.setdefault(keys[entity.id], entity.id)
        return {id: whole for id, key in keys.items() if (whole := wholes[key]) != id}

    def _with_affiliations(self, record: Record, terms: dict[str, Term]) -> Record:
        """Each person with the role and body of the term that the link rests on, where the article does not tell."""
        entities = {entity.id: entity for entity in record.entities}
        places = {body.id: id for id, body in self._bodies.items()}
        for id, term in terms.items():
            person = entities[id]
            if person.of is None and (body := self._directory.body_of(term.of)) is not None:
                if body.id not in places:
                    places[body.id] = _free(f"{body.id.lower()}", entities)
                    entities[places[body.id]] = Entity(
                        id=places[body.id],
                        name=body.name,
                        kind=body.kind,
                        wikidata=body.wikidata,
                        evidence=("affiliation, from the directory",),
                    )
                person = replace(person, of=places[body.id])
            entities[id] = replace(person, role=person.role or _lowered(term.role))
        return replace(record, entities=without_circles(tuple(entities.values())))


def _decided(found: Sequence[Found]) -> Found | None:
    """The entry to link: above the threshold, and better than every other person."""
    if not found or found[0].evidence.score < THRESHOLD:
        return None
    best, *others = found
    rivals = [f for f in others if f.key != best.key and f.evidence == best.evidence]
    return None if any(rival.match.score >= best.match.score for rival in rivals) else best


def _with_body(entity: Entity, body: Body, name: str) -> Entity:
    """The entity under `name`, which is one of the article's own words for it."""
    told = f"{body.name} in the directory{f', {body.wikidata}' if body.wikidata else ''}"
    aka = tuple(word for word in dict.fromkeys((entity.name, *entity.aka)) if word != name)
    return replace(entity, name=name, aka=aka, wikidata=body.wikidata, evidence=(*entity.evidence, told))


def _with_person(entity: Entity, best: Found | None, found: Sequence[Found]) -> Entity:
    if best is None:
        namesakes = {f.key: f for f in reversed(found)}.values()
        ranked = sorted(namesakes, key=lambda f: (-f.evidence.score, -f.match.score))[:MOST_NAMESAKES]
        return replace(
            entity,
            namesakes=tuple(
                Namesake(f.match.person.wikidata, f.match.person.name, f.evidence.score, f.evidence.told)
                for f in ranked
            ),
        )
    person, term = best.match.person, best.term
    office = f": {term.role}, {term.start or '?'} to {term.end or f'at least {term.as_of}'}" if term else ""
    told = f"{best.evidence.told}{office}"
    return replace(
        entity,
        name=entity.name if entity.named else person.name,
        aka=entity.aka if entity.named else tuple(dict.fromkeys((entity.name, *entity.aka))),
        named=True,
        wikidata=person.wikidata,
        evidence=(*entity.evidence, told),
    )


def _free(id: str, taken: dict[str, Entity]) -> str:
    slug, number = id.replace(":", "-").replace(" ", "-"), 2
    while slug in taken:
        slug, number = f"{id}-{number}", number + 1
    return slug


def _lowered(role: str) -> str:
    """A role as prose has it: "Minister of Foreign Affairs" -> "minister of foreign affairs"; acronyms stay."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in role.split())
