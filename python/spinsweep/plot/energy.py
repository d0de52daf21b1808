"""Figure of energy per update against accuracy."""

import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..network_results import mean
from ..units import prefixed
from ..update_energy import energy_per_update
from . import style
from .place import Source, fill_legend, panels, reading
from .selection import network_of

_MOST_RANGES = 50  # variants that have lines from the smallest to the largest value


def energy_accuracy(study: Source, dataset: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Test accuracy (%) against the Joule heat of an update by one level, a marker for each synapse variant and method;
    lines, of up to 50 variants: from the smallest to the largest value. dataset: the only one to show.

    Returns the axes (data set,). Errors: NotInStudy if no accuracy or no energy is known, or there is no such data set."""
    with reading(study, ax) as results:
        network = network_of(results)
        numbers = network.dataset_numbers(dataset)
        found = {v: e for v in range(network.accuracy_array.size("variant")) if (e := energy_per_update(results, v))}
        if not found:
            raise NotInStudy(f"{results.path}: the energy of an update is not known: no case has moved a wall by a level")
        ways = network.shown_on_devices()
        grid, legend = panels(ax, 1, len(numbers), (style.PAGE, 2.3), (len(ways), 5))
        factor, unit = prefixed([e[0] for e in found.values()], "J")
        for d, axes in zip(numbers, grid[0]):
            drawn = []
            for way in ways:
                drawn += _draw_way(axes, network, way, d, found, factor)
            style.accuracy_scale(axes, drawn)
            axes.set(xlabel=style.axis_label("energy per update by one level", unit), ylabel="accuracy (%)")
            axes.set_title(names.dataset_label(network.datasets[d]))
            axes.set_xlim(left=0)
        fill_legend(legend, grid[0, 0], 5)
        return grid[0]


def _draw_way(axes: Axes, network, way, dataset: int, found: dict[int, tuple], factor: float) -> list[float]:
    """The accuracies that were drawn."""
    accuracy = 100 * network.accuracy(way)[:, :, dataset]
    known = [v for v in found if np.isfinite(mean(accuracy[v]))]
    x = np.array([found[v] for v in known]).reshape(-1, 3) * factor
    y = np.array([mean(accuracy[v]) for v in known])
    low, high = (np.array([pick(accuracy[v]) for v in known]) for pick in (np.nanmin, np.nanmax))
    look = style.method_look(network, way)
    if len(known) > _MOST_RANGES:
        low, high = y, y
        look = {**look, "ms": 2, "alpha": 0.5, "mew": 0}
    else:
        axes.hlines(y, x[:, 1], x[:, 2], color=look["color"], lw=0.6, alpha=0.5)
        axes.vlines(x[:, 0], low, high, color=look["color"], lw=0.6, alpha=0.5)
    axes.plot(x[:, 0], y, ls="none", **look, rasterized=len(known) > style.MOST_DRAWN)
    axes.plot([], [], ls="none", **style.method_look(network, way), label=names.method(network.method(way)))
    return [*low, *high]
