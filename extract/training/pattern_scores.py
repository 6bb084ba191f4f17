"""How often each rule of rules/relations.jsonl is right over annotated articles, with the mentions as annotated.

    python -m extract.training.pattern_scores train.jsonl dev.jsonl [--write]

Prints rule, precision, facts right and found; `--write` stores the precision in the rules file, that of implied rules
excepted. A fact counts once an article, with all members of a list that it is distributed over. Rules that were seldom found lean on the others of their
predicate: their precision counts two more facts, which are right as often as those of the predicate's rules together.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Span

import extract
from extract.components.cluster import Cluster
from extract.components.coordination import distributed
from extract.components.patterns import as_pair, matches
from extract.evaluate import Record, ordered, read_records
from extract.syntax.rules import RULES, read_rules, shipped_patterns
from extract.syntax.scene import Scene, scene_of

PRIOR, SUREST = 2, 0.99
Found = dict[str, set[tuple[str, ...]]]


def annotated(record: Record, nlp: Language) -> tuple[Scene, dict[int, str]]:
    """The scene of the annotated mentions, and the entity of each cluster by its number."""
    doc = nlp.get_pipe("policy_encoder")(nlp.make_doc(record["text"]))  # type: ignore[operator]
    spans: dict[tuple[str, bool], list[Span]] = defaultdict(list)
    for mention in record["mentions"]:
        kind = record["entities"][mention["entity"]]
        span = doc.char_span(mention["start"], mention["end"], label=kind, alignment_mode="expand")
        spans[mention["entity"], mention["name"]].append(span)
    entities = sorted({entity for entity, _ in spans})
    doc._.clusters = [Cluster(spans[e, True], spans[e, False], record["entities"][e]) for e in entities]
    return scene_of(doc), dict(enumerate(entities))


def collect(paths: Iterable[Path], nlp: Language) -> tuple[Found, Found]:
    """The facts that each rule found, and those of them that are annotated."""
    found: Found = defaultdict(set)
    right: Found = defaultdict(set)
    for record in (record for path in paths for record in read_records(path)):
        gold = {ordered(r["s"], r["p"], r["o"]) for r in record["relations"]}
        for rule, fact in facts(record, nlp):
            found[rule].add((record["id"], *fact))
            if fact in gold:
                right[rule].add((record["id"], *fact))
    return found, right


def facts(record: Record, nlp: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(rule, fact) of one article."""
    scene, entity = annotated(record, nlp)
    for match in matches(scene, shipped_patterns()):
        for pair in distributed([as_pair(match)], scene.lists):
            subject, obj = pair.ends
            yield match.rule.id, ordered(entity[subject], pair.label, entity[obj])


def precisions(found: Found, right: Found) -> dict[str, float]:
    totals: Counter[tuple[str, bool]] = Counter()
    rules = [rule for rule in read_rules() if not rule.implied]
    for rule in rules:
        totals[rule.predicate, True] += len(right[rule.id])
        totals[rule.predicate, False] += len(found[rule.id])
    shares = {rule.id: totals[rule.predicate, True] / max(1, totals[rule.predicate, False]) for rule in rules}
    measured = {i: (len(right[i]) + PRIOR * s) / (len(found[i]) + PRIOR) for i, s in shares.items()}
    return {i: min(SUREST, round(share, 2)) for i, share in measured.items()}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("articles", type=Path, nargs="+")
    args.add_argument("--write", action="store_true", help="store the precision in rules/relations.jsonl")
    a = args.parse_args()
    found, right = collect(a.articles, extract.load())
    measured = precisions(found, right)
    for rule, share in measured.items():
        print(f"{rule:32} {share:.2f} {len(right[rule]):5} {len(found[rule]):5}")
    if a.write:
        rows = [json.loads(line) for line in RULES.read_text(encoding="utf-8").splitlines()]
        lines = [
            json.dumps(row | {"precision": measured.get(row["id"], row["precision"])}, ensure_ascii=False)
            for row in rows
        ]
        beside = RULES.with_suffix(".part")
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        beside.replace(RULES)


if __name__ == "__main__":
    main()
