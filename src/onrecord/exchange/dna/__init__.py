"""Files of Discourse Network Analyzer 3, `.dna`: read, written, and compared when a person has changed one.

coders       each person, and each program under a coder `onrecord …` of its own, so that DNA can hide its codes
documents    title, text, author, source (the outlet), section, type, notes, date; offsets count UTF-16 units
statements   a stretch of a document, of a type; each type has variables, whose short texts are entities

>>> from onrecord.exchange.dna import read, write    # doctest: +SKIP
>>> project = read("debate.dna")                     # doctest: +SKIP
"""

from onrecord.exchange.dna.changes import CodeChange, changed, changes
from onrecord.exchange.dna.project import DnaProject
from onrecord.exchange.dna.reading import read
from onrecord.exchange.dna.writing import write

__all__ = ["CodeChange", "DnaProject", "changed", "changes", "read", "write"]
