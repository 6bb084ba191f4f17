"""How far two annotators of the same articles agree: F1 of the one against the other, for each kind of annotation.

python -m extract.training.agreement FIRST.jsonl SECOND.jsonl
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.evaluate import Score, count, read_records

Key = tuple[Any, ...]


def kinds(record: dict[str, Any], entity: dict[str, str]) -> Iterator[tuple[str, set[Key]]]:
    """(kind, annotations) of a record, its entities spoken of by the names that `entity` gives them."""
    typed = record["entities"]
    names = {(m["start"], m["end"], typed[m["entity"]]) for m in record["mentions"] if m["name"]}
    yield "names", names
    yield "names untyped", {n[:2] for n in names}
    references = {(m["start"], m["end"], entity.get(m["entity"])) for m in record["mentions"] if not m["name"]}
    yield "references", {r[:2] for r in references}
    yield "links", references
    yield "relations", {(entity.get(r["s"]), r["p"], entity.get(r["o"])) for r in record["relations"]}
    yield "indicators", {(entity.get(i["of"]), float(i["value"])) for i in record["indicators"]}
    yield "dates", {(entity.get(d["of"]), d["p"], d["value"]) for d in record["dated"]}
    yield "measures", {(entity.get(m["of"]), m["start"]) for m in record["measures"]}


def same_entities(first: dict[str, Any], second: dict[str, Any]) -> dict[str, str]:
    """Entity of the first annotation that each of the second is: the one with which it shares most mentions."""
    at = {(m["start"], m["end"]): m["entity"] for m in first["mentions"]}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in second["mentions"]:
        if (mention["start"], mention["end"]) in at:
            votes[mention["entity"]][at[mention["start"], mention["end"]]] += 1
    return {entity: max(sorted(count), key=lambda e: count[e]) for entity, count in votes.items()}


def agreement(first: dict[str, dict[str, Any]], second: dict[str, dict[str, Any]]) -> dict[str, Score]:
    """Scores by kind over the articles (by id) that both annotated, with the same text."""
    sets: dict[str, list[tuple[set[Key], set[Key]]]] = defaultdict(list)
    for ident in sorted(first.keys() & second.keys()):
        one, other = first[ident], second[ident]
        if one["text"] == other["text"]:
            own = dict(kinds(one, {e: e for e in one["entities"]}))
            for kind, found in kinds(other, same_entities(one, other)):
                sets[kind].append((found, own[kind]))
    return {kind: count(pairs) for kind, pairs in sets.items()}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("first", type=Path)
    args.add_argument("second", type=Path)
    a = args.parse_args()
    first, second = ({r["id"]: dict(r) for r in read_records(path)} for path in (a.first, a.second))
    print(f"{len(first.keys() & second.keys())} articles")
    for kind, score in agreement(first, second).items():
        print(f"{kind:16} F1 {score.f1:.3f}  ({score.right} of {score.gold} and {score.found})")


if __name__ == "__main__":
    main()
