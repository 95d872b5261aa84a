"""GUM read: text, mentions with coreference, attribution relations, sentences; from its CoNLL-U files.

GUM (Zeldes 2017; here the news, interview and speech documents of 2025) marks every noun phrase with an entity type and
a number shared by all mentions of one entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.spans import Span

GUM = Path("/work/shared/data/gum-news")
ENTITY = re.compile(r"\((\d+)-([a-z]+)(?:-[^()]*)?|(\d+)\)")
SIGNAL = re.compile(r"(sem-atsrc|lex-indwd|lex-indph|lex-altlex)-([\d,-]+)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention: its place, the number of its entity, and GUM's type for it."""

    span: Span
    entity: str
    type: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution relation: the places of the source's and the cue's words, and of the sentence they stand in."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    sentence: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One text of GUM; `name` as in "GUM_news_crane", `genre` as in "news"."""

    name: str
    text: str
    mentions: tuple[Marked, ...]
    attributions: tuple[Attribution, ...]

    @property
    def genre(self) -> str:
        return self.name.split("_")[1]


def read_split(split: str, genres: tuple[str, ...], root: Path = GUM) -> Iterator[Document]:
    """The documents of "train", "dev" or "test" in those genres, in alphabetical order."""
    parts = re.split(r"^## (\w+)\s*$", (root / "splits.md").read_text("utf-8"), flags=re.M)
    names = dict(zip(parts[1::2], parts[2::2], strict=True))[split]
    for name in re.findall(r"\* (GUM_\w+)", names):
        path = root / "dep" / f"{name}.conllu"
        if name.split("_")[1] in genres and path.exists():
            yield read_document(path)


def read_document(path: Path) -> Document:
    """A document out of its file. Sentences of a paragraph are parted by a blank, paragraphs by a line break."""
    return _Reader(path.stem).read(path.read_text("utf-8"))


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._text: list[str] = []
        self._length = 0
        self._tokens: list[tuple[int, int]] = []  # over the document, as attribution signals count them
        self._open: list[tuple[str, str, int]] = []
        self._mentions: list[Marked] = []
        self._signals: list[tuple[dict[str, list[int]], int]] = []
        self._sentences: list[tuple[int, int]] = []

    def read(self, conllu: str) -> Document:
        for block in conllu.strip().split("\n\n"):
            self._sentence(block.splitlines())
        attributions = tuple(self._attribution(signals, sentence) for signals, sentence in self._signals)
        mentions = tuple(sorted(set(self._mentions), key=lambda m: (m.span.start, -m.span.end)))
        return Document(self._name, "".join(self._text), mentions, attributions)

    def _sentence(self, lines: list[str]) -> None:
        if self._text:
            self._write(
                "\n"
                if any(line.startswith("# newpar") for line in lines)
                else ""
                if self._text[-1].endswith(" ")
                else " "
            )
        start = self._length
        number = len(self._sentences)
        skip_until, form_end = -1, 0
        for line in lines:
            if not line or line[0] == "#":
                continue
            fields = line.split("\t")
            if "-" in fields[0]:
                last = int(fields[0].split("-")[1])
                at = self._length
                self._write(fields[1])
                skip_until, form_end, begin = last, self._length, at
                if "SpaceAfter=No" not in fields[9]:
                    self._write(" ")
                continue
            if "." in fields[0]:
                continue
            if int(fields[0]) <= skip_until:
                end = form_end if int(fields[0]) == skip_until else min(form_end, begin + len(fields[1]))
                where = (begin, end)
                begin = end if end < form_end else begin
            else:
                at = self._length
                self._write(fields[1])
                where = (at, self._length)
                if "SpaceAfter=No" not in fields[9]:
                    self._write(" ")
            self._token(where, fields[9], number)
        self._sentences.append((start, self._length))

    def _token(self, where: tuple[int, int], misc: str, sentence: int) -> None:
        self._tokens.append(where)
        for item in misc.split("|"):
            key, _, value = item.partition("=")
            if key == "Entity":
                for match in ENTITY.finditer(value):
                    if match[1]:
                        self._open.append((match[1], match[2], where[0]))
                        inner = value[match.end() : match.end() + 1]
                        if inner == ")":
                            self._close(match[1], where[1])
                    else:
                        self._close(match[3], where[1])
            elif key == "Discourse" and value.startswith("attribution"):
                signals: dict[str, list[int]] = {}
                for kind, numbers in SIGNAL.findall(value):
                    signals.setdefault(kind, []).extend(_numbers(numbers))
                self._signals.append((signals, sentence))

    def _close(self, entity: str, end: int) -> None:
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i][0] == entity:
                number, kind, start = self._open.pop(i)
                if start < end:
                    self._mentions.append(Marked(Span(start, end), number, kind))
                return

    def _attribution(self, signals: dict[str, list[int]], sentence: int) -> Attribution:
        places = {
            kind: tuple(Span(*self._tokens[n - 1]) for n in ns if n <= len(self._tokens))
            for kind, ns in signals.items()
        }
        cue = next((places[k] for k in ("lex-indwd", "lex-indph", "lex-altlex") if k in places), ())
        return Attribution(places.get("sem-atsrc", ()), cue, Span(*self._sentences[sentence]))

    def _write(self, words: str) -> None:
        self._text.append(words)
        self._length += len(words)


def _numbers(words: str) -> list[int]:
    found: list[int] = []
    for part in words.strip("-,").split(","):
        ends = [int(n) for n in part.split("-") if n]
        found += range(ends[0], ends[-1] + 1) if ends else []
    return found
