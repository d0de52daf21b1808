"""Cases, variants and accuracies as tables with units, for spreadsheets and data bases."""

import os
from typing import TYPE_CHECKING

import numpy as np
import pandas

from .errors import NotInStudy, SpinsweepError

if TYPE_CHECKING:
    from .study import Study


def table(study: "Study", what: str) -> pandas.DataFrame:
    """A table of the study: "variants", one row for each synapse variant; "accuracies", one for each variant, neuron, data
    set, seed and deployment that is known; "DEVICE_cases", one for each case. attrs["units"]: unit of each column that has
    one. Errors: NotInStudy for another name."""
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
    frame.attrs["units"] = {column: units[column] for column in frame if column in units}
    return frame


def save(frame: pandas.DataFrame, path: str | os.PathLike) -> None:
    """A table as CSV (units in the names of the columns) or Parquet (units in the metadata of pandas), by the ending of
    `path`. Parquet needs pyarrow or fastparquet. Errors: SpinsweepError for another ending."""
    path = os.fspath(path)
    if path.endswith(".csv"):
        units = frame.attrs.get("units", {})
        frame.rename(columns={c: f"{c} ({units[c]})" for c in frame if c in units}).to_csv(path, index=False)
    elif path.endswith(".parquet"):
        frame.to_parquet(path, index=False)
    else:
        raise SpinsweepError(f"{path}: a table is written as .csv or .parquet")
