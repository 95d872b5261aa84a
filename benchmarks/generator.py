"""Many articles made of few: records of real articles cut into pieces, dated, renamed and reworded.

A word is only ever exchanged for one of equal length, so every offset of the record stays true. What comes out reads as
nonsense and behaves as news does where it matters to an archive: word frequencies, lengths, speakers who come back, and
a growing number of rare words.
"""

from __future__ import annotations

import datetime
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.records import Article, Asserted, Candidate, Entity, Occasion, Record, Statement, Target
from onrecord.spans import Span

WORD = re.compile(r"[A-Za-z]{4,}")
OUTLETS = [f"{place} {paper}" for place in ("Quay", "Harbour", "Northern", "Valley", "Civic", "Island", "Upper", "Old")
           for paper in ("Herald", "Courier", "Gazette", "Post", "Wire")]  # fmt: skip
FIRST, LAST = datetime.date(2005, 1, 1), datetime.date(2025, 12, 31)
REWORDED, INVENTED = 0.25, 0.02  # shares of the words of four letters and more
PEOPLE = 20_000  # names that speakers are given, the first ones most often
SYLLABLES = "ba ke li mo nu ra se ti vo za dre fin gal hor jes kol mer nak pel rus sto tam vin wek yor".split()


class Generator:
    """Makes articles from `records`; the same seed makes the same ones."""

    def __init__(self, records: Sequence[Record], seed: int = 5, wanted: int = 10) -> None:
        self._random = random.Random(seed)
        self._pieces = [piece for record in records for piece in pieces(record, wanted)]
        words: Counter[str] = Counter()
        for record in records:
            words.update(WORD.findall(record.article.text))
        self._words: dict[tuple[int, bool], tuple[list[str], list[int]]] = {}
        for (length, capital), found in _by_shape(words).items():
            self._words[length, capital] = list(found), _summed(found.values())

    def articles(self, n: int) -> Iterator[Record]:
        """`n` records, one after the other."""
        for number in range(n):
            yield self._made(self._random.choice(self._pieces), number)

    def _made(self, piece: Record, number: int) -> Record:
        chance = self._random
        text = piece.article.text
        exchanged: dict[str, str] = {}
        for word in dict.fromkeys(WORD.findall(text)):
            drawn = chance.random()
            if drawn < INVENTED:
                exchanged[word] = self._invented(word)
            elif drawn < REWORDED:
                exchanged[word] = self._other(word)
        days = chance.randrange((LAST - FIRST).days)
        published = FIRST + datetime.timedelta(days=days)
        moved = published - (piece.article.published or published)
        outlet = OUTLETS[min(int(chance.expovariate(0.1)), len(OUTLETS) - 1)]
        article = Article(
            _reworded(text, exchanged),
            f"a{number}",
            _reworded(piece.article.title or "", exchanged) or None,
            outlet,
            published,
            f"https://{outlet.lower().replace(' ', '-')}.example/{published:%Y/%m}/{number}",
            "en",
        )
        entities = tuple(self._renamed(entity, exchanged) for entity in piece.entities)
        occasions = tuple(replace(o, when=_moved(o.when, moved)) for o in piece.occasions)
        return replace(piece, article=article, entities=entities, occasions=occasions)

    def _renamed(self, entity: Entity, exchanged: Mapping[str, str]) -> Entity:
        """Persons get one of many names, some of them with an id; all else is reworded as its article is."""
        if entity.kind == "person" and entity.named:
            rank = min(int(PEOPLE * self._random.random() ** 4), PEOPLE - 1)
            wikidata = f"Q{9_000_000 + rank}" if rank % 3 == 0 else None
            return replace(entity, name=person(rank), wikidata=wikidata, aka=())
        aka = tuple(_reworded(name, exchanged) for name in entity.aka)
        return replace(entity, name=_reworded(entity.name, exchanged), aka=aka)

    def _other(self, word: str) -> str:
        shape = len(word), word[0].isupper()
        words, weights = self._words[shape]
        return self._random.choices(words, cum_weights=weights)[0]

    def _invented(self, word: str) -> str:
        made = ""
        while len(made) < len(word):
            made += self._random.choice(SYLLABLES)
        made = made[: len(word)]
        return made.capitalize() if word[0].isupper() else made


def person(rank: int) -> str:
    """The invented name with that number."""
    given, family = rank % 97, rank // 97
    first = SYLLABLES[given % 25] + SYLLABLES[given // 25 + 3]
    last = SYLLABLES[family % 25] + SYLLABLES[family // 25 % 25] + ("son" if family % 2 else "ova")
    return f"{first.capitalize()} {last.capitalize()}"


def pieces(record: Record, wanted: int) -> Iterator[Record]:
    """The record cut between paragraphs into parts with about `wanted` statements each."""
    text = record.article.text
    starts = [0, *(match.end() for match in re.finditer(r"\n\s*\n", text))]
    begin = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        inside = [s for s in record.statements if begin <= s.extent.start and s.extent.end <= end]
        if len(inside) >= wanted or (end == len(text) and inside and len(inside) > wanted // 2):
            if not any(s.extent.start < end < s.extent.end for s in record.statements):
                yield _part(record, Span(begin, end), inside)
                begin = end
        elif start == begin and not inside:
            begin = end


def _part(record: Record, part: Span, inside: Iterable[Statement]) -> Record:
    by = -part.start
    kept = {s.id for s in inside}
    held = {e.id for e in record.entities if any(part.contains(m) for m in e.mentions)}
    for s in inside:
        held |= {id for id in (s.speaker, s.relayed_by) if id}
        held |= {t.entity for t in s.about} | {c.entity for c in s.candidates}
    used = {s.occasion for s in inside}
    held |= {o.medium for o in record.occasions if o.id in used and o.medium}
    held |= {e.of for e in record.entities if e.id in held and e.of}
    return Record(
        replace(record.article, text=part.slice(record.article.text), id=""),
        tuple(_statement(s, by, kept) for s in inside),
        record.provenance,
        tuple(_entity(e, part, by, held) for e in record.entities if e.id in held),
        tuple(_occasion(o, part, by) for o in record.occasions if o.id in used),
        tuple(_asserted(a, by, kept) for a in record.asserted if part.contains(a.span)),
    )


def _statement(s: Statement, by: int, kept: set[str]) -> Statement:
    return replace(
        s,
        content=_shifted(s.content, by),
        source=_shifted(s.source, by),
        cue=_shifted(s.cue, by),
        carried_from=s.carried_from if s.carried_from in kept else None,
        within=s.within if s.within in kept else None,
        about=tuple(Target(t.entity, t.sign, _shifted(t.words, by)) for t in s.about),
        candidates=tuple(Candidate(c.entity, c.score) for c in s.candidates),
    )


def _entity(e: Entity, part: Span, by: int, held: set[str]) -> Entity:
    mentions = tuple(m for m in e.mentions if part.contains(m))
    return replace(e, mentions=_shifted(mentions, by), of=e.of if e.of in held else None)


def _occasion(o: Occasion, part: Span, by: int) -> Occasion:
    return replace(o, evidence=_shifted([span for span in o.evidence if part.contains(span)], by))


def _asserted(a: Asserted, by: int, kept: set[str]) -> Asserted:
    return Asserted(a.span.shift(by), a.relation, a.statement if a.statement in kept else None, a.why)


def _shifted(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    return tuple(span.shift(by) for span in spans)


def _moved(when: str | None, by: datetime.timedelta) -> str | None:
    if when is None or len(when) != 10:
        return when and None
    return (datetime.date.fromisoformat(when) + by).isoformat()


def _reworded(text: str, exchanged: Mapping[str, str]) -> str:
    return WORD.sub(lambda found: exchanged.get(found.group(), found.group()), text)


def _by_shape(words: Mapping[str, int]) -> dict[tuple[int, bool], dict[str, int]]:
    shapes: dict[tuple[int, bool], dict[str, int]] = {}
    for word, n in words.items():
        shapes.setdefault((len(word), word[0].isupper()), {})[word] = n
    return shapes


def _summed(counts: Iterable[int]) -> list[int]:
    total, summed = 0, []
    for n in counts:
        total += n
        summed.append(total)
    return summed
