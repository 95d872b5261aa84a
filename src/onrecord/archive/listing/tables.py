"""Statements as rows for other programs: columns in an order that stays, cells that no spreadsheet reckons.

One row a statement, with the url, the offsets and the digest of the text instead of the text, so that whoever has the
article finds the words again. Rows hold nothing that depends on when or in what order the archive was filled, unless
asked for.

A cell of CSV that a spreadsheet would take for a formula (it begins with =, +, -, @, a tab or a line break) gets an
apostrophe in front; `plain_cell` takes it off again. A cell that has apostrophes before such a character gets one more,
so that nothing else ever changes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from onrecord.records import ROLES, Statement
from onrecord.records.codec import parts

Row = dict[str, Any]
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
LICENCE = (
    "The statements are quoted from articles that may be under copyright; whole texts are left out unless they were "
    "asked for. Offsets count Unicode code points into the text whose SHA-256 digest is given."
)
WHO = ("speaker", "speaker_role", "speaker_of", "person", "person_name", "person_kind", "wikidata")
ABOUT = ("name", "kind", "person", "person_name", "wikidata", "sign", "words")
OCCASION = ("kind", "medium", "place", "addressee", "event", "date", "when")
FRAMED = ("form", "confidence", *WHO, "reason", "relayed_by")
SAID = ("cue_class", "status", "voice", "occasion", "about", "carried_from", "within")
OWN = tuple(each for each in parts(Statement) if each.name not in ("id", "candidates", "speaker", *ROLES))
"""The fields of a statement that stand in a row under their own name."""
LATER = tuple(each.name for each in OWN if each.name not in (*FRAMED, *SAID, "decided_by"))
"""Those that a later version added: they come after the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to export: the current readings or those of a `run`, all statements or those with these row ids.

    `with_older` adds older versions of articles, `with_text` the whole text, `with_times` when the article was added
    and the statement last corrected, `with_ids` the archive's own numbers, `with_rejected` statements that a person
    rejected.
    """

    run: int | None = None
    statements: frozenset[int] | None = None
    with_older: bool = False
    with_text: bool = False
    with_times: bool = False
    with_ids: bool = False
    with_rejected: bool = False


def columns(choice: Choice) -> tuple[str, ...]:
    """The fields of a row, in order."""
    return (
        *(("statement_id", "article_id", "person_id") if choice.with_ids else ()),
        *("article", "statement", "url", "version", "title", "outlet", "published", "language", "sha256"),
        *("content", "content_spans", "source", "source_spans", "cue", "cue_spans"),
        *(*FRAMED, *SAID, *LATER),
        *("review", "decided_by", "engine", "model", "model_sha256"),
        *(("added", "corrected") if choice.with_times else ()),
        *(("text",) if choice.with_text else ()),
    )


def flat_columns(choice: Choice) -> tuple[str, ...]:
    """The columns of a table: as `columns`, the occasion taken apart."""
    return tuple(
        flat
        for name in columns(choice)
        for flat in ([f"occasion_{part}" for part in OCCASION] if name == "occasion" else [name])
    )


def flat(row: Row) -> Row:
    """A row for a table: the occasion in columns of its own, lists and objects as JSON."""
    out: Row = {}
    for name, value in row.items():
        if name == "occasion":
            out |= {f"occasion_{part}": (value or {}).get(part) for part in OCCASION}
        elif isinstance(value, list | dict):
            out[name] = json.dumps(value, ensure_ascii=False)
        else:
            out[name] = value
    return out


def neutral_cell(value: object) -> object:
    """The cell as it may stand in a spreadsheet: what would be a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def plain_cell(cell: str) -> str:
    """The cell that `neutral_cell` made neutral, as it was."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
