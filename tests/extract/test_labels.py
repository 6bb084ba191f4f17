import pytest
from spacy.tokens import Doc

from extract.attributes import register
from extract.dates import parse_when
from extract.labels import counted, indicator_label, indicator_unit, period_of, role_of
from tests.extract.test_components import nlp

register()


def tagged(text):
    """A doc from word/TAG pairs, one sentence, every word hanging on the first."""
    words, tags = zip(*(pair.rsplit("/", 1) for pair in text.split()), strict=True)
    doc = Doc(
        nlp.vocab,
        words=list(words),
        tags=list(tags),
        heads=[0] * len(words),
        deps=["ROOT"] + ["dep"] * (len(words) - 1),
    )
    return doc


def span_of(doc, words):
    start = [t.text for t in doc].index(words.split()[0])
    return doc[start : start + len(words.split())]


@pytest.mark.parametrize(
    ("text", "quantity", "label", "unit"),
    [
        (
            "It/PRP opened/VBD over/IN 300/CD public/JJ datasets/NNS in/IN May/NNP",
            "over 300",
            "public datasets",
            "datasets",
        ),
        ("It/PRP holds/VBZ 261/CD high-tech/JJ enterprises/NNS ./.", "261", "high-tech enterprises", "enterprises"),
        (
            "It/PRP made/VBD 823/CD million/CD RMB/NNP in/IN export/NN sales/NNS ./.",
            "823 million RMB",
            "export sales",
            "RMB",
        ),
    ],
)
def test_what_is_counted(text, quantity, label, unit):
    span = span_of(tagged(text), quantity)
    assert indicator_label(span) == label
    assert indicator_unit(span) == unit


def test_nothing_is_counted_before_a_verb():
    assert counted(span_of(tagged("Some/DT 300/CD came/VBD ./."), "300")) is None


@pytest.mark.parametrize(
    ("text", "person", "body", "role"),
    [
        (
            "Li/NNP Wen/NNP ,/, director/NN of/IN the/DT Port/NNP Bureau/NNP said/VBD",
            "Li Wen",
            "Port Bureau",
            "director",
        ),
        ("Port/NNP Bureau/NNP director/NN Li/NNP Wen/NNP said/VBD", "Li Wen", "Port Bureau", "director"),
        ("Li/NNP Wen/NNP said/VBD that/IN the/DT Port/NNP Bureau/NNP paid/VBD", "Li Wen", "Port Bureau", None),
    ],
)
def test_roles_stand_between_a_person_and_a_body(text, person, body, role):
    doc = tagged(text)
    assert role_of(span_of(doc, person), span_of(doc, body)) == role


def test_the_period_is_the_nearest_date_of_the_sentence():
    doc = tagged("In/IN 2023/CD it/PRP had/VBD 40/CD firms/NNS ,/, in/IN 2024/CD 50/CD ./.")
    dates = [span_of(doc, "2023"), span_of(doc, "2024")]
    doc.spans["values"] = [doc.char_span(d.start_char, d.end_char, label="DATE") for d in dates]
    assert period_of(span_of(doc, "50"), parse_when(None)) == "2024"
    assert period_of(span_of(doc, "40"), parse_when(None)) in {"2023", "2024"}
