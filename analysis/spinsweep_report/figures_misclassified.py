"""Figure of the images that a network misclassifies."""

import numpy as np

from . import names, style
from spinsweep.results import DONE


def misclassified(results, network, dataset):
    """Fig 6: test images that the FP32 network misclassifies. None if the file has none."""
    pictures = results.get("network/baseline/misclassified_image")
    if pictures is None:
        return None
    status = results.get("network/baseline/status").values
    index = results.get("network/baseline/misclassified_index").values
    known = np.argwhere(status[:, dataset] == DONE)
    if not len(known):
        return None
    neuron, seed = known[0]
    label, prediction = (
        results.get(f"network/baseline/misclassified_{what}").values[neuron, dataset, seed]
        for what in ("label", "prediction")
    )
    chosen = [k for k in range(len(label)) if index[neuron, dataset, seed, k] >= 0]
    if not chosen:
        return None
    height, width = (
        int(results.get(f"network/baseline/image_{edge}").values[dataset]) for edge in ("height", "width")
    )
    columns = 4
    rows = -(-len(chosen) // columns)
    figure = style.new_figure(style.COLUMN, 0.98 * rows)
    axes_list = figure.subplots(rows, columns, squeeze=False).ravel()
    name = network.datasets[dataset]
    for axes, k in zip(axes_list, chosen):
        image = pictures.values[neuron, dataset, seed, k, : height * width].reshape(height, width)
        axes.imshow(image, cmap="gray_r", vmin=0, vmax=255)
        axes.set_title(
            f"is {names.class_name(name, label[k])}\nclassified as {names.class_name(name, prediction[k])}", fontsize=6, pad=2
        )
    for axes in axes_list:
        axes.axis("off")
    return figure
