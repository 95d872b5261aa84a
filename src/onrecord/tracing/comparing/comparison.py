"""What every family of checks looks at: a report, the window of the original it goes back to, and their clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.tracing.comparing.clauses import TIGHT, Clause, Pairing, aligned_gaps, beside, split
from onrecord.tracing.edits import Edit, EditKind, Severity
from onrecord.tracing.paraphrase import Support
from onrecord.tracing.placing import original_words
from onrecord.tracing.values import Carried, Likeness, Original
from onrecord.tracing.wording.normal import Token, hull, words_of
from onrecord.tracing.wording.tongues import in_another


@dataclass(frozen=True)
class Comparison:
    """A report beside the original that supports it best; `words` are those of the report, `support` how it does."""

    carried: Carried
    words: Sequence[Token]
    language: str | None
    original: Original
    support: Support
    likeness: Likeness | None

    @cached_property
    def across(self) -> bool:
        """Whether the report is in another language."""
        return in_another(self.language, self.original.language)

    @cached_property
    def cue(self) -> Sequence[Token]:
        """The words that ascribe."""
        return words_of(self.carried.cue, language=self.language)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Those of the report."""
        return split(self.carried.text, self.words, self.language)

    @cached_property
    def matches(self) -> tuple[Pairing, ...]:
        """Each clause of the report with that of the original it goes back to."""
        return beside(self.clauses, self.language, self.original, self.near, self.likeness)

    @cached_property
    def near(self) -> int:
        """The number of the sentence where the window begins."""
        words = original_words(self.original.text, self.original.language)
        return words[self.support.window.first].sentence if words else 0

    @cached_property
    def spoken(self) -> Sequence[Token]:
        """The words of the window."""
        window = self.support.window
        return original_words(self.original.text, self.original.language)[window.first : window.last + 1]

    @cached_property
    def all_spoken(self) -> Sequence[Token]:
        """The words of the original and of the question that it answers."""
        asked = words_of(self.original.after, language=self.original.language)
        return (*original_words(self.original.text, self.original.language), *asked)

    @cached_property
    def tight(self) -> bool:
        """Whether nearly all of the report was said as it stands."""
        return not self.across and self.support.cover >= TIGHT

    @cached_property
    def gaps(self) -> Sequence[tuple[Sequence[Token], Sequence[Token]]]:
        """What stands between neighbouring words of a tight report that were said in this order, and what was said
        there."""
        return [*aligned_gaps(self.words, self.spoken, self.language)] if self.tight else []

    def sentence_of(self, clause: Clause) -> Sequence[Token]:
        """The words of the sentence in which a clause of the original stands."""
        text = self.original.after if clause.asked else self.original.text
        words = (
            words_of(text, language=self.original.language)
            if clause.asked
            else original_words(text, self.original.language)
        )
        return [word for word in words if word.sentence == clause.sentence]

    def edit(
        self,
        code: EditKind,
        severity: Severity,
        told: str,
        mine: Sequence[Token] = (),
        theirs: Sequence[Token] = (),
        *,
        asked: bool = False,
    ) -> Edit:
        """An edit about words of the report and of the original."""
        there = None if asked or not theirs else hull(theirs).shift(self.original.start)
        return Edit(code, told, severity, hull(mine) if mine else None, there)

    def printed(self, words: Sequence[Token]) -> str:
        """Words of the report as printed."""
        return hull(words).slice(self.carried.text)

    def said(self, words: Sequence[Token], *, asked: bool = False) -> str:
        """Words of the original, or of the question, as they stand in the transcript."""
        return hull(words).slice(self.original.after if asked else self.original.text)
