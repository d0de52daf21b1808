"""Figures of neurons and synapses."""

import numpy as np

from . import names, style
from .style import plt

MOST_VARIANTS = 6  # that get a figure of their own
MOST_NAMED = 12  # that a legend names


def _current_label(results, group, case):
    return f"{results.parameter(group, 'pulse.current_density', case) / 1e12:.2f} × 10¹² A m⁻²"


def _draw_map(axes, results, group, case, index=-1):
    """mz of a snapshot in nm; notches are grey."""
    field = results.snapshot(group, case, index)
    mz = np.where(np.any(field != 0, axis=-1), field[..., 2], np.nan)
    cmap = style.matplotlib.colormaps[style.MAGNETIZATION].with_extremes(bad=style.GREY)
    length, width = (results.parameter(group, edge, case) * 1e9 for edge in ("length", "width"))
    image = axes.imshow(mz, origin="lower", extent=(0, length, 0, width), cmap=cmap, vmin=-1, vmax=1, aspect="auto")
    axes.set_yticks([0, round(width)])
    axes.spines[["top", "right"]].set_visible(True)
    return image


def neuron(results, variant):
    """Fig 1: conductance against current density with the fitted activation, and maps. None if no case is done."""
    cases = results.finished_cases("neuron", variant)
    if len(cases) < 2:
        return None
    current = np.array([results.parameter("neuron", "pulse.current_density", case) for case in cases])
    conductance = results.get("neuron/final_conductance").values[cases]
    if np.ptp(conductance) == 0 or np.ptp(current) == 0:
        return None
    x = (current - current.min()) / np.ptp(current)
    y = (conductance - conductance.min()) / np.ptp(conductance)

    figure = style.new_figure(style.COLUMN, 3.9)
    grid = figure.add_gridspec(3, 2, height_ratios=[2.6, 0.55, 0.55], width_ratios=[1, 0.03])
    axes = figure.add_subplot(grid[0, 0])
    axes.plot(x, y, style.MARKERS[0], color=style.COLOURS[0], label="simulated", zorder=3)
    coefficients = results.get("variants/activation_coefficient")
    fitted = coefficients is not None and np.all(np.isfinite(coefficients.values[variant]))
    if fitted:
        fine = np.linspace(0, 1, 200)
        curve = sum(c * fine ** (k + 1) for k, c in enumerate(coefficients.values[variant]))
        axes.plot(fine, curve, color=style.COLOURS[2], label=f"polynomial of order {len(coefficients.values[variant])}")
    axes.set(xlabel="normalised current density J′", ylabel="normalised conductance G′", xlim=(-0.03, 1.03), ylim=(-0.05, 1.1))
    axes.legend(loc="upper left", borderaxespad=0.1)
    style.panel(axes, "a")
    inset = axes.inset_axes([0.63, 0.13, 0.36, 0.36])
    span = np.linspace(-1, 1, 201)
    inset.plot(span, np.maximum(span, 0), "--", color=style.GREY, lw=0.9, label="ReLU")
    if fitted:
        inside = np.clip(span, 0, 1)
        inset.plot(span, sum(c * inside ** (k + 1) for k, c in enumerate(coefficients.values[variant])),
                   color=style.COLOURS[2], lw=0.9, label="device")
    inset.set(xticks=[-1, 0, 1], yticks=[0, 1])
    inset.tick_params(labelsize=5.5, pad=1)
    inset.legend(fontsize=5.5, loc="upper left", handlelength=1.2, borderaxespad=0, labelspacing=0.2)
    # The paper shows 0.15 and 0.40; here those that are nearest.
    wanted = [int(np.argmin(abs(current - value * 1e12))) for value in (0.15, 0.40)]
    for row, (k, letter) in enumerate(zip(wanted, "bc"), 1):
        axes = figure.add_subplot(grid[row, 0])
        image = _draw_map(axes, results, "neuron", cases[k])
        for edge in ("detector.from", "detector.to"):
            axes.axvline(results.parameter("neuron", edge, cases[k]) * 1e9, color="black", lw=1)
        axes.set_title(f"{style.bold(letter)} J = {_current_label(results, 'neuron', cases[k])}", loc="left", pad=2)
        axes.set_ylabel("y (nm)", labelpad=1)
        if row == 2:
            axes.set_xlabel("x (nm)")
        else:
            axes.set_xticklabels([])
    bar = figure.colorbar(image, cax=figure.add_subplot(grid[1:, 1]), ticks=[-1, 0, 1])
    bar.set_label("m$_z$", labelpad=-2)
    return figure


def synapse(results, variant):
    """Figs 2 and 3: at each current density the map at the end beside <mz>(t). None if no case is done."""
    cases = results.finished_cases("synapse", variant)[:8]
    if not cases:
        return None
    figure = style.new_figure(style.PAGE, 0.42 + 0.62 * len(cases))
    grid = figure.add_gridspec(len(cases), 2, width_ratios=[1.7, 1])
    for row, case in enumerate(cases):
        last = row == len(cases) - 1
        axes = figure.add_subplot(grid[row, 0])
        image = _draw_map(axes, results, "synapse", case)
        letter = style.bold(chr(ord("a") + row))
        # A given height keeps the title from making room for the scale beside it.
        axes.set_title(f"{letter} J = {_current_label(results, 'synapse', case)}", loc="left", pad=2, y=1)
        trace = figure.add_subplot(grid[row, 1])
        time, magnetization = results.trace("synapse", case, "magnetization")
        length = results.parameter("synapse", "length", case)
        for notch in results.notch_positions(case):
            trace.axhline(1 - 2 * notch / length, color=style.GREY, lw=0.5, ls=":")
        trace.axvspan(0, results.parameter("synapse", "pulse.duration", case) * 1e9, color=style.LIGHT, lw=0)
        trace.plot(time * 1e9, magnetization[:, 2], color=style.COLOURS[0])
        trace.set(xlim=(0, time[-1] * 1e9), ylim=(-1.1, 1.1), yticks=[-1, 0, 1])
        trace.xaxis.set_major_locator(style.matplotlib.ticker.MaxNLocator(5))
        if row == len(cases) // 2:
            axes.set_ylabel("y (nm)", labelpad=1)
            trace.set_ylabel("⟨m$_z$⟩", labelpad=0)
        if row == 0:
            _map_scale(axes, image)
        if last:
            axes.set_xlabel("x (nm)")
            trace.set_xlabel("t (ns)")
        else:
            axes.set_xticklabels([])
            trace.set_xticklabels([])
    return figure


def _map_scale(axes, image):
    """The colours of mz in the corner above a map, where they take no room from it."""
    scale = axes.inset_axes([0.8, 1.08, 0.16, 0.11])
    bar = axes.figure.colorbar(image, cax=scale, orientation="horizontal", ticks=[])
    for place, text in ((-0.06, "m$_z$ = −1"), (1.06, "1")):
        scale.text(place, 0.4, text, transform=scale.transAxes, ha="right" if place < 0 else "left", va="center", fontsize=6.5)
    bar.outline.set_linewidth(0.4)


def variant_styles(results, count):
    """Colour, marker and line of each variant: the last parameter that tells them apart gives the colour, the first the
    marker, so that what belongs together looks alike."""
    axes = results.variant_axes("synapse")
    looks = []
    for variant in range(count):
        value = [results.variant_value("synapse", variant, name) for name in axes]
        looks.append((value[-1] if value else 0, value[0] if len(value) > 1 else 0))
    colours, markers = (sorted({look[k] for look in looks}) for k in (0, 1))
    if len(colours) > len(style.COLOURS) - 1:
        scale = style.matplotlib.colormaps[style.SEQUENTIAL]
        shade = {value: scale(k / (len(colours) - 1)) for k, value in enumerate(colours)}
    else:
        shade = {value: style.COLOURS[k] for k, value in enumerate(colours)}
    return [{"color": shade[colour], "marker": style.MARKERS[markers.index(marker) % 7],
             "ls": ["-", "--", ":", "-."][markers.index(marker) % 4]} for colour, marker in looks]


def positions(results):
    """Where each variant's wall ends against the current density."""
    variants = results.variant_cases("synapse")
    final = results.get("synapse/final_position")
    many = len(variants) > MOST_NAMED
    looks, scale = _scaled_styles(results, len(variants)) if many else (variant_styles(results, len(variants)), None)
    figure = style.new_figure(style.COLUMN, 2.6)
    axes = figure.add_subplot()
    for k in range(len(variants)):
        cases = results.finished_cases("synapse", k)
        current = [results.parameter("synapse", "pulse.current_density", case) / 1e12 for case in cases]
        if cases:
            axes.plot(current, final.values[cases] * 1e9, mfc="white" if looks[k]["ls"] != "-" else None,
                      label=None if many else names.variant(results, "synapse", k), **looks[k])
    if not axes.lines:
        plt.close(figure)
        return None
    length = max(results.parameter("synapse", "length", cases[0]) for cases in variants)
    for notch in results.notch_positions(variants[0][0]):
        axes.axhline(notch * 1e9, color=style.GREY, lw=0.5, ls=":", zorder=0)
    axes.set(xlabel="current density J (10¹² A m⁻²)", ylabel="final wall position (nm)", ylim=(0, length * 1.03e9))
    if many:
        mappable, label = scale
        figure.colorbar(mappable, ax=axes, pad=0.02, aspect=30).set_label(label)
    else:
        axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=2, handlelength=2.4, columnspacing=1)
    return figure


def _scaled_styles(results, count):
    """For variants too many for a legend: thin lines, coloured by the first swept parameter; (styles, (what a colour bar
    shows, its label))."""
    name = results.variant_axes("synapse")[0]
    values = np.array([results.variant_value("synapse", variant, name) for variant in range(count)])
    short, units = names.parameter(results, "synapse", name)
    factor, unit = style.prefixed(values, units)
    scale = style.matplotlib.cm.ScalarMappable(style.matplotlib.colors.Normalize(*(np.array([values.min(), values.max()]) * factor)), style.SEQUENTIAL)
    looks = [{"color": scale.to_rgba(value * factor), "marker": ".", "ms": 2.5, "lw": 0.6, "ls": "-"} for value in values]
    return looks, (scale, style.axis_label(short, unit))


def levels(results):
    """The conductance levels of every variant on one axis. None if none is known."""
    conductance = results.get("variants/level_conductance")
    counts = results.get("variants/levels")
    if conductance is None or not np.any(counts.values):
        return None
    variants = [k for k, count in enumerate(counts.values) if count > 0]
    looks = variant_styles(results, len(counts.values))
    height = min(0.55 + 0.2 * len(variants), 8)
    figure = style.new_figure(style.COLUMN, max(height, 1.2))
    axes = figure.add_subplot()
    factor, unit = style.prefixed(conductance.values[np.isfinite(conductance.values)], "S")
    many = len(variants) > 30
    for row, k in enumerate(variants):
        values = conductance.values[k, :counts.values[k]] * factor
        axes.plot(values, np.full(len(values), row), "|" if not many else ".", color=looks[k]["color"], ms=8 if not many else 1.5, mew=1.3)
        axes.plot([values[0], values[-1]], [row, row], color=style.LIGHT, lw=0.8, zorder=0)
    if many:
        axes.set_ylabel("variant")
    else:
        axes.set_yticks(range(len(variants)), [f"{names.variant(results, 'synapse', k)} ({counts.values[k]})" for k in variants])
    axes.set(xlabel=style.axis_label("conductance level", unit), ylim=(len(variants) - 0.4, -0.6))
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    return figure


def depinning(results):
    """When each notch lets the wall go: bracket of the depinning current, and how long the wall was held. None if no
    wall passed a notch."""
    passed = results.get("analysis/notch_depinning_current")
    if passed is None:
        return None
    held = results.get("analysis/notch_pinning_current").values
    delay = results.get("analysis/depinning_delay").values
    if not np.any(np.isfinite(passed.values)) and not np.any(np.isfinite(delay)):
        return None
    variants = results.variant_cases("synapse")
    looks = variant_styles(results, len(variants))
    many = len(variants) > MOST_NAMED
    figure = style.new_figure(style.COLUMN, 3.1 + (0 if many else 0.145 * -(-len(variants) // 2)))
    body, legend = style.split_off_legend(figure, 0 if many else len(variants), 2, below=True)
    upper, lower = body.subplots(2, 1, sharex=True)
    most = passed.values.shape[1]
    for k, cases in enumerate(variants):
        offset = 0.5 * (k / max(len(variants) - 1, 1) - 0.5)
        number = np.arange(1, most + 1) + offset
        top = passed.values[k] / 1e12
        bottom = np.where(np.isfinite(held[k]), held[k] / 1e12, np.nan)
        both = np.isfinite(bottom) & np.isfinite(top)
        upper.vlines(number[both], bottom[both], top[both], color=looks[k]["color"], lw=0.9)
        upper.plot(number, top, ls="none", marker=looks[k]["marker"], color=looks[k]["color"], ms=3,
                   label=None if many else names.variant(results, "synapse", k))
        for case in cases:
            lower.plot(number, delay[case] * 1e9, ls="none", marker=looks[k]["marker"], color=looks[k]["color"], ms=2.5, alpha=0.8)
    upper.set_ylabel("depinning J (10¹² A m⁻²)")
    upper.set_ylim(bottom=0)
    lower.set(ylabel="time held (ns)", xlabel="notch", yscale="log", xticks=range(1, most + 1))
    style.plain_log_ticks(lower.yaxis)
    style.panel(upper, "a")
    style.panel(lower, "b")
    if not many:
        style.fill_legend(legend, upper, 2)
    return figure
