"""Names of local bodies that go on over a place: "Kunshan municipal government", "Department of Commerce of Hubei province"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span

from extract.components.spans import like

PLACES = frozenset({"Province", "City", "District", "Park"})
BODY, MINISTRY = "GovernmentBody", "Ministry"
LONGEST_HEAD = 3


def with_bodies(doc: Doc, names: Sequence[Span], heads: Mapping[str, str]) -> list[Span]:
    """The names, with those of bodies that run on over a place's name. `heads` tells the type of a name by its last words."""
    places = [span for span in names if span.label_ in PLACES]
    whole = [*governments(doc, places, heads), *departments(doc, names, places)]
    covered = {(body.start, body.label_) for body in whole}
    kept = [s for s in names if not (s.label_ in {BODY, MINISTRY} and (s.start, BODY) in covered)]
    taken = {(s.start, s.end) for s in kept}
    return sorted([*kept, *(b for b in whole if (b.start, b.end) not in taken)], key=lambda s: (s.start, -s.end))


def governments(doc: Doc, places: Sequence[Span], heads: Mapping[str, str]) -> Iterator[Span]:
    """A place and the words behind it that say what body of it is meant."""
    for place in places:
        for end in range(min(place.end + LONGEST_HEAD, len(doc)), place.end, -1):
            if heads.get(doc[place.end : end].text.lower()) == BODY:
                if end == len(doc) or doc[end].lower_ != "of":  # "Hefei Bureau of ..." goes on
                    yield like(place, place.start, end, BODY)
                break


def departments(doc: Doc, names: Sequence[Span], places: Sequence[Span]) -> Iterator[Span]:
    """A body, "of" and the place whose body it is."""
    start = {place.start: place for place in places}
    for span in names:
        if span.label_ not in {BODY, MINISTRY} or span.end >= len(doc) or doc[span.end].lower_ != "of":
            continue
        place = start.get(span.end + 1) or (doc[span.end + 1 : span.end + 2].text == "the" and start.get(span.end + 2))
        if place:
            yield like(span, span.start, place.end, BODY)
