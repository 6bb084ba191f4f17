import pytest
from spacy.tokens import Doc

import extract
from extract.attributes import VALUES, register
from extract.indicators.labels import indicator_label
from extract.indicators.phrases import counted
from extract.indicators.units import indicator_unit, quantity_words
from extract.posts import role_of
from tests.extract.marked import plain
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


def valued(marked):
    """The values in brackets ("[12 percent|Q]", "[2024|D]") of a text that the shipped model parses."""
    text, spans = plain(marked)
    model = extract.load()
    doc = model.get_pipe("policy_encoder")(model.make_doc(text))
    kinds = {"Q": "QUANTITY", "D": "DATE"}
    doc.spans[VALUES] = [doc.char_span(start, end, label=kinds[kind]) for start, end, kind in spans]
    return doc


def quantities(marked):
    doc = valued(marked)
    return [value for value in doc.spans[VALUES] if value.label_ == "QUANTITY"]


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
    ("text", "label"),
    [
        ("The zone has [312|Q] low-carbon firms.", "low-carbon firms"),
        ("The institute trained [40|Q] engineers.", "engineers trained"),
        ("Revenue of the port grew [12 percent|Q] in [2024|D].", "growth of revenue of the port"),
        ("Coal output dropped by [5 percent|Q].", "decline in coal output"),
        ("Exports reached [3.2 billion RMB|Q], up [8 percent|Q] year-on-year.", "exports | year-on-year growth of exports"),
        ("The recycling rate rose from [20 percent|Q] to [34 percent|Q].", "previous recycling rate | recycling rate"),
        ("The mill cut its water use by [a third|Q].", "decline in water use"),
        ("Steel accounts for [26 percent|Q] of total exports.", "share of total exports"),
        ("The tunnel is [12 kilometers|Q] long.", "length"),
        ("The plant lies [15 kilometers|Q] from the harbor.", "distance from harbor"),
        ("The town covers [58 square kilometers|Q].", "area"),
        ("The grant of [2 million RMB|Q] was paid in May.", "grant"),
        ("The firm raised [90 million RMB|Q] in venture capital.", "venture capital"),
        ("The county has been the top grower for [six consecutive years|Q].", None),
        ("As the largest producer for [six straight years|Q], it sets prices.", "consecutive years as largest producer"),
        ("The province ranked [third|Q] in output.", "rank in output"),
        ("Energy use fell [4 percent|Q], a decline of [9 percent|Q] in coal.", None),
        ("Power costs [0.4 RMB|Q] per kilowatt-hour.", "cost per kilowatt"),
    ],
)  # fmt: skip
def test_what_a_value_measures(text, label):
    found = " | ".join(indicator_label(span) for span in quantities(text))
    print(text, "=>", found)
    assert label is None or found == label


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The zone has [312|Q] low-carbon firms.", ["firms"]),
        ("It employs [9,000|Q] medical and technical workers.", ["workers"]),
        ("The city built [14|Q] provincial-level test bases.", ["bases"]),
        ("It has 60 members, and [nine|Q] of its members are firms.", ["members"]),
        ("Of [27|Q] plants, [nine|Q] have closed.", ["plants", "plants"]),
        ("Wages start at [4,200 birr|Q].", ["birr"]),
    ],
)
def test_a_unit_is_the_noun_that_is_counted(text, units):
    assert [indicator_unit(span) for span in quantities(text)] == units


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It issued a [three|Q]-year action plan.", "three year"),
        ("The trip takes nearly [a hundred|Q] hours.", "nearly a hundred"),
        ("It led for [seven|Q] straight years.", "seven straight years"),
        ("Sales grew from [1.4|Q] to 1.9 billion RMB.", "from 1400000000 RMB"),
        ("It has [three|Q] plants.", "three"),
        ("In [2|Q] of 3 cases it failed.", "2"),
    ],
)
def test_words_around_a_quantity_complete_it(text, words):
    assert [quantity_words(span) for span in quantities(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "It grew [12 percent|Q].",
        "They sold [three|Q].",
        "By then it was [5 million RMB|Q] a year.",
        "[Two|Q] were closed.",
        "It took [ten years|Q].",
    ],
)
def test_no_label_is_empty_the_value_or_a_bare_unit(text):
    for span in quantities(text):
        label = indicator_label(span)
        assert label and label.lower() not in {span.text.lower(), "percent", "rmb", "year", "years", "it", "they"}
        assert len(label.split()) <= 12


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
