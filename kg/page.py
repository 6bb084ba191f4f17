"""The graph of a store as one HTML page on disk."""

from __future__ import annotations

from pathlib import Path

from kg.query import dict_rows
from kg.store import Store, written_beside
from kg.view.page import render_page
from kg.view.read import view_graph


def write_page(store: Store, path: Path, *, title: str) -> Path:
    """Write the page beside `path` and rename it into place. Raises StoreError where it cannot be written."""
    page = render_page(view_graph(lambda query: dict_rows(store, query)), title=title)
    with written_beside(path) as out:
        out.write(page.encode())
    return path
