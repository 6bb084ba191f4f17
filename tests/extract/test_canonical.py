"""Canonical forms: what two spellings of a name share, and what they never share."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.canonical import FAMILIES, canonical, is_common, is_generic, read_table, without_alias


@pytest.mark.parametrize(
    ("name", "family", "form"),
    [
        ("Qilin New Materials Co., Ltd.", "body", "qilin new materials"),
        ("PJSC Ostneft", "body", "ostneft"),
        ("Siemens Ltd., China", "body", "siemens ltd china"),
        ("Co., Ltd.", "body", "co"),
        ("Xi’an Wheel Works", "body", "xian wheel works"),
        ("Nordic Tea Council (NTC)", "body", "nordic tea council"),
        ("Kestrel (China) Co., Ltd.", "body", "kestrel china"),
        ("R&D Centre", "body", "research and development center"),
        ("青湖新材料股份有限公司", "body", "青湖新材料"),
        ("the 2025 Tea Fair", "event", "tea fair 2025"),
        ("Fifteenth Five-Year Plan", "policy", "15th 5 year plan"),
        ("Plan for Tea (2021-2025)", "policy", "plan tea 2021 2025"),
        ("guiding opinions on tea", "policy", "guideline tea"),
        ("1,000 Talents Plan", "policy", "1000 talents plan"),
        ("Linhe Park II", "park", "linhe park 2"),
        ("Linhe Hi-tech Industrial Development Zone", "park", "linhe high tech zone"),
        ("Tea Garden X", "park", "tea garden x"),
        ("NEVs", "topic", "new energy vehicle"),
        ("optics", "topic", "optics"),
        ("batteries", "topic", "battery"),
        ("Jiangsu province", "province", "jiangsu"),
        ("Wengang town", "district", "wengang town"),
        ("Prof. Li Wen", "person", "li wen"),
    ],
)
def test_canonical_forms(name, family, form):
    assert canonical(name, family) == form


@pytest.mark.parametrize("family", sorted(set(FAMILIES.values())))
@given(
    st.lists(st.sampled_from(["Park", "II", "plan", "of", "14th", "2025", "3", "Linhe", "(2030)", "Co."]), min_size=1)
)
def test_no_digit_is_lost_and_the_form_is_its_own_form(family, words):
    form = canonical(" ".join(words), family)
    assert set(re.findall(r"\d+", " ".join(words))) <= set(re.findall(r"\d+", form))
    assert canonical(form, family) == form


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Lakeside Precision Co. (Lakeside)", "Lakeside Precision Co."),
        ("Nordic Tea Council (NTC)", "Nordic Tea Council"),
        ("Greenlake (青湖)", "Greenlake"),
        ("Kestrel (China)", "Kestrel (China)"),
        ("Tea Law (2025)", "Tea Law (2025)"),
        ("(trial)", "(trial)"),
    ],
)
def test_a_bracket_goes_only_if_it_says_the_name_again(name, short):
    assert without_alias(name) == short


@pytest.mark.parametrize(
    ("name", "family", "right"),
    [
        ("pilot programme", "policy", True),
        ("Joint Laboratory", "body", True),
        ("Department of Science and Technology", "body", True),
        ("Zhao", "person", True),
        ("guideline for the growth of tea parks in border towns", "policy", False),
        ("13 measures", "policy", False),
        ("Linhe", "body", False),
        ("joint laboratory for tea genes of Linhe", "body", False),
        ("Zhao Min", "person", False),
        ("chips", "topic", False),
    ],
)
def test_generic_names(name, family, right):
    assert is_generic(name, family) is right


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Wang Wei", True),
        ("LI Na", True),
        ("Wang Zhiyuan", False),
        ("Ouyang Wei", False),
        ("Wang", False),
        ("Guo Xian", True),
    ],
)
def test_common_names(name, right):
    assert is_common(name) is right


@pytest.mark.parametrize("table", ["variants", "numbers", "legal_forms", "organs", "levels", "endings"])
def test_tables_are_sorted_and_hold_each_row_once(table):
    rows = [tuple(row.values()) for row in read_table(table)]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert len(rows) == len(set(rows))
    assert all(cell is not None for row in rows for cell in row)


def test_families_of_the_tables_are_known():
    named = {f for table in ("variants", "numbers") for row in read_table(table) for f in row["families"].split("|")}
    assert named <= {"", *FAMILIES.values()}
