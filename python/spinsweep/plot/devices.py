"""Figures of one device: magnetisation, traces, and the neuron and the synapse at every current density."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import matplotlib.ticker
import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage

from ..errors import NotInStudy
from ..results import Results
from ..units import number, prefixed
from . import style
from .activation import activation, fitted, responses
from .place import Source, divided, reading, single
from .selection import case_at, of_devices, variant_number

if TYPE_CHECKING:
    from ..study import Study
    from ..variant import Variant

_MOST_CASES = 8  # of a variant
_PAPER_CURRENTS = (0.15e12, 0.40e12)  # A/m^2, of the maps that the paper shows of a neuron


def magnetization(
    study: Source,
    variant: Variant | int | None = None,
    current_density: float | None = None,
    snapshot: int = -1,
    device: str = "synapse",
    ax: Axes | None = None,
) -> Axes:
    """Map of m_z at the end of a case over x and y (nm); notches are grey.

    current_density: A/m^2, the largest one if it is not given. snapshot: which of the stored maps, the last by default.
    Errors: NotInStudy if no such case is done or no maps are stored; NoSuchVariant."""
    with reading(study, ax) as results:
        case = case_at(results, device, variant_number(results, device, variant), current_density)
        _need_maps(results, device)
        axes = single(ax, 1.3)
        image = draw_map(axes, results, device, case, snapshot)
        axes.set(xlabel="x (nm)", ylabel="y (nm)")
        if results.parameter(device, "pulse.current_density", case) is not None:
            axes.set_title(f"J = {_current_label(results, device, case)}", loc="left")
        axes.figure.colorbar(image, ax=axes, ticks=[-1, 0, 1], pad=0.02).set_label("m$_z$", labelpad=-2)
        return axes


def trace(study: Study, name: str = "wall_position", ax: Axes | None = None, **parameters: float) -> Axes:
    """A trace of every current density of one synapse variant against time (ns). name: wall_position, conductance or
    another one of Study.traces() that is one number at each time. parameters: of the variant, as Study.variant() takes them.

    Errors: NotInStudy if the trace is not stored or no case is done; NoSuchVariant."""
    with reading(study, ax) as results:
        of_devices(results)
        traces = study.variant(**parameters).traces
        if name not in traces or traces[name].dims != ("case", "time"):
            known = ", ".join(sorted(n for n, v in traces.data_vars.items() if v.dims == ("case", "time"))) or "none"
            raise NotInStudy(f"{results.path}: no trace {name} is stored; there are: {known}")
        values = traces[name]
        finite = np.ravel(values.values)[np.isfinite(np.ravel(values.values))]
        axes = single(ax)
        factor, unit = prefixed(finite, values.attrs.get("units", "1"))
        for k in range(values.sizes["case"]):
            label = f"J = {number(float(traces.pulse_current_density[k]) / 1e12)} × 10¹² A m⁻²" if "pulse_current_density" in traces.coords else None
            axes.plot(traces.sample_time[k] * 1e9, values[k] * factor, color=style.COLOURS[k % len(style.COLOURS)], label=label)
        axes.set(xlabel="t (ns)", ylabel=style.axis_label(name.replace("_", " "), unit))
        if values.sizes["case"] > 1:
            axes.legend()
        return axes


def neuron(study: Source, neuron: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """A neuron as in Fig. 1 of arXiv:2605.22625: (a) activation() with an inset that compares it with the rectified linear unit;
    (b, c) maps of m_z at the end of two cases, with the ends of the tunnel junction.

    Returns the axes (panel). Errors: NotInStudy if fewer than two cases are done, all end alike, or no maps are stored;
    NoSuchVariant."""
    with reading(study, ax) as results:
        chosen = variant_number(results, "neuron", neuron)
        cases, current, _ = responses(results, chosen)
        _need_maps(results, "neuron")
        part = divided(ax, style.COLUMN, 3.9)
        grid = part.add_gridspec(3, 2, height_ratios=[2.6, 0.55, 0.55], width_ratios=[1, 0.03])
        curve = part.add_subplot(grid[0, 0])
        activation(results, chosen, curve)
        curve.legend(loc="upper left", borderaxespad=0.1)
        style.panel(curve, "a")
        _compare_with_relu(curve, results, chosen)
        panels = [curve]
        wanted = [int(np.argmin(abs(current - value))) for value in _PAPER_CURRENTS]
        for row, (k, letter) in enumerate(zip(wanted, "bc"), 1):
            axes = part.add_subplot(grid[row, 0])
            image = draw_map(axes, results, "neuron", cases[k])
            for edge in ("mtj.window.from", "mtj.window.to"):
                axes.axvline(results.parameter("neuron", edge, cases[k]) * 1e9, color="black", lw=1)
            axes.set_title(f"{style.bold(letter)} J = {_current_label(results, 'neuron', cases[k])}", loc="left", pad=2)
            axes.set_ylabel("y (nm)", labelpad=1)
            if row == 2:
                axes.set_xlabel("x (nm)")
            else:
                axes.set_xticklabels([])
            panels.append(axes)
        bar = part.colorbar(image, cax=part.add_subplot(grid[1:, 1]), ticks=[-1, 0, 1])
        bar.set_label("m$_z$", labelpad=-2)
        return np.array(panels)


def _compare_with_relu(axes: Axes, results: Results, neuron: int) -> None:
    inset = axes.inset_axes([0.63, 0.13, 0.36, 0.36])
    span = np.linspace(-1, 1, 201)
    inset.plot(span, np.maximum(span, 0), "--", color=style.GREY, lw=0.9, label="ReLU")
    device = fitted(results, neuron, np.clip(span, 0, 1))
    if device is not None:
        inset.plot(span, device, color=style.COLOURS[2], lw=0.9, label="device")
    inset.set(xticks=[-1, 0, 1], yticks=[0, 1])
    inset.tick_params(labelsize=5.5, pad=1)
    inset.legend(fontsize=5.5, loc="upper left", handlelength=1.2, borderaxespad=0, labelspacing=0.2)


def synapse(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """A synapse as in Figs. 2 and 3 of arXiv:2605.22625, a row for each current density up to eight: the map of m_z at the end,
    and the mean m_z of the track against time (ns) with the pulse (grey) and the mean m_z of a wall at each notch (dotted).

    Returns the axes (case, 2). Errors: NotInStudy if no case is done or no maps are stored; NoSuchVariant."""
    with reading(study, ax) as results:
        chosen = variant_number(results, "synapse", variant)
        case_at(results, "synapse", chosen, None)
        _need_maps(results, "synapse")
        if not results.has("synapse/magnetization"):
            raise NotInStudy(f"{results.path}: no traces of the synapse are stored")
        cases = results.finished_cases("synapse", chosen)[:_MOST_CASES]
        part = divided(ax, style.PAGE, 0.42 + 0.62 * len(cases))
        grid = part.add_gridspec(len(cases), 2, width_ratios=[1.7, 1])
        panels = np.empty((len(cases), 2), object)
        for row, case in enumerate(cases):
            axes = part.add_subplot(grid[row, 0])
            image = draw_map(axes, results, "synapse", case)
            letter = style.bold(chr(ord("a") + row))
            # A given height keeps the title from making room for the scale beside it.
            axes.set_title(f"{letter} J = {_current_label(results, 'synapse', case)}", loc="left", pad=2, y=1)
            mean = part.add_subplot(grid[row, 1])
            _draw_mean(mean, results, case)
            if row == len(cases) // 2:
                axes.set_ylabel("y (nm)", labelpad=1)
                mean.set_ylabel("⟨m$_z$⟩", labelpad=0)
            if row == 0:
                _map_scale(axes, image)
            if row == len(cases) - 1:
                axes.set_xlabel("x (nm)")
                mean.set_xlabel("t (ns)")
            else:
                axes.set_xticklabels([])
                mean.set_xticklabels([])
            panels[row] = axes, mean
        return panels


def _draw_mean(axes: Axes, results: Results, case: int) -> None:
    time, magnetization = results.trace("synapse", case, "magnetization")
    length = results.parameter("synapse", "length", case)
    for notch in results.notch_positions(case):
        axes.axhline(1 - 2 * notch / length, color=style.GREY, lw=0.5, ls=":")
    for begin, end in results.pulses("synapse", case):
        axes.axvspan(begin * 1e9, end * 1e9, color=style.LIGHT, lw=0)
    axes.plot(time * 1e9, magnetization[:, 2], color=style.COLOURS[0])
    axes.set(xlim=(0, time[-1] * 1e9), ylim=(-1.1, 1.1), yticks=[-1, 0, 1])
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(5))


def _map_scale(axes: Axes, image: AxesImage) -> None:
    """The colours of mz in the corner above a map, where they take no room from it."""
    scale = axes.inset_axes([0.8, 1.08, 0.16, 0.11])
    bar = axes.figure.colorbar(image, cax=scale, orientation="horizontal", ticks=[])
    for place, text in ((-0.06, "m$_z$ = −1"), (1.06, "1")):
        scale.text(
            place, 0.4, text, transform=scale.transAxes, ha="right" if place < 0 else "left", va="center", fontsize=6.5
        )
    bar.outline.set_linewidth(0.4)


def draw_map(axes: Axes, results: Results, group: str, case: int, index: int = -1) -> AxesImage:
    """mz of a snapshot in nm; notches are grey."""
    field = results.snapshot(group, case, index)
    mz = np.where(np.any(field != 0, axis=-1), field[..., 2], np.nan)
    cmap = matplotlib.colormaps[style.MAGNETIZATION].with_extremes(bad=style.GREY)
    length, width = (cells * results.parameter(group, "cell", case) * 1e9 for cells in results.mesh(group, case))
    image = axes.imshow(mz, origin="lower", extent=(0, length, 0, width), cmap=cmap, vmin=-1, vmax=1, aspect="auto")
    axes.set_yticks([0, round(width)])
    axes.spines[["top", "right"]].set_visible(True)
    return image


def _need_maps(results: Results, device: str) -> None:
    if not results.has(f"{device}/snapshot"):
        raise NotInStudy(f"{results.path}: no maps of the magnetisation of the {device} are stored")


def _current_label(results: Results, group: str, case: int) -> str:
    return f"{results.parameter(group, 'pulse.current_density', case) / 1e12:.2f} × 10¹² A m⁻²"
