"""Statements in other words or another language: paraphrased or translated, distorted or altered, or unfounded.

What speaks against a fair account is looked for point by point: numbers that were not said, a not too many or too few,
a condition left out, an absolute put in, quoted words that nobody said, a charge in the cue or loaded words that the
utterance does not bear out. Each point has a weight; so has how well the utterance supports the statement at all. The
sum decides, and every point is given as a reason.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.spans import Span
from onrecord.tracing.alignment import stem
from onrecord.tracing.meaning import Support, plain, support
from onrecord.tracing.negation import contrary, negators, polarity
from onrecord.tracing.normal import Word, fold, words_of
from onrecord.tracing.placing import original_words, place
from onrecord.tracing.tables import words as listed
from onrecord.tracing.tongues import in_another
from onrecord.tracing.values import Carried, Likeness, Original, Reason, Verdict, VerdictClass
from onrecord.tracing.versions import disagreements

FAIR_LIKE, FAIR_COVER = 0.34, 0.3
"""Likeness and share of content words at which support neither helps nor harms."""
FAIR_ACROSS = 0.31
"""Likeness between two languages at which it does not; words cannot be counted there."""
LIKE_WEIGHT, COVER_WEIGHT = 6.0, 1.2
FAIR_MOST = 1.4
"""What support can weigh at most, so that no likeness outweighs a number, a not or a quotation that was not said."""

WEIGHTS = {
    "number_not_said": 2.0,
    "polarity": 1.6,
    "contradiction_cut": 2.5,
    "condition_lost": 0.3,
    "absolute_added": 0.8,
    "charge": 1.2,
    "charge_unsupported": 0.8,
    "loaded": 1.2,
    "quote_not_said": 2.5,
    "name_not_said": 0.4,
    "little_support": 0.6,
    "one_of_several": 1.0,
    "predicate_not_said": 1.0,
}
"""What each doubt takes from the support of a statement; as in a logistic regression, but set by hand."""

TRANSLATED_LEAST = 0.42
QUOTED = re.compile(r"[“\"«„]([^”\"»“]+)[”\"»“]|(?<!\w)[‘']([^’']+(?:[’']\w+)*[^’']*)[’'](?!\w)")
CAPITAL = re.compile(r"(?<![.!?…“\"«‘(]\s)(?<![“\"«‘(])(?<!^)\b[A-ZÀ-Þ][\w’'-]+")
NEAR_BEST = 0.06
LITTLE_LIKE, LITTLE_COVER = 0.45, 0.2
"""Below both, likeness alone does not bear a statement out."""
DEFINITE = re.compile(r"\b(?:is|was|are|were) the (?:[a-z-]+ )?(?P<noun>[a-z]{4,})\s*$")
ONE_OF = re.compile(r"\bone of (?:the|our|their|these|those|several|many)\b", re.I)
"""The end of a statement that says what something is, and words by which the speaker named one of several only."""


@dataclass(frozen=True, slots=True)
class Account:
    """A statement and the support it has, the best first."""

    carried: Carried
    words: Sequence[Word]
    language: str | None
    originals: Sequence[Original]
    ranked: Sequence[Support]
    likeness: Likeness | None

    @property
    def best(self) -> Support:
        return self.ranked[0]

    @property
    def original(self) -> Original:
        return self.originals[self.best.window.which]

    @property
    def across(self) -> bool:
        """Whether the statement is in another language than what it goes back to."""
        return in_another(self.language, self.original.language)

    @property
    def spoken(self) -> Sequence[Word]:
        """The words of the best window."""
        window = self.best.window
        return original_words(self.original.text, self.original.language)[window.first : window.last + 1]


def judge_account(
    carried: Carried,
    words: Sequence[Word],
    language: str | None,
    originals: Sequence[Original],
    ranked: Sequence[Support],
    likeness: Likeness | None,
) -> Verdict:
    """The class of a statement whose supports are `ranked`, in the words of the one named where that one spoke."""
    account = Account(carried, words, language, originals, ranked, likeness)
    if account.across and account.best.like is None:
        reason = Reason("no_vectors", "it is in another language, and there are no vectors to compare it by")
        return _verdict(account, "unfounded", 0.0, [reason])
    if carried.form == "direct":
        return _translation(account) if account.across or carried.translated else _reworded(account)
    return _report(account)


def _translation(account: Account) -> Verdict:
    """A quotation in another language: sentence by sentence, each with what it goes back to."""
    parts = [(part, _supports(account, part)) for part in _sentences(account)]
    likes = [(ranked[0].like or 0.0) if ranked else 0.0 for _, ranked in parts]
    whole = account.best.like or 0.0
    if max(whole, min(likes, default=0.0)) < TRANSLATED_LEAST:
        return _verdict(account, "unfounded", whole, [Reason("nothing_alike", "nothing said comes close to it")])
    reasons: list[Reason] = []
    if account.carried.translated or not in_another(account.language, account.original.language):
        reasons.append(Reason("other_wording", "both are translations"))
    else:
        reasons.append(Reason("other_language", f"spoken in {account.original.language}, quoted in {account.language}"))
    used = {ranked[0].window.which for (_, ranked), like in zip(parts, likes, strict=True) if like >= TRANSLATED_LEAST}
    near = [_window_words(account, s) for s in _near(account) if s.window.which == account.best.window.which]
    wrong = [*disagreements(account.carried.text, account.words, account.language, account.original, near)]
    if wrong:
        return _verdict(account, "altered", whole, [*wrong, *reasons])
    if len(used) > 1:
        reasons.insert(0, Reason("two_utterances", "words of two utterances stand as one quotation"))
        chief = account.best.window.which
        others = [ranked[0] for _, ranked in parts if ranked and ranked[0].window.which != chief]
        return _verdict(account, "stitched", whole, reasons, others)
    return _verdict(account, "translated", whole, reasons)


def _reworded(account: Account) -> Verdict:
    """A quotation in the speaker's language whose words were not found."""
    points = account.best.like if account.best.like is not None else account.best.cover
    if points < 0.5:
        reason = Reason("quote_not_said", "these words were not said, nor anything like them")
        return _verdict(account, "unfounded", 1 - points, [reason])
    return _verdict(account, "altered", points, [Reason("other_words", "other words stand in the quotation marks")])


def _report(account: Account) -> Verdict:
    """An indirect or mixed statement."""
    doubts = [*_doubts(account)]
    best = account.best
    like = best.like
    bare = _points_back(account)
    if like is not None and bare:
        like = max(like, _like_in_context(account))
    if like is None:
        fair = COVER_WEIGHT * 3 * (best.cover - FAIR_COVER)
    elif account.across or bare:
        fair = LIKE_WEIGHT * (like - FAIR_ACROSS)
    else:
        fair = LIKE_WEIGHT * (like - FAIR_LIKE) + COVER_WEIGHT * (best.cover - FAIR_COVER)
    fair = min(fair, FAIR_MOST)
    total = fair - sum(WEIGHTS[doubt.code] for doubt in doubts)
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    if total >= 0:
        shown = _shown_support(best)
        return _verdict(account, "paraphrased", chance, [Reason("supported", shown), *doubts])
    codes = {doubt.code for doubt in doubts}
    weak = fair < 0 and (like is None or like < FAIR_LIKE + 0.04)
    invented = codes & {"name_not_said", "number_not_said", "quote_not_said"}
    charged = codes & {"charge", "loaded", "polarity"}
    kind: VerdictClass = "unfounded" if weak and not charged and (invented or (like or 0.0) < 0.15) else "distorted"
    if not doubts:
        doubts = [Reason("little_support", _shown_support(best))]
    return _verdict(account, kind, 1 - chance, doubts)


def _shown_support(best: Support) -> str:
    like = "" if best.like is None else f"likeness {best.like:.2f}, "
    return f"{like}{best.cover:.0%} of its content words: “{best.window.shown}”"


def _doubts(account: Account) -> Iterator[Reason]:
    yield from _numbers(account)
    yield from _polarity(account)
    yield from _contradiction(account)
    yield from _condition(account)
    yield from _absolutes(account)
    yield from _charge(account)
    yield from _quoted(account)
    yield from _names(account)
    yield from _little(account)
    yield from _definite(account)


def _numbers(account: Account) -> Iterator[Reason]:
    """Numbers of the statement that were not said in the utterance or the question before it."""
    original = account.original
    said = {word.key for word in original_words(original.text, original.language)}
    said |= {word.key for word in words_of(original.after, language=original.language)}
    for word in account.words:
        if word.key.startswith("#") and word.key not in said and word.key not in ("#1", "#0"):
            yield Reason("number_not_said", f"{word.key[1:]} was not said")


def _polarity(account: Account) -> Iterator[Reason]:
    """A not too many or too few, by every window that fits about as well."""
    if account.best.like is not None and account.best.like < 0.3:
        return
    mine = polarity(account.words, account.language)
    cue = words_of(account.carried.cue, language="en")
    if account.carried.denied:
        mine *= -1 if negators(cue, "en") or polarity(cue, "en") < 0 else 1
        mine *= -1 if negators(cue, "en") and any(w.key in listed("en", "opposites") for w in cue) else 1
    near = [s for s in _near(account) if s.window.which == account.best.window.which]
    theirs = {polarity(_window_words(account, s), account.originals[s.window.which].language) for s in near}
    if theirs and mine not in theirs:
        what = "it is denied there" if mine > 0 else "it is affirmed there"
        yield Reason("polarity", f"{what}: “{account.best.window.shown}”")


def _near(account: Account) -> list[Support]:
    """The windows of the best original that fit nearly as well as the best."""
    original, best = account.original, account.best
    found = [best]
    for part in support(account.carried.words, account.language, [original], (), account.likeness, every=True):
        if part.points >= best.points - NEAR_BEST - (0.12 if best.preferred else 0.0):
            window = part.window
            found.append(
                Support(
                    type(window)(best.window.which, window.span, window.first, window.last, window.shown),
                    part.like,
                    part.cover,
                    part.points,
                    best.preferred,
                )
            )
    return found


def _window_words(account: Account, found: Support) -> Sequence[Word]:
    original = account.originals[found.window.which]
    return original_words(original.text, original.language)[found.window.first : found.window.last + 1]


def _contradiction(account: Account) -> Iterator[Reason]:
    """The speaker went on to say the contrary in the same words, and the statement leaves that out."""
    original = account.original
    words = original_words(original.text, original.language)
    if account.spoken and contrary(words, account.spoken[-1].sentence, original.language):
        yield Reason("contradiction_cut", "the next sentence, left out, says the contrary in the same words")


def _condition(account: Account) -> Iterator[Reason]:
    original = account.original
    strict = listed(original.language, "conditions") - {"with", "when", "once", "mit", "avec", "con", "quand"}
    theirs = [word.key for word in account.spoken if word.key in strict]
    mine = {word.key for word in account.words} & listed(account.language, "conditions")
    if theirs and not mine and not account.carried.question:
        yield Reason("condition_lost", f"“{theirs[0]}” limited it")


def _absolutes(account: Account) -> Iterator[Reason]:
    mine = [word.key for word in account.words if word.key in listed(account.language, "absolutes")]
    theirs = {word.key for word in account.spoken} & (
        listed(account.original.language, "absolutes") | listed(account.original.language, "negators")
    )
    if mine and not theirs and not account.carried.question:
        yield Reason("absolute_added", f"“{mine[0]}” was not said")


def _charge(account: Account) -> Iterator[Reason]:
    """What the cue charges the speaker with, or loaded words."""
    cue = {fold(token) for token in re.findall(r"[^\W\d_]+", account.carried.cue)}
    charges = sorted(cue & listed("cues", "charge"))
    weak = account.best.like is None or account.best.like < 0.45
    if charges:
        yield Reason("charge", f"“{charges[0]}” is the writer's word for it")
        if weak:
            yield Reason("charge_unsupported", "and the utterance does not bear it out")
    if account.carried.loaded:
        yield Reason("loaded", "the wording is the writer's own")


def _quoted(account: Account) -> Iterator[Reason]:
    """Words in marks inside the report that the speaker did not say."""
    if account.across or account.carried.form != "mixed":
        return
    spoken = [original_words(o.text, o.language) for o in account.originals]
    for match in QUOTED.finditer(account.carried.words):
        fragment = words_of(match[1] or match[2] or "", language=account.language)
        if len(fragment) < 2:
            continue
        if place(fragment, spoken, (), account.language).share < 0.75:
            yield Reason("quote_not_said", f"“{match[1] or match[2]}” was not said")


def _names(account: Account) -> Iterator[Reason]:
    """Names that occur nowhere in what was said, nor among those who said it."""
    said = {word.key for o in account.originals for word in original_words(o.text, o.language)}
    said |= {word.key for o in account.originals for name in o.names for word in words_of(name)}
    heads = {key[:5] for key in said}
    own = {word.key for name in account.carried.names for word in words_of(name)}
    for match in CAPITAL.finditer(account.carried.words):
        keys = [word.key for word in words_of(match.group())]
        if keys and all(k not in said | own and k[:5] not in heads and k != "i" for k in keys):
            yield Reason("name_not_said", f"{match.group()} was not mentioned")
            return


def _little(account: Account) -> Iterator[Reason]:
    """Hardly a content word of it was said, and its meaning is not close."""
    best = account.best
    if best.like is None or account.across or _points_back(account):
        return
    if best.like < LITTLE_LIKE and best.cover < LITTLE_COVER:
        yield Reason("little_support", f"{best.cover:.0%} of its content words were said")


def _definite(account: Account) -> Iterator[Reason]:
    """It says what something is, as the only one, in a word that was not used; or of one of several that were named."""
    match = DEFINITE.search(plain(account.carried.words))
    if match is None or account.across or account.carried.question:
        return
    shown = account.best.window.shown
    said = {stem(word.key) for word in words_of(shown, language=account.original.language)}
    if stem(fold(match["noun"])) not in said:
        yield Reason("predicate_not_said", f"“{match['noun']}” was not said")
    if (several := ONE_OF.search(shown)) and not ONE_OF.search(account.carried.words):
        yield Reason("one_of_several", f"it was called “{several.group()}” several")


def _points_back(account: Account) -> bool:
    """Whether the statement itself is too bare to be compared: "to do so", "it would"."""
    keys = [word.key for word in words_of(plain(account.carried.words), language=account.language)]
    return "so" in keys[:2] or (len(keys) <= 5 and keys[:1] in (["it"], ["that"], ["this"]))


def _like_in_context(account: Account) -> float:
    if account.likeness is None or not account.carried.context:
        return 0.0
    ranked = support(account.carried.context, account.language, [account.original], (), account.likeness)
    return (ranked[0].like or 0.0) if ranked else 0.0


def _sentences(account: Account) -> list[str]:
    """The carried sentences, each as text."""
    out: list[list[Word]] = []
    for word in account.words:
        if not out or out[-1][-1].sentence != word.sentence:
            out.append([])
        out[-1].append(word)
    text = account.carried.text
    return [Span(part[0].span.start, max(w.span.end for w in part)).slice(text) for part in out]


def _supports(account: Account, part: str) -> list[Support]:
    mine = {s.window.which for s in account.ranked}
    ranked = support(part, account.language, account.originals, (), account.likeness)
    return [s for s in ranked if s.window.which in mine]


def _verdict(
    account: Account, kind: VerdictClass, score: float, reasons: Sequence[Reason], others: Sequence[Support] = ()
) -> Verdict:
    best = account.best
    if kind == "unfounded":
        return Verdict(kind=kind, score=round(min(1.0, max(0.0, score)), 4), reasons=tuple(reasons))
    supports = [best, *others]
    ids = dict.fromkeys(account.originals[s.window.which].id for s in supports)
    spans = sorted({s.window.span.shift(account.originals[s.window.which].start) for s in supports})
    return Verdict(
        kind=kind,
        score=round(min(1.0, max(0.0, score)), 4),
        reasons=tuple(dict.fromkeys(reasons)),
        utterance=tuple(ids),
        spans=tuple(spans),
    )
