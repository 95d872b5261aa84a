"""The forms of English words, made by rule from their ground form: swear, swears, swore, sworn, swearing."""

from __future__ import annotations

from onrecord.finding.pack import current, listed

VOWELS = "aeiou"


def verb_forms(verb: str) -> frozenset[str]:
    """Every form of a verb: ground form, third person, past, participles."""
    own = current().table("irregular")["forms"].get(verb)
    made = {verb, third_person(verb), _with(verb, "ing"), *(own.split() if own else (_with(verb, "ed"),))}
    if verb.endswith("l") and len(verb) > 4:  # labeled in America, labelled in Britain
        made |= {verb + "ed", verb + "ing", verb + "led", verb + "ling"}
    return frozenset(made)


def noun_forms(noun: str) -> frozenset[str]:
    """Singular and plural."""
    return frozenset({noun, third_person(noun)})


def third_person(word: str) -> str:
    """The word with its -s, as a verb or a plural has it."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _with(verb: str, ending: str) -> str:
    """The verb with -ed or -ing."""
    if verb.endswith("ie") and ending == "ing":
        return verb[:-2] + "ying"
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "oe", "ye"))):
        return verb[:-1] + ending
    if verb.endswith("y") and ending == "ed" and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    if verb.endswith("c"):
        return verb + "k" + ending
    if _doubles(verb):
        return verb + verb[-1] + ending
    return verb + ending


def _doubles(verb: str) -> bool:
    if verb in listed("doubled_though_long"):
        return True
    end = verb[-3:]
    closed = (
        len(end) >= 3
        and end[2] not in VOWELS + "wxy"
        and end[1] in VOWELS
        and (end[0] not in VOWELS or verb[-4:-2] == "qu")
    )
    return closed and sum(letter in VOWELS for letter in verb.replace("qu", "q")) == 1
