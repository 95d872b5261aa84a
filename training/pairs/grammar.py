"""As much English grammar as the rewriting needs: forms of verbs, subjects, clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.finding.framing.inflection import third_person, verb_forms
from onrecord.finding.pack import pack
from training.pairs.tables import listed, mapped

AUXILIARY = "am is are was were has have had will would can could may might must shall should do does did".split()
AUX = rf"(?:{'|'.join(AUXILIARY)})"
MODAL = r"(?:will|would|can|could|may|might|must|shall|should)"
NEGATED = re.compile(r"\b(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without|hardly)\b|n't\b", re.I)
CONTRACTED = {
    "can't": "cannot", "won't": "will not", "shan't": "shall not", "i'm": "I am", "let's": "let us",
}  # fmt: skip
FULL = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will"}


def full(text: str) -> str:
    """Contractions written out, but for those that may stand for two things ('s, 'd)."""
    for short, whole in CONTRACTED.items():
        text = re.sub(rf"\b{short}\b", whole, text)
        text = re.sub(rf"\b{capital(short)}\b", capital(whole), text)
    for short, whole in FULL.items():
        text = re.sub(rf"(?<=\w){short}\b", whole, text)
    return text


@cache
def verbs() -> frozenset[str]:
    """Ground forms of verbs that are known."""
    return frozenset(pack("en").table("irregular")["forms"]) | listed("verbs") | listed("transitive")


@cache
def pasts() -> frozenset[str]:
    """Past forms that can be nothing else."""
    return frozenset(past(verb) for verb in verbs()) - verbs() - {"be"}


@cache
def bases() -> dict[str, str]:
    """Every known form of a verb to its ground form."""
    return {form: verb for verb in sorted(verbs()) for form in sorted(verb_forms(verb))}


def past(verb: str) -> str:
    """The past tense."""
    own = pack("en").table("irregular")["forms"].get(verb, "").split()
    if own:
        return "did" if verb == "do" else "had" if verb == "have" else own[0]
    return next(form for form in sorted(verb_forms(verb)) if form.endswith("ed") and form != verb)


def participle(verb: str) -> str:
    """The past participle."""
    own = pack("en").table("irregular")["forms"].get(verb, "").split()
    if not own:
        return past(verb)
    plain = [form for form in own if not form.endswith("ing") and not form.startswith("'")]
    return {"be": "been", "do": "done", "go": "gone", "have": "had", "come": "come", "become": "become", "run": "run",
            "get": "got"}.get(verb) or plain[-1]  # fmt: skip


def gerund(verb: str) -> str:
    """The form in -ing."""
    return next(form for form in sorted(verb_forms(verb), key=len, reverse=True) if form.endswith("ing"))


def singular(noun: str) -> str:
    """A regular plural's singular."""
    odd = mapped("plurals")
    if noun in odd:
        return odd[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def with_s(verb: str) -> str:
    """The third person."""
    return {"have": "has", "be": "is", "do": "does", "go": "goes"}.get(verb) or third_person(verb)


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]


def small(text: str, lower: frozenset[str] | set[str]) -> str:
    """The first letter small, where the first word is no name."""
    first = re.match(r"[A-Za-z]+", text)
    names = re.match(r"[A-Z][a-z]+ [A-Z][a-z]", text) and not re.match(
        r"(?:The|A|An|In|At|On|If|As|And|But|For|When|With)\b", text
    )
    if first is None or first[0] == "I" or first[0].lower() not in lower or names:
        return text
    return text[0].lower() + text[1:]


def has_subject(sentence: str) -> bool:
    """Whether it is a statement that begins with its subject, or with a clause and then its subject."""
    text = re.sub(r"^(?:And|But|So|Now|Well|Still|Then),? ", "", sentence)
    first = text.split()[0].strip(",'").lower()
    if first in listed("no_subject") or first in verbs() - listed("starters"):
        return False
    return re.search(
        rf"\b{AUX}\b|(?:n't|'re|'ve|'ll|'m|it's|that's|there's|he's|she's)\b", text, re.I
    ) is not None or any(word.lower() in pasts() for word in re.findall(r"[A-Za-z]+", text))


def clause(words: str) -> bool:
    """Whether a stretch has a subject and a verb of its own."""
    tokens: Sequence[str] = re.findall(r"[A-Za-z']+", words.lower())
    if len(tokens) < 3:
        return False
    return any(t in AUXILIARY or t in pasts() or (t in bases() and t not in verbs()) for t in tokens[1:]) or (
        tokens[0] in ("i", "we", "they", "you") and tokens[1] in verbs()
    )
