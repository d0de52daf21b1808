"""Figures of how long synapses remember their levels."""

import itertools

import numpy as np

from . import many, names, style
from .network_data import mean, spread
from spinsweep.results import DONE

BOLTZMANN = 1.380649e-23  # J/K
TEN_YEARS = 315576000.0  # s
LOST_FRACTION = 0.01  # of the devices, as in retention_time


def _done(results):
    status = results.get("retention/status")
    return [] if status is None else list(np.flatnonzero(status.values == DONE))


def _ranked(results, variants):
    """Some of these variants, spread over how strongly they hold a wall, as many as there are colours."""
    smallest = results.get("retention/smallest_barrier").values
    ranked = sorted(variants, key=lambda v: smallest[v])
    return sorted({ranked[round(k)] for k in np.linspace(0, len(ranked) - 1, min(len(style.COLOURS), len(ranked)))})


def _time(seconds):
    """ "10 years": in the largest unit that divides it."""
    for unit, name in ((31557600, "year"), (86400, "day"), (3600, "hour")):
        if seconds % unit == 0:
            return f"{seconds / unit:g} {name}" + ("" if seconds == unit else "s")
    return f"{seconds:g} s"


def accuracy(results, network):
    """Accuracy of device samples against time, one line for each variant. None if none is known."""
    retained = results.get("network/retained_accuracy")
    if retained is None:
        return None
    ways = [way for way in network.shown if np.any(np.isfinite(retained.at(**way).values))]
    variants = [v for v in _done(results) if np.any(np.isfinite(retained.at(variant=v).values))]
    if not ways or not variants:
        return None
    written = results.get("network/device_sample_accuracy")
    shown = _ranked(results, variants)
    temperatures, times = (results.get(f"retention/{name}").values for name in ("temperature", "time"))
    order = np.argsort(times)
    x = np.concatenate([[times.min() / 30], times[order]])
    rows = [(dataset, way) for dataset in range(len(network.datasets)) for way in ways]
    figure = style.new_figure(style.PAGE, 0.5 + 1.35 * len(rows) + 0.15 * len(shown))
    body, legend = style.split_off_legend(figure, len(shown), 1)
    grid = body.subplots(len(rows), len(temperatures), squeeze=False, sharex=True, sharey="row")
    for axes, temperature in zip(grid[0], temperatures):
        axes.set_title(f"{temperature:g} K")
    for row, (d, way) in zip(grid, rows):
        for t, axes in enumerate(row):
            for look, v in enumerate(shown):
                where = dict(variant=v, dataset=d, **way)
                samples = [written.at(**where).values]
                samples += [retained.at(temperature=t, time=k, **where).values for k in order]
                y, error = (100 * np.array([statistic(values) for values in samples]) for statistic in (mean, spread))
                colour = style.COLOURS[look % len(style.COLOURS)]
                axes.plot(x, y, marker="o", color=colour, label=names.variant(results, "synapse", v))
                axes.fill_between(x, y - error, y + error, color=colour, alpha=0.1, lw=0)
            axes.set_xscale("log")
            axes.set_xticks(x, ["written", *(_time(time) for time in times[order])], rotation=45, ha="right")
            axes.minorticks_off()
        label = f"{names.dataset_label(network.datasets[d])},\n{names.method(network.method(way))}"
        row[0].set_ylabel(f"accuracy on\n{label} (%)")
    style.fill_legend(legend, grid[0, 0], 1)
    return figure


def landscape(results):
    """Energy against the position of the wall, one line for each variant. None if no variant is done."""
    variants = _done(results)
    if not variants:
        return None
    shown = _ranked(results, variants)
    temperature = float(results.get("retention/temperature").values[0])
    thermal = BOLTZMANN * temperature
    figure = style.new_figure(style.PAGE, 2.2 + 0.15 * len(shown))
    body, legend = style.split_off_legend(figure, len(shown), 1)
    axes = body.subplots()
    get = lambda name: results.get(f"retention/{name}").values
    for look, v in enumerate(shown):
        colour = style.COLOURS[look % len(style.COLOURS)]
        x, y = (get(name)[v].ravel() for name in ("path_position", "path_energy"))
        known = np.isfinite(x) & np.isfinite(y)
        axes.plot(x[known] * 1e9, y[known] / thermal, color=colour, label=names.variant(results, "synapse", v))
        axes.plot(get("well_position")[v] * 1e9, get("well_energy")[v] / thermal, "o", color=colour)
        axes.plot(get("saddle_position")[v] * 1e9, get("saddle_energy")[v] / thermal, "^", color=colour)
    axes.set(xlabel="position of the wall (nm)", ylabel=f"energy (kB · {temperature:g} K)")
    axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))
    style.fill_legend(legend, axes, 1)
    return figure


def barriers(results):
    """The smallest barrier of each variant against every swept parameter. None if nothing is known or swept.

    Lines: the barrier between two wells over which LOST_FRACTION of the devices have moved after ten years.
    """
    variants, swept = _done(results), results.variant_axes("synapse")
    if not variants or not swept:
        return None
    smallest = results.get("retention/smallest_barrier").values
    temperatures = results.get("retention/temperature").values
    frequencies = [results.get(f"retention/attempt_frequency_{way}").values[variants] for way in ("forth", "back")]
    frequency = np.exp(np.nanmedian(np.log(frequencies)))
    # Of two wells with the same barrier both ways, (1 - exp(-2 rate time))/2 have moved.
    attempts = frequency * TEN_YEARS / (-0.5 * np.log(1 - 2 * LOST_FRACTION))
    figure = style.new_figure(style.PAGE, 2.1)
    grid = figure.subplots(1, len(swept), squeeze=False, sharey=True)[0]
    thermal = BOLTZMANN * float(temperatures[0])
    for axes, name in zip(grid, swept):
        values = np.array([results.variant_value("synapse", v, name) for v in variants])
        label, unit = names.parameter(results, "synapse", name)
        factor, unit = style.prefixed(values, unit)
        barrier = smallest[variants] / thermal
        style.draw_points(axes, values * factor, barrier, style.COLOURS[0])
        many.draw_means(axes, values * factor, barrier, style.COLOURS[0])
        for temperature, dashes in zip(temperatures, itertools.cycle((":", "--", "-."))):
            needed = np.log(attempts) * temperature / temperatures[0]
            criterion = f"{100 * LOST_FRACTION:g} % lost after 10 years at {temperature:g} K"
            axes.axhline(needed, color=style.GREY, ls=dashes, lw=0.8, label=criterion)
        axes.set_xlabel(style.axis_label(label, unit))
        names.tick_choices(axes.xaxis, results, "synapse", name, values)
        axes.margins(x=0.1)
    grid[0].set_ylabel(f"smallest barrier (kB · {temperatures[0]:g} K)")
    grid[0].set_ylim(bottom=0)
    grid[-1].legend()
    return figure
