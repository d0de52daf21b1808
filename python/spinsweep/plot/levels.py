"""Figure of conductance levels."""

import numpy as np
from matplotlib.axes import Axes

from ..errors import NotInStudy
from ..results import Results
from ..units import prefixed
from . import many, style
from .place import Source, reading, single

MOST_LISTED = 30  # variants whose levels have a row each


def levels(study: Source, ax: Axes | None = None) -> Axes:
    """The conductance levels of every synapse variant, a row for each, with their number in brackets; dots: the devices
    that were measured. Of more than 30 variants: against the number of the level, the median of those with as many levels
    with a bar from 10 to 90 % of them.

    Errors: NotInStudy if no levels are known."""
    with reading(study, ax) as results:
        conductance, counts = results.get("variants/level_conductance"), results.get("variants/levels")
        if conductance is None or not np.any(counts.values):
            raise NotInStudy(f"{results.path}: no levels are known")
        if np.count_nonzero(counts.values) > MOST_LISTED:
            return _by_number(ax, conductance.values, counts.values)
        return _listed(ax, results, conductance.values, counts.values)


def _listed(ax: Axes | None, results: Results, conductance: np.ndarray, counts: np.ndarray) -> Axes:
    """conductance: (variant, level), S; counts: (variant), numbers of levels."""
    variants = [k for k, count in enumerate(counts) if count > 0]
    labels = [f"{results.variant_label('synapse', k)} ({counts[k]})" for k in variants]
    longest = max(len(label) for label in labels)
    axes = single(ax, max(0.55 + 0.2 * len(variants), 1.2), style.COLUMN if longest < 30 else style.PAGE)
    measured = results.get("variants/measured_conductance")
    looks = style.variant_styles(results, len(counts))
    factor, unit = prefixed(conductance[np.isfinite(conductance)], "S")
    for row, k in enumerate(variants):
        values = conductance[k, : counts[k]] * factor
        axes.plot(values, np.full(len(values), row), "|", color=looks[k]["color"], ms=8, mew=1.3)
        axes.plot([values[0], values[-1]], [row, row], color=style.LIGHT, lw=0.8, zorder=0)
        if measured is not None:
            devices = measured.values[k].ravel() * factor
            axes.plot(devices, np.full(len(devices), row), ".", color=looks[k]["color"], ms=3, alpha=0.3, mew=0)
    axes.set_yticks(range(len(variants)), labels)
    axes.set(xlabel=style.axis_label("conductance level", unit), ylim=(len(variants) - 0.4, -0.6))
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    return axes


def _by_number(ax: Axes | None, conductance: np.ndarray, counts: np.ndarray) -> Axes:
    """Each level of the most frequent numbers of levels."""
    axes = single(ax, 2.6)
    numbers, members = np.unique(counts[counts > 0], return_counts=True)
    shown = sorted(numbers[np.argsort(-members, kind="stable")][: len(style.COLOURS)])
    factor, unit = prefixed(conductance[np.isfinite(conductance)], "S")
    for place, (number, colour) in enumerate(zip(shown, style.COLOURS)):
        values = conductance[counts == number, :number] * factor
        x = np.arange(1, number + 1) + 0.5 * (place + 0.5) / len(shown) - 0.25
        many.draw_spread(axes, x, values, colour, f"{number} levels ({len(values)} variants)")
    axes.set(xlabel="level", ylabel=style.axis_label("conductance", unit), xticks=range(1, max(shown) + 1))
    if ax is None:
        axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=2, columnspacing=1)
    else:
        axes.legend()
    return axes
