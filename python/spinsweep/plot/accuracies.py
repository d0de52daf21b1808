"""Figures of test accuracies against variants and swept parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.image
import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..network_results import mean
from ..results import Results
from ..units import prefixed
from . import many, style
from .parameters import swept_parameters_of_analysis
from .place import Source, fill_legend, panels, reading, single
from .selection import network_of

if TYPE_CHECKING:
    from ..study import Study

_MOST_TICKS = 6


def accuracy(study: Study, dataset: str, ax: Axes | None = None) -> Axes:
    """Mean test accuracy (%) of every deployment on each synapse variant; bars: standard deviation over seeds and
    neurons. Errors: NotInStudy if no accuracy is known or there is no such data set."""
    with reading(study, ax) as results:
        network_of(results).dataset_numbers(dataset)
        values = 100 * study.accuracy.sel(dataset=dataset)
        axes = single(ax)
        labels = [variant.label.replace(", ", "\n") for variant in study.each_variant()]
        flat = values.stack(run=("neuron", "seed"), create_index=False)
        for k, deployment in enumerate(values.deployment.values):
            own = flat.sel(deployment=deployment)
            spread = own.std("run", ddof=1) if own.sizes["run"] > 1 else None
            axes.errorbar(
                np.arange(len(labels)) + 0.12 * (k - 0.5 * (len(values.deployment) - 1)),
                own.mean("run").values,
                None if spread is None else spread.values,
                ls="none",
                marker=style.MARKERS[k % len(style.MARKERS)],
                color=style.COLOURS[k % len(style.COLOURS)],
                label=str(deployment),
            )
        axes.set_xticks(range(len(labels)), labels)
        axes.set_ylabel("test accuracy (%)")
        axes.legend()
        return axes


def accuracy_by_parameter(
    study: Source, dataset: str | None = None, parameter: str | None = None, ax: Axes | None = None
) -> np.ndarray:
    """Mean test accuracy (%) against each swept parameter, averaged over all others, a line for each method. dataset,
    parameter ("synapse.material.dmi"): the only ones to show.

    Returns the axes (data set, parameter). Errors: NotInStudy if nothing was swept or the analysis has not been run."""
    with reading(study, ax) as results:
        network = network_of(results)
        parameters = swept_parameters_of_analysis(results, parameter)
        value, average = results.get("analysis/main_effect_value"), results.get("analysis/main_effect_mean")
        if value is None or not np.any(np.isfinite(average.values)):
            raise NotInStudy(f"{results.path}: no accuracy has been averaged: the sensitivity analysis has not been run")
        numbers = network.dataset_numbers(dataset)
        size = style.PAGE, 0.5 + 1.55 * len(numbers)
        grid, legend = panels(ax, len(numbers), len(parameters), size, (len(network.shown), 5), sharey="row")
        for row, d in zip(grid, numbers):
            drawn = []
            for axes, swept in zip(row, parameters):
                known = value.at(parameter=swept.number, dataset=d).values
                factor, unit = prefixed(known[np.isfinite(known)], swept.units)
                for way in network.shown:
                    where = dict(parameter=swept.number, dataset=d, **way)
                    y = 100 * average.at(**where).values
                    label = names.method(network.method(way))
                    axes.plot(value.at(**where).values * factor, y, **style.method_look(network, way), label=label)
                    drawn += list(y)
                axes.margins(x=0.08)
                style.whole_number_ticks(axes.xaxis, known * factor)
                style.show_choices(axes, results, *swept.axis, known)
                if d == numbers[-1]:
                    axes.set_xlabel(style.axis_label(swept.label, unit))
                if axes is row[0]:
                    axes.set_ylabel(f"accuracy on\n{names.dataset_label(network.datasets[d])} (%)")
            for axes in row:
                style.accuracy_scale(axes, drawn)
        fill_legend(legend, grid[0, 0], 5)
        return grid


def accuracy_map(study: Source, dataset: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Mean test accuracy (%) over two swept parameters of the synapse, notch count and DMI if they are swept, or else the
    first two, for each data set and method that devices matter to. dataset: the only one to show.

    Returns the axes (data set, method). Errors: NotInStudy if fewer than two parameters are swept, or in too few
    combinations."""
    with reading(study, ax) as results:
        network = network_of(results)
        swept = results.variant_axes("synapse")
        wanted = [name for name in ("notches_count", "material_dmi") if name in swept]
        pair = (wanted + [name for name in swept if name not in wanted])[:2]
        if len(pair) < 2:
            raise NotInStudy(f"{results.path}: the variants of the synapse differ in fewer than two parameters")
        variants = range(network.accuracy_array.size("variant"))
        y, x = ([results.variant_value("synapse", v, name) for v in variants] for name in pair)
        most = int(np.clip(np.sqrt(len(variants)) / 2, 2, 12))  # bins of a sample hold about four variants each
        (x, xs), (y, ys) = (many.binned(np.array(values), most) for values in (x, y))
        if len(xs) * len(ys) > 4 * len(variants):
            raise NotInStudy(f"{results.path}: too few combinations of {pair[0]} and {pair[1]} for a map")
        ways, numbers = network.shown_on_devices(), network.dataset_numbers(dataset)
        (ylabel, yticks), (xlabel, xticks) = (_value_axis(results, name, values) for name, values in zip(pair, (ys, xs)))
        size = style.PAGE if len(ways) > 1 else style.COLUMN, 0.3 + 1.35 * len(numbers)
        grid, _ = panels(ax, len(numbers), len(ways), size, sharex=True, sharey=True)
        for row, d in zip(grid, numbers):
            for axes, way in zip(row, ways):
                accuracy = 100 * network.accuracy(way)[:, :, d]
                cells = np.array([[mean(accuracy[(x == a) & (y == b)]) for a in range(len(xs))] for b in range(len(ys))])
                axes.figure.colorbar(_draw_cells(axes, cells), ax=axes, fraction=0.06, pad=0.02).ax.tick_params(labelsize=5.5)
                for axis, texts in ((axes.xaxis, xticks), (axes.yaxis, yticks)):
                    places = range(0, len(texts), -(-len(texts) // _MOST_TICKS))
                    axis.set_ticks(places, [texts[place] for place in places])
                if d == numbers[0]:
                    axes.set_title(names.method(network.method(way)))
                if d == numbers[-1]:
                    axes.set_xlabel(xlabel)
                if way is ways[0]:
                    axes.set_ylabel(f"{names.dataset_label(network.datasets[d])}\n{ylabel}")
        return grid


def _value_axis(results: Results, name: str, values: np.ndarray) -> tuple[str, list[str]]:
    """(label, tick labels) of an axis of a synapse's parameter."""
    short, units = names.parameter(results, "synapse", name)
    choices = results.choices("synapse", name)
    if choices:
        return short, [choices[int(value)] for value in values]
    factor, unit = prefixed(values, units)
    return style.axis_label(short, unit), [f"{value * factor:.3g}" for value in values]


def _draw_cells(axes: Axes, cells: np.ndarray) -> matplotlib.image.AxesImage:
    """Accuracies (%) as colours, and as numbers while there is room. Less than a percent is not spread over all colours:
    it is chance."""
    finite = cells[np.isfinite(cells)]
    high = finite.max(initial=1)
    low = min(finite.min(initial=high), high - 1)
    image = axes.imshow(cells, origin="lower", aspect="auto", cmap=style.SEQUENTIAL, vmin=low, vmax=high)
    if cells.size <= 24:
        for (row, column), value in np.ndenumerate(cells):
            if np.isfinite(value):
                colour = "white" if (value - low) / (high - low) < 0.55 else "black"
                axes.text(column, row, f"{value:.1f}", ha="center", va="center", color=colour, fontsize=6)
    axes.spines[["top", "right"]].set_visible(True)
    return image
