import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity import choose_label, entity_iri, normalise, slug
from tests.kg.examples import entity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Belt and Road Initiative", "belt and road initiative"),
        ("Müller GmbH", "Muller GmbH"),
        ("low-altitude economy", "Low altitude economy"),
        ("R&D Centre", "R and D centre"),
        ("China's pilot zone", "China pilot zone"),
    ],
)
def test_same_thing_same_iri(one, other):
    assert entity_iri(entity("e1", "Policy", one)) == entity_iri(entity("e2", "Policy", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14th Five-Year Plan", "15th Five-Year Plan"),
        ("Industrial Park I", "Industrial Park II"),
        ("Tianzhou-7", "Tianzhou-8"),
        ("人工智能", "工业"),
        ("x" * 200, "x" * 201),
    ],
)
def test_different_things_never_share_an_iri(one, other):
    assert entity_iri(entity("e1", "Policy", one)) != entity_iri(entity("e1", "Policy", other))


def test_type_and_gazetteer_decide():
    assert entity_iri(entity("e1", "Province", "Jilin")) != entity_iri(entity("e1", "City", "Jilin"))
    linked = entity_iri(entity("e1", "Ministry", "MIIT", gazetteer="cn-miit"))
    assert linked == entity_iri(
        entity("e7", "Ministry", "Ministry of Industry and Information Technology", gazetteer="cn-miit")
    )


@given(st.text(min_size=1))
def test_slugs_hold_only_what_an_iri_may(name):
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in slug(normalise(name)))


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.integers(1, 3), min_size=1))
def test_label_does_not_depend_on_order(names):
    assert choose_label(names) == choose_label(dict(reversed(names.items())))
