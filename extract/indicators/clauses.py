"""Who does what in the clause around a value: subjects and objects of its verb, and what the verb says of values.

Trees follow Universal Dependencies; they are a model's guess, so that the order of the words is asked as well.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from extract.indicators.phrases import Scope, is_empty, is_named
from extract.quantities import dimension
from extract.syntax.forms import past_forms, verb_forms
from extract.syntax.tags import NOUNS, SUBJECTS
from extract.wordlists import dictionary, rows

REACH = 8


@cache
def verbs() -> dict[str, dict[tuple[str, str], str]]:
    """Form of a verb, with its particle -> (what it says of a value, dimension that the value must have or '') -> the noun
    for it. By forms, for a lemma is a guess."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for row in rows("value-verbs"):
        verb, _, particle = row["verb"].partition(" ")
        for form in verb_forms(verb):
            found.setdefault(f"{form} {particle}".strip(), {})[row["kind"], row["dimension"]] = row["noun"]
    return found


def verb_kinds(verb: Token, unit: str) -> dict[str, str]:
    """Kind -> noun: what the table says of the verb with its particle ("make up"), else of the verb, for such a value."""
    following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    known = verbs().get(f"{verb.lower_} {following}") or verbs().get(verb.lower_, {})
    return {kind: noun for (kind, size), noun in known.items() if size in {"", dimension(unit)}}


def case_of(token: Token) -> str:
    return next((c.lower_ for c in token.children if c.dep_ in {"case", "mark"}), "")


def verb_object(verb: Token, scope: Scope) -> Token | None:
    found = next((c for c in verb.rights if c.dep_ == "obj" and c.i not in scope.taken), None)
    return found if found is not None and not is_named(found) and not is_empty(found) else None


def verb_subject(verb: Token, scope: Scope) -> Token | None:
    before = noun_before(verb, scope)
    subject = before if verb.tag_ == "VBG" and before is not None else subject_of(verb) or before
    return subject if subject is not None and not is_named(subject) and subject.i not in scope.taken else None


def subject_of(token: Token) -> Token | None:
    """The subject of the clause that a word belongs to, of the clause that it shares one with, or what the clause modifies."""
    for word in (token, *token.ancestors):
        found = next((c for c in word.children if c.dep_ in SUBJECTS and c.i != token.i), None)
        if found is not None:
            return relative_head(found)
        if word.dep_ in {"acl", "acl:relcl"}:
            return word.head
    return None


def relative_head(token: Token) -> Token:
    """Of "which" the noun that its clause modifies."""
    if token.tag_ not in {"WDT", "WP"}:
        return token
    return next((up.head for up in token.ancestors if up.dep_ == "acl:relcl"), token)


def noun_before(verb: Token, scope: Scope) -> Token | None:
    """The head of the noun phrase right before a verb by word order, where the tree knows no subject."""
    for i in range(verb.i - 1, max(verb.sent.start, verb.i - REACH) - 1, -1):
        token = verb.doc[i]
        if token.tag_ in NOUNS and i not in scope.taken:
            return phrase_head(token)
        if token.tag_[:2] not in {"VB", "MD", "RB", "TO", "IN", "DT"} and i not in scope.taken:
            return None
    return None


def phrase_head(noun: Token) -> Token:
    """The noun that a noun's phrase is about: "stability" of "stability in complex conditions"."""
    while noun.dep_ in {"nmod", "compound", "flat"} and noun.head.i < noun.i and noun.head.tag_ in NOUNS:
        noun = noun.head
    return noun


def participle(verb: Token) -> str:
    """The participle with its particle, '' where its spelling is unsure."""
    past = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.lower_.endswith("ed"))
    form = verb.lower_ if past else past_forms(verb.lower_ if verb.tag_ in {"VB", "VBP"} else verb.lemma_)[-1]
    particle = next((f" {c.lower_}" for c in verb.children if c.dep_ == "compound:prt"), "")
    return form + particle if form in dictionary() else ""


def base_form(verb: Token) -> str:
    """The bare verb of a form, by spelling."""
    low, words = verb.lower_, dictionary()
    if verb.tag_ in {"VB", "VBP"}:
        return low
    guesses = (
        low[:-cut] + end for cut, end in ((3, ""), (3, "e"), (2, ""), (1, ""), (4, ""), (3, "y")) if len(low) > cut + 2
    )
    return next((g for g in (verb.lemma_, *guesses) if g != low and g in words and low in verb_forms(g)), low)
