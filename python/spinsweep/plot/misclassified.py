"""Figure of the images that a network misclassifies."""

import numpy as np
from matplotlib.axes import Axes

from .. import names
from ..errors import NotInStudy
from ..network_results import Network
from ..results import DONE, Results
from . import style
from .place import Source, divided, reading

_COLUMNS = 4


def misclassified(study: Source, dataset: str, ax: Axes | None = None) -> np.ndarray:
    """The first test images of a data set that the FP32 network misclassifies, with label → predicted class,
    as in Fig. 6 of arXiv:2605.22625.

    Returns the axes (image,). Errors: NotInStudy if none are stored or there is no such data set."""
    with reading(study, ax) as results:
        network = Network(results)
        pictures = results.get("network/baseline/misclassified_image")
        if pictures is None:
            raise NotInStudy(f"{results.path}: no misclassified images are stored")
        (number,) = network.dataset_numbers(dataset)
        neuron, seed = _first_done(results, number)
        get = lambda name: results.get(f"network/baseline/misclassified_{name}").values[neuron, number, seed]
        label, prediction, index = get("label"), get("prediction"), get("index")
        chosen = np.flatnonzero(index >= 0)
        if not len(chosen):
            raise NotInStudy(f"{results.path}: the FP32 network misclassifies no image of {dataset}")
        height, width = (int(results.get(f"network/baseline/image_{edge}").values[number]) for edge in ("height", "width"))
        rows = -(-len(chosen) // _COLUMNS)
        part = divided(ax, style.COLUMN, 0.98 * rows)
        grid = part.subplots(rows, _COLUMNS, squeeze=False).ravel()
        for axes, k in zip(grid, chosen):
            image = pictures.values[neuron, number, seed, k, : height * width].reshape(height, width)
            axes.imshow(image, cmap="gray_r", vmin=0, vmax=255)
            classes = (names.class_name(dataset, which[k]) for which in (label, prediction))
            axes.set_title("\n→ ".join(classes), fontsize=6, pad=2)
        for axes in grid:
            axes.axis("off")
        return grid[: len(chosen)]


def _first_done(results: Results, dataset: int) -> tuple[int, int]:
    """(neuron, seed) of the first FP32 network of the data set. Errors: NotInStudy if none has been trained."""
    known = np.argwhere(results.get("network/baseline/status").values[:, dataset] == DONE)
    if not len(known):
        raise NotInStudy(f"{results.path}: no FP32 network has been trained yet")
    neuron, seed = known[0]
    return int(neuron), int(seed)
