"""A source -> its articles: headline, section, byline, dateline, date and repaired body of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract import shapes
from extract.blocks import Block, blocks_of, without_furniture
from extract.clean import Repaired
from extract.columns import chains, place_of
from extract.headlines import Headline, headlines
from extract.hyphens import Vocabulary, vocabulary
from extract.repair import compose
from extract.sources import Source

MAX_TITLE = 120
# A headline's body may start so many blocks above a byline that columns moved into it.
BYLINE_REACH = 8


@dataclass(frozen=True)
class Article:
    """One article of a source.

    `body` starts with the headline as its first paragraph (an article without one has its first words as title, and
    no paragraph more); heads and captions are paragraphs of their own; section, byline, dateline and page furniture
    are not in it. `start` and `end` are offsets into the source's text and enclose all of the body: ranges of
    articles overlap where columns printed a part of one inside another. `date` is ISO 8601.
    """

    id: str
    title: str
    section: str | None
    byline: str | None
    dateline: str | None
    date: str | None
    start: int
    end: int
    body: Repaired

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the source's text with every character of body.text[start:end]."""
        return self.body.raw_span(start, end)


@dataclass(frozen=True)
class Part:
    """The blocks of one article."""

    title: tuple[Block, ...]
    section: Block | None
    blocks: tuple[Block, ...]

    @property
    def has_text(self) -> bool:
        """Whether anything stands under the title that can be read; a picture story has but a caption."""
        return any(block.kind in {"text", "caption"} for block in self.blocks)


def split_articles(source: Source) -> list[Article]:
    """The articles of the source in the order of the text; none where it holds nothing but page furniture."""
    known = vocabulary(source.text)
    every = blocks_of(source.text)
    blocks = without_furniture(every)
    parts = _with_lead_ins(_with_displaced(_parts(blocks, headlines(blocks, source.title))))
    date = source.date or _masthead_date(every)
    author = source.author if len(parts) == 1 else None
    found = [article for part in parts if (article := _article(source.text, part, known))]
    return [
        replace(article, id=f"a{at}", date=article.date or date, byline=article.byline or author)
        for at, article in enumerate(found, 1)
    ]


def _parts(blocks: Sequence[Block], heads: Sequence[Headline]) -> list[Part]:
    """The blocks cut at the headlines; what stands before the first is a part without title if it holds text."""
    if not heads:
        return [Part((), None, tuple(blocks))] if blocks else []
    lead = Part((), None, tuple(blocks[: heads[0].begin]))
    ends = [head.begin for head in heads[1:]] + [len(blocks)]
    parts = [_part(blocks, head, end) for head, end in zip(heads, ends, strict=True)]
    return [lead, *parts] if lead.has_text else parts


def _part(blocks: Sequence[Block], head: Headline, end: int) -> Part:
    own = {*head.lines, head.section}
    rest = tuple(blocks[at] for at in range(head.begin, end) if at not in own)
    section = None if head.section is None else blocks[head.section]
    return Part(tuple(blocks[at] for at in head.lines), section, rest)


def _with_displaced(parts: Sequence[Part]) -> list[Part]:
    """Headlines without a text get the text that follows a second byline; others join the headline they stand on."""
    found: list[Part] = []
    waiting: list[Part] = []
    for at, part in enumerate(parts):
        if part.title and not part.has_text and at + 1 < len(parts):
            waiting.append(part)
            continue
        cut = _second_start(part) if waiting else None
        if cut is None:
            found.append(part)
        else:
            title = waiting.pop(0)
            found.append(replace(part, blocks=part.blocks[:cut]))
            found.append(replace(title, blocks=title.blocks + part.blocks[cut:]))
    return _with_kickers(found, waiting, parts)


def _second_start(part: Part) -> int | None:
    """Where a second article starts in the part, shown by a byline after its text; None without one."""
    texts = [at for at, block in enumerate(part.blocks) if block.kind == "text"]
    bylines = [at for at, block in enumerate(part.blocks) if block.kind == "byline" and texts and at > texts[0]]
    if not bylines:
        return None
    above = [at for at in texts if bylines[0] - BYLINE_REACH <= at < bylines[0]]
    for before, at in zip(reversed(above[:-1]), reversed(above[1:]), strict=True):
        if shapes.continues(part.blocks[at].text) and shapes.is_closed(part.blocks[before].text):
            return at
    return bylines[0]


def _with_kickers(found: list[Part], waiting: Sequence[Part], parts: Sequence[Part]) -> list[Part]:
    """Headlines that still have no text become the first line of the headline after them."""
    for kicker in reversed(waiting):
        after = parts[parts.index(kicker) + 1]
        at = next((at for at, part in enumerate(found) if after.title[-1] in part.title), None)
        if at is not None:
            part = found[at]
            section = part.section or kicker.section
            found[at] = Part(kicker.title + part.title, section, kicker.blocks + part.blocks)
    return found


def _with_lead_ins(parts: Sequence[Part]) -> list[Part]:
    """Text that columns printed above its headline moves to the article under the headline."""
    found = list(parts)
    for at in range(1, len(found)):
        upper, lower = found[at - 1], found[at]
        cut = _lead_in(upper)
        if cut is not None and lower.title and _follows(upper, lower):
            lead = upper.blocks[cut:]
            place = place_of(lead, lower.blocks)
            found[at - 1] = replace(upper, blocks=upper.blocks[:cut])
            found[at] = replace(lower, blocks=lower.blocks[:place] + lead + lower.blocks[place:])
    return [part for part in found if part.title or part.blocks]


def _follows(upper: Part, lower: Part) -> bool:
    return bool(upper.blocks) and upper.blocks[-1].end <= lower.title[0].start


def _lead_in(part: Part) -> int | None:
    """Where the text starts that closes the part's blocks after a wide gap and breaks off inside a sentence."""
    gaps = [at for at, block in enumerate(part.blocks) if block.kind == "text" and (at == 0 or _is_region(part, at))]
    cut = gaps[-1] if gaps else None
    if cut is None or any(block.kind != "text" for block in part.blocks[cut:]):
        return None
    starts_well = not shapes.continues(part.blocks[cut].text) and (cut > 0 or not part.title)
    return cut if starts_well and not shapes.is_closed(part.blocks[-1].text) else None


def _is_region(part: Part, at: int) -> bool:
    """Whether a wider gap stands before the block than between paragraphs, after a text that is closed."""
    usual = sorted(block.gap for block in part.blocks)[len(part.blocks) // 2]
    above = [block for block in part.blocks[:at] if block.kind == "text"]
    return part.blocks[at].gap >= usual + 2 and bool(above) and shapes.is_closed(above[-1].text)


def _article(raw: str, part: Part, known: Vocabulary) -> Article | None:
    dateline, blocks = _without_dateline(raw, part.blocks)
    body = compose(
        raw,
        [part.title, *chains(list(_body(blocks)), known)] if part.title else chains(list(_body(blocks)), known),
        known,
    )
    if not body.text:
        return None
    byline = next((shapes.byline(block.text) for block in blocks if block.kind == "byline"), None)
    section = part.section.text if part.section else None
    start, end = body.raw_span(0, len(body.text))
    return Article("", _title(body, part), section, byline, dateline, _date(blocks, dateline), start, end, body)


def _title(body: Repaired, part: Part) -> str:
    first = body.text.split("\n", 1)[0]
    if part.title or len(first) <= MAX_TITLE:
        return first
    return first[: MAX_TITLE + 1].rsplit(" ", 1)[0][:MAX_TITLE].rstrip(" ,;:-–—")


def _body(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks that are read, tags last; dates of publication, bylines and page references are not."""
    first_text = next((at for at, block in enumerate(blocks) if block.kind == "text"), len(blocks))
    for at, block in enumerate(blocks):
        if block.kind == "section":
            yield replace(block, kind="head")
        elif block.kind == "date":
            if at > first_text and not shapes.is_dated_label(block.text):
                yield block
        elif block.kind not in {"byline", "continued", "tags"}:
            yield block
    yield from (block for block in blocks if block.kind == "tags")


def _without_dateline(raw: str, blocks: Sequence[Block]) -> tuple[str | None, list[Block]]:
    """The dateline that opens the first text, and the blocks without it."""
    found = list(blocks)
    at = next((at for at, block in enumerate(blocks) if block.kind == "text"), None)
    opening = None if at is None else shapes.dateline(raw[blocks[at].start : blocks[at].end])
    if at is None or opening is None:
        return None, found
    found[at] = replace(blocks[at], start=blocks[at].start + opening[1])
    return opening[0], found


def _date(blocks: Sequence[Block], dateline: str | None) -> str | None:
    """The date of publication that the article itself gives."""
    first_text = next((at for at, block in enumerate(blocks) if block.kind == "text"), len(blocks))
    dates = [(at, block.text) for at, block in enumerate(blocks) if block.kind == "date"]
    lines = [text for at, text in dates if at < first_text or at == len(blocks) - 1 or shapes.is_dated_label(text)]
    lines += [block.text for block in blocks if block.kind == "byline"]
    lines += [dateline] if dateline else []
    return next((date for line in lines if (date := shapes.iso_date(line))), None)


def _masthead_date(blocks: Sequence[Block]) -> str | None:
    """The date in the page's own lines above the first text."""
    for block in blocks:
        if block.kind == "text":
            return None
        if block.kind in {"date", "furniture"} and (date := shapes.iso_date(block.text)):
            return date
    return None
