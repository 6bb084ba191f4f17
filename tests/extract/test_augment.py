"""Training windows with other names in them keep their labels and spans on the right words."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.gazetteer import shipped_gazetteer
from extract.training.augment import gives_way, leaves, name_bank, public_names, publicly_renamed, renamed, spliced
from extract.training.windows import Window

WORDS = ("Officials", "in", "Hefei", "said", "Luzhou", "Optics", "of", "Hefei", "makes", "lasers", ".")
WINDOW = Window(
    words=WORDS,
    labels={
        "name": ("O", "O", "B-City", "O", "B-Company", "I-Company", "O", "B-City", "O", "B-Technology", "O"),
        "inner": ("O", "O", "O", "O", "B-City", "O", "O", "O", "O", "O", "O"),
        "sent": ("B", *["I"] * 10),
    },
    spans=((2, 3, "City"), (4, 6, "Company"), (4, 5, "City"), (7, 8, "City"), (9, 10, "Technology")),
    entities=("e1", "e2", "e3", "e1", "e4"),
)


def said(window: Window) -> list[tuple[str, str]]:
    return [(" ".join(window.words[a:b]), kind) for a, b, kind in window.spans]


def test_leaves_are_names_that_hold_no_other():
    assert (4, 6, "Company") not in leaves(WINDOW)
    assert (4, 5, "City") in leaves(WINDOW)


@pytest.mark.parametrize(
    ("words", "kind", "right"),
    [
        (("Hefei",), "City", True),
        (("old", "shipyard"), "Place", False),
        (("lasers",), "Technology", True),
        (("Low-altitude", "Economy"), "Industry", False),
        (("Notice", "on", "Parks"), "Policy", False),
    ],
)
def test_what_gives_way(words, kind, right):
    assert gives_way(words, kind) is right


def test_a_longer_name_moves_labels_and_spans_along():
    made = spliced(WINDOW, 2, 3, ("Ho", "Chi", "Minh", "City"))
    assert made.labels["name"][2:6] == ("B-City", "I-City", "I-City", "I-City")
    assert said(made) == [
        ("Ho Chi Minh City", "City"),
        ("Luzhou Optics", "Company"),
        ("Luzhou", "City"),
        ("Hefei", "City"),
        ("lasers", "Technology"),
    ]


def test_a_name_at_a_sentence_start_leaves_one_start():
    made = spliced(replace(WINDOW, spans=(), entities=()), 0, 1, ("New", "Officials"))
    assert made.labels["sent"][:3] == ("B", "I", "I")


@given(st.integers(0, 10_000))
def test_renamed_windows_hold_together(seed):
    rng = random.Random(seed)
    made = renamed(WINDOW, name_bank([WINDOW], shipped_gazetteer()), rng)
    assert {len(made.words)} == {len(row) for row in made.labels.values()}
    for (start, end, kind), name in zip(made.spans, said(made), strict=True):
        task = "inner" if (kind, start) == ("City", made.spans[1][0]) else "name"
        assert made.labels[task][start] == f"B-{kind}"
        assert all(label == f"I-{kind}" for label in made.labels[task][start + 1 : end]), name
    assert said(made)[0][0] == said(made)[3][0], "one name is renamed alike wherever it stands"


def test_names_of_public_sets_give_way_to_names_of_a_fitting_type():
    window = Window(("The", "Acme", "Corp", "of", "Oslo"), {"public": (None, "B-ORG", "I-ORG", "O", "B-LOC")})
    bank = {("Company", False): [("Luzhou", "Optics", "Group")], ("City", True): [("Hefei",)]}
    made = [publicly_renamed(window, bank, random.Random(seed)) for seed in range(200)]
    assert {w.words for w in made} == {
        ("The", *org, "of", place)
        for org in (("Acme", "Corp"), ("Luzhou", "Optics", "Group"))
        for place in ("Oslo", "Hefei")
    }
    for w in made:
        assert [" ".join(w.words[a:b]) for a, b, _ in public_names(w.labels["public"])] == [
            " ".join(w.words[1 : w.words.index("of")]), w.words[-1]
        ]  # fmt: skip
        assert w.labels["public"][0] is None
