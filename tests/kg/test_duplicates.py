"""Copies and what only looks like them, and that finding them takes no comparison of all with all."""

import base64
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.signature import signature
from kg.duplicates import BANDS, NEIGHBOURS, ROWS, are_copies, candidates, signature_text, stories
from tests.kg.statements import OTHER, STORY, text

TEMPLATE = """Weekly fish report for {place}
In week {week} boats landed {tonnes} tonnes of fish at {place}. The mean price was {price} crowns a kilo.
Of all boats {share} percent came from {county}. Prices at {place} were {change} percent above those of the week before.
The office of {county} warned of gales off {place} until day {day}."""
REPORTS = [
    {"place": "Aldan", "week": 4, "tonnes": 310, "price": "4.2", "share": 61, "county": "Brae", "change": 3, "day": 29},
    {"place": "Skell", "week": 5, "tonnes": 122, "price": "4.9", "share": 35, "county": "Holm", "change": 7, "day": 11},
    {"place": "Aldan", "week": 6, "tonnes": 290, "price": "4.4", "share": 58, "county": "Brae", "change": 5, "day": 17},
]


def without(sentences, *gone):
    return [sentence for at, sentence in enumerate(sentences) if at not in gone]


def grouped(*texts):
    return stories({f"{at}": signature_text(signature(one)) for at, one in enumerate(texts)})


@pytest.mark.parametrize(
    "copy",
    [
        text(*STORY),
        text("Ropes and sails taught in Aldan", *STORY[1:]),
        text(*STORY[:9]),
        text(*STORY[:6]),
        text(*STORY, *OTHER[1:3]),
        text(*without(STORY, 3, 7)),
        text(*STORY[:4], *STORY[6:], *STORY[4:6]),
        text(*STORY).replace("grown-ups", "adults").replace("laid up", "moored"),
        "\n\n".join(STORY),
        text(*STORY).replace(" ", "  "),
    ],
)
def test_copies(copy):
    assert grouped(text(*STORY), copy, text(*OTHER)) == [("0", "1")]


@pytest.mark.parametrize(
    "other",
    [
        text(*OTHER),
        text(*OTHER, *STORY[3:5]),
        text(*OTHER, *STORY[3:7]),
        text(*STORY[:3], *OTHER[1:]),
        text(*OTHER, STORY[1]),
        text(STORY[0], *OTHER[1:]),
        "Aldan",
    ],
)
def test_another_text_that_quotes_the_story_is_no_copy(other):
    assert grouped(text(*STORY), other) == []


def test_texts_of_one_template_with_other_facts_are_no_copies():
    assert grouped(*(TEMPLATE.format(**report) for report in REPORTS)) == []
    assert grouped(*(TEMPLATE.format(**REPORTS[0]) for _ in range(2))) == [("0", "1")]


def test_copies_of_copies_are_copies():
    chain = [text(*STORY[:9]), text(*STORY[2:], *OTHER[1:]), text(*STORY)]
    assert grouped(*chain) == [("0", "1", "2")]


def test_a_copy_cut_to_a_few_words_counts_by_itself():
    assert grouped(text(*STORY), STORY[6]) == []


@pytest.mark.parametrize("articles", [{}, {"a": signature_text(signature("One text alone."))}])
def test_few_articles(articles):
    assert stories(articles) == []


@given(st.permutations(range(6)))
def test_any_order_of_the_articles_gives_the_same_stories(order):
    texts = [text(*STORY), text(*OTHER), text(*STORY[:8]), *(TEMPLATE.format(**report) for report in REPORTS)]
    signatures = {f"{at}": signature_text(signature(texts[at])) for at in order}
    assert stories(signatures) == [("0", "2")]


def test_the_text_of_a_signature_holds_its_numbers():
    numbers = signature(text(*STORY))
    held = np.frombuffer(base64.b64decode(signature_text(numbers)), dtype=">u4")
    assert tuple(held.tolist()) == numbers


@pytest.mark.parametrize(
    ("sizes", "shared", "expected"),
    [
        ((100, 100), 126, True),
        ((100, 100), 70, True),  # of 100 shingles 71 are in both
        ((100, 100), 63, False),  # 67
        ((100, 40), 51, True),  # all of the shorter text
        ((100, 40), 30, False),  # 67 of a hundred of it
        ((100, 25), 26, True),
        ((100, 20), 25, False),  # all of it, but too little to be estimated
        ((100, 100), 0, False),
    ],
)
def test_how_much_of_the_shorter_text_makes_a_copy(sizes, shared, expected):
    slots = np.array([[0] * 126, [0] * shared + [1] * (126 - shared)], dtype=np.uint32)
    assert are_copies(np.array(sizes, dtype=float), slots, np.array([[0, 1]])).tolist() == [expected]


def test_candidates_agree_on_a_band_and_come_once():
    rng = np.random.default_rng(1)
    slots = rng.integers(0, 2**32, (50, BANDS * ROWS), dtype=np.uint32)
    slots[7, :ROWS] = slots[3, :ROWS]
    slots[20] = slots[11]
    slots[30, 1 : ROWS + 1] = slots[31, 1 : ROWS + 1]
    assert candidates(slots).tolist() == [[3, 7], [11, 20]]


def test_the_pairs_grow_with_the_articles_not_with_their_square():
    words = [f"word{at}" for at in range(40)]
    rng = random.Random(5)
    alike = [" ".join(rng.sample(words, 8)) for _ in range(400)]
    slots = np.array([signature(one)[1:] for one in alike * 2], dtype=np.uint32)
    assert len(candidates(slots)) <= len(slots) * BANDS * NEIGHBOURS
    same = np.tile(slots[0], (2000, 1))
    assert len(candidates(same)) < 2000 * NEIGHBOURS


def test_a_story_in_a_great_many_copies_is_one_story():
    texts = [text(*STORY[: 7 + at % 5], f"Printed in the paper of day {at}.") for at in range(300)]
    assert [len(group) for group in grouped(*texts)] == [300]
