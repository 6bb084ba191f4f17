"""The shipped tables are sound, and the loader finds names in them and refuses bad rows."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.gazetteer import (
    COLUMNS,
    DEMONYMS,
    FOLDER,
    SIDE_TABLES,
    SUCCESSORS,
    Gazetteer,
    before,
    case_key,
    in_being,
    load_gazetteer,
)

TABLES = sorted(path.name for path in FOLDER.glob("*.csv"))
CONSTITUENT_DEPARTMENTS = {
    "Ministry of Foreign Affairs": "外交部",
    "Ministry of National Defense": "国防部",
    "National Development and Reform Commission": "国家发展和改革委员会",
    "Ministry of Education": "教育部",
    "Ministry of Science and Technology": "科学技术部",
    "Ministry of Industry and Information Technology": "工业和信息化部",
    "National Ethnic Affairs Commission": "国家民族事务委员会",
    "Ministry of Public Security": "公安部",
    "Ministry of State Security": "国家安全部",
    "Ministry of Civil Affairs": "民政部",
    "Ministry of Justice": "司法部",
    "Ministry of Finance": "财政部",
    "Ministry of Human Resources and Social Security": "人力资源和社会保障部",
    "Ministry of Natural Resources": "自然资源部",
    "Ministry of Ecology and Environment": "生态环境部",
    "Ministry of Housing and Urban-Rural Development": "住房和城乡建设部",
    "Ministry of Transport": "交通运输部",
    "Ministry of Water Resources": "水利部",
    "Ministry of Agriculture and Rural Affairs": "农业农村部",
    "Ministry of Commerce": "商务部",
    "Ministry of Culture and Tourism": "文化和旅游部",
    "National Health Commission": "国家卫生健康委员会",
    "Ministry of Veterans Affairs": "退役军人事务部",
    "Ministry of Emergency Management": "应急管理部",
    "People's Bank of China": "中国人民银行",
    "National Audit Office": "审计署",
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def rows(table: str) -> list[list[str]]:
    with (FOLDER / table).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


# --- the tables


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_sorted_and_lines_end_in_lf(table: str) -> None:
    keys = [tuple(row) if table in SIDE_TABLES else row[0] for row in rows(table)[1:]]
    assert keys == sorted(keys)
    assert b"\r" not in (FOLDER / table).read_bytes()


@pytest.mark.parametrize("table", TABLES)
def test_cells_are_trimmed_and_lists_hold_no_empty_or_repeated_value(table: str) -> None:
    for row in rows(table):
        for cell in row:
            values = cell.split("|")
            assert cell == " ".join(cell.split()), row
            assert len(values) == len(set(values)), row
            assert cell == "" or all(values), row


@pytest.mark.parametrize("table", TABLES)
def test_origin_and_licence_of_every_table_are_stated(table: str) -> None:
    stated = [
        line for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines() if f"| `{table}` |" in line
    ]
    assert len(stated) == 1
    assert all(cell.strip() for cell in stated[0].strip("|").split("|"))


def test_identifiers_have_the_form_of_their_source(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        assert entry.id == entry.id.lower() and entry.id.isascii(), entry
        assert entry.wikidata is None or (entry.wikidata[0] == "Q" and entry.wikidata[1:].isdigit()), entry
        assert entry.geonames is None or entry.geonames.isdigit(), entry
        assert entry.country is None or gazetteer.entries[entry.country].type == "Country", entry
        assert (entry.lat is None) == (entry.lon is None), entry
        assert abs(entry.lat or 0) <= 90 and abs(entry.lon or 0) <= 180, entry


def test_no_two_entries_share_an_outside_identifier(gazetteer: Gazetteer) -> None:
    ids = [entry.wikidata for entry in gazetteer.entries.values() if entry.wikidata]
    assert len(ids) == len(set(ids))


def test_china_is_complete(gazetteer: Gazetteer) -> None:
    chinese = [entry for entry in gazetteer.entries.values() if entry.country == "cn"]
    provinces = {entry.id for entry in chinese if entry.type == "Province"}
    cities = [entry for entry in chinese if entry.type == "City"]
    prefectures = [e for e in cities if e.parent in provinces and e.zh[0].endswith(("市", "州", "区", "盟"))]
    districts = [entry for entry in chinese if entry.type == "District"]
    assert len(provinces) == 34
    assert len(prefectures) >= 333
    assert len(districts) + len(cities) - 333 >= 2_500


@pytest.mark.parametrize(("name", "zh"), CONSTITUENT_DEPARTMENTS.items())
def test_every_constituent_department_of_the_state_council(gazetteer: Gazetteer, name: str, zh: str) -> None:
    entry = gazetteer.entries[gazetteer.find(name)[0]]
    assert (entry.type, entry.country, entry.parent, entry.zh[0]) == ("Ministry", "cn", "cn-state-council", zh)
    assert entry.abbrev
    assert all(entry.id in gazetteer.find(abbreviation) for abbreviation in entry.abbrev)


def test_all_pilot_free_trade_zones(gazetteer: Gazetteer) -> None:
    zones = [entry for entry in gazetteer.entries.values() if entry.id.startswith("cn-ftz-")]
    assert len(zones) == 22
    assert (
        gazetteer.find("Shanghai FTZ")
        == gazetteer.find("China (Shanghai) Pilot Free Trade Zone")
        == ("cn-ftz-shanghai",)
    )


@pytest.mark.parametrize(
    ("zh", "label"),
    [
        ("重庆市", "Chongqing"),
        ("厦门市", "Xiamen"),
        ("六安市", "Lu'an"),
        ("亳州市", "Bozhou"),
        ("丽水市", "Lishui"),
        ("蚌埠市", "Bengbu"),
        ("东莞市", "Dongguan"),
        ("乐山市", "Leshan"),
        ("长治市", "Changzhi"),
        ("长沙市", "Changsha"),
        ("天长市", "Tianchang"),
        ("漯河市", "Luohe"),
        ("都匀市", "Duyun"),
        ("朝阳市", "Chaoyang"),
        ("珲春市", "Hunchun"),
        ("铅山县", "Yanshan"),
        ("大厂回族自治县", "Dachang"),
        ("西安市", "Xi'an"),
        ("高安市", "Gao'an"),
        ("雅安市", "Ya'an"),
        ("延安市", "Yan'an"),
        ("吉安市", "Ji'an"),
        ("兰州市", "Lanzhou"),
        ("呼和浩特市", "Hohhot"),
        ("乌鲁木齐市", "Urumqi"),
        ("日喀则市", "Shigatse"),
        ("锡林郭勒盟", "Xilingol"),
    ],
)
def test_place_names_are_read_as_on_maps(gazetteer: Gazetteer, zh: str, label: str) -> None:
    assert label in {entry.label for entry in gazetteer.entries.values() if entry.zh[:1] == (zh,)}


# --- looking names up


@pytest.mark.parametrize(
    ("surface", "ids"),
    [
        ("Kunshan", ("cn-jiangsu-suzhou-kunshan",)),
        ("Suzhou city", ("cn-jiangsu-suzhou", "cn-anhui-suzhou")),
        ("Fuzhou", ("cn-fujian-fuzhou", "cn-jiangxi-fuzhou")),
        ("Zixi county", ("cn-jiangxi-fuzhou-zixi",)),
        ("Gao’an", ("cn-jiangxi-yichun-gaoan",)),
        ("JIANGSU", ("cn-jiangsu",)),
        ("jiangsu Province", ("cn-jiangsu",)),
        ("Inner  Mongolia\nAutonomous Region", ("cn-inner-mongolia",)),
        ("Lüliang city", ("cn-shanxi-luliang",)),
        ("Georgia", ("ge", "us-georgia")),
        ("Turkey", ("tr",)),
        ("Turkiye", ("tr",)),
        ("Republic of Korea", ("kr",)),
        ("US", ("us",)),
        ("us", ()),
        ("U.S.", ("us",)),
        ("MOST", ("cn-most",)),
        ("Most", ()),
        ("WHO", ("org-who",)),
        ("who", ()),
        ("Shanghai Cooperation Organisation", ("org-sco",)),
        ("Zixi district", ()),
        ("Atlantis", ()),
        ("", ()),
    ],
)
def test_find(gazetteer: Gazetteer, surface: str, ids: tuple[str, ...]) -> None:
    assert gazetteer.find(surface) == ids


def test_the_likelier_bearer_of_a_name_comes_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Suzhou")[:2] == ("cn-jiangsu-suzhou", "cn-anhui-suzhou")
    assert gazetteer.find("Jilin") == ("cn-jilin", "cn-jilin-jilin")
    assert gazetteer.find("London")[0] == "gb-london"
    assert gazetteer.find("Ministry of Finance")[0] == "cn-mof"
    assert gazetteer.find("国家税务总局") == ("cn-sta", "cn-sat")  # which still exists, before the one it took over


@pytest.mark.parametrize(
    ("id", "names"),
    [
        ("cn-jiangsu", {"Jiangsu", "Jiangsu province"}),
        ("cn-jiangxi-fuzhou-zixi", {"Zixi", "Zixi county"}),
        ("cn-fujian-quanzhou-fengze", {"Fengze", "Fengze district"}),
        ("cn-inner-mongolia-alxa", {"Alxa", "Alashan", "Alxa league"}),
        ("cn-sichuan-liangshan", {"Liangshan", "Liangshan prefecture", "Liangshan Yi Autonomous Prefecture"}),
        ("cn-hebei-hengshui-jingxian", {"Jingxian", "Jing county"}),
        ("cn-miit", {"Ministry of Industry and Information Technology", "MIIT"}),
        ("us-california", {"California", "California state"}),
        ("us-new-york", {"New York state"}),
        ("fr-paris", {"Paris"}),
    ],
)
def test_names(gazetteer: Gazetteer, id: str, names: set[str]) -> None:
    found = gazetteer.names(gazetteer.entries[id])
    assert names <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("id", ["us-new-york", "fr-paris", "cn-inner-mongolia-alxa-alxa-left-banner"])
def test_no_unit_is_said_twice_or_added_to_a_foreign_city(gazetteer: Gazetteer, id: str) -> None:
    entry = gazetteer.entries[id]
    assert set(gazetteer.names(entry)) == {entry.label, *entry.aliases, *entry.abbrev}


def test_every_name_finds_its_entry(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        assert all(entry.id in gazetteer.find(name) for name in gazetteer.names(entry)), entry


@pytest.mark.parametrize(
    ("surface", "id"),
    [
        ("工业和信息化部", "cn-miit"),
        ("江苏省", "cn-jiangsu"),
        ("Ministry of Industry & Information Technology", "cn-miit"),
        ("the Department of Defence", "us-dod"),
        ("Federal Ministry of Defense", "de-bmvg"),
        ("Tingri county", "cn-tibet-shigatse-dingri"),
        ("Xian", "cn-shaanxi-xian"),
        ("Hangzhou-based", "cn-zhejiang-hangzhou"),
    ],
)
def test_find_spelled_takes_other_spellings(gazetteer: Gazetteer, surface: str, id: str) -> None:
    assert id in gazetteer.find_spelled(surface)


@pytest.mark.parametrize("surface", ["Ministry of Magic", "the", "&", ""])
def test_find_spelled_finds_nothing_where_nothing_is(gazetteer: Gazetteer, surface: str) -> None:
    assert gazetteer.find_spelled(surface) == ()


def test_parks_are_found_by_what_their_names_say(gazetteer: Gazetteer) -> None:
    assert gazetteer.find_park("Zhuzhou National Hi-tech Industrial Development Zone") == gazetteer.find(
        "Zhuzhou High-tech Zone"
    )
    assert gazetteer.find_park("Zhuzhou Economic Development Zone") == ()
    assert gazetteer.find_park_short("Liangjiang") == gazetteer.find("Liangjiang New Area")
    assert gazetteer.find_park_short("Zhuzhou") == ()


@pytest.mark.parametrize(
    ("id", "date", "right"),
    [
        ("cn-miit", "2008-02", False), ("cn-miit", "2008-03-15", True), ("cn-miit", "2008", True), ("cn-miit", None, True),
        ("cn-mii", "2008-02-11", True), ("cn-mii", "2008-04", False), ("cn-mii", "1997-12", False), ("cn-jiangsu", "1911", True),
    ],
)  # fmt: skip
def test_bodies_are_in_being_from_their_first_day_to_their_last(
    gazetteer: Gazetteer, id: str, date: str, right: bool
) -> None:
    assert in_being(gazetteer.entries[id], date) is right


def test_what_is_gone_has_a_successor_that_came_after_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.successors["cn-mii"] == ("cn-miit",)
    assert set(gazetteer.successors["gb-beis"]) == {"gb-desnz", "gb-dbt", "gb-dsit"}
    for id, successor, since in rows(SUCCESSORS)[1:]:
        old, new = gazetteer.entries[id], gazetteer.entries[successor]
        assert old.valid_to and before(old.valid_to, since), id
        assert new.valid_to is None or before(since, new.valid_to), successor
    gone = {e.id for e in gazetteer.entries.values() if e.type == "Ministry" and e.country == "cn" and e.valid_to}
    assert gone == {id for id in gazetteer.successors if id.startswith("cn-")}


def test_locodes_are_of_their_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.locodes["cn-shanghai"] == "CNSHA"
    for id, locode in gazetteer.locodes.items():
        assert len(locode) == 5 and locode.isupper(), id
        assert locode[:2].lower() in {gazetteer.entries[id].country, "hk", "mo", "tw"}, id


def test_ancestors(gazetteer: Gazetteer) -> None:
    assert gazetteer.ancestors("cn-jiangxi-fuzhou-zixi") == ("cn-jiangxi-fuzhou", "cn-jiangxi", "cn", "place-asia")
    assert gazetteer.ancestors("cn-nda") == ("cn-ndrc", "cn-state-council", "cn", "place-asia")
    assert gazetteer.ancestors("place-asia") == ()


def test_demonyms(gazetteer: Gazetteer) -> None:
    found = {demonym: gazetteer.demonyms.get(demonym) for demonym in ("Chinese", "Dutch", "American", "Central Asian")}
    assert found == {"Chinese": "cn", "Dutch": "nl", "American": "us", "Central Asian": "place-central-asia"}
    assert "dutch" not in gazetteer.demonyms


def test_case_key_keeps_the_letter_case_and_drops_what_is_typography() -> None:
    assert case_key(" Xi’an \n Hi‑Tech  Zone ") == "Xi'an Hi-Tech Zone"
    assert case_key("Côte d’Ivoire") == "Cote d'Ivoire"


# --- bad tables

HEADER = ",".join(COLUMNS)
Write = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Write:
    def write(*lines: str, header: str = HEADER, demonyms: str = "") -> Path:
        (tmp_path / "places.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        if demonyms:
            (tmp_path / DEMONYMS).write_text(demonyms, encoding="utf-8")
        return tmp_path

    return write


def row(id: str, type: str = "City", label: str = "X", parent: str = "", lat: str = "") -> str:
    cells = dict.fromkeys(COLUMNS, "") | {"id": id, "type": type, "label": label, "parent": parent, "lat": lat}
    return ",".join(cells.values())


def test_a_small_table_loads(table: Write) -> None:
    small = load_gazetteer(
        table(row("a", "Country", "Utopia"), row("b", parent="a"), demonyms="demonym,id\nUtopian,a\n")
    )
    assert small.find("utopia") == ("a",)
    assert small.ancestors("b") == ("a",)
    assert small.demonyms == {"Utopian": "a"}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([row("a", "Town")], r"places\.csv:2: unknown type 'Town'; one of City, .* is right"),
        ([row("a"), row("b", parent="c")], r"places\.csv:3: unknown parent 'c'"),
        ([row("a"), row("b"), row("a")], r"places\.csv:4: id 'a' is already taken at .*places\.csv:2"),
        ([row("a", parent="b"), row("b", parent="a")], r"places\.csv:\d: 'a' is above itself"),
        ([row("a", label="")], r"places\.csv:2: a row needs an id and a label"),
        ([row("a", lat="north")], r"places\.csv:2: .*north.*; population, lat and lon are numbers or empty"),
        ([row("a"), row("a", "City")], r"places\.csv:3: id 'a' is already taken"),
        (["a,City,X"], r"places\.csv:2: 3 cells; a row has 17"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(table: Write, lines: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_gazetteer(table(*lines))


def test_an_unknown_column_is_refused_with_the_columns_listed(table: Write) -> None:
    with pytest.raises(ValueError, match=r"places\.csv:1: wrong column colour; the columns are id,type,label,aliases"):
        load_gazetteer(table(header=f"{HEADER},colour"))


def test_a_successor_of_nothing_is_refused(table: Write) -> None:
    folder = table(row("a"))
    (folder / SUCCESSORS).write_text("id,successor,since\na,z,2018\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"successors\.csv:2: unknown id 'z'"):
        load_gazetteer(folder)


def test_a_demonym_of_nothing_is_refused(table: Write) -> None:
    with pytest.raises(ValueError, match=r"demonyms\.csv:2: unknown id 'z'"):
        load_gazetteer(table(row("a"), demonyms="demonym,id\nZedian,z\n"))
