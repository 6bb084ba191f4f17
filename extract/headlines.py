"""Which heads of a source are the headlines of its articles, and which section names stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import shapes
from extract.blocks import Block

# What may stand between a headline and its byline.
BETWEEN = frozenset({"section", "caption", "date", "byline", "continued"})
# A headline that nothing but its shape gives away has at least so many words.
MIN_WORDS = 4
CAPITALS = re.compile(r"[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)+")
# With these a second line of a headline starts, capitalised or not, and hardly ever a first one.
CARRY_ON = frozenset({"amid", "and", "for", "into", "of", "through", "to", "via", "with"})
PAPER = re.compile(r"\b[A-Z]{2,} [A-Z][a-z]+|\bStaff Reporters?\b")
OPEN_END = re.compile(r"[,:&–—-]$")


@dataclass(frozen=True)
class Headline:
    """Positions of a headline's lines, and of the section name beside it."""

    lines: tuple[int, ...]
    section: int | None = None

    @property
    def begin(self) -> int:
        """Position of the first block that belongs to the headline."""
        return self.lines[0] if self.section is None else min(self.lines[0], self.section)


def headlines(blocks: Sequence[Block], title: str | None) -> list[Headline]:
    """The headlines in the order of the text; none for a text that starts without one.

    A headline is a head with a byline, "From page 1", date of publication or dateline under it; the best head before
    the first text; and on a page that shows it is one of several articles, every head in title case long enough.
    `title` is what the source's metadata say.
    """
    runs = list(_runs(blocks))
    anchored = _anchored(blocks, runs)
    top = _top(blocks, runs, title)
    found = {*anchored, *_by_level(blocks, runs)}
    if top and not any(run[0] < _first_text(blocks) for run in found):
        found.add(top)
    if top:
        found |= {run for run in runs if _opens_article(blocks, run, top)}
    if len(anchored) > 1 or _is_paper(blocks, anchored):
        found |= {run for run in runs if _is_headline(blocks, run, anchored)}
    taken = {at for run in found for at in run}
    return [Headline(run, _section(blocks, run, taken)) for run in sorted(found)]


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[int, ...]]:
    """Heads, each with the lines that go on with it."""
    run: list[int] = []
    for at, block in enumerate(blocks):
        if run and not (block.kind == "head" and run[-1] == at - 1 and _one_headline(blocks[at - 1], block)):
            yield tuple(run)
            run = []
        if block.kind == "head":
            run.append(at)
    if run:
        yield tuple(run)


def _one_headline(upper: Block, lower: Block) -> bool:
    """Whether two heads one under the other are lines of one headline."""
    if upper.level != lower.level:
        return False
    first, last = shapes.words(lower.text)[0], shapes.words(upper.text)[-1]
    if (
        first[0].islower()
        or first.lower() in CARRY_ON
        or last.lower() in shapes.FUNCTION
        or OPEN_END.search(upper.text)
    ):
        return True
    one_is_section = shapes.is_section_shape(upper.text) or shapes.is_section_shape(lower.text)
    return lower.gap == 0 and not upper.level and not one_is_section


def _text(blocks: Sequence[Block], run: tuple[int, ...]) -> str:
    return " ".join(blocks[at].text for at in run)


def _anchored(blocks: Sequence[Block], runs: Sequence[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Heads with a byline, page reference or date of publication under them.

    Where most of them are in title case the others are none: a cut-off sentence above a byline that columns moved.
    """
    ends = {run[-1]: run for run in runs}
    found = {run for at in range(len(blocks)) if _is_anchor(blocks[at]) and (run := _above(blocks, at, ends))}
    titled = {run for run in found if shapes.is_title_case(_text(blocks, run))}
    return titled if len(titled) > len(found) / 2 else found


def _is_anchor(block: Block) -> bool:
    if block.kind == "text":
        return shapes.dateline(block.text) is not None
    return block.kind in {"byline", "continued"} or (block.kind == "date" and shapes.is_dated_label(block.text))


def _above(blocks: Sequence[Block], at: int, ends: dict[int, tuple[int, ...]]) -> tuple[int, ...] | None:
    """The head right above a byline or the like, over a section name that nobody listed."""
    upper = at - 1
    while upper >= 0 and blocks[upper].kind in BETWEEN:
        upper -= 1
    run = ends.get(upper)
    if run is None or shapes.NUMBERED.match(_text(blocks, run)):
        return None
    over = ends.get(run[0] - 1)
    if over and shapes.is_section_shape(_text(blocks, run)) and _is_long_title(_text(blocks, over)):
        return over
    return run


def _is_long_title(text: str) -> bool:
    return shapes.is_title_case(text) and len(shapes.words(text)) >= MIN_WORDS


def _by_level(blocks: Sequence[Block], runs: Sequence[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """The markdown headings of the first level, where they are several and look like headlines, or only one."""
    first = [run for run in runs if blocks[run[0]].level == 1]
    long = [run for run in first if len(shapes.words(_text(blocks, run))) >= MIN_WORDS]
    return set(first if len(first) == 1 else long)


def _first_text(blocks: Sequence[Block]) -> int:
    return next((at for at, block in enumerate(blocks) if block.kind == "text"), len(blocks))


def _top(blocks: Sequence[Block], runs: Sequence[tuple[int, ...]], title: str | None) -> tuple[int, ...] | None:
    """The best of the heads before the first text.

    That is the one the metadata name, else a long one with a date under it, else a long one that opens the source,
    else the longest in title case (lines of the site stand above it), else the last long one.
    """
    first_text = _first_text(blocks)
    heads = [run for run in runs if run[-1] < first_text]
    named = [run for run in heads if title and _text(blocks, run).casefold() == shapes.flat(title).casefold()]
    titled = [run for run in heads if _is_long_title(_text(blocks, run))]
    long = [run for run in heads if len(shapes.words(_text(blocks, run))) >= MIN_WORDS]
    if not named and long and long[-1] == heads[-1] and _is_dated(blocks, heads[-1]):
        return long[-2] if _is_subtitle(blocks, long) else long[-1]
    if named or (long and long[0][0] == 0):
        return (named or long)[0]
    if titled:
        return max(titled, key=lambda run: len(_text(blocks, run)))
    return long[-1] if long else heads[0] if heads else None


def _is_subtitle(blocks: Sequence[Block], heads: Sequence[tuple[int, ...]]) -> bool:
    """Whether the last of the heads stands right under the one before it."""
    if len(heads) < 2:
        return False
    upper, lower = heads[-2][-1], heads[-1][0]
    return lower == upper + 1 and blocks[lower].gap <= 1


def _is_dated(blocks: Sequence[Block], run: tuple[int, ...]) -> bool:
    """Whether nothing stands between the head and a date line under it but a byline or the like."""
    for block in blocks[run[-1] + 1 :]:
        if block.kind not in BETWEEN:
            return False
        if block.kind == "date":
            return True
    return False


def _opens_article(blocks: Sequence[Block], run: tuple[int, ...], top: tuple[int, ...]) -> bool:
    """Whether the head is the first under a rule on the page, after a text, and looks as the first headline does."""
    text = _text(blocks, run)
    above = run[0]
    while above > 0 and not blocks[above].ruled and blocks[above - 1].kind in BETWEEN:
        above -= 1
    alike = (
        shapes.is_title_case(text) == shapes.is_title_case(_text(blocks, top)) and len(shapes.words(text)) >= MIN_WORDS
    )
    return blocks[above].ruled and above > _first_text(blocks) and alike and not shapes.NUMBERED.match(text)


def _is_paper(blocks: Sequence[Block], anchored: set[tuple[int, ...]]) -> bool:
    """Whether a byline under a headline is a newspaper's: surname in capitals, "Staff Reporters", "From page 1"."""
    below = (blocks[at] for run in anchored for at in range(run[-1] + 1, min(run[-1] + 4, len(blocks))))
    return any(block.kind == "continued" or (block.kind == "byline" and PAPER.search(block.text)) for block in below)


def _is_headline(blocks: Sequence[Block], run: tuple[int, ...], anchored: set[tuple[int, ...]]) -> bool:
    """Whether the head of a page with several articles is a headline by its shape alone."""
    text = _text(blocks, run)
    levels = {blocks[other[0]].level for other in anchored}
    if not _is_long_title(text) or shapes.NUMBERED.match(text) or blocks[run[0]].level not in levels:
        return False
    return not _is_name(text, " ".join(block.text for block in blocks if block.kind == "text"))


def _is_name(text: str, body: str) -> bool:
    """Whether the head owes its capitals to names that the text uses too ("Developing Hainan Free Trade Port")."""
    for capitals in CAPITALS.findall(text):
        parts = capitals.split()
        spans = ((i, j) for i in range(len(parts) - 1) for j in range(len(parts), i + 1, -1))
        name = next((" ".join(parts[i:j]) for i, j in spans if " ".join(parts[i:j]) in body), None)
        if name:
            text = text.replace(name, "", 1)
    left = [word for word in shapes.words(text)[1:] if word[0].isupper()]
    return len(left) < 2


def _section(blocks: Sequence[Block], run: tuple[int, ...], taken: set[int]) -> int | None:
    """Position of the section name between headline and byline or right above the headline."""
    under = run[-1] + 1
    for at in range(under, len(blocks)):
        if blocks[at].kind == "section":
            return at
        if blocks[at].kind not in BETWEEN:
            break
    if under + 1 < len(blocks) and _is_unlisted(blocks, under, taken) and blocks[under + 1].kind == "byline":
        return under
    above = run[0] - 1
    while above > 0 and blocks[above].kind == "caption":
        above -= 1
    listed = above >= 0 and blocks[above].kind == "section"
    if above >= 0 and (listed or _is_unlisted(blocks, above, taken)) and not _is_menu(blocks, above):
        return above
    return None


def _is_menu(blocks: Sequence[Block], at: int) -> bool:
    """Whether a section name or the like stands under another, right under it if it is a listed one: a site's menu."""
    above, room = blocks[at - 1] if at else None, int(blocks[at].kind == "head")
    alike = above is not None and above.kind in {"head", "section"} and above.text != blocks[at].text
    return alike and blocks[at].gap <= room


def _is_unlisted(blocks: Sequence[Block], at: int, taken: set[int]) -> bool:
    """Whether the block looks like a section name that nobody listed."""
    return at not in taken and blocks[at].kind == "head" and shapes.is_section_shape(blocks[at].text)
