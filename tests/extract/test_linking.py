"""Which entry a name means, why, and what else it might have been."""

import pytest

from extract.editions import with_editions
from extract.facts import Dated, Entity, Evidence, Link, Quote
from extract.gazetteer import shipped_gazetteer
from extract.gold import linked_doc
from extract.linking import Context, choose


@pytest.mark.parametrize(
    ("name", "context", "id", "reason", "runner_up"),
    [
        ("Suzhou", Context(), "cn-jiangsu-suzhou", "rank", "cn-anhui-suzhou"),
        ("Suzhou", Context(near=("cn", "cn-anhui")), "cn-anhui-suzhou", "nearest context", "cn-jiangsu-suzhou"),
        ("Suzhou", Context(near=("cn-jiangsu",), beside=("cn-anhui",)), "cn-anhui-suzhou", "named beside", "cn-jiangsu-suzhou"),
        ("Kunshan", Context(), "cn-jiangsu-suzhou-kunshan", "only entry", None),
        ("Jilin", Context(kind="City"), "cn-jilin", "rank", "cn-jilin-jilin"),
        ("Nanjing", Context(near=("cn-fujian",)), "cn-jiangsu-nanjing", "level", "cn-fujian-zhangzhou-nanjing"),
        ("国家税务总局", Context(date="2017-05-02"), "cn-sat", "in being then", "cn-sta"),
        ("国家税务总局", Context(date="2024-05-02"), "cn-sta", "in being then", "cn-sat"),
        ("Ministry of Agriculture", Context(near=("cn",), date="2015"), "cn-moa", None, None),
        ("Georgia", Context(near=("us", "us")), "us-georgia", "country of the article", "ge"),
    ],
)  # fmt: skip
def test_choices(name, context, id, reason, runner_up):
    gazetteer = shipped_gazetteer()
    choice = choose(gazetteer.find(name), context, gazetteer)
    assert choice is not None and choice.entry.id == id
    assert reason is None or choice.link == Link(reason, runner_up)


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("Heping district", Context()),  # several, and no hint
        ("Ministry of Finance", Context(near=("ke", "ke-nairobi"))),  # of a country that no table has
        ("Ministry of Agriculture", Context(near=("cn",), date="2024-01")),  # gone by then
        ("Binhu", Context(near=("cn-anhui", "cn-anhui-hefei"), kind="Place")),  # a hall in Hefei, no district of Wuxi
    ],
)
def test_without_a_good_reason_there_is_no_entry(name, context):
    gazetteer = shipped_gazetteer()
    assert gazetteer.find(name)
    assert choose(gazetteer.find(name), context, gazetteer) is None


def linked(text, name, kind, *others, date=None):
    marks = [(text.index(words), text.index(words) + len(words), label) for words, label in [(name, kind), *others]]
    doc = linked_doc(text, marks, date)
    return next(s for s in doc.spans["names"] if s.text == name)


@pytest.mark.parametrize(
    ("text", "name", "kind", "others", "id"),
    [
        ("Tea from Fuzhou, East China's Jiangxi province, sells.", "Fuzhou", "City", [("Jiangxi", "Province")], "cn-jiangxi-fuzhou"),
        ("Jiangxi's Fuzhou sells tea to Fujian.", "Fuzhou", "City", [("Jiangxi", "Province"), ("Fujian", "Province")], "cn-jiangxi-fuzhou"),
        ("Jiangsu, Suzhou and Hefei sell tea to Anhui.", "Suzhou", "City", [("Jiangsu", "Province"), ("Hefei", "City"), ("Anhui", "Province")], "cn-jiangsu-suzhou"),
        ("The German Foreign Ministry spoke in Berlin.", "Foreign Ministry", "Ministry", [("Berlin", "City")], "de-federal-foreign-office"),
        ("The 138th Canton Fair opened.", "138th Canton Fair", "Event", [], "event-canton-fair"),
        ("Hikers filled Xunhua in Qinghai.", "Xunhua", "Company", [("Qinghai", "Province")], "cn-qinghai-haidong-xunhua"),
        ("Tags: 工业和信息化部、江苏省", "工业和信息化部", "Ministry", [], "cn-miit"),
        ("Baiyin Copper of Gansu grew. Baiyin hired.", "Baiyin Copper", "Company", [("Gansu", "Province")], ""),
        ("Guests of Linhe Fair came.", "Linhe Fair", "Event", [], ""),
    ],
)  # fmt: skip
def test_links_in_text(text, name, kind, others, id):
    assert linked(text, name, kind, *others).kb_id_ == id


def test_a_link_keeps_its_reason_and_runner_up():
    span = linked("Mines of Suzhou in Anhui closed.", "Suzhou", "City", ("Anhui", "Province"))
    assert span._.link == Link("named beside", "cn-jiangsu-suzhou")


def event(*names, gazetteer=None):
    return Entity("e1", "Event", names[0], names, (), gazetteer)


def held(year, status="Asserted"):
    return Dated("e1", "heldOn", year, Evidence(Quote(0, 0, ""), 1.0, status))


@pytest.mark.parametrize(
    ("entity", "dates", "edition"),
    [
        (event("2025 Tea Fair"), [], "2025"),
        (event("Tea Fair"), [held("2025-05-03")], "2025"),
        (event("Tea Fair"), [held("2025"), held("2026")], None),
        (event("Tea Fair"), [held("2025", "Negated")], None),
        (event("15th Tea Fair"), [], "15th"),
        (event("15th Tea Fair"), [held("2025")], "2025"),
        (event("Tea Fair", "2025 Tea Fair"), [held("2026")], "2025"),
        (event("Canton Fair", gazetteer="event-canton-fair"), [held("2024-10")], "2024"),
        (event("COP29", "2024 United Nations Climate Change Conference", gazetteer="event-cop29"), [], None),
    ],
)
def test_editions(entity, dates, edition):
    assert with_editions([entity], dates, shipped_gazetteer())[0].edition == edition
