"""The page: one HTML file that needs nothing beside it."""

import base64
import html
import json
import pathlib
import zlib

from .table import is_unknown

BROWSER = pathlib.Path(__file__).resolve().parent / "browser"
SCRIPTS = ("state.js", "table.js", "charts.js", "detail.js", "main.js")
MOST_ROWS = 200  # of a table that are shown without scripts
MOST_SORTED = 10_000  # rows of a table that sorts
MORE_VARIANTS = (
    "<p class='meta'>Figures of one variant are those of the best one, or of the variants that analysis/report --variants "
    "names; the views above show what is behind every variant, and the command that draws its figures.</p>"
)
_ONE_COLUMN = 100  # mm: figures wider than this do not fit on a small screen


def _text(value, decimals):
    if is_unknown(value) or value == "":
        return ""
    if isinstance(value, (int, float)):
        return f"{value:.6g}" if decimals is None else f"{value:.{decimals}f}"
    return str(value).replace(" ± ", "±")


def _cell(value, decimals):
    number = ' class="number"' if isinstance(value, (int, float)) else ""
    return f"<td{number}>{html.escape(_text(value, decimals))}</td>"


def _row(table, row):
    cells = (_cell(value, table.decimals.get(column)) for column, value in zip(table.columns, row))
    return f"<tr>{''.join(cells)}</tr>"


def table_html(table, scripted=True):
    """A closed table that sorts and filters where scripts run; elsewhere, or if not `scripted`, its first rows."""
    head = "".join(f"<th scope='col'>{html.escape(column)}</th>" for column in table.columns)
    body = "".join(_row(table, row) for row in table.rows[:MOST_ROWS])
    sorts = scripted and len(table.rows) <= MOST_SORTED
    named = lambda rows: (
        f"<div class='scroll'><table{f' data-name={table.name!r}' if sorts else ''}><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )
    more = f"<p>{len(table.rows) - MOST_ROWS} more rows in {table.name}.csv.</p>" if len(table.rows) > MOST_ROWS else ""
    if sorts and more:  # a browser that runs scripts need not make the cells of a table that nobody opens
        shown = f"{named('')}<noscript>{named(body)}{more}</noscript>{_packed(table)}"
    else:
        shown = named(body) + more
    note = f"<p class='meta'>{html.escape(table.note)}</p>" if table.note else ""
    return (
        f"<details{'' if not scripted else f' id=table-{table.name}'}{'' if scripted else ' open'}><summary><b>{html.escape(table.title)}</b>, {len(table.rows)} rows "
        f"(<code>{table.name}.csv</code>)</summary>{shown}{note}</details>"
    )


def _packed(table):
    """All rows as a script reads them."""
    texts = [[_text(value, table.decimals.get(column)) for column, value in zip(table.columns, row)] for row in table.rows]
    data = base64.b64encode(zlib.compress(json.dumps(texts, separators=(",", ":")).encode(), 6)).decode()
    return f"<script type='text/plain' id='rows-{table.name}'>{data}</script>"


def figure_html(figure, table=None):
    """figure: a drawing.Drawn with the format svg; table: name of the table with its numbers. On a narrow screen it keeps its printed width and scrolls."""
    data = base64.b64encode(figure.files["svg"]).decode()
    size = ' class="wide"' if figure.millimetres > _ONE_COLUMN else ""
    place = "s1" if table == "variants" else f"table-{table}"  # the section of the variants
    numbers = f' Its numbers: <a class="numbers" href="#{place}">{table}.csv</a>.' if table else ""
    return (
        f'<figure id="{figure.name}"{size}><div class="scroll"><img loading="lazy" decoding="async" '
        f'width="{figure.millimetres:.0f}" height="{figure.millimetres * figure.aspect:.0f}" src="data:image/svg+xml;base64,{data}" '
        f'style="--printed:{figure.millimetres:.0f}mm; width:{figure.millimetres * 1.35:.0f}mm" '
        f'alt="{html.escape(figure.caption, quote=True)}"></div><figcaption>{html.escape(figure.caption)}{numbers} '
        f"<span class='meta'>{figure.name}.pdf, {figure.name}.svg</span></figcaption></figure>"
    )


_VIEWS = """
<section id="explore" hidden aria-label="Variants">
<p class="meta">Choose what the axes show, select variants by a rectangle in the plot, by ranges on the parallel axes or by the
filters of the table; click a point or a name for what is behind it. The address of this page keeps the view.</p>
<div class="controls">
<label>horizontal axis<select id="axis-x"></select></label>
<label>vertical axis<select id="axis-y"></select></label>
<label>colour<select id="axis-colour"></select></label>
<button type="button" id="rectangle" aria-pressed="false">Select by rectangle</button>
<button type="button" id="clear">Clear selection</button>
</div>
<p role="status" aria-live="polite"><b id="count"></b> <span id="unknown" class="meta"></span></p>
<p class="legend" id="legend"></p>
<div class="plot" id="scatter"></div>
<p class="meta" id="no-variant">No variant is chosen: click a point, or a name in the table.</p>
<section id="detail" hidden aria-label="The chosen variant" aria-live="polite">
<h3 data-part="title"></h3>
<div class="pair">
<div><h4>Wall position against time</h4><div class="plot low" data-part="trace"></div></div>
<div><h4>Conductance levels</h4><div class="plot low" data-part="levels"></div></div>
</div>
<div data-part="film"><h4>Magnetisation: red up, blue down</h4><canvas data-part="map" role="img"></canvas>
<div class="film"><select data-part="case" aria-label="case"></select><button type="button" data-part="play">Play</button>
<input type="range" data-part="frame" min="0" step="1" aria-label="snapshot"><span data-part="time"></span></div></div>
<div data-part="quantities"></div>
<h4>Cases</h4><div class="scroll"><table><thead><tr><th scope="col">case</th><th scope="col">J (10¹² A m⁻²)</th><th scope="col">status</th>
<th scope="col">final position (nm)</th><th scope="col">final conductance (µS)</th></tr></thead><tbody data-part="cases"></tbody></table></div>
<p class="meta">Its figures as SVG and PDF: <code data-part="command"></code></p>
</section>
<div><h3>Parallel coordinates</h3><p class="meta">Drag along an axis to select a range; click beside the range to clear it.</p>
<div class="plot" id="parallel"></div></div>
<h3>Table of the variants</h3>
<label class="meta"><input type="checkbox" id="every"> all quantities</label>
<div class="scroll"><table id="variants"><thead></thead><tbody></tbody></table></div>
</section>
"""


def _script_block(name, value):
    """JSON that a script reads; no text in it can end the element."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
    return f"<script type='application/json' id='{name}'>{text}</script>"


def _scripts(data):
    """data: what the views of the variants show; None for a page that has tables only."""
    licences = (BROWSER / "LICENCES.txt").read_text(encoding="utf-8")
    charts = (BROWSER / "echarts.min.js").read_text(encoding="utf-8")
    own = "".join((BROWSER / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return [
        _script_block("views", data or {"columns": [], "variants": [], "axes": {}}),
        f"<script>/* {licences.replace('*/', '* /')} */\n{charts}</script>" if data else "",
        f'<script>"use strict";\n(() => {{\n{own}}})();</script>',
    ]


def page(title, meta, opening, views, sections, sweep_text):
    """opening: HTML; views: (data, details, table without scripts) of the variants, or None; sections: (heading, [html]).

    The scripts follow the views at once: a reader uses them while figures, tables and details are still being read."""
    style = (BROWSER / "page.css").read_text(encoding="utf-8")
    parts = [
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        f"<title>{html.escape(title)}</title><link rel='icon' href='data:,'><style>{style}</style></head><body>",
        f"<header><h1>{html.escape(title)}</h1><p class='meta'>{html.escape(meta)}</p></header>",
    ]
    filled = [("What the study says", [opening])]
    if views:
        filled.append(("Variants", [_VIEWS, f"<noscript>{views[2]}</noscript>", *_scripts(views[0])]))
    filled += [(heading, blocks) for heading, blocks in sections if blocks]
    links = "".join(f"<a href='#s{k}'>{html.escape(heading)}</a>" for k, (heading, _) in enumerate(filled))
    parts.append(f"<nav aria-label='Contents'>{links}<a href='#sweep'>Sweep file</a></nav><main>")
    for k, (heading, blocks) in enumerate(filled):
        parts.append(f"<h2 id='s{k}'>{html.escape(heading)}</h2>" + "".join(blocks))
    parts.append(
        f"<h2 id='sweep'>Sweep file</h2><details><summary>as it was run, every default filled in</summary><pre>{html.escape(sweep_text)}</pre></details></main>"
    )
    parts.append(_script_block("details", views[1]) if views else "".join(_scripts(None)))
    parts.append("</body></html>")
    return "\n".join(parts)
