"""How good records are beyond their spans: who speaks, how it is framed, on what occasion, about whom.

Statements are matched as in onrecord.scoring; what is compared is then

    said_by           found, and the speaker is the right entity: precision, recall, F1
    speaker           the right entity, of the statements matched; also by kind of source
    cue_class …       cue_class, voice, status and whether the speaker is carried over, alike
    occasion.…        kind and medium, where the gold has one
    occasion          the kind, given or not: precision, recall, F1, so that one given where the gold has none counts
    about             targets, of the statements whose targets the gold notes
    about.sign        how the statement values a target that both have: well, badly, neither
    about.polarity    well or badly, of those that both value
    asserted.recall   words that the outlet says in its own voice
    asserted.leak     such words put into somebody's content

Two entities are the same where the name of one is a name of the other, titles and articles left out. Gold articles
that code none of this do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.scoring import WORD, Figure, covered, matched

TITLES = re.compile(
    r"(?:the|a|an|mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|president|minister|senator|judge|councillor|cllr)\s+"
)
PRONOUN = re.compile(r"(?:he|she|they|it|we|i|you|who|him|her|them)", re.I)
ARTICLE = re.compile(r"\W*(?:The|A|An)\b")
CAPITAL = re.compile(r"\b[A-Z]\w")
POSSESSIVE = re.compile(r"[’']s\b|[^\w\s]")
KINDS = {
    "interview": "broadcast interview, phone interview, vox pop",
    "press_conference": "news conference, press appearance, briefing, podium",
    "speech": "ribbon cutting, address, rally, lecture",
    "hearing": "committee hearing, inquest, testimony, council session, court, trial",
    "meeting": "public meeting, summit, talks",
    "statement": "press release, comment, newsletter, note, release",
    "document": "report, memo, letter, board papers, study, editorial, blog, newspaper report, commentary, timeline,"
    " visitors' book, article, book, paper",
    "post": "tweet, social post",
    "broadcast": "programme, podcast",
    "call": "phone call",
}
KIND_OF = {word.strip(): kind for kind, words in KINDS.items() for word in (kind.replace("_", " "), *words.split(","))}
"""The looser words of annotators, to the kind of occasion that they mean."""

FIELDS = {"cue_class": None, "voice": "speaker", "status": None}
"""What is compared as it stands, to what a missing value means."""

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """On how many `of` the cases the two agree."""

    name: str
    right: int
    of: int

    @property
    def share(self) -> float:
        return self.right / self.of


@dataclass(frozen=True, slots=True)
class FramingScores:
    """Precision and recall of speakers, targets and occasions; agreement on the rest, where there was something to
    agree on.

    `silent` statements with targets in the gold have none in the predictions; `unsigned` targets that the gold values
    are given, but not valued. Without articles that code all this, everything is empty.
    """

    figures: tuple[Figure, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    macro_f1: float = 0.0
    silent: int = 0
    unsigned: int = 0

    def __getitem__(self, name: str) -> Figure | Agreement:
        """The figure or agreement of that name."""
        rows: tuple[Figure | Agreement, ...] = (*self.figures, *self.agreements)
        for row in rows:
            if row.name == name:
                return row
        raise KeyError(name)

    def table(self) -> str:
        """The figures as lines to print, to the third decimal; "" when there are none."""
        if not self.figures:
            return ""
        lines = [f"{'':18}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}{'pred':>8}"]
        for f in self.figures:
            lines.append(f"{f.name:18}{f.precision:8.3f}{f.recall:8.3f}{f.f1:8.3f}{f.gold:8}{f.predicted:8}")
        lines += ["", f"{'agreement':18}{'':8}{'of':>8}"]
        lines += [f"{a.name:18}{a.share:8.3f}{a.of:8}" for a in self.agreements]
        lines.append(f"{'cue_class macro F1':18}{self.macro_f1:8.3f}")
        lines += [
            "",
            f"targets: none given for {self.silent:,} statements that have some, no sign for {self.unsigned:,}",
        ]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values: name to p, r, f1, gold, pred, or to share and of; and the counts."""
        figures = {
            f.name: {"p": f.precision, "r": f.recall, "f1": f.f1, "gold": f.gold, "pred": f.predicted}
            for f in self.figures
        }
        agreements = {a.name: {"share": a.share, "of": a.of} for a in self.agreements}
        rest = {"cue_class.macro_f1": self.macro_f1, "about.silent": self.silent, "about.unsigned": self.unsigned}
        return {**figures, **agreements, **rest} if figures else {}


@dataclass(slots=True)
class _Count:
    """What is counted, article after article."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    classes: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    silent: int = 0
    unsigned: int = 0

    def tick(self, name: str, hit: bool, times: int = 1) -> None:
        self.right[name] += times * hit
        self.of[name] += times

    def figure(self, name: str) -> Figure:
        return Figure(name, self.right[name], self.predicted[name], self.of[name])


def evaluate_framing(gold: Iterable[Line], predicted: Iterable[Line]) -> FramingScores:
    """Score the predicted articles, as Record.to_dict gives them, against gold ones with their text.

    `about` counts only on matched statements whose gold notes targets, since an empty one means "not noted".
    """
    answers = {str(article["id"]): article for article in predicted}
    count = _Count()
    coded = [article for article in gold if any("speaker" in s for s in article.get("attributions", ()))]
    for article in coded:
        answer = answers.get(str(article["id"]), {})
        count.of["said_by"] += len(article["attributions"])
        count.predicted["said_by"] += len(answer.get("attributions", ()))
        for one, other in matched(article, answer):
            _compare(count, article, answer, one, other)
        _compare_own_voice(count, article, answer)
    if not coded:
        return FramingScores()
    order = [
        *FIELDS,
        "carried",
        "occasion.kind",
        "occasion.medium",
        "about.sign",
        "about.polarity",
        "asserted.recall",
        "asserted.leak",
    ]
    rows = ["speaker", *sorted(name for name in count.of if name.startswith("speaker.")), *order]
    return FramingScores(
        figures=tuple(map(count.figure, ("said_by", "about", "occasion"))),
        agreements=tuple(Agreement(name, count.right[name], count.of[name]) for name in rows if count.of[name]),
        macro_f1=_macro_f1(count.classes),
        silent=count.silent,
        unsigned=count.unsigned,
    )


def _compare(count: _Count, gold: Line, predicted: Line, one: Line, other: Line) -> None:
    """A gold statement and the predicted one matched to it."""
    hit = same_entity(entity_of(gold, one.get("speaker")), entity_of(predicted, other.get("speaker")))
    count.right["said_by"] += hit
    count.tick("speaker", hit)
    count.tick(f"speaker.{_source_kind(gold['text'], one)}", hit)
    for name, absent in FIELDS.items():
        values = one.get(name) or absent, other.get(name) or absent
        count.tick(name, values[0] == values[1])
        if name == "cue_class":
            count.classes[values] += 1
    count.tick("carried", bool(one.get("carried_from")) == bool(other.get("carried_from")))
    theirs, mine = one.get("occasion") or {}, other.get("occasion") or {}
    count.predicted["occasion"] += bool(mine.get("kind"))
    if theirs.get("kind"):
        same = _kind(theirs["kind"]) == _kind(mine.get("kind"))
        count.tick("occasion", same)
        count.tick("occasion.kind", same)
    if theirs.get("medium"):
        medium = entity_of(gold, theirs["medium"])
        count.tick("occasion.medium", same_entity(medium, entity_of(predicted, mine.get("medium"))))
    if one.get("about"):
        _compare_targets(count, gold, predicted, one["about"], other.get("about") or {})


def _compare_targets(
    count: _Count, gold: Line, predicted: Line, wanted: Mapping[str, str], found: Mapping[str, str]
) -> None:
    count.of["about"] += len(wanted)
    count.predicted["about"] += len(found)
    count.silent += not found
    left = dict(found)
    for id, sign in wanted.items():
        target = entity_of(gold, id)
        shared = next((other for other in left if same_entity(target, entity_of(predicted, other))), None)
        if shared is None:
            continue
        given = left.pop(shared)
        count.right["about"] += 1
        count.tick("about.sign", given == sign)
        if "0" not in (given, sign):
            count.tick("about.polarity", given == sign)
        count.unsigned += given == "0" != sign


def _compare_own_voice(count: _Count, gold: Line, predicted: Line) -> None:
    words = [word.span() for word in WORD.finditer(gold["text"])]
    own = covered(words, gold.get("asserted") or ())
    said = (span for statement in predicted.get("attributions", ()) for span in statement.get("content") or ())
    for name, spans in (("asserted.recall", predicted.get("asserted") or ()), ("asserted.leak", said)):
        count.of[name] += len(own)
        count.right[name] += len(own & covered(words, spans))


def entity_of(article: Line, given: Any) -> Line | None:
    """The entity that an id of the article stands for; what is no id is a name."""
    if given is None or isinstance(given, Mapping):
        return given
    known: Line = article.get("entities", {}).get(given, {"name": given})
    return known


def same_entity(gold: Line | None, predicted: Line | None) -> bool:
    """Whether the name of one is a name of the other; nobody is the same as nobody."""
    if gold is None or predicted is None:
        return gold is predicted
    return _plain(predicted["name"]) in _names(gold) or _plain(gold["name"]) in _names(predicted)


def _names(entity: Line) -> set[str]:
    given = [entity["name"], *entity.get("aka", ())]
    return {_plain(name) for name in given if name and not PRONOUN.fullmatch(name)} - {""}


def _plain(name: str) -> str:
    """A name without accents, capitals, points, possessive, article and titles."""
    decomposed = unicodedata.normalize("NFKD", str(name))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    left = POSSESSIVE.sub(" ", letters).strip()
    while title := TITLES.match(left):
        left = left[title.end() :].strip()
    return " ".join(left.split())


def _source_kind(text: str, statement: Line) -> str:
    if statement.get("carried_from"):
        return "carried"
    source = " ".join(text[start:end] for start, end in statement.get("source") or ())
    if not source:
        return "none"
    if PRONOUN.fullmatch(source.strip()):
        return "pronoun"
    return "name" if CAPITAL.search(ARTICLE.sub("", source)) else "nominal"


def _kind(given: str | None) -> str | None:
    word = str(given).lower().replace("_", " ")
    return KIND_OF.get(word, given)


def _macro_f1(classes: Counter[tuple[str | None, str | None]]) -> float:
    """The mean F1 of the classes that occur; the pairs are (gold, predicted)."""
    labels = {label for pair in classes for label in pair if label}
    f1s = []
    for label in labels:
        either = sum(n * ((gold == label) + (found == label)) for (gold, found), n in classes.items())
        f1s.append(2 * classes[label, label] / either)
    return sum(f1s) / len(f1s) if f1s else 0.0
