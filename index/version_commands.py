"""What the commands of ``python -m index`` about versions do: lines for standard output, one by one.

Knows nothing of terminals or exit codes.
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.commands import Model, json_line, named
from index.difference import Change, Difference, difference
from index.embedder import load_encoder
from index.errors import SnapshotMissing
from index.history import Version, history
from index.manifest import ModelFacts
from index.messages import say
from index.records import to_record
from index.snapshot import Snapshots


def versions(index: Path, *, as_json: bool) -> Iterator[str]:
    """Every version, the newest first, the one that answers marked."""
    listed = history(index)
    if not listed:
        Snapshots(index).current()  # tells that there is none, and what to do
    yield from (json_line(asdict(version)) if as_json else _readable_version(version) for version in listed)


def diff(index: Path, old: str | None, new: str | None, *, most: int, as_json: bool) -> Iterator[str]:
    """What differs from ``old`` (by default the one before ``new``) to ``new`` (by default the one that answers)."""
    snapshots = Snapshots(index)
    new = new or snapshots.current()
    found = difference(index, old or _before(snapshots, new), new, most=most)
    counts = asdict(found.counts)
    if as_json:
        yield json_line({"old": found.old, "new": found.new, **counts, "left_out": found.left_out})
        yield from (json_line(_record(change)) for change in found.changes)
        return
    yield say("cli.difference", old=found.old, new=found.new, **counts)
    yield from map(_readable_change, found.changes)
    yield from _left_out(found)


def rollback(index: Path) -> Iterator[str]:
    """Go back to the snapshot before the current one."""
    yield say("cli.rolled_back", version=Snapshots(index).rollback())


def answer_from(index: Path, version: str, *, model: Model) -> Iterator[str]:
    """Let a version of one's choice answer, older or newer."""
    Snapshots(index).require(version)  # a misspelt one is told before a model is loaded
    encoder = load_encoder(model.name, allow_download=model.allow_download)
    Snapshots(index).answer_from(version, model=ModelFacts.of(encoder))
    yield say("cli.answers_from", version=version)


def _before(snapshots: Snapshots, version: str) -> str:
    snapshots.require(version)
    there = snapshots.versions()
    place = there.index(version)
    if not place:
        raise SnapshotMissing(say("cli.nothing_before", version=version, there=", ".join(there)))
    return there[place - 1]


def _readable_version(version: Version) -> str:
    mark = "*" if version.current else " "
    if not version.built:
        return f"{mark} {version.name}  {say('cli.damaged', version=version.name)}: {version.fault}"
    line = say(
        "cli.version_line",
        built=version.built,
        model=version.model,
        documents=len(version.documents),
        articles=version.articles,
        paragraphs=version.paragraphs,
        size=version.size,
    )
    return f"{mark} {version.name}  {line}"


def _record(change: Change) -> dict[str, Any]:
    sides = {"old": change.old, "new": change.new}
    return {"kind": change.kind} | {name: to_record(side) if side else None for name, side in sides.items()}


def _readable_change(change: Change) -> str:
    sides = [("-", change.old), ("+", change.new)]
    lines = [f"  {mark} {side.text}" for mark, side in sides if side is not None]
    return "\n".join(("", f"{say(f'cli.kind.{change.kind}')}  {named(change.paragraph)}", *lines))


def _left_out(found: Difference) -> Iterator[str]:
    if found.left_out:
        yield "\n" + say("cli.left_out", count=found.left_out)
