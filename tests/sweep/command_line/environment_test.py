"""What is wrong around a run is found before its first case where it can be: exit code 3, one line, the file intact."""

import contextlib
import os
import shutil
import signal
import subprocess
import unittest

import h5py

from program import (ENDLESS, LIVELY, PROGRAM, TIMEOUT, SweepTest, rank_processes, read_status, run, start, sweep_text,
                     wait_for)

SMALL = '"pulse.current_density" = [0.5e12, 1e12]'
NOBODY = 65534


class Environment(SweepTest):
    def refused(self, *arguments, code=3, ranks=1, **options):
        done = run(*arguments, ranks=ranks, **options)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        lines = [line for line in done.stderr.splitlines() if line.startswith("spinsweep: ")]
        self.assertEqual(len(lines), 1, done.stderr)
        return lines[0]

    def sweep(self, **options):
        return self.write("sweep.toml", sweep_text(SMALL, **options))

    def test_a_folder_that_is_not_there(self):
        self.assertIn("no such folder", self.refused("run", self.sweep(), "-o", self.path("none/a.h5"), ranks=2))

    def test_nothing_but_results_is_replaced(self):
        sweep = self.sweep()
        notes = self.write("notes.txt", "not to be lost")
        for name, reason in ((sweep, "is the sweep file"), (notes, "--force replaces results files only")):
            self.assertIn(reason, self.refused("run", sweep, "-o", name, "--force", code=2, ranks=2))
        with open(sweep, encoding="utf-8") as file:
            self.assertEqual(file.read(), sweep_text(SMALL))
        with open(notes, encoding="utf-8") as file:
            self.assertEqual(file.read(), "not to be lost")

    @unittest.skipUnless(os.geteuid() == 0, "acting as another user needs root")
    def test_a_folder_without_permission(self):
        sweep = self.sweep()
        os.mkdir(self.path("closed"), 0o555)
        os.mkdir(self.path("hidden"), 0o700)
        # Open MPI makes a folder of its own, which the other user must be allowed to.
        os.mkdir(self.path("open"))
        os.chmod(self.path("open"), 0o777)
        environment = {**os.environ, "HOME": "/nonexistent", "TMPDIR": self.path("open")}
        # That user need not be allowed to enter the folder in which the program was built.
        program = shutil.copy(PROGRAM, self.folder)
        for folder, reason in (("closed", "no file can be made in this folder: Permission denied"),
                               ("hidden/inside", "Permission denied")):
            line = self.refused("run", sweep, "-o", self.path(f"{folder}/a.h5"), user=NOBODY, group=NOBODY,
                                env=environment, program=program)
            self.assertIn(reason, line)

    def test_a_results_file_that_is_none(self):
        for name, content, reason in (("text.h5", b"not HDF5 at all", "not a spinsweep results file"),
                                      ("empty.h5", b"", "it is empty")):
            with open(self.path(name), "wb") as file:
                file.write(content)
            for arguments in (("run", self.sweep(), "-o", self.path(name)), ("status", self.path(name))):
                line = self.refused(*arguments)
                self.assertIn(name, line)
                self.assertIn(reason, line)
            with open(self.path(name), "rb") as file:
                self.assertEqual(file.read(), content, "it is left as it was")

    def test_a_foreign_hdf5_file(self):
        with h5py.File(self.path("other.h5"), "w") as file:
            file["numbers"] = [1, 2, 3]
        self.assertIn("other.h5: not a spinsweep results file (attribute spinsweep_version is missing)",
                      self.refused("run", self.sweep(), "-o", self.path("other.h5")))

    def test_an_older_layout(self):
        self.run_sweep(sweep_text(SMALL), "a.h5")
        with h5py.File(self.path("a.h5"), "r+") as file:
            file.attrs["spinsweep_schema"] = 1
        line = self.refused("run", self.sweep(), "-o", self.path("a.h5"))
        self.assertRegex(line, r"a\.h5: its layout is number 1, this program knows number \d+")

    def test_a_truncated_file(self):
        self.run_sweep(sweep_text(SMALL), "a.h5")
        size = os.path.getsize(self.path("a.h5"))
        for share in (0.1, 0.5, 0.99):
            shutil.copy(self.path("a.h5"), self.path("cut.h5"))
            os.truncate(self.path("cut.h5"), int(share * size))
            for arguments in (("run", self.sweep(), "-o", self.path("cut.h5")), ("status", self.path("cut.h5"))):
                self.assertIn("cut.h5: truncated or damaged", self.refused(*arguments))

    def test_a_file_of_another_study_is_refused_with_the_first_difference(self):
        self.run_sweep(sweep_text(SMALL), "a.h5")
        line = self.refused("run", self.sweep(), "-o", self.path("a.h5"), "--set", "material.damping=0.5", code=2)
        self.assertIn("it has [material] damping = 0.6 where the sweep file has [material] damping = 0.5", line)

    def test_a_second_run_on_the_same_file_is_refused_and_the_first_is_not_disturbed(self):
        sweep = self.sweep(**ENDLESS)
        process = start("run", sweep, "-o", self.path("a.h5"))
        self.assertTrue(wait_for(lambda: "running" in read_status(self.path("a.h5"))))
        for options in ((), ("--force",)):
            line = self.refused("run", sweep, "-o", self.path("a.h5"), *options, ranks=2)
            self.assertIn(f"another run is writing to it (process {process.pid} on ", line)
        self.assertIsNone(process.poll())
        process.terminate()
        _, log = process.communicate(timeout=TIMEOUT)
        self.assertEqual(process.returncode, 75, log)

    def test_a_data_set_that_is_not_there(self):
        text = sweep_text(SMALL) + """
[neuron]
length = 96e-9
width = 24e-9
cell = 4e-9
initial_wall = { position = 20e-9 }
mtj.window = { from = 24e-9, to = 72e-9 }
[neuron.sweep]
"pulse.current_density" = [0.5e12, 1e12, 1.5e12, 2e12]
[network]
data_folder = "/nowhere"
datasets = ["mnist"]
"""
        sweep = self.write("sweep.toml", text)
        refusal = self.refused("run", sweep, "-o", self.path("a.h5"))
        self.assertIn("/nowhere/mnist/", refusal)
        self.assertFalse(os.path.exists(self.path("a.h5")))
        job = run("submit", sweep, "-o", self.path("a.h5"), "--nodes", "1", "--ranks", "2", "--time", "01:00:00", "--dry-run")
        self.assertEqual(job.returncode, 0, job.stderr)
        self.assertIn(f"warning {refusal.removeprefix('spinsweep: ')}\n", job.stderr)


@contextlib.contextmanager
def small_disk(folder, size):
    os.mkdir(folder)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False)
    if mounted.returncode != 0:
        raise unittest.SkipTest("a tmpfs may not be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(path):
    """Writes zeros until nothing fits any more."""
    with open(path, "wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))


class FullDisk(SweepTest):
    SIZE = "6m"

    def test_is_found_before_the_first_case(self):
        with small_disk(self.path("disk"), "256k") as disk:
            sweep = self.write("sweep.toml", sweep_text())
            done = run("run", sweep, "-o", f"{disk}/a.h5", ranks=2)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("bytes of disk space", done.stderr)
            self.assertEqual(os.listdir(disk), [], "nothing is left behind")

    def test_that_fills_while_a_run_goes_on_does_not_stop_it_since_its_space_is_reserved(self):
        with small_disk(self.path("disk"), self.SIZE) as disk:
            sweep = self.write("sweep.toml", sweep_text(pulse="10e-9", interval=0.05, damping=LIVELY))
            process = start("run", sweep, "-o", f"{disk}/a.h5", ranks=2)
            self.assertTrue(wait_for(lambda: "running" in read_status(f"{disk}/a.h5")))
            fill(f"{disk}/other")
            _, log = process.communicate(timeout=TIMEOUT)
            self.assertEqual(process.returncode, 0, log)
            self.assertEqual(read_status(f"{disk}/a.h5"), ["done"] * 16)

    def test_without_reservation_ends_the_run_with_one_line_and_an_intact_file(self):
        with small_disk(self.path("disk"), self.SIZE) as disk:
            sweep = self.write("sweep.toml", sweep_text(pulse="10e-9", interval=0.05, damping=LIVELY))
            process = start("run", sweep, "-o", self.path("begun.h5"))
            self.assertTrue(wait_for(lambda: "done" in read_status(self.path("begun.h5"))))
            os.kill(rank_processes(process.pid)[0], signal.SIGKILL)
            process.communicate()
            before = read_status(self.path("begun.h5")).count("done")
            subprocess.run(["cp", "--sparse=always", self.path("begun.h5"), f"{disk}/a.h5"], check=True)
            fill(f"{disk}/other")
            done = run("run", sweep, "-o", f"{disk}/a.h5", ranks=2)
            self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
            lines = [line for line in done.stderr.splitlines() if line.startswith("spinsweep: ")]
            self.assertEqual(len(lines), 1, done.stderr)
            self.assertIn("No space left on device", lines[0])
            os.remove(f"{disk}/other")
            self.assertGreaterEqual(read_status(f"{disk}/a.h5").count("done"), before)
            self.assertEqual(run("run", sweep, "-o", f"{disk}/a.h5", ranks=2).returncode, 0)
            shutil.copy(f"{disk}/a.h5", self.path("a.h5"))
        self.assertEqual(run("run", sweep, "-o", self.path("once.h5")).returncode, 0)
        self.assert_same_results("a.h5", "once.h5")


if __name__ == "__main__":
    unittest.main()
