"""One variant of a device: all cases that differ in nothing but the current density."""

from typing import TYPE_CHECKING

import numpy as np
import xarray

from .errors import NotInStudy
from .results import variable_name
from .stages import Stages

if TYPE_CHECKING:
    from .study import Study


class Variant(Stages):
    """A synapse or a neuron of a study. Every property reads the file as it is now."""

    def __init__(self, study: "Study", device: str, number: int):
        """For Study.variant() and Study.neuron(); number: along the dimension variant or neuron of the file."""
        self.study, self.device, self.number = study, device, number

    @property
    def parameters(self) -> dict[str, float | str]:
        """The parameters in which variants differ, by name, in SI units; the name of a choice."""
        with self.study._open() as results:
            return {n: results.variant_choice(self.device, self.number, n) for n in results.variant_axes(self.device)}

    @property
    def label(self) -> str:
        """ "notches 5, DMI 1 mJ m⁻²"."""
        with self.study._open() as results:
            return results.variant_label(self.device, self.number)

    def __repr__(self) -> str:
        return f"<{self.device}: {self.label}>"

    def parameter(self, path: str) -> float | None:
        """Any parameter of the device by its key ("notches.diameter") in SI units, swept or not; None if it has none, as
        measured devices and ideal neurons."""
        with self.study._open() as results:
            cases = results.variant_cases(self.device)[self.number]
            return results.parameter(self.device, path, cases[0]) if cases else None

    @property
    def is_measured(self) -> bool:
        """Whether the devices were measured, not simulated."""
        with self.study._open() as results:
            return self.device == "synapse" and results.is_measured()

    @property
    def levels(self) -> xarray.DataArray:
        """Conductances (level; S), ascending. Empty where cases have failed. Errors: NotInStudy for a neuron."""
        data = self._only("variants", "level_conductance")
        return data.dropna("level")

    @property
    def activation(self) -> xarray.DataArray:
        """Coefficients (order) of x, x^2, ... of a neuron's activation. Errors: NotInStudy for a synapse."""
        data = self._only("variants", "activation_coefficient")
        return data.assign_coords(order=np.arange(1, data.sizes["order"] + 1))

    @property
    def quantities(self) -> xarray.Dataset:
        """Everything that /variants and /analysis hold of this device."""
        whole = self.study.variants if self.device == "synapse" else self.study.neurons
        return self._at(whole)

    @property
    def accuracy(self) -> xarray.DataArray:
        """Test accuracy (neuron, dataset, seed, deployment) on this synapse, or (variant, ...) with this neuron."""
        return self._at(self.study.accuracy)

    def stage(self, group: str) -> xarray.Dataset:
        """This variant's part of any group of the results file. Errors: NotInStudy."""
        data = self.study.stage(group)
        if self._dim not in data.dims:
            raise NotInStudy(f"{self.study.path}: /{group} has nothing of each {self.device}")
        return self._at(data)

    @property
    def cases(self) -> xarray.Dataset:
        """The cases of this variant, ascending by current density, with it as the index: .sel(pulse_current_density=3e11).
        `status` says which are done."""
        return self._own(self.study.cases(self.device))

    @property
    def traces(self) -> xarray.Dataset:
        """Traces of the cases that are done, as Study.traces() has them; `time` (s) is a coordinate if all share it."""
        data = self._own(self.study.traces(self.device))
        data = data.isel(case=np.flatnonzero(data.status.values == "done"))
        times = data.sample_time.values
        if len(times) and np.array_equal(times, np.broadcast_to(times[0], times.shape), equal_nan=True):
            known = np.flatnonzero(np.isfinite(times[0]))
            data = data.isel(time=known).assign_coords(time=("time", times[0][known], data.sample_time.attrs))
        return data

    @property
    def snapshots(self) -> xarray.DataArray:
        """Unit magnetisation (case, snapshot_time, y, x, component) of the cases that are done."""
        data = self._own(self.study.snapshots(self.device))
        return data.isel(case=np.flatnonzero(data.status.values == "done"))

    @property
    def notch_positions(self) -> np.ndarray:
        """x of each notch (m), left to right; none of a device that is not simulated."""
        with self.study._open() as results:
            cases = results.variant_cases(self.device)[self.number]
            return results.notch_positions(cases[0]) if cases else np.zeros(0)

    @property
    def _dim(self) -> str:
        return "neuron" if self.device == "neuron" else "variant"

    def _at(self, data: xarray.Dataset | xarray.DataArray):
        return data.isel({self._dim: self.number}).drop_vars(self._dim, errors="ignore")

    def _only(self, group: str, name: str) -> xarray.DataArray:
        data = self.stage(group)
        if name not in data or self._dim not in self.study.stage(group)[name].dims:
            raise NotInStudy(f"{self.study.path}: a {self.device} has no {name}")
        return data[name]

    def _own(self, data: xarray.Dataset | xarray.DataArray):
        """The part of all cases that is of this variant, indexed by what differs between its cases."""
        with self.study._open() as results:
            cases = results.variant_cases(self.device)[self.number]
            fixed = [name for name in results.swept(self.device) if name != variable_name("pulse.current_density")]
            current = variable_name("pulse.current_density")
            swept = current in results.swept(self.device)
        if "case" in data.indexes:
            data = data.reset_index("case")
        elif swept and current in data.indexes:
            data = data.drop_indexes(current)
        data = data.isel(case=cases)
        data = data.assign_coords({name: data[name].variable[0] for name in fixed if name in data.coords})
        return data.set_xindex(current) if swept else data
