"""The study in one figure: from the wall in the track to the accuracy of the network."""

import numpy as np

from . import many, names, style
from .figures_cases import draw_map
from .network_data import mean, spread
from spinsweep import plot

_MOST_MAPS = 5


def overview(results, network, variant):
    """Maps of the wall in a synapse, its levels, the activation of the neuron and the accuracies. None unless all of it
    is known."""
    maps = _cases_with_maps(results, variant)
    conductance, coefficients = (results.get(f"variants/{name}") for name in ("level_conductance", "activation_coefficient"))
    known = conductance is not None and coefficients is not None and np.all(np.isfinite(coefficients.values[0]))
    if not maps or not known or not network.exists() or not results.variant_axes("synapse"):
        return None
    figure = style.new_figure(style.PAGE, 2.15 + 0.34 * len(maps))
    top, body, legend = figure.subfigures(3, 1, height_ratios=[0.34 * len(maps) + 0.35, 1.6, 0.2])
    _draw_maps(top, results, maps, variant)
    left, middle, *right = body.subplots(1, 2 + len(network.datasets))
    _draw_levels(left, results, conductance, variant)
    plot.activation(results, middle)
    middle.set(xlabel="current density", ylabel="conductance")
    middle.set_title(f"{style.bold('c')} activation of the neuron", loc="left", pad=3)
    for k, axes in enumerate(right):
        _draw_accuracy(axes, results, network, k)
        axes.set_title(f"{style.bold(chr(ord('d') + k))} {names.dataset_label(network.datasets[k])}", loc="left", pad=3)
    style.fill_legend(legend, right[0], 4)
    return figure


def _cases_with_maps(results, variant):
    if not results.has("synapse/snapshot"):
        return []
    cases = results.finished_cases("synapse", variant)
    return [cases[round(k)] for k in np.unique(np.linspace(0, len(cases) - 1, min(len(cases), _MOST_MAPS)).round())] if cases else []


def _draw_maps(part, results, cases, variant):
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


def _draw_levels(axes, results, conductance, variant):
    """One staircase for each number of levels."""
    counts = results.get("variants/levels").values
    factor, unit = style.prefixed(conductance.values[np.isfinite(conductance.values)], "S")
    shown = {int(counts[variant]): variant} | {int(count): v for v, count in reversed(list(enumerate(counts))) if count}
    for number, colour in zip(sorted(shown)[: len(style.COLOURS)], style.COLOURS):
        values = conductance.values[shown[number], :number] * factor
        place = np.linspace(0, 1, number)
        axes.step(place, values, where="mid", color=colour, lw=0.8, alpha=0.6)
        few = number == min(shown)  # its markers are round those of others
        axes.plot(place, values, "o", color=colour, ms=4.5 if few else 2.2, mfc="none" if few else colour, label=f"{number} levels")
    axes.set(xlabel="level, from first to last", xticks=[], ylabel=style.axis_label("conductance", unit))
    axes.legend(loc="upper left", borderaxespad=0.1, handletextpad=0.2)
    axes.set_title(f"{style.bold('b')} levels of the synapse", loc="left", pad=3)


def _draw_accuracy(axes, results, network, dataset):
    """Against the first swept parameter, mean and standard deviation over all others and the seeds."""
    name = results.variant_axes("synapse")[0]
    count = network.accuracy_array.size("variant")
    values = np.array([results.variant_value("synapse", v, name) for v in range(count)])
    label, unit = names.parameter(results, "synapse", name)
    factor, unit = style.prefixed(values, unit)
    place, centres = many.binned(values * factor)
    drawn = []
    for way in network.shown:
        accuracy = 100 * network.accuracy(way)[:, :, dataset]
        groups = [accuracy[place == k] for k in range(len(centres))]
        y, error = (np.array([statistic(group) for group in groups]) for statistic in (mean, spread))
        axes.errorbar(centres, y, np.nan_to_num(error), lw=0.9, capsize=2, label=names.method(network.method(way)), **network.look(way))
        drawn += list(y)
    style.accuracy_scale(axes, drawn)
    names.tick_choices(axes.xaxis, results, "synapse", name, values)
    axes.margins(x=0.15)
    axes.set(xlabel=style.axis_label(label, unit))
    if len(centres) <= 4 and not results.choices("synapse", name):
        axes.set_xticks(centres, [style.number(centre) for centre in centres])
    if dataset == 0:
        axes.set_ylabel("accuracy (%)")
