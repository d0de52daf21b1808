"""Figure of the ways to map conductance levels to weights."""

import numpy as np

from . import names, style
from .figures_devices import variant_styles
from .network_data import mean


def mappings(results, network):
    """Accuracy of every mapping of levels to weights, one panel for each data set. None if there is but one mapping."""
    choices = list(dict.fromkeys(filter(None, map(network.choice, network.ways))))
    if len(choices) < 2:
        return None
    ways = [way for way in network.ways if network.choice(way)]
    variants = range(network.accuracy_array.size("variant"))
    looks = variant_styles(results, len(variants))
    few = len(variants) <= 4
    figure = style.new_figure(style.PAGE, 0.85 + 0.19 * len(choices) + (0.145 if few else 0))
    methods = {network.method(way): network.look(way)["color"] for way in ways}
    body, legend = style.split_off_legend(figure, 2 if few else 1, 1)
    grid = body.subplots(1, len(network.datasets), squeeze=False, sharey=True)[0]
    for d, axes in enumerate(grid):
        drawn = []
        for way in ways:
            accuracy = np.array([100 * mean(network.accuracy(way)[v, :, d]) for v in variants])
            drawn += list(accuracy[np.isfinite(accuracy)])
            shift = 0.5 * (list(methods).index(network.method(way)) + 0.5) / len(methods) - 0.25
            row = choices.index(network.choice(way)) + shift
            look = {"ls": "none", "color": network.look(way)["color"], "ms": 3.5}
            if few:
                for v, value in zip(variants, accuracy):
                    axes.plot(value, row, marker=looks[v]["marker"], mfc="white" if v % 2 else None, **look)
            else:
                crowded = len(variants) > style.MOST_DRAWN
                axes.plot(accuracy, np.full(len(accuracy), row), marker=".", alpha=0.5, rasterized=crowded, **look)
        style.accuracy_scale(axes, drawn, "x")
        axes.set(
            xlabel="accuracy (%)", yticks=range(len(choices)), yticklabels=choices, ylim=(len(choices) - 0.5, -0.5)
        )
        axes.set_title(names.dataset_label(network.datasets[d]))
        axes.grid(axis="y", color=style.LIGHT, lw=0.6)
        axes.set_axisbelow(True)
    line = style.matplotlib.lines.Line2D
    handles = [
        line([], [], ls="none", marker="s", color=colour, label=names.method(method))
        for method, colour in methods.items()
    ]
    if few:
        handles += [
            line(
                [],
                [],
                ls="none",
                marker=looks[v]["marker"],
                color=style.GREY,
                mfc="white" if v % 2 else None,
                label=names.variant(results, "synapse", v),
            )
            for v in variants
        ]
    legend.legend(handles=handles, loc="center", ncols=max(len(methods), 4), columnspacing=1.2, borderaxespad=0)
    return figure
