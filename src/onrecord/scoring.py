"""How good the statements are: one definition for training, the gate and the command line.

Only words count, never punctuation or quotation marks. All figures are micro-averages:

    role.<r>     the words that carry role r
    span.<r>     whole roles: the same set of words within a statement
    detected     a gold statement is found: the words of the contents have a Jaccard index of
                 at least 0.5, each matched to one; without content the words of the cue stand in
    attributed   detected, and the sources share a word, or both are empty
    exact        detected, with the words of source and content the same

Beyond these: recall by form and by kind of source, agreement on the form, calibration of the
confidences, and 95 % intervals got by drawing articles anew.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from onrecord.errors import UsageError
from onrecord.records import ROLES

WORD = re.compile(r"\w+(?:['’]\w+)*")
FIGURES = (
    *(f"{level}.{role}" for role in ROLES for level in ("role", "span")),
    *("detected", "attributed", "exact"),
)
RESAMPLES = 1000
SEED = 20
SOURCE_KINDS = ("none", "pronoun", "name", "nominal")
PRONOUNS = frozenset(
    "i me he him she her it we us you they them who whom which that this these those one"
    " himself herself itself myself ourselves themselves".split()
)
NOT_NAMES = PRONOUNS | frozenset(
    "a an the some any no each every all both many most several few other another one two three"
    " his hers its my our your their mr mrs ms dr sir lord lady president senator governor minister"
    " mayor judge police critics experts officials".split()
)

FormOf = Callable[[str, Sequence[Sequence[int]]], str]
"""A text and the spans of a content to the form of that content."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many are `right` among the `predicted` and among the `gold`; a 95 % interval of the F1."""

    name: str
    right: int
    predicted: int
    gold: int
    low: float = 0.0
    high: float = 0.0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return _f1(self.right, self.predicted, self.gold)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the `gold` statements of one kind were detected, and attributed."""

    kind: str
    gold: int
    detected: int
    attributed: int


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures. `form_right` of `form_known` matched statements have the gold form.

    `calibration` is the calibration error, in [0, 1]; None where no confidence was given.
    """

    articles: int
    figures: tuple[Figure, ...]
    by_form: tuple[Share, ...]
    by_source: tuple[Share, ...]
    form_right: int
    form_known: int
    calibration: float | None

    def __getitem__(self, name: str) -> Figure:
        """The figure of that name, one of FIGURES."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)

    def table(self) -> str:
        """The figures as lines to print, to the third decimal."""
        lines = [f"{'':14}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}{'pred':>8}"]
        for f in self.figures:
            lines.append(f"{f.name:14}{f.precision:8.3f}{f.recall:8.3f}{f.f1:8.3f}{f.gold:8}{f.predicted:8}")
        lines += ["", f"95 % interval of F1, {self.articles} articles drawn anew {RESAMPLES} times"]
        lines += [f"{f.name:14}{f.low:8.3f}{f.high:8.3f}" for f in self.figures]
        for title, shares in (("recall by form", self.by_form), ("recall by source", self.by_source)):
            if shares:
                lines += ["", f"{title:18}{'detected':>10}{'attributed':>12}{'gold':>8}"]
            lines += [f"{s.kind:18}{s.detected / s.gold:10.3f}{s.attributed / s.gold:12.3f}{s.gold:8}" for s in shares]
        if self.form_known:
            lines += ["", f"form agrees       {self.form_right / self.form_known:10.3f}{self.form_known:20}"]
        if self.calibration is not None:
            lines += ["", f"calibration error {self.calibration:10.3f}"]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values: name to p, r, f1, low, high, gold, pred; and the sections below."""
        figures = {
            f.name: {"p": f.precision, "r": f.recall, "f1": f.f1, "low": f.low, "high": f.high}
            | {"gold": f.gold, "pred": f.predicted}
            for f in self.figures
        }
        shares = {
            title: {s.kind: {"gold": s.gold, "detected": s.detected, "attributed": s.attributed} for s in group}
            for title, group in (("by_form", self.by_form), ("by_source", self.by_source))
        }
        form = {"right": self.form_right, "known": self.form_known}
        return {
            "articles": self.articles,
            "figures": figures,
            **shares,
            "form": form,
            "calibration": self.calibration,
        }


def evaluate(
    gold: Iterable[Mapping[str, Any]],
    predicted: Iterable[Mapping[str, Any]],
    *,
    flat: bool = False,
    form_of: FormOf | None = None,
) -> Scores:
    """Score the predicted articles, as Record.to_dict gives them, against gold ones with their text.

    An article that is not predicted counts as one without statements; one that is not gold does
    not count. `flat` leaves out predicted statements within others, for gold that marks one level.
    `form_of` supplies the form of gold statements that have none. Offsets are code points.

    Raises UsageError for an article without an id, or a gold one without its text.
    """
    answers = {_id_of(article): article for article in predicted}
    questions = {_id_of(article): article for article in gold}
    tallies = [_tally(article, answers.get(id, {}), flat, form_of) for id, article in questions.items()]
    shares: Counter[tuple[str, str, str]] = Counter()
    for tally in tallies:
        shares.update(tally.shares)
    certain = [pair for tally in tallies for pair in tally.certain]
    calibration = calibration_error([c for c, _ in certain], [hit for _, hit in certain]) if certain else None
    form_kinds = sorted({kind for group, kind, _ in shares if group == "form"})
    return Scores(
        articles=len(tallies),
        figures=_figures([tally.counts for tally in tallies]),
        by_form=_shares(shares, "form", form_kinds),
        by_source=_shares(shares, "source", SOURCE_KINDS),
        form_right=shares["agreement", "form", "right"],
        form_known=shares["agreement", "form", "known"],
        calibration=calibration,
    )


def matched(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The statements of one article that are taken for the same, as pairs of gold and predicted, in no order."""
    words = [match.span() for match in WORD.finditer(gold["text"])]
    wanted, found = _statements(gold, words), _statements(predicted, words)
    return [(wanted[i].given, found[j].given) for i, j in _match(wanted, found)]


def accepted(gold: Mapping[str, Any], predicted: Mapping[str, Any], *, flat: bool = False) -> list[tuple[float, bool]]:
    """Confidence of each predicted statement of one article, in order, and whether the gold accepts it: it is found
    there, with the same source. Statements without a confidence are left out."""
    return _tally(gold, predicted, flat, None).certain


def calibration_error(confidences: Sequence[float], hits: Sequence[bool], bins: int = 10) -> float:
    """The mean distance between confidence and share of hits, in [0, 1], over bins of equal mass.

    Raises UsageError when there is not one hit or miss for each confidence.
    """
    if len(confidences) != len(hits) or bins < 1:
        raise UsageError(
            f"{len(confidences)} confidences, {len(hits)} hits, {bins} bins",
            "as many hits as confidences, and at least one bin",
            "Give a hit or miss for each confidence",
        )
    pairs = sorted(zip(confidences, hits, strict=True), key=lambda pair: pair[0])
    error = 0.0
    for place in range(bins):
        part = pairs[len(pairs) * place // bins : len(pairs) * (place + 1) // bins]
        error += abs(sum(confidence - hit for confidence, hit in part))
    return error / len(pairs) if pairs else 0.0


def source_kind(text: str, spans: Iterable[Sequence[int]]) -> str:
    """Which of SOURCE_KINDS a source is; a name has a capitalised word that is no mere title.

    At the start of a sentence, where all words are capitalised, one that the text also has in
    small letters is no name.
    """
    tokens = [word for start, end in sorted(map(tuple, spans)) for word in WORD.finditer(text, start, end)]
    lowered = [token[0].lower() for token in tokens]
    if not tokens:
        return "none"
    if all(word in PRONOUNS for word in lowered):
        return "pronoun"
    for token, word in zip(tokens, lowered, strict=True):
        if token[0][0].isupper() and word not in NOT_NAMES and not _common_word(text, token.start(), word):
            return "name"
    return "nominal"


def _common_word(text: str, start: int, word: str) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" \t\"“‘'(")
    starts_sentence = not before or before[-1] in ".!?:…”\n"
    return starts_sentence and re.search(rf"\b{re.escape(word)}\b", text) is not None


@dataclass(frozen=True, slots=True)
class _Words:
    """One statement, as the numbers of the words in each role."""

    given: Mapping[str, Any]
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]

    @property
    def key(self) -> frozenset[int]:
        return self.content or self.cue


@dataclass(frozen=True, slots=True)
class _Tally:
    """One article: figure to (right, predicted, gold); counted kinds; confidence and hit of each."""

    counts: dict[str, tuple[int, int, int]]
    shares: Counter[tuple[str, str, str]]
    certain: list[tuple[float, bool]]


def _tally(gold: Mapping[str, Any], predicted: Mapping[str, Any], flat: bool, form_of: FormOf | None) -> _Tally:
    if not isinstance(text := gold.get("text"), str):
        raise UsageError(f"a gold article {gold.get('id')!r} without text", "its text", 'Add "text" to the gold line')
    words = [match.span() for match in WORD.finditer(text)]
    wanted = _statements(gold, words)
    found = [s for s in _statements(predicted, words) if not (flat and s.given.get("within") is not None)]
    pairs = _match(wanted, found)
    attributed = {j for i, j in pairs if _same_speaker(wanted[i], found[j])}
    counts = {}
    for role in ROLES:
        gold_roles = {getattr(s, role) for s in wanted} - {frozenset()}
        found_roles = {getattr(s, role) for s in found} - {frozenset()}
        counts[f"role.{role}"] = _overlap(frozenset().union(*gold_roles), frozenset().union(*found_roles))
        counts[f"span.{role}"] = _overlap(gold_roles, found_roles)
    exact = sum(wanted[i].source == found[j].source and wanted[i].content == found[j].content for i, j in pairs)
    for name, right in (("detected", len(pairs)), ("attributed", len(attributed)), ("exact", exact)):
        counts[name] = right, len(found), len(wanted)

    shares: Counter[tuple[str, str, str]] = Counter()
    matched = dict(pairs)
    for i, statement in enumerate(wanted):
        form = _form(statement, text, form_of)
        kinds = {"form": form, "source": source_kind(text, statement.given.get("source") or ())}
        for group, kind in kinds.items():
            if kind is not None:
                shares[group, kind, "gold"] += 1
                shares[group, kind, "detected"] += i in matched
                shares[group, kind, "attributed"] += matched.get(i) in attributed
        if form is not None and i in matched:
            shares["agreement", "form", "known"] += 1
            shares["agreement", "form", "right"] += found[matched[i]].given.get("form") == form

    certain = [
        (float(s.given["confidence"]), j in attributed)
        for j, s in enumerate(found)
        if s.given.get("confidence") is not None
    ]
    return _Tally(counts, shares, certain)


def covered(words: Sequence[tuple[int, int]], spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Which of the words, given by where they start and end and in order, any of the spans touches: their places."""
    return frozenset(
        i
        for start, end in spans
        for i in range(bisect_right(words, start, key=itemgetter(1)), bisect_left(words, end, key=itemgetter(0)))
    )


def _statements(article: Mapping[str, Any], words: Sequence[tuple[int, int]]) -> list[_Words]:
    given = article.get("attributions", ())
    statements = [_Words(a, *(covered(words, a.get(role) or ()) for role in ROLES)) for a in given]
    return [statement for statement in statements if statement.key]


def _match(wanted: Sequence[_Words], found: Sequence[_Words]) -> list[tuple[int, int]]:
    """Pairs of places in `wanted` and `found`, the best first; the later of equals."""
    likely = []
    for i, one in enumerate(wanted):
        for j, other in enumerate(found):
            likeness = len(one.key & other.key) / len(one.key | other.key)
            if likeness >= 0.5:
                same = bool(one.source & other.source), bool(one.cue & other.cue)
                likely.append((likeness, *same, i, j))
    free_i, free_j, pairs = set(range(len(wanted))), set(range(len(found))), []
    for *_, i, j in sorted(likely, reverse=True):
        if i in free_i and j in free_j:
            free_i.remove(i)
            free_j.remove(j)
            pairs.append((i, j))
    return pairs


def _same_speaker(one: _Words, other: _Words) -> bool:
    return bool(one.source & other.source) or not (one.source or other.source)


def _form(statement: _Words, text: str, form_of: FormOf | None) -> str | None:
    form: str | None = statement.given.get("form")
    if form is None and form_of is not None and statement.content:
        form = form_of(text, statement.given["content"])
    return form


def _overlap(gold: frozenset[Any] | set[Any], found: frozenset[Any] | set[Any]) -> tuple[int, int, int]:
    return len(gold & found), len(found), len(gold)


def _figures(counts: Sequence[Mapping[str, tuple[int, int, int]]]) -> tuple[Figure, ...]:
    chance = random.Random(SEED)
    samples = [chance.choices(range(len(counts)), k=len(counts)) for _ in range(RESAMPLES if counts else 0)]
    figures = []
    for name in FIGURES:
        columns = list(zip(*(article[name] for article in counts), strict=True)) or [(), (), ()]
        f1s = sorted(_f1(*(sum(map(c.__getitem__, sample)) for c in columns)) for sample in samples) or [0.0]
        low, high = f1s[int(0.025 * len(f1s))], f1s[int(0.975 * len(f1s))]
        right, predicted, gold = map(sum, columns)
        figures.append(Figure(name, right, predicted, gold, low, high))
    return tuple(figures)


def _f1(right: int, predicted: int, gold: int) -> float:
    return 2 * right / (predicted + gold) if right else 0.0


def _shares(counts: Counter[tuple[str, str, str]], group: str, kinds: Iterable[str]) -> tuple[Share, ...]:
    return tuple(
        Share(kind, n, counts[group, kind, "detected"], counts[group, kind, "attributed"])
        for kind in kinds
        if (n := counts[group, kind, "gold"])
    )


def _id_of(article: Mapping[str, Any]) -> str:
    if article.get("id") is None:
        raise UsageError("an article without id", '"id" in every article', "Give gold and predicted the same ids")
    return str(article["id"])
