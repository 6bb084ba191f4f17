"""The rules of relations on sentences of our own: the real parser, but mentions and types given in the table."""

import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from extract.components.claims import implied
from extract.components.pair import Pair
from extract.components.patterns import matches, rule_pairs
from extract.components.proposals import with_votes
from extract.schema import RELATIONS, SYMMETRIC
from extract.syntax.forms import s_form, verb_forms
from extract.syntax.rules import RuleError, compiled, read_rule, read_rules, shipped_patterns
from extract.syntax.scene import scene_of
from tests.extract.marked import parsed

ROW = {"id": "issuedBy/x", "predicate": "issuedBy", "verbs": "issue, put out", "subject": "patient", "object": "agent",
       "precision": 0.5, "example": "", "counterexample": ""}  # fmt: skip


def table():
    """(predicate, sentence) -> the facts that the rules are to find, none for a counter-example."""
    facts = defaultdict(set)
    with (Path(__file__).parent.parent / "data" / "relations.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            facts[row["predicate"], row["sentence"]] |= {(row["subject"], row["object"])} - {("", "")}
    return facts


def undirected(facts, predicate):
    return {tuple(sorted(fact)) if predicate in SYMMETRIC else fact for fact in facts}


@cache
def every_rule():
    return compiled(read_rules())


def ids(doc):
    return {match.rule.id for match in matches(scene_of(doc), every_rule())}


@pytest.mark.parametrize(("predicate", "sentence", "facts"), [(*key, facts) for key, facts in table().items()])
def test_the_rules_find_just_these_facts(predicate, sentence, facts):
    pairs = rule_pairs(scene_of(parsed(sentence)), shipped_patterns())
    found = {(p.left.text, p.right.text) for p in pairs if p.label == predicate}
    assert undirected(found, predicate) == undirected(facts, predicate)


@pytest.mark.parametrize("predicate", RELATIONS)
def test_the_table_has_enough_cases_of_each_predicate(predicate):
    cases = [bool(facts) for (p, _), facts in table().items() if p == predicate]
    assert cases.count(True) >= 8 and cases.count(False) >= 6


@pytest.mark.parametrize("rule", read_rules(), ids=lambda rule: rule.id)
def test_each_rule_holds_of_its_example_and_not_of_its_counterexample(rule):
    assert rule.id in ids(parsed(rule.example))
    assert rule.id not in ids(parsed(rule.counterexample))


def test_a_pair_is_as_probable_as_its_surest_rule_is_precise():
    (pair,) = rule_pairs(
        scene_of(parsed("[The plan|Policy] was issued by [the port office|GovernmentBody].")), shipped_patterns()
    )
    rule = next(r for r in read_rules() if r.id == "issuedBy/verb")
    assert (pair.label, pair.probability, pair.status) == ("issuedBy", rule.precision, "Asserted")


def test_a_list_and_whom_it_names_together_are_all_agents():
    text = "[The plan|Policy] was issued by [MIIT|Ministry], [the NDRC|Ministry] and [the SAMR|Ministry] together with [ICBC|Company]."
    pairs = rule_pairs(scene_of(parsed(text)), shipped_patterns())
    assert {p.right.text for p in pairs if p.label == "issuedBy"} == {"MIIT", "the NDRC", "the SAMR", "ICBC"}


def test_a_list_goes_on_over_words_that_describe_its_members():
    text = "[The lab|ResearchInstitute] was founded by [Kemi|Company] of [Ulm|City], the carmaker [Voltera|Company] and [Norway|Country]'s [Fjord AS|Company]."
    pairs = rule_pairs(scene_of(parsed(text)), shipped_patterns())
    assert {p.right.text for p in pairs if p.label == "establishedBy"} == {"Kemi", "Voltera", "Fjord AS"}


def test_a_bound_pronoun_is_a_subject_like_any_name():
    doc = parsed("[Voltera|Company 1] is small. [It|Company 1] developed [a silent drill|Technology].")
    (pair,) = [p for p in rule_pairs(scene_of(doc), shipped_patterns()) if p.label == "develops"]
    assert (pair.subject.names[0].text, pair.left.text) == ("Voltera", "It")


def test_two_paragraphs_are_no_neighbours():
    doc = parsed("They met in [Wuhu|City].\n\n[Lexin|Company] grew.")
    assert rule_pairs(scene_of(doc), shipped_patterns()) == []


def test_a_name_says_where_only_what_the_text_does_not():
    text = "[[Quanzhou|City] Port Bureau|GovernmentBody] agreed with [[Wuhu|City] Valves|Company], based in [Ulm|City]."
    doc = parsed(text)
    stated = [p for p in rule_pairs(scene_of(doc), shipped_patterns()) if p.label == "locatedIn"]
    assert [(p.left.text, p.right.text) for p in stated] == [("Wuhu Valves", "Ulm")]
    assert [(p.left.text, p.right.text) for p in implied(scene_of(doc), stated)] == [
        ("Quanzhou Port Bureau", "Quanzhou")
    ]


def test_a_rules_vote_adds_to_what_the_pair_head_hears():
    (ruled,) = rule_pairs(scene_of(parsed("[The plan|Policy] was issued by [MIIT|Ministry].")), shipped_patterns())
    silent = with_votes([ruled], [])[0].probability
    heard = [Pair(ruled.subject, "issuedBy", ruled.object, ruled.left, ruled.right, p, "Planned") for p in (0.2, 0.7)]
    low, high = (with_votes([ruled], [pair])[0] for pair in heard)
    assert silent < low.probability < high.probability and high.probability > 0.7
    assert high.status == "Planned"
    assert with_votes([ruled], heard)[0].probability == high.probability


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verb": "issue"}, r"keys \['verb'\] are unknown; allowed"),
        ({"predicate": "issues"}, "predicate is 'issues'; allowed: issuedBy"),
        ({"subject": "agnet"}, r"roles \['agnet'\] are unknown; allowed"),
        ({"object_types": "Ministry, Bodies"}, r"types \['Bodies'\] are unknown; allowed"),
        ({"precision": 1}, "precision is 1; between 0 and 1 is right"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(change, message):
    with pytest.raises(RuleError, match=message):
        read_rule(ROW | change)


def test_a_refusal_names_file_and_line(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{json.dumps(ROW)}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"mine.jsonl:2: id 'issuedBy/x' stands twice"):
        read_rules(path)


def test_types_outside_the_signature_are_dropped():
    assert read_rule(ROW | {"subject_types": "Policy, Park"}).subject_types == {"Policy"}


def test_a_rule_of_ones_own():
    patterns = compiled([read_rule(ROW | {"verbs": "bless"})])
    pairs = rule_pairs(scene_of(parsed("[The tax law|Policy] was blessed by [the senate|GovernmentBody].")), patterns)
    assert [(p.left.text, p.right.text) for p in pairs] == [("The tax law", "the senate")]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("release", {"release", "releases", "releasing", "released"}),
        ("plan", {"plan", "plans", "planning", "planned"}),
        ("open", {"open", "opens", "opening", "opened"}),
        ("supply", {"supply", "supplies", "supplying", "supplied"}),
        ("control", {"control", "controls", "controlling", "controlled"}),
        ("agree", {"agree", "agrees", "agreeing", "agreed"}),
        ("set", {"set", "sets", "setting"}),
        ("draw", {"draw", "draws", "drawing", "drew", "drawn"}),
    ],
)
def test_forms_of_a_verb(verb, forms):
    assert set(verb_forms(verb)) == forms


def test_past_forms_are_told_apart():
    assert [form for form, past in verb_forms("found").items() if past] == ["founded"]
    assert verb_forms("put")["put"] is True
    assert s_form("company") == "companies" and s_form("day") == "days"
