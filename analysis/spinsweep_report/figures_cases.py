"""Figures of single variants: the neuron, the synapse, and maps of their magnetisation."""

import numpy as np

from . import style
from spinsweep import plot


def _current_label(results, group, case):
    return f"{results.parameter(group, 'pulse.current_density', case) / 1e12:.2f} × 10¹² A m⁻²"


def draw_map(axes, results, group, case, index=-1):
    """mz of a snapshot in nm; notches are grey."""
    field = results.snapshot(group, case, index)
    mz = np.where(np.any(field != 0, axis=-1), field[..., 2], np.nan)
    cmap = style.matplotlib.colormaps[style.MAGNETIZATION].with_extremes(bad=style.GREY)
    length, width = (cells * results.parameter(group, "cell", case) * 1e9 for cells in results.mesh(group, case))
    image = axes.imshow(mz, origin="lower", extent=(0, length, 0, width), cmap=cmap, vmin=-1, vmax=1, aspect="auto")
    axes.set_yticks([0, round(width)])
    axes.spines[["top", "right"]].set_visible(True)
    return image


def neuron(results, variant):
    """Fig 1: conductance against current density with the fitted activation, and maps. None if no case is done."""
    cases = results.finished_cases("neuron", variant)
    if len(cases) < 2 or not results.has("neuron/snapshot"):
        return None
    current = np.array([results.parameter("neuron", "pulse.current_density", case) for case in cases])
    conductance = results.get("neuron/final_conductance").values[cases]
    if np.ptp(conductance) == 0 or np.ptp(current) == 0:
        return None

    figure = style.new_figure(style.COLUMN, 3.9)
    grid = figure.add_gridspec(3, 2, height_ratios=[2.6, 0.55, 0.55], width_ratios=[1, 0.03])
    axes = figure.add_subplot(grid[0, 0])
    plot.activation(results, axes, variant)
    coefficients = results.get("variants/activation_coefficient")
    fitted = coefficients is not None and np.all(np.isfinite(coefficients.values[variant]))
    axes.legend(loc="upper left", borderaxespad=0.1)
    style.panel(axes, "a")
    inset = axes.inset_axes([0.63, 0.13, 0.36, 0.36])
    span = np.linspace(-1, 1, 201)
    inset.plot(span, np.maximum(span, 0), "--", color=style.GREY, lw=0.9, label="ReLU")
    if fitted:
        inside = np.clip(span, 0, 1)
        inset.plot(
            span,
            sum(c * inside ** (k + 1) for k, c in enumerate(coefficients.values[variant])),
            color=style.COLOURS[2],
            lw=0.9,
            label="device",
        )
    inset.set(xticks=[-1, 0, 1], yticks=[0, 1])
    inset.tick_params(labelsize=5.5, pad=1)
    inset.legend(fontsize=5.5, loc="upper left", handlelength=1.2, borderaxespad=0, labelspacing=0.2)
    # The paper shows 0.15 and 0.40; here those that are nearest.
    wanted = [int(np.argmin(abs(current - value * 1e12))) for value in (0.15, 0.40)]
    for row, (k, letter) in enumerate(zip(wanted, "bc"), 1):
        axes = figure.add_subplot(grid[row, 0])
        image = draw_map(axes, results, "neuron", cases[k])
        for edge in ("mtj.window.from", "mtj.window.to"):
            axes.axvline(results.parameter("neuron", edge, cases[k]) * 1e9, color="black", lw=1)
        axes.set_title(f"{style.bold(letter)} J = {_current_label(results, 'neuron', cases[k])}", loc="left", pad=2)
        axes.set_ylabel("y (nm)", labelpad=1)
        if row == 2:
            axes.set_xlabel("x (nm)")
        else:
            axes.set_xticklabels([])
    bar = figure.colorbar(image, cax=figure.add_subplot(grid[1:, 1]), ticks=[-1, 0, 1])
    bar.set_label("m$_z$", labelpad=-2)
    return figure


def synapse(results, variant):
    """Figs 2 and 3: at each current density the map at the end beside <mz>(t). None if no case is done."""
    cases = results.finished_cases("synapse", variant)[:8]
    if not cases or not results.has("synapse/snapshot"):
        return None
    figure = style.new_figure(style.PAGE, 0.42 + 0.62 * len(cases))
    grid = figure.add_gridspec(len(cases), 2, width_ratios=[1.7, 1])
    for row, case in enumerate(cases):
        last = row == len(cases) - 1
        axes = figure.add_subplot(grid[row, 0])
        image = draw_map(axes, results, "synapse", case)
        letter = style.bold(chr(ord("a") + row))
        # A given height keeps the title from making room for the scale beside it.
        axes.set_title(f"{letter} J = {_current_label(results, 'synapse', case)}", loc="left", pad=2, y=1)
        trace = figure.add_subplot(grid[row, 1])
        time, magnetization = results.trace("synapse", case, "magnetization")
        length = results.parameter("synapse", "length", case)
        for notch in results.notch_positions(case):
            trace.axhline(1 - 2 * notch / length, color=style.GREY, lw=0.5, ls=":")
        for begin, end in results.pulses("synapse", case):
            trace.axvspan(begin * 1e9, end * 1e9, color=style.LIGHT, lw=0)
        trace.plot(time * 1e9, magnetization[:, 2], color=style.COLOURS[0])
        trace.set(xlim=(0, time[-1] * 1e9), ylim=(-1.1, 1.1), yticks=[-1, 0, 1])
        trace.xaxis.set_major_locator(style.matplotlib.ticker.MaxNLocator(5))
        if row == len(cases) // 2:
            axes.set_ylabel("y (nm)", labelpad=1)
            trace.set_ylabel("⟨m$_z$⟩", labelpad=0)
        if row == 0:
            _map_scale(axes, image)
        if last:
            axes.set_xlabel("x (nm)")
            trace.set_xlabel("t (ns)")
        else:
            axes.set_xticklabels([])
            trace.set_xticklabels([])
    return figure


def _map_scale(axes, image):
    """The colours of mz in the corner above a map, where they take no room from it."""
    scale = axes.inset_axes([0.8, 1.08, 0.16, 0.11])
    bar = axes.figure.colorbar(image, cax=scale, orientation="horizontal", ticks=[])
    for place, text in ((-0.06, "m$_z$ = −1"), (1.06, "1")):
        scale.text(
            place, 0.4, text, transform=scale.transAxes, ha="right" if place < 0 else "left", va="center", fontsize=6.5
        )
    bar.outline.set_linewidth(0.4)
