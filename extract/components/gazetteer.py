"""Links names to the gazetteer, sharpens their types by it, and finds names that the model missed."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from extract.attributes import NAMES
from extract.gazetteer import Entry, Gazetteer
from extract.schema import BODIES, POLICIES

SETTLEMENTS = frozenset({"Country", "Province", "City", "District", "Place"})
FAMILIES = (SETTLEMENTS, BODIES, POLICIES, frozenset({"Park", "Place"}), frozenset({"Event"}))
SURE_TYPES = frozenset({"Country", "Province", "Ministry", "Organization"})  # found by name alone, without the model
LONGEST_NAME = 12


class GazetteerLinker:
    """Sets `kb_id_` and type of names in doc.spans["names"]; adds missed names of countries, provinces and bodies."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        names = [*doc.spans.get(NAMES, ()), *self.missed(doc)]
        candidates = {(s.start, s.end): self.candidates(s) for s in names}
        context = {ids[0] for ids in candidates.values() if len(ids) == 1}
        linked = [self.link(span, candidates[span.start, span.end], context) for span in names]
        doc.spans[NAMES] = sorted(linked, key=lambda s: (s.start, -s.end))
        return doc

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

    def link(self, span: Span, ids: list[str], context: set[str]) -> Span:
        """The span with the entry that fits the text best; several districts of one name and no hint: no entry."""
        best = self.best(ids, context)
        if best is None:
            return span
        made = Span(span.doc, span.start, span.end, label=best.type, kb_id=best.id)
        made._.score = max(span._.score, 0.9)
        return made

    def best(self, ids: list[str], context: set[str]) -> Entry | None:
        entries = [self.gazetteer.entries[i] for i in ids]
        if len(entries) == 1 and not uncertain(entries[0]):
            return entries[0]
        near = [e for e in entries if context & {*self.gazetteer.ancestors(e.id)[:2], e.parent}]
        if near:
            return near[0]
        sure = [e for e in entries[:1] if e.type != "District" and not uncertain(e)]
        return sure[0] if sure else None

    def missed(self, doc: Doc) -> Iterator[Span]:
        """Names of the gazetteer that no name covers, longest first, of types that their name alone gives away."""
        taken = {t for span in doc.spans.get(NAMES, ()) for t in range(span.start, span.end)}
        at = 0
        while at < len(doc):
            span = None if at in taken or not starts_name(doc[at].text) else self.longest(doc, at, taken)
            if span is not None:
                yield span
            at = span.end if span is not None else at + 1

    def longest(self, doc: Doc, at: int, taken: set[int]) -> Span | None:
        room = next(
            (i for i in range(at, min(at + LONGEST_NAME, len(doc))) if i in taken), min(at + LONGEST_NAME, len(doc))
        )
        for end in range(room, at, -1):
            edge = doc[end - 1]
            ids = () if edge.is_punct or edge.is_space else self.gazetteer.find(doc[at:end].text)
            entry = self.gazetteer.entries[ids[0]] if ids else None
            if entry and self.is_sure(entry, doc[at:end].text):
                return Span(doc, at, end, label=entry.type, kb_id=entry.id)
        return None

    def is_sure(self, entry: Entry, surface: str) -> bool:
        if uncertain(entry):
            return False
        return entry.type in SURE_TYPES and len(surface) > 3


def uncertain(entry: Entry) -> bool:
    """Whether the name alone may mean something else: an English word, or the like of it in another country."""
    note = entry.note or ""
    return "ambiguous" in note or (note.startswith("homonym") and entry.country != "cn")


def starts_name(word: str) -> bool:
    return word[:1].isupper() or "\u4e00" <= word[:1] <= "\u9fff"


def same_family(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in FAMILIES)
