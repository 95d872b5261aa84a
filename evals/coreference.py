"""Coreference of those who speak or are named in what is said: ``python -m evals.coreference``.

On GUM's news and interview documents (dev and test), at GUM's own mentions: of every person and organisation that is
the source of an attribution or is mentioned in its content, all mentions, also where there is one only. Given are

- MUC (Vilain et al. 1995), B3 (Bagga and Baldwin 1998) and CEAFe (Luo 2005), and their mean, the CoNLL score;
- links: of the sources of attributions whose entity has a name or a description anywhere, how many stand in a cluster
  whose named and described mentions are mostly that entity's.

The baseline puts together what ends in the same word, pronouns by their own word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from evals.gum import Document, read_split
from onrecord.finding.naming.coreference import resolve
from onrecord.finding.naming.lexicon import bare
from onrecord.finding.naming.mentions import pronoun
from onrecord.finding.naming.scanning import mentions_at
from onrecord.finding.naming.speakers import talk_of
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span, hull

GENRES = ("news", "interview")
SPLITS = ("dev", "test")

Clusters = Mapping[Span, Hashable]
"""For every mention the name of its cluster."""


def record_of(document: Document) -> Record:
    """The document as a record: an attribution with a source is a statement, its content the rest of its sentence."""
    statements = []
    for number, attribution in enumerate(document.attributions, 1):
        if not attribution.source or not attribution.cue:
            continue
        first, last = attribution.source[0], attribution.source[-1]
        around = [m.span for m in document.mentions if m.span.contains(first) and m.span.end <= last.end + 2]
        source = max(around, key=len) if around else hull(attribution.source)
        edge = hull((source, *(c for c in attribution.cue if c.start < source.end + 40)))
        ends = ((attribution.sentence.start, edge.start), (edge.end, attribution.sentence.end))
        pieces = [p for a, b in ends if b - a > 3 and (p := Span(a, b).trim(document.text)) and _has_words(p, document)]
        if pieces:
            content = max(pieces, key=len)
            words = content.slice(document.text)
            form = "direct" if words.startswith(('"', "“")) else "mixed" if re.search('["“]', words) else "indirect"
            statements.append(
                Statement(id=str(number), source=(source,), cue=tuple(sorted(set(attribution.cue))), content=(content,),
                          form=form, confidence=1.0)  # type: ignore[arg-type]
            )  # fmt: skip
    return Record(Article(document.text, document.name), tuple(statements), Provenance("gum"))


def _has_words(span: Span, document: Document) -> bool:
    return re.search(r"\w{2}", span.slice(document.text)) is not None


def key_of(document: Document, record: Record) -> dict[Span, str]:
    """The mentions to be judged, with their entities."""
    sources = [s for statement in record.statements for s in statement.source]
    contents = [c for statement in record.statements for c in statement.content]
    types = {m.entity: Counter(x.type for x in document.mentions if x.entity == m.entity).most_common(1)[0][0]
             for m in document.mentions}  # fmt: skip
    wanted = {
        m.entity for m in document.mentions
        if types[m.entity] in ("person", "organization")
        and (m.span in sources or any(c.contains(m.span) for c in contents))
    }  # fmt: skip
    return {m.span: m.entity for m in document.mentions if m.entity in wanted}


def ours(document: Document, record: Record) -> Clusters:
    """What onrecord makes of GUM's mentions."""
    mentions = mentions_at(record, [m.span for m in document.mentions])
    links = resolve(mentions, talk_of(record, mentions))
    return {m.span: id(links.of[m]) if m in links.of else m.span for m in mentions}


def same_last_word(document: Document, record: Record) -> Clusters:
    """The baseline."""
    return {m.span: bare(re.sub(r"['’]s$", "", m.span.slice(document.text)).split()[-1]) for m in document.mentions}


@dataclass
class Tally:
    """Numerators and denominators of recall and precision, added over documents."""

    right_of_key: float = 0.0
    key: float = 0.0
    right_of_response: float = 0.0
    response: float = 0.0

    def add(self, right_of_key: float, key: float, right_of_response: float, response: float) -> None:
        self.right_of_key += right_of_key
        self.key += key
        self.right_of_response += right_of_response
        self.response += response

    @property
    def f1(self) -> float:
        recall = self.right_of_key / self.key if self.key else 0.0
        precision = self.right_of_response / self.response if self.response else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def groups(clusters: Clusters, spans: Sequence[Span]) -> list[frozenset[Span]]:
    """The clusters as sets, of these mentions only."""
    found: dict[Hashable, set[Span]] = {}
    for span in spans:
        found.setdefault(clusters.get(span, span), set()).add(span)
    return [frozenset(g) for g in found.values()]


def muc(key: Sequence[frozenset[Span]], response: Sequence[frozenset[Span]]) -> tuple[float, float]:
    """Links of the key that the response has, and links of the key."""
    place = {span: i for i, group in enumerate(response) for span in group}
    right = sum(len(group) - len({place[s] for s in group}) for group in key)
    return right, sum(len(group) - 1 for group in key)


def b_cubed(key: Sequence[frozenset[Span]], response: Sequence[frozenset[Span]]) -> tuple[float, float]:
    """Summed over mentions, the share of their key cluster that their response cluster has; and their number."""
    total = sum(len(a & b) ** 2 / len(a) for a in key for b in response)
    return total, sum(map(len, key))


def ceaf_e(key: Sequence[frozenset[Span]], response: Sequence[frozenset[Span]]) -> float:
    """The likeness of clusters under the best matching one to one."""
    return assignment([[2 * len(a & b) / (len(a) + len(b)) for b in response] for a in key])


def assignment(gains: Sequence[Sequence[float]]) -> float:
    """The greatest sum of gains, each row and column taken once at most: the Hungarian method, O(n^3)."""
    if not gains or not gains[0]:
        return 0.0
    if len(gains) > len(gains[0]):
        gains = [list(row) for row in zip(*gains, strict=True)]
    rows, columns = len(gains), len(gains[0])
    up, down = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken[0], at = row, 0
        least, seen = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while taken[at]:
            seen[at], best, step = True, float("inf"), 0
            for j in range(1, columns + 1):
                if not seen[j]:
                    cost = -gains[taken[at] - 1][j - 1] - up[taken[at]] - down[j]
                    if cost < least[j]:
                        least[j], way[j] = cost, at
                    if least[j] < best:
                        best, step = least[j], j
            for j in range(columns + 1):
                if seen[j]:
                    up[taken[j]] += best
                    down[j] -= best
                else:
                    least[j] -= best
            at = step
        while at:
            taken[at], at = taken[way[at]], way[at]
    return sum(gains[taken[j] - 1][j - 1] for j in range(1, columns + 1) if taken[j])


def links_right(document: Document, record: Record, clusters: Clusters) -> tuple[int, int]:
    """Sources linked to their entity, and sources that could be."""
    entity = {m.span: m.entity for m in document.mentions}
    told = [s for s in entity if not pronoun(s.slice(document.text))]
    right = total = 0
    for source in (s.source[0] for s in record.statements):
        if source not in entity or all(entity[s] != entity[source] for s in told):
            continue
        total += 1
        votes = Counter(entity[s] for s in told if clusters.get(s, s) == clusters.get(source, source))
        right += bool(votes) and votes.most_common(1)[0][0] == entity[source]
    return right, total


def judge(documents: Sequence[Document], system: Callable[[Document, Record], Clusters]) -> dict[str, float]:
    """The scores of a system on some documents."""
    tallies = {name: Tally() for name in ("MUC", "B3", "CEAFe")}
    right = total = 0
    for document in documents:
        record = record_of(document)
        gold = key_of(document, record)
        clusters = system(document, record)
        spans = sorted(gold)
        key, response = groups(gold, spans), groups(clusters, spans)
        tallies["MUC"].add(*muc(key, response), *muc(response, key))
        tallies["B3"].add(*b_cubed(key, response), *b_cubed(response, key))
        alike = ceaf_e(key, response)
        tallies["CEAFe"].add(alike, len(key), alike, len(response))
        found = links_right(document, record, clusters)
        right, total = right + found[0], total + found[1]
    scores = {name: tally.f1 for name, tally in tallies.items()}
    return scores | {"CoNLL": sum(scores.values()) / 3, "links": right / max(1, total), "sources": total}


def main() -> None:
    print(f"{'':24}{'MUC':>8}{'B3':>8}{'CEAFe':>8}{'CoNLL':>8}{'links':>8}{'of':>6}")
    for genre in (*GENRES, "both"):
        chosen = GENRES if genre == "both" else (genre,)
        documents = [d for split in SPLITS for d in read_split(split, chosen)]
        for name, system in (("same last word", same_last_word), ("onrecord", ours)):
            s = judge(documents, system)
            figures = "".join(f"{s[k]:8.3f}" for k in ("MUC", "B3", "CEAFe", "CoNLL", "links"))
            print(f"{genre:10}{name:14}{figures}{s['sources']:6.0f}")


if __name__ == "__main__":
    main()
