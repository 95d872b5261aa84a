"""The steps from an article to its record, as a list that can be printed."""

from __future__ import annotations

from onrecord import __version__
from onrecord.finding.assembly import Settings, assemble
from onrecord.finding.quotations import find_quotations
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagger import Tagger, load_tagger
from onrecord.records import Article, Provenance, Record


def find(article: Article, tagger: Tagger | None = None) -> Record:
    """Every attributed statement of ``article``. The model is loaded at the first call; raises ModelError without it."""
    tagger = tagger or load_tagger()
    blocks = paragraphs(article.text)
    quotations = find_quotations(article.text, blocks)
    settings = Settings.from_card(tagger.card)
    pieces = tagger.encoder.encode(article.text, blocks, quotations)
    tagging = tagger.tag(pieces, min(settings.chances.values()))
    statements = assemble(article.text, blocks, quotations, tagging, settings)
    return Record(article, statements, Provenance(__version__, tagger.name, tagger.sha256))
