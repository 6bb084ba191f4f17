"""Which blocks continue which: sentences broken by blank lines, captions and column ends, put together again.

Only evident joins are made. A hyphen fragment is joined to a lower-case start with which it makes a word; an open
sentence to a lower-case start; and where such joins show that columns were printed out of order, the sentence that
was left open before them to their head. What has no evident continuation stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from extract import shapes
from extract.blocks import Block
from extract.hyphens import Vocabulary, forms_word, is_compound, is_word

# A hyphen fragment's other half may stand so many text blocks away, an open sentence's so many.
HYPHEN_REACH = 6
SENTENCE_REACH = 2
BROKEN = re.compile(r"([^\W_]+)[-\u2010\u2011\u00ad\ufffe\x02]$")
FIRST = re.compile(r"[^\W_]+")
NAME_END = re.compile(r"[A-Z][\w'’-]*\s+[A-Z][\w'’-]*$")


class Links:
    """Which block continues which, by position; no block has two neighbours on one side, no chain is a ring."""

    def __init__(self, size: int) -> None:
        self.next: list[int | None] = [None] * size
        self.last: list[int | None] = [None] * size

    def join(self, left: int, right: int) -> bool:
        """Let `right` continue `left`; False where either is taken or a ring would close."""
        if self.next[left] is not None or self.last[right] is not None or self.head(left) == right:
            return False
        self.next[left], self.last[right] = right, left
        return True

    def head(self, at: int) -> int:
        while (before := self.last[at]) is not None:
            at = before
        return at

    def chain(self, at: int) -> list[int]:
        """The positions of the whole chain that holds `at`, in reading order."""
        found = [self.head(at)]
        while (after := self.next[found[-1]]) is not None:
            found.append(after)
        return found


def chains(blocks: Sequence[Block], known: Vocabulary) -> list[tuple[Block, ...]]:
    """The blocks as paragraphs: each a chain of blocks in reading order, at the place of its first block on the page.

    A caption that interrupts a chain comes after it.
    """
    links = _links(blocks, known)
    done: set[int] = set()
    found = []
    for at in range(len(blocks)):
        if at not in done:
            chain = links.chain(at)
            done.update(chain)
            found.append(tuple(blocks[i] for i in chain))
    return found


def _links(blocks: Sequence[Block], known: Vocabulary) -> Links:
    links = Links(len(blocks))
    texts = [at for at, block in enumerate(blocks) if _takes_part(blocks, at)]
    _join_hyphens(blocks, texts, links, lambda left, right: _makes_word(left, right, known))
    _join_neighbours(blocks, texts, links)
    _join_nearby(blocks, texts, links)
    _join_swapped(blocks, texts, links)
    return links


def _takes_part(blocks: Sequence[Block], at: int) -> bool:
    """Whether the block can be joined to others: running text only."""
    return blocks[at].kind == "text"


def _join_hyphens(
    blocks: Sequence[Block], texts: list[int], links: Links, makes_word: Callable[[str, str], bool]
) -> None:
    """Join halves of words: next block first, then the one other block near by with which a word comes out."""
    broken = [(place, found[1]) for place, at in enumerate(texts) if (found := BROKEN.search(blocks[at].text))]
    for place, half in broken:
        if place + 1 < len(texts) and makes_word(half, blocks[texts[place + 1]].text):
            links.join(texts[place], texts[place + 1])
    for place, half in broken:
        if links.next[texts[place]] is None:
            window = texts[max(0, place - HYPHEN_REACH) : place + HYPHEN_REACH + 1]
            fits = [at for at in window if links.last[at] is None and _is_torn(half, blocks[at].text, makes_word)]
            if len(fits) == 1:
                links.join(texts[place], fits[0])
    for place, half in broken:
        if place + 1 < len(texts) and _is_rest_of_word(half, blocks[texts[place + 1]].text):
            links.join(texts[place], texts[place + 1])


def _first(text: str) -> str:
    """The first word of the text, up to a hyphen; empty where it starts with none."""
    found = FIRST.match(text)
    return found[0] if found else ""


def _makes_word(half: str, right: str, known: Vocabulary) -> bool:
    first = _first(right)
    whole = forms_word(half, first, known) or is_compound(half, first, known.compounds)
    return first != "" and shapes.continues(right) and whole


def _is_torn(half: str, right: str, makes_word: Callable[[str, str], bool]) -> bool:
    """Whether the right text starts with a fragment that is no word by itself and that the half completes."""
    return not is_word(_first(right)) and makes_word(half, right)


def _is_rest_of_word(half: str, right: str) -> bool:
    """Whether the right text starts with what can only be the rest of a word or compound, though of an unknown one."""
    first = _first(right)
    return first != "" and shapes.continues(right) and is_word(half) == is_word(first)


def _is_open(block: Block) -> bool:
    return not shapes.is_closed(block.text) and not BROKEN.search(block.text) and not block.item


def _wants_start(block: Block) -> bool:
    """Whether the block starts inside a sentence, with a whole word or compound."""
    first = _first(block.text)
    whole = is_word(first) or block.text[len(first) : len(first) + 1] in {"-", "'", "’"}
    return first != "" and whole and not block.item and shapes.continues(block.text)


def _join_neighbours(blocks: Sequence[Block], texts: list[int], links: Links) -> None:
    """Join an open sentence to the next text where that goes on in lower case, or with the unit of its last number."""
    for left, right in pairwise(texts):
        unit = shapes.is_unit_of(blocks[right].text, blocks[left].text)
        same_part = all(blocks[at].kind != "head" for at in range(left + 1, right))
        if same_part and _is_open(blocks[left]) and (unit or _wants_start(blocks[right])):
            links.join(left, right)


def _join_nearby(blocks: Sequence[Block], texts: list[int], links: Links) -> None:
    """Join a text that goes on in lower case after a closed one to the nearest sentence left open, if there is one."""
    for place, right in enumerate(texts):
        if links.last[right] is not None or not _wants_start(blocks[right]):
            continue
        for distance in range(1, SENTENCE_REACH + 1):
            near = [texts[at] for at in (place - distance, place + distance) if 0 <= at < len(texts)]
            fits = [at for at in near if links.next[at] is None and _is_open(blocks[at]) and _starts(blocks[at])]
            if len(fits) == 1:
                links.join(fits[0], right)
            if fits:
                break


def _starts(block: Block) -> bool:
    return not shapes.continues(block.text)


def _join_swapped(blocks: Sequence[Block], texts: list[int], links: Links) -> None:
    """Join the sentence left open before a chain whose head was printed later than its second block to that head."""
    for left, right in pairwise(texts):
        head = links.head(right)
        if head > right and links.next[left] is None and _is_open(blocks[left]):
            links.join(left, head)


def place_of(lead: Sequence[Block], body: Sequence[Block]) -> int:
    """Where in the body a text printed before it belongs that breaks off in a sentence: before the block that goes on.

    That is a block that starts inside a sentence while the one before it is closed, else one before which a name
    breaks off, else none: the end of the body.
    """
    texts = [at for at, block in enumerate(body) if block.kind == "text"]
    starts = [(left, right) for left, right in pairwise(texts) if _wants_start(body[right])]
    after_closed = [right for left, right in starts if shapes.is_closed(body[left].text)]
    after_name = [right for left, right in starts if NAME_END.search(body[left].text)]
    return (after_closed or after_name or [len(body)])[-1]
