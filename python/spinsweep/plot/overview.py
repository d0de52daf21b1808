"""The study in one figure: from the wall in the track to the accuracy of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase

from .. import names
from ..errors import NotInStudy
from ..network_results import Network, mean, spread
from ..results import Results
from ..units import number, prefixed
from . import many, style
from .activation import activation
from .devices import draw_map
from .networks import best_variant
from .place import Source, divided, fill_legend, reading
from .selection import network_of, stored, swept_parameters, variant_number

if TYPE_CHECKING:
    from ..variant import Variant

_MOST_MAPS = 5


def overview(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """The study in one figure: maps of m_z in a synapse variant after pulses of several current densities; conductance
    levels; activation of the neuron; test accuracy (%) on each data set against the first swept parameter, mean and
    standard deviation over all others and the seeds. variant: by default the trained one with most levels.

    Returns the axes: maps, levels, activation, and an accuracy for each data set. Errors: NotInStudy unless all of it is
    known; NoSuchVariant."""
    with reading(study, ax) as results:
        network = network_of(results)
        swept = swept_parameters(results)[0]
        conductance = stored(results, "variants/level_conductance", "level")
        coefficients = results.get("variants/activation_coefficient")
        if coefficients is None or not np.all(np.isfinite(coefficients.values[0])):
            raise NotInStudy(f"{results.path}: no activation of the neuron is known")
        chosen = best_variant(network, 0) if variant is None else variant_number(results, "synapse", variant)
        maps = _cases_with_maps(results, chosen)
        part = divided(ax, style.PAGE, 2.15 + 0.34 * len(maps))
        top, body, legend = part.subfigures(
            3, 1, height_ratios=[0.34 * len(maps) + 0.35, 1.6, 0.2], facecolor=part.get_facecolor()
        )
        axes = _draw_maps(top, results, maps, chosen)
        left, middle, *right = body.subplots(1, 2 + len(network.datasets))
        _draw_levels(left, results, conductance, chosen)
        activation(results, 0, middle)
        middle.set(xlabel="current density", ylabel="conductance")
        middle.set_title(f"{style.bold('c')} activation of the neuron", loc="left", pad=3)
        for k, one in enumerate(right):
            _draw_accuracy(one, results, network, k, swept)
            one.set_title(f"{style.bold(chr(ord('d') + k))} {names.dataset_label(network.datasets[k])}", loc="left", pad=3)
        fill_legend(legend, right[0], 4)
        return np.array([*axes, left, middle, *right])


def _cases_with_maps(results: Results, variant: int | None) -> list[int]:
    cases = results.finished_cases("synapse", variant) if results.has("synapse/snapshot") and variant is not None else []
    if not cases:
        raise NotInStudy(f"{results.path}: no maps of the synapse are stored")
    return [cases[round(k)] for k in np.unique(np.linspace(0, len(cases) - 1, min(len(cases), _MOST_MAPS)).round())]


def _draw_maps(part: FigureBase, results: Results, cases: list[int], variant: int) -> np.ndarray:
    grid = part.subplots(len(cases), 1, squeeze=False, sharex=True)[:, 0]
    for axes, case in zip(grid, cases):
        image = draw_map(axes, results, "synapse", case)
        current = results.parameter("synapse", "pulse.current_density", case) / 1e12
        axes.set_ylabel(f"{current:.2f}", rotation=0, ha="right", va="center", labelpad=4)
        axes.set_yticks([])
    grid[0].set_title(
        f"{style.bold('a')} the wall in the synapse after a pulse of J (10¹² A m⁻²), {names.variant(results, 'synapse', variant)}",
        loc="left",
        pad=3,
    )
    grid[-1].set_xlabel("x (nm)", labelpad=1)
    bar = part.colorbar(image, ax=list(grid), pad=0.01, aspect=12, ticks=[-1, 0, 1])
    bar.set_label("m$_z$", labelpad=-2)
    return grid


def _draw_levels(axes: Axes, results: Results, conductance, variant: int) -> None:
    """One staircase for each number of levels."""
    counts = results.get("variants/levels").values
    factor, unit = prefixed(conductance.values[np.isfinite(conductance.values)], "S")
    shown = {int(counts[variant]): variant} | {int(count): v for v, count in reversed(list(enumerate(counts))) if count}
    for number_of_levels, colour in zip(sorted(shown)[: len(style.COLOURS)], style.COLOURS):
        values = conductance.values[shown[number_of_levels], :number_of_levels] * factor
        place = np.linspace(0, 1, number_of_levels)
        axes.step(place, values, where="mid", color=colour, lw=0.8, alpha=0.6)
        few = number_of_levels == min(shown)  # its markers are round those of others
        label = f"{number_of_levels} levels"
        axes.plot(place, values, "o", color=colour, ms=4.5 if few else 2.2, mfc="none" if few else colour, label=label)
    axes.set(xlabel="level, from first to last", xticks=[], ylabel=style.axis_label("conductance", unit))
    axes.legend(loc="upper left", borderaxespad=0.1, handletextpad=0.2)
    axes.set_title(f"{style.bold('b')} levels of the synapse", loc="left", pad=3)


def _draw_accuracy(axes: Axes, results: Results, network: Network, dataset: int, parameter: str) -> None:
    """Against a swept parameter, mean and standard deviation over all others and the seeds."""
    values = np.array([results.variant_value("synapse", v, parameter) for v in range(network.accuracy_array.size("variant"))])
    label, unit = names.parameter(results, "synapse", parameter)
    factor, unit = prefixed(values, unit)
    place, centres = many.binned(values * factor)
    drawn = []
    for way in network.shown:
        accuracy = 100 * network.accuracy(way)[:, :, dataset]
        groups = [accuracy[place == k] for k in range(len(centres))]
        y, error = (np.array([statistic(group) for group in groups]) for statistic in (mean, spread))
        method = names.method(network.method(way))
        axes.errorbar(centres, y, np.nan_to_num(error), lw=0.9, capsize=2, label=method, **style.method_look(network, way))
        drawn += list(y)
    style.accuracy_scale(axes, drawn)
    style.show_choices(axes, results, "synapse", parameter, values)
    axes.margins(x=0.15)
    axes.set(xlabel=style.axis_label(label, unit))
    if len(centres) <= 4 and not results.choices("synapse", parameter):
        axes.set_xticks(centres, [number(centre) for centre in centres])
    if dataset == 0:
        axes.set_ylabel("accuracy (%)")
