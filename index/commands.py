"""What each command of ``python -m index`` does: lines for standard output, one by one.

Knows nothing of terminals or exit codes.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from index.build import BuildReport, build_index
from index.config import IndexConfig
from index.corpus import read_corpus
from index.embedder import load_encoder
from index.errors import QueryError, SnapshotError
from index.messages import say
from index.paragraph import Hit, Paragraph
from index.records import DocumentRepair, ParagraphFile, read_repairs, to_record
from index.snapshot import Snapshots
from index.store import REPAIRS_NAME, Mode, ParagraphIndex

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Model:
    """The embedding model that the environment names; nothing is the shipped one."""

    name: str = ""
    allow_download: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: how many hits a question, by which legs, and whether as JSON."""

    k: int
    mode: Mode
    as_json: bool


def build(
    corpus: Path, index: Path, *, model: Model, full: bool, progress: Callable[[float, str], None], tell: Tell
) -> Iterator[str]:
    """Build and publish; ``tell`` hears of every file that could not be used."""
    encoder = load_encoder(model.name, allow_download=model.allow_download)
    report = build_index(
        read_corpus(corpus), index, encoder=encoder, config=IndexConfig(), progress=progress, full=full
    )
    for problem in report.problems:
        tell(f"{say('cli.problem')} {problem.path}: {problem.reason}")
    yield _summary(report)


def search(query: str, index: Path, *, model: Model, how: Search) -> Iterator[str]:
    """The hits for one question."""
    found = _open(index, model).search(query, k=how.k, mode=how.mode)
    if how.as_json:
        yield json_line({"id": "", "hits": [_hit(hit) for hit in found]})
    else:
        yield from (_readable_hit(place, hit) for place, hit in enumerate(found, 1))
        if not found:
            yield say("cli.no_hit")


def search_batch(lines: Iterable[bytes], index: Path, *, model: Model, how: Search) -> Iterator[str]:
    """One JSON line of hits for every JSON line ``{"id": …, "q": …}``.

    :raises QueryError: naming the number of the first line that is something else.
    """
    opened = _open(index, model)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            id, query = _question(line)
            found = opened.search(query, k=how.k, mode=how.mode)
        except (QueryError, ValueError, RecursionError) as error:  # the last: brackets nested without end
            raise QueryError(f"{say('cli.bad_line', line=number)}: {error}") from error
        yield json_line({"id": id, "hits": [_hit(hit) for hit in found]})


def show(index: Path, *, as_json: bool) -> Iterator[str]:
    """Every paragraph, in reading order."""
    paragraphs = ParagraphFile(_current(index))
    if as_json:
        yield from (json_line(to_record(paragraph)) for paragraph in paragraphs)
        return
    for (document, article), group in groupby(
        paragraphs, key=lambda paragraph: (paragraph.document, paragraph.article)
    ):
        yield f"\n# {article or document}  [{document}]"
        yield from map(_readable_paragraph, group)


def show_repairs(index: Path, *, as_json: bool) -> Iterator[str]:
    """Everything that the page repair did."""
    repairs = read_repairs(_current(index) / REPAIRS_NAME)
    yield from (json_line(_repair(repair)) if as_json else _readable_repair(repair) for repair in repairs)


def status(index: Path, *, as_json: bool) -> Iterator[str]:
    """What answers now, and what could be rolled back to."""
    snapshots = Snapshots(index)
    version = snapshots.current()
    manifest = snapshots.check(version, contents=False)
    facts = {name: value for name, value in asdict(manifest).items() if name != "files"}
    facts |= {"size": manifest.size, "versions": snapshots.versions()}
    if as_json:
        yield json_line(facts)
        return
    yield say("cli.status_line", **facts | {"model": manifest.model.name, "dimension": manifest.model.dimension})
    yield say("cli.counts", documents=len(manifest.documents), **asdict(manifest.counts))
    yield say("cli.versions_there", versions=", ".join(snapshots.versions()))


def verify(index: Path, *, model: Model) -> Iterator[str]:
    """Read every snapshot through; the current one is opened as well.

    :raises SnapshotError: when the current one is not as it was published.
    """
    snapshots = Snapshots(index)
    current = snapshots.current()
    for version in snapshots.versions():
        if version != current:
            yield _verdict(snapshots, version)
    snapshots.check(current, contents=True)
    ParagraphIndex.open(index, load_encoder(model.name, allow_download=model.allow_download))
    yield say("cli.intact_current", version=current)


def _open(index: Path, model: Model) -> ParagraphIndex:
    Snapshots(index).current()  # a missing index is told before a model is loaded
    return ParagraphIndex.open(index, load_encoder(model.name, allow_download=model.allow_download))


def _current(index: Path) -> Path:
    """The folder of the current snapshot, checked."""
    snapshots = Snapshots(index)
    version = snapshots.current()
    snapshots.check(version)
    return snapshots.path(version)


def _verdict(snapshots: Snapshots, version: str) -> str:
    try:
        snapshots.check(version, contents=True)
    except SnapshotError as error:
        return f"{say('cli.damaged', version=version)}: {error}"
    return say("cli.intact", version=version)


def _question(line: bytes) -> tuple[str | int, str]:
    record = json.loads(line.decode("utf-8-sig"))
    if not isinstance(record, dict):
        raise QueryError(say("cli.not_object", got=type(record).__name__))
    id, query = record.get("id"), record.get("q")
    if not isinstance(id, str | int) or isinstance(id, bool) or not isinstance(query, str):
        raise QueryError(say("cli.not_a_question", id=repr(id), q=repr(query)))
    return id, query


def _summary(report: BuildReport) -> str:
    key = "cli.built" if report.published else "cli.kept"
    return say(key, **asdict(report) | {"problems": len(report.problems), "seconds": f"{report.seconds:.1f}"})


def json_line(record: dict[str, Any]) -> str:
    """A record as one line of standard output."""
    return json.dumps(record, ensure_ascii=False)


def _hit(hit: Hit) -> dict[str, Any]:
    record = to_record(hit.paragraph)
    named = {name: record[name] for name in ("id", "text", "document", "article", "section", "position")}
    return named | {
        "score": hit.score,
        "lexical": hit.lexical,
        "lexical_rank": hit.lexical_rank,
        "dense": hit.dense,
        "dense_rank": hit.dense_rank,
        "terms": hit.terms,
    }


def _repair(repair: DocumentRepair) -> dict[str, Any]:
    return asdict(repair) | {"spans": [[span.start, span.end] for span in repair.spans]}


def _readable_hit(place: int, hit: Hit) -> str:
    legs = say("cli.legs", "zh", lexical=_leg(hit.lexical, hit.lexical_rank), dense=_leg(hit.dense, hit.dense_rank))
    return f"{place:2}. {hit.score:.3f}  {named(hit.paragraph)}\n    {hit.paragraph.text}\n    {legs}\n"


def _leg(score: float | None, rank: int | None) -> str:
    return "-" if score is None else f"{score:.3f} (#{rank})"


def named(paragraph: Paragraph) -> str:
    """The paragraph as a reader would name it."""
    place = say("cli.position", "zh", position=paragraph.position) if paragraph.position else ""
    article = f"《{paragraph.article}》" if paragraph.article else paragraph.document
    return " · ".join(part for part in (article + paragraph.section, place) if part)


def _readable_paragraph(paragraph: Paragraph) -> str:
    return f"\n[{paragraph.id}]\n{paragraph.text}"


def _readable_repair(repair: DocumentRepair) -> str:
    lines = ", ".join(map(str, repair.lines))
    return say("cli.repair", "zh", kind=repair.kind, document=repair.document, lines=lines, detail=repair.detail)
