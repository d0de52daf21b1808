"""Writing levels gives the same bits on any number of ranks, and resumes behind what was written when it was stopped."""

import os
import signal
import unittest

import h5py
import numpy

from program import SweepTest, rank_processes, read_status, run, start, wait_for

SWEEP = """
[study]
name = "programming"
[material]
damping = 0.6
temperature = 300.0
[synapse]
length = 160e-9
width = 40e-9
cell = 5e-9
notches = { count = 2, diameter = 10e-9, first = 50e-9, pitch = 60e-9 }
initial_wall.position = 50e-9
pulse = { duration = 0.4e-9, relaxation = 0.4e-9 }
output = { interval = 0.4e-9, snapshots = 2 }
[synapse.sweep]
"material.dmi" = [1.0e-3, 2.0e-3]
[programming]
amplitudes = 2
realizations = REALIZATIONS
"""


def written(path):
    with h5py.File(path) as file:
        group = file["programming"]
        return {name: group[name][...] for name in group if name not in ("wall_time", "status")}


class Programming(SweepTest):
    def assert_same(self, first, second):
        one, other = written(self.path(first)), written(self.path(second))
        for name, values in one.items():
            self.assertEqual(values.tobytes(), other[name].tobytes(), name)

    def test_gives_the_same_bits_on_one_and_on_three_ranks(self):
        # Each realisation has an edge of its own.
        sweep = SWEEP.replace("REALIZATIONS", "3").replace("pulse =", "disorder.roughness.deviation = 1e-9\npulse =")
        self.run_sweep(sweep, "one.h5")
        self.run_sweep(sweep, "three.h5", ranks=3)
        self.assert_same("one.h5", "three.h5")
        self.assertEqual(read_status(self.path("one.h5"), "programming").count("done"), 6)

    def test_resumes_behind_the_last_realisation_that_is_written(self):
        sweep = self.write("sweep.toml", SWEEP.replace("REALIZATIONS", "40"))
        process = start("run", sweep, "-o", self.path("a.h5"))

        def some_are_written():
            try:
                return numpy.isfinite(written(self.path("a.h5"))["recipe_pulses"][0, 0]).sum() > 2
            except OSError:
                return False

        self.assertTrue(wait_for(some_are_written))
        for pid in rank_processes(process.pid):
            os.kill(pid, signal.SIGTERM)
        process.communicate()
        self.assertEqual(process.returncode, 75)
        before = written(self.path("a.h5"))["recipe_conductance"]
        known = numpy.isfinite(before)
        self.assertIn("interrupted", read_status(self.path("a.h5"), "programming"))
        self.assertGreater(known.sum(), 2)
        self.assertEqual(run("run", sweep, "-o", self.path("a.h5"), ranks=2).returncode, 0)
        self.assertEqual(run("run", sweep, "-o", self.path("once.h5"), ranks=2).returncode, 0)
        self.assert_same("a.h5", "once.h5")


if __name__ == "__main__":
    unittest.main()
