"""How a sentence of the outlet's own bears on the statement before it: confirms, corrects or rebuts it.

Read from what the sentence says of the claim ("that was false", "records bear her out"), from its opening ("Indeed",
"In fact"), and from a number put against the same thing's in the statement ("the nine ships" after "a dozen ships").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.records import OwnVoice

CLAIM = r"""(?:this|that|it|these|those|they|he|she|neither|none\ of\ (?:this|that|it|them)
    |(?:the|this|that|his|her|their|its|such|both)\ (?:\w+\ )?(?:account|accusation|allegation|argument|assertion
        |assurance|boast|charge|claim|comparison|denial|explanation|figure|number|promise|statement|suggestion|version|word)s?)"""
IS = r"(?:is|are|was|were|proves?|proved|remains?|(?:has|have|had)\ been|turn(?:s|ed)\ out(?:\ to\ be)?)(?:\ \w+)??"
FALSE = r"""(?:false|untrue|unfounded|baseless|groundless|wrong|mistaken|inaccurate|incorrect|misleading|lies
    |fiction|nonsense|invented|debunked|disproved|discredited|contradicted|refuted
    |(?:a|an)\ (?:lie|myth|invention|fabrication)
    |not\ (?:\w+\ )?(?:so(?!\ \w)|true|correct|accurate|right|supported|borne\ out|the\ case))"""
DOES = r"(?:has|have|had|did|does|do|was|were|is|are|could|would)"
OVER = r"\s*(?:[.:;!,—–]|$)"
TRUE = r"(?:right|true|correct|accurate|confirmed|so(?!\ \w)|borne\ out)"
PAPERS = r"""(?:account|archive|document|e-?mail|figure|file|invoice|log|measurement|photo(?:graph)?|record|recording
    |register|result|statistic|tape|transcript|minute|count|footage|data)s?"""
SIGNALS: tuple[tuple[OwnVoice, str], ...] = (
    ("rebuts", rf"(?<!if\ )(?<!whether\ )\b{CLAIM}(?:\ {IS}|['’](?:s|re))\ {FALSE}\b"),
    ("rebuts", rf"^{IS}\ {FALSE}\b"),
    ("rebuts", rf"\b{CLAIM}\ (?:is|are|was|were)n['’]t\ {TRUE}\b"),
    ("rebuts", rf"^\W*(?:but\ |and\ )?{CLAIM}\ {DOES}(?:\ not|n['’]t|\ never){OVER}"),
    ("rebuts", r"\bnothing\ of\ the\ (?:sort|kind)\b|^\W*(?:not\ so|untrue)\b"),
    ("rebuts", r"^\W*none\ of\ (?:this|that|it)\ (?:is|was|happened)\b"),
    ("rebuts", r"^\W*(?:but\ |yet\ )?(?:there\ (?:is|was|are|were)\ )?no\ (?:\w+\ )?(?:basis|evidence|proof|such)\b"),
    (
        "rebuts",
        rf"\b{PAPERS}\ (?:contradict|disprove|refute|belie|show\ nothing|(?:do\ not|don['’]t)\ support|tell\ another)",
    ),
    ("confirms", r"^\W*(?:indeed|sure\ enough|true\ enough)\b"),
    ("confirms", rf"(?<!if\ )(?<!whether\ )\b{CLAIM}(?:\ {IS}|['’](?:s|re))\ {TRUE}\b"),
    ("confirms", rf"^\W*(?:and\ )?(?:so\ )?(?:it|he|she|they)\ {DOES}{OVER}"),
    (
        "confirms",
        rf"\b{PAPERS}\ (?:bear|bore|back|confirm|support)(?:s|ed)?\ (?:\w+\ )?(?:out|up|him|her|it|them|this|that)\b",
    ),
    (
        "corrects",
        r"^\W*(?:but\ |and\ |yet\ )?(?:in\ (?:fact|reality|truth)|actually|as\ a\ matter\ of\ fact|the\ truth\ is)\b",
    ),
    ("corrects", r"\b(?:the|its|his|her|their)\ (?:actual|real|true|correct)\ \w+(?:\ (?:is|was|are|were)\b|:)"),
    (
        "corrects",
        rf"^\W*(?:but|yet|however|still),?\ .{{0,60}}\b{PAPERS}\ (?:\w+\ ){{0,4}}?(?:show|tell|put|list|give|record)",
    ),
)
PATTERNS = tuple((relation, re.compile(pattern, re.I | re.X)) for relation, pattern in SIGNALS)

SHORT = re.compile(r"(?:\W*\w+){2}\W*")
DENIAL = re.compile(r"\b(?:not|never|no|nobody|nothing|none)\b|n['’]t\b", re.I)
"""That she had, after "she had never", is no confirmation."""

NUMBER = re.compile(
    r"(?<![\w.,])(?P<number>\d[\d,.]*\d|\d)(?:\s(?:per\scent|percent|million|billion|[a-z]+ly))?[\s-](?P<unit>(?!per|million|billion|times)[a-z]{3,})"
)
WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
IN_WORDS = re.compile(rf"\b(?P<number>{'|'.join(WORDS)})[\s-](?P<unit>[a-z]{{3,}})", re.I)
CONTRAST = re.compile(
    r"^\W*(?:but|yet|however|only|just|the figure)\b"
    r"|\b(?:only|rather than|instead|fewer|in all|at (?:most|least)|not)\b",
    re.I,
)


def bearing(sentence: str, claim: str) -> tuple[OwnVoice, str] | None:
    """How ``sentence``, the outlet's, bears on ``claim``, the content before it, and the words that show it.

    None where nothing shows it; most sentences only go on.
    """
    for relation, pattern in PATTERNS:
        if match := pattern.search(sentence):
            contrary = relation == "confirms" and SHORT.fullmatch(match[0]) and DENIAL.search(claim)
            return "rebuts" if contrary else relation, match[0].strip(" ,.:;")
    if CONTRAST.search(sentence):
        claimed = dict(_numbers(claim))
        for unit, number in _numbers(sentence):
            if claimed.get(unit, number) != number:
                return "corrects", f"{number} {unit}, not {claimed[unit]}"
    return None


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """What is counted, to its number in digits."""
    for match in NUMBER.finditer(text):
        yield match["unit"], match["number"].replace(",", "")
    for match in IN_WORDS.finditer(text):
        yield match["unit"], str(WORDS.index(match["number"].lower()) + 1)
