"""Lists: what is said of one member of "A, B and C" is said of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from extract.components.cluster import Cluster
from extract.components.pair import Pair
from extract.schema import BODIES, PLACES, SIGNATURES, TOPICS

CONJUNCTIONS = frozenset({"and", "or", "&"})
JOINTS = CONJUNCTIONS | {",", "as", "well", "plus"}
DESCRIBING = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "CD", "HYPH", "POS", "DT", "VBN", "PRP$"})
BETWEEN = CONJUNCTIONS | {",", "as", "well", "the", "a", "an", "both", "plus", ")"}
OTHERS = frozenset({"other", "others", "several", "more", "some", "many"})
LONGEST_GAP = 6
# Relations whose objects and subjects come in lists; a place in a place, or a person's post, does not.
SPREAD = frozenset(
    {"issuedBy", "appliesTo", "establishedBy", "develops", "focusesOn", "participatesIn", "cooperatesWith", "investsIn"}
)
FAMILIES = (TOPICS, BODIES | PLACES)
Member = tuple[Span, Cluster]


def lists(doc: Doc, members: Sequence[Member]) -> list[list[Member]]:
    """Runs of mentions of like type with only commas and conjunctions between them, a conjunction before the last.

    An acronym in brackets belongs to the name before it, a place to the name that it precedes or follows ("Norway's
    Fjordsense", "Vaarun of Pune"); "and four others" may end a list.
    """
    found: list[list[Member]] = []
    run: list[Member] = []
    end = 0
    for member in outermost(members):
        start = member[0].start
        if run and is_alias(doc, run[-1], member, end):
            end = member[0].end + 1
        elif run and says_where(doc, run[-1], member, end):
            end = member[0].end
        elif not describes_next(doc, member):
            if run and not (is_joint(doc, end, start) and alike(run[-1][1].type, member[1].type)):
                found.append(run)
                run = []
            run.append(member)
            end = member[0].end
    return [r for r in [*found, run] if len(r) > 1 and is_closed(doc, r)]


def outermost(members: Iterable[Member]) -> Iterator[Member]:
    """The mentions that no longer one covers, in text order."""
    last: Span | None = None
    for member in sorted(members, key=lambda m: (m[0].start, -m[0].end)):
        if last is None or not covers(last, member[0]):
            yield member
        if last is None or member[0].end > last.end:
            last = member[0]


def says_where(doc: Doc, name: Member, other: Member, end: int) -> bool:
    """Whether `other` is a place that follows a body: "Vaarun Industries of Pune"."""
    gap = [t.lower_ for t in doc[end : other[0].start] if t.tag_ != "DT"]
    return name[1].type in BODIES and other[1].type in PLACES and len(gap) == 1 and gap[0] in {"of", "in", "from"}


def describes_next(doc: Doc, member: Member) -> bool:
    """Whether a place stands before another name: "Norway's Fjordsense", "Linyi-based Jinpu"."""
    after = [t.lower_ for t in doc[member[0].end : member[0].end + 2]]
    return member[1].type in PLACES and (after[:1] in (["'s"], ["’s"]) or after == ["-", "based"])


def covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and len(outer) > len(inner)


def is_alias(doc: Doc, name: Member, other: Member, end: int) -> bool:
    """Whether `other` is the same thing in brackets: "Ministry of Commerce (MOFCOM)"."""
    bracket = doc[end : other[0].start].text.strip() == "(" and doc[other[0].end : other[0].end + 1].text == ")"
    return bracket and other[1] is name[1]


def is_joint(doc: Doc, start: int, end: int) -> bool:
    """Whether only commas, conjunctions and words that describe what follows stand there: ", and the Dutch maker"."""
    gap = doc[start:end]
    joints = [t.i for t in gap if t.lower_ in JOINTS]
    if not joints or len(gap) > LONGEST_GAP or not (gap[0].i == joints[0] or gap[0].text == ")"):
        return False
    return all(t.lower_ in BETWEEN or (t.i > joints[-1] and t.tag_ in DESCRIBING) for t in gap)


def is_closed(doc: Doc, run: Sequence[Member]) -> bool:
    """Whether a conjunction stands before the last member, or behind it before unnamed others ("and four more bodies")."""
    words = {t.lower_ for t in doc[run[-2][0].end : run[-1][0].start]}
    return bool(words & CONJUNCTIONS) or {"as", "well"} <= words or unnamed_follow(doc, run[-1][0].end)


def unnamed_follow(doc: Doc, end: int) -> bool:
    words = [t for t in doc[end : end + 6] if t.text not in {",", "(", ")"} and not t.is_upper]
    return len(words) > 1 and words[0].lower_ in CONJUNCTIONS and (words[1].like_num or words[1].lower_ in OTHERS)


def alike(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in FAMILIES)


def by_start(runs: Iterable[list[Member]]) -> dict[int, list[Member]]:
    """First word of a mention -> its list."""
    return {m[0].start: run for run in runs for m in run}


def distributed(pairs: Iterable[Pair], mates: Mapping[int, Sequence[Member]]) -> Iterator[Pair]:
    """The pairs, and for each whose object or subject is in a list (`mates`, by first words) the same with every other
    member of it."""
    for pair in pairs:
        yield pair
        if pair.label not in SPREAD or not isinstance(pair.object, Cluster):
            continue
        subjects, objects = SIGNATURES[pair.label]
        for span, cluster in mates.get(pair.right.start, ()):
            if cluster not in (pair.object, pair.subject) and cluster.type in objects:
                yield replace(pair, object=cluster, right=span)
        for span, cluster in mates.get(pair.left.start, ()):
            if cluster not in (pair.object, pair.subject) and cluster.type in subjects:
                yield replace(pair, subject=cluster, left=span)
