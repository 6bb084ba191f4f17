"""The tokenizer: spaCy's English rules, sharpened for policy news."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.tokenizer import Tokenizer


@cache
def tokenizer() -> Tokenizer:
    """spaCy's English tokenizer, the one that training and run time share."""
    return spacy.blank("en").tokenizer
