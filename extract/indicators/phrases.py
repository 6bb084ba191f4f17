"""Noun phrases around a value: the noun that a number counts, and the words that belong to a noun.

Trees follow Universal Dependencies; where the tree says nothing the order of the words decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extract.attributes import VALUES
from extract.quantities import ORDINALS
from extract.syntax.tags import NOUNS
from extract.wordlists import lowered

BEFORE_NOUN = NOUNS | {"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "CD", "POS", "AFX"}
INSIDE_NOUN = BEFORE_NOUN - {"CD"} | {"CC", "RB", "RBR", "RBS", ",", "FW"}
MODIFIERS = frozenset({"nummod", "amod", "compound", "nmod", "nmod:unmarked", "advmod", "obl:npmod", "obl:unmarked"})
LEFT = frozenset({"amod", "compound", "nmod", "nmod:unmarked", "advmod", "flat", "goeswith", "punct"})
RIGHT = frozenset({"nmod", "acl", "flat", "compound", "conj", "punct"})
JOINTS = frozenset({"-", "‑", "–", "/", "&"})
LIMITS = frozenset({",", ";", ":", ".", "(", ")", '"', "“", "”", "—"})
LOOSE_TAGS = frozenset({"IN", "TO", "DT", "CC", "PRP$", "PDT", "RB", ",", "HYPH", "POS", "VBG", "VBN", "WDT", "MD"})
LONGEST = 12
LEVELS = frozenset({"above", "below"})  # "provincial-level and above bases"
LEADING = re.compile(
    r"^(?:(?:of|the|an?|its|their|his|her|our|such|own|same|these|those|each|every|all) )+", re.IGNORECASE
)
PRONOUNS = frozenset({"them", "these", "those", "which", "whom", "it", "that", "this", "us", "others"})


@dataclass(frozen=True)
class Scope:
    """A value, the other values of its sentence in text order, and the words that those take up."""

    span: Span
    others: tuple[Span, ...]
    before: tuple[Span, ...]
    taken: frozenset[int]

    @property
    def quantities(self) -> list[Span]:
        return [v for v in self.others if v.label_ != "DATE"]


def scope_of(span: Span) -> Scope:
    doc, sent = span.doc, span.sent
    earlier = doc[sent.start - 1].sent.start if sent.start else 0
    near = sorted((v for v in doc.spans.get(VALUES, ()) if earlier <= v.start < sent.end), key=lambda v: v.start)
    others = tuple(v for v in near if v.start >= sent.start and v.start != span.start)
    before = tuple(v for v in near if v.start < sent.start and v.label_ != "DATE")
    taken = frozenset(
        i for v in [*others, span] if not is_small(v) or v.start == span.start for i in range(v.start, v.end)
    )
    return Scope(span, others, before, taken)


def is_small(value: Span) -> bool:
    """Whether a value is a count that belongs to a phrase: "trade between the [two] parks"."""
    if value.text.lower() in ORDINALS:
        return True
    return (
        value.label_ != "DATE" and len(value) == 1 and value.root.dep_ == "nummod" and value.root.head.i > value.start
    )


def counted_noun(span: Span) -> Token | None:
    """The noun that a number counts: "technicians" of "300 [young technicians]", "bases" of "40 new [province-level bases]"."""
    token = by_tree(span)
    if token is not None:
        return token
    phrase = counted(span)
    return phrase[-1] if phrase is not None else None


def by_tree(span: Span) -> Token | None:
    token = span.root
    while token.dep_ in MODIFIERS and token.head.i > token.i and is_inside(span.doc, span.end, token.head.i):
        token = token.head
    return token if token.i >= span.end and token.tag_ in NOUNS else None


def is_inside(doc: Doc, start: int, end: int) -> bool:
    """Whether only words that can stand before a noun lie between."""
    words = doc[start:end]
    return (
        len(words) <= LONGEST
        and doc[start].tag_ not in {"CC", ","}
        and all(t.tag_ in INSIDE_NOUN or t.lower_ in LEVELS for t in words)
    )


def counted(span: Span) -> Span | None:
    """The noun phrase behind a number by word order: "more than 300" in "more than 300 public datasets" gives "public datasets"."""
    doc, end = span.doc, span.end
    while end < len(doc) and end - span.end < 7 and not doc[end].is_space and not doc[end].is_sent_start:
        token = doc[end]
        if token.text not in JOINTS and token.tag_ not in BEFORE_NOUN and not (token.text == "of" and end == span.end):
            break
        end += 1
        if token.tag_ in {"NNS", "NNPS"} and (end == len(doc) or doc[end].tag_ not in NOUNS | {"HYPH"}):
            break
    while end > span.end and doc[end - 1].tag_ not in NOUNS:
        end -= 1
    return doc[span.end : end] if end > span.end else None


def phrase(noun: Token, scope: Scope, start: int | None = None) -> str:
    """The noun with the words before it that describe it and what short complements follow, at most `LONGEST` words.

    Articles, owners and numbers are left out. `start`: where it begins, if known.
    """
    first = left_edge(noun, scope.taken) if start is None else start
    return plain(noun.doc[first : right_edge(noun, first, scope.taken)])


def plain(span: Span) -> str:
    words = re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(span.text.split())).strip(" ,;:.\"'“”()")
    first = span[0] if len(span) else None
    if first is not None and first.is_sent_start and first.tag_ not in {"NNP", "NNPS"} and first.is_title:
        words = words[:1].lower() + words[1:]
    return LEADING.sub("", words)


def left_edge(noun: Token, taken: frozenset[int]) -> int:
    start = noun.i
    for child in reversed(list(noun.lefts)):
        left = child.left_edge.i
        adjoins = all(t.text in JOINTS for t in noun.doc[child.right_edge.i + 1 : start])
        if child.dep_ not in LEFT or not adjoins or not taken.isdisjoint(range(left, start)):
            break
        if child.dep_ != "punct" or child.text in JOINTS:
            start = left
        else:
            break
    while start < noun.i and noun.doc[start].text in JOINTS:
        start += 1
    return start


def right_edge(noun: Token, start: int, taken: frozenset[int]) -> int:
    end = noun.i + 1
    for child in noun.rights:
        if child.left_edge.i != end or child.dep_ not in RIGHT or child.text in LIMITS:
            break
        stop = end_of_complement(child, taken, start + LONGEST)
        if stop <= end:
            break
        end = stop
        if end < child.right_edge.i + 1:
            break
    return end


def end_of_complement(child: Token, taken: frozenset[int], limit: int) -> int:
    """How far a complement can be taken whole or in part: up to a comma or another value, but with its own head word."""
    doc, left = child.doc, child.left_edge.i
    end = left
    while (
        end <= child.right_edge.i
        and end < limit
        and end not in taken
        and doc[end].text not in LIMITS
        and doc[end].lower_ != "compared"
    ):
        end += 1
    if child.dep_ == "acl" and (end - left < 2 or doc[left].tag_ not in {"VBG", "VBN", "TO", "JJ"}):
        return left
    if end <= child.right_edge.i:
        while end > left and doc[end - 1].tag_ in LOOSE_TAGS:
            end -= 1
        if end > left and doc[end - 1].tag_ not in NOUNS:
            return left
    return end if end > child.i else left


def is_named(noun: Token) -> bool:
    """Whether a noun is a pronoun or a name rather than a word that says what is measured."""
    return noun.tag_ not in {"NN", "NNS"} and not is_measure(noun)


def singular(word: str) -> str:
    """A plural's likely singular, lower case: "exports", "bodies"."""
    low = word.lower()
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def is_measure(noun: Token) -> bool:
    return bool({noun.lower_, singular(noun.text)} & lowered("measure-nouns"))


def is_empty(noun: Token) -> bool:
    """Whether a noun only stands for a measure named elsewhere: "a new high", but not "a trade value"."""
    known = bool({noun.lower_, singular(noun.text)} & lowered("empty-nouns"))
    return known and not any(c.dep_ == "compound" for c in noun.lefts)
