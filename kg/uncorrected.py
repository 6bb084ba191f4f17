"""What each source says before corrections, kept in a store of its own inside the durable one.

It lets a changed table of corrections be replayed without reading a text again, and is no part of the graph that users
query. Quads stand in graphs of their articles, so that looking up what a correction names costs no scan.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import Literal, URIRef

from kg.corrections import Correction
from kg.plan import called_names, named_iris
from kg.rdf import Quad, graph_iri, source_iri
from kg.store import Store, matching, open_store, replace_graphs
from kg.vocab import BASE, POL

FOLDER = "uncorrected"


def open_uncorrected(folder: Path) -> Store:
    """The uncorrected quads of the store in `folder`, which is open already."""
    return open_store(folder / FOLDER)


def put_source(store: Store, name: str, quads: Iterable[Quad], *, base: str = BASE) -> None:
    """Put these quads in place of what the store holds of a source; none drop it."""
    replace_graphs(store, graphs_of(store, name, base=base), quads)


def get_source(store: Store, name: str, *, base: str = BASE) -> list[Quad]:
    """The quads of a source, in no particular order."""
    return [quad for graph in graphs_of(store, name, base=base) for quad in matching(store, graph=graph)]


def graphs_of(store: Store, name: str, *, base: str = BASE) -> list[URIRef]:
    """The graph of a source and those of its articles."""
    articles = {s for s, _, _, _ in matching(store, None, POL.partOfSource, source_iri(name, base=base))}
    return [graph_iri(name, base=base), *sorted(articles)]


def stored_about(store: Store, lines: Iterable[Correction]) -> list[Quad]:
    """What `kg.plan.about` finds, by look-up."""
    lines = tuple(lines)
    named = [quad for iri in sorted(named_iris(lines)) for quad in matching(store, iri)]
    names = [Literal(name) for name in sorted(called_names(lines))]
    return [*named, *(quad for name in names for quad in matching(store, None, POL.name, name))]
