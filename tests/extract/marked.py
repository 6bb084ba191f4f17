"""Sentences with their mentions in brackets ("[Kemi|Company] is in [Wuhu|City]"), parsed by the real model.

Mentions of equal words and type are one cluster, and those of one number ("[MIIT|Ministry 1]"); brackets nest.
"""

import extract
from extract.components.cluster import Cluster


def plain(marked):
    """(text without brackets, [(start, end, type)] in characters)."""
    text, spans, starts = "", [], []
    i = 0
    while i < len(marked):
        if marked[i] == "[":
            starts.append(len(text))
        elif marked[i] == "|" and starts:
            end = marked.index("]", i)
            spans.append((starts.pop(), len(text), marked[i + 1 : end]))
            i = end
        else:
            text += marked[i]
        i += 1
    return text, spans


def parsed(marked):
    """The sentence with tags and tree of the shipped model, its clusters set by the brackets."""
    nlp = extract.load()
    text, spans = plain(marked)
    doc = nlp.get_pipe("policy_encoder")(nlp.make_doc(text))
    clusters = {}
    for start, end, kind in spans:
        name, _, number = kind.partition(" ")
        span = doc.char_span(start, end, label=name)
        assert span is not None, (text, text[start:end])
        clusters.setdefault((number or span.text, name), Cluster([], [], name)).names.append(span)
    doc._.clusters = tuple(clusters.values())
    return doc
