"""From an article's text to what the tagger sees: word pieces with their offsets, and three small features a piece.

The pieces of all paragraphs stand in one stream, a ``[SEP]`` behind each paragraph; windows are slices of the stream.
Offsets are Unicode code points into the untouched text. The same code prepares training data, so that the model sees at
run time what it was trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from onrecord.errors import ModelError
from onrecord.finding.quotations import Quotation, quote_states
from onrecord.spans import Span

CASES = ("lower", "title", "upper", "mixed", "number", "mark", "special")
QUOTES = ("outside", "inside", "deeper", "opening", "closing")
LAYOUTS = ("glued", "spaced", "first")
CLS, SEP = "[CLS]", "[SEP]"

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
        encodings = self._tokenizer.encode_batch([safe[p.start : p.end] for p in paragraphs], add_special_tokens=False)
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        initial: list[bool] = []
        paragraph: list[int] = []
        for number, (span, encoding) in enumerate(zip(paragraphs, encodings, strict=True)):
            word_before = None
            for piece, (start, end), word in zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True):
                ids.append(piece)
                starts.append(span.start + start)
                ends.append(span.start + end)
                initial.append(word != word_before)
                paragraph.append(number)
                word_before = word
            ids.append(self.sep)
            starts.append(span.end)
            ends.append(span.end)
            initial.append(False)
            paragraph.append(number)
        start_array, end_array = np.array(starts, np.int64), np.array(ends, np.int64)
        features = _features(text, start_array, end_array, np.array(paragraph, np.int64), states)
        return Pieces(
            np.array(ids, np.int64),
            features,
            start_array,
            end_array,
            np.array(initial, np.bool_),
            np.array(paragraph, np.int64),
        )


def _without_surrogates(text: str) -> str:
    """``text`` with each lone surrogate replaced by one replacement character: same length, and valid UTF-8."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text)


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
