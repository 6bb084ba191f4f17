"""The figures of identity: by hand on small clusters, and at least the goals on our own test articles."""

import json
from pathlib import Path

import pytest

import extract
from extract.evaluate import read_records
from extract.facts import ArticleFacts, Entity
from extract.gazetteer import shipped_gazetteer
from kg.identity_scores import (
    Gold,
    b_cubed,
    figures,
    gold_clusters,
    links,
    main,
    marked_articles,
    misses,
    pairwise,
    read_gold,
)

TRAINING = Path(extract.__file__).parent / "training"
GOLD = {("a", "1"): "x", ("a", "2"): "x", ("b", "1"): "x", ("b", "2"): "y"}


@pytest.mark.parametrize(
    ("found", "precision", "recall", "pairs"),
    [
        (["p", "p", "p", "q"], 1, 1, (3, 3, 3)),
        (["p", "q", "r", "s"], 1, (1 / 3 * 3 + 1) / 4, (0, 0, 3)),
        (["p", "p", "p", "p"], (3 / 4 * 3 + 1 / 4) / 4, 1, (3, 6, 3)),
        (["p", "p", "q", "q"], 3 / 4, (2 / 3 * 2 + 1 / 3 + 1) / 4, (1, 2, 3)),
    ],
)
def test_clusters_are_scored(found, precision, recall, pairs):
    clusters = dict(zip(GOLD, found, strict=True))
    assert b_cubed(GOLD, clusters) == pytest.approx((precision, recall))
    score = pairwise(GOLD, clusters)
    assert (score.right, score.found, score.gold) == pairs


def story(*entities):
    return ArticleFacts("a", "Story", None, None, None, 0, 9, entities)


def test_links_count_none_as_right_where_none_is():
    found = [
        Entity(key, "City", "Linhe", ("Linhe",), (), id)
        for key, id in (("1", "cn-x"), ("2", None), ("3", "cn-x"), ("4", None))
    ]
    gold = {
        ("a", "1"): Gold("City", "cn-x"), ("a", "2"): Gold("City", ""), ("a", "3"): Gold("City", ""), ("a", "4"): Gold("City", "=linhe"),
        ("a", "5"): Gold("City", "cn-x"), ("a", "6"): Gold("Company", "cn-x"),
    }  # fmt: skip
    assert links(gold, [story(*found)]) == {
        ("a", "1"): True,
        ("a", "2"): True,
        ("a", "3"): False,
        ("a", "4"): True,
        ("a", "5"): False,
    }


def test_an_entity_without_a_thing_is_one_by_itself():
    assert gold_clusters({("a", "1"): Gold("City", ""), ("b", "1"): Gold("City", "")}) == {
        k: k for k in (("a", "1"), ("b", "1"))
    }


@pytest.fixture(scope="module", params=["dev", "test"])
def split(request):
    """Articles of a split as marked by hand, and what their entities are."""
    records = list(read_records(TRAINING / "corpus" / f"{request.param}.jsonl"))
    return records, marked_articles(records), read_gold(TRAINING / "identity" / f"{request.param}.csv")


def test_the_goals_are_met_on_our_own_articles(split):
    _, articles, gold = split
    scores = {name: f1 for name, _, _, f1, _ in figures(gold, articles)}
    assert min(f1 for name, f1 in scores.items() if "linking" not in name) >= 0.95
    assert min(f1 for name, f1 in scores.items() if "linking" in name) >= 0.97


def test_gold_speaks_of_entities_and_entries_that_there_are(split):
    records, _, gold = split
    ids = {one.thing.partition(".")[0] for one in gold.values() if one.thing and not one.thing.startswith("=")}
    assert ids <= shipped_gazetteer().entries.keys()
    things = [one.thing for one in gold.values()]
    assert all(things.count(t) > 1 for t in things if t.startswith("="))
    typed = {r["id"]: r["entities"] for r in records}
    assert all(typed[article][entity] == one.type for (article, entity), one in gold.items())


def test_misses_say_what_would_be_right():
    gold = {("a", "1"): Gold("City", "cn-jiangsu-suzhou")}
    article = story(Entity("1", "City", "Suzhou", ("Suzhou",), (), "cn-anhui-suzhou"))
    assert list(misses(gold, [article])) == ["link  a/1 Suzhou: cn-anhui-suzhou, but cn-jiangsu-suzhou is right"]


def test_a_table_with_other_columns_is_refused(tmp_path):
    (tmp_path / "gold.csv").write_text("article,thing\n", encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"gold\.csv:1: the columns are article,thing; article,entity,type,names,thing is right"
    ):
        read_gold(tmp_path / "gold.csv")


def test_the_command_prints_every_figure(capsys, tmp_path):
    records = (TRAINING / "corpus" / "test.jsonl").read_text(encoding="utf-8").splitlines()[:2]
    (tmp_path / "two.jsonl").write_text("\n".join(records), encoding="utf-8")
    rows = (TRAINING / "identity" / "test.csv").read_text(encoding="utf-8").splitlines()
    wanted = {"article", *(json.loads(line)["id"] for line in records)}
    (tmp_path / "two.csv").write_text("\n".join(r for r in rows if r.split(",")[0] in wanted) + "\n", encoding="utf-8")
    assert main([str(tmp_path / "two.jsonl"), str(tmp_path / "two.csv"), "--misses"]) == 0
    out = capsys.readouterr().out
    assert [line.split("  ")[0].strip() for line in out.splitlines()][:3] == [
        "B-cubed",
        "B-cubed of what several articles name",
        "pairwise",
    ]
    assert "linking of places and bodies" in out
