"""The page: one HTML file that needs nothing beside it."""

import base64
import html

from .tables import is_unknown

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; padding: 1.5rem; max-width: 62rem; }
h1 { font-size: 1.5rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; border-bottom: 1px solid #ccc; }
figure { margin: 1rem 0 1.8rem; } figure img { max-width: max(100%, var(--printed)); min-width: var(--printed); height: auto; display: block; }
figcaption { font-size: .87rem; color: #333; margin-top: .3rem; max-width: 46rem; }
.missing { background: #fff4e0; border-left: 4px solid #E69F00; padding: .5rem .9rem; }
.missing ul { margin: .2rem 0; padding-left: 1.2rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .82rem; font-variant-numeric: tabular-nums; }
th { text-align: left; border-bottom: 2px solid #444; padding: .2rem .7rem .2rem 0; vertical-align: bottom; }
td { border-bottom: 1px solid #ddd; padding: .15rem .7rem .15rem 0; } td.number { text-align: right; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .9rem 0; } details { margin: .6rem 0; } summary { cursor: pointer; } pre { font-size: .8rem; background: #f6f6f6; padding: .7rem; overflow-x: auto; }
a { color: #0072B2; } .meta { color: #555; font-size: .87rem; }
@media (max-width: 46rem) { .wide figcaption::before { content: "Scroll sideways to see all of it. "; color: #555; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
"""
MOST_ROWS = 200
_ONE_COLUMN = 100  # mm: figures wider than this do not fit on a small screen


def _cell(value, decimals):
    if is_unknown(value) or value == "":
        return "<td></td>"
    if isinstance(value, (int, float)):
        return f'<td class="number">{value:.6g}</td>' if decimals is None else f'<td class="number">{value:.{decimals}f}</td>'
    return f"<td>{html.escape(str(value)).replace(' ± ', '±')}</td>"


def _row(table, row):
    cells = (_cell(value, table.decimals.get(column)) for column, value in zip(table.columns, row))
    return f"<tr>{''.join(cells)}</tr>"


def table_html(table):
    head = "".join(f"<th>{html.escape(column)}</th>" for column in table.columns)
    body = "".join(_row(table, row) for row in table.rows[:MOST_ROWS])
    more = f"<p>{len(table.rows) - MOST_ROWS} more rows in {table.name}.csv.</p>" if len(table.rows) > MOST_ROWS else ""
    note = f"<p class='meta'>{html.escape(table.note)}</p>" if table.note else ""
    return (
        f"<details open><summary><b>{html.escape(table.title)}</b> (<code>{table.name}.csv</code>)</summary>"
        f"<div class='scroll'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}{note}</details>"
    )


def figure_html(figure):
    """figure: name, svg (bytes), width in mm, caption. On a narrow screen it keeps its printed width and scrolls."""
    data = base64.b64encode(figure.svg).decode()
    size = ' class="wide"' if figure.millimetres > _ONE_COLUMN else ""
    return (
        f'<figure id="{figure.name}"{size}><div class="scroll"><img src="data:image/svg+xml;base64,{data}" '
        f'style="--printed:{figure.millimetres:.0f}mm; width:{figure.millimetres * 1.35:.0f}mm" '
        f'alt="{html.escape(figure.caption, quote=True)}"></div><figcaption>{html.escape(figure.caption)} '
        f"<span class='meta'>{figure.name}.pdf, {figure.name}.svg</span></figcaption></figure>"
    )


def page(title, meta, opening, sections, sweep_text):
    """opening: HTML; sections: (heading, [html])."""
    parts = [
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>",
        f"<title>{html.escape(title)}</title><link rel='icon' href='data:,'><style>{STYLE}</style></head><body>",
        f"<h1>{html.escape(title)}</h1><p class='meta'>{html.escape(meta)}</p>",
    ]
    filled = [("What the study says", [opening]), *((heading, blocks) for heading, blocks in sections if blocks)]
    links = "".join(f"<a href='#s{k}'>{html.escape(heading)}</a>" for k, (heading, _) in enumerate(filled))
    parts.append(f"<nav>{links}<a href='#sweep'>Sweep file</a></nav>")
    for k, (heading, blocks) in enumerate(filled):
        parts.append(f"<h2 id='s{k}'>{html.escape(heading)}</h2>" + "".join(blocks))
    parts.append(
        f"<h2 id='sweep'>Sweep file</h2><details><summary>as it was run, every default filled in</summary><pre>{html.escape(sweep_text)}</pre></details>"
    )
    parts.append("</body></html>")
    return "\n".join(parts)
