"""The weighted mean of trained states, which often beats each (Wortsman et al. 2022: model soups).

python -m extract.training.mean stage2.pt=1 stage3.pt=2 --output model.pt
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch


def mean(states: Sequence[dict[str, Any]], weights: Sequence[float]) -> dict[str, Any]:
    """The mean of the states' weights; what is no floating-point number, and the labels, are the last state's."""
    last = states[-1]
    total = sum(weights)

    def averaged(name: str) -> torch.Tensor:
        parts = [w * state["state"][name].float() for state, w in zip(states, weights, strict=True)]
        return torch.stack(parts).sum(0) / total

    kept = {k: averaged(k) if v.is_floating_point() else v for k, v in last["state"].items()}
    return {"state": kept, "tasks": last["tasks"]}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("states", nargs="+", metavar="FILE=WEIGHT")
    args.add_argument("--output", type=Path, required=True)
    a = args.parse_args()
    pairs = [text.rpartition("=") for text in a.states]
    states = [torch.load(path, weights_only=True) for path, _, _ in pairs]
    torch.save(mean(states, [float(weight) for _, _, weight in pairs]), a.output)


if __name__ == "__main__":
    main()
