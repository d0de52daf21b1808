"""A rank that fails alone in the middle of a case or a training that several share ends the run, with one message,
instead of leaving the others waiting. The program is $LONELY_FAILURE, mpirun $MPIEXEC, its options $MPIEXEC_FLAGS."""

import os
import subprocess
import time
import unittest

LAUNCHER = [os.environ.get("MPIEXEC", "mpirun"), *os.environ.get("MPIEXEC_FLAGS", "").split()]


def run(stage, what, ranks):
    """Its result and how long it took, s."""
    start = time.monotonic()
    done = subprocess.run([*LAUNCHER, "-n", str(ranks),
                           os.environ["LONELY_FAILURE"], stage, what], capture_output=True, text=True, timeout=100)
    return done, time.monotonic() - start


class LonelyFailure(unittest.TestCase):
    def expect_end(self, stage, what, ranks, reason):
        done, seconds = run(stage, what, ranks)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(done.stderr.count("spinsweep: "), 1, done.stderr)
        self.assertIn(f"spinsweep: rank {ranks - 1}: {reason}; the ranks that work with it cannot continue, so the "
                      "whole run ends here, and the same command resumes it\n", done.stderr)
        return seconds

    def test_lack_of_memory_on_one_of_two_ranks_of_a_case_ends_both(self):
        self.expect_end("device", "memory", 2, "not enough memory")

    def test_lack_of_memory_on_one_of_three_ranks_of_a_case_ends_all(self):
        self.expect_end("device", "memory", 3, "not enough memory")

    def test_lack_of_memory_on_one_of_two_ranks_of_a_training_ends_both(self):
        self.expect_end("network", "memory", 2, "not enough memory")

    def test_an_error_that_the_others_do_not_meet_ends_them_when_they_have_had_time_to(self):
        for stage in ("device", "network"):
            with self.subTest(stage):
                self.assertGreater(self.expect_end(stage, "error", 2, "the disk of this rank is gone"), 9.0)


if __name__ == "__main__":
    unittest.main()
