"""Figures of what accuracy and the devices' own properties depend on."""

import textwrap

import numpy as np

from . import many, names, style
from .network_data import mean
from spinsweep.results import variable_name


_MOST_COLUMNS = 4  # of panels
_MOST_TICKS = 6


def _joined(labels):
    """"notches (with initial wall)"."""
    first, *others = labels
    return first + (f" (with {', '.join(others)})" if others else "")


def _parameters(results):
    """(index in /analysis, label, unit, group and variable of its values) of each swept parameter; of those that run
    together the first, its label naming them all."""
    every = results.names("analysis/parameter_name")
    units = results.names("analysis/parameter_units")
    labels = dict(zip(every, results.names("analysis/parameter_short_name")))
    listed = []
    for p, name in enumerate(every):
        together = [other for other in every if other in results.swept_with(name)] or [name]
        if together[0] == name:
            group, path = name.split(".", 1)
            label = _joined([labels[other] for other in together])
            listed.append((p, label, units[p], (group, variable_name(path))))
    return listed


def accuracy_by_parameter(results, network):
    """Accuracy against every swept parameter, the others averaged over. None if nothing was swept or analysed."""
    parameters = _parameters(results)
    value, average = results.get("analysis/main_effect_value"), results.get("analysis/main_effect_mean")
    if not parameters or value is None or not np.any(np.isfinite(average.values)):
        return None
    figure = style.new_figure(style.PAGE, 0.5 + 1.55 * len(network.datasets))
    body, legend = style.split_off_legend(figure, len(network.shown), 5)
    grid = body.subplots(len(network.datasets), len(parameters), squeeze=False, sharey="row")
    for d, dataset in enumerate(network.datasets):
        drawn = []
        for axes, (p, label, units, axis) in zip(grid[d], parameters):
            known = value.at(parameter=p, dataset=d).values
            factor, unit = style.prefixed(known[np.isfinite(known)], units)
            for way in network.shown:
                where = dict(parameter=p, dataset=d, **way)
                y = 100 * average.at(**where).values
                axes.plot(
                    value.at(**where).values * factor, y, **network.look(way), label=names.method(network.method(way))
                )
                drawn += list(y)
            axes.margins(x=0.08)
            style.whole_number_ticks(axes.xaxis, known * factor)
            names.tick_choices(axes.xaxis, results, *axis, known)
            if d == len(network.datasets) - 1:
                axes.set_xlabel(style.axis_label(label, unit))
            if axes is grid[d, 0]:
                axes.set_ylabel(f"accuracy on\n{names.dataset_label(dataset)} (%)")
        for axes in grid[d]:
            style.accuracy_scale(axes, drawn)
    style.fill_legend(legend, grid[0, 0], 5)
    return figure


def devices_by_parameter(results):
    """Depinning current, conductance range, ... of the synapses against every swept parameter. None if none is known."""
    parameters = _parameters(results)
    value, average = results.get("analysis/device_effect_value"), results.get("analysis/device_effect_mean")
    if value is None:
        return None
    quantities = [
        q for q in range(average.size("device_quantity")) if np.any(np.isfinite(average.at(device_quantity=q).values))
    ]
    swept = [parameter for parameter in parameters if np.any(np.isfinite(average.at(parameter=parameter[0]).values))]
    if not quantities or not swept:
        return None
    all_units = results.names("analysis/device_quantity_units")
    figure = style.new_figure(style.PAGE, 0.3 + 1.15 * len(quantities))
    grid = figure.subplots(len(quantities), len(swept), squeeze=False, sharey="row", sharex="col")
    for row, q in enumerate(quantities):
        label = results.names("analysis/device_quantity_short_name")[q]
        means = average.at(device_quantity=q).values
        factor, unit = style.prefixed(means[np.isfinite(means)], all_units[q])
        for column, (p, name, units, axis) in enumerate(swept):
            x = value.at(parameter=p, device_quantity=q).values
            xfactor, xunit = style.prefixed(x[np.isfinite(x)], units)
            axes = grid[row, column]
            axes.plot(
                x * xfactor,
                average.at(parameter=p, device_quantity=q).values * factor,
                marker=style.MARKERS[0],
                color=style.COLOURS[row % len(style.COLOURS)],
            )
            axes.margins(x=0.08)
            style.whole_number_ticks(axes.xaxis, x * xfactor)
            names.tick_choices(axes.xaxis, results, *axis, x)
            if row == len(quantities) - 1:
                axes.set_xlabel(style.axis_label(name, xunit))
            if column == 0:
                axes.set_ylabel(textwrap.fill(style.axis_label(label, unit), 20))
    figure.align_ylabels(grid[:, 0])
    return figure


def heat_map(results, network):
    """Accuracy over two swept parameters of the synapse: notch count and DMI if they are swept, or else the first two.
    None with fewer than two."""
    axes_names = results.variant_axes("synapse")
    wanted = [name for name in ("notches_count", "material_dmi") if name in axes_names]
    pair = (wanted + [name for name in axes_names if name not in wanted])[:2]
    if len(pair) < 2 or not network.exists():
        return None
    variants = range(network.accuracy_array.size("variant"))
    y, x = ([results.variant_value("synapse", v, name) for v in variants] for name in pair)
    most = int(np.clip(np.sqrt(len(variants)) / 2, 2, 12))  # bins of a sample hold about four variants each
    (x, xs), (y, ys) = (many.binned(np.array(values), most) for values in (x, y))
    if len(xs) * len(ys) > 4 * len(variants):
        return None
    ways = network.shown_on_devices()
    (ylabel, yticks), (xlabel, xticks) = (_value_axis(results, name, values) for name, values in zip(pair, (ys, xs)))
    figure = style.new_figure(style.PAGE if len(ways) > 1 else style.COLUMN, 0.3 + 1.35 * len(network.datasets))
    grid = figure.subplots(len(network.datasets), len(ways), squeeze=False, sharex=True, sharey=True)
    for d, dataset in enumerate(network.datasets):
        for k, way in enumerate(ways):
            axes = grid[d, k]
            accuracy = 100 * network.accuracy(way)[:, :, d]
            cells = np.array(
                [[mean(accuracy[(x == a) & (y == b)]) for a in range(len(xs))] for b in range(len(ys))]
            )
            figure.colorbar(_draw_cells(axes, cells), ax=axes, fraction=0.06, pad=0.02).ax.tick_params(labelsize=5.5)
            for axis, texts in ((axes.xaxis, xticks), (axes.yaxis, yticks)):
                places = range(0, len(texts), -(-len(texts) // _MOST_TICKS))
                axis.set_ticks(places, [texts[place] for place in places])
            if d == 0:
                axes.set_title(names.method(network.method(way)))
            if d == len(network.datasets) - 1:
                axes.set_xlabel(xlabel)
            if k == 0:
                axes.set_ylabel(f"{names.dataset_label(dataset)}\n{ylabel}")
    return figure


def _value_axis(results, name, values):
    """(label, tick labels) of an axis of a synapse's parameter."""
    short, units = names.parameter(results, "synapse", name)
    choices = results.choices("synapse", name)
    if choices:
        return short, [choices[int(value)] for value in values]
    factor, unit = style.prefixed(values, units)
    return style.axis_label(short, unit), [f"{value * factor:.3g}" for value in values]


def _draw_cells(axes, cells):
    """Accuracies (%) as colours, and as numbers while there is room. Less than a percent is not spread over all colours:
    it is chance."""
    finite = cells[np.isfinite(cells)]
    high = finite.max(initial=1)
    low = min(finite.min(initial=high), high - 1)
    image = axes.imshow(cells, origin="lower", aspect="auto", cmap=style.SEQUENTIAL, vmin=low, vmax=high)
    if cells.size <= 24:
        for (row, column), value in np.ndenumerate(cells):
            if np.isfinite(value):
                dark = (value - low) / (high - low) < 0.55
                axes.text(
                    column,
                    row,
                    f"{value:.1f}",
                    ha="center",
                    va="center",
                    color="white" if dark else "black",
                    fontsize=6,
                )
    axes.spines[["top", "right"]].set_visible(True)
    return image


def _bars(results, titles, series, xlabel, legend_columns):
    """A panel for each title: for each parameter a horizontal bar with its interval for each of the series.

    series: (label, bar style, name in /analysis, where), `where` being the indices for each panel. None if nothing is
    known."""
    parameters = _parameters(results)
    rows = [p for p, _, _, _ in parameters]
    if not any(np.any(np.isfinite(results.get(f"analysis/{name}").values)) for _, _, name, _ in series):
        return None
    columns = min(len(titles), _MOST_COLUMNS)
    rows_of_panels = -(-len(titles) // columns)
    height = 0.35 + len(parameters) * max(0.13 * len(series) + 0.12, 0.3)
    figure = style.new_figure(style.PAGE, 0.4 + height * rows_of_panels)
    body, legend = style.split_off_legend(figure, len(series), legend_columns)
    panels = body.subplots(rows_of_panels, columns, squeeze=False, sharey=True)
    grid = panels.ravel()
    for axes in grid[len(titles) :]:
        axes.set_visible(False)
    for panel, (axes, title) in enumerate(zip(grid, titles)):
        for k, (label, look, name, where) in enumerate(series):
            centre, low, high = (
                results.get(f"analysis/{name}{end}").at(**where[panel]).values[rows] for end in ("", "_low", "_high")
            )
            place = np.arange(len(parameters)) + 0.8 * ((k + 0.5) / len(series) - 0.5)
            axes.barh(place, centre, height=0.75 / len(series), label=label, **look)
            known = np.isfinite(low)
            axes.hlines(place[known], low[known], high[known], color="black", lw=0.7)
        axes.set_title(title)
        axes.set(xlim=(max(min(0, axes.get_xlim()[0]), -0.5), min(max(1.02, axes.get_xlim()[1]), 1.5)))
        axes.axvline(0, color="black", lw=0.6)
    body.supxlabel(xlabel, fontsize=style.matplotlib.rcParams["axes.labelsize"])
    grid[0].set_yticks(range(len(parameters)), [label for _, label, _, _ in parameters])
    grid[0].set_ylim(len(parameters) - 0.5, -0.5)
    style.fill_legend(legend, grid[0], legend_columns)
    return figure


def _of_accuracy(results, network, quantities, xlabel):
    """quantities: (name in /analysis, what the legend adds to the method's name)."""
    if any(not results.has(f"analysis/{name}") for name, _ in quantities):
        return None
    series = []
    for way in network.shown_on_devices():
        for k, (name, more) in enumerate(quantities):
            look = {"color": network.look(way)["color"], "alpha": 0.5 if k else 1}
            where = [dict(dataset=d, **way) for d in range(len(network.datasets))]
            series.append((names.method(network.method(way)) + more, look, name, where))
    # A legend goes down its columns: one for each method.
    titles = [names.dataset_label(d) for d in network.datasets]
    return _bars(results, titles, series, xlabel, len(network.shown_on_devices()))


def main_effects(results, network):
    return _of_accuracy(results, network, [("main_effect_variance_fraction", "")], "fraction of the variance of accuracy")


def sobol(results, network):
    return _of_accuracy(
        results, network, [("sobol_first", ", first order"), ("sobol_total", ", total")], "Sobol index of accuracy"
    )


def retained_effects(results, network):
    """Main effects, and Sobol indices of a sample, of the accuracy after the longest time at the highest temperature.
    None without `retention = "simulated"`."""
    quantities = [
        (name, more)
        for name, more in (
            ("retained_effect_variance_fraction", ""),
            ("retained_sobol_first", ", Sobol, first order"),
            ("retained_sobol_total", ", Sobol, total"),
        )
        if results.has(f"analysis/{name}")
    ]
    return _of_accuracy(results, network, quantities, "fraction of the variance of accuracy") if quantities else None


def device_effects(results):
    """What the synapses' own properties depend on: main effects, and Sobol indices of a sample. None if none is known."""
    labels = results.names("analysis/device_quantity_short_name")
    fraction = results.get("analysis/device_effect_variance_fraction")
    known = [q for q in range(len(labels)) if np.any(np.isfinite(fraction.at(device_quantity=q).values))]
    if not known:
        return None
    where = [dict(device_quantity=q) for q in known]
    listed = (
        ("device_effect_variance_fraction", "main effect"),
        ("device_sobol_first", "Sobol, first order"),
        ("device_sobol_total", "Sobol, total"),
    )
    series = [
        (label, {"color": style.COLOURS[k]}, name, where)
        for k, (name, label) in enumerate(listed)
        if results.has(f"analysis/{name}")
    ]
    return _bars(results, [labels[q] for q in known], series, "fraction of the variance", len(series))
