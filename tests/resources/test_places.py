import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources import places
from resources.places import UNKNOWN, area_code_of, cities_of, city_of_issue, find
from resources.places.spoken import city_in

HAINAN = (
    "万宁市 三亚市 三沙市 东方市 临高县 乐东黎族自治县 五指山市 保亭黎族苗族自治县 儋州市 定安县 屯昌县 "
    "文昌市 昌江黎族自治县 海口市 澄迈县 琼中黎族苗族自治县 琼海市 白沙黎族自治县 陵水黎族自治县"
)
SHARED = {
    "024": "沈阳市 铁岭市 抚顺市 本溪市",
    "028": "成都市 眉山市 资阳市",
    "029": "西安市 咸阳市",
    "0371": "郑州市 开封市",
    "0391": "焦作市 济源市",
    "0558": "阜阳市 亳州市",
    "0719": "十堰市 神农架林区",
    "0728": "仙桃市 潜江市 天门市",
    "0731": "长沙市 株洲市 湘潭市",
    "0771": "南宁市 崇左市",
    "0772": "柳州市 来宾市",
    "0774": "梧州市 贺州市",
    "0775": "玉林市 贵港市",
    "0851": "贵阳市 遵义市 安顺市",
    "0898": HAINAN,
    "0935": "武威市 金昌市",
    "0937": "酒泉市 嘉峪关市",
}


def _city(name: str) -> places.City:
    city = find(name)
    assert city is not None
    return city


def test_every_shared_area_code_is_listed_here() -> None:
    codes = {code for name in places.all_cities() for code in _city(name).area_codes}
    shared = {code: set(cities_of(code)) for code in codes if len(cities_of(code)) > 1}
    assert shared == {code: set(cities.split()) for code, cities in SHARED.items()}


@pytest.mark.parametrize(("code", "cities"), SHARED.items())
def test_a_number_under_a_shared_area_code_names_all_its_cities_and_chooses_none(
    code: str, cities: str
) -> None:
    issue = city_of_issue(code + "80000001"[: 11 - len(code)])
    assert issue.city is None
    assert issue.shared
    assert set(issue.cities) == set(cities.split())


@pytest.mark.parametrize(
    ("city", "code"),
    [
        ("晋中市", "0354"),
        ("吕梁市", "0358"),
        ("太原市", "0351"),
        ("朔州市", "0349"),
        ("秦皇岛市", "0335"),
        ("舟山市", "0580"),
        ("鹰潭市", "0701"),
        ("襄阳市", "0710"),
        ("合肥市", "0551"),
        ("济南市", "0531"),
        ("北京市", "010"),
        ("重庆市", "023"),
        ("锡林郭勒盟", "0479"),
        ("延边朝鲜族自治州", "0433"),
        ("神农架林区", "0719"),
    ],
)
def test_area_codes_that_sources_confuse(city: str, code: str) -> None:
    assert area_code_of(city) == code
    assert city in cities_of(code)


@pytest.mark.parametrize(
    "old", ["襄樊市", "巢湖市", "莱芜市", "铜仁地区", "毕节地区", "株州市", "吐鲁番地区", "那曲地区"]
)
def test_old_names_and_misspellings_are_gone(old: str) -> None:
    assert old not in places.all_cities()


def test_every_city_has_a_province_an_area_code_and_an_english_name() -> None:
    for name in places.all_cities():
        city = _city(name)
        assert city.province
        assert city.english.isascii() or city.english == "Lüliang"
        assert all(code[0] == "0" and code.isdigit() and len(code) in (3, 4) for code in city.area_codes)


def test_every_prefecture_of_shanxi_is_there() -> None:
    shanxi = {name for name in places.all_cities() if _city(name).province == "山西省"}
    assert {one.removesuffix("市") for one in shanxi} == {
        *("太原", "大同", "阳泉", "长治", "晋城", "朔州", "晋中", "运城", "忻州", "临汾", "吕梁")
    }


@pytest.mark.parametrize("spelling", ["13834400000", "+86 138 3440 0000", "008613834400000"])
def test_a_mobile_number_in_any_spelling(spelling: str) -> None:
    issue = city_of_issue(spelling)
    assert (issue.city, issue.province, issue.cities) == ("朔州市", "山西省", ("朔州市",))


@pytest.mark.parametrize("number", ["", "anonymous", "110", "12356", "+1 202 555 0100", "7", "12900000000"])
def test_other_numbers_were_issued_nowhere_known(number: str) -> None:
    assert city_of_issue(number) == UNKNOWN


def test_sources_that_differ_are_both_named() -> None:
    unsure = next(
        issue
        for prefix in range(1840000, 1850000)
        if len((issue := city_of_issue(f"{prefix}0000")).cities) > 1
    )
    assert unsure.city is None
    assert not unsure.shared


@pytest.mark.parametrize(
    ("short", "full"), [("晋中", "晋中市"), ("延边", "延边朝鲜族自治州"), ("神农架", "神农架林区")]
)
def test_a_city_is_found_by_its_short_name(short: str, full: str) -> None:
    assert _city(short).name == full


@pytest.mark.parametrize("name", ["", "晋", "朝阳", "吉林", "海南", "无此城市"])
def test_an_unclear_name_is_no_city(name: str) -> None:
    assert find(name) is None
    assert area_code_of(name) == ""


@given(st.text(max_size=20) | st.from_regex(r"\+?[0-9]{0,15}", fullmatch=True))
def test_any_text_has_an_answer_whose_city_is_known(number: str) -> None:
    issue = city_of_issue(number)
    assert issue.city is None or issue.cities == (issue.city,)
    assert set(issue.cities) <= set(places.all_cities())
    assert issue.shared <= (len(issue.cities) > 1)


def test_no_telephone_library_is_loaded_at_run_time() -> None:
    code = (
        "import sys; from resources.places import city_of_issue as c; c('13800000001'); "
        "sys.exit('phonenumbers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0


def test_every_correction_names_its_source() -> None:
    file = Path(places.__file__).parent / "corrections.toml"
    corrections = tomllib.loads(file.read_text(encoding="utf-8"))
    assert all(
        entry["source"]
        for entry in (*corrections["name"], *corrections["renamed"], *corrections["area_code"])
    )
    assert set(corrections["shared"]) <= set(SHARED)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("太原", "太原市"),
        ("山西太原汾河大桥，南站路牌", "太原市"),
        ("北京朝阳区", "北京市"),
        ("北京朝阳", "北京市"),
        ("上海南京东路", "上海市"),
        ("大连中山区", "大连市"),
        ("吉林长春", "长春市"),
        ("海南三亚", "三亚市"),
        ("辽宁省朝阳市", "朝阳市"),
        ("恩施", "恩施土家族苗族自治州"),
        ("牡丹江西安区", "牡丹江市"),
        ("西安雁塔", "西安市"),
    ],
)
def test_the_city_that_a_text_names(text: str, city: str) -> None:
    assert city_in(text) == city


@pytest.mark.parametrize("text", ["", "大桥上", "朝阳", "吉林", "海南", "中山", "沈阳还是铁岭", "南京路"])
def test_a_text_that_may_mean_several_places_names_no_city(text: str) -> None:
    assert city_in(text) == ""


@pytest.mark.parametrize("name", places.all_cities())
def test_every_full_name_names_its_city(name: str) -> None:
    assert city_in(name) == name
    short = _city(name).short
    assert not short or city_in(short) == name
