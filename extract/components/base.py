"""Entities of another spaCy pipeline in place of the model's own, under the contract's types."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.attributes import NAMES
from extract.schema import TYPES

# What the labels of spaCy's public pipelines mean here; the gazetteer and the other components sharpen them.
LABELS = {
    "PERSON": "Person",
    "PER": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "EVENT": "Event",
    "LAW": "Policy",
    "PRODUCT": "Technology",
    "NORP": "Country",
}


class BaseEntities:
    """Replaces doc.spans["names"] by the entities of the pipeline `base`; labels of the contract are kept as they are."""

    def __init__(self, base: Language) -> None:
        self.base = base

    def __call__(self, doc: Doc) -> Doc:
        found = self.base(doc.text)
        spans = [
            doc.char_span(e.start_char, e.end_char, label=label_of(e), alignment_mode="expand") for e in found.ents
        ]
        doc.spans[NAMES] = [span for span in spans if span is not None and span.label_ in TYPES]
        return doc


def label_of(entity: Span) -> str:
    return LABELS.get(entity.label_, entity.label_)
