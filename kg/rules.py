"""Correction lines as rules: what they do to which entity, and whether they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rdflib import URIRef

from extract.schema import DATES, SIGNATURES
from kg.cells import CorrectionError, Term, curie
from kg.corrections import Correction
from kg.rdf import source_of
from kg.vocab import BASE

Key = TypeVar("Key")
Table = Mapping[URIRef, Correction]


@dataclass(frozen=True)
class Rules:
    """What is done to which IRI: splits by (entity, article or source), the rest by entity (a reject also by claim).

    Retypes and renames are filed under what their entity is merged into.
    """

    splits: Mapping[tuple[URIRef, URIRef | None], Correction]
    merges: Table
    rejects: Table
    retypes: Table
    renames: Table
    aliases: tuple[Correction, ...] = ()
    adds: tuple[Correction, ...] = ()
    aparts: tuple[Correction, ...] = ()
    base: str = BASE

    def root(self, entity: URIRef) -> URIRef:
        """What an entity is merged into in the end."""
        return root(entity, self.merges)

    def keeps_apart(self, one: URIRef, other: URIRef) -> bool:
        """Whether a line says that two entities are two."""
        return any({self.root(t.iri) for t in line.terms} == {one, other} for line in self.aparts)


@dataclass(frozen=True)
class Fate:
    """What becomes of an entity in one article, by which lines; `kind` and `name` where a line gives them.

    Where none does, an entity that has become another one has the types and names that are told of that one elsewhere.
    """

    iri: URIRef
    lines: tuple[Correction, ...] = ()
    kind: str = ""
    name: str = ""
    rejected: bool = False


def target(line: Correction) -> Term:
    """The entity that a merge, split or apart leads to."""
    if line.object is None:
        raise CorrectionError(f"{line.where}: {line.action} needs 'object'; name an entity")
    return line.object


def root(entity: URIRef, merges: Table) -> URIRef:
    while entity in merges:
        entity = target(merges[entity]).iri
    return entity


def rules_of(lines: Iterable[Correction], *, base: str = BASE) -> Rules:
    """The same rules for any order of the lines.

    Raises CorrectionError for lines that contradict each other and for merges that run in a circle.
    """
    by: dict[str, list[Correction]] = defaultdict(list)
    for line in lines:
        by[line.action].append(line)
    merges = filed((line.subject.iri, line) for line in by["merge"])
    check_circles(merges)
    return Rules(
        splits=filed(((line.subject.iri, line.place), line) for line in by["split"]),
        merges=merges,
        rejects=filed((line.subject.iri, line) for line in by["reject"]),
        retypes=filed((root(line.subject.iri, merges), line) for line in by["retype"]),
        renames=filed((root(line.subject.iri, merges), line) for line in by["rename"]),
        aliases=tuple(by["alias"]),
        adds=tuple(by["add"]),
        aparts=tuple(by["apart"]),
        base=base,
    )


def check_rules(rules: Rules) -> None:
    """Raises CorrectionError for a split or apart of one entity, for lines on what another one rejects, and for facts to add
    whose predicate does not join entities of these types."""
    check_splits(rules)
    check_aparts(rules)
    check_rejects(rules)
    check_adds(rules)


def filed(pairs: Iterable[tuple[Key, Correction]]) -> dict[Key, Correction]:
    found: dict[Key, Correction] = {}
    for key, line in pairs:
        other = found.setdefault(key, line)
        if other.iri != line.iri:
            raise CorrectionError(
                f"{line.where}: this {line.action} contradicts {other.where}; one of the two is right"
            )
    return found


def check_circles(merges: Table) -> None:
    for start, line in merges.items():
        seen, entity = {start}, target(line).iri
        while entity in merges and entity not in seen:
            seen.add(entity)
            entity = target(merges[entity]).iri
        if entity in seen:
            raise CorrectionError(f"{line.where}: these merges run in a circle; merge into the one that is to stay")


def check_splits(rules: Rules) -> None:
    for line in rules.splits.values():
        if target(line).iri == line.subject.iri:
            raise CorrectionError(f"{line.where}: splits an entity from itself; name another one in 'object'")


def check_aparts(rules: Rules) -> None:
    for line in rules.aparts:
        if rules.root(line.subject.iri) == rules.root(target(line).iri):
            raise CorrectionError(f"{line.where}: keeps apart what is one entity, or merged into one; name two")


def check_rejects(rules: Rules) -> None:
    """Nothing else may be said of a rejected entity; to split some of its mentions off first is no contradiction."""
    merged = [(iri, line) for line in rules.merges.values() for iri in (line.subject.iri, target(line).iri)]
    named = [*merged, *rules.retypes.items(), *rules.renames.items()]
    named += [
        (rules.root(term.iri), line) for line in (*rules.aliases, *rules.adds, *rules.aparts) for term in line.terms
    ]
    for iri, line in named:
        if iri in rules.rejects:
            other = rules.rejects[iri].where
            raise CorrectionError(f"{line.where}: this {line.action} contradicts {other}, which rejects {curie(iri)}")


def check_adds(rules: Rules) -> None:
    for line in rules.adds:
        for term, allowed in misfits(line, rules):
            kind, right = kind_of(term, rules), ", ".join(sorted(allowed))
            wrong = f"{curie(term.iri, rules.base)} is a {kind}, which {line.predicate} does not go with"
            raise CorrectionError(f"{line.where}: {wrong}; one of {right} is right there")


def misfits(line: Correction, rules: Rules) -> list[tuple[Term, frozenset[str]]]:
    """The ends of a fact to add that are known to be of a wrong type, and the right ones."""
    wanted, ends = SIGNATURES.get(line.predicate) or (DATES[line.predicate], frozenset())
    pairs = [(line.subject, wanted), *([(line.object, ends)] if line.object else [])]
    return [(term, allowed) for term, allowed in pairs if kind_of(term, rules) not in {"", *allowed}]


def kind_of(term: Term, rules: Rules) -> str:
    """An entity's type once it is merged and retyped, as far as the lines and the gazetteer tell."""
    iri, kind = term.iri, term.kind
    while iri in rules.merges:
        iri, kind = target(rules.merges[iri]).iri, target(rules.merges[iri]).kind
    return rules.retypes[iri].value if iri in rules.retypes else kind


def fate(entity: URIRef, article: URIRef, rules: Rules) -> Fate:
    """Split first (an article goes before its source), then merged, then rejected or retyped."""
    lines: list[Correction] = []
    name = kind = ""
    source = source_of(article, base=rules.base)
    if split := rules.splits.get((entity, article)) or rules.splits.get((entity, source)):
        lines.append(split)
        entity, kind, name = target(split).iri, target(split).kind, target(split).name
    while merge := rules.merges.get(entity):
        lines.append(merge)
        entity, kind = target(merge).iri, ""
    if retype := rules.retypes.get(entity):
        lines.append(retype)
        kind = retype.value
    if reject := rules.rejects.get(entity):
        lines.append(reject)
    return Fate(entity, tuple(lines), kind, name, rejected=reject is not None)
