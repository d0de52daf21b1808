"""Figures of all synapse variants together."""

import numpy as np

from . import names, style
from spinsweep import plot
from spinsweep.plot import MOST_NAMED, variant_styles

_MOST_BANDS = 5
_MOST_STEPS = 20  # current densities of a band; of more, groups


def positions(results):
    """Where each variant's wall ends against the current density: a line for each variant, or bands of many."""
    variants = results.variant_cases("synapse")
    if not results.done("synapse").any():
        return None
    figure = style.new_figure(style.COLUMN, 2.6)
    axes = figure.add_subplot()
    many = len(variants) > MOST_NAMED
    if len(variants) > style.MOST_DRAWN:
        _bands(results, axes)
    else:
        looks, scale = _scaled_styles(results, len(variants)) if many else (variant_styles(results, len(variants)), None)
        plot.positions(results, axes, looks, named=not many)
        if many:
            _colour_bar(figure, axes, results, scale)
    length = max(results.parameter("synapse", "length", cases[0]) for cases in variants)
    for notch in results.notch_positions(variants[0][0]):
        axes.axhline(notch * 1e9, color=style.GREY, lw=0.5, ls=":", zorder=0)
    axes.set_ylim(0, length * 1.03e9)
    if not many or len(variants) > style.MOST_DRAWN:
        axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=2, handlelength=2.4, columnspacing=1)
    return figure


def describe_positions(results):
    """How the figure shows the variants, for its caption."""
    count = len(results.variant_cases("synapse"))
    if count > style.MOST_DRAWN:
        return ", grouped by the first swept parameter; lines: medians; bands: from 10 to 90 % of the variants"
    return ", coloured by the first swept parameter" if count > MOST_NAMED else ""


def _colour_bar(figure, axes, results, scale):
    mappable, label, values = scale
    bar = figure.colorbar(mappable, ax=axes, pad=0.02, aspect=30)
    bar.set_label(label)
    names.tick_choices(bar.ax.yaxis, results, "synapse", results.variant_axes("synapse")[0], values)


def _bands(results, axes):
    """Median and the range from 10 to 90 % of the variants at each current density, for groups of variants with similar
    values of the first swept parameter."""
    name = results.variant_axes("synapse")[0]
    cases = np.flatnonzero(results.done("synapse"))
    parameter = results.get(f"synapse/{name}").values[cases]
    current = np.array([results.parameter("synapse", "pulse.current_density", case) for case in cases]) / 1e12
    final = results.get("synapse/final_position").values[cases] * 1e9
    edges = np.quantile(current, np.linspace(0, 1, _MOST_STEPS + 1))
    step = current if len(np.unique(current)) <= _MOST_STEPS else edges[np.clip(np.searchsorted(edges, current, "right") - 1, 0, _MOST_STEPS - 1)]
    groups = [group for group in np.array_split(np.unique(parameter), _MOST_BANDS) if len(group)]
    for group, colour in zip(groups, style.COLOURS):
        mine = (parameter >= group[0]) & (parameter <= group[-1])
        x = np.unique(step[mine])
        low, middle, high = np.array([np.nanquantile(final[mine & (step == at)], (0.1, 0.5, 0.9)) for at in x]).T
        ends = [names.value_text(results, "synapse", name, value) for value in dict.fromkeys((group[0], group[-1]))]
        axes.fill_between(x, low, high, color=colour, alpha=0.15, lw=0)
        axes.plot(x, middle, marker=".", color=colour, label=" to ".join(ends))
    axes.set(xlabel="current density J (10¹² A m⁻²)", ylabel="final wall position (nm)")


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
    shift = 0.5 * (np.arange(len(variants)) / max(len(variants) - 1, 1) - 0.5)
    number = np.arange(1, most + 1) + shift[:, None]
    if many:
        _all_notches(upper, lower, number, passed.values, held, delay, variants, looks)
    else:
        _each_notch(upper, lower, number, passed.values, held, delay, variants, looks)
        for k, line in enumerate(upper.lines):
            line.set_label(names.variant(results, "synapse", k))
    upper.set_ylabel("depinning J (10¹² A m⁻²)")
    upper.set_ylim(bottom=0)
    lower.set(ylabel="time held (ns)", xlabel="notch", yscale="log", xticks=range(1, most + 1))
    style.plain_log_ticks(lower.yaxis)
    style.panel(upper, "a")
    style.panel(lower, "b")
    if not many:
        style.fill_legend(legend, upper, 2)
    return figure


def _each_notch(upper, lower, number, passed, held, delay, variants, looks):
    """A marker of its own shape for each variant."""
    for k, cases in enumerate(variants):
        look = {"ls": "none", "marker": looks[k]["marker"], "color": looks[k]["color"]}
        top, bottom = passed[k] / 1e12, held[k] / 1e12
        both = np.isfinite(bottom) & np.isfinite(top)
        upper.vlines(number[k][both], bottom[both], top[both], color=looks[k]["color"], lw=0.9)
        upper.plot(number[k], top, ms=3, **look)
        for case in cases:
            lower.plot(number[k], delay[case] * 1e9, ms=2.5, alpha=0.8, **look)


def _all_notches(upper, lower, number, passed, held, delay, variants, looks):
    """The same with one shape, drawn at once."""
    colours = np.array([style.matplotlib.colors.to_rgba(look["color"]) for look in looks])
    of_variant = np.broadcast_to(np.arange(len(variants))[:, None], passed.shape)
    as_image = len(variants) > style.MOST_DRAWN
    both = np.isfinite(held) & np.isfinite(passed)
    upper.vlines(number[both], held[both] / 1e12, passed[both] / 1e12, colors=colours[of_variant[both]], lw=0.9, rasterized=as_image)
    known = np.isfinite(passed)
    upper.scatter(number[known], passed[known] / 1e12, c=colours[of_variant[known]], s=9, lw=0, rasterized=as_image)
    of_case = np.empty(len(delay), int)
    for k, cases in enumerate(variants):
        of_case[cases] = k
    case, notch = np.nonzero(np.isfinite(delay))
    lower.scatter(
        number[of_case[case], notch], delay[case, notch] * 1e9, c=colours[of_case[case]], s=6, lw=0, alpha=0.8, rasterized=as_image
    )
