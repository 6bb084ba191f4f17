"""Character by character repair of one stretch of raw text, every character tied to its place in the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from extract.hyphens import Vocabulary, hyphen_between

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# U+FFFE and U+0002 are what PDF readers leave of a hyphen at a line end, U+00AD is the soft hyphen.
BREAK = "\u00ad\ufffe\x02"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\x00-\x08\x0e-\x1b\x7f"
BLOCK_TAG = re.compile(r"</?(?:br|center|div|p)\b", re.IGNORECASE)
DIRT = re.compile(
    rf"""(?P<hyphen>[-\u2010\u2011]\s+(?=\w)|[{BREAK}]\s*(?=\w))
    |(?P<number>,\s+(?=0\d\d(?!\d)|\d\d\d,\s*0\d\d(?!\d)))
    |(?P<blank>\s\s+|[^\S ])
    |(?P<unseen>[{UNSEEN}]+)
    |(?P<ligature>[ﬀ-ﬆ])
    |(?P<tag></?(?:a|b|big|br|center|div|em|font|i|mark|p|s|small|span|strong|sub|sup|u)\b[^<>]{{0,200}}>)
    |(?P<link>!?\[(?P<label>[^\[\]]*)\]\([^()\s]*\))
    |(?P<entity>&(?:[a-zA-Z]{{2,8}}|\#\d{{2,6}});)""",
    re.VERBOSE | re.IGNORECASE,
)
EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*]+?(?<=[^\s*])\1(?!\*)|(?<!\w)(_{1,2})(?=[^\s_])[^_]+?(?<=[^\s_])\2(?!\w)"
)
LEFT = re.compile(r"[\w-]+$")
RIGHT = re.compile(r"[^\W_]+")
WORD = re.compile(r"(?<![\w@./\\])[^\W\d_]+(?![\w@/\\]|\.\w)")


@dataclass(frozen=True)
class Repaired:
    """Repaired text and, for each of its characters, the offset of that character in the raw text.

    A character that repair put in (a hyphen, a blank) has the offset of the character after it; the letters of a
    ligature share one. Offsets grow, except where a piece of text was moved.
    """

    text: str
    offsets: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest raw span with every character of text[start:end]; ValueError for an empty or outside span."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is empty or outside the text of length {len(self.text)}")
        inside = self.offsets[start:end]
        return min(inside), max(inside) + 1


@dataclass(frozen=True, order=True)
class Edit:
    """Raw characters [start, end) become `text`."""

    start: int
    end: int
    text: str = ""


def clean(raw: str, start: int, end: int, known: Vocabulary) -> Repaired:
    """raw[start:end] as one line of clean text."""
    pieces: list[str] = []
    offsets: list[int] = []
    at = start
    for edit in sorted(_edits(raw, start, end, known)):
        if edit.start < at:
            continue
        pieces += raw[at : edit.start], edit.text
        offsets += range(at, edit.start)
        offsets += (edit.start,) * len(edit.text)
        at = edit.end
    pieces.append(raw[at:end])
    offsets += range(at, end)
    return _stripped("".join(pieces), offsets)


def _stripped(text: str, offsets: list[int]) -> Repaired:
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    return Repaired(text[first:last], tuple(offsets[first:last]))


def _edits(raw: str, start: int, end: int, known: Vocabulary) -> Iterator[Edit]:
    for match in DIRT.finditer(raw, start, end):
        yield from _mend(match, raw, start, known)
    if raw.find("*", start, end) >= 0 or raw.find("_", start, end) >= 0:
        yield from _emphasis(raw, start, end)
    if known.lost:
        yield from _lost(raw, start, end, known)


def _mend(match: re.Match[str], raw: str, start: int, known: Vocabulary) -> Iterator[Edit]:
    begin, end, dirt = match.start(), match.end(), match[0]
    match match.lastgroup:
        case "hyphen":
            yield _hyphen(begin, end, raw, start, known)
        case "number" if raw[begin - 1 : begin].isdigit():
            yield Edit(begin + 1, end)
        case "number" | "blank" if dirt.lstrip(",") != " ":
            yield Edit(begin + dirt.count(","), end, " ")
        case "unseen":
            yield Edit(begin, end)
        case "ligature":
            yield Edit(begin, end, LIGATURES[dirt])
        case "tag":
            yield Edit(begin, end, " " if BLOCK_TAG.match(dirt) else "")
        case "entity" if unescape(dirt) != dirt:
            yield Edit(begin, end, unescape(dirt).replace("\u00a0", " "))
        case "label" | "link":
            label = match.span("label") if dirt[0] == "[" else (end, end)
            yield Edit(begin, label[0])
            yield Edit(label[1], end)


def _hyphen(begin: int, end: int, raw: str, start: int, known: Vocabulary) -> Edit:
    """The hyphen and the blanks after it as they should be; a hyphen that stays keeps one blank."""
    left, right = LEFT.search(raw, max(start, begin - 40), begin), RIGHT.match(raw, end)
    gap, soft = raw[begin + 1 : end], raw[begin] in BREAK
    if left and right:
        line_end = soft or "\n" in gap or "\r" in gap
        hyphen = hyphen_between(left[0], right[0], known, line_end=line_end)
        if hyphen is not None:
            return Edit(begin, end, hyphen)
    return Edit(begin, end, " " if gap else "") if soft else Edit(begin + 1, end, " ")


def _emphasis(raw: str, start: int, end: int) -> Iterator[Edit]:
    for match in EMPHASIS.finditer(raw, start, end):
        width = len(match[1] or match[2])
        yield Edit(match.start(), match.start() + width)
        yield Edit(match.end() - width, match.end())


def _lost(raw: str, start: int, end: int, known: Vocabulary) -> Iterator[Edit]:
    """A hyphen into each word that lost it: "highquality", "Hightech", but no word in capitals."""
    for match in WORD.finditer(raw, start, end):
        cut = known.lost.get(match[0].lower())
        if cut and match[0][1:].islower():
            yield Edit(match.start() + cut, match.start() + cut, "-")
