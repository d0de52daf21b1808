"""Variables of an HDF5 file that are read when their values are needed."""

import os

os.environ.setdefault("HDF5_USE_FILE_LOCKING", "FALSE")

import h5py
import numpy as np
from xarray.backends import BackendArray
from xarray.core import indexing


class LazyArray(BackendArray):
    """A variable of a results file. The file is open only while values are read, so a run may still be writing it."""

    def __init__(self, path: str, name: str, shape: tuple[int, ...], dtype: np.dtype):
        self.path, self.name, self.shape, self.dtype = path, name, shape, np.dtype(dtype)

    def __getitem__(self, key: indexing.ExplicitIndexer) -> np.ndarray:
        return indexing.explicit_indexing_adapter(key, self.shape, indexing.IndexingSupport.OUTER_1VECTOR, self._read)

    def _read(self, key: tuple) -> np.ndarray:
        key = tuple(np.asarray(k) if isinstance(k, (list, np.ndarray)) else k for k in key)
        with h5py.File(self.path, "r") as file:
            return file[self.name][key]


def lazily(path: str, data: h5py.Dataset) -> indexing.LazilyIndexedArray:
    """The values of `data` as an array that xarray reads in parts."""
    return indexing.LazilyIndexedArray(LazyArray(path, data.name, data.shape, data.dtype))
