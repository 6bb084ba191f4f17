"""Who fills a role by the dependency tree (Universal Dependencies): asked where no mention stands right beside the word."""

from __future__ import annotations

from spacy.tokens import Token

from extract.components.coordination import Member
from extract.syntax.scene import RELATIVES, Scene, Types, stands_in
from extract.syntax.tags import NOUNS, SUBJECTS

OBLIQUES = frozenset({"nmod", "obl", "obl:agent"})
SAME = frozenset({"appos", "flat", "list"})
LISTING = frozenset({"such", "like", "including", "namely", "among"})
INNER = frozenset({"of", "at", "in", "for", "with", "from"})


def members_of(scene: Scene, token: Token, types: Types, depth: int = 3) -> list[Member]:
    """The mentions of these types that a word stands for, all members of a list included."""
    token = antecedent(token)
    found = scene.at(token)
    members = scene.listed(found) if found is not None else stand_ins(scene, token, types, depth)
    words = list(found[0]) if found is not None else [token]
    inside = {t.i for t in words}
    conjuncts = [c for w in words for c in w.children if c.dep_ == "conj" and c.i not in inside and depth]
    more = [m for c in conjuncts for m in members_of(scene, c, types, depth - 1)]
    return [m for m in [*members, *more] if m[1].type in types]


def antecedent(token: Token) -> Token:
    """Of "which" and the like the noun of the relative clause, of other words themselves."""
    if token.lower_ not in RELATIVES:
        return token
    return next((up.head for up in token.ancestors if up.dep_ == "acl:relcl"), token)


def stand_ins(scene: Scene, token: Token, types: Types, depth: int) -> list[Member]:
    """What a common noun is said to be: "the maker [Xinghe]", "fields such as [chips]", "researchers at [Tongji]"."""
    leads = stands_in(token)
    named = [c for c in token.children if c.dep_ in SAME or (c.dep_ in OBLIQUES and cases(c) & LISTING)]
    led = [c for c in token.children if leads and (c.dep_ == "nmod:poss" or (c.dep_ in OBLIQUES and cases(c) & INNER))]
    return [m for c in [*named, *led] if depth for m in members_of(scene, c, types, depth - 1)]


def cases(token: Token) -> set[str]:
    """The prepositions of a noun, in lower case."""
    marks = [c for c in token.children if c.dep_ in {"case", "mark"}]
    return {w.lower_ for c in marks for w in [c, *(f for f in c.children if f.dep_ == "fixed")]}


def subjects(scene: Scene, verb: Token, types: Types, depth: int = 4) -> list[Member]:
    """Of whom the verb is said, as its clause, the clause above it or the noun that it modifies shows."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own or not depth or verb.head.i == verb.i:
        return [m for c in own for m in members_of(scene, c, types)]
    if verb.dep_ in {"xcomp", "advcl", "conj"}:
        return subjects(scene, verb.head, types, depth - 1)
    return members_of(scene, verb.head, types) if verb.dep_ in {"acl", "acl:relcl"} else []


def objects(scene: Scene, verb: Token, types: Types) -> list[Member]:
    return [m for c in verb.children if c.dep_ == "obj" for m in members_of(scene, c, types)]


def passive_agents(scene: Scene, verb: Token, types: Types) -> list[Member]:
    by = [c for c in verb.children if c.dep_ == "obl:agent" or (c.dep_ in OBLIQUES and "by" in cases(c))]
    return [m for c in by for m in members_of(scene, c, types)]


def attached(scene: Scene, word: Token, link: str, types: Types, depth: int = 1) -> list[Member]:
    """What hangs on a word, or on its object that is no name, by this preposition: "invested money [in X]"."""
    found: list[Member] = []
    for child in word.children:
        if child.dep_ in OBLIQUES and link in cases(child) and child.i > word.i:
            found += members_of(scene, child, types)
        elif child.dep_ == "obj" and depth and scene.at(child) is None:
            found += attached(scene, child, link, types, depth - 1)
    return found


def bearers(scene: Scene, noun: Token, types: Types, depth: int = 2) -> list[Member]:
    """Of whom a noun is said, as apposition, predicate or title."""
    found: list[Member] = []
    if noun.dep_ in SAME:
        found = members_of(scene, noun.head, types)
    elif noun.dep_ == "conj" and depth and noun.head.tag_ in NOUNS:
        found = bearers(scene, noun.head, types, depth - 1)
    elif any(c.dep_ == "cop" for c in noun.children):
        found = subjects(scene, noun, types)
    elif noun.dep_ == "xcomp" or (noun.dep_ == "obl" and "as" in cases(noun)):
        found = subjects(scene, noun.head, types)
    named = [c for c in noun.children if c.dep_ in {"appos", "flat"}]
    return [*found, *(m for c in named for m in members_of(scene, c, types))]
