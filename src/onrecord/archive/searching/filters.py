"""The filters of a search, each with what may be asked of it: `speaker:Holt`, `said:2017-05`, `form:direct`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import get_args

from onrecord.archive.indexing.words import asked_words
from onrecord.archive.searching.expressions import Any, During, Expression, Marked, Versions, Which
from onrecord.archive.searching.ranges import Range
from onrecord.errors import QueryError
from onrecord.records import CueClass, Form, OccasionKind, Status

WIKIDATA = re.compile(r"[Qq]\d{1,12}")
NUMBER = re.compile(r"#(\d{1,18})")
REVIEWS = ("confirmed", "changed", "added")
UNKNOWN = "unknown"
PERCENT = re.compile(r"(?:0?\.(\d{1,2})0*|([01])(?:\.0+)?)")


def filtered(name: str, value: str) -> Expression:
    """What the filter `name` asks for with `value`. Raises QueryError where it cannot take that."""
    if not value.strip():
        raise QueryError(f"the filter {name}: with nothing after it", "a value", f"Write {name}:{EXAMPLES[name]}")
    return FILTERS[name](value.strip())


def _entity(kind: str, name: str, value: str) -> Expression:
    """A name or part of one, a Wikidata id, or #12 for the archive's own number."""
    if WIKIDATA.fullmatch(value):
        return Marked(f"{kind}wd", (value.lower(),))
    if number := NUMBER.fullmatch(value):
        return Marked(f"{kind}id", (str(int(number[1])),))
    return _named(kind, name, value)


def _named(kind: str, name: str, value: str) -> Expression:
    asked = asked_words(value)
    if not asked:
        raise QueryError(f"{name}:{value}, which holds no letter", "a name", f"Write {name}:{EXAMPLES[name]}")
    more = value.endswith("*")
    if more and len(asked[-1][0]) < 2 and asked[-1][0].isascii():
        raise QueryError(f"{name}:{value}", "at least two letters beside a star", "Write more of the name")
    return Marked(kind, tuple(word for word, _ in asked), open=more or asked[-1][1])


def _one_of(kind: str, name: str, allowed: tuple[str, ...], value: str) -> Expression:
    """One of a closed set, or several with commas between."""
    asked = [part.strip().lower().replace(" ", "_") for part in value.split(",")]
    for each in asked:
        if each not in allowed:
            raise QueryError(f"{name}:{each}", f"one of {', '.join(allowed)}", f"Write {name}:{allowed[0]}")
    return Any(tuple(Marked(kind, (each,)) for each in dict.fromkeys(asked)))


def _during(kind: str, value: str) -> Expression:
    return During(kind, Range.parse(value))


def _confidence(value: str) -> Expression:
    """From 0 to 1 in hundredths: `0.8` (and above), `0.5..0.8` (below 0.8)."""
    low, dots, high = value.partition("..")
    first, end = _hundredths(low or "0", value), _hundredths(high or "1", value)
    if dots and end <= first and end < 100:
        raise QueryError(f"confidence:{value}", "the lower number first", "Turn it round")
    last = 100 if end == 100 else end - 1
    marks, at = [], first
    while at <= last:
        whole = at % 10 == 0 and at + 9 <= last
        marks.append(Marked("tenth", (str(at // 10),)) if whole else Marked("hundredth", (str(at),)))
        at += 10 if whole else 1
    return Any(tuple(marks))


def _hundredths(written: str, value: str) -> int:
    found = PERCENT.fullmatch(written.strip())
    if not found or (found[2] == "1" and found[1]):
        raise QueryError(
            f"confidence:{value}", "numbers from 0 to 1 with two digits at most", "Write confidence:0.8..1"
        )
    return int(found[2]) * 100 if found[2] else int(found[1].ljust(2, "0"))


def _reviewed(value: str) -> Expression:
    answers = {"yes": REVIEWS, "no": ("none",), **{review: (review,) for review in REVIEWS}}
    asked = answers.get(value.lower())
    if asked is None:
        raise QueryError(f"reviewed:{value}", f"one of {', '.join(answers)}", "Write reviewed:yes")
    return Any(tuple(Marked("review", (each,)) for each in asked))


def _versions(value: str) -> Expression:
    for which in get_args(Which):
        if value.lower() == which:
            return Versions(which)
    raise QueryError(f"versions:{value}", f"one of {', '.join(get_args(Which))}", "Write versions:all")


FILTERS: dict[str, Callable[[str], Expression]] = {
    "speaker": partial(_entity, "by", "speaker"),
    "office": partial(_named, "role", "office"),
    "affiliation": partial(_entity, "of", "affiliation"),
    "about": partial(_entity, "about", "about"),
    "outlet": partial(_entity, "outlet", "outlet"),
    "said": partial(_during, "said"),
    "published": partial(_during, "pub"),
    "form": partial(_one_of, "form", "form", get_args(Form)),
    "cue_class": partial(_one_of, "stance", "cue_class", (*get_args(CueClass), UNKNOWN)),
    "status": partial(_one_of, "status", "status", get_args(Status)),
    "occasion": partial(_one_of, "occasion", "occasion", (*get_args(OccasionKind), UNKNOWN)),
    "confidence": _confidence,
    "reviewed": _reviewed,
    "versions": _versions,
}
"""How each filter reads its value."""

OLDER_NAMES = {"stance": "cue_class"}
"""What filters were called before each thing had one name everywhere; still understood."""

EXAMPLES = {
    "speaker": '"Rena Holt"',
    "office": '"foreign minister"',
    "affiliation": "Russia",
    "about": "NATO",
    "outlet": "Wikinews",
    "said": "2017-05..2017-06",
    "published": "2017",
    "form": "direct",
    "cue_class": "distancing",
    "status": "denied",
    "occasion": "interview",
    "confidence": "0.8..1",
    "reviewed": "yes",
    "versions": "all",
}
