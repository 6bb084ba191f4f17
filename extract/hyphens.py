"""Hyphens at line ends: which belong to the word, which only broke it, and which were lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.wordlists import compounds, dictionary, lowered

TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*[-\u00ad\ufffe\x02]?")
# "two- and three-wheeled": the hyphen stands for the word that follows later.
SUSPENDED = frozenset({"and", "or", "to", "nor", "but"})
# These open a new phrase after a hyphen meant as a dash ("in 2024- a record"), they are no part of a word.
NO_PART = frozenset(
    {"a", "an", "the", "it", "its", "which", "this", "that", "with", "as", "is", "was", "they", "he", "she"}
)


@dataclass(frozen=True)
class Vocabulary:
    """The words a document itself uses, in lower case."""

    words: frozenset[str]
    compounds: frozenset[str]  # with their hyphen
    lost: Mapping[str, int]  # compounds without it -> length of the first part


@lru_cache(maxsize=8)
def vocabulary(raw: str) -> Vocabulary:
    """The document's own words; fragments before a line-end hyphen are not among them."""
    tokens = {token.lower() for token in TOKEN.findall(raw) if token[-1].isalpha()}
    hyphenated = frozenset(token for token in tokens if "-" in token)
    words = frozenset(tokens) - hyphenated
    return Vocabulary(words, hyphenated, lost_hyphens(words, hyphenated))


def is_word(word: str) -> bool:
    return word.lower() in dictionary()


def forms_word(left: str, right: str, known: Vocabulary) -> bool:
    """Whether the two halves make one word of the dictionary or of the document."""
    joined = (left + right).lower()
    return joined in dictionary() or joined in known.words or (joined.endswith("s") and joined[:-1] in dictionary())


def is_compound(first: str, second: str, own: frozenset[str]) -> bool:
    """Whether the two parts make a hyphenated compound of the table or of the document's `own`."""
    first, second = first.lower(), second.lower()
    if f"{first}-{second}" in own:
        return True
    firsts = compounds().get(second, frozenset())
    return first in firsts or ("*" in firsts and len(first) > 3 and first in dictionary())


def hyphen_between(left: str, right: str, known: Vocabulary, *, line_end: bool) -> str | None:
    """What belongs between the halves of a word broken after a hyphen: "" or "-"; None where that is not certain.

    `left` ends before the hyphen, `right` starts after it ("comprehen" + "sive" -> "", "high" + "quality" -> "-",
    "two" + "and" -> None). `line_end` says that a line ended here, so that some join is due.
    """
    last, lower = left.rsplit("-", 1)[-1], right.lower()
    if not last or lower in SUSPENDED or (lower in NO_PART and not forms_word(last, right, known)):
        return None
    if last[-1].isdigit() or right[0].isdigit():
        return "-"
    if right[0].isupper():
        return _before_capital(last, right, known)
    joined = _before_lower(last, right, known)
    return "-" if "-" in left else joined if joined is not None or not line_end else ""


def _before_lower(last: str, right: str, known: Vocabulary) -> str | None:
    if is_compound(last, right, known.compounds):
        return "-"
    if forms_word(last, right, known):
        return ""
    if last.lower() in lowered("hyphen-prefixes") or (is_word(last) and is_word(right)):
        return "-"
    return "" if last.islower() else None


def _before_capital(last: str, right: str, known: Vocabulary) -> str | None:
    if len(last) > 1 and last.isupper() and right.isupper() and forms_word(last, right, known):
        return ""
    return "-" if last[0].isupper() or last.lower() in lowered("hyphen-prefixes") else None


def lost_hyphens(words: frozenset[str], own: frozenset[str]) -> dict[str, int]:
    """Those of the words that are two parts of a compound run together -> length of the first part.

    The compound is one of the table or of the document's `own`; a word of the dictionary is never taken apart.
    """
    closed = {compound.replace("-", ""): compound.index("-") for compound in own if compound.count("-") == 1}
    cuts = {word: closed.get(word) or _table_cut(word) for word in words - dictionary()}
    return {word: cut for word, cut in cuts.items() if cut}


def _table_cut(word: str) -> int | None:
    return next((cut for cut in range(2, len(word) - 1) if is_compound(word[:cut], word[cut:], frozenset())), None)
