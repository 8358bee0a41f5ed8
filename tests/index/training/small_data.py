"""A folder of training data small enough for a test, with every file of the real one. Knows nothing of training."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

SUBJECTS = ("农民", "工人", "教师", "医生", "学生", "企业", "老人", "儿童")
MATTERS = ("就业", "教育", "医疗", "住房", "养老金", "税收", "环境", "粮食")
ENGLISH = ("jobs", "education", "health", "housing", "pension", "tax", "environment", "grain")


def write(folder: Path) -> Path:
    """Every subject meets every matter once: 64 texts, their headlines, questions and translations."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [(subject, matter, n) for subject in SUBJECTS for n, matter in enumerate(MATTERS)]
    text = "今年{0}的{1}有新办法。政府为{0}增加{1}投入。{0}对{1}更加满意。各地做好{1}工作。"
    texts = [text.format(subject, matter) for subject, matter, _ in pairs]
    questions = [
        {
            "id": str(i),
            "title": "",
            "context": texts[i],
            "question": f"{s}的{m}怎么样？",
            "answers": [{"text": f"{s}的{m}", "start": texts[i].index(s)}],
        }
        for i, (s, m, _) in enumerate(pairs)
    ]
    for name in ("cmrc2018_train", "drcd_dev_simplified", "cmrc2018_dev"):
        _records(folder / f"{name}.jsonl.gz", questions)
    _records(
        folder / "news_headline_text.jsonl.gz",
        ({"title": f"{s}{m}", "text": t} for (s, m, _), t in zip(pairs, texts, strict=True)),
    )
    for name in ("news_texts", "news_texts_more_1", "news_texts_more_2"):
        _records(folder / f"{name}.jsonl.gz", ({"text": text} for text in texts))
    laws = (
        {"law": f"{s}法", "chapter": "总则", "article": "第一条", "text": t}
        for (s, _, _), t in zip(pairs, texts, strict=True)
    )
    _records(folder / "statute_articles.jsonl.gz", laws)
    reports = ({"year": year, "text": "\n".join(texts)} for year in (2016, 2024))
    _records(folder / "government_work_reports.jsonl.gz", reports)
    _records(folder / "state_council_policies.jsonl.gz", ({"title": "意见", "text": text} for text in texts[:8]))
    _rows(folder / "question_pairs.tsv.gz", ((f"{s}的{m}怎么样", f"{m}对{s}好不好", "1") for s, m, _ in pairs))
    _rows(
        folder / "tatoeba_en_zh.tsv.gz",
        ((f"The {ENGLISH[n]} case {i}.", f"{m}{i}号。") for i, (_, m, n) in enumerate(pairs * 20)),
    )
    words = ((word, word, "", f"{gloss}/CL:個|个[ge4]") for word, gloss in zip(MATTERS, ENGLISH, strict=True))
    _rows(
        folder / "cc_cedict.tsv.gz",
        [*words, ("政府", "政府", "", "government"), ("今年", "今年", "", "this year"), *_long_words()],
    )
    return folder


def _long_words() -> Iterable[tuple[str, ...]]:
    """Some of them are held out by their checksum."""
    words = (f"养老金改革{subject}{matter}" for subject in SUBJECTS for matter in MATTERS)
    return ((word, "", "", f"pension reform {number}") for number, word in enumerate(words))


def _records(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _rows(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines("\t".join(row) + "\n" for row in rows)
