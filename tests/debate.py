"""An invented debate, coded: who is for and against what, as small as a test can use; and random ones, larger."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from numpy.random import Generator

from onrecord.records.coded import Coded, CodedDocument, Scalar
from onrecord.spans import Span

DAY = datetime.datetime(2024, 3, 4)  # a Monday
PIER, TOLL, FERRY = "New pier", "Bridge toll", "Night ferry"


def document(id: str = "1", day: int = 0, text: str = "", source: str = "Quay Herald") -> CodedDocument:
    when = DAY + datetime.timedelta(days=day)
    return CodedDocument(id=id, title=f"Article {id}", text=text, source=source, when=when)


def said(
    id: int,
    organization: str,
    concept: str,
    agreement: bool | None = True,
    *,
    day: int = 0,
    doc: str = "1",
    person: str = "",
    extra: tuple[tuple[str, Scalar], ...] = (),
    by_machine: bool = False,
) -> Coded:
    held = document(doc, day)
    return Coded(
        id=str(id),
        document=held,
        person=person,
        organization=organization,
        concept=concept,
        agreement=agreement,
        when=held.when,
        extra=extra,
        by_machine=by_machine,
    )


UNION, PORT, LINE = "Harbour Union", "Port Office", "Gull Line"
DEBATE = (
    said(1, UNION, PIER, False, day=0, doc="1", person="Rena Holt"),
    said(2, UNION, PIER, False, day=0, doc="1", person="Rena Holt"),
    said(3, PORT, PIER, True, day=1, doc="2", person="Ivo Brandt"),
    said(4, PORT, TOLL, True, day=1, doc="2", person="Ivo Brandt"),
    said(5, LINE, PIER, True, day=8, doc="3", person="Una Sorel"),
    said(6, LINE, TOLL, False, day=8, doc="3", person="Una Sorel"),
    said(7, UNION, TOLL, False, day=40, doc="4", person="Rena Holt"),
    said(8, PORT, FERRY, None, day=400, doc="5", person="Ivo Brandt"),
)


def many(n: int, actors: int, concepts: int, rng: Generator, days: int = 300) -> list[Coded]:
    """A random debate in which actors have likings."""
    liking = rng.random((actors, concepts))
    chosen = [(int(a), int(rng.choice(concepts, p=liking[a] / liking[a].sum()))) for a in rng.integers(actors, size=n)]
    return [
        said(
            at,
            f"Body {a:02}",
            f"Cause {c:02}",
            bool(rng.random() < liking[a, c]),
            day=int(rng.integers(days)),
            doc=str(at % 40),
        )
        for at, (a, c) in enumerate(chosen, 1)
    ]


def in_text(
    parts: Sequence[tuple[str, str, str, bool | None]], text: str, id: str = "1", **fields: object
) -> list[Coded]:
    """Statements whose words stand in a text: words, organization, concept, side."""
    held = document(id, text=text)
    return [
        Coded(
            id=str(n),
            document=held,
            organization=body,
            concept=concept,
            agreement=side,
            when=held.when,
            span=Span(text.index(words), text.index(words) + len(words)),
            words=words,
            **fields,  # type: ignore[arg-type]
        )
        for n, (words, body, concept, side) in enumerate(parts, 1)
    ]
