"""Every custom attribute and span group that the pipeline sets, in one place."""

from __future__ import annotations

from functools import partial

from spacy.tokens import Doc, Span

from extract.components import kept

NAMES = "names"  # doc.spans: mentions by name, nested ones included; label_ is the type, kb_id_ a gazetteer id
REFERENCES = "references"  # doc.spans: pronouns and descriptions that stand for an entity; label_ is the type
VALUES = "values"  # doc.spans: label_ is DATE or QUANTITY
MEASURES = "measures"  # doc.spans: verb phrases that a policy prescribes

# components.pair.Pair of clusters and values; implied: relations that names imply and the text does not state
PAIRS = ("relations", "implied", "dates", "indicators", "measures")


def register() -> None:
    """Declare the attributes; done when extract.pipeline is imported, safe to call again."""
    Doc.set_extension("article", getter=kept.get_head, setter=kept.set_head, force=True)  # its date and dateline
    # components.encoder.PairScorer, between components only
    Doc.set_extension("pairs", getter=kept.get_scorer, setter=kept.set_scorer, force=True)
    # components.cluster.Cluster, in order of first mention
    Doc.set_extension("clusters", getter=kept.get_clusters, setter=kept.set_clusters, force=True)
    for name in PAIRS:
        getter, setter = partial(kept.get_pairs, name=name), partial(kept.set_pairs, name=name)
        Doc.set_extension(name, getter=getter, setter=setter, force=True)
    Span.set_extension("link", getter=kept.get_link, setter=kept.set_link, force=True)  # facts.Link: why kb_id_ is so
    Span.set_extension("organ", default=None, force=True)  # the place and organ of a government body without kb_id_
    Span.set_extension("score", default=1.0, force=True)  # how sure the recogniser is of the span, 0 to 1
