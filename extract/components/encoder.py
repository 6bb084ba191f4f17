"""The trained model as a spaCy component: one ONNX encoder, whose heads give tags, lemmas, sentences, trees and spans.

A window holds whole sentences of one text, at most `LONGEST` pieces; a longer sentence is read in windows that overlap.
Every window is one run by itself, so that results do not depend on batch size or on neighbouring texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token

from extract.attributes import MEASURES, NAMES, REFERENCES, VALUES
from extract.components.decode import best_labels, label_spans, tree_heads
from extract.model_io import SHAPES, Vocabulary, distance_buckets, shape_of

LONGEST, OVERLAP, BLOCK = 180, 40, 1000
EVERY = slice(None)
ENDS = frozenset({".", "!", "?", ".”", '."', "。"})
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Window:
    """Words [start, end) are read together; of them, [first, last) are kept."""

    start: int
    end: int
    first: int
    last: int


class PolicyModel:
    """The files of a model folder, opened once; `scores` runs the network over a text's words."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(folder / "policy.onnx", options, providers=["CPUExecutionProvider"])
        table = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.labels: dict[str, list[str]] = table["labels"]
        self.columns: dict[str, slice] = {name: slice(*ends) for name, ends in table["columns"].items()}
        self.span_types: list[str] = table["span_types"]
        self.pair_labels: list[str] = table["pairs"]
        self.weights = {name: value.astype(np.float32) for name, value in np.load(folder / "pairs.npz").items()}
        self.vocabulary = Vocabulary.read(folder / "vocab.txt")
        self.folder = folder

    def __reduce__(self) -> tuple[type[PolicyModel], tuple[Path]]:
        """A worker process opens the files anew: a session cannot be pickled."""
        return PolicyModel, (self.folder,)

    def scores(self, words: Sequence[str], breaks: frozenset[int]) -> Floats:
        """(words, columns) scores of all heads. `breaks` are word indexes at which a sentence surely starts."""
        pieces = [self.vocabulary.pieces(word) for word in words]
        out = np.zeros((len(words), max(c.stop for c in self.columns.values())), dtype=np.float32)
        for window in windows([len(p) for p in pieces], words, breaks):
            found = self.run(words[window.start : window.end], pieces[window.start : window.end])
            out[window.first : window.last] = found[window.first - window.start : window.last - window.start]
        return out

    def run(self, words: Sequence[str], pieces: Sequence[list[int]]) -> Floats:
        lengths = [len(p) for p in pieces]
        first = np.cumsum([1, *lengths[:-1]])
        ids = [self.vocabulary.cls, *(i for p in pieces for i in p), self.vocabulary.sep]
        shapes = [0, *(SHAPES[shape_of(w)] for w, n in zip(words, lengths, strict=True) for _ in range(n)), 0]
        places = np.arange(len(ids))
        feed = {"pieces": [ids], "shapes": [shapes], "places": places[None], "first": first}
        arrays = {name: np.asarray(value, dtype=np.int64) for name, value in feed.items()}
        return self.session.run(None, arrays)[0][0]  # type: ignore[no-any-return]


def claim_settings(folder: Path) -> tuple[dict[str, float], tuple[float, float]]:
    """What was fitted on the dev split: the least probability of each pair label, and slope and offset of confidence."""
    table = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    slope, offset = table["calibration"]
    return {label: float(value) for label, value in table["thresholds"].items()}, (float(slope), float(offset))


def windows(sizes: Sequence[int], words: Sequence[str], breaks: frozenset[int]) -> Iterator[Window]:
    """Windows of whole sentences, cut at paragraph breaks and sentence ends, as full as `LONGEST` allows."""
    cuts = [i for i in range(1, len(words)) if i in breaks or words[i - 1] in ENDS]
    start = 0
    filled, last_cut = 0, 0
    for left, right in zip([0, *cuts], [*cuts, len(words)], strict=True):
        size = sum(sizes[left:right])
        if filled and filled + size > LONGEST:
            yield from spread(sizes, start, last_cut)
            start, filled = left, 0
        filled, last_cut = filled + size, right
    if words:
        yield from spread(sizes, start, len(words))


def spread(sizes: Sequence[int], start: int, end: int) -> Iterator[Window]:
    """One window, or overlapping ones where the stretch is longer than `LONGEST`."""
    left, kept = start, start
    while left < end:
        right, filled = left, 0
        while right < end and (filled + sizes[right] <= LONGEST or right == left):
            filled += sizes[right]
            right += 1
        last = right if right == end else max(kept + 1, right - OVERLAP // 2)
        yield Window(left, right, kept, last)
        if right == end:
            return
        left, kept = max(left + 1, right - OVERLAP), last


@dataclass(frozen=True)
class PairScorer:
    """Scores pairs of spans of one text; rows of `first`/`last` arrays are the text's words, `sums` runs over them."""

    model: PolicyModel
    subject_first: Floats
    subject_last: Floats
    object_first: Floats
    object_last: Floats
    sums: NDArray[np.float64]
    word_of: dict[int, int]

    def vectors(self, spans: Sequence[Span]) -> tuple[Floats, Floats]:
        """(spans, size) subject and object vectors. A span without a label is of no known type."""
        span_types = self.model.span_types
        first = [self.word_of[span.start] for span in spans]
        last = [self.word_of[span.end - 1] for span in spans]
        types = [span_types.index(span.label_) if span.label_ else len(span_types) for span in spans]
        w = self.model.weights
        subject = self.subject_first[first] + self.subject_last[last] + w["subject_type"][types]
        obj = self.object_first[first] + self.object_last[last] + w["object_type"][types]
        return np.maximum(subject, 0), np.maximum(obj, 0)

    def probabilities(
        self, spans: Sequence[Span], partners: Sequence[Sequence[int]], labels: slice = EVERY
    ) -> Iterator[tuple[int, Sequence[int], Floats]]:
        """(index of a subject span, indexes of object spans, (objects, labels) probabilities) for each span with partners.

        `partners` gives for each span, as the subject, the indexes of the spans that may be the object; `labels` which of
        `model.pair_labels` are asked for.
        """
        w = {name: self.model.weights[name][labels] for name in ("pair", "mixed", "mixed_bias")}
        distance = self.model.weights["distance"][:, labels]
        subject, obj = self.vectors(spans)
        objects = with_one(obj)
        asked = [i for i, others in enumerate(partners) if others]
        turned = np.tensordot(with_one(subject[asked]), w["pair"], axes=([1], [1]))
        places = np.array([(self.word_of[s.start], self.word_of[s.end - 1] + 1) for s in spans]).reshape(-1, 2)
        for row, i in enumerate(asked):
            others = partners[i]
            hidden = np.maximum(subject[i] + obj[others] + self.between(places[i], places[others]), 0)
            logits = objects[others] @ turned[row].T + hidden @ w["mixed"].T
            logits += w["mixed_bias"] + distance[distance_buckets(places[i], places[others])]
            yield i, others, sigmoid(logits)

    def between(self, place: NDArray[np.int64], others: NDArray[np.int64]) -> Floats:
        """(others, size): the mean of the words strictly between a span and each other one, zero where there are none."""
        start = np.minimum(place[1], others[:, 1])
        end = np.maximum(np.maximum(place[0], others[:, 0]), start)
        total = self.sums[end] - self.sums[start]
        return (total / np.maximum(end - start, 1)[:, None]).astype(np.float32)  # type: ignore[no-any-return]


def sigmoid(logits: Floats) -> Floats:
    return (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)


class Encoder:
    """Sets tags, lemmas, sentence starts, heads, and the span groups of the trained model."""

    def __init__(self, folder: Path) -> None:
        self.model = PolicyModel(folder)

    def __call__(self, doc: Doc) -> Doc:
        tokens = [t for t in doc if not t.is_space]
        if not tokens:
            return doc
        breaks = paragraph_starts(doc, tokens)
        scores = self.model.scores([t.text for t in tokens], breaks)
        self.set_syntax(doc, tokens, scores, breaks)
        self.set_spans(doc, tokens, scores)
        parts = {
            n: scores[:, self.model.columns[n]]
            for n in ("subject_first", "subject_last", "object_first", "object_last")
        }
        sums = np.zeros((len(tokens) + 1, self.column(scores, "context").shape[1]))
        np.cumsum(self.column(scores, "context"), axis=0, dtype=np.float64, out=sums[1:])
        doc._.pairs = PairScorer(self.model, **parts, sums=sums, word_of={t.i: w for w, t in enumerate(tokens)})
        return doc

    def column(self, scores: Floats, task: str) -> Floats:
        return scores[:, self.model.columns[task]]

    def set_syntax(self, doc: Doc, tokens: Sequence[Token], scores: Floats, breaks: frozenset[int]) -> None:
        tags, lemmas, deps = (self.model.labels[task] for task in ("tag", "lemma", "dep"))
        starts = self.column(scores, "sent").argmax(1) == self.model.labels["sent"].index("B")
        starts[[0, *breaks]] = True
        heads = self.heads(scores, np.flatnonzero(starts).tolist())
        tagged = [tags[i] for i in self.column(scores, "tag").argmax(1).tolist()]
        scripts = [lemmas[i] for i in self.column(scores, "lemma").argmax(1).tolist()]
        lemmatised = [apply_script(token.text, script) for token, script in zip(tokens, scripts, strict=True)]
        labelled = with_obliques([deps[i] for i in self.dependencies(scores, heads)], heads)
        annotate(doc, tokens, heads, zip(tagged, lemmatised, labelled, strict=True))

    def heads(self, scores: Floats, starts: Sequence[int]) -> list[int]:
        """The head of each word, a root its own; one tree a sentence."""
        dependent = with_one(np.maximum(self.column(scores, "arc_dep"), 0)) @ self.model.weights["arc"][0]
        head = with_one(np.maximum(self.column(scores, "arc_head"), 0))
        found: list[int] = []
        for start, end in zip(starts, [*starts[1:], len(scores)], strict=True):
            found += (tree_heads(dependent[start:end] @ head[start:end].T) + start).tolist()
        return found

    def dependencies(self, scores: Floats, heads: Sequence[int]) -> list[int]:
        """Index of the label of each word's arc to its head."""
        weight = self.model.weights["rel"]
        turning = weight.transpose(1, 0, 2).reshape(weight.shape[1], -1)
        dependent = with_one(np.maximum(self.column(scores, "rel_dep"), 0))
        head = with_one(np.maximum(self.column(scores, "rel_head"), 0))[list(heads)]
        found: list[int] = []
        for at in range(0, len(scores), BLOCK):  # in blocks, to bound the memory that long texts take
            by_label = (dependent[at : at + BLOCK] @ turning).reshape(-1, len(weight), head.shape[1])
            found += (by_label @ head[at : at + BLOCK, :, None])[:, :, 0].argmax(1).tolist()
        return found

    def set_spans(self, doc: Doc, tokens: Sequence[Token], scores: Floats) -> None:
        found = {
            task: self.layer(doc, tokens, scores, task)
            for task in ("name", "inner", "ref", "value", "measure")
            if task in self.model.columns
        }
        doc.spans[NAMES] = sorted(found.get("name", []) + found.get("inner", []), key=lambda s: (s.start, -s.end))
        doc.spans[REFERENCES] = found.get("ref", [])
        doc.spans[VALUES] = found.get("value", [])
        doc.spans[MEASURES] = found.get("measure", [])

    def layer(self, doc: Doc, tokens: Sequence[Token], scores: Floats, task: str) -> list[Span]:
        labels = self.model.labels[task]
        column = self.column(scores, task)
        shifted = column - column.max(axis=1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        spans = []
        for start, end, label in label_spans(best_labels(logs, labels), labels):
            span = Span(doc, tokens[start].i, tokens[end - 1].i + 1, label=label)
            span._.score = float(np.exp(label_mass(logs[start:end], labels, label)).mean())
            spans.append(span)
        return spans


def with_obliques(labels: Sequence[str], heads: Sequence[int]) -> list[str]:
    """The labels of a tree; an object with a preposition is none: "together [with] Kemi" (the guidelines of UD)."""
    marked = {head for label, head in zip(labels, heads, strict=True) if label == "case"}
    return ["obl" if label == "obj" and word in marked else label for word, label in enumerate(labels)]


def with_one(rows: Floats) -> Floats:
    """The rows with a last column of ones, which carries the biases of a biaffine product."""
    return np.concatenate([rows, np.ones((len(rows), 1), dtype=np.float32)], axis=1)


def label_mass(logs: Floats, labels: Sequence[str], label: str) -> Floats:
    """Log probability that each word belongs to a span of this label, at its start or inside."""
    mine = [i for i, name in enumerate(labels) if name[2:] == label]
    return np.logaddexp.reduce(logs[:, mine], axis=1)  # type: ignore[no-any-return]


def paragraph_starts(doc: Doc, tokens: Sequence[Token]) -> frozenset[int]:
    """Indexes of words that an empty line precedes."""
    return frozenset(
        i for i in range(1, len(tokens)) if tokens[i].i - tokens[i - 1].i > 1 and "\n\n" in doc[tokens[i].i - 1].text
    )


def apply_script(word: str, script: str) -> str:
    """The lemma that a lemma script makes of a word; a script that cuts more than there is leaves the word."""
    cut, suffix = script.split("|", 1)
    low = word.lower()
    return low[: len(low) - int(cut)] + suffix if int(cut) < len(low) or suffix else low


def annotate(doc: Doc, tokens: Sequence[Token], heads: Sequence[int], rows: Iterable[tuple[str, str, str]]) -> None:
    """Tag, lemma, dependency label and head of every token; white space hangs on the token before it."""
    places = [token.i for token in tokens]
    size, strings = len(doc), doc.vocab.strings
    table = np.zeros((size, 4), dtype=np.uint64)
    table[:, :3] = strings.add("_SP"), strings.add(" "), strings.add("dep")
    table[places, :3] = [[strings.add(text) for text in row] for row in rows]
    head_of = np.maximum(np.arange(size) - 1, 0)
    head_of[: places[0]] = places[0]
    head_of[places] = np.asarray(places)[list(heads)]
    table[:, 3] = (head_of - np.arange(size)).astype(np.int64).view(np.uint64)
    doc.from_array(["TAG", "LEMMA", "DEP", "HEAD"], table)  # type: ignore[arg-type]
