"""Figures of how well levels can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.cm
import matplotlib.colors
import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..finished import programmed
from ..pareto import pareto_front
from ..results import Results
from ..units import number, prefixed
from . import many, style
from .place import Source, fill_legend, panels, reading
from .selection import network_of, swept_parameters, variant_number

if TYPE_CHECKING:
    from ..variant import Variant

MOST_VARIANTS = 4
_MOST_BARS = 50  # variants whose accuracies have error bars
_POWER, _TICKS = 1 / 3, (0, 0.1, 1, 3, 10, 30, 100)  # of the scale of write errors: few are large
_LEAST_WRITE_ERROR = 1.0  # end of the scale of colours, %, if all are smaller


def programming_probabilities(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """Probability of each level after writing, against the current density (10^12 A/m^2) or the number of pulses, with
    95 % intervals; white markers: what writes the level best. Of one synapse variant, or of four from the smallest to the
    largest error of conductance.

    Returns the axes (variant,). Errors: NotInStudy if no variant is done or levels are written with verification;
    NoSuchVariant."""
    with reading(study, ax) as results:
        variants = _shown(results, variant)
        if results.sweep.get("programming", {}).get("method") == "write_verify":
            raise NotInStudy(f"{results.path}: writing with verification has no probability of each level")
        levels = results.get("programming/levels").values
        count = int(max(levels[v] for v in variants))
        rows = -(-len(variants) // 2)
        size = style.PAGE, 0.4 + 1.6 * rows
        grid, legend = panels(ax, rows, min(2, len(variants)), size, (count, 6), sharey=True)
        shown = grid.ravel()[: len(variants)]
        for axes, v in zip(shown, variants):
            _draw_probabilities(axes, results, v)
            axes.set_title(names.variant(results, "synapse", v))
        for axes in grid.ravel()[len(variants) :]:
            axes.set_visible(False)
        for axes in grid[:, 0]:
            axes.set_ylabel("probability of the level")
        most = max(variants, key=lambda v: levels[v])
        fill_legend(legend, shown[variants.index(most)], 6)
        return shown


def _draw_probabilities(axes: Axes, results: Results, variant: int) -> None:
    get = lambda name: results.get(f"programming/{name}").values[variant]
    x, label = _recipe_axis(results, variant)
    order = np.argsort(x)
    order = order[np.isfinite(x[order])]
    for level in range(int(get("levels"))):
        colour, marker = style.COLOURS[level % len(style.COLOURS)], style.MARKERS[level % len(style.MARKERS)]
        p, low, high = (get(f"level_probability{end}")[order, level] for end in ("", "_low", "_high"))
        axes.fill_between(x[order], low, high, color=colour, alpha=0.18, lw=0)
        axes.plot(x[order], p, marker, ls="-", color=colour, label=f"level {level + 1}")
        best = get("best_recipe")[level]
        axes.plot(x[best], get("level_probability")[best, level], marker, color="white", mec=colour, ms=5.5, mew=1.4)
    axes.set(xlabel=label, ylim=(-0.04, 1.06))


def programming_confusion(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """Level that is reached by the best way of writing each level, % of the realisations; none: the wall is outside the
    levels or was lost. Of one synapse variant, or of four from the smallest to the largest error of conductance.

    Returns the axes (variant,). Errors: NotInStudy if no variant is done; NoSuchVariant."""
    with reading(study, ax) as results:
        variants = _shown(results, variant)
        counts = results.get("programming/confusion").values
        grid, _ = panels(ax, 1, len(variants), (style.PAGE, 2.1))
        for axes, v in zip(grid[0], variants):
            levels = int(results.get("programming/levels").values[v])
            # Of all outcomes those of this variant's levels, and the last one: none.
            cells = np.concatenate([counts[v, :levels, :levels], counts[v, :levels, -1:]], axis=1)
            shares = cells / np.maximum(cells.sum(axis=1, keepdims=True), 1)
            axes.imshow(shares, cmap=style.SEQUENTIAL, vmin=0, vmax=1)
            for (row, column), share in np.ndenumerate(shares):
                if share > 0:
                    colour = "white" if share < 0.55 else "black"
                    text = number(round(100 * share, 1))
                    axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=6)
            axes.set_xticks(range(levels + 1), [*(str(k + 1) for k in range(levels)), "none"])
            axes.set_yticks(range(levels), [str(k + 1) for k in range(levels)])
            axes.set_xlabel("level reached")
            axes.set_title(names.variant(results, "synapse", v).replace(", ", "\n"))
            axes.spines[["top", "right"]].set_visible(True)
        grid[0, 0].set_ylabel("level aimed at")
        return grid[0]


def programming_errors(study: Source, parameter: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Errors of writing against every swept parameter, a marker for each synapse variant and the mean over all others.
    Above: how often another level is reached (%). Below: root mean square error of the conductance (% of the mean distance
    of levels). parameter ("material.dmi"): the only one to show.

    Returns the axes (2, parameter). Errors: NotInStudy if no variant is done or nothing is swept."""
    with reading(study, ax) as results:
        variants, swept = _finished(results), swept_parameters(results, parameter)
        rows = (("mean_write_error", "write error (%)"), ("mean_conductance_error", "error of conductance\n(% of a level distance)"))
        grid, _ = panels(ax, len(rows), len(swept), (style.PAGE, 3.2), sharey="row", sharex="col")
        for row, (quantity, label) in enumerate(rows):
            error = 100 * results.get(f"programming/{quantity}").values[variants]
            for axes, name in zip(grid[row], swept):
                values = np.array([results.variant_value("synapse", v, name) for v in variants])
                text, unit = names.parameter(results, "synapse", name)
                factor, unit = prefixed(values, unit)
                colour = style.COLOURS[row % len(style.COLOURS)]
                style.draw_points(axes, values * factor, error, colour)
                many.draw_means(axes, values * factor, error, colour)
                axes.margins(x=0.1)
                style.whole_number_ticks(axes.xaxis, values * factor)
                style.show_choices(axes, results, "synapse", name, values)
                if row == len(rows) - 1:
                    axes.set_xlabel(style.axis_label(text, unit))
            grid[row, 0].set_ylabel(label)
            grid[row, 0].set_ylim(bottom=0)
        grid[0, 0].figure.align_ylabels(grid[:, 0])
        return grid


def programming_pareto(study: Source, dataset: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Mean test accuracy (%) of networks whose weights are written to device samples against the energy of writing a
    level (J with a prefix), coloured by the write error (%), the share of attempts that end at another level. Large
    markers: the Pareto front of the three, variants that no other one equals in all and exceeds in one. Line: the front of
    accuracy and energy alone. Bars, of up to fifty variants: standard error over the device samples. Variants far less
    accurate than the others are in a grey strip with a coarser scale. dataset: the only one to show.

    Returns the axes (data set, deployment). Errors: NotInStudy if no variant is done or no device samples were evaluated."""
    with reading(study, ax) as results:
        variants, network = _finished(results), network_of(results)
        if not results.has("network/device_sample_accuracy"):
            raise NotInStudy(f"{results.path}: no network was evaluated on device samples: network.device_samples is 0")
        energy = results.get("programming/mean_write_energy").values
        missed = 100 * results.get("programming/mean_write_error").values
        factor, unit = prefixed(energy[variants], "J")
        ways, numbers = network.ways_on_devices(), network.dataset_numbers(dataset)
        size = style.PAGE, 0.9 + 2.0 * len(numbers)
        grid, legend = panels(ax, len(numbers), len(ways), size, (3, 3), sharex=True)
        scale = matplotlib.colors.PowerNorm(_POWER, vmin=0, vmax=max(np.nanmax(missed[variants]), _LEAST_WRITE_ERROR))
        for row, d in zip(grid, numbers):
            for axes, way in zip(row, ways):
                accuracy, uncertainty = 100 * network.sample_accuracy(way, d), 100 * network.sample_uncertainty(way, d)
                known = [v for v in variants if np.isfinite([energy[v], missed[v], accuracy[v]]).all()]
                _draw_pareto(axes, energy[known] * factor, accuracy[known], uncertainty[known], missed[known], scale)
                if d == numbers[0]:
                    axes.set_title(network.label(way).replace(", ", "\n"))
                if d == numbers[-1]:
                    axes.set_xlabel(style.axis_label("energy of writing a level", unit))
                axes.set_xlim(left=0)
            how = "as written" if network.writes_devices() else "on device samples"
            row[0].set_ylabel(f"accuracy on\n{names.dataset_label(network.datasets[d])} {how} (%)")
        colours = matplotlib.cm.ScalarMappable(scale, style.SEQUENTIAL)
        bar = grid[0, 0].figure.colorbar(colours, ax=list(grid.ravel()), fraction=0.03, pad=0.02)
        bar.set_ticks([tick for tick in _TICKS if tick <= scale.vmax])
        bar.ax.yaxis.set_major_formatter(lambda value, _: number(value))
        bar.set_label("write error (%)")
        fill_legend(legend, grid[0, 0], 3)
        return grid


def _draw_pareto(axes: Axes, energy: np.ndarray, accuracy: np.ndarray, uncertainty: np.ndarray, missed: np.ndarray, scale) -> None:
    """energy, accuracy, uncertainty, missed: of each variant that is drawn. scale: of the colours."""
    crowded = len(energy) > _MOST_BARS
    best = pareto_front(energy, -accuracy, missed)
    if not crowded:
        axes.vlines(energy, accuracy - uncertainty, accuracy + uncertainty, color=style.GREY, lw=0.6, zorder=2)
    for chosen, label, diameter, edge, order in (
        (best, "Pareto front of accuracy, energy and write error", 3.5 if crowded else 6, 0.9, 4),
        (~best, "other variants", 1.7 if crowded else 3.2, 0.0 if crowded else 0.3, 3),
    ):
        points = axes.scatter(energy[chosen], accuracy[chosen], diameter**2, missed[chosen], cmap=style.SEQUENTIAL, norm=scale)
        points.set(edgecolors="black", linewidths=edge, zorder=order, rasterized=len(energy) > style.MOST_DRAWN)
        axes.plot([], [], "o", color=style.GREY, ms=max(diameter, 2.5), mec="black", mew=edge, label=label)
    front = np.flatnonzero(pareto_front(energy, -accuracy))
    front = front[np.argsort(energy[front])]
    step = {"color": style.GREY, "lw": 0.9, "drawstyle": "steps-post"}
    axes.plot(energy[front], accuracy[front], label="front of accuracy and energy", **step)
    style.accuracy_scale_with_strip(axes, accuracy, uncertainty)


def _finished(results: Results) -> list[int]:
    if not results.has("programming"):
        raise NotInStudy(f"{results.path}: the study has no section [programming]")
    variants = programmed(results)
    if not variants:
        raise NotInStudy(f"{results.path}: all recipes of writing are done of no variant")
    return variants


def _shown(results: Results, chosen: Variant | int | None) -> list[int]:
    """The chosen variant, or some from the smallest to the largest error of conductance, spread evenly."""
    variants = _finished(results)
    if chosen is not None:
        one = variant_number(results, "synapse", chosen)
        if one not in variants:
            raise NotInStudy(f"{results.path}: not all recipes of writing are done of {names.variant(results, 'synapse', one)}")
        return [one]
    error = results.get("programming/mean_conductance_error").values
    ranked = sorted(variants, key=lambda v: np.nan_to_num(error[v], nan=np.inf))
    return [ranked[round(k)] for k in np.linspace(0, len(ranked) - 1, min(MOST_VARIANTS, len(ranked)))]


def _recipe_axis(results: Results, variant: int) -> tuple[np.ndarray, str]:
    """(values along the axis, label) of the recipes of a variant: amplitudes, or numbers of pulses of a train."""
    if results.sweep.get("programming", {}).get("method") == "pulse_train":
        pulses = results.get("programming/recipe_pulses").values[variant]
        return np.nanmean(pulses, axis=1), "number of pulses"
    amplitude = results.get("programming/recipe_current_density").values[variant]
    return amplitude / 1e12, "current density (10¹² A m⁻²)"
