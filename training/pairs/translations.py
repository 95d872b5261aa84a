"""Pairs across languages, from the translations of NTREX, and pairs that people wrote, from the development events."""

from __future__ import annotations

import importlib
import random
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from training.pairs import HELD_OUT_EVENTS, HELD_OUT_KINDS, Pair
from training.pairs.edits import EDITS
from training.pairs.passages import DATA, ROOT, Part, Passage

SEED = 128
NTREX = DATA / "ntrex" / "NTREX-128"
REFERENCES = {"de": "ref.deu", "fr": "ref.fra", "es": "ref.spa", "ru": "ref.rus"}
SECOND = {"fr": "ref.fra-CA", "es": "ref.spa-MX"}
NEGATED: Mapping[str, tuple[str, str]] = {
    "de": (r"\bnicht (?!nur\b|mehr als\b|zuletzt\b)", ""),
    "fr": (r"\b(?:n['’]|ne )([^.,;:«»]{2,25}?) (?:pas|jamais|plus)\b", r"\1"),
    "es": (r"(?<= )(?:no|nunca) (?!solo|sólo|obstante|menos)", ""),
    "ru": (r"(?<= )не (?!только|менее|более)", ""),
}
"""A negation, and what is left where it is dropped."""
VERBS: Mapping[str, tuple[str, str]] = {
    "de": (r"(?<= )(ist|sind|hat|haben|wird|kann|war|waren|hatte|sollte|muss) ", r"\1 nicht "),
    "fr": (r"(?<= )(sont|peut|sera|doit|va|fait|reste) ", r"ne \1 pas "),
    "es": (r"(?<= )(es|son|ha|han|fue|está|puede|será|tiene|era|debe|va) ", r"no \1 "),
    "ru": (r"(?<= )(был|была|были|будет|может|могут|является|сможет|хочет) ", r"не \1 "),
}
"""A verb, and how it is denied."""
ALL: Mapping[str, tuple[str, str]] = {
    "de": (r"\b(?:einige|manche|viele|mehrere) ", "alle "),
    "fr": (r"\b(?:certains|plusieurs|quelques) ", "tous les "),
    "es": (r"\b(?:algunos|varios|muchos) ", "todos los "),
    "ru": (r"(?<= )(?:некоторые|многие) ", "все "),
}
SURELY: Mapping[str, tuple[str, str]] = {
    "de": (r"(?<= )könnte(?=[ n])", "wird"),
    "fr": (r"\b(pourrait|pourraient) ", "va "),
    "es": (r"\b(?:podría) ", "va a "),
    "ru": (r"(?<= )может (?=быть\b)", "должно "),
}
ORDER: Mapping[str, tuple[str, str]] = {
    "de": (r"(?<= )mehr als (?=\d)", "weniger als "),
    "fr": (r"\bplus de (?=\d)", "moins de "),
    "es": (r"\bmás de (?=\d)", "menos de "),
    "ru": (r"(?<= )более (?=\d)", "менее "),
}
NUMBER = re.compile(r"(?<![\w.,:])\d+(?:[.,]\d+)*(?![\w:]*\d)")
LABELS = {"verbatim": "faithful", "trimmed": "faithful", "paraphrased": "faithful", "translated": "faithful",
          "altered": "distorted", "distorted": "distorted"}  # fmt: skip
EVENTS = (
    (DATA / "events", ("P", "R", "S", "T", "U", "W", "X", "Y")),
    (ROOT.parent / "shared" / "eval" / "articles", ("K", "L")),
)
"""The development events; those held out stand in HELD_OUT_EVENTS."""


def lines(name: str) -> list[str]:
    """The lines of one file of NTREX-128, quotation marks left out."""
    return (NTREX / f"newstest2019-{name}.txt").read_text("utf-8").splitlines()


def translated(part: Part) -> Iterator[Pair]:
    """Translations as reports: from English, into English, and two translations of one line; and edited ones.

    Lines of even number are for training, those of odd number for evaluation.
    """
    chance = random.Random(f"{SEED} {part}")
    english = lines("src.eng")
    start = 0 if part == "train" else 1
    for language, name in REFERENCES.items():
        theirs = lines(name)
        others = lines(SECOND[language]) if language in SECOND else None
        for at in range(start, len(english), 2):
            around = (english[at - 1] if at else "", english[at + 1] if at + 1 < len(english) else "")
            one = (english[at], "en", theirs[at], language, f"ntrex:{at}", *around)
            yield _pair(one, theirs[at], "faithful", "translated")
            if others is not None and others[at] != theirs[at]:
                two = (others[at], language, theirs[at], language, f"ntrex:{at}", "", "")
                yield _pair(two, theirs[at], "faithful", "two translations")
            back = (theirs[at], language, english[at], "en", f"ntrex:{at}", "", "")
            yield _pair(back, english[at], "faithful", "translated")
            for kind, text in _edited_english(english[at], chance):
                yield _pair(back, text, "distorted", kind)
            for kind, text in edited(theirs[at], language, chance):
                yield _pair(one, text, "distorted", kind)


def _edited_english(text: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """One edit of a line, of a kind that needs no other sentence."""
    passage = Passage(text, text, "", "", "ntrex", quoted=False, others=())
    kinds = [kind for kind in EDITS if kind not in HELD_OUT_KINDS]
    for kind in chance.sample(kinds, len(kinds)):
        new = EDITS[kind](text.replace("’", "'"), passage, chance)
        if new is not None:
            yield kind, new
            return


def edited(text: str, language: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Every edit that a translation has a place for."""
    rules = (
        ("negation dropped", NEGATED),
        ("negation added", VERBS),
        ("some to all", ALL),
        ("modality raised", SURELY),
        ("bound reversed", ORDER),
    )
    for kind, by_language in rules:
        pattern, new = by_language[language]
        if kind == "negation added" and re.search(NEGATED[language][0], text):
            continue
        if found := list(re.finditer(pattern, text)):
            match = chance.choice(found)
            yield kind, text[: match.start()] + match.expand(new) + text[match.end() :]
    if found := list(NUMBER.finditer(text)):
        match = chance.choice(found)
        digits = match.group()
        other = str((int(digits[0]) + chance.randint(1, 7)) % 9 + 1)
        other = other if other != digits[0] else str(int(digits[0]) % 9 + 1)
        yield "number changed", text[: match.start()] + other + digits[1:] + text[match.end() :]


def _pair(of: tuple[str, str, str, str, str, str, str], report: str, label: str, kind: str) -> Pair:
    original, original_language, _, language, source, before, after = of
    return Pair(
        original=original,
        before=before,
        after=after,
        report=report,
        form="direct",
        language=language,
        original_language=original_language,
        label="faithful" if label == "faithful" else "distorted",
        kind=kind,
        source=source,
    )


def events(part: Part) -> Iterator[Pair]:
    """The statements of the development events that go back to an utterance, as their annotators judged them."""
    shared = ROOT.parent / "shared" / "eval"
    if part == "evaluation" or not (shared / "to_jsonl.py").is_file():
        return
    sys.path.insert(0, str(shared))
    parse = importlib.import_module("to_jsonl").parse
    for folder, names in EVENTS:
        assert not set(names) & HELD_OUT_EVENTS
        for name in names:
            yield from _event(parse, folder, name)


def _event(parse: object, folder: Path, name: str) -> Iterator[Pair]:
    assert callable(parse)
    transcript = parse(folder / f"event{name}-transcript.txt")
    said = [(a["id"], _words(transcript["text"], a["content"])) for a in transcript["attributions"] if not a["cue"]]
    place = {id: n for n, (id, _) in enumerate(said)}
    spoken = _language(transcript["text"])
    for path in sorted(folder.glob(f"event{name}-outlet*.txt")):
        outlet = parse(path)
        language = _language(outlet["text"])
        for a in outlet["attributions"]:
            at = place.get(str(a.get("of")))
            if at is None or a.get("carriage") not in LABELS:
                continue
            yield Pair(
                original=said[at][1],
                before=said[at - 1][1] if at else "",
                after=said[at + 1][1] if at + 1 < len(said) else "",
                report=_words(outlet["text"], a["content"]),
                form=a["form"],
                language=language,
                original_language=spoken,
                label="faithful" if LABELS[a["carriage"]] == "faithful" else "distorted",
                kind=f"written: {a['carriage']}",
                source=f"event{name}:{path.stem}",
                cue=_words(outlet["text"], a["cue"]),
            )


def _words(text: str, spans: list[list[int]]) -> str:
    return " ".join(text[start:end] for start, end in sorted(spans))


def _language(text: str) -> str:
    from onrecord.tracing.wording.tongues import tongue_of

    return tongue_of(text) or "en"
