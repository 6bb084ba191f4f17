"""A graph in hand: what `import kg` gives a notebook."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build import build_quads, build_store
from kg.query import run_query
from kg.store import Store, load_quads, read_graph

if TYPE_CHECKING:
    import networkx
    import pandas


@dataclass(frozen=True)
class Graph:
    """A policy knowledge graph, in memory or on disk. `graph.query("...")` is a DataFrame."""

    store: Store

    def query(self, query: str) -> pandas.DataFrame:
        """A DataFrame of what the query selects: SPARQL text, a .rq file or the name of a stored question."""
        import pandas

        found = run_query(self.store, query)
        return pandas.DataFrame(list(found.rows), columns=list(found.columns))

    def network(self) -> networkx.MultiDiGraph[str]:
        """The entities and their relations as a networkx graph."""
        from kg.network import to_networkx

        return to_networkx(self.store)

    def view(self, path: str | Path, *, title: str = "Policy knowledge graph") -> Path:
        """Write the graph as one self-contained HTML page."""
        from kg.page import write_page

        return write_page(self.store, Path(path), title=title)

    def _repr_html_(self) -> str:
        return f"<p>policy-kg graph of {len(self.store)} quads</p>"


def build(
    paths: str | Path | Iterable[str | Path],
    *,
    store: str | Path | None = None,
    corrections: Iterable[str | Path] = (),
) -> Graph:
    """The graph of these text files and folders; with `store`, kept on disk there and brought up to date.

    `corrections` are tables of corrections by hand. Raises SourceError if nothing could be read and CorrectionError if a
    table cannot be followed; warns of each file that could not be read and of each correction that no longer applies.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    tables = [Path(path) for path in corrections]
    if store:
        report = build_store(map(Path, given), Path(store), corrections=tables)
        warn_of(report.stale)
        return load(store)
    quads, report = build_quads(map(Path, given), corrections=tables)
    if report.errors and not report.read:
        raise report.errors[0]
    warn_of([*map(str, report.errors), *report.stale])
    return Graph(load_quads(quads))


def warn_of(messages: Iterable[str]) -> None:
    for message in messages:
        warnings.warn(message, stacklevel=3)


def load(path: str | Path) -> Graph:
    """The graph of a store folder or graph file."""
    return Graph(read_graph(Path(path)))
