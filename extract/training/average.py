"""The mean of two checkpoints of one course of training, which does better on unseen text than either (Wortsman et al. 2022).

python -m extract.training.average ONE.pt OTHER.pt --output MEAN.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("one", type=Path)
    args.add_argument("other", type=Path)
    args.add_argument("--output", type=Path, required=True)
    a = args.parse_args()
    one, other = (torch.load(path, weights_only=True) for path in (a.one, a.other))
    if one["tasks"] != other["tasks"]:
        raise SystemExit(f"{a.other}: has other labels than {a.one}; checkpoints of one course of training are right")
    state = {name: (weight + other["state"][name]) / 2 for name, weight in one["state"].items()}
    torch.save({"state": state, "tasks": one["tasks"]}, a.output)


if __name__ == "__main__":
    main()
