"""The types, predicates and signatures of the contract, as tables that rules, training and run time share."""

from __future__ import annotations

from functools import cache

TYPES = (
    "Policy",
    "Programme",
    "Ministry",
    "GovernmentBody",
    "Park",
    "Company",
    "University",
    "ResearchInstitute",
    "Organization",
    "Person",
    "Country",
    "Province",
    "City",
    "District",
    "Place",
    "Event",
    "Industry",
    "Technology",
)
BODIES = frozenset({"Ministry", "GovernmentBody", "Company", "University", "ResearchInstitute", "Organization"})
PLACES = frozenset({"Country", "Province", "City", "District", "Place", "Park"})
POLICIES = frozenset({"Policy", "Programme"})
TOPICS = frozenset({"Industry", "Technology"})
PERSON, EVENT = frozenset({"Person"}), frozenset({"Event"})
ANY = frozenset(TYPES)

# predicate: (types of the subject, types of the object)
SIGNATURES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "issuedBy": (POLICIES, BODIES | {"Country", "Province", "City", "District", "Park"}),
    "appliesTo": (POLICIES, ANY - PERSON - TOPICS),
    "locatedIn": (ANY - PERSON - {"Policy", "Industry"}, PLACES),
    "partOf": (ANY - PERSON, ANY - PERSON),
    "affiliatedWith": (PERSON, BODIES | PLACES | EVENT | {"Programme"}),
    "cooperatesWith": (BODIES | PLACES | PERSON | {"Programme"}, BODIES | PLACES | PERSON),
    "establishedBy": (BODIES | PLACES | EVENT | {"Programme", "Technology"}, BODIES | PLACES | PERSON | EVENT),
    "subsidiaryOf": (BODIES, BODIES | PERSON),
    "develops": (BODIES | PLACES | PERSON | {"Programme"}, TOPICS),
    "focusesOn": (PLACES | BODIES | POLICIES | EVENT, TOPICS),
    "participatesIn": (BODIES | PLACES | PERSON, EVENT | {"Programme"}),
    "investsIn": (BODIES | PLACES | PERSON, BODIES | PLACES | TOPICS | {"Programme"}),
}
RELATIONS = tuple(SIGNATURES)
SYMMETRIC = frozenset({"cooperatesWith"})
# What a date says of which type.
DATES: dict[str, frozenset[str]] = {
    "issuedOn": POLICIES | {"Technology"},
    "heldOn": EVENT | {"Technology", "Programme"},
    "establishedOn": BODIES | PLACES | {"Programme", "Event", "Technology"},
}
STATUSES = ("Asserted", "Planned", "Attributed", "Negated", "Hypothetical")
INDICATOR_OF, MEASURE_OF = "indicatorOf", "measureOf"

# Labels of the model's pair head: (subject span, object span); a date, quantity or measure span is the object.
PAIR_LABELS = (*RELATIONS, *DATES, INDICATOR_OF, MEASURE_OF)
STATUS_LABELS = STATUSES[1:]
COREFERENCE = "coreference"  # a reference and an earlier mention of the same thing
SCORED_LABELS = (*PAIR_LABELS, *STATUS_LABELS, COREFERENCE)
STATUS_SCORES, COREFERS = slice(len(PAIR_LABELS), len(PAIR_LABELS) + len(STATUS_LABELS)), len(SCORED_LABELS) - 1
SPAN_TYPES = (*TYPES, "DATE", "QUANTITY", "MEASURE")


@cache
def allowed_pairs(subject: str, obj: str) -> tuple[int, ...]:
    """Indexes into PAIR_LABELS of what may hold between two spans of these types."""
    found = [i for i, p in enumerate(RELATIONS) if subject in SIGNATURES[p][0] and obj in SIGNATURES[p][1]]
    if obj == "DATE":
        found = [PAIR_LABELS.index(p) for p in DATES if subject in DATES[p]]
    elif obj == "QUANTITY":
        found = [PAIR_LABELS.index(INDICATOR_OF)] if subject in ANY else []
    elif obj == "MEASURE":
        found = [PAIR_LABELS.index(MEASURE_OF)] if subject in POLICIES else []
    return tuple(found)
