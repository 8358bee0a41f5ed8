"""Amounts as documents write them: units, hedges, ranges, guesses, shares."""

import pytest

from rag.quantities import quantities

YEAR, MU = 365.0, 10000 / 15


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("总额4.38亿元", "money", 438_000_000, "元"),
        ("约９０００萬元", "money", 90_000_000, "元"),
        ("43.8 billion yuan", "money", 43_800_000_000, "元"),
        ("总额4.38 亿元", "money", 438_000_000, "元"),
        ("100万人民币", "money", 1_000_000, "元"),
        ("人民币20亿元", "money", 2_000_000_000, "元"),
        ("$4.5 million", "money", 4_500_000, "美元"),
        ("US$270 billion", "money", 270e9, "美元"),
        ("RMB 20", "money", 20, "元"),
        ("四点三八亿元", "money", 438_000_000, "元"),
        ("1,200.5万元", "money", 12_005_000, "元"),
        ("万亿元", "money", 1e12, "元"),
        ("每人每月143元", "money", 143, "元"),
        ("500元/吨", "money", 0.5, "元/kg"),
        ("收益-1.71万元", "money", -17_100, "元"),
        ("5块钱", "money", 5, "元"),
        ("三块地", "count", 3, "块"),
        ("占地30亩", "measure", 20_000, "m2"),
        ("一百四十六亩", "measure", 146 * MU, "m2"),
        ("146-mu", "measure", 146 * MU, "m2"),
        ("2公顷", "measure", 20_000, "m2"),
        ("5,000-square-meter", "measure", 5000, "m2"),
        ("3.5平方公里", "measure", 3.5e6, "m2"),
        ("3亿立方米", "measure", 3e8, "m3"),
        ("千亿斤", "measure", 50_000_000_000, "kg"),
        ("30万吨", "measure", 3e8, "kg"),
        ("1.2亿千瓦时", "measure", 4.32e14, "J"),
        ("100万千瓦", "measure", 1e9, "W"),
        ("100兆瓦", "measure", 1e8, "W"),
        ("5千克", "measure", 5, "kg"),
        ("零下3度", "measure", -3, "度"),
        ("-5℃", "measure", -5, "度"),
        ("2万5千公里", "measure", 2.5e7, "m"),
        ("百分之四点五", "percent", 4.5, "%"),
        ("百分之零点五", "percent", 0.5, "%"),
        ("百分百", "percent", 100, "%"),
        ("三分之二", "percent", 200 / 3, "%"),
        ("two thirds", "percent", 200 / 3, "%"),
        ("七成", "percent", 70, "%"),
        ("四成半", "percent", 45, "%"),
        ("一半", "percent", 50, "%"),
        ("千分之三", "percent", 0.3, "%"),
        ("-2.1%", "percent", -2.1, "%"),
        ("five percent", "percent", 5, "%"),
        ("60 per cent", "percent", 60, "%"),
        ("1.5‰", "percent", 0.15, "%"),
        ("提高3.5个百分点", "percent", 3.5, "百分点"),
        ("两个百分点", "percent", 2, "百分点"),
        ("2.5 percentage points", "percent", 2.5, "百分点"),
        ("30个基点", "percent", 0.3, "百分点"),
        ("再延长三十年", "duration", 30 * YEAR, "天"),
        ("三个半月", "duration", 105, "天"),
        ("两年半", "duration", 2.5 * YEAR, "天"),
        ("半年", "duration", YEAR / 2, "天"),
        ("20-year", "duration", 20 * YEAR, "天"),
        ("three years", "duration", 3 * YEAR, "天"),
        ("24小时", "duration", 1, "天"),
        ("5个工作日", "duration", 5, "工作日"),
        ("处十五日拘留", "duration", 15, "天"),
        ("分三期推进", "count", 3, "期"),
        ("140多名工人", "count", 140, "名"),
        ("3.6亿人次", "count", 3.6e8, "人次"),
        ("１２３４家", "count", 1234, "家"),
        ("一倍半", "count", 1.5, "倍"),
        ("一亿三千多万人", "count", 130_000_000, "人"),
        ("总数十万人", "count", 100_000, "人"),
        ("4.38亿", "number", 438_000_000, ""),
        ("四亿多", "number", 400_000_000, ""),
        ("1:3", "ratio", 1 / 3, ""),
    ],
)
def test_kind_value_and_unit(text: str, kind: str, value: float, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.kind, found.unit, found.upper) == (kind, unit, None)
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3至5年", 3 * YEAR, 5 * YEAR),
        ("3年至5年", 3 * YEAR, 5 * YEAR),
        ("三到五年", 3 * YEAR, 5 * YEAR),
        ("十至十五天", 10, 15),
        ("5%—7%", 5, 7),
        ("10-15%", 10, 15),
        ("１０％－１５％", 10, 15),
        ("百分之五至百分之七", 5, 7),
        ("百分之五至七", 5, 7),
        ("0.5—1个百分点", 0.5, 1),
        ("1.2万—1.5万人", 12_000, 15_000),
        ("15—20万人", 150_000, 200_000),
        ("3～5个", 3, 5),
        ("30至50万元", 300_000, 500_000),
        ("500至1万元", 500, 10_000),
        ("2000—3000家", 2000, 3000),
        ("3 to 5 years", 3 * YEAR, 5 * YEAR),
        ("between 3 and 5 percent", 3, 5),
        ("1.5 to 2 million yuan", 1.5e6, 2e6),
        ("3.5 million to 4 million yuan", 3.5e6, 4e6),
        ("两三年", 2 * YEAR, 3 * YEAR),
        ("一两个", 1, 2),
        ("三四百人", 300, 400),
        ("十七八岁", 17, 18),
        ("数十家", 20, 90),
        ("几百人", 200, 900),
        ("数万人", 20_000, 90_000),
    ],
)
def test_ranges_and_guesses(text: str, low: float, high: float) -> None:
    (found,) = quantities(text)
    assert (found.value, found.upper) == (pytest.approx(low), pytest.approx(high))
    assert found.text in text


@pytest.mark.parametrize("text", ["3家到5个城市", "5至3年", "3, 5年", "8%和9%", "3家和5家", "3家、5家"])
def test_what_is_no_range(text: str) -> None:
    assert [found.upper for found in quantities(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "bound", "said"),
    [
        ("超3000个", "over", "3000个"),
        ("百余亩", "over", "百余亩"),
        ("十余家", "over", "十余家"),
        ("20多亿立方米", "over", "20多亿立方米"),
        ("一年多", "over", "一年多"),
        ("一个多月", "over", "一个多月"),
        ("3倍多", "over", "3倍多"),
        ("过半数", "over", "过半数"),
        ("约9000万元", "about", "9000万元"),
        ("近五年", "about", "五年"),
        ("十来个", "about", "十来个"),
        ("上百家", "about", "百家"),
        ("千亿级", "about", "千亿级"),
        ("5%左右", "about", "5%左右"),
        ("将近9家", "under", "9家"),
        ("近四成半", "under", "四成半"),
        ("不超过5个", "at most", "5个"),
        ("3年内", "at most", "3年内"),
        ("18岁以下", "at most", "18岁以下"),
        ("至少3家", "at least", "3家"),
        ("60岁及以上", "at least", "60岁及以上"),
        ("20%以上", "at least", "20%以上"),
        ("over 300 people", "over", "300"),
        ("no less than 5%", "at least", "5%"),
        ("3家省内企业", "exactly", "3家"),
        ("10家多部门", "exactly", "10家"),
        ("参加过一次", "exactly", "一次"),
    ],
)
def test_hedges(text: str, bound: str, said: str) -> None:
    (found,) = quantities(text)
    assert (found.bound, found.text, found.approximate) == (bound, said, bound != "exactly")


@pytest.mark.parametrize(
    "text",
    [
        "统一规划",
        "一带一路",
        "万众一心",
        "十分重要",
        "一体化发展",
        "",
        "进一步",
        "统一部署",
        "一起",
        "“十五五”时期",
        "十四五期间",
        "上半年",
        "三位一体",
        "一成不变",
        "千方百计",
        "千万要小心",
        "元旦",
        "零部件",
        "几家",
        "星期三",
        "周五",
        "5G",
        "PM2.5",
        "新一代",
        "单位:万元",
        "二三产业",
        "九年级",
        "之一",
        "公元前221年",
        "一方面",
        "数以万计",
    ],
)
def test_numerals_inside_words_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()
