"""What a site's robots.txt lets us ask for, after RFC 9309: the group that names us, else that of "*"; of its rules
the longest that fits decides, and of two as long the one that allows. In a rule `*` stands for any characters, a last
`$` for the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

MOST_RULES = 5_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of paths, and whether they may be asked for."""

    pattern: str
    allows: bool

    def fits(self, path: str) -> bool:
        """Whether the path begins as the pattern says, or is as it says where that ends in `$`."""
        whole = self.pattern.endswith("$")
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        if not rest:
            return not whole or path == first
        at = len(first)
        for piece in rest[:-1]:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if whole:
            return len(path) - at >= len(rest[-1]) and path.endswith(rest[-1])
        return path.find(rest[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us, and the seconds to wait between two pages; no rules allow all."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether the address may be asked for."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        fitting = [rule for rule in self.rules if rule.fits(path)]
        return not fitting or max(fitting, key=lambda rule: (len(rule.pattern), rule.allows)).allows


def parse_robots(text: str, agent: str) -> Robots:
    """The rules of a robots.txt for the robot called `agent`; what cannot be understood is passed over."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    in_rules = False
    for key, value in _lines(text):
        if key == "user-agent":
            names = [] if in_rules else names
            in_rules = False
            names.append(value.split("/")[0].strip().lower())
            groups.setdefault(names[-1], [])
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            for name in dict.fromkeys(names):
                groups[name].append((key, value))
    own = groups.get(agent.lower(), groups.get("*", []))[:MOST_RULES]
    rules = tuple(Rule(unquote(value), key == "allow") for key, value in own if value and key != "crawl-delay")
    return Robots(rules, max((_seconds(value) for key, value in own if key == "crawl-delay"), default=0.0))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < float("inf") else 0.0
