"""Scores to labels: best BIO sequence, and the best tree of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FORBIDDEN = np.float32(-1e4)


@lru_cache(maxsize=16)
def transitions(labels: tuple[str, ...]) -> Floats:
    """(from, to) log weights: I-X follows only B-X or I-X."""
    table = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for j, after in enumerate(labels):
        if after.startswith("I-"):
            table[:, j] = FORBIDDEN
            for i, before in enumerate(labels):
                if before[2:] == after[2:] and before != "O":
                    table[i, j] = 0
    return table


def best_labels(logs: Floats, labels: Sequence[str]) -> list[int]:
    """Viterbi over BIO labels. Runs only where the likeliest labels break the scheme or are not clearly 'O'."""
    out = labels.index("O")
    best = logs.argmax(1)
    unsure = (best != out) | (logs[:, out] < np.log(0.9))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], unsure.astype(np.int8), [0]])))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        best[start:end] = viterbi(logs[start:end], tuple(labels))
    return best.tolist()  # type: ignore[no-any-return]


def viterbi(logs: Floats, labels: tuple[str, ...]) -> list[int]:
    table = transitions(labels)
    begin = np.array([FORBIDDEN if name.startswith("I-") else 0 for name in labels], dtype=np.float32)
    score, back = logs[0] + begin, []
    for row in logs[1:]:
        paths = score[:, None] + table
        back.append(paths.argmax(0))
        score = paths.max(0) + row
    path = [int(score.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def label_spans(path: Sequence[int], labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first word, last word + 1, type) of each span of a BIO sequence."""
    start, kind = 0, ""
    for i, index in enumerate([*path, -1]):
        name = labels[index] if index >= 0 else "O"
        if kind and (name == "O" or name.startswith("B-") or name[2:] != kind):
            yield start, i, kind
            kind = ""
        if name.startswith("B-"):
            start, kind = i, name[2:]


def tree_heads(arcs: Floats) -> NDArray[np.int64]:
    """Head of each word (a root is its own head) from (dependent, head) scores; one root, no cycle."""
    heads: NDArray[np.int64] = arcs.argmax(1)
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    if len(roots) == 1 and is_tree(heads):
        return heads
    return maximum_tree(arcs)


def is_tree(heads: NDArray[np.int64]) -> bool:
    reach = heads.copy()
    for _ in range(max(1, int(np.ceil(np.log2(len(heads) + 1))))):
        reach = reach[reach]
    return bool((heads[reach] == reach).all())


def maximum_tree(arcs: Floats) -> NDArray[np.int64]:
    """Maximum spanning tree below one root (Chu & Liu 1965, Edmonds 1967), the root chosen by its own score."""
    root = int(arcs.diagonal().argmax())
    graph: nx.DiGraph[int] = nx.DiGraph()
    size = len(arcs)
    near = np.argsort(-arcs, axis=1)[:, : min(8, size)]
    for dependent in range(size):
        if dependent != root:
            for head in {*near[dependent].tolist(), root} - {dependent}:
                graph.add_edge(head, dependent, weight=float(arcs[dependent, head]))
    heads = np.full(size, root, dtype=np.int64)
    for head, dependent in nx.maximum_spanning_arborescence(graph).edges:
        heads[dependent] = head
    return heads
