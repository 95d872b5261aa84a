"""A codebook: the concepts that statements are coded with, as a person defined them.

wind-farms   Wind farms off the coast should be built
             for      We need the turbines, and soon.
             against  No mast will ever stand in that bay.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookConcept:
    """One concept. `examples_for` and `examples_against` are statements of either side, `parent` a broader concept."""

    name: str
    description: str = ""
    examples_for: tuple[str, ...] = ()
    examples_against: tuple[str, ...] = ()
    parent: str | None = None

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.name.isprintable():
            raise RecordError(f"the name {self.name!r} of a concept", "words on one line", "Give it a name")

    @property
    def definition(self) -> str:
        """Name and description, as one text."""
        return f"{self.name}. {self.description}" if self.description else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Concepts in the order in which a coder reads them. Names are unique, parents are among them, without circles."""

    name: str
    concepts: tuple[CodebookConcept, ...]

    def __post_init__(self) -> None:
        if not self.concepts:
            raise RecordError(f"the codebook {self.name!r} without a concept", "one at least", "Add a concept")
        names: set[str] = set()
        for concept in self.concepts:
            if concept.name in names:
                raise RecordError(f"the concept {concept.name!r} twice in {self.name!r}", "each once", "Take one out")
            names.add(concept.name)
        parents = {concept.name: concept.parent for concept in self.concepts}
        for name, parent in parents.items():
            if parent is not None and parent not in parents:
                raise RecordError(
                    f"the parent {parent!r} of {name!r}", "a concept of the codebook", "Add or correct it"
                )
            seen = {name}
            while parent is not None:
                if parent in seen:
                    raise RecordError(f"{name!r} above itself", "parents without a circle", "Take one parent out")
                seen.add(parent)
                parent = parents[parent]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the concepts, in order."""
        return tuple(concept.name for concept in self.concepts)
