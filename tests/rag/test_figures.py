"""A figure is believed where its source says it of the same thing, in the same unit, as exactly."""

import pytest

from index.lexicon import Lexicon
from index.paragraph import Span
from rag.figures import misquoted
from rag.reading import Passage, read


def faults(said: str, source: str, lexicon: Lexicon) -> list[str]:
    passage = Passage(Span(0, len(source)), read(source, lexicon), source, "")
    return [defect.kind for defect in misquoted(said, read(said, lexicon), passage)]


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("总投资4.38亿元", "大桥总投资43800万元"),
        ("4.38亿元的总投资", "大桥总投资4.38亿元"),
        ("大桥总投资3亿元,其中一期1亿元", "大桥总投资3亿元,其中一期1亿元"),
        ("甲县预计5月9日竣工", "甲县1月3日开工,预计5月9日竣工"),
        ("2031年竣工", "2031年5月底竣工"),
        ("2024年增长5%,2025年增长6%", "2024年增长5%,2025年增长6%"),
        ("容量30兆瓦", "容量30兆瓦"),
        ("约3000个岗位", "约3000个岗位"),
    ],
)
def test_the_same_figure_of_the_same_thing(said: str, source: str, lexicon: Lexicon) -> None:
    assert faults(said, source, lexicon) == []


@pytest.mark.parametrize(
    ("said", "source", "kind"),
    [
        ("总投资4.38万元", "大桥总投资4.38亿元", "figure_missing"),
        ("甲县五月开工", "甲县一月开工,乙县五月开工", "figure_misplaced"),
        ("3000个岗位", "约3000个岗位", "figure_missing"),
        ("2031年5月20日竣工", "2031年5月竣工", "figure_missing"),
        ("2031年5月初竣工", "2031年5月底竣工", "figure_missing"),
        ("容量30吉瓦", "容量30兆瓦", "figure_missing"),
        ("税收22亿元", "年产值可达22亿元,税收约9万元", "figure_misplaced"),
        ("乙县修路3公里", "甲县修路3公里,乙县修路5公里", "figure_misplaced"),
        ("乙县1月3日开工", "甲县1月3日开工,乙县5月9日开工", "figure_misplaced"),
        ("甲县5月9日开工", "甲县1月3日开工,乙县5月9日开工", "figure_misplaced"),
        ("一期投资5亿元", "一期投资3亿元,二期投资5亿元", "figure_misplaced"),
        ("2025年增长5%", "2024年增长5%,2025年增长6%", "figure_misplaced"),
        ("甲增长5%,乙增长5%", "甲增长5%,乙增长6%", "figure_misplaced"),
    ],
)
def test_another_figure_or_of_another_thing(said: str, source: str, kind: str, lexicon: Lexicon) -> None:
    assert kind in faults(said, source, lexicon)
