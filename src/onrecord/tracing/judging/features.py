"""A report and its edits as numbers, for the head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.tracing.comparing.answers import answers
from onrecord.tracing.comparing.claims import claims
from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.figures import figures
from onrecord.tracing.comparing.grades import grades
from onrecord.tracing.comparing.lexicon import has
from onrecord.tracing.comparing.polarity import contradiction, opposites_in_place, polarity
from onrecord.tracing.comparing.roles import roles
from onrecord.tracing.comparing.scope import scope
from onrecord.tracing.comparing.times import times
from onrecord.tracing.edits import KINDS, Edit, EditKind
from onrecord.tracing.tables import words as listed
from onrecord.tracing.values import Original
from onrecord.tracing.wording.alignment import stem

CONVERSE: frozenset[EditKind] = frozenset(("opposite", "roles_exchanged"))
"""Two edits that undo one another: *A is less charmed than B*, *B is more charmed than A*."""
_ORDER: dict[str, int] = {code: n for n, code in enumerate(KINDS)}


def edits_of(case: Comparison, originals: Sequence[Original]) -> tuple[Edit, ...]:
    """Every edit of a report, the hard ones first."""
    found = [*dict.fromkeys(_edits(case, originals))]
    if {edit.code for edit in found} >= CONVERSE:
        found = [edit for edit in found if edit.code not in CONVERSE]
    return tuple(sorted(found, key=lambda edit: (edit.severity != "hard", _ORDER[edit.code])))


def _edits(case: Comparison, originals: Sequence[Original]) -> Iterator[Edit]:
    yield from figures(case, originals)
    yield from polarity(case)
    yield from opposites_in_place(case)
    yield from answers(case)
    yield from contradiction(case)
    yield from grades(case)
    yield from scope(case)
    yield from roles(case)
    yield from times(case)
    yield from claims(case, originals)


def features(case: Comparison, edits: Sequence[Edit]) -> Mapping[str, float]:
    """Named numbers about a report; those left out are nought."""
    best, found = case.support, {f"{edit.code} {edit.severity}": 1.0 for edit in edits}
    content = [word for word in case.words if word.key not in listed(case.language, "common")]
    stems = {stem(word.key) for word in case.all_spoken}
    said = sum(stem(word.key) in stems for word in content) / len(content) if content else 0.0
    matches = case.matches
    across = 1.0 if case.across else 0.0
    found |= {
        "cover": best.cover * (1 - across),
        "cover of all": said * (1 - across),
        "across": across,
        "short": 1.0 if len(content) <= 3 else 0.0,
        "long": 1.0 if len(content) > 12 else 0.0,
        "mixed": 1.0 if case.carried.form == "mixed" else 0.0,
        "soft edits": float(sum(edit.severity == "soft" for edit in edits)),
        "asked": 1.0 if any(match.theirs.asked for match in matches) else 0.0,
        "denied": 1.0 if case.carried.denied else 0.0,
        "question": 1.0 if case.carried.question else 0.0,
        "cue commits": 1.0 if has(case.cue, case.language, "commits") else 0.0,
        "cue reveals": 1.0 if has(case.cue, case.language, "reveals") else 0.0,
        "another's": 0.0 if best.preferred else 1.0,
    }
    if matches:
        found["least cover"] = min(match.cover for match in matches) * (1 - across)
    if best.like is not None:
        likes = [match.like or 0.0 for match in matches] or [best.like]
        found |= {
            "like": best.like,
            "like across": best.like * across,
            "least like": min(likes),
            "mean like": sum(likes) / len(likes),
        }
    return found
