"""Repair: one table row for every kind of dirt, with its negatives; offsets as properties."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.clean import LIGATURES
from extract.repair import Repaired, repair


def joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


WORDS = [
    # raw, repaired: hyphens at line ends and before a stray blank
    ("The port is comprehen-\nsive and busy.", "The port is comprehensive and busy."),
    ("The port offers high-\nquality storage.", "The port offers high-quality storage."),
    ("The port offers high- end storage.", "The port offers high-end storage."),
    ("A reform of organiza- tions began.", "A reform of organizations began."),
    ("The firm makes plug- in cars.", "The firm makes plug-in cars."),
    ("Rolls- Royce opened a shop.", "Rolls-Royce opened a shop."),
    ("It was a 6.5- hour ride.", "It was a 6.5-hour ride."),
    ("They sell two- and three-wheeled carts.", "They sell two- and three-wheeled carts."),
    ("They sell two-\nand three-wheeled carts.", "They sell two- and three-wheeled carts."),
    ("Use of pre- and post-harvest tools grew.", "Use of pre- and post-harvest tools grew."),
    ("He came in 2019- the worst year.", "He came in 2019- the worst year."),
    ("A non-\nferrous metal plant closed.", "A non-ferrous metal plant closed."),
    ("The state-of-the-\nart yard opened.", "The state-of-the-art yard opened."),
    ("The MANAGE-\nMENT office closed.", "The MANAGEMENT office closed."),
    ("Micro-plots work. The micro-\nplots are small.", "Micro-plots work. The micro-plots are small."),
    ("Xinlu is a town. The town of Xin-\nlu is old.", "Xinlu is a town. The town of Xinlu is old."),
    ("A trade - said to be fair - began.", "A trade - said to be fair - began."),
    # soft hyphens and the marks of PDF readers
    ("An eco\u00adsystem of foun\u00ad\ndations grew.", "An ecosystem of foundations grew."),
    ("An eco\ufffesystem of high\ufffequality firms.", "An ecosystem of high-quality firms."),
    # hyphens lost between the parts of a compound
    ("Provinciallevel offices met.", "Provincial-level offices met."),
    ("A highquality, lowlevel, largescale plan.", "A high-quality, low-level, large-scale plan."),
    ("The Wanli Hightech Zone has a oneday desk.", "The Wanli High-tech Zone has a one-day desk."),
    ("A scitech base and openingup.", "A sci-tech base and opening-up."),
    ("Dune-proof walls work. The duneproof wall held.", "Dune-proof walls work. The dune-proof wall held."),
    ("An underway spaceship and a website.", "An underway spaceship and a website."),
    ("See www.hightech.example or mail hightech@a.example.", "See www.hightech.example or mail hightech@a.example."),
    ("HIGHTECH Ltd. and the fled scaled.", "HIGHTECH Ltd. and the fled scaled."),
    # figures
    ("It has 100, 000 trees and 1, 250, 000 birds.", "It has 100,000 trees and 1,250,000 birds."),
    ("In 2023, 100 firms came and on May 5, 300 left.", "In 2023, 100 firms came and on May 5, 300 left."),
    ("Rows 10, 0005 stay.", "Rows 10, 0005 stay."),
    # marks, tags, entities, links
    ("The **port** of *Hai Men* emits CO<sub>2</sub>.", "The port of Hai Men emits CO2."),
    ("__Bold__ and _soft_ but snake_case_name.", "Bold and soft but snake_case_name."),
    ("A 5* hotel, 2 * 3 and 4 * 5.", "A 5* hotel, 2 * 3 and 4 * 5."),
    ("R&amp;D at A&B grew &lt;5%; &unknown; stays.", "R&D at A&B grew <5%; &unknown; stays."),
    ("Read [the plan](https://a.example/b) now.", "Read the plan now."),
    ("If a < b and b > c then stop.", "If a < b and b > c then stop."),
    # blanks, ligatures, byte order mark, line ends
    ("\ufeffA\u00a0quiet\u3000 port  of\tcall.", "A quiet port of call."),
    ("The ﬁrst eﬀort of oﬃces.", "The first effort of offices."),
    ("Zero\u200bwidth marks.", "Zerowidth marks."),
]


@pytest.mark.parametrize(("raw", "text"), WORDS)
def test_words(raw: str, text: str) -> None:
    assert repair(raw).text == text


LONG = (
    "Farms in the delta have sent their rice abroad for ten years, and the county now wants them to sell it under "
    "a name of its own, with seeds bred in the county's own school and ships of its own."
)
PARAGRAPHS = [
    pytest.param(
        "The town wants green trans-\n\n\n\nA view of the town. (PHOTO: XINHUA)\n\nformation, its mayor said.\n",
        joined("The town wants green transformation, its mayor said.", "A view of the town."),
        id="caption in a word",
    ),
    pytest.param(
        "Farmers opened the gates of\n\nRice fields in spring. (Photo by LIU Yang)\n\nthe old canal in May.",
        joined("Farmers opened the gates of the old canal in May.", "Rice fields in spring."),
        id="caption in a sentence",
    ),
    pytest.param(
        "The lake is salty.\n\nThe salt lake at noon. (PHOTO",
        joined("The lake is salty.", "The salt lake at noon."),
        id="credit cut off",
    ),
    pytest.param(
        "The law (photocopied twice) passed.", "The law (photocopied twice) passed.", id="a bracket that is no credit"
    ),
    pytest.param(
        "It opens ports,\n\nroads and rails.", "It opens ports, roads and rails.", id="blank line in a sentence"
    ),
    pytest.param(
        "The pier opened in May. It cost the town 900 million\n\nRMB last year.",
        "The pier opened in May. It cost the town 900 million RMB last year.",
        id="unit on the next line",
    ),
    pytest.param(
        "Trade rose year\n\non-year in all towns of the delta.",
        "Trade rose year-on-year in all towns of the delta.",
        id="hyphen lost at a line end",
    ),
    pytest.param(
        "The plan gives a comprehen-\n\nThe second plan is short.",
        joined("The plan gives a comprehen-", "The second plan is short."),
        id="rest missing",
    ),
    pytest.param(
        "Money flows into services and\n\nTo mend this, banks lend.",
        joined("Money flows into services and", "To mend this, banks lend."),
        id="open sentence before a capital",
    ),
    pytest.param(
        "The list names:\n\n- rice farms\n- tea farms\n\nIt ends here.",
        joined("The list names:", "rice farms", "tea farms", "It ends here."),
        id="bulleted list",
    ),
    pytest.param(
        "An applicant shall be\n\na) a firm of the zone;\n\nb) a school.",
        joined("An applicant shall be", "a) a firm of the zone;", "b) a school."),
        id="lettered list",
    ),
    pytest.param(
        "The mine ships ore to ports that\n\nLocal care\n\nDoctors visit the mine.",
        joined("The mine ships ore to ports that", "Local care", "Doctors visit the mine."),
        id="sub-head is no continuation",
    ),
    pytest.param(
        f'{LONG} They vow to "go out and trade." Growing hardy rice\n\nIn the north, rice is new.',
        joined(f'{LONG} They vow to "go out and trade."', "Growing hardy rice", "In the north, rice is new."),
        id="sub-head stuck to a paragraph",
    ),
    pytest.param(
        "The bank works with groups like Haixin Export\n\nerage and lend more. The bank also wants prac-\n\n"
        "Guarantee told to broaden cov-\n\ntical steps for small firms.",
        "The bank works with groups like Haixin Export Guarantee told to broaden coverage and lend more. "
        "The bank also wants practical steps for small firms.",
        id="interleaved columns",
    ),
    pytest.param(
        "The fair ended on Sunday.\n\nsteady gains in trade, and it will\n\ncontinue so.\n\nOver ten years, Lishan has made\n\n"
        "By 2030 the county hopes for more.",
        joined(
            "The fair ended on Sunday.",
            "Over ten years, Lishan has made steady gains in trade, and it will continue so.",
            "By 2030 the county hopes for more.",
        ),
        id="first line printed last",
    ),
    pytest.param(
        "A first part ends.\n\nPage 3 of 8\n\nViews: 92\n\nShare this article\n\nA second part starts.",
        joined("A first part ends.", "A second part starts."),
        id="page furniture",
    ),
    pytest.param(
        "Harbour News\n\nShips came.\n\nHarbour News\n\nShips went.\n\nHarbour News\n\nShips sank.",
        joined("Ships came.", "Ships went.", "Ships sank."),
        id="running head",
    ),
    pytest.param(
        "The city of Moji has a port that\r\nserves forty lines, and it plans to\r\nbuild a new pier. Officials of the\r\n"
        "Harbour Board expect more.\r\n\r\nA second pier follows.\r\n",
        joined(
            "The city of Moji has a port that serves forty lines, and it plans to build a new pier. "
            "Officials of the Harbour Board expect more.",
            "A second pier follows.",
        ),
        id="wrapped lines",
    ),
    pytest.param(
        "The port is open.\nThe school is closed.\nThe mine is flooded.",
        joined("The port is open.", "The school is closed.", "The mine is flooded."),
        id="one paragraph a line",
    ),
    pytest.param("## What is new ##\n\nA pier.", joined("What is new", "A pier."), id="markdown heading"),
    pytest.param(
        "iFarm grows.\n\niFarm sells pears.", joined("iFarm grows.", "iFarm sells pears."), id="lower-case brand"
    ),
]


@pytest.mark.parametrize(("raw", "text"), PARAGRAPHS)
def test_paragraphs(raw: str, text: str) -> None:
    assert repair(raw).text == text


def test_only_the_stretch_asked_for() -> None:
    raw = "Left out.\n\nThe high- end port.\n\nLeft out too."
    start, end = raw.index("The"), raw.index("\n\nLeft out too")
    assert repair(raw, start, end).text == "The high-end port."
    assert repair(raw, start, end).raw_span(0, 3) == (start, start + 3)


def test_raw_span_covers_the_caption_between_the_halves_of_a_word() -> None:
    raw = "It seeks green trans-\n\nA view. (PHOTO: VCG)\n\nformation now."
    repaired = repair(raw)
    start = repaired.text.index("transformation")
    low, high = repaired.raw_span(start, start + len("transformation"))
    assert raw[low:high] == "trans-\n\nA view. (PHOTO: VCG)\n\nformation"


def test_a_hyphen_put_in_has_the_offset_of_the_next_character() -> None:
    raw = "A highquality port."
    repaired = repair(raw)
    assert repaired.raw_span(2, 14) == (2, 13)
    assert repaired.offsets[6:8] == (6, 6)


@pytest.mark.parametrize("span", [(0, 0), (2, 1), (-1, 2), (0, 99)])
def test_raw_span_refuses_spans_outside(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="empty or outside the text of length 6"):
        Repaired("A port", (0, 1, 2, 3, 4, 5)).raw_span(*span)


PIECES = st.sampled_from(
    [
        *(
            "the port",
            "Growth",
            "high",
            "quality",
            "highquality",
            "comprehen",
            "sive",
            "erage",
            "and",
            "of",
            "RMB",
            "12",
            "100",
        ),
        *(
            "- ",
            "-\n",
            "-\n\n",
            "-",
            ".",
            ". ",
            ", ",
            ",",
            "\n",
            "\n\n",
            "\n\n\n\n",
            "\r\n",
            "\f",
            " ",
            "  ",
            "\u00a0",
            "\t",
        ),
        *(
            "\u00ad",
            "\ufeff",
            "\ufffe",
            "\u200b",
            "ﬁ",
            "**",
            "*",
            "_",
            "# ",
            "### ",
            "> ",
            "| ",
            "&amp;",
            "<sub>",
            "</sub>",
            "[a](b)",
        ),
        *(
            "(PHOTO: XINHUA)",
            "(PHOTO",
            "Page 3",
            "By LI Wei",
            "From page 1",
            "Policy Express",
            "Views: 9",
            "000",
            "\u2028",
            "业",
        ),
    ]
)
DIRTY = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


@settings(max_examples=400)
@given(DIRTY)
def test_each_character_stands_at_its_offset(raw: str) -> None:
    repaired = repair(raw)
    assert len(repaired.offsets) == len(repaired.text)
    for character, offset in zip(repaired.text, repaired.offsets, strict=True):
        assert 0 <= offset < len(raw)
        put_in = character in " \n-" or raw[offset] == "&" or character in LIGATURES.get(raw[offset], "")
        assert raw[offset] == character or put_in


@settings(max_examples=200)
@given(DIRTY, st.data())
def test_the_raw_slice_of_a_span_holds_its_characters(raw: str, data: st.DataObject) -> None:
    repaired = repair(raw)
    if not repaired.text:
        return
    start = data.draw(st.integers(0, len(repaired.text) - 1))
    end = data.draw(st.integers(start + 1, len(repaired.text)))
    low, high = repaired.raw_span(start, end)
    inside = repaired.offsets[start:end]
    assert low in inside and high - 1 in inside
    assert all(low <= offset < high for offset in inside)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The port of Moji opened a second pier in May 2024.",
            "It cost 1.2 billion RMB, up 4 percent year-on-year.",
            '"We hope for trade," said Chen Yu, head of the Harbour Board.',
            "Three low-carbon, high-quality yards of Haixin Group Co., Ltd. followed (two in Gansu).",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@settings(max_examples=100)
@given(st.lists(SENTENCES | st.just("Cold is a resource"), min_size=1, max_size=6, unique=True))
def test_clean_text_stays_as_it_is(paragraphs: list[str]) -> None:
    clean = joined(*paragraphs)
    repaired = repair(clean)
    assert repaired.text == clean
    assert all(
        clean[at] == character or character == "\n" for character, at in zip(clean, repaired.offsets, strict=True)
    )


@settings(max_examples=200)
@given(DIRTY)
def test_the_same_input_gives_the_same_output(raw: str) -> None:
    assert repair(raw) == repair(raw)
