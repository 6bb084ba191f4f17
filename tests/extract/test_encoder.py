from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract.components.encoder import LONGEST, apply_script, spread, windows
from extract.model_io import Vocabulary, distance_buckets, shape_of, split_word

TEXT = """Harbour City Opens Battery Park

The Ministry of Industry and Information Technology (MIIT) said on June 5, 2025 that the park in Nantong, Jiangsu province, drew 3.2 billion RMB.

It focuses on energy storage."""

sizes = st.lists(st.integers(1, 30), min_size=1, max_size=300)


@given(sizes, st.data())
def test_every_word_is_kept_once_and_in_order(lengths, data):
    words = [data.draw(st.sampled_from(["word", "."])) for _ in lengths]
    found = list(windows(lengths, words, frozenset()))
    assert [i for w in found for i in range(w.first, w.last)] == list(range(len(words)))
    assert all(w.start <= w.first < w.last <= w.end for w in found)


@given(sizes)
def test_a_long_stretch_is_read_in_windows_that_overlap(lengths):
    found = list(spread(lengths, 0, len(lengths)))
    assert all(sum(lengths[w.start : w.end]) <= LONGEST for w in found)
    assert all(b.start < a.end for a, b in pairwise(found) if a.end - a.start > 1)


@pytest.mark.parametrize(
    ("word", "script", "lemma"),
    [
        ("policies", "3|y", "policy"),
        ("went", "4|go", "go"),
        ("a", "3|x", "x"),
        ("ab", "3|", "ab"),
        ("ran", "2|un", "run"),
    ],
)
def test_lemma_scripts(word, script, lemma):
    assert apply_script(word, script) == lemma


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("park", "lower"),
        ("Park", "Title"),
        ("MIIT", "UPPER"),
        ("iPhone", "Mixed"),
        ("2025", "digit"),
        ("5.6", "number"),
        ("5G", "alnum"),
        ("(", "punct"),
    ],
)
def test_shapes(word, shape):
    assert shape_of(word) == shape


def test_pieces_are_the_longest_that_match():
    vocabulary = Vocabulary(["[UNK]", "[CLS]", "[SEP]", "park", "##s", "par", "müller", "muller"])
    assert vocabulary.pieces("Parks") == [3, 4]
    assert vocabulary.pieces("Müller") == [7]
    assert vocabulary.pieces("zone") == [0]


@given(st.text(min_size=1, max_size=12))
def test_every_word_has_pieces(word):
    vocabulary = Vocabulary(["[UNK]", "[CLS]", "[SEP]", "a", "##a"])
    assert vocabulary.pieces(word)
    assert all(part.strip() for part in split_word(word))


@given(st.integers(0, 50), st.integers(1, 5), st.integers(0, 50), st.integers(1, 5))
def test_distances_have_a_side(a, m, b, n):
    left, right = np.array([(a, a + m), (b, b + n)])
    there, back = distance_buckets(left, right[None])[0], distance_buckets(right, left[None])[0]
    assert (there == 0) == (back == 0) == (a < b + n and b < a + m)
    assert there != back or there == 0


def described(doc):
    spans = {key: [(s.start, s.end, s.label_, s.kb_id_) for s in group] for key, group in doc.spans.items()}
    relations = [(p.left.text, p.label, p.right.text, p.probability, p.status) for p in doc._.relations]
    return [(t.tag_, t.dep_, t.head.i, t.lemma_) for t in doc], spans, relations


def test_batches_and_neighbours_change_nothing():
    nlp = extract.load()
    alone = described(nlp(TEXT))
    texts = [TEXT, "Another text.", TEXT * 3, TEXT]
    assert described(next(iter(nlp.pipe(texts, batch_size=1)))) == alone
    assert described(list(nlp.pipe(texts, batch_size=4))[3]) == alone


def test_sentences_and_trees_are_whole():
    doc = extract.load()(TEXT)
    assert all(sum(t.head.i == t.i for t in sent) == 1 for sent in doc.sents)
    assert sum(1 for _ in doc.sents) >= 3


@pytest.mark.parametrize("text", ["", " ", "\n\n", "-", "工业和信息化部", "a" * 5000, "word " * 900])
def test_odd_texts_are_read(text):
    extract.load()(text)
