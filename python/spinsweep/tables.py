"""Cases, variants and accuracies as tables with units, for spreadsheets and data bases."""

import json
import os
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas

from .errors import NotInStudy, SpinsweepError
from .parquet import write_parquet

if TYPE_CHECKING:
    from .study import Study


def table(study: "Study", what: str) -> pandas.DataFrame:
    """A table of the study: "variants", one row for each synapse variant; "accuracies", one for each variant, neuron, data
    set, seed and deployment that is known; "DEVICE_cases", one for each case. attrs["units"]: unit of each column that has
    one; attrs["titles"]: what it is, in words. Errors: NotInStudy for another name."""
    if what == "variants":
        data = study.variants
        data = data[[n for n, v in data.data_vars.items() if v.dims == ("variant",)]]
        dims = ["variant"]
    elif what == "accuracies":
        data, dims = study.accuracy.to_dataset(), list(study.accuracy.dims)
    elif what.endswith("_cases"):
        data = study.cases(what.removesuffix("_cases"))
        data = data[[n for n, v in data.data_vars.items() if v.dims == ("case",)]].reset_coords("status")
        dims = ["case"]
    else:
        names = ["variants", "accuracies", *(f"{device}_cases" for device in study.devices)]
        raise NotInStudy(f"{study.path}: no table {what!r}; there are {', '.join(names)}")
    units = {str(n): v.attrs["units"] for n, v in data.variables.items() if v.attrs.get("units", "1") != "1"}
    titles = {str(n): v.attrs["long_name"] for n, v in data.variables.items() if "long_name" in v.attrs}
    # A MultiIndex of swept parameters becomes columns.
    for dim in dims:
        if dim in data.indexes and isinstance(data.indexes[dim], pandas.MultiIndex):
            data = data.reset_index(dim)
    frame = data.to_dataframe().reset_index()
    plain = {dim for dim in dims if dim in frame and dim not in data.coords}
    if what == "accuracies":
        frame = frame[np.isfinite(frame["test_accuracy"])].reset_index(drop=True)
        plain |= {name for name in ("class_count", "test_image_count", "deployment_control") if name in frame}
    frame = frame.drop(columns=list(plain))
    swept = [c for c in frame if c in data.coords]
    frame = frame[swept + [c for c in frame if c not in swept]]
    for what, known in (("units", units), ("titles", titles)):
        frame.attrs[what] = {column: known[column] for column in frame if column in known}
    return frame


def schema(frame: pandas.DataFrame) -> dict[str, Any]:
    """What the columns are, as a Table Schema (https://specs.frictionlessdata.io/table-schema): name, type, `title`, and
    `unit` where a column has one."""
    types = {"b": "boolean", "i": "integer", "u": "integer", "f": "number", "O": "string"}
    fields = []
    for name in frame:
        field = {"name": str(name), "type": types.get(frame[name].dtype.kind, "any")}
        field |= {key: frame.attrs[of][name] for key, of in (("title", "titles"), ("unit", "units")) if name in frame.attrs.get(of, {})}
        fields.append(field)
    return {"fields": fields}


def save(frame: pandas.DataFrame, path: str | os.PathLike) -> None:
    """A table as CSV or Parquet, by the ending of `path`. CSV: units in brackets in the names of the columns. Parquet:
    the metadata `table_schema` is schema(), and pandas finds `attrs` again. Errors: SpinsweepError for another ending."""
    path = os.fspath(path)
    if path.endswith(".csv"):
        units = frame.attrs.get("units", {})
        frame.rename(columns={c: f"{c} ({units[c]})" for c in frame if c in units}).to_csv(path, index=False)
    elif path.endswith(".parquet"):
        write_parquet(frame, path, {"table_schema": json.dumps(schema(frame)), "PANDAS_ATTRS": json.dumps(frame.attrs)})
    else:
        raise SpinsweepError(f"{path}: a table is written as .csv or .parquet")


def save_schema(frame: pandas.DataFrame, path: str | os.PathLike) -> None:
    """schema() as a JSON file, for a CSV."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump(schema(frame), file, indent=2, ensure_ascii=False)
        file.write("\n")
