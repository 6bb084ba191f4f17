"""Corrections by a person, as the table that they edit: its columns, its actions, and how a line is read and refused.

What a file says depends on the file and the gazetteer alone, never on a graph: the same line always means the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

from extract.gazetteer import Gazetteer
from extract.schema import DATES, RELATIONS, TYPES
from kg.cells import KINDS, CorrectionError, Reader, Term, claim, entity, is_claim, passage
from kg.identity import digest
from kg.vocab import BASE, POL

COLUMNS = ("decision", "action", "subject", "predicate", "object", "value", "source", "note", "by", "date")
SHOWN = ("certainty", "why", "about", "quote", "where", "entities")  # what `kg review` adds for its reader
DECISIONS = {"y": True, "yes": True, "n": False, "no": False, "": False}
ANYWHERE = {"decision", "action", "subject", "note", "by", "date"}
# action: (cells it needs, further cells it may fill)
ACTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "merge": (("object",), ()),
    "apart": (("object",), ()),
    "split": (("object", "source"), ()),
    "rename": (("value",), ()),
    "retype": (("value",), ()),
    "reject": ((), ()),
    "alias": (("value",), ()),
    "add": (("predicate",), ("object", "value", "source")),
}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True)
class Correction:
    """One line. `place` (of a split) is the IRI of a source or an article; `where` is file and line, for messages."""

    iri: URIRef
    action: str
    subject: Term
    where: str
    object: Term | None = None
    predicate: str = ""
    value: str = ""
    place: URIRef | None = None
    source: str = ""
    note: str = ""
    by: str = ""
    date: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.subject, self.object) if self.object else (self.subject,)


def read_corrections(path: Path, gazetteer: Gazetteer, *, base: str = BASE) -> tuple[Correction, ...]:
    """The lines of a CSV file that are to be followed, in their order; a line whose `decision` is empty or n is not.

    A file without the column `decision` is followed whole. Raises CorrectionError.
    """
    reader = Reader(gazetteer, base)
    return tuple(correction(row, where, reader) for where, row in read_rows(path) if decided(row, where))


def read_rows(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Place ("file:line") and cells of every line that is not empty; separated by commas, semicolons or tabs."""
    text = read_text(path)
    separator = max(",;\t", key=re.split(r"[\r\n]", text, maxsplit=1)[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        check_header(header, f"{path}:1")
        for row in rows:
            where = f"{path}:{rows.line_num}"
            if any(cell.strip() for cell in row[len(header) :]):
                raise CorrectionError(f"{where}: {len(row)} cells; the header has {len(header)}")
            if any(cell.strip() for cell in row):
                yield where, {name: " ".join(cell.split()) for name, cell in zip(header, row, strict=False)}
    except csv.Error as error:
        raise CorrectionError(
            f'{path}:{rows.line_num}: {error}; quote a cell as "cell" and double quotes in it'
        ) from None


def read_text(path: Path) -> str:
    if not path.is_file():
        raise CorrectionError(f"{path}: is not there; name a CSV file of corrections")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CorrectionError(f"{path}: is no UTF-8; save it as CSV UTF-8") from None


def check_header(header: list[str], where: str) -> None:
    unknown = [name for name in header if name not in (*COLUMNS, *SHOWN)]
    missing = [name for name in ("action", "subject") if name not in header]
    twice = [name for name in header if header.count(name) > 1]
    if unknown or missing or twice:
        wrong = f"unknown column {unknown[0]!r}" if unknown else f"column {(missing or twice)[0]!r} is missing or twice"
        raise CorrectionError(f"{where}: {wrong}; the columns are {','.join(COLUMNS)}")


def decided(row: Mapping[str, str], where: str) -> bool:
    decision = row.get("decision", "y").lower()
    if decision not in DECISIONS:
        raise CorrectionError(f"{where}: decision is {decision!r}; y, n or nothing is right")
    return DECISIONS[decision]


def correction(row: Mapping[str, str], where: str, reader: Reader) -> Correction:
    """One line, checked by itself."""
    cells = {name: row.get(name, "") for name in COLUMNS}
    action = checked_action(cells, where)
    subject = (claim if action == "reject" and is_claim(cells["subject"]) else entity)(cells["subject"], where, reader)
    obj = entity(cells["object"], where, reader) if cells["object"] else None
    value = checked_value(action, cells["value"], where)
    predicate = checked_fact(cells, where) if action == "add" else ""
    place = passage(cells["source"], where, reader) if action == "split" else None
    told = (
        action,
        subject.iri,
        predicate,
        *((obj.iri, obj.kind, obj.name) if obj else ("",)),
        value,
        place or cells["source"],
    )
    return Correction(
        iri=URIRef(f"{reader.base}correction/{digest(*map(str, told))}"), action=action, subject=subject, where=where,
        object=obj, predicate=predicate, value=value, place=place, source="" if place else cells["source"],
        note=cells["note"], by=cells["by"], date=cells["date"],
    )  # fmt: skip


def checked_action(cells: Mapping[str, str], where: str) -> str:
    action = cells["action"].lower()
    if action not in ACTIONS:
        raise CorrectionError(f"{where}: unknown action {action!r}; one of {', '.join(ACTIONS)} is right")
    needs, may = ACTIONS[action]
    missing = [name for name in ("subject", *needs) if not cells[name]]
    surplus = [name for name in COLUMNS if cells[name] and name not in ANYWHERE.union(needs, may)]
    if missing or surplus:
        wrong = f"needs {missing[0]!r}" if missing else f"takes no {surplus[0]!r}"
        raise CorrectionError(f"{where}: {action} {wrong}; it is written with {', '.join(('subject', *needs, *may))}")
    return action


def checked_value(action: str, value: str, where: str) -> str:
    if action != "retype":
        return value
    if value.lower() not in KINDS:
        raise CorrectionError(f"{where}: unknown type {value!r}; one of {', '.join(TYPES)} is right")
    return KINDS[value.lower()]


def checked_fact(cells: Mapping[str, str], where: str) -> str:
    """The predicate of a fact to add, which has an object or a date, and a source or a note."""
    predicate = cells["predicate"].removeprefix(str(POL)).removeprefix("pol:")
    if predicate not in (*RELATIONS, *DATES):
        raise CorrectionError(
            f"{where}: unknown predicate {predicate!r}; one of {', '.join((*RELATIONS, *DATES))} is right"
        )
    if predicate in RELATIONS and (cells["value"] or not cells["object"]):
        raise CorrectionError(f"{where}: {predicate} leads to an entity; fill 'object' and leave 'value' empty")
    if predicate in DATES and (cells["object"] or not DATE.fullmatch(cells["value"])):
        raise CorrectionError(f"{where}: {predicate} needs a date in 'value'; 2025, 2025-07 or 2025-07-12 is right")
    if not cells["source"] and not cells["note"]:
        raise CorrectionError(f"{where}: a fact that no text states needs a 'source' (a URL) or a 'note'")
    return predicate
