"""What one word on the spine of a fact makes of it: by what it governs, its auxiliaries, negations, adverbs and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from extract.components.cues import NEGATED, PLANNED, Cue, cue_at, in_phrase
from extract.components.spine import CLAUSES, SUBJECTS, Link, is_clause

OBJECTS = frozenset({"obj", "nsubj:pass", "iobj", "xcomp", "obl:agent"})
OBLIQUES = frozenset({"obl", "nmod", "acl", "advcl", "xcomp", "dep"})
ATTRIBUTES = frozenset({"advmod", "amod", "obl", "obl:npmod", "obl:tmod"})
MARKS = frozenset({"mark", "case", "cc", "advmod"})
BE = frozenset({"is", "are", "was", "were", "am", "be", "'s", "’s"})
HELPERS = BE | {"been", "being", "has", "have", "had", "having", "do", "does", "did"}
PAST = frozenset({"VBD", "VBN"})
NAMES = frozenset({"NNP", "NNPS"})


@dataclass(frozen=True)
class Reading:
    """A status, and the word of the sentence that makes it so; none where nothing does."""

    status: str
    word: Token | None = None


def readings(link: Link, *, governs: bool = True) -> Iterator[Reading]:
    """What the link's word makes of the fact; `governs` is false for words of the fact's own spans, which are only names."""
    word = link.word
    cue = governing(link) if governs else None
    own = None if is_later_member(link) else auxiliary(word)
    negation = is_negated(link)
    if cue:
        yield Reading(cue.negated if negation else cue.status, word)
    if own:
        yield Reading(own.negated if negation and not cue else own.status, word)
    if negation and not cue and not own:
        yield Reading(NEGATED, word)
    if not is_later_member(link):
        yield from (Reading(found.status, word) for found in [*modifiers(word), *conditions(word)])


def is_later_member(link: Link) -> bool:
    """Whether the fact comes from a later member of a list whose first is the word: "not A but B", "plans A and built B"."""
    others = [t for t in link.below if t.dep_ not in SUBJECTS]
    return bool(others) and all(
        t.dep_ == "parataxis" or (t.dep_ == "conj" and t.i > link.word.i and not shares(link.word, t)) for t in others
    )


def shares(first: Token, later: Token) -> bool:
    """Whether a later verb has the auxiliaries of the first: "will build A and open B", not "will build A and opened B"."""
    own = any(c.dep_ in SUBJECTS or c.dep_ in {"aux", "aux:pass", "cop"} for c in later.children)
    return is_clause(first) and later.tag_ == first.tag_ and not own and any(t.tag_ != "RB" for t in verb_group(first))


def governing(link: Link) -> Cue | None:
    """The cue that the word is for what hangs on it: "plans" for its clause, "denied" for its object."""
    if link.word.tag_ in NAMES:
        return None
    for below in link.below:
        for position in positions(link, below):
            if cue := cue_at(link.word, position):
                return cue
    return None


def positions(link: Link, below: Token) -> Iterator[str]:
    """How the word below hangs on the link's word, as the cue table calls it."""
    verb = link.word.tag_.startswith("VB")
    if below.i > link.word.i and link.word.nbor().tag_ in {"IN", "TO"}:
        yield link.word.nbor().lower_
    if below.dep_ in OBLIQUES:
        yield from (c.lower_ for c in below.children if c.dep_ in {"case", "mark"})
        if verb and any(c.dep_ == "obj" and c.tag_ not in NAMES for c in link.word.children):
            yield "object"  # "considers a plant in Wuhu": parsers hang the place on the verb as often as on the plant
    if below.dep_ in CLAUSES or (is_clause(below) and below.dep_ in OBLIQUES | {"obj"}):
        yield "clause"
    bare = below.dep_ == "obl" and not any(c.dep_ == "case" for c in below.children)
    if verb and (below.dep_ in OBJECTS or bare):
        yield "object"
    if all(t.dep_ in SUBJECTS for t in link.below):
        yield "subject"
        if any(c.dep_ in {"xcomp", "ccomp"} for c in link.word.children):
            yield "clause"
        if any(c.dep_ == "obj" for c in link.word.children):
            yield "object"


def brings_about(link: Link) -> bool:
    """Whether the word brings the thing below it into being, so that its doubt is the thing's: "will build a plant in Wuhu"."""
    below = link.below[0]
    if cue_at(link.word, "creation") is None:
        return False
    if below.dep_ == "nsubj":
        return not any(c.dep_ == "obj" for c in link.word.children)
    return below.dep_ in OBJECTS or below.dep_ == "nmod"


def auxiliary(word: Token) -> Cue | None:
    """The modal of the word's clause, or its infinitive of what is to come ("is to open", a headline's "Kemi to open")."""
    helpers = verb_group(word)
    marked = any(c.lower_ == "to" for c in helpers)
    if marked and (heads_line(word) or any(c.lower_ in BE and c.nbor().lower_ == "to" for c in helpers)):
        return Cue(("to",), "", "auxiliary", PLANNED, NEGATED)
    position = "backshifted" if is_backshifted(word) else "auxiliary"
    return next((cue for c in helpers if (cue := cue_at(c, position) or cue_at(c, "auxiliary"))), None)


def heads_line(word: Token) -> bool:
    """Whether an infinitive stands where a sentence has its verb: "Kemi to Build Plant"."""
    titled = word.dep_ in {"acl", "compound", "amod"} and word.head.dep_ == "ROOT" and word.text[0].isupper()
    return word.dep_ in {"ROOT", "parataxis"} or titled


def verb_group(word: Token) -> list[Token]:
    """Auxiliaries, copula, "to" and adverbs before the word: its children, and for a verb also those right before it, which
    parsers hang elsewhere now and then."""
    group = [c for c in word.children if c.i < word.i and c.dep_ in {"aux", "aux:pass", "cop", "mark"}]
    if word.tag_.startswith("VB"):
        start = word.i
        while start > word.sent.start and in_group(word.doc[start - 1]):
            start -= 1
        group += [t for t in word.doc[start : word.i] if t not in group]
    return group


def in_group(token: Token) -> bool:
    return token.tag_ in {"MD", "RB", "RBR", "TO"} or (token.lower_ in HELPERS and token.tag_.startswith("VB"))


def is_backshifted(word: Token) -> bool:
    """Whether the clause depends on a verb in the past: its "would" is that verb's "will"."""
    return word.dep_ in {"ccomp", "parataxis", "xcomp"} and word.head.tag_ in PAST


def is_negated(link: Link) -> bool:
    if is_later_member(link):
        return False
    word = link.word
    contrast = any(t.dep_ == "conj" and any(c.lower_ == "but" for c in t.children) for t in link.below)
    return (
        not contrast
        and (any(is_negation(c) for c in [*word.children, *verb_group(word)]) or lacks(word))
        and not lifted(word)
    )


def is_excepted(span: Span) -> bool:
    """ "but not in Wuhu": a negation right before the span, or before its preposition."""
    at = span.start - 1
    while at > span.sent.start and span.start - at <= 2 and span.doc[at].tag_ in {"IN", "DT", "TO"}:
        at -= 1
    return at >= span.sent.start and is_negation(span.doc[at])


def is_negation(token: Token) -> bool:
    return cue_at(token, "negation") is not None and not is_number_sign(token) and not in_phrase(token, "harmless")


def is_number_sign(token: Token) -> bool:
    """ "No. 3", "No 3"."""
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    return token.text == "No" and (after.text == "." or after.like_num)


def lacks(word: Token) -> bool:
    """ "takes no part", "no firm invested": the verb is negated by a determiner of its subject or object."""
    arguments = [c for c in word.children if c.dep_ in {"obj", "nsubj", "nsubj:pass"}] if is_clause(word) else []
    return any(
        is_negation(argument) or any(c.dep_ in {"det", "advmod"} and is_negation(c) for c in argument.children)
        for argument in arguments
    )


def lifted(word: Token) -> bool:
    """ "did not approve until May", "will not open before 2028": what is not so until then is so from then on."""
    timed = any(t.lower_ in {"did", "had", "will"} for t in verb_group(word))
    times = [child for child in word.children if timed and child.dep_ in {"obl", "advcl", "nmod"}]
    return any(c.dep_ in {"mark", "case"} and cue_at(c, "lifting") for time in times for c in time.children)


def modifiers(word: Token) -> Iterator[Cue]:
    """Adverbs, adjectives and conjunctions of the word; a conjunction also where it only stands right before its subject."""
    for child in word.children:
        before = child.left_edge.i - 1
        if child.dep_ in SUBJECTS and before >= word.sent.start and (cue := cue_at(word.doc[before], "marker")):
            yield cue
        if child.dep_ in ATTRIBUTES and (cue := cue_at(child, "modifier")):
            yield cue
        if child.dep_ in MARKS and (cue := cue_at(child, "marker")):
            yield cue


def conditions(word: Token) -> Iterator[Cue]:
    """ "..., if approved": a clause under which alone the word's clause holds."""
    clauses = [child for child in word.children if child.dep_ == "advcl"]
    marks = (c for clause in clauses for c in [clause, *clause.children] if c is clause or c.dep_ in MARKS)
    return (cue for mark in marks if (cue := cue_at(mark, "condition")))
