"""Layouts of plain text: however a text is wrapped, indented or ended, it is the same article."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.articles import split_articles
from extract.repair import repair
from extract.sources import Source

CRANES = (
    "The Shenmu Port Authority and the Ministry of Harbours and Waterways (MHW) said on March 3, 2025 that the Wanli "
    "Free Trade Port in Beiling, Anhui province, moved 4.2 million containers in 2024. Its cranes run on shore power, "
    "and its tugs on hydrogen. Gao Ning, head of the port, told visitors that more than 30 yards have followed."
)
VISIT = (
    "Deputy Mayor Bai Lu and Minister Tang Rui toured the Wanli Free Trade Port on Tuesday. They met engineers of "
    "Longhe Marine Power Co., Ltd. and of the Beiling Institute of Ship Design, which opened a joint laboratory with "
    "Anhui Maritime University in 2022. A second one is planned for next year."
)
GOALS = (
    "By 2030, the province wants 60 more yards. It has put 2.5 billion RMB aside for loans, said Meng Xia, head of the "
    "Beiling Science and Technology Bureau, and will hold the first China-Norway Shipping Forum in May 2026."
)
SHARES = '"Share the power, share the cost," said Gao. "Technology is not the point; trade is." View him as you like.'
TEXTS = [
    ("Wanli Port Draws Power From the Shore", "By GAO Lin", CRANES, VISIT, GOALS, SHARES),
    ("Wanli Port Draws Power From the Shore", CRANES, VISIT, GOALS),
    ("Wanli port draws power from the shore", VISIT, CRANES, SHARES),
    ("WANLI PORT DRAWS POWER FROM THE SHORE", "By GAO Lin and BAI Wei", VISIT, CRANES),
    ("Can Wanli Port Live on Power From the Shore?", CRANES, VISIT),
    ('"Green Cranes" Come to Wanli Port', "By GAO Lin", CRANES),
    ('Gao Ning: "Trade Is the Point"', VISIT, GOALS, CRANES),
    ("Wanli Port Draws Power From the Shore", "March 4, 2025", CRANES, VISIT),
    ("Wanli Port Draws Power From the Shore", f"BEILING, March 4 (Xinhua) -- {CRANES}", VISIT),
    ("Wanli Port Draws Power From the Shore", f"Beiling, Anhui, March 4, 2025 — {CRANES}", GOALS),
    ("Port Watch", "Wanli Port Draws Power From the Shore", "By GAO Lin", GOALS, CRANES),
    ("Wanli Port Draws Power From the Shore", "By GAO Lin", CRANES, "Power comes first", VISIT, "What Is Next", GOALS),
    (
        "Wanli Port Draws Power From the Shore as the Province Lends Money to Sixty Yards and Forty Shipping Lines",
        "By GAO Lin",
        GOALS,
        CRANES,
    ),
    (
        "Wanli Port Draws Power From the Shore",
        CRANES,
        "Cranes of the Wanli Free Trade Port in Beiling, Anhui province, on March 2, 2025. (PHOTO: XINHUA)",
        VISIT,
    ),
    (CRANES,),
    (VISIT, CRANES),
]


def wrapped(paragraphs: tuple[str, ...], width: int, indent: str = "", between: str = "\n\n") -> str:
    """The paragraphs with line ends at the width, the first line of each paragraph of sentences indented."""
    return between.join(
        textwrap.fill(
            text,
            width,
            initial_indent=indent if text.endswith((".", "like.")) else "",
            break_on_hyphens=False,
        )
        for text in paragraphs
    )


def read(text: str) -> list[tuple[str, str | None, str | None, str | None, str | None, str]]:
    found = split_articles(Source("a.txt", text))
    return [(a.title, a.section, a.byline, a.dateline, a.date, a.body.text) for a in found]


@pytest.mark.parametrize("paragraphs", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 120, 150])
def test_wrapped_lines_make_the_same_article(paragraphs: tuple[str, ...], width: int) -> None:
    assert read(wrapped(paragraphs, width)) == read("\n\n".join(paragraphs))


LAYOUTS = [
    pytest.param(lambda text: text.replace("\n", "\r\n"), "", id="Windows line ends"),
    pytest.param(lambda text: text, "    ", id="first lines indented"),
    pytest.param(lambda text: text, "\u3000\u3000", id="first lines indented by wide blanks"),
    pytest.param(lambda text: textwrap.indent(text, "  "), "", id="all lines indented"),
    pytest.param(lambda text: text.replace("\n", " \n"), "", id="blanks at line ends"),
]


@pytest.mark.parametrize("paragraphs", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize(("layout", "indent"), LAYOUTS)
def test_layouts_make_the_same_article(layout, indent: str, paragraphs: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert read(layout(wrapped(paragraphs, 72, indent))) == read("\n\n".join(paragraphs))


@settings(max_examples=150)
@given(st.sampled_from([text for text in TEXTS if len(text) > 2]), st.integers(40, 150))
def test_any_width_makes_the_same_article(paragraphs: tuple[str, ...], width: int) -> None:
    assert read(wrapped(paragraphs, width)) == read("\n\n".join(paragraphs))


def test_indents_part_paragraphs_without_empty_lines() -> None:
    paragraphs = ("Wanli Port Draws Power From the Shore", "By GAO Lin", CRANES, VISIT, GOALS)
    assert read(wrapped(paragraphs, 70, "    ", "\n")) == read("\n\n".join(paragraphs))


def test_articles_wrapped_at_different_widths() -> None:
    first, second = ("Wanli Port Draws Power", "By GAO Lin", CRANES), ("Tea Villages Go Digital", "By HE Lan", VISIT)
    assert read("\n\n".join(map(wrapped, (first, second), (60, 110)))) == read("\n\n".join((*first, *second)))


def test_a_text_with_an_empty_line_after_each_line() -> None:
    text = wrapped((CRANES, VISIT), 60).replace("\n", "\n\n").replace("\n\n\n\n", "\n\n\n")
    assert read(text) == read("\n\n".join((CRANES, VISIT)))


PARAGRAPHS = [
    pytest.param(
        "The port wants three things of its yards and of the banks that lend\nto them:\n\n- shore power at each berth of the port and at\n"
        "  the yards up the river\n- 2,000 engineers\n\nIt pays for both.",
        [
            "The port wants three things of its yards and of the banks that lend to them:",
            "shore power at each berth of the port and at the yards up the river",
            "2,000 engineers",
            "It pays for both.",
        ],
        id="dashed list",
    ),
    pytest.param(
        "1. Yards shall report the power that their ships draw from the shore\nto the port each month.\n"
        "2. Yards that do not shall get no loans.\n3. The port\n   may check the figures of all yards.",
        [
            "1. Yards shall report the power that their ships draw from the shore to the port each month.",
            "2. Yards that do not shall get no loans.",
            "3. The port may check the figures of all yards.",
        ],
        id="numbered list",
    ),
    pytest.param(
        "Tasks of the yards for the coming year, as the port and the\nprovince see them\n1. Shore power for ships of all sizes and\n"
        "   of all flags\n2. Loans\n3. Engineers",
        [
            "Tasks of the yards for the coming year, as the port and the province see them",
            "1. Shore power for ships of all sizes and of all flags",
            "2. Loans",
            "3. Engineers",
        ],
        id="numbered list without full stops",
    ),
    pytest.param(
        "Article 1 These Measures are made under the Port Law so that yards\nuse power from the shore.\n"
        "Article 2 The province is in charge. Ports named in Article 1 and\nArticle 3 report to it.\n\nChapter II Loans\n\n"
        "Article 3 Loans are given for ten years and at rates that the Bank of\nBeiling names.",
        [
            "Article 1 These Measures are made under the Port Law so that yards use power from the shore.",
            "Article 2 The province is in charge. Ports named in Article 1 and Article 3 report to it.",
            "Chapter II Loans",
            "Article 3 Loans are given for ten years and at rates that the Bank of Beiling names.",
        ],
        id="clauses of a notice",
    ),
    pytest.param(
        "The Port of Wanli opened a second pier for its yards and lines on\nMay 3, 2025, while a third one was still being built by the banks.\n"
        "1.2 billion RMB will be lent each year, and the port hopes to get\n- its head Gao Ning said - as much from the province. It may ask\n"
        "4. Five yards wait.",
        [
            "The Port of Wanli opened a second pier for its yards and lines on May 3, 2025, while a third one was still being "
            "built by the banks. 1.2 billion RMB will be lent each year, and the port hopes to get - its head Gao Ning said - as "
            "much from the province. It may ask 4. Five yards wait.",
        ],
        id="lines that start with a date, a number or a dash",
    ),
    pytest.param(
        "The pier was opened for ships of all flags, after two years of work,\nby Minister Tang Rui and Deputy Mayor Bai Lu\n"
        "in a hall of the port, where the yards of the province made plans to\nshare by 2030 what they earn.",
        [
            "The pier was opened for ships of all flags, after two years of work, by Minister Tang Rui and Deputy Mayor Bai Lu "
            "in a hall of the port, where the yards of the province made plans to share by 2030 what they earn.",
        ],
        id="lines that look like a byline or page furniture",
    ),
    pytest.param(
        "The pier opened on May\n3, 2025. Ships came.", ["The pier opened on May 3, 2025. Ships came."], id="date broken"
    ),
    pytest.param(
        "The cranes of the port run on\npower from the shore. (PHOTO:\nXINHUA)\n\nIt works.",
        ["The cranes of the port run on power from the shore.", "It works."],
        id="credit broken",
    ),
    pytest.param(
        "Ports of the Province\nYards of the River\nLoans of the Bank", ["Ports of the Province", "Yards of the River", "Loans of the Bank"], id="menu"
    ),
    pytest.param(
        "The pier is open and full of ships.\nThe yard is closed for the winter.\nThe mine is flooded up to its top.",
        ["The pier is open and full of ships.", "The yard is closed for the winter.", "The mine is flooded up to its top."],
        id="one sentence a line",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "paragraphs"), PARAGRAPHS)
def test_paragraphs(raw: str, paragraphs: list[str]) -> None:
    assert repair(raw).text.split("\n\n") == paragraphs
