"""One small record with something in every field, for tests of what keeps, prints or exchanges records."""

from __future__ import annotations

from onrecord.records import (
    Article,
    Asserted,
    Candidate,
    Entity,
    Namesake,
    Occasion,
    Provenance,
    Record,
    Statement,
    Target,
)
from onrecord.spans import Span


def full_record() -> Record:
    """A record with everything a record can hold."""
    article = Article("Rena Holt told Quay Radio that Ito was wrong. He was.", "a")
    holt = Entity(
        id="rena-holt",
        name="Rena Holt",
        kind="person",
        aka=("Holt",),
        mentions=(Span(0, 9),),
        role="harbour master",
        of="quay",
        wikidata="Q1",
        namesakes=(Namesake("Q2", "Rena Holt", 0.2, "same name"),),
        evidence=("full name",),
    )
    quay = Entity(id="quay", name="Quay Radio", kind="outlet", mentions=(Span(15, 25),), named=True, count=None)
    ito = Entity(id="ito", name="Ito", kind="person", mentions=(Span(31, 34),))
    talk = Occasion(
        id="o1", kind="interview", medium="quay", date="Sunday", when="2031-05-04", evidence=(Span(10, 14),)
    )
    said = Statement(
        id="1",
        source=(Span(0, 9),),
        cue=(Span(10, 14),),
        content=(Span(26, 44),),
        form="indirect",
        confidence=0.5,
        speaker="rena-holt",
        candidates=(Candidate("rena-holt", 0.9), Candidate("ito", 0.1)),
        cue_class="neutral",
        status="denied",
        occasion="o1",
        relayed_by="quay",
        about=(Target("ito", "-", (Span(39, 44),)),),
        decided_by={"form": "marks", "speaker": "full name"},
    )
    own = Asserted(Span(46, 53), "confirms", "1", "next to it")
    provenance = Provenance("0.1.0", "small", "ab" * 32)
    return Record(article, (said,), provenance, (holt, quay, ito), (talk,), (own,))
