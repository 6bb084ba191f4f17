"""The graph of a store as one HTML page on disk."""

from __future__ import annotations

from pathlib import Path

from kg.query import dict_rows
from kg.store import Store, StoreError
from kg.view.page import render_page
from kg.view.read import view_graph


def write_page(store: Store, path: Path, *, title: str) -> Path:
    """Write the page beside `path` and rename it into place. Raises StoreError where it cannot be written."""
    page = render_page(view_graph(lambda query: dict_rows(store, query)), title=title)
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(page, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder you may write to"
        ) from error
    return path
