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


def _maps(results, case, magnetic):
    """(label, values, current along x and y or None) of what varies in the cells of a case."""
    values_of = lambda name: np.where(magnetic, results.file[f"synapse/{name}"][case], np.nan)
    for name, factor, label in _QUANTITIES:
        if results.has(f"synapse/{name}"):
            values = values_of(name) * factor
            if np.nanmax(values) - np.nanmin(values) > 1e-6 * np.nanmax(np.abs(values)):
                yield label, values, None
    if results.has("synapse/current_density_x"):
        along, across = values_of("current_density_x"), values_of("current_density_y")
        if np.nanmax(np.abs(along)) > 0:
            yield "current density / that of the pulse", np.hypot(along, across), (along, across)


def devices(results):
    """Maps of the cells of the first synapse variants in which another quantity than the anisotropy alone varies. None if
    there is no such variant."""
    if not results.has("synapse/snapshot"):
        return None
    panels = []
    shown = 0
    for variant, case in figures_film.done_variants(results):
        magnetic = np.any(results.file["synapse/snapshot"][case, 0] != 0, axis=-1)
        maps = list(_maps(results, case, magnetic)) if np.any(magnetic) else []
        if shown < MOST_DEVICES and maps and any(not label.startswith("anisotropy") for label, *_ in maps):
            panels += [(variant, case, *panel) for panel in maps]
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
