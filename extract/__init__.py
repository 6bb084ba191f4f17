"""Text to facts: sources, articles, the spaCy pipeline, and the entities and claims it finds."""

from extract.pipeline import load
from extract.read import read_facts, version_of
from extract.sources import Found

__all__ = ["Found", "load", "read_facts", "version_of"]
