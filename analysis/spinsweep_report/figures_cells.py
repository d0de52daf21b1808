"""Figure of devices as they are simulated: what varies from cell to cell."""

import numpy as np

from . import figures_film, names, style

MOST_DEVICES = 3
_STREAMLINES = 0.6  # density as matplotlib counts it
_QUANTITIES = (  # variable of a case, factor to the unit of its label, label
    ("filled_share", 1, "filled share (1)"),
    ("anisotropy", 1e-6, "anisotropy (MJ m⁻³)"),
    ("dmi", 1e3, "DMI (mJ m⁻²)"),
    ("saturation_magnetization", 1e-3, "Mₛ (kA m⁻¹)"),
    ("exchange_stiffness", 1e12, "exchange (pJ m⁻¹)"),
)


def _magnetic(results, case):
    return np.any(results.file["synapse/snapshot"][case, 0] != 0, axis=-1)


def _values(results, case, name):
    return np.where(_magnetic(results, case), results.file[f"synapse/{name}"][case], np.nan)


def quantities(results, case):
    """The variables of what varies in the cells of a case, of the current that along x."""
    names_of_maps = [name for name, *_ in _QUANTITIES] + ["current_density_x"]
    if not np.any(_magnetic(results, case)):
        return []
    varies = lambda values: np.nanmax(values) - np.nanmin(values) > 1e-6 * np.nanmax(np.abs(values))
    return [name for name in names_of_maps if results.has(f"synapse/{name}") and varies(_values(results, case, name))]


def _panels(results, case):
    """(label, values, current along x and y or None) of each quantity that varies."""
    described = {name: (factor, label) for name, factor, label in _QUANTITIES}
    for name in quantities(results, case):
        if name in described:
            factor, label = described[name]
            yield label, _values(results, case, name) * factor, None
        else:
            current = [_values(results, case, f"current_density_{axis}") for axis in "xy"]
            yield "current density / that of the pulse", np.hypot(*current), current


def devices(results):
    """Maps of the cells of the first synapse variants in which another quantity than the anisotropy alone varies. None if
    there is no such variant."""
    others = [name for name, *_ in _QUANTITIES if name != "anisotropy"] + ["current_density_x"]
    if not results.has("synapse/snapshot") or not any(results.has(f"synapse/{name}") for name in others):
        return None
    panels = []
    shown = 0
    for variant, case in figures_film.done_variants(results):
        if shown == MOST_DEVICES:
            break
        if set(quantities(results, case)) - {"anisotropy"}:
            panels += [(variant, case, *panel) for panel in _panels(results, case)]
            shown += 1
    if not panels:
        return None
    figure = style.new_figure(style.PAGE, 0.35 + 0.85 * len(panels))
    grid = figure.subplots(len(panels), 1, squeeze=False, sharex=True)[:, 0]
    cmap = style.matplotlib.colormaps[style.SEQUENTIAL].with_extremes(bad="white")
    before = None
    for axes, (variant, case, label, values, current) in zip(grid, panels):
        image = figures_film.draw(axes, results, case, values, cmap=cmap)
        figure.colorbar(image, ax=axes, pad=0.01, aspect=8)
        title = f"{names.variant(results, 'synapse', variant)}: {label}" if variant != before else label
        axes.set_title(title, loc="left", pad=2)
        axes.set_ylabel("y (nm)")
        axes.spines[["top", "right"]].set_visible(True)
        if current is not None:
            _draw_streamlines(axes, results, case, current)
        before = variant
    grid[-1].set_xlabel("x (nm)")
    return figure


def _draw_streamlines(axes, results, case, current):
    nx, ny = results.mesh("synapse", case)
    cell = results.parameter("synapse", "cell", case) * 1e9
    along, across = (np.nan_to_num(component[:ny, :nx]) for component in current)
    places = [(np.arange(count) + 0.5) * cell for count in (nx, ny)]
    axes.streamplot(*places, along, across, density=_STREAMLINES, color="white", linewidth=0.4, arrowsize=0.5)
    axes.set(xlim=(0, nx * cell), ylim=(0, ny * cell))
