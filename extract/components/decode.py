"""Scores to labels: best BIO sequence, and the best tree of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

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
    """Head of each word (the root is its own) from (dependent, head) scores: the best tree below the best root."""
    root = int(arcs.diagonal().argmax())
    others = arcs.copy()
    np.fill_diagonal(others, FORBIDDEN)
    others[root] = FORBIDDEN
    others[root, root] = 0
    return maximum_tree(others)


def maximum_tree(arcs: Floats) -> NDArray[np.int64]:
    """Maximum spanning tree (Chu & Liu 1965, Edmonds 1967) by contracting one cycle after the other.

    The root is the one word whose own head it is; all others have forbidden scores on the diagonal.
    """
    heads: NDArray[np.int64] = arcs.argmax(1)
    inside = find_cycle(heads)
    if not inside.any():
        return heads
    cycle, rest = np.flatnonzero(inside), np.flatnonzero(~inside)
    kept = arcs[cycle, heads[cycle]]
    entering = arcs[np.ix_(cycle, rest)] - kept[:, None]
    leaving = arcs[np.ix_(rest, cycle)]
    best_in, best_out = entering.argmax(0), leaving.argmax(1)
    size = len(rest)
    small = np.full((size + 1, size + 1), FORBIDDEN, dtype=np.float32)
    small[:size, :size] = arcs[np.ix_(rest, rest)]
    small[size, :size] = entering[best_in, np.arange(size)] + kept.sum()
    small[:size, size] = leaving[np.arange(size), best_out]
    above = maximum_tree(small)
    outer = above[:size]
    heads[rest] = np.where(outer < size, rest[np.minimum(outer, size - 1)], cycle[best_out])
    heads[cycle[best_in[above[size]]]] = rest[above[size]]
    return heads


def find_cycle(heads: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which words form the cycle that the heads run into; none where they are a tree. A root's loop is no cycle."""
    seen = np.zeros(len(heads), dtype=np.int64)
    for start in range(len(heads)):
        at = start
        while not seen[at]:
            seen[at] = start + 1
            at = int(heads[at])
        if seen[at] == start + 1 and heads[at] != at:
            inside = np.zeros(len(heads), dtype=np.bool_)
            while not inside[at]:
                inside[at] = True
                at = int(heads[at])
            return inside
    return np.zeros(len(heads), dtype=np.bool_)
