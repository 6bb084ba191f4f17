"""The period of a value: the date that the same clause gives, else the one that opens its sentence."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from extract.attributes import VALUES
from extract.components.cues import cue_at
from extract.dates import When, parse_date
from extract.quantities import dimension, parse_quantity

CLAUSES = frozenset({"ROOT", "acl", "acl:relcl", "advcl", "ccomp", "parataxis", "csubj", "csubj:pass"})
SHARED = frozenset({"conj", "ccomp", "xcomp", "advcl", "parataxis", "obl", "dep"})
COMPARING = frozenset({"than", "against", "compared"})
EARLIER = frozenset({"from", "against", "compared"})
LASTING = frozenset({"duration", "length", "speed", "angle"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
BESIDE, FAR = 0, 9


def period_of(span: Span, when: When) -> str | None:
    """ISO period or interval of a value, None where no date belongs to it."""
    sent = span.sent
    dates = [d for d in span.doc.spans.get(VALUES, ()) if d.label_ == "DATE" and sent.start <= d.start < sent.end]
    ranked = sorted(
        (rank, abs(d.start - span.start), d.start, d) for d in dates if (rank := nearness(d, span, sent)) < FAR
    )
    reach = BESIDE if is_lasting(span) else FAR
    return next((period for rank, *_, d in ranked if rank <= reach and (period := stated(d, when))), None)


def is_lasting(span: Span) -> bool:
    """Whether the value says how long, far or fast something is: what does not change from year to year."""
    quantity = parse_quantity(span.text)
    return quantity is not None and dimension(quantity.unit) in LASTING


def nearness(date: Span, span: Span, sent: Span) -> int:
    """How a date belongs to a value, 0 the closest: beside it, in its clause, opening the sentence; `FAR` if not at all."""
    if is_beside(date, span):
        return BESIDE
    if is_compared(date, span) or is_earlier_value(span):
        return FAR
    own, other = clause_of(span.root), clause_of(date.root)
    if own.i == other.i or is_one_stretch(date, span):
        return 1
    if is_reduced(other):
        return FAR
    if any(word.i == other.i and not cue_at(word, "speech") for word in shared_clauses(own)):
        return 2 if date.start < span.start else 3
    return 4 if date.start - sent.start < 4 and date.start < span.start and own.dep_ != "acl:relcl" else FAR


def is_compared(date: Span, span: Span) -> bool:
    """Whether the date is of another value, to which this one is compared: "more than in 2023"."""
    left = max(date.sent.start, date.start - 6)
    left = max(left, span.end) if span.end <= date.start else left
    return any(t.lower_ in COMPARING for t in date.doc[left : date.start])


def is_beside(date: Span, span: Span) -> bool:
    """ "5 trillion RMB in 2024", "by 2030 300 standards"."""
    left, right = (span, date) if span.start < date.start else (date, span)
    between = span.doc[left.end : right.start]
    return len(between) <= 2 and all(t.tag_ in {"IN", "TO", "DT"} for t in between)


def is_reduced(clause: Token) -> bool:
    """ "Founded in 1998, it ...": a participle without auxiliary tells its own time, whatever the tree makes of it."""
    return clause.tag_ == "VBN" and not any(c.dep_.startswith("aux") for c in clause.lefts)


def is_one_stretch(date: Span, span: Span) -> bool:
    """Whether no verb and no clause begins between: "produced 31 tonnes of wire in 2024"."""
    between = span.doc[min(date.end, span.end) : max(date.start, span.start)]
    return not any(t.tag_.startswith(("VB", "W")) or t.tag_ == "MD" or t.text in {";", ":"} for t in between)


def is_earlier_value(span: Span) -> bool:
    """Whether the value is the one from which something rose or fell: its own date stands beside it or nowhere."""
    before = [t.lower_ for t in span.doc[max(span.sent.start, span.start - 3) : span.start]]
    return bool(EARLIER & set(before[-2:])) and "to" not in before[-1:]


def clause_of(token: Token) -> Token:
    """The head word of the clause in which a word stands."""
    for word in (token, *token.ancestors):
        if word.dep_ in CLAUSES or (word.tag_.startswith("VB") and word.dep_ in {"conj", "xcomp"}):
            return word
    return token


def shared_clauses(clause: Token) -> list[Token]:
    """The clauses above, as far as one that is told for itself."""
    found = []
    word = clause
    while word.dep_ in SHARED and word.head.i != word.i:
        word = clause_of(word.head)
        found.append(word)
    return found


def stated(date: Span, when: When) -> str | None:
    """The ISO period of a date; "since 2021" lasts to the article's year. None for a day, on which a thing is done or said."""
    period = parse_date(date.text, when)
    if period is None or DAY.match(period):
        return None
    case = date.doc[date.start - 1].lower_ if date.start > date.sent.start else ""
    if (
        case == "since"
        and when.known_year
        and re.fullmatch(r"\d{4}(?:-\d\d)?", period)
        and period[:4] < str(when.known_year)
    ):
        return f"{period}/{when.known_year}"
    return period
