"""Our own annotated corpus (JSONL, see GUIDELINE.md) as training windows: entity layers, values, measures and pairs."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extract.evaluate import Record, read_records
from extract.schema import PAIR_LABELS, STATUS_LABELS
from extract.tokens import tokenizer
from extract.training.windows import Window

Span = tuple[int, int, str]


def corpus_windows(path: Path, rng: random.Random, longest: int = 140) -> Iterator[Window]:
    """Windows of whole sentences of one article, at most about `longest` words."""
    for record in read_records(path):
        yield from record_windows(record, rng, longest)


def record_windows(record: Record, rng: random.Random, longest: int) -> Iterator[Window]:
    doc = tokenizer()(record["text"])
    words = [t for t in doc if not t.is_space]
    sent_of = sentence_numbers(record, words)
    room, begin = rng.randint(longest // 3, longest), 0
    for at in range(1, len(words) + 1):
        ended = at == len(words) or sent_of[at] != sent_of[at - 1]
        if ended and (at == len(words) or next_end(sent_of, at) - begin > room):
            yield make_window(record, words[begin:at], sent_of[begin:at])
            begin, room = at, rng.randint(longest // 3, longest)


def next_end(sent_of: list[int], at: int) -> int:
    end = at
    while end < len(sent_of) and sent_of[end] == sent_of[at]:
        end += 1
    return end


def sentence_numbers(record: Record, words: list[Any]) -> list[int]:
    numbers, sent = [], 0
    for word in words:
        while word.idx >= record["sents"][sent][1]:
            sent += 1
        numbers.append(sent)
    return numbers


def make_window(record: Record, words: list[Any], sent_of: list[int]) -> Window:
    place = Placer(words)
    typed = record["entities"]
    mentions = [(place.span(m), m) for m in record["mentions"]]
    names = [(s, typed[m["entity"]], m) for s, m in mentions if s and m["name"]]
    refs = [(s, typed[m["entity"]], m) for s, m in mentions if s and not m["name"]]
    outer = [n for n in names if not any(inside(n[0], o[0]) for o in names)]
    inner = [n for n in names if n not in outer]
    values = [
        (s, kind, r)
        for key, kind in (("dates", "DATE"), ("quantities", "QUANTITY"))
        for r in record[key]
        if (s := place.span(r))
    ]
    measures = [(s, "MEASURE", m) for m in record["measures"] if (s := place.span(m))]
    size = len(words)
    labels = {
        "name": bio(size, outer),
        "inner": bio(size, inner),
        "ref": bio(size, refs),
        "value": bio(size, values),
        "measure": bio(size, measures),
        "sent": tuple("B" if i == 0 or sent_of[i] != sent_of[i - 1] else "I" for i in range(size)),
    }
    spans = [(*s, kind) for s, kind, _ in [*outer, *inner, *refs, *values, *measures]]
    keys = [
        row.get("entity") or row.get("id") or ("m", row["start"])
        for _, _, row in [*outer, *inner, *refs, *values, *measures]
    ]
    sents = [sent_of[s[0]] for s in spans]
    pairs = tuple(gold_pairs(record, spans, keys, sents))
    entities = tuple(row.get("entity") for _, _, row in [*outer, *inner, *refs, *values, *measures])
    named = len(outer) + len(inner)
    return Window(
        tuple(w.text for w in words), labels, pairs, tuple(spans), entities, frozenset(range(named, named + len(refs)))
    )


class Placer:
    """Character offsets of a record to word indexes of one window."""

    def __init__(self, words: list[Any]) -> None:
        self.starts = {w.idx: i for i, w in enumerate(words)}
        self.ends = {w.idx + len(w): i + 1 for i, w in enumerate(words)}
        self.words = words

    def span(self, row: dict[str, Any]) -> tuple[int, int] | None:
        """(first word, last word + 1), widened to whole words; None outside this window."""
        if not self.words or row["start"] < self.words[0].idx or row["end"] > self.words[-1].idx + len(self.words[-1]):
            return None
        start = self.starts.get(row["start"])
        end = self.ends.get(row["end"])
        if start is None:
            start = max(i for i, w in enumerate(self.words) if w.idx <= row["start"])
        if end is None:
            end = 1 + max(i for i, w in enumerate(self.words) if w.idx < row["end"])
        return (start, end) if start < end else None


def inside(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a != b and b[0] <= a[0] and a[1] <= b[1]


def bio(size: int, spans: Iterable[tuple[tuple[int, int], str, Any]]) -> tuple[str, ...]:
    labels = ["O"] * size
    for (start, end), kind, _ in sorted(spans, key=lambda s: (s[0][0], -s[0][1])):
        if all(x == "O" for x in labels[start:end]):
            labels[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
    return tuple(labels)


def gold_pairs(
    record: Record, spans: list[Span], keys: list[Any], sents: list[int]
) -> Iterator[tuple[int, int, int, int]]:
    """(subject span, object span, label, status or -1): the nearest pair of mentions of each fact's sentence.

    Other pairs of the same two entities within the sentence get label -1: neither right nor wrong.
    """
    for subject, predicate, obj, status, sent in facts_of(record):
        left = places(subject, keys, sents, sent, spans)
        right = places(obj, keys, sents, sent, spans)
        ranked = sorted((distance(spans[i], spans[j]), i, j) for i in left for j in right if i != j)
        for rank, (_, i, j) in enumerate(ranked):
            if rank:
                yield i, j, -1, -1
        if ranked:
            _, i, j = ranked[0]
            yield i, j, PAIR_LABELS.index(predicate), STATUS_LABELS.index(status) if status in STATUS_LABELS else -1


def places(key: Any, keys: list[Any], sents: list[int], sent: int, spans: list[Span]) -> list[int]:
    """Spans of this entity in the sentence, else the last ones in the two sentences before it."""
    for back in (0, 1, 2):
        found = [i for i, k in enumerate(keys) if k == key and sents[i] == sent - back]
        if found:
            return found
    return []


def distance(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def facts_of(record: Record) -> Iterator[tuple[Any, str, Any, str, int]]:
    for r in record["relations"]:
        yield r["s"], r["p"], r["o"], r["status"].capitalize(), r["sent"]
    for r in record["indicators"]:
        yield r["of"], "indicatorOf", r["quantity"], r["status"].capitalize(), r["sent"]
    for r in record["dated"]:
        if r["date"]:
            yield r["of"], r["p"], r["date"], r["status"].capitalize(), r["sent"]
    for r in record["measures"]:
        yield r["of"], "measureOf", ("m", r["start"]), r["status"].capitalize(), r["sent"]
