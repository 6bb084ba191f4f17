import pytest

from extract.components.cluster import Cluster
from extract.components.coordination import by_start, distributed, lists
from extract.components.pair import Pair
from tests.extract.test_components import doc_of


def members_of(doc):
    return [(span, Cluster([span], [], span.label_)) for span in doc.spans["names"]]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        (
            "It covers robots, chips and new materials.",
            ["robots", "chips", "new materials"],
            [["robots", "chips", "new materials"]],
        ),
        ("It covers robots as well as chips.", ["robots", "chips"], [["robots", "chips"]]),
        ("It covers robots, and also sells chips.", ["robots", "chips"], []),
        ("It covers robots, chips.", ["robots", "chips"], []),
        ("It covers robots in chips.", ["robots", "chips"], []),
    ],
)
def test_lists_end_with_a_conjunction(text, names, found):
    doc = doc_of(text, [(name, "Technology") for name in names])
    assert [[span.text for span, _ in run] for run in lists(doc, members_of(doc))] == found


def test_things_of_another_kind_are_no_list():
    doc = doc_of("Wan Li and robots came.", [("Wan Li", "Person"), ("robots", "Technology")])
    assert lists(doc, members_of(doc)) == []


def facts(text, names, label, left, right):
    doc = doc_of(text, names)
    members = members_of(doc)
    by_text = {span.text: (span, cluster) for span, cluster in members}
    (a, subject), (b, obj) = by_text[left], by_text[right]
    pair = Pair(subject, label, obj, a, b, 0.9, "Asserted")
    return sorted((p.left.text, p.right.text) for p in distributed([pair], by_start(lists(doc, members))))


def test_what_is_said_of_one_member_is_said_of_all():
    names = [("Luzhou Park", "Park"), ("robots", "Technology"), ("chips", "Technology"), ("biomedicine", "Industry")]
    text = "Luzhou Park focuses on robots, chips and biomedicine."
    assert facts(text, names, "focusesOn", "Luzhou Park", "chips") == [
        ("Luzhou Park", "biomedicine"), ("Luzhou Park", "chips"), ("Luzhou Park", "robots")]  # fmt: skip


def test_a_place_in_a_place_is_no_list():
    names = [("Kemi", "Company"), ("Nantong", "City"), ("Wuhu", "City")]
    assert facts("Kemi is in Nantong and Wuhu.", names, "locatedIn", "Kemi", "Nantong") == [("Kemi", "Nantong")]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        (
            "It was founded by Kemi of Ulm and Fjord AS.",
            [("Kemi", "Company"), ("Ulm", "City"), ("Fjord AS", "Company")],
            [["Kemi", "Fjord AS"]],
        ),
        (
            "It was issued by MIIT, the State Grid and four other bodies.",
            [("MIIT", "Ministry"), ("State Grid", "Company")],
            [["MIIT", "State Grid"]],
        ),
        ("It was issued by MIIT, and the State Grid fell.", [("MIIT", "Ministry")], []),
        ("Kemi is in Ulm.", [("Kemi", "Company"), ("Ulm", "City")], []),
        ("Kemi sells to Norway's Fjord AS.", [("Kemi", "Company"), ("Norway", "Country"), ("Fjord AS", "Company")], []),
    ],
)
def test_places_that_describe_a_member_and_unnamed_others(text, names, found):
    doc = doc_of(text, names)
    assert [[span.text for span, _ in run] for run in lists(doc, members_of(doc))] == found


def test_an_acronym_in_brackets_is_no_member_of_its_own():
    doc = doc_of(
        "The Grid Office (GO) and Kemi agreed.", [("Grid Office", "Ministry"), ("GO", "Ministry"), ("Kemi", "Company")]
    )
    office, acronym, kemi = doc.spans["names"]
    cluster = Cluster([office, acronym], [], "Ministry")
    members = [(office, cluster), (acronym, cluster), (kemi, Cluster([kemi], [], "Company"))]
    assert [[span.text for span, _ in run] for run in lists(doc, members)] == [["Grid Office", "Kemi"]]
