"""Links names to the gazetteer, sharpens their types by it, and finds names that the model missed."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

from extract.attributes import NAMES
from extract.gazetteer import Entry, Gazetteer
from extract.schema import BODIES, POLICIES, TOPICS

SETTLEMENTS = frozenset({"Country", "Province", "City", "District", "Place"})
FAMILIES = (SETTLEMENTS, BODIES, POLICIES, frozenset({"Park", "Place"}), frozenset({"Event"}))
SURE_TYPES = frozenset({"Country", "Province", "Ministry", "Organization"})  # found by name alone, without the model
LONGEST_NAME = 12


class GazetteerLinker:
    """Sets `kb_id_` and type of names in doc.spans["names"]; adds missed names of countries, provinces and bodies."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        names = whole(doc.spans.get(NAMES, ()), self.longer(doc))
        names += self.missed(doc, names)
        ministries = self.of_ministers(doc, names)
        places = {(s.start, s.end) for s in ministries}
        names = [*(s for s in names if (s.start, s.end) not in places), *ministries]
        candidates = {(s.start, s.end): self.candidates(s) for s in names}
        context = [(span.start, ids[0]) for span in names if len(ids := candidates[span.start, span.end]) == 1]
        linked = [self.link(span, candidates[span.start, span.end], context) for span in names]
        doc.spans[NAMES] = sorted(linked, key=lambda s: (s.start, -s.end))
        return doc

    def longer(self, doc: Doc) -> list[Span]:
        """Names of the gazetteer that start where a name of the model starts and go on behind its end."""
        ends: dict[int, int] = {}
        for span in doc.spans.get(NAMES, ()):
            ends[span.start] = max(span.end, ends.get(span.start, 0))
        found = (self.longest(doc, start, set(), end + 1) for start, end in ends.items())
        return [span for span in found if span is not None]

    def candidates(self, span: Span) -> list[str]:
        """Ids of entries of this name whose type is of the family that the model saw."""
        demonym = self.gazetteer.demonyms.get(span.text)
        if demonym:
            return [demonym] if span.label_ in SETTLEMENTS else []
        types = {i: self.gazetteer.entries[i].type for i in self.gazetteer.find(span.text)}
        exact = [i for i, kind in types.items() if kind == span.label_]
        if len(types) == 1 and span.text.isupper() and len(span.text) > 2:
            return list(types)
        return exact or [i for i, kind in types.items() if same_family(kind, span.label_)]

    def link(self, span: Span, ids: list[str], context: list[tuple[int, str]]) -> Span:
        """The span with the entry that fits the text best; several districts of one name and no hint: no entry."""
        best = self.best(ids, [i for _, i in sorted(context, key=lambda item: abs(item[0] - span.start))])
        if best is None:
            return span
        made = Span(span.doc, span.start, span.end, label=best.type, kb_id=best.id)
        made._.score = max(span._.score, 0.9)
        return made

    def best(self, ids: list[str], context: list[str]) -> Entry | None:
        """The entry under the nearest place that the text names beside it; `context` holds unmistakable ids, nearest first."""
        entries = [self.gazetteer.entries[i] for i in ids]
        if len(entries) == 1 and not uncertain(entries[0]):
            return entries[0]
        above = {e.id: {*self.gazetteer.ancestors(e.id)[:2], e.parent} for e in entries}
        near = next((e for place in context for e in entries if place in above[e.id]), None)
        if near is not None:
            return near
        sure = [e for e in entries[:1] if e.type != "District" and not uncertain(e)]
        return sure[0] if sure else None

    def missed(self, doc: Doc, names: Iterable[Span]) -> list[Span]:
        """Names of the gazetteer that no name covers, longest first, of types that their name alone gives away."""
        taken = {t for span in names for t in range(span.start, span.end)}
        found: list[Span] = []
        for token in doc:
            if token.i not in taken and starts_name(token.text):
                span = self.longest(doc, token.i, taken, token.i + 1)
                if span is not None and self.is_sure(self.gazetteer.entries[span.kb_id_], span.text):
                    found.append(span)
                    taken.update(range(span.start, span.end))
        return found

    def of_ministers(self, doc: Doc, names: Iterable[Span]) -> list[Span]:
        """The ministry in "vice minister of industry and information technology", which the text names by its field."""
        taken = {t for span in names if span.label_ not in TOPICS | {"Ministry"} for t in range(span.start, span.end)}
        found = []
        for token in doc[:-2]:
            start = token.i + 2
            if token.lower_ == "minister" and doc[token.i + 1].lower_ in {"of", "for"} and start not in taken:
                ids = (
                    (end, self.gazetteer.find(f"Ministry of {doc[start:end].text}"))
                    for end in range(start + LONGEST_NAME, start, -1)
                )
                match = next(((end, i[0]) for end, i in ids if end <= len(doc) and i), None)
                if match:
                    found.append(Span(doc, start, match[0], label="Ministry", kb_id=match[1]))
        return found

    def longest(self, doc: Doc, at: int, taken: set[int], least: int) -> Span | None:
        """The longest name of the gazetteer from token `at` to `least` or behind it, over no taken token."""
        room = next(
            (i for i in range(at, min(at + LONGEST_NAME, len(doc))) if i in taken), min(at + LONGEST_NAME, len(doc))
        )
        for end in range(room, least - 1, -1):
            edge = doc[end - 1]
            ids = () if edge.is_space or (edge.is_punct and edge.text != ")") else self.gazetteer.find(doc[at:end].text)
            if ids:
                return Span(doc, at, end, label=self.gazetteer.entries[ids[0]].type, kb_id=ids[0])
        return None

    def is_sure(self, entry: Entry, surface: str) -> bool:
        if uncertain(entry):
            return False
        return entry.type in SURE_TYPES and len(surface) > 3


def whole(names: Iterable[Span], longer: list[Span]) -> list[Span]:
    """The names, with the longer ones in place of the pieces that the model cut them into; places within them stay."""
    kept = [
        span
        for span in names
        if span.label_ in SETTLEMENTS or not any(o.start <= span.start and span.end <= o.end for o in longer)
    ]
    starts = {span.start for span in longer}
    return [*(s for s in kept if s.start not in starts or s.label_ in SETTLEMENTS), *longer]


def uncertain(entry: Entry) -> bool:
    """Whether the name alone may mean something else: an English word, or the like of it in another country."""
    note = entry.note or ""
    return "ambiguous" in note or (note.startswith("homonym") and entry.country != "cn")


def starts_name(word: str) -> bool:
    return word[:1].isupper() or "\u4e00" <= word[:1] <= "\u9fff"


def same_family(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in FAMILIES)
