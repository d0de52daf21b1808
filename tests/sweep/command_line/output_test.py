"""Output that cannot be written: progress never touches a result, a command whose result is lost says so, exit code 3."""

import os
import subprocess
import unittest

import h5py

from program import PROGRAM, STATUS, TIMEOUT, SweepTest, run, sweep_text

AXES = '"pulse.current_density" = [0.5e12, 1e12]'


def closed(stream):
    """Runs in the child: the stream is closed, so that the next file that is opened would get its number."""
    return lambda: os.close(stream)


class Output(SweepTest):
    def setUp(self):
        super().setUp()
        self.sweep = self.write("sweep.toml", sweep_text(AXES))
        self.results = self.path("results.h5")

    def call(self, *arguments, **options):
        return subprocess.run([PROGRAM, *arguments], timeout=TIMEOUT, check=False, text=True, **options)

    def streams(self, stream):
        """The stream full, closed and gone, as options of subprocess.run."""
        name = "stdout" if stream == 1 else "stderr"
        with open("/dev/full", "w", encoding="utf-8") as full:
            yield "full", {name: full}
        yield "closed", {"preexec_fn": closed(stream)}
        reader, writer = os.pipe()
        os.close(reader)
        yield "gone", {name: writer}
        os.close(writer)

    def statuses(self):
        with h5py.File(self.results) as file:
            return [STATUS[code] for code in file["synapse/status"][:]]

    def test_what_a_run_cannot_show_does_not_touch_its_results(self):
        for what, options in self.streams(2):
            with self.subTest(what):
                done = self.call("run", self.sweep, "-o", self.results, "--force", stdout=subprocess.PIPE, **options)
                self.assertEqual(done.returncode, 0)
                self.assertEqual(self.statuses(), ["done", "done"])
                self.assertIn("2 of 2 cases done", done.stdout)

    def test_a_log_that_nobody_reads_does_not_stop_a_run(self):
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        try:
            while True:
                os.write(writer, b"x" * 4096)
        except BlockingIOError:
            pass
        os.set_blocking(writer, True)
        done = self.call("run", self.sweep, "-o", self.results, stdout=subprocess.PIPE, stderr=writer)
        os.close(writer)
        os.close(reader)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.statuses(), ["done", "done"])

    def test_a_run_whose_report_is_lost_has_its_results(self):
        for what, options in self.streams(1):
            with self.subTest(what):
                done = self.call("run", self.sweep, "-o", self.results, "--force", stderr=subprocess.PIPE, **options)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn("stdout: the result cannot be written", done.stderr)
                self.assertEqual(self.statuses(), ["done", "done"])

    def test_every_command_says_that_its_result_is_lost(self):
        self.assertEqual(run("run", self.sweep, "-o", self.results).returncode, 0)
        self.assertEqual(run("run", self.sweep, "-o", self.path("part.h5"), "--part", "0/2").returncode, 0)
        commands = {
            "plan": ("plan", self.sweep),
            "plan --json": ("plan", self.sweep, "--json"),
            "status": ("status", self.results),
            "status --json": ("status", self.results, "--json"),
            "status --watch": ("status", self.results, "--watch"),
            "export": ("export", self.results, "--device", "synapse", "--case", "0", "--format", "csv", "--force", "-o",
                       self.path("exported")),
            "submit": ("submit", self.sweep, "-o", self.path("batch.h5"), "--nodes", "1", "--ranks", "2", "--time",
                       "01:00:00", "--dry-run"),
            "--help": ("--help",),
            "run --help": ("run", "--help"),
            "--version": ("--version",),
        }
        for number, (command, arguments) in enumerate(commands.items()):
            for what, options in self.streams(1):
                with self.subTest(f"{command}, stdout {what} ({number})"):
                    done = self.call(*arguments, stderr=subprocess.PIPE, **options)
                    self.assertEqual(done.returncode, 3, done.stderr)
                    self.assertIn("stdout: the result cannot be written", done.stderr)
        for what, options in self.streams(1):
            merged = self.path(f"merged-{what}.h5")
            done = self.call("merge", self.results, self.path("part.h5"), "-o", merged, stderr=subprocess.PIPE, **options)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertTrue(os.path.exists(merged))

    def test_errors_that_cannot_be_said_keep_their_exit_code(self):
        for what, options in self.streams(2):
            with self.subTest(what):
                self.assertEqual(self.call("plan", self.path("none.toml"), **options).returncode, 2)
                self.assertEqual(self.call("status", self.path("none.h5"), **options).returncode, 3)


if __name__ == "__main__":
    unittest.main()
