"""From an article to its record: the steps, in the order in which they run."""

from __future__ import annotations

from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging.assembly import Settings, assemble
from onrecord.finding.tagging.decoding import decode
from onrecord.finding.tagging.tagger import Tagger, load_tagger
from onrecord.records import Article, Provenance, Record


def find(article: Article, engine: str, tagger: Tagger | None = None) -> Record:
    """Every attributed statement of ``article``, as found by this version of the ``engine``.

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
    return Record(article, statements, Provenance(engine, tagger.name, tagger.sha256))
