"""Exported files as other programs read them: by readers written here from the formats' descriptions, and by OOMMF,
discretisedfield, VTK and ParaView where they are installed. OOMMFTCL says where OOMMF's oommf.tcl is."""

import base64
import csv
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

import h5py
import numpy as np

SPINSWEEP = os.environ["SPINSWEEP"]
RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"]) / "full.h5"
CASE = 3


# What ParaView opens the file with by itself; the arrays of each time.
PARAVIEW = """
import sys
import numpy
from paraview import servermanager, simple
from vtkmodules.util.numpy_support import vtk_to_numpy
reader = simple.OpenDataFile(sys.argv[1])
times, bounds, values = list(reader.TimestepValues), [], []
for time in times:
    reader.UpdatePipeline(time)
    image = servermanager.Fetch(reader)
    bounds.append(image.GetBounds())
    values.append(vtk_to_numpy(image.GetCellData().GetArray("m")).copy())
numpy.savez(sys.argv[2], times=times, bounds=bounds, m=values)
"""


def read_ovf(path):
    """As discretisedfield reads OVF 2.0: header lines "# key: value" up to the data; little-endian numbers behind their
    check value, or text."""
    header = {}
    with open(path, "rb") as file:
        assert b"2.0" in next(file)
        for line in file:
            line = line.decode()
            if line.startswith("# Begin: Data"):
                kind = line.split()[3:]
                break
            key, colon, value = line[1:].partition(":")
            if colon:
                header[key.strip()] = value.strip()
        nodes = [int(header[f"{axis}nodes"]) for axis in "zyx"]
        count = int(np.prod(nodes)) * int(header["valuedim"])
        if kind[0] == "Binary":
            number, check = {"4": ("<f4", 1234567.0), "8": ("<f8", 123456789012345.0)}[kind[1]]
            data = np.frombuffer(file.read((count + 1) * int(kind[1])), number)
            assert data[0] == check
            data = data[1:]
        else:
            data = np.loadtxt([line.decode() for line in file if not line.startswith(b"#")]).ravel()
    return header, data.reshape(*nodes, -1)


class Export(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        with h5py.File(RESULTS) as file:
            self.snapshots = file["synapse/snapshot"][CASE]
            self.position = file["synapse/wall_position"][CASE]
            self.time = file["synapse/time"][:]

    def export(self, *options):
        done = subprocess.run(
            [SPINSWEEP, "export", RESULTS, "--device", "synapse", "--case", str(CASE), "-o", self.folder, *options],
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return [pathlib.Path(line) for line in done.stdout.splitlines()]

    def test_ovf_holds_the_snapshots_and_a_region_of_whole_cells(self):
        for kind in ("binary8", "binary4", "text"):
            for snapshot, path in enumerate(self.export("--format", "ovf", "--ovf-data", kind, "--force")):
                header, data = read_ovf(path)
                np.testing.assert_array_equal(data[0], self.snapshots[snapshot])
                for axis, edge in (("x", 240e-9), ("y", 32e-9), ("z", 2e-9)):
                    extent = float(header[f"{axis}max"]) - float(header[f"{axis}min"])
                    self.assertAlmostEqual(extent / edge, 1, places=12)
                    self.assertAlmostEqual(
                        extent / float(header[f"{axis}stepsize"]), int(header[f"{axis}nodes"]), places=9
                    )
                    self.assertAlmostEqual(
                        2 * float(header[f"{axis}base"]) / float(header[f"{axis}stepsize"]), 1, places=12
                    )
                self.assertEqual(len(header["valuelabels"].split()), 3)
                self.assertEqual(len(header["valueunits"].split()), 3)

    def test_oommf_reads_what_was_written(self):
        oommf = os.environ.get("OOMMFTCL")
        if not oommf:
            self.skipTest("OOMMFTCL is not set")
        for kind in ("binary8", "text"):
            for snapshot, path in enumerate(self.export("--format", "ovf", "--ovf-data", kind, "--force")):
                copy = path.with_suffix(".copy")
                done = subprocess.run(
                    ["tclsh", oommf, "avf2ovf", "-q", "-dataformat", "b8", "-fileformat", "ovf", "2", path, copy],
                    capture_output=True,
                    text=True,
                )
                if "as root" in done.stderr:
                    self.skipTest("OOMMF does not run as root")
                self.assertEqual(done.returncode, 0, done.stderr)
                np.testing.assert_array_equal(read_ovf(copy)[1][0], self.snapshots[snapshot])

    def test_discretisedfield_reads_what_was_written(self):
        try:
            import discretisedfield
        except ImportError:
            self.skipTest("discretisedfield is not installed")
        # Its text reader, pandas, rounds the last digit.
        for kind, tolerance in (("binary8", 0), ("text", 3e-16)):
            for snapshot, path in enumerate(self.export("--format", "ovf", "--ovf-data", kind, "--force")):
                field = discretisedfield.Field.from_file(str(path))
                np.testing.assert_allclose(field.mesh.region.pmax, (240e-9, 32e-9, 2e-9))
                np.testing.assert_allclose(
                    field.array.transpose(2, 1, 0, 3)[0], self.snapshots[snapshot], rtol=0, atol=tolerance
                )

    def test_an_exported_map_starts_another_study_where_it_stopped(self):
        maps = self.export("--format", "ovf")
        last = maps[-1]
        study = self.folder / "next.toml"
        study.write_text(
            f"""
[material]
anisotropy = 1.0e6
damping = 0.6
[synapse]
length = 240e-9
width = 32e-9
cell = 4e-9
notches = {{ diameter = 12e-9, count = 2, first = 80e-9, pitch = 70e-9 }}
initial_wall = {{ file = "{last}", relax = false }}
pulse = {{ current_density = 0.3e12, duration = 0.2e-9, relaxation = 0.0 }}
"""
        )
        run = lambda *options: subprocess.run(
            [SPINSWEEP, "run", study, "-o", self.folder / "next.h5", *options], capture_output=True, text=True
        )
        done = run()
        self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(self.folder / "next.h5") as file:
            np.testing.assert_allclose(file["synapse/snapshot"][0, 0], self.snapshots[-1], atol=1e-6)
        done = run("--set", "synapse.cell=8e-9")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"next\.toml:10:\d+: initial_wall\.file .*expected the track's 30 x 4 cells")

        self.assertEqual(run().returncode, 0)
        with h5py.File(self.folder / "next.h5") as file:
            noted = re.search(r'initial_wall\.file_checksum = ("crc32 [0-9a-f]{8}")', file.attrs["sweep"]).group(0)
        last.write_bytes(maps[0].read_bytes())
        done = run()
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"belongs to another study: it has [synapse] {noted} where", done.stderr)
        done = run("--force", "--set", f"synapse.{noted}")
        self.assertEqual(done.returncode, 2)
        self.assertIn("it has changed", done.stderr)
        last.unlink()
        done = subprocess.run(
            [
                SPINSWEEP,
                "export",
                self.folder / "next.h5",
                "--device",
                "synapse",
                "--case",
                "0",
                "--format",
                "csv",
                "-o",
                self.folder,
            ],
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_vtk_images_hold_the_snapshots(self):
        images = [path for path in self.export("--format", "vtk") if path.suffix == ".vti"]
        for snapshot, path in enumerate(images):
            array = xml.etree.ElementTree.parse(path).find(".//CellData/DataArray")
            data = base64.b64decode(array.text)
            self.assertEqual(int.from_bytes(data[:8], "little"), len(data) - 8)
            np.testing.assert_array_equal(np.frombuffer(data[8:], "<f4"), self.snapshots[snapshot].ravel())
        try:
            from vtkmodules.util.numpy_support import vtk_to_numpy
            from vtkmodules.vtkIOXML import vtkXMLImageDataReader
        except ImportError:
            self.skipTest("python3-vtk9 is not installed")
        reader = vtkXMLImageDataReader()
        reader.SetFileName(str(images[-1]))
        reader.Update()
        image = reader.GetOutput()
        self.assertEqual(image.GetDimensions(), (61, 9, 2))
        np.testing.assert_allclose(image.GetSpacing(), (4e-9, 4e-9, 2e-9))
        np.testing.assert_array_equal(
            vtk_to_numpy(image.GetCellData().GetArray("m")), self.snapshots[-1].reshape(-1, 3)
        )

    def test_xdmf_points_at_the_snapshots_in_the_results_file(self):
        path = next(path for path in self.export("--format", "vtk") if path.suffix == ".xdmf")
        grids = xml.etree.ElementTree.parse(path).findall(".//Grid/Grid")
        self.assertEqual(len(grids), len(self.snapshots))
        for snapshot, grid in enumerate(grids):
            # XDMF 3: file:variable|start:stride:count:whole shape
            source, _, selection = grid.find(".//Attribute/DataItem").text.partition("|")
            start, stride, count, whole = (tuple(map(int, part.split())) for part in selection.split(":"))
            file_name, _, variable = source.partition(":")
            with h5py.File(path.parent / file_name) as file:
                self.assertEqual(file[variable].shape, whole)
                block = file[variable][tuple(slice(a, a + s * n, s) for a, s, n in zip(start, stride, count))]
            np.testing.assert_array_equal(block[0, 0], self.snapshots[snapshot])

    def test_paraview_reads_the_series_both_ways(self):
        pvpython = shutil.which("pvpython")
        if not pvpython:
            self.skipTest("pvpython is not installed")
        for path in self.export("--format", "vtk"):
            if path.suffix == ".vti":
                continue
            done = subprocess.run(
                [pvpython, "-c", PARAVIEW, path, self.folder / "seen.npz"], capture_output=True, text=True, timeout=120
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            seen = np.load(self.folder / "seen.npz")
            np.testing.assert_allclose(seen["times"], [0, 1.2e-9, 2.4e-9], atol=1e-18)
            np.testing.assert_allclose(seen["bounds"], [(0, 240e-9, 0, 32e-9, 0, 2e-9)] * 3, rtol=1e-12)
            np.testing.assert_array_equal(seen["m"], self.snapshots.reshape(3, -1, 3))

    def test_csv_holds_the_traces(self):
        with open(self.export("--format", "csv")[0], newline="") as file:
            rows = list(csv.DictReader(file))
        np.testing.assert_array_equal([float(row["time (s)"]) for row in rows], self.time)
        np.testing.assert_array_equal([float(row["wall_position (m)"]) for row in rows], self.position)


if __name__ == "__main__":
    unittest.main(verbosity=2)
