"""Acronyms set in brackets behind a name, and every later use of them: "Ministry of Commerce (MOFCOM)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from extract.attributes import NAMES
from extract.canonical import is_chinese
from extract.components.spans import like
from extract.schema import POLICIES, TOPICS

OPEN, CLOSED = frozenset({"(", "（"}), frozenset({")", "）"})
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an"})


class Acronyms:
    """Adds the bracketed acronym of a name, and its later uses, to doc.spans["names"] with the name's type."""

    def __call__(self, doc: Doc) -> Doc:
        names = list(doc.spans.get(NAMES, ()))
        found = list(bracketed(doc, names))
        meant = {form: long for long, short in found for form in numbers(short.text) if not is_chinese(form)}
        taken = {(s.start, s.end) for s in names}
        added = [s for _, s in found if (s.start, s.end) not in taken]
        covered = {t for s in [*names, *added] for t in range(s.start, s.end)}
        added += [like(meant[t.text], t.i, t.i + 1) for t in doc if t.text in meant and t.i not in covered]
        kept = [like(meant[s.text], s.start, s.end) if s.text in meant else s for s in names]
        doc.spans[NAMES] = sorted([*kept, *added], key=lambda s: (s.start, -s.end))
        return doc


def bracketed(doc: Doc, names: list[Span]) -> Iterator[tuple[Span, Span]]:
    """(name, acronym) of each acronym that a bracket directly behind the name holds.

    Of names that end there, the shortest that it spells: "Institute of Physics of the Academy of Sciences (AS)".
    """
    known = {(span.start, span.end): span for span in names if span.kb_id_}
    ending: dict[int, list[Span]] = {}
    for span in sorted(names, key=lambda s: s.start):
        ending.setdefault(span.end, []).append(span)
    for end, spans in ending.items():
        if end + 2 < len(doc) and doc[end].text in OPEN and doc[end + 2].text in CLOSED:
            short = doc[end + 1 : end + 2]
            spelled = [span for span in spans if spells(short.text, span.text)]
            span = spelled[-1] if spelled else spans[0]
            own = known.get((short.start, short.end)) if is_chinese(short.text) else None
            if own is not None and own.kb_id_ == (span.kb_id_ or own.kb_id_):
                yield span, own
            elif own is None and (spelled or says_again(short.text, span)):
                yield span, like(span, short.start, short.end)


def says_again(short: str, span: Span) -> bool:
    """Whether a bracketed word that does not spell a name says it all the same: in capitals or in Chinese."""
    if is_chinese(short):
        return True
    return short.isupper() and len(short) > 1 and span.label_ not in TOPICS | POLICIES


def numbers(short: str) -> tuple[str, str]:
    """An acronym in singular and plural: NEV, NEVs."""
    return (short[:-1], short) if short.endswith("s") else (short, short + "s")


def spells(short: str, long: str) -> bool:
    """Whether the capitals of `short` are, in order, initials or letters of words of `long`; two at least."""
    letters = re.sub(r"s$", "", short)
    if not re.fullmatch(r"[A-Z][A-Za-z&.-]*[A-Z][a-z]?", letters):
        return False
    initials = [w[0].upper() for w in re.findall(r"[^\W_]+", long) if w.lower() not in SMALL]
    found = iter(initials)
    capitals = [c for c in letters if c.isupper()]
    return sum(c in found for c in capitals) >= max(2, len(capitals) - 1)
