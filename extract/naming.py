"""The name of a thing out of the ways a text names it."""

from __future__ import annotations

import re

from extract.canonical import is_chinese, without_alias
from extract.components.cluster import Cluster
from extract.components.coreference import key_of
from extract.schema import TOPICS

UNIT_TYPES = {"Province": ("province", "autonomous region", "municipality"), "City": ("city", "municipality")}


def entity_name(cluster: Cluster) -> str:
    """The fullest name: in Latin letters, not in capitals or a headline where the text also writes it otherwise, the
    longest, the first."""
    forms = surface_forms(cluster)
    best = max(
        forms,
        key=lambda name: (not is_chinese(name), not shouted(name, cluster.type), len(key_of(name)), -forms.index(name)),
    )
    return trimmed(without_alias(best), cluster.type)


def surface_forms(cluster: Cluster) -> tuple[str, ...]:
    """Every way the text names it, each once, in order; of "Lakeside Precision Co. (Lakeside)" the name and the alias."""
    forms = (clean(span.text) for span in cluster.names)
    return tuple(dict.fromkeys(part for form in forms for part in with_alias(form)))


def with_alias(form: str) -> tuple[str, ...]:
    name = without_alias(form)
    return (form,) if name == form else (name, form[len(name) :].strip(" ()"))


def clean(text: str) -> str:
    plain = " ".join(text.split())
    return re.sub(r"^(?:the|The) (?=\w)|['’]s$", "", plain) or plain


def shouted(name: str, kind: str) -> bool:
    """Whether the name is written as a headline or acronym writes it: in capitals, or a topic in title case."""
    return (name.isupper() and " " in name) or (kind in TOPICS and name.istitle() and " " in name)


def trimmed(name: str, kind: str) -> str:
    """Provinces and cities go by their bare name ("Jiangsu", not "Jiangsu province")."""
    for unit in UNIT_TYPES.get(kind, ()):
        if name.lower().endswith(" " + unit):
            return name[: -len(unit) - 1]
    return name
