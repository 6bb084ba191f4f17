"""Repair of text out of PDF, OCR and web pages, every character tied to its place in the raw text.

What is mended: words broken at line ends, blanks after a hyphen, hyphens lost between the parts of a known compound,
sentences broken by line ends, blank lines or a caption, evident column jumps, "100, 000", markdown marks, tags, page
furniture, soft hyphens, ligatures, odd blanks. What is not certain stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract import shapes
from extract.blocks import Block, blocks_of, without_furniture
from extract.clean import BREAK, RIGHT, Repaired, clean
from extract.columns import chains
from extract.hyphens import Vocabulary, hyphen_between, vocabulary
from extract.wordlists import lowered

__all__ = ["PARAGRAPH", "Repaired", "compose", "repair"]

PARAGRAPH = "\n\n"
BROKEN = re.compile(rf"([\w-]*\w)[-\u2010\u2011{BREAK}]$")
LAST_WORD = re.compile(r"[^\W\d_]+$")
FIRST_CHAIN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


def repair(raw: str, start: int = 0, end: int | None = None) -> Repaired:
    """The readable text of raw[start:end]: paragraphs in reading order, two line feeds between them."""
    known = vocabulary(raw)
    return compose(raw, chains(without_furniture(blocks_of(raw, start, end)), known), known)


def compose(raw: str, paragraphs: Iterable[Sequence[Block]], known: Vocabulary) -> Repaired:
    """The paragraphs, each a chain of blocks that belong together, as one text; captions lose their photo credit."""
    text: list[str] = []
    offsets: list[int] = []
    for chain in paragraphs:
        piece = _paragraph(raw, chain, known)
        if piece.text and text:
            text.append(PARAGRAPH)
            offsets += (piece.offsets[0],) * len(PARAGRAPH)
        text.append(piece.text)
        offsets += piece.offsets
    return Repaired("".join(text), tuple(offsets))


def _paragraph(raw: str, chain: Sequence[Block], known: Vocabulary) -> Repaired:
    text = ""
    offsets: list[int] = []
    for block in chain:
        piece = clean(raw, block.start, _end(raw, block), known)
        if piece.text and text:
            text, glue = _glue(text, piece.text, known)
            offsets[len(text) :] = (piece.offsets[0],) * len(glue)
            text += glue
        text += piece.text
        offsets += piece.offsets
    return Repaired(text, tuple(offsets))


def _end(raw: str, block: Block) -> int:
    """Where the block's own text ends, before its photo credit."""
    credit = shapes.credit_start(raw[block.start : block.end]) if block.kind == "caption" else None
    return block.end if credit is None else block.start + credit


def _glue(left: str, right: str, known: Vocabulary) -> tuple[str, str]:
    """The left text without a hyphen that only broke a word, and what goes between it and the right text."""
    broken, first = BROKEN.search(left), RIGHT.match(right)
    if broken and first:
        hyphen = hyphen_between(broken[1], first[0], known, line_end=True)
        return (left, " ") if hyphen is None else (left[:-1], hyphen)
    last, parts = LAST_WORD.search(left), FIRST_CHAIN.match(right)
    if last and parts and f"{last[0]}-{parts[0]}".lower() in known.compounds | lowered("hyphen-chains"):
        return left, "-"
    return left, " "
