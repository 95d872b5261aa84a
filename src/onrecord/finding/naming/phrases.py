"""What a noun phrase tells of whom it stands for.

    Evrin Water’s chief executive, Tomas Arlund, 61,
    ├─────────┤   ├─────────────┤  ├──────────┤
    owner         role             name

A phrase is cut at its commas; the piece with a proper name is its core, the others describe it. Without a name the
core is the first piece, and its head noun, the last word before a preposition or a participle, tells the kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.finding.naming.lexicon import Gender, bare, lexicon, singular
from onrecord.finding.naming.names import Name, cased, kind_of_name, split_titles
from onrecord.finding.pack import Pack, current, listed, pattern
from onrecord.records import Kind

BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]?")
LABELLED = re.compile(r"^[(\[]{1,2}([^()\[\]]+)[)\]]{1,2}\s?:?$")
PIECES = re.compile(r"\s*[,;]\s+|\s+[—–-]{1,2}\s+|,$")
POSSESSIVE = re.compile(r"(?:['’‘`]s|(?<=s)['’])$")
HANDLE = re.compile(r"@[\w.-]+$|(?=[\w.-]*[_\d])[\w.-]*[^\W\d_][\w.-]*$")
EDGES = ' \t\n,;:—–-“”"«»„*'


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase taken apart.

    `words` are its own, without edges; `name` the proper name in it that is its own; `head` its noun in lower case,
    in the singular; `modifiers` the words before the head; `owner` the words for whose it is; `of` those behind *of*,
    *for*, *at*; `roles` what it is called beside its name. `count` is how many are stated, `plural` whether more than
    one are meant; `core` is the piece that names or describes, without what is told beside it;
    `pointed` tells that a description before the name points to somebody: *the cook, Ana Holt*.
    """

    words: str
    name: Name | None = None
    head: str = ""
    determiner: str = ""
    modifiers: tuple[str, ...] = ()
    owner: str = ""
    of: str = ""
    roles: tuple[str, ...] = ()
    kind: Kind | None = None
    gender: Gender | None = None
    plural: bool = False
    count: int | None = None
    short: str = ""
    core: str = ""
    pointed: bool = False

    @property
    def is_definite(self) -> bool:
        """Whether it points to something told before, or known."""
        return self.determiner in ("the", "this", "that", "these", "those") or self.determiner in listed("possessives")


def quantities() -> Mapping[str, int]:
    """The words that state a number."""
    return _quantities(current())


@cache
def _quantities(pack: Pack) -> Mapping[str, int]:
    return {word: number for number, word in enumerate(pack.in_order("numbers_from_zero"))}


def read_phrase(words: str, *, initial: bool = False, known: frozenset[str] = frozenset()) -> Phrase:
    """The phrase taken apart. `initial`: it begins a sentence, so that the capital of its first word means nothing.
    `known` are the words, bare, that are names elsewhere in the article."""
    words = LABELLED.sub(r"\1", words)
    bracketed = BRACKETS.findall(words)
    plain = _trimmed(" ".join(BRACKETS.sub("", words).split()).strip(EDGES))
    if not plain:
        return Phrase(words=words.strip(EDGES) or words, core=words.strip(EDGES) or words)
    if plain.lower() in quantities() or plain.lower() in listed("vague") or plain.lower() == "another":
        count = quantities().get(plain.lower())
        one = count == 1 or plain.lower() in ("other", "another")
        return Phrase(
            words=plain, core=plain, head=plain.lower(), kind=None if one else "group", count=count, plural=not one
        )
    if HANDLE.match(plain):
        return Phrase(words=plain, core=plain, name=Name(plain), kind="person")
    pieces = [p for p in PIECES.split(plain) if p and not pattern("age").match(p)] or [plain]
    if len(pieces) > 1 and bare(pieces[0]) in lexicon().never_names:
        del pieces[0]  # Intervening, the chairman
    if plain.isupper():
        pieces[1:] = [p.lower() if bare(p.split()[-1]) in lexicon().persons else p for p in pieces[1:]]
    read = [_piece(p, initial=initial and i == 0, known=known) for i, p in enumerate(pieces)]
    named = [i for i, p in enumerate(read) if p.name and not (i and re.search(r" (?:and|or) ", pieces[i]))]
    core = named[0] if named else 0
    if core and read[0].kind in ("organisation", "place") and read[core].kind == "person" and not read[0].determiner:
        core = core if read[0].name is None else 0
    phrase = read[core]
    for i, other in enumerate(read):
        if i != core:
            phrase = _described(phrase, other, before=i < core)
    short = next((b for b in bracketed if re.fullmatch(r"[A-Z][\w.&-]{1,11}", b)), "")
    aged = any(pattern("age").match(p) for p in PIECES.split(plain))
    kind = phrase.kind or ("person" if aged else None)
    return replace(phrase, words=words.strip(EDGES), core=pieces[core].strip(EDGES), kind=kind, short=short)


def _trimmed(words: str) -> str:
    """Words without an adverb, a verb or a possessive ending that a boundary set too far has left at their end."""
    tokens = words.split()
    while len(tokens) > 1 and (
        tokens[-1] in listed("stray")
        or (pattern("adverb").fullmatch(tokens[-1]) and tokens[-1] not in listed("no_adverbs"))
    ):
        tokens.pop()
    if len(tokens) == 2 and tokens[0].lower() in ("one", "another") and tokens[1].endswith(("ed", "es")):
        tokens.pop()
    return POSSESSIVE.sub("", " ".join(tokens))


def _described(phrase: Phrase, other: Phrase, *, before: bool) -> Phrase:
    """A phrase with what an apposition to it tells."""
    if other.name is not None and not other.head:
        return phrase
    if not other.head and not other.roles:
        return phrase
    role = " ".join((*other.modifiers, other.head)).strip()
    kind = phrase.kind
    if other.kind and (kind is None or (other.kind != "group" and not before and phrase.name)):
        kind = other.kind if kind is None else kind
    return replace(
        phrase,
        roles=(*phrase.roles, role) if role else phrase.roles,
        owner=phrase.owner or other.owner,
        pointed=phrase.pointed or (before and (other.is_definite or bool(other.owner))),
        of=phrase.of or other.of,
        kind=kind,
        gender=phrase.gender or other.gender,
    )


def _piece(words: str, *, initial: bool, known: frozenset[str]) -> Phrase:
    tokens = words.split()
    determiner, count, tokens = _determined(tokens)
    initial = initial and not determiner and count is None
    owner, tokens = _owned(tokens)
    initial = initial and not owner
    cut = _cut(tokens)
    core, tail = _with_connectors(tokens[:cut], tokens[cut:])
    if initial and core and _is_common(core, known):
        core = [core[0].lower(), *core[1:]]
    start = _start_of_run(core)
    before, run = core[:start], core[start:]
    of = _affiliation(tail)
    base = Phrase(words=words, determiner=determiner, owner=owner, of=of, count=count)
    titles, honorific, name = split_titles(run, initial=initial)
    described = bool(before) or bool(determiner) or count is not None
    if len(name) == 1 and not titles and described and bare(name[0]) in lexicon().persons:
        before, name = [*before, *name], []  # one first-term MP
    if name and not all(len(word) == 1 for word in name):
        return _named(base, before, titles, honorific, name)
    return _nominal(base, [*before, *titles], words)


def _start_of_run(core: Sequence[str]) -> int:
    """Where the capitals begin with which the words end, small words of a name among them."""
    start = len(core)
    while start:
        word = core[start - 1]
        small = bare(word) in listed("name_particles") or word in ("of", "for", "in", "on", "and")
        if not (_is_capital(word) or (small and 1 < start < len(core))):
            break
        start -= 1
    while start < len(core) and not _is_capital(core[start]):
        start += 1
    return start


def _named(base: Phrase, before: Sequence[str], titles: Sequence[str], honorific: str, words: Sequence[str]) -> Phrase:
    """A phrase that is a proper name, with what stands before it."""
    name = Name(cased(" ".join(words)), honorific)
    role = " ".join((*before, *titles))
    head = bare(role.split()[-1]) if role else ""
    kind = kind_of_name(name, words, head)
    if kind is None and base.determiner == "the" and not re.search(r"(?:er|ian|ese|man)$", bare(words[-1])):
        kind = "organisation"
    gender = lexicon().gender(bare(honorific)) or lexicon().gender(head) if kind in (None, "person") else None
    return replace(base, name=name, roles=(role,) if role else (), kind=kind, gender=gender)


def _nominal(base: Phrase, core: Sequence[str], words: str) -> Phrase:
    """A phrase without a name of its own."""
    table = lexicon()
    several = (base.count or 1) > 1
    if not core:
        head = bare(words.split()[-1]) if base.count is None else ""
        head = head if head in listed("order") | listed("vague") else ""
        return replace(base, head=head, kind="group" if several else None, plural=several)
    head = bare(core[-1])
    kind = table.kind(head)
    plural = kind == "group" or several or singular(head) != head
    if kind is None:
        kind = "group" if plural else "person" if pattern("agent").search(head) else None
    elif kind == "person" and several:
        kind = "group"
    gender = table.gender(singular(head)) if kind == "person" else None
    head = singular(head) if kind == "group" else head
    return replace(base, head=head, kind=kind, gender=gender, plural=plural, modifiers=tuple(core[:-1]))


def _determined(tokens: list[str]) -> tuple[str, int | None, list[str]]:
    """Determiner, number stated, and what is left."""
    determiner, count = "", None
    while tokens:
        word = tokens[0].lower()
        if word in listed("determiners") and not (determiner and word == "one"):
            determiner = determiner or word
            count = 1 if word == "one" else count
        elif word in quantities() and len(tokens) > 1:
            count = quantities()[word]
        elif word.isdigit() and len(word) < 4:
            count = int(word)
        elif not (
            (word in listed("order") and determiner and len(tokens) > 1)
            or (word in listed("vague") and len(tokens) > 1)
        ):
            break
        tokens = tokens[1:]
    return determiner, count, tokens


def _owned(tokens: list[str]) -> tuple[str, list[str]]:
    """Words for the owner, without the ending, and what is left."""
    table = lexicon()
    for i, word in enumerate(tokens[:-1]):
        if word.lower() in listed("cuts"):
            break
        if POSSESSIVE.search(word) and i < 6:
            rest = tokens[i + 1 :]
            if word[-1] in "'’" and _is_capital(rest[0]) and bare(rest[-1]) in table.bodies:
                return "", tokens  # the Technicians’ Alliance
            return " ".join([*tokens[:i], POSSESSIVE.sub("", word)]), rest
    return "", tokens


def _cut(tokens: Sequence[str]) -> int:
    """The number of words before a preposition, relative clause or participle."""
    for i, word in enumerate(tokens):
        plain = word.lower()
        if (plain in listed("cuts") and (i or plain in listed("affiliation"))) or (i and plain in listed("weekdays")):
            return i
        following = tokens[i + 1].lower() if i + 1 < len(tokens) else ""
        goes_on = following in listed("cuts") or following in listed("times") or following in listed("determiners")
        if i and goes_on and pattern("participle").fullmatch(word) and not lexicon().kind(plain):
            return i
    return len(tokens)


def _with_connectors(core: list[str], tail: list[str]) -> tuple[list[str], list[str]]:
    """Names that go on behind *of* or *for*: Federation of Belgian Shippers, Secretary of State Ana Holt."""
    table = lexicon()
    goes_on = False
    while core and len(tail) > 1 and tail[0].lower() in ("of", "for", "in", "on") and _is_capital(core[-1]):
        at = 2 if tail[1].lower() == "the" and len(tail) > 2 else 1
        if not _is_capital(tail[at]):
            break
        end = at
        while end < len(tail) and (
            _is_capital(tail[end]) or (tail[end] in ("and", "&") and _is_capital(tail[min(end + 1, len(tail) - 1)]))
        ):
            end += 1
        last = bare(core[-1])
        if goes_on or last in table.bodies or last in table.works:
            core, tail = [*core, *tail[:end]], tail[end:]
            goes_on = tail[:1] == ["of"]
        elif last in table.persons and end - at > 2:
            core, tail = [*core, *tail[:end]], tail[end:]
            break
        else:
            break
    return core, tail


def _is_common(core: Sequence[str], known: frozenset[str]) -> bool:
    """Whether the first word of a sentence would not have a capital elsewhere."""
    word = core[0]
    plain = bare(word)
    if plain in known or (word.isupper() and len(word) > 1):
        return False
    if plain in lexicon().never_names:
        return True
    if len(core) == 1:
        return lexicon().kind(plain) is not None or (
            plain.endswith("s") and not plain.endswith(("ss", "is", "us", "as", "es"))
        )
    return not _is_capital(core[1]) and bare(core[1]) not in listed("name_particles")


def _affiliation(tail: Sequence[str]) -> str:
    """The words behind the first *of*, *for* or *at*."""
    if not tail or tail[0].lower() not in listed("affiliation"):
        return ""
    rest = list(tail[1:])
    end = next(
        (i for i, w in enumerate(rest) if i and w.lower() in listed("cuts") and w.lower() not in ("of", "for")),
        len(rest),
    )
    return " ".join(rest[:end])


def _is_capital(word: str) -> bool:
    plain = word.lstrip("‘'“\"(")
    if not plain:
        return word == "&"
    if plain == "&" or plain[0].isupper():
        return True
    head, _, rest = plain.partition("-")
    return bool(rest) and bare(head) in listed("name_particles") and rest[0].isupper()
