"""Edits that turn the sense of a sentence, one a kind. Each gives the sentence anew, or None where it has no place."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

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
    pasts,
    singular,
    small,
    verbs,
)
from training.pairs.passages import Passage
from training.pairs.tables import listed, mapped, ordered

Edit = Callable[[str, Passage, random.Random], str | None]
LOWER: set[str] = set()
"""Words that are no names, as `passages.lower_case` finds them; set before pairs are made."""
NAMES: set[str] = set()
"""Surnames of people in the articles, and countries; set with the others."""

NUMBER = re.compile(
    r"(?<![\w.,:-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w%]*\d)|(?<![\w.,:-])\d+(?:\.\d+)?(?![\d,:]|[.]\d|st|nd|rd|th|-)"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][a-z]{2,}\b")
COUNTED = r"(?:\d[\d,.]*|" + "|".join((*ordered("number_words"), *ordered("tens"), "several", "a few", "hundred")) + ")"
IDLE_NOT = re.compile(
    r"not (?:only|just|yet|sure|least|to mention|because|necessarily)\b|or not\b|n't (?:only|just)\b|never mind", re.I
)


def replaced(text: str, match: re.Match[str], new: str) -> str:
    """The text with other words in place of a match, the first letter's case kept."""
    if match.start() == 0:
        new = capital(new)
    whole = " ".join((text[: match.start()] + new + text[match.end() :]).split())
    whole = re.sub(r"\ban (?=not\b)", "a ", whole)
    whole = re.sub(r"\ba (?=(?:in|im|il|un|enor|odd|awf|aim)[a-z]{3})(?!uni)", "an ", whole)
    return whole.replace(" ,", ",").replace(" .", ".")


def any_of(pattern: str | re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    """One of the matches."""
    found = list(re.finditer(pattern, text))
    return chance.choice(found) if found else None


def by_table(name: str, around: str = r"\b{}\b") -> Edit:
    """An edit by a list of words and what takes their place; `around` is the pattern of where they stand."""
    table = mapped(name)
    words = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    pattern = re.compile(around.replace("{}", f"(?:{words})"))

    def apply(text: str, passage: Passage, chance: random.Random) -> str | None:
        match = any_of(pattern, text, chance)
        return match and replaced(text, match, table[match[0]])

    return apply


def negation_dropped(text: str, passage: Passage, chance: random.Random) -> str | None:
    text = full(text)
    if IDLE_NOT.search(text) or re.search(r"\b(?:any\w*|ever|yet|either|let)\b", text):
        return None
    match = any_of(
        rf"\bcannot\b|\b(?:do) not (?=\w)|(?<= ){AUX} not\b|(?<=\w )never (?=\w)|\b(?:have|has|had|is|are|was|were) no (?=\w+(?:s|ence|tion|ity)\b)",
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
        r"(?<=\d)(?: ?%| per ?cent)(?=[.,]| (?:to|in|on|from|since|by|between|over|last|this|and|or|more|less|higher|lower)\b)",
        text,
        chance,
    )
    return match and replaced(text, match, " percentage points")


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
    pattern = r"\b(\w+) (will|is going to|are going to|am going to|plans? to|intends? to|(?:is|are|am) trying to|tried to|hopes? to|wants? to|promised? to) (be )?([a-z]+)\b"
    found = [m for m in re.finditer(pattern, text) if m[4] in verbs() and m[4] not in ("be", "have")]
    if not found or re.search(r"\bif\b|\bwhen\b|\buntil\b|\bnext\b|\btomorrow\b", text):
        return None
    match = chance.choice(found)
    have = "have" if match[1].lower() in ("i", "we", "they") or re.search(r"[^s]s$", match[1]) else "has"
    done = participle(match[4])
    new = f"{match[1]} {have} {'been ' if match[3] else ''}{done}"
    return replaced(text, match, new)


def some_all(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = any_of(
        r"\b(?:[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Aa] (?:few|number|majority)|[Ff]ew) of (?=the|our|my|their|his|her|them|us|these|those)|"
        r"(?<!the )(?<!so )(?<!how )(?<!too )(?<!as )(?<!not )\b(?:[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Ff]ew|[Aa] few|[Aa] number of|[Aa] majority of) (?=people|[a-z]+s\b)(?!years|months|weeks|days|times|hours|\w+ times|always|this|is\b|was\b)",
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


def hedge_dropped(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = any_of(
        r"\b(?:[Pp]erhaps|[Mm]aybe|[Pp]robably|[Pp]ossibly|[Aa]pparently|[Aa]llegedly|[Rr]eportedly|[Pp]resumably|[Pp]otentially),? |"
        r"\bI (?:guess|suspect|suppose|am not sure but),? (?:that )?|\b[Ii]t (?:seems|appears|looks) (?:that |like |as if )|\bseems? to be\b",
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
        rf"^{opening.replace('if', '[Ii]f', 1).replace('unless', '[Uu]nless')} [^,]{{10,}}, (?:then )?|(?<!even)(?<!as)(?<!what)(?<!see),? \b{opening} [^,]{{8,}}(?=\.$)",
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
        rf"\b{name} ((?:has |had |will |would |could |should |was |is )?)([a-z]+)( by| over| against| for| from)? {name}\b",
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
    from training.pairs.grammar import with_s

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
        rf"(?<!day )(?<!look )(?<!named )(?<!year )(?<!right )(?<!long )(?<!looking )\b(before|after)\b{following}(?! the (?:court|committee|judge|senate|house))",
        text,
        chance,
    )
    return match and replaced(text, match, "after" if match[0] == "before" else "before")


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


def claim_of_question(text: str, passage: Passage, chance: random.Random) -> str | None:
    match = re.fullmatch(
        r"(?:And |But |So )?(Is|Are|Was|Were|Will|Would|Can|Could|Should|Has|Have|Do|Does|Did) (it|this|that|they|he|she|we|there)\b (.+)\?",
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
        r"(?<=\w )(is|are|was|were|will|has|have) (?=[a-z]+)(?!going|a |an |the |been|be |not|more|only|to |in |at |on |one|for |there)",
        text,
    )
    if match is None or (match[1] in ("has", "have") and not _participle(text[match.end() :].split()[0].strip(".,"))):
        return None
    return replaced(
        text, match, f"{match[1]} {chance.choice(('always', 'always', 'invariably', 'without exception'))} "
    )


def comparison_reversed(text: str, passage: Passage, chance: random.Random) -> str | None:
    table = mapped("comparison")
    words = "|".join(table)
    match = any_of(
        rf"(?<!no )(?<!any )(?<!once )(?<!n't )\b({words})\b(?! than \d| than (?:half|a|one|ever)\b| or less| and more|-| to the point)(?!\s*[.,])",
        text,
        chance,
    )
    if match is None or (match[0] == "more" and re.search(r"what is more|ever more|more and more|the more", text)):
        return None
    new = table[match[0]]
    if match[0] == "more" and re.match(r" [a-z]+s\b", text[match.end() :]):
        new = "fewer"
    return replaced(text, match, new)


def scope_moved(text: str, passage: Passage, chance: random.Random) -> str | None:
    text = full(text)
    rules: Sequence[tuple[str, str]] = (
        (r"\b[Nn]ot (?:all|every one) of\b", "none of"), (r"\b[Nn]ot all\b", "no"), (r"\b[Nn]ot everyone\b", "no one"), (r"\bnot always\b", "never"),
        (r"\bnot (?:entirely|completely|necessarily|fully)\b", "not at all"), (r"\bdo not have to\b", "must not"),
        (r"\bdoes not have to\b", "must not"), (r"\bnot trying to\b", "trying not to"), (r"\bnot want to\b", "want never to"),
        (r"\bdid not (say|claim|promise|know|realise|realize) (that )?(\w+(?: \w+)?) (is|was|are|were|will|would|had|has|have|can|could)\b",
         r"\1+ that \3 \4 not"),
        (r"\bnot (promise|decide|agree|plan|try|ask) to\b", r"\1 not to"),
    )  # fmt: skip
    for pattern, new in rules:
        if match := any_of(pattern, text, chance):
            if "\\1+" in new:
                from training.pairs.grammar import past

                new = new.replace("\\1+", past(match[1]))
            return replaced(text, match, match.expand(new))
    match = re.search(rf"\b({AUX}) not ([^,;]+?)(,? (?:and|but) (?:\w+ ){{1,3}}?)({AUX}) (?!not|n't)", text)
    if match is None or match[1] in ("do", "did", "does") or match[4] in ("do", "did", "does", "have", "has"):
        return None
    return replaced(text, match, f"{match[1]} {match[2]}{match[3]}{match[4]} not ")


EDITS: Mapping[str, Edit] = {
    "negation dropped": negation_dropped,
    "negation added": negation_added,
    "number changed": number_changed,
    "unit changed": unit_changed,
    "currency changed": currency_changed,
    "percent and points": percent_points,
    "modality raised": modality_raised,
    "planned for done": planned_done,
    "some to all": some_all,
    "one of": one_of,
    "hedge dropped": hedge_dropped,
    "condition dropped": condition_dropped,
    "agents swapped": agents_swapped,
    "cause invented": cause_invented,
    "cause reversed": cause_reversed,
    "order reversed": order_reversed,
    "name changed": name_changed,
    "date changed": date_changed,
    "only dropped": only_dropped,
    "only added": only_added,
    "question to claim": claim_of_question,
    "topic shifted": topic_shifted,
    "absolute added": absolute_added,
    "comparison reversed": comparison_reversed,
    "scope of not": scope_moved,
    "bound reversed": by_table(
        "bounds", r"\b{}(?= (?:\d|" + "|".join((*ordered("number_words"), *ordered("tens"), "half", "a")) + r")\b)"
    ),
    "opposite": by_table("opposites", r"(?<!all )(?<=\w )\b{}\b(?! now|-|')"),
}
"""Every edit that turns the sense, by the name that its pairs have as `kind`."""
