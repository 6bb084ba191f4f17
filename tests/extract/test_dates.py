import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import parse_date, parse_when

DATED, YEAR_ONLY, OPEN = parse_when("2025-06-20"), parse_when(None, 2025), parse_when(None)


@pytest.mark.parametrize(
    ("text", "when", "iso"),
    [
        ("2024", OPEN, "2024"),
        ("July 2025", OPEN, "2025-07"),
        ("June 5, 2024", OPEN, "2024-06-05"),
        ("5 June 2024", OPEN, "2024-06-05"),
        ("June 5", DATED, "2025-06-05"),
        ("June 5", YEAR_ONLY, "2025-06-05"),
        ("December 3", DATED, "2024-12-03"),
        ("September 27 to 29", YEAR_ONLY, "2025-09-27/2025-09-29"),
        ("June 30-July 2, 2024", OPEN, "2024-06-30/2024-07-02"),
        ("first half of 2025", OPEN, "2025-H1"),
        ("the third quarter of 2024", OPEN, "2024-Q3"),
        ("January to May 2025", OPEN, "2025-01/2025-05"),
        ("2021-2025", OPEN, "2021/2025"),
        ("2021-25", OPEN, "2021/2025"),
        ("the end of 2026", OPEN, "2026"),
        ("last November", DATED, "2024-11"),
        ("last year", DATED, "2024"),
        ("yesterday", DATED, "2025-06-19"),
        ("Monday", DATED, "2025-06-16"),
        ("last month", DATED, "2025-05"),
    ],
)
def test_words_to_iso(text, when, iso):
    assert parse_date(text, when) == iso


@pytest.mark.parametrize(
    "text",
    ["June 5", "last November", "yesterday", "this year", "Monday", "the first half", "recently", "February 30, 2024"],
)
def test_what_the_text_leaves_open_stays_open(text):
    assert parse_date(text, OPEN) in (None, "2024")


def test_today_is_never_taken():
    assert parse_date("today", OPEN) is None


@given(st.dates())
def test_full_dates_come_back(day):
    assert parse_date(f"{day:%B} {day.day}, {day.year:04}", OPEN) == (
        day.isoformat() if 1900 <= day.year < 2100 else None
    )


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    parse_date(text, DATED)
