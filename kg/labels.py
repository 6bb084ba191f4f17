"""The one label of each entity, which says which of its likes it is: "Suzhou (Anhui)", "pilot programme (Six ports to ...)"."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Literal, URIRef

from extract.canonical import YEAR, is_chinese, words_of
from extract.gazetteer import Entry, Gazetteer
from extract.organs import chinese_name
from kg.identity import choose_label, is_made_from

LONGEST_QUALIFIER = 60
Counts = Mapping[str, int]


def label_of(iri: URIRef, counts: Counts, gazetteer: Gazetteer, *, base: str, qualifier: str = "") -> str:
    """The label of an entity that sources name; `counts` says how many use each name. It is told apart the same in every
    corpus: nothing in it depends on whether its likes are there.
    """
    entry, part = entry_of(iri, gazetteer, base)
    if entry is None:
        return qualified(own_label(iri, counts), qualifier or edition_of(iri))
    if not part:
        return entry_label(entry, gazetteer)
    if entry.type == "Event":
        own = {name: n for name, n in counts.items() if part in words_of(name)}
        return choose_label(own) if own else qualified(entry.label, part)
    placed = {name: n for name, n in counts.items() if entry.label.casefold() in name.casefold()}
    return qualified(choose_label(placed or counts), "" if placed else entry.label)


def entry_of(iri: URIRef, gazetteer: Gazetteer, base: str) -> tuple[Entry | None, str]:
    """The gazetteer entry of an IRI, and which part of it is meant: the organ of a place, the edition of a series."""
    whole = iri.removeprefix(f"{base}entry/")
    if whole == iri:
        return None, ""
    identifier, _, part = whole.partition(".")
    return gazetteer.entries.get(identifier), part


def entry_label(entry: Entry, gazetteer: Gazetteer) -> str:
    """The label of an entry; of the less likely bearers of a name with the place above it: "Suzhou", "Suzhou (Anhui)"."""
    likes = (gazetteer.entries[i] for i in gazetteer.find(entry.label))
    first = next((e for e in likes if (e.type, e.label) == (entry.type, entry.label)), entry)
    above = gazetteer.entries[entry.parent].label if entry.parent else ""
    return entry.label if first is entry else qualified(entry.label, above)


def own_label(iri: URIRef, counts: Counts) -> str:
    """The best of the names from which the IRI was made; other names of the entity do not lead to it."""
    return choose_label({name: n for name, n in counts.items() if is_made_from(iri, name)} or counts)


def edition_of(iri: URIRef) -> str:
    """The year at the end of an event's IRI."""
    *_, family, key = iri.split("/")
    year = key.rpartition("-")[2]
    return year if family == "event" and YEAR.fullmatch(year) else ""


def qualified(name: str, qualifier: str) -> str:
    """The name with a qualifier in brackets, cut at a word, unless the name says it already."""
    if not qualifier or set(words_of(qualifier)) <= set(words_of(name)):
        return name
    short = qualifier
    if len(qualifier) > LONGEST_QUALIFIER:
        short = qualifier[:LONGEST_QUALIFIER].rpartition(" ")[0] + " …"
    return f"{name} ({short})"


def literal(name: str) -> Literal:
    """A name as it stands in the graph: Chinese ones say so."""
    return Literal(name, lang="zh") if is_chinese(name) else Literal(name)


def chinese_names(entry: Entry, part: str) -> tuple[str, ...]:
    """What an entry, or the organ of a place, is called in Chinese."""
    if not part:
        return entry.zh
    organ = chinese_name(part, entry.type) if entry.zh else None
    if organ is None:
        return ()
    return (f"中共{entry.zh[0]}{organ}",) if part == "party-committee" else (f"{entry.zh[0]}{organ}",)
