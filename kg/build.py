"""Texts to a graph: the whole path, in memory or into a durable store that is brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

import extract
from extract.facts import SourceFacts
from extract.gazetteer import Gazetteer, shipped_gazetteer
from extract.sources import Found, SourceError, find_sources
from kg.background import BACKGROUND_GRAPH, NAMES_GRAPH, background_quads, count_names, name_quads
from kg.query import run_query
from kg.rdf import Quad, graph_iri, names_of, quad_key, source_quads
from kg.store import Store, format_of, open_store, replace_graph, write_file
from kg.vocab import BASE

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Report:
    """What a build did: names of the sources read, kept as they were and removed, and the errors of unreadable ones."""

    read: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    errors: tuple[SourceError, ...]


def quiet(name: str, done: int, total: int) -> None:
    """No progress shown."""


def build_quads(paths: Iterable[Path], *, base: str = BASE, progress: Progress = quiet) -> tuple[list[Quad], Report]:
    """All quads of the texts in these files and folders, sorted; the same for any order of the paths."""
    found = find_sources(paths)
    quads: list[Quad] = []
    errors: list[SourceError] = []
    for facts in read_all(found, errors, progress):
        quads += source_quads(facts, base=base)
    quads += corpus_quads(names_of(quads), shipped_gazetteer(), base)
    failed = {error.path for error in errors}
    return sorted(quads, key=quad_key), Report(
        tuple(f.name for f in found if f.name not in failed), (), (), tuple(errors)
    )


def read_all(found: Sequence[Found], errors: list[SourceError], progress: Progress) -> Iterator[SourceFacts]:
    """Facts of each readable source; an unreadable one is added to `errors` and the rest goes on."""
    for index, one in enumerate(found):
        progress(one.name, index, len(found))
        try:
            yield extract.read_facts(one.path, one.name)
        except SourceError as error:
            errors.append(error)
    progress("", len(found), len(found))


def corpus_quads(names: Iterable[tuple[URIRef, str]], gazetteer: Gazetteer, base: str) -> list[Quad]:
    """The names and background graphs: what depends on the corpus as a whole."""
    counts = count_names(names)
    return [*name_quads(counts, gazetteer, base=base), *background_quads(counts, gazetteer, base=base)]


def build_file(paths: Iterable[Path], output: Path, *, base: str = BASE, progress: Progress = quiet) -> Report:
    """One graph file of all the texts that could be read; where none could, a file that is there stays as it is."""
    format_of(output)
    quads, report = build_quads(paths, base=base, progress=progress)
    if report.read:
        write_file(quads, output)
    return report


def build_store(paths: Iterable[Path], folder: Path, *, base: str = BASE, progress: Progress = quiet) -> Report:
    """Bring the store in `folder` to what these texts say: new and changed files are read, removed ones dropped."""
    found = find_sources(paths)
    store = open_store(folder)
    known = stored_versions(store)
    errors: list[SourceError] = []
    changed = [f for f in found if known.get(f.name) != extract.version_of(f.path)]
    removed = sorted(known.keys() - {f.name for f in found})
    for name in removed:
        store.update(f"DROP SILENT GRAPH <{graph_iri(name, base=base)}>")
    for facts in read_all(changed, errors, progress):
        replace_graph(store, graph_iri(facts.name, base=base), source_quads(facts, base=base))
    for error in errors:
        store.update(f"DROP SILENT GRAPH <{graph_iri(error.path, base=base)}>")
    replace_corpus_graphs(store, base)
    store.flush()
    failed = {error.path for error in errors}
    read = tuple(f.name for f in changed if f.name not in failed)
    kept = tuple(f.name for f in found if f not in changed)
    return Report(read, kept, tuple(removed), tuple(errors))


def replace_corpus_graphs(store: Store, base: str) -> None:
    counts = count_names(stored_names(store))
    gazetteer = shipped_gazetteer()
    replace_graph(store, URIRef(base + NAMES_GRAPH), name_quads(counts, gazetteer, base=base))
    replace_graph(store, URIRef(base + BACKGROUND_GRAPH), background_quads(counts, gazetteer, base=base))


def stored_names(store: Store) -> Iterator[tuple[URIRef, str]]:
    for iri, name in run_query(store, "SELECT ?s ?n WHERE { GRAPH ?g { ?s pol:name ?n } }").rows:
        yield URIRef(iri), name


def stored_versions(store: Store) -> dict[str, str]:
    """Version (content and pipeline) of each source the store holds, by name."""
    query = "SELECT ?n ?v WHERE { GRAPH ?g { ?s a pol:Source ; rdfs:label ?n ; pol:sha256 ?v } }"
    return dict(run_query(store, query).rows)
