"""SPARQL to rows. A query is SPARQL text, a .rq file or the name of a stored question."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.store import Store, first_line
from kg.vocab import PREFIXES

QUESTIONS = Path(__file__).with_name("queries")
FORMS = re.compile(r"\b(select|ask|construct|describe)\b", re.IGNORECASE)
REMOTE = re.compile(r"\bservice\b|\bload\b|\bfrom\s+(named\s+)?<", re.IGNORECASE)
QUIET = re.compile(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>\s]*>|#[^\n]*')


class QueryError(ValueError):
    """A query that cannot be run; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class Rows:
    """Named columns and rows of plain values (None where a variable is unbound): str, int, float, Decimal as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def to_csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()

    def to_json(self) -> str:
        return (
            json.dumps([dict(zip(self.columns, row, strict=True)) for row in self.rows], ensure_ascii=False, indent=1)
            + "\n"
        )


def stored_questions() -> dict[str, str]:
    """Name of each stored question and the question in words (the first line of its file)."""
    return {path.stem: question_of(path) for path in sorted(QUESTIONS.glob("*.rq"))}


def question_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# ").strip()


def read_query(query: str) -> str:
    """SPARQL text of a query given as text, as a .rq file or as a stored question's name."""
    stored = QUESTIONS / f"{query}.rq"
    if re.fullmatch(r"[\w-]+", query) and stored.exists():
        return stored.read_text(encoding="utf-8")
    if query.endswith(".rq"):
        if not Path(query).is_file():
            raise QueryError(f"{query}: is not there; name a .rq file")
        return Path(query).read_text(encoding="utf-8")
    if not FORMS.search(query):
        raise QueryError(f"{query!r} is no SPARQL and no stored question; stored are: {', '.join(stored_questions())}")
    return query


def run_query(store: Store, query: str) -> Rows:
    """Rows of a SELECT, ASK (one row) or CONSTRUCT (subject, predicate, object) over the union of all graphs.

    Prefixes of the contract need no declaration. Raises QueryError, also for what would leave this machine.
    """
    text = read_query(query)
    if REMOTE.search(QUIET.sub(lambda m: "<>" if m[0][0] == "<" else " ", text)):
        raise QueryError(
            "SERVICE, LOAD and FROM <...> reach out of this graph and are refused; query what the store holds"
        )
    try:
        return to_rows(store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True))
    except SyntaxError as error:
        raise QueryError(f"the query does not parse: {first_line(error)}") from error


def to_rows(found: Any) -> Rows:
    if hasattr(found, "variables"):
        columns = tuple(variable.value for variable in found.variables)
        return Rows(columns, tuple(tuple(plain(value) for value in row) for row in found))
    if isinstance(found, bool) or not hasattr(found, "__iter__"):
        return Rows(("answer",), ((bool(found),),))
    return Rows(
        ("subject", "predicate", "object"),
        tuple((plain(t.subject), plain(t.predicate), plain(t.object)) for t in found),
    )


def plain(term: Any) -> Any:
    """A term as Python shows it best: text, whole numbers and decimals as numbers, IRIs as text."""
    if term is None:
        return None
    kind = getattr(getattr(term, "datatype", None), "value", "").rsplit("#", 1)[-1]
    if kind in {"integer", "int", "long"}:
        return int(term.value)
    if kind in {"decimal", "double", "float"}:
        number = float(term.value)
        return int(number) if number.is_integer() else number
    if kind == "boolean":
        return term.value == "true"
    return str(term.value)


def dict_rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    """Rows as dicts of text, unbound variables left out."""
    found = run_query(store, query)
    for row in found.rows:
        yield {name: str(value) for name, value in zip(found.columns, row, strict=True) if value is not None}
