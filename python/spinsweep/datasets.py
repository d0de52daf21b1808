"""Groups of a results file as xarray data sets whose coordinates are physical quantities and names, not indices."""

import h5py
import numpy as np
import xarray

from .lazy import lazily
from .results import Results

# Dimensions that are counted, in the file without a coordinate. Notches, epochs, layers, wells and paths are counted from
# 1, as in the report; levels and classes from 0.
_FIRST_NUMBER = {"notch": 1, "epoch": 1, "layer": 1, "well": 1, "well_after": 1, "path": 1, "level": 0, "label": 0, "prediction": 0}
_COMPONENTS = ["x", "y", "z"]
_HIDDEN_ROLES = ("checkpoint",)


def dataset(results: Results, group: str) -> xarray.Dataset:
    """A group of the file as stored, without checkpoints: variables over named dimensions, lazily read.

    Coordinates: variables of role axis, coordinate and name; numbers where the file counts. Statuses are texts
    ("waiting", "running", "done", "failed", "interrupted").
    """
    variables, coordinates = {}, {}
    sizes: dict[str, int] = {}
    for name, data in results.file[group].items():
        if not isinstance(data, h5py.Dataset) or data.attrs.get("role") in _HIDDEN_ROLES or _is_bare_scale(data):
            continue
        dims = dimensions(data)
        variable = _variable(results, data, dims)
        sizes.update(zip(variable.dims, variable.shape))
        role = data.attrs.get("role")
        if role == "name" and dims and name == f"{dims[0]}_name":
            coordinates[dims[0]] = variable
        elif role in ("axis", "coordinate", "name"):
            coordinates[name] = variable
        else:
            variables[name] = variable
    for dim, size in sizes.items():
        if dim in _FIRST_NUMBER and dim not in coordinates:
            coordinates[dim] = (dim, np.arange(size) + _FIRST_NUMBER[dim])
    if sizes.get("component") == len(_COMPONENTS):
        coordinates["component"] = ("component", _COMPONENTS)
    return xarray.Dataset(variables, coordinates)


def dimensions(data: h5py.Dataset) -> list[str]:
    """Names of the dimensions of a variable."""
    if h5py.h5ds.is_scale(data.id):
        return [data.name.rsplit("/", 1)[-1]]
    return [scale[0].name.rsplit("/", 1)[-1] if len(scale) else f"dim_{k}" for k, scale in enumerate(data.dims)]


def _is_bare_scale(data: h5py.Dataset) -> bool:
    """A dimension without values of its own."""
    return h5py.h5ds.is_scale(data.id) and "role" not in data.attrs


def _variable(results: Results, data: h5py.Dataset, dims: list[str]) -> xarray.Variable:
    attributes = {key: data.attrs[key] for key in ("units", "long_name", "short_name") if key in data.attrs}
    if "flag_meanings" in data.attrs:  # a status, or a swept choice
        meanings = np.array(data.attrs["flag_meanings"].split(), dtype=object)
        return xarray.Variable(dims, meanings[data[...].astype(int)], attributes)
    if data.dtype.kind == "O":
        return xarray.Variable(dims, np.array(data.asstr(errors="replace")[...], dtype=object), attributes)
    if data.dtype.kind == "S":
        texts = results.names(data.name)
        return xarray.Variable(dims[:-1], np.array(texts, dtype=object), attributes)
    if data.attrs.get("role") in ("axis", "coordinate"):
        return xarray.Variable(dims, data[...], attributes)
    return xarray.Variable(dims, lazily(results.path, data), attributes)


def indexed(dataset: xarray.Dataset, dim: str, names: list[str]) -> xarray.Dataset:
    """The data set with the coordinates `names` as the index of `dim`, so that .sel(notches_count=5) works."""
    names = [name for name in names if name in dataset.coords and dataset[name].dims == (dim,)]
    if dim not in dataset.dims:
        return dataset
    if not names:
        return dataset.assign_coords({dim: [f"the {dim}"]}) if dataset.sizes[dim] == 1 else dataset
    if len(names) == 1:
        return dataset.set_xindex(names[0])
    return dataset.set_index({dim: names})
