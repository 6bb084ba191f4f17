"""Annotated articles: the bracket markup of GUIDELINE.md, read to records with character offsets, and written back.

python -m extract.training.markup FOLDER --output corpus.jsonl     # check and compile
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extract import schema
from extract.schema import DATES, RELATIONS, TYPES

STATUSES = tuple(status.lower() for status in schema.STATUSES)
HEAD = ("id", "genre", "region", "section", "byline", "date", "dirt")

TAG = re.compile(r"\|([edq]\d+)(\*?)(?::([A-Za-z]+))?\]")
RELATION = re.compile(rf'(e\d+) (\w+) (e\d+)(?: role="([^"]*)")?(?: ({"|".join(STATUSES)}))?$')
DATED = re.compile(rf"(e\d+) (\w+) (\d[\d/-]*)(?: (d\d+))?(?: ({'|'.join(STATUSES)}))?$")
MEASURE = re.compile(rf'(e\d+) measure "(.*)"(?: ({"|".join(STATUSES)}))?$')
INDICATOR = re.compile(r"(e\d+) indicator (q\d+) \| (.*)$")

Record = dict[str, Any]


class MarkupError(ValueError):
    """Markup that breaks the guideline; the message names article, line and what would be right."""


def read_markup(text: str, *, name: str = "markup") -> Iterator[Record]:
    """One record an article of a markup file. Offsets count characters of the record's `text`.

    Raises MarkupError at the first line that breaks the guideline.
    """
    for chunk in re.split(r"(?m)^(?=== )", text):
        if chunk.strip():
            yield read_article(chunk.strip("\n").split("\n"), name)


def read_article(lines: list[str], name: str) -> Record:
    head = [part.strip() for part in lines[0].removeprefix("==").split("|")]
    if len(head) != len(HEAD):
        raise MarkupError(f"{name}: head line needs {len(HEAD)} fields ({' | '.join(HEAD)}): {lines[0]}")
    record: Record = {**dict(zip(HEAD, head, strict=True)), "text": "", "heads": [], "sents": [], "entities": {}}
    for key in ("mentions", "dates", "quantities", "relations", "indicators", "dated", "measures"):
        record[key] = []
    gap = ""
    for line in lines[1:]:
        try:
            gap = read_line(record, line, gap)
        except MarkupError as error:
            raise MarkupError(f"{name}: {record['id']}: {error}: {line[:160]}") from None
    check_ids(record, name)
    return record


def read_line(record: Record, line: str, gap: str) -> str:
    """Add one line of markup to the record; return what separates it from the next sentence."""
    if not line.strip():
        return "\n\n"
    if line.startswith("> "):
        read_fact(record, line[2:].strip())
        return gap
    heading = line.startswith(("# ", "## "))
    gap = "\n\n" if heading else gap
    start = len(record["text"]) + len(gap if record["text"] else "")
    plain = read_brackets(record, line.lstrip("# ") if heading else line.strip(), start)
    record["text"] += (gap if record["text"] else "") + plain
    if line.startswith("# "):
        record["title"] = plain
    if heading:
        record["heads"].append(len(record["sents"]))
    record["sents"].append([start, start + len(plain)])
    return "\n\n" if heading else " "


def read_brackets(record: Record, line: str, start: int) -> str:
    plain: list[str] = []
    length, opened, at = 0, [], 0
    while at < len(line):
        if line[at] == "[":
            opened.append(length)
            at += 1
        elif line[at] == "|" and opened and (tag := TAG.match(line, at)):
            add_span(record, tag, start + opened.pop(), start + length)
            at = tag.end()
        else:
            plain.append(line[at])
            length += 1
            at += 1
    if opened:
        raise MarkupError("a bracket is not closed by |e1:Type], |e1], |e1*], |d1] or |q1]")
    return "".join(plain)


def add_span(record: Record, tag: re.Match[str], start: int, end: int) -> None:
    ident, reference, kind = tag[1], bool(tag[2]), tag[3]
    if ident[0] != "e":
        record["dates" if ident[0] == "d" else "quantities"].append({"id": ident, "start": start, "end": end})
        return
    if kind and kind not in TYPES:
        raise MarkupError(f"type {kind} is not one of {', '.join(TYPES)}")
    if kind and record["entities"].setdefault(ident, kind) != kind:
        raise MarkupError(f"{ident} was {record['entities'][ident]}, is {kind} here")
    record["mentions"].append({"entity": ident, "start": start, "end": end, "name": not reference})


def read_fact(record: Record, fact: str) -> None:
    sent = len(record["sents"]) - 1
    if found := INDICATOR.match(fact):
        add_indicator(record, found, sent)
    elif found := MEASURE.match(fact):
        start, end = record["sents"][sent]
        at = record["text"].find(found[2], start, end)
        if at < 0:
            raise MarkupError("the measure's words do not stand in the sentence above to the letter")
        place = {"start": at, "end": at + len(found[2])}
        record["measures"].append({"of": found[1], **place, "status": found[3] or "asserted", "sent": sent})
    elif (found := DATED.match(fact)) and found[2] in DATES:
        row = {"of": found[1], "p": found[2], "value": found[3], "date": found[4]}
        record["dated"].append({**row, "status": found[5] or "asserted", "sent": sent})
    elif (found := RELATION.match(fact)) and found[2] in RELATIONS:
        row = {"s": found[1], "p": found[2], "o": found[3], "role": found[4]}
        record["relations"].append({**row, "status": found[5] or "asserted", "sent": sent})
    else:
        raise MarkupError(
            'a fact is `e1 predicate e2`, `e1 issuedOn 2025 d1`, `e1 indicator q1 | ...` or `e1 measure "..."`'
        )


def add_indicator(record: Record, found: re.Match[str], sent: int) -> None:
    cells = [cell.strip() for cell in found[3].split("|")] + [""] * 6
    label, value, unit, period, comparator, status = cells[:6]
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise MarkupError(f"value {value!r} is not a plain decimal")
    status = next((cell for cell in cells[3:] if cell in STATUSES), "asserted") if status not in STATUSES else status
    row = {"of": found[1], "quantity": found[2], "label": label, "value": value, "unit": unit, "period": period}
    record["indicators"].append({**row, "comparator": comparator, "status": status, "sent": sent})


def check_ids(record: Record, name: str) -> None:
    known = set(record["entities"])
    marked = {m["entity"] for m in record["mentions"]}
    spans = {s["id"] for s in record["dates"] + record["quantities"]}
    used = {r[k] for r in record["relations"] for k in "so"}
    used |= {r["of"] for key in ("indicators", "dated", "measures") for r in record[key]}
    used_spans = {r["quantity"] for r in record["indicators"]} | {r["date"] for r in record["dated"] if r["date"]}
    for ident in sorted((used | marked) - known):
        raise MarkupError(f"{name}: {record['id']}: {ident} never gets a type (write [name|{ident}:Type] once)")
    for ident in sorted(used_spans - spans):
        raise MarkupError(f"{name}: {record['id']}: {ident} is used in a fact but not marked in the text")


def write_markup(record: Record) -> str:
    """The record as markup again; `read_markup(write_markup(r))` gives r."""
    lines = ["== " + " | ".join(record[key] for key in HEAD)]
    typed: set[str] = set()
    previous = 0
    for index, (start, end) in enumerate(record["sents"]):
        if "\n" in record["text"][previous:start]:
            lines.append("")
        mark = "" if index not in record["heads"] else "# " if index == 0 else "## "
        lines.append(mark + write_brackets(record, start, end, typed))
        lines += ["> " + fact for fact in write_facts(record, index)]
        previous = end
    return "\n".join(lines) + "\n"


def write_brackets(record: Record, start: int, end: int, typed: set[str]) -> str:
    spans = [(m["start"], m["end"], m["entity"], not m["name"]) for m in record["mentions"]]
    spans += [(s["start"], s["end"], s["id"], False) for s in record["dates"] + record["quantities"]]
    inside = sorted((s for s in spans if start <= s[0] < end), key=lambda s: (s[0], -s[1]))
    opens: dict[int, int] = {}
    closes: dict[int, list[str]] = {}
    for left, right, ident, reference in inside:
        opens[left] = opens.get(left, 0) + 1
        kind = f":{record['entities'][ident]}" if ident in record["entities"] and ident not in typed else ""
        typed.add(ident)
        closes.setdefault(right, []).insert(0, f"|{ident}{'*' if reference else ''}{kind}]")
    pieces = [
        "".join(closes.get(at, [])) + "[" * opens.get(at, 0) + (record["text"][at] if at < end else "")
        for at in range(start, end + 1)
    ]
    return "".join(pieces)


def write_facts(record: Record, sent: int) -> Iterator[str]:
    def tail(row: Record) -> str:
        return "" if row["status"] == "asserted" else " " + row["status"]

    for row in record["relations"]:
        if row["sent"] == sent:
            role = f' role="{row["role"]}"' if row["role"] else ""
            yield f"{row['s']} {row['p']} {row['o']}{role}{tail(row)}"
    for row in record["dated"]:
        if row["sent"] == sent:
            yield f"{row['of']} {row['p']} {row['value']}{' ' + row['date'] if row['date'] else ''}{tail(row)}"
    for row in record["indicators"]:
        if row["sent"] == sent:
            cells = (row["label"], row["value"], row["unit"], row["period"], row["comparator"], row["status"])
            yield f"{row['of']} indicator {row['quantity']} | " + " | ".join(cells)
    for row in record["measures"]:
        if row["sent"] == sent:
            yield f'{row["of"]} measure "{record["text"][row["start"] : row["end"]]}"{tail(row)}'


def read_folder(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.txt")):
        yield from read_markup(path.read_text(encoding="utf-8"), name=path.name)


def write_records(records: Iterable[Record], path: Path) -> None:
    lines = [json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("folder", type=Path)
    args.add_argument("--output", type=Path)
    a = args.parse_args()
    try:
        records = list(read_folder(a.folder))
    except MarkupError as error:
        sys.exit(str(error))
    if a.output:
        write_records(records, a.output)
    counts = {
        key: sum(len(r[key]) for r in records)
        for key in ("sents", "mentions", "relations", "indicators", "dated", "measures")
    }
    print(f"{len(records)} articles", *(f"{n} {key}" for key, n in counts.items()), sep=", ")


if __name__ == "__main__":
    main()
