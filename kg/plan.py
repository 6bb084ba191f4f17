"""Which corrections a graph has use for, by what its texts say uncorrected; and a word on those it has none for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import URIRef

from kg.cells import Term, curie
from kg.corrections import Correction
from kg.rdf import Quad
from kg.rules import Rules, fate, kind_of, misfits, root, rules_of, target
from kg.vocab import BASE, POL, RDF

OF_NAMES = frozenset({"rename", "alias", "apart"})  # what changes no source
Mentions = Mapping[URIRef, set[URIRef]]  # the articles that mention an entity


@dataclass(frozen=True)
class Plan:
    """The rules that a graph has use for, their lines, a message for each line that it has none for, and the entities
    that no text mentions but a fact to add."""

    rules: Rules
    applied: tuple[Correction, ...] = ()
    stale: tuple[str, ...] = ()
    made: tuple[Term, ...] = ()


def named_iris(lines: Iterable[Correction]) -> set[URIRef]:
    """Every entity and claim that the lines name."""
    return {term.iri for line in lines for term in line.terms}


def called_names(lines: Iterable[Correction]) -> set[str]:
    """The names by which the lines call entities."""
    return {term.name for line in lines for term in line.terms if term.name}


def about(quads: Iterable[Quad], lines: Sequence[Correction]) -> list[Quad]:
    """What uncorrected quads say of the entities and claims that the lines name, and who else bears those names."""
    iris, names = named_iris(lines), called_names(lines)
    return [q for q in quads if q[0] in iris or (q[1] == POL.name and str(q[2]) in names)]


def plan_corrections(lines: Sequence[Correction], known: Collection[Quad], *, base: str = BASE) -> Plan:
    """What a graph has use for, by what `about` finds in its uncorrected quads. Raises CorrectionError as `rules_of`."""
    mentions = mentions_of(known)
    usable = leading_somewhere(lines, after_splits(mentions, lines, base))
    rules = rules_of(usable, base=base)
    alive, used = followed(mentions, rules)
    added = addable(rules, alive)
    made = made_by(added, rules, alive)
    used |= {line.iri for line in added}
    alive |= {rules.root(term.iri) for line in added for term in line.terms}
    used |= {line.iri for line in usable if line.action == "reject" and line.subject.iri in claims_of(known)}
    used |= {n.iri for n in usable if n.action in OF_NAMES and {rules.root(t.iri) for t in n.terms} <= alive}
    applied = tuple(line for line in usable if line.iri in used)
    stale = tuple(why_unused(line, mentions, known, base) for line in lines if line.iri not in used)
    return Plan(rules_of(applied, base=base), applied, stale, made)


def mentions_of(known: Iterable[Quad]) -> Mentions:
    found: dict[URIRef, set[URIRef]] = defaultdict(set)
    for s, p, _, article in known:
        if p == POL.mentionedIn:
            found[s].add(article)
    return found


def claims_of(known: Iterable[Quad]) -> set[URIRef]:
    return {s for s, p, o, _ in known if p == RDF.type and o == POL.Claim}


def followed(mentions: Mentions, rules: Rules) -> tuple[set[URIRef], set[URIRef]]:
    """The entities that the texts mention when splits, merges and rejects are done, and the lines that were of use."""
    fates = [fate(entity, article, rules) for entity, articles in mentions.items() for article in articles]
    return {one.iri for one in fates if not one.rejected}, {line.iri for one in fates for line in one.lines}


def after_splits(mentions: Mentions, lines: Iterable[Correction], base: str) -> set[URIRef]:
    """The entities of the texts when the splits are done: those left, and those that a split makes."""
    rules = rules_of((line for line in lines if line.action == "split"), base=base)
    fates = [fate(entity, article, rules) for entity, articles in mentions.items() for article in articles]
    return {one.iri for one in fates if one.kind or not one.lines}


def leading_somewhere(lines: Sequence[Correction], found: Collection[URIRef]) -> tuple[Correction, ...]:
    """Without merges and splits that lead to an entity that neither texts nor gazetteer know."""
    known = {*found, *(line.object.iri for line in lines if line.object and line.object.known)}
    merges = {line.subject.iri: line for line in lines if line.action == "merge"}
    while lost := {s for s, line in merges.items() if target(line).iri not in {*merges, *known}}:
        merges = {s: line for s, line in merges.items() if s not in lost}
    return tuple(line for line in lines if leads(line, merges, known))


def leads(line: Correction, merges: Mapping[URIRef, Correction], known: Collection[URIRef]) -> bool:
    if line.action == "merge":
        return line.subject.iri in merges
    return line.action != "split" or root(target(line).iri, merges) in known


def exists(line: Correction, term: Term) -> bool:
    """Whether an entity needs no text to be there: the gazetteer has it, or this line gives a new one its name."""
    return term.known or (line.action in {"split", "add"} and term is line.object and bool(term.name))


def addable(rules: Rules, alive: Collection[URIRef]) -> list[Correction]:
    """The facts whose entities are there, or are made by such a fact."""
    there, found = set(alive), []
    waiting = [line for line in rules.adds if not misfits(line, rules)]
    while ready := [line for line in waiting if all(rules.root(t.iri) in there or exists(line, t) for t in line.terms)]:
        found += ready
        there |= {rules.root(term.iri) for line in ready for term in line.terms}
        waiting = [line for line in waiting if line not in ready]
    return found


def made_by(added: Iterable[Correction], rules: Rules, alive: Collection[URIRef]) -> tuple[Term, ...]:
    """The entities that only facts to add name."""
    return tuple(
        replace(term, iri=rules.root(term.iri), kind=kind_of(term, rules))
        for line in added for term in line.terms if exists(line, term) and rules.root(term.iri) not in alive
    )  # fmt: skip


def why_unused(line: Correction, mentions: Mentions, known: Collection[Quad], base: str) -> str:
    """One line for a person: what the graph lacks, and who bears the name that the line gives."""
    missing = [term for term in line.terms if term.iri not in mentions and not exists(line, term)]
    if missing:
        iri = missing[0].iri
        reason = f"no text of this graph {'holds' if '/claim/' in iri else 'mentions'} {curie(iri, base)}"
    elif line.place:
        reason = f"{curie(line.place, base)} does not mention {curie(line.subject.iri, base)}"
    else:
        reason = f"no text of this graph leads to {curie(line.subject.iri, base)} when the other lines are followed"
    names = {term.name for term in missing}
    bearers = sorted({s for s, p, o, _ in known if p == POL.name and str(o) in names})
    hint = f"; so called are {', '.join(curie(iri, base) for iri in bearers)}" if bearers else ""
    return f"{line.where}: {line.action} is not applied: {reason}{hint}"
