"""Bodies of a government by the place they govern."""

import pytest

from extract.gazetteer import shipped_gazetteer
from extract.organs import chinese_name, organ_of


def first(ids):
    return ids[0] if ids else None


def seat(levels):
    return {"Province": "cn-jiangsu", "City": "cn-jiangsu-wuxi", "Country": "ke"}.get(levels[0])


@pytest.mark.parametrize(
    ("name", "organ"),
    [
        ("Quanzhou government", "cn-fujian-quanzhou.government"),
        ("Quanzhou Municipal People's Government", "cn-fujian-quanzhou.government"),
        ("the People’s Government of Quanzhou City", "cn-fujian-quanzhou.government"),
        ("泉州市人民政府", "cn-fujian-quanzhou.government"),
        ("Jilin provincial government", "cn-jilin.government"),
        ("Jilin municipal government", "cn-jilin-jilin.government"),
        ("Beijing Municipal Commission of Development and Reform", "cn-beijing.development-and-reform"),
        ("Department of Commerce of Jiangsu Province", "cn-jiangsu.commerce"),
        ("Jiangsu commerce department", "cn-jiangsu.commerce"),
        ("provincial department of commerce", "cn-jiangsu.commerce"),
        ("municipal government", "cn-jiangsu-wuxi.government"),
        ("CPC Quanzhou Municipal Committee", "cn-fujian-quanzhou.party-committee"),
        ("Kunshan's Bureau of Statistics", "cn-jiangsu-suzhou-kunshan.statistics"),
        ("Suzhou Industrial Park Administrative Committee", "cn-park-suzhou-industrial-park.administrative-committee"),
        ("Administrative Committee of the China (Tianjin) Pilot Free Trade Zone", "cn-ftz-tianjin.administrative-committee"),
        ("German Federal Ministry of Tea", "de.tea"),
        ("Ministry of Culture of Kenya", "ke.culture"),
        ("Jiangsu Association of Tea", None),
        ("Wengang Town Party Committee", None),
        ("Science and Technology Bureau", None),
        ("Shanghai Customs", None),
        ("", None),
    ],
)  # fmt: skip
def test_organs(name, organ):
    assert organ_of(name, shipped_gazetteer(), first, seat) == organ


def test_a_national_body_without_its_country_belongs_to_the_one_the_text_is_about():
    assert organ_of("lands ministry", shipped_gazetteer(), first, seat, national=True) == "ke.lands"
    assert organ_of("lands ministry", shipped_gazetteer(), first, seat) is None


@pytest.mark.parametrize(
    ("organ", "kind", "zh"),
    [
        ("commerce", "Province", "商务厅"),
        ("commerce", "City", "商务局"),
        ("administrative-committee", "Park", None),
        ("tea", "City", None),
    ],
)
def test_organs_in_chinese(organ, kind, zh):
    assert chinese_name(organ, kind) == zh
