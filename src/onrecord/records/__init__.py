"""The values: an Article comes in, a Record of its Statements goes out.

    text     “We were not asked,” said Rena Holt.
             ├──────────────────┤└──┘ └───────┘
    content  (0, 19)             cue  source
                              (20, 24) (25, 34)

All are frozen, compare by what they hold, and check themselves when made: what exists is
consistent. Each role of a statement is a sorted tuple of spans, since content may come in pieces.
Statements point to the record's entities and occasions by id.
"""

from onrecord.records.articles import Article, Provenance, Skipped
from onrecord.records.entities import (
    Asserted,
    Entity,
    Kind,
    Namesake,
    Occasion,
    OccasionKind,
    OwnVoice,
)
from onrecord.records.merging import merge_entities, without_circles
from onrecord.records.origins import OffsetMap, Origin, Stretch
from onrecord.records.record import Record
from onrecord.records.statements import (
    ROLES,
    Candidate,
    CueClass,
    Decisions,
    Form,
    Role,
    Sign,
    Statement,
    Status,
    Target,
    Voice,
)

__all__ = [
    "ROLES",
    "Article",
    "Asserted",
    "Candidate",
    "CueClass",
    "Decisions",
    "Entity",
    "Form",
    "Kind",
    "Namesake",
    "Occasion",
    "OccasionKind",
    "OffsetMap",
    "Origin",
    "OwnVoice",
    "Provenance",
    "Record",
    "Role",
    "Sign",
    "Skipped",
    "Statement",
    "Status",
    "Stretch",
    "Target",
    "Voice",
    "merge_entities",
    "without_circles",
]
