"""The gazetteer: named places, public bodies, parks, institutes and programmes, read from the tables a domain expert edits.

Every `*.csv` of the folder has the columns `COLUMNS`, but for those of `SIDE_TABLES`. A cell that holds several values
separates them with `|`. What each column means and where the rows come from: `ontology/gazetteer/README.md`.
"""

from __future__ import annotations

import csv
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType

from extract.canonical import canonical, listed, table
from extract.schema import ANY as TYPES

FOLDER = Path(__file__).resolve().parent.parent / "ontology" / "gazetteer"
DEMONYMS, SUCCESSORS, LOCODES = "demonyms.csv", "successors.csv", "locodes.csv"
SIDE_TABLES = {DEMONYMS: ["demonym", "id"], SUCCESSORS: ["id", "successor", "since"], LOCODES: ["id", "locode"]}
COLUMNS = [
    "id", "type", "label", "aliases", "zh", "abbrev", "parent", "country", "wikidata", "geonames", "iso", "population",
    "lat", "lon", "valid_from", "valid_to", "note",
]  # fmt: skip

# What newspapers write after the name of a Chinese place, by how its official Chinese name ends; longest ending first.
UNITS = (
    ("特别行政区", ("special administrative region", "SAR")),
    ("自治区", ("autonomous region",)),
    ("自治州", ("autonomous prefecture", "prefecture")),
    ("自治县", ("autonomous county", "county")),
    ("自治旗", ("autonomous banner", "banner")),
    ("林区", ("forestry district",)),
    ("地区", ("prefecture",)),
    ("省", ("province",)),
    ("盟", ("league",)),
    ("县", ("county",)),
    ("旗", ("banner",)),
    ("区", ("district",)),
    ("市", ("city",)),
)
MUNICIPALITY = ("municipality", "city")
FOREIGN_UNITS = {
    "au": "state", "br": "state", "de": "state", "in": "state", "my": "state", "us": "state",
    "ca": "province", "id": "province", "kr": "province", "jp": "prefecture", "ae": "emirate",
}  # fmt: skip
WITH_UNIT = frozenset({"Province", "City", "District"})

# How likely a bare name means it: the higher the unit, the likelier.
RANKS = {"Country": 0, "Province": 1, "City": 2, "District": 4}
COUNTY_LEVEL_CITY = 3
NO_PLACE = 5

APOSTROPHES = str.maketrans("’‘ʼ–‑", "'''--")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `zh[0]` is the official Chinese name, `lat` and `lon` are degrees, dates ISO 8601 as precise as known."""

    id: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    abbrev: tuple[str, ...] = ()
    parent: str | None = None
    country: str | None = None
    wikidata: str | None = None
    geonames: str | None = None
    iso: str | None = None
    population: int | None = None
    lat: float | None = None
    lon: float | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Gazetteer:
    """Entries by id; ids by name, the likeliest first; ids by demonym ("German": "de").

    The keys of `by_name` are `case_key` of abbreviations ("US" is a name, "us" is not) and `name_key` of all other
    names, Chinese ones included: look a surface up with `find`. `successors` holds what took the place of an entry that
    was renamed, merged or split, `locodes` the UN/LOCODE of places.
    """

    entries: Mapping[str, Entry]
    by_name: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, str]
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    locodes: Mapping[str, str] = field(default_factory=dict)

    def find(self, surface: str) -> tuple[str, ...]:
        """Ids that bear this name, the likeliest first; empty where none does. Letter case counts for abbreviations only."""
        key = case_key(surface)
        return self.by_name.get(key) or self.by_name.get(key.casefold(), ())

    @cached_property
    def openings(self) -> Sequence[str]:
        """The first words of all names, in lower case, sorted."""
        return sorted({key.casefold().partition(" ")[0] for key in self.by_name})

    def opens(self, word: str) -> bool:
        """Whether a name begins with this word, which may be but the start of its first ("Xi" of "Xi'an")."""
        start = case_key(word).casefold()
        at = bisect_left(self.openings, start)
        return at < len(self.openings) and self.openings[at].startswith(start)

    def find_spelled(self, surface: str) -> tuple[str, ...]:
        """As `find`; where that finds nothing, the name in American and in British spelling, "&" as "and", without article,
        and for one with an apostrophe the name without it: "Xian".
        """
        found = (self.find(spelled) for spelled in (surface, *spellings(surface)))
        return next((ids for ids in found if ids), self.without_apostrophe.get(name_key(surface), ()))

    @cached_property
    def without_apostrophe(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by the keys of names that have an apostrophe, without it."""
        return {key.replace("'", ""): ids for key, ids in self.by_name.items() if "'" in key}

    def find_park(self, surface: str) -> tuple[str, ...]:
        """Ids of parks whose names say the same in other words: "Hi-tech Zone", "High-tech Industrial Development Zone"."""
        return self.parks.get(canonical(surface, "park"), ())

    def find_park_short(self, surface: str) -> tuple[str, ...]:
        """Ids of parks that go by this name, which leaves out what kind of park it is: "Liangjiang" for "Liangjiang New Area".

        None by the name of a city, which is the city's.
        """
        cities = [i for i in self.find(surface) if level(self.entries[i], self.entries) <= COUNTY_LEVEL_CITY]
        return () if cities else self.park_shorts.get(canonical(surface, "park"), ())

    @cached_property
    def park_shorts(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of parks by the words before what only says their kind."""
        found: dict[str, tuple[str, ...]] = {}
        for form, ids in self.parks.items():
            short = " ".join(takewhile(lambda word: word not in listed("generic"), form.split()))
            if short and short != form:
                found[short] = tuple(dict.fromkeys((*found.get(short, ()), *ids)))
        return found

    @cached_property
    def parks(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of parks by the canonical form of each name."""
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.entries.values():
            for form in {canonical(name, "park") for name in self.names(entry)} if entry.type == "Park" else ():
                found[form] = (*found.get(form, ()), entry.id)
        return found

    def names(self, entry: Entry) -> tuple[str, ...]:
        """The surface forms of an entry, label first, with those its unit makes ("Jiangsu province", "Zixi county")."""
        return tuple(dict.fromkeys((entry.label, *entry.aliases, *entry.abbrev, *with_unit(entry))))

    def ancestors(self, id: str) -> tuple[str, ...]:
        """Ids above an entry, nearest first: city, province, country, continent, or the bodies above a body."""
        found: list[str] = []
        parent = self.entries[id].parent
        while parent:
            found.append(parent)
            parent = self.entries[parent].parent
        return tuple(found)


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """All tables of `folder`, by default those shipped.

    Raises ValueError that names file and line for an unknown column, type, parent or id, a repeated id, a cell that is
    no number where one is due, and for parents that run in a circle.
    """
    folder = folder or FOLDER
    entries: dict[str, Entry] = {}
    lines: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in SIDE_TABLES:
            for line, row in read_rows(path, COLUMNS):
                add_entry(entries, lines, f"{path}:{line}", row)
    check_parents(entries, lines)
    return Gazetteer(
        MappingProxyType(entries), MappingProxyType(index_names(entries)), read_demonyms(folder, entries),
        read_successors(folder, entries), read_locodes(folder, entries),
    )  # fmt: skip


@cache
def shipped_gazetteer() -> Gazetteer:
    """The tables shipped with the package, read once a process."""
    return load_gazetteer()


def case_key(surface: str) -> str:
    """The surface with plain apostrophes and hyphens, single spaces and no diacritics; letter case kept."""
    if not surface.isascii():
        decomposed = unicodedata.normalize("NFKD", surface.translate(APOSTROPHES))
        surface = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(surface.split())


def name_key(surface: str) -> str:
    """`case_key` without letter case: how names other than abbreviations are filed."""
    return case_key(surface).casefold()


def spellings(surface: str) -> Iterator[str]:
    """The surface in other spellings, each word as the Americans write it, then as the British do; a hyphen that a line
    was broken at joins again.
    """
    plain = " ".join(surface.replace("&", " and ").replace("- ", "-").split())
    plain = plain.removeprefix("the ").removeprefix("The ").removesuffix("-based")
    for words in (american(), {us: uk for uk, us in american().items()}):
        yield " ".join(words.get(word.casefold(), word) for word in plain.split(" "))


@cache
def american() -> Mapping[str, str]:
    """American spelling of British words, of the table of variants."""
    rows = table("variants", "").rows.items()
    return {uk: us for (uk, *more), (us, *rest) in rows if not more and not rest}


def with_unit(entry: Entry) -> list[str]:
    """The label, and Chinese places' other names of one word, with each word for their unit, unless they end in it already."""
    words = unit_words(entry)
    others = [name for name in entry.aliases if entry.country == "cn" and " " not in name]
    return [f"{name} {word}" for name in (entry.label, *others) for word in words if not name.casefold().endswith(word)]


def unit_words(entry: Entry) -> tuple[str, ...]:
    """What may follow the label of a province, city or district, such as "county"; empty for all others."""
    if entry.type not in WITH_UNIT:
        return ()
    if entry.country != "cn":
        unit = FOREIGN_UNITS.get(entry.country or "") if entry.type == "Province" else None
        return (unit,) if unit else ()
    official = entry.zh[0] if entry.zh else ""
    if entry.type == "Province" and official.endswith("市"):
        return MUNICIPALITY
    return next((words for ending, words in UNITS if official.endswith(ending)), ())


def read_rows(path: Path, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row under the header."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != columns:
            wrong = [c for c in header if c not in columns] or [c for c in columns if c not in header] or header
            raise ValueError(f"{path}:1: wrong column {', '.join(wrong)}; the columns are {','.join(columns)}")
        for row in reader:
            if len(row) != len(columns):
                raise ValueError(f"{path}:{reader.line_num}: {len(row)} cells; a row has {len(columns)}")
            yield reader.line_num, row


def add_entry(entries: dict[str, Entry], lines: dict[str, str], line: str, row: list[str]) -> None:
    entry = parse_entry(line, row)
    if entry.type not in TYPES:
        raise ValueError(f"{line}: unknown type {entry.type!r}; one of {', '.join(sorted(TYPES))} is right")
    if not entry.id or not entry.label:
        raise ValueError(f"{line}: a row needs an id and a label")
    if entry.id in entries:
        raise ValueError(f"{line}: id {entry.id!r} is already taken at {lines[entry.id]}")
    entries[entry.id] = entry
    lines[entry.id] = line


def parse_entry(line: str, row: list[str]) -> Entry:
    id, type, label, aliases, zh, abbrev, parent, country, wikidata, geonames, iso, population, lat, lon, *rest = row
    try:
        numbers = int(population) if population else None, float(lat) if lat else None, float(lon) if lon else None
    except ValueError as error:
        raise ValueError(f"{line}: {error}; population, lat and lon are numbers or empty") from None
    return Entry(
        id, type, label, split(aliases), split(zh), split(abbrev), parent or None, country or None, wikidata or None,
        geonames or None, iso or None, *numbers, *(cell or None for cell in rest),
    )  # fmt: skip


def split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def check_parents(entries: Mapping[str, Entry], lines: Mapping[str, str]) -> None:
    """Every parent is known, and every chain of parents ends."""
    ends: set[str] = set()
    for entry in entries.values():
        chain = [entry.id]
        while (parent := entries[chain[-1]].parent) and chain[-1] not in ends:
            if parent not in entries:
                raise ValueError(f"{lines[chain[-1]]}: unknown parent {parent!r}; the id of a row is right")
            if parent in chain:
                raise ValueError(f"{lines[chain[-1]]}: {parent!r} is above itself")
            chain.append(parent)
        ends.update(chain)


def read_demonyms(folder: Path, entries: Mapping[str, Entry]) -> Mapping[str, str]:
    """Id by demonym; where two places share one ("Congolese"), the one of the first row."""
    found: dict[str, str] = {}
    for where, (demonym, id) in side_rows(folder / DEMONYMS):
        found.setdefault(demonym, known(id, entries, where))
    return MappingProxyType(found)


def read_successors(folder: Path, entries: Mapping[str, Entry]) -> Mapping[str, tuple[str, ...]]:
    """Ids of what took the place of an entry, in the order of the rows."""
    found: dict[str, tuple[str, ...]] = {}
    for where, (id, successor, _) in side_rows(folder / SUCCESSORS):
        found[known(id, entries, where)] = (*found.get(id, ()), known(successor, entries, where))
    return MappingProxyType(found)


def read_locodes(folder: Path, entries: Mapping[str, Entry]) -> Mapping[str, str]:
    rows = side_rows(folder / LOCODES)
    return MappingProxyType({known(id, entries, where): locode for where, (id, locode) in rows})


def side_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Place ("file:line") and cells of each row of a side table; nothing where it is not there."""
    for line, row in read_rows(path, SIDE_TABLES[path.name]) if path.exists() else ():
        yield f"{path}:{line}", row


def known(id: str, entries: Mapping[str, Entry], where: str) -> str:
    if id not in entries:
        raise ValueError(f"{where}: unknown id {id!r}; the id of a row of another table is right")
    return id


def index_names(entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    """Ids by key of every name, generated ones included, the likeliest first."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in sorted(entries.values(), key=lambda entry: rank(entry, entries)):
        for key in keys(entry):
            found[key] = (*found.get(key, ()), entry.id)
    return found


def keys(entry: Entry) -> set[str]:
    names = (entry.label, *entry.aliases, *with_unit(entry), *entry.zh)
    keyed = {case_key(name) if name.isupper() else name_key(name) for name in names}
    keyed.update(case_key(name) for name in entry.abbrev)
    return keyed


def in_being(entry: Entry, date: str | None) -> bool:
    """Whether the entry had begun and not ended on a date (ISO 8601, as precise as known); True where that is unknown."""
    if date is None:
        return True
    begun = entry.valid_from is None or before(entry.valid_from, date)
    return begun and (entry.valid_to is None or before(date, entry.valid_to))


def before(one: str, other: str) -> bool:
    """Whether a date is not after another, as precise as the less precise one is."""
    size = min(len(one), len(other))
    return one[:size] <= other[:size]


def rank(entry: Entry, entries: Mapping[str, Entry]) -> tuple[int, bool, bool, int, str]:
    """Sorts the likelier bearer of a name first: the higher unit, what still exists, Chinese bodies, the more populous."""
    unit = level(entry, entries)
    foreign_body = unit == NO_PLACE and entry.country != "cn"
    return unit, entry.valid_to is not None, foreign_body, -(entry.population or 0), entry.id


def level(entry: Entry, entries: Mapping[str, Entry]) -> int:
    """The rank of an entry's unit: 0 for a country; a city under another city comes after those under a province."""
    under_city = entry.type == "City" and entry.parent and entries[entry.parent].type == "City"
    return COUNTY_LEVEL_CITY if under_city else RANKS.get(entry.type, NO_PLACE)
