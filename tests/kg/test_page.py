"""The page in a real browser, headless: it draws offline, finds, filters, shows evidence to the letter, and runs no data."""

from __future__ import annotations

import csv
import io
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.view.graph import Evidence, ViewEdge, ViewFact, ViewGraph, ViewNode
from kg.view.page import render_page
from kg.view.style import PREDICATES, TYPES

webdriver = pytest.importorskip("selenium.webdriver", reason="the package selenium is not installed")

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER),
    reason="no chromium or chromedriver on the path: install Debian's chromium and chromium-driver",
)
FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,800"),
]
EVIL = "<img src=x onerror=window.ran=1><script>window.ran=1</script> & tea"
QUOTE = "the  ministry's “plan”\n\n<b>for</b> tea & robots"


def claim(quote: str, status: str = "Asserted", **more: Any) -> Evidence:
    return Evidence(quote, "Tea & <i>robots</i>", "page 1.txt", 20, 20 + len(quote), status, 0.87, **more)


def edge(source: str, predicate: str, target: str, *evidence: Evidence) -> ViewEdge:
    return ViewEdge(f"x:{source}", f"x:{target}", predicate, evidence)


VIEW = ViewGraph(
    (
        ViewNode(
            "x:plan",
            "Tea Plan",
            "Policy",
            facts=(ViewFact("hasMeasure", "plant tea", (claim("to plant tea", "Planned"),)),),
        ),
        ViewNode("x:ministry", "Ministry of Tea", "Ministry", ("MoT", "茶业部"), ("Tea & <i>robots</i>",)),
        ViewNode("x:woman", "Mei Lan", "Person"),
        ViewNode("x:park", "Yangba Tea Park", "Park"),
        ViewNode(
            "x:yangba", "Yangba", "City", facts=(ViewFact("indicatorOf", "=1+1: 3 tonnes", (claim("3 tonnes"),)),)
        ),
        ViewNode("x:china", "China", "Country"),
        ViewNode("x:evil", EVIL, "Company", (EVIL,)),
        ViewNode("x:alone", "Lonely Museum", "ResearchInstitute"),
    ),
    (
        edge("plan", "issuedBy", "ministry", claim(QUOTE), claim("and another")),
        edge("woman", "affiliatedWith", "ministry", claim("Mei, who leads it", role="minister")),
        edge("evil", "investsIn", "park", claim("denied paying", "Negated")),
        edge("evil", "locatedIn", "yangba", claim("in Yangba")),
        edge("park", "locatedIn", "yangba", claim("the park in Yangba")),
        edge("yangba", "locatedIn", "china"),
    ),
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("page") / "page.html", VIEW)


@pytest.fixture
def opened(browser: Any, page: Path) -> Any:
    return open_page(browser, page)


def written(path: Path, view: ViewGraph) -> Path:
    path.write_text(render_page(view, title="Tea <graph>"), encoding="utf-8")
    return path


def open_page(browser: Any, page: Path, width: int = 1280, height: int = 800) -> Any:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(page.as_uri())
    wait(lambda: browser.execute_script("return document.documentElement.dataset.drawn"))
    return browser


def wait(found: Callable[[], Any], seconds: float = 20) -> Any:
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, "the page did not get there in time"
        time.sleep(0.05)
    return result


def find(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def texts(browser: Any, selector: str) -> list[str]:
    return [element.get_property("textContent") for element in browser.find_elements("css selector", selector)]


def shown(browser: Any) -> dict[str, Any]:
    found: dict[str, Any] = browser.execute_script("return kgView.shown()")
    return found


def click_box(browser: Any, key: str) -> None:
    find(browser, f"#filters input[data-key={key}]").click()


def click_at(browser: Any, x: float, y: float, clicks: int = 1) -> None:
    """A click on the drawing, in CSS pixels from its corner."""
    box = browser.execute_script(
        "const b = document.getElementById('canvas').getBoundingClientRect(); return [b.x, b.y]"
    )
    where = {"x": box[0] + x, "y": box[1] + y, "button": "left", "clickCount": clicks}
    for kind in ("mousePressed", "mouseReleased"):
        browser.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, **where})


def test_the_graph_is_drawn(opened: Any) -> None:
    painted = """
        const canvas = document.querySelector("#canvas canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels.filter((value, i) => i % 4 === 3 && value > 0).length"""
    assert opened.execute_script(painted) > 1000
    assert shown(opened)["edges"] == 6
    assert {"Tea Plan", "China", EVIL} <= set(shown(opened)["labels"])
    assert texts(opened, "#counts") == ["8 entities · 6 relations · 2 facts · 1 article"]


def test_nothing_is_fetched_and_nothing_complains(opened: Any, page: Path) -> None:
    find(opened, "#tab-table").click()
    opened.execute_script("kgView.selectNode('x:evil')")
    assert opened.get_log("browser") == []
    sent = [
        entry["message"] for entry in opened.get_log("performance") if "Network.requestWillBeSent" in entry["message"]
    ]
    assert [message for message in sent if page.as_uri() not in message and '"url":"data:' not in message] == []
    assert (
        opened.execute_script(
            "return performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length"
        )
        == 0
    )


@pytest.mark.parametrize(
    "attack",
    [
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">');",
        "const b = document.createElement('button'); b.setAttribute('onclick', 'window.ran = 1'); b.click();",
        "fetch('https://example.org/').then(() => { window.ran = 1; }, () => {});",
    ],
)
def test_the_policy_holds(opened: Any, attack: str) -> None:
    opened.execute_script(
        f"window.broken = []; addEventListener('securitypolicyviolation', e => window.broken.push(e.blockedURI)); {attack}"
    )
    assert wait(lambda: opened.execute_script("return window.broken.length"))
    assert opened.execute_script("return window.ran") is None


def test_a_name_with_markup_is_shown_as_it_is(opened: Any) -> None:
    opened.execute_script("kgView.selectNode('x:evil')")
    assert texts(opened, "#panel h2") == [EVIL]
    assert texts(opened, "#panel .aliases span") == [EVIL]
    find(opened, "#tab-table").click()
    assert EVIL in texts(opened, "#table-body .entity span")
    assert texts(opened, "h1") == ["Tea <graph>"]
    assert opened.execute_script("return window.ran") is None


@pytest.mark.parametrize("query", ["MoT", "mot", "茶业", "of ministry", "mïnistry"])
def test_search_finds_by_any_name_with_the_keyboard(opened: Any, query: str) -> None:
    find(opened, "body").send_keys("/")
    opened.switch_to.active_element.send_keys(query)
    assert texts(opened, "#results [role=option] .name") == ["Ministry of Tea"]
    opened.switch_to.active_element.send_keys("\ue007")
    assert texts(opened, "#panel h2") == ["Ministry of Tea"]
    assert find(opened, "#search").get_property("value") == ""


def test_search_walks_its_results(opened: Any) -> None:
    find(opened, "#search").send_keys("yangba")
    assert texts(opened, "#results [role=option] .name") == ["Yangba", "Yangba Tea Park"]
    find(opened, "#search").send_keys("\ue015")
    assert texts(opened, "#results [aria-selected=true] .name") == ["Yangba Tea Park"]
    find(opened, "#search").send_keys("\ue00c")
    assert not find(opened, "#results").is_displayed()


def test_search_that_finds_nothing_says_so(opened: Any) -> None:
    find(opened, "#search").send_keys("coffee")
    assert texts(opened, "#results li") == ["No entity has such a name."]


def test_a_found_entity_is_shown_though_nothing_leads_to_it(opened: Any) -> None:
    assert "Lonely Museum" not in shown(opened)["nodes"]
    find(opened, "#search").send_keys("lonely\ue007")
    assert "Lonely Museum" in shown(opened)["nodes"]


def test_click_on_an_edge_shows_its_quotes_to_the_letter(opened: Any) -> None:
    ends = [opened.execute_script("return kgView.place(arguments[0])", iri) for iri in ("x:plan", "x:ministry")]
    click_at(opened, (ends[0]["x"] + ends[1]["x"]) / 2, (ends[0]["y"] + ends[1]["y"]) / 2)
    assert wait(lambda: texts(opened, "#panel blockquote")) == [QUOTE, "and another"]
    assert texts(opened, "#panel .triple .entity span") == ["Tea Plan", "Ministry of Tea"]
    assert texts(opened, "#panel .article") == ["Tea & <i>robots</i>"] * 2
    assert texts(opened, "#panel .where")[0] == f"page 1.txt, characters 20–{20 + len(QUOTE)}"
    assert texts(opened, "#panel .how")[0].endswith("confidence 0.87")


def test_click_on_a_node_shows_what_is_known_of_it(opened: Any) -> None:
    place = opened.execute_script("return kgView.place('x:ministry')")
    click_at(opened, place["x"], place["y"])
    assert wait(lambda: texts(opened, "#panel h2")) == ["Ministry of Tea"]
    assert texts(opened, "#panel h3") == ["issued", "people", "1 article"]
    assert texts(opened, "#panel .role") == [" minister"]
    opened.find_element("xpath", "//aside[@id='panel']//button[.//span='Mei Lan']").click()
    assert texts(opened, "#panel h2") == ["Mei Lan"]
    find(opened, "body").send_keys("\ue00c")
    assert not find(opened, "#panel").is_displayed()


def test_background_knowledge_says_that_it_has_no_quote(opened: Any) -> None:
    opened.execute_script("kgView.selectEdge('x:yangba', 'locatedIn', 'x:china')")
    assert texts(opened, "#panel blockquote") == []
    assert texts(opened, "#panel .hint")[0].startswith("Background knowledge")


def test_a_fact_unfolds_its_evidence(opened: Any) -> None:
    opened.execute_script("kgView.selectNode('x:plan')")
    assert not find(opened, "#panel blockquote").is_displayed()
    find(opened, "#panel summary").click()
    assert find(opened, "#panel blockquote").is_displayed()
    assert texts(opened, "#panel details .how")[0].startswith("planned")


@pytest.mark.parametrize(
    ("key", "edges", "gone"),
    [
        ("Negated", 5, set()),
        ("Background", 5, {"China"}),
        ("issuedBy", 5, {"Tea Plan"}),
        ("Ministry", 4, {"Ministry of Tea", "Tea Plan", "Mei Lan"}),
        ("City", 3, {"Yangba", "China"}),
    ],
)
def test_filters(opened: Any, key: str, edges: int, gone: set[str]) -> None:
    before = shown(opened)
    click_box(opened, key)
    after = shown(opened)
    assert after["edges"] == edges
    assert set(before["nodes"]) - set(after["nodes"]) == gone
    click_box(opened, key)
    assert (shown(opened)["nodes"], shown(opened)["edges"]) == (before["nodes"], before["edges"])


def test_filter_buttons(opened: Any) -> None:
    opened.execute_script("document.querySelector('button[aria-label=\"only located in\"]').click()")
    assert shown(opened)["edges"] == 3
    find(opened, "button[aria-label='Relations: all']").click()
    assert shown(opened)["edges"] == 6
    find(opened, "button[aria-label='Entities: none']").click()
    assert shown(opened)["nodes"] == []
    assert find(opened, "#empty").is_displayed()


def test_quotes_of_a_hidden_status_are_not_shown(opened: Any) -> None:
    click_box(opened, "Negated")
    opened.execute_script("kgView.selectEdge('x:evil', 'investsIn', 'x:park')")
    assert texts(opened, "#panel blockquote") == []
    assert texts(opened, "#panel .hint") == ["1 quote more of a status that is filtered out."]


def test_the_legend_counts_and_shows_only_what_is_there(opened: Any) -> None:
    entities = dict(
        zip(texts(opened, "fieldset:first-child .name"), texts(opened, "fieldset:first-child .count"), strict=True)
    )
    assert entities == dict.fromkeys(entities, "1")
    assert "Programme" not in entities
    assert len(entities) == 8


def test_unconnected_entities_on_demand(opened: Any) -> None:
    find(opened, "#unconnected").click()
    assert "Lonely Museum" in shown(opened)["nodes"]


def test_the_table_holds_every_fact_and_sorts(opened: Any) -> None:
    find(opened, "#tab-table").click()
    assert len(texts(opened, "#table-body tr")) == 9
    subjects = texts(opened, "#table-body td:first-child")
    assert subjects == sorted(subjects, key=lambda name: (name[0] != "<", name))
    find(opened, "th[data-column=quote] button").click()
    find(opened, "th[data-column=quote] button").click()
    assert texts(opened, "#table-body td.quote")[-1] == ""
    assert find(opened, "th[data-column=quote]").get_attribute("aria-sort") == "descending"


def test_the_table_filters_by_text_and_status(opened: Any) -> None:
    find(opened, "#tab-table").click()
    find(opened, "#table-filter").send_keys("ROBOTS plan")
    assert texts(opened, "#table-body td.quote") == [QUOTE, "and another", "to plant tea"]
    click_box(opened, "Planned")
    assert texts(opened, "#table-count") == ["2 rows of 9"]


def test_the_table_leads_to_the_evidence(opened: Any) -> None:
    find(opened, "#tab-table").click()
    opened.find_element("xpath", "//tbody//button[text()='issued by']").click()
    assert texts(opened, "#panel blockquote") == [QUOTE, "and another"]


def test_csv_download(opened: Any, tmp_path: Path) -> None:
    opened.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    find(opened, "#tab-table").click()
    find(opened, "#download-csv").click()
    wait((tmp_path / "facts.csv").exists)
    text = (tmp_path / "facts.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 9
    first = next(row for row in rows if row["quote"] == QUOTE)
    assert (first["subject"], first["predicate"], first["object"]) == ("Tea Plan", "issued by", "Ministry of Tea")
    assert (first["status"], first["start"], first["end"], first["subject_iri"]) == (
        "Asserted",
        "20",
        str(20 + len(QUOTE)),
        "x:plan",
    )
    assert (
        next(row["object"] for row in rows if row["subject"] == "Yangba" and row["predicate"] == "indicator")
        == "'=1+1: 3 tonnes"
    )
    assert opened.get_log("browser") == []


def test_csv_copy(opened: Any) -> None:
    find(opened, "#tab-table").click()
    find(opened, "#copy-csv").click()
    assert wait(lambda: find(opened, "#copy-csv").text != "Copy as CSV" and find(opened, "#copy-csv").text) == "Copied"


def test_light_and_dark(opened: Any) -> None:
    paper = "return getComputedStyle(document.body).backgroundColor"
    before = opened.execute_script(paper)
    find(opened, "#theme").click()
    assert opened.execute_script(paper) != before
    find(opened, "#theme").click()
    assert opened.execute_script(paper) == before


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1920])
def test_nothing_overflows_sideways(browser: Any, page: Path, width: int) -> None:
    open_page(browser, page, width, 800)
    browser.execute_script("kgView.selectNode('x:evil')")
    for tab in ("graph", "table"):
        find(browser, f"#tab-{tab}").click()
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert find(browser, "#panel").is_displayed()


def test_narrow_windows_open_the_filters_on_demand(browser: Any, page: Path) -> None:
    open_page(browser, page, 390, 844)
    assert not find(browser, "#filters").is_displayed()
    find(browser, "#filters-toggle").click()
    assert find(browser, "#filters").is_displayed()
    click_box(browser, "Negated")
    assert shown(browser)["edges"] == 5


def large_view(size: int, relations: int) -> ViewGraph:
    chance = random.Random(1)
    types, predicates = list(TYPES), list(PREDICATES)
    nodes = tuple(ViewNode(f"x:{i}", f"Entity number {i}", types[i % len(types)]) for i in range(size))
    pairs = {(i % size, int(size * chance.random() ** 3), predicates[i % len(predicates)]) for i in range(relations)}
    edges = (edge(str(a), p, str(b), claim(f"{a} and {b}")) for a, b, p in sorted(pairs) if a != b)
    return ViewGraph(nodes, tuple(edges))


def test_a_large_graph_starts_with_the_best_connected(
    browser: Any, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    begun = time.monotonic()
    large = written(tmp_path / "large.html", large_view(2000, 4000))
    record_property("seconds_to_write", round(time.monotonic() - begun, 2))
    open_page(browser, large)
    record_property("milliseconds_to_first_draw", int(find(browser, "html").get_attribute("data-drawn")))
    start = shown(browser)
    assert 50 < len(start["nodes"]) <= 120
    browser.execute_script("kgView.selectNode('x:1999')")
    assert "Entity number 1999" in shown(browser)["nodes"]
    browser.find_element(
        "xpath", "//button[starts-with(text(), 'Show') and contains(text(), 'more neighbour')]"
    ).click()
    assert len(shown(browser)["nodes"]) > len(start["nodes"]) + 1
    begun = time.monotonic()
    find(browser, "#scope").click()
    record_property("seconds_to_show_all", round(time.monotonic() - begun, 2))
    assert len(shown(browser)["nodes"]) > 1900
    assert browser.get_log("browser") == []
