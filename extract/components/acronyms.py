"""Acronyms set in brackets behind a name, and every later use of them: "Ministry of Commerce (MOFCOM)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from extract.attributes import NAMES
from extract.schema import POLICIES, TOPICS

SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an"})


class Acronyms:
    """Adds the bracketed acronym of a name, and its later uses, to doc.spans["names"] with the name's type."""

    def __call__(self, doc: Doc) -> Doc:
        names = list(doc.spans.get(NAMES, ()))
        found = list(bracketed(doc, names))
        meant = {form: long for long, short in found for form in numbers(short.text)}
        taken = {(s.start, s.end) for s in names}
        added = [s for _, s in found if (s.start, s.end) not in taken]
        covered = {t for s in [*names, *added] for t in range(s.start, s.end)}
        added += [
            relabelled(Span(doc, t.i, t.i + 1), meant[t.text]) for t in doc if t.text in meant and t.i not in covered
        ]
        kept = [relabelled(s, meant[s.text]) if s.text in meant else s for s in names]
        doc.spans[NAMES] = sorted([*kept, *added], key=lambda s: (s.start, -s.end))
        return doc


def bracketed(doc: Doc, names: list[Span]) -> Iterator[tuple[Span, Span]]:
    """(name, acronym) of each acronym that a bracket directly behind the name holds."""
    outer = {span.end: span for span in sorted(names, key=lambda s: s.start, reverse=True)}
    for span in outer.values():
        if span.end + 2 < len(doc) and doc[span.end].text == "(" and doc[span.end + 2].text == ")":
            short = doc[span.end + 1 : span.end + 2]
            if spells(short.text, span.text) or (
                short.text.isupper() and len(short.text) > 1 and span.label_ not in TOPICS | POLICIES
            ):
                yield span, relabelled(short, span)


def numbers(short: str) -> tuple[str, str]:
    """An acronym in singular and plural: NEV, NEVs."""
    return (short[:-1], short) if short.endswith("s") else (short, short + "s")


def relabelled(span: Span, like: Span) -> Span:
    made = Span(span.doc, span.start, span.end, label=like.label_, kb_id=like.kb_id_)
    made._.score = like._.score
    return made


def spells(short: str, long: str) -> bool:
    """Whether the capitals of `short` are, in order, initials or letters of words of `long`; two at least."""
    letters = re.sub(r"s$", "", short)
    if not re.fullmatch(r"[A-Z][A-Za-z&.-]*[A-Z][a-z]?", letters):
        return False
    initials = [w[0].upper() for w in re.findall(r"[^\W_]+", long) if w.lower() not in SMALL]
    found = iter(initials)
    capitals = [c for c in letters if c.isupper()]
    return sum(c in found for c in capitals) >= max(2, len(capitals) - 1)
