"""An article's signature: MinHash of its text, by which copies of one article are known later without the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rensa import RMinHash

SLOTS, SEED = 126, 1
LENGTH = 3

SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"'”’)]*(?=\s)|$)", re.MULTILINE)
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


def signature(text: str) -> tuple[int, ...]:
    """The number of the text's shingles, then SLOTS numbers of 32 bits; () for a text without a word.

    Two texts share a part of their slots that estimates the Jaccard similarity of their shingles (standard error 0.04).
    """
    found = shingles(text)
    if not found:
        return ()
    sketch = RMinHash(SLOTS, SEED)
    sketch.update(sorted(found))
    return (len(found), *sketch.digest())


def shingles(text: str) -> set[str]:
    """Every three words in a row of a sentence, each with all figures and names of that sentence.

    So two texts of one template share nothing of a sentence that tells another figure or name, while a copy that was cut,
    retitled or touched up shares all sentences that it kept.
    """
    plain = unicodedata.normalize("NFKC", text)
    return {shingle for sentence in SENTENCE.findall(plain) for shingle in sentence_shingles(WORD.findall(sentence))}


def sentence_shingles(words: list[str]) -> Iterator[str]:
    particulars = " ".join(word for at, word in enumerate(words) if is_particular(word, at)).casefold()
    low = [word.casefold() for word in words]
    for at in range(max(1, len(low) - LENGTH + 1) if low else 0):
        yield f"{' '.join(low[at : at + LENGTH])} | {particulars}"


def is_particular(word: str, at: int) -> bool:
    """Whether the word is a figure, or a name for its capital; a sentence's first word has one anyway."""
    return word[0].isdigit() or (at > 0 and word[0].isupper())
