"""What a statement in other words goes back to: the window that is most like it, of few utterances or of many."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.tracing.paraphrase import MANY, plain, sentences, support, windows
from onrecord.tracing.values import Original


class Counting:
    """A likeness by shared words, which counts how many texts it was asked about."""

    crosslingual = True

    def __init__(self) -> None:
        self.asked = 0

    def between(self, left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
        self.asked += len(right)
        return [[len({*a.split()} & {*b.split()}) / len({*a.split(), *b.split()}) for b in right] for a in left]


def test_windows_are_runs_of_sentences_and_of_clauses_and_carry_the_question() -> None:
    original = Original(text="Not with that valve, I fear. It is old. It is slow.", after="Will it fly?", language="en")
    shown = [window.shown for window in windows(original, 0)]
    assert "Will it fly? Not with that valve, I fear" in shown
    assert "It is old. It is slow" in shown
    assert "Not with that valve" in shown
    assert [w.shown for w in sentences(original, 0)][-2:] == ["It is old", "It is slow"]
    for window in windows(original, 0):
        assert window.shown.endswith(window.span.slice(original.text))


def test_the_named_speakers_words_win_when_others_fit_as_well() -> None:
    said = [Original(text="The valve was slow."), Original(text="The valve was slow.")]
    assert [s.window.which for s in support("that the valve was slow", "en", said, {1}, None)] == [1, 0]


def test_of_many_originals_only_the_likeliest_are_looked_at_closely() -> None:
    many = [Original(text=f"Item {n} is on the list. It was put there by clerk {n}. All agreed.") for n in range(60)]
    many[17] = Original(text="The pump in the old harbour burst. Nobody had looked at it. Eleven people left.")
    assert len(many) > MANY
    asked = Counting()
    best = support("the pump in the harbour burst", "en", many, (), asked)
    assert best[0].window.which == 17
    assert best[0].window.shown == "The pump in the old harbour burst"
    assert asked.asked < sum(len(windows(original, n)) for n, original in enumerate(many))


def test_marks_and_the_leading_that_are_no_part_of_what_is_compared() -> None:
    assert plain("that “it was slow,”") == "it was slow"
    assert plain("“”") == "“”"
