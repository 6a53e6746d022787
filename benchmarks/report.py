"""Measures → plain tables, and the same as values for JSON."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.areas import Group
    from benchmarks.runner import Measure, Outcome

#: Contestant → one outcome per round.
Rounds: TypeAlias = "Mapping[str, Sequence[Outcome]]"


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one contestant took for one thing, over all rounds.

    Attributes:
        median: seconds; None when it never came to an end, and ``problem`` says why.
        least: the quickest round.
        most: the slowest round.
        processor: seconds of the processor, the median; what others do at the same
            time on the machine changes it less.
        ratio: its time to ours, the median over the rounds of the ratio within one.
        memory: the most megabytes of any round.
        facts: what it said of its answer.
    """

    median: float | None = None
    least: float | None = None
    most: float | None = None
    processor: float | None = None
    ratio: float | None = None
    memory: float | None = None
    problem: str = ""
    facts: Mapping[str, int | float | str]

    def values(self) -> dict[str, Any]:
        """Return what is known, for JSON."""
        found = {name: value for name, value in vars(self).items() if value}
        for name in ("median", "least", "most", "processor", "ratio", "memory"):
            if name in found:
                found[name] = float(f"{found[name]:.4g}")
        return found


def labels(rounds: Rounds) -> list[str]:
    """Return what was measured, in the order in which it first was."""
    found = (
        label for some in rounds.values() for each in some for label in each.measures
    )
    return list(dict.fromkeys(found)) or [""]


def results(rounds: Rounds) -> dict[str, dict[str, Result]]:
    """Bring rounds together: label → contestant → result."""
    first = next(iter(rounds))
    return {
        label: {name: _result(rounds[name], rounds[first], label) for name in rounds}
        for label in labels(rounds)
    }


def _result(own: Sequence[Outcome], ours: Sequence[Outcome], label: str) -> Result:
    found = [outcome.measures.get(label) for outcome in own]
    times = [one.seconds for one in found if one and one.seconds is not None]
    worked = [one.processor for one in found if one and one.processor is not None]
    memory = max((one.memory for one in own if one.memory), default=None)
    if not times:
        return Result(problem=_problem(own, found), memory=memory, facts={})
    ratios = [
        mine / base
        for mine, base in zip(
            (_seconds(one, label) for one in own),
            (_seconds(one, label) for one in ours),
            strict=True,
        )
        if mine and base
    ]
    return Result(
        median=statistics.median(times),
        least=min(times),
        most=max(times),
        processor=statistics.median(worked) if worked else None,
        ratio=statistics.median(ratios) if ratios else None,
        memory=memory,
        facts=next(one.facts for one in found if one and one.seconds is not None),
    )


def _seconds(outcome: Outcome, label: str) -> float | None:
    measure = outcome.measures.get(label)
    return measure.seconds if measure else None


def _problem(own: Sequence[Outcome], found: Sequence[Measure | None]) -> str:
    said = [one.problem for one in found if one] + [one.problem for one in own]
    return next((problem for problem in said if problem), "not run")


def table(group: Group, found: Mapping[str, Mapping[str, Result]]) -> str:
    """Return a table of a group, its title on top."""
    if group.each:
        rows = _by_label(found)
    else:
        ((_, line),) = found.items()
        rows = _by_contestant(line)
    return f"{group.title}\n" + _aligned(rows)


def _by_contestant(line: Mapping[str, Result]) -> list[list[str]]:
    rows = [["", "median", "min – max", "processor", "memory", "× ours", ""]]
    for name, one in line.items():
        spread = "" if one.least is None else f"{_time(one.least)} – {_time(one.most)}"
        facts = ", ".join(f"{_number(v)} {k}" for k, v in one.facts.items())
        facts = facts or one.problem.partition(":")[2].strip()
        memory = f"{one.memory:,.0f} MB" if one.memory else ""
        processor = _time(one.processor)
        rows.append([name, _cell(one), spread, processor, memory, _ratio(one), facts])
    return rows


def _by_label(found: Mapping[str, Mapping[str, Result]]) -> list[list[str]]:
    """Write a line per thing; rows that differ from ours are marked."""
    names = list(next(iter(found.values())))
    rows = [["", "rows", *names]] if len(names) > 1 else [["", "", "median"]]
    for label, line in found.items():
        ours = line[names[0]]
        cells = [_cell(one) + _differs(one, ours) for one in line.values()]
        count = ours.facts.get("rows")
        rows.append([label, _number(count) if count is not None else "", *cells])
    return rows


def _differs(one: Result, ours: Result) -> str:
    rows, wanted = one.facts.get("rows"), ours.facts.get("rows")
    return " ≠" if wanted is not None and rows is not None and rows != wanted else ""


def _cell(one: Result) -> str:
    return one.problem.partition(":")[0] if one.median is None else _time(one.median)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:,.2f} s" if seconds >= 1 else f"{1000 * seconds:,.1f} ms"


def _ratio(one: Result) -> str:
    if one.ratio is None:
        return ""
    return f"{one.ratio:,.0f}" if one.ratio >= 10 else f"{one.ratio:.2f}"


def _number(value: float | str) -> str:
    return f"{value:,}" if isinstance(value, int | float) else value


def _aligned(rows: list[list[str]]) -> str:
    """Align columns: those without a title to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if title else cell.ljust(width)
            for title, cell, width in zip(rows[0], row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    return "\n".join(lines)
