"""Trained networks of a study, as arrays."""

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from .errors import NotInStudy, SpinsweepError

if TYPE_CHECKING:
    from .study import Study


@dataclasses.dataclass(frozen=True)
class Layer:
    """A dense layer. weight: (output, input); bias: (output); single precision. Codes are places in the codebooks
    (channel or 1, level), or None where a parameter is not on levels."""

    weight: np.ndarray
    bias: np.ndarray
    codes: np.ndarray | None = None
    codebooks: np.ndarray | None = None
    bias_codes: np.ndarray | None = None
    bias_codebooks: np.ndarray | None = None

    def on_levels(self) -> "Layer":
        """The same layer with every parameter that has levels on the nearest of them."""
        return dataclasses.replace(
            self,
            weight=_decoded(self.weight, self.codes, self.codebooks),
            bias=_decoded(self.bias, self.bias_codes, self.bias_codebooks),
        )


@dataclasses.dataclass(frozen=True)
class TrainedNetwork:
    """A multilayer perceptron as the study evaluated it: dense layers with the neuron's activation between them.
    activation: coefficients of x, x^2, ...; accuracy: of the test set, a fraction; name: what it is, in words."""

    layers: tuple[Layer, ...]
    activation: tuple[float, ...]
    accuracy: float
    name: str

    @property
    def sizes(self) -> list[int]:
        """Neurons of each layer, inputs first."""
        return [self.layers[0].weight.shape[1], *(layer.weight.shape[0] for layer in self.layers)]

    def requantized(self) -> "TrainedNetwork":
        """The network that is on the device: of a fine-tuned one every weight on its nearest level again."""
        return dataclasses.replace(self, layers=tuple(layer.on_levels() for layer in self.layers), accuracy=float("nan"))

    def logits(self, inputs: np.ndarray, dtype=np.float32) -> np.ndarray:
        """Class scores before the softmax (sample, class). inputs: (sample, input), pixels from 0 to 1."""
        values = np.asarray(inputs, dtype=dtype)
        for k, layer in enumerate(self.layers):
            values = values @ layer.weight.T.astype(dtype) + layer.bias.astype(dtype)
            if k + 1 < len(self.layers):
                values = activate(values, self.activation)
        return values


def activate(x: np.ndarray, coefficients: tuple[float, ...]) -> np.ndarray:
    """The activation of a device neuron: c1 x + c2 x^2 + ... on [0, 1], zero below, its tangent (if it rises) above."""
    dtype = x.dtype
    inside = np.clip(x, dtype.type(0), dtype.type(1))
    value = np.zeros_like(inside)
    for c in reversed(coefficients):
        value = value * inside + dtype.type(c)
    return value * inside + dtype.type(end_slope(coefficients)) * (np.maximum(x, dtype.type(1)) - dtype.type(1))


def end_slope(coefficients: tuple[float, ...]) -> float:
    """Slope of the activation above 1."""
    return max(0.0, sum((k + 1) * c for k, c in enumerate(coefficients)))


def read_network(study: "Study", dataset: str, deployment: str, seed: int | None, parameters: dict[str, float]) -> TrainedNetwork:
    """For Study.network()."""
    mine, theirs = {}, {}
    for name, value in parameters.items():
        (theirs if name.startswith("neuron_") else mine)[name] = value
    neuron = study.neuron(**theirs)
    with study._open() as results:
        datasets, deployments = (results.names(f"network/{what}_name") for what in ("dataset", "deployment"))
        methods = results.names("network/deployment_method")
        seeds = results.get("network/seed").values.tolist() if results.has("network/seed") else []
        if not deployments:
            raise NotInStudy(f"{study.path}: the study has no network")
        d = _place(study, "data set", dataset, datasets)
        k = _place(study, "deployment", deployment, deployments)
        s = _place(study, "seed", seeds[0] if seed is None else seed, seeds)
        hidden = results.sweep["network"].get("hidden", [])
        pixels = int(np.prod([results.file[f"network/baseline/image_{edge}"][d] for edge in ("height", "width")]))
        sizes = [pixels, *hidden, int(results.file["network/class_count"][d])]
        name = f"{study.name}: {dataset}, {deployment}, seed {seeds[s]}"
        if methods[k] == "fp32":
            index, group = (neuron.number, d, s), "network/baseline"
            layers = _layers(results.file[f"{group}/weight"][index], sizes)
        else:
            variant = study.variant(**mine)
            index, group = (variant.number, neuron.number, d, s, k), "network"
            name += f", {variant.label}"
            if not results.has("network/weight") or methods[k] not in results.sweep["network"].get("store_weights", []):
                raise NotInStudy(
                    f"{study.path}: the weights of {methods[k]} are not stored; run it with [network] store_weights = [\"{methods[k]}\"]"
                )
            weight, level, codebook, bias_codebook = (
                results.file[f"network/{what}"][index] for what in ("weight", "weight_level", "codebook", "bias_codebook")
            )
            layers = _layers(weight, sizes, level, codebook, bias_codebook)
        if results.file[f"{group}/status"][index] != 2:
            raise SpinsweepError(f"{study.path}: the network {name} has not been trained yet")
        accuracy = float(results.file[f"{group}/test_accuracy"][index])
    return TrainedNetwork(layers, tuple(float(c) for c in neuron.activation.values), accuracy, name)


def _place(study: "Study", what: str, wanted, known: list) -> int:
    if wanted not in known:
        raise NotInStudy(f"{study.path}: the study has no {what} {wanted!r}; it has {', '.join(map(repr, known))}")
    return known.index(wanted)


def _layers(weight, sizes, level=None, codebook=None, bias_codebook=None) -> tuple[Layer, ...]:
    layers, at = [], 0
    for k, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        count = inputs * outputs
        weights, biases = slice(at, at + count), slice(at + count, at + count + outputs)
        at += count + outputs
        matrix = lambda values: np.ascontiguousarray(values[weights].reshape(inputs, outputs).T)
        books = _books(codebook[k], outputs) if codebook is not None else None
        bias_books = _books(bias_codebook[k], outputs) if bias_codebook is not None else None
        layers.append(
            Layer(
                weight=matrix(weight),
                bias=weight[biases].copy(),
                codes=matrix(level) if books is not None else None,
                codebooks=books,
                bias_codes=level[biases].copy() if bias_books is not None else None,
                bias_codebooks=bias_books,
            )
        )
    return tuple(layers)


def _books(stored: np.ndarray, outputs: int) -> np.ndarray | None:
    known = stored[np.isfinite(stored[:, 0])]
    if len(known) == 0:
        return None
    return known[:, np.isfinite(known[0])].astype(np.float32)


def _decoded(values: np.ndarray, codes: np.ndarray | None, books: np.ndarray | None) -> np.ndarray:
    if codes is None:
        return values
    if len(books) == 1:
        return books[0][codes]
    return np.take_along_axis(books, codes.reshape(len(codes), -1), axis=1).reshape(codes.shape)
