"""The report's page in headless Chromium: no script error, no missing image, no empty plot. Skipped without Chromium.

The page is opened with a script appended that draws every picture on a canvas and counts its pixels; what it finds
comes back with the page's text. A screenshot of the page is left beside the results."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ANALYSIS = pathlib.Path(os.environ["SPINSWEEP_ANALYSIS"])
sys.path[:0] = [str(ANALYSIS), str(ANALYSIS.parent / "python")]
from spinsweep_report import page, style
from spinsweep_report.report import Drawn

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

INSPECTION = """
<script>
addEventListener("load", async () => {
  const problems = [];
  for (const image of document.images) {
    await image.decode().catch(() => {});
    const name = image.closest("figure")?.id ?? image.src.slice(0, 60);
    if (!image.complete || image.naturalWidth === 0) { problems.push(`missing image ${name}`); continue; }
    const canvas = document.createElement("canvas");
    canvas.width = 600; canvas.height = Math.round(600 * image.naturalHeight / image.naturalWidth);
    const context = canvas.getContext("2d");
    context.fillStyle = "white"; context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
    let coloured = 0, grey = 0;
    for (let k = 0; k < pixels.length; k += 4) {
      const high = Math.max(pixels[k], pixels[k + 1], pixels[k + 2]), low = Math.min(pixels[k], pixels[k + 1], pixels[k + 2]);
      if (high - low > 50) coloured++; else if (high < 235) grey++;
    }
    const share = n => (400 * n / pixels.length);
    // Axes and their labels are grey and cover little; data are coloured, or pictures that cover much.
    if (share(coloured) < 0.1 && share(grey) < 12) problems.push(`empty plot ${name}`);
  }
  document.body.append(`INSPECTED ${document.images.length} [${problems.join("; ")}]`);
});
</script>
"""


def browse(html, *options):
    """(document after the scripts, console messages) of a page."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        done = subprocess.run(
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--v=0",
                f"--user-data-dir={folder}/profile",
                *options,
                file.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=120,
        )
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def problems_of(html, *options):
    """(number of images, problems) of a page."""
    document, console = browse(
        html.replace("</body>", INSPECTION + "</body>"), "--dump-dom", "--virtual-time-budget=20000", *options
    )
    found = re.search(r"INSPECTED (\d+) \[(.*?)\]", document)
    errors = [f"script error: {line}" for line in console]
    if not found:
        return 0, [*errors, "the page was not inspected"]
    return int(found[1]), [*errors, *filter(None, found[2].split("; "))]


def figure_with(name, draw):
    figure = style.new_figure(style.COLUMN, 2)
    draw(figure.add_subplot())
    return page.figure_html(Drawn(name, figure, "a sample"))


SAMPLES = {
    "sample-empty": lambda axes: axes.set(
        xlabel="current density J (10¹² A m⁻²)", ylabel="final wall position (nm)", title="a title"
    ),
    "sample-line": lambda axes: axes.plot([0, 1], [0, 1], lw=1.1),
}


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
class Page(unittest.TestCase):
    """The report's page, and behind it samples of all that the inspection must find; one start of the browser for both,
    since that takes most of the time."""

    @classmethod
    def setUpClass(cls):
        cls.folder = RESULTS / "report"
        html = (cls.folder / "index.html").read_text(encoding="utf-8")
        samples = "".join(figure_with(name, draw) for name, draw in SAMPLES.items())
        samples += (
            "<figure id='sample-gone'><img src='data:image/png;base64,AAAA'></figure><script>undefined.nothing</script>"
        )
        cls.images, cls.problems = problems_of(
            html.replace("</body>", f"<h2>Samples to be found</h2>{samples}</body>"),
            f"--screenshot={cls.folder / 'page.png'}",
            "--window-size=1100,9000",
        )

    def test_of_a_report_has_no_problem(self):
        self.assertEqual(
            [problem for problem in self.problems if "sample" not in problem and "script" not in problem], []
        )
        self.assertEqual(self.images, len(list(self.folder.glob("*.svg"))) + len(SAMPLES) + 1)
        self.assertGreater((self.folder / "page.png").stat().st_size, 50_000)

    def test_inspection_finds_an_empty_plot_a_missing_image_and_a_script_error(self):
        errors = [problem for problem in self.problems if "script" in problem]
        self.assertEqual(len(errors), 1)
        self.assertRegex(errors[0], "script error.*TypeError")
        self.assertEqual(
            [problem for problem in self.problems if "sample" in problem],
            ["empty plot sample-empty", "missing image sample-gone"],
        )


if __name__ == "__main__":
    sys.exit(77) if not CHROMIUM else unittest.main(verbosity=2)
