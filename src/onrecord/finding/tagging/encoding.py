"""From an article's text to what the tagger sees: word pieces with their offsets, and three small features a piece.

The pieces of all paragraphs stand in one stream, a ``[SEP]`` behind each paragraph; windows are slices of the stream.
Offsets are Unicode code points into the untouched text. The same code prepares training data, so that the model sees at
run time what it was trained on.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from onrecord.errors import ModelError
from onrecord.finding.quoting.quotations import Quotation, quote_states
from onrecord.spans import Span

CASES = ("lower", "title", "upper", "mixed", "number", "mark", "special")
QUOTES = ("outside", "inside", "deeper", "opening", "closing")
LAYOUTS = ("glued", "spaced", "first")
CLS, SEP = "[CLS]", "[SEP]"
STRETCH = 1 << 16
"""Characters that the tokenizer is given at a time: what it answers takes many times their room."""
BLANK = re.compile(r"\s")

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The piece stream of one text; every array has one entry a piece.

    ``ids`` vocabulary numbers; ``features`` (n, 3) indices into CASES, QUOTES, LAYOUTS; ``starts``/``ends`` code points
    (equal for a ``[SEP]``); ``initial`` marks the first piece of a word, which alone carries a label; ``paragraph`` the
    number of the piece's paragraph.
    """

    ids: Ints
    features: Ints
    starts: Ints
    ends: Ints
    initial: Bools
    paragraph: Ints

    def __len__(self) -> int:
        return len(self.ids)


class Encoder:
    """A word-piece tokenizer read from a ``tokenizer.json``, with the features added."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.cls, self.sep = (self._number(token, path) for token in (CLS, SEP))

    def _number(self, token: str, path: Path) -> int:
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise ModelError(f"no {token} in {path}", "the tokenizer of a BERT-like model", "Install onrecord again")
        return int(number)

    def encode(self, text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> Pieces:
        """The piece stream of ``text``."""
        safe = _without_surrogates(text)
        states = np.frombuffer(bytes(quote_states(len(text), quotations)), dtype=np.uint8)
        ids, starts, ends, paragraph = array("q"), array("q"), array("q"), array("q")
        initial = bytearray()
        for number, span in enumerate(paragraphs):
            for stretch in _stretches(safe, span):
                encoding = self._tokenizer.encode(safe[stretch.start : stretch.end], add_special_tokens=False)
                word_before = None
                for start, end in encoding.offsets:
                    starts.append(stretch.start + start)
                    ends.append(stretch.start + end)
                for word in encoding.word_ids:
                    initial.append(word != word_before)
                    word_before = word
                ids.extend(encoding.ids)
            ids.append(self.sep)
            starts.append(span.end)
            ends.append(span.end)
            initial.append(False)
            paragraph.extend([number] * (len(ids) - len(paragraph)))
        columns = [np.frombuffer(column, np.int64) for column in (ids, starts, ends, paragraph)]
        features = _features(text, columns[1], columns[2], columns[3], states)
        return Pieces(columns[0], features, columns[1], columns[2], np.frombuffer(initial, np.bool_).copy(), columns[3])


def _without_surrogates(text: str) -> str:
    """``text`` with each lone surrogate replaced by one replacement character: same length, and valid UTF-8."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text)


def _stretches(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph in parts of some STRETCH characters, cut at blanks, where no word is."""
    start = paragraph.start
    while paragraph.end - start > STRETCH and (blank := BLANK.search(text, start + STRETCH, paragraph.end)):
        yield Span(start, blank.start())
        start = blank.start()
    yield Span(start, paragraph.end)


def _features(text: str, starts: Ints, ends: Ints, paragraph: Ints, states: npt.NDArray[np.uint8]) -> Ints:
    out = np.zeros((len(starts), 3), np.int64)
    before_end, before_paragraph = -1, -1
    for i, (start, end, number) in enumerate(zip(starts.tolist(), ends.tolist(), paragraph.tolist(), strict=True)):
        if start == end:
            out[i, 0] = 6
            continue
        out[i, 0] = _case(text[start:end])
        out[i, 1] = states[start]
        out[i, 2] = 2 if number != before_paragraph else int(start > before_end)
        before_end, before_paragraph = end, number
    return out


def _case(piece: str) -> int:
    """Index into CASES. A word's later pieces keep their own case, so ``McKay`` is title + title."""
    if piece.islower():
        return 0
    if piece.isdecimal() or any(ch.isdecimal() for ch in piece):
        return 4
    if not any(ch.isalpha() for ch in piece):
        return 5
    if piece.isupper():
        return 2 if len(piece) > 1 else 1
    if piece[0].isupper() and piece[1:].islower():
        return 1
    return 3 if piece != piece.lower() else 0
