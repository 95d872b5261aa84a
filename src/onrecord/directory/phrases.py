"""A phrase of the news taken apart into an office and its body: "Russia's top diplomat", "head of the Commission".

Russian | foreign minister            the body before the role, as demonym, name, acronym or seat of power
Russia's | top diplomat               or as possessor
Minister of Defence | of | Poland     the body behind the role
Chancellor of the Exchequer           a body that the words alone imply
Foreign Ministry | spokeswoman        a part of the body's state, which becomes the field of the role
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from onrecord.directory.roles import (
    ACTING,
    ARTICLES,
    FORMER,
    PASSING,
    canonical,
    from_key,
    implied_body,
    known,
    plain,
)
from onrecord.directory.values import Body, Named, Post

Find = Callable[[str], tuple[Named, ...]]
"""Bodies that words name, the likeliest first."""

BEHIND = re.compile(r",? (?:of|for|from|at|in) (?:the )?|, ")
NO_POSSESSOR = re.compile(
    r"(?:minister|president|chancellor|secretary|leader|chief|king|queen|premier|PM)['’]s? ", re.IGNORECASE
)
LIKE_OFFICE = re.compile(  # words that the tables do not know, but that end as offices do
    r"\b(?:minister|secretary|president|chief|head|director|commissioner|representative|envoy|spokesperson|chair|chairman"
    r"|chairwoman|chairperson|governor|general|adviser|leader|speaker|ambassador|commander|administrator|judge|justice"
    r"|prosecutor|whip|treasurer|marshal|attorney|counsel|coordinator|senator|mayor|mp|lawmaker)\b"
)
OWNER = re.compile(r"\S+(?: \S+)?'s ")
HEADS = frozenset({"head", "leader", "minister", "director", "president", "secretary"})
DEPUTY = re.compile(r"^(?:first )?(?:deputy|vice|assistant) ")
PLACE_RANKS = re.compile(r"^(?:(?:lieutenant )?governor|mayor|(?:deputy )?premier|chief minister|head) of ")


def parse(
    phrase: str, find: Find, parent: Callable[[str], Body | None], bodies_with: Callable[[str], tuple[str, ...]]
) -> Post | None:
    """The office that ``phrase`` names, or None where it names none.

    ``parent`` gives a body by its id; ``bodies_with`` the ids of the bodies that have an office with that key.
    """
    words = " ".join(phrase.replace("’", "'").split()).strip(" .,;:")
    before, rest = _loose(words)
    if NO_POSSESSOR.search(OWNER.sub("", rest, count=1)) or _possessed_office(rest, find):
        return None  # the prime minister's spokesman is not the prime minister
    if PLACE_RANKS.match(plain(rest)):
        role = canonical(f"{before} {rest}")
        if PLACE_RANKS.match(role.rank) and (where := bodies_with(role.key)):
            return Post(role, parent(where[0]) if len(where) == 1 else None)
    for body_words, role_words in _splits(rest):
        named = _best(find(body_words))
        if named is None or not role_words or (OWNER.match(role_words) and not known(role_words)):
            continue
        post = _post(f"{before} {role_words}", named, parent, bodies_with)
        if post is not None:
            return post
    role = canonical(rest if not before else f"{before} {rest}")
    implied = implied_body(rest)
    if implied:
        body = parent(implied)
        return Post(canonical(f"{before} {rest}", implied), body)
    return Post(role, None) if known(rest) else None


def _loose(words: str) -> tuple[str, str]:
    """What stands loosely before body and role ("the former", "acting"), and the rest."""
    parts = words.split(" ")
    at = 0
    while at < len(parts) - 1 and plain(parts[at]) in FORMER | ACTING | PASSING | ARTICLES:
        at += 1
    return " ".join(parts[:at]), " ".join(parts[at:])


def _splits(words: str) -> Iterator[tuple[str, str]]:
    """Every way to take a phrase apart into body and role: the longest body before, then the longest behind."""
    parts = words.split(" ")
    for cut in range(len(parts) - 1, 0, -1):
        yield " ".join(parts[:cut]), " ".join(parts[cut:])
    for match in BEHIND.finditer(words):
        yield words[match.end() :], words[: match.start()]
    if deputy := DEPUTY.match(words):  # deputy Russian foreign minister
        for body_words, role_words in _splits(words[deputy.end() :]):
            yield body_words, deputy[0] + role_words


def _possessed_office(words: str, find: Find) -> bool:
    owner, mark, rest = words.partition("'s ")
    return bool(mark and rest and known(owner) and not find(owner))


def _best(named: tuple[Named, ...]) -> Named | None:
    return named[0] if named else None


def _post(
    role_words: str, named: Named, parent: Callable[[str], Body | None], bodies_with: Callable[[str], tuple[str, ...]]
) -> Post | None:
    body = named.body
    owner = parent(body.of) if body.of else None
    if body.kind == "place" or owner is None or owner.kind != "place" or ":" not in body.id:
        return _in_body(role_words, named, bodies_with)
    role = canonical(role_words, owner.id)
    part = body.id.partition(":")[2]
    if role.rank == "spokesperson":
        return Post(replace(role, fields=role.fields or frozenset(part.split("+"))), owner)
    if role.rank in HEADS and body.head:
        head = from_key(body.head)
        return Post(replace(role, rank=head.rank, fields=head.fields), owner)
    if role.rank in ("deputy minister", "deputy head") and body.head and body.head.startswith("minister"):
        return Post(replace(role, rank="deputy minister", fields=from_key(body.head).fields), owner)
    if role.rank.startswith("ambassador") or part == "embassy":
        return Post(role, owner)
    return None


def _in_body(role_words: str, named: Named, bodies_with: Callable[[str], tuple[str, ...]]) -> Post | None:
    body = named.body
    country = body.id if body.kind == "place" else None
    role = canonical(role_words, country)
    if not known(role_words) and body.id not in bodies_with(role.key) and not LIKE_OFFICE.search(role.rank):
        return None
    if named.via in ("metonym", "capital") and role.rank == "spokesperson" and named.part and not role.fields:
        return Post(replace(role, fields=frozenset({named.part})), body)
    if named.via == "metonym" and named.part and role.rank in ("head", "leader"):
        head = from_key(named.part if ":" in named.part or named.part == "president" else f"minister:{named.part}")
        return Post(replace(role, rank=head.rank, fields=head.fields), body)
    if body.kind != "place" and body.head and role.rank in ("head", "leader"):
        head = from_key(body.head)
        return Post(replace(role, rank=head.rank, fields=head.fields), body)
    return Post(role, body)
