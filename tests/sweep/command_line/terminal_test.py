"""What a user at a terminal of 80 columns sees of a run, and of status --watch."""

import os
import pty
import re
import signal
import subprocess
import unittest

from program import ENDLESS, TIMEOUT, SweepTest, command, read_status, start, sweep_text, wait_for

BAR = re.compile(r"\[#*\.*\] synapse \d+/16(, [0-9.]+ (s|min|h) left)?$")


def screen_of(arguments, **variables):
    """Starts a program on a terminal of its own and returns what it has written there by its end, and its exit code."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(arguments, stdin=terminal, stdout=subprocess.DEVNULL, stderr=terminal,
                               env={**os.environ, "TERM": "xterm", **variables})
    os.close(terminal)
    written = b""
    while True:
        try:
            piece = os.read(controller, 65536)
        except OSError:
            break  # the last process that had the terminal is gone
        if not piece:
            break
        written += piece
    os.close(controller)
    return written.decode(), process.wait()


def lines_seen(written):
    """Every line as it stood on the screen, redrawn ones as well."""
    return [line for line in re.split(r"[\r\n]+|\033\[K", written) if line]


class OnATerminal(SweepTest):
    def assert_draws_a_bar(self, ranks):
        sweep = self.write("sweep.toml", sweep_text())
        written, code = screen_of(command("run", sweep, "-o", self.path("a.h5"), ranks=ranks))
        self.assertEqual(code, 0, written)
        bars = [line for line in lines_seen(written) if line.startswith("[#") or line.startswith("[.")]
        self.assertGreaterEqual(len(bars), 17, written)  # from 0/16 on
        for line in bars:
            self.assertRegex(line, BAR)
            self.assertLessEqual(len(line), 80)
        self.assertIn("[" + 30 * "#" + "] synapse 16/16", bars)
        self.assertNotIn("case 3", written, "what is done needs no line")

    def test_a_run_draws_one_bar(self):
        self.assert_draws_a_bar(1)

    def test_a_run_under_mpirun_draws_one_bar(self):
        self.assert_draws_a_bar(2)

    def test_a_failure_keeps_its_line(self):
        sweep = self.write("sweep.toml", sweep_text('"pulse.current_density" = [0.5e12, 1e20]'))
        written, code = screen_of(command("run", sweep, "-o", self.path("a.h5")))
        self.assertEqual(code, 1, written)
        self.assertIn("synapse: case 1: pulse.current_density 1e+20 failed: the time step that is stable", written)

    def test_a_terminal_that_cannot_redraw_gets_lines(self):
        sweep = self.write("sweep.toml", sweep_text())
        written, _ = screen_of(command("run", sweep, "-o", self.path("a.h5")), TERM="dumb")
        self.assertNotIn("\033[K", written)
        self.assertIn("case 3", written)

    def test_no_colour_if_none_is_wanted(self):
        sweep = self.write("sweep.toml", sweep_text())
        written, _ = screen_of(command("run", sweep, "-o", self.path("a.h5")), NO_COLOR="1")
        self.assertNotIn("m", re.findall(r"\033\[[0-9;]*([A-Za-z])", written))

    def test_watching_ends_with_the_run(self):
        sweep = self.write("sweep.toml", sweep_text(**ENDLESS))
        run = start("run", sweep, "-o", self.path("a.h5"))
        self.assertTrue(wait_for(lambda: "running" in read_status(self.path("a.h5"))))
        controller, terminal = pty.openpty()
        watch = subprocess.Popen(command("status", self.path("a.h5"), "--watch"), stdout=terminal)
        os.close(terminal)
        first = os.read(controller, 65536).decode()
        self.assertIn("a run is writing to it", first)
        self.assertTrue(all(len(line) <= 80 for line in lines_seen(first)[1:]), first)
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=TIMEOUT)
        written = ""
        while watch.poll() is None or "no run is writing" not in written:
            try:
                written += os.read(controller, 65536).decode()
            except OSError:
                break
        self.assertEqual(watch.wait(), 0)
        self.assertIn("no run is writing to it", written)
        os.close(controller)


if __name__ == "__main__":
    unittest.main()
