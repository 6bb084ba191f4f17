"""Precision and recall of the pipeline over annotated articles (JSONL, see training/GUIDELINE.md)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.attributes import MEASURES, NAMES, REFERENCES
from extract.components.cluster import Cluster
from extract.components.pair import VALUE, Pair
from extract.dates import parse_date, parse_when
from extract.quantities import parse_quantity
from extract.schema import SYMMETRIC

Record = Mapping[str, Any]
Key = tuple[Any, ...]


class RecordError(ValueError):
    """An annotated file that cannot be read; names file and line and says what would be right."""


@dataclass(frozen=True)
class Score:
    """Counts of one figure."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def read_records(path: Path) -> Iterator[Record]:
    """Annotated articles, one JSON object a line. Raises RecordError."""
    if not path.is_file():
        raise RecordError(f"{path}: is not there; name a file of annotated articles (JSONL)")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise RecordError(f"{path}: is no text; a file of annotated articles (JSONL) is right") from None
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise RecordError(f"{path}:{number}: is no JSON ({error}); one annotated article a line is right") from None
        if not isinstance(record, dict) or not {"text", "mentions", "entities"} <= record.keys():
            raise RecordError(f"{path}:{number}: lacks text, mentions or entities; see extract/training/GUIDELINE.md")
        yield record


def evaluate(records: Iterable[Record], nlp: Language) -> dict[str, Score]:
    """Scores by figure: names (exact span and type; "name T" by type), references, links, relations ("relation p"),
    indicators, dates and measures, micro-averaged over the records."""
    sets: dict[str, list[tuple[set[Key], set[Key]]]] = defaultdict(list)
    for record in records:
        doc = nlp(record["text"])
        for figure, found, gold in compare(record, doc):
            sets[figure].append((found, gold))
    counted = {figure: count(pairs) for figure, pairs in sets.items()}
    return dict(sorted(counted.items()))


def count(pairs: Iterable[tuple[set[Key], set[Key]]]) -> Score:
    totals: Counter[str] = Counter()
    for found, gold in pairs:
        totals.update(right=len(found & gold), found=len(found), gold=len(gold))
    return Score(totals["right"], totals["found"], totals["gold"])


def compare(record: Record, doc: Doc) -> Iterator[tuple[str, set[Key], set[Key]]]:
    """(figure, found, gold) sets of one article; entities found are spoken of by the gold entity they are."""
    typed = record["entities"]
    gold_names = {(m["start"], m["end"], typed[m["entity"]]) for m in record["mentions"] if m["name"]}
    found_names = {(s.start_char, s.end_char, s.label_) for s in doc.spans.get(NAMES, ())}
    yield "names", found_names, gold_names
    yield "names untyped", {n[:2] for n in found_names}, {n[:2] for n in gold_names}
    for kind in sorted({n[2] for n in found_names | gold_names}):
        yield f"name {kind}", {n for n in found_names if n[2] == kind}, {n for n in gold_names if n[2] == kind}
    gold_refs = {(m["start"], m["end"]) for m in record["mentions"] if not m["name"]}
    yield "references", {(s.start_char, s.end_char) for s in doc.spans.get(REFERENCES, ())}, gold_refs
    meant = align(record, doc._.clusters)
    yield (
        "links",
        found_links(doc, meant),
        {(m["start"], m["end"], m["entity"]) for m in record["mentions"] if not m["name"]},
    )
    yield from compare_facts(record, doc, meant)


def align(record: Record, clusters: Iterable[Cluster]) -> dict[int, str]:
    """Gold entity of each cluster (by its number): the one that most of its names are."""
    entity_of = {(m["start"], m["end"]): m["entity"] for m in record["mentions"]}
    found = {}
    for cluster in clusters:
        votes = Counter(e for s in cluster.names if (e := entity_of.get((s.start_char, s.end_char))))
        if votes:
            found[cluster.number] = max(sorted(votes), key=lambda e: votes[e])
    return found


def found_links(doc: Doc, meant: Mapping[int, str]) -> set[Key]:
    return {(s.start_char, s.end_char, meant.get(c.number, "?")) for c in doc._.clusters for s in c.references}


def compare_facts(record: Record, doc: Doc, meant: Mapping[int, str]) -> Iterator[tuple[str, set[Key], set[Key]]]:
    gold = {ordered(r["s"], r["p"], r["o"]) for r in record["relations"]}
    found = {ordered(name(p.subject, meant), p.label, name(p.object, meant)) for p in doc._.relations}
    yield "relations", found, gold
    for predicate in sorted({r[1] for r in found | gold}):
        yield f"relation {predicate}", {r for r in found if r[1] == predicate}, {r for r in gold if r[1] == predicate}
    yield (
        "indicators",
        set(found_values(doc._.indicators, meant)),
        {(i["of"], Decimal(i["value"]).normalize()) for i in record["indicators"]},
    )
    when = parse_when(record["date"] or None)
    dated = {(d["of"], d["p"], d["value"][:7]) for d in record["dated"]}
    yield (
        "dates",
        {(name(p.subject, meant), p.label, (parse_date(p.right.text, when) or "")[:7]) for p in doc._.dates},
        dated,
    )
    gold_measures = {(m["of"], m["start"], m["end"]) for m in record["measures"]}
    yield "measures", set(matched(doc._.measures, meant, gold_measures)), gold_measures
    yield (
        "measure spans",
        {(s.start_char, s.end_char) for s in doc.spans.get(MEASURES, ())},
        {m[1:] for m in gold_measures},
    )


def name(item: Cluster | Span, meant: Mapping[int, str]) -> str:
    number = item.number if isinstance(item, Cluster) else VALUE
    return meant.get(number, f"? {number}")


def ordered(subject: str, predicate: str, obj: str) -> Key:
    ends = sorted((subject, obj)) if predicate in SYMMETRIC else (subject, obj)
    return ends[0], predicate, ends[1]


def found_values(pairs: Iterable[Pair], meant: Mapping[int, str]) -> Iterator[Key]:
    for pair in pairs:
        quantity = parse_quantity(pair.right.text)
        if quantity is not None:
            yield name(pair.subject, meant), quantity.value.normalize()


def matched(pairs: Iterable[Pair], meant: Mapping[int, str], gold: set[Key]) -> Iterator[Key]:
    """Found measures under the gold measure whose words they share for the most part."""
    for pair in pairs:
        subject, start, end = name(pair.subject, meant), pair.right.start_char, pair.right.end_char
        same = [
            g
            for g in sorted(gold)
            if g[0] == subject and min(end, g[2]) - max(start, g[1]) >= 0.6 * min(end - start, g[2] - g[1])
        ]
        yield same[0] if same else (subject, start, end)
