"""How sure a thing's names must be: to take part in facts, and to stand in the graph without any."""

from __future__ import annotations

from extract.components.cluster import Cluster
from extract.schema import TOPICS

# The least scores of names in a fact, of names alone and of topics: of the best F1 of entities and relations over our
# annotated articles held out of training.
LEAST_IN_FACT, LEAST_ALONE, LEAST_TOPIC = 0.35, 0.7, 0.4


def may_be(cluster: Cluster) -> bool:
    """Whether any name is sure enough for a thing that a fact is about, by a gazetteer entry or the recogniser's score."""
    return is_sure(cluster, LEAST_IN_FACT)


def stands_by_itself(cluster: Cluster) -> bool:
    """Whether any name is sure enough for a thing of which the text tells nothing else."""
    return is_sure(cluster, LEAST_ALONE)


def is_sure(cluster: Cluster, least: float) -> bool:
    if cluster.gazetteer:
        return True
    least = LEAST_TOPIC if cluster.type in TOPICS else least
    return any(span._.score >= least for span in cluster.names)
