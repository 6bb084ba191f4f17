"""Copies of one article: near-duplicates by their signatures, found by locality-sensitive hashing without comparing all."""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

# Two texts with a Jaccard similarity of 0.3 meet in a band with a probability of 0.997, at 0.2 of 0.92, at 0.02 of 0.02.
BANDS, ROWS = 63, 2
# How much of the shorter text stands in the longer one, and how similar they must be for that to be estimated well: a copy
# of less than a fifth counts as a text of its own.
COPIED, SIMILAR = 0.7, 0.2
# An article is compared with so many that follow it in a band: more share one only where a text was copied very often,
# and then copies meet through each other and in other bands.
NEIGHBOURS = 16
BLOCK = 1 << 16

Slots = NDArray[np.uint32]
Pairs = NDArray[np.intp]
Name = TypeVar("Name", bound=str)


def signature_text(signature: Sequence[int]) -> str:
    """A signature as base64 of its numbers, each in four bytes, the highest first."""
    return base64.b64encode(struct.pack(f">{len(signature)}I", *signature)).decode()


def stories(signatures: Mapping[Name, str]) -> list[tuple[Name, ...]]:
    """The articles that are copies of one text, by name, in sorted groups of two or more.

    `signatures` are texts of `signature_text` by the name of the article. Copies of copies are copies. The same for every
    order of the articles.
    """
    names = sorted(signatures)
    if len(names) < 2:
        return []
    table = np.stack([np.frombuffer(base64.b64decode(signatures[name]), dtype=">u4") for name in names])
    sizes, slots = table[:, 0].astype(float), table[:, 1:].astype(np.uint32)
    pairs = candidates(slots)
    copies = pairs[are_copies(sizes, slots, pairs)]
    groups = nx.connected_components(nx.Graph(copies.tolist()))
    return sorted(tuple(names[at] for at in sorted(group)) for group in groups)


def candidates(slots: Slots) -> Pairs:
    """Pairs of rows (pairs, 2) that agree on every slot of a band, each once."""
    found: list[NDArray[Any]] = [np.empty((0, 2), dtype=np.intp)]
    for band in range(BANDS):
        keys = slots[:, band * ROWS : (band + 1) * ROWS]
        order = np.lexsort(keys.T)
        keys = keys[order]
        for step in range(1, NEIGHBOURS + 1):
            same = (keys[step:] == keys[:-step]).all(axis=1)
            if not same.any():
                break
            found.append(np.stack([order[:-step][same], order[step:][same]], axis=1))
    return np.unique(np.concatenate(found), axis=0)


def are_copies(sizes: NDArray[np.float64], slots: Slots, pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are copies, by what the slots estimate: a similarity, and from it a share of the shorter text.

    Of two sets with a and b members and the Jaccard similarity j, j / (1 + j) * (a + b) members are in both.
    """
    blocks = [pairs[at : at + BLOCK] for at in range(0, len(pairs), BLOCK)]
    similar = np.concatenate([np.empty(0), *((slots[p[:, 0]] == slots[p[:, 1]]).mean(axis=1) for p in blocks)])
    first, second = sizes[pairs[:, 0]], sizes[pairs[:, 1]]
    copied = similar / (1 + similar) * (first + second) / np.minimum(first, second)
    found: NDArray[np.bool_] = (similar >= SIMILAR) & (copied >= COPIED)
    return found
