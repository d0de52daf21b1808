"""One look for all figures: sizes of a printed column, colours that the colour-blind can distinguish, SI prefixes."""

import math
from typing import Any

import matplotlib
import matplotlib.collections
import matplotlib.colors
import matplotlib.lines
import matplotlib.ticker
import numpy as np

from ..network_results import Network
from ..results import Results
from ..units import superscript

# M. Okabe, K. Ito, "Color Universal Design" (2008), without the yellow that vanishes on white.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
SEQUENTIAL = "cividis"
MAGNETIZATION = "RdBu_r"  # red up, blue down
GREY = "#7f7f7f"
LIGHT = "#e6e6e6"
COLUMN = 85 / 25.4  # one printed column, inch
PAGE = 178 / 25.4  # two columns, inch

MOST_DRAWN = 200  # markers; more are drawn as an image
MOST_NAMED = 12  # variants that a legend names
_MOST_ACCURATE = 100.02  # end of an axis of accuracies, %: above 100 so that the logarithm of the error exists
_FAR, _LEAST_FAR = 4, 1.0  # of an accuracy below the median, in distances of the best one from the median, and in %
_CLOSE = 0.1  # least range of an axis of accuracies, %
_STRIP = 0.2  # of the height of an axis, for accuracies that are far below the others

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 7,
    "axes.labelsize": 7,
    "axes.titlesize": 7,
    "axes.linewidth": 0.6,
    "axes.prop_cycle": matplotlib.cycler(color=COLOURS),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 6.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "legend.fontsize": 6.5,
    "legend.frameon": False,
    "lines.linewidth": 1.1,
    "lines.markersize": 3.5,
    "errorbar.capsize": 2,
    "figure.dpi": 150,
    "figure.constrained_layout.use": True,
    "image.interpolation": "nearest",
}
"""Settings of matplotlib for new figures."""


def axis_label(name: str, unit: str) -> str:
    """ "length (nm)", or the name alone."""
    return f"{name} ({unit})" if unit else name


def method_look(network: Network, way: dict[str, int]) -> dict[str, str]:
    """Colour and marker of a deployment's method, the same in every figure."""
    k = network.methods.index(network.method(way))
    return {"color": COLOURS[k % len(COLOURS)], "marker": MARKERS[k % len(MARKERS)]}


def variant_styles(results: Results, count: int) -> list[dict[str, Any]]:
    """Colour, marker and line of each variant: the last parameter in which they differ gives the colour, the first the
    marker, so that related variants look alike."""
    axes = results.variant_axes("synapse")
    looks = []
    for variant in range(count):
        value = [results.variant_value("synapse", variant, name) for name in axes]
        looks.append((value[-1] if value else 0, value[0] if len(value) > 1 else 0))
    colours, markers = (sorted({look[k] for look in looks}) for k in (0, 1))
    if len(colours) > len(COLOURS) - 1:
        scale = matplotlib.colormaps[SEQUENTIAL]
        shade = {value: scale(k / (len(colours) - 1)) for k, value in enumerate(colours)}
    else:
        shade = {value: COLOURS[k] for k, value in enumerate(colours)}
    return [
        {
            "color": shade[colour],
            "marker": MARKERS[markers.index(marker) % 7],
            "ls": ["-", "--", ":", "-."][markers.index(marker) % 4],
        }
        for colour, marker in looks
    ]


def whole_number_ticks(axis, values):
    """Ticks at integers only if all values are integers."""
    if all(float(v).is_integer() for v in np.ravel(values) if math.isfinite(v)):
        axis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))


def panel(axes, letter, x=-0.02, y=1.02):
    """(a), (b), ... in the corner above the axes."""
    axes.text(x, y, f"({letter})", transform=axes.transAxes, ha="right", va="bottom", fontweight="bold", fontsize=7)


def bold(letter):
    """(a) for a title."""
    return rf"$\bf{{({letter})}}$"


def plain_log_ticks(axis):
    """Ticks at 1, 2, 5, 10, for an axis over one or two decades."""
    axis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_formatter(matplotlib.ticker.NullFormatter())


def powers_of_ten(axis):
    """Ticks of a logarithmic axis as plain text, 10⁻³: mathematical text takes a hundred times as long to set."""

    def text(value, _):
        exponent = math.log10(value) if value > 0 else math.nan
        return f"10{superscript(round(exponent))}" if abs(exponent - round(exponent)) < 1e-6 else ""

    axis.set_major_formatter(matplotlib.ticker.FuncFormatter(text))
    axis.set_minor_locator(matplotlib.ticker.NullLocator())


def accuracy_scale(axes, values, direction="y"):
    """Makes an axis of accuracies (%) logarithmic in the error, 100 % - accuracy, so that 98 is as far from 96 as 96 from 92;
    leaves it linear if the errors differ by less than a factor of two. values: all that are drawn; direction: "x" or "y"."""
    values = [v for v in values if math.isfinite(v)]
    low, high = min(values, default=0), max(values, default=0)
    misclassified = lambda accuracy: _MOST_ACCURATE - accuracy
    if misclassified(low) < 2 * misclassified(high):
        return
    margin = (misclassified(low) / misclassified(high)) ** 0.06
    limits = misclassified(misclassified(low) * margin), misclassified(misclassified(high) / margin)
    getattr(axes, f"set_{direction}scale")(
        "function", functions=(lambda a: -np.log(np.maximum(misclassified(a), 1e-3)), lambda y: misclassified(np.exp(-y)))
    )
    getattr(axes, f"set_{direction}lim")(*limits)
    axis = getattr(axes, f"{direction}axis")
    axis.set_major_locator(matplotlib.ticker.FixedLocator(_accuracy_ticks(*limits)))
    axis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))


def accuracy_scale_with_strip(axes, values, uncertainties):
    """As accuracy_scale() for a y axis, but values that are far below most others do not stretch it: they are in a grey strip
    at the bottom with a coarser, linear scale. values: all that are drawn, %; uncertainties: theirs."""
    values, uncertainties = np.asarray(values, float), np.asarray(uncertainties, float)
    if not values.size:
        return
    middle, high = np.median(values), np.max(values)
    near = values >= middle - max(_FAR * (high - middle), _LEAST_FAR)
    ends = [*(values - uncertainties)[near], *(values + uncertainties)[near]]
    if near.all():
        accuracy_scale(axes, ends)
        return
    low, high = min(ends), max(ends)
    margin = 0.08 * max(high - low, _CLOSE)
    edge, top = low - margin, high + margin
    floor = np.min(values[~near]) - 0.15 * (edge - np.min(values[~near]))
    accuracies, places = np.array([floor, edge, top]), np.array([0, _STRIP, 1])
    axes.set_yscale("function", functions=(_through(accuracies, places), _through(places, accuracies)))
    axes.set_ylim(floor, top)
    axes.axhspan(floor, edge, color=LIGHT, lw=0, zorder=0)
    ticks = lambda low, high, most: matplotlib.ticker.MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(low, high)
    below = [tick for tick in ticks(floor, edge, 3) if floor <= tick < edge - 0.2 * (edge - floor)]
    above = [tick for tick in ticks(edge, top, 5) if edge <= tick <= top]
    axes.yaxis.set_major_locator(matplotlib.ticker.FixedLocator([*below, *above]))
    axes.yaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_locator(matplotlib.ticker.NullLocator())


def _through(xs, ys):
    """The line through these points, extended beyond the last ones."""
    slopes = np.diff(ys) / np.diff(xs)

    def at(x):
        x = np.asarray(x, float)
        return np.where(x < xs[1], ys[1] + slopes[0] * (x - xs[1]), ys[1] + slopes[1] * (x - xs[1]))

    return at


def _accuracy_ticks(low, high):
    """Round accuracies between these whose logarithms of the error are not too close."""
    place = lambda accuracy: -math.log(_MOST_ACCURATE - accuracy)
    ticks = []
    for tick in (99.9, 99.5, 99, 98, 97, 96, 95, 94, 92, 90, 88, 85, 80, 75, 70, 60, 50, 40, 30, 20, 10, 0):
        if low <= tick <= high and all(
            abs(place(tick) - place(other)) > 0.1 * (place(high) - place(low)) for other in ticks
        ):
            ticks.append(tick)
    return ticks


def draw_points(axes, x, y, colour):
    """A marker for each variant: small, pale and as an image if there are many."""
    many = len(x) > MOST_DRAWN
    look = {"ms": 1.5, "alpha": 0.25, "mew": 0} if many else {"alpha": 0.5}
    axes.plot(x, y, "o", color=colour, rasterized=many, **look)


def show_choices(axes, results: Results, group: str, name: str, values) -> None:
    """If the values along x count choices, which have no order: names them, puts them side by side and joins nothing. To be
    called when everything is drawn."""
    choices = results.choices(group, name)
    if not choices:
        return
    known = sorted({int(value) for value in np.ravel(values) if value == value})
    _put_side_by_side(axes, known)
    axes.set_xticks(known, [choices[value] for value in known])
    if len(known) > 3:
        axes.tick_params(axis="x", rotation=30)
    for line in axes.lines:
        joins = line.get_transform() == axes.transData and line.get_linestyle() not in ("None", "none")
        if joins and len(line.get_xdata()) > 1:
            line.set_linestyle("none")
            if line.get_marker() in ("None", "none", "", None):
                line.set_marker("o")


def _put_side_by_side(axes, known) -> None:
    """Of the numbers of choices only some may be in use."""
    places = np.arange(len(known))
    to_place = lambda value: _extended_interpolation(value, known, places)
    to_value = lambda place: _extended_interpolation(place, places, known)
    axes.set_xscale("function", functions=(to_place, to_value))
    axes.set_xlim(to_value(np.array([-0.5, len(known) - 0.5])))


def _extended_interpolation(x, xs, ys):
    """Linear between the points, with slope 1 beyond them."""
    x = np.asarray(x, float)
    return np.interp(x, xs, ys) + np.minimum(x - xs[0], 0) + np.maximum(x - xs[-1], 0)
