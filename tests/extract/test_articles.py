"""Articles: pages, wires, notices and web pages cut into what a careful reader would list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.articles import Article, split_articles
from extract.sources import Source


def articles(text: str, **metadata: str) -> list[Article]:
    return split_articles(Source("a.txt", text, **metadata))


def heads(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(article.title, article.section, article.byline) for article in articles(text)]


def paragraphs(article: Article) -> list[str]:
    return article.body.text.split("\n\n")


ICE = "The city of Luohai sells its winter all year, and its ski halls took in 9 billion RMB last year."
TEA = "Sensors now watch the tea gardens of Qinmen county, where farmers read the soil on their phones."
MOON = "Rocks from the far side of the moon are younger than thought, a team in Beijing found."

SPLITS = [
    pytest.param(
        f"Luohai Turns Ice Into Gold\n\nPolicy Express\n\nBy ZHOU Ping\n\n{ICE}\n\nTea Villages Go Digital\n\n"
        f"By HE Lan, WU Bo & XU Qi\n\n{TEA}",
        [
            ("Luohai Turns Ice Into Gold", "Policy Express", "ZHOU Ping"),
            ("Tea Villages Go Digital", None, "HE Lan, WU Bo & XU Qi"),
        ],
        id="sections and bylines",
    ),
    pytest.param(
        f"Vibrant China\n\nLuohai Turns Ice Into Gold\n\nBy Staff Reporters\n\n{ICE}\n\nCase Study\n\nTea Villages Go Digital\n\n"
        f"Edited by HE Lan\n\n{TEA}",
        [
            ("Luohai Turns Ice Into Gold", "Vibrant China", "Staff Reporters"),
            ("Tea Villages Go Digital", "Case Study", "HE Lan"),
        ],
        id="section above the headline",
    ),
    pytest.param(
        f"Coast and Isles\n\nLuohai Turns Ice Into Gold\n\nBy ZHOU Ping\n\n{ICE}",
        [("Luohai Turns Ice Into Gold", "Coast and Isles", "ZHOU Ping")],
        id="section nobody listed",
    ),
    pytest.param(
        f"Luohai Turns Ice Into Gold\n\nWinter Trade\n\nBy ZHOU Ping\n\n{ICE}",
        [("Luohai Turns Ice Into Gold", "Winter Trade", "ZHOU Ping")],
        id="section nobody listed, under the headline",
    ),
    pytest.param(
        f"Luohai Turns Ice\n\nInto Gold for All\n\nBy ZHOU Ping\n\n{ICE}\n\nTea Villages of the South\n\nfor Digital Trade\n\n"
        f"By HE Lan\n\n{TEA}",
        [
            ("Luohai Turns Ice Into Gold for All", None, "ZHOU Ping"),
            ("Tea Villages of the South for Digital Trade", None, "HE Lan"),
        ],
        id="headline in two paragraphs",
    ),
    pytest.param(
        f"Luohai Turns Ice Into Gold: **Winter Sells**\n\nBy ZHOU Ping\n\n{ICE}\n\nRocks Tell of a Young Moon\n\nFrom page 1\n\n{MOON}\n\n"
        f"Old lava\n\n{MOON}\n\nTea Villages Go Digital Fast\n\n{TEA}",
        [
            ("Luohai Turns Ice Into Gold: Winter Sells", None, "ZHOU Ping"),
            ("Rocks Tell of a Young Moon", None, None),
            ("Tea Villages Go Digital Fast", None, None),
        ],
        id="page reference, sub-head, headline without byline",
    ),
    pytest.param(
        f"# Luohai Turns Ice Into Gold\n\n## Case Study\n\nBy ZHOU Ping\n\n{ICE}\n\n### Cold is a resource\n\n{ICE}\n\n## Vibrant China\n\n"
        f"# Tea Villages Go Digital\n\nBy HE Lan\n\n{TEA}",
        [
            ("Luohai Turns Ice Into Gold", "Case Study", "ZHOU Ping"),
            ("Tea Villages Go Digital", "Vibrant China", "HE Lan"),
        ],
        id="markdown page",
    ),
    pytest.param(
        f"# What the ski halls changed\n\n## Where they stand\n\n{ICE}\n\n## Who Skis There Now\n\n{ICE}",
        [("What the ski halls changed", None, None)],
        id="markdown document",
    ),
    pytest.param(
        f"Luohai turns ice into gold\n\nLUOHAI, July 5 (Xinhua) -- {ICE}\n\nTea villages go digital\n\nQINMEN, July 6 (Xinhua) -- {TEA}",
        [("Luohai turns ice into gold", None, None), ("Tea villages go digital", None, None)],
        id="wire",
    ),
    pytest.param(
        f"Luohai Turns Ice Into Gold\n\nBy Anna Berg\n\n{ICE}\n\nA New Kind of Winter\n\n{ICE}\n\nMoney From Three Funds\n\n{ICE}",
        [("Luohai Turns Ice Into Gold", None, "Anna Berg")],
        id="sub-heads in title case",
    ),
    pytest.param(
        f"Luohai Turns Ice Into Gold\n\nBy ZHOU Ping\n\n{ICE} The Luohai Free Trade Port gains.\n\nEmpowering Luohai Free Trade Port\n\n{ICE}",
        [("Luohai Turns Ice Into Gold", None, "ZHOU Ping")],
        id="sub-head with a name",
    ),
    pytest.param(
        f"Home > News > Cities\nNews\nNews\nStay updated with news from the coast\nLuohai Turns Ice Into Gold: A Report on Winter\n"
        f"Published: 2025-06-03 10:20\n{ICE}\nViews: 12\n",
        [("Luohai Turns Ice Into Gold: A Report on Winter", "News", None)],
        id="web page",
    ),
    pytest.param(f"{ICE}\n\n{TEA}", [(ICE, None, None)], id="no headline"),
    pytest.param(
        f"Notice on Ski Halls in Luohai\n\nI. Scope\n\n{ICE}\n\nII. Terms\n\n{ICE}\n\nMinistry of Winter Sports\n\nJuly 12, 2025",
        [("Notice on Ski Halls in Luohai", None, None)],
        id="notice with a signature",
    ),
    pytest.param(
        f"Luohai Turns Ice Into Gold\n\nBy ZHOU Ping\n\n{ICE}\n\nPhoto News\n\nSkiers in the Dark of Winter\n\nSkiers ski. (PHOTO: VCG)\n\n"
        f"Tea Villages Go Digital\n\nBy HE Lan\n\n{TEA}",
        [
            ("Luohai Turns Ice Into Gold", None, "ZHOU Ping"),
            ("Skiers in the Dark of Winter", "Photo News", None),
            ("Tea Villages Go Digital", None, "HE Lan"),
        ],
        id="picture story",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_splits(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert heads(text) == expected


def test_a_title_cut_from_the_text_ends_at_a_word_and_is_no_paragraph_of_its_own() -> None:
    (article,) = articles(f"{TEA} {MOON} {ICE}")
    assert article.title == f"{TEA} Rocks from the far side"
    assert len(article.title) <= 120
    assert paragraphs(article) == [f"{TEA} {MOON} {ICE}"]


def test_the_body_holds_headline_text_heads_and_captions_only() -> None:
    text = (
        f"Luohai Turns Ice Into Gold\n\nCase Study\n\nBy ZHOU Ping\n\n{ICE} It has a comprehen-\n\n\n\nSkiers ski. (PHOTO: VCG)\n\n"
        f"sive plan.\n\nCold is a resource\n\n{ICE}\n\nTags: 冰雪经济 滑雪\n\nViews: 92\n\nTea Villages Go Digital\n\nFrom page 1\n\n{TEA}"
    )
    ice, tea = articles(text)
    assert paragraphs(ice) == [
        *("Luohai Turns Ice Into Gold", f"{ICE} It has a comprehensive plan.", "Skiers ski."),
        *("Cold is a resource", ICE, "Tags: 冰雪经济 滑雪"),
    ]
    assert paragraphs(tea) == ["Tea Villages Go Digital", TEA]
    assert (ice.id, tea.id) == ("a1", "a2")
    assert text[ice.start : ice.end].startswith("Luohai Turns") and text[ice.start : ice.end].endswith("滑雪")
    assert text[slice(*tea.raw_span(25, 32))] == "Sensors"


def test_the_end_of_an_article_printed_above_its_headline_moves_to_its_end() -> None:
    text = (
        f"Luohai Turns Ice Into Gold\n\nBy ZHOU Ping\n\n{ICE}\n\nIt will last.\n\n\n\nAt last, the county helps its growers to take particip-\n\n"
        f"ation in global\n\nTea Villages Go Digital\n\nBy HE Lan\n\n{TEA}\n\nThe county lies near the Wanli Free\n\n"
        "fairs and to sell tea under their own name."
    )
    ice, tea = articles(text)
    assert paragraphs(ice)[-1] == "It will last."
    assert paragraphs(tea)[-2:] == [
        "The county lies near the Wanli Free",
        "At last, the county helps its growers to take participation in global fairs and to sell tea under their own name.",
    ]
    assert ice.end < tea.start < text.index("Tea Villages")


def test_a_closed_text_above_a_headline_stays_where_it_is() -> None:
    text = f"Luohai Turns Ice Into Gold\n\nBy ZHOU Ping\n\n{ICE}\n\n\n\n{ICE} It is cold.\n\nTea Villages Go Digital\n\nBy HE Lan\n\n{TEA}"
    assert len(paragraphs(articles(text)[0])) == 3


def test_a_headline_printed_apart_gets_the_text_around_the_byline_without_headline() -> None:
    text = (
        f"Ski Halls Vital\n\nfor Northern Cities\n\nTea Villages Go Digital\n\nBy HE Lan\n\n{TEA}\n\nRocks Tell of a Young Moon\n\n{MOON}\n\n"
        f"steady gains in winter trade and\n\nplans more of it.\n\nOver ten years, Luohai has made\n\nBy ZHOU Ping\n\n{ICE}\n\n"
        f"Desert Plants Feed Sheep in Winter\n\nBy Staff Reporters\n\n{TEA}"
    )
    assert heads(text) == [
        ("Tea Villages Go Digital", None, "HE Lan"),
        ("Rocks Tell of a Young Moon", None, None),
        ("Ski Halls Vital for Northern Cities", None, "ZHOU Ping"),
        ("Desert Plants Feed Sheep in Winter", None, "Staff Reporters"),
    ]
    assert paragraphs(articles(text)[2])[1:] == [
        "Over ten years, Luohai has made steady gains in winter trade and plans more of it.",
        ICE,
    ]


DATES = [
    ("Luohai turns to ice\n\nPublished: 2025-07-12 10:30\n\n{}", "2025-07-12", None, None),
    ("Luohai turns to ice\n\nJuly 12, 2025\n\n{}", "2025-07-12", None, None),
    ("Luohai turns to ice\n\nUpdated: 2 Sept 2025, 09:11 | Source: Xinhua\n\n{}", "2025-09-02", None, None),
    (
        "Luohai turns to ice\n\nBy LI WEI in Luohai | Coast Daily | Updated: 2025-07-12 09:11\n\n{}",
        "2025-07-12",
        None,
        "LI WEI",
    ),
    ("Luohai turns to ice\n\nLUOHAI, July 5 (Xinhua) -- {}", None, "LUOHAI, July 5 (Xinhua)", None),
    ("Luohai turns to ice\n\nLUOHAI, July 5, 2025 (Xinhua) -- {}", "2025-07-05", "LUOHAI, July 5, 2025 (Xinhua)", None),
    ("Luohai turns to ice\n\nLUOHAI — {}", None, "LUOHAI", None),
    ("Luohai turns to ice\n\n{}\n\nThe law of July 12, 2025 ends it.", None, None, None),
    ("Luohai turns to ice\n\nNDRC - the planner - said: {}", None, None, None),
    ("Luohai turns to ice\n\n2025-13-45\n\n{}", None, None, None),
    ("Friday, July 11, 2025\n\nLuohai Turns to Ice\n\nBy ZHOU Ping\n\n{}", "2025-07-11", None, "ZHOU Ping"),
]


@pytest.mark.parametrize(("text", "date", "dateline", "byline"), DATES)
def test_dates_and_datelines(text: str, date: str | None, dateline: str | None, byline: str | None) -> None:
    (article,) = articles(text.format(ICE))
    assert (article.date, article.dateline, article.byline) == (date, dateline, byline)
    assert dateline is None or ICE in paragraphs(article)


BYLINES = [
    ("By LIN Yue", "LIN Yue"),
    ("By Staff Reporters", "Staff Reporters"),
    ("Edited by TANG Zhe", "TANG Zhe"),
    ("By LIN Yue, JIN Feng & TAN Lin", "LIN Yue, JIN Feng & TAN Lin"),
    ("By Chen Yu and Anna de Vries in Beijing", "Chen Yu and Anna de Vries"),
    ("By ANIKA Becker (Germany)", "ANIKA Becker"),
    ("By the end of 2025, forty firms came.", None),
    ("By Land and by Water", None),
    ("By 2030", None),
]


@pytest.mark.parametrize(("line", "byline"), BYLINES)
def test_bylines(line: str, byline: str | None) -> None:
    assert articles(f"Luohai Turns Ice Into Gold\n\n{line}\n\n{ICE}")[0].byline == byline


def test_metadata_fill_what_the_text_leaves_open() -> None:
    (article,) = articles(
        f"Ski Halls Sell Winter\n\nAll Year Round in Luohai Now\n\n{ICE}",
        title="Ski Halls Sell Winter",
        date="2025-01-02",
        author="Bo Li",
    )
    assert (article.title, article.date, article.byline) == ("Ski Halls Sell Winter", "2025-01-02", "Bo Li")


def test_a_source_of_furniture_only_has_no_articles() -> None:
    assert articles("Page 3\n\nViews: 92\n") == []


PIECES = st.sampled_from(
    [
        *(
            "Luohai Turns Ice Into Gold",
            "Tea Villages Go Digital",
            "for Northern Cities",
            "Case Study",
            "Policy Express",
            "Cold is a resource",
        ),
        *(
            "By ZHOU Ping",
            "By HE Lan",
            "Edited by XU Qi",
            "From page 1",
            "July 12, 2025",
            "Page 3",
            "Tags: 冰雪",
            "Skiers. (PHOTO: VCG)",
        ),
        *(
            ICE,
            TEA,
            "The plan is comprehen-",
            "sive and open",
            "and goes on.",
            "LUOHAI, July 5 (Xinhua) -- Ice melts.",
            "- one item",
            "I. Scope",
        ),
        *("# One Heading of Many", "### a sub", "**", "#", "…", "|a|b|", "> quote"),
    ]
)
ENDS = st.sampled_from(["\n", "\n\n", "\n\n\n\n", " ", "\r\n\r\n"])


def page(pieces: list[tuple[str, str]]) -> str:
    """The pieces with their ends; what a mark makes a line of its own keeps to it."""
    return "".join(piece + ("\n" if end == " " and piece.startswith(("#", "Tags")) else end) for piece, end in pieces)


PAGES = st.lists(st.tuples(PIECES, ENDS), max_size=24).map(page)


@settings(max_examples=300)
@given(PAGES)
def test_ranges_lie_in_the_source_and_enclose_the_body(text: str) -> None:
    found = articles(text)
    assert [article.id for article in found] == [f"a{at}" for at in range(1, len(found) + 1)]
    for article in found:
        assert article.title and article.body.text.startswith(article.title)
        assert (article.start, article.end) == article.raw_span(0, len(article.body.text))
        assert 0 <= article.start < article.end <= len(text)
    assert found == articles(text)


@settings(max_examples=300)
@given(PAGES)
def test_no_sentence_is_lost_or_doubled(text: str) -> None:
    bodies = "\n\n".join(article.body.text for article in articles(text))
    for sentence in (ICE, TEA):
        assert bodies.count(sentence) == text.count(sentence)
