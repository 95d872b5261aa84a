"""The language of queries, and how it is read.

    nato expansion              both words, in any form: expansion finds "expanding"
    "nato expansion"            these words, in this order, as they stand
    nato OR eu                  one of them
    nato -russia                not the second
    expan*  *pansion  *pans*    words that begin, end, go on so; four letters find most
    content:valve               the word in what was said; without "content:", in the source and the cue as well
    speaker:Holt                a filter; speaker:"Rena Holt", said:2017-05..2017-06, form:direct
    (nato OR eu) speaker:Q1     parentheses

Every other sign is read over. Nothing of a query is ever handed to a database as it stands.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from onrecord.archive.indexing.words import IS_UNSPACED, asked_words, words
from onrecord.archive.searching.expressions import All, Any, Expression, Not, Part, Phrase, Quoted, Term
from onrecord.archive.searching.filters import FILTERS, OLDER_NAMES, filtered
from onrecord.errors import QueryError

LONGEST = 2_000  # characters
MOST = 64  # words, phrases and filters
DEEPEST = 12  # parentheses
CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”"}
SIGN = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>-?\()
      | (?P<close>\))
      | (?P<not>-)?(?:(?P<field>[A-Za-z_]+):(?!//))?(?:(?P<mark>["“”„«])|(?P<word>[^\s()"“”„«]+))
      | (?P<lone>.)""",
    re.VERBOSE | re.DOTALL,
)
CONTENT = "content"
SHORTEST = 2  # letters of what may go on


@dataclass(frozen=True, slots=True)
class _Sign:
    """One thing written in a query: "(", ")", "OR", "AND", "NOT", or something to look for."""

    kind: str
    shown: str
    not_: bool = False
    expression: Expression | None = None


def parse(query: str) -> Expression | None:
    """What the query asks for, or None where it asks for nothing. Raises QueryError, which says what is wrong."""
    if len(query) > LONGEST:
        raise QueryError(f"a query of {len(query):,} characters", f"at most {LONGEST:,}", "Look for fewer words")
    signs = _signs(query)
    if sum(sign.kind == "find" for sign in signs) > MOST:
        raise QueryError(f"more than {MOST} words and filters", f"at most {MOST}", "Look for fewer words")
    expression, rest = _any(signs, 0, 0)
    if rest < len(signs):
        raise QueryError("a ) that closes nothing", "a ( before it", f"Take it out of: {query}")
    return expression


def _any(signs: list[_Sign], at: int, depth: int) -> tuple[Expression | None, int]:
    """Groups parted by OR, up to the closing parenthesis or the end."""
    if depth > DEEPEST:
        raise QueryError(f"more than {DEEPEST} parentheses in one another", "fewer", "Write it plainer")
    groups: list[Expression] = []
    while True:
        group, at = _all(signs, at, depth)
        goes_on = at < len(signs) and signs[at].kind == "OR"
        if group is not None:
            groups.append(group)
        elif goes_on or groups:
            raise QueryError(
                "an OR with nothing on one side", "a word on both", 'Write one, or "or" in quotation marks'
            )
        if not goes_on:
            return (None if not groups else groups[0] if len(groups) == 1 else Any(tuple(groups))), at
        at += 1


def _all(signs: list[_Sign], at: int, depth: int) -> tuple[Expression | None, int]:
    """What stands side by side, up to an OR, a closing parenthesis or the end."""
    parts: list[Expression] = []
    denied = False
    while at < len(signs) and signs[at].kind not in ("OR", ")"):
        sign = signs[at]
        at += 1
        if sign.kind == "AND":
            continue
        if sign.kind == "NOT":
            denied = True
            continue
        part = sign.expression
        if sign.kind == "(":
            part, at = _any(signs, at, depth + 1)
            if at == len(signs):
                raise QueryError("a ( that is not closed", "a ) after it", "Add the ), or take the ( out")
            at += 1
        if part is not None:
            parts.append(Not(part) if denied is not sign.not_ else part)
        denied = False
    if denied:
        raise QueryError("a NOT with nothing after it", "what is not wanted", 'Write it, or "not" in quotation marks')
    return (None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))), at


def _signs(query: str) -> list[_Sign]:
    signs, at = [], 0
    while at < len(query):
        found = SIGN.match(query, at)
        assert found is not None  # the last branch takes any character
        at = found.end()
        if found["open"]:
            signs.append(_Sign("(", "(", found["open"].startswith("-")))
        elif found["close"]:
            signs.append(_Sign(")", ")"))
        elif found["mark"]:
            at, inside, more = _quoted(query, found.start("mark"))
            signs += _found(found["not"], found["field"], inside, found.group(), quoted=True, more=more)
        elif found["word"] in ("OR", "AND", "NOT") and not (found["not"] or found["field"]):
            signs.append(_Sign(found["word"], found["word"]))
        elif found["word"]:
            signs += _found(found["not"], found["field"], found["word"], found.group(), quoted=False, more=False)
    return signs


def _quoted(query: str, at: int) -> tuple[int, str, bool]:
    """Where the quotation that opens at `at` ends, what is in it, and whether a star follows."""
    closing = CLOSING[query[at]]
    for end in range(at + 1, len(query)):
        if query[end] in closing:
            more = query[end + 1 : end + 2] == "*"
            return end + 1 + more, query[at + 1 : end], more
    raise QueryError(
        f"a quotation mark that is not closed: {query[at : at + 40]}",
        "one at both ends",
        f"Add {closing[-1]} at its end",
    )


def _found(not_: str | None, field: str | None, value: str, shown: str, *, quoted: bool, more: bool) -> list[_Sign]:
    expression: Expression | None
    if field is None:
        expression = _phrase(value, more=more) if quoted else _word(value)
    else:
        name = OLDER_NAMES.get(field.lower(), field.lower())
        if name == CONTENT:
            sought = _phrase(value, more=more) if quoted else _word(value)
            expression = None if sought is None else Quoted(sought)
        elif name not in FILTERS:
            if not quoted and value[:1].isdigit():  # a time or a score, as in "at:10"
                return _found(not_, None, f"{field} {value}", shown, quoted=True, more=False)
            raise _unknown(field, shown)
        else:
            expression = filtered(name, value + "*" * more)
    return [] if expression is None else [_Sign("find", shown, bool(not_), expression)]


def _word(written: str) -> Term | Phrase | Part | None:
    """A word without quotation marks: in any form, or its beginning, end or middle where stars say so."""
    bare = written.strip("*")
    before, after = written.startswith("*"), written.endswith("*")
    if "*" in bare:
        raise QueryError(f"{written!r} with a star inside", "stars at the ends of a word", f"Try {bare.split('*')[0]}*")
    if bare and (before or after):
        return _starred(written, bare, before=before, after=after)
    return _plain(asked_words(bare))


def _starred(written: str, bare: str, *, before: bool, after: bool) -> Term | Phrase | Part | None:
    if IS_UNSPACED.search(bare):  # any part of a run of Chinese is found without stars
        return _plain(asked_words(bare))
    if not before:
        return _phrase(bare, more=True)
    folded = words(bare)
    if len(folded) > 1:
        raise QueryError(f"{written!r}, which is more than one word", "part of one word", "Look for them one by one")
    if folded and len(folded[0]) < SHORTEST:
        raise _too_short(written)
    return Part(folded[0], ends=not after) if folded else None


def _phrase(written: str, *, more: bool) -> Phrase | None:
    asked = asked_words(written)
    if not asked:
        return None
    if more and len(asked[-1][0]) < SHORTEST and asked[-1][0].isascii():
        raise _too_short(f"{written}*")
    return Phrase(tuple(word for word, _ in asked), open=more or asked[-1][1])


def _plain(asked: list[tuple[str, bool]]) -> Term | Phrase | None:
    if not asked:
        return None
    word, open_ = asked[0]
    if len(asked) == 1 and not open_ and word.isalpha() and not IS_UNSPACED.match(word):
        return Term(word)
    return Phrase(tuple(word for word, _ in asked), open=asked[-1][1])


def _too_short(written: str) -> QueryError:
    return QueryError(f"{written!r}", f"at least {SHORTEST} letters beside a star", "Write more of the word")


def _unknown(field: str, shown: str) -> QueryError:
    known = (CONTENT, *FILTERS)
    close = difflib.get_close_matches(field.lower(), known, n=1, cutoff=0.5)
    todo = f"Try {close[0]}:, or put the words in quotation marks" if close else "Put the words in quotation marks"
    return QueryError(f"the filter {shown!r}", f"one of {', '.join(known)}", todo)
