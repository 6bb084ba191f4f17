"""Annotated markup to train, dev and test records, by article: an article's id alone decides where it goes.

python -m extract.training.split FOLDER --output extract/training/corpus
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from extract.training.markup import Record, read_folder, write_records

TEST, DEV = 12, 20
TAILS = ("'s", "’s", "-based")


def part_of(ident: str) -> str:
    """test for 12, dev for 8 and train for 80 of a hundred articles."""
    number = int(hashlib.sha256(ident.encode()).hexdigest(), 16) % 100
    return "test" if number < TEST else "dev" if number < DEV else "train"


def tidied(record: Record) -> Record:
    """The record with spans as the guideline wants them: no possessive, no "-based", names without a leading article."""
    text = record["text"]
    mentions = []
    for m in record["mentions"]:
        start, end = m["start"], m["end"]
        end -= next((len(tail) for tail in TAILS if text[start:end].endswith(tail)), 0)
        if m["name"] and text[start:end].lower().startswith("the "):
            start += 4
        mentions.append({**m, "start": start, "end": end})
    return {**record, "mentions": mentions}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("folder", type=Path)
    args.add_argument("--output", type=Path, required=True)
    a = args.parse_args()
    parts: dict[str, list[Record]] = {"train": [], "dev": [], "test": []}
    for record in read_folder(a.folder):
        parts[part_of(record["id"])].append(tidied(record))
    a.output.mkdir(parents=True, exist_ok=True)
    for name, records in parts.items():
        write_records(sorted(records, key=lambda r: str(r["id"])), a.output / f"{name}.jsonl")
        print(f"{name}: {len(records)} articles, {sum(len(r['sents']) for r in records)} sentences")


if __name__ == "__main__":
    main()
