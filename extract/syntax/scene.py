"""The mentions of a text and the words beside them: the ground on which the rules of relations are read."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from extract.components.coordination import Member, by_start, is_alias, lists
from extract.schema import TYPES
from extract.syntax.tags import NOUNS
from extract.wordlists import lowered

Types = frozenset[str]
ALL: Types = frozenset(TYPES)
SETTLED: Types = frozenset({"Country", "Province", "City", "District"})
ADVERBS = frozenset({"RB", "RBR", "RBS", "MD"})
# Tags of words that no noun phrase goes over.
CLAUSE = frozenset({"VBD", "VBZ", "VBP", "VB", "MD", "IN", "CC", "WDT", "WP", "PRP", "RP", "EX", ":", ",", "."})
INNER_PUNCTUATION = frozenset({"-", '"', "“", "”", "&", "'s", "’s", "'", "’"})
PASSIVE_HELPERS = frozenset({"be", "is", "are", "was", "were", "been", "being"})
HELPERS = PASSIVE_HELPERS | {
    "have", "has", "had", "having", "will", "would", "to", "can", "could", "may", "might", "shall", "should", "must",
    "did", "do", "does",
}  # fmt: skip
BEFORE_VERB = frozenset({"percent", "majority", "co", "-"})  # "40 percent owned", "co-founded"
RELATIVES = frozenset({"which", "that", "who", "whom"})
LINKS = frozenset(
    {"in", "of", "at", "under", "from", "for", ","}
)  # between a name and what it is further said to be of
COMPANY = frozenset({"together", "along", "jointly"})
UNITS = frozenset({"province", "city", "county", "district", "town", "township", "village", "municipality", "state"})
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
NEAR = 8


class Scene:
    """A text's mentions by the words that they stand on."""

    def __init__(self, doc: Doc, members: Sequence[Member]) -> None:
        self.doc = doc
        self.members = sorted(members, key=lambda m: (m[0].start, -m[0].end))
        self.outer: dict[int, Member] = {}
        self.heads: dict[int, Member] = {}
        end = 0
        for member in self.members:
            span = member[0]
            if span.end > end:
                self.outer.update((i, member) for i in range(max(span.start, end), span.end))
                end = span.end
            self.heads.setdefault(span.root.i, member)
        self.lists = by_start(lists(doc, self.members))
        self.runs = runs(self)

    def at(self, token: Token) -> Member | None:
        """The mention that this word heads, else the outermost one that it stands in."""
        return self.heads.get(token.i) or self.outer.get(token.i)

    def starting(self, start: int) -> Member | None:
        """The outermost mention that begins at `start`."""
        member = self.outer.get(start)
        return member if member is not None and member[0].start == start else None

    def ending(self, end: int) -> Member | None:
        """The outermost mention that ends right before `end`, or before a closing bracket or quotation mark there."""
        if end and end - 1 not in self.outer and self.doc[end - 1].text in {")", "”", '"'}:
            end -= 1
        member = self.outer.get(end - 1)
        return member if member is not None and member[0].end == end else None

    def first_word(self, place: int) -> int:
        """Where the sentence of this token begins."""
        while place > 0 and not self.doc[place].is_sent_start:
            place -= 1
        return place

    def listed(self, member: Member) -> list[Member]:
        """The mention and the others of its list."""
        outer = self.outer.get(member[0].start) is member
        return self.runs.get(member[0].start, [member]) if outer else [member]

    def joined(self, member: Member) -> list[Member]:
        """The mention, the others of its list, and whom "together with" names behind them."""
        members = self.listed(member)
        end = max(m[0].end for m in [*members, member])
        words = [t.lower_ for t in self.doc[end : end + 4]]
        skip = next((k for k, word in enumerate(words) if word not in {",", ")"}), 0)
        if words[skip : skip + 1] and words[skip] in COMPANY and words[skip + 1 : skip + 2] == ["with"]:
            return [*members, *name_after(self, end + skip + 2, ALL)]
        return members


def scene_of(doc: Doc) -> Scene:
    """The scene of all mentions of doc._.clusters."""
    return Scene(doc, [(span, cluster) for cluster in doc._.clusters for span in cluster.mentions()])


def runs(scene: Scene) -> dict[int, list[Member]]:
    """First word of a mention -> its list; an acronym in brackets is of the list of its name."""
    found = dict(scene.lists)
    for member in scene.members:
        name = scene.outer.get(member[0].start - 2)
        if name is not None and is_alias(scene.doc, name, member, name[0].end):
            found[member[0].start] = found.get(name[0].start, [name])
    return found


def name_after(scene: Scene, start: int, types: Types) -> list[Member]:
    """The mention of these types, with its list, that the noun phrase beginning at `start` comes to.

    "the satellite maker [Xinghe]", "Hefei's [Guoxuan]", "researchers at [Tongji]"; but nothing behind a verb.
    """
    doc, i = scene.doc, start
    while i < min(len(doc), start + NEAR) and (i == start or not doc[i].is_sent_start):
        found = scene.starting(i)
        if found is not None:
            behind = behind_modifier(scene, found)
            if behind is None:
                return [m for m in scene.joined(found) if m[1].type in types]
            i = behind
        elif stands_in(doc[i]) and i + 1 < len(doc) and doc[i + 1].lower_ in {"of", "at", "from", "with"}:
            i += 2
        elif ends_phrase(doc[i]):
            return []
        else:
            i += 1
    return []


def behind_modifier(scene: Scene, member: Member) -> int | None:
    """Where the phrase goes on behind a place that only modifies it: "Hefei's", "Hefei-based", "the Hefei maker"."""
    doc, end = scene.doc, member[0].end
    after = [t.lower_ for t in doc[end : end + 2]]
    if after[:1] in (["'s"], ["’s"]):
        return end + 1
    if len(after) == 2 and after[0] in {"-", "–"} and after[1] in {"based", "headquartered"}:
        return end + 2
    return end if is_modifier(scene, member) else None


def is_modifier(scene: Scene, member: Member) -> bool:
    """Whether a settlement stands before a noun: "the [Hefei] maker", "[Dutch]-based"; "Hefei city" and "Hefei Friday" are none."""
    end = member[0].end
    if member[1].type not in SETTLED or end >= len(scene.doc):
        return False
    after = scene.doc[end]
    based = (
        after.text in {"-", "–"}
        and end + 1 < len(scene.doc)
        and scene.doc[end + 1].lower_ in {"based", "headquartered"}
    )
    noun = scene.doc[end + 1] if after.lower_ in UNITS and end + 1 < len(scene.doc) else after
    return based or (noun.tag_ in NOUNS and noun.lower_ not in UNITS | DAYS and not noun.is_sent_start)


def stands_in(word: Token) -> bool:
    """Whether a noun only leads to the name behind it: "researchers at [Tongji]", "the north of [Jiangsu]"."""
    return word.lower_ in lowered("stand-ins") or word.lower_.removesuffix("s") in lowered("stand-ins")


def ends_phrase(word: Token) -> bool:
    """Whether no noun phrase goes over this word."""
    if word.lower_ == "whose":
        return False
    return word.tag_ in CLAUSE or word.is_space or (word.is_punct and word.text not in INNER_PUNCTUATION)


def name_before(scene: Scene, end: int, types: Types) -> list[Member]:
    """The mention of these types, with its list, that the phrase ending before `end` is about.

    It is the first of "[X] in Y", "[X] of Y", "[X], Y" (Y a place) that has one of the types.
    """
    best: Member | None = None
    found = scene.ending(end)
    while found is not None:
        best = found if found[1].type in types else best
        link = link_before(scene, found)
        if link is None or (scene.doc[link].text == "," and (best is not None or found[1].type not in SETTLED)):
            break
        found = scene.ending(link)
    return [m for m in scene.joined(best) if m[1].type in types] if best is not None else []


def link_before(scene: Scene, member: Member) -> int | None:
    """Index of the preposition or comma before a mention, over an article or bracket; None where there is none."""
    link = member[0].start - 1
    while link > 0 and (scene.doc[link].tag_ == "DT" or scene.doc[link].text == "("):
        link -= 1
    linked = link > 0 and scene.doc[link].lower_ in LINKS and not scene.doc[link].is_sent_start
    return link if linked else None


def noun_start(scene: Scene, noun: int) -> int:
    """Where the noun phrase that ends in this word begins."""
    i = noun
    while i > 0 and not scene.doc[i].is_sent_start and not ends_phrase(scene.doc[i - 1]):
        i -= 1
    return i


def verb_start(scene: Scene, verb: int) -> int:
    """Where a verb's auxiliaries and adverbs begin: "A [has also] founded", "is [40 percent] owned", "[agreed to] found"."""
    doc, i = scene.doc, verb
    while i > 0 and not doc[i].is_sent_start and i - 1 not in scene.outer:
        word = doc[i - 1]
        if word.lower_ == "to" and i > 1 and doc[i - 2].tag_.startswith("VB") and i - 2 not in scene.outer:
            i -= 2
        elif (
            word.lower_ in HELPERS | BEFORE_VERB or word.tag_ in ADVERBS or word.lower_.endswith("ly") or word.like_num
        ):
            i -= 1
        else:
            break
    return i


def helper(scene: Scene, verb: int) -> str:
    """The auxiliary nearest before the verb, or ""."""
    before = scene.doc[verb_start(scene, verb) : verb]
    return next((t.lower_ for t in reversed(list(before)) if t.lower_ in HELPERS), "")
