"""A study: its variants, cases, traces and accuracies with physical coordinates."""

import collections
import contextlib
import os
from collections.abc import Iterator, Mapping
from typing import Any

import h5py
import numpy as np
import pandas
import xarray

from . import datasets, tables
from .errors import NoSuchVariant, NotInStudy
from .networks import TrainedNetwork, read_network
from .results import Results, variable_name
from .stages import Stages
from .variant import Variant

_RELATIVE = 1e-9  # two values of a parameter nearer than this are equal


class Study(Stages):
    """What a results file holds. Nothing is kept open and nothing is kept in memory: each property reads the file as it
    is now, so a study that is being computed can be watched. Large variables are read when their values are used.

    Parameters in which the variants differ are coordinates named like their keys with "_" for ".": notches_count,
    material_dmi; those of the neuron have the prefix neuron_. All quantities are in SI units; attrs["units"] names them.
    """

    def __init__(self, path: str | os.PathLike):
        """Errors: ForeignFile if `path` is no results file of spinsweep."""
        self.path = os.fspath(path)
        with self._open() as results:
            self.sweep: dict[str, Any] = results.sweep
            """The sweep file with every default filled in, in SI units."""
            self.devices: list[str] = [
                name
                for name, group in results.file.items()
                if isinstance(group, h5py.Group) and "status" in group and datasets.dimensions(group["status"]) == ["case"]
            ]
            """The kinds of device that are simulated: "neuron", "synapse"."""

    def __repr__(self) -> str:
        progress = self.progress
        lines = [f"spinsweep study {self.name!r} ({self.path})"]
        lines += [f"  {stage}: {row.get('done', 0)} of {row.sum()} done" for stage, row in progress.iterrows()]
        return "\n".join(lines)

    @property
    def name(self) -> str:
        return self.sweep.get("study", {}).get("name", "study")

    @contextlib.contextmanager
    def _open(self) -> Iterator[Results]:
        with Results(self.path) as results:
            yield results

    # Variants

    @property
    def variants(self) -> xarray.Dataset:
        """Every variant of the synapse with what was found about it: `levels`, `level_conductance` (variant, level; S),
        `level_spacing_cv`, `update_energy` (J), ... The swept parameters are the index of `variant`:
        study.variants.sel(notches_count=5, material_dmi=1e-3)."""
        return self._per_device("variant", ("variants", "analysis"))

    @property
    def neurons(self) -> xarray.Dataset:
        """Every variant of the neuron: `activation_coefficient` (neuron, order) of x, x^2, ..., `activation_residual`."""
        return self._per_device("neuron", ("variants",))

    def variant(self, **parameters: float | str) -> Variant:
        """The one synapse variant with these parameters: study.variant(notches_count=5, material_dmi=1e-3).

        Parameters may be left out if one variant remains. Errors: NoSuchVariant if none or several remain; NotInStudy if
        the study has no synapse.
        """
        return Variant(self, "synapse", self._find("synapse", parameters))

    def neuron(self, **parameters: float) -> Variant:
        """The one neuron variant with these parameters; with or without the prefix neuron_. Errors: as variant()."""
        return Variant(self, "neuron", self._find("neuron", parameters))

    def each_variant(self) -> list[Variant]:
        """Every variant of the synapse, in the order of the sweep."""
        with self._open() as results:
            return [Variant(self, "synapse", k) for k in range(len(results.variant_cases("synapse")))]

    # Devices

    def cases(self, device: str = "synapse") -> xarray.Dataset:
        """Every case of a kind of device: `status`, `final_position` (m), `final_conductance` (S), `wall_time` (s), ...;
        of the synapse also `arrival_time` (case, notch; s) and `depinning_delay`. The swept parameters are the index of `case`. Errors: NotInStudy if the study has no such device."""
        return self._of_cases(device, lambda variable: not {"time", "snapshot_time"} & set(variable.dims))

    def traces(self, device: str = "synapse") -> xarray.Dataset:
        """Traces of every case: `wall_position` (case, time; m), `conductance` (S), `magnetization` (case, time,
        component), `energy` (case, time, term; J), lazily read. `sample_time` (case, time; s) counts from the start of the
        pulse and is NaN beyond the end of a case. Errors: as cases()."""
        return self._of_cases(device, lambda variable: "time" in variable.dims)

    def snapshots(self, device: str = "synapse") -> xarray.DataArray:
        """Unit magnetisation (case, snapshot_time, y, x, component) at times spread evenly over a case, lazily read; zero
        in the notches and outside a smaller track. Errors: as cases()."""
        data = self._of_cases(device, lambda variable: "snapshot_time" in variable.dims).snapshot
        cell = self.sweep.get(device, {}).get("cell")
        if cell and "cell" not in data.coords:  # of the same size in every case
            data = data.assign_coords(
                {edge: (edge, (np.arange(data.sizes[edge]) + 0.5) * cell, {"units": "m"}) for edge in ("x", "y")}
            )
        return data

    # Networks

    def network(self, dataset: str, deployment: str = "fp32", seed: int | None = None, **parameters: float) -> TrainedNetwork:
        """A trained network: study.network("mnist", "qat mse", notches_count=5, material_dmi=1e-3).

        deployment: a name of accuracy.deployment; seed: the first if it is not given; parameters: of the synapse, and
        with the prefix neuron_ of the neuron. Networks on devices are stored only if the study asks for them,
        [network] store_weights. Errors: NotInStudy, NoSuchVariant, SpinsweepError if it has not been trained yet.
        """
        return read_network(self, dataset, deployment, seed, parameters)

    # Stages

    @property
    def accuracy(self) -> xarray.DataArray:
        """Test accuracy, a fraction (variant, neuron, dataset, seed, deployment); NaN until it is known. Coordinates: the
        swept parameters, `dataset` and `deployment` by name, `deployment_method`, `deployment_mapping`, `seed`.
        Errors: NotInStudy if the study has no network."""
        return self.stage("network").test_accuracy

    @property
    def effects(self) -> xarray.Dataset:
        """How much each swept parameter matters: main effects and Sobol indices (parameter, dataset, deployment), and
        those of the devices' own properties (parameter, device_quantity). Errors: NotInStudy."""
        data = self.stage("analysis")
        kept = [name for name, variable in data.data_vars.items() if "parameter" in variable.dims]
        return data[kept]

    def stage(self, group: str) -> xarray.Dataset:
        """Any group of the results file ("retention", "network", "network/baseline"), with the swept parameters and all
        names as coordinates. Errors: NotInStudy if the file has no such group."""
        data = self._stored(group)
        for dim, names in self._parameters.items():
            data = datasets.indexed(data, dim, names)
        return data

    @property
    def progress(self) -> pandas.DataFrame:
        """How many cases and runs of each stage are waiting, running, done, failed or interrupted."""
        counts = {}
        with self._open() as results:
            for name in self._groups(results):
                if results.has(f"{name}/status"):
                    status = results.file[f"{name}/status"]
                    words = status.attrs["flag_meanings"].split()
                    found = collections.Counter(np.ravel(status[...]).tolist())
                    counts[name] = {word: found.get(code, 0) for code, word in enumerate(words)}
        return pandas.DataFrame.from_dict(counts, orient="index").fillna(0).astype(int)

    def table(self, what: str) -> pandas.DataFrame:
        """ "variants", "accuracies", or "DEVICE_cases" such as "synapse_cases" as one table; see tables.save()."""
        return tables.table(self, what)

    # Everything

    def datasets(self) -> dict[str, xarray.Dataset]:
        """Every group of the file by its path, with names and swept parameters as plain coordinates; each can be written
        by to_netcdf() once it has been loaded."""
        with self._open() as results:
            groups = self._groups(results)
        return {group: self._stored(group) for group in groups}

    def tree(self) -> "xarray.DataTree":
        """The same as one xarray DataTree. Errors: NotInStudy before xarray 2024.10, which has none."""
        if not hasattr(xarray, "DataTree"):
            raise NotInStudy("this xarray has no DataTree (2024.10 has); Study.datasets() gives the same groups as a dict")
        return xarray.DataTree.from_dict({f"/{group}": data for group, data in self.datasets().items()}, name=self.name)

    # Inside

    @staticmethod
    def _groups(results: Results) -> list[str]:
        found: list[str] = []
        results.file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Group) else None)
        return found

    @property
    def _parameters(self) -> dict[str, list[str]]:
        """The swept parameters of the dimensions variant and neuron."""
        with self._open() as results:
            return {
                "variant": _axes_along(results, "variants/variant"),
                "neuron": _axes_along(results, "variants/neuron"),
            }

    def _stored(self, group: str) -> xarray.Dataset:
        with self._open() as results:
            if not results.has(group):
                raise NotInStudy(f"{self.path}: the study has no {group}")
            data = datasets.dataset(results, group)
            if "/" in group:  # its dimensions are those of its parent
                data = _with_coordinates(data, datasets.dataset(results, group.rsplit("/", 1)[0]))
            if results.has("variants") and group not in self.devices and group != "variants":
                data = _with_coordinates(data, datasets.dataset(results, "variants"))
            return data

    def _per_device(self, dim: str, groups: tuple[str, ...]) -> xarray.Dataset:
        found = []
        with self._open() as results:
            names = _axes_along(results, f"variants/{dim}")
            for group in groups:
                if results.has(group):
                    data = datasets.dataset(results, group)
                    kept = [name for name, variable in data.data_vars.items() if variable.dims[:1] == (dim,)]
                    found.append(data[kept])
        if not found or dim not in found[0].dims:
            raise NotInStudy(f"{self.path}: the study has no {'neuron' if dim == 'neuron' else 'synapse'}")
        merged = xarray.merge([data.drop_vars([n for n in data.coords if dim not in data[n].dims and n not in data.dims]) for data in found])
        return datasets.indexed(merged, dim, names)

    def _of_cases(self, device: str, wanted) -> xarray.Dataset:
        if device not in self.devices:
            raise NotInStudy(f"{self.path}: the study has no {device}; it has {', '.join(self.devices) or 'no devices'}")
        with self._open() as results:
            data = datasets.dataset(results, device)
            if device == "synapse" and results.has("analysis"):  # which has arrival times and delays of its cases
                found = datasets.dataset(results, "analysis")
                data = data.assign({name: v.variable for name, v in found.data_vars.items() if v.dims[:1] == ("case",)})
            swept = results.swept(device)
        kept = [name for name, variable in data.data_vars.items() if wanted(variable)]
        data = data[[*kept, *(["status"] if "status" not in kept else [])]].set_coords("status")
        unused = [name for name, c in data.coords.items() if not set(c.dims) <= {d for v in data.data_vars.values() for d in v.dims} and name != "status"]
        return datasets.indexed(data.drop_vars(unused), "case", swept)

    def _find(self, device: str, parameters: Mapping[str, float]) -> int:
        with self._open() as results:
            count = len(results.variant_cases(device))
            if count == 0:
                raise NotInStudy(f"{self.path}: the study has no {device}")
            remaining = list(range(count))
            for given, value in parameters.items():
                name = variable_name(given)
                if device == "neuron":
                    name = name.removeprefix("neuron_")
                values = [_value(results, device, name, k) for k in range(count)]
                if all(v is None for v in values):
                    swept = ", ".join(results.variant_axes(device)) or "nothing"
                    raise NoSuchVariant(f"{self.path}: {given} is no parameter of the {device}; swept: {swept}")
                remaining = [k for k in remaining if _equal(values[k], value)]
                if not remaining:
                    shown = lambda v: v if isinstance(v, str) else f"{v:g}"
                    known = ", ".join(map(shown, sorted({v for v in values if v is not None})))
                    raise NoSuchVariant(f"{self.path}: no {device} has {given} = {shown(value)}; it takes the values {known}")
            if len(remaining) > 1:
                open_ones = [n for n in results.variant_axes(device) if len({results.variant_value(device, k, n) for k in remaining}) > 1]
                raise NoSuchVariant(
                    f"{self.path}: {len(remaining)} variants of the {device} match; they differ in {', '.join(open_ones)}"
                )
            return remaining[0]


def _axes_along(results: Results, scale: str) -> list[str]:
    """Swept parameters of a dimension of /variants, in the order of the sweep, without those that only follow others."""
    if not results.has(scale):
        return []
    dim = scale.rsplit("/", 1)[1]
    device, prefix = ("neuron", "neuron_") if dim == "neuron" else ("synapse", "")
    names = [prefix + name for name in results.variant_axes(device)]
    return [name for name in names if results.has(f"variants/{name}")]


def _with_coordinates(data: xarray.Dataset, other: xarray.Dataset) -> xarray.Dataset:
    """The data set with the coordinates of the other along dimensions that it has itself."""
    added = {
        name: c.variable
        for name, c in other.coords.items()
        if name not in data.coords and c.dims and set(c.dims) <= set(data.dims) and all(data.sizes[d] == other.sizes[d] for d in c.dims)
    }
    return data.assign_coords(added)


def _value(results: Results, device: str, name: str, variant: int) -> float | str | None:
    if name in results.swept(device) or name in results.variant_axes(device):
        return results.variant_choice(device, variant, name)
    cases = results.variant_cases(device)[variant]
    value = results.parameter(device, _key_path(results, device, name), cases[0]) if cases else None
    return float(value) if isinstance(value, (int, float)) else None


def _key_path(results: Results, device: str, name: str) -> str:
    """ "notches.count" of notches_count, as the sweep file has it."""
    for table in (results.sweep.get(device, {}), results.sweep):
        for path in _paths(table):
            if variable_name(path) == name:
                return path
    return name


def _paths(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _paths(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def _equal(a: float | str | None, b: float | str) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return a is not None and abs(a - b) <= _RELATIVE * max(abs(a), abs(b))
