"""Sources: every kind of file read, every bad one refused in one line."""

from __future__ import annotations

import ctypes
import io
from pathlib import Path

import pytest
from docx import Document
from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

from extract.sources import SourceError, find_sources, read_source

TEXT = "The Müller works in Köln opened a café – its ninth – on Monday.\n"


def saved(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def pdf(lines: list[tuple[float, float, float, str]]) -> bytes:
    """A page with a line of text at each (x, y, size)."""
    document = PdfDocument.new()
    page = document.new_page(595, 842)
    for x, y, size, text in lines:
        line = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", size)
        letters = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
        pdfium.FPDFText_SetText(line, ctypes.cast(letters, pdfium.FPDF_WIDESTRING))
        pdfium.FPDFPageObj_Transform(line, 1, 0, 0, 1, x, y)
        pdfium.FPDFPage_InsertObject(page, line)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", TEXT),
        ("utf-16", TEXT),
        ("cp1252", TEXT),
        ("latin-1", TEXT.replace("–", "-")),
        ("gb18030", "The ministry spoke on Monday.\n\nTags: 工业和信息化部 国家发改委 工业园区\n"),
        ("utf-8", "Line one\r\nline two\r\n"),
    ],
)
def test_text_is_decoded_and_nothing_else(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert read_source(path, "a.txt").text == text


def test_the_byte_order_mark_of_utf8_counts_as_a_character(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.md", b"\xef\xbb\xbfA port.")
    assert read_source(path, "a.md").text == "\ufeffA port."


PAGE = """<html><head><title>Harbour Town Builds a Green Pier | Coast Daily</title>
<meta property="og:title" content="Harbour Town Builds a Green Pier"><meta name="author" content="Chen Yu">
<meta property="article:published_time" content="2025-06-03T10:20:00+08:00"></head>
<body><nav><a href="/">Home</a><a href="/n">News</a></nav><article>{heading}
<p>The town of Moji has built a pier that runs on wind alone, the harbour board said on Tuesday. Since 4 May 2021 it
has worked on the plan with forty firms from the coast.</p>
<p>The pier will serve twelve lines to the islands, and a second pier will follow within two years.</p></article>
<footer>Copyright 2025 Coast Daily</footer></body></html>"""


@pytest.mark.parametrize("heading", ["<h1>Harbour Town Builds a Green Pier</h1>", ""])
def test_html_gives_headline_text_and_metadata(tmp_path: Path, heading: str) -> None:
    source = read_source(saved(tmp_path, "a.html", PAGE.format(heading=heading)), "a.html")
    assert (source.title, source.date, source.author) == ("Harbour Town Builds a Green Pier", "2025-06-03", "Chen Yu")
    assert source.text.startswith("Harbour Town Builds a Green Pier\n\nThe town of Moji has built a pier")
    assert source.text.count("Harbour Town Builds") == 1
    assert "Copyright" not in source.text and "Home" not in source.text


def test_html_without_a_date_has_none(tmp_path: Path) -> None:
    page = PAGE.format(heading="").replace(
        '<meta property="article:published_time" content="2025-06-03T10:20:00+08:00">', ""
    )
    assert read_source(saved(tmp_path, "a.htm", page), "a.htm").date is None


def test_pdf_keeps_columns_and_shows_paragraphs(tmp_path: Path) -> None:
    left = [
        "The town of Moji has opened a compre-",
        "hensive school for pilots, which trains",
        "women and men from the islands.",
    ]
    right = ["It has room for 40 pupils, and the town", "wants to double that number soon."]
    lines = [(50.0, 780.0, 24.0, "Harbour Town Trains Pilots"), (50.0, 755.0, 8.0, "By CHEN Lu")]
    lines += [(50.0, 735.0 - 12 * row, 10.0, text) for row, text in enumerate(left)]
    lines += [(300.0, 735.0 - 12 * row, 10.0, text) for row, text in enumerate(right)]
    source = read_source(saved(tmp_path, "a.pdf", pdf(lines)), "a.pdf")
    assert source.text == "\n\n".join(["Harbour Town Trains Pilots", "By CHEN Lu", "\n".join(left + right)]) + "\n"
    assert (source.date, source.author) == (None, None)


def test_pdf_shows_a_wide_gap_and_an_indent(tmp_path: Path) -> None:
    rows = [(50, 700, "A school opened in the town and took"), (50, 688, "in forty pupils in its first year."),
            (62, 676, "A second school opened in the port and"), (50, 664, "took in sixty pupils from the islands."),
            (50, 630, "The town is glad."), (50, 618, "So is the port.")]  # fmt: skip
    source = read_source(saved(tmp_path, "a.pdf", pdf([(x, y, 10, text) for x, y, text in rows])), "a.pdf")
    assert [len(part.split("\n")) for part in source.text.strip().split("\n\n")] == [2, 2, 2]


def test_docx_gives_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.title = "Piers"
    document.add_paragraph("Before the table.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Moji", "12"
    document.add_paragraph("After the table.")
    document.save(str(tmp_path / "a.docx"))
    source = read_source(tmp_path / "a.docx", "a.docx")
    assert source.text == "Before the table.\n\nMoji\t12\n\nAfter the table.\n"
    assert (source.title, source.date, source.author) == ("Piers", None, None)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "holds no text"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "holds no text"),
        ("a.txt", b"abc\x00\x01\x03def", "is binary"),
        ("a.txt", bytes(range(256)) * 4, "is binary"),
        ("a.txt", b"\xff\xfeH", "is binary"),
        ("a.txt", b"%PDF-1.7 and so on", "give it the suffix .pdf"),
        ("a.md", b"\xd0\xcf\x11\xe0 and so on", "save it as one of"),
        ("a.pdf", b"%PDF-1.7 and so on", "is no readable PDF"),
        ("a.pdf", pdf([]), "run OCR"),
        ("a.docx", b"PK\x03\x04 and so on", "is no readable DOCX"),
        ("a.html", b"<html><body></body></html>", "holds no article"),
        ("a.doc", b"text", "unknown kind .doc; one of .docx .htm .html .md .pdf .txt would be right"),
    ],
)
def test_bad_files_are_refused_in_one_line(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_source(saved(tmp_path, name, data), f"in/{name}")
    assert str(caught.value).startswith(f"in/{name}: ")
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.txt", b"x" * 1001)
    assert read_source(path, "a.txt", max_bytes=1001).text
    with pytest.raises(SourceError, match=r"a.txt: has 1,001 bytes, the limit is 1,000"):
        read_source(path, "a.txt", max_bytes=1000)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_source(tmp_path / "no.txt", "no.txt")


def test_find_sources_looks_into_folders_and_sorts(tmp_path: Path) -> None:
    for name in ("b/z.TXT", "b/a.html", "c.md", "b/.hidden.txt", ".git/d.txt", "b/e.csv"):
        saved(tmp_path, name, "x")
    found = find_sources([tmp_path, tmp_path / "b" / "z.TXT"])
    assert [one.name for one in found] == ["b/a.html", "b/z.TXT", "c.md"]
    assert found[0].path == tmp_path / "b" / "a.html"


def test_find_sources_names_a_file_by_its_own_name(tmp_path: Path) -> None:
    assert [one.name for one in find_sources([saved(tmp_path, "b/z.txt", "x")])] == ["z.txt"]


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        (["no"], "does not exist"),
        (["b/e.csv"], "unknown kind .csv"),
        (["b/plain"], "has no suffix"),
        (["b"], "holds no texts"),
        (["c", "d"], "stands for both"),
    ],
)
def test_find_sources_refuses(tmp_path: Path, paths: list[str], reason: str) -> None:
    for name in ("b/e.csv", "b/plain", "c/x.txt", "d/x.txt"):
        saved(tmp_path, name, "x")
    with pytest.raises(SourceError, match=reason):
        find_sources([tmp_path / path for path in paths])
