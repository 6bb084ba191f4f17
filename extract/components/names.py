"""Names with their proper edges: no stray function word or bracket, whole brackets and company endings, and no bare noun.

Measures lose stray edges in the same way, and durations in two units are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc, Span

from extract.attributes import MEASURES, NAMES, REFERENCES, VALUES
from extract.components.bodies import with_bodies
from extract.components.descriptions import described
from extract.components.spans import like
from extract.schema import TOPICS
from extract.wordlists import columns, entries, lowered

REACH, LINK = 6, 4
# Dependents of a noun that stand before it.
DESCRIBING = frozenset({"amod", "compound", "nummod", "nmod:poss", "det", "case"})
DURATIONS = frozenset(
    f"{unit}{s}" for unit in ("year", "month", "week", "day", "hour", "minute", "second") for s in ("", "s")
)


class NameEdges:
    """Mends the edges of doc.spans["names"] and ["measures"]; a lone common noun ("guideline", "park") is a reference, not a name."""

    def __init__(self) -> None:
        self.edges = lowered("name-edges")
        self.counted = lowered("counted-policies")
        self.company_ends = frozenset(entries("company-ends"))

    def __call__(self, doc: Doc) -> Doc:
        names = [self.mended(span) for span in doc.spans.get(NAMES, ())]
        kept = unique(with_bodies(doc, joined([span for span in names if any(map(str.isalpha, span.text))]), heads()))
        doc.spans[NAMES] = [span for span in kept if not is_bare_noun(span)]
        references = [*doc.spans.get(REFERENCES, ()), *(span for span in kept if is_bare_noun(span))]
        doc.spans[REFERENCES] = sorted(unique(references), key=lambda s: s.start)
        doc.spans[VALUES] = whole_values(doc.spans.get(VALUES, ()))
        phrases = (self.phrase(span) for span in doc.spans.get(MEASURES, ()))
        doc.spans[MEASURES] = [span for span in phrases if is_verb_phrase(span)]
        return doc

    def phrase(self, span: Span) -> Span:
        """A measure's words without stray edges, whole noun phrases."""
        span = one_paragraph(span)
        return whole_phrase(like(span, *self.trimmed(span.doc, span.start, span.end)))

    def mended(self, span: Span) -> Span:
        start, end = whole_brackets(one_paragraph(span))
        if span.label_ == "Company":
            end = self.company_end(span.doc, end)
        start, end = self.trimmed(span.doc, start, end)
        if span.label_ == "Policy":
            start = self.counted_from(span.doc, start)
        return headed(described(like(span, start, end)))

    def company_end(self, doc: Doc, end: int) -> int:
        """Behind "Co., Ltd." and the like, where the name stops before or within them."""
        while end < len(doc):
            step = 2 if doc[end].text == "," and end + 1 < len(doc) else 1
            if doc[end + step - 1].text not in self.company_ends:
                break
            end += step
        return end

    def counted_from(self, doc: Doc, start: int) -> int:
        """Where "13 measures to" or the number of "77 pilot measures" begins: a number makes measures one document."""
        if start and doc[start - 1].like_num and any(t.lower_ in self.counted for t in doc[start : start + LINK]):
            return start - 1
        noun = next((i for i in range(start - 1, max(start - LINK, -1), -1) if doc[i].lower_ in self.counted), None)
        if noun is None or any(t.is_punct for t in doc[noun:start]):
            return start
        return next((i for i in range(noun - 1, max(noun - LINK, -1), -1) if doc[i].like_num), start)

    def trimmed(self, doc: Doc, start: int, end: int) -> tuple[int, int]:
        while start < end and (doc[start].lower_ in self.edges or doc[start].is_space):
            start += 1
        while start < end and (doc[end - 1].lower_ in self.edges or doc[end - 1].is_space):
            if doc[end - 1].text == ")" and "(" in doc[start:end].text:
                break
            end -= 1
        return start, end


def whole_values(values: Iterable[Span]) -> list[Span]:
    """The values, those that stand side by side as one: "1 hour" and "57 minutes", "nearly" and "a hundred"."""
    found: list[Span] = []
    for span in sorted(values, key=lambda s: s.start):
        last = found[-1] if found else None
        if last is not None and (is_duration_of_two(last, span) or is_compared(last, span)):
            found[-1] = like(last, last.start, span.end)
        else:
            found.append(span)
    return found


def is_duration_of_two(left: Span, right: Span) -> bool:
    return is_duration(left) and is_duration(right) and is_beside(left, right)


def is_compared(left: Span, right: Span) -> bool:
    """Whether the left span has no number and says how the right one, just behind it, is to be taken."""
    return left.label_ == right.label_ and left.end == right.start and not any(t.like_num for t in left)


def is_duration(span: Span) -> bool:
    return span.label_ == "QUANTITY" and span[-1].lower_ in DURATIONS


def is_beside(left: Span, right: Span) -> bool:
    between = left.doc[left.end : right.start].text.strip() if left.end <= right.start else None
    return between in {"", "and"} and left[-1].lower_ != right[-1].lower_


def is_verb_phrase(span: Span) -> bool:
    """Whether the span tells what is done: one word alone and "training programmes" do not."""
    return len(span) > 1 and any(t.tag_.startswith("VB") for t in span)


def whole_phrase(span: Span) -> Span:
    """The span up to the noun that its last words describe: "strengthen leading" to "strengthen leading and new industries"."""
    if not len(span) or span[-1].dep_ not in DESCRIBING:
        return span
    noun = span[-1].head.i
    near = span.end <= noun < min(span.end + REACH, span[-1].sent.end)
    return like(span, span.start, noun + 1) if near else span


def one_paragraph(span: Span) -> Span:
    """The span up to an empty line within it, or all of it."""
    broken = next((t.i for t in span if t.is_space and "\n\n" in t.text), span.end)
    return like(span, span.start, broken)


def joined(names: Sequence[Span]) -> list[Span]:
    """The names; one that ends within another goes on to that one's end ("measures for the China (Shanghai)" ... Zone)."""
    return [
        like(span, span.start, max([span.end, *(o.end for o in names if span.start < o.start < span.end)]))
        for span in names
    ]


def whole_brackets(span: Span) -> tuple[int, int]:
    """The span widened to the bracket it cuts: "Xtep (" to "Xtep (China)", "Quanzhou) Institute" to "Fujian (Quanzhou) Institute"."""
    doc, start, end = span.doc, span.start, span.end
    text = span.text
    if text.count("(") > text.count(")"):
        closing = [i for i in range(end, min(end + REACH, len(doc))) if doc[i].text == ")"]
        end = closing[0] + 1 if closing else end
    elif text.count(")") > text.count("("):
        opening = [i for i in range(start - 1, max(start - REACH, -1), -1) if doc[i].text == "("]
        if opening and opening[0] > 0 and doc[opening[0] - 1].text[:1].isupper():
            start = opening[0] - 1
    return start, end


def heads() -> Mapping[str, str]:
    """The last words of a name -> the type that they give away."""
    return columns("name-heads", "head", "type")


def headed(span: Span) -> Span:
    """The span under the type that its last words give away ("... University"), where it is a name of several words."""
    kind = head(span.text)
    if kind == "Park" and heads().get(span.text.lower().partition(" of ")[0]) == "GovernmentBody":
        kind = "GovernmentBody"  # "Administrative Committee of the Northern Industrial Park"
    if not kind or not span.text[:1].isupper() or span.label_ in TOPICS:
        return span
    # A bureau or committee may be a national one: what the model takes for a ministry stays.
    return span if (kind, span.label_) == ("GovernmentBody", "Ministry") else like(span, span.start, span.end, kind)


def head(name: str) -> str | None:
    """The type that the last words of a name of several words give away."""
    words = name.lower().split()
    kinds = (heads().get(" ".join(words[-size:])) for size in range(min(4, len(words) - 1), 0, -1))
    return next((kind for kind in kinds if kind), None)


def is_bare_noun(span: Span) -> bool:
    """One word in lower case says what kind of thing it is, not which."""
    return span.label_ not in TOPICS and len(span) == 1 and span.text.islower()


def unique(spans: Iterable[Span]) -> list[Span]:
    """The spans, of several at one place the first."""
    return list({(span.start, span.end): span for span in reversed(list(spans))}.values())[::-1]
