"""Magnetisation, or a number, of each cell of one layer as files of ubermag, OOMMF and mumax3: OVF 2.0, discretisedfield's HDF5, VTK."""

import dataclasses
import os
from typing import Any

import h5py
import numpy as np

from .errors import SpinsweepError

_CHECKS = {"4": ("<f4", 1234567.0), "8": ("<f8", 123456789012345.0)}  # of binary OVF 2.0


@dataclasses.dataclass(frozen=True)
class Field:
    """values: (y, x, component), 3 components of unit vectors that are zero where there is no material, or 1, such as a mask
    or a parameter of the material; cell: (x, y, z), m."""

    values: np.ndarray
    cell: tuple[float, float, float]


def read(path: str | os.PathLike) -> Field:
    """A field of one layer of cells, by the ending of `path`: .ovf, .omf, .ohf (OVF 2.0, text or binary), .h5, .hdf5
    (discretisedfield), .vtk, .vti, .vtr (structured points or a rectilinear grid, legacy or XML; needs python3-vtk9).

    Errors: SpinsweepError if the file holds something else.
    """
    path = os.fspath(path)
    ending = os.path.splitext(path)[1]
    if ending in (".h5", ".hdf5"):
        return _read_hdf5(path)
    if ending in (".vtk", ".vti", ".vtr"):
        return _read_vtk(path)
    return _read_ovf(path)


def from_discretisedfield(field: Any) -> Field:
    """A discretisedfield.Field of one or three components and one layer of cells. Errors: SpinsweepError."""
    return _field("the field", np.asarray(field.array), np.asarray(field.mesh.cell))


def save(field: Field, path: str | os.PathLike) -> None:
    """As OVF 2.0, binary 8 (.ovf, .omf), which `initial_wall.file`, `mask.file` and `maps` of a sweep, OOMMF, mumax3 and discretisedfield read, or
    as discretisedfield's HDF5 (.h5, .hdf5). Errors: SpinsweepError for another ending."""
    path = os.fspath(path)
    ending = os.path.splitext(path)[1]
    if ending in (".ovf", ".omf"):
        with open(path, "wb") as file:
            file.write(ovf_bytes(field, "8"))
    elif ending in (".h5", ".hdf5"):
        _write_hdf5(field, path)
    else:
        raise SpinsweepError(f"{path}: a field is written as .ovf or .h5")


def ovf_bytes(field: Field, precision: str) -> bytes:
    """An OVF 2.0 file; precision: "4" or "8" bytes for each number."""
    ny, nx, components = field.values.shape
    sizes, steps = dict(zip("xyz", (nx, ny, 1))), dict(zip("xyz", field.cell))
    head = ["# OOMMF OVF 2.0", "# Segment count: 1", "# Begin: Segment", "# Begin: Header", "# Title: m", "# meshtype: rectangular", "# meshunit: m"]
    head += [f"# {edge}min: 0" for edge in "xyz"]
    head += [f"# {edge}max: {sizes[edge] * steps[edge]:.15g}" for edge in "xyz"]
    labels = "m_x m_y m_z" if components == 3 else "value"
    head += [f"# valuedim: {components}", f"# valuelabels: {labels}", f"# valueunits: {' '.join('1' * components)}"]
    head += [f"# {edge}base: {0.5 * steps[edge]:.15g}" for edge in "xyz"]
    head += [f"# {edge}nodes: {sizes[edge]}" for edge in "xyz"]
    head += [f"# {edge}stepsize: {steps[edge]:.15g}" for edge in "xyz"]
    head += ["# End: Header", f"# Begin: Data Binary {precision}"]
    number, check = _CHECKS[precision]
    data = np.array(check, number).tobytes() + np.ascontiguousarray(field.values, dtype=number).tobytes()
    return "\n".join(head).encode() + b"\n" + data + f"\n# End: Data Binary {precision}\n# End: Segment\n".encode()


def _field(path: str, array: np.ndarray, cell: np.ndarray) -> Field:
    """array: (x, y, z, component)."""
    if array.ndim != 4 or array.shape[2] != 1 or array.shape[3] not in (1, 3):
        raise SpinsweepError(f"{path}: has {' x '.join(map(str, array.shape))} numbers; expected cells in x and y, one in z, and 1 or 3 components")
    return Field(array[:, :, 0].transpose(1, 0, 2), tuple(float(edge) for edge in cell))


def _read_ovf(path: str) -> Field:
    header: dict[str, str] = {}
    with open(path, "rb") as file:
        if b"OVF 2.0" not in file.readline():
            raise SpinsweepError(f"{path}: does not begin with # OOMMF OVF 2.0")
        for line in file:
            text = line.decode("utf-8", "replace").strip()
            if text.lower().startswith("# begin: data"):
                kind = text.split()[3:]
                break
            key, colon, value = text.lstrip("# ").partition(":")
            if colon:
                header[key.strip().lower()] = value.strip()
        else:
            raise SpinsweepError(f"{path}: has no data")
        try:
            nodes = [int(header[f"{edge}nodes"]) for edge in "zyx"]
            cell = [float(header[f"{edge}stepsize"]) for edge in "xyz"]
            components = int(header["valuedim"])
        except (KeyError, ValueError) as error:
            raise SpinsweepError(f"{path}: its header is not that of a rectangular mesh: {error}") from error
        count = int(np.prod(nodes)) * components
        if kind[0].lower() == "text":
            data = np.array(b" ".join(line for line in file if not line.startswith(b"#")).split(), dtype=np.float64)
        else:
            number, check = _CHECKS[kind[1]]
            stored = file.read((count + 1) * int(kind[1]))
            data = np.frombuffer(stored[: len(stored) // int(kind[1]) * int(kind[1])], number)
            if len(data) == 0 or data[0] != check:
                raise SpinsweepError(f"{path}: the check value of its binary data is wrong")
            data = data[1:]
    if len(data) != count:
        raise SpinsweepError(f"{path}: has {len(data)} numbers; its header says {count}")
    return _field(path, data.reshape(*nodes, components).transpose(2, 1, 0, 3), np.array(cell))


def _read_hdf5(path: str) -> Field:
    with h5py.File(path, "r") as file:
        if "ubermag-hdf5-file-version" not in file.attrs or "field/array" not in file:
            raise SpinsweepError(f"{path}: not a field of discretisedfield: it has no attribute ubermag-hdf5-file-version")
        mesh = file["field/mesh"]
        region = mesh["region"].attrs
        cell = (np.asarray(region["pmax"]) - np.asarray(region["pmin"])) / np.asarray(mesh.attrs["n"])
        return _field(path, file["field/array"][...], cell)


def _write_hdf5(field: Field, path: str) -> None:
    ny, nx, components = field.values.shape
    n = np.array([nx, ny, 1])
    with h5py.File(path, "w") as file:
        file.attrs["ubermag-hdf5-file-version"] = "0.1"
        file.attrs["type"] = "discretisedfield.Field"
        group = file.create_group("field")
        group.attrs.update({"nvdim": components, "vdims": ["x", "y", "z"] if components == 3 else "None", "unit": "1"})
        array = field.values.transpose(1, 0, 2)[:, :, None]
        group["array"] = array
        group["valid"] = np.any(array != 0, axis=-1)
        mesh = group.create_group("mesh")
        mesh.attrs.update({"n": n, "bc": ""})
        region = mesh.create_group("region").attrs
        region.update({"pmin": np.zeros(3), "pmax": n * np.array(field.cell), "dims": ["x", "y", "z"]})
        region.update({"ndim": 3, "units": ["m", "m", "m"], "tolerance_factor": 1e-12})


def _read_vtk(path: str) -> Field:
    try:
        from vtkmodules.util.numpy_support import vtk_to_numpy
        from vtkmodules.vtkIOLegacy import vtkDataSetReader
        from vtkmodules.vtkIOXML import vtkXMLImageDataReader, vtkXMLRectilinearGridReader
    except ImportError as error:
        raise SpinsweepError(f"{path}: VTK files are read by the package vtk (python3-vtk9), which is missing") from error
    with open(path, "rb") as file:
        beginning = file.read(1024)
    if beginning.lstrip().startswith(b"<"):
        reader = vtkXMLImageDataReader() if b"<ImageData" in beginning else vtkXMLRectilinearGridReader()
    else:
        reader = vtkDataSetReader()
        reader.ReadAllVectorsOn()
        reader.ReadAllScalarsOn()
        reader.ReadAllFieldsOn()
    reader.SetFileName(path)
    reader.Update()
    grid = reader.GetOutput()
    if grid is None or not hasattr(grid, "GetDimensions"):
        raise SpinsweepError(f"{path}: holds neither structured points nor a rectilinear grid")
    n = np.array(grid.GetDimensions()) - 1
    cells = grid.GetCellData()
    arrays = {cells.GetArrayName(k): cells.GetArray(k) for k in range(cells.GetNumberOfArrays())}
    array = next(iter(arrays.values())) if len(arrays) == 1 else arrays.get("field")
    if array is None or np.any(n < 1):
        raise SpinsweepError(f"{path}: has {len(arrays)} arrays on its cells, expected one or one called field")
    bounds = np.array(grid.GetBounds()).reshape(3, 2)
    values = vtk_to_numpy(array).reshape(*n[::-1], array.GetNumberOfComponents()).transpose(2, 1, 0, 3)
    return _field(path, values, (bounds[:, 1] - bounds[:, 0]) / n)
