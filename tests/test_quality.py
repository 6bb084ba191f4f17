"""Floors of the model's figures on our own test split, which no training saw; the figures themselves stand in its card."""

from pathlib import Path

import pytest

import extract
from extract.evaluate import evaluate, read_records

TEST = Path(extract.__file__).parent / "training" / "corpus" / "test.jsonl"
FLOORS = {
    "names": 0.76, "names untyped": 0.85, "references": 0.80, "links": 0.61, "relations": 0.53, "indicators": 0.53, "measures": 0.63,
    "dates": 0.60,
}  # fmt: skip


@pytest.fixture(scope="module")
def scores():
    return evaluate(read_records(TEST), extract.load())


@pytest.mark.parametrize("figure", sorted(FLOORS))
def test_no_figure_falls_under_its_floor(scores, figure):
    assert scores[figure].f1 >= FLOORS[figure]
