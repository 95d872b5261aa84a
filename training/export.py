"""A trained checkpoint -> model.onnx, checked against torch, and an int8 version beside it.

``python -m training.export RUN/last.pt [--weights average|model] --out FOLDER``

The graph is exported from a plain forward (no library attention), then compared with torch at several batch sizes and
lengths. Dynamic int8 covers the matrix products and the word embeddings.
"""

from __future__ import annotations

import argparse
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.model import FEATURES, Tagger
from training.train import base_folder

NAMES = ("roles", "anchors", "index", "links")


def load(path: Path, weights: str = "average") -> Tagger:
    saved = torch.load(path, weights_only=True)
    model = Tagger()
    model.load_state_dict(saved[weights])
    return model.eval()


def sample(batch: int, length: int, seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    mask = np.ones((batch, length), bool)
    mask[-1, length * 2 // 3 :] = batch == 1
    return {
        "ids": rng.integers(1000, 30000, (batch, length)),
        "features": np.stack([rng.integers(0, n, (batch, length)) for n in FEATURES], -1),
        "mask": mask,
        "threshold": np.array(0.06, np.float32),
    }


def export(model: Tagger, path: Path) -> None:
    x = {k: torch.from_numpy(np.asarray(v)) for k, v in sample(2, 24, 0).items()}
    axes = {0: "windows", 1: "pieces"}
    dynamic = dict.fromkeys(("ids", "features", "mask", "roles", "anchors"), axes)
    dynamic |= {"index": {0: "cues"}, "links": {0: "cues", 1: "pieces"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model, tuple(x.values()), str(path), input_names=list(x), output_names=list(NAMES),
            dynamic_axes=dynamic, opset_version=17, dynamo=False,
        )  # fmt: skip
    onnx.checker.check_model(str(path))


def parity(model: Tagger, path: Path) -> float:
    """The largest difference of any logit between torch and the exported graph, at seven shapes."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for batch, length in ((1, 5), (1, 64), (2, 33), (3, 129), (1, 320), (5, 17), (4, 320)):
        x = sample(batch, length, length)
        with torch.no_grad():
            hidden = model.encode(*(torch.from_numpy(x[k]) for k in ("ids", "features", "mask")))
            roles, anchors = model.heads(hidden)
        got = session.run(None, x)
        index = torch.from_numpy(got[2])
        with torch.no_grad():
            links = model.linker(hidden, index[:, 0], index[:, 1])
        real = x["mask"]
        worst = max(worst, float(np.abs(roles.numpy() - got[0])[real].max()))
        worst = max(worst, float(np.abs(anchors.numpy() - got[1])[real].max()))
        if len(index):
            worst = max(worst, float(np.abs(links.numpy() - got[3])[real[got[2][:, 0]]].max()))
    return worst


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("--weights", default="average", choices=("average", "model"))
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model = load(args.checkpoint, args.weights)
    full, small = args.out / "fp32.onnx", args.out / "int8.onnx"
    export(model, full)
    gap = parity(model, full)
    print(f"parity torch - onnx: {gap:.2e} (largest difference of a logit)")
    if gap > 1e-3:
        raise SystemExit("the exported graph does not compute what torch computes; nothing was installed")
    quantize_dynamic(  # 7 bits a weight: with 8, processors without VNNI saturate, and results differ between machines
        str(full), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )  # fmt: skip
    shutil.copy(base_folder() / "tokenizer.json", args.out / "tokenizer.json")
    for path in (full, small):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
