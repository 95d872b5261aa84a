"""How a statement values those it is about, told by the words that value (``valence``), each by where it stands.

    NATO tried to downplay the role of the CSTO.       a verb tells of doer and done-to
    -             └──────┘                +
    The arrogance of the board is no secret.           another word of the nearest mention in its clause
        └───────┘        -

The weights are set by hand (``target_weights.toml``): fitted to the few hundred valued targets of the open corpus
they judged others no better. Where no words show a sign, or they pull both ways, it is 0.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onrecord.finding.framing.valence import Valued, valued, weights
from onrecord.finding.occasions.scenes import Scene
from onrecord.finding.pack import pattern
from onrecord.records import Sign
from onrecord.spans import Span, merge

NEAR = 40
"""So many characters between a word and a mention halve what the word says of it."""

Mention = tuple[str, Span]
"""An entity's id, and where it is mentioned."""


class Told(NamedTuple):
    """What some words say of an entity: well above 0, badly below."""

    weight: float
    span: Span


def leanings(scene: Scene, ids: Sequence[str]) -> Mapping[str, tuple[Sign, tuple[Span, ...]]]:
    """How the statement values each of these entities, and the words that show it; ``0`` and none where none do."""
    inside = _of_content(scene)
    return {id: _sign(scene, id, [*_of_cue(scene, id), *inside.get(id, ())]) for id in ids}


def _sign(scene: Scene, id: str, told: list[Told]) -> tuple[Sign, tuple[Span, ...]]:
    weigh = weights("sign")
    if id not in scene.inside:
        told += [Told(weigh["anywhere"] * word.way, word.span) for word in scene.words]
    leaning = weigh["bias"] + weigh["speaks"] * (id == scene.statement.speaker) + sum(one.weight for one in told)
    words = merge(one.span for one in told if one.weight * leaning > 0)
    if not words or abs(leaning) < weights("floor")["sign"]:
        return "0", ()
    return "+" if leaning > 0 else "-", words


def _of_cue(scene: Scene, id: str) -> Iterator[Told]:
    """What the cue says of the entity that the statement is about; of one in the content, the nearer to its beginning
    the more: who is accused comes first, then of what and against whom."""
    weigh, statement = weights("sign"), scene.statement
    first = scene.inside[id][0].start - statement.content[0].start if id in scene.inside else 0
    share = 1 / (1 + first / NEAR)
    for span in statement.cue:
        for word in valued(scene.text, span):
            if not word.negated and (name := f"cue {word.label}") in weigh:
                yield Told(share * weigh[name], word.span)
    if statement.cue_class == "emotive" and statement.status == "said" and statement.cue:
        emotive = weigh["emotive, speaks" if id == statement.speaker else "emotive"]
        yield Told(share * emotive, statement.cue[0])


def _of_content(scene: Scene) -> Mapping[str, Sequence[Told]]:
    """What the words of the content say of each entity that it mentions."""
    found: dict[str, list[Told]] = {}
    everyone = sorted(((id, m) for id, spans in scene.inside.items() for m in spans), key=lambda mention: mention[1])
    starts = [mention.start for _, mention in everyone]
    words = [word.span.start for word in scene.words]
    for clause in _clauses(scene) if everyone else ():
        within = everyone[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        mentions = [mention for mention in within if mention[1].end <= clause.end]
        for word in scene.words[bisect_left(words, clause.start) : bisect_left(words, clause.end)]:
            if mentions and word.span.end <= clause.end:
                for id, told in (_of_verb if word.is_verb else _of_word)(scene.text, word, clause, mentions):
                    found.setdefault(id, []).append(told)
        for match in pattern("compared").finditer(scene.text, clause.start, clause.end):
            for id, mention in mentions:
                role = "compared" if mention.end <= match.start() else "compared with"
                found.setdefault(id, []).append(Told(weights("sign")[role], Span(*match.span())))
    return found


def _clauses(scene: Scene) -> Iterator[Span]:
    for span in scene.statement.content:
        cuts = [
            cut for match in pattern("clause_break").finditer(scene.text, span.start, span.end) for cut in match.span()
        ]
        edges = zip((span.start, *cuts[1::2]), (*cuts[::2], span.end), strict=True)
        yield from (Span(start, end) for start, end in edges if start < end)


def _of_verb(text: str, verb: Valued, clause: Span, mentions: Sequence[Mention]) -> Iterator[tuple[str, Told]]:
    """The first mention before a verb is the doer, the nearest behind it the done-to; in the passive the other way."""
    before = [mention for mention in mentions if mention[1].end <= verb.span.start]
    before = [(id, m) for id, m in before if not pattern("first_person_alone").fullmatch(m.slice(text))][:1] or before[
        :1
    ]
    behind = [mention for mention in mentions if mention[1].start >= verb.span.end][:1]
    passive = pattern("passive_before").search(text, clause.start, verb.span.start) is not None
    for found, role in ((before, "done-to" if passive else "doer"), (behind, "doer" if passive else "done-to")):
        for id, mention in found:
            weight = weights("sign").get(f"{role} {verb.label}", 0.0) * (-1 if verb.negated else 1)
            yield id, Told(weight * _nearness(mention, verb.span), verb.span)


def _of_word(text: str, word: Valued, clause: Span, mentions: Sequence[Mention]) -> Iterator[tuple[str, Told]]:
    """Another word is said of the nearest mention, unless somebody in the clause sees that one "as" it says."""
    others = [mention for mention in mentions if not mention[1].overlaps(word.span)]
    if not others:
        return
    id, mention = min(others, key=lambda other: _distance(other[1], word.span))
    if pattern("first_person_alone").fullmatch(mention.slice(text)):
        return
    if others[0][0] != id and pattern("as_word").search(text, mention.end, word.span.start):
        return
    yield id, Told(weights("sign")["word"] * word.way * _nearness(mention, word.span), word.span)


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _nearness(mention: Span, word: Span) -> float:
    return 1 / (1 + _distance(mention, word) / NEAR)
