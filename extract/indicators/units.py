"""The unit of a value, from its own words, the noun that it counts, or a value that it is told beside."""

from __future__ import annotations

from spacy.tokens import Span, Token

from extract.indicators.clauses import REACH
from extract.indicators.phrases import PRONOUNS, Scope, counted_noun, scope_of, singular
from extract.quantities import SCALES, complete, dimension, parse_quantity
from extract.syntax.tags import NOUNS
from extract.wordlists import columns

NEAR = 5
SKIPPED = frozenset({"IN", "TO", "DT", "RB", "RBR", "JJR", "RBS", "JJS", "PDT", "HYPH", "$", ":"})
JOINED = frozenset({"to", "against", "from", "than", "and"})


def quantity_words(span: Span) -> str:
    """The words of a quantity, with what a value span may lack of it: comparator, "-year", the scale of its range."""
    doc, sent = span.doc, span.sent
    before = doc[max(sent.start, span.start - 4) : span.start].text
    return complete(before, span.text, doc[span.end : min(sent.end, span.end + REACH)].text)


def unit_in_words(span: Span) -> str:
    """The unit in the words of the quantity, also one that the units table lacks ("8 million TEU"); '' of a count."""
    quantity = parse_quantity(quantity_words(span))
    if quantity and quantity.unit:
        return quantity.unit
    last = span[-1]
    return last.text if len(span) > 1 and last.is_alpha and dimension(last.text) and last.lower_ not in SCALES else ""


def indicator_unit(span: Span) -> str:
    """The noun that is counted, as the text writes it, or the unit of the values that it is told beside; '' if none."""
    scope = scope_of(span)
    noun = counted_in(scope)
    if noun is not None:
        return noun.text
    if is_age(scope):
        return "years"
    governor = governor_of(scope)[0]
    if governor is not None and (unit := columns("noun-units", "noun", "unit").get(singular(governor.text))):
        return unit
    earlier = partner(scope)
    if earlier is None or trailing_word(span):
        return trailing_word(span)
    return unit_in_words(earlier) or (noun.text if (noun := counted_in(scope_of(earlier))) is not None else "")


def trailing_word(span: Span) -> str:
    """A currency or unit that no table knows: "4,200 birr"."""
    last = span[-1]
    is_unit = len(span) > 1 and span[-2].like_num and last.is_alpha and not last.like_num and last.lower_ not in SCALES
    return last.text if is_unit and last.tag_[:2] not in {"JJ", "RB"} else ""


def counted_in(scope: Scope) -> Token | None:
    """The noun that a count counts: inside its span ("40 companies"), behind it, or behind "of" ("nine of its tenants")."""
    last = scope.span[-1]
    if last.tag_ in NOUNS and not last.like_num and last.lower_ not in SCALES and not is_joined(last):
        return last
    noun = counted_noun(scope.span)
    if noun is not None and noun.lower_ not in PRONOUNS:
        return noun
    part = told_of(scope)
    return part if part is not None and part.tag_ in NOUNS and part.lower_ not in PRONOUNS else None


def is_joined(token: Token) -> bool:
    """Whether a hyphen or a noun follows: "level" in "40 new provincial-level bases" is no unit."""
    following = token.doc[token.i + 1 : token.i + 2]
    return bool(following) and (following[0].tag_ in NOUNS | {"HYPH"} or following[0].text == "-")


def told_of(scope: Scope) -> Token | None:
    """The noun behind "of": "nine of its [tenants]"."""
    doc, end = scope.span.doc, scope.span.end
    if end >= len(doc) or doc[end].lower_ != "of":
        return None
    word = doc[end]
    noun = word.head if word.dep_ == "case" and word.head.i > end else None
    return noun or next((t for t in doc[end + 1 : end + 6] if t.tag_ in NOUNS or t.lower_ in PRONOUNS), None)


def is_age(scope: Scope) -> bool:
    """ "Li Wen, 61, ...": a number between commas behind a name or a person's description."""
    span, doc = scope.span, scope.span.doc
    around = doc[max(0, span.start - 1) : span.start].text + doc[span.end : span.end + 1].text
    return (
        len(span) == 1
        and around in {",,", ",."}
        and doc[span.start - 2].tag_ in NOUNS
        and span.text.isdigit()
        and len(span.text) == 2
    )


def governor_of(scope: Scope) -> tuple[Token | None, str]:
    """The noun or verb before a value, and the preposition between: "an output [of] 5 tonnes", "rose [to] 34 percent"."""
    span, case = scope.span, ""
    for i in range(span.start - 1, max(span.sent.start, span.start - REACH) - 1, -1):
        token = span.doc[i]
        if i in scope.taken and token.tag_ not in NOUNS - {"NNP"}:
            continue
        if token.tag_[:2] in {"VB", "NN"} or token.tag_ == "PRP":
            return token, case
        if token.tag_ not in SKIPPED and token.lower_ != "worth":
            return None, case
        case = case or (token.lower_ if token.tag_ in {"IN", "TO"} or token.lower_ == "worth" else "")
    return None, case


def partner(scope: Scope) -> Span | None:
    """The value that says what a bare number counts: the other end of its range, else the one before it, of its own kind."""
    span, doc = scope.span, scope.span.doc
    for other in scope.quantities:
        between = doc[span.end : other.start].text.strip().lower()
        if other.start >= span.end and between in {"to", "and", "-", "or"}:
            return other
    before = [v for v in (*scope.before, *scope.quantities) if v.end <= span.start]
    near = [v for v in before if v.start >= span.sent.start and span.start - v.end < NEAR]
    if near and doc[span.start - 1].lower_ in JOINED and unit_in_words(near[-1]) != "rank":
        return near[-1]
    large = not span.text.isdigit() and not span.text.isalpha()  # "2.1 billion" is money or tonnes rather than a count
    amounts = [v for v in before if v.start >= span.sent.start and is_alike(unit_in_words(v), unit_in_words(span))]
    counts = [v for v in before if not unit_in_words(v) and counted_in(scope_of(v)) is not None]
    chosen = amounts if unit_in_words(span) else (amounts or counts) if large else counts
    return chosen[-1] if chosen else None


def is_alike(unit: str, other: str) -> bool:
    """Whether two amounts can be of one measure; a bare number is like any but a rank."""
    return unit not in {"", "rank"} and (not other or dimension(unit) == dimension(other))
