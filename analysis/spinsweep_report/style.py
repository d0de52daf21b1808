"""One look for all figures: sizes of a printed column, colours that the colour-blind can distinguish, SI prefixes."""

import logging
import math
import os

# A report looks the same whatever the user's matplotlibrc and environment hold.
os.environ["MATPLOTLIBRC"] = os.devnull
os.environ["MPLBACKEND"] = "Agg"
logging.getLogger("matplotlib").setLevel(logging.ERROR)
import matplotlib

matplotlib.use("Agg")
matplotlib.rcdefaults()  # undoes a matplotlibrc in the current folder
import matplotlib.pyplot as plt
import matplotlib.ticker
import numpy as np

from spinsweep.plot import COLOURS, GREY, LIGHT, MARKERS, SEQUENTIAL, axis_label
from spinsweep.units import number, prefixed, pretty_unit, superscript

COLUMN = 85 / 25.4  # one printed column, inch
PAGE = 178 / 25.4  # two columns, inch

MOST_DRAWN = 200  # markers; more are drawn as an image

MAGNETIZATION = "RdBu_r"  # red up, blue down
_MOST_ACCURATE = 100.02  # end of an axis of accuracies, %: above 100 so that the logarithm of the error exists

matplotlib.rcParams["figure.max_open_warning"] = 0  # every figure stays open until all are written
matplotlib.rcParams.update(
    {
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
        "savefig.dpi": 300,
        "figure.constrained_layout.use": True,
        "svg.fonttype": "path",
        "svg.hashsalt": "spinsweep",
        "pdf.fonttype": 42,
        "image.interpolation": "nearest",
    }
)

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


def new_figure(width, height, **keywords):
    return plt.figure(figsize=(width, height), **keywords)


def split_off_legend(figure, entries, columns, below=False):
    """(body, legend): parts of the figure for its axes and, above or below them, for a legend of that many entries."""
    height = figure.get_size_inches()[1]
    strip = 0.06 + 0.145 * -(-max(entries, 1) // columns)
    ratios = [height - strip, strip] if below else [strip, height - strip]
    parts = figure.subfigures(2, 1, height_ratios=ratios)
    return (parts[0], parts[1]) if below else (parts[1], parts[0])


def fill_legend(part, axes, columns):
    part.legend(*axes.get_legend_handles_labels(), loc="center", ncols=columns, columnspacing=1.2, borderaxespad=0)
