"""Figures of all synapse variants together."""

import numpy as np

from . import names, style
from .style import plt
from spinsweep import plot
from spinsweep.plot import MOST_NAMED, variant_styles

def positions(results):
    """Where each variant's wall ends against the current density."""
    variants = results.variant_cases("synapse")
    many = len(variants) > MOST_NAMED
    looks, scale = _scaled_styles(results, len(variants)) if many else (variant_styles(results, len(variants)), None)
    figure = style.new_figure(style.COLUMN, 2.6)
    axes = figure.add_subplot()
    plot.positions(results, axes, looks, named=not many)
    if not axes.lines:
        plt.close(figure)
        return None
    length = max(results.parameter("synapse", "length", cases[0]) for cases in variants)
    for notch in results.notch_positions(variants[0][0]):
        axes.axhline(notch * 1e9, color=style.GREY, lw=0.5, ls=":", zorder=0)
    axes.set_ylim(0, length * 1.03e9)
    if many:
        mappable, label, values = scale
        bar = figure.colorbar(mappable, ax=axes, pad=0.02, aspect=30)
        bar.set_label(label)
        names.tick_choices(bar.ax.yaxis, results, "synapse", results.variant_axes("synapse")[0], values)
    else:
        axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=2, handlelength=2.4, columnspacing=1)
    return figure


def _scaled_styles(results, count):
    """For variants too many for a legend: thin lines, coloured by the first swept parameter; (styles, (what a colour bar
    shows, its label, the values))."""
    name = results.variant_axes("synapse")[0]
    values = np.array([results.variant_value("synapse", variant, name) for variant in range(count)])
    short, units = names.parameter(results, "synapse", name)
    factor, unit = style.prefixed(values, units)
    scale = style.matplotlib.cm.ScalarMappable(
        style.matplotlib.colors.Normalize(*(np.array([values.min(), values.max()]) * factor)), style.SEQUENTIAL
    )
    looks = [
        {"color": scale.to_rgba(value * factor), "marker": ".", "ms": 2.5, "lw": 0.6, "ls": "-"} for value in values
    ]
    return looks, (scale, style.axis_label(short, unit), values)


def levels(results):
    """The conductance levels of every variant on one axis. None if none is known."""
    conductance = results.get("variants/level_conductance")
    counts = results.get("variants/levels")
    if conductance is None or not np.any(counts.values):
        return None
    variants = [k for k, count in enumerate(counts.values) if count > 0]
    height = min(0.55 + 0.2 * len(variants), 8)
    figure = style.new_figure(style.COLUMN, max(height, 1.2))
    plot.levels(results, figure.add_subplot())
    return figure


def depinning(results):
    """When each notch lets the wall go: bracket of the depinning current, and how long the wall was held. None if no
    wall passed a notch."""
    passed = results.get("analysis/notch_depinning_current")
    if passed is None:
        return None
    held = results.get("analysis/notch_pinning_current").values
    delay = results.get("analysis/depinning_delay").values
    if not np.any(np.isfinite(passed.values)) and not np.any(np.isfinite(delay)):
        return None
    variants = results.variant_cases("synapse")
    looks = variant_styles(results, len(variants))
    many = len(variants) > MOST_NAMED
    figure = style.new_figure(style.COLUMN, 3.1 + (0 if many else 0.145 * -(-len(variants) // 2)))
    body, legend = style.split_off_legend(figure, 0 if many else len(variants), 2, below=True)
    upper, lower = body.subplots(2, 1, sharex=True)
    most = passed.values.shape[1]
    for k, cases in enumerate(variants):
        offset = 0.5 * (k / max(len(variants) - 1, 1) - 0.5)
        number = np.arange(1, most + 1) + offset
        top = passed.values[k] / 1e12
        bottom = np.where(np.isfinite(held[k]), held[k] / 1e12, np.nan)
        both = np.isfinite(bottom) & np.isfinite(top)
        upper.vlines(number[both], bottom[both], top[both], color=looks[k]["color"], lw=0.9)
        upper.plot(
            number,
            top,
            ls="none",
            marker=looks[k]["marker"],
            color=looks[k]["color"],
            ms=3,
            label=None if many else names.variant(results, "synapse", k),
        )
        for case in cases:
            lower.plot(
                number,
                delay[case] * 1e9,
                ls="none",
                marker=looks[k]["marker"],
                color=looks[k]["color"],
                ms=2.5,
                alpha=0.8,
            )
    upper.set_ylabel("depinning J (10¹² A m⁻²)")
    upper.set_ylim(bottom=0)
    lower.set(ylabel="time held (ns)", xlabel="notch", yscale="log", xticks=range(1, most + 1))
    style.plain_log_ticks(lower.yaxis)
    style.panel(upper, "a")
    style.panel(lower, "b")
    if not many:
        style.fill_legend(legend, upper, 2)
    return figure
