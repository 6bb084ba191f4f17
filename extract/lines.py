"""Raw text -> lines, and which of them belong together: the lines of a paragraph that was wrapped by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract import shapes

# Lines are wrapped between these widths, in characters: shorter ones are menus, longer ones whole paragraphs.
MIN_WRAPPED, MAX_WRAPPED = 20, 160
# Of a wrapped text's lines no more than this share is much longer than its width.
LONG_SHARE = 0.1
# A line is full if with the next word it would reach this share of the text's width: it ended for want of room.
FULL_LINE = 0.85
# At least this share of full lines ends inside a sentence where line ends are wrapped.
OPEN_SHARE = 0.5
# A text of fewer lines is not taken to have an empty line after each.
MIN_DOUBLE = 8
# So many blanks more than the line above open a paragraph.
INDENT = 2
BLANK = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
BULLET = re.compile(r"(?:[-*+•·▪◦●■□➢–]|\\[-*])\s+(?=\S)")
HYPHEN_END = re.compile(r"\w[-\u2010\u2011\u00ad\ufffe\x02]$")
TABLE_RULE = re.compile(r"[|\s:+=-]+")
# A rule between two articles or parts of one; right under a head of its length it only underlines that.
RULE = re.compile(r"(?:[-=*_~–—#+]\s*){3,}")
# What a line of this kind says of itself, it says of its start; a caption shows by its end.
OPENING = frozenset({"tags", "continued", "section", "byline", "date", "furniture"})


@dataclass(frozen=True)
class Line:
    """raw[start:end] without blanks at its edges."""

    start: int
    end: int
    text: str
    gap: int  # empty lines before it
    left: int  # columns of blanks before it
    ruled: bool  # whether a rule stands between it and the line above

    @property
    def right(self) -> int:
        """The column in which it ends."""
        return self.left + len(self.text)


def groups_of(raw: str, start: int, end: int) -> list[list[Line]]:
    """The lines of raw[start:end], those of one paragraph, head or other block together."""
    lines = list(_lines(raw, start, end))
    double = len(lines) >= MIN_DOUBLE and all(line.gap for line in lines[1:]) and _width(lines, 1) > 0
    room = int(double)
    usual = _width(lines, room)
    return [group for run in _runs(lines, room) for group in _groups(run, _width(run, room) or usual)]


def _lines(raw: str, start: int, end: int) -> Iterator[Line]:
    at, gap, ruled, above = start, 0, False, ""
    for line in raw[start:end].splitlines(keepends=True):
        text = line.strip(BLANK + "\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        if not text or TABLE_RULE.fullmatch(text) or RULE.fullmatch(text):
            ruled = ruled or (bool(RULE.fullmatch(text)) and not (gap == 0 and _underlines(text, above)))
            gap += 1
        else:
            indent = line.index(text)
            begin = at + indent
            yield Line(begin, begin + len(text), text, gap, len(line[:indent].expandtabs(4)), ruled)
            gap, ruled, above = 0, False, text
        at += len(line)


def _underlines(rule: str, head: str) -> bool:
    return abs(len(rule) - len(head)) <= 2 and shapes.is_head(shapes.flat(head))


def _width(lines: Sequence[Line], room: int) -> int:
    """The width that paragraphs are wrapped to, in characters; 0 where a line end is the end of a paragraph.

    `room` is the number of empty lines between two lines of a paragraph: 1 in a text with double spacing. The width
    is that of the lines that end inside a sentence for certain; they must make up most of the lines as long as they.
    """
    inner = [(left, right) for left, right in pairwise(lines) if right.gap == room]
    inside = [left.right for left, right in inner if _breaks_off(left.text, right.text)]
    width = round(median(inside)) if inside else 0
    if not MIN_WRAPPED <= width <= MAX_WRAPPED:
        return 0
    too_long = sum(line.right * FULL_LINE > width for line in lines)
    full = [shapes.is_closed(left.text) for left, right in inner if _is_full(left, right, width)]
    wrapped = too_long <= LONG_SHARE * len(lines) and full.count(False) >= OPEN_SHARE * len(full)
    return width if wrapped else 0


def _breaks_off(left: str, right: str) -> bool:
    """Whether a sentence goes on from one line to the next, for certain."""
    if shapes.is_closed(left) or len(left) < MIN_WRAPPED:
        return False
    return not shapes.is_head(left) or shapes.goes_on(left, right)


def _is_full(line: Line, below: Line, width: int) -> bool:
    """Whether the line had no room for the first word of the line below."""
    first = below.text.split(None, 1)[0]
    return line.right + 1 + len(first) > FULL_LINE * width


def _runs(lines: Sequence[Line], room: int) -> Iterator[list[Line]]:
    """Lines with no more than `room` empty ones between them."""
    run: list[Line] = []
    for line in lines:
        if run and line.gap > room:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _groups(run: Sequence[Line], width: int) -> Iterator[list[Line]]:
    group = [run[0]]
    for line in run[1:]:
        if _goes_on(group, line, width):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _goes_on(group: Sequence[Line], line: Line, width: int) -> bool:
    """Whether the line belongs to the block of the lines before it; `width` is 0 where lines are not wrapped."""
    first, last = group[0], group[-1]
    full = width > 0 and _is_full(last, line, width)
    inside = _is_inside(last.text, line.text, wrapped=width > 0)
    if _is_marked(last.text) or (_is_item(line) and not inside and _ends_item(first, last, full=full)):
        return False
    if inside and full:
        return True
    if _stands_alone(group) or _opens(line.text):
        return False
    if inside or HYPHEN_END.search(last.text):
        return True
    indented = line.left - last.left >= INDENT and not _is_item(first)
    return full and not indented


def _ends_item(first: Line, last: Line, *, full: bool) -> bool:
    """Whether an item may follow: after an item or a complete line, but not where a sentence was cut for want of room."""
    return _is_item(first) or not full or shapes.is_closed(last.text)


def _is_inside(left: str, right: str, *, wrapped: bool) -> bool:
    """Whether the line end is inside a sentence by what stands around it, "of" before it or lower case after it."""
    hangs = len(left) >= MIN_WRAPPED and not shapes.FUNCTION.isdisjoint(shapes.words(left)[-1:])
    return not shapes.is_closed(left) and (shapes.goes_on(left, right) or (wrapped and hangs))


def _opens(text: str) -> bool:
    """Whether a line says of itself that a block starts with it."""
    return _is_marked(text) or shapes.lead_of(text) is not None or shapes.kind_of(text) in OPENING


def _is_marked(text: str) -> bool:
    """Whether the line is a heading by its mark, and so all of it."""
    return bool(HEADING.match(text) or shapes.TITLE_LEAD.match(text))


def _is_item(line: Line) -> bool:
    return bool(BULLET.match(line.text)) or shapes.is_numbered(line.text)


def _stands_alone(group: Sequence[Line]) -> bool:
    """Whether the lines are complete as they are: a byline, a date, or a caption with its photo credit."""
    last = group[-1].text
    if shapes.is_caption(last):
        return not shapes.is_open_credit(last)
    return len(group) == 1 and shapes.kind_of(last) in OPENING
