"""How types, relations, facts and statuses look and read on the page, as tables.

A type's glyph is unique by its shape and by being solid or hollow, so that no type is told by colour alone; its
family gives the colour. A relation reads one way from its subject and another from its object.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TypeStyle:
    """A type's name for readers, the family that colours it, and its glyph."""

    label: str
    family: str
    shape: str
    solid: bool


@dataclass(frozen=True)
class Wording:
    """A predicate as it reads from its subject, and from its object."""

    forward: str
    backward: str


# Most specific first, the order of the legend within a family; a node of several types shows the first it has.
TYPES: dict[str, TypeStyle] = {
    "Policy": TypeStyle("Policy", "policy", "page", solid=True),
    "Programme": TypeStyle("Programme", "policy", "chevron", solid=True),
    "Ministry": TypeStyle("Ministry", "body", "star", solid=True),
    "GovernmentBody": TypeStyle("Government body", "body", "square", solid=True),
    "Company": TypeStyle("Company", "body", "diamond", solid=True),
    "University": TypeStyle("University", "body", "triangle", solid=True),
    "ResearchInstitute": TypeStyle("Research institute", "body", "hexagon", solid=True),
    "Organization": TypeStyle("Organization", "body", "circle", solid=True),
    "Park": TypeStyle("Park or zone", "place", "hexagon", solid=False),
    "Country": TypeStyle("Country", "place", "star", solid=False),
    "Province": TypeStyle("Province", "place", "square", solid=False),
    "City": TypeStyle("City", "place", "circle", solid=False),
    "District": TypeStyle("District", "place", "triangleDown", solid=False),
    "Place": TypeStyle("Place", "place", "triangle", solid=False),
    "Person": TypeStyle("Person", "person", "bust", solid=True),
    "Event": TypeStyle("Event", "event", "plus", solid=True),
    "Industry": TypeStyle("Industry", "topic", "pentagon", solid=False),
    "Technology": TypeStyle("Technology", "topic", "diamond", solid=False),
}

PREDICATES: dict[str, Wording] = {
    "issuedBy": Wording("issued by", "issued"),
    "appliesTo": Wording("applies to", "covered by"),
    "locatedIn": Wording("located in", "location of"),
    "partOf": Wording("part of", "has part"),
    "affiliatedWith": Wording("affiliated with", "people"),
    "cooperatesWith": Wording("cooperates with", "cooperates with"),
    "establishedBy": Wording("established by", "established"),
    "subsidiaryOf": Wording("subsidiary of", "parent of"),
    "develops": Wording("develops", "developed by"),
    "focusesOn": Wording("focuses on", "focus of"),
    "participatesIn": Wording("takes part in", "participants"),
    "investsIn": Wording("invests in", "investors"),
}

FACTS: dict[str, str] = {
    "indicatorOf": "indicator",
    "issuedOn": "issued on",
    "heldOn": "held on",
    "establishedOn": "established on",
    "hasMeasure": "measure",
}

# Strongest first: an edge with several claims is drawn in the style of the first that it has.
STATUSES: tuple[str, ...] = ("Asserted", "Attributed", "Planned", "Hypothetical", "Negated")
