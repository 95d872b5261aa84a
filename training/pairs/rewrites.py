"""Rewritings that keep the sense of a sentence. Each gives the sentence anew, or None where it has no place."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from training.pairs.grammar import AUX, bases, capital, clause, full, participle, small, verbs
from training.pairs.passages import Passage
from training.pairs.places import LOWER, NUMBER, YEAR, Edit, any_of, by_table, replaced
from training.pairs.tables import listed, mapped, ordered

BEHIND_MODAL = (
    r"(?:(?<=\bwill )|(?<=ould )|(?<=\bmust )|(?<=\bcan )|(?<=\bmay )|(?<=ight )|(?<=\bto ))"
    r"\b{}\b(?! to\b| at\b| away\b| \w+ing\b)"
)
BEHIND_SUBJECT = (
    r"(?:(?<=\bwill )|(?<=ould )|(?<=\bmust )|(?<=\bcan )|(?<=\bWe )|(?<=\bwe )|(?<=\bthey )|(?<=\bI )"
    r"|(?<=\bto ))\b{}\b"
)
NOT_BEHIND = "".join(
    f"(?<!{word} )" for word in ("will", "ould", "must", "can", "may", "ight", "to", "has", "had", "have", "did")
)
DIGITS = {word: str(n) for n, word in enumerate(ordered("number_words"), 2)}
WORDS = {digit: word for word, digit in DIGITS.items()}


def rounded(text: str, passage: Passage, chance: random.Random) -> str | None:
    found = [m for m in NUMBER.finditer(text) if not YEAR.fullmatch(m[0])]
    for match in sorted(found, key=lambda _: chance.random()):
        if re.search(r"(?:than|least|most|about|nearly|over|to|or|-|[$£€]) ?$", text[: match.start()]):
            continue
        value = float(match[0].replace(",", ""))
        step = 10 ** max(0, len(str(int(value))) - (1 if value < 100 else 2))
        near = round(value / step) * step if value >= 21 else round(value)
        if near == value or not near or abs(near - value) / value > 0.06:
            continue
        word = ("nearly", "almost", "just under", "close to") if near > value else ("more than", "over", "just over")
        shown = f"{int(near):,}" if near >= 1000 else str(int(near))
        return replaced(text, match, f"{chance.choice((*word, 'about', 'around', 'some'))} {shown}")
    return None


def number_written(text: str, passage: Passage, chance: random.Random) -> str | None:
    options = []
    for m in re.finditer(r"(?<![\w.,$£€-])(?:[2-9]|1[0-2])(?![\w.,:%-]|\.\d)(?! (?:[A-Z]|million|billion))", text):
        options.append((m, WORDS[m[0]]))
    for m in re.finditer(rf"\b(?:{'|'.join(DIGITS)})\b(?!-)", text):
        options.append((m, DIGITS[m[0]]))
    for m in re.finditer(r"(?<=\d)%", text):
        options.append((m, chance.choice((" percent", " per cent"))))
    for m in re.finditer(r"(?<=\d) per ?cent\b", text):
        options.append((m, "%"))
    for m in re.finditer(r"\b(\d+),000,000\b", text):
        options.append((m, f"{m[1]} million"))
    for m in re.finditer(r"\b(\d+),?000\b(?! (?:million|billion))", text):
        options.append((m, f"{m[1]} thousand"))
    for m in re.finditer(
        r"\$(\d[\d,.]*\d|\d)( (?:million|billion|trillion))?(?=[.,] | (?:in|to|for|from|on|of|by|over"
        r"|a|per|and|or|at|each|more|last|this)\b|\.$)",
        text,
    ):
        options.append((m, f"{m[1]}{m[2] or ''} dollars"))
    if not options:
        return None
    match, new = chance.choice(options)
    return replaced(text, match, new)


def passive(text: str, passage: Passage, chance: random.Random) -> str | None:
    thing = r"((?:the|a|an|our|this|that|these|those|his|her|their|its|my) (?:[a-z]+ )?[a-z]+)"
    match = re.fullmatch(
        rf"(I|We|They|He|She|The [a-z]+|[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:(will|would|should|must|can"
        rf"|could|may|might|cannot|will not|would not|should not|must not) )?([a-z]+) {thing}( (?:in"
        rf"|on|at|for|by|with|to|from|after|before|if|because|when) .*)?\.",
        full(text),
    )
    if match is None or bases().get(match[3]) not in listed("transitive") or re.search(r"(?:ly|ing)$", match[4]):
        return None
    verb = bases()[match[3]]
    many = match[4].endswith("s") and not match[4].endswith("ss")
    if match[2]:
        if match[3] != verb:
            return None
        aux = f"{match[2]} be"
    elif match[3] in verbs():
        if match[1] not in ("I", "We", "They"):
            return None
        aux = "are" if many else "is"
    else:
        aux = "were" if many else "was"
    by = {"I": "me", "We": "us", "They": "them", "He": "him", "She": "her"}.get(match[1], small(match[1], LOWER))
    return f"{capital(match[4])} {aux} {participle(verb)} by {by}{match[5] or ''}."


def reordered(text: str, passage: Passage, chance: random.Random) -> str | None:
    words = "if|when|because|before|after|while|although|unless|until|as long as|since|once"
    first = "|".join(word.capitalize() for word in words.split("|"))
    match = re.fullmatch(rf"({first}) ([^,]+), (?:then )?([^,;]+)\.", text)
    if match is not None and clause(match[2]) and clause(match[3]):
        return f"{capital(match[3])} {match[1].lower()} {match[2]}."
    match = re.fullmatch(rf"([^,;]+?),? ({words}) (?!of\b)([^,;]+)\.", text)
    if (
        match is None
        or not clause(match[1])
        or not clause(match[3])
        or re.search(r"\b(?:as|even|what|that|who|which|just|not|only|day|years?|ask|know|see)$", match[1])
    ):
        return None
    turned = {"before": "after", "after": "before"}.get(match[2])
    if turned and chance.random() < 0.5:
        return f"{capital(match[3])} {turned} {small(match[1], LOWER)}."
    return f"{capital(match[2])} {match[3]}, {small(match[1], LOWER)}."


def compressed(text: str, passage: Passage, chance: random.Random) -> str | None:
    safe = r"(?!.*\b(?:not|no|never|only|if|unless|all|every|more|less|may|might|but|except)\b)"
    options = [
        m
        for m in re.finditer(r"\b(?:" + "|".join(listed("fillers")) + r") (?=[a-z])", text)
        if not re.search(r"(?:not|n't|that|this|the|a) $", text[: m.start()])
    ]
    options += re.finditer(
        r", (?:you know|I mean|of course|in fact|as you know|frankly|by the way|as I said|indeed)(?=,|\.)", text
    )
    options += [
        m
        for m in re.finditer(r",( (?:who|which|a|the|an|with|including|especially|like) [^,]{8,70}),(?= [a-z])", text)
        if re.match(safe, m[1])
    ]
    options += re.finditer(
        r"^(?:And|But|So|Well|Now|Look|Of course|Obviously|Frankly|In fact|You know|I mean),? (?=[A-Za-z])", text
    )
    options += re.finditer(r"(?<=\w),? (?:as well|too|though|anyway|at all|in this country|in the world)(?=\.$)", text)
    options += re.finditer(r"\bI (?:think|believe) (?:that )?(?=(?:the|it|he|she|they|we|this|that|there)\b)", text)
    if not options:
        return None
    return capital(replaced(text, chance.choice(options), "").replace(",,", ","))


def contracted(text: str, passage: Passage, chance: random.Random) -> str | None:
    whole = full(text)
    if whole != text:
        return whole
    match = any_of(
        r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should) not\b|\bcannot\b|\bwill not\b", text, chance
    )
    if match is None:
        return None
    return replaced(text, match, {"cannot": "can't", "will not": "won't"}.get(match[0]) or f"{match[1]}n't")


def raised_negation(text: str, passage: Passage, chance: random.Random) -> str | None:
    text = full(text)
    subject = r"((?:the |a |our |this |that |these )?[A-Za-z]+)"
    thinks = r"(think|believe|expect) (?:that )?"
    match = re.search(rf"\b(I|we|We|they|They) do not {thinks}{subject} ({AUX})\b(?! not)", text)
    if match is not None and match[4] not in ("do", "does", "did"):
        return replaced(text, match, f"{match[1]} {match[2]} {match[3]} {match[4]} not")
    match = re.search(rf"\b(I|we|We|they|They) {thinks}{subject} ({AUX}) not\b", text)
    if match is None or match[4] in ("do", "does", "did"):
        return None
    return replaced(text, match, f"{match[1]} do not {match[2]} {match[3]} {match[4]}")


def not_only(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = re.search(r"\bnot (?:only|just) ([^,;]{4,50}?),? but (?:also )?", text)
    return match and replaced(text, match, f"both {match[1]} and ")


def moved_front(text: str, passage: Passage, chance: random.Random) -> str | None:
    """A time or place at the end, put in front; or from the front to the end."""
    when = (
        r"(?:on (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|in (?:19|20)\d\d"
        r"|in (?:January|February|March|April|May|June|July|August|September|October|November|December)"
        r"|(?:last|next|this) (?:week|month|year|night)|today|tomorrow|yesterday|at the moment|right now"
        r"|in recent years|at that time)"
    )
    if match := re.fullmatch(rf"([^,;]+?) ({when})\.", text):
        return f"{capital(match[2])}, {small(match[1], LOWER)}." if clause(match[1]) else None
    match = re.fullmatch(
        rf"({capital('')}{when}),? ([^,;]+)\.",
        small(text, LOWER | {"on", "in", "last", "next", "this", "today", "tomorrow", "yesterday", "at", "right"}),
    )
    if match is None or not clause(match[2]):
        return None
    return f"{capital(match[2])} {match[1]}."


def converse(text: str, passage: Passage, chance: random.Random) -> str | None:
    """*A is stronger than B*: *B is weaker than A*."""
    table = mapped("comparison")
    thing = r"((?:[Tt]he |[Oo]ur |[Mm]y |[Tt]his |[Tt]hat )?(?:[A-Za-z]+ )?[A-Za-z]+)"
    match = re.fullmatch(
        rf"{thing} (is|are|was|were) (?:(much|far|even) )?({'|'.join(table)}) ((?:[a-z]+ )?)than {thing}\.", text
    )
    if match is None or match[6].lower() in ("that", "ever", "this", "before", "it"):
        return None
    degree = f"{match[3]} " if match[3] else ""
    return f"{capital(match[6])} {match[2]} {degree}{table[match[4]]} {match[5]}than {small(match[1], LOWER)}."


def day_month(text: str, passage: Passage, chance: random.Random) -> str | None:
    months = "|".join((*ordered("months"), "May"))
    if match := any_of(rf"\b({months}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)", text, chance):
        return replaced(text, match, f"{match[2]} {match[1]}")
    match = any_of(rf"\b(\d{{1,2}}) ({months})\b", text, chance)
    return match and replaced(text, match, f"{match[2]} {match[1]}")


def _going(text: str, passage: Passage, chance: random.Random) -> str | None:
    """*will* for *going to* and back, with the auxiliary that its subject wants."""
    if match := any_of(r"\b(?:am|is|are) going to (?=[a-z])", text, chance):
        return replaced(text, match, "will ")
    match = any_of(r"\b(I|we|they|he|she|it|We|They|He|She|It) will (?=[a-z])(?!not)", text, chance)
    if match is None:
        return None
    be = {"i": "am", "we": "are", "they": "are"}.get(match[1].lower(), "is")
    return replaced(text, match, f"{match[1]} {be} going to ")


def _agreeing(edit: Edit) -> Edit:
    """A rewriting of which `is` and `has` are made to agree with a pronoun before them."""

    def apply(text: str, passage: Passage, chance: random.Random) -> str | None:
        new = edit(full(text), passage, chance)
        if new is None:
            return None
        new = re.sub(r"\bI (?:is|are)\b", "I am", new)
        new = re.sub(r"\b([Ww]e|[Tt]hey) is\b", r"\1 are", new)
        return re.sub(r"\b(I|[Ww]e|[Tt]hey) has\b", r"\1 have", new)

    return apply


REWRITES: Mapping[str, Edit] = {
    "rounded": rounded,
    "number written": number_written,
    "same bound": by_table(
        "same_bounds", r"\b{}(?= (?:\d|" + "|".join((*ordered("number_words"), *ordered("tens"))) + r")\b)"
    ),
    "same denial": _agreeing(by_table("same_denial", rf"(?<=\w ){NOT_BEHIND}(?<!an )(?<!a )\b{{}}\b(?! only)")),
    "double denial": by_table(
        "double_denial",
        r"(?<=\w )(?<!not )(?<!n't )(?<!more )(?<!most )(?<!as )(?<!so )(?<!very )(?<!how )\b{}\b(?! not)",
    ),
    "same degree": _agreeing(by_table("same_modal", r"(?<=\w )\b{}\b(?= [a-z])(?! have| not| be to)")),
    "going to": _going,
    "same quantifier": by_table(
        "same_quantifier",
        r"(?<!not )(?<!n't )(?<!the )(?<!an )(?<!his )(?<!her )(?<!my )(?<!our )(?<!its )(?<!eir )\b{}\b(?! if| when)",
    ),
    "same cause": by_table(
        "same_cause",
        r"(?<=\w )(?<!even )(?<!as )(?<!what )(?<!is )(?<!'s )(?<!was )(?<!part )(?<!and )(?<!but )\b{}\b(?! not| of)",
    ),
    "passive": passive,
    "clauses in another order": reordered,
    "time moved": moved_front,
    "compressed": compressed,
    "synonym": by_table("synonyms", r"(?<![-'])(?<=\w )\b{}\b(?![-'])"),
    "verb's synonym": by_table("verb_synonyms", BEHIND_MODAL),
    "opposite denied": by_table("denied_opposites", BEHIND_MODAL),
    "nominalised": by_table(
        "nouns", BEHIND_SUBJECT + r"(?= (?:the|a|an|our|his|her|their|my|this|that|these|it|him|them)\b| [A-Z])"
    ),
    "decision for decided": _agreeing(by_table("nouns_with_to", BEHIND_SUBJECT + "(?= [a-z])")),
    "contraction": contracted,
    "raised negation": raised_negation,
    "not only": not_only,
    "converse": converse,
    "day and month": day_month,
}
"""Every rewriting that keeps the sense, by the name that its pairs have in `kind`."""
