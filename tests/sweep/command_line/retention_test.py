"""When a run finds the barriers between levels: after the devices, whatever else it does."""

import unittest

import h5py

from program import STATUS, SweepTest

SWEEP = """
[study]
name = "retention"
[synapse]
length = 160e-9
width = 40e-9
cell = 5e-9
notches = { count = 2, diameter = 20e-9, first = 50e-9, pitch = 60e-9 }
initial_wall = { position = 50e-9, relax = false }
pulse = { duration = 1e-12, relaxation = 0.0 }
output = { interval = 1e-12, snapshots = 2 }
[synapse.sweep]
"material.dmi" = [1.0e-3, 1.5e-3]
[retention]
"""


class Retention(SweepTest):
    def statuses(self):
        with h5py.File(self.path("results.h5")) as file:
            return [STATUS[status] for status in file["retention/status"][:]]

    def barriers(self):
        with h5py.File(self.path("results.h5")) as file:
            return file["retention/barrier_forth"][:].tobytes()

    def test_belongs_to_a_run_of_the_devices_alone(self):
        self.run_sweep(SWEEP, "results.h5", "--stage", "device")
        self.assertEqual(self.statuses(), ["done", "done"])

    def test_is_not_repeated_and_not_part_of_a_run_of_the_networks(self):
        self.run_sweep(SWEEP, "results.h5", "--stage", "network")
        self.assertEqual(self.statuses(), ["waiting", "waiting"])
        self.run_sweep(SWEEP, "results.h5")
        self.assertEqual(self.statuses(), ["done", "done"])
        found = self.barriers()
        self.run_sweep(SWEEP, "results.h5")
        self.assertEqual(self.barriers(), found)

    def test_waits_for_the_merge_of_a_study_that_is_run_in_parts(self):
        self.run_sweep(SWEEP, "results.h5", "--part", "0/2")
        self.assertEqual(self.statuses(), ["waiting", "waiting"])


if __name__ == "__main__":
    unittest.main()
