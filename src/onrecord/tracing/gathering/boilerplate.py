"""What is said too often to be one utterance: "no comment", "thank you", and words without any content of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.tracing.gathering.carriers import Carrier, is_turn

FUNCTION_WORDS = frozenset(
    """a about above after again against all also although am an and any are aren't as at away back be because been
    before being below between both but by came can can't cannot come could couldn't did didn't do does doesn't doing
    don't done down during each even ever every few for from get gets getting give given go goes going gone gonna got
    had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him himself his how i i'd i'll
    i'm i've if in into is isn't it it'd it'll it's its itself just know let let's like made make makes many may maybe
    me might more most much must my myself never no nobody none nor not nothing now of off on once one only onto or
    other our ours ourselves out over own perhaps put quite rather really said same saw say saying says see seen shall
    she she'd she'll she's should shouldn't since so some something such take than that that'd that's the their theirs
    them themselves then there there's these they they'd they'll they're they've thing things think this those though
    through to together too under until up upon us very want wants was wasn't we we'd we'll we're we've well went were
    weren't what what's when where whether which while who who's whom whose why will with within without won't would
    wouldn't yes yet you you'd you'll you're you've your yours yourself""".split()
)
"""English words that say nothing of what an utterance is about."""

STOCK = frozenset(
    """no comment
    declined to comment
    comment on the matter
    comment further
    not comment
    did not respond
    not immediately respond
    thank you
    thanks
    thank you very much
    thank you for your question
    thank you for your time
    thank you for agreeing
    thank you for having me
    for this interview
    great pleasure
    good morning
    good evening
    good afternoon
    ladies and gentlemen
    happy birthday
    congratulations
    i am sorry
    i'm sorry
    we are sorry
    i do not recall
    i don't recall
    i don't remember
    time will tell
    of course
    absolutely not
    no problem
    next question
    rest in peace
    thoughts and prayers
    our thoughts and prayers
    god bless you
    god bless america
    breaking news
    stay tuned
    further notice
    speaking on condition of anonymity
    on condition of anonymity""".split("\n")
)
STOCK_PHRASES = tuple(sorted((tuple(phrase.split()) for phrase in STOCK), key=lambda phrase: (-len(phrase), phrase)))
LEAST_CONTENT = 2
ROOM_BESIDE_STOCK = 2
"""How many content words may stand beside a stock phrase without making an utterance of it."""


CAPITAL = re.compile(r"\b[^\W\d_][\w'’-]*")


def content_words(words: Sequence[str]) -> list[str]:
    """The words that are no function words, in order."""
    return [word for word in words if word not in FUNCTION_WORDS]


def is_boilerplate(words: Sequence[str]) -> bool:
    """Whether these words, as `plain_words` gives them, are a stock phrase or hold too little to be told apart."""
    if len(content_words(words)) < LEAST_CONTENT:
        return True
    rest = list(words)
    for phrase in STOCK_PHRASES:
        rest = _without(rest, phrase)
    return len(rest) < len(words) and len(content_words(rest)) <= ROOM_BESIDE_STOCK


def is_no_utterance(carrier: Carrier, words: Sequence[str]) -> bool:
    """Whether a carrier says nothing that could be carried further.

    That is boilerplate; a mere name that a verb of naming took for its content; and a question as an interviewer puts
    it in a printed exchange, asked of one after the other in the same words.
    """
    if is_boilerplate(words):
        return True
    if carrier.form == "indirect":
        return _only_names(carrier.words)
    return is_turn(carrier) and carrier.words.rstrip().endswith("?")


def _only_names(text: str) -> bool:
    """Whether all but one of the content words begin with a capital."""
    words = [word for word in CAPITAL.findall(text) if word.casefold() not in FUNCTION_WORDS]
    small = [word for word in words if word[0].islower()]
    return len(small) <= 1


def _without(words: list[str], phrase: tuple[str, ...]) -> list[str]:
    size = len(phrase)
    for at in range(len(words) - size + 1):
        if tuple(words[at : at + size]) == phrase:
            return words[:at] + words[at + size :]
    return words
