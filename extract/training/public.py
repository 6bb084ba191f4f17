"""How the model does on public test sets: tags, lemmas, trees, sentences, and entities of the common types.

python -m extract.training.public DATA --model extract/model
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from extract.attributes import register
from extract.components.decode import best_labels, label_spans
from extract.components.encoder import Encoder
from extract.training.windows import read_docbins

SYNTAX = {"EWT test": "test_ewt", "GUM test": "test_gum", "PUD": "pud"}
ENTITIES = {
    "Re-DocRED": "test_redocred", "UNER-EWT": "test_uner", "UNER-PUD": "test_pud", "GUM": "test_gum",
    "CrossNER politics": "test_politics", "multiNER": "test_multiner", "re3d": "test_re3d", "europarl": "test_europarl",
    "dev": "dev",
}  # fmt: skip
COMMON = ("PERSON", "ORG", "LOC")


def f1(counts: Counter[str], key: str = "") -> float:
    total = counts[f"found{key}"] + counts[f"gold{key}"]
    return 2 * counts[f"right{key}"] / total if total else 0.0


def syntax_scores(docs: Iterable[Doc], encoder: Encoder) -> dict[str, float]:
    """Accuracies over the words of the docs, their own tokens and the model's sentences; sentence starts as F1."""
    n: Counter[str] = Counter()
    for gold in docs:
        doc = encoder(Doc(gold.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold]))
        for a, b in zip(gold, doc, strict=True):
            if a.is_space or a.is_punct:
                continue
            n["words"] += 1
            n["tag"] += a.tag_ == b.tag_
            n["lemma"] += a.lemma_.lower() == b.lemma_
            n["head"] += a.head.i == b.head.i
            n["both"] += a.head.i == b.head.i and a.dep_ == b.dep_
        starts = [{s.start for s in d.sents} for d in (gold, doc)]
        n.update(right=len(starts[0] & starts[1]), gold=len(starts[0]), found=len(starts[1]))
    share = {
        name: n[key] / n["words"]
        for name, key in (("tag", "tag"), ("lemma", "lemma"), ("UAS", "head"), ("LAS", "both"))
    }
    return {**share, "sentences": f1(n)}


def entity_scores(docs: Iterable[Doc], encoder: Encoder) -> Counter[str]:
    """Counts of right, found and gold PERSON, ORG and LOC spans, and by type."""
    n: Counter[str] = Counter()
    for doc in docs:
        words = [t for t in doc if not t.is_space]
        place = {t.i: i for i, t in enumerate(words)}
        gold = {(place[e.start], place[e.end - 1] + 1, e.label_) for e in doc.ents if e.label_ in COMMON}
        found = set(public_spans([t.text for t in words], encoder))
        for kind in COMMON:
            for key, spans in (("right", found & gold), ("found", found), ("gold", gold)):
                size = sum(s[2] == kind for s in spans)
                n.update({f"{key} {kind}": size, key: size})
    return n


def public_spans(words: list[str], encoder: Encoder) -> Iterator[tuple[int, int, str]]:
    labels = encoder.model.labels["public"]
    scores = encoder.model.scores(words, frozenset())[:, encoder.model.columns["public"]]
    logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    for span in label_spans(best_labels(logs, labels), labels):
        if span[2] in COMMON:
            yield span


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("data", type=Path)
    args.add_argument("--model", type=Path, default=Path(__file__).parent.parent / "model")
    a = args.parse_args()
    register()
    encoder = Encoder(a.model)
    for name, file in SYNTAX.items():
        scores = syntax_scores(read_docbins(a.data / "syntax", [file]), encoder)
        print(f"{name:18}", *(f"{key} {value:.3f}" for key, value in scores.items()))
    means = []
    for name, file in ENTITIES.items():
        n = entity_scores(read_docbins(a.data / "entities", [file]), encoder)
        means.append(f1(n))
        print(f"{name:18} F1 {means[-1]:.3f}", *(f"{kind} {f1(n, ' ' + kind):.3f}" for kind in COMMON))
    print(f"{'mean':18} F1 {sum(means) / len(means):.3f}")


if __name__ == "__main__":
    main()
