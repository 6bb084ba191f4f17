"""What training and run time share about the model's input: the word-piece vocabulary and the case shapes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHAPES = {
    name: index
    for index, name in enumerate(
        ("pad", "lower", "Title", "UPPER", "Mixed", "digit", "number", "alnum", "punct", "other")
    )
}


def shape_of(word: str) -> str:
    """The word's case and character class, which the uncased pieces do not show."""
    letters = any(c.isalpha() for c in word)
    if any(c.isdigit() for c in word):
        return "alnum" if letters else "digit" if word.isdigit() else "number"
    return case_of(word) if letters else "punct"


def case_of(word: str) -> str:
    if word.islower():
        return "lower"
    if word.isupper() and len(word) > 1:
        return "UPPER"
    titled = word.istitle() if word.isalpha() else word[0].isupper()
    return "Title" if titled else "Mixed"


MOST_PIECES = 48
STEPS = (1, 2, 3, 4, 6, 9, 14, 22, 35)
BUCKETS = 2 * len(STEPS) + 3


def distance_buckets(place: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where other spans (n, 2) lie from one, all as first word and last word + 1: within or over it (0), behind it or
    before it, and how far."""
    behind, before = others[:, 0] - place[1], place[0] - others[:, 1]
    far = 2 + len(STEPS) + np.searchsorted(STEPS, before, "right")
    return np.where(behind >= 0, 1 + np.searchsorted(STEPS, behind, "right"), np.where(before >= 0, far, 0))


class Vocabulary:
    """Uncased WordPiece (Wu et al. 2016, as in BERT): greedy longest match over a list of pieces, one a line."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.ids = {piece: index for index, piece in enumerate(pieces)}
        self.cls, self.sep, self.unknown = (self.ids[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, list[int]] = {}

    @classmethod
    def read(cls, path: Path) -> Vocabulary:
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def pieces(self, word: str) -> list[int]:
        """Piece ids of one word, at least one; of a very long word the first `MOST_PIECES`."""
        found = self._known.get(word)
        if found is None:
            found = [piece for part in split_word(word) for piece in self._match(part)][:MOST_PIECES] or [self.unknown]
            if len(self._known) < 200_000:
                self._known[word] = found
        return found

    def _match(self, part: str) -> list[int]:
        found, start = [], 0
        while start < len(part):
            prefix = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in self.ids), start)
            if end == start:
                return [self.unknown]
            found.append(self.ids[prefix + part[start:end]])
            start = end
        return found


def split_word(word: str) -> list[str]:
    """BERT's basic tokenizer: lower case, accents stripped, each punctuation mark or CJK character by itself."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    parts: list[str] = [""]
    for c in plain:
        if not c.isalnum() or "\u4e00" <= c <= "\u9fff":
            parts += [c, ""]
        else:
            parts[-1] += c
    return [part for part in parts if part.strip()]
