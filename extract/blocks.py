"""Raw text -> blocks: paragraphs, heads, captions and the lines around them, with their raw offsets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract import shapes
from extract.lines import BLANK, BULLET, HEADING, Line, groups_of
from extract.shapes import Kind

# A line on the page at least this often is its header or footer.
RUNNING = 3
QUOTE = re.compile(r"(?:>\s?)+(?=\S)")
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
    ruled: bool = False  # whether a rule stands between it and the block above


def blocks_of(raw: str, start: int = 0, end: int | None = None) -> list[Block]:
    """The blocks of raw[start:end] in the order of the raw text."""
    found = [_block(raw, group) for group in groups_of(raw, start, len(raw) if end is None else end)]
    parts = [part for at, block in enumerate(found) for part in _split(raw, block, found[at + 1 : at + 2])]
    return _in_context(_without_running_heads(parts))


def without_furniture(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without page furniture; where some stood is a wide gap, that no headline goes over."""
    found: list[Block] = []
    gap, ruled = 0, False
    for block in blocks:
        if block.kind == "furniture":
            gap, ruled = gap + block.gap + 2, ruled or block.ruled
        else:
            found.append(replace(block, gap=block.gap + gap, ruled=block.ruled or ruled) if gap else block)
            gap, ruled = 0, False
    return found


def _block(raw: str, group: Sequence[Line]) -> Block:
    start, end = group[0].start, group[-1].end
    level, item = 0, False
    quote = QUOTE.match(raw, start, end)
    start = quote.end() if quote else start
    lead = shapes.lead_of(raw[start:end])
    if heading := HEADING.match(raw, start, end):
        level, start = len(heading[1]), heading.end()
        end = start + len(raw[start:end].rstrip("#" + BLANK))
    elif bullet := BULLET.match(raw, start, end):
        item, start = True, bullet.end()
    elif lead:
        level, start = int(lead[0] == "head"), start + lead[1]
    if raw[start] == "|" and raw[end - 1] == "|":
        start, end = _inside(raw, start, end)
    text = shapes.flat(raw[start:end])
    kind = lead[0] if lead else shapes.kind_of(text)
    if level and kind == "text" and shapes.words(text):
        kind = "head"
    return Block(start, end, text, kind, level, item, group[0].gap, group[0].ruled)


def _inside(raw: str, start: int, end: int) -> tuple[int, int]:
    """A table row without the bars at its edges."""
    row = raw[start:end].strip("|" + BLANK)
    begin = raw.index(row, start)
    return begin, begin + len(row)


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
