"""Which entry of the gazetteer a name means, by what its article says around it; and why, and what else it might have been."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extract.facts import Link
from extract.gazetteer import RANKS, Entry, Gazetteer, in_being, level
from extract.schema import BODIES

CONTINENT = "place-"
NATIONAL = ("Ministry of ", "Department of ", "Department for ")  # what many countries may call a body


@dataclass(frozen=True)
class Context:
    """What an article tells of where and when: ids of places that it names unmistakably, and its date (ISO 8601).

    `near` holds every one as often as it is named, the nearest to the name first; `beside` those right beside the name
    ("Fuzhou, Jiangxi province", "German Ministry of Finance"). `kind` is the type that the recogniser saw; `bare` whether
    the name goes without its unit ("Zixi", not "Zixi county").
    """

    near: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    date: str | None = None
    kind: str = ""
    bare: bool = True


@dataclass(frozen=True)
class Choice:
    """The entry that is meant, with reason and runner-up; None where no reason is good enough."""

    entry: Entry
    link: Link


def choose(ids: Sequence[str], context: Context, gazetteer: Gazetteer) -> Choice | None:
    """The entry of a name; `ids` bear it, the likeliest first. Reasons narrow them down in turn until one is left.

    Where several are left the likeliest is meant, but for a district that shares its name, and for what `in_doubt` says.
    """
    entries = [e for e in (gazetteer.entries[i] for i in ids) if not bygone(e, context)]
    left, reason = narrowed(entries, context, gazetteer)
    if not left or (in_doubt(left[0]) and not supported(left[0], context, gazetteer)):
        return None
    best = left[0]
    if len(left) > 1 and best.type == "District":
        return None
    if not fits_kind(best, context, gazetteer) or not at_home(best, context, gazetteer, alone=len(entries) == 1):
        return None
    others = (e.id for e in (*left, *entries) if e.id != best.id)
    return Choice(best, Link("rank" if len(left) > 1 else reason, next(others, None)))


def narrowed(entries: list[Entry], context: Context, gazetteer: Gazetteer) -> tuple[list[Entry], str]:
    """The entries that are left, and the reason that left them."""
    left, reason = entries, "only entry"
    for name, fitting in REASONS:
        if len(left) > 1 and (found := fitting(left, context, gazetteer)) and len(found) < len(left):
            left, reason = found, name
    return left, reason


def of_the_time(entries: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> list[Entry]:
    """Those that were in being when the article was written."""
    return [e for e in entries if in_being(e, context.date)]


def named_in_full(entries: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> list[Entry]:
    """Those that the article names unmistakably elsewhere: "Pingxiang county" tells what "Pingxiang" is, but "Tacheng city"
    not what "Tacheng" is, the prefecture above it."""
    ids = {e.id for e in entries}
    return [e for e in entries if e.id in context.near and not ids & set(gazetteer.ancestors(e.id))]


def named_beside(entries: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> list[Entry]:
    """Those in the province or city that stands beside the name, else in the country that does."""
    near = told_apart(entries, context.beside, lambda e, place: bool(shared(e.id, place, gazetteer) - {e.country}))
    return told_apart(near, context.beside, lambda e, place: bool(shared(e.id, place, gazetteer)))


def of_the_level(entries: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> list[Entry]:
    """Without the districts, where the likeliest is a large city or more and no district is meant: Nanjing is no county."""
    large = level(entries[0], gazetteer.entries) <= RANKS["City"] and context.kind != "District"
    return [e for e in entries if large and e.type != "District"]


def of_the_type(entries: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> list[Entry]:
    """Those of the type that the recogniser saw, if the likeliest is one of them: it is no proof against that."""
    return [e for e in entries if e.type == context.kind == entries[0].type]


def nearest(entries: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> list[Entry]:
    """Those in the province or city that the article names nearest."""
    return told_apart(entries, context.near, lambda e, place: bool(shared(e.id, place, gazetteer) - {e.country}))


def of_the_country(entries: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> list[Entry]:
    """Those in the country that the article is about, as far as it is about one of theirs."""
    return [e for e in entries if is_about(e.country, context, gazetteer)]


REASONS: tuple[tuple[str, Callable[[Sequence[Entry], Context, Gazetteer], list[Entry]]], ...] = (
    ("in being then", of_the_time),
    ("named beside", named_beside),
    ("named in full", named_in_full),
    ("level", of_the_level),
    ("nearest context", nearest),
    ("type of the name", of_the_type),
    ("country of the article", of_the_country),
)


def told_apart(entries: Sequence[Entry], places: Iterable[str], fits: Callable[[Entry, str], bool]) -> list[Entry]:
    """The entries that fit the places; a place that fits all or none of those left tells nothing."""
    left = list(entries)
    for place in places:
        fitting = [e for e in left if fits(e, place)]
        left = fitting or left
    return left


def shared(one: str, other: str, gazetteer: Gazetteer) -> set[str | None]:
    """The places that two ids lie in or are: province, city, country; continents left out."""
    return set(lineage(one, gazetteer)) & set(lineage(other, gazetteer))


def lineage(id: str, gazetteer: Gazetteer) -> list[str | None]:
    found = [i for i in (id, *gazetteer.ancestors(id)) if not i.startswith(CONTINENT)]
    return [*found, gazetteer.entries[id].country]


def bygone(entry: Entry, context: Context) -> bool:
    """Whether the body was gone by then, and others bear its name."""
    return (
        "homonym" in (entry.note or "")
        and entry.valid_to is not None
        and not (context.date and in_being(entry, context.date))
    )


def has_likes(entry: Entry) -> bool:
    """Whether the tables say that the name is a word, or borne by others that they may not know."""
    return any(word in (entry.note or "") for word in ("ambiguous", "homonym"))


def in_doubt(entry: Entry) -> bool:
    """Whether the name alone may mean something else: an English word, or the like of it in another country."""
    note = entry.note or ""
    return "ambiguous" in note or ("homonym" in note and entry.country != "cn")


def supported(entry: Entry, context: Context, gazetteer: Gazetteer) -> bool:
    """Whether the article names a place above or below the entry, or its country."""
    return any(shared(entry.id, place, gazetteer) - {None} for place in (*context.beside, *context.near))


def fits_kind(entry: Entry, context: Context, gazetteer: Gazetteer) -> bool:
    """Whether a city or district is likely enough for the type that the recogniser saw and the bare name of a district, or
    else the article names a place of the same province, or of the same country if that is not China.

    A lake or a hall may share a city's name, a company too, and every other village that of a district.
    """
    if entry.type not in {"City", "District"} or context.kind == "":
        return True
    if entry.type == "City" and context.kind in {"City", "District", "Province", "Country", "Park"}:
        return True
    if entry.type == context.kind and not context.bare:
        return True
    places = (*context.beside, *context.near)
    enough = {None, entry.country} if entry.country == "cn" else {None}
    return (entry.type == context.kind and not places) or any(shared(entry.id, i, gazetteer) - enough for i in places)


def at_home(entry: Entry, context: Context, gazetteer: Gazetteer, *, alone: bool) -> bool:
    """False for a body whose like other countries have, where the article is about other countries than its own.

    An entry that is `alone` in bearing the name is meant unless its country goes unnamed, or all but.
    """
    beside = {gazetteer.entries[i].country for i in context.beside} - {None}
    if entry.type not in BODIES or (beside and entry.country):
        return entry.type not in BODIES or entry.country in beside
    if "homonym" not in (entry.note or "") and (entry.country == "cn" or not entry.label.startswith(NATIONAL)):
        return True
    named = [country for i in context.near if (country := gazetteer.entries[i].country)]
    often = named.count(entry.country or "") * 3 >= max(map(named.count, named), default=0)
    return (alone and often) or is_about(entry.country, context, gazetteer)


def is_about(home: str | None, context: Context, gazetteer: Gazetteer) -> bool:
    """Whether an article names this country and its places most.

    One on China and another country, which names China at least a third as often, may mean either: there the country
    counts that is named nearest.
    """
    named = [country for i in context.near if (country := gazetteer.entries[i].country)]
    most = max(map(named.count, named), default=0)
    if named.count("cn") < most <= named.count("cn") * 3:
        return home == named[0]
    return named.count(home or "") == most
