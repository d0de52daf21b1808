"""Figures of trains of pulses and of the realisations of a case."""

import numpy as np

from . import figures_devices, many, names, style
from .style import plt

MOST_CURRENTS = 4  # of a variant, whose distributions are shown


def trains(results):
    """The conductance of each synapse variant after each pulse, with its spread over the realisations, and the way back
    on the way up. None if there are no trains."""
    after = results.get("variants/pulse_conductance")
    if after is None or not np.any(np.isfinite(after.values)):
        return None
    start = results.get("variants/start_conductance").values
    spread = results.get("variants/pulse_conductance_deviation")
    variants = results.variant_cases("synapse")
    if figures_devices.is_crowded(results):
        return _trains_of_many(results, np.column_stack([start, after.values]))
    looks = figures_devices.variant_styles(results, len(variants))
    curves = [np.append(start[k], after.values[k]) for k in range(len(variants))]
    factor, unit = style.prefixed(np.concatenate(curves), "S")
    figure = style.new_figure(style.PAGE, 2.7)
    whole, both = figure.subplots(1, 2, width_ratios=[1.5, 1])
    for k, curve in enumerate(curves):
        curve = curve[np.isfinite(curve)] * factor
        if len(curve) < 2:
            continue
        pulse = np.arange(len(curve))
        whole.plot(pulse, curve, label=names.variant(results, "synapse", k), **looks[k])
        if spread is not None:
            deviation = np.append(0, spread.values[k][: len(curve) - 1] * factor)
            whole.fill_between(pulse, curve - deviation, curve + deviation, color=looks[k]["color"], alpha=0.2, lw=0)
        if results.parameter("synapse", "pulse.depression", variants[k][0]):
            there = (len(curve) - 1) // 2
            up, back = curve[: there + 1], curve[there:][::-1]
            number = np.arange(there + 1)
            both.plot(number, up, color=looks[k]["color"], marker=looks[k]["marker"], ls="-")
            both.plot(number, back, color=looks[k]["color"], marker=looks[k]["marker"], ls="--", mfc="white")
            whole.axvline(there, color=style.GREY, lw=0.5, ls=":", zorder=0)
    whole.set(xlabel="number of pulses", ylabel=style.axis_label("conductance", unit))
    whole.xaxis.set_major_locator(style.matplotlib.ticker.MaxNLocator(integer=True))
    whole.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2, handlelength=2.4, columnspacing=1)
    style.panel(whole, "a")
    if both.lines:
        both.set(xlabel="pulses from the start of the train", ylabel=style.axis_label("conductance", unit))
        both.xaxis.set_major_locator(style.matplotlib.ticker.MaxNLocator(integer=True))
        handles = [
            style.matplotlib.lines.Line2D([], [], color="black", marker="o", ls=ls, mfc=face)
            for ls, face in (("-", "black"), ("--", "white"))
        ]
        both.legend(handles, ["way there", "way back"], loc="best")
        style.panel(both, "b")
    else:
        both.remove()
    return figure


def _trains_of_many(results, curves):
    """The same for groups of variants."""
    factor, unit = style.prefixed(curves.ravel(), "S")
    figure = style.new_figure(style.COLUMN, 2.6)
    axes = figure.add_subplot()
    pulse = np.arange(curves.shape[1])
    for label, colour, members in many.groups(results):
        reached = np.any(np.isfinite(curves[members]), axis=0)
        many.draw_band(axes, pulse[reached], curves[members][:, reached] * factor, colour, label)
    axes.set(xlabel="number of pulses", ylabel=style.axis_label("conductance", unit))
    axes.xaxis.set_major_locator(style.matplotlib.ticker.MaxNLocator(integer=True))
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=2, handlelength=2.4, columnspacing=1)
    return figure


def describe_trains(results):
    if figures_devices.is_crowded(results):
        return "Conductance after each pulse at the largest current density of each synapse variant" + many.DESCRIPTION + "."
    return (
        "(a) Conductance of each synapse variant after each pulse at its largest current density, mean over the "
        "realisations; band: one standard deviation over them. (b) The way back of the same trains on the way there."
    )


def ensemble(results, variant):
    """Mean trace of the wall with a band of a standard deviation, where traces are recorded, and beside it how its final
    positions are distributed. None if there is no variant with several realisations."""
    counts = results.get("variants/final_position_histogram")
    if counts is None or not np.any(np.isfinite(counts.values[variant])):
        return None
    current = results.get("variants/current_density").values[variant]
    shown = [c for c in range(len(current)) if np.isfinite(current[c])]
    shown = [shown[k] for k in np.unique(np.linspace(0, len(shown) - 1, min(len(shown), MOST_CURRENTS)).astype(int))]
    length = results.parameter("synapse", "length", results.variant_cases("synapse")[variant][0]) * 1e9
    has_traces = results.has("synapse/wall_position")
    figure = style.new_figure(style.PAGE if has_traces else style.COLUMN, 2.6)
    panels = figure.subplots(1, 2, width_ratios=[1.8, 1], sharey=True) if has_traces else [None, figure.subplots()]
    edges = np.linspace(0, length, counts.values.shape[-1] + 1)
    for place, c in enumerate(shown):
        colour = style.COLOURS[place % len(style.COLOURS)]
        label = f"{current[c] / 1e12:.2f} × 10¹² A m⁻²"
        share = counts.values[variant, c] / max(np.sum(counts.values[variant, c]), 1)
        panels[1].stairs(share, edges, orientation="horizontal", color=colour, fill=True, alpha=0.35)
        panels[1].stairs(share, edges, orientation="horizontal", color=colour, label=label)
        if has_traces:
            time, middle, deviation = _mean_trace(results, variant, current[c])
            panels[0].plot(time * 1e9, middle * 1e9, color=colour, label=label)
            panels[0].fill_between(
                time * 1e9, (middle - deviation) * 1e9, (middle + deviation) * 1e9, color=colour, alpha=0.2, lw=0
            )
    for axes in panels:
        if axes is not None:
            for notch in results.notch_positions(results.variant_cases("synapse")[variant][0]):
                axes.axhline(notch * 1e9, color=style.GREY, lw=0.5, ls=":", zorder=0)
    panels[1].set(xlabel="share of the realisations", ylim=(0, length))
    (panels[0] or panels[1]).set_ylabel("wall position (nm)")
    if has_traces:
        panels[0].set(xlabel="t (ns)", xlim=(0, None))
        panels[0].legend(loc="best", title="current density", title_fontsize=6.5)
        style.panel(panels[0], "a")
        style.panel(panels[1], "b")
    else:
        panels[1].set_ylabel("final wall position (nm)")
        panels[1].legend(loc="best", title="current density", title_fontsize=6.5)
    return figure


def _mean_trace(results, variant, current):
    """(time, mean, standard deviation) of the wall over the realisations at a current density."""
    done = results.done("synapse")
    cases = [
        case
        for case in results.variant_cases("synapse")[variant]
        if done[case] and results.parameter("synapse", "pulse.current_density", case) == current
    ]
    traces = [results.trace("synapse", case, "wall_position") for case in cases]
    positions = np.stack([position for _, position in traces])
    deviation = np.std(positions, axis=0, ddof=1) if len(cases) > 1 else np.zeros(positions.shape[1])
    return traces[0][0], positions.mean(axis=0), deviation
