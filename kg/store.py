"""The durable dataset and its files. The only module that names Oxigraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.term import Identifier

from kg.rdf import Quad, Triple
from kg.vocab import PREFIXES, XSD

FORMATS = {
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
TRIPLES_ONLY = frozenset({".ttl", ".nt"})
Store = ox.Store


class StoreError(ValueError):
    """A store or graph file that cannot be used; the message names it and says what would be right."""


def to_ox(term: Identifier) -> ox.NamedNode | ox.Literal:
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or XSD.string)))
    raise TypeError(f"an IRI or a literal is right here, not {term!r}")


def from_ox(term: Any) -> URIRef | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        kind = None if term.language or term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=kind, normalize=False)
    raise TypeError(f"an IRI or a literal is right here, not {term!r}")


def to_ox_quad(quad: Quad) -> ox.Quad:
    s, p, o, g = quad
    return ox.Quad(ox.NamedNode(str(s)), ox.NamedNode(str(p)), to_ox(o), ox.NamedNode(str(g)))


def write_file(quads: Iterable[Quad], path: Path) -> None:
    """Write quads in their order to a new file beside `path`, then rename it, so that no half-written file is seen.

    Raises StoreError for a suffix that is no RDF format or a place that cannot be written.
    """
    write_ox((to_ox_quad(quad) for quad in quads), path)


def write_ox(quads: Iterable[ox.Quad], path: Path) -> None:
    kind = format_of(path)
    statements: Iterable[Any] = quads
    if path.suffix in TRIPLES_ONLY:
        statements = dict.fromkeys(quad.triple for quad in quads)
    with written_beside(path) as out:
        ox.serialize(statements, out, kind, prefixes=PREFIXES)


@contextmanager
def written_beside(path: Path) -> Iterator[IO[bytes]]:
    """A new file beside `path` to write to; it takes the place of `path` at the end, and is gone if that fails.

    Raises StoreError where it cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(path)
    except OSError as error:
        if beside.parent.is_dir():
            beside.unlink(missing_ok=True)
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder you may write to"
        ) from error


def format_of(path: Path) -> ox.RdfFormat:
    if path.suffix not in FORMATS:
        raise StoreError(f"{path}: {path.suffix or 'no suffix'} is no RDF format; one of {' '.join(FORMATS)} is right")
    return FORMATS[path.suffix]


def open_store(path: Path) -> Store:
    """The store in folder `path` for reading and writing, made if it is not there."""
    if path.is_file() or (path.is_dir() and any(path.iterdir()) and not (path / "CURRENT").exists()):
        raise StoreError(f"{path}: is no store; name a new folder or one that `kg build --store` made")
    try:
        return Store(str(path))
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be opened ({first_line(error)}); is another process writing to it?"
        ) from error


def read_graph(path: Path) -> Store:
    """A store folder or a graph file, for queries."""
    if path.is_dir():
        if not (path / "CURRENT").exists():
            raise StoreError(f"{path}: is no store; name a folder that `kg build --store` made or a graph file")
        return Store.read_only(str(path))
    if not path.exists():
        raise StoreError(f"{path}: is not there; name a store folder or a graph file ({' '.join(FORMATS)})")
    store = Store()
    try:
        store.bulk_load(path=str(path), format=format_of(path))
    except SyntaxError as error:
        raise StoreError(f"{path}: is no readable {path.suffix} file ({first_line(error)})") from error
    return store


def load_quads(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.bulk_extend(to_ox_quad(quad) for quad in quads)
    return store


def replace_graph(store: Store, graph: URIRef, quads: Iterable[Quad]) -> None:
    """Put `quads` in place of what the graph held, in one transaction."""
    replace_graphs(store, [graph], ((s, p, o, graph) for s, p, o, _ in quads))


def triples_with(store: Store, predicates: Iterable[URIRef], *, outside: URIRef) -> Iterator[Triple]:
    """Every triple with one of the predicates in any graph but `outside`; one that two graphs hold comes twice."""
    graph = ox.NamedNode(str(outside))
    for predicate in predicates:
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(predicate)), None, None):
            if quad.graph_name != graph and isinstance(quad.subject, ox.NamedNode):
                yield URIRef(quad.subject.value), predicate, from_ox(quad.object)


def matching(
    store: Store,
    subject: URIRef | None = None,
    predicate: URIRef | None = None,
    object: Identifier | None = None,
    graph: URIRef | None = None,
) -> Iterator[Quad]:
    """The quads of named graphs with these terms; None stands for any."""
    s, p, g = (ox.NamedNode(str(term)) if term else None for term in (subject, predicate, graph))
    for quad in store.quads_for_pattern(s, p, to_ox(object) if object else None, g):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.graph_name, ox.NamedNode):
            name, verb = URIRef(quad.subject.value), URIRef(quad.predicate.value)
            yield name, verb, from_ox(quad.object), URIRef(quad.graph_name.value)


def replace_graphs(store: Store, graphs: Iterable[URIRef], quads: Iterable[Quad]) -> None:
    """Put `quads` in place of what these graphs held, in one transaction."""
    bodies: dict[URIRef, list[str]] = defaultdict(list)
    for s, p, o, graph in quads:
        bodies[graph].append(f"{to_ox(s)} {to_ox(p)} {to_ox(o)} .")
    drops = [f"DROP SILENT GRAPH <{graph}>" for graph in graphs]
    inserts = "\n".join(f"GRAPH <{graph}> {{ {' '.join(body)} }}" for graph, body in bodies.items())
    store.update(" ; ".join([*drops, f"INSERT DATA {{ {inserts} }}"]))


def all_quads(store: Store) -> Iterator[ox.Quad]:
    """Every quad, in the order of their N-Quads lines."""
    return iter(sorted(store.quads_for_pattern(None, None, None), key=str))


def first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
