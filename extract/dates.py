"""A date's words to ISO 8601, as precise as the text; relative ones from the article's date, never from today."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: i + 1
    for i, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]
    )
}
MONTHS |= {name[:3]: i for name, i in MONTHS.items()} | {"sept": 9}
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
YEAR = r"(?P<year>(?:19|20)\d{2})"
DASH = r"\s*(?:-|–|—|to|and|through|until)\s*"
PART = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4, "opening": 1}


YEARS_BY_PHRASE = {
    "last year": -1,
    "previous year": -1,
    "this year": 0,
    "the year": 0,
    "next year": 1,
    "current year": 0,
}
MONTHS_BY_PHRASE = {"last month": -1, "this month": 0, "next month": 1}
DAYS_BY_PHRASE = {"yesterday": -1, "today": 0, "tomorrow": 1}


@dataclass(frozen=True)
class When:
    """What the writer knows: the article's date if it has one, and a year that its events name ("2025 World Congress")."""

    date: date | None = None
    year: int | None = None

    @property
    def known_year(self) -> int | None:
        return self.date.year if self.date else self.year


def parse_when(iso: str | None, year: int | None = None) -> When:
    """An article's ISO date as the frame for relative dates; a date less precise than a day only gives its year."""
    if iso and re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso):
        return When(date.fromisoformat(iso), year)
    return When(None, int(iso[:4]) if iso else year)


def parse_date(text: str, when: When) -> str | None:
    """ISO date (2025, 2025-07, 2025-07-12), part of a year (2025-H1, 2025-Q3) or interval a/b; None where the text leaves it open."""
    words = " ".join(text.lower().replace(",", " ").replace("’", "'").split())
    for reader in (read_days, read_day, read_months, read_part, read_years, read_month, read_year, read_relative):
        found = reader(words, when)
        if found:
            return found
    return None


def read_days(words: str, when: When) -> str | None:
    """June 5-7 2025, September 27 to 29, June 30 to July 2, 5-7 June 2025."""
    match = re.search(
        rf"\b{MONTH} (?P<a>\d{{1,2}}){DASH}(?:(?P<other>{'|'.join(MONTHS)})\.? )?(?P<b>\d{{1,2}})\b(?: {YEAR})?", words
    )
    match = match or re.search(rf"\b(?P<a>\d{{1,2}}){DASH}(?P<b>\d{{1,2}}) (?P<other>){MONTH}(?: {YEAR})?", words)
    if not match:
        return None
    year = match["year"] or (year_near(MONTHS[match["month"]], when))
    if not year:
        return None
    first, last = MONTHS[match["month"]], MONTHS[match["other"]] if match["other"] else MONTHS[match["month"]]
    return valid(f"{year}-{first:02}-{int(match['a']):02}", f"{year}-{last:02}-{int(match['b']):02}")


def read_day(words: str, when: When) -> str | None:
    match = re.search(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?: {YEAR})?", words)
    match = match or re.search(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{MONTH}(?: {YEAR})?\b", words)
    iso = re.search(r"\b((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})\b", words)
    if iso:
        return valid(f"{iso[1]}-{int(iso[2]):02}-{int(iso[3]):02}")
    if not match:
        return None
    year = match["year"] or year_near(MONTHS[match["month"]], when)
    return valid(f"{year}-{MONTHS[match['month']]:02}-{int(match['day']):02}") if year else None


def read_months(words: str, when: When) -> str | None:
    """January to May 2025; November 2024 to March 2025."""
    other = MONTH.replace("month", "other")
    match = re.search(rf"\b{MONTH}(?: (?P<first>20\d\d))?{DASH}{other}(?: {YEAR}| this year)?\b", words)
    if not match:
        return None
    year = match["year"] or when.known_year
    if not year:
        return None
    return f"{match['first'] or year}-{MONTHS[match['month']]:02}/{year}-{MONTHS[match['other']]:02}"


def read_part(words: str, when: When) -> str | None:
    """first half of 2025; the third quarter; H1 2025."""
    match = re.search(
        rf"\b(?P<which>first|second|third|fourth|last|final) (?P<part>half|quarter|three quarters)\b(?: year)?(?: of)?(?: {YEAR}| (?P<this>this|last) year)?",
        words,
    )
    short = re.search(
        rf"\b(?P<part>[hq])(?P<which>[1-4])(?: of)? {YEAR}|{YEAR.replace('year', 'before')} ?(?P<short>[hq][1-4])",
        words,
    )
    if short:
        return f"{short['before'] or short['year']}-{(short['short'] or short['part'] + short['which']).upper()}"
    if not match:
        return None
    year = match["year"] or (when.known_year - (match["this"] == "last") if when.known_year else None)
    if not year:
        return None
    if match["part"] == "three quarters":
        return f"{year}-01/{year}-09"
    number = min(PART[match["which"]], 2) if match["part"] == "half" else PART[match["which"]]
    return f"{year}-{'H' if match['part'] == 'half' else 'Q'}{number}"


def read_years(words: str, when: When) -> str | None:
    match = re.search(rf"\b{YEAR}{DASH}(?P<end>(?:19|20)\d{{2}}|\d{{2}})\b", words)
    if not match:
        return None
    end = match["end"] if len(match["end"]) == 4 else match["year"][:2] + match["end"]
    return f"{match['year']}/{end}" if end > match["year"] else None


def read_month(words: str, when: When) -> str | None:
    match = re.search(
        rf"\b(?:(?P<which>last|this|next) )?{MONTH}(?: of)?(?: {YEAR}| (?P<rel>last|this|next) year)?\b", words
    )
    if not match or (match["month"] == "may" and words != "may" and not (match["year"] or match["which"])):
        return None
    month = MONTHS[match["month"]]
    shift = {"last": -1, "next": 1}.get(match["rel"] or "", 0)
    year = match["year"] or (str(when.known_year + shift) if match["rel"] and when.known_year else None)
    if not year and match["which"] == "last" and when.date:
        year = str(when.date.year - (month >= when.date.month))
    year = year or year_near(month, when)
    return f"{year}-{month:02}" if year else None


def read_year(words: str, when: When) -> str | None:
    match = re.search(rf"\b{YEAR}\b", words)
    return match["year"] if match else None


def read_relative(words: str, when: When) -> str | None:
    """yesterday, last Friday, last month, this year: only from an article that is dated."""
    if when.known_year:
        for phrase, shift in YEARS_BY_PHRASE.items():
            if phrase in words:
                return str(when.known_year + shift)
    if not when.date:
        return None
    return relative_day(words, when.date) or relative_month(words, when.date) or weekday(words, when.date)


def relative_day(words: str, today: date) -> str | None:
    for phrase, days in DAYS_BY_PHRASE.items():
        if phrase in words:
            return (today + timedelta(days)).isoformat()
    return (today - timedelta(7)).isoformat()[:7] if "last week" in words else None


def relative_month(words: str, today: date) -> str | None:
    for phrase, shift in MONTHS_BY_PHRASE.items():
        if phrase in words:
            month = today.month - 1 + shift
            return f"{today.year + month // 12}-{month % 12 + 1:02}"
    return None


def weekday(words: str, today: date) -> str | None:
    """The last such day up to today; "last Monday" said on a Monday is a week ago."""
    for index, name in enumerate(WEEKDAYS):
        if re.search(rf"\b{name}\b", words):
            back = (today.weekday() - index) % 7
            return (today - timedelta(back or (7 if "last" in words else 0))).isoformat()
    return None


def year_near(month: int, when: When) -> str | None:
    """The year of a month named without one: the article's, or the year before where the month lies well ahead of it."""
    if when.date:
        return str(when.date.year - (month > when.date.month + 3))
    return str(when.year) if when.year else None


def valid(*days: str) -> str | None:
    try:
        for day in days:
            date.fromisoformat(day)
    except ValueError:
        return None
    return "/".join(days)
