"""Documents that are described rather than named, up to the end of what identifies them: "a programme to build ten parks"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extract.attributes import VALUES
from extract.components.spans import like
from extract.schema import POLICIES

LONGEST = 20
STOPS = frozenset({",", ";", ":", "(", ")", "—", "–", '"', "“", "”", ".", "that", "which", "who", "where"})


def described(span: Span) -> Span:
    """The span with the infinitives and participles that go on with it: "plan to" ..., "parks featuring" ..."""
    if span.label_ not in POLICIES or span.text[:1].isupper():
        return span
    end = span.end
    while end - span.start < LONGEST and (further := complement_end(span, end)) > end:
        end = further
    return like(span, span.start, end)


def complement_end(span: Span, end: int) -> int:
    """Where a complement that begins at `end` stops; `end` where none begins there."""
    verb = verb_of(span.doc[end], span.start, end) if end < span.sent.end else None
    if verb is None:
        return end
    within = {t.i for t in verb.subtree} - set(dated(span.doc, verb))
    while end < span.sent.end and end in within and span.doc[end].text not in STOPS:
        end += 1
    return end


def dated(doc: Doc, verb: Token) -> Iterator[int]:
    """The words that tell when the thing was done, which is not what it is: "in July 2025"."""
    for date in doc.spans.get(VALUES, ()):
        if date.label_ == "DATE" and verb.i < date.start:
            yield from range(date.start - (doc[date.start - 1].tag_ == "IN"), date.end)


def verb_of(token: Token, start: int, end: int) -> Token | None:
    """The verb of the infinitive or participle phrase of a noun in [start, end) that the token opens or goes on with."""
    verb = next((t for t in (token, *token.ancestors) if t.dep_ == "acl"), None)
    if verb is None or not start <= verb.head.i < min(end, verb.i):
        return None
    infinitive = any(c.lower_ == "to" and c.dep_ == "mark" for c in verb.lefts)
    return verb if infinitive or verb.tag_ == "VBG" else None
