"""spinsweep status and plan: during a run, after a kill, after the end."""

import json
import os
import signal
import unittest

from program import ENDLESS, SweepTest, read_status, rank_processes, run, start, sweep_text, wait_for

LONG = dict(ENDLESS, axes='"pulse.current_density" = [0.5e12, 0.6e12, 0.7e12]', interval=0.2)


class Status(SweepTest):
    def status(self, results):
        done = run("status", self.path(results), "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_counts_what_is_done_and_names_the_slowest(self):
        self.run_sweep(sweep_text(), "a.h5")
        report = self.status("a.h5")
        stage = report["stages"]["synapse"]
        self.assertFalse(report["being_written"])
        self.assertEqual((stage["done"], stage["waiting"], stage["core_seconds_left"]), (16, 0, 0))
        times = [case["wall_time"] for case in stage["slowest"]]
        self.assertEqual(len(times), 5)
        self.assertEqual(times, sorted(times, reverse=True))
        text = run("status", self.path("a.h5")).stdout
        self.assertIn("no run is writing to it", text)
        self.assertIn("synapse        16        0        0        0            0", text)

    def test_tells_failures_with_their_reason_and_parameters(self):
        self.run_sweep(sweep_text(device="time_limit = 1e-6"), "a.h5", expect=1)
        stage = self.status("a.h5")["stages"]["synapse"]
        self.assertEqual(stage["failed"], 16)
        self.assertIn("pulse.current_density 1e+11", stage["failures"][0]["name"])
        self.assertIn("time limit of 1e-06 s", stage["failures"][0]["message"])
        self.assertIn("failed: synapse case 0: material.dmi 0.0005", run("status", self.path("a.h5")).stdout)

    def test_sees_a_run_and_what_a_kill_left(self):
        sweep = self.write("sweep.toml", sweep_text(**LONG))
        process = start("run", sweep, "-o", self.path("a.h5"))
        self.assertTrue(wait_for(lambda: "running" in read_status(self.path("a.h5"))))
        report = self.status("a.h5")
        self.assertTrue(report["being_written"])
        self.assertEqual(report["stages"]["synapse"]["running"], 1)
        self.assertGreater(report["seconds_left"], 0)
        self.assertIn("done in about", run("status", self.path("a.h5")).stdout)

        os.kill(rank_processes(process.pid)[0], signal.SIGKILL)
        process.communicate()
        self.assertIn("running", read_status(self.path("a.h5")), "the kill left the status byte behind")
        report = self.status("a.h5")
        self.assertFalse(report["being_written"])
        self.assertIsNone(report["seconds_left"])
        stage = report["stages"]["synapse"]
        self.assertEqual((stage["running"], stage["interrupted"], stage["waiting"]), (0, 1, 2))

    def test_is_not_reset_by_looking_but_by_the_next_run(self):
        sweep = self.write("sweep.toml", sweep_text(**LONG))
        process = start("run", sweep, "-o", self.path("a.h5"))
        self.assertTrue(wait_for(lambda: "running" in read_status(self.path("a.h5"))))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        done = run("run", sweep, "-o", self.path("a.h5"), "--stage", "network")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(read_status(self.path("a.h5")), ["interrupted", "waiting", "waiting"])

    def test_watching_off_a_terminal_prints_once(self):
        self.run_sweep(sweep_text(), "a.h5")
        text = run("status", self.path("a.h5"), "--watch").stdout
        self.assertEqual(text.count("stage"), 1)
        self.assertNotIn("\033", text)

    def test_a_run_off_a_terminal_prints_one_line_for_each_case(self):
        log = self.run_sweep(sweep_text(), "a.h5", ranks=2).stderr
        self.assertNotIn("\r", log)
        self.assertEqual(sum(line.startswith("synapse ") for line in log.splitlines()), 16)

    def test_plan_lists_every_case_as_json(self):
        sweep = self.write("sweep.toml", sweep_text())
        plan = json.loads(run("plan", sweep, "--json").stdout)
        self.assertEqual(len(plan["synapse"]["cases"]), 16)
        self.assertEqual(plan["synapse"]["cases"][8]["parameters"],
                         {"material.dmi": 1e-3, "pulse.current_density": 1e11})
        self.assertAlmostEqual(plan["synapse"]["seconds"], sum(c["seconds"] for c in plan["synapse"]["cases"]))


if __name__ == "__main__":
    unittest.main()
