"""One command from data to model: all stages of training, the export, and the figures.

    python -m extract.training.make DATA --base BERT_FOLDER [--work FOLDER]

DATA holds `syntax/` and `entities/` as spaCy DocBins, BERT_FOLDER model.safetensors and vocab.txt of all-MiniLM-L6-v2.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"


def run(module: str, *arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", f"extract.training.{module}", *map(str, arguments)], check=True)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("data", type=Path)
    args.add_argument("--base", type=Path, required=True)
    args.add_argument("--work", type=Path, default=Path("build/training"))
    a = args.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    corpus = ("--corpus", CORPUS / "train.jsonl", "--dev", CORPUS / "dev.jsonl")
    previous: list[str | Path] = []
    for stage in ("stage1", "stage2", "stage3"):
        state = a.work / f"{stage}.pt"
        config = ("--config", HERE / f"{stage}.json")
        run("train", a.data, "--base", a.base, *config, *previous, *corpus, "--output", state)
        previous = ["--init", state]
    run("mean", f"{a.work}/stage2.pt=1", f"{a.work}/stage3.pt=2", "--output", a.work / "model.pt")
    run("export", a.work / "model.pt", "--base", a.base, "--output", HERE.parent / "model")
    run("pattern_scores", CORPUS / "train.jsonl", CORPUS / "dev.jsonl", "--write")
    run("calibrate", CORPUS / "dev.jsonl")
    run("public", a.data)


if __name__ == "__main__":
    main()
