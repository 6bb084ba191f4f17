"""Components on hand-made docs."""

import re

import numpy as np
import pytest
import spacy
from spacy.tokens import Span

import extract
from extract.attributes import NAMES, REFERENCES, VALUES, register
from extract.components.acronyms import Acronyms, spells
from extract.components.coreference import Coreference, is_short_form, key_of
from extract.components.descriptions import described
from extract.components.gazetteer import GazetteerLinker
from extract.components.names import NameEdges
from extract.gazetteer import load_gazetteer

nlp = spacy.blank("en")
register()


def doc_of(text, names=(), references=(), exact=False):
    """A doc whose spans are given as (words, type); the n-th span of equal words is its n-th occurrence."""
    doc = nlp(text)
    for group, wanted in ((NAMES, names), (REFERENCES, references)):
        spans, seen = [], {}
        for words, kind in wanted:
            pattern = re.escape(words) if exact else rf"\b{re.escape(words)}\b"
            found = re.compile(pattern).search(text, seen.get(words, -1) + 1)
            assert found is not None, words
            at = seen[words] = found.start()
            span = doc.char_span(at, at + len(words), label=kind)
            assert span is not None, words
            spans.append(span)
        doc.spans[group] = spans
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


@pytest.mark.parametrize(
    ("short", "long", "right"),
    [
        ("MIIT", "Ministry of Industry and Information Technology", True),
        ("NEVs", "new energy vehicles", True),
        ("CAST", "China Association for Science and Technology", True),
        ("WTO", "Ministry of Commerce", False),
        ("Phase", "Pilot High-tech Area", False),
    ],
)
def test_acronyms_spell_their_name(short, long, right):
    assert spells(short, long) is right


def test_an_acronym_takes_its_names_type_and_later_uses():
    doc = Acronyms()(
        doc_of("The Quanzhou Port Authority (QPA) moved. QPA grew.", [("Quanzhou Port Authority", "GovernmentBody")])
    )
    assert [(s.text, s.label_) for s in doc.spans[NAMES]] == [
        ("Quanzhou Port Authority", "GovernmentBody"), ("QPA", "GovernmentBody"), ("QPA", "GovernmentBody")]  # fmt: skip


def test_an_acronym_in_the_plural_is_the_same():
    doc = doc_of(
        "Sales of new energy vehicles (NEVs) rose. The NEV market grew.",
        [("new energy vehicles", "Industry"), ("NEV", "Programme")],
    )
    assert [(s.text, s.label_) for s in Acronyms()(doc).spans[NAMES]][1:] == [("NEVs", "Industry"), ("NEV", "Industry")]


@pytest.mark.parametrize(
    ("short", "kind", "long", "other", "right"),
    [
        ("wan", "Person", "wan gang", "Person", True),
        ("müller", "Person", "hildegard müller", "Person", True),
        ("kangni", "Company", "nanjing kangni mechanical electrical co", "Company", True),
        ("youao", "Company", "youao intelligent technology", "Company", True),
        ("wan", "Person", "gang wanli", "Person", False),
        ("suzhou", "City", "suzhou industrial park", "Park", False),
        ("science park", "Park", "suzhou industrial science park", "Park", False),
        ("forum 2024", "Event", "asia forum 2025", "Event", False),
        ("park ii", "Park", "park ii i north", "Park", False),
        ("growth of seed farms", "Policy", "guideline for the growth of seed farms", "Policy", True),
        ("seed farm law", "Policy", "rules for the seed farm law", "Policy", False),
        ("seed farms", "Policy", "guideline for the growth of seed farms", "Policy", False),
        ("guideline", "Policy", "guideline for the growth of seed farms", "Policy", True),
        ("plan", "Policy", "seed farm action plan", "Policy", True),
        ("farm", "Policy", "seed farm action plan", "Policy", False),
        ("law", "Policy", "rules for the seed farm law", "Policy", False),
    ],
)
def test_short_forms(short, kind, long, other, right):
    assert is_short_form(short, kind, long, other) is right


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Low-altitude Economy", "low altitude economy"),
        ("Jiangsu province", "Jiangsu"),
        ("China's", "China"),
        ("NEVs", "NEV"),
    ],
)
def test_names_that_are_equal(one, other):
    assert key_of(one) == key_of(other)


def clusters(doc):
    return [([s.text for s in c.names], [s.text for s in c.references], c.type) for c in Coreference()(doc)._.clusters]


def test_references_bind_to_the_last_thing_of_their_type():
    doc = doc_of(
        "Luzhou Optics met Henan University. The company hired Wan Li. He said it pays.",
        [("Luzhou Optics", "Company"), ("Henan University", "University"), ("Wan Li", "Person")],
        [("The company", "Company"), ("He", "Person"), ("it", "Company")],
    )
    assert clusters(doc) == [
        (["Luzhou Optics"], ["The company", "it"], "Company"), (["Henan University"], [], "University"), (["Wan Li"], ["He"], "Person")]  # fmt: skip


def test_a_reference_without_a_fitting_thing_binds_to_nothing():
    doc = doc_of("The company left. Wan Li stayed.", [("Wan Li", "Person")], [("The company", "Company")])
    assert clusters(doc) == [(["Wan Li"], [], "Person")]


def test_one_form_is_one_thing_under_the_type_of_most_of_its_mentions():
    names = [("Kemi", "Company"), ("Kemi", "Company"), ("Kemi", "Person")]
    assert clusters(doc_of("Kemi grew. Kemi hired. Kemi left.", names)) == [(["Kemi"] * 3, [], "Company")]


@pytest.mark.parametrize(
    ("text", "given", "kind", "mended"),
    [
        ("He joined the Xtep (China) Co., Ltd. last year.", "Xtep (", "Company", "Xtep (China) Co., Ltd."),
        ("Luzhou Optics Co., Ltd. grew.", "Luzhou Optics", "Company", "Luzhou Optics Co., Ltd."),
        ("The Fujian (Quanzhou) Institute of Ports grew.", "Quanzhou) Institute of Ports", "ResearchInstitute", "Fujian (Quanzhou) Institute of Ports"),
        ("A notice on green ports came.", "on green ports", "Policy", "green ports"),
        ("The breeding center for rice opened.", "breeding center for", "ResearchInstitute", "breeding center"),
        ("Gao'an city grew.", "Gao'an city", "City", "Gao'an city"),
        ("It unveiled 20 measures to steady trade.", "steady trade", "Policy", "20 measures to steady trade"),
        ("A path for green\n\nCities grow.", "path for green\n\nCities", "Policy", "path for green"),
        ("It took measures to steady trade.", "steady trade", "Policy", "steady trade"),
    ],
)  # fmt: skip
def test_edges_of_names(text, given, kind, mended):
    doc = NameEdges()(doc_of(text, [(given, kind)], exact=True))
    assert [s.text for s in doc.spans[NAMES]] == [mended]


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        ("Changzhou city", "Park", "City"),
        ("Renhe Group", "Park", "Company"),
        ("Luzhou Science Park", "Place", "Park"),
        ("Food and Drug Bureau", "Ministry", "Ministry"),
        ("Kemi", "Person", "Person"),
        ("river", "Technology", "Technology"),
    ],
)
def test_the_last_words_of_a_name_tell_its_type(text, kind, right):
    doc = NameEdges()(doc_of(f"We saw {text} today.", [(text, kind)]))
    assert [s.label_ for s in doc.spans[NAMES]] == [right]


def test_a_measure_is_a_phrase_of_one_paragraph():
    doc = doc_of("Parks should save heat and\n\nInvestors gain. Reuse pays.")
    spans = [
        doc.char_span(*m.span(), label="MEASURE") for m in re.finditer(r"save heat and\n\nInvestors|Reuse", doc.text)
    ]
    doc.spans["measures"] = spans
    doc[2].tag_ = "VB"
    assert [s.text for s in NameEdges()(doc).spans["measures"]] == ["save heat"]


def test_a_measure_is_a_verb_phrase_with_whole_nouns():
    doc = doc_of("Strict safety management helps foster small and green firms.")
    doc.spans["measures"] = [doc.char_span(0, 24, label="MEASURE"), doc.char_span(31, 43, label="MEASURE")]
    doc[4].tag_, doc[5].dep_, doc[5].head = "VB", "amod", doc[8]
    assert [s.text for s in NameEdges()(doc).spans["measures"]] == ["foster small and green firms"]


def test_a_name_that_ends_within_another_goes_on_to_its_end():
    doc = doc_of(
        "Rules for the Haibin (Luzhou) Free Trade Zone apply.",
        [("Rules for the Haibin (Luzhou)", "Policy"), ("Haibin (Luzhou) Free Trade Zone", "Park")],
        exact=True,
    )
    names = [s.text for s in NameEdges()(doc).spans[NAMES]]
    assert names == ["Rules for the Haibin (Luzhou) Free Trade Zone", "Haibin (Luzhou) Free Trade Zone"]


class GivenOdds:
    """A pair scorer that says of every pair what the test says."""

    def __init__(self, odds):
        self.odds = odds

    def probabilities(self, spans, partners, labels):
        for i, others in enumerate(partners):
            told = [[self.odds.get((spans[i].text, spans[j].text), 0.01)] for j in others]
            yield i, others, np.array(told).reshape(-1, 1)


def test_a_reference_binds_to_the_antecedent_that_the_model_tells():
    doc = doc_of(
        "Luzhou Optics thanked Hefei. It grew.", [("Luzhou Optics", "Company"), ("Hefei", "City")], [("It", "Company")]
    )
    doc._.pairs = GivenOdds({("It", "Hefei"): 0.99})
    company, city = Coreference()(doc)._.clusters
    assert [s.text for s in city.references] == ["It"], "told against the type of the reference"
    assert company.references == ()


def test_a_reference_of_which_the_model_is_unsure_binds_by_type():
    doc = doc_of(
        "Luzhou Optics thanked Hefei. It grew.", [("Luzhou Optics", "Company"), ("Hefei", "City")], [("It", "City")]
    )
    doc._.pairs = GivenOdds({})
    assert [s.text for s in Coreference()(doc)._.clusters[1].references] == ["It"]


@pytest.mark.parametrize(
    ("text", "values", "whole"),
    [
        ("It took 1 hour and 57 minutes.", ["1 hour", "57 minutes"], ["1 hour and 57 minutes"]),
        ("It took 2 hours 5 minutes.", ["2 hours", "5 minutes"], ["2 hours 5 minutes"]),
        ("Trips of 2 hours and 5 hours.", ["2 hours", "5 hours"], ["2 hours", "5 hours"]),
        ("It took 2 hours and 57 percent of it.", ["2 hours", "57 percent"], ["2 hours", "57 percent"]),
        ("It took nearly a hundred hours.", ["nearly", "a hundred hours"], ["nearly a hundred hours"]),
        ("It took just 57 minutes.", ["just", "57 minutes"], ["just 57 minutes"]),
        ("It took 40 57 minutes.", ["40", "57 minutes"], ["40", "57 minutes"]),
    ],
)
def test_values_that_stand_side_by_side_are_one(text, values, whole):
    doc = doc_of(text)
    starts = [text.index(value) for value in values]
    doc.spans[VALUES] = [
        doc.char_span(at, at + len(value), label="QUANTITY") for at, value in zip(starts, values, strict=True)
    ]
    assert [s.text for s in NameEdges()(doc).spans[VALUES]] == whole


@pytest.mark.parametrize(
    ("sentence", "given", "kind", "whole"),
    [
        ("MIIT issued a plan to build ten seed parks.", "plan", "Policy", "plan to build ten seed parks"),
        ("MIIT wrote a plan covering ten seed parks, it said.", "plan", "Policy", "plan covering ten seed parks"),
        ("The plan issued by MIIT failed.", "plan", "Policy", "plan"),
        ("The city used the plan to fool everyone.", "city", "Programme", "city"),
        ("MIIT issued the Plan covering ten seed parks.", "Plan", "Policy", "Plan"),
        ("MIIT has a plant making ten seed drills.", "plant", "Place", "plant"),
    ],
)
def test_a_described_document_goes_on_to_what_identifies_it(sentence, given, kind, whole):
    pipeline = extract.load()
    doc = pipeline.get_pipe("policy_encoder")(pipeline.make_doc(sentence))
    start = sentence.index(given)
    assert described(doc.char_span(start, start + len(given), label=kind)).text == whole


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Wuhu municipal government met.", [("Wuhu", "City")], ["Wuhu municipal government", "Wuhu"]),
        ("Wuhu government met.", [("Wuhu", "Company")], ["Wuhu"]),
        ("Wuhu residents met.", [("Wuhu", "City")], ["Wuhu"]),
        ("Wuhu Bureau of Commerce met.", [("Wuhu", "City")], ["Wuhu"]),
        (
            "The Department of Commerce of Anhui met.",
            [("Department of Commerce", "Ministry"), ("Anhui", "Province")],
            ["Department of Commerce of Anhui", "Anhui"],
        ),
        (
            "The Department of Commerce in Anhui met.",
            [("Department of Commerce", "Ministry"), ("Anhui", "Province")],
            ["Department of Commerce", "Anhui"],
        ),
    ],
)
def test_a_local_body_is_named_over_its_place(text, names, found):
    doc = NameEdges()(doc_of(text, names))
    spans = list(doc.spans[NAMES])
    assert [s.text for s in spans] == found
    assert {s.label_ for s in spans if len(s) > 2 and "of Anhui" in s.text} <= {"GovernmentBody"}


def test_a_possessive_goes_back_to_the_subject_of_its_clause():
    doc = doc_of(
        "Freon left Kemi and sold its plant.", [("Freon", "Company"), ("Kemi", "Company")], [("its", "Company")]
    )
    doc[1].dep_, doc[4].head, doc[6].head = "ROOT", doc[1], doc[4]
    for i, (head, dep, tag) in {0: (1, "nsubj", "NNP"), 2: (1, "obj", "NNP"), 5: (6, "nmod:poss", "PRP$")}.items():
        doc[i].head, doc[i].dep_, doc[i].tag_ = doc[head], dep, tag
    doc._.pairs = GivenOdds({("its", "Freon"): 0.4, ("its", "Kemi"): 0.6})
    subject, _ = Coreference()(doc)._.clusters
    assert [s.text for s in subject.references] == ["its"]


def test_the_noun_of_a_reference_tells_its_type():
    doc = doc_of(
        "Shanhu town runs the Chili Park. The township is rich.",
        [("Shanhu town", "District"), ("Chili Park", "Park")],
        [("The township", "Park")],
    )
    doc._.pairs = GivenOdds({("The township", "Chili Park"): 0.6, ("The township", "Shanhu town"): 0.5})
    town, _ = Coreference()(doc)._.clusters
    assert [s.text for s in town.references] == ["The township"]


def test_a_number_is_no_name():
    doc = NameEdges()(
        doc_of("China signed 12 deals on 5G now.", [("China", "Country"), ("12", "Policy"), ("5G", "Technology")])
    )
    assert [s.text for s in doc.spans[NAMES]] == ["China", "5G"]


def test_a_lone_common_noun_is_a_reference():
    doc = NameEdges()(
        doc_of("It follows the guideline on robots.", [("guideline", "Policy"), ("robots", "Technology")])
    )
    assert [s.text for s in doc.spans[NAMES]] == ["robots"]
    assert [s.text for s in doc.spans[REFERENCES]] == ["guideline"]


def test_a_name_nested_in_a_longer_one_is_another_thing():
    names = [("Sinor Battery", "Company"), ("Sinor", "Company"), ("Sinor", "Company")]
    doc = doc_of("Sinor Battery is part of Sinor.", names)
    assert [forms for forms, _, _ in clusters(doc)] == [["Sinor Battery"], ["Sinor", "Sinor"]]


@pytest.mark.parametrize(
    ("text", "names", "linked"),
    [
        ("The Ministry of Commerce spoke.", [("Ministry of Commerce", "GovernmentBody")], [("Ministry", "cn-mofcom")]),
        (
            "Suzhou in Anhui grew.",
            [("Suzhou", "City"), ("Anhui", "Province")],
            [("City", "cn-anhui-suzhou"), ("Province", "cn-anhui")],
        ),
        (
            "Suzhou in Jiangsu grew.",
            [("Suzhou", "City"), ("Jiangsu", "Province")],
            [("City", "cn-jiangsu-suzhou"), ("Province", "cn-jiangsu")],
        ),
        ("Jordan spoke.", [("Jordan", "Person")], [("Person", "")]),
    ],
)
def test_the_gazetteer_links_by_type_and_context(text, names, linked):
    doc = GazetteerLinker(load_gazetteer())(doc_of(text, names))
    assert [(s.label_, s.kb_id_) for s in doc.spans[NAMES]] == linked


def test_two_cities_of_one_name_stay_apart_in_one_text():
    text = "Suzhou in Jiangsu grew for years. Farther west, in Anhui, there is Suzhou too."
    names = [("Suzhou", "City"), ("Jiangsu", "Province"), ("Anhui", "Province"), ("Suzhou", "City")]
    doc = GazetteerLinker(load_gazetteer())(doc_of(text, names))
    found = [c.gazetteer for c in Coreference()(doc)._.clusters if c.type == "City"]
    assert found == ["cn-jiangsu-suzhou", "cn-anhui-suzhou"]


def test_a_name_that_the_model_cut_is_made_whole():
    text = "The China (Shanghai) Pilot Free Trade Zone grew."
    doc = doc_of(text, [("China", "Country"), ("Shanghai", "Province"), ("Pilot Free Trade Zone", "Park")])
    found = [(s.text, s.label_) for s in GazetteerLinker(load_gazetteer())(doc).spans[NAMES]]
    assert found == [
        ("China (Shanghai) Pilot Free Trade Zone", "Park"), ("China", "Country"), ("Shanghai", "Province")]  # fmt: skip


def test_a_minister_names_the_ministry():
    doc = GazetteerLinker(load_gazetteer())(
        doc_of("Li Wen, vice minister of industry and information technology, spoke.")
    )
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans[NAMES]] == [
        ("industry and information technology", "Ministry", "cn-miit")]  # fmt: skip


def test_the_gazetteer_finds_what_the_model_missed():
    doc = GazetteerLinker(load_gazetteer())(doc_of("Talks between MIIT and Egypt went on."))
    assert [(s.text, s.label_) for s in doc.spans[NAMES]] == [("MIIT", "Ministry"), ("Egypt", "Country")]
    assert isinstance(doc.spans[NAMES][0], Span)
