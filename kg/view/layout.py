"""Where each entity stands on the page: the same graph gives the same whole-numbered coordinates on every run."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import cos, dist, sin, sqrt

import igraph

EDGE_LENGTH = 150.0  # pixels on the unscaled page, on average
FEW = 1000  # nodes that the slower layout places in about a second
MARGIN = 60.0  # pixels around each connected part
GOLDEN_ANGLE = 2.399963229728653

Point = tuple[float, float]


def coordinates(size: int, edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """One (x, y) for each of `size` nodes, in pixels; `edges` hold node numbers.

    Each connected part is laid out by itself (Kamada and Kawai 1989, which spreads best; above FEW nodes Fruchterman
    and Reingold 1991, which is faster), and the parts are set in rows, largest first, so that none overlap.
    """
    graph = igraph.Graph(n=size, edges=sorted(edges))
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part[0]))
    placed = _in_rows([_laid_out(graph, part) for part in parts])
    where = dict(zip((node for part in parts for node in part), placed, strict=True))
    return [(round(where[node][0]), round(where[node][1])) for node in range(size)]


def _laid_out(graph: igraph.Graph, part: Sequence[int]) -> list[Point]:
    """Coordinates of one connected part, centred on its own origin."""
    if len(part) == 1:
        return [(0.0, 0.0)]
    spiral = [(sqrt(i + 1) * cos(i * GOLDEN_ANGLE), sqrt(i + 1) * sin(i * GOLDEN_ANGLE)) for i in range(len(part))]
    inner = graph.induced_subgraph(part).simplify()
    if len(part) <= FEW:
        layout = inner.layout_kamada_kawai(seed=spiral)
    else:
        with _seeded():
            layout = inner.layout_fruchterman_reingold(seed=spiral, niter=600)
    return _spread([(x, y) for x, y in layout.coords], inner.get_edgelist())


def _spread(points: Sequence[Point], edges: Iterable[tuple[int, int]]) -> list[Point]:
    """The points, scaled so that an edge is EDGE_LENGTH long on average, and centred."""
    lengths = [dist(points[source], points[target]) for source, target in edges]
    scale = EDGE_LENGTH * len(lengths) / sum(lengths)
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return [((x - middle_x) * scale, (y - middle_y) * scale) for x, y in points]


def _in_rows(parts: Sequence[Sequence[Point]]) -> Iterator[Point]:
    """The points of all parts, each part moved to its place in rows as wide as a page of their total area."""
    boxes = [[(min(values), max(values)) for values in zip(*part, strict=True)] for part in parts]
    sizes = [(x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN) for (x0, x1), (y0, y1) in boxes]
    page = max([1.5 * sqrt(sum(width * height for width, height in sizes)), *(width for width, _ in sizes)], default=0)
    left = top = row = 0.0
    for part, ((x0, _), (y0, _)), (width, height) in zip(parts, boxes, sizes, strict=True):
        if left + width > page:
            left, top, row = 0.0, top + row, 0.0
        yield from ((x - x0 + left, y - y0 + top) for x, y in part)
        left, row = left + width, max(row, height)


@contextmanager
def _seeded() -> Iterator[None]:
    """igraph's random numbers from a fixed seed, and as they were afterwards."""
    igraph.set_random_number_generator(random.Random(0))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
