"""What an indicator measures or counts, from the words and the tree around its value."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from extract.indicators.clauses import (
    REACH,
    case_of,
    noun_before,
    participle,
    phrase_head,
    subject_of,
    verb_kinds,
    verb_object,
    verb_subject,
)
from extract.indicators.phrases import (
    BEFORE_NOUN,
    PRONOUNS,
    Scope,
    counted_noun,
    is_empty,
    is_inside,
    is_measure,
    is_named,
    left_edge,
    phrase,
    plain,
    scope_of,
    singular,
)
from extract.indicators.readings import (
    aged,
    bare,
    by_subject,
    described,
    following,
    is_yearly,
    lasting,
    measured,
    per,
    previous,
    purpose,
    ranked,
    short,
    timed,
)
from extract.indicators.units import (
    counted_in,
    governor_of,
    indicator_unit,
    partner,
    told_of,
    unit_in_words,
)
from extract.quantities import dimension, dimensions
from extract.syntax.tags import NOUNS, SUBJECTS
from extract.wordlists import any_of, columns

UP = frozenset({"up", "down"})
PERCENT = frozenset({"percent", "%"})
CHANGES = PERCENT | {"times", "time", "fold", "percentage points", "percentage point", "basis points"}


def indicator_label(span: Span) -> str:
    """What is counted or measured, in words of the text, at most 12: "growth of foreign trade", "young technicians"."""
    return label_at(span, 3) or fallback(span)


def label_at(span: Span, depth: int) -> str:
    """`depth`: how many other values may be asked for what they measure, of which this one tells a change or a part."""
    scope = scope_of(span)
    unit = unit_in_words(span)
    labels = (reader(scope, unit, depth) for reader in (AMOUNTS if unit else COUNTS))
    label = next((label for label in labels if label and tells(label, span)), "")
    return short(per(label, span)) if label else ""


def earlier_end(scope: Scope, unit: str, depth: int) -> str:
    """Of "from A to B" A is the previous value of what B measures."""
    span, doc = scope.span, scope.span.doc
    if not span.start or doc[span.start - 1].lower_ != "from" or not depth:
        return ""
    near = (v for v in scope.quantities if 0 < v.start - span.end < REACH)
    later = next((v for v in near if doc[v.start - 1].lower_ == "to"), None)
    return previous(label_at(later, depth - 1)) if later is not None else ""


def tells(label: str, span: Span) -> bool:
    """Whether a label says more than a unit, a scrap of a word or the value itself."""
    is_unit = " " not in label and (bool(dimension(label)) or label.endswith("ly"))
    return any(c.isalpha() for c in label) and label.lower() != plain(span).lower() and not is_unit and label[-1] != "-"


def fallback(span: Span) -> str:
    unit = unit_in_words(span)
    name = "number of times" if unit == "times" else dimension(unit)
    return per(name or f"number of {indicator_unit(span)}".removesuffix(" of "), span)


def changed(scope: Scope, unit: str, depth: int) -> str:
    """Up, down, more or less by this much: "growth of exports", "decline in losses"."""
    span, doc = scope.span, scope.span.doc
    words = columns("value-adjectives", "word", "label")
    before = [t for t in doc[max(span.sent.start, span.start - 3) : span.start] if t.lower_ not in {"by", "about"}]
    after = doc[span.end] if span.end < len(doc) else None
    last, second = (before[-1] if before else None), (before[-2] if len(before) > 1 else None)
    if unit in {"times", "time"} and after is not None and after.lower_ in {"as", "the", "that", "those"}:
        return f"multiple of {base_of(scope, depth)}".removesuffix(" of ")
    if last is not None and last.lower_ in UP and (second is None or not second.tag_.startswith("VB")):
        is_noun = second is not None and second.tag_ in NOUNS and second.i not in scope.taken
        thing = phrase(phrase_head(second), scope) if second is not None and is_noun else base_of(scope, depth)
        return change(words[last.lower_], thing, scope, unit)
    if last is not None and last.lower_ == "from" and second is not None and second.lower_ in UP:
        return previous(base_of(scope, depth))
    return more_or_less(scope, unit, depth, after) or change_noun(scope, unit, depth)


def more_or_less(scope: Scope, unit: str, depth: int, after: Token | None) -> str:
    """ "6 percent more than in 2023", "70 percent less waste"."""
    kind = columns("value-adjectives", "word", "label").get(after.lower_) if after is not None else None
    if after is None or after.tag_ not in {"JJR", "RBR"} or kind not in {"growth", "decline"}:
        return ""
    doc, head = scope.span.doc, after.head
    inside = head.i > after.i and is_inside(doc, after.i + 1, head.i) and head.tag_ in NOUNS
    if not unit and doc[after.i + 1 : after.i + 2].text != "than" and counted_in(scope) is not None:
        return ""  # "four more cities" are counted
    if inside and doc[after.i + 1].lower_ != "than":
        return change(kind, phrase(head, scope, after.i + 1), scope, unit)
    return change(kind, base_of(scope, depth), scope, unit)


def change_noun(scope: Scope, unit: str, depth: int) -> str:
    """ "a 20 percent decline in revenue", "a 40 percent year-on-year increase"."""
    if unit not in CHANGES:
        return ""
    kinds, span = columns("change-nouns", "noun", "label"), scope.span
    for token in span.doc[span.end : min(span.sent.end, span.end + REACH)]:
        if singular(token.text) in kinds and token.tag_ in NOUNS:
            return change_of(token, scope, unit, depth)
        if token.tag_ not in BEFORE_NOUN and token.lower_ not in {"on", "over"}:
            return ""
    return ""


def change_of(noun: Token, scope: Scope, unit: str, depth: int) -> str:
    """What a noun of change is about: its complement, else what the value before measures."""
    about = next(
        (c for c in noun.rights if c.dep_ == "nmod" and case_of(c) in {"in", "of"} and c.i not in scope.taken), None
    )
    thing = phrase(about, scope) if about is not None and about.i > noun.i else base_of(scope, depth)
    kind = columns("change-nouns", "noun", "label")[singular(noun.text)].split()[0]
    label = change(kind, thing, scope, unit)
    yearly = any_of("year-on-year").search(noun.doc[max(noun.i - 6, noun.sent.start) : noun.i].text)
    return f"year-on-year {label}" if yearly and not label.startswith("year-on-year") else label


def change(kind: str, thing: str, scope: Scope, unit: str) -> str:
    """The change of a thing, named against the year before where the text says so."""
    thing = re.sub(r"^(?:year-on-year )?(?:growth of|decline in|increase in) ", "", thing)
    name = "decline in" if kind in {"decline", "fall"} else "growth of" if unit else "increase in"
    name = f"{name} {thing}" if thing else name.split(maxsplit=1)[0]
    return f"year-on-year {name}" if is_yearly(scope.span) else name


def base_of(scope: Scope, depth: int) -> str:
    """What a change is the change of: what the value before it measures, else the subject."""
    before = [v for v in scope.quantities if v.end <= scope.span.start]
    told = label_at(before[-1], depth - 1) if before and depth else ""
    return told or subject_label(scope)


def subject_label(scope: Scope) -> str:
    subject = subject_of(scope.span.root)
    return phrase(subject, scope) if subject is not None and not is_named(subject) else ""


def shared(scope: Scope, unit: str, depth: int) -> str:
    """ "26 percent of total exports" gives "share of total exports"."""
    part = told_of(scope) if unit in PERCENT else None
    if part is None:
        return ""
    if part.lower_ in PRONOUNS or part.tag_ not in NOUNS or is_empty(part):
        base = bare(base_of(scope, depth))
        return f"share of {base}" if base else ""
    is_stake = is_named(part) and "stake" in verb_kinds(scope.span.root.head, unit)
    return f"{'stake in' if is_stake else 'share of'} {phrase(part, scope)}"


def count_label(scope: Scope, unit: str, depth: int) -> str:
    """The counted noun phrase, with what was done: "public datasets opened"; of "nine of them" that of the count before."""
    span = scope.span
    noun = counted_in(scope)
    if noun is not None and not is_empty(noun):
        start = span.end if noun.i >= span.end and span.doc[span.end].lower_ != "of" else None
        return done(noun, phrase(noun, scope, start), scope)
    governor = governor_of(scope)[0]
    if noun is not None or (governor is not None and is_measure(governor)):
        return ""
    other = partner(scope)
    if other is None or (noun := counted_in(scope_of(other))) is None:
        return label_at(other, depth - 1) if other is not None and depth and told_of(scope) is not None else ""
    return done(span.root, phrase(noun, scope_of(other), other.end if noun.i >= other.end else None), scope)


def done(noun: Token, label: str, scope: Scope) -> str:
    """The label with the participle of the verb whose object or passive subject the noun is."""
    verb = noun.head
    light = not verb_kinds(verb, "").keys().isdisjoint({"light", "reach"})
    told = noun.dep_ in {"obj", "nsubj:pass"} and verb.tag_.startswith("VB") and not light
    return f"{label} {participle(verb)}".strip() if told and label.endswith(noun.text) else label


def governed(scope: Scope, unit: str, depth: int) -> str:
    """What an amount measures, by the noun or verb on which it hangs."""
    span, root = scope.span, scope.span.root
    noun = counted_noun(span) if unit else None
    if noun is not None and not dimension(noun.text) and not noun.text.endswith("ly"):
        return measured(noun, phrase(noun, scope, max(span.end, left_edge(noun, scope.taken))), unit)
    if root.tag_.startswith("VB"):
        return multiplied(root, scope, unit)
    governor, case = governor_of(scope)
    if case == "worth" and governor is not None:
        return worth(governor, scope)
    if governor is None or governor.i in scope.taken:
        if root.dep_ in SUBJECTS | {"ROOT"} or root.head.i == root.i:
            return by_subject(scope, unit)
        governor = root.head
    case = case or case_of(root)
    label = by_noun(governor, scope, unit, depth) if is_described(governor, case) else ""
    verb = next((t for t in (governor, *governor.ancestors) if t.tag_.startswith(("VB", "JJ"))), None)
    return label or (by_verb(verb, scope, unit, depth, case) if verb is not None else "")


def is_described(governor: Token, case: str) -> bool:
    """Whether the value describes the noun before it: "a grant of 5 million", but not "earned the county 5 million"."""
    is_given = case == "" and governor.dep_ in {"obj", "iobj"} and governor.head.i < governor.i
    return governor.tag_ in NOUNS and case in {"of", "", "with"} and not is_given


def multiplied(verb: Token, scope: Scope, unit: str) -> str:
    """ "Exports doubled": the value is the verb itself."""
    noun = verb_object(verb, scope) or verb_subject(verb, scope)
    kind = "fall" if "fall" in verb_kinds(verb, unit) else "rise"
    return change(kind, phrase(noun, scope) if noun is not None else "", scope, unit)


def worth(governor: Token, scope: Scope) -> str:
    owner = governor if governor.tag_ in NOUNS else subject_of(governor) or noun_before(governor, scope)
    return f"value of {phrase(owner, scope)}" if owner is not None and not is_named(owner) else "value"


def by_noun(noun: Token, scope: Scope, unit: str, depth: int) -> str:
    if singular(noun.text) in columns("change-nouns", "noun", "label") and unit in CHANGES:
        return change_of(noun, scope, unit, depth)
    if is_empty(noun) or is_named(noun):
        return ""
    return measured(noun, phrase(noun, scope), unit)


def by_verb(verb: Token, scope: Scope, unit: str, depth: int, case: str) -> str:
    """By the verb: its subject or object rose, fell or reached the value, or it says what is measured ("invested")."""
    kinds = verb_kinds(verb, unit)
    noun = verb_object(verb, scope) or verb_subject(verb, scope)
    if "rise" in kinds or "fall" in kinds:
        kind = "rise" if "rise" in kinds else "fall"
        if noun is None:
            return change(kind, base_of(scope, depth), scope, unit) if unit in CHANGES else ""
        return risen(kind, noun, scope, unit, case)
    if noun is not None and ("reach" in kinds or ("share" in kinds and unit in PERCENT)):
        thing = phrase(noun, scope)
        return measured(noun, thing, unit) if "reach" in kinds else f"share of {bare(thing)}"
    if "stake" in kinds and unit in PERCENT:
        return "stake"
    if "noun" in kinds and case in {"", "for"} and unit and unit not in CHANGES:
        return (dimension(unit) if kinds["noun"] in dimensions().values() else kinds["noun"]) + purpose(verb, scope)
    return timed(verb, noun, scope, unit, case) or by_deed(verb, noun, scope, unit, not kinds)


def risen(kind: str, noun: Token, scope: Scope, unit: str, case: str) -> str:
    """Of what "rose by 5 percent" the change, of what "rose to 5 million" the measure itself."""
    thing = phrase(noun, scope)
    is_change = case == "by" or (unit in CHANGES and case == "")
    return change(kind, thing, scope, unit) if is_change else measured(noun, thing, unit)


def by_deed(verb: Token, noun: Token | None, scope: Scope, unit: str, is_unknown: bool) -> str:
    """Of a verb that no table knows: the measure that is its subject or object, else "weight carried"."""
    size = dimension(unit)
    if noun is not None and (is_measure(noun) or size in {"", "share"}):
        return phrase(noun, scope)
    tells_nothing = not is_unknown or size in {"", "duration", "multiple", "share"}
    return "" if tells_nothing else f"{size} {participle(verb)}".strip()


def parallel(scope: Scope, unit: str, depth: int) -> str:
    """A value told beside another one measures the same: "9.3 percent in one city, 7.1 percent in the next"."""
    other = partner(scope)
    return label_at(other, depth - 1) if other is not None and depth else ""


AMOUNTS = (ranked, lasting, changed, earlier_end, shared, described, following, governed, parallel)
COUNTS = (aged, changed, earlier_end, count_label, governed, parallel)
