"""The trained tagger: windows over the pieces of a text, one ONNX session, and the seams merged again.

For every piece the model says how likely it begins or continues a source, a cue, a content (roles), and how likely a
cue starts there (anchors): the cue of an outermost statement, of a statement inside another's content, or the bare
content of one without a cue. For every likely anchor it says which part each piece plays in that anchor's own
statement (links). All of it comes from one pass. `training/` makes the model; `card.toml` beside it tells how and how
well.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from onrecord.errors import ModelError
from onrecord.finding.tagging.encoding import Encoder, Ints, Pieces

Floats = npt.NDArray[np.float32]

MODEL = "tagger"
WINDOW = 318  # pieces beside [CLS] and the padding; what the model was trained on
OVERLAP = 72
BATCH = 8
PARTS = ("none", "source-begins", "source", "content-begins", "content", "cue")
OUTER, INNER, BARE = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One likely anchor: ``piece`` its place in the stream, ``chances`` (3,) for OUTER, INNER, BARE, and from ``first``
    on the log-probability of each of the six PARTS for every piece of its window: ``parts`` (t, 6)."""

    piece: int
    chances: Floats
    first: int
    parts: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Tagging:
    """What the model says of one text. ``roles`` (n, 3, 3) and ``anchors`` (n, 3) are probabilities."""

    pieces: Pieces
    roles: Floats
    anchors: Floats
    links: tuple[Link, ...]


class Tagger:
    """One loaded model. ``threads`` is how many CPU threads a pass may use."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.folder = folder
        self.card = _card(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self.session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as problem:  # the runtime's own errors have no common base
            raise ModelError(
                f"a model that the runtime refuses in {folder} ({problem})",
                "a tagger as training/export.py writes it",
                "Install onrecord again, or train and export anew",
            ) from problem
        self.encoder = Encoder(folder / "tokenizer.json")

    @property
    def name(self) -> str:
        return str(self.card["name"])

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256((self.folder / "model.onnx").read_bytes()).hexdigest()

    def tag(self, pieces: Pieces, threshold: float = 0.06) -> Tagging:
        """Run the model over the whole stream; anchors below ``threshold`` get no links."""
        parts = list(self.stretches(pieces, threshold))
        return replace(parts[-1], links=tuple(link for part in parts for link in part.links))

    def stretches(self, pieces: Pieces, threshold: float = 0.06) -> Iterator[Tagging]:
        """The same some windows at a time: each time the further links of which every piece is known, in order. The
        links of a text take a hundred times the room of its pieces, so that nobody should hold them all."""
        n = len(pieces)
        roles, anchors = np.zeros((n, 3, 3), np.float32), np.zeros((n, 3), np.float32)
        links: list[Link] = []
        windows = _windows(pieces)
        owner = _owners(n, windows)
        for first in range(0, len(windows), BATCH):
            batch = windows[first : first + BATCH]
            out = self._run(pieces, batch, threshold)
            for row, (start, end) in enumerate(batch):
                mine = np.flatnonzero(owner[start:end] == first + row)
                roles[start + mine] = _softmax(out[0][row, 1 + mine])
                anchors[start + mine] = _sigmoid(out[1][row, 1 + mine])
            for (row, place), parts in zip(out[2].tolist(), out[3], strict=True):
                start, end = batch[row]
                piece = start + place - 1
                if 1 <= place <= end - start and owner[piece] == first + row and pieces.initial[piece]:
                    inside = np.log(_softmax(parts[1 : end - start + 1]) + 1e-9).astype(np.float32)
                    links.append(Link(piece, anchors[piece].copy(), start, inside))
            known = windows[first + BATCH][0] if first + BATCH < len(windows) else n
            links.sort(key=lambda link: link.piece)
            ready = next((at for at, k in enumerate(links) if k.first + len(k.parts) > known), len(links))
            yield Tagging(pieces, roles, anchors, tuple(links[:ready]))
            del links[:ready]

    def _run(self, pieces: Pieces, batch: Sequence[tuple[int, int]], threshold: float) -> list[Any]:
        length = 1 + max(end - start for start, end in batch)
        ids = np.zeros((len(batch), length), np.int64)
        features = np.zeros((len(batch), length, 3), np.int64)
        mask = np.zeros((len(batch), length), np.bool_)
        ids[:, 0], features[:, 0, 0] = self.encoder.cls, 6
        for row, (start, end) in enumerate(batch):
            ids[row, 1 : end - start + 1] = pieces.ids[start:end]
            features[row, 1 : end - start + 1] = pieces.features[start:end]
            mask[row, : end - start + 1] = True
        feed = {"ids": ids, "features": features, "mask": mask, "threshold": np.array(threshold, np.float32)}
        result: list[Any] = self.session.run(None, feed)
        return result


@cache
def load_tagger() -> Tagger:
    """The model that came with the package, loaded once. ``ONRECORD_THREADS`` sets its threads (default 1),
    ``ONRECORD_MODEL`` another model's folder."""
    folder = os.environ.get("ONRECORD_MODEL")
    path = Path(folder) if folder else Path(str(files("onrecord") / "data" / "models" / MODEL))
    threads = os.environ.get("ONRECORD_THREADS", "1")
    if not threads.isdecimal() or int(threads) < 1:
        raise ModelError(f"ONRECORD_THREADS={threads}", "a whole number from 1", "Unset it or give the number of cores")
    return Tagger(path, int(threads))


def _card(folder: Path) -> Mapping[str, Any]:
    for name in ("card.toml", "model.onnx", "tokenizer.json"):
        if not (folder / name).is_file():
            raise ModelError(
                f"no {name} in {folder}", "a model's folder", "Install onrecord again, or set ONRECORD_MODEL to one"
            )
    return tomllib.loads((folder / "card.toml").read_text(encoding="utf-8"))


def _windows(pieces: Pieces) -> list[tuple[int, int]]:
    """Overlapping stretches of the stream, each begun at a paragraph where one is near."""
    n = len(pieces)
    out, start = [], 0
    while start + WINDOW < n:
        out.append((start, start + WINDOW))
        target = start + WINDOW - OVERLAP
        heads = np.flatnonzero(np.diff(pieces.paragraph[target - OVERLAP : target + 1])) + target - OVERLAP + 1
        start = int(heads[-1]) if len(heads) else target
    out.append((max(0, min(start, n - 1)), n))
    return out


def _owners(n: int, windows: Sequence[tuple[int, int]]) -> Ints:
    """For each piece, the window in which it stands farthest from an edge that cuts the text."""
    best = np.full(n, -1, np.int64)
    owner = np.zeros(n, np.int64)
    for number, (start, end) in enumerate(windows):
        places = np.arange(start, end)
        left = places - start if start else np.full(end - start, n)
        right = end - 1 - places if end < n else np.full(end - start, n)
        room = np.minimum(left, right)
        better = room > best[start:end]
        owner[start:end][better] = number
        best[start:end][better] = room[better]
    return owner


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Floats = e / e.sum(axis=-1, keepdims=True)
    return out


def _sigmoid(x: Floats) -> Floats:
    out: Floats = np.reciprocal(np.float32(1.0) + np.exp(-x))
    return out
