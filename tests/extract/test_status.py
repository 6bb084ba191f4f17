"""How facts are meant: a table of sentences read by the shipped parser, with the spans of the fact given by hand."""

import csv
from pathlib import Path

import pytest

import extract
from extract.components.cluster import Cluster
from extract.components.cues import cue_at
from extract.components.pair import Pair
from extract.components.status import with_status
from extract.schema import STATUSES

TABLE = Path(__file__).parent.parent / "data" / "status.csv"
CUES = Path(extract.__file__).parent / "rules" / "status-cues.csv"
# What the two ends of a fact are, where the table does not say.
TYPES = {
    "issuedBy": ("Policy", "Ministry"), "appliesTo": ("Policy", "City"), "locatedIn": ("Company", "City"),
    "affiliatedWith": ("Person", "Company"), "cooperatesWith": ("Company", "Company"),
    "establishedBy": ("ResearchInstitute", "Company"), "subsidiaryOf": ("Company", "Company"),
    "develops": ("Company", "Technology"), "focusesOn": ("Programme", "Technology"), "participatesIn": ("Company", "Event"),
    "investsIn": ("Company", "Company"), "heldOn": ("Event", "DATE"), "indicatorOf": ("Company", "QUANTITY"),
    "measureOf": ("Policy", "MEASURE"),
}  # fmt: skip


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cases():
    for row in rows(TABLE):
        mark = [pytest.mark.xfail(reason=row["cannot_yet"], strict=False)] if row["cannot_yet"] else []
        yield pytest.param(row, marks=mark, id=f"{row['sentence'][:60]} [{row['object']}]")


def parsed(text):
    nlp = extract.load()
    return nlp.get_pipe("policy_encoder")(nlp.make_doc(text))


def span_of(doc, text, label):
    start = doc.text.index(text)
    return doc.char_span(start, start + len(text), label=label, alignment_mode="expand")


def told(text, subject, predicate, obj):
    doc = parsed(text)
    kinds = TYPES[predicate]
    left, right = span_of(doc, subject, kinds[0]), span_of(doc, obj, kinds[1])
    clusters = [Cluster([left], [], kinds[0]), Cluster([right], [], kinds[1])]
    return with_status(Pair(clusters[0], predicate, clusters[1], left, right, 0.9, "Asserted"), clusters)


@pytest.mark.parametrize("row", cases())
def test_status_and_speaker(row):
    pair = told(row["sentence"], row["subject"], row["predicate"], row["object"])
    assert pair.status == row["status"]
    assert (pair.attributed_to.text if pair.attributed_to else "") == row["attributed_to"]


def test_the_table_is_large_and_little_is_left_open():
    table = rows(TABLE)
    assert len(table) >= 90
    assert {row["status"] for row in table} == set(STATUSES)
    assert sum(bool(row["cannot_yet"]) for row in table) <= 0.08 * len(table)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Dyke Rules order towns not to build below the dam.", "Asserted"),
        ("Under the Dyke Rules, towns shall build below the dam.", "Asserted"),
    ],
)
def test_what_a_policy_prescribes_is_asserted(text, status):
    start = text.index("build")
    assert told(text, "Dyke Rules", "measureOf", text[start:-1]).status == status


def test_a_plan_that_only_the_model_sees_stays_one():
    doc = parsed("Kemi Robotics owns Sanhe Motors.")
    left, right = span_of(doc, "Kemi Robotics", "Company"), span_of(doc, "Sanhe Motors", "Company")
    clusters = [Cluster([left], [], "Company"), Cluster([right], [], "Company")]
    pair = Pair(clusters[0], "investsIn", clusters[1], left, right, 0.9, "Planned")
    assert with_status(pair, clusters).status == "Planned"


def test_a_pronoun_that_speaks_is_its_name():
    doc = parsed("Li Wen runs Kemi. She said that Kemi's rival Sanhe owns Borun.")
    person = Cluster([span_of(doc, "Li Wen", "Person")], [span_of(doc, "She", "Person")], "Person")
    owner = Cluster([span_of(doc, "Sanhe", "Company")], [], "Company")
    owned = Cluster([span_of(doc, "Borun", "Company")], [], "Company")
    pair = Pair(owned, "subsidiaryOf", owner, owned.names[0], owner.names[0], 0.9, "Asserted")
    assert with_status(pair, [person, owner, owned]).attributed_to.text == "Li Wen"


@pytest.mark.parametrize("row", rows(CUES), ids=lambda row: f"{row['cue']} ({row['position']})")
def test_every_cue_is_found_in_its_example(row):
    assert {row["status"], row["negated"]} <= {"", *STATUSES}
    first = row["cue"].split(" ")[0]
    found = [cue_at(token, row["position"].split(" ")[0]) for token in parsed(row["example"])]
    assert first in {cue.words[0] for cue in found if cue}


def test_the_ending_of_a_cue_is_no_other_word():
    doc = parsed("He noted that it had founded a nest.")
    assert cue_at(doc[1], "negation") is None
    assert cue_at(doc[5], "speech") is None
