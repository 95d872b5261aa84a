"""The tagger as a torch module: a MiniLM encoder, a role for every piece, and links from every cue.

One pass gives, for a batch of windows (B, T):

- ``roles``   (B, T, 3, 3)  outside / begins / continues, for source, cue, content: the outermost attributions;
- ``anchors`` (B, T, 3)     a cue starts here: of an outermost attribution, of one inside another's content; or a
                            content that has no cue starts here;
- ``links``   (N, T, 6)     for each of N chosen anchors, the part that every piece plays in *its* attribution:
                            none, source begins / continues, content begins / continues, cue.

Links are tagged, not attached to the nearest: an anchor sees each piece through a sum, a product and a signed distance,
smoothed along the text by two narrow convolutions (a light relative of the predicate-conditioned taggers of semantic
role labelling: He et al. 2017; Dozat & Manning 2017 for the biaffine form).
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  the name everybody uses

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
WIDTH = 96
PARTS = ("none", "source-begins", "source", "content-begins", "content", "cue")
FEATURES = (7, 5, 3)
DISTANCES = 33


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        if torch.onnx.is_in_onnx_export():  # plain operators: right at every batch size and length
            weights = torch.softmax(q @ k.transpose(2, 3) * (HIDDEN // HEADS) ** -0.5 + bias, dim=-1)
            mixed = weights @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.expand(b, 1, t, t))
        mixed = mixed.transpose(1, 2).reshape(b, t, HIDDEN)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Linker(nn.Module):
    """The part each piece plays in the attribution of each anchor."""

    def __init__(self) -> None:
        super().__init__()
        self.of_anchor = nn.Linear(HIDDEN, 2 * WIDTH)
        self.of_piece = nn.Linear(HIDDEN, 2 * WIDTH)
        self.distance = nn.Embedding(DISTANCES, WIDTH)
        self.deep = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 5, padding=2 * d, dilation=d, groups=WIDTH) for d in (1, 4))
        self.wide = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(2))
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(3))
        self.part = nn.Linear(WIDTH, len(PARTS))

    def forward(self, hidden: Tensor, window: Tensor, place: Tensor) -> Tensor:
        """``hidden`` (B, T, H); anchors given as ``window`` (N,) and ``place`` (N,) -> (N, T, 6)."""
        t = hidden.shape[1]
        a = self.of_anchor(hidden[window, place]).unsqueeze(1)
        p = self.of_piece(hidden)[window]
        d = torch.arange(t, device=hidden.device).unsqueeze(0) - place.unsqueeze(1)
        size = torch.log2(d.abs().float() + 1.0) * 2.0
        bucket = (torch.sign(d.float()) * torch.clamp(size, max=16.0)).round().long() + 16
        x = a[..., :WIDTH] + p[..., :WIDTH] + a[..., WIDTH:] * p[..., WIDTH:] + self.distance(bucket)
        x = self.norms[0](F.gelu(x))
        for deep, wide, norm in zip(self.deep, self.wide, self.norms[1:], strict=True):
            y = deep(x.transpose(1, 2)).transpose(1, 2)
            x = norm(x + F.gelu(wide(y)))
        return self.part(x)


class Tagger(nn.Module):
    """Encoder, role head, anchor head and linker."""

    def __init__(self, vocabulary: int = 30522, positions: int = 512, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(positions, HIDDEN)
        self.features = nn.ModuleList(nn.Embedding(n, HIDDEN) for n in FEATURES)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.roles = nn.Linear(HIDDEN, 9)
        self.anchors = nn.Linear(HIDDEN, 3)
        self.linker = Linker()
        for table in self.features:
            nn.init.normal_(table.weight, std=0.002)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        t = ids.shape[1]
        x = self.words(ids) + self.positions(torch.arange(t, device=ids.device)).unsqueeze(0)
        for i, table in enumerate(self.features):
            x = x + table(features[..., i])
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def heads(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        b, t, _ = hidden.shape
        return self.roles(hidden).view(b, t, 3, 3), self.anchors(hidden)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor, threshold: Tensor) -> tuple[Tensor, ...]:
        """As exported: anchors above ``threshold`` (a probability) are chosen inside the graph.

        Returns roles, anchors, index (N, 2) of the chosen anchors as (window, place), links (N, T, 6).
        """
        hidden = self.encode(ids, features, mask)
        roles, anchors = self.heads(hidden)
        chance = torch.sigmoid(anchors).amax(-1) * mask.float()
        index = torch.nonzero(chance > threshold)
        links = self.linker(hidden, index[:, 0], index[:, 1])
        return roles, anchors, index, links


def load_base(model: Tagger, folder: Path) -> None:
    """Fill the encoder with the weights of a BERT-like checkpoint (``model.safetensors``) of the same shape."""
    from safetensors.torch import load_file

    raw = load_file(str(folder / "model.safetensors"))
    w = {k.removeprefix("bert."): v for k, v in raw.items()}
    with torch.no_grad():
        model.words.weight.copy_(w["embeddings.word_embeddings.weight"])
        kind = w["embeddings.token_type_embeddings.weight"][0]
        model.positions.weight.copy_(w["embeddings.position_embeddings.weight"] + kind)
        _copy(model.norm, w, "embeddings.LayerNorm")
        for i, layer in enumerate(model.layers):
            at = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                parts = [w[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(parts))
            _copy(layer.out, w, f"{at}attention.output.dense")
            _copy(layer.norm1, w, f"{at}attention.output.LayerNorm")
            _copy(layer.up, w, f"{at}intermediate.dense")
            _copy(layer.down, w, f"{at}output.dense")
            _copy(layer.norm2, w, f"{at}output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
