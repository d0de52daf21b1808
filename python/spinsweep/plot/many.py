"""Many variants in one figure: groups with medians and bands, and means over bins."""

import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..results import Results
from . import style

_MOST_GROUPS = 5
_MOST_BINS = 12
BAND = (0.1, 0.5, 0.9)  # quantiles
_POOLED = ("disorder_realization", "thermal_realization")


def is_crowded(results: Results) -> bool:
    """Whether there are more variants of the synapse than a legend names, so that figures show bands."""
    return len(results.variant_cases("synapse")) > style.MOST_NAMED


def not_pooled(results: Results) -> list[str]:
    """The swept parameters of the synapse that are not realisations of one device."""
    return [name for name in results.variant_axes("synapse") if name not in _POOLED]


def groups(results: Results) -> list[tuple[str, str, np.ndarray]]:
    """(label, colour, is a member [variant]) of variants with similar values of the first swept parameter."""
    count = len(results.variant_cases("synapse"))
    axes = results.variant_axes("synapse")
    if not axes:
        return [("all variants", style.COLOURS[0], np.ones(count, bool))]
    values = np.array([results.variant_value("synapse", v, axes[0]) for v in range(count)])
    found = []
    for group, colour in zip(np.array_split(np.unique(values), min(_MOST_GROUPS, len(np.unique(values)))), style.COLOURS):
        ends = dict.fromkeys((group[0], group[-1]))
        label = " to ".join(names.value_text(results, "synapse", axes[0], value) for value in ends)
        found.append((label, colour, (values >= group[0]) & (values <= group[-1])))
    return found


def bands(values: np.ndarray) -> np.ndarray:
    """The quantiles BAND over the first axis, NaN where nothing is known."""
    with np.errstate(invalid="ignore"):
        known = np.any(np.isfinite(values), axis=0)
        found = np.full((len(BAND), values.shape[1]), np.nan)
        if known.any():
            found[:, known] = np.nanquantile(values[:, known], BAND, axis=0)
    return found


def draw_band(axes: Axes, x: np.ndarray, values: np.ndarray, colour: str, label: str | None = None) -> None:
    """values: [variant, x]."""
    low, middle, high = bands(values)
    axes.fill_between(x, low, high, color=colour, alpha=0.15, lw=0)
    axes.plot(x, middle, marker=".", color=colour, label=label)


def draw_spread(axes: Axes, x: np.ndarray, values: np.ndarray, colour: str, label: str | None = None) -> None:
    """At each place the median, with a bar from 10 to 90 %, for places that a line would join without reason."""
    low, middle, high = bands(values)
    known = np.isfinite(middle)
    axes.vlines(x[known], low[known], high[known], color=colour, lw=2.2, alpha=0.45)
    axes.plot(x[known], middle[known], "o", color=colour, ms=3, label=label)


def binned(values: np.ndarray, most: int = _MOST_BINS) -> tuple[np.ndarray, np.ndarray]:
    """(bin of each value, mean of each bin): the values themselves if there are few, else bins of equal numbers."""
    each = np.unique(values)
    if len(each) <= 2 * most:
        return np.searchsorted(each, values), each
    edges = np.unique(np.quantile(values, np.linspace(0, 1, most + 1)))
    place = np.clip(np.searchsorted(edges, values, "right") - 1, 0, len(edges) - 2)
    return place, np.array([np.mean(values[place == k]) for k in range(len(edges) - 1)])


def draw_means(axes: Axes, values: np.ndarray, results: np.ndarray, colour: str) -> None:
    """Mean of the results over the values of a parameter, or over bins of them."""
    place, centres = binned(values)
    axes.plot(centres, [np.mean(results[place == k]) for k in range(len(centres))], color=colour)
