"""The gazetteer: named places, public bodies, parks, institutes and programmes, read from the tables a domain expert edits.

Every `*.csv` of the folder has the columns `COLUMNS`, but for `demonyms.csv` (`demonym,id`). A cell that holds several
values separates them with `|`. What each column means and where the rows come from: `ontology/gazetteer/README.md`.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from extract.schema import ANY as TYPES

FOLDER = Path(__file__).resolve().parent.parent / "ontology" / "gazetteer"
DEMONYMS = "demonyms.csv"
DEMONYM_COLUMNS = ["demonym", "id"]
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
    names: look a surface up with `find`.
    """

    entries: Mapping[str, Entry]
    by_name: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, str]

    def find(self, surface: str) -> tuple[str, ...]:
        """Ids that bear this name, the likeliest first; empty where none does. Letter case counts for abbreviations only."""
        key = case_key(surface)
        return self.by_name.get(key) or self.by_name.get(key.casefold(), ())

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
        if path.name != DEMONYMS:
            for line, row in read_rows(path, COLUMNS):
                add_entry(entries, lines, f"{path}:{line}", row)
    check_parents(entries, lines)
    demonyms = read_demonyms(folder / DEMONYMS, entries)
    return Gazetteer(MappingProxyType(entries), MappingProxyType(index_names(entries)), demonyms)


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


def with_unit(entry: Entry) -> list[str]:
    """The label with each word for its unit, unless the label says it already ("Alxa Left Banner")."""
    words = unit_words(entry)
    return [f"{entry.label} {word}" for word in words if not entry.label.casefold().endswith(word)]


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


def read_demonyms(path: Path, entries: Mapping[str, Entry]) -> Mapping[str, str]:
    """Id by demonym; where two places share one ("Congolese"), the one of the first row."""
    found: dict[str, str] = {}
    for line, (demonym, id) in read_rows(path, DEMONYM_COLUMNS) if path.exists() else ():
        if id not in entries:
            raise ValueError(f"{path}:{line}: unknown id {id!r}; the id of a row of another table is right")
        found.setdefault(demonym, id)
    return MappingProxyType(found)


def index_names(entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    """Ids by key of every name, generated ones included, the likeliest first."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in sorted(entries.values(), key=lambda entry: rank(entry, entries)):
        for key in keys(entry):
            found[key] = (*found.get(key, ()), entry.id)
    return found


def keys(entry: Entry) -> set[str]:
    names = (entry.label, *entry.aliases, *with_unit(entry))
    keyed = {case_key(name) if name.isupper() else name_key(name) for name in names}
    keyed.update(case_key(name) for name in entry.abbrev)
    return keyed


def rank(entry: Entry, entries: Mapping[str, Entry]) -> tuple[int, bool, bool, int, str]:
    """Sorts the likelier bearer of a name first: the higher unit, what still exists, Chinese bodies, the more populous."""
    level = RANKS.get(entry.type, NO_PLACE)
    if entry.type == "City" and entry.parent and entries[entry.parent].type == "City":
        level = COUNTY_LEVEL_CITY
    foreign_body = level == NO_PLACE and entry.country != "cn"
    return level, entry.valid_to is not None, foreign_body, -(entry.population or 0), entry.id
