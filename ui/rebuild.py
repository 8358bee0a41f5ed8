"""Turns a rebuild under way, its result or its failure into HTML. Pure, and knows nothing of how an index is built."""

from html import escape
from typing import Protocol

from ui.messages import say
from ui.render import both


class Report(Protocol):
    """What a finished rebuild tells."""

    @property
    def version(self) -> str: ...
    @property
    def added(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def removed(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def problems(self) -> tuple[str, ...]: ...
    @property
    def seconds(self) -> float: ...


def progress_html(fraction: float, step: str) -> str:
    """A progress bar, what is being done, and that questions go on being answered."""
    percent = round(100 * min(max(fraction, 0.0), 1.0))
    label = escape(say("page.rebuilding"))
    return (
        f'<div class="wj-rebuild wj-running"><div class="wj-bar" role="progressbar" aria-label="{label}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}"><span style="width:{percent}%"></span></div>'
        f'<p class="wj-rebuild-step"><b>{percent}%</b> {escape(step)}</p>'
        f'<p class="wj-rebuild-note">{both("rebuild.meanwhile")}</p></div>'
    )


def report_html(report: Report) -> str:
    """What a finished rebuild changed, and the files it had problems with."""
    moved = report.added or report.changed or report.removed
    title = both("rebuild.done") if moved else both("rebuild.same")
    counts = both(
        "rebuild.counts",
        added=report.added,
        changed=report.changed,
        removed=report.removed,
        unchanged=report.unchanged,
    )
    took = both("rebuild.took", seconds=report.seconds, version=report.version)
    problems = ""
    if report.problems:
        listed = "".join(f"<li>{escape(problem)}</li>" for problem in report.problems)
        count = both("rebuild.problems", count=len(report.problems))
        problems = f'<details class="wj-problems" open><summary>{count}</summary><ul>{listed}</ul></details>'
    return _box("done", f'<p class="wj-kind">{title}</p><p>{counts}</p><p class="wj-rebuild-note">{took}</p>{problems}')


def failure_html(message: str) -> str:
    """Why a rebuild did not happen, and that nothing was lost."""
    return _box("failed", f'<p class="wj-kind">{both("rebuild.failed")}</p><p role="alert">{escape(message)}</p>')


def busy_html() -> str:
    """Another rebuild is running."""
    return _box("failed", f'<p role="alert">{both("rebuild.busy")}</p>')


def _box(state: str, inner: str) -> str:
    close = f'<button type="button" class="wj-close" data-close aria-label="{escape(say("page.close"))}">×</button>'
    return f'<div class="wj-rebuild wj-{state}" role="status">{close}{inner}</div>'
