"""Before any word is compared: is this speaker meant, is this occasion meant?

carrier   “…,” the brigadier said     whose turns are compared   those of Brigadier ONA FELDKAMP-REYES   named
carrier   Asked whether she would                                those of all who ask                    asker
carrier   Reyl had called her tired                              those in which Reyl is spoken of        relayed
carrier   “…,” Savelyev said          (labels: MINISTER, Q)      those of MINISTER                       unconfirmed
carrier   a spokesman said                                       none                                    absent

Where it is not sure, words are compared all the same, and it is said that the speaker is not confirmed. Words are
misattributed only where another one, named too and surely another, said them; a description never makes that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from onrecord.tracing.edits import Reason
from onrecord.tracing.judging.letters import spelt_alike
from onrecord.tracing.judging.persons import every, is_given_name
from onrecord.tracing.judging.scene import Stage
from onrecord.tracing.paraphrase import PREFERRED, Support
from onrecord.tracing.speakers import TOKEN, Match, called, head_noun, is_role, match
from onrecord.tracing.values import Carried, Original, Verdict
from onrecord.tracing.wording.normal import fold
from onrecord.tracing.wording.tongues import in_another, tongue_of

How = Literal["named", "open", "asker", "relayed", "unconfirmed", "nobody", "absent"]
"""How it is known whose words are meant; *open*: by a pronoun that fits several; *nobody*: the carrier names none;
*absent*: another one, who did not speak."""

ALIKE = 0.62
"""Likeness and cover from which words are somebody's even where another is named, or nobody."""
LIKE_ENOUGH = 0.42
"""The same for a statement of somebody who is only described, or of nobody, to be taken as made there."""
SURELY_ALIKE = 0.85
"""The likeness of a translation that can be of nothing else."""
AHEAD = 0.3
"""How much better another speaker's words must fit for the statement to be given to the wrong one."""
REACH = 6
"""Words between who is cited and the cue."""
AHEAD_ACROSS = 0.2
"""The same across languages, where words cannot be covered and likenesses lie closer together."""
REPORTED = 0.65
"""The likeness from which a report in other words is surely of those."""
AHEAD_OF_A_PRONOUN = 0.1
"""The same where the reader chose among several whom a pronoun fits."""
SEVERAL = 4
"""Words that nobody says by chance."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whose words a statement is held against: the `turns`, by number, of the one meant, and `how` that is known."""

    turns: frozenset[int]
    how: How


def meant(carried: Carried, originals: Sequence[Original], scene: Stage) -> Meant:
    """Whose words a carrier's statement is of."""
    stands = _stands(carried.names, originals)
    if carried.body and not carried.asks:
        stands = ["other" if original.asker else found for found, original in zip(stands, originals, strict=True)]
    if found := _turns(stands, "same"):
        return Meant(found, "named")
    if not carried.newcomer and (found := _turns(stands, "may be")):
        speakers = {originals[n].names for n in found}
        return Meant(found, "named" if len(speakers) == 1 else "unconfirmed")
    askers = frozenset(n for n, original in enumerate(originals) if original.asker)
    if carried.asks and askers and not any(called(name).name for name in carried.names):
        return Meant(askers, "asker")
    if not carried.names:
        return Meant(frozenset(), "nobody")
    if any(scene.is_by(name) for name in carried.names):
        return Meant(frozenset(range(len(originals))) - askers, "named")
    unnamed = frozenset(n for n, original in enumerate(originals) if not original.asker and not _is_named(original))
    if unnamed and not carried.newcomer:
        proper = [name for name in carried.names if called(name).name]
        return Meant(unnamed, "named" if any(map(scene.names, proper)) else "unconfirmed")
    if found := _relaying(carried, originals):
        return Meant(found, "relayed")
    translated_name = carried.body or not any(map(is_given_name, called(carried.names[0]).name))
    across = translated_name and in_another(tongue_of(carried.words), originals[0].language)
    return Meant(frozenset(), "nobody" if across or (carried.described and not carried.newcomer) else "absent")


def _stands(given: Collection[str], originals: Sequence[Original]) -> list[Match]:
    """How a carrier's speaker stands to the speaker of each turn."""
    kept: dict[tuple[str, ...], Match] = {}
    for original in originals:
        if original.names not in kept:
            kept[original.names] = match(given, original.names)
    return [kept[original.names] for original in originals]


def _turns(stands: Sequence[Match], wanted: Match) -> frozenset[int]:
    return frozenset(n for n, found in enumerate(stands) if found == wanted)


def _is_named(original: Original) -> bool:
    return any(not is_role(name) for name in original.names)


def _relaying(carried: Carried, originals: Sequence[Original]) -> frozenset[int]:
    """The turns in which the one whose words they are is spoken of."""
    wanted = {word for name in carried.names if (word := _telling_word(name))}
    return frozenset(
        n
        for n, original in enumerate(originals)
        if any(spelt_alike(word, token) for word in wanted for token in _cited(original.text))
    )


def _telling_word(name: str) -> str:
    """The word by which somebody is spoken of: a surname, or the noun of a description: *the board of Lumenar*."""
    proper, noun = called(name).name, head_noun(name)
    return proper[-1] if proper and noun in ("", proper[-1]) else noun


@lru_cache(maxsize=4096)
def _cited(text: str) -> frozenset[str]:
    """The words of a text that may stand for somebody who is cited there: those shortly before or behind a cue."""
    tokens = TOKEN.findall(text)
    cues = every("citing")
    at = [n for n, token in enumerate(tokens) if fold(token) in cues]
    return frozenset(token for n in at for token in tokens[max(0, n - REACH) : n + REACH + 1])


def reopened(carried: Carried, who: Meant, originals: Sequence[Original], ranked: Sequence[Support]) -> Meant:
    """Whose words are meant where a pronoun fits several: of another whom it fits, if that one's words fit far better
    than those of the one whom the reader chose."""
    if not carried.others or not ranked or ranked[0].preferred:
        return who
    own = max((s.points for s in ranked if s.preferred), default=0.0)
    speaker = originals[ranked[0].window.which].names
    if ranked[0].points < max(LIKE_ENOUGH, own + AHEAD_OF_A_PRONOUN) or not _may_be(carried.others, speaker):
        return who
    return Meant(frozenset(n for n, original in enumerate(originals) if original.names == speaker), "open")


def _may_be(given: Collection[str], label: Collection[str]) -> bool:
    return match(given, label) in ("same", "may be")


def not_from_here(
    carried: Carried, who: Meant, originals: Sequence[Original], ranked: Sequence[Support], language: str | None
) -> Verdict | None:
    """The verdict `elsewhere`, where the statement is not claimed for the occasion or nothing shows that it is."""
    if not ranked:
        return elsewhere("nothing_alike", "nothing of it was said", 0.3)
    best = ranked[0]
    direct, like = carried.form == "direct", best.like or 0.0
    if carried.foreign and (who.how not in ("named", "open") or best.points < ALIKE + PREFERRED):
        return elsewhere("another_occasion", f"the article places it elsewhere: {carried.foreign}", 0.8)
    if carried.doubtful and best.points < LIKE_ENOUGH + PREFERRED:
        words = f"it may be from elsewhere: {carried.doubtful}; nothing like it was said"
        return elsewhere("another_occasion", words, 0.5)
    if who.how == "absent" and not (direct and like > SURELY_ALIKE):
        return elsewhere("not_a_speaker", f"{carried.names[0]} did not speak", 0.7)
    if who.how in ("named", "open", "asker", "absent"):
        return None
    across = in_another(language, originals[best.window.which].language)
    if who.how == "nobody" and direct and carried.names and not across:
        return elsewhere("words_not_found", f"nobody said it, and {carried.names[0]} may be anybody", 0.5)
    least = ALIKE if who.how == "relayed" or carried.body else LIKE_ENOUGH
    if best.points < least + (PREFERRED if best.preferred else 0.0):
        return elsewhere("nobody_named", "who spoke is not told or not confirmed, and nothing like it was said", 0.5)
    return None


def attributed(verdict: Verdict, carried: Carried, who: Meant, speaker: Original, own: int) -> Verdict:
    """The verdict on words that were found, with what is to be said of whose they are.

    `speaker` is whose words they mostly are, where these are not those `who` is meant; `own` counts those that are.
    """
    if not carried.names or carried.described or not speaker.names:
        return verdict
    stands = match(carried.names, speaker.names)
    if stands != "other" or who.how in ("unconfirmed", "relayed"):
        return unconfirmed(verdict, carried)
    if _may_be(carried.others, speaker.names):
        return _taken_to_be(verdict, speaker.names)
    if own >= SEVERAL:
        reason = Reason("other_speaker_too", f"some of the words are those of {short(speaker.names)}")
        return replace(verdict, reasons=(reason, *verdict.reasons))
    return misattributed(verdict, carried, speaker.names)


def of_another(
    carried: Carried, who: Meant, originals: Sequence[Original], ranked: Sequence[Support], language: str | None
) -> Verdict | None:
    """Misattributed, where a statement fits another speaker's words far better than any of the one named."""
    best = ranked[0]
    if not carried.names or carried.described or carried.body or best.preferred or best.like is None:
        return None
    original = originals[best.window.which]
    ahead = best.points - max((s.points for s in ranked if s.preferred), default=0.0)
    if who.how in ("unconfirmed", "nobody"):
        return None
    if carried.form == "direct":
        clear = AHEAD_ACROSS if in_another(language, original.language) else AHEAD
        if best.points < ALIKE or ahead < clear:
            return None
    elif who.how != "named" or not _is_claimed(carried) or original.asker or best.like < REPORTED or ahead < AHEAD:
        return None
    if match(carried.names, original.names) != "other" or _may_be(carried.others, original.names):
        return None
    verdict = Verdict(
        kind="misattributed",
        score=round(min(1.0, max(0.0, best.points)), 4),
        utterance=(original.id,),
        spans=(best.window.span.shift(original.start),),
    )
    return misattributed(verdict, carried, original.names)


def _is_claimed(carried: Carried) -> bool:
    """Whether a report claims that its content was said: what is asked, denied or taken up may be another's words."""
    return not (carried.asks or carried.question or carried.denied or carried.foreign or carried.doubtful)


def told(verdict: Verdict, carried: Carried, who: Meant, originals: Sequence[Original], scene: Stage) -> Verdict:
    """A verdict with what the gate has to say: who is not confirmed; and nobody is accused where that, the occasion or
    the transcript leaves it open."""
    if carried.foreign and verdict.alarming and verdict.kind != "misattributed":
        return elsewhere("another_occasion", f"the article places it elsewhere: {carried.foreign}", 0.6)
    if carried.doubtful and verdict.kind == "unfounded":
        return elsewhere("another_occasion", f"it may be from elsewhere: {carried.doubtful}", 0.4)
    if verdict.kind == "unfounded" and len({original.names for original in originals}) == 1:
        return elsewhere("one_text", "nothing like it stands in this text, and it may be from another", 0.3)
    if verdict.kind == "unfounded" and scene.incomplete:
        return elsewhere(
            "incomplete", "the transcript is an excerpt, so that what is missing there proves nothing", 0.3
        )
    if who.how == "nobody" and carried.names and not carried.described and verdict.kind in ("unfounded", "distorted"):
        return elsewhere("speaker_not_confirmed", f"{carried.names[0]} may be anybody", 0.4)
    if verdict.kind == "unfounded" and who.how in ("open", "unconfirmed"):
        name = carried.names[0] if carried.names else "who speaks"
        return elsewhere("speaker_not_confirmed", f"nothing like it was said, and {name} may be anybody", 0.4)
    if who.how == "open":
        return _taken_to_be(verdict, originals[min(who.turns)].names)
    return unconfirmed(verdict, carried) if who.how == "unconfirmed" and verdict.kind != "elsewhere" else verdict


def _taken_to_be(verdict: Verdict, speaker: Sequence[str]) -> Verdict:
    reason = Reason("speaker_open", f"taken to be {short(speaker)}")
    return replace(verdict, reasons=(*verdict.reasons, reason))


def unconfirmed(verdict: Verdict, carried: Carried) -> Verdict:
    """A verdict with the remark that the transcript does not show whether the one named is the one who spoke."""
    if any(reason.code == "speaker_not_confirmed" for reason in verdict.reasons):
        return verdict
    reason = Reason("speaker_not_confirmed", f"speaker not confirmed: {carried.names[0]}")
    return replace(verdict, reasons=(*verdict.reasons, reason))


def misattributed(verdict: Verdict, carried: Carried, speaker: Sequence[str]) -> Verdict:
    """The words are another's, who is named."""
    reason = Reason("other_speaker", f"the words are those of {short(speaker)}, not of {carried.names[0]}")
    return replace(verdict, kind="misattributed", reasons=(reason, *verdict.reasons), true_speaker=speaker[0])


def elsewhere(code: str, words: str, score: float) -> Verdict:
    """Not claimed for the occasion, or nothing shows that it is."""
    return Verdict(kind="elsewhere", score=score, reasons=(Reason(code, words),))


def short(names: Sequence[str]) -> str:
    """A speaker's name without what stands behind the comma."""
    return names[0].split(",")[0]
