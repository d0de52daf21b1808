"""Figures of trains of pulses and of the realisations of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.lines
import matplotlib.ticker
import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..results import Results
from ..units import prefixed
from . import many, style
from .place import Source, divided, legend_below, reading, single
from .selection import stored, variant_number

if TYPE_CHECKING:
    from ..variant import Variant

_MOST_CURRENTS = 4  # of a variant, whose distributions are shown
_MOST_WITH_REALIZATIONS = 3  # variants of which each realisation is drawn


def pulse_trains(study: Source, ax: Axes | None = None) -> np.ndarray:
    """Potentiation and depression: conductance (S with a prefix) of each synapse variant after each pulse at its largest
    current density, mean over the realisations with a band of one standard deviation to either side, and of few variants
    every realisation; beside it, where trains return, the return train over the forward one. Of more than twelve variants:
    medians and bands from 10 to 90 %.

    Returns the axes (1 or 2,). Errors: NotInStudy if there are no trains."""
    with reading(study, ax) as results:
        after = stored(results, "variants/pulse_conductance", "conductance after each pulse of a train")
        start = results.get("variants/start_conductance").values
        if many.is_crowded(results):
            return np.array([_draw_bands(single(ax, 2.6), results, np.column_stack([start, after.values]), ax is None)])
        curves = [np.append(start[k], after.values[k]) for k in range(len(start))]
        factor, unit = prefixed(np.concatenate(curves), "S")
        returns = [
            bool(cases and results.parameter("synapse", "pulse.depression", cases[0])) for cases in results.variant_cases("synapse")
        ]
        if any(returns):
            whole, both = divided(ax, style.PAGE, 2.7).subplots(1, 2, width_ratios=[1.5, 1])
        else:
            whole, both = single(ax, 2.7, style.PAGE), None
        looks = style.variant_styles(results, len(curves))
        for k, curve in enumerate(curves):
            _draw_curve(whole, results, k, curve[np.isfinite(curve)] * factor, factor, looks[k])
            if len(curves) <= _MOST_WITH_REALIZATIONS:
                _draw_realizations(whole, results, k, factor, looks[k]["color"])
            if returns[k]:
                _draw_return(whole, both, curve[np.isfinite(curve)] * factor, looks[k])
        if (number := _realizations(results)) > 1:
            look = {"facecolor": style.LIGHT, "edgecolor": style.GREY, "lw": 0.7}
            whole.fill_between([], [], label=f"± standard deviation of {number} realisations", **look)
            if len(curves) <= _MOST_WITH_REALIZATIONS:
                whole.plot([], [], color=style.GREY, lw=0.4, label="each realisation")
        whole.set(xlabel="number of pulses", ylabel=style.axis_label("conductance", unit))
        whole.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
        if both is None:
            legend_below(whole, ax is None)
            return np.array([whole])
        whole.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2, handlelength=2.4, columnspacing=1)
        style.panel(whole, "a")
        both.set(xlabel="forward minus return pulses", ylabel=style.axis_label("conductance", unit))
        both.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
        handles = [
            matplotlib.lines.Line2D([], [], color="black", marker="o", ls=ls, mfc=face)
            for ls, face in (("-", "black"), ("--", "white"))
        ]
        both.legend(handles, _train_names([curve[np.isfinite(curve)] for k, curve in enumerate(curves) if returns[k]]), loc="best")
        style.panel(both, "b")
        return np.array([whole, both])


def _realizations(results: Results) -> int:
    """Most realisations of a variant at one current density."""
    counts = results.get("variants/final_position_histogram")
    return 0 if counts is None else int(np.nanmax(np.nansum(counts.values, axis=-1), initial=0))


def _train_names(curves: list[np.ndarray]) -> list[str]:
    """Of the forward and the return train. curves: conductance before the trains and after each pulse."""
    rises = {curve[(len(curve) - 1) // 2] > curve[0] for curve in curves if len(curve) > 1}
    if len(rises) != 1:
        return ["forward train", "return train"]
    up, down = "potentiation", "depression"
    first, second = (up, down) if rises.pop() else (down, up)
    return [f"forward train: {first}", f"return train: {second}"]


def _draw_curve(axes: Axes, results: Results, variant: int, curve: np.ndarray, factor: float, look: dict) -> None:
    """curve: conductance before the train and after each pulse, times the factor."""
    if len(curve) < 2:
        return
    axes.plot(np.arange(len(curve)), curve, label=names.variant(results, "synapse", variant), zorder=4, **look)
    spread = results.get("variants/pulse_conductance_deviation")
    if spread is not None:
        deviation = np.append(0, spread.values[variant][: len(curve) - 1] * factor)
        axes.fill_between(np.arange(len(curve)), curve - deviation, curve + deviation, color=look["color"], alpha=0.12, lw=0)
        for end in (curve - deviation, curve + deviation):  # tells bands on each other apart
            axes.plot(np.arange(len(curve)), end, color=look["color"], ls=look["ls"], lw=0.8)


def _draw_realizations(axes: Axes, results: Results, variant: int, factor: float, colour: str) -> None:
    """Their scatter may have several peaks, of walls at different notches, which no band shows."""
    device = results.variant_cases("synapse")[variant]
    current = {case: abs(results.parameter("synapse", "pulse.current_density", case)) for case in device}
    done = results.done("synapse")
    cases = [case for case in device if done[case] and current[case] == max(current.values())]
    if len(cases) < 2:
        return
    first, after = (results.get(f"synapse/{name}").values[cases] for name in ("initial_conductance", "pulse_conductance"))
    curves = np.column_stack([first, after]) * factor
    axes.plot(np.arange(curves.shape[1]), curves.T, color=colour, lw=0.4, alpha=0.3, zorder=1, rasterized=True)


def _draw_return(whole: Axes, both: Axes, curve: np.ndarray, look: dict) -> None:
    if len(curve) < 2:
        return
    there = (len(curve) - 1) // 2
    up, back = curve[: there + 1], curve[there:][::-1]
    number = np.arange(there + 1)
    both.plot(number, up, color=look["color"], marker=look["marker"], ls="-")
    both.plot(number, back, color=look["color"], marker=look["marker"], ls="--", mfc="white")
    whole.axvline(there, color=style.GREY, lw=0.5, ls=":", zorder=0)


def _draw_bands(axes: Axes, results: Results, curves: np.ndarray, is_new: bool) -> Axes:
    """Groups of variants. curves: (variant, pulse), S."""
    factor, unit = prefixed(curves.ravel(), "S")
    pulse = np.arange(curves.shape[1])
    for label, colour, members in many.groups(results):
        reached = np.any(np.isfinite(curves[members]), axis=0)
        many.draw_band(axes, pulse[reached], curves[members][:, reached] * factor, colour, label)
    axes.set(xlabel="number of pulses", ylabel=style.axis_label("conductance", unit))
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
    legend_below(axes, is_new)
    return axes


def ensemble(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """Realisations of each current density of a synapse variant: mean wall position (nm) against time (ns) with a band of
    one standard deviation, where traces are recorded, and the distribution of the final positions; dotted: notches.

    Returns the axes (1 or 2,). Errors: NotInStudy if a case has no realisations; NoSuchVariant."""
    with reading(study, ax) as results:
        chosen = variant_number(results, "synapse", variant)
        counts = results.get("variants/final_position_histogram")
        if counts is None or not np.any(np.isfinite(counts.values[chosen])):
            raise NotInStudy(f"{results.path}: no current density of {names.titled(results, 'synapse', chosen)} has realisations")
        current = results.get("variants/current_density").values[chosen]
        shown = [c for c in range(len(current)) if np.isfinite(current[c])]
        shown = [shown[k] for k in np.unique(np.linspace(0, len(shown) - 1, min(len(shown), _MOST_CURRENTS)).astype(int))]
        if results.has("synapse/wall_position"):
            walls, ends = axes = divided(ax, style.PAGE, 2.6).subplots(1, 2, width_ratios=[1.8, 1], sharey=True)
        else:
            walls, ends = None, single(ax, 2.6)
            axes = np.array([ends])
        for place, c in enumerate(shown):
            look = {"color": style.COLOURS[place % len(style.COLOURS)]}
            label = f"{current[c] / 1e12:.2f} × 10¹² A m⁻²"
            _draw_ends(ends, results, chosen, counts.values[chosen, c], look, label)
            if walls is not None:
                _draw_mean_trace(walls, results, chosen, current[c], look, label)
        case = results.variant_cases("synapse")[chosen][0]
        for one in axes:
            for notch in results.notch_positions(case):
                one.axhline(notch * 1e9, color=style.GREY, lw=0.5, ls=":", zorder=0)
        ends.set(xlabel="share of the realisations", ylim=(0, results.parameter("synapse", "length", case) * 1e9))
        if walls is None:
            ends.set_ylabel("final wall position (nm)")
        else:
            walls.set(xlabel="t (ns)", ylabel="wall position (nm)", xlim=(0, None))
            style.panel(walls, "a")
            style.panel(ends, "b")
        axes[0].legend(loc="best", title="current density", title_fontsize=6.5)
        return axes


def _draw_ends(axes: Axes, results: Results, variant: int, counts: np.ndarray, look: dict, label: str) -> None:
    length = results.parameter("synapse", "length", results.variant_cases("synapse")[variant][0]) * 1e9
    edges = np.linspace(0, length, len(counts) + 1)
    share = counts / max(np.sum(counts), 1)
    axes.stairs(share, edges, orientation="horizontal", fill=True, alpha=0.35, **look)
    axes.stairs(share, edges, orientation="horizontal", label=label, **look)


def _draw_mean_trace(axes: Axes, results: Results, variant: int, current: float, look: dict, label: str) -> None:
    """Mean and standard deviation of the wall over the realisations at a current density."""
    done = results.done("synapse")
    cases = [
        case
        for case in results.variant_cases("synapse")[variant]
        if done[case] and results.parameter("synapse", "pulse.current_density", case) == current
    ]
    traces = [results.trace("synapse", case, "wall_position") for case in cases]
    positions = np.stack([position for _, position in traces]) * 1e9
    time, middle = traces[0][0] * 1e9, positions.mean(axis=0)
    deviation = np.std(positions, axis=0, ddof=1) if len(cases) > 1 else np.zeros(positions.shape[1])
    axes.plot(time, middle, label=label, **look)
    axes.fill_between(time, middle - deviation, middle + deviation, alpha=0.2, lw=0, **look)
