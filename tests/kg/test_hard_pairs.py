"""Pairs of names that are easily mixed up or kept apart wrongly (tests/data/hard_pairs.csv), through the real linking and
identity functions: each name in a text of its own, the two texts a corpus. No model: other names are marked by hand."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from extract.components.acronyms import Acronyms
from extract.components.coreference import Coreference
from extract.facts import SourceFacts
from extract.gazetteer import shipped_gazetteer
from extract.gold import article_facts, linked_doc
from kg.aliases import ties
from kg.identity import article_iris
from kg.rdf import source_quads
from kg.things import read_things

PAIRS = list(csv.DictReader((Path(__file__).parent.parent / "data" / "hard_pairs.csv").open(encoding="utf-8")))
DATED = re.compile(r"\((\d{4}-\d\d-\d\d)\) ")
MARK = re.compile(r"\[([^|\]]+)\|(\w+)\]")


def article(id, name, kind, context):
    """The article of a context, and the key of the entity that bears the name."""
    date = DATED.match(context)
    text, marks = "", []
    for piece in re.split(r"(\[[^|\]]+\|\w+\]|\{\})", DATED.sub("", context)):
        marked = MARK.fullmatch(piece)
        words, label = (name, kind) if piece == "{}" else marked.groups() if marked else (piece, None)
        if label:
            marks.append((len(text), len(text) + len(words), label))
        if piece == "{}":
            target = (len(text), len(text) + len(words))
        text += words
    doc = Coreference()(Acronyms()(linked_doc(text, marks, date and date[1])))
    clusters = {f"e{i}": cluster for i, cluster in enumerate(doc._.clusters)}
    found = next(k for k, c in clusters.items() if any(covers(s, *target) for s in c.mentions()))
    return article_facts(id, text, clusters), found


def covers(span, start, end):
    """Whether a mention is the name, or a longer one of the tables: "China's Ministry of Commerce"."""
    return span.start_char <= start and end <= span.end_char


def nodes(pair):
    """The node of each of the two, in a corpus of their articles."""
    articles = [article(side, pair[f"name_{side}"], pair[f"type_{side}"], pair[f"context_{side}"]) for side in "ab"]
    quads = [quad[:3] for facts, _ in articles for quad in source_quads(SourceFacts(facts.id, "", (facts,)))]
    full = {tie.short: tie.full for tie in ties(read_things(quads), shipped_gazetteer())}
    return [full.get(iri, iri) for facts, key in articles for iri in [article_iris(facts)[key]]]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p['name_a']} ~ {p['name_b']}: {p['why']}")
def test_hard_pair(pair):
    one, other = nodes(pair)
    assert (one == other) == (pair["verdict"] == "same"), f"{one} {other}"


def test_half_of_the_pairs_must_not_merge():
    verdicts = Counter(pair["verdict"] for pair in PAIRS)
    assert len(PAIRS) >= 80 and verdicts["different"] * 2 >= len(PAIRS) and set(verdicts) == {"same", "different"}
