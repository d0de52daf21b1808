"""Figures of the currents that notches hold a wall against."""

import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..results import Results
from ..units import prefixed
from . import many, style
from .place import Source, divided, fill_legend, panels, reading, split_off_legend
from .selection import stored

_MOST_SERIES = 12


def depinning(study: Source, ax: Axes | None = None) -> np.ndarray:
    """When each notch, counted from the left, releases the wall. (a) Bracket of the depinning current density
    (10^12 A/m^2); (b) time for which the wall was held (ns). Of more than twelve variants: medians with bars from 10 to 90 %.

    Returns the axes (2,). Errors: NotInStudy if no wall has passed a notch."""
    with reading(study, ax) as results:
        passed = results.get("analysis/notch_depinning_current")
        delay = results.get("analysis/depinning_delay")
        if passed is None or not (np.any(np.isfinite(passed.values)) or np.any(np.isfinite(delay.values))):
            raise NotInStudy(f"{results.path}: no wall has passed a notch")
        held = results.get("analysis/notch_pinning_current").values
        variants = results.variant_cases("synapse")
        crowded = many.is_crowded(results)
        shown = many.groups(results) if crowded else variants
        body = divided(ax, style.COLUMN, 3.1 + 0.145 * -(-len(shown) // 2))
        body, legend = split_off_legend(body, len(shown), 2, below=True)
        upper, lower = axes = body.subplots(2, 1, sharex=True)
        if crowded:
            _draw_groups(upper, lower, results, passed.values, delay.values, shown)
        else:
            looks = style.variant_styles(results, len(variants))
            _draw_each(upper, lower, passed.values, held, delay.values, variants, looks)
            for k, line in enumerate(upper.lines):
                line.set_label(names.variant(results, "synapse", k))
        upper.set_ylabel("depinning J (10¹² A m⁻²)")
        upper.set_ylim(bottom=0)
        lower.set(ylabel="time held (ns)", xlabel="notch", yscale="log", xticks=range(1, passed.values.shape[1] + 1))
        style.plain_log_ticks(lower.yaxis)
        style.panel(upper, "a")
        style.panel(lower, "b")
        fill_legend(legend, upper, 2)
        return axes


def _beside(count: int, most: int) -> np.ndarray:
    """[series, notch]: places of the notches, moved sideways so that the series do not overlap."""
    shift = 0.5 * (np.arange(count) / max(count - 1, 1) - 0.5)
    return np.arange(1, most + 1) + shift[:, None]


def _draw_each(upper: Axes, lower: Axes, passed, held, delay, variants, looks) -> None:
    """A marker of its own shape for each variant."""
    number = _beside(len(variants), passed.shape[1])
    for k, cases in enumerate(variants):
        look = {"ls": "none", "marker": looks[k]["marker"], "color": looks[k]["color"]}
        top, bottom = passed[k] / 1e12, held[k] / 1e12
        both = np.isfinite(bottom) & np.isfinite(top)
        upper.vlines(number[k][both], bottom[both], top[both], color=looks[k]["color"], lw=0.9)
        upper.plot(number[k], top, ms=3, **look)
        for case in cases:
            lower.plot(number[k], delay[case] * 1e9, ms=2.5, alpha=0.8, **look)


def _draw_groups(upper: Axes, lower: Axes, results: Results, passed, delay, groups) -> None:
    """Medians and bars over groups of variants."""
    number = _beside(len(groups), passed.shape[1])
    variants = results.variant_cases("synapse")
    for x, (label, colour, members) in zip(number, groups):
        many.draw_spread(upper, x, passed[members] / 1e12, colour, label)
        cases = [case for v in np.flatnonzero(members) for case in variants[v]]
        many.draw_spread(lower, x, delay[cases] * 1e9, colour)


def depinning_currents(study: Source, ax: Axes | None = None) -> np.ndarray:
    """Depinning current densities (10^12 A/m^2) found by bisection, along the parameter with most values, a series for
    each combination of the others; bars: the interval that is left, or the standard deviation over realisations of the
    disorder and of the noise. Of many variants: against every swept parameter, with medians and bands over bins.

    Returns the axes (panel,). Errors: NotInStudy if nothing was bisected or there is nothing to compare."""
    with reading(study, ax) as results:
        found = stored(results, "variants/depinning_current", "depinning current found by bisection")
        swept = many.not_pooled(results)
        if not swept or np.sum(np.isfinite(found.values)) < 2:
            raise NotInStudy(f"{results.path}: there is one depinning current, and nothing to compare it with")
        pooled = len(swept) < len(results.variant_axes("synapse"))
        along, series = _series(results, swept, np.flatnonzero(np.isfinite(found.values)))
        if (many.is_crowded(results) and not pooled) or len(series) > _MOST_SERIES:
            return _against_every_parameter(ax, results, swept, found.values / 1e12)
        return _along_one(ax, results, along, [name for name in swept if name != along], series, pooled)


def _series(results: Results, swept: list[str], variants: np.ndarray) -> tuple[str, dict[tuple, list[int]]]:
    """(parameter with most values, variants of each combination of the others)."""
    value = lambda variant, name: results.variant_value("synapse", variant, name)
    counts = {name: len({value(v, name) for v in variants}) for name in swept}
    numbers = [name for name in swept if not results.choices("synapse", name)]
    along = max(numbers or swept, key=lambda name: counts[name])
    series = {}
    for v in variants:
        series.setdefault(tuple(value(v, name) for name in swept if name != along), []).append(v)
    return along, series


def _along_one(ax: Axes | None, results: Results, along: str, others: list[str], series, pooled: bool) -> np.ndarray:
    found, lower, upper = (
        results.get(f"variants/depinning_current{end}").values / 1e12 for end in ("", "_lower", "_upper")
    )
    value = lambda variant: results.variant_value("synapse", variant, along)
    every = [value(v) for members in series.values() for v in members]
    short, unit = names.parameter(results, "synapse", along)
    factor, unit = prefixed(every, unit)
    grid, legend = panels(ax, 1, 1, (style.COLUMN, 2.3 + 0.145 * len(series)), (len(series), 1), below=True)
    axes = grid[0, 0]
    spread = 0.02 * np.ptp([v * factor for v in every])
    for k, (combination, members) in enumerate(series.items()):
        texts = [names.value_text(results, "synapse", name, x) for name, x in zip(others, combination)]
        look = {"color": style.COLOURS[k % len(style.COLOURS)], "marker": style.MARKERS[k % len(style.MARKERS)]}
        places = sorted({value(v) for v in members})
        at = [[v for v in members if value(v) == place] for place in places]
        x = np.array(places) * factor + spread * (k - 0.5 * (len(series) - 1)) * (1 if pooled else 0.4)
        middle = np.array([np.mean(found[vs]) for vs in at])
        if pooled:
            error = [np.std(found[vs]) for vs in at]
            for place, vs in zip(x, at):
                axes.plot([place] * len(vs), found[vs], ".", color=look["color"], ms=2, alpha=0.5)
        else:
            error = [[m - lower[vs[0]] for m, vs in zip(middle, at)], [upper[vs[0]] - m for m, vs in zip(middle, at)]]
        axes.errorbar(x, middle, error, capsize=2, lw=0.9, ms=3.5, label=", ".join(texts) or "all variants", **look)
    axes.set(xlabel=style.axis_label(short, unit), ylabel="depinning J (10¹² A m⁻²)")
    axes.set_ylim(bottom=0)
    style.whole_number_ticks(axes.xaxis, np.array(every) * factor)
    style.show_choices(axes, results, "synapse", along, every)
    fill_legend(legend, axes, 1)
    return grid[0]


def _against_every_parameter(ax: Axes | None, results: Results, swept: list[str], current: np.ndarray) -> np.ndarray:
    """A marker for each variant and the median with a band over bins. current: (variant), 10^12 A/m^2."""
    variants = np.flatnonzero(np.isfinite(current))
    columns = min(4, len(swept))
    rows = -(-len(swept) // columns)
    grid, _ = panels(ax, rows, columns, (style.PAGE, 0.2 + 1.7 * rows), sharey=True)
    for axes, name in zip(grid.flat, swept):
        values = np.array([results.variant_value("synapse", v, name) for v in variants])
        short, unit = names.parameter(results, "synapse", name)
        factor, unit = prefixed(values, unit)
        style.draw_points(axes, values * factor, current[variants], style.GREY)
        place, centres = many.binned(values * factor)
        table = np.full((len(variants), len(centres)), np.nan)
        table[np.arange(len(variants)), place] = current[variants]
        draw = many.draw_spread if results.choices("synapse", name) else many.draw_band
        draw(axes, centres, table, style.COLOURS[0])
        axes.set_xlabel(style.axis_label(short, unit))
        style.whole_number_ticks(axes.xaxis, values * factor)
        style.show_choices(axes, results, "synapse", name, values)
    for axes in grid.flat[len(swept) :]:
        axes.set_visible(False)
    for axes in grid[:, 0]:
        axes.set_ylabel("depinning J (10¹² A m⁻²)")
    grid[0, 0].set_ylim(bottom=0)
    return grid.ravel()[: len(swept)]
