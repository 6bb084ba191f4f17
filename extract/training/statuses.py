"""How well the status of facts is read: on the true facts of annotated articles, their spans given.

    python -m extract.training.statuses dev.jsonl test.jsonl

For each file three rows of figures: the pair head alone, the syntax alone (components.status), and both as they ship.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span

import extract
from extract.components.proposals import status_of
from extract.components.status import read_status
from extract.evaluate import Record, Score, read_records
from extract.schema import STATUS_LABELS, STATUS_SCORES, STATUSES
from extract.training.corpus import distance, facts_of

LIKELIER_THAN_NOT = 0.5


@dataclass(frozen=True)
class Case:
    """A true fact: its status, and the one that each reader gives it."""

    gold: str
    learned: str
    rules: str
    both: str


def cases(records: Iterable[Record]) -> Iterator[Case]:
    nlp = extract.load()
    for record in records:
        doc = nlp.get_pipe("policy_encoder")(nlp.make_doc(record["text"]))
        for label, status, left, right in true_facts(record, doc):
            yield read(doc, label, status, left, right)


def read(doc: Doc, label: str, status: str, left: Span, right: Span) -> Case:
    _, _, (every,) = next(doc._.pairs.probabilities([left, right], [[1], []]))
    scores = every[STATUS_SCORES]
    reading, _ = read_status(left, right, label)
    return Case(
        status, likeliest(scores), reading.status, status_of(scores) if reading.word is None else reading.status
    )


def likeliest(scores: Sequence[float]) -> str:
    best = max(range(len(STATUS_LABELS)), key=lambda k: scores[k])
    return STATUS_LABELS[best] if scores[best] >= LIKELIER_THAN_NOT else "Asserted"


def true_facts(record: Record, doc: Doc) -> Iterator[tuple[str, str, Span, Span]]:
    """(label, status, subject span, object span) of each fact: the nearest two of its mentions in its sentence."""
    spans = mention_spans(record, doc)
    for subject, label, obj, status, sent in facts_of(record):
        pairs = [(a, b) for a in near(spans, subject, sent) for b in near(spans, obj, sent) if a is not b]
        if pairs:
            left, right = min(pairs, key=lambda p: distance((p[0].start, p[0].end, ""), (p[1].start, p[1].end, "")))
            yield label, status, left, right


Mention = tuple[object, int, Span]


def mention_spans(record: Record, doc: Doc) -> list[Mention]:
    """(entity or value, sentence number, span) of everything annotated."""
    rows = [(m["entity"], record["entities"][m["entity"]], m) for m in record["mentions"]]
    rows += [(d["id"], "DATE", d) for d in record["dates"]] + [(q["id"], "QUANTITY", q) for q in record["quantities"]]
    rows += [(("m", m["start"]), "MEASURE", m) for m in record["measures"]]
    found = []
    for key, kind, row in rows:
        span = doc.char_span(row["start"], row["end"], label=kind, alignment_mode="expand")
        if span is not None:
            found.append((key, sum(end <= row["start"] for _, end in record["sents"]), span))
    return found


def near(mentions: Sequence[Mention], key: object, sent: int) -> list[Span]:
    """Mentions in this sentence, else in one of the two before it."""
    for back in (0, 1, 2):
        if found := [span for k, s, span in mentions if k == key and s == sent - back]:
            return found
    return []


def scores(read: Iterable[tuple[str, str]]) -> dict[str, Score]:
    """Scores of each status, and of "not asserted" as a whole, from (true, read) statuses."""
    counts = Counter(read)
    found = {status: score(counts, (status,)) for status in STATUSES}
    return {**found, "not asserted": score(counts, STATUS_LABELS)}


def score(counts: Counter[tuple[str, str]], statuses: Sequence[str]) -> Score:
    return Score(
        sum(counts[s, s] for s in statuses),
        sum(n for (_, read), n in counts.items() if read in statuses),
        sum(n for (gold, _), n in counts.items() if gold in statuses),
    )


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("files", nargs="+", type=Path)
    for path in args.parse_args().files:
        every = list(cases(read_records(path)))
        for reader in ("learned", "rules", "both"):
            pairs = [(case.gold, getattr(case, reader)) for case in every]
            accuracy = sum(a == b for a, b in pairs) / max(1, len(pairs))
            print(f"{path.name} {reader}: accuracy {accuracy:.3f} of {len(pairs)}")
            for status, s in scores(pairs).items():
                print(f"  {status:13} precision {s.precision:.3f} recall {s.recall:.3f} f1 {s.f1:.3f} of {s.gold}")


if __name__ == "__main__":
    main()
