"""Which language a text is in, and whether a model reads it.

Plain English is known by its commonest small words, which costs nothing; only what lacks them is shown to py3langid
(a naive Bayes classifier over byte n-grams, after Lui and Baldwin 2012), whose model takes half a second to load.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.records import Article

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

AUTO = "auto"
"""Instead of a language: find out."""
READ_BY_A_MODEL = frozenset({"en"})

SAMPLE = 4000  # characters; more changes no answer
WORD = re.compile(r"[^\W\d_]+")
SMALL_WORDS = frozenset(
    "the of and to that with said by from have has were which they their would been who after about there when".split()
)
ENGLISH_SHARE = 0.10  # of five lines of NTREX-128, .99 of the English ones have more, and none in de, es, fr, ru, uk
FEWEST_WORDS = 12  # in Latin letters; below, small words and n-grams alike are chance
SURE = 0.9  # of py3langid's normalised score
LATIN = 0x250  # code points below are Latin letters, or near enough

NAMES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "russian": "ru", "italian": "it"} | {
    "dutch": "nl",
    "portuguese": "pt",
    "polish": "pl",
    "ukrainian": "uk",
    "turkish": "tr",
    "arabic": "ar",
}  # as exports write them
CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?$")


def identify(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`; None where it is not clear and may be English.

    Too few words in Latin letters to tell count as English, the language that onrecord reads.
    """
    words = WORD.findall(text[:SAMPLE].lower())
    if not words:
        return "en"
    if sum(word in SMALL_WORDS for word in words) >= ENGLISH_SHARE * len(words):
        return "en"
    letters = "".join(words)
    latin = 2 * sum(ord(letter) < LATIN for letter in letters) > len(letters)
    if latin and len(words) < FEWEST_WORDS:
        return "en"
    code, sure = _identifier().classify(text[:SAMPLE])
    return code if sure >= SURE or not latin else None


def code_of(value: str | None) -> str | None:
    """The code in what a source says of its language: "en-GB", "EN_us" and "English" are "en"; None for no code."""
    if not value:
        return None
    value = value.strip()
    if code := NAMES.get(value.lower()):
        return code
    match = CODE.match(value)
    return match[1].lower() if match else None


def is_read(language: str | None) -> bool:
    """Whether a model reads that language; one that is not known is tried."""
    return language is None or code_of(language) in READ_BY_A_MODEL


def marked(article: Article) -> Article:
    """The article with its language found out where that was asked for, and a notice where no model reads it."""
    if article.language == AUTO:
        article = replace(article, language=identify(article.text))
    notice = f"its language is {article.language}, which no model reads: it is kept, and no statement is looked for"
    if is_read(article.language) or notice in article.notices:
        return article
    return replace(article, notices=(*article.notices, notice))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
