"""Names to IRIs. An IRI is a function of the entity's canonical identity alone, never of another document or an order.

What a thing is known by, from the surest: its entry of the gazetteer; the place whose organ, or the series whose edition
it is; its name in canonical form (extract.canonical), under a family of types that texts take for each other. A name
that does not say which thing it is ("pilot programme", "Wang Wei") is told from its likes by its article or its body.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from rdflib import URIRef

from extract.canonical import FAMILIES, YEAR, canonical, is_chinese, is_common, is_generic, words_of
from extract.editions import ORDINAL
from extract.facts import ArticleFacts, Entity
from kg.vocab import BASE

LONGEST_SLUG = 80


def normalise(name: str) -> str:
    """The form under which two names are the same: case, accents, punctuation, a leading article and possessive set aside.

    Digits and numerals stay: "Park II" and "Park I", "14th" and "15th" never meet.
    """
    return " ".join(words_of(name))


def slug(text: str) -> str:
    """A readable piece of an IRI; long or non-Latin names get a digest so that different names never share one."""
    plain = "-".join(re.findall(r"[a-z0-9]+", text))
    if plain.replace("-", "") == re.sub(r"\W", "", text) and len(plain) <= LONGEST_SLUG:
        return plain
    return f"{plain[:LONGEST_SLUG].strip('-')}-{digest(text)[:8]}".lstrip("-")


def digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def article_iris(article: ArticleFacts, *, base: str = BASE) -> dict[str, URIRef]:
    """The IRI of each entity of an article, by key; a name that many things bear is qualified by what the article says."""
    qualifiers = article_qualifiers(article, base=base)
    return {e.key: entity_iri(e, base=base, qualifier=qualifiers.get(e.key, ("", ""))[1]) for e in article.entities}


def article_qualifiers(article: ArticleFacts, *, base: str = BASE) -> dict[str, tuple[str, str]]:
    """(words for readers, piece of the IRI) that tell an entity of an article from others of its name, by key.

    A person whose name many bear goes by the body that the article affiliates them with; everything else that is not
    named distinctly goes by the article's title, so that copies of the article speak of the same thing.
    """
    found = {}
    for entity in article.entities:
        if is_known(entity):
            continue
        if entity.type == "Person" and is_common(entity.name):
            found[entity.key] = affiliation(entity, article, base) or scope(article)
        elif is_generic(entity.name, FAMILIES[entity.type]):
            found[entity.key] = scope(article)
    return found


def is_known(entity: Entity) -> bool:
    """Whether the gazetteer tells what it is, by itself or by the place whose organ it is."""
    return bool(entity.gazetteer or entity.organ)


def scope(article: ArticleFacts) -> tuple[str, str]:
    return article.title, digest(normalise(article.title))[:8]


def affiliation(person: Entity, article: ArticleFacts, base: str) -> tuple[str, str] | None:
    """The body that a person is affiliated with, first by the alphabet where the article names several."""
    bodies = {e.key: e for e in article.entities}
    found = sorted(
        (str(entity_iri(bodies[r.object], base=base)).rpartition("/")[2], bodies[r.object].name)
        for r in article.relations
        if (r.subject, r.predicate) == (person.key, "affiliatedWith") and r.evidence.status != "Negated"
    )
    return (found[0][1], found[0][0]) if found else None


def entity_iri(entity: Entity, *, base: str = BASE, qualifier: str = "") -> URIRef:
    """The entity's IRI: of its gazetteer entry, organ or series where it has one, else of its family and canonical name.

    `qualifier` is the piece of the IRI that tells it from others of its name.
    """
    if entity.gazetteer:
        return gazetteer_iri(f"{entity.gazetteer}.{entity.edition}" if entity.edition else entity.gazetteer, base=base)
    if entity.organ:
        return gazetteer_iri(entity.organ, base=base)
    family = FAMILIES[entity.type]
    key = slug(identity_form(entity.name, family, entity.edition))
    return URIRef(f"{base}{family}/{key}.{qualifier}" if qualifier else f"{base}{family}/{key}")


def identity_form(name: str, family: str, edition: str | None = None) -> str:
    """The canonical form of a name; of an edition the form of its series and, where it is known, the year."""
    words = canonical(name, family).split()
    if edition and YEAR.fullmatch(edition):
        words = [w for w in words if not YEAR.fullmatch(w) and not ORDINAL.fullmatch(w)] + [edition]
    return " ".join(words)


def gazetteer_iri(identifier: str, *, base: str = BASE) -> URIRef:
    return URIRef(f"{base}entry/{identifier}")


def is_made_from(iri: str, name: str) -> bool:
    """Whether the IRI of an entity without an entry was made from this name, which an edition's year may be added to."""
    *_, family, key = iri.split("/")
    key = key.partition(".")[0]
    edition = re.fullmatch(r".+-((?:19|20)\d\d)", key) if family == "event" else None
    return family in FAMILIES.values() and slug(identity_form(name, family, edition[1] if edition else None)) == key


def choose_label(names: Mapping[str, int]) -> str:
    """One name of several that are equal when normalised: in Latin letters, in most sources, with the fewest capitals, then
    by the alphabet."""
    return min(names, key=lambda name: (is_chinese(name), -names[name], sum(c.isupper() for c in name), name))
