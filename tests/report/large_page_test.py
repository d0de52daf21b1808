"""Reports of 5,000 variants with 20,000 and 50,000 cases: how long they take to make, how large their pages are, and how
soon a reader can use them. Times are processor times, which the load of the machine changes little."""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unittest

ANALYSIS = pathlib.Path(os.environ["SPINSWEEP_ANALYSIS"])
from browser import CHROMIUM, Browser

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
VARIANTS = 5000
COMPLETE = "document.documentElement.dataset.complete === 'true'"


class LargeReport:
    CURRENTS, MOST_SECONDS = 0, 0

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        large = folder / "large.h5"
        grow = pathlib.Path(__file__).parent / "large_results.py"
        subprocess.run([sys.executable, grow, RESULTS / "full.h5", large, str(VARIANTS), str(cls.CURRENTS)], check=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([ANALYSIS / "report", large, "-o", folder / "report"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cls.seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        cls.most_memory = after.ru_maxrss * 1024  # of the largest process
        cls.page = folder / "report" / "index.html"

    def test_is_made_in_time_and_memory(self):
        print(f"{self.seconds:.0f} s of processor time, {self.most_memory / 1e9:.2f} GB, page of {self.page.stat().st_size / 1e6:.1f} MB")
        self.assertLess(self.seconds, self.MOST_SECONDS)
        self.assertLess(self.most_memory, 2e9)

    def test_has_a_page_of_less_than_30_MB(self):
        self.assertLess(self.page.stat().st_size, 30e6)

    @unittest.skipUnless(CHROMIUM, "chromium is not installed")
    def test_can_be_used_within_three_seconds(self):
        opened, drawn, chosen = [], [], []
        for _ in range(3):
            with Browser(timeout=200) as browser:
                browser.open(self.page.as_uri())
                browser.wait(COMPLETE)
                opened.append(browser.thread_time())
                for chart in ("#scatter", "#parallel"):
                    browser.place(chart)
                    browser.wait(f"document.querySelector('{chart} canvas') !== null")
                    browser.settle()
                drawn.append(browser.thread_time())
                browser.click("#variants a.variant")
                browser.wait("document.getElementById('detail').dataset.shown !== undefined")
                browser.settle()
                chosen.append(browser.thread_time())
                self.assertEqual(browser.errors, [])
        print(f"main thread: ready after {opened} s, charts drawn after {drawn} s, a variant shown after {chosen} s")
        self.assertLess(sorted(drawn)[1], 3)


class Of20000Cases(LargeReport, unittest.TestCase):
    CURRENTS, MOST_SECONDS = 4, 120


class Of50000Cases(LargeReport, unittest.TestCase):
    CURRENTS, MOST_SECONDS = 10, 300


if __name__ == "__main__":
    unittest.main(verbosity=2)
