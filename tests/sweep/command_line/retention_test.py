"""When a run finds the barriers between levels: after the devices, whatever else it does."""

import os
import unittest

import h5py
import numpy

from program import STATUS, SweepTest, network_text, run

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


def write_texts(variable, text):
    """The text in every row. Of h5py's own conversion an element of one byte would be empty: it ends a text with a zero."""
    rows = numpy.full(variable.shape[0], text.ljust(variable.shape[1], b"\0"), f"S{variable.shape[1]}")
    variable.id.write(h5py.h5s.ALL, h5py.h5s.ALL, rows.view("S1").reshape(variable.shape), variable.id.get_type())


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

    def test_has_saddle_points_that_are_exported(self):
        self.run_sweep(SWEEP, "results.h5", "--stage", "device")
        saddles = ["export", self.path("results.h5"), "--device", "synapse", "--case", "1", "--saddles", "-o",
                   self.path("out")]
        done = run(*saddles, "--format", "ovf", "--ovf-data", "text")
        self.assertEqual(done.returncode, 0, done.stderr)
        names = ["loss_left", "loss_right", "saddle00"]
        self.assertEqual(sorted(os.listdir(self.path("out"))), [f"synapse_case0001_{name}.ovf" for name in names])
        exported = numpy.loadtxt(self.path("out/synapse_case0001_saddle00.ovf"))
        with h5py.File(self.path("results.h5")) as file:
            stored = file["retention/saddle_magnetization"][1, 0]
            position = file["retention/saddle_position"][1, 0]
            losses = file["retention/loss_saddle_magnetization"][1]
        numpy.testing.assert_array_equal(exported.astype("f4"), stored.reshape(-1, 3))
        for end, name in enumerate(names[:2]):
            exported = numpy.loadtxt(self.path(f"out/synapse_case0001_{name}.ovf"))
            numpy.testing.assert_array_equal(exported.astype("f4"), losses[end].reshape(-1, 3))
        # The wall leaves the notches at one edge first, so that the saddle point is not in the middle of the track.
        magnetic = numpy.any(stored != 0.0, axis=-1)
        self.assertAlmostEqual(0.5 * 160e-9 * (1.0 - stored[magnetic][:, 2].mean()), position, delta=0.1e-9)
        self.assertTrue(50e-9 < position < 110e-9, position)
        self.assertEqual(run(*saddles, "--format", "csv").returncode, 2)

    def test_finds_the_same_paths_between_levels_whether_the_ends_are_open_or_closed(self):
        def found(name, text):
            self.run_sweep(text, name, "--stage", "device")
            with h5py.File(self.path(name)) as file:
                between_levels = ("barrier_forth", "barrier_back", "attempt_frequency_forth", "saddle_magnetization")
                return [file[f"retention/{variable}"][:].tobytes() for variable in between_levels]

        self.assertEqual(found("open.h5", SWEEP), found("closed.h5", SWEEP + 'ends = "closed"\n'))

    def test_has_no_saddle_points_to_export_unless_it_is_done(self):
        # A run of a part of the cases leaves the retention out.
        self.run_sweep(SWEEP, "results.h5", "--part", "0/2")
        self.assertEqual(self.statuses(), ["waiting", "waiting"])
        reasons = {
            "waiting": "its [retention] is not done",
            "failed": "its [retention] failed: a wall stays in 0 of 2 notches",
        }
        for status, reason in reasons.items():
            with h5py.File(self.path("results.h5"), "r+") as file:
                file["retention/status"][0] = STATUS.index(status)
                write_texts(file["retention/message"], b"a wall stays in 0 of 2 notches")
            done = run("export", self.path("results.h5"), "--device", "synapse", "--case", "0", "--saddles", "--format",
                       "ovf", "-o", self.path("out"))
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"there are no saddle points of case 0 of the synapse: {reason}\n", done.stderr)

    def network_sweep(self):
        """Shallow notches, between which walls jump within seconds at 358 K. No wall is lost, which all are after ten years."""
        network = network_text(self.folder).replace("seeds = 2", 'seeds = 1\ndevice_samples = 2\nretention = "simulated"')
        return SWEEP.replace("diameter = 20e-9", "diameter = 10e-9") + 'ends = "closed"\n' + network

    def test_gives_networks_the_accuracy_after_each_time(self):
        text = self.network_sweep()
        self.run_sweep(text, "results.h5")
        with h5py.File(self.path("results.h5")) as file:
            written = file["network/device_sample_accuracy"][:]
            retained = file["network/retained_accuracy"][:]
            moved = 1 - file["retention/level_probability"][:, :, :, 0, 0]
        # (variant, neuron, data set, seed, deployment, temperature, time, sample)
        self.assertEqual(retained.shape, (2, 1, 2, 1, 4, 2, 5, 2))
        self.assertTrue(numpy.isnan(retained[:, :, :, :, 0]).all())
        self.assertTrue(numpy.isfinite(retained[:, :, :, :, 1:]).all())
        self.assertLess(moved[0, 0, 0], 0.1)
        self.assertGreater(moved[0, 1, 4], 0.4)
        self.assertLess(retained[:, :, :, :, 1:, 1, 4].mean(), written[:, :, :, :, 1:].mean())
        self.run_sweep(text, "two_ranks.h5", ranks=2)
        self.assert_same_results("results.h5", "two_ranks.h5")

    def test_counts_walls_that_are_lost_over_the_ends(self):
        text = SWEEP.replace("diameter = 20e-9", "diameter = 10e-9")
        self.run_sweep(text, "results.h5")
        with h5py.File(self.path("results.h5")) as file:
            levels = file["retention/level_probability"][:].sum(axis=4)
            lost = file["retention/loss_probability"][:].sum(axis=4)
        numpy.testing.assert_allclose(levels + lost, 1, atol=1e-9)
        self.assertLess(lost[0, 0, 0, 0], 1e-3, "after a second at 300 K")
        self.assertGreater(lost[0, 1, 4, 0], 0.9, "after ten years at 358 K")
        self.run_sweep(text, "two_ranks.h5", ranks=2)
        self.assert_same_results("results.h5", "two_ranks.h5")

    def test_makes_networks_wait_for_it(self):
        text = self.network_sweep()
        self.run_sweep(text, "results.h5", "--stage", "device")
        with h5py.File(self.path("results.h5"), "r+") as file:
            file["retention/status"][:] = STATUS.index("waiting")
        done = self.run_sweep(text, "results.h5", "--stage", "network", expect=1)
        self.assertIn("its networks wait for its retention", done.stdout + done.stderr)
        self.run_sweep(text, "results.h5")
        with h5py.File(self.path("results.h5")) as file:
            self.assertTrue((file["network/status"][:] == STATUS.index("done")).all())

    def test_waits_for_the_merge_of_a_study_that_is_run_in_parts(self):
        self.run_sweep(SWEEP, "results.h5", "--part", "0/2")
        self.assertEqual(self.statuses(), ["waiting", "waiting"])


if __name__ == "__main__":
    unittest.main()
