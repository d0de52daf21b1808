"""Where a figure is drawn: on a new one of its own size, or in the place of given axes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase
from matplotlib.gridspec import GridSpecFromSubplotSpec

from ..results import Results
from .style import COLUMN, STYLE

if TYPE_CHECKING:
    from ..study import Study

Source: TypeAlias = "Study | Results"


@contextlib.contextmanager
def reading(study: Source, ax: Axes | None) -> Iterator[Results]:
    """The results of a study while a figure of it is drawn, in the common style if the figure is new."""
    with contextlib.ExitStack() as stack:
        results = study if isinstance(study, Results) else stack.enter_context(Results(study.path))
        if ax is None:
            matplotlib.get_backend()  # chosen inside the context, it would be forgotten again
            stack.enter_context(matplotlib.rc_context(STYLE))
        yield results
        if ax is None:
            _fix_tick_style()


def _fix_tick_style() -> None:
    """Ticks take their style when the first of them is made, otherwise only when the figure is shown."""
    import matplotlib.pyplot as plt

    for axes in plt.gcf().axes:
        for one in (axes, *axes.child_axes):
            for axis in (one.xaxis, one.yaxis):
                axis.get_major_ticks(1)
                axis.get_minor_ticks(1)


def new_figure(width: float, height: float) -> FigureBase:
    """width, height: inches."""
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(width, height))


def single(ax: Axes | None, height: float = 2.3, width: float = COLUMN) -> Axes:
    """The given axes, or those of a new figure of that size, inches."""
    return new_figure(width, height).add_subplot() if ax is None else ax


def divided(ax: Axes | None, width: float, height: float) -> FigureBase:
    """A new figure of that size (inches) or, in place of the given axes, a part of theirs, for several panels.

    Errors: ValueError if the axes have no place in a grid."""
    if ax is None:
        return new_figure(width, height)
    place = ax.get_subplotspec() if hasattr(ax, "get_subplotspec") else None  # before matplotlib 3.7 only of a grid
    if place is None or isinstance(place.get_gridspec(), GridSpecFromSubplotSpec):
        raise ValueError(
            "this figure has several panels, which take the place of ax; that must be axes of a grid of its figure, as "
            "plt.subplots() and subplot_mosaic() make them"
        )
    part = ax.figure.add_subfigure(place, facecolor="none")  # what reaches over from its neighbours stays visible
    ax.remove()
    return part


def panels(
    ax: Axes | None,
    rows: int,
    columns: int,
    size: tuple[float, float],
    legend: tuple[int, int] | None = None,
    below: bool = False,
    **shared,
) -> tuple[np.ndarray, FigureBase | None]:
    """(axes [row, column], part of the figure for a legend or None). If one panel is enough it is the given axes.

    size: of a new figure, inches. legend: (entries, columns); below: it is there and not above the panels. shared: sharex,
    sharey and such, as Figure.subplots() takes them."""
    if ax is not None and rows * columns == 1:
        return np.array([[ax]]), None
    body, strip = divided(ax, *size), None
    if legend is not None:
        body, strip = split_off_legend(body, *legend, below)
    return body.subplots(rows, columns, squeeze=False, **shared), strip


def split_off_legend(part: FigureBase, entries: int, columns: int, below: bool = False) -> tuple[FigureBase, FigureBase]:
    """(body, legend): parts for the axes and, above or below them, for a legend of that many entries."""
    height = part.bbox.height / part.figure.dpi
    strip = min(0.06 + 0.145 * -(-max(entries, 1) // columns), 0.5 * height)
    ratios = [height - strip, strip] if below else [strip, height - strip]
    parts = part.subfigures(2, 1, height_ratios=ratios, facecolor=part.get_facecolor())
    return (parts[0], parts[1]) if below else (parts[1], parts[0])


def fill_legend(strip: FigureBase | None, axes: Axes, columns: int) -> None:
    """The legend of the axes in its part of the figure, or on the axes if it has none."""
    if strip is None:
        axes.legend()
    else:
        strip.legend(*axes.get_legend_handles_labels(), loc="center", ncols=columns, columnspacing=1.2, borderaxespad=0)


def legend_below(axes: Axes, is_new: bool, columns: int = 2) -> None:
    """A legend below the axes of a new figure; on given axes where it covers least."""
    if is_new:
        axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=columns, handlelength=2.4, columnspacing=1)
    else:
        axes.legend()
