"""SIGTERM, SIGUSR1 and SIGINT stop a run within 5 s with exit code 75, and the resumed run gives the same results."""

import os
import signal
import time
import unittest

from program import (LIVELY, TIMEOUT, SweepTest, network_text, rank_processes, read_status, run, slowdown, start,
                     sweep_text, wait_for)

TWO = '"pulse.current_density" = [1e12, 2e12]'
# Some 4 s of computing time a case: longer than it takes to see that it runs.
LONG = dict(axes=TWO, pulse="150e-9", output="1e-9", damping=LIVELY)
# A larger track, whose relaxation takes seconds.
SLOW_START = ["--set", "synapse.length=2000e-9", "--set", "synapse.width=400e-9"]
SMALL_NETWORK = """
[neuron]
length = 96e-9
width = 24e-9
cell = 4e-9
initial_wall = { position = 20e-9, width = 8e-9 }
pulse = { duration = 0.05e-9 }
mtj.window = { from = 24e-9, to = 72e-9 }
[neuron.sweep]
"pulse.current_density" = [0.5e12, 1e12, 1.5e12, 2e12]
[network]
activation_order = 2
"""


class Signals(SweepTest):
    def stop(self, process, number, ranks):
        """Sends the signal to these ranks; returns exit code and seconds until the end, as by the release build on an
        idle machine."""
        slower = slowdown()
        for pid in ranks:
            os.kill(pid, number)
        began = time.monotonic()
        _, log = process.communicate(timeout=TIMEOUT)
        return process.returncode, (time.monotonic() - began) / slower, log

    def assert_stops(self, number, ranks, *options, text=None, when=None):
        sweep = self.write("sweep.toml", text or sweep_text(**LONG))
        process = start("run", sweep, "-o", self.path("a.h5"), *options, ranks=ranks)
        when = when or (lambda: "running" in read_status(self.path("a.h5")))
        self.assertTrue(wait_for(when), "the run did not come so far")
        code, seconds, log = self.stop(process, number, rank_processes(process.pid))
        self.assertEqual(code, 75, log)
        self.assertLess(seconds, 5.0)
        return sweep

    def assert_goes_on(self, sweep, ranks=1):
        self.assertEqual(run("run", sweep, "-o", self.path("a.h5"), ranks=ranks).returncode, 0)
        self.assertEqual(run("run", sweep, "-o", self.path("once.h5")).returncode, 0)
        self.assert_same_results("a.h5", "once.h5")

    def test_each_signal_stops_inside_a_case_and_the_run_goes_on_to_the_bit(self):
        sweep = self.assert_stops(signal.SIGTERM, 1)
        self.assertEqual(read_status(self.path("a.h5")), ["interrupted", "waiting"])
        for number in (signal.SIGUSR1, signal.SIGINT):
            self.assert_stops(number, 1)
        self.assert_goes_on(sweep)

    def test_all_ranks_stop(self):
        sweep = self.assert_stops(signal.SIGTERM, 2)
        self.assertEqual(read_status(self.path("a.h5")), ["interrupted", "interrupted"])
        self.assert_goes_on(sweep, ranks=2)

    def test_a_signal_to_one_rank_stops_the_others(self):
        sweep = self.write("sweep.toml", sweep_text(**LONG))
        process = start("run", sweep, "-o", self.path("a.h5"), ranks=2)
        self.assertTrue(wait_for(lambda: read_status(self.path("a.h5")) == ["running", "running"]))
        code, seconds, log = self.stop(process, signal.SIGTERM, rank_processes(process.pid)[1:])
        self.assertEqual(code, 75, log)
        self.assertLess(seconds, 5.0)

    def test_a_signal_while_the_initial_walls_are_relaxed(self):
        sweep = self.assert_stops(signal.SIGTERM, 1, *SLOW_START,
                                  when=lambda: read_status(self.path("a.h5")) == ["waiting", "waiting"])
        self.assertEqual(read_status(self.path("a.h5")), ["waiting", "waiting"])
        self.assertTrue(sweep)

    def test_a_signal_while_the_pinned_levels_are_relaxed(self):
        text = sweep_text(axes='"pulse.current_density" = [1e12]', pulse="0.01e-9", rest="0.01e-9",
                          ).replace("interval = 50e-12", "interval = 5e-12").replace("position = 20e-9", "position = 20e-9, relax = false")
        data = os.environ.get("SPINSWEEP_DATA")
        if not data:
            self.skipTest("SPINSWEEP_DATA does not say where the data sets are")
        text += SMALL_NETWORK.replace("width = 8e-9 }", "width = 8e-9, relax = false }").replace(
            "duration = 0.05e-9", "duration = 2e-9") + f'data_folder = "{data}"\ndatasets = ["fashion-mnist"]\n'
        self.assert_stops(signal.SIGTERM, 2, "--set", "synapse.length=1600e-9", "--set", "synapse.width=240e-9",
                          text=text, when=lambda: read_status(self.path("a.h5")) == ["done"])

    def test_a_signal_while_networks_are_evaluated_on_device_samples(self):
        axes = '"pulse.current_density" = [1e12]'
        text = sweep_text(axes, pulse="0.1e-9", rest="0.1e-9") + network_text(self.folder).replace(
            "hidden", "device_samples = 1_000_000\nread_noise = 0.1\nhidden").replace(
            '["ptq", "fine_tuned", "qat"]', '"ptq"')
        for ranks in (1, 2):
            self.assert_stops(signal.SIGTERM, ranks, "--set", "network.ranks_per_model=2", text=text,
                              when=lambda: "running" in read_status(self.path("a.h5"), "network"))
            status = read_status(self.path("a.h5"), "network")
            self.assertEqual((status.count("interrupted"), status.count("running")), (1, 0))
            self.assertEqual(status.count("done"), 1, "FP32 alone")


if __name__ == "__main__":
    unittest.main()
