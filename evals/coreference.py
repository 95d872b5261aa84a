"""stub"""
from __future__ import annotations
import re
from evals.gum import Document
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span, hull


def record_of(document: Document) -> Record:
    """The document as a record: an attribution with a source is a statement whose content is the rest of its sentence."""
    statements = []
    for n, a in enumerate(document.attributions, 1):
        source = [m.span for m in document.mentions if a.source and m.span.contains(a.source[0]) and m.span.end <= a.source[-1].end + 2]
        if not a.source or not a.cue:
            continue
        where = max(source, key=len) if source else hull(a.source)
        edge = hull((where, *(c for c in a.cue if c.start < where.end + 40)))
        pieces = []
        for start, end in ((a.sentence.start, edge.start), (edge.end, a.sentence.end)):
            if end - start > 3 and (piece := Span(start, end).trim(document.text)) and re.search(r"\w{2}", piece.slice(document.text)):
                pieces.append(piece)
        if not pieces:
            continue
        content = max(pieces, key=len)
        words = content.slice(document.text)
        quoted = words.startswith(('"', "“"))
        mixed = '"' in words or "“" in words
        statements.append(Statement(id=str(n), source=(where,), cue=tuple(sorted(set(a.cue))), content=(content,),
                                    form="direct" if quoted else "mixed" if mixed else "indirect", confidence=1.0))
    return Record(Article(document.text, document.name), tuple(statements), Provenance("gum"))
