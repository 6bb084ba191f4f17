import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from extract.components.decode import best_labels, label_spans, tree_heads

LABELS = ["O", "B-Park", "I-Park", "B-City", "I-City"]
rows = hnp.arrays(np.float32, st.tuples(st.integers(1, 12), st.just(len(LABELS))), elements=st.floats(-10, 0, width=32))
squares = st.integers(1, 9).flatmap(
    lambda n: hnp.arrays(np.float32, (n, n), elements=st.floats(-5, 5, width=32), unique=True)
)


@given(rows)
def test_a_span_never_starts_inside(logs):
    path = best_labels(logs, LABELS)
    for before, after in zip([0, *path], path, strict=False):
        if LABELS[after].startswith("I-"):
            assert LABELS[before][2:] == LABELS[after][2:]


def test_spans_of_a_path():
    path = [LABELS.index(x) for x in ["B-Park", "I-Park", "O", "B-City", "B-City", "I-City"]]
    assert list(label_spans(path, LABELS)) == [(0, 2, "Park"), (3, 4, "City"), (4, 6, "City")]


@given(squares)
def test_heads_are_one_tree(arcs):
    heads = tree_heads(arcs)
    assert sum(int(h) == i for i, h in enumerate(heads)) == 1
    for i in range(len(heads)):
        seen, at = {i}, i
        while heads[at] != at:
            at = int(heads[at])
            assert at not in seen
            seen.add(at)


def test_the_best_tree_where_the_best_heads_are_one():
    arcs = np.array([[0, 9, 0], [0, 9, 0], [0, 9, 1]], dtype=np.float32)
    assert tree_heads(arcs).tolist() == [1, 1, 1]


@given(squares)
def test_no_tree_of_that_root_scores_higher(arcs):
    root = int(arcs.diagonal().argmax())
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(arcs)))
    for dependent in range(len(arcs)):
        for head in range(len(arcs)):
            if dependent not in (head, root):
                graph.add_edge(head, dependent, weight=float(arcs[dependent, head]))
    best = sum(d["weight"] for _, _, d in nx.maximum_spanning_arborescence(graph, preserve_attrs=True).edges(data=True))
    found = sum(float(arcs[i, h]) for i, h in enumerate(tree_heads(arcs)) if i != h)
    assert abs(found - best) < 1e-3
