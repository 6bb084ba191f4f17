"""Other names in the place of names: the same windows, so that a model learns from the words around a name and not the name."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extract.gazetteer import Gazetteer
from extract.schema import TOPICS
from extract.training.windows import Window

# How often a name of this type gives way; names that are descriptions ("the 2025 plan on ...") stay.
SHARES = {
    "Person": 0.6, "Company": 0.6, "City": 0.5, "District": 0.5, "Province": 0.4, "Country": 0.3, "Place": 0.4,
    "Park": 0.4, "University": 0.4, "ResearchInstitute": 0.4, "Organization": 0.4, "Industry": 0.2, "Technology": 0.2,
}  # fmt: skip
FROM_GAZETTEER = frozenset({"City", "District", "Province", "Country"})
PUBLIC_SHARE = 0.35
# Whose names may stand for a name of a public set's type.
PUBLIC = {
    "PERSON": ("Person",),
    "ORG": ("Company", "University", "ResearchInstitute", "Organization"),
    "LOC": ("City", "District", "Province", "Country", "Place"),
}
Name = tuple[str, ...]
Bank = Mapping[tuple[str, bool], Sequence[Name]]


def name_bank(windows: Iterable[Window], gazetteer: Gazetteer) -> Bank:
    """Names by (type, whether of one word): those of the windows, and places of the gazetteer, each once, sorted."""
    names: dict[tuple[str, bool], set[Name]] = {}
    for window in windows:
        for start, end, kind in leaves(window):
            words = window.words[start:end]
            if gives_way(words, kind):
                names.setdefault((kind, len(words) == 1), set()).add(words)
    for entry in gazetteer.entries.values():
        if entry.type in FROM_GAZETTEER and entry.label.isascii():
            names.setdefault((entry.type, " " not in entry.label), set()).add(tuple(entry.label.split()))
    return {key: sorted(found) for key, found in names.items()}


def gives_way(words: Name, kind: str) -> bool:
    """Proper names, and topics in lower case; "the old shipyard" as a place and a topic in a headline stay."""
    proper = words[0][:1].isupper() and words[-1][:1].isupper()
    return kind in SHARES and proper != (kind in TOPICS)


def leaves(window: Window) -> list[tuple[int, int, str]]:
    """The names that hold no other name."""
    spans = [s for i, s in enumerate(window.spans) if window.entities[i] and i not in window.references]
    return [s for s in spans if not any(o != s and s[0] <= o[0] and o[1] <= s[1] for o in spans)]


def renamed(window: Window, bank: Bank, rng: random.Random) -> Window:
    """The window with some of its names replaced by others of their type, the same name by the same one."""
    chosen: dict[Name, Name] = {}
    for start, end, kind in sorted(set(leaves(window))):
        words = window.words[start:end]
        if words not in chosen and gives_way(words, kind) and rng.random() < SHARES[kind]:
            chosen[words] = rng.choice(bank[kind, len(words) == 1])
    for start, end, _ in sorted(set(leaves(window)), reverse=True):
        words = window.words[start:end]
        if chosen.get(words, words) != words:
            window = spliced(window, start, end, chosen[words])
    return window


def publicly_renamed(window: Window, bank: Bank, rng: random.Random) -> Window:
    """The window of a public entity set with some of its names replaced by others of a type that fits."""
    for start, end, kind in reversed(public_names(window.labels["public"])):
        if kind in PUBLIC and rng.random() < PUBLIC_SHARE:
            names = bank.get((rng.choice(PUBLIC[kind]), end - start == 1), ())
            window = spliced(window, start, end, rng.choice(names)) if names else window
    return window


def public_names(labels: Sequence[str | None]) -> list[tuple[int, int, str]]:
    """(first word, last word + 1, type) of each name that the BIO labels of a window mark."""
    names: list[tuple[int, int, str]] = []
    for at, label in enumerate(labels):
        if label and label.startswith("B-"):
            names.append((at, at + 1, label[2:]))
        elif label and label.startswith("I-") and names and names[-1][1] == at:
            names[-1] = (names[-1][0], at + 1, names[-1][2])
    return names


def spliced(window: Window, start: int, end: int, words: Name) -> Window:
    """The window with other words at [start, end); labels, heads of spans and all places move along."""

    def moved(at: int) -> int:
        return at if at <= start else at + len(words) - (end - start) if at >= end else start

    labels = {
        task: (*row[: start + 1], *[within(row[start])] * (len(words) - 1), *row[end:])
        for task, row in window.labels.items()
    }
    return replace(
        window,
        words=(*window.words[:start], *words, *window.words[end:]),
        labels=labels,
        spans=tuple((moved(a), moved(b), kind) for a, b, kind in window.spans),
    )


def within(label: str | None) -> str | None:
    """The label of a word that goes on what this one starts; a sentence's "B" is followed by "I"."""
    if label is None:
        return None
    return label.replace("B-", "I-", 1) if label.startswith("B-") else "I" if label == "B" else label
