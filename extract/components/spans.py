"""Spans made of spans."""

from __future__ import annotations

from spacy.tokens import Span


def like(span: Span, start: int, end: int, label: str = "") -> Span:
    """A span of other words that is as sure as this one, and of its gazetteer entry and type unless `label` names another."""
    made = Span(span.doc, start, max(start, end), label=label or span.label_, kb_id=span.kb_id_)
    made._.score = span._.score
    return made
