"""Bodies of a government by the place they govern: "Quanzhou government" and "People's Government of Quanzhou" are one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.canonical import SMALL, canonical, is_chinese, read_table, words_of
from extract.gazetteer import Gazetteer
from extract.linking import Context

# What a body is called, whatever its field: a department, a bureau and a commission of commerce are one organ of a place.
KINDS = frozenset({
    "department", "bureau", "commission", "ministry", "administration", "authority", "agency", "committee", "division",
})  # fmt: skip
LONGEST_PLACE = 5
NATIONAL = frozenset({"federal", "national", "union", "royal", "state"})
PARTY = ("CPC ", "Communist Party of China ")
GOVERNED = frozenset({"Country", "Province", "City", "District", "Park"})
MUNICIPALITY = "municipality"  # a province that is a city


@dataclass(frozen=True)
class Named:
    """A body as its name gives it: surface of the place or "", types of place that its level fits, words for the organ."""

    place: str
    levels: tuple[str, ...]
    organ: str


Resolve = Callable[[Sequence[str]], str | None]


def organ_of(
    name: str, gazetteer: Gazetteer, resolve: Resolve, seat: Resolve, *, national: bool = False
) -> str | None:  # fmt: skip
    """Id of the place and organ of a government body ("cn-jiangsu.commerce"), or None where the name does not tell.

    `resolve` chooses among ids of places that bear the name in it; `seat` gives the place of one of these types that
    the text is about, for a name that says only "provincial" or "municipal", or nothing where it is `national`.
    """
    for named in readings(name, gazetteer, national=national):
        ids = [i for i in place_ids(named.place, gazetteer) if fits(i, named.levels, gazetteer)]
        place = resolve(ids) if named.place else seat(named.levels)
        organ = organ_form(named.organ, national=bool(place) and gazetteer.entries[place or ""].type == "Country")
        if place and organ:
            return f"{place}.{organ.replace(' ', '-')}"
    return None


def readings(name: str, gazetteer: Gazetteer, *, national: bool = False) -> Iterator[Named]:
    """How a name may be read: place first, place last behind "of" or "in", or without its place.

    A `national` body that names no place and no level belongs to the country that the text is about.
    """
    plain = re.sub(r"^(?:the|The) |['’]s\b", "", " ".join(name.split()))
    if is_chinese(plain):
        yield from chinese_readings(plain, gazetteer)
        return
    party = next((p for p in PARTY if plain.startswith(p)), "")
    words = plain.removeprefix(party).split()
    prefix = "cpc " if party else ""
    for size in range(min(len(words) - 1, LONGEST_PLACE), 0, -1):
        if place_ids(" ".join(words[:size]), gazetteer):
            levels, rest = level(words[size:])
            yield Named(" ".join(words[:size]), levels, prefix + " ".join(rest))
    for at in range(len(words) - 1, 0, -1):
        last = at + 1 if words[at].lower() == "the" else at
        if words[at - 1].lower() in {"of", "in"} and place_ids(" ".join(words[last:]), gazetteer):
            yield Named(" ".join(words[last:]), level(words[-1:])[0], prefix + " ".join(words[: at - 1]))
    levels, rest = level(words)
    if levels or national:
        yield Named("", levels or ("Country",), prefix + " ".join(rest))


def level(words: Sequence[str]) -> tuple[tuple[str, ...], Sequence[str]]:
    """Types of place that the first words name a level of ("municipal"), and the words behind."""
    for size in (2, 1):
        if types := levels_table().get(" ".join(words[:size]).lower()):
            return types, words[size:]
    return (), words


def fits(id: str, levels: Sequence[str], gazetteer: Gazetteer) -> bool:
    entry = gazetteer.entries[id]
    is_city = entry.type == "Province" and entry.zh[:1] != () and entry.zh[0].endswith("市")
    return not levels or entry.type in {"Park", *levels} or (is_city and MUNICIPALITY in levels)


def place_ids(surface: str, gazetteer: Gazetteer) -> list[str]:
    """Ids of governed places of this name; a demonym stands for its country."""
    demonym = gazetteer.demonyms.get(surface)
    ids = (demonym,) if demonym else gazetteer.find(surface)
    return [i for i in ids if gazetteer.entries[i].type in GOVERNED]


def organ_form(words: str, *, national: bool = False) -> str:
    """Which organ it is: one that every place has under its name in the table, else its field; "" for no organ.

    The table holds for local governments: "culture" and "culture and tourism" are one bureau, but may be two ministries.
    """
    if words in chinese_organs().values():
        return words
    form = [w for w in canonical(words, "body").split() if w not in SMALL - {"and"}]
    known = {} if national else organs()
    if (whole := " ".join(form)) in known:
        return known[whole]
    field = without_kind(form)
    return known.get(" ".join(field), " ".join(field)) if field and len(field) < len(form) else ""


def without_kind(words: list[str]) -> list[str]:
    """The field of "Federal Ministry of Commerce" and "Commerce Bureau": the words without the kind of body at either end."""
    if words and words[-1] in KINDS:
        return words[:-1]
    start = next((i for i, w in enumerate(words[:3]) if w in KINDS), None)
    return words if start is None or not NATIONAL.issuperset(words[:start]) else words[start + 1 :]


def chinese_readings(name: str, gazetteer: Gazetteer) -> Iterator[Named]:
    """Place and organ of a Chinese name: 江苏省 商务厅."""
    party = "中共" if name.startswith("中共") else ""
    plain = name.removeprefix(party)
    for size in range(len(plain) - 2, 1, -1):
        organ = chinese_organs().get(plain[size:])
        if organ and place_ids(plain[:size], gazetteer):
            yield Named(plain[:size], (), organ)


@cache
def organs() -> dict[str, str]:
    """Organ by each of its names."""
    rows = read_table("organs")
    names = ((name, row["organ"]) for row in rows for name in (row["organ"], *row["variants"].split("|")) if name)
    return {" ".join(w for w in words_of(name) if w not in SMALL - {"and"}): organ for name, organ in names}


@cache
def chinese_organs() -> dict[str, str]:
    return {
        row[column]: row["organ"]
        for row in read_table("organs")
        for column in ("zh_province", "zh_city")
        if row[column]
    }


@cache
def levels_table() -> dict[str, tuple[str, ...]]:
    return {row["word"]: tuple(row["types"].split("|")) for row in read_table("levels")}


def chinese_name(organ: str, place_type: str) -> str | None:
    """What an organ is called in Chinese, behind the name of its place; None where the table does not say."""
    column = "zh_province" if place_type == "Province" else "zh_city"
    return next(
        (row[column] for row in read_table("organs") if row["organ"].replace(" ", "-") == organ and row[column]), None
    )


def main_place(levels: Sequence[str], context: Context, gazetteer: Gazetteer) -> str | None:
    """The place of the first of these levels that an article names at all: the one beside a name, else the one named most.

    A country is named by its places too; another one than China if any, whose ministries are all in the tables.
    """
    for ids in (context.beside, context.near):
        if levels == ("Country",):
            named = [c for i in ids if (c := gazetteer.entries[i].country)]
            fitting = [c for c in named if c != "cn"] or named
        else:
            fitting = next((f for kind in levels if (f := [i for i in ids if is_of_level(i, kind, gazetteer)])), [])
        if fitting:
            return max(fitting, key=fitting.count)
    return None


def is_of_level(id: str, kind: str, gazetteer: Gazetteer) -> bool:
    return gazetteer.entries[id].type != "Park" and fits(id, (kind,), gazetteer)
