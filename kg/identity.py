"""Names to IRIs. An IRI is a function of the entity's type and canonical identity alone, never of a document or an order."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from rdflib import URIRef

from extract.facts import Entity
from kg.vocab import BASE

LONGEST_SLUG = 80
ARTICLES = ("the ", "a ", "an ")


def normalise(name: str) -> str:
    """The form under which two names are the same: case, accents, punctuation, a leading article and possessive set aside.

    Digits and numerals stay: "Park II" and "Park I", "14th" and "15th" never meet.
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'")
    plain = re.sub(r"'s\b", "", plain.strip()).replace("&", " and ")
    for article in ARTICLES:
        plain = plain.removeprefix(article)
    return " ".join(re.findall(r"[^\W_]+", plain))


def slug(text: str) -> str:
    """A readable piece of an IRI; long or non-Latin names get a digest so that different names never share one."""
    plain = "-".join(re.findall(r"[a-z0-9]+", text))
    if plain.replace("-", "") == re.sub(r"\W", "", text) and len(plain) <= LONGEST_SLUG:
        return plain
    return f"{plain[:LONGEST_SLUG].strip('-')}-{digest(text)[:8]}".lstrip("-")


def digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def entity_iri(entity: Entity, *, base: str = BASE) -> URIRef:
    """The entity's IRI: of its gazetteer entry where it is linked, else of its type and normalised name."""
    if entity.gazetteer:
        return gazetteer_iri(entity.gazetteer, base=base)
    return URIRef(f"{base}{entity.type.lower()}/{slug(normalise(entity.name))}")


def gazetteer_iri(identifier: str, *, base: str = BASE) -> URIRef:
    return URIRef(f"{base}entry/{identifier}")


def choose_label(names: Mapping[str, int]) -> str:
    """One name of several that are equal when normalised: in most sources, then fewest capitals, then by the alphabet."""
    return min(names, key=lambda name: (-names[name], sum(c.isupper() for c in name), name))
