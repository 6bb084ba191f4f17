import pytest

from extract.training.corpus import corpus_windows, record_windows
from extract.training.markup import MarkupError, read_markup, write_markup

ARTICLE = """== t-1 | newspaper | China | | LI Wen | 2025-07-12 | clean
# [Luzhou Park|e1:Park] Opens

[[Luzhou|e2:City] Park|e1] took in [12 firms|q1] in [2024|d1], said [Li Wen|e3:Person] of [Luzhou University|e4:University].
> e1 locatedIn e2
> e3 affiliatedWith e4 role="professor" attributed
> e1 indicator q1 | firms | 12 | firms | 2024 | |
[It|e1*] will follow [a plan|e5:Policy] to build labs.
> e5 measure "build labs" planned
> e5 issuedOn 2024 d1
"""


def record():
    return next(iter(read_markup(ARTICLE)))


def test_offsets_are_exact():
    r = record()
    surfaces = [(r["text"][m["start"] : m["end"]], m["entity"], m["name"]) for m in r["mentions"]]
    assert (
        ("Luzhou", "e2", True) in surfaces
        and ("Luzhou Park", "e1", True) in surfaces
        and ("It", "e1", False) in surfaces
    )
    assert [r["text"][m["start"] : m["end"]] for m in r["measures"]] == ["build labs"]
    assert r["relations"][1] == {
        "s": "e3",
        "p": "affiliatedWith",
        "o": "e4",
        "role": "professor",
        "status": "attributed",
        "sent": 1,
    }


def test_markup_and_records_are_one():
    assert list(read_markup(write_markup(record()))) == [record()]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[Luzhou|e9:Town] grew.", "Town"),
        ("[Luzhou|e9] grew.", "never gets a type"),
        ("[Luzhou grew.", "not closed"),
        ("Luzhou grew.\n> e1 likes e2", "a fact is"),
        ('Luzhou grew.\n> e1 measure "build"', "to the letter"),
        ("Luzhou grew.\n> e1 indicator q7 | firms | 12 | firms", "not marked"),
        ("Luzhou grew.\n> e1 indicator q1 | firms | twelve | firms", "plain decimal"),
        ("[Luzhou|e1:City] grew.", "was Park"),
    ],
)
def test_what_breaks_the_guideline_is_told(line, message):
    with pytest.raises(MarkupError, match=message):
        list(read_markup(ARTICLE + line + "\n"))


def test_training_windows_hold_every_word_label_and_pair():
    import random

    windows = list(record_windows(record(), random.Random(0), 200))
    words = [w for window in windows for w in window.words]
    assert words[:3] == ["Luzhou", "Park", "Opens"]
    labels = [x for window in windows for x in window.labels["name"]]
    assert labels.count("B-Park") == 2 and labels.count("B-Person") == 1
    assert [x for window in windows for x in window.labels["inner"]].count("B-City") == 1
    assert all(len(window.labels[task]) == len(window.words) for window in windows for task in window.labels)
    assert sum(p[2] >= 0 for window in windows for p in window.pairs) == 5
    assert callable(corpus_windows)
