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
        if any(np.size(k) == 0 for k in key.tuple if not isinstance(k, slice)):
            return self._nothing(key)
        return indexing.explicit_indexing_adapter(key, self.shape, indexing.IndexingSupport.OUTER_1VECTOR, self._read)

    def _nothing(self, key: indexing.ExplicitIndexer) -> np.ndarray:
        """The empty array at these indices, which xarray cannot split into parts to read."""
        values = np.broadcast_to(np.zeros((), self.dtype), self.shape)
        if isinstance(key, indexing.VectorizedIndexer):
            return values[key.tuple]
        for axis in reversed(range(len(key.tuple))):
            values = values[(slice(None),) * axis + (key.tuple[axis],)]
        return values

    def _read(self, key: tuple) -> np.ndarray:
        key = tuple(np.asarray(k) if isinstance(k, (list, np.ndarray)) else k for k in key)
        with h5py.File(self.path, "r") as file:
            return file[self.name][key]


def lazily(path: str, data: h5py.Dataset) -> indexing.LazilyIndexedArray:
    """The values of `data` as an array that xarray reads in parts."""
    return indexing.LazilyIndexedArray(LazyArray(path, data.name, data.shape, data.dtype))
