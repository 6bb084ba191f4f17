"""The command line: kg build, query, view, review, export, coverage, evaluate."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store import FORMATS, StoreError, all_quads, read_graph, write_ox

if TYPE_CHECKING:
    from kg.query import Rows

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, UNUSABLE = 0, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status: 0 done, 1 the data did not pass, 2 wrong use or unreadable input."""
    args = parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = args.run
    try:
        return command(args)
    except (StoreError, ValueError) as error:
        return complain(error)
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def complain(error: Exception) -> int:
    print(f"kg: {' '.join(str(error).split())}", file=sys.stderr)
    return UNUSABLE


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="kg", description="Policy news to a knowledge graph with evidence.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for add in (add_build, add_query, add_view, add_review, add_export, add_coverage, add_evaluate):
        add(commands)
    return top


def add_build(commands: Commands) -> None:
    build = commands.add_parser("build", help="read text files or folders into a graph file or store")
    build.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    where = build.add_mutually_exclusive_group(required=True)
    where.add_argument("--output", type=Path, metavar="FILE", help=f"the suffix names the format: {' '.join(FORMATS)}")
    where.add_argument("--store", type=Path, metavar="DIR", help="a durable store, brought up to date")
    build.add_argument("--base", help="IRI under which entities are named")
    build.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE.csv",
        action="append",
        default=[],
        help="corrections by hand; repeatable",
    )
    build.set_defaults(run=run_build)


def add_query(commands: Commands) -> None:
    query = commands.add_parser("query", help="ask a store or graph file in SPARQL")
    query.add_argument("graph", type=Path, metavar="STORE_OR_FILE")
    query.add_argument(
        "query", metavar="QUERY", nargs="?", help="SPARQL text, a .rq file or a stored question; none: list them"
    )
    query.add_argument("--format", choices=("table", "csv", "json"), default="table")
    query.set_defaults(run=run_query_command)


def add_view(commands: Commands) -> None:
    view = commands.add_parser("view", help="write one self-contained HTML page")
    view.add_argument("graph", type=Path, metavar="STORE_OR_FILE")
    view.add_argument("--output", type=Path, required=True, metavar="FILE.html")
    view.add_argument("--title", default="Policy knowledge graph")
    view.set_defaults(run=run_view)


def add_review(commands: Commands) -> None:
    review = commands.add_parser("review", help="write the least certain things as a table of corrections to decide on")
    review.add_argument("graph", type=Path, metavar="STORE_OR_FILE")
    review.add_argument("--output", type=Path, required=True, metavar="FILE.csv")
    review.add_argument("--limit", type=positive, default=100, metavar="N", help="lines at most (100)")
    review.set_defaults(run=run_review)


def add_export(commands: Commands) -> None:
    export = commands.add_parser("export", help="write the graph in another format")
    export.add_argument("graph", type=Path, metavar="STORE_OR_FILE")
    export.add_argument("--output", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=run_export)


def add_coverage(commands: Commands) -> None:
    coverage = commands.add_parser("coverage", help="what reading left out: facts, names, references, text never read")
    coverage.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    coverage.add_argument("--summary", action="store_true", help="counts only")
    coverage.add_argument("--format", choices=("table", "csv", "json"), default="table")
    coverage.set_defaults(run=run_coverage)


def add_evaluate(commands: Commands) -> None:
    measure = commands.add_parser("evaluate", help="precision and recall over annotated articles (JSONL)")
    measure.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    measure.add_argument("--format", choices=("table", "csv", "json"), default="table")
    measure.set_defaults(run=run_evaluate)


def run_build(args: argparse.Namespace) -> int:
    from kg.build import build_file, build_store
    from kg.progress import progress_bar
    from kg.vocab import BASE

    base = checked_base(args.base or BASE)
    with progress_bar() as progress:
        if args.output:
            report = build_file(args.paths, args.output, base=base, progress=progress, corrections=args.corrections)
        else:
            report = build_store(args.paths, args.store, base=base, progress=progress, corrections=args.corrections)
    for message in report.stale:
        print(f"kg: {message}", file=sys.stderr)
    for error in report.errors:
        complain(error)
    return UNUSABLE if report.errors else DONE


def checked_base(base: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]", base):
        raise ValueError(f"{base!r} is no base for IRIs; one such as https://example.org/id/ is right")
    return base


def run_query_command(args: argparse.Namespace) -> int:
    from kg.query import run_query, stored_questions

    if args.query is None:
        print_table(("name", "question"), stored_questions().items())
        return DONE
    show(run_query(read_graph(args.graph), args.query), args.format)
    return DONE


def show(found: Rows, kind: str) -> None:
    if kind == "table":
        print_table(found.columns, found.rows)
    else:
        sys.stdout.write(found.to_csv() if kind == "csv" else found.to_json())


def print_table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns)
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def run_view(args: argparse.Namespace) -> int:
    from kg.page import write_page

    write_page(read_graph(args.graph), args.output, title=args.title)
    return DONE


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of lines; 1 or more is right")
    return int(text)


def run_review(args: argparse.Namespace) -> int:
    from kg.review import review, write_review

    write_review(review(read_graph(args.graph), limit=args.limit), args.output)
    return DONE


def run_export(args: argparse.Namespace) -> int:
    write_ox(all_quads(read_graph(args.graph)), args.output)
    return DONE


def run_coverage(args: argparse.Namespace) -> int:
    import extract
    from extract.coverage import coverage, summary
    from extract.sources import SourceError, find_sources, read_source
    from kg.query import Rows

    status, found = DONE, []
    for one in find_sources(args.paths):
        try:
            found.append(coverage(read_source(one.path, one.name), extract.load()))
        except SourceError as error:
            status = complain(error)
    gaps = [(g.source, g.article, g.kind, g.start, g.end, g.text, g.detail) for one in found for g in one.gaps]
    rows = Rows(("source", "article", "kind", "start", "end", "text", "detail"), tuple(gaps))
    counts = Rows(("kind", "count", "of", "what"), tuple(summary(found)))
    if not args.summary:
        show(rows, args.format)
    if args.summary or args.format == "table":
        show(counts, args.format)
    return status


def run_evaluate(args: argparse.Namespace) -> int:
    import extract
    from extract.evaluate import evaluate, read_records
    from kg.query import Rows

    scores = evaluate((record for path in args.files for record in read_records(path)), extract.load())
    rows = [
        (k, *(round(x, 3) for x in (s.precision, s.recall, s.f1)), s.right, s.found, s.gold) for k, s in scores.items()
    ]
    show(Rows(("figure", "precision", "recall", "f1", "right", "found", "gold"), tuple(rows)), args.format)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
