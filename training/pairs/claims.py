"""Edits of what is claimed: whether, how surely, by whom, why, and in which order."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from training.pairs.grammar import (
    AUX,
    MODAL,
    NEGATED,
    bases,
    capital,
    clause,
    full,
    has_subject,
    participle,
    past,
    pasts,
    small,
    verbs,
    with_s,
)
from training.pairs.passages import Passage
from training.pairs.places import LOWER, NAMES, any_of, replaced
from training.pairs.tables import listed, ordered

IDLE_NOT = re.compile(
    r"not (?:only|just|yet|sure|least|to mention|because|necessarily)\b|or not\b|n't (?:only|just)\b|never mind", re.I
)


def negation_dropped(text: str, passage: Passage, chance: random.Random) -> str | None:
    text = full(text)
    if IDLE_NOT.search(text) or re.search(r"\b(?:any\w*|ever|yet|either|let)\b", text):
        return None
    match = any_of(
        rf"\bcannot\b|\b(?:do) not (?=\w)|(?<= ){AUX} not\b|(?<=\w )never (?=\w)|\b(?:have|has|had|is"
        rf"|are|was|were) no (?=\w+(?:s|ence|tion|ity)\b)",
        text,
        chance,
    )
    if match is None:
        return None
    words = match[0]
    new = (
        {"cannot": "can", "do not ": "", "never ": ""}.get(words)
        if words.strip() in ("cannot", "do not", "never")
        else None
    )
    if new is None:
        new = re.sub(r" (?:not|no)\b", "", words)
    if words == "do not " and not re.search(r"\b(?:I|we|they|We|They|who|people|\w+s) $", text[: match.start()]):
        new = "do "
    return replaced(text, match, new)


def negation_added(text: str, passage: Passage, chance: random.Random) -> str | None:
    text = full(text)
    if NEGATED.search(text) or re.match(r"(?:If|When|While|As|Because|Since|Although|Though|What|How|Who)\b", text):
        return None
    match = re.search(rf"(?<=\w )({MODAL}|is|are|was|were|am|has|have|had)\b (?=[a-z])(?!only|just|so\b|some)", text)
    if match is None:
        return None
    after = text[match.end() :].split()[0].strip(".,")
    if match[1] in ("has", "have", "had") and not _participle(after):
        return None
    return replaced(text, match, f"{match[1]} not ")


def _participle(word: str) -> bool:
    verb = bases().get(word)
    return verb is not None and participle(verb) == word


def modality_raised(text: str, passage: Passage, chance: random.Random) -> str | None:
    strong = {"may": "will", "might": "will", "could": "will", "should": "must", "can": "must", "likely": "certain",
              "possible": "certain", "hope to": "will", "would like to": "will", "want to": "will"}  # fmt: skip
    match = any_of(
        r"(?<=\w )(may|might|could|should|hope to|would like to)(?= [a-z])|\b(likely|possible)(?= (?:to|that)\b)",
        text,
        chance,
    )
    if match is None or (match[0] == "could" and re.search(r"\b(?:if|when|so|until)\b|could have|could not", text)):
        return None
    if match[0] in ("may", "might", "should") and text[match.end() :].startswith(" have "):
        return replaced(text, match, {"should": "must"}.get(match[0], "must"))
    return replaced(text, match, strong[match[0]])


def planned_done(text: str, passage: Passage, chance: random.Random) -> str | None:
    pattern = (
        r"\b(\w+) (will|is going to|are going to|am going to|plans? to|intends? to|(?:is|are|am)"
        r" trying to|tried to|hopes? to|wants? to|promised? to) (be )?([a-z]+)\b"
    )
    found = [m for m in re.finditer(pattern, text) if m[4] in verbs() and m[4] not in ("be", "have")]
    if not found or re.search(r"\bif\b|\bwhen\b|\buntil\b|\bnext\b|\btomorrow\b", text):
        return None
    match = chance.choice(found)
    have = "have" if match[1].lower() in ("i", "we", "they") or re.search(r"[^s]s$", match[1]) else "has"
    done = participle(match[4])
    new = f"{match[1]} {have} {'been ' if match[3] else ''}{done}"
    return replaced(text, match, new)


def hedge_dropped(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = any_of(
        r"\b(?:[Pp]erhaps|[Mm]aybe|[Pp]robably|[Pp]ossibly|[Aa]pparently|[Aa]llegedly|[Rr]eportedly"
        r"|[Pp]resumably|[Pp]otentially),? |"
        r"\bI (?:guess|suspect|suppose|am not sure but),? (?:that )?|\b[Ii]t (?:seems|appears|looks)"
        r" (?:that |like |as if )|\bseems? to be\b",
        text,
        chance,
    )
    if match is None:
        return None
    if match[0].startswith("seem"):
        return replaced(text, match, "is" if match[0].startswith("seems") else "are")
    new = "" if match.start() == 0 or chance.random() < 0.5 else chance.choice(("certainly ", "definitely "))
    if "I " in match[0] or "t " in match[0][:4]:
        new = ""
    rest = replaced(text, match, new)
    return capital(rest)


def condition_dropped(text: str, passage: Passage, chance: random.Random) -> str | None:
    opening = r"(?:if|unless|as long as|provided that|only if|so long as|assuming)"
    match = any_of(
        rf"^{opening.replace('if', '[Ii]f', 1).replace('unless', '[Uu]nless')} [^,]{{10,}}, (?:then )?"
        rf"|(?<!even)(?<!as)(?<!what)(?<!see),? \b{opening} (?!any|not\b|ever\b|you will)[^,]{{8,}}(?=\.$)",
        text,
        chance,
    )
    if match is None or re.search(r"\b(?:ask|wonder|know|see|doubt|matter|even|as)(?:s|ed)?$", text[: match.start()]):
        return None
    rest = replaced(text, match, "")
    whole = (
        clause(rest) and has_subject(rest) and not rest[0].isdigit() and rest.split()[0] not in ordered("number_words")
    )
    return capital(rest) if whole and len(rest.split()) > 4 else None


def agents_swapped(text: str, passage: Passage, chance: random.Random) -> str | None:
    swap = {"I": "me", "we": "us", "he": "him", "she": "her", "they": "them"}
    back = {v: k for k, v in swap.items()}
    found: list[str] = []
    for m in re.finditer(r"\b([Ii]|[Ww]e|[Hh]e|[Ss]he|[Tt]hey) ([a-z]+) (me|us|him|them)\b(?! to\b)", text):
        who = m[1] if m[1] == "I" else m[1].lower()
        if swap[who] != m[3] and _takes_object(m[2]):
            verb = bases()[m[2]]
            new = back[m[3]] if m[3] != "me" else "I"
            found.append(replaced(text, m, f"{new} {m[2] if m[2] in pasts() else _agreeing(verb, new)} {swap[who]}"))
    if not NAMES:
        return chance.choice(found) if found else None
    name = rf"((?:[A-Z][a-z]+ )?(?:{'|'.join(sorted(set(re.findall(r'[A-Z][a-z]+', text)) & NAMES) or ['Nobody'])}))"
    for m in re.finditer(
        rf"\b{name} ((?:has |had |will |would |could |should |was |is )?)([a-z]+)( by| over| against"
        rf"| for| from)? {name}\b",
        text,
    ):
        if m[3] in bases() and m[1] != m[5]:
            found.append(replaced(text, m, f"{m[5]} {m[2]}{m[3]}{m[4] or ''} {m[1]}"))
    for m in re.finditer(rf"{name}([^,;]{{3,60}}) (?:than|against|before|ahead of|instead of) {name}\b", text):
        if m[1] != m[3] and not re.search(r"\b(?:and|or)\b", m[2]):
            found.append(replaced(text, m, m[3] + m[0][len(m[1]) : -len(m[3])] + m[1]))
    return chance.choice(found) if found else None


def _takes_object(word: str) -> bool:
    return bases().get(word) in listed("transitive")


def _agreeing(verb: str, subject: str) -> str:
    return with_s(verb) if subject in ("he", "she") else verb


THING = re.compile(rf"\b(the (?:[a-z]+ )?(?:{'|'.join(listed('things'))}))\b")
"""What may be made out to be a cause."""


def cause_invented(text: str, passage: Passage, chance: random.Random) -> str | None:
    if re.search(r"\b(?:because|since|due|owing|so that|result|thanks)\b", text):
        return None
    here = set(THING.findall(text))
    things = [t for other in passage.others for t in THING.findall(other) if t not in here]
    if not things:
        return None
    cause = chance.choice(ordered("causes")).replace("_", " ")
    return f"{text.rstrip('.')} {cause} {chance.choice(things)}."


def cause_reversed(text: str, passage: Passage, chance: random.Random) -> str | None:
    text = re.sub(r"^(?:And|But|So),? ", "", text)
    match = re.fullmatch(r"([^,;]+?),? because (?!of\b)([^,;]+)\.", text)
    if match is None or not clause(match[1]) or not clause(match[2]):
        return None
    return f"{capital(match[2])} because {small(match[1], LOWER)}."


def order_reversed(text: str, passage: Passage, chance: random.Random) -> str | None:
    following = r"(?= (?:the|a|he|she|we|they|it|I|that|our|his|her|my|their|[a-z]+ing|[A-Z][a-z]+)\b)"
    match = any_of(
        rf"(?<!day )(?<!look )(?<!named )(?<!year )(?<!right )(?<!long )(?<!looking )\b(before|after)"
        rf"\b{following}(?! the (?:court|committee|judge|senate|house))",
        text,
        chance,
    )
    return match and replaced(text, match, "after" if match[0] == "before" else "before")


def claim_of_question(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = re.fullmatch(
        r"(?:And |But |So )?(Is|Are|Was|Were|Will|Would|Can|Could|Should|Has|Have|Do|Does|Did) (it"
        r"|this|that|they|he|she|we|there)\b (.+)\?",
        text,
    )
    if match is None or " or not" in text:
        return None
    aux = "" if match[1] in ("Do",) else f" {match[1].lower()}"
    return f"{capital(match[2])}{aux} {match[3]}."


PRONOUNS = frozenset(("We", "They", "He", "She", "I"))


def topic_shifted(text: str, passage: Passage, chance: random.Random) -> str | None:
    subject = re.compile(
        rf"^((?:The|Our|My|His|Her|Their) (?:[a-z]+ )?[a-z]+|[A-Z][a-z]+ [A-Z][a-z]+|We|They|He|She|I) ({AUX})\b"
    )
    mine = subject.match(text)
    if mine is None:
        return None
    theirs = [m[1] for other in passage.others if (m := subject.match(other)) and m[2] == mine[2]]
    theirs = [t for t in theirs if t not in PRONOUNS and t != mine[1]]
    if not theirs:
        return None
    return chance.choice(theirs) + text[mine.end(1) :]


def absolute_added(text: str, passage: Passage, chance: random.Random) -> str | None:
    if NEGATED.search(text) or re.search(r"\b(?:always|all|every|completely|often|sometimes)\b", text):
        return None
    match = re.search(
        r"(?<=\w )(is|are|was|were|will|has|have) (?=[a-z]+)(?!going|a |an |the |been|be |not|more"
        r"|only|to |in |at |on |one|for |there)",
        text,
    )
    if match is None or (match[1] in ("has", "have") and not _participle(text[match.end() :].split()[0].strip(".,"))):
        return None
    return replaced(
        text, match, f"{match[1]} {chance.choice(('always', 'always', 'invariably', 'without exception'))} "
    )


SCOPES: Sequence[tuple[str, str]] = (
    (r"\b[Nn]ot (?:all|every one) of\b", "none of"),
    (r"\b[Nn]ot all\b", "no"),
    (r"\b[Nn]ot everyone\b", "no one"),
    (r"\bnot always\b", "never"),
    (r"\bnot (?:entirely|completely|necessarily|fully)\b", "not at all"),
    (r"\bdo(?:es)? not have to\b", "must not"),
    (r"\bnot trying to\b", "trying not to"),
    (r"\bnot want to\b", "want never to"),
    (rf"\bdid not (say|claim|promise|know|realise|realize) (?:that )?(\w+(?: \w+)?) ({AUX})\b", r"\1+ that \2 \3 not"),
    (r"\bnot (promise|decide|agree|plan|try|ask) to\b", r"\1 not to"),
)
"""Where *not* reaches further, or denies something else."""


def scope_moved(text: str, passage: Passage, chance: random.Random) -> str | None:
    text = full(text)
    for pattern, new in SCOPES:
        if match := any_of(pattern, text, chance):
            if "\\1+" in new:
                new = new.replace("\\1+", past(match[1]))
            return replaced(text, match, match.expand(new))
    match = re.search(rf"\b({AUX}) not ([^,;]+?)(,? (?:and|but) (?:\w+ ){{1,3}}?)({AUX}) (?!not|n't)", text)
    if match is None or match[1] in ("do", "did", "does") or match[4] in ("do", "did", "does", "have", "has"):
        return None
    return replaced(text, match, f"{match[1]} {match[2]}{match[3]}{match[4]} not ")
