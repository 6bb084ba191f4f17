"""The tokenizer: spaCy's English rules, sharpened for policy news."""

from __future__ import annotations

from functools import cache
from typing import cast

import spacy
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

# Chinese has no spaces: its punctuation alone tells names in a list of tags apart.
CHINESE_MARKS = "[，、。；：！？（）《》【】]"


@cache
def tokenizer() -> Tokenizer:
    """spaCy's English tokenizer, the one that training and run time share."""
    nlp = spacy.blank("en")
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or ()), CHINESE_MARKS])
    made = cast(Tokenizer, nlp.tokenizer)
    made.infix_finditer = infixes.finditer
    return made
