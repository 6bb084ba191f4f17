"""Mentions of one thing: names that are equal, short or abbreviated, and the descriptions and pronouns that refer to it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from spacy.tokens import Doc, Span

from extract.attributes import NAMES, REFERENCES
from extract.components.acronyms import SMALL, bracketed, spells
from extract.components.cluster import Cluster, set_things
from extract.components.gazetteer import SETTLEMENTS, same_family
from extract.components.sureness import may_be
from extract.schema import COREFERS, POLICIES, TOPICS
from extract.wordlists import columns

ORGANISED = frozenset(
    {"Company", "University", "ResearchInstitute", "Organization", "Park", "Ministry", "GovernmentBody"}
)
LEAST_LINK, FARTHEST, TINY = -0.8, 140, 1e-9
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
SUBJECT_OF_CLAUSE, NAMED = 2.0, 3.0
UNITS = ("province", "city", "county", "district", "town", "township", "village", "municipality", "autonomous region")


class Coreference:
    """Sets doc._.clusters from the names and references of the doc, and doc.ents to the outermost names of the clusters."""

    def __call__(self, doc: Doc) -> Doc:
        names = list(doc.spans.get(NAMES, ()))
        clusters = [c for c in cluster_names(doc, names) if may_be(c) and stands_alone(c, names)]
        set_things(doc, bound(doc, clusters))
        return doc


def cluster_names(doc: Doc, names: Sequence[Span]) -> list[Cluster]:
    """Names joined by gazetteer id, equal form, acronym or short form, in order of their first mention."""
    parent = list(range(len(names)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    def join(i: int, j: int) -> None:
        a, b = sorted((root(i), root(j)))
        parent[b] = a

    by_key: dict[tuple[str, str], int] = {}
    entries: dict[str, set[str]] = {}
    for span in names:
        entries.setdefault(key_of(span.text), set()).update({span.kb_id_} - {""})
    for i, span in enumerate(names):
        for key in keys(span, homonym=len(entries[key_of(span.text)]) > 1):
            join(by_key.setdefault(key, i), i)
    place = {(s.start, s.end): i for i, s in enumerate(names)}
    for long, short in bracketed(doc, list(names)):
        if (short.start, short.end) in place:
            join(place[long.start, long.end], place[short.start, short.end])
    forms = sorted({(key_of(s.text), s.label_): i for i, s in enumerate(names)}.items(), key=lambda item: item[1])
    nested = set(nested_forms(names))
    # A name that the gazetteer knows is no short form of another: "Quanzhou" is no petrochemical company.
    known = {key_of(s.text) for s in names if s.kb_id_}
    for (form, kind), i in forms:
        longer = [
            (k != kind, j)
            for (other, k), j in forms
            if form not in known and is_short_form(form, kind, other, k) and (form, other) not in nested
        ]
        if longer:
            join(i, min(longer)[1])
    return [make_cluster(group) for group in grouped(names, [root(i) for i in range(len(names))])]


def nested_forms(names: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """(inner form, outer form) of each name that stands within another; the names come in text order, outer ones first."""
    for k, outer in enumerate(names):
        for inner in names[k + 1 :]:
            if inner.start >= outer.end:
                break
            if inner.end <= outer.end:
                yield key_of(inner.text), key_of(outer.text)


def stands_alone(cluster: Cluster, names: Sequence[Span]) -> bool:
    """False for a place that the text names only within other names ("Fuzhou" in "Fuzhou University"): nothing is said of it."""
    if cluster.type not in SETTLEMENTS:
        return True
    return not all(any(o.start <= s.start and s.end <= o.end and len(o) > len(s) for o in names) for s in cluster.names)


def grouped(names: Sequence[Span], roots: Iterable[int]) -> list[list[Span]]:
    groups: dict[int, list[Span]] = {}
    for span, number in zip(names, roots, strict=True):
        groups.setdefault(number, []).append(span)
    return list(groups.values())


def make_cluster(names: list[Span]) -> Cluster:
    """The type of the gazetteer entry that most names have; without one the type of most names, weighed by how sure each is."""
    linked = Counter(s.kb_id_ for s in names if s.kb_id_)
    entry = max(sorted(linked), key=lambda k: linked[k]) if linked else ""
    weights: Counter[str] = Counter()
    for span in names:
        if span.kb_id_ == entry or not entry:
            weights[span.label_] += span._.score
    return Cluster(tuple(names), (), max(sorted(weights), key=lambda k: weights[k]), entry)


def keys(span: Span, *, homonym: bool) -> set[tuple[str, str]]:
    """Under which (kind, form) a name is the same as another: its entry, and its form among topics or among all others.

    A form that stands for several entries in the text (two cities of one name) does not join them.
    """
    found = {("topic" if span.label_ in TOPICS else "name", key_of(span.text))}
    if not span.kb_id_:
        return found
    return {("entry", span.kb_id_)} | (set() if homonym else found)


def key_of(name: str) -> str:
    """Lower case, no punctuation, no leading article, no unit word of a place, singular."""
    plain = re.sub(r"['’]s\b", "", name.lower())
    plain = " ".join(re.findall(r"[^\W_]+", re.sub(r"(?<=\w)[-‑] ?(?=\w)", " ", plain)))
    plain = re.sub(r"^(the|a|an) ", "", plain)
    for unit in UNITS:
        if plain.endswith(" " + unit) and plain.count(" ") < 3:
            plain = plain.removesuffix(" " + unit)
    return plain.removesuffix("s") if len(plain) > 3 and not plain.endswith("ss") else plain


def is_short_form(short: str, kind: str, long: str, other: str) -> bool:
    """Whether `short` is how a text comes back to `long`: a surname, a company's distinctive word, an acronym."""
    mistaken = other in ORGANISED and (kind == "Person" or same_family(kind, other))
    if short == long or not (kind == other or mistaken):
        return False
    a, b = short.split(), long.split()
    if other in POLICIES and is_noun_of(a, b):
        return True
    if len(a) >= len(b) or digits(short) != digits(long):
        return False
    if other == "Person":
        return len(a) == 1 and a[0] in (b[0], b[-1])
    if other in ORGANISED:
        return starts_within(a, b) or spells(short.upper(), long)
    return other in POLICIES and is_subject_of(a, b)


def is_noun_of(a: list[str], b: list[str]) -> bool:
    """Whether `a` is but the noun of a document's longer name: "Guidance" of "Guidance for the Development of Parks"."""
    noun = next((i for i, word in enumerate(b) if word in SMALL), len(b)) - 1
    return len(a) == 1 < len(b) and a[0] == b[noun] and a[0] in document_nouns()


def is_subject_of(a: list[str], b: list[str]) -> bool:
    """Whether a document's name ends in `a`, which names no document itself: not the law that implementing rules are for."""
    return len(a) > 2 and b[-len(a) :] == a and not document_nouns().intersection(a)


def starts_within(a: list[str], b: list[str]) -> bool:
    """The words of `a` stand together at the start of `b`, or right behind its first word (a place, mostly)."""
    return len(a) <= 3 and a[0] not in SMALL and (b[: len(a)] == a or (len(b) > 2 and b[1 : 1 + len(a)] == a))


def digits(text: str) -> list[str]:
    return re.findall(r"\d+|\b[ivx]+\b", text)


def bound(doc: Doc, found: Iterable[Cluster]) -> list[Cluster]:
    """Each reference added to the thing that the model takes for its antecedent, else to the most salient one before it."""
    clusters = list(found)
    references = list(doc.spans.get(REFERENCES, ()))
    likely = antecedents(doc, references, clusters)
    places = {(s.start, s.end): i for i, c in enumerate(clusters) for s in c.names}
    for reference in references:
        score: dict[int, float] = {}
        for place, odds in likely.get((reference.start, reference.end), ()):
            i = places.get(place)
            if i is not None:
                score[i] = max(score.get(i, -math.inf), odds + agreement(clusters[i], reference))
        best = max(score, key=lambda i: (score[i], -i), default=None)
        if best is not None and score[best] < LEAST_LINK:
            best = None
        chosen = antecedent(best, reference, clusters)
        if chosen is not None:
            clusters[chosen] = replace(clusters[chosen], references=(*clusters[chosen].references, reference))
            places[reference.start, reference.end] = chosen
    return clusters


def antecedent(likeliest: int | None, reference: Span, clusters: Sequence[Cluster]) -> int | None:
    """The likeliest thing; the most salient one where there is none, or where that one alone has the description's noun in
    a name, from however far back."""
    if likeliest is not None and (len(reference) == 1 or is_named_so(clusters[likeliest], reference)):
        return likeliest
    salient = most_salient(reference, clusters)
    called_so = salient is not None and is_named_so(clusters[salient], reference)
    return salient if likeliest is None or called_so else likeliest


def antecedents(
    doc: Doc, references: Sequence[Span], clusters: Iterable[Cluster]
) -> dict[tuple[int, int], list[tuple[tuple[int, int], float]]]:
    """By place of a reference: places of the mentions not far before it, and the log-odds that they mean the same."""
    names = [Span(doc, s.start, s.end, label=c.type) for c in clusters for s in c.names]
    untyped = [Span(doc, s.start, s.end) for s in references]
    spans = [*untyped, *names]
    if doc._.pairs is None or not references:
        return {}
    partners = [[j for j, s in enumerate(spans) if may_precede(s, r)] for r in untyped] + [[] for _ in names]
    found: dict[tuple[int, int], list[tuple[tuple[int, int], float]]] = {}
    for i, others, scores in doc._.pairs.probabilities(spans, partners, slice(COREFERS, COREFERS + 1)):
        reference, odds = spans[i], np.log(scores[:, 0] / (1 - scores[:, 0] + TINY) + TINY).tolist()
        found[reference.start, reference.end] = [
            ((spans[j].start, spans[j].end), odd + SUBJECT_OF_CLAUSE * is_own_subject(spans[j], reference))
            for j, odd in zip(others, odds, strict=True)
        ]
    return found


def agreement(cluster: Cluster, reference: Span) -> float:
    """What it adds to the log-odds that the thing has the type that the reference tells, or its family.

    The noun of a reference tells its type ("the township"); of others the recogniser guesses it, more or less surely.
    """
    told = reference_heads().get(reference[-1].lower_)
    kind, sure = (told, 1.0) if told else (reference.label_, float(reference._.score))
    fits = sure * (2.0 * (cluster.type == kind) + same_family(cluster.type, kind))
    return fits + NAMED * is_named_so(cluster, reference)


def is_named_so(cluster: Cluster, reference: Span) -> bool:
    """Whether a name of the thing holds the noun of a description: "the catalog" of "technology catalog for restoration"."""
    noun = reference[-1].lower_
    return len(reference) > 1 and any(t.lower_ == noun for span in cluster.names for t in span)


def reference_heads() -> Mapping[str, str]:
    """Noun of a reference -> the type that it tells."""
    return columns("reference-heads", "noun", "type")


@cache
def document_nouns() -> frozenset[str]:
    return frozenset(key_of(noun) for noun, kind in reference_heads().items() if kind in POLICIES)


def is_own_subject(span: Span, reference: Span) -> bool:
    """Whether the span is the subject of a clause that a possessive stands in ("Bosch upgraded its centre")."""
    if reference[-1].tag_ != "PRP$" or span.root.dep_ not in SUBJECTS:
        return False
    return any(t.i == span.root.head.i for t in reference.root.ancestors)


def may_precede(span: Span, reference: Span) -> bool:
    """Whether the span lies before the reference, no farther than the texts of training show."""
    return 0 <= reference.start - span.end < FARTHEST


def most_salient(reference: Span, clusters: Sequence[Cluster]) -> int | None:
    """The cluster of the reference's type, else of its family, that the text before it makes most prominent."""
    for fits in (lambda c: c.type == reference.label_, lambda c: same_family(c.type, reference.label_)):
        found = [
            (*salience(c, reference), i)
            for i, c in enumerate(clusters)
            if fits(c) and c.names[0].start < reference.start
        ]
        if found:
            return max(found)[-1]
    return None


def salience(cluster: Cluster, reference: Span) -> tuple[bool, int, int]:
    """Orders antecedents: one whose name ends in the reference's noun, then the last sentence, there the first mention.

    The first mention of a sentence is its subject more often than not (Grosz, Joshi & Weinstein 1995: centering).
    """
    before = [s for s in [*cluster.names, *cluster.references] if s.end <= reference.start]
    if not before:
        return False, -1, 0
    last = max(s.sent.start for s in before)
    return is_named_so(cluster, reference), last, -min(s.start for s in before if s.sent.start == last)
