"""Small corpora, and indexes built from them with the shipped model. Knows nothing of what is tested."""

from pathlib import Path

from index.build import BuildReport, build_index
from index.config import IndexConfig
from index.corpus import read_corpus
from index.embedder import Encoder, load_encoder

TOWN = """# 县城公交调整

新开通的三路公交车每天发车四十班,首班车六点出发。

老年人凭身份证免费乘车,学生半价。
"""
FARM = """# 春耕农资供应充足

全县储备化肥三千吨,种子价格比去年下降百分之五。

农技人员下乡指导插秧,推广抗旱品种。

水库蓄水量足够两季灌溉。
"""


def silent(_share: float, _doing: str) -> None:
    """A progress that nobody watches."""


def write_corpus(folder: Path, **documents: str) -> Path:
    """A corpus folder of text files, ``town`` and ``farm`` by default."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (documents or {"town": TOWN, "farm": FARM}).items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def build(
    corpus: Path, index: Path, *, encoder: Encoder | None = None, config: IndexConfig | None = None, full: bool = False
) -> BuildReport:
    """Build the index of a corpus folder."""
    return build_index(
        read_corpus(corpus),
        index,
        encoder=encoder or load_encoder(),
        config=config or IndexConfig(),
        progress=silent,
        full=full,
    )
