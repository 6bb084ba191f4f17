"""Training windows: words with the labels of whichever tasks their source annotates, as word pieces and label ids."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin

from extract.model_io import SHAPES, Vocabulary, shape_of

IGNORE = -100


@dataclass(frozen=True)
class Window:
    """Words of one stretch of text. `labels` maps a task to one label a word (None: not annotated)."""

    words: tuple[str, ...]
    labels: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    pairs: tuple[tuple[int, int, int, int], ...] = ()  # (subject span, object span, label, status); -1: neither or none
    spans: tuple[tuple[int, int, str], ...] = ()  # candidate arguments: first word, last word + 1, type
    entities: tuple[str | None, ...] = ()  # of each span, the thing it means
    references: frozenset[int] = frozenset()  # spans that are no names


@dataclass(frozen=True)
class Encoded:
    """A window as ids: pieces with [CLS] and [SEP], the position of each word's first piece, shapes by piece."""

    pieces: list[int]
    first: list[int]
    shapes: list[int]
    window: Window


def encode(window: Window, vocabulary: Vocabulary) -> Encoded:
    pieces, shapes, first = [vocabulary.cls], [0], []
    for word in window.words:
        ids = vocabulary.pieces(word)
        first.append(len(pieces))
        pieces += ids
        shapes += [SHAPES[shape_of(word)]] * len(ids)
    return Encoded([*pieces, vocabulary.sep], first, [*shapes, 0], window)


def read_docbins(folder: Path, names: Iterable[str]) -> Iterator[Doc]:
    nlp = spacy.blank("en")
    for name in names:
        yield from DocBin().from_disk(folder / f"{name}.spacy").get_docs(nlp.vocab)


def syntax_windows(docs: Iterable[Doc], rng: random.Random, longest: int = 110) -> Iterator[Window]:
    """Windows of one to a few whole sentences; heads are word indexes within the window, a root points at itself."""
    for doc in docs:
        group: list[Any] = []
        room = rng.randint(20, longest)
        for sent in doc.sents:
            if group and sum(map(len, group)) + len(sent) > room:
                yield syntax_window(group)
                group, room = [], rng.randint(20, longest)
            group.append(sent)
        if group:
            yield syntax_window(group)


def syntax_window(sents: Sequence[Any]) -> Window:
    kept = [t for sent in sents for t in sent if not t.is_space][:160]
    place = {t.i: index for index, t in enumerate(kept)}
    starts = {sent[0].i for sent in sents}
    return Window(
        words=tuple(t.text for t in kept),
        labels={
            "tag": tuple(t.tag_ or None for t in kept),
            "head": tuple(place.get(t.head.i) for t in kept),
            "dep": tuple(t.dep_ or None for t in kept),
            "lemma": tuple(t.lemma_ or None for t in kept),
            "sent": tuple("B" if t.i in starts else "I" for t in kept),
        },
    )


def entity_windows(docs: Iterable[Doc], rng: random.Random, longest: int = 110) -> Iterator[Window]:
    """Windows cut after sentence-ending punctuation; a token whose entity annotation is missing gets None."""
    for doc in docs:
        words: list[str] = []
        labels: list[str | None] = []
        room = rng.randint(30, longest)
        for token in doc:
            if not token.is_space:
                words.append(token.text)
                labels.append({0: None, 2: "O"}.get(token.ent_iob, f"{token.ent_iob_}-{token.ent_type_}"))
            ended = token.text in {".", "!", "?", '."'} and len(words) >= room
            if (ended or len(words) >= 160) and words:
                yield Window(tuple(words), {"public": tuple(labels)})
                words, labels, room = [], [], rng.randint(30, longest)
        if words:
            yield Window(tuple(words), {"public": tuple(labels)})
