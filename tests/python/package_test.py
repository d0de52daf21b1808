"""The package can be installed without a network and used from another folder."""

import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PACKAGE = pathlib.Path(os.environ["SPINSWEEP_PYTHON"])
RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])


@unittest.skipUnless(importlib.util.find_spec("pip") and importlib.util.find_spec("wheel"), "python3-pip or python3-wheel is missing")
class Package(unittest.TestCase):
    def test_installs_offline_and_opens_a_study(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        # pip builds in the source folder, and the tests leave that as it was.
        source = shutil.copytree(PACKAGE, folder / "source")
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-build-isolation", "--no-deps", "--target", folder / "site", source],
            check=True,
            env={**os.environ, "PIP_BREAK_SYSTEM_PACKAGES": "1", "PIP_ROOT_USER_ACTION": "ignore"},
        )
        code = "import spinsweep, sys; print(spinsweep.__file__); print(len(spinsweep.open(sys.argv[1]).variants.variant))"
        done = subprocess.run(
            [sys.executable, "-c", code, RESULTS / "full.h5"],
            capture_output=True,
            text=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder / "site")},
        )
        self.assertEqual(done.stderr, "")
        self.assertTrue((folder / "site" / "spinsweep" / "plot" / "levels.py").exists())
        self.assertEqual(done.stdout.split(), [str(folder / "site" / "spinsweep" / "__init__.py"), "4"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
