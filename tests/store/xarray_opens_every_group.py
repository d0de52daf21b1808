"""Every group of a results file opens in xarray, with both engines, units, long names and text as str."""

import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np
import xarray

GROUPS = {
    "/": set(),
    "/synapse": {
        "time", "pulse_current_density", "notches_count", "label", "status", "message", "final_conductance",
        "magnetization", "snapshot", "bytes", "steps", "cell",
    },
    "/network": set(),
    "/network/curves": {"loss"},
}
WITHOUT_UNITS = {"label", "status", "message"}


def check_engine(path, engine):
    for group, names in GROUPS.items():
        with xarray.open_dataset(path, engine=engine, group=group) as data:
            found = set(data.variables)
            assert found == names, f"{engine} {group}: {sorted(found)}"
            for name in names:
                attributes = {**data[name].encoding, **data[name].attrs}
                assert isinstance(attributes.get("long_name"), str), f"{engine} {group}/{name}: long_name"
                if name not in WITHOUT_UNITS:
                    assert isinstance(attributes.get("units"), str), f"{engine} {group}/{name}: units"

    with xarray.open_dataset(path, engine=engine) as root:
        assert root.attrs["sweep"].startswith('[study]\nname = "größe"'), engine
        assert len(root.attrs["sweep"].encode()) >= 200_000, engine
        assert root.attrs["spinsweep_version"] == "0.1.0", engine
        assert root.attrs["spinsweep_schema"] == 7, engine
        assert isinstance(root.attrs["note"], str) and root.attrs["note"] == "", f"{engine}: {root.attrs['note']!r}"

    with xarray.open_dataset(path, engine=engine, group="/synapse") as synapse:
        assert synapse.attrs["device"] == "synapse", engine
        assert list(synapse.attrs["axes"]) == ["J", "größe"], engine
        assert list(synapse.status.values) == [2, 3, 2, 0, 0, 0], engine
        assert synapse.status.attrs["flag_meanings"] == "waiting running done failed interrupted", engine
        assert list(synapse.status.attrs["flag_values"]) == [0, 1, 2, 3, 4], engine
        assert synapse.status.attrs["flag_values"].dtype == np.int8, engine
        assert synapse.message.dims == ("case",), engine
        assert str(synapse.message.values[1]) == "the step size fell below 1e-18 s: µ0 Ms", engine
        assert isinstance(synapse.label.values[2], str) and synapse.label.values[2] == "J = 3e11 A/m²", engine
        assert synapse.message.values[0] == "", engine
        assert {"pulse_current_density", "notches_count", "status"} <= set(synapse.coords), engine
        assert synapse.magnetization.dims == ("case", "time", "component"), engine
        assert synapse.magnetization.dtype == np.float64 and synapse.snapshot.dtype == np.float32, engine
        assert np.all(synapse.magnetization.values[2] == 2.5), engine
        assert np.all(synapse.magnetization.values[3] == 0.0), engine
        assert np.isnan(synapse.final_conductance.values[[1, 3, 4, 5]]).all(), engine
        assert np.isfinite(synapse.final_conductance.values[[0, 2]]).all(), engine
        assert list(synapse.steps.values) == [-1] * 6, engine
        assert synapse.time.values[-1] == 4e-9, engine
        done = synapse.where(synapse.status == 2, drop=True)
        assert done.sizes["case"] == 2, engine


def check_h5py(path):
    with h5py.File(path, "r") as file:
        assert isinstance(file.attrs["sweep"], str)

        def check(name, item):
            if isinstance(item, h5py.Dataset) and not item.is_scale:
                for axis in range(item.ndim):
                    assert len(item.dims[axis]) == 1, f"{name}: axis {axis} has {len(item.dims[axis])} scales"

        file.visititems(check)


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.h5"
        subprocess.run([sys.argv[1], path], check=True, timeout=60)
        check_h5py(path)
        for engine in ("netcdf4", "h5netcdf"):
            check_engine(path, engine)


if __name__ == "__main__":
    main()
