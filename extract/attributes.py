"""Every custom attribute and span group that the pipeline sets, in one place."""

from __future__ import annotations

from spacy.tokens import Doc, Span

NAMES = "names"  # doc.spans: mentions by name, nested ones included; label_ is the type, kb_id_ a gazetteer id
REFERENCES = "references"  # doc.spans: pronouns and descriptions that stand for an entity; label_ is the type
VALUES = "values"  # doc.spans: label_ is DATE or QUANTITY
MEASURES = "measures"  # doc.spans: verb phrases that a policy prescribes


def register() -> None:
    """Declare the attributes; called by pipeline.load, safe to call again."""
    Doc.set_extension("article", default=None, force=True)  # extract.articles.Article the text came from
    Doc.set_extension("pairs", default=None, force=True)  # components.encoder.PairScorer
    Doc.set_extension("clusters", default=(), force=True)  # components.coreference.Cluster, in order of first mention
    Doc.set_extension("relations", default=(), force=True)  # found relations between clusters
    Doc.set_extension("implied", default=(), force=True)  # relations that names imply and the text does not state
    Doc.set_extension("dates", default=(), force=True)
    Doc.set_extension("indicators", default=(), force=True)
    Doc.set_extension("measures", default=(), force=True)
    Span.set_extension("link", default=None, force=True)  # extract.facts.Link: why kb_id_ is what it is
    Span.set_extension("organ", default=None, force=True)  # the place and organ of a government body without kb_id_
    Span.set_extension("score", default=1.0, force=True)  # how sure the recogniser is of the span, 0 to 1
