"""Plots as inline SVG: they need no script, no font and no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from evals.scores import Mean

ROW, LEFT, WIDTH, RIGHT = 28, 192, 200, 46
"""Pixels: height of a row, room for names, width of the plot, room for figures."""


def intervals(scores: Mapping[str, Mean], floors: Mapping[str, float]) -> str:
    """Return a plot with one row per score: the mean as a dot, its 95 % interval as a bar, its floor as a tick."""
    known = {name: mean for name, mean in scores.items() if mean.value is not None}
    height, across = ROW * len(known) + 24, LEFT + WIDTH + RIGHT
    parts = [_scale(height)]
    for place, (name, mean) in enumerate(known.items()):
        y = place * ROW + ROW / 2
        value = mean.value or 0.0
        low, high = mean.low if mean.low is not None else value, mean.high if mean.high is not None else value
        parts.append(f'<text x="{LEFT - 10}" y="{y + 4:.0f}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<line class="bar" x1="{_x(low)}" x2="{_x(high)}" y1="{y}" y2="{y}"/>')
        if name in floors:
            x = _x(floors[name])
            parts.append(f'<line class="floor" x1="{x}" x2="{x}" y1="{y - 8}" y2="{y + 8}"/>')
        parts.append(f'<circle class="dot" cx="{_x(value)}" cy="{y}" r="4.5"/>')
        parts.append(f'<text x="{LEFT + WIDTH + 8}" y="{y + 4:.0f}">{value:.2f}</text>')
    label = "Mean of each score with its 95 % interval; the tick is the lowest value that passes"
    return (
        f'<svg viewBox="0 0 {across} {height}" role="img" aria-label="{label}"><title>{label}</title>'
        f"{''.join(parts)}</svg>"
    )


def times(milliseconds: Sequence[float], bins: int = 24) -> str:
    """Return a histogram of the time that whole cases took."""
    if not milliseconds:
        return ""
    most = max(milliseconds) or 1.0
    counts = [0] * bins
    for each in milliseconds:
        counts[min(int(each / most * bins), bins - 1)] += 1
    wide, high = (LEFT + WIDTH) / bins, 90
    bars = "".join(
        f'<rect x="{place * wide:.1f}" y="{high - count / max(counts) * high:.1f}" width="{wide - 1:.1f}" '
        f'height="{count / max(counts) * high:.1f}"/>'
        for place, count in enumerate(counts)
    )
    return (
        f'<svg class="times" viewBox="0 0 {LEFT + WIDTH} {high + 18}" role="img" aria-label="Time of cases">{bars}'
        f'<text x="0" y="{high + 14}">0 ms</text>'
        f'<text x="{LEFT + WIDTH}" y="{high + 14}" text-anchor="end">{most:.0f} ms</text></svg>'
    )


def _scale(height: int) -> str:
    lines = []
    for tenth in range(0, 11, 2):
        x = _x(tenth / 10)
        lines.append(f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{height - 20}"/>')
        lines.append(f'<text class="tick" x="{x}" y="{height - 6}" text-anchor="middle">{tenth / 10:.1f}</text>')
    return "".join(lines)


def _x(value: float) -> str:
    return f"{LEFT + value * WIDTH:.1f}"
