"""What identity costs: its curve to 100,000 entities, and its share of a build.

    python -m tests.bench.identity [PATH ...]

The curve is over made-up articles, each with companies, parks, people, policies and places under short and full names;
behind the times, which are of the processor, stands their ratio to those before, for half as many: 2 is linear. The share is over the texts
in PATH, by default the sample texts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import extract
from extract.components.gazetteer import GazetteerLinker
from extract.facts import ArticleFacts, Entity, SourceFacts
from extract.gazetteer import shipped_gazetteer
from kg import rdf
from kg.aliases import tie_quads, ties
from kg.background import background_quads, name_quads
from kg.identity import article_iris
from kg.rdf import source_quads
from kg.things import read_things

build = import_module("kg.build")  # kg.build is the function

SIZES = (12_500, 25_000, 50_000, 100_000)
AN_ARTICLE = 25  # entities
SYLLABLES = "lin qi hua xin dong bei tai yuan feng guang jing wei long he chang ning shan hai tian ming".split()  # noqa: SIM905
KINDS = {
    "Company": ("{} New Materials Co., Ltd.", "Jiangsu {} Precision Tools", "{}", "{} Group"),
    "Park": ("{} High-tech Zone", "{} Industrial Park II", "{} Zone"),
    "Policy": ("Action Plan for {} (2026-2030)", "Action Plan for {}", "pilot programme"),
    "Person": ("Ouyang {}", "Wang Wei"),
    "City": ("{}", "{} city"),
    "Technology": ("{} robots", "{} robot"),
}


def main(paths: list[str]) -> None:
    say("entities   IRIs      things    ties      labels    all       ratio   ties found")
    before = 0.0
    for size in SIZES:
        steps, tied = timed(size)
        total = sum(steps)
        ratio = f"{total / before:5.2f}" if before else "     "
        say(f"{size:8}  {'  '.join(f'{s:7.2f} s' for s in steps)}  {total:7.2f} s  {ratio}   {tied}")
        before = total
    share([Path(p) for p in paths] or [Path(__file__).parents[2] / "notebooks" / "texts"])


def timed(size: int) -> tuple[list[float], int]:
    """Seconds for the IRIs of all entities, reading them back, tying them and labelling them; how many were tied."""
    articles = list(made_up(size))
    gazetteer = shipped_gazetteer()
    clock = Clock()
    for article in articles:
        article_iris(article)
    clock.lap()
    quads = [quad[:3] for a in articles for quad in source_quads(SourceFacts(a.id, "", (a,)))]
    clock.start = time.process_time()  # facts to quads is no part of identity
    things = read_things(quads)
    clock.lap()
    found = ties(things, gazetteer)
    tie_quads(found, things)
    clock.lap()
    names = {iri: thing.names for iri, thing in things.items()}
    name_quads(names, gazetteer)
    background_quads(names, gazetteer)
    clock.lap()
    return clock.laps, len(found)


class Clock:
    def __init__(self) -> None:
        self.start = time.process_time()
        self.laps: list[float] = []

    def lap(self) -> None:
        now = time.process_time()
        self.laps.append(now - self.start)
        self.start = now


def made_up(size: int) -> Iterator[ArticleFacts]:
    """Articles with `size` entities in all; the number of stems grows with it, so that each is named a few times."""
    random = Random(1)
    stems = ["".join(random.choices(SYLLABLES, k=3)).title() for _ in range(size // 4)]
    for number in range(size // AN_ARTICLE):
        entities = []
        for key in range(AN_ARTICLE):
            kind, forms = random.choice(sorted(KINDS.items()))
            name = random.choice(forms).format(random.choice(stems))
            entities.append(Entity(f"e{key}", kind, name, (name,), ()))
        yield ArticleFacts(f"a{number}", f"Story {number}", None, None, None, 0, 9, tuple(entities))


def share(paths: list[Path]) -> None:
    """The time of a build that goes into linking, IRIs, ties and labels; the model is loaded before."""
    extract.load()
    shipped_gazetteer()
    spent: dict[str, float] = {}
    GazetteerLinker.__call__ = counted("linking", GazetteerLinker.__call__, spent)  # type: ignore[method-assign]
    rdf.article_iris = counted("IRIs", rdf.article_iris, spent)
    build.corpus_ties = counted("ties", build.corpus_ties, spent)
    build.corpus_quads = counted("labels and background", build.corpus_quads, spent)
    start = time.process_time()
    build.build_quads(paths)
    total = time.process_time() - start
    say(f"\nbuild of {', '.join(map(str, paths))}: {total:.2f} s")
    for name, seconds in spent.items():
        say(f"{name:25} {seconds:7.3f} s  {seconds / total:6.1%}")
    say(f"{'identity in all':25} {sum(spent.values()):7.3f} s  {sum(spent.values()) / total:6.1%}")


def counted(name: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def timing(*args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - start

    return timing


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
