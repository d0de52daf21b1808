"""Weights on the levels of a device, to the bit as the network stage does it (src/network/mapping.cpp, placement.cpp)."""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np

RULES = ("min_max", "max_abs", "absolute", "percentile", "mse", "mse_affine")
OPTIONS = ("differential_pair", "per_channel", "first_layer")
_SAME_LEVEL = 1e-9  # levels closer than this fraction of the span are one level
_NARROWEST = np.float32(1e-6)


@dataclasses.dataclass(frozen=True)
class Mapping:
    """How the levels of a synapse represent the weights of a layer: a rule for the range over which they are spread, and
    options after plus signs, as in "mse+differential_pair". docs/network.md describes them."""

    rule: str
    differential_pair: bool = False
    per_channel: bool = False
    first_layer: bool = False

    @classmethod
    def named(cls, name: "str | Mapping") -> "Mapping":
        """Errors: ValueError if there is no such rule or option."""
        if isinstance(name, Mapping):
            return name
        rule, *options = name.split("+")
        if rule not in RULES:
            raise ValueError(f'"{rule}" is not a rule, expected one of: {", ".join(RULES)}')
        for option in options:
            if option not in OPTIONS:
                raise ValueError(f'"{option}" is not an option, expected some of: {", ".join(OPTIONS)}')
        return cls(rule, **{option: True for option in options})


@dataclasses.dataclass(frozen=True)
class Levels:
    """The conductance levels of a synapse. lowest, span: S. relative: (G - lowest)/span, ascending from 0 to 1."""

    lowest: float
    span: float
    relative: np.ndarray

    @classmethod
    def of(cls, conductances: Sequence[float]) -> "Levels":
        """conductances: S, in any order. Errors: ValueError if they are fewer than two different finite numbers."""
        values = np.asarray(conductances, dtype=np.float64).ravel()
        if not np.all(np.isfinite(values)):
            raise ValueError("a conductance level is not a finite number")
        different = np.unique(values)
        if len(different) < 2:
            raise ValueError(f"a synapse needs at least two different conductance levels, this one has {len(different)}")
        span = different[-1] - different[0]
        return cls(float(different[0]), float(span), (different - different[0]) / span)

    def weights(self, differential_pair: bool) -> np.ndarray:
        """What a device or a pair can represent, (w - low)/(high - low): ascending from 0 to 1."""
        if not differential_pair:
            return _distinct(self.relative)
        return _distinct(np.array([0.5 * (1.0 + plus - minus) for plus in self.relative for minus in self.relative]))

    def pairs(self) -> np.ndarray:
        """The levels of both devices of a pair, normalised, for each of weights(True): of several pairs those of the smallest sum."""
        differences = self.weights(True)
        pairs = np.ones((len(differences), 2))
        for plus in self.relative:
            for minus in self.relative:
                place = int(np.searchsorted(differences, 0.5 * (1.0 + plus - minus), side="right")) - 1
                if plus + minus < pairs[place].sum():
                    pairs[place] = plus, minus
        return pairs


def _distinct(values: np.ndarray) -> np.ndarray:
    kept: list[float] = []
    for value in np.sort(values):
        if not kept or value - kept[-1] > _SAME_LEVEL:
            kept.append(float(value))
    return np.array(kept)


def find_range(rule: str, weights: np.ndarray, relative: np.ndarray, percentile: float = 99.9) -> tuple[np.float32, np.float32]:
    """The lowest and the highest weight that the levels represent. weights: single precision; percentile: 50 to 100."""
    weights = np.asarray(weights, dtype=np.float32).ravel()
    if rule == "min_max":
        low, high = weights.min(), weights.max()
    elif rule == "max_abs":
        low, high = _around_zero(float(np.abs(weights).max()))
    elif rule == "absolute":
        low, high = np.float32(-1), np.float32(1)
    elif rule == "percentile":
        place = math.floor(percentile / 100.0 * (len(weights) - 1.0) + 0.5)
        low, high = _around_zero(float(np.partition(np.abs(weights), place)[place]))
    elif rule == "mse":
        low, high = _around_zero(_mean_square_bound(weights, relative))
    else:
        low, high = _mean_square_range(weights, relative)
    return low, max(high, np.float32(low + _NARROWEST))


def _around_zero(bound: float) -> tuple[np.float32, np.float32]:
    return np.float32(-bound), np.float32(bound)


class _SortedWeights:
    """Sorted weights, to find those nearest to each level with one search per level."""

    def __init__(self, weights: np.ndarray):
        self.sorted = np.sort(weights).astype(np.float64)
        self.sums = np.concatenate([[0.0], np.cumsum(self.sorted)])
        self.squares = np.concatenate([[0.0], np.cumsum(self.sorted * self.sorted)])

    def _ends(self, low: float, high: float, relative: Sequence[float]) -> list[int]:
        """Where the weights nearest to each level begin, and the end of all."""
        middles = [low + 0.5 * (high - low) * (a + b) for a, b in zip(relative, relative[1:])]
        # Of a range turned round, as refitting may make one, no level takes back what an earlier one has.
        ends = np.maximum.accumulate(np.searchsorted(self.sorted, middles, side="right")) if middles else []
        return [0, *(int(end) for end in ends), len(self.sorted)]

    def square_distance(self, low: float, high: float, relative: Sequence[float]) -> float:
        """Sum of the squared distances of all weights from the nearest of the levels spread from low to high."""
        total, ends = 0.0, self._ends(low, high, relative)
        for r, begin, end in zip(relative, ends, ends[1:]):
            level = low + (high - low) * r
            total += (
                float(self.squares[end])
                - float(self.squares[begin])
                - 2.0 * level * (float(self.sums[end]) - float(self.sums[begin]))
                + level * level * float(end - begin)
            )
        return total

    def refitted(self, low: float, high: float, relative: Sequence[float]) -> tuple[float, float]:
        """The range with the least squared distance if every weight keeps its present level."""
        level_sum = level_square = product = 0.0
        ends = self._ends(low, high, relative)
        for r, begin, end in zip(relative, ends, ends[1:]):
            count = float(end - begin)
            level_sum += r * count
            level_square += r * r * count
            product += r * (float(self.sums[end]) - float(self.sums[begin]))
        count, total = float(len(self.sorted)), float(self.sums[-1])
        spread = count * level_square - level_sum * level_sum
        if spread <= 0.0:
            return low, high
        width = (count * product - level_sum * total) / spread
        start = (total - width * level_sum) / count
        return start, start + width


def _mean_square_bound(weights: np.ndarray, relative: np.ndarray) -> float:
    candidates, levels = 200, relative.tolist()
    ordered = _SortedWeights(weights)
    best = largest = float(np.abs(weights).max())
    least = ordered.square_distance(-largest, largest, levels)
    for k in range(1, candidates):
        bound = largest * k / candidates
        distance = ordered.square_distance(-bound, bound, levels)
        if distance < least:
            least, best = distance, bound
    return best


def _mean_square_range(weights: np.ndarray, relative: np.ndarray) -> tuple[np.float32, np.float32]:
    """S. P. Lloyd, IEEE Trans. Inf. Theory 28, 129 (1982), from many starts."""
    starts, most_turns, levels = 8, 50, relative.tolist()
    ordered = _SortedWeights(weights)
    smallest, largest = float(ordered.sorted[0]), float(ordered.sorted[-1])
    best = np.float32(smallest), np.float32(largest)
    least = ordered.square_distance(smallest, largest, levels)
    middle, half = 0.5 * (smallest + largest), 0.5 * (largest - smallest)
    for below in range(1, starts + 1):
        for above in range(1, starts + 1):
            low, high = middle - half * below / starts, middle + half * above / starts
            distance = ordered.square_distance(low, high, levels)
            for _ in range(most_turns):
                next_low, next_high = ordered.refitted(low, high, levels)
                following = ordered.square_distance(next_low, next_high, levels)
                if not following < distance:
                    break
                low, high, distance = next_low, next_high, following
            if distance < least:
                least, best = distance, (np.float32(low), np.float32(high))
    return best


def spread_levels(relative: np.ndarray, range_: tuple[np.float32, np.float32]) -> np.ndarray:
    """The levels spread over a range, single precision."""
    low = float(range_[0])
    return (low + (float(range_[1]) - low) * relative).astype(np.float32)


def nearest(weights: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Index of the nearest of ascending levels for each weight, in case of a tie of the lower. Both single precision."""
    above = np.searchsorted(levels, weights, side="left")
    upper = np.minimum(above, len(levels) - 1)
    lower = np.maximum(above - 1, 0)
    takes_lower = (above == len(levels)) | ((above > 0) & (weights - levels[lower] <= levels[upper] - weights))
    return np.where(takes_lower, lower, upper)


@dataclasses.dataclass(frozen=True)
class Placed:
    """An array of weights on levels. ranges: (channel or 1, 2); codebooks: (channel or 1, level), ascending; codes: shaped
    like the weights, the channel first."""

    ranges: np.ndarray
    codebooks: np.ndarray
    codes: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        """Shaped like codes, single precision."""
        if len(self.codebooks) == 1:
            return self.codebooks[0][self.codes]
        flat = self.codes.reshape(len(self.codes), -1)
        return np.take_along_axis(self.codebooks, flat, axis=1).reshape(self.codes.shape)


def place(
    weights: np.ndarray, levels: Levels, mapping: str | Mapping, *, percentile: float = 99.9, ranges: np.ndarray | None = None
) -> Placed:
    """Moves every weight to its nearest level. weights: (channel, ...), the output first as PyTorch has it.
    ranges: those to use instead of choosing them from the weights."""
    mapping = Mapping.named(mapping)
    weights = np.asarray(weights, dtype=np.float32)
    relative = levels.weights(mapping.differential_pair)
    if ranges is None:
        groups = weights.reshape(len(weights), -1) if mapping.per_channel else weights.reshape(1, -1)
        ranges = np.array([find_range(mapping.rule, group, relative, percentile) for group in groups], dtype=np.float32)
    codebooks = np.array([spread_levels(relative, (low, high)) for low, high in ranges], dtype=np.float32)
    if len(codebooks) == 1:
        return Placed(ranges, codebooks, nearest(weights, codebooks[0]))
    codes = np.stack([nearest(row, book) for row, book in zip(weights, codebooks)])
    return Placed(ranges, codebooks, codes)
