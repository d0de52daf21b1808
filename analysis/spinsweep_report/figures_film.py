"""Figures of the films that devices are made of, and of the currents that their notches hold a wall against."""

import textwrap

import numpy as np

from . import figures_devices, many, names, style
from .style import plt

MOST_OUTLINES = 24
MOST_MAPS = 6
MOST_SERIES = 12
_SHAPING = ("notches_shape", "notches_side", "notches_depth", "notches_width", "width_end", "disorder_")
_POOLED = ("disorder_realization", "thermal_realization")


def done_variants(results):
    """(variant, its first case that is done), of realisations of one device only the first."""
    done = results.done("synapse")
    swept = [name for name in results.variant_axes("synapse") if name not in _POOLED]
    shown = set()
    for variant, cases in enumerate(results.variant_cases("synapse")):
        finished = [case for case in cases if done[case]]
        device = tuple(results.variant_value("synapse", variant, name) for name in swept)
        if finished and device not in shown:
            shown.add(device)
            yield variant, finished[0]


def _is_shaped(results):
    """Whether the study is about shapes: it sweeps them, or lists notches."""
    swept = any(name.startswith(_SHAPING) for name in results.swept("synapse"))
    return swept or bool(results.parameter("synapse", "notches.list"))


def draw(axes, results, case, values, **looks):
    nx, ny = results.mesh("synapse", case)
    cell = results.parameter("synapse", "cell", case) * 1e9
    return axes.imshow(values[:ny, :nx], origin="lower", extent=(0, nx * cell, 0, ny * cell), aspect="auto", **looks)


def outlines(results):
    """Which cells of each variant are magnetic. None unless the study is about shapes."""
    variants = list(done_variants(results))
    if not variants or not _is_shaped(results) or not results.has("synapse/snapshot"):
        return None
    variants = variants[:MOST_OUTLINES]
    columns = min(2, len(variants))
    rows = -(-len(variants) // columns)
    figure = style.new_figure(style.PAGE, 0.25 + 0.55 * rows)
    grid = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
    colours = style.matplotlib.colors.ListedColormap(["white", style.COLOURS[0]])
    for axes in grid.flat[len(variants) :]:
        axes.set_axis_off()
    for axes, (variant, case) in zip(grid.flat, variants):
        magnetic = np.any(results.file["synapse/snapshot"][case, 0] != 0, axis=-1)
        draw(axes, results, case, magnetic, cmap=colours, vmin=0, vmax=1)
        label = names.variant(results, "synapse", variant)
        axes.set_title(textwrap.shorten(label, 80, placeholder=" …"), loc="left", pad=2, fontsize=5.5)
        axes.spines[["top", "right"]].set_visible(True)
        axes.tick_params(labelsize=5.5)
    for axes in grid[-1]:
        axes.set_xlabel("x (nm)")
    for axes in grid[:, 0]:
        axes.set_ylabel("y (nm)")
    return figure


def anisotropy(results):
    """The anisotropy of the cells of the first variants. None if the material does not vary."""
    if not results.has("synapse/anisotropy") or not results.has("synapse/snapshot"):
        return None
    maps = {}
    for variant, case in done_variants(results):
        values = results.file["synapse/anisotropy"][case]
        varies = np.ptp(values[values != 0]) > 1e-6 * np.max(values) if np.any(values) else False
        if varies and len(maps) < MOST_MAPS:
            maps[variant] = case, np.where(values != 0, values, np.nan) / 1e6
    if not maps:
        return None
    figure = style.new_figure(style.PAGE, 0.3 + 0.75 * len(maps))
    grid = figure.subplots(len(maps), 1, squeeze=False, sharex=True)[:, 0]
    every = np.concatenate([values[np.isfinite(values)] for _, values in maps.values()])
    cmap = style.matplotlib.colormaps[style.SEQUENTIAL].with_extremes(bad="white")
    for axes, (variant, (case, values)) in zip(grid, maps.items()):
        image = draw(axes, results, case, values, cmap=cmap, vmin=every.min(), vmax=every.max())
        axes.set_title(names.variant(results, "synapse", variant), loc="left", pad=2)
        axes.set_ylabel("y (nm)")
        axes.spines[["top", "right"]].set_visible(True)
    grid[-1].set_xlabel("x (nm)")
    figure.colorbar(image, ax=list(grid), pad=0.01, aspect=25).set_label("anisotropy (MJ m⁻³)")
    return figure


def depinning_currents(results):
    """Depinning currents found by bisection: along the parameter with most values, a series for each combination of the
    others; realisations are pooled. None if nothing was bisected or there is nothing to compare."""
    found = results.get("variants/depinning_current")
    swept = [name for name in results.variant_axes("synapse") if name not in _POOLED]
    if found is None or not swept or np.sum(np.isfinite(found.values)) < 2:
        return None
    if figures_devices.is_crowded(results) and not any(name in _POOLED for name in results.variant_axes("synapse")):
        return _depinning_of_many(results, found.values / 1e12)
    pooled = len(swept) < len(results.variant_axes("synapse"))
    lower, upper = (results.get(f"variants/depinning_current_{end}").values / 1e12 for end in ("lower", "upper"))
    value = lambda variant, name: results.variant_value("synapse", variant, name)
    variants = np.flatnonzero(np.isfinite(found.values))
    counts = {name: len({value(v, name) for v in variants}) for name in swept}
    numbers = [name for name in swept if not results.choices("synapse", name)]
    along = max(numbers or swept, key=lambda name: counts[name])
    series = {}
    for v in variants:
        series.setdefault(tuple(value(v, name) for name in swept if name != along), []).append(v)
    if len(series) > MOST_SERIES:
        return _depinning_of_many(results, found.values / 1e12)
    short, unit = names.parameter(results, "synapse", along)
    factor, unit = style.prefixed([value(v, along) for v in variants], unit)
    figure = style.new_figure(style.COLUMN, 2.3 + 0.145 * len(series))
    body, legend = style.split_off_legend(figure, len(series), 1, below=True)
    axes = body.subplots()
    others = [name for name in swept if name != along]
    spread = 0.02 * np.ptp([value(v, along) * factor for v in variants])
    for k, (combination, members) in enumerate(series.items()):
        texts = [names.value_text(results, "synapse", name, x) for name, x in zip(others, combination)]
        look = {"color": style.COLOURS[k % len(style.COLOURS)], "marker": style.MARKERS[k % len(style.MARKERS)]}
        places = sorted({value(v, along) for v in members})
        at = [[v for v in members if value(v, along) == place] for place in places]
        x = np.array(places) * factor + spread * (k - 0.5 * (len(series) - 1)) * (1 if pooled else 0.4)
        middle = np.array([np.mean(found.values[vs]) for vs in at]) / 1e12
        if pooled:
            error = [np.std(found.values[vs]) / 1e12 for vs in at]
            for place, vs in zip(x, at):
                axes.plot([place] * len(vs), found.values[vs] / 1e12, ".", color=look["color"], ms=2, alpha=0.5)
        else:
            error = [[m - lower[vs[0]] for m, vs in zip(middle, at)], [upper[vs[0]] - m for m, vs in zip(middle, at)]]
        axes.errorbar(x, middle, error, capsize=2, lw=0.9, ms=3.5, label=", ".join(texts) or "all variants", **look)
    axes.set(xlabel=style.axis_label(short, unit), ylabel="depinning J (10¹² A m⁻²)")
    axes.set_ylim(bottom=0)
    names.tick_choices(axes.xaxis, results, "synapse", along, [value(v, along) for v in variants])
    style.fill_legend(legend, axes, 1)
    return figure


def _depinning_of_many(results, current):
    """Against every swept parameter, a marker for each variant and the median with a band over bins."""
    swept = [name for name in results.variant_axes("synapse") if name not in _POOLED]
    variants = np.flatnonzero(np.isfinite(current))
    columns = min(4, len(swept))
    rows = -(-len(swept) // columns)
    figure = style.new_figure(style.PAGE, 0.2 + 1.7 * rows)
    grid = figure.subplots(rows, columns, squeeze=False, sharey=True)
    for axes, name in zip(grid.flat, swept):
        values = np.array([results.variant_value("synapse", v, name) for v in variants])
        short, unit = names.parameter(results, "synapse", name)
        factor, unit = style.prefixed(values, unit)
        style.draw_points(axes, values * factor, current[variants], style.GREY)
        place, centres = many.binned(values * factor)
        table = np.full((len(variants), len(centres)), np.nan)
        table[np.arange(len(variants)), place] = current[variants]
        many.draw_band(axes, centres, table, style.COLOURS[0], None)
        axes.set_xlabel(style.axis_label(short, unit))
        names.tick_choices(axes.xaxis, results, "synapse", name, values)
    for axes in grid.flat[len(swept) :]:
        axes.set_visible(False)
    for axes in grid[:, 0]:
        axes.set_ylabel("depinning J (10¹² A m⁻²)")
    grid[0, 0].set_ylim(bottom=0)
    return figure


def describe_depinning_currents(results):
    if figures_devices.is_crowded(results):
        return (
            ". With many variants: against every swept parameter, a marker for each variant, the median over bins and a band from 10 "
            "to 90 %."
        )
    return (
        ". Bars: the interval to which the bisection has narrowed it, or the standard deviation over the realisations, which are "
        "the dots. Markers are moved sideways where they would overlap."
    )
