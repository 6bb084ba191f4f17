"""How a fact is meant: asserted, planned, attributed, negated or only supposed, read from the syntax around its two spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Span, Token

from extract.components.attribution import attribution
from extract.components.cluster import Cluster
from extract.components.cues import ASSERTED, ATTRIBUTED, HYPOTHETICAL, NEGATED, PLANNED, cue_at
from extract.components.modality import NAMES, Reading, brings_about, governing, is_excepted, readings
from extract.components.pair import Pair
from extract.components.spine import Link, Spine, is_clause, spine
from extract.schema import INDICATOR_OF, MEASURE_OF, POLICIES

# Of several readings of one fact the stronger holds: a plan that is denied is denied.
STRENGTH = {ASSERTED: 0, PLANNED: 1, ATTRIBUTED: 2, HYPOTHETICAL: 3, NEGATED: 4}
STANDING = frozenset({"affiliatedWith", "partOf", "subsidiaryOf"})
MADE = frozenset({"issuedBy", "issuedOn", "establishedBy"})
SETTLED = frozenset({"Country", "Province", "City", "District"})
CONTENT = frozenset({"focusesOn", "appliesTo"})
RISING = frozenset({"conj", "appos", "xcomp", "ccomp"})
LISTING = frozenset({",", "and", "or", "nor", "the"})
PHRASE = 4
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "VBG"})
BESIDE = frozenset({",", "in", "of", "at", "near", "the", "("})


def with_status(pair: Pair, clusters: Iterable[Cluster]) -> Pair:
    """The pair with its status as the syntax has it, else as it came, and the name of who says it."""
    reading, speaker = read_status(pair.left, pair.right, pair.label)
    status = pair.status if reading.word is None else reading.status
    return replace(pair, status=status, attributed_to=None if speaker is None else named(speaker, clusters))


def named(speaker: Span, clusters: Iterable[Cluster]) -> Span:
    """The mention that the speaker's words are about, for a pronoun or description the first name; else the words."""
    for cluster in clusters:
        for mention in cluster.mentions():
            if mention.start <= speaker.root.i < mention.end:
                return mention if mention in cluster.names else cluster.names[0]
    return speaker


def read_status(left: Span, right: Span, label: str) -> tuple[Reading, Span | None]:
    """The strongest reading of the fact between two spans, Asserted where no word speaks against it; and who says it, if anyone.

    A reading without a word leaves room for doubt: the syntax says nothing against the fact, nor takes it for granted.
    Whose word it is does not make a fact doubtful by itself: "Kemi said it opened a plant" is asserted, said by Kemi.
    """
    path = spine(left, right)
    if is_given(path, left, right, label):
        return Reading(ASSERTED, path.links[-1].word), None
    links = [link for link in carriers(path, is_joint(path, left, right, label)) if not is_own_doing(link, left, label)]
    inside = {t.i for span in (left, right) for t in span}
    found = [r for link in links for r in readings(link, governs=link.word.i not in inside)]
    found += [Reading(NEGATED, span.root) for span in (left, right) if is_excepted(span)]
    hearsay, speaker = attribution(links, left, right)
    found = [r for r in [*found, *hearsay] if r.status != ASSERTED and counts(r, label, left)]
    return max(found, key=lambda r: STRENGTH[r.status], default=Reading(ASSERTED)), speaker


def is_own_doing(link: Link, left: Span, label: str) -> bool:
    """Whether the word tells what a thing does that the fact says was made: "the plan, issued by X, will ban ..."."""
    acts = any(t.dep_ == "nsubj" and left.start <= t.i < left.end for t in link.below)
    return acts and label in MADE and is_clause(link.word) and cue_at(link.word, "creation") is None


def is_given(path: Spine, left: Span, right: Span, label: str) -> bool:
    """Whether the sentence takes the fact for granted: a name with its place beside it, a post or owner only mentioned."""
    if label == "locatedIn" and left.root.tag_ in NAMES:
        new = brings_about(Link(left.root.head, (left.root,)))
        return left.label_ in SETTLED or ((is_beside(left, right) or is_before(right, left)) and not new)
    if label not in STANDING:
        return False
    gap = left.doc[min(left.end, right.end) : max(left.start, right.start)]
    apposed = len(gap) > 0 and gap[0].text in {",", "'s", "’s"} and not any(t.tag_[:2] in {"VB", "MD"} for t in gap)
    return apposed or not any(is_standing(t) for t in [*(link.word for link in path.links), *gap])


def is_standing(word: Token) -> bool:
    """Whether the word tells of a post or owner: "becomes", "owns", "is the chairman"."""
    return cue_at(word, "standing") is not None or (is_clause(word) and not word.tag_.startswith("VB"))


def is_beside(left: Span, right: Span) -> bool:
    return left.end <= right.start and all(t.lower_ in BESIDE for t in left.doc[left.end : right.start])


def is_before(right: Span, left: Span) -> bool:
    """ "the Chinese battery maker Kemi", "Wuhu's Kemi": the place belongs to the name's own phrase."""
    gap = left.doc[right.end : left.start]
    return right.end <= left.start and len(gap) <= PHRASE and all(t.tag_ in NOUNS for t in gap)


def is_joint(path: Spine, left: Span, right: Span, label: str) -> bool:
    """Whether the two ends are members of one list, or partners joined by "with": what is said of one is said of both."""
    partner = label == "cooperatesWith" and any(c.lower_ == "with" for c in right.root.children)
    listed = left.end < right.start and {t.lower_ for t in left.doc[left.end : right.start]} <= LISTING
    return partner or listed or any(t.dep_ == "conj" for t in path.links[-1].below)


def carriers(path: Spine, joint: bool) -> list[Link]:
    """The links between the spans, and those above them as far as they bear on the fact."""
    found = list(path.links)
    for link in path.above:
        if not rises(link, joint=joint):
            break
        found.append(link)
    return found


def rises(link: Link, *, joint: bool) -> bool:
    """Whether the word above bears on the fact. A thing is there whatever is said of it ("will visit the plant in Wuhu"),
    unless the word brings it into being or does away with it. `joint`: the fact is between two members of one list."""
    below = link.below[0]
    if joint or is_clause(below) or below.dep_ in RISING or brings_about(link):
        return True
    return below.tag_ not in NAMES and below.dep_ != "ROOT" and governing(link) is not None


def counts(reading: Reading, label: str, left: Span) -> bool:
    """Whether the reading bears on a fact of this label.

    What a policy prescribes or covers, it does though it is worded with "shall" or "may"; and figures are given even in
    sentences that deny something else ("not above 12 metres"), unless the figure itself is denied.
    """
    if label in {MEASURE_OF, INDICATOR_OF} and reading.status == NEGATED and reading.word is not None:
        return is_denial(reading.word) or (label == INDICATOR_OF and cue_at(reading.word, "creation") is not None)
    if label == MEASURE_OF and reading.status == ATTRIBUTED:
        return reading.word is None or cue_at(reading.word, "rumourer") is not None
    prescribed = label == MEASURE_OF or (label in CONTENT and left.label_ in POLICIES)
    return not prescribed or reading.status not in {PLANNED, HYPOTHETICAL}


def is_denial(word: Token) -> bool:
    """Whether the word gainsays what others say ("denied"), so that its own negation leaves the fact open."""
    cues = (cue_at(word, position) for position in ("clause", "object", "falsity"))
    return any(cue is not None and cue.negated == HYPOTHETICAL for cue in cues)
