"""The sources of the directory, each read into the same rows: one person's time in one office."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from onrecord.directory.roles import canonical, plain

HAND = Path(__file__).with_name("directory")

REPOSITORIES = {  # of every-politician-scrapers, to the country it is about
    "afghanistan": "AFG", "armenia": "ARM", "australia": "AUS", "austria": "AUT", "azerbaijan": "AZE",
    "belarus": "BLR", "belgium": "BEL", "brazil": "BRA", "canada": "CAN", "china": "CHN", "czech": "CZE",
    "donetsk": "DNR", "egypt": "EGY", "estonia": "EST", "finland": "FIN", "france": "FRA", "georgia": "GEO",
    "greece": "GRC", "hungary": "HUN", "india": "IND", "indonesia": "IDN", "iran": "IRN", "iraq": "IRQ",
    "israel": "ISR", "italy": "ITA", "japan": "JPN", "kazakhstan": "KAZ", "kosovo": "XKX", "latvia": "LVA",
    "lithuania": "LTU", "mexico": "MEX", "moldova": "MDA", "netherlands": "NLD", "north-korea": "PRK",
    "pakistan": "PAK", "poland": "POL", "russia": "RUS", "saudi": "SAU", "serbia": "SRB", "south-africa": "ZAF",
    "south-korea": "KOR", "spain": "ESP", "sweden": "SWE", "syria": "SYR", "turkey": "TUR", "ukraine": "UKR",
    "united-kingdom": "GBR", "us": "USA",
}  # fmt: skip
WORLD = {  # endings of the offices in its repository "world", to their bodies
    "of the United Nations General Assembly": "UNGA",
    "of the Parliamentary Assembly of the Council of Europe": "PACE",
    "of the International Court of Justice": "ICJ",
    "of the World Trade Organization": "WTO",
    "of the United Nations": "UN",
    "of the Arab Parliament": "AL",
}
CIA_COUNTRIES = {  # as it writes them, where our table of countries does not know the name
    "Bahamas, The": "BHS", "Gambia, The": "GMB", "Korea, North": "PRK", "Korea, South": "KOR",
    "Congo, Democratic Republic of the": "COD", "Congo, Republic of the": "COG", "Holy See (Vatican City)": "VAT",
    "Micronesia, Federated States of": "FSM",
}  # fmt: skip
CIA_TITLE = re.compile(r",? ?\b(?:Dr|Gen|Lt|Maj|Col|Brig|Adm|Sir|Dame|Sheikh|Prince|King|\(Acting\))\.?,? ?")
CIA_AS_OF, IFG_AS_OF, CONGRESS_AS_OF = "2019-10", "2026-06-12", "2026-06-10"
SURNAME_FIRST = ("china", "north-korea", "south-korea", "hungary")


@dataclass(slots=True)
class Row:
    """A term of office as a source has it. `key` is roles.Role.key; dates are ISO 8601, reduced, or empty."""

    person: str
    label: str
    key: str
    of: str
    start: str
    end: str
    source: str
    as_of: str
    wikidata: str = ""
    gender: str = ""
    born: str = ""
    aka: tuple[str, ...] = ()
    id: str = ""
    """What tells two people of one name apart within a source."""


def wikidata(root: Path) -> Iterator[Row]:
    """Office holders since 2000 from Wikidata, as every-politician-scrapers kept them (to 2022)."""
    bio = {row["wikidata"]: row for row in _table(root / "bio.csv")}
    for row in _table(root / "holders.csv"):
        repository = re.sub(r"-(?:cabinet|ministers)$", "", row["country_repo"])
        label, of = row["position"], REPOSITORIES.get(repository, "UN")
        if repository == "world":
            ending = next((e for e in WORLD if label.endswith(e)), "")
            if not ending and not label.startswith("OSCE"):
                continue
            of = WORLD.get(ending, "OSCE")
            label = label.removesuffix(ending).removeprefix("OSCE ").strip()
        start, end = _date(row["start"]), _date(row["end"])
        if end and start and end < start[: len(end)]:
            continue
        about = bio.get(row["wikidata"], {})
        yield Row(
            person=row["person"], label=label, key=canonical(label, of).key, of=of, start=start, end=end,
            source="wikidata", as_of=row["repo_date"], wikidata=row["wikidata"], gender=about.get("gender", ""),
            born=about.get("dob", ""), aka=_other_name(row["person"], about),
        )  # fmt: skip


def institute_for_government(root: Path) -> Iterator[Row]:
    """Ministers of the United Kingdom since 1979 (Institute for Government)."""
    people: dict[str, list[dict[str, str]]] = {}
    for row in _table(root / "ifg-uk" / "person.csv"):
        people.setdefault(row["id"], []).append(row)
    posts = {row["id"]: row for row in _table(root / "ifg-uk" / "post.csv")}
    for row in _table(root / "ifg-uk" / "appointment.csv"):
        post, names = posts[row["post_id"]], people[row["person_id"]]
        usual = min(names, key=lambda n: (n["name"].startswith(("Lord", "Baroness", "Viscount", "Earl")), n["name"]))
        role = canonical(post["name"], "GBR")
        below = post["rank_equivalence"] not in ("PM", "SoS", "DPM", "") and role.rank == "minister"
        key = role.key.replace("minister:", "junior minister:", 1) if below else role.key
        yield Row(
            person=usual["name"], label=post["display_name"] or post["name"], key=key, of="GBR",
            start=row["start_date"], end=row["end_date"], source="ifg", as_of=IFG_AS_OF,
            gender={"M": "male", "F": "female"}.get(usual["gender"], ""),
            aka=tuple(n["name"] for n in names if n["name"] != usual["name"]), id=row["person_id"],
        )  # fmt: skip


def congress(root: Path) -> Iterator[Row]:
    """Presidents and vice presidents of the United States since 1900, members of Congress of 2026 and its leaders."""
    offices = {"prez": "president", "viceprez": "vice president", "sen": "senator", "rep": "representative"}
    for name in ("executive.yaml", "legislators-current.yaml"):
        for entry in yaml.load((root / "us-congress" / name).read_text("utf-8"), Loader=yaml.CSafeLoader):
            terms = [(offices[t["type"]], t["start"], t["end"]) for t in entry["terms"] if t["end"] > "1900"]
            terms += [(t["title"], t["start"], t.get("end", "")) for t in entry.get("leadership_roles", ())]
            for label, start, end in terms:
                yield Row(
                    label=label[0].upper() + label[1:], key=canonical(label, "USA").key, of="USA", start=start,
                    end="" if end > CONGRESS_AS_OF else end, source="congress", as_of=CONGRESS_AS_OF,
                    wikidata=entry["id"].get("wikidata", ""), born=entry["bio"].get("birthday", ""),
                    gender={"M": "male", "F": "female"}[entry["bio"]["gender"]], **_names(entry["name"]),
                    id=entry["id"]["bioguide"] if "bioguide" in entry["id"] else str(entry["id"]["govtrack"]),
                )  # fmt: skip


def world_leaders(root: Path, countries: dict[str, str]) -> Iterator[Row]:
    """Who was in office in October 2019, without dates (CIA, Chiefs of State and Cabinet Members)."""
    for row in _table(root / "cia-2019" / "cia_world_leaders_2019-10.csv"):
        of = CIA_COUNTRIES.get(row["country"]) or countries.get(row["country"])
        if not of or not row["person"].strip() or "(vacant)" in row["person"].lower():
            continue
        label = row["office"].replace("Dep. ", "Deputy ").replace("Min. ", "Minister ").replace("Govt.", "Government")
        label = re.sub(r"^Premier$", "Prime Minister", label.replace(", & ", " & "))
        acting = bool(re.search(r"\b(?:Acting|Interim)\b", row["person"] + label))
        person = CIA_TITLE.sub("", row["person"])
        role = canonical(label, of)
        key = role.key if not acting or role.acting else f"acting {role.key}"
        yield Row(
            person=" ".join(_capitals(word) for word in person.replace(",", "").split()), label=label, key=key, of=of,
            start="", end="", source="cia", as_of=CIA_AS_OF,
        )  # fmt: skip


def by_hand() -> Iterator[Row]:
    """The rows of training/directory/offices.csv: what the sources miss, have wrong, or are too old to know."""
    for row in _table(HAND / "offices.csv"):
        yield Row(
            person=row["person"], label=row["role"], key=canonical(row["role"], row["of"]).key, of=row["of"],
            start=row["start"], end=row["end"], source="hand", as_of=row["as_of"], wikidata=row["wikidata"],
            gender={"m": "male", "f": "female"}.get(row["gender"], ""),
            aka=tuple(filter(None, row["aka"].split("|"))),
        )  # fmt: skip


def genders(root: Path) -> dict[str, tuple[int, int]]:
    """First names to how many men and women of bio.csv have them, but for languages that put the surname first."""
    counts: dict[str, tuple[int, int]] = {}
    seen: set[str] = set()
    for row in _table(root / "bio.csv"):
        if row["wikidata"] in seen or row["country_repo"].startswith(SURNAME_FIRST):
            continue
        seen.add(row["wikidata"])
        first = plain(row["name"]).split()[:1]
        if first and len(first[0]) > 1 and len(row["name"].split()) > 1:
            men, women = counts.get(first[0], (0, 0))
            counts[first[0]] = (men + (row["gender"] == "male"), women + (row["gender"] == "female"))
    return counts


def _names(name: dict[str, Any]) -> dict[str, Any]:
    """The name by which a member of Congress is known, and the fuller one."""
    full = name.get("official_full") or f"{name['first']} {name['last']}"
    called = name.get("nickname") or name["first"]
    usual = f"{called} {name['last']}"
    others = {f"{name['first']} {name['last']}", full, usual} - {full}
    return {"person": full, "aka": tuple(sorted(others))}


def _other_name(name: str, about: dict[str, str]) -> tuple[str, ...]:
    """The title of the person's page in Wikipedia, if it is another name, without what tells namesakes apart."""
    title = re.sub(r" \(.*\)$", "", about.get("enwiki", ""))
    return tuple({title, about.get("name", "")} - {name, ""})


def _capitals(word: str) -> str:
    """LAVROV as Lavrov, VON as von; words that are no capitals stay."""
    if not word.isupper() or len(word) == 1 or word.endswith("."):
        return word
    if word in ("VON", "DER", "VAN", "DE", "DEN", "DEL", "DI", "DA", "DOS", "AL", "BIN", "LA", "LE"):
        return word.lower()
    return "-".join(part.capitalize() for part in re.sub(r"^(MC|MAC(?=[^AEIOU]))", "Mc", word).split("-"))


def _date(text: str) -> str:
    match = re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", text.rstrip("s") if text.endswith("s") else text)
    return match[0] if match and not text.endswith("s") else ""


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
