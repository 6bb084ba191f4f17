"""How sure a thing's names must be: to take part in facts, and to stand in the graph without any."""

from __future__ import annotations

from extract.components.cluster import Cluster
from extract.schema import POLICIES, TOPICS

# The least scores of names in a fact, of names alone, of descriptions and of topics: of the best F1 of entities and
# relations over our annotated articles held out of training.
LEAST_IN_FACT, LEAST_ALONE, LEAST_DESCRIBED, LEAST_TOPIC = 0.35, 0.6, 0.5, 0.4


def may_be(cluster: Cluster) -> bool:
    """Whether any name is sure enough for a thing that a fact is about, by a gazetteer entry or the recogniser's score."""
    return is_sure(cluster, LEAST_IN_FACT)


def stands_by_itself(cluster: Cluster) -> bool:
    """Whether any name is sure enough for a thing of which the text tells nothing else."""
    return is_sure(cluster, LEAST_ALONE)


def is_sure(cluster: Cluster, least: float) -> bool:
    if cluster.gazetteer:
        return True
    if cluster.type in TOPICS:
        least = LEAST_TOPIC
    elif is_described(cluster):
        least = min(least, LEAST_DESCRIBED)
    return any(span._.score >= least for span in cluster.names)


def is_described(cluster: Cluster) -> bool:
    """A document or programme without a name proper: "a notice on data security"."""
    named = any(c.isupper() for s in cluster.names for c in s.text) or any(s[0].like_num for s in cluster.names)
    return cluster.type in POLICIES and not named
