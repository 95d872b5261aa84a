"""In which language words are, as far as their function words tell: enough to see that a quotation was translated."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.tracing.tables import LANGUAGES
from onrecord.tracing.tables import words as listed
from onrecord.tracing.wording.normal import keys_of

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
TRAITS = {"fr": re.compile("[éèêàùçœ]"), "de": re.compile("[äöüß]"), "es": re.compile("[ñ¿¡áíóú]")}
LEAST = 2


@lru_cache(maxsize=8192)
def tongue_of(text: str) -> str | None:
    """The ISO 639-1 code of the language a text is most likely in, or None where its words do not tell.

    >>> tongue_of("Je ne pars pas fâché, je pars fatigué."), tongue_of("Nobody pushed me.")
    ('fr', 'en')
    """
    if len(CYRILLIC.findall(text)) > len(text) / 4:
        return "ru"
    tokens = keys_of(text)
    points = {
        language: sum(token in listed(language, "common") | listed(language, "negators") for token in tokens)
        + (LEAST if language in TRAITS and TRAITS[language].search(text.lower()) else 0)
        for language in LANGUAGES
    }
    best = max(points, key=lambda language: points[language])
    others = max(count for language, count in points.items() if language != best)
    return best if points[best] > others and points[best] >= min(LEAST, max(1, len(tokens) // 3)) else None


def in_another(carried: str | None, original: str | None) -> bool:
    """Whether two languages are known and differ."""
    return carried is not None and original is not None and carried != original
