"""Figures of the films that devices are made of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import matplotlib
import matplotlib.colors
import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage

from .. import names
from ..errors import NotInStudy
from ..results import Results
from . import many, style
from .place import Source, panels, reading
from .selection import case_at, of_devices, variant_number

if TYPE_CHECKING:
    from ..variant import Variant

MOST_OUTLINES = 24
MOST_MAPS = 6
_SHAPING = ("notches_shape", "notches_side", "notches_depth", "notches_width", "width_end", "disorder_")


def outlines(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """Which cells are magnetic, over x and y (nm): of one synapse variant, or of the first 24 of a study about shapes.

    Returns the axes (variant,). Errors: NotInStudy if no case is done, no maps are stored, or no variant was chosen of a
    study that neither sweeps shapes nor lists notches; NoSuchVariant."""
    with reading(study, ax) as results:
        of_devices(results)
        if not results.has("synapse/snapshot"):
            raise NotInStudy(f"{results.path}: no maps of the synapse are stored")
        if variant is None and not _is_shaped(results):
            raise NotInStudy(f"{results.path}: all tracks have the same shape but for the number of notches; variant= shows one")
        shown = done_variants(results, variant)[:MOST_OUTLINES]
        columns = min(2, len(shown))
        rows = -(-len(shown) // columns)
        grid, _ = panels(ax, rows, columns, (style.PAGE, 0.25 + 0.55 * rows), sharex=True, sharey=True)
        colours = matplotlib.colors.ListedColormap(["white", style.COLOURS[0]])
        for axes in grid.flat[len(shown) :]:
            axes.set_axis_off()
        for axes, (number, case) in zip(grid.flat, shown):
            draw_cells(axes, results, case, is_magnetic(results, case), cmap=colours, vmin=0, vmax=1)
            label = names.variant(results, "synapse", number)
            axes.set_title(textwrap.shorten(label, 80, placeholder=" …"), loc="left", pad=2, fontsize=5.5)
            axes.spines[["top", "right"]].set_visible(True)
            axes.tick_params(labelsize=5.5)
        for axes in grid[-1]:
            axes.set_xlabel("x (nm)")
        for axes in grid[:, 0]:
            axes.set_ylabel("y (nm)")
        return grid.ravel()[: len(shown)]


def anisotropy(study: Source, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """Uniaxial anisotropy (MJ/m^3) of the cells over x and y (nm): of one synapse variant, or of the first six in which
    it varies.

    Returns the axes (variant,). Errors: NotInStudy if it varies in none of them or no maps are stored; NoSuchVariant."""
    with reading(study, ax) as results:
        of_devices(results)
        maps = _anisotropies(results, variant)
        if not maps:
            raise NotInStudy(f"{results.path}: the anisotropy of no synapse varies from cell to cell")
        grid, _ = panels(ax, len(maps), 1, (style.PAGE, 0.3 + 0.75 * len(maps)), sharex=True)
        every = np.concatenate([values[np.isfinite(values)] for _, values in maps.values()])
        cmap = matplotlib.colormaps[style.SEQUENTIAL].with_extremes(bad="white")
        for axes, (number, (case, values)) in zip(grid[:, 0], maps.items()):
            image = draw_cells(axes, results, case, values, cmap=cmap, vmin=every.min(), vmax=every.max())
            axes.set_title(names.variant(results, "synapse", number), loc="left", pad=2)
            axes.set_ylabel("y (nm)")
            axes.spines[["top", "right"]].set_visible(True)
        grid[-1, 0].set_xlabel("x (nm)")
        bar = axes.figure.colorbar(image, ax=list(grid[:, 0]), pad=0.01, aspect=25)
        bar.set_label("anisotropy (MJ m⁻³)")
        return grid[:, 0]


def _anisotropies(results: Results, variant: Variant | int | None) -> dict[int, tuple[int, np.ndarray]]:
    """Variant -> (its case, MJ/m^3 of each cell, NaN outside the film)."""
    if not results.has("synapse/anisotropy") or not results.has("synapse/snapshot"):
        return {}
    maps = {}
    for number, case in done_variants(results, variant):
        values = results.file["synapse/anisotropy"][case]
        varies = np.ptp(values[values != 0]) > 1e-6 * np.max(values) if np.any(values) else False
        if varies and len(maps) < MOST_MAPS:
            maps[number] = case, np.where(values != 0, values, np.nan) / 1e6
    return maps


def done_variants(results: Results, chosen: Variant | int | None = None) -> list[tuple[int, int]]:
    """(variant, its first case that is done) of the chosen one, or of all; of realisations of one device only the first."""
    if chosen is not None:
        number = variant_number(results, "synapse", chosen)
        case_at(results, "synapse", number, None)
        return [(number, next(case for case in results.variant_cases("synapse")[number] if results.done("synapse")[case]))]
    return list(_each_device(results))


def _each_device(results: Results) -> Iterator[tuple[int, int]]:
    done = results.done("synapse")
    swept = many.not_pooled(results)
    shown = set()
    for variant, cases in enumerate(results.variant_cases("synapse")):
        finished = [case for case in cases if done[case]]
        device = tuple(results.variant_value("synapse", variant, name) for name in swept)
        if finished and device not in shown:
            shown.add(device)
            yield variant, finished[0]


def _is_shaped(results: Results) -> bool:
    """Whether the study is about shapes: it sweeps them, or lists notches."""
    swept = any(name.startswith(_SHAPING) for name in results.swept("synapse"))
    return swept or bool(results.parameter("synapse", "notches.list"))


def is_magnetic(results: Results, case: int) -> np.ndarray:
    """Of each cell [y, x] of the synapse's map."""
    return np.any(results.file["synapse/snapshot"][case, 0] != 0, axis=-1)


def draw_cells(axes: Axes, results: Results, case: int, values: np.ndarray, **looks) -> AxesImage:
    """values: [y, x], of the cells of the map and around it."""
    nx, ny = results.mesh("synapse", case)
    cell = results.parameter("synapse", "cell", case) * 1e9
    return axes.imshow(values[:ny, :nx], origin="lower", extent=(0, nx * cell, 0, ny * cell), aspect="auto", **looks)
