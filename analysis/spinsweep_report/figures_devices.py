"""Figures of all synapse variants together."""

import numpy as np

from . import names, style
from .style import plt

MOST_NAMED = 12  # that a legend names


def variant_styles(results, count):
    """Colour, marker and line of each variant: the last parameter in which they differ gives the colour, the first the
    marker, so that related variants look alike."""
    axes = results.variant_axes("synapse")
    looks = []
    for variant in range(count):
        value = [results.variant_value("synapse", variant, name) for name in axes]
        looks.append((value[-1] if value else 0, value[0] if len(value) > 1 else 0))
    colours, markers = (sorted({look[k] for look in looks}) for k in (0, 1))
    if len(colours) > len(style.COLOURS) - 1:
        scale = style.matplotlib.colormaps[style.SEQUENTIAL]
        shade = {value: scale(k / (len(colours) - 1)) for k, value in enumerate(colours)}
    else:
        shade = {value: style.COLOURS[k] for k, value in enumerate(colours)}
    return [
        {
            "color": shade[colour],
            "marker": style.MARKERS[markers.index(marker) % 7],
            "ls": ["-", "--", ":", "-."][markers.index(marker) % 4],
        }
        for colour, marker in looks
    ]


def positions(results):
    """Where each variant's wall ends against the current density."""
    variants = results.variant_cases("synapse")
    final = results.get("synapse/final_position")
    many = len(variants) > MOST_NAMED
    looks, scale = _scaled_styles(results, len(variants)) if many else (variant_styles(results, len(variants)), None)
    figure = style.new_figure(style.COLUMN, 2.6)
    axes = figure.add_subplot()
    for k in range(len(variants)):
        cases = results.finished_cases("synapse", k)
        current = [results.parameter("synapse", "pulse.current_density", case) / 1e12 for case in cases]
        if cases:
            axes.plot(
                current,
                final.values[cases] * 1e9,
                mfc="white" if looks[k]["ls"] != "-" else None,
                label=None if many else names.variant(results, "synapse", k),
                **looks[k],
            )
    if not axes.lines:
        plt.close(figure)
        return None
    length = max(results.parameter("synapse", "length", cases[0]) for cases in variants)
    for notch in results.notch_positions(variants[0][0]):
        axes.axhline(notch * 1e9, color=style.GREY, lw=0.5, ls=":", zorder=0)
    axes.set(xlabel="current density J (10¹² A m⁻²)", ylabel="final wall position (nm)", ylim=(0, length * 1.03e9))
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
    looks = variant_styles(results, len(counts.values))
    height = min(0.55 + 0.2 * len(variants), 8)
    figure = style.new_figure(style.COLUMN, max(height, 1.2))
    axes = figure.add_subplot()
    factor, unit = style.prefixed(conductance.values[np.isfinite(conductance.values)], "S")
    many = len(variants) > 30
    for row, k in enumerate(variants):
        values = conductance.values[k, : counts.values[k]] * factor
        axes.plot(
            values,
            np.full(len(values), row),
            "|" if not many else ".",
            color=looks[k]["color"],
            ms=8 if not many else 1.5,
            mew=1.3,
        )
        axes.plot([values[0], values[-1]], [row, row], color=style.LIGHT, lw=0.8, zorder=0)
    if many:
        axes.set_ylabel("variant")
    else:
        axes.set_yticks(
            range(len(variants)), [f"{names.variant(results, 'synapse', k)} ({counts.values[k]})" for k in variants]
        )
    axes.set(xlabel=style.axis_label("conductance level", unit), ylim=(len(variants) - 0.4, -0.6))
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
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
