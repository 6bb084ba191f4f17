"""Links names to the gazetteer, sharpens their types by it, and finds names that the model missed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from spacy.tokens import Doc, Span

from extract.attributes import NAMES
from extract.canonical import is_chinese
from extract.facts import Link
from extract.gazetteer import UNITS, Entry, Gazetteer
from extract.linking import Context, choose, has_likes, in_doubt
from extract.organs import levels_table, main_place, organ_of
from extract.schema import BODIES, POLICIES, TOPICS
from extract.wordlists import lowered

SETTLEMENTS = frozenset({"Country", "Province", "City", "District", "Place"})
FAMILIES = (SETTLEMENTS, BODIES, POLICIES, frozenset({"Park", "Place"}), frozenset({"Event"}))
PLACED = frozenset({"City", "District", "Place", "Park"})
DOUBTFUL = frozenset({"District", "Ministry"})  # even the only entry of its name may not be meant
MISTAKEN = frozenset({"Company", "Organization"})  # what a recogniser takes places for
SURE_TYPES = frozenset({"Country", "Province", "Ministry", "Organization"})  # found by name alone, without the model
GOVERNMENT = frozenset({"Ministry", "GovernmentBody"})
LONGEST_NAME = 12
BESIDE = 6  # tokens between a place and the one it lies in, at most
EDITION = re.compile(
    r"^(?:the )?(?:(?:19|20)\d\d|\d{1,3}(?:st|nd|rd|th)) |[ ,(]*(?:19|20)\d\d\)?$|(?<=\w)-(?:19|20)\d\d$", re.IGNORECASE
)

LIST_MARKS = frozenset({",", "(", "in", "of"})  # before a name they list places, or say of something else where it is
UNIT_WORDS = tuple(f" {word}" for _, words in UNITS for word in words)
Placed = Sequence[tuple[Span, str]]


class GazetteerLinker:
    """Sets `kb_id_`, type, link and organ of names in doc.spans["names"]; adds missed names of countries, provinces, bodies."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __reduce__(self) -> tuple[Callable[..., GazetteerLinker], tuple[dict[str, Any], ...]]:
        """For worker processes: the tables are read-only mappings, which cannot be pickled, and travel as dicts."""
        return linker_of, tuple(dict(getattr(self.gazetteer, table.name)) for table in fields(self.gazetteer))

    def __call__(self, doc: Doc) -> Doc:
        names = self.whole(doc.spans.get(NAMES, ()), self.longer(doc))
        names += self.missed(doc, names)
        ministries = self.of_ministers(doc, names)
        places = {(s.start, s.end) for s in ministries}
        names = [*(s for s in names if (s.start, s.end) not in places), *ministries]
        candidates = {(s.start, s.end): self.candidates(s) for s in names}
        placed = [(s, id) for s in names if (id := self.unmistakable(candidates[s.start, s.end], s.label_))]
        linked = [self.linked(span, candidates[span.start, span.end], placed) for span in names]
        doc.spans[NAMES] = sorted(linked, key=lambda s: (s.start, -s.end))
        return doc

    def unmistakable(self, ids: Sequence[str], kind: str) -> str | None:
        """The entry that a name means whatever the text says: the only one, or the only country or province."""
        entries = [self.gazetteer.entries[i] for i in ids]
        fitting = [e for e in entries if e.type == kind and kind in {"Country", "Province"}] or entries
        return fitting[0].id if len(fitting) == 1 and not in_doubt(fitting[0]) else None

    def is_open(self, ids: Sequence[str], kind: str) -> bool:
        """Whether it takes the text around a name to say what it means."""
        entries = [self.gazetteer.entries[i] for i in ids]
        return len(entries) > 1 or any(has_likes(e) or e.type != kind or e.type in DOUBTFUL for e in entries)

    def longer(self, doc: Doc) -> list[Span]:
        """Names of the gazetteer that start where a name of the model starts and go on behind its end."""
        ends: dict[int, int] = {}
        for span in doc.spans.get(NAMES, ()):
            ends[span.start] = max(span.end, ends.get(span.start, 0))
        found = (self.longest(doc, start, set(), end + 1) for start, end in ends.items())
        return [span for span in found if span is not None]

    def whole(self, names: Iterable[Span], longer: list[Span]) -> list[Span]:
        """The names, with the longer ones in place of the pieces that the model cut them into.

        Places within them stay, and what the tables know as another thing: the academy that an institute is of.
        """
        within = {(s.start, s.end): o for o in longer for s in names if covers(o, s)}
        kept = [s for s in names if (s.start, s.end) not in within or self.is_other(s, within[s.start, s.end])]
        return [*kept, *longer]

    def is_other(self, span: Span, longer: Span) -> bool:
        """Whether a name within a longer one is another thing than that."""
        if span.label_ in SETTLEMENTS:
            return True
        ids = self.gazetteer.find(span.text) if span.start > longer.start else ()
        return bool(ids) and longer.kb_id_ not in ids

    def candidates(self, span: Span) -> list[str]:
        """Ids of entries of this name whose type is of the family that the model saw, the likeliest first."""
        demonym = self.gazetteer.demonyms.get(span.text)
        if demonym:
            return [demonym] if span.label_ in SETTLEMENTS else []
        ids = self.gazetteer.find_spelled(span.text)
        if not ids and span.label_ == "Event":
            ids = self.gazetteer.find_spelled(series(span.text))
        if not ids and span.label_ == "Park":
            ids = self.gazetteer.find_park(span.text)
        types = {i: self.gazetteer.entries[i].type for i in ids}
        if len(types) == 1 and ((span.text.isupper() and len(span.text) > 2) or is_chinese(span.text)):
            return list(types)
        fitting = [i for i, kind in types.items() if same_family(kind, span.label_)]
        if not fitting and span.label_ == "Park":
            fitting = list(self.gazetteer.find_park_short(span.text))
        if not fitting and span.label_ in PLACED | MISTAKEN and not starts_longer(span):
            fitting = [i for i, kind in types.items() if kind in SETTLEMENTS | {"Park"}]
        return fitting

    def linked(self, span: Span, ids: Sequence[str], placed: Placed) -> Span:
        """The span with the entry that fits the text best, else with the organ of a government that it names."""
        demonym = span.text in self.gazetteer.demonyms
        if span.kb_id_ and not ids:
            return span
        context = self.context(span, placed) if self.is_open(ids, span.label_) else Context(kind=span.label_)
        choice = choose(ids, context, self.gazetteer)
        made = Span(span.doc, span.start, span.end, label=choice.entry.type if choice else span.label_)
        made._.score = max(span._.score, 0.9) if choice else span._.score
        if choice:
            made.kb_id_ = choice.entry.id
            made._.link = Link("demonym") if demonym else choice.link
        elif span.label_ in GOVERNMENT:
            made._.organ = self.organ(span, placed)
            if span.label_ == "Ministry" and (national := self.national(span, made._.organ)):
                made.kb_id_, made._.link, made._.organ = national, Link("country of the article"), None
        return made

    def national(self, span: Span, organ: str | None) -> str | None:
        """The body of the country that an organ belongs to, by the name with its country: "(German) Foreign Ministry"."""
        country = (organ or "").partition(".")[0]
        surfaces = [f"{word} {span.text}" for word, id in self.gazetteer.demonyms.items() if id == country]
        label = self.gazetteer.entries[country].label if country in self.gazetteer.entries else ""
        found = (self.gazetteer.find_spelled(surface) for surface in (*surfaces, f"{span.text} of {label}"))
        return next((ids[0] for ids in found if len(ids) == 1), None)

    def context(self, span: Span, placed: Placed, *, within: bool = True) -> Context:
        """What the text says around a span; `within`: places that stand within it count as beside it."""
        others = [(s, i) for s, i in placed if within or not covers(span, s)]
        others = [(s, i) for s, i in others if (s.start, s.end) != (span.start, span.end)]
        others.sort(key=lambda item: (abs(item[0].start - span.start), item[0].start))
        article = span.doc._.article
        return Context(
            near=(*(i for _, i in others), *self.dateline(article.dateline if article else None)),
            beside=tuple(i for s, i in others if is_beside(s, span)),
            date=article.date if article else None,
            kind=span.label_,
            bare=not any(span.text.casefold().endswith(unit) for unit in UNIT_WORDS),
        )

    def dateline(self, words: str | None) -> list[str]:
        """The place where an article was written, by its dateline ("NANJING, July 3")."""
        place = re.split(r"[,(—–-]", words or "", maxsplit=1)[0].strip()
        ids = self.gazetteer.find(place.title() if place.isupper() else place) if place else ()
        found = self.unmistakable(ids, "Province")
        return [found] if found else []

    def organ(self, span: Span, placed: Placed) -> str | None:
        """The organ of a place's government that a name means; the place is of the name itself or the one beside or near it."""
        context = replace(self.context(span, placed, within=False), kind="")

        def resolve(ids: Sequence[str]) -> str | None:
            choice = choose(ids, context, self.gazetteer)
            return choice.entry.id if choice else None

        def seat(levels: Sequence[str]) -> str | None:
            return main_place(levels, context, self.gazetteer)

        name = f"{level_before(span)} {span.text}".strip()
        return organ_of(name, self.gazetteer, resolve, seat, national=span.label_ == "Ministry")

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
                match = next(((end, i) for end, i in ids if end <= len(doc) and i), None)
                if match:
                    span = Span(doc, start, match[0], label="Ministry", kb_id=match[1][0])
                    span._.link = Link("named by its minister", next(iter(match[1][1:]), None))
                    found.append(span)
        return found

    def longest(self, doc: Doc, at: int, taken: set[int], least: int) -> Span | None:
        """The longest name of the gazetteer from token `at` to `least` or behind it, over no taken token."""
        if not self.gazetteer.opens(doc[at].text):
            return None
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
        if in_doubt(entry):
            return False
        return is_chinese(surface) or (entry.type in SURE_TYPES and len(surface) > 3)


def linker_of(*tables: Mapping[str, Any]) -> GazetteerLinker:
    return GazetteerLinker(Gazetteer(*tables))


def covers(span: Span, other: Span) -> bool:
    return span.start <= other.start and other.end <= span.end


def level_before(span: Span) -> str:
    """The level of government that stands right before a name: "the provincial", "the city's"; "" for none."""
    words = [t.lower_ for t in span.doc[max(0, span.start - 2) : span.start] if t.lower_ not in {"'s", "’s"}]
    return words[-1] if words and words[-1] in levels_table() else ""


def is_beside(place: Span, span: Span) -> bool:
    """Whether a place stands within a name ("Jiangsu Department of Commerce"), before it ("Jiangxi's Fuzhou") or behind
    it ("Fuzhou, East China's Jiangxi") with nothing between but what ties a place to a larger one.
    """
    if covers(span, place):
        return True
    first, second = (place, span) if place.start < span.start else (span, place)
    if not 0 <= second.start - first.end <= BESIDE:
        return False
    allowed = lowered("place-links") - (LIST_MARKS if first is place else set())
    return all(t.lower_ in allowed for t in span.doc[first.end : second.start])


def series(name: str) -> str:
    """An event's name without its year or number: "2025 Canton Fair" and "138th Canton Fair" to "Canton Fair"."""
    return EDITION.sub("", name).strip()


def starts_longer(span: Span) -> bool:
    """Whether the text has a longer name that starts with this one, which it may come back to by it."""
    return any(other.text.startswith(f"{span.text} ") for other in span.doc.spans.get(NAMES, ()))


def starts_name(word: str) -> bool:
    return word[:1].isupper() or is_chinese(word)


def same_family(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in FAMILIES)
