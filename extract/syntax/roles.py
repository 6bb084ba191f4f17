"""Who fills a role of a verb or noun: the mention right beside it, else the one that the dependency tree gives.

Trees are mostly right in the short run and often wrong in the long one, so that what stands beside the word comes first.
Every filler takes the text's Scene, a Trigger and the types that are asked for, and gives mentions of these types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from extract.components.coordination import Member
from extract.syntax import tree
from extract.syntax.scene import (
    ALL,
    CLAUSE,
    PASSIVE_HELPERS,
    RELATIVES,
    Scene,
    Types,
    helper,
    name_after,
    name_before,
    noun_start,
    verb_start,
)
from extract.syntax.tags import NOUNS

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
DASHES = frozenset({"-", "–", "—", "--"})
# What an insertion between subject and verb begins with: "A, [a] unit of B, founded".
OPENERS = frozenset(
    {"a", "an", "the", "one", "which", "who", "based", "headquartered", "located", "in", "founded", "set", "its", "part",
     "under", "owned", "together", "along", "led"}
)  # fmt: skip
MEMBER_OPENERS = frozenset({"including", "led", "among", "namely"})
LISTING_VERBS = frozenset({"include", "includes", "included", "including", "are", "is", "were", "such", "like"})
FAR_LINKS = frozenset({"by", "with"})  # what a noun may have behind an "of"
BY_REACH, INSERTION, INNER_REACH, OBJECT_REACH = 12, 40, 6, 12


@dataclass(frozen=True)
class Trigger:
    """A verb or noun of the text that a rule names; `end` is behind its particle, `passive` holds of "issued by"."""

    word: Token
    end: int
    passive: bool = False


Filler = Callable[[Scene, Trigger, Types], list[Member]]


def verb_trigger(scene: Scene, verb: Token, end: int, *, past: bool) -> Trigger:
    """The verb with its particle up to `end`, adverbs behind them passed over; `past`: its form is a past form."""
    doc = scene.doc
    while end < len(doc) and doc[end].tag_ == "RB" and not doc[end].is_sent_start:
        end += 1
    return Trigger(verb, end, past and is_passive(scene, verb, end))


def is_passive(scene: Scene, verb: Token, end: int) -> bool:
    """Whether a past form is a participle that says what was done to its subject."""
    near = helper(scene, verb.i)
    if near:
        return near in PASSIVE_HELPERS
    if by_place(scene, end) is not None:
        return True
    if relative_before(scene, verb) is not None or name_after(scene, end, ALL):
        return False
    doc = scene.doc
    led_in = verb.i > 0 and doc[verb.i - 1].text == "," and end < len(doc) and doc[end].tag_ == "IN"
    return led_in or verb.tag_ == "VBN" or verb.dep_ in {"acl", "advcl"}


def by_place(scene: Scene, start: int) -> int | None:
    """Index of the "by" behind a participle, with no other verb before it; "by 2027" is none."""
    doc = scene.doc
    for i in range(start, min(start + BY_REACH, len(doc))):
        word = doc[i]
        if (
            word.is_sent_start
            or word.text in {";", ":"}
            or (word.tag_ in {"VBD", "VBZ", "VBP"} and i not in scene.outer)
        ):
            return None
        if word.lower_ == "by" and not (i + 1 < len(doc) and doc[i + 1].is_digit):
            return i
    return None


# --- verbs


def agents(scene: Scene, verb: Trigger, types: Types) -> list[Member]:
    """Who does it: the subject of an active verb, the "by" of a passive one."""
    if not verb.passive:
        return subject_beside(scene, verb, types) or tree.subjects(scene, verb.word, types)
    by = by_place(scene, verb.end)
    beside = name_after(scene, by + 1, types) if by is not None else []
    return beside or tree.passive_agents(scene, verb.word, types)


def patients(scene: Scene, verb: Trigger, types: Types) -> list[Member]:
    """To whom it is done: the object of an active verb, the subject of a passive one."""
    if verb.passive:
        return subject_beside(scene, verb, types) or tree.subjects(scene, verb.word, types)
    beside = name_after(scene, verb.end, types) or object_before(scene, verb, types)
    return beside or tree.objects(scene, verb.word, types)


def subject_beside(scene: Scene, verb: Trigger, types: Types) -> list[Member]:
    """The mention in front: "A has founded", "A, a unit of B, founded", "A, which founded", "A, founded by"."""
    doc = scene.doc
    edge = verb_start(scene, verb.word.i)
    if edge == 0 or doc[edge].is_sent_start:
        return []
    before = doc[edge - 1]
    if doc[edge].lower_ == "to" and edge - 1 in scene.outer:
        return purposeful(scene, edge, types)
    if before.text in DASHES:
        return name_before(scene, edge - 1, types)
    if before.lower_ in RELATIVES:
        return head_before(scene, comma_before(scene, edge - 1), types)
    if before.text == "," or before.lower_ in {"and", "but"}:
        return over_joint(scene, verb, edge - 1, types)
    return head_before(scene, edge, types)


def over_joint(scene: Scene, verb: Trigger, joint: int, types: Types) -> list[Member]:
    """The subject before a comma or conjunction at `joint`: of a participle what stands there, else over an insertion."""
    comma = scene.doc[joint].text == ","
    if comma and (verb.word.tag_ == "VBG" or (verb.passive and joint + 1 == verb.word.i)):
        return head_before(scene, joint, types)
    return over_insertion(scene, joint, types) if comma or verb.passive else leading(scene, joint + 1, types)


def comma_before(scene: Scene, place: int) -> int:
    """The place of the comma right before `place`, or `place`."""
    return place - 1 if place and scene.doc[place - 1].text == "," else place


def purposeful(scene: Scene, edge: int, types: Types) -> list[Member]:
    """The subject of an infinitive behind a name: "[A] joined hands with [B] to found"."""
    companion = scene.ending(edge)
    start = noun_start(scene, companion[0].start) if companion is not None else 0
    joins = start > 0 and scene.doc[start - 1].lower_ == "with"
    return [*leading(scene, edge, types), *(name_before(scene, edge, types) if joins else [])]


def leading(scene: Scene, place: int, types: Types) -> list[Member]:
    """The mention that opens the sentence of this token, or follows its opening phrase: "For example, [A] and [B] are"."""
    doc, first = scene.doc, scene.first_word(place)
    for i in range(first, place):
        member = scene.starting(i)
        if member is None:
            if doc[i].tag_ in FINITE and i not in scene.outer:
                return []
            continue
        start = noun_start(scene, i)
        opens = start == first or doc[start - 1].text == "," or (start == first + 1 and doc[first].tag_ == "CC")
        if opens:
            return [m for m in scene.joined(member) if m[1].type in types]
    return []


def head_before(scene: Scene, end: int, types: Types) -> list[Member]:
    """The mention before `end`, or the one that a common noun there is said of: "[Jiuzhou], a company [owned by]"."""
    found = name_before(scene, end, types)
    if found or end == 0:
        return found
    noun = scene.doc[end - 1]
    common = noun.i not in scene.outer and noun.tag_ in NOUNS
    return bearer_beside(scene, Trigger(noun, end), types) if common else []


def over_insertion(scene: Scene, comma: int, types: Types) -> list[Member]:
    """The mention before the insertion that ends here: "[A], a unit of B, founded"; of unnamed bodies those inside it."""
    doc, first = scene.doc, scene.first_word(comma)
    for i in range(comma - 1, max(first, comma - INSERTION), -1):
        if doc[i].text != ",":
            continue
        found, word = name_before(scene, i, types), doc[i + 1]
        opens = word.lower_ in OPENERS or word.tag_ in {"VBN", "VBG"}
        if found and (opens or found[0][0].start <= first + 1):
            return found
        if opens and word.lower_ in MEMBER_OPENERS and scene.ending(i) is None:
            return name_before(scene, comma, types)
    return []


def object_before(scene: Scene, verb: Trigger, types: Types) -> list[Member]:
    """The mention before a relative pronoun that is the object: "[the plan], which the ministry issued"."""
    relative = relative_before(scene, verb.word)
    return name_before(scene, comma_before(scene, relative), types) if relative is not None else []


def relative_before(scene: Scene, verb: Token) -> int | None:
    """Index of the relative pronoun before the subject of a verb: "[which] the ministry issued"."""
    subject = scene.ending(verb_start(scene, verb.i))
    start = noun_start(scene, scene.listed(subject)[0][0].start) if subject is not None else 0
    return start - 1 if start > 1 and scene.doc[start - 1].lower_ in RELATIVES else None


def rest(scene: Scene, verb: Trigger, types: Types) -> list[Member]:
    """All mentions behind the verb, up to the end of the sentence, a quotation, a colon or a semicolon."""
    found, i = [], verb.end
    while i < len(scene.doc) and not scene.doc[i].is_sent_start and scene.doc[i].text not in {";", ":", "“", '"'}:
        member = scene.starting(i)
        found += [member] if member is not None and member[1].type in types else []
        i = member[0].end if member is not None else i + 1
    return found


# --- nouns


def bearers(scene: Scene, noun: Trigger, types: Types) -> list[Member]:
    """Of whom a noun is said: "[Li Wen], director of", "director [Li Wen]", "[Haimen] is a district of"."""
    own = scene.outer.get(noun.word.i)
    if own is not None:
        return [own] if own[0].end == noun.word.i + 1 and own[1].type in types else []
    return bearer_beside(scene, noun, types) or tree.bearers(scene, noun.word, types)


def bearer_beside(scene: Scene, noun: Trigger, types: Types) -> list[Member]:
    return title_of(scene, noun, types) or examples(scene, noun, types) or described(scene, noun, types)


def title_of(scene: Scene, noun: Trigger, types: Types) -> list[Member]:
    """ "director [Li Wen]" """
    found = scene.starting(noun.word.i + 1)
    return [found] if found is not None and found[1].type in types else []


def examples(scene: Scene, noun: Trigger, types: Types) -> list[Member]:
    """ "subsidiaries include [A]", "sectors such as [A]" """
    behind = scene.doc[noun.end].lower_ if noun.end < len(scene.doc) else ""
    return name_after(scene, noun.end + 1 + (behind == "such"), types) if behind in LISTING_VERBS else []


def described(scene: Scene, noun: Trigger, types: Types) -> list[Member]:
    """ "[Haimen], a district", "[Haimen] is a district", "[A], founder of B and director" """
    doc, edge = scene.doc, noun_start(scene, noun.word.i)
    if edge == 0 or doc[edge].is_sent_start:
        return []
    before = doc[edge - 1]
    if before.text in DASHES | {",", "("}:
        return name_before(scene, edge - 1, types)
    if before.lower_ == "and":
        return over_insertion(scene, edge - 1, types)
    if before.lower_ in PASSIVE_HELPERS | {"become", "became", "as", "remains"}:
        start = verb_start(scene, before.i)
        relative = start > 0 and doc[start - 1].lower_ in RELATIVES
        return name_before(scene, comma_before(scene, start - 1) if relative else start, types)
    return []


def possessors(scene: Scene, noun: Trigger, types: Types) -> list[Member]:
    """Whose it is: "[Hefei]'s", "[its]", "[the company], whose"."""
    for i in range(noun.word.i - 1, noun_start(scene, noun.word.i) - 1, -1):
        word = scene.doc[i]
        if word.lower_ == "whose":
            return name_before(scene, comma_before(scene, i), types)
        found = scene.ending(i) if word.tag_ == "POS" else scene.starting(i) if word.tag_ == "PRP$" else None
        if found is not None:
            return [m for m in scene.listed(found) if m[1].type in types]
    return []


def modifiers(scene: Scene, noun: Trigger, types: Types) -> list[Member]:
    """The mention in front of the noun: "[BASF] chairman", "a [Suzhou] firm", "a [Suzhou]-based firm"."""
    for i in range(noun.word.i, noun_start(scene, noun.word.i), -1):
        found = scene.ending(i)
        if found is not None:
            return [found] if found[1].type in types else []
        if scene.doc[i - 1].tag_ == "POS":
            break
    return []


def holders(scene: Scene, noun: Trigger, types: Types) -> list[Member]:
    """Who has it: its possessor, else the subject of the verb that it is the object of ("[A] signed an agreement")."""
    edge = noun_start(scene, noun.word.i)
    verb = scene.doc[edge - 1] if edge else None
    near = possessors(scene, noun, types)
    if near or verb is None or not verb.tag_.startswith("VB") or verb.lower_ in PASSIVE_HELPERS:
        return near
    return agents(scene, Trigger(verb, edge), types)


# --- both


def attached(scene: Scene, trigger: Trigger, link: str, types: Types) -> list[Member]:
    """What hangs on a verb or noun by a preposition, right behind it or behind what stands between."""
    doc = scene.doc
    if trigger.end < len(doc) and doc[trigger.end].lower_ == link:
        found = name_after(scene, trigger.end + 1, types)
        if found or trigger.word.tag_ in NOUNS:
            return found or inner(scene, trigger.end + 1, types)
    far = trigger.word.tag_ not in NOUNS or link in FAR_LINKS
    return (behind_object(scene, trigger, link, types) if far else []) or tree.attached(
        scene, trigger.word, link, types
    )


def behind_object(scene: Scene, trigger: Trigger, link: str, types: Types) -> list[Member]:
    """ "raised 880 million RMB last week [from Legend Star]", "the release of the plan [by the ministry]" """
    for i in range(trigger.end, min(trigger.end + OBJECT_REACH, len(scene.doc))):
        word = scene.doc[i]
        if word.is_sent_start or (
            i not in scene.outer and (word.tag_ in CLAUSE - {"IN"} or word.tag_.startswith("VB"))
        ):
            break
        if word.lower_ == link and i not in scene.outer:
            return name_after(scene, i + 1, types)
    return []


def inner(scene: Scene, start: int, types: Types) -> list[Member]:
    """Over a common noun to its own preposition: "head of investment at [the zone]"."""
    for i in range(start, min(start + INNER_REACH, len(scene.doc))):
        word = scene.doc[i]
        if word.lower_ in tree.INNER:
            return name_after(scene, i + 1, types)
        if i in scene.outer or word.tag_ not in NOUNS | {"DT", "JJ", "HYPH", "CC"}:
            break
    return []


FILLERS: dict[str, Filler] = {
    "agent": agents,
    "patient": patients,
    "rest": rest,
    "bearer": bearers,
    "possessor": possessors,
    "modifier": modifiers,
    "holder": holders,
}


def fillers(scene: Scene, trigger: Trigger, role: str, types: Types) -> list[Member]:
    """The mentions of these types in a role of FILLERS, or hanging on the trigger by a preposition ("in")."""
    known = FILLERS.get(role)
    return known(scene, trigger, types) if known is not None else attached(scene, trigger, role, types)
