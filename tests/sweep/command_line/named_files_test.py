"""Masks and material maps from files: what a results file, --reuse and other ranks make of them."""

import json
import os
import struct
import unittest
import zlib

import h5py
import numpy

from program import SweepTest, run, sweep_text

# On cells of 4 nm.
COLUMNS, ROWS = 24, 6


def png(rows):
    """Bytes of a greyscale picture; rows from the top."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">2I5B", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def ovf(values):
    """Text of a field of one number for each cell; rows from below."""
    head = "# OOMMF OVF 2.0\n# Segment count: 1\n# Begin: Segment\n# Begin: Header\n# Title: map\n" \
           "# meshtype: rectangular\n# meshunit: m\n# valuedim: 1\n# valuelabels: value\n# valueunits: 1\n"
    for axis, nodes, step in (("x", COLUMNS, 4e-9), ("y", ROWS, 4e-9), ("z", 1, 2e-9)):
        head += f"# {axis}nodes: {nodes}\n# {axis}stepsize: {step}\n# {axis}base: {step / 2}\n"
    return head + "# End: Header\n# Begin: Data Text\n" + "\n".join(map(str, values)) + "\n# End: Data Text\n"


def hole(size):
    """Twice as fine as the cells, with a black square in the upper half."""
    return [[0 if 20 <= x < 20 + size and 2 <= y < 2 + size else 255 for x in range(2 * COLUMNS)]
            for y in range(2 * ROWS)]


def legacy_vtk(values):
    """A legacy VTK file of one number for each cell, as discretisedfield writes it."""
    axis = lambda name, cells, edge: f"{name}_COORDINATES {cells + 1} double\n" + struct.pack(
        f">{cells + 1}d", *(k * edge for k in range(cells + 1))).decode("latin-1") + "\n"
    text = f"# vtk DataFile Version 5.1\nvtk output\nBINARY\nDATASET RECTILINEAR_GRID\nDIMENSIONS {COLUMNS + 1} {ROWS + 1} 2\n"
    text += axis("X", COLUMNS, 4e-9) + axis("Y", ROWS, 4e-9) + axis("Z", 1, 2e-9)
    text += f"CELL_DATA {COLUMNS * ROWS}\nSCALARS field double\nLOOKUP_TABLE default\n"
    return text.encode("latin-1") + struct.pack(f">{COLUMNS * ROWS}d", *values) + b"\n"


def write_hdf5(path, array):
    """A file of discretisedfield. array: (x, y, z, component)."""
    with h5py.File(path, "w") as file:
        file.attrs.update({"ubermag-hdf5-file-version": "0.1", "type": "discretisedfield.Field"})
        file["field/array"] = array
        file.create_group("field/mesh").attrs["n"] = array.shape[:3]
        file.create_group("field/mesh/region").attrs.update({"pmin": [0.0] * 3, "pmax": [COLUMNS * 4e-9, ROWS * 4e-9, 2e-9]})


KEYS = "mask.file = \"shapes/mask.png\"\nmaps.anisotropy = \"ku.ovf\""


def text(keys=KEYS, device=""):
    return sweep_text(axes='"pulse.current_density" = [0.2e12, 1.2e12]', pulse="0.3e-9", rest="0", device=device).replace(
        "[synapse]", "[synapse]\n" + keys).replace("count = 2", "count = 0")


class NamedFiles(SweepTest):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("shapes"))
        self.write_bytes("shapes/mask.png", png(hole(4)))
        self.write("ku.ovf", ovf([1e6 - 1e4 * (k % COLUMNS) for k in range(COLUMNS * ROWS)]))

    def write_bytes(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)

    def test_shape_and_material_of_a_case_on_any_number_of_ranks(self):
        self.run_sweep(text(), "one.h5")
        with h5py.File(self.path("one.h5")) as file:
            self.assertEqual(list(file["synapse/status"][:]), [2, 2])
            m = file["synapse/snapshot"][0, 0]
            magnetic = numpy.any(m != 0, axis=-1)
            self.assertEqual(magnetic.shape, (ROWS, COLUMNS))
            expected = numpy.ones((ROWS, COLUMNS), bool)
            expected[3:5, 10:12] = False  # the picture's rows 2 to 5 from above
            numpy.testing.assert_array_equal(magnetic, expected)
            self.assertEqual(file["synapse/anisotropy"][0, 0, 7], numpy.float32(0.93e6))
        self.run_sweep(text(), "two.h5", ranks=2)
        self.run_sweep(text(device="ranks_per_case = 2"), "shared.h5", ranks=2)
        for other in ("two.h5", "shared.h5"):
            with h5py.File(self.path("one.h5")) as one, h5py.File(self.path(other)) as two:
                numpy.testing.assert_array_equal(one["synapse/snapshot"][:], two["synapse/snapshot"][:], err_msg=other)

    def test_of_other_programs_give_the_same_results(self):
        """A mask from a VTK file, a map and a wall from HDF5, against OVF."""
        share = [0.0 if k % COLUMNS in (10, 11) and k // COLUMNS == 3 else 1.0 for k in range(COLUMNS * ROWS)]
        ku = numpy.array([1e6 - 1e4 * (k % COLUMNS) for k in range(COLUMNS * ROWS)])
        self.write("mask.ovf", ovf(share))
        self.write_bytes("mask.vtk", legacy_vtk(share))
        write_hdf5(self.path("ku.h5"), ku.reshape(ROWS, COLUMNS).T[:, :, None, None])
        wall = numpy.zeros((COLUMNS, ROWS, 1, 3))
        wall[..., 2] = numpy.where(numpy.arange(COLUMNS) < 8, 1.0, -1.0)[:, None, None]
        write_hdf5(self.path("wall.h5"), wall)
        keys = 'mask.file = "mask.{0}"\nmaps.anisotropy = "ku.{1}"'
        for mask, map_, results in (("ovf", "ovf", "one.h5"), ("vtk", "h5", "two.h5")):
            sweep = text(keys.format(mask, map_)).replace("position = 20e-9, width = 8e-9", 'file = "wall.h5"')
            self.assertIn("wall.h5", sweep)
            self.run_sweep(sweep, results)
        with h5py.File(self.path("one.h5")) as one, h5py.File(self.path("two.h5")) as two:
            self.assertEqual(list(two["synapse/status"][:]), [2, 2])
            self.assertGreater(one["synapse/snapshot"][0, 0, 0, 1, 2], 0.9, "up on the left, as in the file")
            for name in ("snapshot", "anisotropy", "final_position"):
                numpy.testing.assert_array_equal(one[f"synapse/{name}"][:], two[f"synapse/{name}"][:], err_msg=name)

    def test_resuming_minds_the_contents_and_not_the_name(self):
        self.run_sweep(text(), "results.h5")
        os.rename(self.path("shapes/mask.png"), self.path("other.png"))
        renamed = text(KEYS.replace("shapes/mask.png", "other.png"))
        self.run_sweep(renamed, "results.h5")
        self.write_bytes("other.png", png(hole(6)))
        refused = self.run_sweep(renamed, "results.h5", expect=2).stderr
        self.assertIn("belongs to another study", refused)
        self.assertIn("mask.file_checksum", refused)
        os.remove(self.path("other.png"))
        self.assertEqual(run("status", self.path("results.h5")).returncode, 0, "which needs no file")

    def test_reuse_minds_the_contents_and_not_the_name(self):
        self.run_sweep(text(), "old.h5")
        os.rename(self.path("ku.ovf"), self.path("anisotropy.ovf"))
        renamed = text(KEYS.replace("ku.ovf", "anisotropy.ovf"))
        self.assertIn("synapse: 2 cases reused",
                      self.run_sweep(renamed, "new.h5", "--reuse", self.path("old.h5")).stderr)
        self.write("anisotropy.ovf", ovf([0.9e6] * (COLUMNS * ROWS)))
        self.assertIn("synapse: 0 cases reused",
                      self.run_sweep(renamed, "other.h5", "--reuse", self.path("old.h5")).stderr)

    def test_plan_shows_the_files(self):
        sweep = self.write("sweep.toml", text())
        plan = run("plan", sweep).stdout
        self.assertRegex(plan, r"mask\.file: .*shapes/mask\.png \(crc32 [0-9a-f]{8}\), 140 of 144 cells are magnetic")
        self.assertRegex(plan, r"maps\.anisotropy: .*ku\.ovf \(crc32 [0-9a-f]{8}\), 770000 to 1e\+06 J m-3")
        files = json.loads(run("plan", sweep, "--json").stdout)["synapse"]["files"]
        self.assertEqual([file["key"] for file in files], ["mask.file", "maps.anisotropy"])

    def test_a_picture_of_another_shape_is_refused_with_its_place(self):
        self.write_bytes("shapes/mask.png", png([[255] * 50] * 50))
        refused = self.run_sweep(text(), "results.h5", expect=2).stderr
        self.assertRegex(refused, r"sweep\.toml:\d+:\d+: mask\.file .*has 50 x 50 pixels, which is not the shape of the track "
                                  r"of 24 x 6 cells; expected 50 x 13 or 200 x 50")


if __name__ == "__main__":
    unittest.main()
