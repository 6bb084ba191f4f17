"""Train the shared encoder and its heads on public treebanks, public entity sets and our own corpus.

python -m extract.training.train DATA --base BERT_FOLDER --corpus CORPUS --output model.pt
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from spacy.tokens import Doc
from torch import Tensor

from extract.gazetteer import shipped_gazetteer
from extract.model_io import SHAPES, Vocabulary
from extract.schema import SCORED_LABELS, SPAN_TYPES
from extract.training.augment import Bank, name_bank, publicly_renamed, renamed
from extract.training.corpus import corpus_windows
from extract.training.losses import loss_of
from extract.training.network import Network
from extract.training.probe import probe
from extract.training.windows import Encoded, Window, encode, entity_windows, read_docbins, syntax_windows

RENAMED, AVERAGE_EVERY, LONGEST = 0.4, 10, 400


def lemma_script(word: str, lemma: str) -> str:
    """How to get the lemma from the lower-cased word: characters to cut at the end, then what to append."""
    low = word.lower()
    same = next(
        (i for i, (a, b) in enumerate(zip(low, lemma.lower(), strict=False)) if a != b), min(len(low), len(lemma))
    )
    return f"{len(low) - same}|{lemma.lower()[same:]}"


def label_sets(windows: Iterable[Window], *, rare: int = 5) -> dict[str, list[str]]:
    """Labels of each task, most frequent first; rarer ones than `rare` are left out."""
    counts: dict[str, Counter[str]] = {}
    for window in windows:
        for task, labels in window.labels.items():
            if task != "head":
                counts.setdefault(task, Counter()).update(label for label in labels if label is not None)
    return {
        task: sorted((x for x in count if count[x] >= rare), key=lambda x: (-count[x], x))
        for task, count in sorted(counts.items())
    }


def with_lemma_scripts(window: Window) -> Window:
    if "lemma" not in window.labels:
        return window
    scripts = [lemma_script(w, x) if x else None for w, x in zip(window.words, window.labels["lemma"], strict=True)]
    return Window(window.words, {**window.labels, "lemma": tuple(scripts)})


def noisy(encoded: Encoded, rng: random.Random) -> Encoded:
    """The window with its case shapes as in a headline (title case or capitals) or all lower, now and then."""
    draw = rng.random()
    if draw > 0.18:
        return encoded
    to = (
        {"lower": "Title"}
        if draw < 0.10
        else {"lower": "UPPER", "Title": "UPPER"}
        if draw < 0.13
        else {"Title": "lower"}
    )
    ids = {SHAPES[a]: SHAPES[b] for a, b in to.items()}
    return Encoded(encoded.pieces, encoded.first, [ids.get(s, s) for s in encoded.shapes], encoded.window)


def batches(data: list[Encoded], rng: random.Random, pieces: int) -> list[list[Encoded]]:
    """Batches of windows that annotate the same tasks, of like length, in random order."""
    groups: dict[tuple[str, ...], list[Encoded]] = {}
    for e in data:
        groups.setdefault(tuple(sorted(e.window.labels)), []).append(e)
    made: list[list[Encoded]] = []
    for _, group in sorted(groups.items()):
        batch: list[Encoded] = []
        for e in sorted(group, key=lambda e: len(e.pieces) + rng.random() * 12):
            if batch and (len(batch) + 1) * len(e.pieces) > pieces:
                made.append(batch)
                batch = []
            batch.append(e)
        made.append(batch)
    rng.shuffle(made)
    return made


def optimizer_of(net: Network, rate: float) -> torch.optim.Optimizer:
    slow = [p for n, p in net.named_parameters() if n.startswith("encoder.") and "shape" not in n]
    fast = [p for n, p in net.named_parameters() if not (n.startswith("encoder.") and "shape" not in n)]
    return torch.optim.AdamW(
        [{"params": slow, "lr": rate}, {"params": fast, "lr": rate * 10}], weight_decay=0.01, fused=True
    )


def train(
    net: Network,
    data: Sequence[list[Encoded]],
    dev: Sequence[Encoded],
    ids: dict[str, dict[str, int]],
    config: dict[str, Any],
) -> dict[str, Tensor]:
    """Go through each epoch's windows once. The mean of the weights over the last part of the steps (Izmailov et al. 2018)."""
    rng = random.Random(config["seed"])
    epochs = [batches(windows, rng, config["batch"]) for windows in data]
    steps, done, start = sum(map(len, epochs)), 0, time.time()
    optimizer = optimizer_of(net, config["rate"])
    warm = max(1, int(0.06 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(config.get("least", 0.02), (steps - s) / (steps - warm)))
    )
    net.train()
    net.encoder.word.weight.requires_grad_(not config.get("freeze_words", False))
    mean = torch.optim.swa_utils.AveragedModel(net)
    losses: dict[tuple[str, ...], list[float]] = {}
    for batch in (batch for epoch in epochs for batch in epoch):
        loss = loss_of(net, [noisy(e, rng) for e in batch], ids, config["weights"])
        if not loss.requires_grad:
            continue
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        done += 1
        if done > (1 - config["averaged"]) * steps and done % AVERAGE_EVERY == 0:
            mean.update_parameters(net)
        losses.setdefault(tuple(sorted(batch[0].window.labels)), []).append(loss.item())
        if done % 500 == 0 and dev:
            print(f"dev {probe(net, dev, ids)}", flush=True)
        if done % 100 == 0:
            means = " ".join(f"{k[0]}:{sum(v[-60:]) / len(v[-60:]):.3f}" for k, v in sorted(losses.items()))
            print(f"{done}/{steps} {time.time() - start:.0f}s {means}", flush=True)
    return {name: weight.detach().clone() for name, weight in mean.module.state_dict().items()}


def public_windows(
    trees: Iterable[Doc], named: Iterable[Doc], bank: Bank, rng: random.Random, share: float
) -> Iterator[Window]:
    """Windows of the treebanks and entity sets; each text is kept with the probability `share`."""
    yield from map(with_lemma_scripts, syntax_windows((doc for doc in trees if rng.random() < share), rng))
    for window in entity_windows((doc for doc in named if rng.random() < share), rng):
        yield publicly_renamed(window, bank, rng)


def epochs_of(data: Path, corpus: Path | None, config: dict[str, Any]) -> list[list[Window]]:
    """The windows of each epoch: a share of the public data, and the whole corpus, cut and named anew each time."""
    rng = random.Random(config["seed"])
    bank = name_bank(corpus_windows(corpus, rng), shipped_gazetteer()) if corpus else {}
    trees, named = (list(read_docbins(data / folder, ["train"])) for folder in ("syntax", "entities"))
    epochs = []
    for _ in range(config["epochs"]):
        windows = list(public_windows(trees, named, bank, rng, config["public_share"]))
        if corpus:
            windows += [renamed(w, bank, rng) if rng.random() < RENAMED else w for w in corpus_windows(corpus, rng)]
        epochs.append(windows)
    return epochs


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("data", type=Path)
    args.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    args.add_argument("--corpus", type=Path)
    args.add_argument("--dev", type=Path, help="annotated articles on which the course is watched")
    args.add_argument("--config", type=Path, default=Path(__file__).with_name("stage1.json"))
    args.add_argument("--init", type=Path, help="a .pt of an earlier stage to start from")
    args.add_argument("--output", type=Path, required=True)
    a = args.parse_args()
    config = json.loads(a.config.read_text(encoding="utf-8"))
    torch.manual_seed(config["seed"])
    vocabulary = Vocabulary.read(a.base / "vocab.txt")
    epochs = epochs_of(a.data, a.corpus, config)
    first = torch.load(a.init, weights_only=True) if a.init else None
    tasks = {**label_sets(w for epoch in epochs for w in epoch), **(first["tasks"] if first else {})}
    net = Network(len(vocabulary.ids), len(SHAPES), tasks, SCORED_LABELS, SPAN_TYPES)
    net.encoder.load_bert(str(a.base / "model.safetensors"))
    if first:
        own = net.state_dict()
        fitting = {name: w for name, w in first["state"].items() if name in own and own[name].shape == w.shape}
        net.load_state_dict(own | fitting)
    data = [[encode(w, vocabulary) for w in epoch if w.words] for epoch in epochs]
    data = [[e for e in epoch if len(e.pieces) <= LONGEST] for epoch in data]
    print(sum(map(len, data)), "windows", {k: len(v) for k, v in tasks.items()}, flush=True)
    dev = [encode(w, vocabulary) for w in corpus_windows(a.dev, random.Random(1))] if a.dev else []
    ids = {task: {label: i for i, label in enumerate(labels)} for task, labels in tasks.items()}
    torch.save({"state": train(net, data, dev, ids, config), "tasks": tasks}, a.output)


if __name__ == "__main__":
    main()
