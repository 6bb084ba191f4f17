"""Who says a fact: the subject of a verb of speech above it, or the source that the sentence names ("according to X")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extract.components.cues import ATTRIBUTED, NEGATED, cue_at
from extract.components.modality import NAMES, Reading
from extract.components.spine import Link, is_clause

# Where the name of a source ends: at a comma, a verb or a clause; not at the marks that stand within names.
ENDING = frozenset({"VBZ", "VBD", "VBP", "MD", "WDT", "WP", "WRB", "WP$"})
JOINING = frozenset({"-", "&", ".", "(", ")", "'", "’", '"', "“", "”", "/"})
SAID = frozenset({"ccomp", "xcomp", "parataxis", "csubj", "csubj:pass"})
INNER = frozenset({"det", "compound", "amod", "flat", "nmod:poss", "nummod", "nmod"})


def attribution(links: Sequence[Link], left: Span, right: Span) -> tuple[list[Reading], Span | None]:
    """What the words of others make of the fact, and the nearest speaker. Only clauses are said: names and posts are not."""
    if not any(is_clause(link.word) for link in links):
        return [], None
    told, sources = list(speakers(links)), list(named_sources(links[-1].word, left, right))
    found = [*hearsay(links), *falsified(links)]
    found += [Reading(ATTRIBUTED, voice.root) for voice in told if cue_at(voice.root, "rumourer")]
    found += [Reading(ATTRIBUTED, source.root) for source in sources if not cue_at(head_noun(source), "document")]
    speaker = next(iter([*told, *sources]), None)
    return found, next((s for s in (left, right) if speaker and s.start <= speaker.root.i < s.end), speaker)


def hearsay(links: Sequence[Link]) -> Iterator[Reading]:
    """ "Kemi is said to own Sanhe": a passive verb of speech."""
    for link in links:
        cue = cue_at(link.word, "hearsay")
        if cue and any(c.dep_ == "aux:pass" for c in link.word.children) and any(t.dep_ in SAID for t in link.below):
            yield Reading(cue.status, link.word)


def falsified(links: Sequence[Link]) -> Iterator[Reading]:
    """ "Reports that Kemi owns Sanhe are wrong": a rumour on the spine, and a word of its sentence that calls it false."""
    for link in links:
        rumour = cue_at(link.word, "clause")
        if rumour and rumour.status == ATTRIBUTED and link.word.tag_.startswith("NN"):
            yield from (Reading(NEGATED, t) for t in link.word.sent if cue_at(t, "falsity"))


def speakers(links: Sequence[Link]) -> Iterator[Span]:
    """Subjects of the verbs of speech above the fact or beside its clause, inner ones first."""
    for link in links:
        if cue_at(link.word, "speech") and any(t.dep_ in SAID for t in link.below):
            yield from subjects(link.word)
        for child in link.word.children:
            if child.dep_ == "parataxis" and cue_at(child, "speech"):
                yield from subjects(child)


def subjects(verb: Token) -> Iterator[Span]:
    """Who speaks: the subject next to the verb, or the agent of a passive one."""
    passive = any(c.dep_ == "aux:pass" for c in verb.children)
    found = [c for c in verb.children if c.dep_ == ("obl:agent" if passive else "nsubj")]
    return (phrase(c) for c in sorted(found, key=lambda c: abs(c.i - verb.i))[:1])


def phrase(noun: Token) -> Span:
    """The noun with what belongs to its name, up to the first comma or clause."""
    start = min([t.i for c in noun.lefts if c.dep_ in INNER for t in c.subtree] + [noun.i])
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ not in INNER or any(t.is_punct for t in noun.doc[end : child.right_edge.i + 1]):
            break
        end = child.right_edge.i + 1
    while end < noun.sent.end and noun.doc[end - 1].tag_ in NAMES and noun.doc[end].tag_ in NAMES:
        end += 1
    while start > noun.sent.start and noun.doc[start].tag_ in NAMES and noun.doc[start - 1].tag_ in NAMES:
        start -= 1
    return noun.doc[start:end]


def named_sources(word: Token, left: Span, right: Span) -> Iterator[Span]:
    """The sources named in the sentence's part between semicolons, if the fact stands outside of them."""
    for token in word.sent:
        cue = cue_at(token, "source") or cue_at(token, "citation")
        if cue is None or any(t.text == ";" for t in between(word, token)):
            continue
        start = token.i + len(cue.words)
        end = next((t.i for t in word.doc[start : word.sent.end] if ends_name(t)), word.sent.end)
        end -= word.doc[end - 1].text == "."
        if cue.position == "citation" and not is_voice(head_noun(word.doc[start : max(end, start + 1)])):
            continue
        if start < end and all(span.end <= token.i or span.start >= end for span in (left, right)):
            yield word.doc[start:end]


def head_noun(source: Span) -> Token:
    """The last noun before a preposition: "statistics" of "recent statistics from the bureau"."""
    end = next((t.i for t in source if t.tag_ == "IN"), source.end)
    nouns = [t for t in source.doc[source.start : end] if t.tag_.startswith("NN")]
    return nouns[-1] if nouns else source.root


def is_voice(noun: Token) -> bool:
    """Whether the noun names or means people, who can be cited, and not a reason."""
    return noun.tag_ in NAMES or cue_at(noun, "rumourer") is not None


def ends_name(token: Token) -> bool:
    return (token.is_punct and token.text not in JOINING) or token.tag_ in ENDING or token.is_space


def between(a: Token, b: Token) -> Span:
    return a.doc[min(a.i, b.i) : max(a.i, b.i)]
