"""Words are believed where they stand together, affirmed or denied, as in their source."""

import pytest

from index.lexicon import Lexicon
from index.paragraph import Span
from rag.reading import Passage, read
from rag.statements import misstated


def faults(said: str, source: str, lexicon: Lexicon) -> set[str]:
    passage = Passage(Span(0, len(source)), read(source, lexicon), source, "")
    return {defect.kind for defect in misstated(said, read(said, lexicon), passage)}


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("大桥由王小明负责", "大桥由王小明(主任)负责"),
        ("副主任王小明说大桥建成", "副主任王小明表示,大桥建成"),
        ("甲公司负责施工", "甲公司中标,负责施工"),
        ("企业不得收费", "企业不得擅自收费"),
        ("不仅修桥,还修路", "不仅修桥,还修路"),
        ("东河市修桥", "东河市加快修桥"),
    ],
)
def test_what_stands_together_may_be_said_so(said: str, source: str, lexicon: Lexicon) -> None:
    assert faults(said, source, lexicon) == set()


@pytest.mark.parametrize(
    ("said", "source", "kind"),
    [
        ("王大明负责大桥", "大桥由王小明和赵大明负责", "word_missing"),
        ("王小明主任负责", "副主任王小明负责", "word_missing"),
        ("西山集团承建", "东河集团承建西山大桥", "word_missing"),
        ("北河市修桥", "东河市修桥,北河修路", "mixed"),
        ("企业收费", "企业不得收费", "denied"),
        ("企业不得收费", "企业可以收费,不得拖延", "denied"),
        ("甲公司负责施工", "甲公司负责设计,乙公司负责施工", "mixed"),
        ("甲类事项,由市审批", "甲类事项,由省审批,乙类事项,由市审批", "mixed"),
        ("东河修建大桥,东河修建大桥", "东河修建大桥,西河修建水渠", "mixed"),
        ("甲县春天开工", "甲县冬天开工,乙县春天开工", "mixed"),
        ("乙公司告甲公司", "甲公司告乙公司", "reordered"),
        ("事项由市审批", "事项由省审批,不得由市审批", "denied"),
        ("大桥很宏伟", "大桥建成", "word_missing"),
    ],
)
def test_what_does_not_may_not(said: str, source: str, kind: str, lexicon: Lexicon) -> None:
    assert kind in faults(said, source, lexicon)
