"""Texts to a graph: the whole path, in memory or into a durable store that is brought up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

import extract
from extract.facts import SourceFacts
from extract.gazetteer import shipped_gazetteer
from extract.sources import Found, SourceError, find_sources
from kg.aliases import LINKS_GRAPH, Tie, of_full, thing_labels, tie_quads, ties
from kg.background import BACKGROUND_GRAPH, NAMES_GRAPH, background_quads, name_quads
from kg.claims import TERMS
from kg.correct import correct_background, correct_names, corrected_source, influences
from kg.corrections import Correction, read_corrections
from kg.corroboration import CORROBORATION_GRAPH, corroboration_quads
from kg.marks import CORRECTIONS_GRAPH, mark_quads
from kg.plan import Plan, about, plan_corrections
from kg.query import run_query
from kg.rdf import Quad, article_quads, graph_iri, quad_key, source_iri, source_of
from kg.rules import Rules, check_rules, rules_of
from kg.store import Store, format_of, matching, open_store, replace_graph, replace_graphs, triples_with, write_file
from kg.things import TERMS as NAMED
from kg.things import Thing, read_things
from kg.uncorrected import get_source, open_uncorrected, put_source, stored_about
from kg.vocab import BASE, PROV

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Report:
    """What a build did: names of the sources read, kept as they were and removed, the errors of unreadable ones, and a
    message for each correction that no longer applies."""

    read: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    errors: tuple[SourceError, ...]
    stale: tuple[str, ...] = ()


def quiet(name: str, done: int, total: int) -> None:
    """No progress shown."""


def build_quads(
    paths: Iterable[Path], *, base: str = BASE, progress: Progress = quiet, corrections: Sequence[Path] = ()
) -> tuple[list[Quad], Report]:
    """All quads of the texts in these files and folders, sorted; the same for any order of the paths.

    `corrections` are tables of `kg.corrections`; raises CorrectionError, before any text is read, where one cannot be
    followed or contradicts another one.
    """
    lines = correction_lines(corrections, base)
    found = find_sources(paths)
    errors: list[SourceError] = []
    uncorrected = [(facts.name, article_quads(facts, base=base)) for facts in read_all(found, errors, progress)]
    known = about((quad for _, quads in uncorrected for quad in quads), lines)
    plan = plan_corrections(lines, known, base=base)
    quads = mark_quads(plan, known)
    for name, said in uncorrected:
        quads += corrected_source(said, graph_iri(name, base=base), plan.rules)
    things = read_things(quad[:3] for quad in quads)
    tied = corpus_ties(things, plan.rules)
    found_together = corroboration_quads(of_full((quad[:3] for quad in quads), tied), base=base)
    quads += [*corpus_quads(things, tied, plan.rules), *found_together]
    failed = {error.path for error in errors}
    return sorted(quads, key=quad_key), Report(
        tuple(f.name for f in found if f.name not in failed), (), (), tuple(errors), plan.stale
    )


def correction_lines(paths: Iterable[Path], base: str) -> list[Correction]:
    """The lines of tables of corrections, which agree with each other."""
    lines = [line for path in paths for line in read_corrections(path, shipped_gazetteer(), base=base)]
    check_rules(rules_of(lines, base=base))
    return lines


def read_all(found: Sequence[Found], errors: list[SourceError], progress: Progress) -> Iterator[SourceFacts]:
    """Facts of each readable source; an unreadable one is added to `errors` and the rest goes on."""
    for index, one in enumerate(found):
        progress(one.name, index, len(found))
        try:
            yield extract.read_facts(one.path, one.name)
        except SourceError as error:
            errors.append(error)
    progress("", len(found), len(found))


def corpus_ties(things: Mapping[URIRef, Thing], rules: Rules) -> list[Tie]:
    """The ties of a corpus, but for those that a correction keeps apart."""
    found = ties(things, shipped_gazetteer(), base=rules.base)
    return [tie for tie in found if not rules.keeps_apart(tie.short, tie.full)]


def corpus_quads(things: Mapping[URIRef, Thing], tied: Sequence[Tie], rules: Rules) -> list[Quad]:
    """The graphs of names, background and links: what depends on the corpus as a whole, as it stands corrected."""
    base, gazetteer = rules.base, shipped_gazetteer()
    names = {iri: thing.names for iri, thing in things.items()}
    qualifiers = {iri: thing.qualifier for iri, thing in things.items()}
    links = tie_quads(tied, things, base=base)
    told = [
        *correct_names([*name_quads(names, gazetteer, base=base, qualifiers=qualifiers), *links], rules),
        *correct_background(background_quads(names, gazetteer, base=base), rules),
    ]
    return [*told, *thing_labels(told, tied, base=base)]


def build_file(
    paths: Iterable[Path],
    output: Path,
    *,
    base: str = BASE,
    progress: Progress = quiet,
    corrections: Sequence[Path] = (),
) -> Report:
    """One graph file of all the texts that could be read; where none could, a file that is there stays as it is."""
    format_of(output)
    quads, report = build_quads(paths, base=base, progress=progress, corrections=corrections)
    if report.read:
        write_file(quads, output)
    return report


def build_store(
    paths: Iterable[Path],
    folder: Path,
    *,
    base: str = BASE,
    progress: Progress = quiet,
    corrections: Sequence[Path] = (),
) -> Report:
    """Bring the store in `folder` to what these texts say: new and changed files are read, removed ones dropped.

    What sources say uncorrected is kept in a store within, from which those that corrections touch are made anew.
    """
    lines = correction_lines(corrections, base)
    found = find_sources(paths)
    store = open_store(folder)
    uncorrected = open_uncorrected(folder)
    known = stored_versions(uncorrected)
    errors: list[SourceError] = []
    changed = [f for f in found if known.get(f.name) != extract.version_of(f.path)]
    removed = sorted({*known, *stored_versions(store)} - {f.name for f in found})
    for facts in read_all(changed, errors, progress):
        put_source(uncorrected, facts.name, article_quads(facts, base=base), base=base)
    failed = {error.path for error in errors}
    for name in sorted({*removed, *failed}):
        put_source(uncorrected, name, (), base=base)
        replace_graph(store, graph_iri(name, base=base), ())
    plan = correct_store(store, uncorrected, lines, base)
    replace_corpus_graphs(store, plan.rules)
    uncorrected.flush()
    store.flush()
    read = tuple(f.name for f in changed if f.name not in failed)
    kept = tuple(f.name for f in found if f not in changed)
    return Report(read, kept, tuple(removed), tuple(errors), plan.stale)


def correct_store(store: Store, uncorrected: Store, lines: Sequence[Correction], base: str) -> Plan:
    """Make anew the graph of each source that has changed or that other corrections touch than those it names."""
    known = stored_about(uncorrected, lines)
    plan = plan_corrections(lines, known, base=base)
    versions, stored = stored_versions(uncorrected), stored_versions(store)
    wanted, named = wanted_influences(known, plan.rules), stored_influences(store)
    for name, version in sorted(versions.items()):
        graph = graph_iri(name, base=base)
        if stored.get(name) != version or named[graph] != wanted[source_iri(name, base=base)]:
            replace_graph(store, graph, corrected_source(get_source(uncorrected, name, base=base), graph, plan.rules))
    replace_graph(store, URIRef(base + CORRECTIONS_GRAPH), mark_quads(plan, known))
    return plan


def wanted_influences(known: Iterable[Quad], rules: Rules) -> dict[URIRef, set[URIRef]]:
    """The corrections that change each source, by what `about` finds."""
    found: dict[URIRef, set[URIRef]] = defaultdict(set)
    for s, p, o, article in known:
        found[source_of(article, base=rules.base)] |= influences([(s, p, o)], article, rules)
    return found


def stored_influences(store: Store) -> dict[URIRef, set[URIRef]]:
    """The corrections that the graph of each source names."""
    found: dict[URIRef, set[URIRef]] = defaultdict(set)
    for graph, _, line, _ in matching(store, None, PROV.wasInfluencedBy):
        found[graph].add(URIRef(line))
    return found


def replace_corpus_graphs(store: Store, rules: Rules) -> None:
    base = rules.base
    things = read_things(triples_with(store, NAMED, outside=URIRef(base + BACKGROUND_GRAPH)))
    graphs = [URIRef(base + name) for name in (NAMES_GRAPH, BACKGROUND_GRAPH, LINKS_GRAPH)]
    tied = corpus_ties(things, rules)
    replace_graphs(store, graphs, corpus_quads(things, tied, rules))
    corroboration = URIRef(base + CORROBORATION_GRAPH)
    triples = triples_with(store, TERMS, outside=corroboration)
    replace_graph(store, corroboration, corroboration_quads(of_full(triples, tied), base=base))


def stored_versions(store: Store) -> dict[str, str]:
    """Version (content and pipeline) of each source the store holds, by name."""
    query = "SELECT ?n ?v WHERE { GRAPH ?g { ?s a pol:Source ; rdfs:label ?n ; pol:sha256 ?v } }"
    return dict(run_query(store, query).rows)
