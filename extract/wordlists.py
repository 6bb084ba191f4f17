"""The files under rules/: plain lists, one entry a line, # for comments; and tables with a header."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of rules/NAME.txt in file order, without comments and empty lines."""
    lines = files("extract").joinpath("rules", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("# "))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of rules/NAME.csv by the names of their columns."""
    with files("extract").joinpath("rules", f"{name}.csv").open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


@cache
def columns(name: str, key: str, value: str) -> Mapping[str, str]:
    """One column of rules/NAME.csv by another."""
    return {row[key]: row[value] for row in rows(name)}


@cache
def lowered(name: str) -> frozenset[str]:
    """The entries of rules/NAME.txt in lower case."""
    return frozenset(entry.lower() for entry in entries(name))


@cache
def dictionary() -> frozenset[str]:
    """Known words in lower case: general English and the words of policy and industry news."""
    return lowered("english-words") | lowered("field-words")


@cache
def compounds() -> dict[str, frozenset[str]]:
    """Second part of a hyphenated compound -> its first parts; `*` among them stands for any longer dictionary word."""
    pairs = (entry.split(":", 1) for entry in entries("compounds"))
    return {second.strip(): frozenset(firsts.split()) for second, firsts in pairs}


@cache
def any_of(name: str) -> re.Pattern[str]:
    """The regular expressions of rules/NAME.txt as one alternation, case ignored."""
    return re.compile("|".join(f"(?:{entry})" for entry in entries(name)), re.IGNORECASE)
