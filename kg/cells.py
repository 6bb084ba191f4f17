"""How a cell of a table of corrections names an entity, a claim or a passage: by IRI, by CURIE, by type and name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import URIRef

from extract.facts import Entity
from extract.gazetteer import Entry, Gazetteer
from extract.schema import TYPES
from kg.identity import entity_iri, gazetteer_iri
from kg.labels import entry_label, entry_of
from kg.rdf import source_iri
from kg.vocab import BASE

NO_ENTITIES = frozenset({
    "claim", "article", "source", "graph", "indicator", "measure", "fact", "conflict", "link", "correction", "statement",
})  # fmt: skip
KINDS = {name.lower(): name for name in TYPES}
CLAIM = re.compile(r"claim/[0-9a-f]+")
PASSAGE = re.compile(r"(source|article)/[^\s<>\"{}|\\^`]+")
RIGHT = "id:company/bright-battery, a whole IRI or Company/Bright Battery is right"


class CorrectionError(ValueError):
    """A line that cannot be followed: the message names the file, the line and what would be right."""


@dataclass(frozen=True)
class Term:
    """An entity or claim as a cell names it; its type and name where the cell or the gazetteer gives them.

    `known`: the gazetteer has it, so that it exists whether or not a text mentions it.
    """

    iri: URIRef
    kind: str = ""
    name: str = ""
    known: bool = False


@dataclass(frozen=True)
class Reader:
    """What the cells of a file are read by."""

    gazetteer: Gazetteer
    base: str = BASE


def expanded(cell: str, base: str) -> str | None:
    """The part of an IRI behind the base; None where the cell is no IRI and no CURIE."""
    if cell.startswith("id:"):
        return cell.removeprefix("id:")
    return cell.removeprefix(base) if cell.startswith(base) else None


def is_claim(cell: str) -> bool:
    return re.search(r"(^id:|/)claim/[^/]*$", cell) is not None


def claim(cell: str, where: str, reader: Reader) -> Term:
    path = expanded(cell, reader.base)
    if path is None or not CLAIM.fullmatch(path):
        raise CorrectionError(f"{where}: {cell!r} is no claim; id:claim/0123456789abcdef is right")
    return Term(URIRef(reader.base + path))


def entity(cell: str, where: str, reader: Reader) -> Term:
    """An entity by IRI, by CURIE (id:company/bright-battery) or by type and name (Company/Bright Battery)."""
    path = expanded(cell, reader.base)
    kind, _, rest = (path or cell).partition("/")
    if path is None and "://" not in cell and kind.strip().lower() in KINDS and rest.strip():
        return by_name(KINDS[kind.strip().lower()], rest.strip(), where, reader)
    if path is not None and kind == "entry":
        return by_entry(URIRef(reader.base + path), where, reader)
    if path is None or kind in NO_ENTITIES or not re.fullmatch(r"[a-z]+/[\w.-]+", path):
        raise CorrectionError(f"{where}: {cell!r} names no entity; {RIGHT}")
    return Term(URIRef(reader.base + path))


def by_entry(iri: URIRef, where: str, reader: Reader) -> Term:
    """An entry of the gazetteer, the organ of a place (id:entry/cn-jiangsu.commerce) or the edition of a series."""
    entry, part = entry_of(iri, reader.gazetteer, reader.base)
    if entry is None or not re.fullmatch(r"[\w.-]+", iri.rpartition("/")[2]):
        raise CorrectionError(
            f"{where}: {curie(iri, reader.base)!r} is no entry of the gazetteer; the id of a row is right"
        )
    return Term(iri) if part else Term(iri, entry.type, entry_label(entry, reader.gazetteer), known=True)


def by_name(kind: str, name: str, where: str, reader: Reader) -> Term:
    """The gazetteer's entry of this type and name, else the IRI that texts with this name lead to.

    Of several entries the one that the graph labels so: "Suzhou" is that of Jiangsu, the other is "Suzhou (Anhui)".
    """
    bearers, likes = (entries_of(called, kind, reader) for called in (name, re.sub(r" \([^()]*\)$", "", name)))
    found = [entry for entry in likes if entry_label(entry, reader.gazetteer) == name] or bearers
    if len(found) > 1:
        iris = ", ".join(f"id:entry/{entry.id}" for entry in found)
        raise CorrectionError(f"{where}: {kind}/{name} may be several; one of {iris} is right")
    if found:
        return by_entry(gazetteer_iri(found[0].id, base=reader.base), where, reader)
    return Term(entity_iri(Entity("e1", kind, name, (name,), ()), base=reader.base), kind, name)


def entries_of(name: str, kind: str, reader: Reader) -> list[Entry]:
    entries = [reader.gazetteer.entries[i] for i in reader.gazetteer.find(name)]
    return [entry for entry in entries if entry.type == kind]


def passage(cell: str, where: str, reader: Reader) -> URIRef:
    """A source by its name or IRI, or an article by its IRI."""
    path = expanded(cell, reader.base)
    if path is None and "://" not in cell:
        return source_iri(cell, base=reader.base)
    if path is None or not PASSAGE.fullmatch(path):
        raise CorrectionError(f"{where}: {cell!r} is no source; the name of a file or id:article/page.txt/a1 is right")
    return URIRef(reader.base + path)


def curie(iri: URIRef | str, base: str = BASE) -> str:
    """The short form of an IRI that a line may name it by."""
    return f"id:{iri.removeprefix(base)}" if iri.startswith(base) else str(iri)
