"""Figures of the networks."""

import numpy as np

from . import names, style
from .network_data import mean
from .results import variable_name


def best_variant(results, network, dataset):
    """The variant to show: of those with a finished run the one with most levels, the first of equals."""
    counts = results.get("variants/levels")
    known = [v for v in range(network.accuracy_array.size("variant")) if network.first_run(dataset, v)]
    if not known:
        return None
    return max(known, key=lambda v: (counts.values[v] if counts is not None else 0, -v))


def _sketch(axes, sizes):
    """The layers as columns of dots."""
    axes.axis("off")
    axes.set(xlim=(-0.5, len(sizes) - 0.5), ylim=(-0.18, 1.1))
    columns = [np.linspace(0.05, 0.95, 7 if k == 0 else 6 if k < len(sizes) - 1 else 5) for k in range(len(sizes))]
    for k in range(len(sizes) - 1):
        for a in columns[k]:
            for b in columns[k + 1]:
                axes.plot([k, k + 1], [a, b], color=style.LIGHT, lw=0.4, zorder=1)
    for k, size in enumerate(sizes):
        axes.plot(np.full(len(columns[k]), k), columns[k], "o", color=style.COLOURS[k % len(style.COLOURS)], ms=4, zorder=2)
        axes.text(k, -0.05, str(size), ha="center", va="top")


def _sizes(results, network, dataset):
    hidden = results.sweep.get("network", {}).get("hidden", [])
    classes = network.results.get("network/confusion").size("label")
    pixels = results.get("network/baseline/misread_image")
    return [pixels.size("pixel") if pixels is not None else "inputs", *hidden, classes]


def panels(results, network, dataset, variant, neuron, seed):
    """Figs 4 and 5: the network, the loss, and for each way the weights of the first layer and the confusion matrix."""
    ways = [way for way in network.distinct_ways(first_only=True)
            if np.isfinite(network.accuracy(way)[variant, neuron, dataset, seed])][:6]
    figure = style.new_figure(style.PAGE, 4.6)
    grid = figure.add_gridspec(1, 2, width_ratios=[1.15, 0.3 + len(ways)])
    left = grid[0].subgridspec(2, 1)
    axes = figure.add_subplot(left[0])
    _sketch(axes, _sizes(results, network, dataset))
    style.panel(axes, "a", x=0.05)
    axes = figure.add_subplot(left[1])
    for k, way in enumerate(ways):
        loss = network.run("loss", way, variant, neuron, dataset, seed)
        known = loss.values[np.isfinite(loss.values)] if loss is not None else np.zeros(0)
        if known.size:
            # The colours are those of the columns to the right.
            axes.plot(np.arange(1, known.size + 1), known, marker=style.MARKERS[k] if known.size < 10 else None, color=style.COLOURS[k])
    axes.set(xlabel="epoch", ylabel="training loss")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(style.matplotlib.ticker.MaxNLocator(integer=True, nbins=4))
    style.panel(axes, "b", x=0.05)
    right = grid[1].subgridspec(2, len(ways), hspace=0.05)
    image = None
    for k, way in enumerate(ways):
        axes = figure.add_subplot(right[0, k])
        counts = network.run("weight_histogram", way, variant, neuron, dataset, seed).at(layer=0).values
        limit = float(network.run("histogram_range", way, variant, neuron, dataset, seed).at(layer=0).values)
        edges = np.linspace(-limit, limit, len(counts) + 1)
        axes.bar(edges[:-1], counts, width=np.diff(edges), align="edge", color=style.COLOURS[k], lw=0)
        axes.set(yscale="log", xlabel="weight", ylim=(0.7, 3 * max(counts.max(), 1)))
        accuracy = network.accuracy(way)[variant, neuron, dataset, seed]
        label = network.label(way).replace(", ", "\n")
        axes.set_title(f"{label}\n{100 * accuracy:.2f} %", pad=3)
        if k == 0:
            axes.set_ylabel("weights of the first layer")
        style.panel(axes, chr(ord("c") + k), x=0.02)
        axes = figure.add_subplot(right[1, k])
        matrix = network.run("confusion", way, variant, neuron, dataset, seed).values.astype(float)
        share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
        # Errors are rare: on a linear scale only the diagonal would be seen.
        image = axes.imshow(share, cmap=style.SEQUENTIAL, norm=style.matplotlib.colors.LogNorm(1e-3, 1, clip=True))
        ticks = range(0, len(matrix), max(1, len(matrix) // 5))
        axes.set(xticks=ticks, yticks=ticks, xlabel="prediction")
        if k == 0:
            axes.set_ylabel("label")
        axes.spines[["top", "right"]].set_visible(True)
        style.panel(axes, chr(ord("c") + len(ways) + k), x=0.02)
    bar = figure.colorbar(image, ax=figure.axes[-1], fraction=0.05, pad=0.03)
    bar.set_label("share of the label")
    return figure


def misread(results, network, dataset):
    """Fig 6: test images that the FP32 network misreads. None if the file has none."""
    pictures = results.get("network/baseline/misread_image")
    if pictures is None:
        return None
    status = results.get("network/baseline/status").values
    index = results.get("network/baseline/misread_index").values
    known = np.argwhere(status[:, dataset] == 2)
    if not len(known):
        return None
    neuron, seed = known[0]
    label, prediction = (results.get(f"network/baseline/misread_{what}").values[neuron, dataset, seed] for what in ("label", "prediction"))
    chosen = [k for k in range(len(label)) if index[neuron, dataset, seed, k] >= 0]
    if not chosen:
        return None
    width = int(results.get("network/baseline/image_width").values[dataset])
    columns = 4
    rows = -(-len(chosen) // columns)
    figure = style.new_figure(style.COLUMN, 0.98 * rows)
    axes_list = figure.subplots(rows, columns, squeeze=False).ravel()
    name = network.datasets[dataset]
    for axes, k in zip(axes_list, chosen):
        image = pictures.values[neuron, dataset, seed, k].reshape(-1, width)
        axes.imshow(image, cmap="gray_r", vmin=0, vmax=255)
        axes.set_title(f"is {names.class_name(name, label[k])}\nread {names.class_name(name, prediction[k])}", fontsize=6, pad=2)
    for axes in axes_list:
        axes.axis("off")
    return figure


def accuracy_by_parameter(results, network):
    """Accuracy against every swept parameter, the others averaged over. None if nothing was swept or analysed."""
    parameters = results.names("analysis/parameter_name")
    value, average = results.get("analysis/main_effect_value"), results.get("analysis/main_effect_mean")
    if not parameters or value is None or not np.any(np.isfinite(average.values)):
        return None
    ways = network.distinct_ways(first_only=True)
    units = results.names("analysis/parameter_units")
    figure = style.new_figure(style.PAGE, 0.5 + 1.55 * len(network.datasets))
    body, legend = style.split_off_legend(figure, len(ways), 5)
    grid = body.subplots(len(network.datasets), len(parameters), squeeze=False, sharey="row")
    for d, dataset in enumerate(network.datasets):
        for p, parameter in enumerate(parameters):
            axes = grid[d, p]
            group, path = parameter.split(".", 1)
            known = value.at(parameter=p, dataset=d).values
            factor, unit = style.prefixed(known[np.isfinite(known)], units[p])
            for k, way in enumerate(ways):
                where = dict(parameter=p, dataset=d, **way)
                x, y = value.at(**where).values, average.at(**where).values
                axes.plot(x * factor, 100 * y, marker=style.MARKERS[k % 7], color=style.COLOURS[k % 7], label=network.label(way))
            short = names.PARAMETERS.get(variable_name(path), (path, ""))[0]
            axes.set_xlabel(style.axis_label(short if group == "synapse" else f"{group}: {short}", unit))
            axes.margins(x=0.08)
            if p == 0:
                axes.set_ylabel(f"accuracy on\n{names.dataset(dataset)} (%)")
    style.fill_legend(legend, grid[0, 0], 5)
    return figure


def heat_map(results, network):
    """Accuracy over two swept parameters of the synapse: notch count and DMI if they are swept, or else the first two.
    None with fewer than two."""
    axes_names = results.variant_axes("synapse")
    wanted = [name for name in ("notches_count", "material_dmi") if name in axes_names]
    pair = (wanted + [name for name in axes_names if name not in wanted])[:2]
    if len(pair) < 2 or not network.exists():
        return None
    pair = pair[::-1]
    variants = range(network.accuracy_array.size("variant"))
    x, y = ([results.variant_value("synapse", v, name) for v in variants] for name in pair)
    xs, ys = sorted(set(x)), sorted(set(y))
    if len(xs) * len(ys) > 4 * len(variants) or max(len(xs), len(ys)) > 60:
        return None
    ways = [way for way in network.distinct_ways(first_only=True) if network.scheme(way) != "fp32"]
    rows, columns = len(network.datasets), len(ways)
    if not columns:
        return None
    figure = style.new_figure(style.PAGE if columns > 1 else style.COLUMN, 0.3 + 1.35 * rows)
    grid = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
    xfactor, xunit = style.prefixed(xs, names.parameter(results, "synapse", pair[0])[1])
    yfactor, yunit = style.prefixed(ys, names.parameter(results, "synapse", pair[1])[1])
    for d, dataset in enumerate(network.datasets):
        for k, way in enumerate(ways):
            axes = grid[d, k]
            accuracy = network.accuracy(way)[:, :, d]
            cells = np.full((len(ys), len(xs)), np.nan)
            for row, b in enumerate(ys):
                for column, a in enumerate(xs):
                    here = [v for v in variants if x[v] == a and y[v] == b]
                    cells[row, column] = 100 * mean(accuracy[here]) if here else np.nan
            finite = cells[np.isfinite(cells)]
            low = min(finite.min(), finite.max() - 1) if finite.size else 0
            image = axes.imshow(cells, origin="lower", aspect="auto", cmap=style.SEQUENTIAL, vmin=low, vmax=finite.max() if finite.size else 1)
            axes.set_xticks(range(len(xs)), [style.number(v * xfactor) for v in xs])
            axes.set_yticks(range(len(ys)), [style.number(v * yfactor) for v in ys])
            if len(xs) * len(ys) <= 24:
                for (row, column), value in np.ndenumerate(cells):
                    if np.isfinite(value):
                        dark = (value - low) / max(finite.max() - low, 1e-9) < 0.55
                        axes.text(column, row, f"{value:.1f}", ha="center", va="center", color="white" if dark else "black", fontsize=6)
            axes.spines[["top", "right"]].set_visible(True)
            if d == 0:
                axes.set_title(network.label(way))
            if d == rows - 1:
                axes.set_xlabel(style.axis_label(names.parameter(results, "synapse", pair[0])[0], xunit))
            if k == 0:
                axes.set_ylabel(f"{names.dataset(dataset)}\n{style.axis_label(names.parameter(results, 'synapse', pair[1])[0], yunit)}")
            figure.colorbar(image, ax=axes, fraction=0.06, pad=0.02).ax.tick_params(labelsize=5.5)
    return figure


def _bars(results, network, quantities, xlabel):
    """One panel for each data set: horizontal bars with intervals, for each parameter and way."""
    parameters = results.names("analysis/parameter_name")
    arrays = {name: results.get(f"analysis/{name}") for name in quantities}
    if not parameters or any(a is None for a in arrays.values()):
        return None
    if not any(np.any(np.isfinite(a.values)) for a in arrays.values()):
        return None
    ways = [way for way in network.distinct_ways(first_only=True) if network.scheme(way) != "fp32"] or network.distinct_ways(first_only=True)
    bars = len(ways) * len(quantities)
    figure = style.new_figure(style.PAGE, 0.75 + len(parameters) * max(0.13 * bars + 0.12, 0.3))
    body, legend = style.split_off_legend(figure, bars, 4)
    grid = body.subplots(1, len(network.datasets), squeeze=False, sharey=True)[0]
    for d, axes in enumerate(grid):
        for k, way in enumerate(ways):
            for q, name in enumerate(quantities):
                where = dict(dataset=d, **way)
                centre = arrays[name].at(**where).values
                low, high = (results.get(f"analysis/{name}_{end}").at(**where).values for end in ("low", "high"))
                place = np.arange(len(parameters)) + 0.8 * ((k * len(quantities) + q + 0.5) / bars - 0.5)
                label = network.label(way) + (", " + ("first order" if name.endswith("first") else "total") if len(quantities) > 1 else "")
                axes.barh(place, centre, height=0.75 / bars, color=style.COLOURS[k % 7], alpha=1 if q == 0 else 0.5, label=label)
                axes.hlines(place, low, high, color="black", lw=0.7)
        axes.set_title(names.dataset(network.datasets[d]))
        axes.set(xlabel=xlabel, xlim=(min(0, axes.get_xlim()[0]), 1.02))
        axes.axvline(0, color="black", lw=0.6)
    labels = [p.split(".", 1) for p in parameters]
    grid[0].set_yticks(range(len(parameters)), [("" if g == "synapse" else f"{g}: ") + names.PARAMETERS.get(variable_name(p), (p, ""))[0] for g, p in labels])
    grid[0].invert_yaxis()
    style.fill_legend(legend, grid[0], 4)
    return figure


def main_effects(results, network):
    return _bars(results, network, ["main_effect_share"], "share of the variance of accuracy")


def sobol(results, network):
    return _bars(results, network, ["sobol_first", "sobol_total"], "Sobol index of accuracy")


def heavy_metal(results):
    """(resistivity in ohm m, thickness in m) as the sweep file has them, or a common tantalum or tungsten film."""
    settings = results.sweep.get("network", {})
    return settings.get("heavy_metal_resistivity", 2e-6), settings.get("heavy_metal_thickness", 5e-9)


def energy_per_update(results, variant):
    """(mean, smallest, largest) Joule heat in the heavy metal per level that the wall moved, over the variant's cases
    that moved it by a level at least; J. None if there is none.

    Heat of a case: resistivity J^2 times the heavy metal's volume under the track times the pulse's duration."""
    spacing = results.get("analysis/mean_level_spacing")
    if spacing is None or not np.isfinite(spacing.values[variant]):
        return None
    done = results.done("synapse")
    resistivity, metal_thickness = heavy_metal(results)
    energies = []
    for case in results.variant_cases("synapse")[variant]:
        if not done[case]:
            continue
        _, conductance = results.trace("synapse", case, "conductance")
        levels = abs(conductance[-1] - conductance[0]) / spacing.values[variant]
        if levels >= 1:
            get = lambda path: results.parameter("synapse", path, case)
            volume = get("length") * get("width") * metal_thickness
            energies.append(resistivity * get("pulse.current_density") ** 2 * volume * get("pulse.duration") / levels)
    return (float(np.mean(energies)), min(energies), max(energies)) if energies else None


def energy(results, network):
    """Energy per update against accuracy. None if neither is known."""
    if not network.exists():
        return None
    variants = range(network.accuracy_array.size("variant"))
    found = {v: energy_per_update(results, v) for v in variants}
    found = {v: e for v, e in found.items() if e}
    if not found:
        return None
    ways = [way for way in network.distinct_ways(first_only=True) if network.scheme(way) != "fp32"]
    figure = style.new_figure(style.PAGE, 2.3)
    body, legend = style.split_off_legend(figure, len(ways), 5)
    grid = body.subplots(1, len(network.datasets), squeeze=False)[0]
    factor, unit = style.prefixed([e[0] for e in found.values()], "J")
    for d, axes in enumerate(grid):
        for k, way in enumerate(ways):
            accuracy = network.accuracy(way)[:, :, d]
            known = [v for v in found if np.isfinite(mean(accuracy[v]))]
            x = np.array([found[v] for v in known]).reshape(-1, 3) * factor
            y = [100 * mean(accuracy[v]) for v in known]
            runs = [100 * accuracy[v][np.isfinite(accuracy[v])] for v in known]
            error = [[m - r.min() for m, r in zip(y, runs)], [r.max() - m for m, r in zip(y, runs)]]
            axes.errorbar(x[:, 0], y, xerr=[x[:, 0] - x[:, 1], x[:, 2] - x[:, 0]], yerr=error, fmt=style.MARKERS[k % 7],
                          color=style.COLOURS[k % 7], elinewidth=0.5, label=network.label(way))
        axes.set(xlabel=style.axis_label("energy per update by one level", unit), ylabel="accuracy (%)")
        axes.set_title(names.dataset(network.datasets[d]))
        axes.set_xlim(left=0)
    style.fill_legend(legend, grid[0], 5)
    return figure
