import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from extract.facts import ArticleFacts, Entity, Evidence, Quote, Relation
from kg.identity import article_iris, choose_label, entity_iri, is_made_from, normalise, slug
from kg.vocab import BASE
from tests.kg.examples import entity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Belt and Road Initiative", "belt and road initiative"),
        ("Müller GmbH", "Muller GmbH"),
        ("low-altitude economy", "Low altitude economy"),
        ("R&D Centre", "R and D centre"),
        ("China's pilot zone", "China pilot zone"),
        ("14th Five-Year Plan", "Fourteenth Five-year plan"),
        ("Programme for Tea", "program of tea"),
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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Company", "Organization", True), ("Industry", "Technology", True), ("Policy", "Programme", True),
     ("Province", "City", False), ("City", "District", False), ("Company", "Park", False), ("Event", "Organization", False)],
)  # fmt: skip
def test_types_that_texts_confuse_share_an_iri(one, other, same):
    assert (entity_iri(entity("e1", one, "Linhe Tea")) == entity_iri(entity("e1", other, "Linhe Tea"))) is same


def story(title, *entities, relations=()):
    return ArticleFacts("a1", title, None, None, None, 0, 9, entities, relations)


def test_a_description_goes_by_its_article_in_every_copy_of_it():
    plan = entity("e1", "Policy", "pilot programme")
    one, copy, other = (article_iris(story(t, plan))["e1"] for t in ("Six Ports", "Six ports", "Seven Ports"))
    assert one == copy != other
    assert str(one).startswith(f"{BASE}policy/pilot-program.")


def test_a_person_whose_name_many_bear_goes_by_their_body():
    wei, lab, mine = (
        entity("e1", "Person", "Wang Wei"),
        entity("e2", "ResearchInstitute", "Linhe Tea Lab"),
        entity("e3", "Company", "Yan Mine"),
    )
    at = [Relation("e1", "affiliatedWith", key, Evidence(Quote(0, 0, ""), 1.0)) for key in ("e2", "e3")]
    chemist = article_iris(story("One", wei, lab, relations=(at[0],)))["e1"]
    assert chemist == article_iris(story("Two", wei, lab, relations=(at[0],)))["e1"]
    assert chemist != article_iris(story("Two", wei, mine, relations=(at[1],)))["e1"]
    assert chemist == URIRef(f"{BASE}person/wang-wei.linhe-tea-laboratory")


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (Entity("e1", "Event", "Tea Fair", ("Tea Fair",), (), edition="2025"), "event/tea-fair-2025"),
        (Entity("e1", "Event", "3rd Tea Fair", ("3rd Tea Fair",), (), edition="2025"), "event/tea-fair-2025"),
        (Entity("e1", "Event", "3rd Tea Fair", ("3rd Tea Fair",), (), edition="3rd"), "event/3rd-tea-fair"),
        (
            Entity("e1", "Event", "Canton Fair", ("Canton Fair",), (), "event-canton-fair", edition="2025"),
            "entry/event-canton-fair.2025",
        ),
        (
            Entity("e1", "GovernmentBody", "Quanzhou government", ("X",), (), organ="cn-fujian-quanzhou.government"),
            "entry/cn-fujian-quanzhou.government",
        ),
    ],
)
def test_editions_and_organs(made, path):
    assert entity_iri(made) == URIRef(BASE + path)


@given(
    st.sampled_from(["Company", "Park", "Event", "Policy", "City"]),
    st.text(alphabet="abc 12", min_size=1),
    st.sampled_from([None, "2025"]),
)
def test_a_label_is_found_among_the_names_that_made_the_iri(kind, name, edition):
    made = Entity("e1", kind, f"x{name}", (name,), (), edition=edition if kind == "Event" else None)
    assert is_made_from(entity_iri(made), f"x{name}")


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
