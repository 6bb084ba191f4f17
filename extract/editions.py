"""Which edition of a recurring event is meant: next year's fair is another event than this year's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extract.canonical import YEAR, canonical
from extract.facts import Dated, Entity
from extract.gazetteer import Entry, Gazetteer

ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def with_editions(
    entities: Iterable[Entity], dates: Iterable[Dated], gazetteer: Gazetteer
) -> tuple[Entity, ...]:  # fmt: skip
    """The entities, events with the edition that their names or the day they are held on give."""
    held = [(d.subject, d.value[:4]) for d in dates if d.predicate == "heldOn" and d.evidence.status != "Negated"]
    return tuple(
        replace(e, edition=edition(e, {year for key, year in held if key == e.key}, gazetteer))
        if e.type == "Event"
        else e
        for e in entities
    )


def edition(event: Entity, held: set[str], gazetteer: Gazetteer) -> str | None:
    """The year, else the number of an edition ("2025", "15th"); None where unknown, and for an event that took place once.

    A year in a name counts more than a day it was held on; of several years none does.
    """
    if event.gazetteer and is_single(gazetteer.entries[event.gazetteer]):
        return None
    words = [w for name in event.names for w in canonical(name, "event").split()]
    for found in ({w for w in words if YEAR.fullmatch(w)}, held, {w for w in words if ORDINAL.fullmatch(w)}):
        if len(found) == 1:
            return next(iter(found))
    return None


def is_single(entry: Entry) -> bool:
    """Whether an entry is one event and no series: a number or year is part of its names ("COP29", "Expo 2025")."""
    return any(c.isdigit() for name in (entry.label, *entry.aliases, *entry.abbrev) for c in name)
