"""A view of a graph as one self-contained HTML document."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from pyvis.network import Network

from kg.view.graph import ViewEdge, ViewGraph, ViewNode
from kg.view.layout import coordinates
from kg.view.style import FACTS, PREDICATES, STATUSES, TYPES

# In this order they make one script: what each uses stands in those before it.
SCRIPTS = ("data", "elements", "glyphs", "state", "canvas", "labels", "panel", "filters", "search", "table", "main")
SOURCE_MAP = "//# sourceMappingURL="
# A script element ends at the first </script, and line separators end a line in old JavaScript.
UNSAFE_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def render_page(view: ViewGraph, *, title: str) -> str:
    """One HTML document that shows the view offline: no request leaves it, and its policy forbids any.

    The same view and title give the same text. Names and quotes stay data: the page writes them as text, never as HTML.
    """
    style = _read("page.css")
    script = "\n".join(["(() => {", *(_read("script", f"{name}.js") for name in SCRIPTS), "})();"])
    library = _read("vendor", "vis-network.min.js").partition(SOURCE_MAP)[0]
    policy = _policy([library, script], [style], _read("vendor", "style-hashes.txt").split())
    return Template(_read("template.html")).substitute(
        title=escape(title),
        policy=escape(policy, quote=True).replace("&#x27;", "'"),
        style=style,
        library=library,
        script=script,
        data=_json(_page_data(view)),
    )


def _page_data(view: ViewGraph) -> dict[str, Any]:
    """Everything that the page's script reads."""
    network = _network(view)
    return {
        "nodes": network.nodes,
        "edges": network.edges,
        "types": {name: asdict(style) for name, style in TYPES.items()},
        "predicates": {name: asdict(wording) for name, wording in PREDICATES.items()},
        "facts": FACTS,
        "statuses": STATUSES,
    }


def _network(view: ViewGraph) -> Network:
    """The nodes and edges as vis-network takes them, numbered in order of name, each node in its place."""
    nodes = sorted(view.nodes, key=lambda node: (node.label, node.id))
    number = {node.id: i for i, node in enumerate(nodes)}
    edges = sorted(view.edges, key=lambda edge: (number[edge.source], number[edge.target], edge.predicate))
    places = coordinates(len(nodes), [(number[edge.source], number[edge.target]) for edge in edges])
    network = Network(directed=True)
    for node, (x, y) in zip(nodes, places, strict=True):
        network.add_node(number[node.id], label=node.label, shape="custom", x=x, y=y, group=node.type, **_details(node))
    for i, (edge, bend) in enumerate(zip(edges, _bends(edges), strict=True)):
        evidence = [asdict(evidence) for evidence in edge.evidence]
        curve = {"enabled": True, "type": "curvedCW", "roundness": bend} if bend else False
        network.add_edge(
            number[edge.source], number[edge.target], id=i, predicate=edge.predicate, evidence=evidence, smooth=curve
        )
    return network


def _details(node: ViewNode) -> dict[str, Any]:
    return {
        "iri": node.id,
        "aliases": node.aliases,
        "articles": node.articles,
        "facts": [asdict(fact) for fact in node.facts],
    }


def _bends(edges: Sequence[ViewEdge]) -> list[float]:
    """How far each edge curves: 0 for the first between two nodes, more for each further one, so that none is hidden."""
    before: Counter[tuple[str, ...]] = Counter()
    bends = []
    for edge in edges:
        pair = tuple(sorted((edge.source, edge.target)))
        bends.append(round(0.16 * before[pair], 2))
        before[pair] += 1
    return bends


def _policy(scripts: Sequence[str], styles: Sequence[str], allowed_styles: Sequence[str]) -> str:
    """A content security policy under which exactly these scripts and style sheets work, and nothing is fetched."""
    script_hashes = " ".join(_hash(text) for text in scripts)
    style_hashes = " ".join([*(_hash(text) for text in styles), *(f"'{name}'" for name in allowed_styles)])
    return (
        f"default-src 'none'; script-src {script_hashes}; style-src {style_hashes}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(UNSAFE_IN_SCRIPT)


def _read(*path: str) -> str:
    return files("kg.view").joinpath(*path).read_text(encoding="utf-8")
