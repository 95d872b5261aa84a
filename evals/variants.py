"""How quotations that were changed on purpose are judged: ``python -m evals.variants [--held-out | --all] [--misses]``.

2,000 cases: a quotation of Wikinews or of PolNeAR-dev, one seeded edit, and the class that the edit makes of it. All
quotations of the article are the originals, as utterances of invented speakers. Half of the articles, drawn by seed,
are held out: rules are made looking at the other half only.

    edit            class          what is done
    as it is        verbatim       nothing
    marks           verbatim       curly and straight marks, dashes, the case of the first letter
    spelling        verbatim       US for GB and back; contractions in full and back
    trim            trimmed        words left out at the beginning or the end
    clause          trimmed        a clause between two commas left out
    ellipsis        trimmed        words without a negator replaced by an ellipsis
    reorder         stitched       two neighbouring sentences change places
    splice          stitched       a sentence of another utterance put behind
    drop not        altered        not, n't or never left out
    swallow not     altered        an ellipsis in place of a negator and its neighbour, the rest of the clause kept
    add not         altered        not put in behind an auxiliary
    number          altered        a number changed
    synonym         altered        a word for another of like meaning
    tense           altered        is for was, will for would
    swap speaker    misattributed  the words given to another speaker of the article
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.tracing.values import Carried, Original, Verdict
from onrecord.tracing.verdicts import judge
from onrecord.tracing.wording.normal import words_of

DATA = Path(__file__).parents[2] / "shared" / "data"
SEED = 20240917
CASES = 2000
FOUND = 0.98
QUOTE = re.compile(r"“([^“”\n]{40,700})”|(?<!\w)\"([^\"\n]{40,700})\"(?!\w)")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
SPEAKERS = ("Ada Quill", "Bruno Fenn", "Cleo Marsh", "Dov Lark", "Edda Stone", "Femi Rook", "Gil Thorne", "Hanne Vole")
AUXILIARIES = "is are was were will would can could should has have do does did must may might".split()
TENSES = {
    "is": "was", "are": "were", "was": "is", "were": "are", "will": "would", "has": "had", "have": "had",
    "says": "said", "said": "says", "do": "did", "want": "wanted", "know": "knew", "think": "thought", "need": "needed",
}  # fmt: skip
SYNONYMS = {
    "people": "persons", "big": "large", "large": "big", "important": "vital", "help": "aid", "begin": "start",
    "start": "begin", "many": "numerous", "country": "nation", "good": "fine", "work": "labour",
    "need": "require", "want": "wish", "great": "grand", "very": "highly", "think": "believe", "believe": "think",
    "children": "kids", "money": "cash", "support": "back", "house": "home", "home": "house", "world": "globe",
    "family": "household", "strong": "powerful", "government": "administration", "clear": "plain", "hard": "tough",
    "show": "reveal", "right": "correct", "safe": "secure", "new": "fresh", "continue": "go on", "ensure": "secure",
    "law": "statute", "job": "post", "president": "leader", "problem": "trouble", "fight": "battle",
}  # fmt: skip
SPELLINGS = {
    "colour": "color", "labour": "labor", "favour": "favor", "honour": "honor", "neighbour": "neighbor",
    "behaviour": "behavior", "centre": "center", "defence": "defense", "organise": "organize",
    "organisation": "organization", "organisations": "organizations", "recognise": "recognize", "realise": "realize",
    "programme": "program", "programmes": "programs", "towards": "toward", "harbour": "harbor", "theatre": "theater",
    "recognised": "recognized", "criticise": "criticize", "apologise": "apologize", "emphasise": "emphasize",
    "do not": "don't", "does not": "doesn't", "is not": "isn't", "will not": "won't", "we are": "we're",
    "cannot": "can't", "i am": "I'm", "did not": "didn't", "it is": "it's", "we have": "we've", "they are": "they're",
}  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,$£€])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w,.]*\d)")
NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty".split()
NEGATED = re.compile(r"\b(?:not|never)\b\s?|(?<=\w)n['’]t\b", re.I)
NEGATORS = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|neither|nor|without|hardly|rather|instead|cannot)\b|n['’]t", re.I
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation, the article it is of, and its place there."""

    article: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """An edited quotation, the originals of its article, and the class that the edit makes of it."""

    edit: str
    wanted: str
    carried: Carried
    originals: tuple[Original, ...]
    held_out: bool


Edit = Callable[[str, Sequence[str], random.Random], str | None]


def main(arguments: Sequence[str]) -> int:
    """Print the table, and whether the bar is met."""
    every = [*cases(articles())]
    chosen = [case for case in every if "--all" in arguments or case.held_out == ("--held-out" in arguments)]
    judged = [(case, judge(case.carried, case.originals)) for case in chosen]
    part = "all" if "--all" in arguments else "held out" if "--held-out" in arguments else "development"
    print(f"{len(judged):,} of {len(every):,} cases ({part}), seed {SEED}\n")
    print_edits(judged)
    print_classes(judged)
    ok = print_bar(judged)
    if "--misses" in arguments:
        for case, verdict in judged:
            if verdict.kind != case.wanted:
                print(f"\n{case.edit}: wanted {case.wanted}, got {verdict.kind} {[r.code for r in verdict.reasons]}")
                number = int(case.carried.id)
                print("  ", case.originals[number].text, "\n  ", case.carried.text)
    return 0 if ok else 1


def print_edits(judged: Sequence[tuple[Case, Verdict]]) -> None:
    """For each edit how many were judged as they should be, and what the others were called."""
    print(f"{'edit':14}{'wanted':15}{'n':>5}{'right':>8}  called")
    for edit, (wanted, _) in EDITS.items():
        kinds: Counter[str] = Counter(verdict.kind for case, verdict in judged if case.edit == edit)
        n = sum(kinds.values())
        called = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common() if kind != wanted)
        print(f"{edit:14}{wanted:15}{n:>5}{kinds[wanted] / n if n else 0:>8.3f}  {called}")
    print()


def print_classes(judged: Sequence[tuple[Case, Verdict]]) -> None:
    """Precision and recall of each class."""
    print(f"{'class':15}{'n':>5}{'precision':>11}{'recall':>8}")
    for kind in dict.fromkeys(wanted for wanted, _ in EDITS.values()):
        n = sum(case.wanted == kind for case, _ in judged)
        called = sum(verdict.kind == kind for _, verdict in judged)
        both = sum(case.wanted == kind == verdict.kind for case, verdict in judged)
        print(f"{kind:15}{n:>5}{both / called if called else 0:>11.3f}{both / n if n else 0:>8.3f}")
    print()


def print_bar(judged: Sequence[tuple[Case, Verdict]]) -> bool:
    """Negations dropped and added and numbers changed: found, and never called verbatim or trimmed."""
    ok = True
    for edit in ("drop not", "swallow not", "add not", "number"):
        kinds = [verdict.kind for case, verdict in judged if case.edit == edit]
        found = sum(kind == "altered" for kind in kinds) / len(kinds) if kinds else 0.0
        harmless = sum(kind in ("verbatim", "trimmed") for kind in kinds)
        ok &= found >= FOUND and not harmless
        print(f"{edit:14}found {found:.3f} of {len(kinds)} (wanted {FOUND}), called verbatim or trimmed {harmless}")
    return ok


def articles() -> Iterator[tuple[str, str]]:
    """Every article as its id and its text: Wikinews, then PolNeAR-dev."""
    for path in sorted((DATA / "wikinews-en" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            yield from ((row["url"], row["text"]) for row in csv.DictReader(stream))
    with (DATA / "polnear" / "dev.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            data = json.loads(line)
            yield data["id"], data["text"]


def cases(given: Iterator[tuple[str, str]]) -> Iterator[Case]:
    """The cases, as many of each edit as CASES allows and the quotations yield."""
    chance = random.Random(SEED)
    by_article: Mapping[str, list[Quotation]] = {id: list(_quotations(id, text)) for id, text in given}
    pool = [quotation for quotations in by_article.values() for quotation in quotations]
    share = CASES // len(EDITS) + 14  # not every edit finds so many quotations
    made = 0
    for edit, (wanted, apply) in EDITS.items():
        chance.shuffle(pool)
        taken = 0
        for quotation in pool:
            if taken == share or made == CASES:
                break
            theirs = by_article[quotation.article]
            others = [q.text for q in theirs if q.number != quotation.number]
            changed = apply(quotation.text, others, chance)
            if changed is None or (edit == "swap speaker" and len(theirs) < 2):
                continue
            taken, made = taken + 1, made + 1
            speaker = quotation.number + (edit == "swap speaker")
            yield Case(
                edit,
                wanted,
                Carried(text=changed, id=str(quotation.number), names=(_speaker(speaker, len(theirs)),)),
                tuple(
                    Original(text=q.text, id=str(q.number), names=(_speaker(q.number, len(theirs)),)) for q in theirs
                ),
                hashlib.sha256(f"{SEED} {quotation.article}".encode()).digest()[0] % 2 == 1,
            )


def _speaker(number: int, count: int) -> str:
    """Neighbours differ; a spliced sentence is of one who also speaks, so that only the stitching is wrong."""
    turn, place = divmod(number % max(1, count), len(SPEAKERS))
    return SPEAKERS[place] + "son" * turn


def _quotations(article: str, text: str) -> Iterator[Quotation]:
    seen: set[str] = set()
    for match in QUOTE.finditer(text):
        said = (match[1] or match[2]).strip()
        keys = [word.key for word in words_of(said)]
        plain = " ".join(keys)
        if (
            len(keys) < 10
            or any(plain in other or other in plain for other in seen)
            or re.search(r"[…\[\]]|\.\.\.", said)
        ):
            continue
        seen.add(plain)
        yield Quotation(article, len(seen) - 1, said)


def _as_it_is(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    return text


def _marks(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    swapped = text.replace("’", "'") if "’" in text else text.replace("'", "’")
    swapped = swapped.replace("—", " - ") if "—" in swapped else swapped.replace(" - ", " — ")
    return f"“{swapped[0].lower()}{swapped[1:].rstrip('.,')},”"


def _spelling(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    both = {**SPELLINGS, **{us: gb for gb, us in SPELLINGS.items()}}
    for words in sorted(both, key=lambda _: chance.random()):
        match = re.search(rf"(?<![\w'’]){re.escape(words)}(?![\w'’])", text.replace("’", "'"), re.I)
        if match and words not in ("it's",):
            return text[: match.start()] + both[words] + text[match.end() :]
    return None


def _trim(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    tokens = text.split()
    cut = chance.randint(3, max(3, len(tokens) // 3))
    head = chance.random() < 0.5
    rest, gone = (tokens[cut:], tokens[:cut]) if head else (tokens[:-cut], tokens[-cut:])
    if len(rest) < 6 or len(words_of(" ".join(gone))) < 2:
        return None
    if (head and gone[-1][-1] in ".!?") or (not head and rest[-1][-1] in ".!?"):
        return None
    return " ".join(rest)


def _clause(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    found = [
        match
        for match in re.finditer(r",( [^,.!?;:—]{10,90}),(?=\s)", text)
        if not NEGATORS.search(match[1]) and len(match[1].split()) >= 3
    ]
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + text[match.end() :]


def _ellipsis(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    tokens = text.split()
    if len(tokens) < 14:
        return None
    start = chance.randint(3, len(tokens) - 9)
    length = chance.randint(3, 5)
    gone = " ".join(tokens[start : start + length])
    if NEGATORS.search(gone):
        return None
    return " ".join([*tokens[:start], chance.choice(["…", "..."]), *tokens[start + length :]])


def _reorder(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    sentences = SENTENCE.split(text)
    if len(sentences) < 2 or any(len(sentence.split()) < 4 for sentence in sentences):
        return None
    at = chance.randrange(len(sentences) - 1)
    sentences[at], sentences[at + 1] = sentences[at + 1].rstrip(","), sentences[at]
    return " ".join(sentence.rstrip(",") + ("" if sentence[-1] in ".!?" else ".") for sentence in sentences)


def _splice(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    if not others:
        return None
    first = SENTENCE.split(text)[0].rstrip(",.")
    second = SENTENCE.split(chance.choice(others))[0]
    if len(first.split()) < 6 or len(second.split()) < 6 or len(second.split()) > len(first.split()):
        return None
    return f"{first}. {second}"


def _drop_not(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    found = list(NEGATED.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    before = text[: match.start()]
    if before.lower().endswith(("ca", "wo", "sha")) and match.group().startswith("n"):
        full = {"ca": "can", "wo": "will", "sha": "shall"}
        stem = next(s for s in full if before.lower().endswith(s))
        before = before[: -len(stem)] + full[stem]
    return before + text[match.end() :]


def _swallow_not(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    tokens = text.split()
    found = [
        at
        for at in range(2, len(tokens) - 3)
        if tokens[at].lower() in ("not", "never") and all(token[-1].isalpha() for token in tokens[at - 2 : at + 3])
    ]
    if not found:
        return None
    at = chance.choice(found)
    if tokens[at + 2].lower() in ("and", "but", "or", "that", "because", "when", "while", "who", "which", "what", "so"):
        return None
    if tokens[at + 1].lower() in ("only", "just", "that", "because", "and", "but", "merely", "what", "which"):
        return None
    return " ".join([*tokens[:at], "…", *tokens[at + 2 :]])


def _add_not(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    found = [
        match
        for match in re.finditer(rf"\b(?:{'|'.join(AUXILIARIES)})\b(?= [a-z])", text)
        if not NEGATORS.match(text, match.end() + 1)
    ]
    if not found:
        return None
    at = chance.choice(found).end()
    return f"{text[:at]} not{text[at:]}"


def _number(text: str, others: Sequence[str], chance: random.Random) -> str | None:
    digits = list(NUMBER.finditer(text))
    worded = list(re.finditer(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", text, re.I))
    if not digits and not worded:
        return None
    match = chance.choice(digits or worded)
    if digits:
        value = match.group()
        last = str((int(value[-1]) + chance.randint(1, 8)) % 10)
        new = value[:-1] + last
    else:
        new = chance.choice([word for word in NUMBER_WORDS if word != match.group().lower()])
    return text[: match.start()] + new + text[match.end() :]


def _replace(pairs: Mapping[str, str]) -> Edit:
    def apply(text: str, others: Sequence[str], chance: random.Random) -> str | None:
        found = [m for m in re.finditer(r"(?<![\w'’])[a-z]+(?![\w'’])", text) if m.group() in pairs]
        if not found:
            return None
        match = chance.choice(found)
        return text[: match.start()] + pairs[match.group()] + text[match.end() :]

    return apply


EDITS: Mapping[str, tuple[str, Edit]] = {
    "as it is": ("verbatim", _as_it_is),
    "marks": ("verbatim", _marks),
    "spelling": ("verbatim", _spelling),
    "trim": ("trimmed", _trim),
    "clause": ("trimmed", _clause),
    "ellipsis": ("trimmed", _ellipsis),
    "reorder": ("stitched", _reorder),
    "splice": ("stitched", _splice),
    "drop not": ("altered", _drop_not),
    "swallow not": ("altered", _swallow_not),
    "add not": ("altered", _add_not),
    "number": ("altered", _number),
    "synonym": ("altered", _replace(SYNONYMS)),
    "tense": ("altered", _replace(TENSES)),
    "swap speaker": ("misattributed", _as_it_is),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
