"""Policy news to a knowledge graph in which every fact quotes its sentence.

>>> import kg
>>> graph = kg.build("notebooks/texts")
>>> graph.query("who-issued-what")
"""

from kg.graph import Graph, build, load

__all__ = ["Graph", "build", "load"]
