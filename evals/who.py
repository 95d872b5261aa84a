"""Asks the directory 200 questions drawn from the facts it was built from: ``python -m evals.who [--misses]``.

    110  an office as users write it, country and day  ->  who held it        (holders.csv)
     30  the same for ministers of the United Kingdom                         (ifg-uk)
     60  a person's name and a day  ->  the offices held then                 (holders.csv)

Three of five days of the office questions lie within a term, one in a year before all terms of the office, one after
all that the sources know. A question is right if the best answer is one of the true holders on that day and nobody is
offered whom the facts place outside; with no true holder, if nobody is offered. Facts of reduced precision hold for all
days they can mean. An answer that rests on another source than the question (a row by hand) is judged by that row's
own dates, and counted apart. Load time and memory are measured in a fresh process.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import os
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.directory import Directory, Match
from onrecord.directory.names import fold, words_of
from onrecord.directory.values import span_of

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("ONRECORD_OFFICEHOLDERS", ROOT.parent / "shared" / "data" / "officeholders"))
SEED = 20170508
WANTED = 0.97
FORMS = ("{role} of {name}", "{adjective} {role}", "{name}'s {role}", "the {role} of {name}")
SHORT_FORMS = ("{adjective} {short}", "{name} {short}")
SHORT = re.compile(r"(?:Federal )?(?:Minister|Secretary of State) (?:of|for) (?:the )?(?:National )?(.+?)(?: Affairs)?")
UNSAID = re.compile(r"\b(?:of|for|the|and|minister|ministry|secretary|state|federal|affairs|national)\b")
COUNTRIES = {  # repository to the words for it: name, adjective
    "afghanistan": ("Afghanistan", "Afghan"), "australia-cabinet": ("Australia", "Australian"),
    "austria-cabinet": ("Austria", "Austrian"), "belarus-ministers": ("Belarus", "Belarusian"),
    "belgium-cabinet": ("Belgium", "Belgian"), "brazil-ministers": ("Brazil", "Brazilian"),
    "canada-cabinet": ("Canada", "Canadian"), "china-ministers": ("China", "Chinese"),
    "czech-ministers": ("the Czech Republic", "Czech"), "egypt-ministers": ("Egypt", "Egyptian"),
    "estonia": ("Estonia", "Estonian"), "finland-cabinet": ("Finland", "Finnish"),
    "france-cabinet": ("France", "French"), "georgia-ministers": ("Georgia", "Georgian"),
    "greece-cabinet": ("Greece", "Greek"), "hungary-cabinet": ("Hungary", "Hungarian"),
    "india-ministers": ("India", "Indian"), "indonesia-ministers": ("Indonesia", "Indonesian"),
    "iran-ministers": ("Iran", "Iranian"), "iraq-ministers": ("Iraq", "Iraqi"),
    "israel-ministers": ("Israel", "Israeli"), "italy-ministers": ("Italy", "Italian"),
    "japan-ministers": ("Japan", "Japanese"), "kazakhstan-cabinet": ("Kazakhstan", "Kazakh"),
    "latvia-cabinet": ("Latvia", "Latvian"), "lithuania": ("Lithuania", "Lithuanian"),
    "mexico-ministers": ("Mexico", "Mexican"), "moldova-ministers": ("Moldova", "Moldovan"),
    "netherlands-cabinet": ("the Netherlands", "Dutch"), "pakistan-ministers": ("Pakistan", "Pakistani"),
    "poland-cabinet": ("Poland", "Polish"), "russia-cabinet": ("Russia", "Russian"),
    "saudi-ministers": ("Saudi Arabia", "Saudi"), "serbia-ministers": ("Serbia", "Serbian"),
    "south-africa-cabinet": ("South Africa", "South African"), "south-korea-ministers": ("South Korea", "South Korean"),
    "spain-ministers": ("Spain", "Spanish"), "sweden-cabinet": ("Sweden", "Swedish"), "syria": ("Syria", "Syrian"),
    "turkey-ministers": ("Turkey", "Turkish"), "ukraine-cabinet": ("Ukraine", "Ukrainian"),
    "united-kingdom-cabinet": ("the United Kingdom", "British"), "us-cabinet": ("the United States", "US"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a source: who, which office, from when to when ("" for unknown; the end is then ``as_of`` or later)."""

    country: str
    role: str
    person: str
    wikidata: str
    start: str
    end: str
    as_of: str

    def covers(self, day: datetime.date) -> bool:
        begun = not self.start or span_of(self.start)[0] <= day
        return begun and day <= span_of(self.end or self.as_of)[1]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, on which day, and the facts of the same office (or person) that decide."""

    kind: str
    words: str
    day: datetime.date
    facts: tuple[Fact, ...]
    elsewhere: tuple[Fact, ...]

    @property
    def true(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.covers(self.day)]


def read_holders(data: Path) -> list[Fact]:
    """The rows of holders.csv that are about one of COUNTRIES."""
    facts = []
    for row in _table(data / "holders.csv"):
        usable = re.fullmatch(r"\d{4}(-\d\d){0,2}", row["start"]) and (not row["end"] or row["end"] >= row["start"])
        if row["country_repo"] in COUNTRIES and usable:
            facts.append(
                Fact(
                    row["country_repo"],
                    row["position"],
                    row["person"],
                    row["wikidata"],
                    row["start"],
                    row["end"],
                    row["repo_date"],
                )
            )
    return facts


def read_ministers(data: Path) -> list[Fact]:
    """Heads of departments of the United Kingdom."""
    names = {row["id"]: row["name"] for row in _table(data / "ifg-uk" / "person.csv")}
    posts = {row["id"]: row for row in _table(data / "ifg-uk" / "post.csv")}
    return [
        Fact(
            "united-kingdom-cabinet",
            posts[row["post_id"]]["name"],
            names[row["person_id"]],
            "",
            row["start_date"],
            row["end_date"],
            "2026-06-12",
        )
        for row in _table(data / "ifg-uk" / "appointment.csv")
        if posts[row["post_id"]]["rank_equivalence"] in ("PM", "SoS")
    ]


def draw(facts: list[Fact], chance: random.Random, count: int, kind: str) -> Iterator[Question]:
    """Questions for the holder of an office."""
    offices = defaultdict(list)
    for fact in facts:
        offices[fact.country, fact.role].append(fact)
    for number, fact in enumerate(chance.sample(facts, count)):
        rows = offices[fact.country, fact.role]
        if number % 5 < 3:
            first, last = span_of(fact.start)[1], span_of(fact.end or fact.as_of)[0]
            day = first + datetime.timedelta(days=chance.randint(0, max(0, (last - first).days)))
        elif number % 5 == 3:
            day = span_of(min(row.start for row in rows))[0] - datetime.timedelta(days=chance.randint(30, 900))
        else:
            day = datetime.date(2027, 1, 1) + datetime.timedelta(days=chance.randint(0, 3000))
        others = tuple(f for f in facts if f.country == fact.country)
        yield Question(kind, _worded(fact, chance), day, tuple(rows), others)


def draw_people(facts: list[Fact], chance: random.Random, count: int) -> Iterator[Question]:
    """Questions for a person's offices on a day within one of them, or beyond them all."""
    people = defaultdict(list)
    for fact in facts:
        people[fact.wikidata].append(fact)
    for number, fact in enumerate(chance.sample(facts, count)):
        first, last = span_of(fact.start)[1], span_of(fact.end or fact.as_of)[0]
        day = first + datetime.timedelta(days=chance.randint(0, max(0, (last - first).days)))
        if number % 4 == 3:
            day = span_of(min(f.start for f in people[fact.wikidata]))[0] - datetime.timedelta(
                days=chance.randint(30, 900)
            )
        yield Question("person", fact.person, day, tuple(people[fact.wikidata]), ())


def judge(directory: Directory, question: Question) -> tuple[bool, str, bool]:
    """Whether the directory answers right, what it said, and whether that rests on another source."""
    if question.kind == "person":
        return _judge_person(directory, question)
    post = directory.parse_role(question.words)
    if post is None:
        return not question.true, "no office understood", False
    answer = directory.holders(post.role, post.of, question.day)
    said = f"{post.role.key} of {post.of.id if post.of else None}: {answer.certainty}; " + ", ".join(
        m.person.name for m in answer
    )
    if not len(answer):
        return not question.true, f"{said or '-'} ({answer.why})", False
    drawn = {"office": "Wikidata", "minister": "Institute"}[question.kind]
    judged = [_is_true(match, question, drawn) for match in answer]
    other = any(verdict is None for verdict in judged)
    return all(verdict is not False for verdict in judged), said, other


def _is_true(match: Match, question: Question, drawn: str) -> bool | None:
    """Whether a match is a true holder; None where another source than that of the question says so."""
    if any(_same(match, fact) for fact in question.true):
        return True
    asked = set(UNSAID.sub(" ", question.facts[0].role.lower()).replace(",", " ").split())
    for fact in question.elsewhere:  # the same under a longer title
        if (
            fact.covers(question.day)
            and _same(match, fact)
            and asked <= set(fact.role.lower().replace(",", " ").split())
        ):
            return True
    assert match.term is not None
    return None if drawn not in match.term.source.name and match.term.holds(question.day) == "certain" else False


def _judge_person(directory: Directory, question: Question) -> tuple[bool, str, bool]:
    wanted = question.facts[0].wikidata
    found = [m for m in directory.people(question.words, question.day) if m.person.wikidata == wanted]
    if not found:
        return False, "not found", False
    roles = [m for m in directory.roles(found[0].person, question.day) if m.certainty in ("certain", "possible")]
    said = ", ".join(f"{m.term.role} {m.term.start}-{m.term.end}" for m in roles if m.term)
    other = any(m.term and "Wikidata" not in m.term.source.name for m in roles)
    true = {fact.role for fact in question.true}
    strangers = [m for m in roles if m.term and m.term.role not in true and "Wikidata" in m.term.source.name]
    return not strangers and (bool(roles) == bool(true) or (not true and other)), said, other


def _same(match: Match, fact: Fact) -> bool:
    if fact.wikidata and match.person.wikidata:
        return fact.wikidata == match.person.wikidata
    wanted = {fold(word) for word in words_of(fact.person)}
    return any(wanted == {fold(w) for w in words_of(name)} for name in (match.person.name, *match.person.aka))


def _worded(fact: Fact, chance: random.Random) -> str:
    name, adjective = COUNTRIES[fact.country]
    short = SHORT.fullmatch(fact.role)
    plain = short and not re.search(r",| and | for | of ", short[1])
    forms = FORMS + SHORT_FORMS if plain else FORMS
    short_form = f"{short[1].lower()} minister" if short and plain else ""
    return chance.choice(forms).format(role=fact.role, name=name, adjective=adjective, short=short_form)


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


MEASURE = """
import re, time
from pathlib import Path
from onrecord.directory import Directory
status = Path("/proc/self/status")
most = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) / 1024 if status.exists() else float("nan")
before, start = most(), time.process_time()
directory = Directory.load()
loaded = time.process_time() - start
post = directory.parse_role("Russian foreign minister")
list(directory.holders(post.role, post.of, "2017-05-08")), directory.people("Sergei Lavrov", "2017-05-08")
took = time.process_time() - start
print(f"loaded in {loaded:.3f} s of processor time, with two answers {took:.3f} s and {most() - before:.0f} MB")
"""


def main() -> int:
    """Ask, print the share answered right by kind of question, and say whether it is enough."""
    parser = argparse.ArgumentParser(prog="python -m evals.who", description=__doc__.split("\n")[0])
    parser.add_argument("--misses", action="store_true", help="print each question answered wrong")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    if not (DATA / "holders.csv").exists():
        print(f"skipped: no {DATA / 'holders.csv'}; set ONRECORD_OFFICEHOLDERS to the folder officeholders")
        return 0
    chance, directory = random.Random(arguments.seed), Directory.load()
    holders, ministers = read_holders(DATA), read_ministers(DATA)
    questions = [
        *draw(holders, chance, 110, "office"),
        *draw(ministers, chance, 30, "minister"),
        *draw_people(holders, chance, 60),
    ]
    right: dict[str, list[bool]] = defaultdict(list)
    others = 0
    for question in questions:
        good, said, other = judge(directory, question)
        right[question.kind].append(good)
        others += other
        if arguments.misses and not good:
            true = ", ".join(f"{f.person if question.kind != 'person' else f.role}" for f in question.true) or "nobody"
            print(f"  {question.words} on {question.day}\n    true: {true}\n    said: {said}")
    for kind, verdicts in right.items():
        print(f"{kind:10}{sum(verdicts):4} of {len(verdicts)}")
    total = sum(map(sum, right.values()))
    print(
        f"{'all':10}{total:4} of {len(questions)}  {total / len(questions):.3f}  ({others} rest on another source too)"
    )
    done = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True)
    print(done.stdout.strip())
    return 0 if total >= WANTED * len(questions) else 1


if __name__ == "__main__":
    sys.exit(main())
