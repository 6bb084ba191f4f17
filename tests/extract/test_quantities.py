from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.quantities import parse_quantity, unit_code


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("5.62 trillion RMB", "5620000000000", "RMB", None),
        ("more than 9.7 million", "9700000", "", "more than"),
        ("over 480 million yuan", "480000000", "yuan", "more than"),
        ("no fewer than 40 companies", "40", "", "at least"),
        ("no more than three", "3", "", "at most"),
        ("nearly a hundred", "100", "", "nearly"),
        ("31.3 percent", "31.3", "percent", None),
        ("12%", "12", "percent", None),
        ("$2.5 billion", "2500000000", "USD", None),
        ("US$300 million", "300000000", "USD", None),
        ("RMB 5 billion", "5000000000", "RMB", None),
        ("5,800 square kilometers", "5800", "square kilometers", None),
        ("100, 000", "100000", "", None),
        ("two to three times", "2", "times", None),
        ("3 to 5 million tonnes", "3000000", "tonnes", None),
        ("twenty-five", "25", "", None),
        ("one lakh crore rupees", "1000000000000", "rupees", None),
        ("1 hour and 57 minutes", "117", "minutes", None),
        ("a third", "33.33", "percent", None),
        ("two-thirds", "66.67", "percent", None),
        ("half", "50", "percent", None),
        ("doubled", "2", "times", None),
        ("second largest", "2", "rank", None),
        ("No. 3", "3", "rank", None),
        ("one in nine", "11.1", "percent", None),
        ("seven straight years", "7", "years", None),
        ("within 30 working days", "30", "working days", "at most"),
        ("178-square-kilometer", "178", "square kilometers", None),
        ("every six months", "6", "months", None),
        ("halved", "50", "percent", None),
        ("minus 20 degrees Celsius", "-20", "degrees Celsius", None),
    ],
)
def test_words_to_value_unit_and_comparator(text, value, unit, comparator):
    found = parse_quantity(text)
    assert found is not None
    assert abs(found.value - Decimal(value)) < Decimal("0.01")
    assert (found.unit, found.comparator) == (unit, comparator)


@pytest.mark.parametrize("text", ["a", "several", "dozens of firms", "many", "", "the zone", "Phase II"])
def test_what_is_no_quantity_stays_open(text):
    assert parse_quantity(text) is None


@given(st.integers(0, 10**12))
def test_digits_with_and_without_commas_are_one_value(number):
    plain, grouped = parse_quantity(str(number)), parse_quantity(f"{number:,}")
    assert plain and grouped and plain.value == grouped.value == number


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    parse_quantity(text)


@pytest.mark.parametrize(
    ("unit", "code"), [("RMB", "CNY"), ("percent", "PERCENT"), ("tonnes", "TONNE"), ("companies", None)]
)
def test_units_with_a_standard_code(unit, code):
    found = unit_code(unit)
    assert (found is None) if code is None else (found is not None and found.endswith("/" + code))
