"""Thresholds and calibration of the pair head, fitted on the dev split and written into the model's labels.json.

    python -m extract.training.calibrate dev.jsonl --model extract/model

A label's threshold is the one nearest one half of those whose F1 on dev is the best or close to it, for the curves are
flat. A probability becomes a confidence by a logistic curve over all pairs above threshold (Platt 1999), so that of
claims with confidence 0.8 about eight in ten are right.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import extract
from extract.components.pair import Pair
from extract.evaluate import Record, align, name, ordered, read_records
from extract.quantities import parse_quantity
from extract.schema import DATES, INDICATOR_OF, MEASURE_OF, PAIR_LABELS, RELATIONS

LOWEST, STEPS = 0.05, np.arange(0.1, 0.91, 0.025)
FEW, FLAT = 60, 0.01
Scored = list[tuple[float, bool]]
Fact = tuple[object, ...]


def collect(path: Path) -> tuple[dict[str, Scored], dict[str, int]]:
    """(probability, right) of every fact proposed at a very low threshold, and the number of gold facts, by label."""
    found: dict[str, Scored] = defaultdict(list)
    wanted: dict[str, int] = defaultdict(int)
    for gold, facts in proposed(path, dict.fromkeys(PAIR_LABELS, LOWEST)):
        for fact in gold:
            wanted[str(fact[1])] += 1
        for fact, probability in facts.items():
            found[str(fact[1])].append((probability, fact in gold))
    return found, wanted


def proposed(path: Path, thresholds: dict[str, float]) -> Iterator[tuple[set[Fact], dict[Fact, float]]]:
    """Of each article the gold facts, and the facts that the pipeline finds with their raw probabilities."""
    nlp = extract.load()
    component = nlp.get_pipe("policy_claims")
    component.thresholds, component.calibration = thresholds, (1.0, 0.0)  # type: ignore[attr-defined]
    for record in read_records(path):
        doc = nlp(record["text"])
        meant = align(record, doc._.clusters)
        best: dict[Fact, float] = {}
        for pair in (*doc._.relations, *doc._.dates, *doc._.indicators, *doc._.measures):
            fact = fact_of(pair, meant)
            best[fact] = max(best.get(fact, 0.0), pair.probability)
        yield gold_facts(record), best


def gold_facts(record: Record) -> set[Fact]:
    r = record
    facts: set[Fact] = {ordered(x["s"], x["p"], x["o"]) for x in r["relations"]}
    facts |= {(x["of"], INDICATOR_OF, float(x["value"])) for x in r["indicators"]}
    spans = {d["id"]: d["start"] for d in r["dates"]}
    facts |= {(x["of"], x["p"], spans.get(x["date"])) for x in r["dated"]}
    return facts | {(x["of"], MEASURE_OF, x["start"]) for x in r["measures"]}


def fact_of(pair: Pair, meant: dict[int, str]) -> Fact:
    subject = name(pair.subject, meant)
    if pair.label in RELATIONS:
        return ordered(subject, pair.label, name(pair.object, meant))
    if pair.label == INDICATOR_OF:
        quantity = parse_quantity(pair.right.text)
        return subject, pair.label, float(quantity.value) if quantity else None
    return subject, pair.label, pair.right.start_char


def best_threshold(scored: Scored, wanted: int) -> float:
    def f1(threshold: float) -> float:
        kept = [right for probability, right in scored if probability >= threshold]
        return 2 * sum(kept) / (len(kept) + wanted) if kept else 0.0

    values = {float(t): f1(t) for t in STEPS}
    good = [t for t, value in values.items() if value >= max(values.values()) - FLAT]
    return min(good, key=lambda t: (abs(t - 0.5), t))


def group_of(label: str) -> str:
    return "date" if label in DATES else label


def platt(scored: Scored, rounds: int = 500, rate: float = 0.1) -> tuple[float, float]:
    """Slope and offset of the logistic curve from log-odds to the share of right facts, by gradient descent."""
    p = np.array([probability for probability, _ in scored]).clip(1e-4, 1 - 1e-4)
    x = np.log(p / (1 - p))
    y = np.array([right for _, right in scored], dtype=float)
    slope, offset = 1.0, 0.0
    for _ in range(rounds):
        error: NDArray[np.float64] = 1 / (1 + np.exp(-(slope * x + offset))) - y
        slope -= rate * float((error * x).mean())
        offset -= rate * float(error.mean())
    return round(slope, 4), round(offset, 4)


def fit_thresholds(found: dict[str, Scored], wanted: dict[str, int]) -> dict[str, float]:
    groups: dict[str, Scored] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for label, scored in sorted(found.items()):
        groups[group_of(label)] += scored
        totals[group_of(label)] += wanted[label]
    every = [item for label in RELATIONS for item in groups.get(label, [])]
    fallback = best_threshold(every, sum(totals[label] for label in RELATIONS))
    return {
        label: best_threshold(groups[group_of(label)], totals[group_of(label)])
        if totals[group_of(label)] >= FEW
        else fallback
        for label in PAIR_LABELS
    }


def reliability(scored: Iterable[tuple[float, bool]], bins: int = 10) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error, and (mean confidence, share right, count) of each tenth."""
    rows = sorted(scored)
    table = []
    for k in range(bins):
        part = [r for r in rows if k / bins <= r[0] < (k + 1) / bins or (k == bins - 1 and r[0] == 1)]
        if part:
            table.append((sum(p for p, _ in part) / len(part), sum(right for _, right in part) / len(part), len(part)))
    error = sum(abs(p - share) * n for p, share, n in table) / max(1, len(rows))
    return error, table


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("dev", type=Path)
    args.add_argument("--model", type=Path, default=Path(__file__).parent.parent / "model")
    a = args.parse_args()
    path = a.model / "labels.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    table["thresholds"] = fit_thresholds(*collect(a.dev))
    table["calibration"] = platt(
        [(p, fact in gold) for gold, facts in proposed(a.dev, table["thresholds"]) for fact, p in facts.items()]
    )
    path.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(table["thresholds"]), table["calibration"])


if __name__ == "__main__":
    main()
