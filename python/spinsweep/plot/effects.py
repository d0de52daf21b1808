"""Figures of how much each swept parameter matters."""

import dataclasses
import textwrap

import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..results import Results
from ..units import prefixed
from . import style
from .parameters import Swept, swept_parameters_of_analysis
from .place import Source, fill_legend, panels, reading
from .selection import network_of

_MOST_COLUMNS = 4  # of panels


@dataclasses.dataclass(frozen=True)
class _Series:
    """Bars of one kind. name: in /analysis; where: the indices for each panel."""

    label: str
    look: dict
    name: str
    where: list[dict[str, int]]


def devices_by_parameter(study: Source, quantity: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Depinning current, conductance range, ... of the synapses against every swept parameter, averaged over all others.
    quantity: the only one to show, a name of Study.effects.device_quantity.

    Returns the axes (quantity, parameter). Errors: NotInStudy if none is known or there is no such quantity."""
    with reading(study, ax) as results:
        quantities = _known_quantities(results, "analysis/device_effect_mean", quantity)
        value, average = results.get("analysis/device_effect_value"), results.get("analysis/device_effect_mean")
        swept = [p for p in swept_parameters_of_analysis(results) if np.any(np.isfinite(average.at(parameter=p.number).values))]
        all_units = results.names("analysis/device_quantity_units")
        size = style.PAGE, 0.3 + 1.15 * len(quantities)
        grid, _ = panels(ax, len(quantities), len(swept), size, sharey="row", sharex="col")
        for row, q in enumerate(quantities):
            label = results.names("analysis/device_quantity_short_name")[q]
            means = average.at(device_quantity=q).values
            factor, unit = prefixed(means[np.isfinite(means)], all_units[q])
            for axes, p in zip(grid[row], swept):
                x = value.at(parameter=p.number, device_quantity=q).values
                xfactor, xunit = prefixed(x[np.isfinite(x)], p.units)
                axes.plot(
                    x * xfactor,
                    average.at(parameter=p.number, device_quantity=q).values * factor,
                    marker=style.MARKERS[0],
                    color=style.COLOURS[row % len(style.COLOURS)],
                )
                axes.margins(x=0.08)
                style.whole_number_ticks(axes.xaxis, x * xfactor)
                style.show_choices(axes, results, *p.axis, x)
                if row == len(quantities) - 1:
                    axes.set_xlabel(style.axis_label(p.label, xunit))
            grid[row, 0].set_ylabel(textwrap.fill(style.axis_label(label, unit), 20))
        grid[0, 0].figure.align_ylabels(grid[:, 0])
        return grid


def device_effects(study: Source, quantity: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Fraction of the variance of each property of the synapses that each swept parameter explains: main effects, and
    Sobol indices of a sample, with 95 % bootstrap intervals. quantity: the only one to show, as in devices_by_parameter().

    Returns the axes (quantity,). Errors: NotInStudy if none is known or there is no such quantity."""
    with reading(study, ax) as results:
        known = _known_quantities(results, "analysis/device_effect_variance_fraction", quantity)
        where = [dict(device_quantity=q) for q in known]
        listed = (
            ("device_effect_variance_fraction", "main effect"),
            ("device_sobol_first", "Sobol, first order"),
            ("device_sobol_total", "Sobol, total"),
        )
        series = [
            _Series(label, {"color": style.COLOURS[k]}, name, where)
            for k, (name, label) in enumerate(listed)
            if results.has(f"analysis/{name}")
        ]
        labels = results.names("analysis/device_quantity_short_name")
        return _bars(ax, results, [labels[q] for q in known], series, "fraction of the variance", len(series))


def main_effects(study: Source, dataset: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Main effects: fraction of the variance of test accuracy that each swept parameter explains by itself, for each
    method that devices matter to, with 95 % bootstrap intervals. dataset: the only one to show.

    Returns the axes (data set,). Errors: NotInStudy if the analysis has not been run or there is no such data set."""
    with reading(study, ax) as results:
        return _of_accuracy(ax, results, dataset, [("main_effect_variance_fraction", "")], "fraction of the variance of accuracy")


def sobol_indices(study: Source, dataset: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Sobol indices of test accuracy, of first order and total, with 95 % bootstrap intervals. dataset: the only one to show.

    Returns the axes (data set,). Errors: NotInStudy unless the sweep is a Saltelli sample that has been analysed."""
    with reading(study, ax) as results:
        listed = [("sobol_first", ", first order"), ("sobol_total", ", total")]
        return _of_accuracy(ax, results, dataset, listed, "Sobol index of accuracy")


def retained_effects(study: Source, dataset: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Main effects, and Sobol indices of a sample, of the accuracy after the longest time at the highest temperature of
    [retention]. dataset: the only one to show.

    Returns the axes (data set,). Errors: NotInStudy without `network.retention = "simulated"`."""
    with reading(study, ax) as results:
        listed = [
            (name, more)
            for name, more in (
                ("retained_effect_variance_fraction", ""),
                ("retained_sobol_first", ", Sobol, first order"),
                ("retained_sobol_total", ", Sobol, total"),
            )
            if results.has(f"analysis/{name}")
        ]
        if not listed:
            raise NotInStudy(f"{results.path}: no network was evaluated after the times of [retention]")
        return _of_accuracy(ax, results, dataset, listed, "fraction of the variance of accuracy")


def _known_quantities(results: Results, name: str, chosen: str | None) -> list[int]:
    """Places of the properties of synapses of which something is known. Errors: NotInStudy if there is none."""
    every, values = results.names("analysis/device_quantity_name"), results.get(name)
    known = [q for q in range(len(every)) if np.any(np.isfinite(values.at(device_quantity=q).values))] if values else []
    if not known:
        raise NotInStudy(f"{results.path}: no property of the synapses has been analysed against a swept parameter")
    if chosen is None:
        return known
    if chosen not in (every[q] for q in known):
        raise NotInStudy(f"{results.path}: nothing is known of {chosen}; there are {', '.join(every[q] for q in known)}")
    return [every.index(chosen)]


def _of_accuracy(ax: Axes | None, results: Results, dataset: str | None, quantities, xlabel: str) -> np.ndarray:
    """quantities: (name in /analysis, what the legend adds to the method's name)."""
    network = network_of(results)
    for name, _ in quantities:
        if not results.has(f"analysis/{name}"):
            raise NotInStudy(f"{results.path}: the study has no `{name}`; Sobol indices need a Saltelli sample")
    numbers = network.dataset_numbers(dataset)
    series = []
    for way in network.shown_on_devices():
        for k, (name, more) in enumerate(quantities):
            look = {"color": style.method_look(network, way)["color"], "alpha": 0.5 if k else 1}
            label = names.method(network.method(way)) + more
            series.append(_Series(label, look, name, [dict(dataset=d, **way) for d in numbers]))
    titles = [names.dataset_label(network.datasets[d]) for d in numbers]
    # A legend goes down its columns: one for each method.
    return _bars(ax, results, titles, series, xlabel, len(network.shown_on_devices()))


def _bars(ax: Axes | None, results: Results, titles: list[str], series: list[_Series], xlabel: str, legend_columns: int) -> np.ndarray:
    """A panel for each title: for each parameter a horizontal bar with its interval for each of the series."""
    parameters = swept_parameters_of_analysis(results)
    if not any(np.any(np.isfinite(results.get(f"analysis/{one.name}").values)) for one in series):
        raise NotInStudy(f"{results.path}: the sensitivity analysis has not been run")
    columns = min(len(titles), _MOST_COLUMNS)
    rows = -(-len(titles) // columns)
    height = 0.35 + len(parameters) * max(0.13 * len(series) + 0.12, 0.3)
    grid, legend = panels(ax, rows, columns, (style.PAGE, 0.4 + height * rows), (len(series), legend_columns), sharey=True)
    shown = grid.ravel()[: len(titles)]
    for axes in grid.ravel()[len(titles) :]:
        axes.set_visible(False)
    for panel, (axes, title) in enumerate(zip(shown, titles)):
        _draw_bars(axes, results, parameters, series, panel)
        axes.set_title(title)
    if legend is None:
        shown[0].set_xlabel(xlabel)
    else:
        shown[0].figure.supxlabel(xlabel, fontsize=style.STYLE["axes.labelsize"])
    shown[0].set_yticks(range(len(parameters)), [p.label for p in parameters])
    shown[0].set_ylim(len(parameters) - 0.5, -0.5)
    fill_legend(legend, shown[0], legend_columns)
    return shown


def _draw_bars(axes: Axes, results: Results, parameters: list[Swept], series: list[_Series], panel: int) -> None:
    numbers = [p.number for p in parameters]
    for k, one in enumerate(series):
        centre, low, high = (
            results.get(f"analysis/{one.name}{end}").at(**one.where[panel]).values[numbers] for end in ("", "_low", "_high")
        )
        place = np.arange(len(parameters)) + 0.8 * ((k + 0.5) / len(series) - 0.5)
        axes.barh(place, centre, height=0.75 / len(series), label=one.label, **one.look)
        known = np.isfinite(low)
        axes.hlines(place[known], low[known], high[known], color="black", lw=0.7)
    axes.set(xlim=(max(min(0, axes.get_xlim()[0]), -0.5), min(max(1.02, axes.get_xlim()[1]), 1.5)))
    axes.axvline(0, color="black", lw=0.6)
