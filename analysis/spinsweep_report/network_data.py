"""The network's results with their axes in one order, whatever else the file spreads them over."""

import functools
import itertools

import numpy as np

from . import names, style

RUN = ("variant", "neuron", "dataset", "seed")


class Network:
    """Every way of putting a network on a device, one after the other: the schemes, times further axes such as the
    mapping."""

    def __init__(self, results):
        self.results = results
        self.accuracy_array = results.get("network/test_accuracy")
        self.datasets = results.names("network/dataset_name")
        self.ways = []  # (dict of axis -> index, label)
        if self.accuracy_array is not None:
            self._find_ways()

    def _find_ways(self):
        dims = [d for d in self.accuracy_array.dims if d not in RUN]
        sizes = [self.accuracy_array.size(d) for d in dims]
        for index in itertools.product(*map(range, sizes)):
            self.ways.append(dict(zip(dims, index)))

    def exists(self):
        return self.accuracy_array is not None and bool(np.any(np.isfinite(self.accuracy_array.values)))

    def _text(self, dim, index):
        texts = self.results.names(f"network/{dim}_name")
        return texts[index] if index < len(texts) else str(index)

    def scheme(self, way):
        return self._text("scheme", way["scheme"]) if "scheme" in way else ""

    def _spread_dims(self, way):
        """The axes besides the scheme, such as the mapping, along which that way is one of several."""
        if self.scheme(way) == "fp32":
            return []
        return [dim for dim in way if dim != "scheme" and self.accuracy_array.size(dim) > 1]

    def label(self, way):
        """ "quantised, max_abs": what is the same everywhere is left out."""
        parts = [names.scheme(self.scheme(way))] if "scheme" in way else []
        return ", ".join(parts + [self._text(dim, way[dim]) for dim in self._spread_dims(way)])

    def choice(self, way):
        """ "max_abs": the mapping etc. of that way, "" where there is but one."""
        return ", ".join(self._text(dim, way[dim]) for dim in self._spread_dims(way))

    def look(self, way):
        """Colour and marker of its scheme, the same in every figure."""
        k = way.get("scheme", 0)
        return {"color": style.COLOURS[k % len(style.COLOURS)], "marker": style.MARKERS[k % len(style.MARKERS)]}

    def distinct_ways(self):
        """The ways whose labels differ, in the order of the file."""
        seen, ways = set(), []
        for way in self.ways:
            if self.label(way) not in seen:
                seen.add(self.label(way))
                ways.append(way)
        return ways

    @functools.cached_property
    def shown(self):
        """One way for each scheme, of that mapping etc. with the best mean accuracy of the quantised networks."""

        def merit(way):
            return np.nan_to_num(mean(self.accuracy(way)), nan=-1.0)

        quantized = [way for way in self.ways if self.scheme(way) == "ptq"]
        rated = quantized or [way for way in self.ways if self.scheme(way) != "fp32"] or self.ways
        best = max(rated, key=merit)
        return [way for way in self.ways if all(way[dim] == best[dim] for dim in way if dim != "scheme")]

    def shown_on_devices(self):
        """Those of `shown` that a device's levels matter to; all if there is none."""
        return [way for way in self.shown if self.scheme(way) != "fp32"] or self.shown

    def shown_choice(self):
        """What `shown` has chosen, a sentence for captions; "" if there was no choice."""
        chosen = next((choice for way in self.shown if (choice := self.choice(way))), "")
        return f" Mapping {chosen}, on the average the most accurate one when quantised." if chosen else ""

    def accuracy(self, way):
        """[variant, neuron, dataset, seed], NaN where it is not known."""
        return self.accuracy_array.at(**way).front(*RUN).values

    def requantized(self, way):
        """Accuracy of the fine-tuned network of that way with every weight on a level again, or None."""
        array = self.results.get("network/requantized_accuracy")
        if array is None or self.scheme(way) != "fine_tuned":
            return None
        return array.at(**way).front(*RUN).values

    def controls(self):
        """Scheme -> accuracy of FP32 trained on for as long, [neuron, dataset, seed], where one is known."""
        array = self.results.get("network/baseline/control_accuracy")
        schemes = self.results.names("network/scheme_name") if array is not None else []
        controls = {name: array.at(scheme=k).front("neuron", "dataset", "seed").values for k, name in enumerate(schemes)}
        return {name: values for name, values in controls.items() if np.any(np.isfinite(values))}

    def run(self, name, way, variant, neuron, dataset, seed):
        """A variable of one run and way: what remains are its own axes."""
        array = self.results.get(f"network/{name}")
        if array is None:
            return None
        return array.at(variant=variant, neuron=neuron, dataset=dataset, seed=seed, **way)

    def first_run(self, dataset, variant):
        """(neuron, seed) of the first run of that variant that is known in one of the ways shown, or None."""
        for way in self.shown:
            known = np.argwhere(np.isfinite(self.accuracy(way)[variant, :, dataset]))
            if len(known):
                return tuple(int(k) for k in known[0])
        return None


def mean(values):
    """Mean of what is known; NaN if nothing is."""
    values = values[np.isfinite(values)]
    return float(np.mean(values)) if values.size else float("nan")


def spread(values):
    """Standard deviation of what is known; NaN of fewer than two."""
    values = values[np.isfinite(values)]
    return float(np.std(values, ddof=1)) if values.size > 1 else float("nan")
