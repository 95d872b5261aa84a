"""A step, and the first of them: from an article to the statements that the model and the marks give."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging.assembly import Settings, assemble
from onrecord.finding.tagging.decoding import decode
from onrecord.finding.tagging.tagger import Tagger, load_tagger
from onrecord.records import Article, Provenance, Record


class Step(Protocol):
    """One pass over an article: given what is recorded of it so far, the record with more; neither is altered."""

    def __call__(self, article: Article, record: Record) -> Record: ...


def find(article: Article, record: Record, tagger: Tagger | None = None) -> Record:
    """The record with every attributed statement of ``article``.

    The model that came with the package is loaded at the first call; raises ModelError without it.
    """
    tagger = tagger or load_tagger()
    settings = Settings.from_card(tagger.card)
    blocks = paragraphs(article.text)
    quotations = find_quotations(article.text, blocks)
    pieces = tagger.encoder.encode(article.text, blocks, quotations)
    stretches = tagger.stretches(pieces, min(settings.chances.values()))
    candidates = [c for tagging in stretches for c in decode(tagging, settings.prices)]
    statements = assemble(article.text, blocks, quotations, candidates, settings)
    made_by = Provenance(record.provenance.engine, tagger.name, tagger.sha256)
    return replace(record, statements=statements, provenance=made_by)
