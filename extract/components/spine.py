"""The words that carry a fact: those between its two spans in the tree of the sentence, and what stands above them.

Trees follow Universal Dependencies (de Marneffe et al. 2021).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
HELPERS = frozenset({"aux", "aux:pass", "mark"})
CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass", "acl", "advcl", "parataxis"})
PHRASES = frozenset({"obj", "nsubj:pass", "obl", "nmod", "nsubj", "nmod:poss", "iobj", "obl:agent", "dep", "appos"})
# An adverbial clause under one of these shares the time and doubt of the clause above; under another it is told for itself.
OPEN_MARKS = frozenset({"to", "by", "for", "from", "so", "that", "without", "in", "of", "whether"})


@dataclass(frozen=True)
class Link:
    """A word that carries the fact, and the words right below it from which the fact hangs on it; none at the ends."""

    word: Token
    below: tuple[Token, ...] = ()


@dataclass(frozen=True)
class Spine:
    """`links` run from the two spans to the word where they meet, inner words first; `above` from there to the root."""

    links: tuple[Link, ...]
    above: tuple[Link, ...] = ()


def spine(left: Span, right: Span) -> Spine:
    """What carries the fact between two spans. Spans of two sentences meet nowhere: the later one carries it alone."""
    paths = [[span.root, *span.root.ancestors] for span in (right, left)]
    common = {t.i for t in paths[0]} & {t.i for t in paths[1]}
    if not common:
        later = max(left, right, key=lambda span: span.start).root
        return Spine((Link(later),), tuple(trunk(later)))
    branches = [path[: next(k for k, t in enumerate(path) if t.i in common)] for path in paths]
    meet = paths[0][len(branches[0])]
    links = [link for branch in branches for link in chain(branch)]
    if any(is_own_clause(link.word) for link in links):
        return Spine(tuple(links))
    return Spine((*links, Link(meet, tuple(branch[-1] for branch in branches if branch))), tuple(trunk(meet)))


def chain(branch: Sequence[Token]) -> Iterator[Link]:
    """A branch from a span upwards, as far as a clause that is told for itself."""
    for k, word in enumerate(branch):
        yield Link(word, tuple(branch[max(0, k - 1) : k]))
        if is_own_clause(word):
            return


def trunk(word: Token) -> Iterator[Link]:
    """The words above on which the truth of what the word says may depend."""
    if word.dep_ == "ROOT" and (verb := stray_verb(word)) is not None:
        yield Link(verb, (word,))
    while goes_on(word):
        word, below = word.head, word
        yield Link(word, (below,))


def stray_verb(noun: Token) -> Token | None:
    """The verb of a clause whose subject the parser took for its root, as in headlines and after long lists."""
    return None if is_clause(noun) else next((c for c in noun.rights if c.dep_ == "parataxis" and is_clause(c)), None)


def goes_on(word: Token) -> bool:
    if word.head.i == word.i:
        return False
    if word.dep_ == "conj":
        return True
    if word.dep_ in CLAUSES:
        return not is_own_clause(word)
    return word.dep_ in PHRASES and (word.tag_ == "VBG" or not is_clause(word))


def is_own_clause(word: Token) -> bool:
    """Whether the word heads a clause that is told for itself: a participle of the past ("founded by Kemi in 2015") or
    an adverbial clause of time, cause or condition ("after it bought ...", "if ...")."""
    if word.tag_ == "VBN" and word.dep_ in {"acl", "advcl"} and not any(c.dep_ in HELPERS for c in word.children):
        return True
    if word.dep_ != "advcl":
        return word.dep_ == "advcl:relcl"
    closed = any(
        c.dep_ in {"mark", "advmod"} and c.tag_ in {"IN", "WRB"} and c.lower_ not in OPEN_MARKS for c in word.children
    )
    return closed or any(t.tag_ == "WDT" for t in word.subtree if t.i < word.i)


def is_clause(word: Token) -> bool:
    """Whether the word heads a clause: a verb, or a predicate with its copula."""
    return word.tag_.startswith("VB") or any(c.dep_ == "cop" for c in word.children)
