"""The network's results with their axes in one order, whatever else the file spreads them over."""

import functools

import numpy as np

from . import names
from .errors import NotInStudy

RUN = ("variant", "neuron", "dataset", "seed")


class Network:
    """The deployments: ways of putting a network on a device, each a method with a mapping. A way is {"deployment":
    index}, as Array.at() takes it."""

    def __init__(self, results):
        self.results = results
        self.accuracy_array = results.get("network/test_accuracy")
        self.datasets = results.names("network/dataset_name")
        self._names = results.names("network/deployment_name")
        self._methods = results.names("network/deployment_method")
        self.ways = [{"deployment": k} for k in range(len(self._names))]

    def exists(self):
        return self.accuracy_array is not None and bool(np.any(np.isfinite(self.accuracy_array.values)))

    def method(self, way):
        return self._methods[way["deployment"]]

    def way_name(self, way):
        """ "qat max_abs", as the file has it."""
        return self._names[way["deployment"]]

    @functools.cached_property
    def _choices(self):
        """The mapping and the own settings of each deployment; "" for all if there is only one choice."""
        choices = [name.removeprefix(method).strip() for name, method in zip(self._names, self._methods)]
        return choices if len({*choices} - {""}) > 1 else [""] * len(choices)

    def choice(self, way):
        """ "max_abs": the mapping and the own settings of that way; "" if there is only one choice."""
        return self._choices[way["deployment"]]

    def label(self, way):
        """ "quantised, max_abs": what is the same everywhere is left out."""
        return ", ".join(filter(None, [names.method(self.method(way)), self.choice(way)]))

    @property
    def methods(self):
        """The methods of the deployments, each once, in the order of the file."""
        return list(dict.fromkeys(self._methods))

    @functools.cached_property
    def shown(self):
        """One way for each method: that of the mapping whose quantised networks are most accurate on average, or
        the most accurate one of a method that has no such way."""

        def merit(way):
            return np.nan_to_num(mean(self.accuracy(way)), nan=-1.0)

        quantized = [way for way in self.ways if self.method(way) == "ptq"]
        best = self.choice(max(quantized, key=merit)) if quantized else ""
        ways = [[way for way in self.ways if self.method(way) == method] for method in self.methods]
        return [next((way for way in same if self.choice(way) == best), max(same, key=merit)) for same in ways]

    def shown_on_devices(self):
        """Those of `shown` that a device's levels matter to; all if there is none."""
        return [way for way in self.shown if self.method(way) != "fp32"] or self.shown

    def ways_on_devices(self):
        """Every way that a device's levels matter to."""
        return [way for way in self.ways if self.method(way) != "fp32"]

    def shown_choice(self):
        """What `shown` has chosen, a sentence for captions; "" if there was no choice."""
        chosen = next((choice for way in self.shown if (choice := self.choice(way))), "")
        return f" Mapping {chosen}, on average the most accurate one when quantised." if chosen else ""

    def accuracy(self, way):
        """[variant, neuron, dataset, seed], NaN where it is not known."""
        return self.accuracy_array.at(**way).front(*RUN).values

    def requantized(self, way):
        """Accuracy of the fine-tuned network of that way with every weight on a level again, or None."""
        array = self.results.get("network/requantized_accuracy")
        if array is None or self.method(way) != "fine_tuned":
            return None
        return array.at(**way).front(*RUN).values

    def sample_accuracy(self, way, dataset):
        """Mean accuracy of each variant on the device samples, [variant]; None without device samples."""
        found = self._sample_accuracies(way, dataset)
        return None if found is None else np.array([mean(of_variant) for of_variant in found])

    def sample_uncertainty(self, way, dataset):
        """Standard error of sample_accuracy() over the device samples, 0 of a single one; None without device samples."""
        found = self._sample_accuracies(way, dataset)
        if found is None:
            return None
        known = np.sum(np.isfinite(found), axis=tuple(range(1, found.ndim)))
        return np.array([spread(one) / np.sqrt(n) if n > 1 else 0.0 for one, n in zip(found, known)])

    def _sample_accuracies(self, way, dataset):
        array = self.results.get("network/device_sample_accuracy")
        return None if array is None else array.at(**way).front("variant", "dataset").values[:, dataset]

    def writes_devices(self):
        """Whether the devices of a sample have conductances that [programming] has found, and no assumed errors alone."""
        return self.results.has("programming") and self.results.sweep.get("network", {}).get("device_errors") == "simulated"

    def dataset_numbers(self, name=None):
        """The place of the data set of that name in a list, or those of all. Errors: NotInStudy if there is no such one."""
        if name is None:
            return list(range(len(self.datasets)))
        if name not in self.datasets:
            raise NotInStudy(f"{self.results.path}: the study has no data set {name!r}; it has {', '.join(self.datasets)}")
        return [self.datasets.index(name)]

    def controls(self):
        """Name -> accuracy of FP32 trained further for as long, [neuron, dataset, seed], where one is known."""
        array = self.results.get("network/baseline/control_accuracy")
        known = {
            name: array.at(control=k).front("neuron", "dataset", "seed").values
            for k, name in enumerate(self.results.names("network/baseline/control_name"))
        }
        return {name: values for name, values in known.items() if np.any(np.isfinite(values))}

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
