"""Relations by rules: what the verbs, nouns and prepositions of rules/relations.jsonl tie together.

A rule names a word and the roles that subject and object play for it (syntax/roles.py finds who plays them); rules
without a word look into a name, behind it or between two. Types keep every rule to its predicate's signature.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extract.components.coordination import Member, covers
from extract.components.pair import Pair
from extract.schema import SYMMETRIC
from extract.syntax.forms import s_form
from extract.syntax.roles import Trigger, fillers, verb_trigger
from extract.syntax.rules import ANY_NOUN, FIRST, INSIDE, ITSELF, LEFT, Patterns, Rule
from extract.syntax.scene import Scene, Types, is_modifier, name_after
from extract.syntax.tags import NOUNS

PRESENT = frozenset({"VB", "VBP", "VBZ", "VBG"})
OF_ONE = frozenset({"partOf"})  # what is part of one whole is not part of the others in its list
PARTICLE_REACH, NEAR_REACH = 4, 3


class Match(NamedTuple):
    """A rule and the two mentions that it ties."""

    rule: Rule
    subject: Member
    object: Member


def rule_pairs(scene: Scene, patterns: Patterns) -> list[Pair]:
    """What the rules find between the mentions of a scene: of each fact and pair of places the surest rule's pair.

    A pair's probability is its rule's precision, its status Asserted.
    """
    best: dict[tuple[int, int, str], Match] = {}
    for match in matches(scene, patterns):
        key = (match.subject[0].start, match.object[0].start, match.rule.predicate)
        if key not in best or match.rule.precision > best[key].rule.precision:
            best[key] = match
    return [as_pair(match) for match in best.values()]


def as_pair(match: Match) -> Pair:
    (left, subject), (right, obj) = match.subject, match.object
    return Pair(subject, match.rule.predicate, obj, left, right, match.rule.precision, "Asserted")


def matches(scene: Scene, patterns: Patterns) -> Iterator[Match]:
    """Every rule that holds, with the mentions that it ties; types are those that the rule allows."""
    found = [
        m
        for token in triggers(scene, patterns)
        for m in [*verb_matches(scene, patterns, token), *noun_matches(scene, patterns, token)]
    ]
    found += [m for member in scene.members for m in linked_matches(scene, patterns, member)]
    found += beside_matches(scene, patterns)
    for match in found:
        (_, subject), (_, obj) = match.subject, match.object
        fitting = subject.type in match.rule.subject_types and obj.type in match.rule.object_types
        if subject is not obj and fitting and not (match.rule.predicate not in SYMMETRIC and are_listed(scene, match)):
            yield match


def triggers(scene: Scene, patterns: Patterns) -> Iterator[Token]:
    """The words that may set off a rule: those of sentences with two mentions or more."""
    if not patterns.verbs and not patterns.nouns:
        return
    counts = Counter(scene.first_word(span.start) for span, _ in scene.members)
    begun = 0
    for token in scene.doc:
        begun = token.i if token.is_sent_start else begun
        if counts[begun] > 1:
            yield token


def are_listed(scene: Scene, match: Match) -> bool:
    """Whether subject and object are members of one list: only a symmetric relation holds between them."""
    return any(m is match.object for m in scene.listed(match.subject))


def verb_matches(scene: Scene, patterns: Patterns, token: Token) -> Iterator[Match]:
    for rule, second, past in patterns.verbs.get(token.lower_, ()):
        end = verb_end(token, second)
        acts = token.i not in scene.outer and (past or token.tag_ in PRESENT)
        if acts and end is not None and is_near(token, rule.near):
            yield from bound(scene, rule, verb_trigger(scene, token, end, past=past))


def verb_end(token: Token, second: str) -> int | None:
    """Where a verb and its second word ("set up", "take part") end; None where that word is missing."""
    if not second:
        return token.i + 1
    behind = token.doc[token.i + 1 : token.i + 1 + PARTICLE_REACH]
    place = next((t.i for t in behind if t.lower_ in {second, s_form(second)}), None)
    return None if place is None else place + 1 if place <= token.i + 2 else token.i + 1


def is_near(token: Token, words: Sequence[str]) -> bool:
    """Whether one of these words stands near the token; of no words, yes."""
    near = token.doc[max(0, token.i - NEAR_REACH) : token.i + NEAR_REACH]
    return not words or any(t.lower_ in words for t in near)


def noun_matches(scene: Scene, patterns: Patterns, token: Token) -> Iterator[Match]:
    named = token.i in scene.outer
    rules = list(patterns.nouns.get(token.lower_, ()))
    if token.tag_ in NOUNS and not named:
        rules += [r for r in patterns.nouns.get(ANY_NOUN, ()) if token.lower_.removesuffix("s") not in r.exceptions]
    elif token.tag_.startswith("VB") and not named and token.lower_ in patterns.verbs:
        return
    for rule in rules:
        if is_near(token, rule.near):
            yield from bound(scene, rule, Trigger(token, token.i + 1))


def bound(scene: Scene, rule: Rule, trigger: Trigger) -> Iterator[Match]:
    subjects = [m for role in rule.subject for m in fillers(scene, trigger, role, rule.subject_types)]
    objects = [m for role in rule.object for m in fillers(scene, trigger, role, rule.object_types)] if subjects else []
    yield from (Match(rule, s, o) for s in subjects for o in one_or_all(rule, objects))


def one_or_all(rule: Rule, objects: list[Member]) -> list[Member]:
    return objects[:1] if rule.predicate in OF_ONE else objects


def linked_matches(scene: Scene, patterns: Patterns, member: Member) -> Iterator[Match]:
    for rule in patterns.linked:
        if rule.object == (ITSELF,) and member[1].type in rule.object_types:
            subjects = (o for role in rule.subject for o in linked(scene, member, role, rule.subject_types))
            yield from (Match(rule, subject, member) for subject in subjects)
        elif rule.subject == (ITSELF,) and member[1].type in rule.subject_types:
            objects = [o for role in rule.object for o in linked(scene, member, role, rule.object_types)]
            yield from (Match(rule, member, other) for other in one_or_all(rule, objects))


def linked(scene: Scene, member: Member, role: str, types: Types) -> list[Member]:
    """The mentions inside a name, its possessor, or what a preposition right behind it leads to."""
    if role in {INSIDE, FIRST}:
        return inside(scene, member, types, first=role == FIRST)
    if role == "possessor":
        return owner(scene, member, types)
    end = behind(scene.doc, member[0].end)
    follows = end < len(scene.doc) and scene.doc[end].lower_ == role
    return name_after(scene, end + 1, types) if follows else []


def inside(scene: Scene, member: Member, types: Types, *, first: bool) -> list[Member]:
    inner = [m for m in scene.members if m[1].type in types and covers(member[0], m[0])]
    return [m for m in inner if not first or m[0].start == member[0].start]


def owner(scene: Scene, member: Member, types: Types) -> list[Member]:
    """The mention right before a name as its possessor: "[Hefei]'s Guoxuan", "[its] Zhuhai plant"."""
    if member[0].start == 0:
        return []
    before = scene.doc[member[0].start - 1]
    found = (
        scene.starting(before.i) if before.tag_ == "PRP$" else scene.ending(before.i) if before.tag_ == "POS" else None
    )
    return [found] if found is not None and found[1].type in types else []


def behind(doc: Doc, end: int) -> int:
    """Behind an acronym in brackets and a comma."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        end += 3
    return end + 1 if end < len(doc) and doc[end].text == "," else end


def beside_matches(scene: Scene, patterns: Patterns) -> Iterator[Match]:
    """Rules on the words between two neighbouring mentions of one sentence that are no list."""
    outer = [m for m in scene.members if scene.outer.get(m[0].start) is m]
    for left, right in pairwise(outer):
        gap = scene.doc[left[0].end : right[0].start].text
        apart = "\n\n" in gap or left[0].sent.start != right[0].sent.start
        apart = apart or (gap.strip() == "," and is_modifier(scene, right))
        if apart or scene.listed(left) is scene.listed(right):
            continue
        for rule in patterns.beside:
            if gap.strip().lower() in rule.between:
                yield Match(rule, left, right) if rule.subject == (LEFT,) else Match(rule, right, left)
