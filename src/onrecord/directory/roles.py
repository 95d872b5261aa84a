"""Offices as news writes them, brought to one form: "top diplomat", "Minister of Foreign Affairs" -> minister:foreign.

A role is a rank and the fields it is over. "Foreign Minister", "Federal Minister for Foreign Affairs" and "Secretary of
State for Foreign and Commonwealth Affairs" all have the rank ``minister`` and the field ``foreign``, the last also
``commonwealth``. ``data/directory/roles.tsv`` and ``fields.tsv`` hold the other words; what stands in neither keeps its
own words as rank. Acting, deputy and former holders are other roles than the holder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

FORMER = frozenset("former ex then-former one-time onetime ousted deposed erstwhile late previous retired past".split())
ACTING = frozenset("acting interim caretaker provisional transitional".split())
PASSING = frozenset(  # says nothing about which office it is
    "his her its their our current incumbent outgoing new newly-appointed longtime long-time veteran federal"
    " union embattled new-look incoming sitting serving then hard-line hardline".split()
)
ARTICLES = frozenset({"the", "a", "an"})
ELECT = frozenset({"elect", "designate"})
FIELDS_APART = re.compile(r"\s*(?:,|;|&|\band\b|\bas well as\b)\s*")
OVER = re.compile(r"\s+(?:for|of|in charge of|responsible for|on)\s+")
EMPTY_IN_FIELD = re.compile(
    r"\b(?:the|affairs?|national|portfolio|matters|policy of|state for|department of|ministry(?: of)?)\b"
)
AMBASSADOR = re.compile(
    r"(?:us )?(?:ambassador(?: at large)?|high commissioner|permanent representative|envoy)(?: to(?: the)? (.+))?"
)
NO_MINISTER = re.compile(  # secretaries who are not over a field
    r"\b(?:general|press|state|cabinet|permanent|private|parliamentary|council|party|executive|staff)\b"
)
CENTRAL_BANK = re.compile(
    r"(?:governor|president|chair|chairman|chairwoman|head|chief) of (?:(?:central|national|reserve|people's) )?bank"
    r"(?: of \w+(?: \w+)?)?"
)
SPOKESPERSON = re.compile(r"\bspoke(?:s|)(?:man|woman|person|people|men|women|peron)\b")
DEPUTIES = ("deputy", "vice", "assistant", "under", "first deputy", "first vice")
JUNIOR = (
    "minister of state for",
    "minister of state in charge of",
    "minister of state at",
    "parliamentary under secretary of state for",
    "parliamentary under secretary for",
    "parliamentary secretary for",
    "under secretary of state for",
    "undersecretary of state for",
    "undersecretary for",
    "state secretary for",
    "state secretary of",
    "secretary of state for",
    "minister delegate for",
    "deputy minister for",
)
SENIOR_SECRETARIES = frozenset({"GBR", "USA", "MEX", "PHL"})
"""Countries where the secretary over a field sits in the cabinet; elsewhere that is the rank below."""

OWN_OFFICES = {
    "AUS": frozenset({"premier", "deputy premier", "treasurer"}),
    "CAN": frozenset({"premier", "deputy premier"}),
}
"""What is a synonym elsewhere, but an office of its own there: premiers lead states, a treasurer stands beside the
minister of finance."""
COLLECTIVE = {  # what news calls the holder of one of several offices
    "leader": ("president", "prime minister", "chancellor", "monarch", "supreme leader"),
    "head of state": ("president", "monarch", "supreme leader"),
    "head of government": ("prime minister", "chancellor"),
}
COUNTRY_SHORT = {
    "us": "united states",
    "united states of america": "united states",
    "america": "united states",
    "uk": "united kingdom",
    "britain": "united kingdom",
    "great britain": "united kingdom",
    "un": "united nations",
    "un new york": "united nations",
    "eu": "european union",
    "people's republic of china": "china",
    "russian federation": "russia",
    "republic of korea": "south korea",
    "türkiye": "turkey",
    "czechia": "czech republic",
}


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is, apart from for whom: a rank, the fields it is over, and whether acting, former or elect.

    >>> canonical("former Minister of Economy and Finance").key
    'minister:economy+finance'
    """

    rank: str
    fields: frozenset[str] = frozenset()
    acting: bool = False
    former: bool = False
    elect: bool = False

    @property
    def key(self) -> str:
        """The form in the tables: rank, then the fields in order; "acting " before an acting one."""
        over = ":" + "+".join(sorted(self.fields)) if self.fields else ""
        return f"{'acting ' if self.acting else ''}{self.rank}{over}"

    def fits(self, office: Role) -> bool:
        """Whether a holder of ``office`` is one of these: the same rank, and at least these fields."""
        if self.rank != office.rank or self.acting != office.acting:
            return False
        if not self.fields:
            return not office.fields or self.rank.startswith("deputy")
        return self.fields <= office.fields


def from_key(key: str) -> Role:
    """The role that has this key."""
    acting = key.startswith("acting ")
    rank, _, over = key.removeprefix("acting ").partition(":")
    return Role(rank, frozenset(over.split("+")) if over else frozenset(), acting)


def canonical(words: str, of: str | None = None) -> Role:
    """The role that ``words`` name, for the body with the id ``of``, where it matters (see SENIOR_SECRETARIES)."""
    role, left = _stripped(words)
    found = _ranked(" ".join(left), of)
    return replace(role, rank=found.rank, fields=found.fields)


def _stripped(words: str) -> tuple[Role, list[str]]:
    """What the first and last words say of the time, and the words between."""
    role, left = Role(""), [word for word in plain(words).split() if word not in ARTICLES]
    while left and left[0] in FORMER | ACTING | PASSING:
        word = left.pop(0)
        role = replace(role, former=role.former or word in FORMER, acting=role.acting or word in ACTING)
    while len(left) > 1 and left[-1] in ELECT | ACTING:
        word = left.pop()
        role = replace(role, elect=role.elect or word in ELECT, acting=role.acting or word in ACTING)
    return role, left


def implied_body(words: str) -> str | None:
    """The id of the one body whose office these words alone name: "Chancellor of the Exchequer" gives GBR."""
    left = " ".join(_stripped(words)[1])
    for deputy in DEPUTIES:
        left = left.removeprefix(f"{deputy} ")
    return _synonyms()[1].get(left)


@cache
def known(words: str) -> bool:
    """Whether these words name a kind of office that the tables of roles know."""
    role = canonical(words)
    ranks = _synonyms()[2]
    deputised = role.rank.removeprefix("first ").removeprefix("deputy ").removeprefix("assistant ")
    return role.rank in ranks or deputised in ranks or role.rank in RANKS_OF_CODE or deputised in RANKS_OF_CODE


RANKS_OF_CODE = frozenset(
    {
        "minister", "junior minister", "commissioner", "high commissioner", "ambassador", "spokesperson", "secretary",
        "minister without portfolio", "consul general",
    }
)  # fmt: skip


def plain(words: str) -> str:
    """Lower case, one space, no dots, hyphens as spaces, "organisation" with an s."""
    text = words.lower().replace("’", "'").replace(".", "").replace("-", " ").replace("organization", "organisation")
    text = text.replace("defense", "defence").replace("advisor", "adviser").replace("spokeperson", "spokesperson")
    text = re.sub(r"\((.*?)\)", r" \1 ", text)
    return " ".join(re.sub(r"\bex (?=\w)", "former ", text).split())


def _ranked(words: str, of: str | None) -> Role:
    words = SPOKESPERSON.sub("spokesperson", words)
    if of and words in OWN_OFFICES.get(of, ()):
        return Role(words)
    keys, implied, _ = _synonyms()
    if words in keys and (of is None or implied.get(words, of) == of):
        return from_key(keys[words])
    if CENTRAL_BANK.fullmatch(words):
        return Role("central bank governor")
    if match := AMBASSADOR.fullmatch(words):
        target = (match[1] or "").replace(",", "").removeprefix("the ")
        return Role("ambassador", frozenset({COUNTRY_SHORT.get(target, target)}) if target else frozenset())
    if match := re.fullmatch(r"(high )?commissioner for (?:the )?(.+)|(.+) commissioner", words):
        return Role(f"{match[1] or ''}commissioner", _fields(match[2] or match[3]))
    if of == "GBR" and words.startswith("secretary of state for "):
        return Role("minister", _fields(words.removeprefix("secretary of state for ")))
    for start in JUNIOR:
        if words.startswith(start + " "):
            return Role("junior minister", _fields(words.removeprefix(start)))
    return _deputy(words, of) or _minister(words, of) or Role(words)


def _deputy(words: str, of: str | None) -> Role | None:
    for start in sorted(DEPUTIES, key=len, reverse=True):
        if words.startswith(start + " "):
            chief = _ranked(words.removeprefix(start + " "), of)
            first = {"first"} if start.startswith("first") else set()
            second = "assistant " if start == "assistant" else "deputy "
            return Role(second + chief.rank, chief.fields | first)
    if match := re.fullmatch(r"(.+) deputy minister", words):  # "Russian foreign deputy minister"
        return Role("deputy minister", _fields(match[1]))
    return None


def _minister(words: str, of: str | None) -> Role | None:
    if words == "minister without portfolio":
        return Role(words)
    if match := re.fullmatch(r"(?:minister|head of ministry)" + OVER.pattern + r"(?:the )?(.+)", words):
        return Role("minister", _fields(match[1]))
    if match := re.fullmatch(r"(.+) (?:minister|ministry chief|ministry head)", words):
        if match[1] in ("state", "junior", "cabinet", "government"):
            return None
        return Role("minister", _fields(re.sub(r"\b(?:ministry|minister)$", "", match[1])))
    if (of is None or of in SENIOR_SECRETARIES) and (
        match := re.fullmatch(r"(?:secretary (?:of|for) (?:the )?(.+)|(.+) secretary)", words)
    ):
        over = match[1] or match[2]
        if not NO_MINISTER.search(over):
            return Role("minister", _fields(over))
    return None


def _fields(words: str) -> frozenset[str]:
    """The fields in "Foreign, Commonwealth and Development Affairs", each by its usual name."""
    whole = _field(words)
    if whole in _portfolios().values():
        return frozenset({whole})
    return frozenset(field for part in FIELDS_APART.split(words) if (field := _field(part)))


def _field(words: str) -> str:
    words = " ".join(EMPTY_IN_FIELD.sub(" ", words).split())
    return _portfolios().get(words, words)


@cache
def _portfolios() -> dict[str, str]:
    table: dict[str, str] = {}
    for field, others in _rows("fields.tsv"):
        table[field] = field
        for other in others.split("|"):
            table.setdefault(_bare(other), field)
    return table


@cache
def _synonyms() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Words to the key of their role; words to the body they imply; the ranks that have synonyms."""
    keys: dict[str, str] = {}
    bodies: dict[str, str] = {}
    ranks: set[str] = set()
    for key, others, *body in _rows("roles.tsv"):
        ranks.add(key.partition(":")[0])
        itself = [key] if ":" not in key and key not in keys else []
        for words in [*itself, *(_bare(other) for other in others.split("|") if other)]:
            keys.setdefault(words, key)
            if body and body[0]:
                bodies.setdefault(words, body[0])
    return keys, bodies, frozenset(ranks)


def _bare(words: str) -> str:
    return " ".join(_stripped(words)[1])


def _rows(name: str) -> list[list[str]]:
    text = files("onrecord.data.directory").joinpath(name).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [[*row, ""] if len(row) == 1 else row for row in rows]
