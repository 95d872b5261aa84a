"""Which medium words name as the one that something was told to, said on or posted on.

told Quay Radio on Sunday            Quay Radio
told this newspaper                  the outlet of the article
told the Herald                      the outlet, where it is the Quay Herald
hit back on Instagram                Instagram
"""

from __future__ import annotations

import re
from collections.abc import Set

from onrecord.finding.pack import listed, pattern
from onrecord.records import Record, Statement


def outlet_names(record: Record) -> Set[str]:
    """All that the outlets among the entities are called."""
    return {name for entity in record.entities if entity.kind == "outlet" for name in (entity.name, *entity.aka)}


def medium_in(words: str, outlet: str | None, outlets: Set[str]) -> str | None:
    """The name of the medium, as printed or as the article's ``outlet`` is called; None where the words name none.
    ``outlets`` are those that the article tells of."""
    if pattern("own_outlet").search(words):
        return outlet
    if outlet and any(calls_outlet(match["name"], outlet) for match in pattern("told_to").finditer(words)):
        return outlet
    if platform := pattern("platform").search(words):
        return platform[1]
    for match in pattern("medium").finditer(words):
        bare = re.sub(r"^[Tt]he ", "", match["name"])
        sounds = pattern("sounds_like_outlet").search(bare) is not None and not re.search(r"['’]s\b", bare)
        known = bool({match["name"], bare} & outlets) and not match[0].startswith(("in ", "on "))
        if sounds or known:
            return bare
    return None


def calls_outlet(name: str, outlet: str) -> bool:
    """Whether a name is the outlet's own, shortened: "Herald", "the Quay Herald" or "QH" for Quay Herald."""
    parts = re.findall(r"\w+", outlet)
    if name.isupper() and len(name) > 1:
        return name == "".join(part[0] for part in parts if part[0].isupper())
    said, own = re.findall(r"\w+", name.lower()), [part.lower() for part in parts]
    return bool(said) and set(said) <= set(own) and not set(said) <= listed("common_outlet_words")


def talks_itself(record: Record, statement: Statement) -> bool:
    """Whether the label of a turn stands for the outlet of the article: it asks, and is the medium."""
    label = record.words(statement, "source").strip(" :")
    outlet = record.article.outlet
    short = outlet is not None and len(label) == 1 and outlet.startswith(label)
    return outlet is not None and bool(label) and (short or calls_outlet(label, outlet))
