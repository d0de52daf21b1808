"""Figure of devices as they are simulated: what varies from cell to cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import matplotlib
import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..results import Results
from . import style
from .film import done_variants, draw_cells, is_magnetic
from .place import Source, panels, reading
from .selection import of_devices

if TYPE_CHECKING:
    from ..variant import Variant

MOST_DEVICES = 3
_STREAMLINES = 0.6  # density as matplotlib counts it
_QUANTITIES = (  # variable of a case, factor to the unit of its label, label
    ("filled_share", 1, "filled share (1)"),
    ("anisotropy", 1e-6, "anisotropy (MJ m⁻³)"),
    ("dmi", 1e3, "DMI (mJ m⁻²)"),
    ("saturation_magnetization", 1e-3, "Mₛ (kA m⁻¹)"),
    ("exchange_stiffness", 1e12, "exchange (pJ m⁻¹)"),
)
_CURRENT = "current_density_x"


def devices_as_simulated(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """What varies from cell to cell over x and y (nm), a map for each quantity, with streamlines of the current where it
    flows around notches: of one synapse variant, or of the first three in which more than the anisotropy varies.

    Returns the axes (map,). Errors: NotInStudy if nothing varies or no maps are stored; NoSuchVariant."""
    with reading(study, ax) as results:
        of_devices(results)
        shown = _panels(results, variant)
        if not shown:
            raise NotInStudy(f"{results.path}: nothing but the anisotropy varies from cell to cell in any synapse")
        grid, _ = panels(ax, len(shown), 1, (style.PAGE, 0.35 + 0.85 * len(shown)), sharex=True)
        cmap = matplotlib.colormaps[style.SEQUENTIAL].with_extremes(bad="white")
        before = None
        for axes, (number, case, label, values, current) in zip(grid[:, 0], shown):
            image = draw_cells(axes, results, case, values, cmap=cmap)
            axes.figure.colorbar(image, ax=axes, pad=0.01, aspect=8)
            title = f"{names.variant(results, 'synapse', number)}: {label}" if number != before else label
            axes.set_title(title, loc="left", pad=2)
            axes.set_ylabel("y (nm)")
            axes.spines[["top", "right"]].set_visible(True)
            if current is not None:
                _draw_streamlines(axes, results, case, current)
            before = number
        grid[-1, 0].set_xlabel("x (nm)")
        return grid[:, 0]


def varying(results: Results, case: int) -> list[str]:
    """The variables of what varies in the cells of a case, of the current that along x."""
    magnetic = is_magnetic(results, case)
    if not np.any(magnetic):
        return []

    def varies(name):
        values = results.file[f"synapse/{name}"][case][magnetic]
        return np.max(values) - np.min(values) > 1e-6 * np.max(np.abs(values))

    every = [name for name, *_ in _QUANTITIES] + [_CURRENT]
    return [name for name in every if results.has(f"synapse/{name}") and varies(name)]


def _panels(results: Results, variant: Variant | int | None) -> list[tuple]:
    """(variant, case, label, values, current along x and y or None) of each quantity that varies."""
    if not results.has("synapse/snapshot"):
        return []
    if not any(results.has(f"synapse/{name}") for name in [q for q, *_ in _QUANTITIES if q != "anisotropy"] + [_CURRENT]):
        return []
    found, shown = [], 0
    for number, case in done_variants(results, variant):
        if shown == MOST_DEVICES:
            break
        quantities = varying(results, case)
        if set(quantities) - {"anisotropy"}:
            found += [(number, case, *panel) for panel in _maps(results, case, quantities)]
            shown += 1
    return found


def _maps(results: Results, case: int, quantities: list[str]) -> Iterator[tuple]:
    """(label, values, current along x and y or None)."""
    described = {name: (factor, label) for name, factor, label in _QUANTITIES}
    for name in quantities:
        if name in described:
            factor, label = described[name]
            yield label, _values(results, case, name) * factor, None
        else:
            current = [_values(results, case, f"current_density_{axis}") for axis in "xy"]
            yield "current density / that of the pulse", np.hypot(*current), current


def _values(results: Results, case: int, name: str) -> np.ndarray:
    return np.where(is_magnetic(results, case), results.file[f"synapse/{name}"][case], np.nan)


def _draw_streamlines(axes: Axes, results: Results, case: int, current: list[np.ndarray]) -> None:
    nx, ny = results.mesh("synapse", case)
    cell = results.parameter("synapse", "cell", case) * 1e9
    along, across = (np.nan_to_num(component[:ny, :nx]) for component in current)
    places = [(np.arange(count) + 0.5) * cell for count in (nx, ny)]
    axes.streamplot(*places, along, across, density=_STREAMLINES, color="white", linewidth=0.4, arrowsize=0.5)
    axes.set(xlim=(0, nx * cell), ylim=(0, ny * cell))
