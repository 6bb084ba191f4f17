"""The table rules/status-cues.csv: words that say how a fact is meant, and how they stand to the fact.

| column | meaning |
| --- | --- |
| cue | a word in its base form (irregular forms behind `|`) or a phrase that starts with one; it covers the regular endings |
| tag | start of the part-of-speech tag that the word must have: VB, NN, JJ; empty: any |
| position | how it stands to the fact, several with a blank between them; a preposition: governs the fact with it ("plan for") |
| status | what it makes of the fact |
| negated | what it makes of the fact when it is negated itself ("did not rule out") |
| example, counter_example | a phrase in which it does, and one in which the word means something else |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from extract.schema import STATUSES
from extract.wordlists import rows

ASSERTED, PLANNED, ATTRIBUTED, NEGATED, HYPOTHETICAL = STATUSES
VOWELS = frozenset("aeiou")
REACH = 3
# Function words keep their form: "noted" is no form of "not".
UNINFLECTED = frozenset(
    {
        "negation",
        "harmless",
        "auxiliary",
        "backshifted",
        "lifting",
        "marker",
        "condition",
        "modifier",
        "source",
        "citation",
    }
)


@dataclass(frozen=True)
class Cue:
    """One row of the table for one position."""

    words: tuple[str, ...]
    tag: str
    position: str
    status: str
    negated: str


@cache
def cues() -> dict[tuple[str, str], tuple[Cue, ...]]:
    """(form of the first word, position) -> its cues, the longest first."""
    found: dict[tuple[str, str], list[Cue]] = {}
    for row in rows("status-cues"):
        first, *rest = row["cue"].split(" ")
        for position in row["position"].split(" "):
            cue = Cue((first, *rest), row["tag"], position, row["status"], row["negated"])
            base, *irregular = first.split("|")
            for form in sorted({*irregular, *([base] if position in UNINFLECTED else forms(base))}):
                found.setdefault((form, position), []).append(cue)
    return {key: tuple(sorted(group, key=lambda c: -len(c.words))) for key, group in found.items()}


def forms(word: str) -> Iterator[str]:
    """The word and its regular endings: plan, plans, planned, planning. Some are no words; nothing is read from those."""
    yield word
    if len(word) < REACH or not word.isalpha():
        return
    yield word + "s"
    if word.endswith("e"):
        yield from (word + "d", word[:-1] + "ing")
    elif word.endswith("y"):
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ed", word + "ing")
    else:
        yield from (word + "es", word + "ed", word + "ing")
        if word[-2] in VOWELS:
            yield from (word + word[-1] + "ed", word + word[-1] + "ing")


def cue_at(word: Token, position: str) -> Cue | None:
    """The longest cue that starts at the word; its other words follow it or hang on it ("call the merger off")."""
    for cue in cues().get((word.lower_, position), ()):
        rest = cue.words[1:]
        follows = tuple(t.lower_ for t in word.doc[word.i + 1 : word.i + 1 + len(rest)]) == rest
        if word.tag_.startswith(cue.tag) and (follows or all(any(c.lower_ == w for c in word.children) for w in rest)):
            return cue
    return None


def in_phrase(word: Token, position: str) -> bool:
    """Whether a phrase of this position covers the word, as its first word or a later one."""
    return any(
        (cue := cue_at(word.doc[i], position)) is not None and i + len(cue.words) > word.i
        for i in range(max(word.sent.start, word.i - REACH), word.i + 1)
    )
