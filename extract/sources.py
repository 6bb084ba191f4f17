"""Files -> decoded text: plain text and markdown as they are; HTML, PDF and DOCX through their readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from extract.errors import SourceError
from extract.pdf import read_pdf

__all__ = ["MAX_BYTES", "Found", "Source", "SourceError", "find_sources", "read_source"]

MAX_BYTES = 20_000_000
# Control characters that no text holds; tab, line ends, page break and what PDF readers leave aside.
CONTROL = frozenset(map(chr, range(32))) - set("\t\n\v\f\r\x02\x1a\x1b\x1c\x1d\x1e")
SIGNATURES = {b"%PDF-": ".pdf", b"PK\x03\x04": ".docx", b"\xd0\xcf\x11\xe0": ".doc", b"{\\rtf": ".rtf"}
# A page's date is what its own metadata say: no search through the text, and no limit that moves with the clock.
PUBLICATION = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
# What text that is no UTF may be encoded in, besides Western European: Chinese, Japanese, Korean.
ASIAN = ("gb18030", "big5", "shift_jis", "euc_kr")


@dataclass(frozen=True)
class Found:
    """A file and its name: relative to the folder that was given, with forward slashes."""

    name: str
    path: Path


@dataclass(frozen=True)
class Source:
    """One file's text as decoded, nothing repaired: all offsets of the product count its characters.

    `title`, `date` (ISO 8601) and `author` are what the format says of the article: all three in HTML, the title in
    PDF and DOCX, whose dates and authors are those of the file.
    """

    name: str
    text: str
    title: str | None = None
    date: str | None = None
    author: str | None = None


def find_sources(paths: Iterable[Path]) -> list[Found]:
    """Every readable file in the files and folders, sub-folders included, sorted by name, each once.

    Hidden files and folders are left out. SourceError for a path that is missing, a file of another kind, a folder
    without texts, and two files of one name.
    """
    found: dict[Path, Found] = {}
    for path in paths:
        for one in _in_folder(path) if path.is_dir() else [_file(path)]:
            found.setdefault(one.path.resolve(), one)
    files = sorted(found.values(), key=lambda one: one.name)
    _refuse_same_names(files)
    return files


def read_source(path: Path, name: str, *, max_bytes: int = MAX_BYTES) -> Source:
    """The text of one file; SourceError where it is missing, too large, empty, no text or not readable."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(name, _wrong_kind(path))
    source = reader(name, _bytes(path, name, max_bytes))
    if not source.text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise SourceError(name, "holds no text; a file with at least one sentence would be right")
    return source


def _in_folder(folder: Path) -> list[Found]:
    files = [path for path in folder.rglob("*") if path.suffix.lower() in READERS and path.is_file()]
    found = [Found(path.relative_to(folder).as_posix(), path) for path in files]
    visible = [one for one in found if not any(part.startswith(".") for part in one.name.split("/"))]
    if not visible:
        raise SourceError(str(folder), f"holds no texts; a folder with {_kinds()} files would be right")
    return visible


def _file(path: Path) -> Found:
    if not path.exists():
        raise SourceError(str(path), "does not exist; give a file or folder that does")
    if path.suffix.lower() not in READERS:
        raise SourceError(str(path), _wrong_kind(path))
    return Found(path.name, path)


def _refuse_same_names(files: list[Found]) -> None:
    paths: dict[str, Path] = {}
    for one in files:
        if one.name in paths:
            raise SourceError(one.name, f"stands for both {paths[one.name]} and {one.path}; give their common folder")
        paths[one.name] = one.path


def _kinds() -> str:
    return " ".join(sorted(READERS))


def _wrong_kind(path: Path) -> str:
    kind = f"is of the unknown kind {path.suffix}" if path.suffix else "has no suffix that tells its kind"
    return f"{kind}; one of {_kinds()} would be right"


def _bytes(path: Path, name: str, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise SourceError(name, f"has {size:,} bytes, the limit is {max_bytes:,}; split it into smaller files")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(name, f"cannot be read ({error.strerror}); a readable file would be right") from error


def _read_text(name: str, data: bytes) -> Source:
    return Source(name, _decode(name, data))


def _decode(name: str, data: bytes) -> str:
    """UTF-8 first, then UTF-16 by its mark, then Western European or Asian by what makes more of the text."""
    kind = next((kind for mark, kind in SIGNATURES.items() if data.startswith(mark)), None)
    if kind:
        raise SourceError(name, f"holds {kind} data, no plain text; {_other_kind(kind)}")
    text = _decoded(data)
    if text is None or CONTROL & set(text):
        raise SourceError(name, "is binary, no text; a text file in UTF-8 would be right")
    return text


def _other_kind(kind: str) -> str:
    return f"give it the suffix {kind}" if kind in READERS else f"save it as one of {_kinds()}"


def _decoded(data: bytes) -> str | None:
    marked = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        return data.decode("utf-16" if marked else "utf-8")
    except UnicodeDecodeError:
        return None if marked else _guessed(data)


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp1252", *ASIAN]).best()
    return None if best is None else data.decode(best.encoding)


def _read_html(name: str, data: bytes) -> Source:
    from trafilatura import bare_extraction

    page = bare_extraction(
        data, with_metadata=True, include_comments=False, favor_recall=True, date_extraction_params=dict(PUBLICATION)
    )
    text = str(getattr(page, "text", None) or "")
    if not text.strip():
        raise SourceError(name, "holds no article that could be told from the page around it; save the article as text")
    title, date, author = (getattr(page, field, None) for field in ("title", "date", "author"))
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if title and paragraphs[0].casefold() != title.casefold():
        paragraphs = [title, *(line for line in paragraphs if line.casefold() != title.casefold())]
    return Source(name, "\n\n".join(paragraphs) + "\n", title, date, author)


def _read_pdf(name: str, data: bytes) -> Source:
    return Source(name, *read_pdf(name, data))


def _read_docx(name: str, data: bytes) -> Source:
    from io import BytesIO
    from zipfile import BadZipFile

    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = Document(BytesIO(data))
    except (BadZipFile, OpcError, KeyError, ValueError) as error:
        raise SourceError(name, "is no readable DOCX file; save it again as .docx or as text") from error
    lines: list[str] = []
    for part in document.iter_inner_content():
        rows = [[cell.text for cell in row.cells] for row in part.rows] if isinstance(part, Table) else [[part.text]]
        lines += ["\t".join(dict.fromkeys(row)) for row in rows]
    return Source(
        name, "\n\n".join(line for line in lines if line.strip()) + "\n", document.core_properties.title or None
    )


READERS: dict[str, Callable[[str, bytes], Source]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
    ".docx": _read_docx,
}
