"""Figure of the ways to map conductance levels to weights."""

import matplotlib.lines
import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..network_results import mean
from . import style
from .place import Source, panels, reading
from .selection import network_of

_MOST_MARKERS = 4  # variants that have a marker of their own


def mappings(study: Source, dataset: str | None = None, ax: Axes | None = None) -> np.ndarray:
    """Mean test accuracy (%) of every mapping of levels to weights, a marker for each synapse variant, coloured by method.
    dataset: the only one to show.

    Returns the axes (data set,). Errors: NotInStudy if there is but one mapping, or no such data set."""
    with reading(study, ax) as results:
        network = network_of(results)
        numbers = network.dataset_numbers(dataset)
        choices = list(dict.fromkeys(filter(None, map(network.choice, network.ways))))
        if len(choices) < 2:
            raise NotInStudy(f"{results.path}: all deployments have the same mapping of levels to weights")
        ways = [way for way in network.ways if network.choice(way)]
        variants = range(network.accuracy_array.size("variant"))
        looks = style.variant_styles(results, len(variants))
        few = len(variants) <= _MOST_MARKERS
        methods = {network.method(way): style.method_look(network, way)["color"] for way in ways}
        size = style.PAGE, 0.85 + 0.19 * len(choices) + (0.145 if few else 0)
        grid, legend = panels(ax, 1, len(numbers), size, (2 if few else 1, 1), sharey=True)
        for d, axes in zip(numbers, grid[0]):
            drawn = []
            for way in ways:
                accuracy = np.array([100 * mean(network.accuracy(way)[v, :, d]) for v in variants])
                drawn += list(accuracy[np.isfinite(accuracy)])
                shift = 0.5 * (list(methods).index(network.method(way)) + 0.5) / len(methods) - 0.25
                row = choices.index(network.choice(way)) + shift
                look = {"ls": "none", "color": methods[network.method(way)], "ms": 3.5}
                if few:
                    for v, value in zip(variants, accuracy):
                        axes.plot(value, row, marker=looks[v]["marker"], mfc="white" if v % 2 else None, **look)
                else:
                    crowded = len(variants) > style.MOST_DRAWN
                    axes.plot(accuracy, np.full(len(accuracy), row), marker=".", alpha=0.5, rasterized=crowded, **look)
            style.accuracy_scale(axes, drawn, "x")
            axes.set(xlabel="accuracy (%)", yticks=range(len(choices)), yticklabels=choices, ylim=(len(choices) - 0.5, -0.5))
            axes.set_title(names.dataset_label(network.datasets[d]))
            axes.grid(axis="y", color=style.LIGHT, lw=0.6)
            axes.set_axisbelow(True)
        handles = [_handle("s", colour, names.method(method)) for method, colour in methods.items()]
        if few:
            handles += [
                _handle(looks[v]["marker"], style.GREY, names.variant(results, "synapse", v), "white" if v % 2 else None)
                for v in variants
            ]
        if legend is None:
            grid[0, 0].legend(handles=handles)
        else:
            legend.legend(handles=handles, loc="center", ncols=max(len(methods), 4), columnspacing=1.2, borderaxespad=0)
        return grid[0]


def _handle(marker: str, colour: str, label: str, face: str | None = None) -> matplotlib.lines.Line2D:
    return matplotlib.lines.Line2D([], [], ls="none", marker=marker, color=colour, mfc=face, label=label)
