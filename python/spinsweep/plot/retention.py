"""Figures of how long synapses remember their levels."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..finished import with_barriers
from ..network_results import mean, spread
from ..results import Results
from ..units import prefixed
from . import many, style
from .place import Source, fill_legend, panels, reading
from .selection import network_of, swept_parameters, variant_number

if TYPE_CHECKING:
    from ..variant import Variant

_BOLTZMANN = 1.380649e-23  # J/K
_TEN_YEARS = 315576000.0  # s
_LOST_FRACTION = 0.01  # of the devices, as in retention_time


def retention_landscape(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> Axes:
    """Energy (in units of k_B times the first temperature) along the path of minimum energy from notch to notch, and over
    open ends to the track without a wall, above the lowest well, against the position of the wall (nm); dots: wells, triangles: saddle points. Of one synapse variant, or of
    seven from the weakest to the strongest hold on a wall.

    Errors: NotInStudy if no variant is done; NoSuchVariant."""
    with reading(study, ax) as results:
        shown = _shown(results, _finished(results), variant)
        temperature = float(results.get("retention/temperature").values[0])
        thermal = _BOLTZMANN * temperature
        grid, legend = panels(ax, 1, 1, (style.PAGE, 2.2 + 0.15 * len(shown)), (len(shown), 1))
        axes = grid[0, 0]
        get = lambda name: results.get(f"retention/{name}").values
        for look, v in enumerate(shown):
            colour = style.COLOURS[look % len(style.COLOURS)]
            x, y = (
                np.concatenate([losses[0], get(name)[v].ravel(), losses[1]])
                for name in ("path_position", "path_energy")
                for losses in [get(f"loss_{name}")[v]]
            )
            known = np.isfinite(x) & np.isfinite(y)
            axes.plot(x[known] * 1e9, y[known] / thermal, color=colour, label=names.variant(results, "synapse", v))
            axes.plot(get("well_position")[v] * 1e9, get("well_energy")[v] / thermal, "o", color=colour)
            for kind in ("saddle", "loss_saddle"):
                axes.plot(get(f"{kind}_position")[v] * 1e9, get(f"{kind}_energy")[v] / thermal, "^", color=colour)
        axes.set(xlabel="position of the wall (nm)", ylabel=f"energy (kB · {temperature:g} K)")
        # The track without a wall lies far below.
        axes.set_ylim(bottom=-0.05 * axes.get_ylim()[1])
        fill_legend(legend, axes, 1)
        return axes


def retention_barriers(study: Source, parameter: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """The smallest barrier of each synapse variant, between neighbouring levels or over an end (in units of k_B times the first
    temperature) against every swept parameter, with the mean over all others. Grey: the barrier between two wells over
    which 1 % of the devices have moved after ten years, for the median attempt frequency. parameter ("material.dmi"): the
    only one to show.

    Returns the axes (parameter,). Errors: NotInStudy if no variant is done or nothing is swept."""
    with reading(study, ax) as results:
        variants, swept = _finished(results), swept_parameters(results, parameter)
        smallest = results.get("retention/smallest_barrier").values
        temperatures = results.get("retention/temperature").values
        thermal = _BOLTZMANN * float(temperatures[0])
        attempts = _attempts_to_lose(results, variants)
        grid, _ = panels(ax, 1, len(swept), (style.PAGE, 2.1), sharey=True)
        for axes, name in zip(grid[0], swept):
            values = np.array([results.variant_value("synapse", v, name) for v in variants])
            label, unit = names.parameter(results, "synapse", name)
            factor, unit = prefixed(values, unit)
            barrier = smallest[variants] / thermal
            style.draw_points(axes, values * factor, barrier, style.COLOURS[0])
            many.draw_means(axes, values * factor, barrier, style.COLOURS[0])
            for temperature, dashes in zip(temperatures, itertools.cycle((":", "--", "-."))):
                needed = np.log(attempts) * temperature / temperatures[0]
                criterion = f"{100 * _LOST_FRACTION:g} % lost after 10 years at {temperature:g} K"
                axes.axhline(needed, color=style.GREY, ls=dashes, lw=0.8, label=criterion)
            axes.set_xlabel(style.axis_label(label, unit))
            style.whole_number_ticks(axes.xaxis, values * factor)
            style.show_choices(axes, results, "synapse", name, values)
            axes.margins(x=0.1)
        grid[0, 0].set_ylabel(f"smallest barrier (kB · {temperatures[0]:g} K)")
        grid[0, 0].set_ylim(bottom=0)
        grid[0, -1].legend()
        return grid[0]


def _attempts_to_lose(results: Results, variants: list[int]) -> float:
    """How often a wall tries to leave a well, at the median attempt frequency, until _LOST_FRACTION have moved after ten
    years: of two wells with the same barrier both ways, (1 - exp(-2 rate time))/2 have moved."""
    kinds = ("attempt_frequency_forth", "attempt_frequency_back", "loss_attempt_frequency")
    frequencies = np.concatenate([results.get(f"retention/{kind}").values[variants] for kind in kinds], axis=1)
    frequency = np.exp(np.nanmedian(np.log(frequencies)))
    return frequency * _TEN_YEARS / (-0.5 * np.log(1 - 2 * _LOST_FRACTION))


def retention_accuracy(
    study: Source, dataset: str | None = None, variant: Variant | int | None = None, ax: Axes | None = None
) -> np.ndarray:
    """Test accuracy (%) against the time since the levels were written, mean over device samples, neurons and seeds with a
    band of one standard deviation: of one synapse variant, or of seven from the weakest to the strongest hold on a wall.
    dataset: the only one to show.

    Returns the axes (data set and method, temperature). Errors: NotInStudy without `network.retention = "simulated"`;
    NoSuchVariant."""
    with reading(study, ax) as results:
        retained = results.get("network/retained_accuracy")
        if retained is None:
            raise NotInStudy(f"{results.path}: no network was evaluated after the times of [retention]")
        network = network_of(results)
        ways = [way for way in network.shown if np.any(np.isfinite(retained.at(**way).values))]
        variants = [v for v in _finished(results) if np.any(np.isfinite(retained.at(variant=v).values))]
        if not ways or not variants:
            raise NotInStudy(f"{results.path}: no accuracy after the times of [retention] is known yet")
        shown = _shown(results, variants, variant)
        temperatures = results.get("retention/temperature").values
        rows = [(d, way) for d in network.dataset_numbers(dataset) for way in ways]
        size = style.PAGE, 0.5 + 1.35 * len(rows) + 0.15 * len(shown)
        grid, legend = panels(ax, len(rows), len(temperatures), size, (len(shown), 1), sharex=True, sharey="row")
        for axes, temperature in zip(grid[0], temperatures):
            axes.set_title(f"{temperature:g} K")
        for row, (d, way) in zip(grid, rows):
            for t, axes in enumerate(row):
                _draw_over_time(axes, results, shown, d, way, t)
            label = f"{names.dataset_label(network.datasets[d])},\n{names.method(network.method(way))}"
            row[0].set_ylabel(f"accuracy on\n{label} (%)")
        fill_legend(legend, grid[0, 0], 1)
        return grid


def _draw_over_time(axes: Axes, results: Results, variants: list[int], dataset: int, way: dict[str, int], temperature: int) -> None:
    """temperature: its place in [retention]."""
    written, retained = (results.get(f"network/{name}_accuracy") for name in ("device_sample", "retained"))
    times = results.get("retention/time").values
    order = np.argsort(times)
    x = np.concatenate([[times.min() / 30], times[order]])
    for look, v in enumerate(variants):
        where = dict(variant=v, dataset=dataset, **way)
        samples = [written.at(**where).values]
        samples += [retained.at(temperature=temperature, time=k, **where).values for k in order]
        y, error = (100 * np.array([statistic(values) for values in samples]) for statistic in (mean, spread))
        colour = style.COLOURS[look % len(style.COLOURS)]
        axes.plot(x, y, marker="o", color=colour, label=names.variant(results, "synapse", v))
        axes.fill_between(x, y - error, y + error, color=colour, alpha=0.1, lw=0)
    axes.set_xscale("log")
    axes.set_xticks(x, ["written", *(_time(time) for time in times[order])], rotation=45, ha="right")
    axes.minorticks_off()


def _finished(results: Results) -> list[int]:
    if not results.has("retention"):
        raise NotInStudy(f"{results.path}: the study has no section [retention]")
    variants = with_barriers(results)
    if not variants:
        raise NotInStudy(f"{results.path}: the barriers of no variant are known yet")
    return variants


def _shown(results: Results, variants: list[int], chosen: Variant | int | None) -> list[int]:
    """The chosen variant, or some of these, spread over how strongly they hold a wall, as many as there are colours."""
    if chosen is not None:
        one = variant_number(results, "synapse", chosen)
        if one not in variants:
            raise NotInStudy(f"{results.path}: nothing is known of {names.variant(results, 'synapse', one)} yet")
        return [one]
    smallest = results.get("retention/smallest_barrier").values
    ranked = sorted(variants, key=lambda v: smallest[v])
    return sorted({ranked[round(k)] for k in np.linspace(0, len(ranked) - 1, min(len(style.COLOURS), len(ranked)))})


def _time(seconds: float) -> str:
    """ "10 years": in the largest unit that divides it."""
    for unit, name in ((31557600, "year"), (86400, "day"), (3600, "hour")):
        if seconds % unit == 0:
            return f"{seconds / unit:g} {name}" + ("" if seconds == unit else "s")
    return f"{seconds:g} s"
