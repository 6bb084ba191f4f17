"""Data flows one way: extract never imports rdflib, kg never imports spaCy."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {
    "extract": {"rdflib", "pyoxigraph", "kg", "pyvis", "networkx.drawing"},
    "kg": {"spacy", "onnxruntime", "torch"},
}
OXIGRAPH_ONLY_IN = ROOT / "kg" / "store.py"


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("room", sorted(FORBIDDEN))
def test_no_room_imports_what_lies_behind_it(room):
    for path in sorted((ROOT / room).rglob("*.py")):
        assert not FORBIDDEN[room] & set(imported(path)), path


def test_only_the_store_names_oxigraph():
    users = [p for p in (ROOT / "kg").rglob("*.py") if "pyoxigraph" in set(imported(p))]
    assert users == [OXIGRAPH_ONLY_IN]
