"""How many lies of a language model are shown as supported: ``python -m tests.quality.lies [SHARED_DATA [SEED]]``.

Real questions are asked; the scripted server answers each with a false sentence about the very paragraph that bears the
true answer, and lies again when it is asked to mend it. A lie that is shown counts, whatever else is shown.
"""

import gzip
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.embedder import load_encoder
from index.lexicon import Lexicon
from index.paragraph import Paragraph
from index.store import ParagraphIndex
from index.text import sentences
from rag.answer import Answer
from rag.candidates import quotable
from rag.chatbot import Chatbot
from rag.citations import Defect
from rag.generative import _evidence
from rag.quantities import quantities
from rag.reading import tight
from rag.settings import Settings
from rag.verification import Verifier
from tests.rag.scripted_llm import Reply, says, serving

HERE = Path(__file__).parent
SETS = {"page": ("page_dev", "page_tune", "page_held_out"), "policies": ("policies", "state_council")}
PARAPHRASES = ("paraphrases", "paraphrases_held_out")
HARD = "hard_lies"  # written by hand: who did what, what came first, what is not denied
EACH = 100  # lies over each of the two corpora
SEED = 2026
ASKED = 90  # questions, of which many are answered from the same paragraphs
_UNITS = {"亿元": "万元", "万元": "亿元", "元": "美元", "亩": "公顷", "公里": "米", "平方米": "亩", "公顷": "平方米",
          "年": "个月", "个月": "天", "天": "小时", "日": "个月", "家": "万家", "个": "百个", "人": "万人", "%": "‰",
          "项": "百项", "倍": "成", "名": "百名", "栋": "百栋", "期": "批"}  # fmt: skip
_NAMES = ("赵国栋", "孙晓梅", "长江大学", "华北能源集团", "兰州市", "昆明海关", "OECD", "国家邮政局")
_NAMED = re.compile(
    "[一-龥]{2,8}?(?:部|局|委|厅|办|院|会|省|市|县|区|镇|集团|公司|大学|银行|中心|协会|机构|企业|园)"
    "|(?<=[长理任席记者])[一-龥]{2,3}(?=表示|说|介绍|指出|告诉|,|、|$)"
)
_INVENTED = (
    ",并将在明年底前全面验收", ",由第三方审计机构负责监督", ",这一成绩居全国首位", ",较上年增长一倍",
    ",但资金尚未到位", ",并已获得欧盟认证", ",因此受到公开批评", ",且对外资企业一律免费",
)  # fmt: skip
_QUOTES = ("“这是最好的结果”", "“不惜一切代价”", "“宁缺毋滥”", "“先试点再推广”", "“一票否决”")


@dataclass(frozen=True)
class Lie:
    """A false sentence for a question, with the marker it carries, and how it was made."""

    kind: str
    question: str
    said: str
    marker: str


@dataclass(frozen=True)
class _Truth:
    """A question, the paragraphs that the model is given, and a true sentence of the first of them."""

    question: str
    evidence: tuple[Paragraph, ...]
    sentence: str
    chance: random.Random

    @property
    def text(self) -> str:
        return self.evidence[0].text


def _figure(truth: _Truth) -> str | None:
    """A digit more, or another number."""
    found = [one for one in quantities(truth.sentence) if re.search(r"\d", one.text) and one.kind != "date"]
    for one in truth.chance.sample(found, len(found)):
        number = re.search(r"\d+", one.text)
        assert number is not None
        changed = truth.chance.choice((f"{number[0]}0", str(int(number[0]) + 1), number[0][::-1] + "7"))
        if changed not in truth.text:
            return _put(truth.sentence, one.start + number.start(), one.start + number.end(), changed)
    return None


def _unit(truth: _Truth) -> str | None:
    for one in quantities(truth.sentence):
        for unit, other in _UNITS.items():
            if one.kind not in ("date", "ordinal") and one.text.endswith(unit):
                changed = one.text.removesuffix(unit) + other
                return _put(truth.sentence, one.start, one.end, changed) if changed not in truth.text else None
    return None


def _date(truth: _Truth) -> str | None:
    """Another year, month or day, or a year that is nowhere said."""
    for one in quantities(truth.sentence):
        if one.kind == "date":
            number = re.search(r"\d+", one.text)
            if number is not None and truth.chance.random() < 0.7:
                changed = one.text.replace(number[0], str(int(number[0]) % 12 + 1 + 2020 * (len(number[0]) == 4)), 1)
            else:
                changed = f"2031年{one.text}" if "年" not in one.text else one.text + "12月"
            return _put(truth.sentence, one.start, one.end, changed) if changed not in truth.text else None
    return None


def _other_figure(truth: _Truth) -> str | None:
    """The figure of something else in the same paragraph."""
    here = quantities(truth.sentence)
    there = [one for one in quantities(truth.text) if one.kind not in ("ordinal", "date")]
    for one in here:
        others = [two for two in there if two.kind == one.kind and two.unit == one.unit and two.value != one.value]
        if others and one.kind not in ("ordinal", "date"):
            return _put(truth.sentence, one.start, one.end, truth.chance.choice(others).text)
    return None


def _name(truth: _Truth) -> str | None:
    """Another name in the place of one: invented, or from another paragraph."""
    found = list(_NAMED.finditer(truth.sentence))
    if not found:
        return None
    elsewhere = [name for one in truth.evidence[1:] for name in _NAMED.findall(one.text)]
    name = truth.chance.choice([name for name in (*_NAMES, *elsewhere) if name not in truth.text])
    one = truth.chance.choice(found)
    above = "".join(passage.context for passage in truth.evidence)
    return None if name in above else _put(truth.sentence, one.start(), one.end(), name)


def _invented(truth: _Truth) -> str | None:
    return truth.sentence.rstrip("。.;；") + truth.chance.choice(_INVENTED) + "。"


def _quote(truth: _Truth) -> str | None:
    """Words that nobody said, in quotation marks."""
    return truth.sentence.rstrip("。.;；") + f",称之为{truth.chance.choice(_QUOTES)}。"


def _denied(truth: _Truth) -> str | None:
    """The opposite: a denial taken away or put in before a verb."""
    for denial, other in (
        ("不得", "可以"),
        ("没有", "已经"),
        ("不", ""),
        ("未", "已"),
        ("应当", "不得"),
        ("将", "不会"),
        ("要", "不"),
    ):
        if denial in truth.sentence:
            changed = truth.sentence.replace(denial, other, 1)
            return changed if changed.rstrip("。") not in truth.text else None
    return None


def _beginning(truth: _Truth) -> str | None:
    """The beginning of this sentence with the end of another."""
    others = [truth.text[span.start : span.end] for span in quotable(truth.text)]
    others = [one for one in others if one != truth.sentence and re.search("[,，]", one)]
    if not re.search("[,，]", truth.sentence) or not others or re.search("[“”]", truth.text):
        return None
    start, end = re.split("[,，]", truth.sentence)[0], re.split("[,，]", truth.chance.choice(others))[-1]
    said = f"{start},{end}"
    return None if tight(said) in tight(truth.text) else said  # two sentences may end alike


KINDS: dict[str, Callable[[_Truth], str | None]] = {
    "changed figure": _figure,
    "changed unit": _unit,
    "changed date": _date,
    "figure of something else": _other_figure,
    "swapped name": _name,
    "invented clause": _invented,
    "invented quotation": _quote,
    "denial turned round": _denied,
    "beginning and end of two sentences": _beginning,
    "marker of nothing": lambda truth: truth.sentence,
    "marker of the wrong paragraph": lambda truth: truth.sentence,
    "no marker": lambda truth: truth.sentence,
}


def lies(truths: Sequence[_Truth], count: int) -> list[Lie]:
    """So many lies, of each kind about as many as of any other."""
    of_kind = {kind: list(_of_kind(kind, truths)) for kind in KINDS}
    chosen: list[Lie] = []
    for turn in range(max(map(len, of_kind.values()))):
        chosen += [told[turn] for told in of_kind.values() if turn < len(told)]
    return chosen[:count]


def _of_kind(kind: str, truths: Sequence[_Truth]) -> Iterator[Lie]:
    for truth in truths:
        said, marker = KINDS[kind](truth), _marker(kind, truth)
        if said and marker is not None and (said != truth.sentence or "marker" in kind):
            yield Lie(kind, truth.question, said, marker)


def _marker(kind: str, truth: _Truth) -> str | None:
    if kind == "no marker":
        return ""
    if kind == "marker of nothing":
        return truth.chance.choice(("[99]", "[12]", "[0]", "【57】"))
    if kind != "marker of the wrong paragraph":
        return "[1]"
    wrong = [n for n, one in enumerate(truth.evidence, start=1) if n > 1 and truth.sentence not in one.text]
    return f"[{wrong[-1]}]" if wrong else None


def _put(text: str, start: int, end: int, instead: str) -> str:
    return text[:start] + instead + text[end:]


def truths(chatbot: Chatbot, names: Sequence[str], chance: random.Random) -> list[_Truth]:
    """True sentences of the paragraphs that questions are answered from, those with figures first."""
    rows = [
        json.loads(line) for name in names for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found: dict[str, _Truth] = {}
    for row in chance.sample(rows, min(ASKED, len(rows))):
        answer = chatbot.answer(row["q"])
        evidence = _evidence(answer)
        if not answer.refused and evidence:
            text = evidence[0].text
            inside = [text[one.start : one.end] for one in sentences(text) if 8 <= len(one) <= 150]
            inside.sort(key=lambda sentence: -len(quantities(sentence)))
            for sentence in inside[:3]:
                found.setdefault(sentence, _Truth(row["q"], evidence, sentence, chance))
    return list(found.values())


def policies(folder: Path, into: Path) -> None:
    """The documents of State Council that the questions are asked of, as one file to index."""
    asked = [json.loads(line).get("source") or "" for line in (HERE / "policies.jsonl").read_text("utf-8").splitlines()]
    numbers = {int(source.partition("#")[2]) for source in asked if source.startswith("state_council_policies#")}
    with gzip.open(folder / "state_council_policies.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for number, line in enumerate(lines) if number in numbers]
    into.mkdir(parents=True)
    told = [{"id": str(number), "title": row["title"], "text": row["text"]} for number, row in enumerate(rows)]
    (into / "policies.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in told), "utf-8")


def shown(
    corpus: Path, names: Sequence[str], index: Path, *, count: int = EACH, seed: int = SEED
) -> Iterator[tuple[Lie, Answer]]:
    """Every lie, and the answer in which it was or was not shown."""
    telling: list[Lie] = []
    plain = Chatbot.from_settings(Settings.load(index_dir=index, corpus_dir=corpus))
    plain.rebuild(lambda share, message: None)
    with serving(lambda request: _tell(telling[-1])) as server:
        written = Settings.load(index_dir=index, corpus_dir=corpus, llm="openai:liar", llm_base_url=server.address)
        chatbot = Chatbot.from_settings(written)
        for lie in lies(truths(plain, names, random.Random(seed)), count):
            telling.append(lie)
            yield lie, chatbot.answer(lie.question)


def _tell(lie: Lie) -> Reply:
    return says(lie.said + lie.marker, size=8)


def believed(answer: Answer) -> bool:
    """Whether a lie is shown as supported: the model says nothing else, so whatever of it is shown is one."""
    return answer.origin == "generative"


def refused(paragraphs: Sequence[Paragraph], name: str) -> Iterator[tuple[str, Sequence[Defect]]]:
    """The sentences of a set about these paragraphs, each with what is held against it."""
    verifier = Verifier(Lexicon.shipped())
    for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        about = [one for one in paragraphs if row["of"] in one.text]
        if about:
            yield row["said"], verifier.verify(f"{row['said']}[1]", {1: about[0]}).defects


def main(arguments: list[str]) -> None:
    """Lies and counts; then says honest things and lies by word order, and counts what of them is not believed."""
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    with tempfile.TemporaryDirectory() as folder:
        corpora = {"page": HERE.parents[1] / "corpus"}
        if arguments:
            corpora["policies"] = Path(folder) / "policies"
            policies(Path(arguments[0]), corpora["policies"])
        told: Counter[str] = Counter()
        shown_as_true: Counter[str] = Counter()
        honest: dict[str, list[tuple[str, Sequence[Defect]]]] = {name: [] for name in (*PARAPHRASES, HARD)}
        for name, corpus in corpora.items():
            index = Path(folder) / f"{name}.index"
            for lie, answer in shown(corpus, SETS[name], index, seed=seed):
                told[lie.kind] += 1
                shown_as_true[lie.kind] += believed(answer)
                if believed(answer):
                    print(f"SHOWN {lie.kind}: {lie.said}{lie.marker}\n  {answer.citations[0].quote}")
            paragraphs = ParagraphIndex.open(index, load_encoder("")).paragraphs
            for sentences_of in honest:
                honest[sentences_of] += refused(paragraphs, sentences_of)
    for kind, number in told.items():
        print(f"{kind:36} {shown_as_true[kind]:3} of {number}")
    print(f"unsupported sentences shown as supported: {shown_as_true.total()} of {told.total()}")
    for name, found in honest.items():
        for said, faults in found:
            if bool(faults) is (name != HARD):
                print(f"{name} {said} {[(fault.kind, fault.detail) for fault in faults]}")
        print(f"{name}: sentences refused: {sum(bool(faults) for _, faults in found)} of {len(found)}")


if __name__ == "__main__":
    main(sys.argv[1:])
