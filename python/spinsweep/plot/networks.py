"""Figures of one network: its layers, training loss, weights and confusion matrix."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import matplotlib.collections
import matplotlib.colors
import matplotlib.ticker
import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage

from .. import names
from ..errors import NotInStudy
from ..network_results import Network
from ..results import Array, Results
from . import style
from .place import Source, divided, reading, single
from .selection import network_of, variant_number

if TYPE_CHECKING:
    from ..variant import Variant

_MOST_WAYS = 6


@dataclasses.dataclass(frozen=True)
class _Run:
    """The first run of a data set and a variant that is known. ways: the deployments shown whose accuracy is known."""

    network: Network
    variant: int
    neuron: int
    dataset: int
    seed: int

    @property
    def place(self) -> tuple[int, int, int, int]:
        return self.variant, self.neuron, self.dataset, self.seed

    @property
    def ways(self) -> list[dict[str, int]]:
        return [way for way in self.network.shown if np.isfinite(self.network.accuracy(way)[self.place])][:_MOST_WAYS]

    def get(self, name: str, way: dict[str, int]) -> Array:
        return self.network.run(name, way, *self.place)


def network(study: Source, dataset: str, variant: Variant | int | None = None, ax: Axes | None = None) -> np.ndarray:
    """A network as in Figs. 4 and 5 of arXiv:2605.22625: its layers, the training loss against the epoch, and for each method the
    histogram of the weights of the first layer over the confusion matrix, share of the images with that label.

    variant: of the synapse; by default the trained one with most levels. Returns the axes (2 + 2 methods,): layers, loss,
    then weights and confusion of each method. Errors: NotInStudy if nothing is trained or there is no such data set;
    NoSuchVariant."""
    with reading(study, ax) as results:
        run = _shown(results, dataset, variant)
        ways = run.ways
        part = divided(ax, style.PAGE, 3.7)
        grid = part.add_gridspec(1, 2, width_ratios=[1.15, 0.3 + len(ways)])
        left = grid[0].subgridspec(2, 1)
        layers = part.add_subplot(left[0])
        _sketch(layers, _sizes(results))
        layers.set_title(style.bold("a"), loc="left", pad=2)
        losses = part.add_subplot(left[1])
        _draw_loss(losses, run)
        losses.set_title(style.bold("b"), loc="left", pad=2)
        right = grid[1].subgridspec(2, len(ways), height_ratios=[1.1, 1], hspace=0.04)
        axes = [layers, losses]
        for k, way in enumerate(ways):
            upper = part.add_subplot(right[0, k])
            _draw_weights(upper, run, way)
            upper.set_title(f"{style.bold(chr(ord('c') + k))} {_accuracy_text(run, way)}", loc="left", pad=3)
            if k == 0:
                upper.set_ylabel("weights of the first layer")
            lower = part.add_subplot(right[1, k])
            image = _draw_confusion(lower, run, way)
            if k == 0:
                lower.set_ylabel("label")
            lower.set_title(style.bold(chr(ord("c") + len(ways) + k)), loc="left", pad=2)
            axes += [upper, lower]
        _scale_of_confusion(lower, image)
        return np.array(axes)


def loss(study: Source, dataset: str, variant: Variant | int | None = None, ax: Axes | None = None) -> Axes:
    """Training loss against the epoch, in the colours of the methods; each counts the epochs of its own training.
    Arguments and errors: as network()."""
    with reading(study, ax) as results:
        run = _shown(results, dataset, variant)
        axes = single(ax)
        _draw_loss(axes, run)
        axes.legend()
        return axes


def weights(
    study: Source, dataset: str, deployment: str = "fp32", variant: Variant | int | None = None, ax: Axes | None = None
) -> Axes:
    """How many weights of the first layer there are of each size. deployment: a name of accuracy.deployment, as "qat mse".
    Other arguments and errors: as network()."""
    with reading(study, ax) as results:
        run, way = _deployed(results, dataset, deployment, variant)
        axes = single(ax)
        _draw_weights(axes, run, way)
        axes.set_ylabel("weights of the first layer")
        axes.set_title(_accuracy_text(run, way), loc="left")
        return axes


def confusion(
    study: Source, dataset: str, deployment: str = "fp32", variant: Variant | int | None = None, ax: Axes | None = None
) -> Axes:
    """Confusion matrix of a network: share of the images with that label. Arguments and errors: as weights()."""
    with reading(study, ax) as results:
        run, way = _deployed(results, dataset, deployment, variant)
        axes = single(ax, 2.6)
        image = _draw_confusion(axes, run, way)
        axes.set_ylabel("label")
        axes.set_title(_accuracy_text(run, way), loc="left")
        _scale_of_confusion(axes, image)
        return axes


def best_variant(network: Network, dataset: int) -> int | None:
    """Of the variants with a finished run the one with most levels, the first of equals. None if there is no run."""
    counts = network.results.get("variants/levels")
    known = [v for v in range(network.accuracy_array.size("variant")) if network.first_run(dataset, v)]
    return max(known, key=lambda v: (counts.values[v] if counts is not None else 0, -v), default=None)


def _shown(results: Results, dataset: str, chosen: Variant | int | None) -> _Run:
    network = network_of(results)
    for name in ("loss", "weight_histogram", "histogram_range", "confusion"):
        if not results.has(f"network/{name}"):
            raise NotInStudy(f"{results.path}: no {name.replace('_', ' ')} of a network is stored")
    (number,) = network.dataset_numbers(dataset)
    variant = best_variant(network, number) if chosen is None else variant_number(results, "synapse", chosen)
    first = None if variant is None else network.first_run(number, variant)
    if first is None:
        raise NotInStudy(f"{results.path}: no network on {dataset} has been trained yet")
    return _Run(network, variant, first[0], number, first[1])


def _deployed(results: Results, dataset: str, deployment: str, chosen: Variant | int | None) -> tuple[_Run, dict[str, int]]:
    run = _shown(results, dataset, chosen)
    ways = {run.network.way_name(way): way for way in run.network.ways}
    if deployment not in ways:
        raise NotInStudy(f"{results.path}: there is no deployment {deployment!r}; there are {', '.join(ways)}")
    if not np.isfinite(run.network.accuracy(ways[deployment])[run.place]):
        raise NotInStudy(f"{results.path}: the deployment {deployment} has not been evaluated yet")
    return run, ways[deployment]


def _sketch(axes: Axes, sizes: list) -> None:
    """The layers as columns of dots."""
    axes.axis("off")
    axes.set(xlim=(-0.5, len(sizes) - 0.5), ylim=(-0.18, 1.1))
    columns = [np.linspace(0.05, 0.95, 7 if k == 0 else 6 if k < len(sizes) - 1 else 5) for k in range(len(sizes))]
    connections = [[(k, a), (k + 1, b)] for k in range(len(sizes) - 1) for a in columns[k] for b in columns[k + 1]]
    axes.add_collection(matplotlib.collections.LineCollection(connections, colors=style.LIGHT, linewidths=0.4, zorder=1))
    for k, size in enumerate(sizes):
        colour = style.COLOURS[k % len(style.COLOURS)]
        axes.plot(np.full(len(columns[k]), k), columns[k], "o", color=colour, ms=4, zorder=2)
        axes.text(k, -0.05, str(size), ha="center", va="top")


def _sizes(results: Results) -> list:
    hidden = results.sweep.get("network", {}).get("hidden", [])
    classes = results.get("network/confusion").size("label")
    pixels = results.get("network/baseline/misclassified_image")
    return [pixels.size("pixel") if pixels is not None else "inputs", *hidden, classes]


def _accuracy_text(run: _Run, way: dict[str, int]) -> str:
    return f"{names.method(run.network.method(way))}\n{100 * run.network.accuracy(way)[run.place]:.2f} %"


def _draw_loss(axes: Axes, run: _Run) -> None:
    for way in run.ways:
        values = run.get("loss", way).values
        known = values[np.isfinite(values)]
        if known.size:
            axes.plot(
                np.arange(1, known.size + 1),
                known,
                **style.method_look(run.network, way),
                markevery=max(1, known.size // 8),
                zorder=3 if known.size == 1 else 2,
                label=names.method(run.network.method(way)),
            )
    axes.set(xlabel="epoch", ylabel="training loss")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True, nbins=4))


def _draw_weights(axes: Axes, run: _Run, way: dict[str, int]) -> None:
    counts = run.get("weight_histogram", way).at(layer=0).values
    limit = float(run.get("histogram_range", way).at(layer=0).values)
    edges = np.linspace(-limit, limit, len(counts) + 1)
    axes.stairs(counts, edges, baseline=0.5, fill=True, color=style.method_look(run.network, way)["color"], lw=0)
    axes.set(yscale="log", xlabel="weight", ylim=(0.7, 3 * max(counts.max(), 1)))
    style.powers_of_ten(axes.yaxis)


def _draw_confusion(axes: Axes, run: _Run, way: dict[str, int]) -> AxesImage:
    matrix = run.get("confusion", way).values.astype(float)
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    # Errors are rare: on a linear scale only the diagonal would be seen.
    image = axes.imshow(share, cmap=style.SEQUENTIAL, norm=matplotlib.colors.LogNorm(1e-3, 1, clip=True))
    ticks = range(0, len(matrix), max(1, len(matrix) // 5))
    axes.set(xticks=ticks, yticks=ticks, xlabel="prediction")
    axes.spines[["top", "right"]].set_visible(True)
    return image


def _scale_of_confusion(axes: Axes, image: AxesImage) -> None:
    bar = axes.figure.colorbar(image, ax=axes, fraction=0.05, pad=0.03)
    style.powers_of_ten(bar.ax.yaxis)
    bar.set_label("share of the label")
