"""Amounts, dates and denials: what two articles may say beside each other, and what not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from kg.claims import figure_label
from kg.conflicts import MOST_VALUES, days, nested, rounding
from kg.vocab import POL, RDF
from tests.kg.statements import conflicts_of, corroborated, dated, entities, figure, objects, relation, told


def disagree(one, other):
    return bool(conflicts_of(corroborated(told([one], [other]))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("5620000000000", None), ("6100000000000", None)),
        (("5600000000000", None), ("5700000000000", None)),
        (("5620000000000", None), ("5630000000000", None)),
        (("12", None), ("13", None)),
        (("100", None), ("120", None)),
        (("1000", None), ("1400", None)),
        (("5.2", None), ("5.3", None)),
        (("40", "more than"), ("35", None)),
        (("40", "at most"), ("45", None)),
        (("40", "less than"), ("60", "more than")),
        (("300", "about"), ("400", None)),
        (("300", "nearly"), ("310", None)),
        (("-3.1", None), ("3.1", None)),
        (("0", None), ("2", None)),
    ],
)
def test_amounts_that_disagree(one, other):
    assert disagree(figure(one[0], comparator=one[1]), figure(other[0], comparator=other[1]))
    assert disagree(figure(other[0], comparator=other[1]), figure(one[0], comparator=one[1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("5620000000000", None), ("5620000000000", None)),
        (("5600000000000", None), ("5620000000000", None)),
        (("3000000", None), ("3200000", None)),
        (("5000000000000", "more than"), ("5600000000000", None)),
        (("5600000000000", "more than"), ("5600000000000", None)),
        (("40", "more than"), ("60", "more than")),
        (("100", "up to"), ("80", None)),
        (("300", "about"), ("320", None)),
        (("300", "nearly"), ("290", None)),
        (("31", None), ("31.3", None)),
        (("0", None), ("0", None)),
    ],
)
def test_amounts_that_agree(one, other):
    assert not disagree(figure(one[0], comparator=one[1]), figure(other[0], comparator=other[1]))
    assert not disagree(figure(other[0], comparator=other[1]), figure(one[0], comparator=one[1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure("5"), figure("9", of="Yangba")),
        (figure("5"), figure("9", label="tea imports")),
        (figure("5"), figure("9", unit="USD")),
        (figure("5"), figure("9", period="2023")),
        (figure("5", period=None), figure("9", period=None)),
        (figure("5"), figure("9", status="Planned")),
        (figure("5"), figure("9", status="Negated")),
        (figure("5"), figure("9", status="Hypothetical")),
        (figure("5", label="year"), figure("9", label="year")),
        (figure("5", label="Nanling"), figure("9", label="Nanling")),
        (figure("5", label="its total growth"), figure("9", label="total growth")),
        (figure("5", label="the park", of="Tea Park"), figure("9", label="Park", of="Tea Park")),
        (figure("5", label="%"), figure("9", label="%")),
    ],
)
def test_amounts_of_two_things_are_not_held_against_each_other(one, other):
    assert not disagree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure("5", label="Tea exports"), figure("9", label="its tea exports")),
        (figure("5", label="GDP growth"), figure("9", label="gdp growth")),
        (figure("5", label="Nanling exports"), figure("9", label="Nanling exports")),
        (figure("5", unit="yuan", code="http://u/CNY"), figure("9", unit="RMB", code="http://u/CNY")),
        (figure("5", status="Planned"), figure("9", status="Planned")),
        (figure("5", status="Attributed"), figure("9")),
    ],
)
def test_one_thing_under_two_names(one, other):
    assert disagree(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2025-07-12", "2025-07-13", True),
        ("2025-07", "2025-08", True),
        ("2024", "2025", True),
        ("2025-07-12", "2025-08", True),
        ("2025", "2025-07", False),
        ("2025-07", "2025-07-12", False),
        ("2025", "2025-12-31", False),
        ("2025-07-12", "2025-07-12", False),
        ("2025-07-12/2025-07-15", "2025-07-13", False),
        ("2025-07-12/2025-07-15", "2025-07-16", True),
        ("2025-07-12/2025-07-15", "2025-07-12/2025-07-16", False),
    ],
)
def test_dates(one, other, expected):
    assert disagree(dated("Tea Plan", "issuedOn", one), dated("Tea Plan", "issuedOn", other)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (dated("Tea Fair", "heldOn", "2025-09-12"), dated("Tea Fair", "heldOn", "2025-10-01"), True),
        (dated("Tea Fair", "heldOn", "2024-09-12"), dated("Tea Fair", "heldOn", "2025-09-14"), False),
        (dated("Tea Plan", "issuedOn", "2025"), dated("Tea Fair", "heldOn", "2024"), False),
        (dated("Leafco", "establishedOn", "1998"), dated("Rootco", "establishedOn", "1999"), False),
        (dated("Tea Fair", "heldOn", "2025-09-12", "Planned"), dated("Tea Fair", "heldOn", "2025-09-13"), False),
        (dated("Tea Plan", "issuedOn", "2025-05"), dated("Tea Plan", "issuedOn", "2025-06", "Hypothetical"), False),
    ],
)
def test_dates_of_one_thing(one, other, expected):
    assert disagree(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Asserted", "Negated", True),
        ("Attributed", "Negated", True),
        ("Asserted", "Hypothetical", False),
        ("Asserted", "Planned", False),
        ("Planned", "Negated", False),
        ("Negated", "Negated", False),
        ("Asserted", "Asserted", False),
    ],
)
def test_what_one_asserts_and_another_denies(one, other, expected):
    first, second = (relation("Leafco", "investsIn", "Tea Park", status) for status in (one, other))
    assert disagree(first, second) == expected


def test_a_denial_of_another_relation_is_none():
    assert not disagree(
        relation("Leafco", "investsIn", "Tea Park"), relation("Rootco", "investsIn", "Tea Park", "Negated")
    )


def test_the_ends_of_a_symmetric_relation_may_change_places():
    assert disagree(
        relation("Leafco", "cooperatesWith", "Rootco"), relation("Rootco", "cooperatesWith", "Leafco", "Negated")
    )
    assert not disagree(
        relation("Leafco", "subsidiaryOf", "Rootco"), relation("Rootco", "subsidiaryOf", "Leafco", "Negated")
    )


def test_one_article_that_gives_several_values_speaks_of_several_things():
    several = [figure("5", at=10), figure("9", at=20)]
    assert not conflicts_of(corroborated(told(several, [figure("7")])))
    held = [dated("Tea Fair", "heldOn", "2025-03", at=10), dated("Tea Fair", "heldOn", "2025-09", at=20)]
    assert not conflicts_of(corroborated(told(held, [dated("Tea Fair", "heldOn", "2025-05")])))


def test_a_label_with_ever_more_values_names_no_quantity():
    said = [[figure(str(value))] for value in range(1, MOST_VALUES + 1)]
    assert conflicts_of(corroborated(told(*said)))
    assert not conflicts_of(corroborated(told(*said, [figure("900")])))


def test_a_conflict_names_the_entity_the_property_and_the_claims_at_odds():
    sources = told([figure("5600000000000")], [figure("6100000000000")], [figure("5000000", comparator="more than")])
    quads = corroborated(sources)
    (conflict,) = conflicts_of(quads)
    assert objects(quads, POL.about) == {entities(sources)["Nanling"]}
    assert (URIRef(conflict), RDF.predicate, POL.indicatorOf) in {quad[:3] for quad in quads}
    assert len(objects(quads, POL.between)) == 2


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025-02", ("2025-02-01", "2025-02-28")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025-07-12", ("2025-07-12", "2025-07-12")),
        ("2025-13", None),
        ("2025-7", None),
        ("0000-01", None),
        ("spring", None),
        ("", None),
        ("2025-07-12-01", None),
    ],
)
def test_days(date, expected):
    assert days(date) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Its revenue", "revenue"),
        ("their own exports", "own exports"),
        ("Itsuki exports", "itsuki exports"),
        ("exports", "exports"),
    ],
)
def test_labels_without_their_owner(label, expected):
    assert figure_label(label) == expected


@given(st.decimals(min_value="0.001", max_value=10**15, places=3))
def test_rounding_is_within_a_tenth_or_half_a_whole(value):
    assert 0 < rounding(value) <= max(Decimal("0.5"), abs(value) / 10)


@given(st.integers(1, 10**6), st.integers(1, 6))
def test_a_value_agrees_with_itself_rounded_at_a_digit_that_stays_small(value, digits):
    exact = Decimal(value) * 1000
    rounded = Decimal(f"{exact:.{digits}e}")
    assert not disagree(figure(f"{exact:f}"), figure(f"{rounded:f}"))


@given(st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_a_date_agrees_with_itself_told_less_precisely(date, one, other):
    assert nested(days(date.isoformat()[:one]), days(date.isoformat()[:other]))
