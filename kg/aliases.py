"""Entities that an article names too shortly to be known by themselves, tied to the one of the corpus they stand for.

The IRI of "Qingyan" cannot depend on another article that calls it "Qingyan New Materials Co., Ltd.": so both keep
theirs, and a tie says that they are the same thing, with its reason, confidence and runner-up. Ties are found anew for
each corpus; where two things may be meant there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from extract.canonical import FAMILIES, YEAR, canonical, initials, is_chinese, is_within, listed
from extract.gazetteer import RANKS, Gazetteer, level
from extract.wordlists import dictionary
from kg.background import NAMES_GRAPH
from kg.identity import digest
from kg.labels import literal
from kg.rdf import Quad, Triple, quad_key
from kg.things import Thing
from kg.vocab import BASE, POL, RDF, RDFS, SKOS, XSD

LINKS_GRAPH = "graph-of-links"
# Why an entity is tied, from the surest; and how sure that is.
CONFIDENCE = {
    "stated alias": 0.95,  # another article calls the fuller one so
    "same name": 0.85,  # an indistinct name is the whole name of one thing only
    "other type": 0.8,  # a place of the same name under another type of place
    "short form": 0.7,  # the fuller name only adds what every company's name may
    "acronym": 0.65,
    "without its year": 0.6,
}
PLACES = frozenset({"city", "district", "place"})
TIED = frozenset({"body", "park", "policy", "event", "person"}) | PLACES  # topics are what they are called
LEVELS = frozenset({"town", "township", "county", "district", "village", "banner"})
LONGEST_SHORT = 3
BROAD = frozenset({"Organization", "Place"})

SCOPED = re.compile(r".+\.[0-9a-f]{8}")  # the key of what goes by its article's title

Form = tuple[str, ...]
Key = tuple[str, str, Form]  # reason, family, form


@dataclass(frozen=True)
class Tie:
    """`short` is the same thing as `full`; `runner_up` would have been next."""

    short: URIRef
    full: URIRef
    reason: str
    runner_up: URIRef | None = None


@dataclass(frozen=True)
class Named:
    """An entity's family, the canonical form that its IRI is made from, and those of all its names.

    `distinct` is False where only its article's title says which thing it is; `known` where the gazetteer does.
    """

    iri: URIRef
    family: str
    main: Form
    forms: frozenset[Form]
    thing: Thing
    distinct: bool = True
    known: bool = False


def ties(things: Mapping[URIRef, Thing], gazetteer: Gazetteer, *, base: str = BASE) -> list[Tie]:
    """The ties of a corpus, sorted; each leads to an entity that is not tied itself. A pure function of the set of things."""
    named = {iri: one for iri, thing in sorted(things.items()) if (one := named_by(iri, thing, base)).family in TIED}
    index: dict[Key, list[URIRef]] = defaultdict(list)
    for one in named.values():
        for key in offers(one, gazetteer):
            index[key].append(one.iri)
    found: dict[URIRef, Tie] = {}
    for one in sorted(named.values(), key=lambda n: (-len(n.main), n.iri)):
        if not one.known and (tie := tie_of(one, index, named, found)):
            found[one.iri] = tie
    return [Tie(t.short, root(t.full, found), t.reason, t.runner_up) for _, t in sorted(found.items())]


def tie_of(
    one: Named, index: Mapping[Key, Sequence[URIRef]], named: Mapping[URIRef, Named], found: Mapping[URIRef, Tie]
) -> Tie | None:
    """The tie by the surest reason that leads anywhere, unless it leads to more than one thing."""
    options: list[tuple[str, URIRef]] = []
    for key in asks(one):
        fitting = (
            i
            for i in index.get(key, ())
            if i != one.iri and compatible(one, named[i]) and comes_before(named[i], one, key)
        )
        options += [(key[0], iri) for iri in sorted({root(i, found) for i in fitting} - {one.iri})]
    if not options:
        return None
    reason, full = options[0]
    if any(r == reason and iri != full for r, iri in options):
        return None
    return Tie(one.iri, full, reason, next((iri for _, iri in options if iri != full), None))


def root(iri: URIRef, found: Mapping[URIRef, Tie]) -> URIRef:
    while iri in found:
        iri = found[iri].full
    return iri


def compatible(one: Named, other: Named) -> bool:
    """Whether sources give both one type, or give one of them none of the narrower types, and no article tells them apart by
    naming both."""
    if one.thing.articles & other.thing.articles:
        return False
    types, others = one.thing.types, other.thing.types
    return one.family in PLACES or bool(types & others) or types <= BROAD or others <= BROAD


def comes_before(full: Named, short: Named, key: Key) -> bool:
    """Which of two is the fuller: of places of one name the one that says its level, then what more sources name."""
    if key[0] != "other type":
        return True
    sizes = ((len(n.main), sum(n.thing.names.values()), n.iri) for n in (full, short))
    return next(sizes) > next(sizes)


def named_by(iri: URIRef, thing: Thing, base: str) -> Named:
    family, _, key = iri.removeprefix(base).partition("/")
    known = family == "entry"
    family = FAMILIES[min(thing.types)] if known and thing.types else family
    forms = frozenset(tuple(canonical(name, family).split()) for name in thing.names)
    made = [form for form in forms if "-".join(form) == key.partition(".")[0]]
    main = made[0] if made else max(forms, key=lambda form: (len(form), form), default=())
    return Named(iri, family, main, forms, thing, distinct=known or not SCOPED.fullmatch(key), known=known)


def offers(one: Named, gazetteer: Gazetteer) -> Iterator[Key]:
    """By which reasons and forms an entity may be the one that another stands for."""
    if not one.distinct or (one.known and one.family in PLACES):  # linking has seen the places of the gazetteer
        return
    yield "same name", one.family, one.main
    for form in one.forms - {one.main}:
        if is_short_of(form, one.main) and not is_parent(form, one):
            yield "stated alias", one.family, form
    if one.family in PLACES:
        yield "other type", "place", bare(one.main)
    elif one.family == "policy" and (dated := [w for w in one.main if YEAR.fullmatch(w)]):
        yield "without its year", "policy", tuple(w for w in one.main if w not in dated)
    elif one.family == "body" and "Company" in one.thing.types:
        yield from (("short form", "body", form) for form in company_short_forms(one.main, gazetteer))
    elif one.family == "park" and len(one.main) > 2 and all(w in listed("generic") | {"tech"} for w in one.main[1:]):
        yield "short form", "park", (one.main[0], one.main[-1])
    if len(one.main) > 2:
        yield "acronym", one.family, (initials(one.main),)


def asks(one: Named) -> Iterator[Key]:
    """By which reasons and forms an entity may stand for another one, the surest first."""
    if not one.distinct:
        if one.family != "person" or len(one.main) > 1:
            yield "same name", one.family, one.main
        return
    yield "stated alias", one.family, one.main
    if one.family in PLACES and one.main == bare(one.main):
        yield "other type", "place", one.main
    if one.family in {"body", "park"} and len(one.main) <= LONGEST_SHORT:
        yield "short form", one.family, one.main
    if len(one.main) == 1 and len(one.main[0]) > 2 and any(name.isupper() for name in one.thing.names):
        yield "acronym", one.family, one.main
    if one.family == "policy":
        yield "without its year", "policy", one.main


def is_short_of(short: Form, long: Form) -> bool:
    """Whether a name may stand for a fuller one: some of its words in order, its initials, or its Chinese name."""
    if is_chinese("".join(short)):
        return True
    if [w for w in short if any(map(str.isdigit, w))] != [w for w in long if any(map(str.isdigit, w))]:
        return False
    return (len(short) < len(long) and is_within(short, long)) or (len(short) == 1 and short[0] == initials(long))


def is_parent(short: Form, one: Named) -> bool:
    """Whether a company that goes by a short name in its article may share it with its parent: its full name adds a word of
    the language that says what the subsidiary does ("Goldfan Green Methanol", "Goldfan").
    """
    behind = one.main[one.main.index(short[-1]) + 1 :] if short[-1] in one.main else ()
    added = [w for w in behind if w not in listed("descriptors") and w in dictionary()]
    return "Company" in one.thing.types and bool(added)


def company_short_forms(main: Form, gazetteer: Gazetteer) -> Iterator[Form]:
    """The names a company may go by: without the place at its start, and without what every company's name may add."""
    places = [n for n in (1, 2) if n < len(main) and gazetteer.find(" ".join(main[:n]))]
    for start in (0, *places):
        for end in range(start + 1, min(start + LONGEST_SHORT, len(main)) + 1):
            short, rest = main[start:end], main[end:]
            own = not listed("descriptors").issuperset(short) and not is_place(short, gazetteer)
            if own and (rest or start) and listed("descriptors").issuperset(rest):
                yield short


def is_place(words: Form, gazetteer: Gazetteer) -> bool:
    """Whether a country, a province or a large city bears this name, which no company goes by alone."""
    found = (gazetteer.entries[i] for i in gazetteer.find(" ".join(words)))
    return any(level(entry, gazetteer.entries) <= RANKS["City"] for entry in found)


def bare(form: Form) -> Form:
    """The name of a place without its level."""
    return form[:-1] if len(form) > 1 and form[-1] in LEVELS else form


def tie_quads(found: Iterable[Tie], things: Mapping[URIRef, Thing], *, base: str = BASE) -> list[Quad]:
    """The ties as quads, sorted: the tie itself, why it is there, and the short names as other names of the fuller one."""
    graph = URIRef(base + LINKS_GRAPH)
    triples: set[Triple] = set()
    for tie in found:
        triples.update(tie_triples(tie, base))
        names = things[tie.short].names.keys() - things[tie.full].names.keys()
        triples.update((tie.full, SKOS.altLabel, literal(name)) for name in names)
    return sorted(((*triple, graph) for triple in triples), key=quad_key)


def tie_triples(tie: Tie, base: str) -> Iterator[Triple]:
    iri = URIRef(f"{base}link/{digest(str(tie.short), str(tie.full))}")
    yield tie.short, POL.sameThingAs, tie.full
    yield iri, RDF.type, POL.Link
    yield iri, POL.linkOf, tie.short
    yield iri, POL.linkedTo, tie.full
    yield iri, POL.reason, Literal(tie.reason)
    yield iri, POL.confidence, Literal(f"{CONFIDENCE[tie.reason]:.2f}", datatype=XSD.decimal)
    if tie.runner_up:
        yield iri, POL.runnerUp, tie.runner_up


def thing_labels(quads: Iterable[Quad], found: Iterable[Tie], *, base: str = BASE) -> list[Quad]:
    """The skos:prefLabel of every labelled entity, sorted: the rdfs:label of the thing it is, so that a query by it has one
    name a thing."""
    graph = URIRef(base + NAMES_GRAPH)
    labels = {s: o for s, p, o, _ in quads if p == RDFS.label}
    full = {tie.short: tie.full for tie in found}
    return sorted(
        ((s, SKOS.prefLabel, labels[full.get(s, s)], graph) for s in labels if full.get(s, s) in labels), key=quad_key
    )


def of_full(triples: Iterable[Triple], found: Iterable[Tie]) -> Iterator[Triple]:
    """The triples with what they say of a tied entity said of the fuller one."""
    full = {tie.short: tie.full for tie in found}
    for s, p, o in triples:
        yield full.get(s, s), p, full.get(o, o) if isinstance(o, URIRef) else o
