"""How well entities are told apart and put together across articles, against an annotated corpus.

    python -m kg.identity_scores ARTICLES.jsonl THINGS.csv [--pipeline]

THINGS.csv (`article,entity,type,names,thing`) says what each entity of the annotated articles is: the id of its
gazetteer entry or of a place's organ ("cn-jiangsu.commerce"), "=" and any word for another thing that several articles
name, or nothing. Names are those marked by hand; with --pipeline those that the pipeline finds.

Clusters: B-cubed (Bagga & Baldwin 1998) and pairwise precision, recall and F1 over entities of articles. Linking: share of
places and bodies that get their right id, or rightly none.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.evaluate import Record, Score, read_records
from extract.facts import ArticleFacts, SourceFacts
from extract.gazetteer import shipped_gazetteer
from extract.schema import BODIES, PLACES
from kg.aliases import ties
from kg.identity import article_iris
from kg.rdf import source_quads
from kg.things import read_things

COLUMNS = ["article", "entity", "type", "names", "thing"]
GROUPS: dict[str, frozenset[str]] = {"places": PLACES, "bodies": BODIES - {"Company"}}
Key = tuple[str, str]  # id of an article, id of an entity in it
Clusters = Mapping[Key, Hashable]


@dataclass(frozen=True)
class Gold:
    """What an entity is: its type as annotated, and its thing, "" for one that no table knows and no other article names."""

    type: str
    thing: str


def read_gold(path: Path) -> dict[Key, Gold]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            raise ValueError(
                f"{path}:1: the columns are {','.join(rows.fieldnames or ())}; {','.join(COLUMNS)} is right"
            )
        return {(row["article"], row["entity"]): Gold(row["type"], row["thing"]) for row in rows}


def found_clusters(articles: Sequence[ArticleFacts]) -> dict[Key, str]:
    """The node of each entity: its IRI, or that of the fuller named entity that it is tied to."""
    sources = (SourceFacts(article.id, "", (article,)) for article in articles)
    things = read_things(quad[:3] for source in sources for quad in source_quads(source))
    full = {tie.short: tie.full for tie in ties(things, shipped_gazetteer())}
    iris = {(a.id, key): iri for a in articles for key, iri in article_iris(a).items()}
    return {key: str(full.get(iri, iri)) for key, iri in iris.items()}


def gold_clusters(gold: Mapping[Key, Gold]) -> dict[Key, Hashable]:
    return {key: one.thing or key for key, one in gold.items()}


def b_cubed(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """Precision and recall: of the entities that share a cluster with one, how many are the same thing; the mean over all."""
    both = Counter((gold[key], found[key]) for key in gold)
    golds, founds = Counter(gold.values()), Counter(found[key] for key in gold)
    total = max(len(gold), 1)
    precision = sum(n * n / founds[f] for (_, f), n in both.items()) / total
    return precision, sum(n * n / golds[g] for (g, _), n in both.items()) / total


def pairwise(gold: Clusters, found: Clusters) -> Score:
    """Pairs of entities in one cluster: right, found and gold."""
    both = Counter((gold[key], found[key]) for key in gold)
    return Score(pairs(both), pairs(Counter(found[key] for key in gold)), pairs(Counter(gold.values())))


def pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def links(gold: Mapping[Key, Gold], articles: Iterable[ArticleFacts]) -> dict[Key, bool]:
    """Whether each place and body has its right id, or rightly none."""
    ids = {(a.id, e.key): e.gazetteer or e.organ or "" for a in articles for e in a.entities}
    kinds = frozenset().union(*GROUPS.values())
    return {
        key: ids.get(key, "") == ("" if one.thing.startswith("=") else one.thing)
        for key, one in gold.items()
        if one.type in kinds
    }


def figures(
    gold: Mapping[Key, Gold], articles: Sequence[ArticleFacts]
) -> Iterator[tuple[str, float, float, float, int]]:
    """Rows of name, precision, recall, F1 (of linking: accuracy) and how many entities or pairs they are over."""
    found: dict[Key, Hashable] = {**{key: ("unfound", *key) for key in gold}, **found_clusters(articles)}
    clusters = gold_clusters(gold)
    shared = {thing for thing, n in Counter(clusters.values()).items() if n > 1}
    parts = {"": set(gold), " of what several articles name": {key for key in gold if clusters[key] in shared}}
    for name, keys in parts.items():
        part = {key: clusters[key] for key in clusters if key in keys}
        yield f"B-cubed{name}", *with_f1(*b_cubed(part, found)), len(part)
    score = pairwise(clusters, found)
    yield "pairwise", score.precision, score.recall, score.f1, score.gold
    right = links(gold, articles)
    for name, kinds in {"places and bodies": frozenset().union(*GROUPS.values()), **GROUPS}.items():
        counted = [ok for key, ok in right.items() if gold[key].type in kinds]
        share = sum(counted) / max(len(counted), 1)
        yield f"linking of {name}", share, share, share, len(counted)


def with_f1(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def misses(gold: Mapping[Key, Gold], articles: Sequence[ArticleFacts]) -> Iterator[str]:
    """What was linked wrongly, and what was put together or kept apart wrongly, a line each."""
    names = {(a.id, e.key): (e.name, e.gazetteer or e.organ or "") for a in articles for e in a.entities}
    for key, ok in sorted(links(gold, articles).items()):
        if not ok:
            name, id = names.get(key, ("?", ""))
            yield f"link  {'/'.join(key)} {name}: {id or 'none'}, but {gold[key].thing or 'none'} is right"
    clusters = gold_clusters(gold)
    for text, one, other in (
        ("split", clusters, found_clusters(articles)),
        ("mixed", found_clusters(articles), clusters),
    ):
        members: dict[Hashable, dict[Hashable, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key in gold:
            if key in one and key in other:
                members[one[key]][other[key]].append(f"{'/'.join(key)} {names[key][0] if key in names else '?'}")
        for thing, parts in members.items():
            if len(parts) > 1:
                yield f"{text} {thing}: " + " || ".join(", ".join(part[:3]) for part in parts.values())


def marked_articles(records: Iterable[Record]) -> list[ArticleFacts]:
    from extract.gold import record_facts

    return [record_facts(record) for record in records]


def read_articles(records: Iterable[Record]) -> list[ArticleFacts]:
    """The articles as the pipeline reads them, entities under the ids of the annotated ones that they are."""
    from extract.gold import pipeline_facts

    return [pipeline_facts(record) for record in records]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m kg.identity_scores", description="Figures of identity across articles."
    )
    parser.add_argument("articles", type=Path, metavar="ARTICLES.jsonl")
    parser.add_argument("things", type=Path, metavar="THINGS.csv")
    parser.add_argument(
        "--pipeline", action="store_true", help="names that the pipeline finds, not those marked by hand"
    )
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    args = parser.parse_args(argv)
    read: Callable[[Iterable[Record]], list[ArticleFacts]] = read_articles if args.pipeline else marked_articles
    articles = read(read_records(args.articles))
    gold = read_gold(args.things)
    if args.pipeline:
        known = {(a.id, e.key) for a in articles for e in a.entities}
        sys.stdout.write(f"the pipeline finds {len(known & gold.keys())} of {len(gold)} entities; figures over these\n")
        gold = {key: one for key, one in gold.items() if key in known}
    for name, precision, recall, f1, size in figures(gold, articles):
        sys.stdout.write(f"{name:45} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {size}\n")
    if args.misses:
        sys.stdout.writelines(f"{line}\n" for line in misses(gold, articles))
    return 0


if __name__ == "__main__":
    sys.exit(main())
