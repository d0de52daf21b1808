"""Results files on their way through the tools of HDF5 and netCDF, and back."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import h5py
import xarray

SPINSWEEP = os.environ["SPINSWEEP"]
RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
FILES = [RESULTS / f"{name}.h5" for name in ("full", "lean", "shapes")]


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def status(path):
    answer = json.loads(output(SPINSWEEP, "status", "--json", path))
    return {name: value for name, value in answer.items() if name not in ("file", "path")}


def groups(path):
    found = []
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Group) else None)
    return found


def needs(tool):
    return unittest.skipUnless(shutil.which(tool), f"{tool} is not installed")


class RoundTrip(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def require_same_groups(self, original, copy):
        for group in groups(original):
            with xarray.open_dataset(original, group=group) as a, xarray.open_dataset(copy, group=group) as b:
                self.assertTrue(a.identical(b), f"{copy.name}/{group}")

    @needs("nccopy")
    def test_nccopy_keeps_every_group_with_its_attributes(self):
        for path in FILES:
            copy = self.folder / path.name
            output("nccopy", path, copy)
            self.require_same_groups(path, copy)
            self.assertEqual(status(copy), status(path))

    @needs("ncdump")
    def test_the_text_of_ncdump_makes_the_same_file_again(self):
        for path in FILES:
            text, copy = self.folder / "text.cdl", self.folder / path.name
            text.write_text(output("ncdump", "-p", "9,17", path))
            output("ncgen", "-4", "-o", copy, text)
            self.require_same_groups(path, copy)

    @needs("h5repack")
    def test_h5repack_keeps_every_value_also_compressed_and_the_program_reads_both(self):
        for path in FILES:
            for options in ((), ("-f", "GZIP=4")):
                copy = self.folder / path.name
                output("h5repack", *options, path, copy)
                self.assertEqual(output("h5diff", path, copy), "")
                self.require_same_groups(path, copy)
                self.assertEqual(status(copy), status(path))

    @needs("h5repack")
    def test_a_compressed_file_is_not_run_and_the_message_says_what_to_do(self):
        path, copy = RESULTS / "lean.h5", self.folder / "lean.h5"
        output("h5repack", "-f", "GZIP=4", path, copy)
        run = subprocess.run([SPINSWEEP, "run", RESULTS / "lean.toml", "-o", copy], capture_output=True, text=True)
        self.assertEqual(run.returncode, 3, run.stderr)
        self.assertIn("h5repack -l CONTI -f NONE", run.stderr)
        again = self.folder / "again.h5"
        output("h5repack", "-l", "CONTI", "-f", "NONE", copy, again)
        subprocess.run([SPINSWEEP, "run", RESULTS / "lean.toml", "-o", again], check=True, capture_output=True)

    @needs("h5dump")
    def test_h5dump_shows_every_group(self):
        for path in FILES:
            text = output("h5dump", path)
            for group in groups(path):
                self.assertIn(f'GROUP "{pathlib.PurePosixPath(group).name}"', text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
