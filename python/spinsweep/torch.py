"""Devices of a study in PyTorch: the neuron's activation, weights on the levels of a synapse, training on levels.

The numbers are those of the network stage: mappings to the bit, class scores of stored networks to rounding.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import torch
from torch import nn
from torch.nn.utils import parametrize

from .mapping import Levels, Mapping, find_range, nearest, place, spread_levels
from .measured import MeasuredDevice
from .networks import TrainedNetwork, end_slope
from .variant import Variant

Synapse = Variant | MeasuredDevice | Sequence[float]
"""A synapse of a study, devices as written, or the conductances (S) of levels."""

_ON_DEVICE = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d)


class Activation(nn.Module):
    """The activation of a device neuron: c1 x + c2 x^2 + ... on [0, 1], zero below, and above 1 its tangent there if that
    rises (docs/decisions/0004). Its gradient is that of the network stage: zero at and below 0."""

    def __init__(self, neuron: Variant | Sequence[float]):
        """neuron: a neuron of a study, or the coefficients of x, x^2, ..."""
        super().__init__()
        coefficients = neuron.activation.values if isinstance(neuron, Variant) else neuron
        self.coefficients = tuple(float(c) for c in coefficients)
        if not self.coefficients or not np.all(np.isfinite(self.coefficients)):
            raise ValueError(f"the neuron has no activation: its coefficients are {self.coefficients}")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inside = torch.where(x > 0, x, torch.zeros((), dtype=x.dtype, device=x.device))
        inside = torch.where(x > 1, torch.ones((), dtype=x.dtype, device=x.device), inside)
        value = torch.zeros_like(inside)
        for c in reversed(self.coefficients):
            value = value * inside + c
        return value * inside + end_slope(self.coefficients) * torch.where(x > 1, x - 1, torch.zeros_like(x))

    def extra_repr(self) -> str:
        return ", ".join(f"{c:g}" for c in self.coefficients)


def sequential(network: TrainedNetwork) -> nn.Sequential:
    """A stored network as Linear and Activation modules; input (sample, input) from 0 to 1, output the class scores."""
    modules: list[nn.Module] = []
    for k, layer in enumerate(network.layers):
        outputs, inputs = layer.weight.shape
        linear = nn.Linear(inputs, outputs)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(layer.weight))
            linear.bias.copy_(torch.from_numpy(layer.bias))
        modules.append(linear)
        if k + 1 < len(network.layers):
            modules.append(Activation(network.activation))
    return nn.Sequential(*modules)


def levels_of(synapse: Synapse) -> Levels:
    """The levels of a synapse. Errors: ValueError with fewer than two."""
    if isinstance(synapse, MeasuredDevice):
        return Levels.of(synapse.conductances)
    return Levels.of(synapse.levels.values if isinstance(synapse, Variant) else synapse)


def device_layers(module: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    """(name, module) of the layers whose weights are devices: dense and convolutional ones, in order."""
    return ((name, child) for name, child in module.named_modules() if isinstance(child, _ON_DEVICE))


@torch.no_grad()
def quantize(
    module: nn.Module,
    synapse: Synapse,
    mapping: str = "mse",
    *,
    percentile: float = 99.9,
    biases: str = "digital",
) -> nn.Module:
    """A copy of `module` with every weight of its dense and convolutional layers on its nearest level.

    mapping: as in a sweep file, docs/network.md; of a convolution
    "per_channel" means each output channel. biases: "digital", "own_range" or "shared_range".
    """
    result, levels, rule = copy.deepcopy(module), levels_of(synapse), Mapping.named(mapping)
    if biases not in ("digital", "own_range", "shared_range"):
        raise ValueError(f'biases are "digital", "own_range" or "shared_range", not {biases!r}')
    for number, (_, layer) in enumerate(device_layers(result)):
        if rule.first_layer and number > 0:
            break
        placed = place(_numpy(layer.weight), levels, rule, percentile=percentile)
        layer.weight.copy_(torch.from_numpy(placed.weights))
        if biases == "digital" or layer.bias is None:
            continue
        if biases == "shared_range":
            bias = place(_numpy(layer.bias), levels, rule, ranges=placed.ranges)
        else:
            one = Mapping(rule.rule, rule.differential_pair)
            bias = place(_numpy(layer.bias), levels, one, percentile=percentile)
        layer.bias.copy_(torch.from_numpy(bias.weights))
    return result


class _StraightThrough(torch.autograd.Function):
    """Forward: the level nearest to each latent weight; backward: the gradient as it is."""

    @staticmethod
    def forward(ctx, latent, low, width, relative, thresholds):
        kept = torch.minimum(torch.maximum(latent, low), low + width)
        place_in_range = (kept - low) * (1.0 / width)
        return low + width * relative[torch.bucketize(place_in_range, thresholds)]

    @staticmethod
    def backward(ctx, gradient):
        return gradient, None, None, None, None


class OnLevels(nn.Module):
    """Parametrization of a weight that is always on a level (straight-through estimator, Y. Bengio et al.,
    arXiv:1308.3432): torch.nn.utils.parametrize.register_parametrization(layer, "weight", OnLevels(...)). The range is
    chosen once from the weights that the layer has then, by the rule `mse` like the method qat."""

    def __init__(self, weight: torch.Tensor, synapse: Synapse | Levels, mapping: str = "mse"):
        super().__init__()
        rule = Mapping.named(mapping)
        levels = synapse if isinstance(synapse, Levels) else levels_of(synapse)
        relative = levels.weights(rule.differential_pair)
        values = _numpy(weight)
        groups = values.reshape(len(values), -1) if rule.per_channel else values.reshape(1, -1)
        ranges = np.array([find_range("mse", group, relative) for group in groups], dtype=np.float32)
        shape = (len(ranges),) + (1,) * (values.ndim - 1)
        singles = relative.astype(np.float32)
        self.register_buffer("low", torch.from_numpy(ranges[:, 0].reshape(shape).copy()))
        self.register_buffer("width", torch.from_numpy((ranges[:, 1] - ranges[:, 0]).reshape(shape)))
        self.register_buffer("relative", torch.from_numpy(singles))
        self.register_buffer("thresholds", torch.from_numpy(np.float32(0.5) * (singles[:-1] + singles[1:])))
        self._ranges, self._relative = ranges, relative

    def forward(self, latent: torch.Tensor) -> torch.Tensor:
        return _StraightThrough.apply(latent, self.low, self.width, self.relative, self.thresholds)

    @torch.no_grad()
    def right_inverse(self, weight: torch.Tensor) -> torch.Tensor:
        return torch.minimum(torch.maximum(weight, self.low), self.low + self.width)

    @torch.no_grad()
    def clip_(self, latent: torch.Tensor) -> None:
        """Keeps latent weights between the lowest and the highest level, after each step of the optimiser."""
        latent.copy_(self.right_inverse(latent))

    @property
    def codebooks(self) -> np.ndarray:
        """The weights of the levels (channel or 1, level)."""
        return np.array([spread_levels(self._relative, tuple(r)) for r in self._ranges])


class OnLevelLinear(nn.Linear):
    """A dense layer whose weights and biases are always on levels of a synapse."""

    def __init__(self, inputs: int, outputs: int, synapse: Synapse, mapping: str = "mse", bias: bool = True):
        super().__init__(inputs, outputs, bias)
        train_on_levels(self, synapse, mapping)


def train_on_levels(module: nn.Module, synapse: Synapse, mapping: str = "mse", biases: bool = True) -> nn.Module:
    """Puts every dense and convolutional layer of `module` on levels for further training, in place. Call
    clip_latent(module) after each step of the optimiser, and finish(module) at the end."""
    levels = levels_of(synapse)
    for _, layer in list(device_layers(module)):
        parametrize.register_parametrization(layer, "weight", OnLevels(layer.weight, levels, mapping))
        if biases and layer.bias is not None:
            one = Mapping("mse", Mapping.named(mapping).differential_pair)
            parametrize.register_parametrization(layer, "bias", OnLevels(layer.bias, levels, one))
    return module


def _on_levels(module: nn.Module) -> Iterator[tuple[nn.Module, str, OnLevels]]:
    for child in module.modules():
        if parametrize.is_parametrized(child):
            for name, steps in child.parametrizations.items():
                if isinstance(steps[0], OnLevels):
                    yield child, name, steps[0]


def clip_latent(module: nn.Module) -> None:
    """Keeps all latent weights inside their ranges, as the network stage does after each step."""
    for child, name, step in _on_levels(module):
        step.clip_(child.parametrizations[name].original)


@torch.no_grad()
def finish(module: nn.Module) -> nn.Module:
    """Replaces all latent weights by their levels, exactly those of the codebooks, and removes the parametrizations."""
    for child, name, step in list(_on_levels(module)):
        values = _numpy(getattr(child, name))
        placed = place(values, Levels(0.0, 1.0, step._relative), Mapping("mse", per_channel=len(step._ranges) > 1), ranges=step._ranges)
        parametrize.remove_parametrizations(child, name, leave_parametrized=True)
        getattr(child, name).copy_(torch.from_numpy(placed.weights))
    return module


@torch.no_grad()
def sample_devices(
    module: nn.Module,
    synapse: Synapse,
    mapping: str = "mse",
    *,
    error: float | Callable[[torch.Tensor], torch.Tensor] | None = None,
    stuck_at_fraction: float = 0.0,
    generator: torch.Generator | None = None,
    percentile: float = 99.9,
) -> nn.Module:
    """One chip: a copy of `module` on the levels whose every device has an error of its own.

    error: standard deviation of G in units of the range of levels, or a function that gives the conductance with its
    error (both normalised, 0 at the lowest level and 1 at the highest) of each device. Without it devices as written
    (measured.written(), measured.read_measured()) have each the error of one of them, others have none.
    stuck_at_fraction: of the devices, stuck at their lowest or highest level. A weight of a pair is G+ - G-, each of
    them on a level: of several pairs with the same difference those of the smallest conductances.
    """
    rule, levels = Mapping.named(mapping), levels_of(synapse)
    result = quantize(module, synapse, mapping, percentile=percentile)
    free = dict(device_layers(module))
    disturb = error if callable(error) else _errors_of(synapse, error, generator)
    for number, (name, layer) in enumerate(device_layers(result)):
        if rule.first_layer and number > 0:
            break
        ranges = place(_numpy(free[name].weight), levels, rule, percentile=percentile).ranges
        ends = torch.from_numpy(ranges.astype(np.float64)).reshape((len(ranges), 2) + (1,) * (layer.weight.ndim - 1))
        low, width = ends[:, 0], ends[:, 1] - ends[:, 0]
        relative = (layer.weight.double() - low) / width
        if rule.differential_pair:
            pairs = levels.pairs()[nearest(relative.numpy(), levels.weights(True))]
            sides = [torch.from_numpy(pairs[..., side].copy()) for side in (0, 1)]
        else:
            sides = [relative]
        sides = [_stuck(disturb(g), stuck_at_fraction, generator) for g in sides]
        read = 0.5 * (1 + sides[0] - sides[1]) if rule.differential_pair else sides[0]
        layer.weight.copy_((low + width * read).to(layer.weight.dtype))
    return result


def _errors_of(synapse: Synapse, deviation: float | None, generator: torch.Generator | None) -> Callable[[torch.Tensor], torch.Tensor]:
    if deviation is None and isinstance(synapse, MeasuredDevice):
        random = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
        return lambda g: torch.from_numpy(synapse.draw(g.numpy(), random)).to(g.dtype)
    return lambda g: g + (deviation or 0.0) * torch.randn(g.shape, generator=generator, dtype=g.dtype)


def _stuck(g: torch.Tensor, fraction: float, generator: torch.Generator | None) -> torch.Tensor:
    if fraction == 0:
        return g
    draw = torch.rand(g.shape, generator=generator, dtype=g.dtype)
    return torch.where(draw < fraction / 2, torch.zeros_like(g), torch.where(draw < fraction, torch.ones_like(g), g))


def accuracy(module: nn.Module, batches: Iterable[tuple[torch.Tensor, torch.Tensor]]) -> float:
    """Fraction of the samples whose largest class score is that of their label."""
    right = total = 0
    module.eval()
    with torch.no_grad():
        for inputs, labels in batches:
            right += int((module(inputs).argmax(dim=1) == labels).sum())
            total += len(labels)
    return right / total


def _numpy(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().cpu().numpy().astype(np.float32)
