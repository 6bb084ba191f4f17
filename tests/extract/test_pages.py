"""Pages as people save them: menus, headers of mails, several articles under rules, captions that say what they are."""

from __future__ import annotations

import pytest

from extract.articles import Article, split_articles
from extract.sources import Source

ROADS = "The Ministry of Roads said on March 3, 2025 that the Daqi Road Bureau built 900 kilometres of roads in 2024."
SNOW = "Snow ploughs of the bureau now run on hydrogen. Its head, Fu Qiang, told visitors that 30 towns have followed."
WOOL = "Herders of Wulan county sell wool under a name of their own, and 12 firms of the county spin it."


def articles(text: str) -> list[Article]:
    return split_articles(Source("a.txt", text))


def paragraphs(article: Article) -> list[str]:
    return article.body.text.split("\n\n")


BODY = ["Daqi Builds Roads for Herders", ROADS, SNOW]
PAGES = [
    # text, section, byline, dateline, date; the body is that above
    pytest.param(
        "Home\nNews\nCity Affairs\nPublic Services\nLaws and Regulations\nContact Us\n中文\nHome > News > Local News\n"
        "Daqi Builds Roads for Herders\n2025-03-04 09:12 | Source: Xinhua\nShare\nPrint\nFont Size: A A A\n{}\n{}\n"
        "Copyright 2025 Daqi City. All rights reserved.\n",
        (None, None, None, "2025-03-04"),
        id="menu and bread crumbs",
    ),
    pytest.param(
        "City of Daqi in the Steppe\n\nHOME | NEWS | SERVICES | ABOUT\n\nNews\n\nDaqi Builds Roads for Herders\n\nMarch 4, 2025\n\n"
        "Share    Print\n\n{}\n\n{}\n\n[Editor: Wang Fang]\n\n[Print] [Close]\n\nNext: Wool Towns Go Digital\n",
        ("News", None, None, "2025-03-04"),
        id="masthead longer than the headline",
    ),
    pytest.param(
        "The City Council\nThe Government of Daqi\nSearch\nHome > Policies\nDaqi Builds Roads for Herders\n"
        "Updated: Mar 4,2025 09:12 Xinhua\nPrint\nA A A\nDAQI, March 4 -- {}\n{}\n",
        (None, None, "DAQI, March 4", "2025-03-04"),
        id="name of the site right above",
    ),
    pytest.param(
        "World\nBusiness\nDaqi Builds Roads for Herders\nCoast Daily | Updated: 2025-03-04 09:12\n{}\n{}\n",
        (None, None, None, "2025-03-04"),
        id="source before the date",
    ),
    pytest.param(
        "Location: Home > News\nDaqi Builds Roads for Herders\nTime: 2025-03-04 Source: Press Office Views: 92\n{}\n{}\n",
        (None, None, None, "2025-03-04"),
        id="source after the date",
    ),
    pytest.param(
        "From: Press Office <press@daqi.example>\nTo: All editors <editors@daily.example>\nCc: Chen Yu\n"
        "Subject: Daqi Builds Roads for Herders\nDate: Tue, 4 Mar 2025 09:12:00 +0800\n\n{}\n\n{}\n\nBest regards,\n",
        (None, None, None, "2025-03-04"),
        id="mail",
    ),
    pytest.param(
        "Title: Daqi Builds Roads for Herders\nAuthor: Li Wen\nDate: 2025-03-04\nSource: Coast Daily\n\n{}\n\n{}\n",
        (None, "Li Wen", None, "2025-03-04"),
        id="fields",
    ),
    pytest.param(
        "---\ntitle: Daqi Builds Roads for Herders\ndate: 2025-03-04\nauthor: Li Wen\n---\n\n{}\n\n{}\n",
        (None, "Li Wen", None, "2025-03-04"),
        id="front matter",
    ),
    pytest.param(
        "Daqi Builds Roads for Herders\n=============================\n\nBy Li Wen\n\n{}\n\n-----\n\n{}\n",
        (None, "Li Wen", None, None),
        id="underlined headline, a rule between paragraphs",
    ),
    pytest.param(
        "Daqi Builds Roads for Herders\n\nDaqi, March 4, 2025 (Xinhua) -- {}\n\n{}\n",
        (None, None, "Daqi, March 4, 2025 (Xinhua)", "2025-03-04"),
        id="dateline in small letters",
    ),
    pytest.param(
        "Daqi Builds Roads for Herders\n\nDAQI, China, March 4, 2025 /NewsWire/ -- {}\n\n{}\n",
        (None, None, "DAQI, China, March 4, 2025 /NewsWire/", "2025-03-04"),
        id="dateline with an agency in strokes",
    ),
]


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_pages(text: str, expected: tuple[str | None, ...]) -> None:
    (article,) = articles(text.format(ROADS, SNOW))
    assert (article.section, article.byline, article.dateline, article.date) == expected
    assert paragraphs(article) == BODY


DATELINES = [
    ("Daqi, Gansu, March 4 — {}", "Daqi, Gansu, March 4"),
    ("By Tuesday, March 4 — {}", None),
    ("On March 4, 2025 — {}", None),
    ("Tuesday, March 4 — {}", None),
    ("Daqi - a town - said: {}", None),
]


@pytest.mark.parametrize(("text", "dateline"), DATELINES)
def test_datelines_in_small_letters(text: str, dateline: str | None) -> None:
    assert articles("Daqi Builds Roads for Herders\n\n" + text.format(ROADS))[0].dateline == dateline


RULES = [
    pytest.param("-" * 40, "Wool Towns of Wulan Go Digital", 2, id="dashes"),
    pytest.param("***", "Wool Towns of Wulan Go Digital", 2, id="asterisks"),
    pytest.param("* * *", "Wool Towns of Wulan Go Digital", 2, id="asterisks and blanks"),
    pytest.param("=====", "Case Study\n\nWool Towns of Wulan Go Digital\n\nMarch 5, 2025", 2, id="section and date"),
    pytest.param("_____", "What comes next", 1, id="sub-head in small letters"),
    pytest.param("-----", "More Roads", 1, id="sub-head of two words"),
    pytest.param("-----", "Wool is spun in Wulan.", 1, id="sentence"),
    pytest.param(
        "Road Bureau of Daqi\nMarch 4, 2025\n-----", "Wool Towns of Wulan Go Digital", 2, id="signature above"
    ),
    pytest.param("and so on", "Wool Towns of Wulan Go Digital", 1, id="no rule"),
]


@pytest.mark.parametrize(("rule", "head", "count"), RULES)
def test_a_rule_and_a_headline_alike_part_articles(rule: str, head: str, count: int) -> None:
    found = articles(f"Daqi Builds Roads for Herders\n\n{ROADS}\n\n{rule}\n\n{head}\n\n{WOOL}\n")
    assert len(found) == count
    assert [article.title for article in found[1:]] == ["Wool Towns of Wulan Go Digital"] * (count - 1)
    assert paragraphs(found[-1])[-1] == WOOL


CAPTIONS = [
    ("Photo: Ploughs of the bureau at work in the north.", ["Ploughs of the bureau at work in the north."]),
    ("Caption: A view of the road to Wulan on March 3", ["A view of the road to Wulan on March 3"]),
    ("Photo: Ploughs of the bureau at\nwork in Wulan county (Li Wei/Xinhua)", ["Ploughs of the bureau at work in Wulan county"]),
    ("Ploughs at work. Photo: Li Wei for Coast Daily", ["Ploughs at work."]),
    ("Photo: VCG", []),
    ("Photo: Li Wei / Xinhua", []),
]  # fmt: skip


@pytest.mark.parametrize(("caption", "expected"), CAPTIONS)
def test_a_caption_stands_after_the_sentence_that_it_interrupts(caption: str, expected: list[str]) -> None:
    (article,) = articles(
        f"Daqi Builds Roads for Herders\n\nIt will build more,\n\n{caption}\n\nand soon, Fu Qiang said.\n"
    )
    assert paragraphs(article)[1:] == [
        "It will build more, and soon, Fu Qiang said.",
        *expected,
    ]


NO_HEADS = [
    f"{SNOW}\n\n{WOOL}",
    f"{SNOW}\n{WOOL}",
    SNOW,
]


@pytest.mark.parametrize("text", NO_HEADS)
def test_a_text_that_starts_with_a_sentence_has_its_words_as_title(text: str) -> None:
    (article,) = articles(text)
    assert SNOW.startswith(article.title)
    assert paragraphs(article) == [line for line in text.split("\n") if line]


HEADLINES = [
    "DAQI BUILDS ROADS",
    "Who Builds Roads in Daqi?",
    'Fu Qiang: "We Build Roads"',
    '"Warm Roads" Reach Daqi',
    "Roads Now!",
]


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("between", ["\n\n", "\n", "\n\nBy Li Wen\n\n", "\nBy Li Wen\n", "\r\n\r\n"])
def test_headlines(headline: str, between: str) -> None:
    (article,) = articles(f"{headline}{between}{ROADS}\n\n{SNOW}\n")
    assert paragraphs(article) == [headline, ROADS, SNOW]


def test_a_heading_without_words_is_none() -> None:
    (article,) = articles(f"# Daqi Builds Roads\n\n# …\n\n{ROADS}\n")
    assert article.title == "Daqi Builds Roads"
