"""A hand-made corpus of two sources with three articles, and builds of it on disk that never run the language pipeline."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from extract.facts import ArticleFacts, Dated, Entity, Evidence, Indicator, Link, Measure, Quote, Relation, SourceFacts
from kg.cli import main
from kg.identity import article_iris, entity_iri
from kg.query import run_query
from kg.store import all_quads, read_graph
from tests.kg.examples import entity


def said(start: int, confidence: float = 0.9, status: str = "Asserted") -> Evidence:
    text = f"The passage at {start}."
    return Evidence(Quote(start, start + len(text), text), confidence, status)


PLAN = entity("plan", "Policy", "Aldan Quay Renewal Plan")
MINISTRY = replace(entity("ministry", "Ministry", "MOFCOM", gazetteer="cn-mofcom"), link=Link("only entry"))
CITY = entity("city", "City", "Port Aldan")
BATTERY = entity("battery", "Company", "Bright Battery", "Bright")
GROUP = entity("group", "Company", "Bright Battery Group", "BBG")
MOON = entity("moon", "Company", "Moon Shipping")
CELLS = entity("cells", "Technology", "sodium cells")
PILOT = entity("pilot", "Programme", "pilot programme")
FAIR = entity("fair", "Event", "Aldan Lantern Fair")


def article(name: str, entities: tuple[Entity, ...], **facts) -> ArticleFacts:
    return ArticleFacts(name, f"Title of {name}", None, None, None, 0, 900, entities, **facts)


def north() -> SourceFacts:
    first = article(
        "a1",
        (PLAN, MINISTRY, CITY, BATTERY),
        relations=(
            Relation("plan", "issuedBy", "ministry", said(100)),
            Relation("battery", "investsIn", "city", said(200, 0.4)),
            Relation("battery", "investsIn", "city", said(300, 0.8)),
            Relation("plan", "appliesTo", "battery", said(400, 0.7, "Negated")),
        ),
        dates=(Dated("plan", "issuedOn", "2025-05", said(100)),),
        indicators=(Indicator("battery", "sales", Decimal("31.5"), "RMB", said(200, 0.6)),),
        measures=(Measure("plan", "electrify the quays", said(400, 0.5)),),
    )
    second = article(
        "a2",
        (entity("battery", "Company", "Bright Battery", "Brightcell"), MOON, CELLS, PILOT),
        relations=(
            Relation("battery", "cooperatesWith", "moon", said(500)),
            Relation("battery", "develops", "cells", said(520)),
            Relation("battery", "participatesIn", "pilot", said(540)),
        ),
    )
    return SourceFacts("north.txt", "1" * 64, (first, second))


def south() -> SourceFacts:
    only = article(
        "a1",
        (GROUP, BATTERY, CITY, FAIR),
        relations=(
            Relation("group", "cooperatesWith", "battery", said(100, 0.55)),
            Relation("group", "investsIn", "city", said(120)),
            Relation("battery", "participatesIn", "fair", said(140)),
        ),
    )
    return SourceFacts("south.txt", "2" * 64, (only,))


CORPUS = {"north.txt": north(), "south.txt": south()}


class Reader:
    """Stands in for the pipeline: the facts of a source by its name and content, and how often they were asked for."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def read_facts(self, path: Path, name: str) -> SourceFacts:
        self.read.append(name)
        facts = CORPUS[path.read_text(encoding="utf-8")]
        return SourceFacts(name, self.version_of(path), facts.articles)

    @staticmethod
    def version_of(path: Path) -> str:
        return path.read_text(encoding="utf-8").encode().hex().ljust(64, "0")


def texts_in(folder: Path) -> Path:
    folder.mkdir()
    for name in CORPUS:
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def write_lines(path: Path, lines) -> Path:
    """A table of corrections: each line a dict of cells."""
    columns = ("action", "subject", "predicate", "object", "value", "source", "note", "by", "date")
    rows = [",".join(columns), *(",".join(f'"{line.get(c, "")}"' for c in columns) for line in lines)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def build(texts: Path, where: Path, *corrections: Path) -> int:
    target = "--store" if not where.suffix else "--output"
    more = [word for path in corrections for word in ("--corrections", str(path))]
    return main(["build", str(texts), target, str(where), *more])


def quads_at(path: Path) -> list[str]:
    return [str(quad) for quad in all_quads(read_graph(path))]


def ask(store, pattern: str) -> bool:
    return run_query(store, f"ASK {{ {pattern} }}").rows[0][0]


def iri(kind: str, name: str, *, gazetteer: str | None = None) -> str:
    return f"<{entity_iri(entity('e1', kind, name, gazetteer=gazetteer))}>"


def pilot() -> str:
    """A programme that only its article tells from others of its name."""
    return f"<{article_iris(north().articles[1])['pilot']}>"


def claim(path: Path, pattern: str) -> str:
    """The IRI of the one claim that fits the pattern of a graph on disk."""
    (row,) = run_query(read_graph(path), f"SELECT ?c WHERE {{ ?c a pol:Claim ; {pattern} }}").rows
    return row[0]
