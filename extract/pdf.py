"""PDF -> text, page by page in pdfium's order of columns, with an empty line where layout shows a new paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from extract.errors import SourceError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

# Lines differ in height by this share where another kind of text starts (headline, byline, body).
OTHER_SIZE = 0.12
# A drop to the next line of this many usual ones parts paragraphs, an indent of this many line heights opens one.
WIDE_DROP = 1.35
INDENT = 0.6


@dataclass(frozen=True)
class Row:
    """One line of text on a page; left, bottom and height of its first character in points."""

    text: str
    left: float
    bottom: float
    height: float


def read_pdf(name: str, data: bytes) -> tuple[str, str | None]:
    """Text and title of the PDF; SourceError for an encrypted or broken file and for one that holds only images."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        what = (
            "is encrypted; save it without a password"
            if "assword" in str(error)
            else "is no readable PDF; save it anew"
        )
        raise SourceError(name, what) from error
    try:
        text = "\n\n".join(page for page in _pages(document) if page)
        title = document.get_metadata_value("Title")
    finally:
        document.close()
    if not text.strip():
        raise SourceError(name, "is a PDF without text, only images; run OCR over it first")
    return text + "\n", title or None


def _pages(document: PdfDocument) -> Iterator[str]:
    for page in document:
        rows = _rows(page)
        drops = [drop for upper, lower in pairwise(rows) if (drop := upper.bottom - lower.bottom) > 0]
        yield "".join(_spaced(rows, median(drops) if drops else 0.0))


def _rows(page: PdfPage) -> list[Row]:
    from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex

    layer = page.get_textpage()
    rows: list[Row] = []
    at = 0
    for line in layer.get_text_range().split("\r\n"):
        text = line.strip()
        if text:
            index = FPDFText_GetCharIndexFromTextIndex(layer, at + line.index(text))
            left, bottom, _, top = layer.get_charbox(max(index, 0), loose=True)
            rows.append(Row(text, left, bottom, top - bottom))
        at += len(line.encode("utf-16-le")) // 2 + 2
    return rows


def _spaced(rows: Sequence[Row], usual: float) -> Iterator[str]:
    """The rows, a line end between two of a paragraph, an empty line between paragraphs."""
    for at, row in enumerate(rows):
        if at:
            below = rows[at + 1] if at + 1 < len(rows) else None
            yield "\n\n" if _opens(rows[at - 1], row, below, usual) else "\n"
        # pdfium leaves this mark of a hyphen and the line end after it.
        yield row.text.replace("\ufffe", "-\n")


def _opens(above: Row, row: Row, below: Row | None, usual: float) -> bool:
    """Whether the row opens a paragraph: other size, wide drop, or an indent that the next row takes back."""
    if abs(above.height - row.height) > OTHER_SIZE * above.height:
        return True
    if above.bottom - row.bottom > WIDE_DROP * usual:
        return True
    indent = INDENT * row.height
    return below is not None and row.left - above.left > indent and row.left - below.left > indent
