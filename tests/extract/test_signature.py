"""Signatures: the same for the same words everywhere, alike for copies, apart for texts of one template."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.signature import SLOTS, shingles, signature

ROOT = Path(__file__).parents[2]
STORY = """Port Aldan opens a quay for tea
The port of Aldan opened its third quay on Monday. It can load 40 ships a week, said Mei Lan, who runs the harbour office.
Dockers had asked for longer cranes since 2019. The province of Nanling paid half of the 3.2 million crowns."""
# Of the numbers of STORY's signature, in Python's own notation. Where it changes, every store has to be built anew:
# give the pipeline another version.
DIGEST = "45cd5c233546f9e6"


def test_a_signature_is_the_number_of_shingles_and_the_slots():
    found = signature(STORY)
    assert len(found) == 1 + SLOTS
    assert found[0] == len(shingles(STORY))
    assert all(0 <= number < 2**32 for number in found)


def test_a_signature_never_changes():
    assert sha256(repr(signature(STORY)).encode()).hexdigest()[:16] == DIGEST


@pytest.mark.parametrize("text", ["", " \n", "!?", "…\n\n—"])
def test_a_text_without_a_word_has_none(text):
    assert signature(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        STORY.upper(),
        STORY.replace(" ", "  "),
        STORY.replace(",", " -"),
        STORY.replace("Aldan", "Ａldan"),
    ],
)
def test_print_makes_no_difference_to_words(text):
    assert {shingle.split(" | ")[0] for shingle in shingles(text)} == {s.split(" | ")[0] for s in shingles(STORY)}


@pytest.mark.parametrize(
    ("old", "new"),
    [("40 ships", "55 ships"), ("Mei Lan", "Tan Wu"), ("3.2 million", "3.9 million"), ("Nanling", "Beiling")],
)
def test_a_sentence_with_another_figure_or_name_shares_nothing(old, new):
    (sentence,) = (part for part in STORY.replace("\n", ". ").split(". ") if old in part)
    assert not shingles(sentence) & shingles(sentence.replace(old, new))
    assert shingles(STORY) & shingles(STORY.replace(old, new))


def test_a_sentences_first_word_is_no_name_for_its_capital():
    assert shingles("Dockers asked for cranes.") == {"dockers asked for | ", "asked for cranes | "}
    assert shingles("In Aldan it rained.") == {"in aldan it | aldan", "aldan it rained | aldan"}


@given(st.text())
def test_any_text_has_a_signature_and_the_same_one_twice(text):
    assert signature(text) == signature(text)
    assert len(signature(text)) in {0, 1 + SLOTS}


@pytest.mark.parametrize(("seed", "kernel"), [("0", "scalar"), ("7", "auto")])
def test_the_same_under_any_hash_seed_and_processor(seed, kernel):
    code = f"from extract.signature import signature; print(signature({STORY!r}))"
    env = {**os.environ, "PYTHONHASHSEED": seed, "RENSA_FORCE_KERNEL": kernel}
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == repr(signature(STORY))
