"""Raw text -> blocks: paragraphs, heads, captions and the lines around them, with their raw offsets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from extract import shapes

Kind = Literal["text", "head", "caption", "byline", "continued", "section", "date", "tags", "furniture"]

KINDS: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    ("tags", shapes.is_tags),
    ("continued", shapes.is_continued),
    ("section", shapes.is_section),
    ("byline", shapes.byline),
    ("date", shapes.is_date_line),
    ("caption", shapes.is_caption),
    ("furniture", shapes.is_furniture),
    ("head", shapes.is_head),
)

# Longer lines than this are paragraphs, not lines of a text wrapped by hand.
MAX_WRAPPED = 130
# In such a text at least this share of line ends stand before lower case.
WRAPPED_SHARE = 0.25
# A text of fewer lines is not taken to have an empty line after each.
MIN_DOUBLE = 8
# A line at least this share of its neighbours' width was full: it ended for want of room.
FULL_LINE = 0.8
# A line on the page at least this often is its header or footer.
RUNNING = 3
BLANK = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
BULLET = re.compile(r"(?:[-*+•·▪◦●■□➢–]|\\[-*])\s+(?=\S)")
QUOTE = re.compile(r"(?:>\s?)+(?=\S)")
HYPHEN_END = re.compile(r"\w[-\u2010\u2011\u00ad\ufffe\x02]$")
TABLE_RULE = re.compile(r"[|\s:+=-]+")
# "... as planned." Developing rare earths: a sub-head that lost its line end.
STUCK_HEAD = re.compile(r"(?:[a-z]{2}[.!?]|[.!?][\"'”’])\s+(?=([A-Z][^.!?,;:\"“”]{8,60}[^\W_])$)")


@dataclass(frozen=True)
class Block:
    """raw[start:end] without marks at its edges; `text` is the same as one flat line, for looking at."""

    start: int
    end: int
    text: str
    kind: Kind
    level: int = 0  # of a markdown heading; 0: none
    item: bool = False  # of a bulleted list
    gap: int = 0  # empty lines before it


@dataclass(frozen=True)
class Line:
    start: int
    end: int
    text: str
    gap: int  # empty lines before it


def blocks_of(raw: str, start: int = 0, end: int | None = None) -> list[Block]:
    """The blocks of raw[start:end] in the order of the raw text."""
    lines = list(_lines(raw, start, len(raw) if end is None else end))
    double = len(lines) >= MIN_DOUBLE and all(line.gap for line in lines[1:]) and _is_wrapped(lines, 1)
    room = int(double)
    found = [_block(raw, group) for group in _groups(lines, room, wrapped=double or _is_wrapped(lines, 0))]
    parts = [part for at, block in enumerate(found) for part in _split(raw, block, found[at + 1 : at + 2])]
    return _in_context(_without_running_heads(parts))


def _lines(raw: str, start: int, end: int) -> Iterator[Line]:
    at, gap = start, 0
    for line in raw[start:end].splitlines(keepends=True):
        text = line.strip(BLANK + "\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        if not text or TABLE_RULE.fullmatch(text):
            gap += 1
        else:
            begin = at + line.index(text)
            yield Line(begin, begin + len(text), text, gap)
            gap = 0
        at += len(line)


def _is_wrapped(lines: list[Line], room: int) -> bool:
    """Whether line ends fall inside sentences: lines are short, and many an open one is followed by lower case.

    `room` is the number of empty lines between two lines of a paragraph: 1 in a text with double spacing.
    """
    inner = [(left.text, right.text) for left, right in pairwise(lines) if right.gap == room]
    if not inner or sum(len(line.text) > MAX_WRAPPED for line in lines) > len(lines) / 10:
        return False
    inside = sum(right[0].islower() and not shapes.is_closed(left) for left, right in inner)
    return inside > WRAPPED_SHARE * len(inner)


def _groups(lines: list[Line], room: int, *, wrapped: bool) -> Iterator[list[Line]]:
    """The lines of one block each."""
    for run in _runs(lines, room):
        width = max(len(line.text) for line in run)
        group = [run[0]]
        for line in run[1:]:
            if _goes_on(group, line, width, wrapped=wrapped):
                group.append(line)
            else:
                yield group
                group = [line]
        yield group


def _runs(lines: list[Line], room: int) -> Iterator[list[Line]]:
    """Lines with no more than `room` empty ones between them."""
    run: list[Line] = []
    for line in lines:
        if run and line.gap > room:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(group: list[Line], line: Line, width: int, *, wrapped: bool) -> bool:
    """Whether the line belongs to the block of the lines before it."""
    last = group[-1].text
    if _stands_alone(last) or _stands_alone(line.text) or BULLET.match(line.text):
        return False
    if shapes.is_numbered(line.text) and shapes.is_closed(last):
        return False
    if HYPHEN_END.search(last):
        return True
    if shapes.continues(line.text) and not shapes.is_closed(last):
        return True
    if not wrapped or (all(_is_title(part.text) for part in group) and not _is_title(line.text)):
        return False
    first = line.text.split(None, 1)[0]
    return len(last) + 1 + len(first) > FULL_LINE * width


def _is_title(text: str) -> bool:
    return shapes.is_head(text) and shapes.is_title_case(text)


def _stands_alone(text: str) -> bool:
    return bool(HEADING.match(text)) or _kind(shapes.flat(text)) not in {"text", "head"}


def _block(raw: str, group: list[Line]) -> Block:
    start, end = group[0].start, group[-1].end
    level, item = 0, False
    quote = QUOTE.match(raw, start, end)
    start = quote.end() if quote else start
    if heading := HEADING.match(raw, start, end):
        level, start = len(heading[1]), heading.end()
        end = start + len(raw[start:end].rstrip("#" + BLANK))
    elif bullet := BULLET.match(raw, start, end):
        item, start = True, bullet.end()
    if raw[start] == "|" and raw[end - 1] == "|":
        start, end = _inside(raw, start, end)
    text = shapes.flat(raw[start:end])
    kind = _kind(text)
    if level and kind == "text":
        kind = "head"
    return Block(start, end, text, kind, level, item, group[0].gap)


def _inside(raw: str, start: int, end: int) -> tuple[int, int]:
    """A table row without the bars at its edges."""
    row = raw[start:end].strip("|" + BLANK)
    begin = raw.index(row, start)
    return begin, begin + len(row)


def _kind(text: str) -> Kind:
    """What a flat line is by its shape."""
    return next((kind for kind, fits in KINDS if fits(text)), "text")


def _split(raw: str, block: Block, after: Sequence[Block]) -> Iterator[Block]:
    """The block, and the sub-head that stuck to its end as a block of its own."""
    stuck = STUCK_HEAD.search(raw, block.start, block.end) if block.kind == "text" else None
    broken = any(shapes.continues(below.text) or shapes.is_unit_of(below.text, block.text) for below in after)
    if stuck is None or broken or not 2 <= len(shapes.words(stuck[1])) <= 7:
        yield block
        return
    body = raw[block.start : stuck.end()].rstrip()
    yield replace(block, end=block.start + len(body), text=shapes.flat(body))
    tail = shapes.flat(raw[stuck.end() : block.end])
    yield Block(stuck.end(), block.end, tail, "head" if shapes.is_head(tail) else "text")


def _without_running_heads(blocks: list[Block]) -> list[Block]:
    """Lines that stand on the page again and again become furniture."""
    often = Counter(block.text for block in blocks if block.kind == "head")
    return [replace(b, kind="furniture") if b.kind == "head" and often[b.text] >= RUNNING else b for b in blocks]


def _in_context(blocks: list[Block]) -> list[Block]:
    """Heads seen beside what follows: a second line of a headline is one too, a cut-off sentence is none.

    An open line above all text is a headline, however long.
    """
    found = list(blocks)
    readable = [at for at, block in enumerate(found) if block.kind in {"head", "text"}]
    for top, below in pairwise(readable[:2]):
        if shapes.is_long_head(found[top].text) and not shapes.continues(found[below].text):
            found[top] = replace(found[top], kind="head")
    for at in range(len(found) - 1):
        head, after = found[at], found[at + 1]
        if head.kind != "head" or head.level or after.kind != "text" or not shapes.continues(after.text):
            continue
        if shapes.is_second_line(after.text):
            found[at + 1] = replace(after, kind="head")
        elif not shapes.is_title_case(head.text):
            found[at] = replace(head, kind="text")
    return found
