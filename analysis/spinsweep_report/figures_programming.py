"""Figures of how well levels can be written."""

import numpy as np

from . import many, names, style
from .network_data import mean
from spinsweep.results import DONE

MOST_VARIANTS = 4


def summarized(results):
    """The variants all of whose recipes are done."""
    status = results.get("programming/status")
    if status is None:
        return []
    error = results.get("programming/mean_write_error").values
    return [v for v in np.flatnonzero(np.all(status.values == DONE, axis=1)) if np.isfinite(error[v])]


def _shown(results):
    """From the smallest to the largest error of conductance, spread evenly."""
    variants = summarized(results)
    if not variants:
        return []
    error = results.get("programming/mean_conductance_error").values
    ranked = sorted(variants, key=lambda v: error[v])
    return [ranked[round(k)] for k in np.linspace(0, len(ranked) - 1, min(MOST_VARIANTS, len(ranked)))]


def _recipe_axis(results, variant):
    """(values along the axis, label) of the recipes of a variant: amplitudes, or numbers of pulses of a train."""
    if results.sweep.get("programming", {}).get("method") == "pulse_train":
        pulses = results.get("programming/recipe_pulses").values[variant]
        return np.nanmean(pulses, axis=1), "number of pulses"
    amplitude = results.get("programming/recipe_current_density").values[variant]
    return amplitude / 1e12, "current density (10¹² A m⁻²)"


def probabilities(results):
    """Probability of each level against the amplitude or the number of pulses. None if no variant is done."""
    variants = _shown(results)
    if not variants or results.sweep.get("programming", {}).get("method") == "write_verify":
        return None
    get = lambda name: results.get(f"programming/{name}").values
    count = int(max(get("levels")[v] for v in variants))
    rows = -(-len(variants) // 2)
    figure = style.new_figure(style.PAGE, 0.4 + 1.6 * rows)
    body, legend = style.split_off_legend(figure, count, 6)
    grid = body.subplots(rows, min(2, len(variants)), squeeze=False, sharey=True)
    for axes, v in zip(grid.ravel(), variants):
        x, label = _recipe_axis(results, v)
        order = np.argsort(x)
        order = order[np.isfinite(x[order])]
        for level in range(int(get("levels")[v])):
            colour, marker = style.COLOURS[level % len(style.COLOURS)], style.MARKERS[level % len(style.MARKERS)]
            p, low, high = (get(f"level_probability{end}")[v, order, level] for end in ("", "_low", "_high"))
            axes.fill_between(x[order], low, high, color=colour, alpha=0.18, lw=0)
            axes.plot(x[order], p, marker, ls="-", color=colour, label=f"level {level + 1}")
            best = get("best_recipe")[v, level]
            axes.plot(x[best], get("level_probability")[v, best, level], marker, color="white", mec=colour, ms=5.5, mew=1.4)
        axes.set_title(names.variant(results, "synapse", v))
        axes.set(xlabel=label, ylim=(-0.04, 1.06))
    for axes in grid.ravel()[len(variants) :]:
        axes.set_visible(False)
    for axes in grid[:, 0]:
        axes.set_ylabel("probability of the level")
    most = max(variants, key=lambda v: get("levels")[v])
    style.fill_legend(legend, grid.ravel()[variants.index(most)], 6)
    return figure


def confusion(results):
    """Levels that were reached against those aimed at. None if no variant is done."""
    variants = _shown(results)
    if not variants:
        return None
    counts = results.get("programming/confusion").values
    figure = style.new_figure(style.PAGE, 2.1)
    grid = figure.subplots(1, len(variants), squeeze=False)[0]
    for axes, v in zip(grid, variants):
        levels = int(results.get("programming/levels").values[v])
        # Of all outcomes those of this variant's levels, and the last one: none.
        cells = np.concatenate([counts[v, :levels, :levels], counts[v, :levels, -1:]], axis=1)
        shares = cells / np.maximum(cells.sum(axis=1, keepdims=True), 1)
        axes.imshow(shares, cmap=style.SEQUENTIAL, vmin=0, vmax=1)
        for (row, column), share in np.ndenumerate(shares):
            if share > 0:
                colour = "white" if share < 0.55 else "black"
                axes.text(column, row, style.number(round(100 * share, 1)), ha="center", va="center", color=colour, fontsize=6)
        axes.set_xticks(range(levels + 1), [*(str(k + 1) for k in range(levels)), "none"])
        axes.set_yticks(range(levels), [str(k + 1) for k in range(levels)])
        axes.set_xlabel("level reached")
        axes.set_title(names.variant(results, "synapse", v).replace(", ", "\n"))
        axes.spines[["top", "right"]].set_visible(True)
    grid[0].set_ylabel("level aimed at")
    return figure


def errors(results):
    """Write error and error of conductance against every swept parameter. None if nothing is known or swept."""
    variants, swept = summarized(results), results.variant_axes("synapse")
    if not variants or not swept:
        return None
    rows = (("mean_write_error", "write error (%)"), ("mean_conductance_error", "error of conductance\n(% of a level distance)"))
    figure = style.new_figure(style.PAGE, 3.2)
    grid = figure.subplots(len(rows), len(swept), squeeze=False, sharey="row", sharex="col")
    for row, (quantity, label) in enumerate(rows):
        error = 100 * results.get(f"programming/{quantity}").values[variants]
        for column, name in enumerate(swept):
            axes = grid[row, column]
            values = np.array([results.variant_value("synapse", v, name) for v in variants])
            text, unit = names.parameter(results, "synapse", name)
            factor, unit = style.prefixed(values, unit)
            colour = style.COLOURS[row % len(style.COLOURS)]
            style.draw_points(axes, values * factor, error, colour)
            many.draw_means(axes, values * factor, error, colour)
            axes.margins(x=0.1)
            style.whole_number_ticks(axes.xaxis, values * factor)
            names.tick_choices(axes.xaxis, results, "synapse", name, values)
            if row == len(rows) - 1:
                axes.set_xlabel(style.axis_label(text, unit))
        grid[row, 0].set_ylabel(label)
        grid[row, 0].set_ylim(bottom=0)
    figure.align_ylabels(grid[:, 0])
    return figure


def sample_accuracy(results, network, way, dataset):
    """Mean accuracy of each variant on the device samples, [variant]; None without device samples."""
    array = results.get("network/device_sample_accuracy")
    if array is None:
        return None
    values = array.at(**way).front("variant", "dataset").values[:, dataset]
    return np.array([mean(of_variant) for of_variant in values])


def pareto(results, network):
    """Accuracy with written weights against the energy of writing, coloured by the error of conductance. None if neither
    is known."""
    variants = summarized(results)
    if not variants or not network.exists() or not results.has("network/device_sample_accuracy"):
        return None
    energy = results.get("programming/mean_write_energy").values
    error = 100 * results.get("programming/mean_conductance_error").values
    factor, unit = style.prefixed(energy[variants], "J")
    ways = network.ways_on_devices()
    figure = style.new_figure(style.PAGE, 0.5 + 2.0 * len(network.datasets))
    grid = figure.subplots(len(network.datasets), len(ways), squeeze=False, sharex=True, sharey="row")
    for d, dataset in enumerate(network.datasets):
        for axes, way in zip(grid[d], ways):
            accuracy = 100 * sample_accuracy(results, network, way, d)
            known = [v for v in variants if np.isfinite(accuracy[v])]
            points = axes.scatter(
                energy[known] * factor,
                accuracy[known],
                c=error[known],
                cmap=style.SEQUENTIAL,
                vmin=0,
                vmax=max(error[variants]),
                s=22,
                edgecolors="black",
                linewidths=0.4,
                zorder=3,
                rasterized=len(known) > style.MOST_DRAWN,
            )
            front = _front(energy * factor, accuracy, known)
            axes.plot([energy[v] * factor for v in front], [accuracy[v] for v in front], color=style.GREY, lw=0.9, drawstyle="steps-post")
            if d == 0:
                axes.set_title(network.label(way))
            if d == len(network.datasets) - 1:
                axes.set_xlabel(style.axis_label("energy of writing a level", unit))
            axes.set_xlim(left=0)
        grid[d, 0].set_ylabel(f"accuracy on\n{names.dataset_label(dataset)} as written (%)")
    bar = figure.colorbar(points, ax=list(grid.ravel()), fraction=0.03, pad=0.02)
    bar.set_label("error of conductance (% of a level distance)")
    return figure


def _front(energy, accuracy, variants):
    """The variants that no other one exceeds in accuracy on less energy, energy ascending."""
    front = []
    for v in sorted(variants, key=lambda v: (energy[v], -accuracy[v])):
        if not front or accuracy[v] > accuracy[front[-1]]:
            front.append(v)
    return front
