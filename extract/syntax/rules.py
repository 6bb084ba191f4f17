"""The rules of relations as data: rules/relations.jsonl read, checked and indexed; rules/relations.md tells the notation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from extract.schema import BODIES, PLACES, POLICIES, RELATIONS, SIGNATURES, TOPICS, TYPES
from extract.syntax.forms import s_form, verb_forms
from extract.syntax.roles import FILLERS
from extract.syntax.scene import SETTLED, Types

RULES = Path(__file__).parent.parent / "rules" / "relations.jsonl"
GROUPS: Mapping[str, Types] = {
    "body": BODIES, "place": PLACES, "policy": POLICIES, "topic": TOPICS, "settlement": SETTLED,
} | {kind: frozenset({kind}) for kind in TYPES}  # fmt: skip
PREPOSITIONS = frozenset(
    {"at", "beside", "between", "by", "for", "from", "in", "inside", "into", "near", "of", "on", "outside", "to", "under",
     "up", "with", "within"}
)  # fmt: skip
ITSELF, FIRST, INSIDE, LEFT, RIGHT, ANY_NOUN = "itself", "first", "inside", "left", "right", "*"
ROLES = frozenset(FILLERS) | PREPOSITIONS | {ITSELF, FIRST, INSIDE, LEFT, RIGHT}
LISTED = ("verbs", "nouns", "exceptions", "between", "near", "subject", "object")
TYPED = ("subject_types", "object_types")


class RuleError(ValueError):
    """A line of a rules file that cannot be used: says which, and what would be right."""


@dataclass(frozen=True)
class Rule:
    """One line of the rules file. `subject` and `object` are roles, the types those of the contract.

    `precision` is how often the rule was right over our annotated articles (training/pattern_scores.py); of an `implied`
    rule, whose facts these leave out, it was judged by hand.
    """

    id: str
    predicate: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    subject_types: Types
    object_types: Types
    precision: float
    example: str
    counterexample: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    implied: bool = False


@dataclass(frozen=True)
class Patterns:
    """Rules by the word that sets them off.

    `verbs`: form -> (rule, particle or fixed noun, is a past form); `linked` rules start from a mention, `beside` ones
    from what stands between two mentions.
    """

    verbs: Mapping[str, Sequence[tuple[Rule, str, bool]]]
    nouns: Mapping[str, Sequence[Rule]]
    linked: Sequence[Rule]
    beside: Sequence[Rule]


def read_rules(path: Path = RULES) -> list[Rule]:
    """The rules of a file, one JSON object a line. Raises RuleError."""
    rules: dict[str, Rule] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            rule = read_rule(json.loads(line))
            if rule.id in rules:
                raise RuleError(f"id {rule.id!r} stands twice; an id of its own is right")
        except (json.JSONDecodeError, RuleError) as error:
            raise RuleError(f"{path.name}:{number}: {error}") from None
        rules[rule.id] = rule
    return list(rules.values())


def read_rule(row: Mapping[str, Any]) -> Rule:
    """The rule of one JSON object. Raises RuleError."""
    names = {f.name for f in fields(Rule)}
    needed = {f.name for f in fields(Rule) if f.default is MISSING} - set(TYPED)
    require(not row.keys() - names, f"keys {sorted(row.keys() - names)} are unknown; allowed: {sorted(names)}")
    require(not needed - row.keys(), f"keys {sorted(needed - row.keys())} are missing")
    require(row["predicate"] in RELATIONS, f"predicate is {row['predicate']!r}; allowed: {', '.join(RELATIONS)}")
    require(0 < row["precision"] < 1, f"precision is {row['precision']}; between 0 and 1 is right")
    values: dict[str, Any] = {key: value for key, value in row.items() if key not in (*LISTED, *TYPED)}
    values |= {key: tuple(row[key].split(", ")) for key in LISTED if key in row}
    unknown = sorted({*values["subject"], *values["object"]} - ROLES)
    require(not unknown, f"roles {unknown} are unknown; allowed: {', '.join(sorted(ROLES))}")
    signature = SIGNATURES[row["predicate"]]
    values |= {key: allowed & types_of(row.get(key)) for key, allowed in zip(TYPED, signature, strict=True)}
    return Rule(**values)


def require(right: bool, message: str) -> None:
    if not right:
        raise RuleError(message)


def types_of(names: str | None) -> Types:
    """The types that a list of types and groups of them stands for; of no list all."""
    given = names.split(", ") if names else list(TYPES)
    unknown = sorted(set(given) - GROUPS.keys())
    require(not unknown, f"types {unknown} are unknown; allowed: {', '.join(sorted(GROUPS))}")
    return frozenset(kind for name in given for kind in GROUPS[name])


def compiled(rules: Iterable[Rule]) -> Patterns:
    verbs: dict[str, list[tuple[Rule, str, bool]]] = {}
    nouns: dict[str, list[Rule]] = {}
    linked, beside = [], []
    for rule in rules:
        for first, _, second in (word.partition(" ") for word in rule.verbs):
            for form, past in verb_forms(first).items():
                verbs.setdefault(form, []).append((rule, second, past))
        for noun in rule.nouns:
            nouns.setdefault(noun, []).append(rule)
            if noun != ANY_NOUN:
                nouns.setdefault(s_form(noun), []).append(rule)
        if rule.between:
            beside.append(rule)
        elif not rule.verbs and not rule.nouns:
            linked.append(rule)
    return Patterns(verbs, nouns, linked, beside)


@cache
def shipped_patterns() -> Patterns:
    """The rules of what a text states."""
    return compiled(rule for rule in read_rules() if not rule.implied)


@cache
def implied_patterns() -> Patterns:
    """The rules of what a name implies, which our annotated articles leave out."""
    return compiled(rule for rule in read_rules() if rule.implied)
