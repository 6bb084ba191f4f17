"""Readings of a value that ask no other value: a rank, how long, how far, how much for what."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from extract.indicators.clauses import REACH, base_form, case_of, subject_of
from extract.indicators.phrases import (
    BEFORE_NOUN,
    LONGEST,
    Scope,
    counted,
    counted_noun,
    is_measure,
    is_named,
    phrase,
    plain,
)
from extract.indicators.units import is_age
from extract.quantities import dimension
from extract.wordlists import any_of, columns

RHYTHMS = {"year": "annual", "month": "monthly", "week": "weekly", "day": "daily"}


def ranked(scope: Scope, unit: str, depth: int) -> str:
    """ "ranked third in the world by volume" gives "rank in the world by volume", "second largest exporter" "rank as largest exporter"."""
    if unit != "rank":
        return ""
    span = scope.span
    noun = counted_noun(span)
    if noun is not None:
        start = span.end - 1 if span[-1].tag_ in {"JJS", "RBS"} else span.end
        return f"rank as {phrase(noun, scope, start)}"
    head = span.root if span.root.head.i == span.root.i else span.root.head
    rest = [
        c
        for h in (span.root, head)
        for c in h.rights
        if c.dep_ in {"obl", "nmod"} and case_of(c) in {"in", "among", "by", "for"}
    ]
    parts = [f"{case_of(c)} {phrase(c, scope)}" for c in rest if c.i >= span.end and c.i not in scope.taken]
    return " ".join(["rank", *dict.fromkeys(parts)])


def lasting(scope: Scope, unit: str, depth: int) -> str:
    """ "has been the largest port for seven straight years": "consecutive years as largest port"."""
    span, doc = scope.span, scope.span.doc
    words = doc[span.start : min(span.sent.end, span.end + 3)].text.lower()
    if dimension(unit) != "duration" or not any_of("consecutive").search(words):
        return ""
    name = f"consecutive {unit.rsplit(maxsplit=1)[-1]}"
    place = next(
        (t for t in reversed(doc[max(span.sent.start, span.start - 14) : span.start]) if t.lower_ == "as"), None
    )
    if place is not None:
        role = plain(doc[place.i + 1 : span.start]).removesuffix(" for")
        return f"{name} as {role}"
    doing = next(
        (t for t in reversed(doc[max(span.sent.start, span.start - REACH) : span.start]) if t.tag_ == "VBG"), None
    )
    return f"{name} of {plain(doc[doing.i : span.start]).removesuffix(' for')}" if doing is not None else name


def described(scope: Scope, unit: str, depth: int) -> str:
    """ "134 kilometers long" gives "length", "15 kilometers from the port" "distance from the port"."""
    span, doc = scope.span, scope.span.doc
    after = doc[span.end] if span.end < len(doc) else None
    if after is None:
        return ""
    name = columns("value-adjectives", "word", "label").get(after.lower_, "")
    if after.lower_ == "from" and dimension(unit) == "length":
        name = "distance"
    if name in {"growth", "decline"} or dimension(unit) not in {"length", "duration"}:
        return ""
    if name != "distance":
        return name
    places = [
        c
        for h in (span.root, after, span.root.head)
        for c in h.rights
        if case_of(c) in {"from", "of"} and c.i > after.i
    ]
    return f"distance from {phrase(places[0], scope)}" if places else name


def following(scope: Scope, unit: str, depth: int) -> str:
    """ "823 million RMB in export sales": the bare noun behind "in" or "worth of"."""
    span, doc = scope.span, scope.span.doc
    words = [t.lower_ for t in doc[span.end : span.end + 2]]
    start = span.end + (2 if words == ["worth", "of"] else 1 if words[:1] == ["in"] else 0)
    if dimension(unit) != "amount" or start == span.end or start >= len(doc) or start in scope.taken:
        return ""
    inner = counted(doc[start - 1 : start])
    if inner is None or inner[-1].tag_ not in {"NN", "NNS"} or doc[start].tag_ not in BEFORE_NOUN:
        return ""
    return phrase(inner[-1], scope, start)


def timed(verb: Token, noun: Token | None, scope: Scope, unit: str, case: str) -> str:
    """What lasts or is due: "to answer calls within 30 days" gives "time limit to answer calls"."""
    if dimension(unit) != "duration":
        return ""
    thing = phrase(noun, scope) if noun is not None else ""
    if case in {"in", "within", "after"}:
        act = (
            f"to be {verb.lower_}"
            if verb.tag_ == "VBN" and noun is not None and noun.i < verb.i
            else f"to {base_form(verb)} {thing}"
        )
        return f"{'time limit' if case == 'within' else 'time'} {act}".strip()
    return f"duration of {thing}" if case == "for" and noun is not None and noun.i > verb.i else ""


def purpose(verb: Token, scope: Scope) -> str:
    """What money is for: "spent 5 million RMB [on research]"."""
    found = [
        c
        for c in verb.rights
        if c.dep_ in {"obl", "nmod"} and case_of(c) in {"in", "into", "on", "for"} and c.i not in scope.taken
    ]
    return f" {case_of(found[0])} {phrase(found[0], scope)}" if found and found[0].i > scope.span.end else ""


def measured(noun: Token, words: str, unit: str) -> str:
    if not unit or is_measure(noun):
        return words
    name = dimension(unit)
    return words if name in {"amount", "share", ""} else f"{name} of {words}"


def by_subject(scope: Scope, unit: str) -> str:
    subject = subject_of(scope.span.root)
    if subject is None or is_named(subject) or subject.i in scope.taken:
        return ""
    return measured(subject, phrase(subject, scope), unit)


def per(label: str, span: Span) -> str:
    """ "4.6 RMB a kilogram" gives "price per kilogram", "3 million tons a year" "annual output"."""
    rest = span.doc[span.end : span.end + 3].text
    match = re.match(r"\s*(?:per|an?|each|every) ([a-z]+)", rest)
    if not match or (not rest.lstrip().startswith("per") and not dimension(match[1])):
        return label
    rhythm = RHYTHMS.get(match[1])
    if rhythm:
        return label if rhythm in label else f"{rhythm} {label}"
    return f"{label} per {match[1]}"


def short(label: str) -> str:
    words = label.split()
    return (
        label
        if len(words) <= LONGEST
        else re.sub(r"(?: (?:of|in|and|for|the|to|a|with))+$", "", " ".join(words[:LONGEST]))
    )


def bare(thing: str) -> str:
    """Without a word that says share once more."""
    return re.sub(r"^(?:share|proportion|part) of ", "", thing)


def aged(scope: Scope, unit: str, depth: int) -> str:
    return "age" if not unit and is_age(scope) else ""


def previous(thing: str) -> str:
    return f"previous {thing}" if thing and not thing.startswith("previous ") else thing


def is_yearly(span: Span) -> bool:
    rest = span.doc[span.end : min(span.sent.end, span.end + REACH)].text.strip(" ,")
    return any_of("year-on-year").match(rest) is not None
