"""The network: a BERT encoder (all-MiniLM-L6-v2) with a case-shape embedding, and one linear or biaffine head a task."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from extract.model_io import BUCKETS

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, REL, PAIR = 192, 64, 160


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q @ k.transpose(-1, -2)) / (WIDTH // HEADS) ** 0.5
        mixed = scores.masked_fill(~mask[:, None, None, :], -1e4).softmax(-1) @ v
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, pieces: int, shapes: int) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, WIDTH)
        self.place = nn.Embedding(512, WIDTH)
        self.shape = nn.Embedding(shapes, WIDTH)
        nn.init.normal_(self.shape.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        place = self.place.weight[: pieces.shape[1]]
        x = self.drop(self.norm(self.word(pieces) + place + self.shape(shapes)))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_bert(self, path: str, rows: list[int] | None = None) -> None:
        """Copy the weights of a BERT checkpoint (safetensors, Hugging Face names); `rows` picks vocabulary rows."""
        w = load_file(path)
        words = w["embeddings.word_embeddings.weight"]
        state = {
            "word.weight": words if rows is None else words[rows],
            "place.weight": w["embeddings.position_embeddings.weight"]
            + w["embeddings.token_type_embeddings.weight"][0],
            "shape.weight": self.shape.weight.data,
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
        }
        names = {
            "attention.output.dense": "out",
            "attention.output.LayerNorm": "norm1",
            "intermediate.dense": "up",
            "output.dense": "down",
            "output.LayerNorm": "norm2",
        }
        for i in range(LAYERS):
            bert = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [w[f"{bert}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                for theirs, ours in names.items():
                    state[f"layers.{i}.{ours}.{kind}"] = w[f"{bert}{theirs}.{kind}"]
        self.load_state_dict(state)


class Biaffine(nn.Module):
    """scores[b, i, j, c] of word i (left) with word j (right) for class c (Dozat & Manning 2017)."""

    def __init__(self, size: int, classes: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(classes, size + 1, size + 1))
        nn.init.normal_(self.weight, std=0.02)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        left, right = (F.pad(t, (0, 1), value=1.0) for t in (left, right))
        return torch.einsum("bix,cxy,bjy->bijc", left, self.weight, right)


class Network(nn.Module):
    def __init__(
        self, pieces: int, shapes: int, tasks: dict[str, list[str]], predicates: Sequence[str], types: Sequence[str]
    ) -> None:
        super().__init__()
        self.encoder = Encoder(pieces, shapes)
        self.linear = nn.ModuleDict(
            {task: nn.Linear(WIDTH, len(labels)) for task, labels in tasks.items() if task != "dep"}
        )
        self.arc_dep, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.rel_dep, self.rel_head = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL)
        self.arc = Biaffine(ARC, 1)
        self.rel = Biaffine(REL, len(tasks["dep"]))
        self.subject, self.object = nn.Linear(2 * WIDTH, PAIR), nn.Linear(2 * WIDTH, PAIR)
        self.subject_type, self.object_type = (nn.Embedding(len(types) + 1, PAIR) for _ in range(2))
        self.pair = Biaffine(PAIR, len(predicates))
        self.distance = nn.Embedding(BUCKETS, len(predicates))
        nn.init.zeros_(self.distance.weight)
        self.context, self.mixed = nn.Linear(WIDTH, PAIR), nn.Linear(PAIR, len(predicates))
        self.drop, self.drop_pair = nn.Dropout(0.1), nn.Dropout(0.3)

    def words(self, pieces: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        x = self.encoder(pieces, shapes, mask)
        return self.drop(x.gather(1, first[..., None].expand(-1, -1, WIDTH)))

    def arcs(self, words: Tensor) -> Tensor:
        """(batch, dependent, head) arc scores."""
        return self.arc(F.relu(self.arc_dep(words)), F.relu(self.arc_head(words)))[..., 0]

    def arc_labels(self, words: Tensor, heads: Tensor) -> Tensor:
        """(batch, dependent, label) scores of the arcs to these heads."""
        dep, head = (F.pad(F.relu(m(words)), (0, 1), value=1.0) for m in (self.rel_dep, self.rel_head))
        chosen = head.gather(1, heads[..., None].expand(-1, -1, head.shape[-1]))
        return torch.einsum("bix,cxy,biy->bic", dep, self.rel.weight, chosen)

    def pairs(self, words: Tensor, spans: Tensor, types: Tensor, buckets: Tensor) -> Tensor:
        """(spans, spans, predicates) scores for spans of one window: subject by row, object by column.

        `spans` (spans, 2) holds first word and last word + 1, `buckets` (spans, spans) how far each object lies from each
        subject. A biaffine product of the ends' vectors, and a layer that also sees the mean of the words between them.
        """
        ends = torch.cat([words[spans[:, 0]], words[spans[:, 1] - 1]], -1)
        subject = self.drop_pair(F.relu(self.subject(ends) + self.subject_type(types)))
        obj = self.drop_pair(F.relu(self.object(ends) + self.object_type(types)))
        hidden = F.relu(subject[:, None] + obj[None] + between(self.context(words), spans))
        return self.pair(subject[None], obj[None])[0] + self.mixed(self.drop_pair(hidden)) + self.distance(buckets)


def between(words: Tensor, spans: Tensor) -> Tensor:
    """(spans, spans, size): the mean of the words strictly between two spans, zero where there are none."""
    total = F.pad(words.cumsum(0), (0, 0, 1, 0))
    start = torch.minimum(spans[:, None, 1], spans[None, :, 1])
    end = torch.maximum(torch.maximum(spans[:, None, 0], spans[None, :, 0]), start)
    return (total[end] - total[start]) / (end - start).clamp(min=1)[..., None]
