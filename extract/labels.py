"""The words around a value: what an indicator counts or measures, its unit and period; a person's role."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from extract.attributes import VALUES
from extract.dates import When, parse_date

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
BEFORE_NOUN = NOUN_TAGS | {"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "CD", "POS", "AFX"}
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
LONGEST = 12


def counted(span: Span) -> Span | None:
    """The noun phrase that a number counts: "more than 300" in "more than 300 public datasets" gives "public datasets"."""
    doc, end = span.doc, span.end
    while end < len(doc) and end - span.end < 7 and not doc[end].is_space:
        token = doc[end]
        if (
            token.text not in {"-", "&"}
            and token.tag_ not in BEFORE_NOUN
            and not (token.text == "of" and end == span.end)
        ):
            break
        end += 1
        if token.tag_ in {"NNS", "NNPS"} and (end == len(doc) or doc[end].tag_ not in NOUN_TAGS):
            break
    while end > span.end and doc[end - 1].tag_ not in NOUN_TAGS:
        end -= 1
    return doc[span.end : end] if end > span.end else None


def indicator_unit(span: Span) -> str:
    """The noun that is counted, as the text writes it; of a quantity that holds its noun, its last words."""
    inside = [
        t
        for t in span
        if t.tag_ in NOUN_TAGS and not t.like_num and t.lower_ not in {"million", "billion", "trillion", "thousand"}
    ]
    if inside:
        return " ".join(t.text for t in inside)
    noun = counted(span)
    return noun[-1].text if noun is not None else ""


def indicator_label(span: Span) -> str:
    """What is counted or measured, in words of the text: the counted noun phrase, else the noun that the value is said of."""
    noun = counted(span)
    if noun is not None and len(noun) <= LONGEST:
        return " ".join(noun.text.split()).removeprefix("of ")
    after = following_noun(span)
    return after or subject_noun(span.root) or " ".join(span.text.split())


def following_noun(span: Span) -> str | None:
    """ "823 million RMB in export sales": the phrase behind "in" or "of"."""
    doc = span.doc
    if span.end < len(doc) and doc[span.end].lower_ in {"in", "of", "worth"}:
        noun = counted(doc[span.end : span.end + 1])
        return " ".join(noun.text.split()) if noun is not None else None
    return None


def subject_noun(token: Token) -> str | None:
    """The subject of the clause that the value belongs to."""
    for ancestor in [token, *token.ancestors]:
        for child in ancestor.children:
            if child.dep_ in SUBJECTS and child.i != token.i and child.tag_ in NOUN_TAGS:
                left = [c.i for c in child.lefts if c.dep_ in {"amod", "compound", "nmod:poss", "nummod", "advmod"}]
                return " ".join(child.doc[min([*left, child.i]) : child.i + 1].text.split())
    return None


def period_of(span: Span, when: When) -> str | None:
    """The period of a value: the nearest date of its sentence that can be told, else none."""
    dates = [d for d in span.doc.spans.get(VALUES, ()) if d.label_ == "DATE" and d.sent.start == span.sent.start]
    for date in sorted(dates, key=lambda d: abs(d.start - span.start)):
        found = parse_date(date.text, when)
        if found:
            return found
    return None


def role_of(person: Span, body: Span) -> str | None:
    """A person's post: what stands between the name and the body ("A, president of B"; "B chairman A")."""
    doc = person.doc
    if person.sent.start != body.sent.start:
        return None
    if person.end <= body.start:
        between = doc[person.end : body.start].text
        match = re.match(
            r"^\s*,\s*(?:who is |is |an? |the |also )*(.+?)\s*(?:of|at|in|for|with|from|to)?\s*(?:the|an?)?\s*$",
            between,
        )
    else:
        match = re.match(r"^(?:'s|’s|,)?\s*(?:the |an? )?(.+?)\s*,?\s*$", doc[body.end : person.start].text)
    role = " ".join(match[1].split()) if match else ""
    return (
        role
        if role and len(role.split()) <= 8 and not re.search(r"\b(said|says|told|and|that|which)\b|[.;\"“”]", role)
        else None
    )
