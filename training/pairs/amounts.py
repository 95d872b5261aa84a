"""Edits of how much, how many, which and when."""

from __future__ import annotations

import random
import re

from training.pairs.grammar import (
    capital,
    singular,
)
from training.pairs.passages import Passage
from training.pairs.places import LOWER, NUMBER, YEAR, any_of, by_table, replaced
from training.pairs.tables import listed, mapped, ordered

COUNTED = r"(?:\d[\d,.]*|" + "|".join((*ordered("number_words"), *ordered("tens"), "several", "a few", "hundred")) + ")"


def number_changed(text: str, passage: Passage, chance: random.Random) -> str | None:
    found: list[re.Match[str]] = [m for m in NUMBER.finditer(text) if not YEAR.fullmatch(m[0])]
    found += re.finditer(rf"\b(?:{'|'.join((*ordered('number_words'), *ordered('tens')))})\b(?!-)", text)
    if not found:
        return None
    match = chance.choice(found)
    if match[0][0].isdigit():
        digits = [n for n, char in enumerate(match[0]) if char.isdigit()]
        at = digits[chance.randrange(min(2, len(digits)))]
        other = chance.choice([d for d in "123456789" if abs(int(d) - int(match[0][at])) > 1])
        return replaced(text, match, match[0][:at] + other + match[0][at + 1 :])
    group = ordered("number_words") if match[0] in listed("number_words") else ordered("tens")
    return replaced(text, match, chance.choice([word for word in group if word != match[0]]))


def unit_changed(text: str, passage: Passage, chance: random.Random) -> str | None:
    units = mapped("units")
    match = any_of(rf"(?<=\b){COUNTED}[ -]({'|'.join(units)})\b", text, chance)
    if match is None:
        return None
    return replaced(text, match, match[0][: match.start(1) - match.start()] + units[match[1]])


def currency_changed(text: str, passage: Passage, chance: random.Random) -> str | None:
    if match := any_of(r"[$£€](?=\d)", text, chance):
        return replaced(text, match, chance.choice([sign for sign in "$£€" if sign != match[0]]))
    match = any_of(r"\b(dollars|pounds|euros|yen)\b", text, chance)
    return match and replaced(text, match, chance.choice([c for c in ("dollars", "pounds", "euros") if c != match[0]]))


def percent_points(text: str, passage: Passage, chance: random.Random) -> str | None:
    if match := any_of(r"\bpercentage points\b", text, chance):
        return replaced(text, match, "percent")
    match = any_of(
        r"(?<=\d)(?: ?%| per ?cent)(?=[.,]| (?:to|in|on|from|since|by|between|over|last|this|and|or"
        r"|more|less|higher|lower)\b)",
        text,
        chance,
    )
    return match and replaced(text, match, " percentage points")


def some_all(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = any_of(
        r"\b(?:[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Aa] (?:few|number|majority)|[Ff]ew) of (?=the|our"
        r"|my|their|his|her|them|us|these|those)|"
        r"(?<!the )(?<!his )(?<!her )(?<!ese )(?<!eir )(?<!our )(?<!so )(?<!how )(?<!too )(?<!as )(?<!not )"
        r"\b(?:[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal"
        r"|[Ff]ew|[Aa] few|[Aa] number of|[Aa] majority of) (?=people|[a-z]+s\b)(?!years|months|weeks"
        r"|days|times|hours|\w+ times|always|this|is\b|was\b)",
        text,
        chance,
    )
    if match is None or match[0].lower().startswith(("so ", "as ")):
        return None
    return replaced(
        text, match, "all of " if match[0].endswith(" of ") and "number" not in match[0].lower()[:9] else "all "
    )


def one_of(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = any_of(
        r"\b[Oo]ne of (the|our|my|their|his|her|its) ((?:most |very )?(?:[a-z]+ ){0,2}?)([a-z]{3,}s|people)\b",
        text,
        chance,
    )
    if match is None:
        return None
    best = re.search(r"\w+est |most |best |worst |first ", match[2])
    only = "" if best else "only "
    return replaced(text, match, f"{match[1]} {only}{match[2]}{singular(match[3])}")


def name_changed(text: str, passage: Passage, chance: random.Random) -> str | None:
    for group in sorted(("countries", "states", "cities"), key=lambda _: chance.random()):
        if match := any_of(rf"\b(?:{'|'.join(ordered(group))})\b(?! (?:Post|Times|University|[A-Z]))", text, chance):
            return replaced(text, match, chance.choice([name for name in ordered(group) if name not in text]))
    person = re.compile(r"\b([A-Z][a-z]{2,}) ([A-Z][a-z]{2,})\b")
    match = any_of(person, text, chance)
    if match is None or match[1].lower() in LOWER or match[2].lower() in LOWER:
        return None
    others = [m[0] for other in passage.others for m in person.finditer(other)]
    others = [
        o
        for o in others
        if not set(o.split()) & set(match[0].split()) and not any(w.lower() in LOWER for w in o.split())
    ]
    return replaced(text, match, chance.choice(others)) if others else None


def date_changed(text: str, passage: Passage, chance: random.Random) -> str | None:
    for group in sorted(("weekdays", "months"), key=lambda _: chance.random()):
        if match := any_of(rf"\b(?:{'|'.join(ordered(group))})\b", text, chance):
            return replaced(text, match, chance.choice([name for name in ordered(group) if name != match[0]]))
    if match := any_of(YEAR, text, chance):
        return replaced(text, match, str(int(match[0]) + chance.choice((-3, -2, -1, 1, 2, 4))))
    return by_table("days")(text, passage, chance)


def only_dropped(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = any_of(r"(?<!not )(?<!n't )(?<!the )(?<!an )\b[Oo]nly (?=\w)(?!the)", text, chance)
    return match and capital(replaced(text, match, ""))


def only_added(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = any_of(r"(?<=\w) (?=(?:in|for|by|with|among|during) (?:the|our|my|his|their|[A-Z]))", text, chance)
    return None if match is None or "only" in text else replaced(text, match, " only ")


def comparison_reversed(text: str, passage: Passage, chance: random.Random) -> str | None:
    table = mapped("comparison")
    words = "|".join(table)
    match = any_of(
        rf"(?<!no )(?<!any )(?<!once )(?<!n't )\b({words})\b(?! than \d| than (?:half|a|one|ever)\b"
        rf"| or less| and more|-| to the point)(?!\s*[.,])",
        text,
        chance,
    )
    if match is None or (match[0] == "more" and re.search(r"what is more|ever more|more and more|the more", text)):
        return None
    new = table[match[0]]
    if match[0] == "more" and re.match(r" [a-z]+s\b", text[match.end() :]):
        new = "fewer"
    return replaced(text, match, new)
