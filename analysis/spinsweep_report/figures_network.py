"""Figures of the networks."""

import numpy as np

from . import names, style


def best_variant(results, network, dataset):
    """The variant to show: of those with a finished run the one with most levels, the first of equals."""
    counts = results.get("variants/levels")
    known = [v for v in range(network.accuracy_array.size("variant")) if network.first_run(dataset, v)]
    if not known:
        return None
    return max(known, key=lambda v: (counts.values[v] if counts is not None else 0, -v))


def _sketch(axes, sizes):
    """The layers as columns of dots."""
    axes.axis("off")
    axes.set(xlim=(-0.5, len(sizes) - 0.5), ylim=(-0.18, 1.1))
    columns = [np.linspace(0.05, 0.95, 7 if k == 0 else 6 if k < len(sizes) - 1 else 5) for k in range(len(sizes))]
    connections = [
        [(k, a), (k + 1, b)] for k in range(len(sizes) - 1) for a in columns[k] for b in columns[k + 1]
    ]
    axes.add_collection(style.matplotlib.collections.LineCollection(connections, colors=style.LIGHT, linewidths=0.4, zorder=1))
    for k, size in enumerate(sizes):
        axes.plot(
            np.full(len(columns[k]), k), columns[k], "o", color=style.COLOURS[k % len(style.COLOURS)], ms=4, zorder=2
        )
        axes.text(k, -0.05, str(size), ha="center", va="top")


def _sizes(results, network, dataset):
    hidden = results.sweep.get("network", {}).get("hidden", [])
    classes = network.results.get("network/confusion").size("label")
    pixels = results.get("network/baseline/misclassified_image")
    return [pixels.size("pixel") if pixels is not None else "inputs", *hidden, classes]


def panels(results, network, dataset, variant, neuron, seed):
    """Figs 4 and 5: the network, the loss, and for each method the weights of the first layer and the confusion matrix."""
    ways = [way for way in network.shown if np.isfinite(network.accuracy(way)[variant, neuron, dataset, seed])][:6]
    figure = style.new_figure(style.PAGE, 3.7)
    grid = figure.add_gridspec(1, 2, width_ratios=[1.15, 0.3 + len(ways)])
    left = grid[0].subgridspec(2, 1)
    axes = figure.add_subplot(left[0])
    _sketch(axes, _sizes(results, network, dataset))
    axes.set_title(style.bold("a"), loc="left", pad=2)
    _draw_loss(figure.add_subplot(left[1]), network, ways, (variant, neuron, dataset, seed))
    right = grid[1].subgridspec(2, len(ways), height_ratios=[1.1, 1], hspace=0.04)
    for k, way in enumerate(ways):
        run = lambda name: network.run(name, way, variant, neuron, dataset, seed)
        counts = run("weight_histogram").at(layer=0).values
        limit = float(run("histogram_range").at(layer=0).values)
        edges = np.linspace(-limit, limit, len(counts) + 1)
        axes = figure.add_subplot(right[0, k])
        axes.stairs(counts, edges, baseline=0.5, fill=True, color=network.look(way)["color"], lw=0)
        axes.set(yscale="log", xlabel="weight", ylim=(0.7, 3 * max(counts.max(), 1)))
        style.powers_of_ten(axes.yaxis)
        accuracy = network.accuracy(way)[variant, neuron, dataset, seed]
        axes.set_title(
            f"{style.bold(chr(ord('c') + k))} {names.method(network.method(way))}\n{100 * accuracy:.2f} %",
            loc="left",
            pad=3,
        )
        if k == 0:
            axes.set_ylabel("weights of the first layer")
        image = _draw_confusion(figure.add_subplot(right[1, k]), run("confusion").values.astype(float), first=k == 0)
        figure.axes[-1].set_title(style.bold(chr(ord("c") + len(ways) + k)), loc="left", pad=2)
    bar = figure.colorbar(image, ax=figure.axes[-1], fraction=0.05, pad=0.03)
    style.powers_of_ten(bar.ax.yaxis)
    bar.set_label("share of the label")
    return figure


def _draw_loss(axes, network, ways, run):
    """In the colours of the methods; each counts the epochs of its own training."""
    for way in ways:
        loss = network.run("loss", way, *run)
        known = loss.values[np.isfinite(loss.values)] if loss is not None else np.zeros(0)
        if known.size:
            look = network.look(way)
            axes.plot(
                np.arange(1, known.size + 1),
                known,
                **look,
                markevery=max(1, known.size // 8),
                zorder=3 if known.size == 1 else 2,
            )
    axes.set(xlabel="epoch", ylabel="training loss")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(style.matplotlib.ticker.MaxNLocator(integer=True, nbins=4))
    axes.set_title(style.bold("b"), loc="left", pad=2)


def _draw_confusion(axes, matrix, first):
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    # Errors are rare: on a linear scale only the diagonal would be seen.
    image = axes.imshow(share, cmap=style.SEQUENTIAL, norm=style.matplotlib.colors.LogNorm(1e-3, 1, clip=True))
    ticks = range(0, len(matrix), max(1, len(matrix) // 5))
    axes.set(xticks=ticks, yticks=ticks, xlabel="prediction", ylabel="label" if first else "")
    axes.spines[["top", "right"]].set_visible(True)
    return image
