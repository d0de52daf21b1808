"""Figures of all synapse variants together."""

import numpy as np

from . import many, names, style
from spinsweep import plot
from spinsweep.plot import MOST_NAMED, variant_styles

_MOST_STEPS = 20  # current densities of a band; of more, groups
_MOST_LISTED = 30  # variants whose levels have a row each


def positions(results):
    """Where each variant's wall ends against the current density: a line for each variant, or bands of many."""
    variants = results.variant_cases("synapse")
    if not results.done("synapse").any():
        return None
    figure = style.new_figure(style.COLUMN, 2.6)
    axes = figure.add_subplot()
    if len(variants) > MOST_NAMED:
        _bands(results, axes)
    else:
        plot.positions(results, axes, variant_styles(results, len(variants)))
    length = max(results.parameter("synapse", "length", cases[0]) for cases in variants)
    for notch in results.notch_positions(variants[0][0]):
        axes.axhline(notch * 1e9, color=style.GREY, lw=0.5, ls=":", zorder=0)
    axes.set_ylim(0, length * 1.03e9)
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=2, handlelength=2.4, columnspacing=1)
    return figure


def is_crowded(results):
    """Whether there are more variants than a legend names, so that figures show bands."""
    return len(results.variant_cases("synapse")) > MOST_NAMED


def _bands(results, axes):
    """Median and band of the variants at each current density."""
    cases = np.flatnonzero(results.done("synapse"))
    of_case = np.empty(len(results.done("synapse")), int)
    for variant, members in enumerate(results.variant_cases("synapse")):
        of_case[members] = variant
    current = np.array([results.parameter("synapse", "pulse.current_density", case) for case in cases]) / 1e12
    final = results.get("synapse/final_position").values[cases] * 1e9
    step, centres = many.binned(current, _MOST_STEPS // 2)
    table = np.full((len(results.variant_cases("synapse")), len(centres)), np.nan)
    table[of_case[cases], step] = final
    for label, colour, members in many.groups(results):
        reached = np.any(np.isfinite(table[members]), axis=0)
        many.draw_band(axes, centres[reached], table[members][:, reached], colour, label)
    axes.set(xlabel="current density J (10¹² A m⁻²)", ylabel="final wall position (nm)")


def levels(results):
    """The conductance levels of every variant on one axis. None if none is known."""
    conductance = results.get("variants/level_conductance")
    counts = results.get("variants/levels")
    if conductance is None or not np.any(counts.values):
        return None
    variants = [k for k, count in enumerate(counts.values) if count > 0]
    if len(variants) > _MOST_LISTED:
        return _levels_by_number(conductance.values, counts.values)
    figure = style.new_figure(style.COLUMN, max(0.55 + 0.2 * len(variants), 1.2))
    plot.levels(results, figure.add_subplot())
    return figure


def _levels_by_number(conductance, counts):
    """Each level of many variants: median and band of those with the same number of levels, for the most frequent
    numbers."""
    numbers, members = np.unique(counts[counts > 0], return_counts=True)
    shown = sorted(numbers[np.argsort(-members, kind="stable")][: len(style.COLOURS)])
    factor, unit = style.prefixed(conductance[np.isfinite(conductance)], "S")
    figure = style.new_figure(style.COLUMN, 2.6)
    axes = figure.add_subplot()
    for place, (number, colour) in enumerate(zip(shown, style.COLOURS)):
        values = conductance[counts == number, :number] * factor
        x = np.arange(1, number + 1) + 0.5 * (place + 0.5) / len(shown) - 0.25
        many.draw_spread(axes, x, values, colour, f"{number} levels ({len(values)} variants)")
    axes.set(xlabel="level", ylabel=style.axis_label("conductance", unit), xticks=range(1, max(shown) + 1))
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=2, columnspacing=1)
    return figure


def describe_levels(results):
    counts = results.get("variants/levels")
    if counts is not None and np.count_nonzero(counts.values) > _MOST_LISTED:
        return ". Markers: medians over the variants with as many levels; bars: from 10 to 90 % of them"
    return ", with their number in brackets"


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
    crowded = is_crowded(results)
    shown = many.groups(results) if crowded else variants
    figure = style.new_figure(style.COLUMN, 3.1 + 0.145 * -(-len(shown) // 2))
    body, legend = style.split_off_legend(figure, len(shown), 2, below=True)
    upper, lower = body.subplots(2, 1, sharex=True)
    most = passed.values.shape[1]
    if crowded:
        _grouped(results, upper, lower, passed.values, delay, shown)
    else:
        _each_notch(upper, lower, passed.values, held, delay, variants, variant_styles(results, len(variants)))
        for k, line in enumerate(upper.lines):
            line.set_label(names.variant(results, "synapse", k))
    upper.set_ylabel("depinning J (10¹² A m⁻²)")
    upper.set_ylim(bottom=0)
    lower.set(ylabel="time held (ns)", xlabel="notch", yscale="log", xticks=range(1, most + 1))
    style.plain_log_ticks(lower.yaxis)
    style.panel(upper, "a")
    style.panel(lower, "b")
    style.fill_legend(legend, upper, 2)
    return figure


def _beside(count, most):
    """[series, notch]: places of the notches, moved sideways so that the series do not overlap."""
    shift = 0.5 * (np.arange(count) / max(count - 1, 1) - 0.5)
    return np.arange(1, most + 1) + shift[:, None]


def _each_notch(upper, lower, passed, held, delay, variants, looks):
    """A marker of its own shape for each variant."""
    number = _beside(len(variants), passed.shape[1])
    for k, cases in enumerate(variants):
        look = {"ls": "none", "marker": looks[k]["marker"], "color": looks[k]["color"]}
        top, bottom = passed[k] / 1e12, held[k] / 1e12
        both = np.isfinite(bottom) & np.isfinite(top)
        upper.vlines(number[k][both], bottom[both], top[both], color=looks[k]["color"], lw=0.9)
        upper.plot(number[k], top, ms=3, **look)
        for case in cases:
            lower.plot(number[k], delay[case] * 1e9, ms=2.5, alpha=0.8, **look)


def _grouped(results, upper, lower, passed, delay, groups):
    """Medians and bars over groups of variants."""
    number = _beside(len(groups), passed.shape[1])
    variants = results.variant_cases("synapse")
    for x, (label, colour, members) in zip(number, groups):
        many.draw_spread(upper, x, passed[members] / 1e12, colour, label)
        cases = [case for v in np.flatnonzero(members) for case in variants[v]]
        many.draw_spread(lower, x, delay[cases] * 1e9, colour)


def describe_depinning(results):
    if is_crowded(results):
        return (
            "(a) Smallest current density of the sweep that carries the wall past the notch. (b) Time for which the notch holds the "
            "wall. Markers: medians over groups of variants; bars: from 10 to 90 % of them."
        )
    return (
        "(a) Marker: smallest current density of the sweep that carries the wall past the notch; the line reaches down to the largest "
        "that does not, so the depinning current density lies on it. (b) Time for which the notch holds the wall, from its arrival "
        "within one notch diameter until it leaves: one marker for each current density that carries it past."
    )
