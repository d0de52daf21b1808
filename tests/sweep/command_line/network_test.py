"""A run that is stopped while networks are trained is resumed with the remaining ones: none is trained twice."""

import os
import re
import signal
import unittest

from program import (TIMEOUT, SweepTest, network_text, rank_processes, read_status, run, start, sweep_text, wait_for)

TRAINED = re.compile(r"(?:training|network) \d+/\d+[^:]*: (.*), [0-9.]+ %")


def trainings(log):
    return TRAINED.findall(log)


class NetworkStage(SweepTest):
    def sweep(self, epochs):
        axes = '"material.dmi" = [0.5e-3, 1e-3]'
        return self.write("sweep.toml", sweep_text(axes, pulse="0.1e-9", rest="0.1e-9")
                          + network_text(self.folder, epochs))

    def assert_resumes(self, ranks, group, variable="status"):
        """Stops the run when the first training of the group is done."""
        sweep = self.sweep(epochs=400)
        process = start("run", sweep, "-o", self.path("a.h5"), ranks=ranks)
        self.assertTrue(wait_for(lambda: "done" in read_status(self.path("a.h5"), group, variable)))
        for pid in rank_processes(process.pid):
            os.kill(pid, signal.SIGTERM)
        _, first = process.communicate(timeout=TIMEOUT)
        self.assertEqual(process.returncode, 75, first)
        self.assertNotIn("running", read_status(self.path("a.h5"), group, variable))
        second = run("run", sweep, "-o", self.path("a.h5"), ranks=ranks)
        self.assertEqual(second.returncode, 0, second.stderr)
        done = trainings(first) + trainings(second.stderr)
        self.assertGreater(len(trainings(first)), 0)
        self.assertGreater(len(trainings(second.stderr)), 0)
        self.assertEqual(len(done), 12 + 32)
        self.assertEqual(len(set(done)), len(done), "none is trained twice")
        self.assertEqual(trainings(run("run", sweep, "-o", self.path("a.h5")).stderr), [])
        self.assertEqual(run("run", sweep, "-o", self.path("once.h5")).returncode, 0)
        self.assert_same_results("a.h5", "once.h5")

    def test_resumes_with_the_fp32_networks_that_are_left(self):
        self.assert_resumes(1, "network/baseline")

    def test_resumes_with_the_deployments_that_are_left(self):
        self.assert_resumes(2, "network")

    def test_status_counts_what_is_being_trained_and_estimates_the_time_left(self):
        sweep = self.sweep(epochs=20_000)
        process = start("run", sweep, "-o", self.path("a.h5"))
        self.assertTrue(wait_for(lambda: "running" in read_status(self.path("a.h5"), "network/baseline")))
        text = run("status", self.path("a.h5")).stdout
        self.assertRegex(text, r"of computing time left, done in about")
        self.assertRegex(text, r"(?m)^training +0 +1 +0 +\d+ +0$")
        os.kill(rank_processes(process.pid)[0], signal.SIGKILL)
        process.communicate()
        self.assertIn("running", read_status(self.path("a.h5"), "network/baseline"))
        self.assertEqual(run("run", sweep, "-o", self.path("a.h5"), "--stage", "device").returncode, 0)
        self.assertIn("interrupted", read_status(self.path("a.h5"), "network/baseline"))

    def test_devices_alone_need_no_data_set(self):
        sweep = self.sweep(epochs=1)
        os.rename(self.path("bright"), self.path("elsewhere"))
        devices = run("run", sweep, "-o", self.path("devices.h5"), "--stage", "device")
        self.assertEqual(devices.returncode, 0, devices.stderr)
        self.assertIn("the data set bright is not there", devices.stderr)
        self.assertEqual(run("run", sweep, "-o", self.path("devices.h5")).returncode, 3)
        os.rename(self.path("elsewhere"), self.path("bright"))
        refused = run("run", sweep, "-o", self.path("devices.h5"))
        self.assertEqual(refused.returncode, 2)
        self.assertIn("room for a data set bright of 28 x 28 pixels, 10 classes", refused.stderr)
        reused = run("run", sweep, "-o", self.path("all.h5"), "--reuse", self.path("devices.h5"))
        self.assertEqual(reused.returncode, 0, reused.stderr)
        self.assertEqual(run("run", sweep, "-o", self.path("once.h5")).returncode, 0)
        self.assert_same_results("all.h5", "once.h5")


if __name__ == "__main__":
    unittest.main()
