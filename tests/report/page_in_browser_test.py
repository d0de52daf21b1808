"""The report's page in headless Chromium, used as a reader uses it: by clicking, dragging, typing and reading what has
changed. A script error, a missing image, an empty plot or a request to the network fails every test. Skipped without
Chromium. Screenshots are left beside the results."""

import itertools
import json
import os
import pathlib
import re
import sys
import tempfile
import unittest

ANALYSIS = pathlib.Path(os.environ["SPINSWEEP_ANALYSIS"])
sys.path[:0] = [str(ANALYSIS), str(ANALYSIS.parent / "python")]
import colour_vision
from browser import CHROMIUM, Browser
from spinsweep_report import page
from spinsweep_report.drawing import drawn
from spinsweep.plot.place import new_figure

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
READY = "document.documentElement.dataset.complete === 'true'"
MOST_BYTES = 30e6

INSPECTION = """(async () => {
  const problems = [];
  for (const image of document.images) {
    image.loading = "eager"; // those far below the screen are loaded when scrolled to
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
  return problems;
})()"""
# How many pixels of a chart are coloured.
COLOURED = """(() => {
  const canvas = document.querySelector("%s canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let coloured = 0;
  for (let k = 0; k < pixels.length; k += 4) {
    const rgb = [pixels[k], pixels[k + 1], pixels[k + 2]];
    if (pixels[k + 3] > 100 && Math.max(...rgb) - Math.min(...rgb) > 60) coloured++;
  }
  return coloured;
})()"""


def figure_with(name, draw):
    figure = new_figure(3.3, 2)
    draw(figure.add_subplot())
    return page.figure_html(drawn(name, figure, "a sample", ("svg",)))


SAMPLES = {
    "sample-empty": lambda axes: axes.set(
        xlabel="current density J (10¹² A m⁻²)", ylabel="final wall position (nm)", title="a title"
    ),
    "sample-line": lambda axes: axes.plot([0, 1], [0, 1], lw=1.1),
}


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = RESULTS / "report"
        cls.url = (cls.folder / "index.html").as_uri()
        cls.browser = cls.enterClassContext(Browser())

    def open(self, hash_="", **emulated):
        size = emulated.pop("size", (1280, 1000))
        self.browser.resize(*size, **emulated)
        self.browser.open("about:blank")
        self.browser.open(self.url + hash_)
        if emulated.get("scripts", True):
            self.browser.wait(READY)
            self.browser.settle()

    def tearDown(self):
        self.assertEqual(self.browser.errors, [])
        self.assertEqual([url for url in self.browser.requests if not url.startswith(("file:", "data:", "blob:", "about:"))], [])

    def drawn(self, selector):
        """Scrolls to a chart, which is drawn then; its place."""
        place = self.browser.place(selector)
        self.browser.wait(f"document.querySelector('{selector} canvas') !== null")
        self.browser.settle()
        return place

    def text(self, selector):
        return self.browser.read(f"document.querySelector('{selector}').textContent")

    def hash(self):
        return self.browser.read("decodeURIComponent(location.hash)")

    def point(self, variant):
        """Where the scatter plot shows a variant."""
        left, top, *_ = self.drawn("#scatter")
        x, y = self.browser.read(
            "(() => { const chart = echarts.getInstanceByDom(document.getElementById('scatter'));"
            f"const point = chart.getOption().series.flatMap(s => s.data).find(d => d.value[2] === {variant});"
            "return chart.convertToPixel('grid', point.value.slice(0, 2)); })()"
        )
        return left + x, top + y

    def shown_variant(self, variant):
        self.browser.wait(f"document.getElementById('detail').dataset.shown === '{variant}'")
        self.browser.settle()

    def column(self, title):
        """The numbers of a column of the table of variants."""
        return self.browser.read(
            "(() => { const table = document.getElementById('variants');"
            f"const k = [...table.tHead.rows[0].cells].findIndex(cell => cell.textContent === '{title}');"
            "return [...table.tBodies[0].rows].map(row => Number(row.cells[k].textContent)); })()"
        )

    def test_has_no_missing_image_no_empty_plot_and_is_within_its_limit(self):
        self.open()
        self.assertEqual(self.browser.read(INSPECTION), [])
        self.assertEqual(self.browser.read("document.images.length"), len(list(self.folder.glob("*.svg"))))
        self.assertLess((self.folder / "index.html").stat().st_size, MOST_BYTES)
        for chart in ("#scatter", "#parallel"):
            self.drawn(chart)
            self.assertGreater(self.browser.read(COLOURED % chart), 50, chart)
        self.browser.picture(self.folder / "page.png", whole=True)

    def test_a_click_on_a_point_shows_what_is_behind_it(self):
        self.open()
        self.assertFalse(self.browser.read("document.querySelector('#detail').checkVisibility()"))
        self.browser.click_at(*self.point(3))
        self.shown_variant(3)
        self.assertIn("variant=3", self.hash())
        self.assertEqual(self.text("#detail h3"), "Variant 3: notches 3, DMI 1.5 mJ m⁻²")
        self.assertGreater(self.browser.read(COLOURED % "[data-part=trace]"), 50)
        self.assertGreater(self.browser.read(COLOURED % "[data-part=levels]"), 50)
        self.assertEqual(self.browser.read("document.querySelector('[data-part=cases]').rows.length"), 2)
        self.assertIn("levels", self.text("[data-part=quantities]"))
        self.assertRegex(self.text("[data-part=quantities]"), r"smallest barrier\d+\.\d+ × 10⁻²¹ J")
        self.assertEqual(self.text("[data-part=command]"), "analysis/report full.h5 -o figures --variants 3")
        self.assertEqual(self.browser.read("document.querySelector('#variants tr.current').dataset.row"), "3")

    def test_the_arrow_keys_go_from_point_to_point(self):
        self.open()
        self.browser.read("document.getElementById('scatter').focus()")
        visited = []
        for _ in range(4):
            self.browser.press("ArrowRight")
            visited.append(self.hash())
        self.assertEqual(len(set(visited)), 4)
        self.browser.press("ArrowLeft")
        self.assertEqual(self.hash(), visited[2])

    def test_a_filter_selects_in_every_view_and_in_the_address(self):
        self.open()
        self.browser.type("#variants .filters td:nth-child(2) input", "3")
        self.assertTrue(self.text("#count").startswith("2 of 4 variants selected: notches 3"))
        self.assertEqual(self.column("notches"), [3, 3])
        self.assertRegex(self.hash(), r"in\.notches_count=2\.9\d*\.\.3\.0")
        for chart in ("scatter", "parallel"):
            self.assertIn("2 ", self.browser.read(f"document.getElementById('{chart}').ariaLabel"))
        self.assertIn("2 of them selected", self.browser.read("document.getElementById('scatter').ariaLabel"))
        kept = self.browser.read("location.hash")
        self.open(kept)
        self.assertTrue(self.text("#count").startswith("2 of 4 variants selected"))
        self.assertEqual(self.column("notches"), [3, 3])
        self.browser.click("#clear")
        self.assertTrue(self.text("#count").startswith("4 of 4"))
        self.assertEqual(self.hash(), "")

    def test_text_that_is_no_range_selects_as_before(self):
        self.open()
        self.browser.type("#variants .filters td:nth-child(2) input", "> many")
        self.assertTrue(self.text("#count").startswith("4 of 4"))

    def test_a_click_on_a_heading_sorts_and_another_one_turns_the_order(self):
        self.open()
        heading = "#variants thead th:nth-child(2)"
        for direction, order in (("ascending", [2, 2, 3, 3]), ("descending", [3, 3, 2, 2])):
            self.browser.click(f"{heading} button")
            self.assertEqual(self.browser.read(f"document.querySelector('{heading}').ariaSort"), direction)
            self.assertEqual(self.column("notches"), order)
        self.assertIn("sort=notches_count:down", self.hash())

    def test_a_rectangle_in_the_scatter_plot_selects(self):
        self.open("#x=notches_count&y=material_dmi")
        self.browser.click("#rectangle")
        x, y = self.point(0)
        self.browser.drag((x - 12, y - 12), (x + 12, y + 12))
        self.assertTrue(self.text("#count").startswith("1 of 4 variants selected"), self.text("#count"))
        self.assertIn("in.material_dmi=", self.hash())

    def test_a_range_on_a_parallel_axis_selects(self):
        self.open()
        left, top, *_ = self.drawn("#parallel")
        x, low, high = self.browser.read(
            "(() => { const chart = echarts.getInstanceByDom(document.getElementById('parallel'));"
            "const system = chart.getModel().getComponent('parallel', 0).coordinateSystem;"
            "const ends = [2, 3].map(value => system.dataToPoint(value, 'dim0'));"
            "return [ends[0][0], ends[0][1], ends[1][1]]; })()"
        )
        middle = (low + high) / 2
        self.browser.drag((left + x, top + high), (left + x, top + middle))
        self.assertTrue(self.text("#count").startswith("2 of 4 variants selected: notches"), self.text("#count"))
        self.assertEqual(self.column("notches"), [3, 3])

    def test_the_axes_and_the_colour_can_be_any_quantity(self):
        self.open()
        self.browser.choose("#axis-x", "levels")
        self.browser.choose("#axis-colour", "material_dmi")
        label = self.browser.read("document.getElementById('scatter').ariaLabel")
        self.assertIn("against levels, coloured by DMI", label)
        self.assertIn("DMI", self.text("#legend"))
        self.assertIn("x=levels&colour=material_dmi", self.hash())

    def test_the_wall_moves_when_the_maps_are_played(self):
        self.open("#variant=3")
        self.shown_variant(3)
        map_of = "document.querySelector('[data-part=map]').toDataURL()"
        last = self.browser.read(map_of)
        self.browser.click("[data-part=play]")
        self.browser.wait(f"{map_of} !== {last!r}")
        self.browser.wait("document.querySelector('[data-part=play]').textContent === 'Play'")
        self.assertEqual(self.browser.read(map_of), last)
        self.assertRegex(self.text("[data-part=time]"), r"t = 2\.40 ns")
        self.browser.choose("[data-part=case]", "0")
        self.assertNotEqual(self.browser.read(map_of), last)

    def test_a_best_variant_of_the_opening_leads_to_what_is_behind_it(self):
        self.open()
        self.browser.click(".goals a.variant")
        number = self.browser.read("document.querySelector('.goals a.variant').hash.split('=')[1]")
        self.shown_variant(number)

    def test_the_tables_sort_and_filter(self):
        self.open()
        self.browser.read("document.querySelectorAll('details').forEach(d => d.open = true)")
        table = "table[data-name=synapse_cases]"
        self.browser.click(f"{table} thead th:nth-child(1) button")
        self.browser.click(f"{table} thead th:nth-child(1) button")
        self.assertEqual(self.text(f"{table} tbody tr td"), "7")
        self.browser.type(f"{table} .filters td:nth-child(1) input", "< 3")
        self.assertEqual(self.browser.read(f"document.querySelector('{table}').tBodies[0].rows.length"), 3)

    def test_every_figure_of_numbers_leads_to_the_table_behind_it(self):
        self.open()
        without = self.browser.read("[...document.querySelectorAll('figure')].filter(f => !f.querySelector('a.numbers')).map(f => f.id)")
        self.assertEqual([name for name in without if not name.startswith("fig6_misclassified")], [])
        targets = self.browser.read("[...document.querySelectorAll('a.numbers')].map(a => document.querySelector(a.hash) !== null)")
        self.assertTrue(targets and all(targets))
        self.browser.click("#levels a.numbers")
        self.browser.wait("document.querySelector('#table-levels table').checkVisibility()")
        self.assertEqual(self.browser.read("document.activeElement.parentNode.id"), "table-levels")
        self.assertEqual(self.hash(), "")

    def test_can_be_used_with_the_keyboard_alone(self):
        self.open("#variant=3")
        self.shown_variant(3)
        reached = set()
        for _ in range(400):
            self.browser.press("Tab")
            reached.add(self.browser.read("(e => e.id || e.dataset.part || e.localName + '.' + e.className)(document.activeElement)"))
            if "summary." in reached:
                break
        self.assertLessEqual(
            {"axis-x", "axis-y", "axis-colour", "rectangle", "scatter", "every", "case", "play", "frame", "a.variant", "input.", "button."}, reached
        )
        self.browser.read("document.querySelector('#variants thead button').focus()")
        self.browser.press("Enter")
        self.assertEqual(self.browser.read("document.querySelector('#variants thead th').ariaSort"), "ascending")
        self.browser.read("document.querySelector('#variants a.variant').focus()")
        self.browser.press("Enter")
        self.shown_variant(self.browser.read("document.querySelector('#variants tr').parentNode && document.querySelector('#detail').dataset.shown"))
        self.browser.read("document.querySelector('[data-part=frame]').focus()")
        last = self.text("[data-part=time]")
        self.browser.press("ArrowLeft")
        self.assertNotEqual(self.text("[data-part=time]"), last)

    def test_text_has_contrast_in_light_and_dark(self):
        for dark in (False, True):
            self.open(dark=dark)
            colours = self.browser.read(
                "(() => { const s = getComputedStyle(document.documentElement);"
                "return Object.fromEntries(['paper', 'panel', 'ink', 'soft', 'link', 'accent'].map(n => [n, s.getPropertyValue('--' + n).trim()])); })()"
            )
            for text in ("ink", "soft", "link"):
                for ground in ("paper", "panel"):
                    self.assertGreater(colour_vision.contrast(colours[text], colours[ground]), 4.5, f"{text} on {ground}, dark: {dark}")
            self.assertGreater(colour_vision.contrast(colours["accent"], colours["paper"]), 3)

    def test_classes_can_be_told_apart_by_every_kind_of_colour_vision_and_by_shape(self):
        script = (ANALYSIS / "spinsweep_report" / "browser" / "charts.js").read_text(encoding="utf-8")
        listed = lambda name: json.loads(re.search(rf"const {name} = (\[.*?\]);", script).group(1))
        classes, symbols = listed("CLASSES"), listed("SYMBOLS")
        self.assertEqual(len(set(symbols)), len(classes))
        for kind, distance in colour_vision.smallest_distances(classes).items():
            self.assertGreater(distance, 8, kind)
        for kind, lightness in colour_vision.lightness(listed("CIVIDIS")).items():
            self.assertEqual(sorted(lightness), lightness, kind)

    def test_without_scripts_shows_the_opening_the_table_and_the_figures(self):
        self.open(scripts=False)
        self.browser.picture(self.folder / "noscript.png")
        self.browser.resize(1280, 1000)
        self.assertFalse(self.browser.read("document.querySelector('#explore').checkVisibility()"))
        self.assertGreaterEqual(self.browser.read("document.querySelector('noscript tbody').rows.length"), 4)
        self.assertTrue(self.browser.read("document.querySelector('noscript table').checkVisibility()"))

    def test_fits_a_phone_and_a_narrow_window_light_and_dark(self):
        for width in (390, 800):
            for dark in (False, True):
                self.open("#variant=1", size=(width, 900), dark=dark)
                self.shown_variant(1)
                self.assertLessEqual(self.browser.read("document.documentElement.scrollWidth"), width)
                lightness = self.browser.read("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
                self.assertEqual(lightness < 128, dark)
                self.browser.picture(self.folder / f"page-{width}-{'dark' if dark else 'light'}.png")

    def test_names_every_parallel_axis_in_full_on_a_phone_and_in_a_narrow_window(self):
        for width in (390, 800):
            self.open(size=(width, 900))
            self.drawn("#parallel")
            names = self.browser.read(
                "[...document.querySelectorAll('#parallel .axis-name')].map(name => { const { left, right, top, bottom } = name.getBoundingClientRect();"
                "return { text: name.textContent, cut: name.scrollWidth > name.clientWidth, left, right, top, bottom }; })"
            )
            described = self.browser.read("document.getElementById('parallel').ariaLabel")
            self.assertGreater(len(names), 5)
            for name in names:
                self.assertIn(re.sub(r" \([^()]*\)$", "", name["text"]), described)
                self.assertFalse(name["cut"], name)
                self.assertTrue(0 <= name["left"] and name["right"] <= width, name)
            for a, b in itertools.combinations(names, 2):
                apart = a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
                self.assertTrue(apart, f"{a} {b} at {width}")

    def test_lays_parallel_axes_out_anew_where_a_phone_is_turned(self):
        self.open(size=(390, 900))
        self.drawn("#parallel")
        across = "(() => { const [a, b] = document.querySelectorAll('#parallel .axis-name'); return Math.abs(a.getBoundingClientRect().left - b.getBoundingClientRect().left) > 20; })()"
        self.assertFalse(self.browser.read(across))
        self.browser.resize(900, 390)
        self.browser.wait(across)
        self.drawn("#parallel")
        self.assertGreater(self.browser.read(COLOURED % "#parallel"), 50)

    def test_ends_no_line_within_a_quantity(self):
        self.open()
        for place in (".lead", ".goals"):
            text = self.browser.read(f"document.querySelector('{place}').textContent")
            self.assertRegex(text, "\\d\u00a0(%|mJ\u00a0m⁻²)")
            self.assertNotRegex(text, r"\d (%|mJ)|mJ m")
        self.assertIn("notches\u00a03, DMI\u00a01.5\u00a0mJ\u00a0m⁻²", self.browser.read("document.querySelector('#variants tbody').textContent"))

    def test_everything_that_can_be_used_has_a_name(self):
        self.open("#variant=1")
        self.shown_variant(1)
        roles = {"button", "combobox", "textbox", "slider", "checkbox", "link", "img", "image"}
        unnamed = [
            node["nodeId"]
            for node in self.browser.accessible()
            if node["role"] in roles and not node["name"].strip()
        ]
        self.assertEqual(unnamed, [])

    def test_a_chart_is_drawn_when_it_is_scrolled_to_and_described_before(self):
        self.open(size=(1280, 300))
        self.assertFalse(self.browser.read("document.querySelector('#parallel canvas') !== null"))
        self.assertIn("4 of 4 variants", self.browser.read("document.getElementById('parallel').ariaLabel"))
        self.drawn("#parallel")
        self.assertGreater(self.browser.read(COLOURED % "#parallel"), 50)

    def test_prints_every_chart(self):
        self.open(size=(1280, 300))
        self.browser.print()
        for chart in ("#scatter", "#parallel"):
            self.assertGreater(self.browser.read(COLOURED % chart), 50, chart)

    def test_prints_without_controls(self):
        self.open(print_=True)
        self.assertFalse(self.browser.read("document.querySelector('.controls').checkVisibility()"))
        self.assertTrue(self.browser.read("document.querySelector('.goals').checkVisibility()"))


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
class Inspection(unittest.TestCase):
    def test_finds_an_empty_plot_a_missing_image_and_a_script_error(self):
        samples = "".join(figure_with(name, draw) for name, draw in SAMPLES.items())
        samples += "<figure id='sample-gone'><img src='data:image/png;base64,AAAA'></figure><script>undefined.nothing</script>"
        with tempfile.TemporaryDirectory() as folder, Browser() as browser:
            file = pathlib.Path(folder) / "page.html"
            file.write_text(f"<!DOCTYPE html><body>{samples}</body>", encoding="utf-8")
            browser.open(file.as_uri())
            self.assertEqual(browser.read(INSPECTION), ["empty plot sample-empty", "missing image sample-gone"])
            self.assertEqual(len(browser.errors), 1)
            self.assertRegex(browser.errors[0], "TypeError")


if __name__ == "__main__":
    sys.exit(77) if not CHROMIUM else unittest.main(verbosity=2)
