"""Direct into reported speech: *We won't leave today* becomes *that they would not leave that day*."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.finding.framing.inflection import verb_forms
from training.pairs.grammar import (
    AUXILIARY,
    CONTRACTED,
    full,
    has_subject,
    participle,
    past,
    pasts,
    small,
    verbs,
    with_s,
)
from training.pairs.tables import listed, mapped

PERSONS: Mapping[str, dict[str, str]] = {
    "he": {"i": "he", "me": "him", "my": "his", "mine": "his", "myself": "himself"},
    "she": {"i": "she", "me": "her", "my": "her", "mine": "hers", "myself": "herself"},
}
WE = {"we": "they", "us": "them", "our": "their", "ours": "theirs", "ourselves": "themselves"}
BACK = {
    "am": "was", "is": "was", "are": "were", "have": "had", "has": "had", "will": "would", "can": "could",
    "may": "might", "do": "did", "does": "did", "cannot": "could not", "shall": "would",
}  # fmt: skip
HEARER = re.compile(r"\b(?:you|your|yours|yourself|thee|y'all|gonna|wanna|gotta|ain't|'em|please)\b", re.I)
TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|\s+|[^A-Za-z\s]+")
IS_OR_HAS = re.compile(r"(it|that|there|he|she|what|who|here)'s", re.I)
NO_NOUN_BEFORE = frozenset("the a an his her their our my political good free own strong".split())
CONTENT = re.compile(r"^(?:And|But|So|Now|Well|Look|Still|Then|Again),? (?=\w)")


@dataclass(frozen=True, slots=True)
class Frame:
    """How a sentence is reported: of whom, and whether its tenses go back."""

    person: str
    back: bool
    that: bool


def frame(chance: random.Random) -> Frame:
    """A frame by chance."""
    return Frame(chance.choice(("he", "she")), chance.random() < 0.65, chance.random() < 0.5)


def reported(sentence: str, how: Frame, lower: frozenset[str]) -> str | None:
    """The sentence as the content of a report, without its cue; None where it cannot be put so by rule."""
    sentence = CONTENT.sub("", sentence.rstrip())
    if not sentence.endswith(".") or HEARER.search(sentence) or not has_subject(sentence):
        return None
    text = full(small(sentence[:-1], lower | {"i"}))
    tokens = TOKEN.findall(text)
    if any(token in ("'s", "'d") for token in tokens):
        return None
    words = [n for n, token in enumerate(tokens) if token[0].isalpha()]
    done: list[str] = list(tokens)
    said = PERSONS[how.person] | WE
    for at, n in enumerate(words):
        token = tokens[n]
        low = token.lower()
        before = [tokens[k].lower() for k in words[max(0, at - 3) : at]]
        if low in said and (token == "I" or low != "i"):
            done[n] = said[low]
        elif how.back or low in ("am", "have", "do", "was") or low in verbs():
            changed = _verb(low, before, how, _after(tokens, words, at))
            if changed is None:
                return None
            done[n] = changed if changed != low else token
    report = "".join(done)
    if how.back:
        for day, that in mapped("deixis").items():
            report = re.sub(rf"\b{day}\b", that, report)
    return ("that " if how.that else "") + report


def _after(tokens: Sequence[str], words: Sequence[int], at: int) -> str:
    return tokens[words[at + 1]].lower() if at + 1 < len(words) else ""


def _verb(low: str, before: Sequence[str], how: Frame, after: str) -> str | None:
    """A verb's form in the report; None where it cannot be told."""
    subject = _subject(before)
    last = before[-1] if before else ""
    if IS_OR_HAS.fullmatch(low):
        if not how.back:
            return low
        stem = low.split("'")[0]
        if after in ("been", "got", "had"):
            return f"{stem} had"
        return None if after in _participles() or after.endswith("ed") else f"{stem} was"
    if low in AUXILIARY or low == "cannot":
        if low in ("have", "do") and (last in ("to", "not") or _modal(before)):
            return low
        if low == "do" and after != "not" and not subject:
            return low
        if low in ("will", "can", "may") and last in NO_NOUN_BEFORE:
            return low
        if how.back and low in BACK:
            return BACK[low]
        if subject == "i" and low in ("am", "have", "do"):
            return {"am": "is", "have": "has", "do": "does"}[low]
        return low
    if subject and low in verbs() and not _modal(before):
        if low in pasts():
            return low
        ambiguous = past(low) == low
        if ambiguous:
            return None
        if how.back and subject in ("i", "we", "they"):
            return past(low)
        return with_s(low) if subject == "i" else low
    if how.back and subject in ("he", "she", "it") and low.endswith("s") and low != "thanks":
        for verb in verbs():
            if with_s(verb) == low and verb in verb_forms(verb):
                return past(verb)
    return low


@cache
def _participles() -> frozenset[str]:
    """Participles that may stand behind *has* and behind *is*: 's before them may be either."""
    return frozenset(participle(verb) for verb in verbs())


def _subject(before: Sequence[str]) -> str:
    """The pronoun that stands before a verb, adverbs between them passed over."""
    for word in reversed(before):
        if word in ("i", "we", "they", "he", "she", "it"):
            return word
        if word not in listed("adverbs") and not word.endswith("ly"):
            return ""
    return ""


def _modal(before: Sequence[str]) -> bool:
    """Whether an auxiliary stands before, so that a verb is no finite one."""
    for word in reversed(before):
        if word in AUXILIARY or word in ("to", "cannot", *CONTRACTED):
            return True
        if word not in listed("adverbs") and word not in ("not", "i", "we", "they", "he", "she", "it"):
            return False
    return False


def unknown_verb(report: str, how: Frame) -> bool:
    """Whether a pronoun for *I* stands before a word that may be an uninflected verb not known here."""
    found = re.findall(rf"\b{how.person} ([a-z]+)", report)
    return any(
        word not in AUXILIARY
        and not word.endswith(("s", "ed", "ly"))
        and word not in pasts()
        and word not in listed("adverbs")
        and word not in ("and", "or", "not", "could", "would", "might", "had", "to", "who", "with", "in", "at", "for")
        for word in found
    )
