// The scatter plot and the parallel coordinates. Both show all variants, those outside the selection in grey.

const CIVIDIS = ["#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838"];
const CIVIDIS_ON_DARK = CIVIDIS.slice(2);
const CLASSES = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7f7f7f"];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin", "arrow", "roundRect"];
const MOST_AXES = 9;
const NARROW = 560; // pixels
const PARALLEL_MARGINS = { narrow: { left: 24, right: 30, top: 30, bottom: 30 }, wide: { left: 60, right: 60, top: 85, bottom: 25 } };

function themed(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function makeChart(element) {
  const chart = echarts.init(element, null, { renderer: "canvas" });
  element.setAttribute("role", "img");
  new ResizeObserver(() => chart.resize()).observe(element);
  return chart;
}

// Colour and symbol of every variant by a column, and the legend: a few values have a colour and a symbol each.
function colouring(column) {
  const values = [...new Set(column.values.filter((value) => value !== null))].sort((a, b) => a - b);
  const missing = { colour: themed("quiet"), symbol: "emptyCircle" };
  if (values.length <= CLASSES.length) {
    const of = (value) => (value === null ? missing : { colour: CLASSES[values.indexOf(value)], symbol: SYMBOLS[values.indexOf(value)] });
    const glyphs = { circle: "●", rect: "■", triangle: "▲", diamond: "◆", pin: "⬟", arrow: "➤", roundRect: "▢" };
    return { of, legend: values.map((value) => `<span><b style="color:${of(value).colour}" aria-hidden="true">${glyphs[of(value).symbol]}</b> ${shown(value)}</span>`).join(" ") };
  }
  const logarithmic = column.logarithmic;
  const scale = (value) => (logarithmic ? Math.log(value) : value);
  const [low, high] = [scale(values[0]), scale(values.at(-1))];
  const shades = themed("scheme") === "dark" ? CIVIDIS_ON_DARK : CIVIDIS;
  const of = (value) => (value === null ? missing : { colour: mix(shades, (scale(value) - low) / (high - low)), symbol: "circle" });
  return { of, legend: `<span>${shown(values[0])}</span> <i class="gradient" style="background:linear-gradient(to right, ${shades.join(",")})"></i> <span>${shown(values.at(-1))}${logarithmic ? " (logarithmic)" : ""}</span>` };
}

function mix(shades, part) {
  const place = Math.min(Math.max(part, 0), 1) * (shades.length - 1);
  const k = Math.min(Math.floor(place), shades.length - 2);
  const channel = (text, c) => parseInt(text.slice(1 + 2 * c, 3 + 2 * c), 16);
  const mixed = [0, 1, 2].map((c) => Math.round(channel(shades[k], c) * (k + 1 - place) + channel(shades[k + 1], c) * (place - k)));
  return `rgb(${mixed.join(",")})`;
}

function axisLook() {
  return {
    axisLine: { lineStyle: { color: themed("ink") } },
    axisLabel: { color: themed("ink") },
    nameTextStyle: { color: themed("ink") },
    splitLine: { lineStyle: { color: themed("line") } },
  };
}

function valueAxis(column, nameGap) {
  return { type: column.logarithmic ? "log" : "value", scale: true, boundaryGap: column.logarithmic ? undefined : ["4%", "4%"], name: axisTitle(column), nameLocation: "middle", nameGap, ...axisLook() };
}

function scatterView(element) {
  const chart = makeChart(element);
  element.tabIndex = 0;
  chart.on("click", (event) => event.value && change({ variant: event.value[2] }));
  chart.on("brushEnd", ({ areas }) => {
    if (!areas.length || !areas[0].coordRange) return; // drawn outside the axes
    const [xs, ys] = areas[0].coordRange;
    chart.dispatchAction({ type: "brush", areas: [] });
    const ranges = new Map(state.ranges);
    ranges.set(state.x, xs).set(state.y, ys);
    setBrush(false);
    change({ ranges });
  });
  element.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { x, y } = chosenAxes();
    const order = selection().filter(hasPoint);
    order.sort((a, b) => x.values[a] - x.values[b] || y.values[a] - y.values[b]);
    const place = order.indexOf(state.variant);
    if (order.length) change({ variant: order[place < 0 ? 0 : (place + step + order.length) % order.length] });
  });
  const button = document.getElementById("rectangle");
  const setBrush = (on) => {
    button.ariaPressed = String(on);
    chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: on ? "rect" : false, brushMode: "single" } });
  };
  button.onclick = () => setBrush(button.ariaPressed !== "true");
  drawWhenSeen(element, describeScatter, (selected) => {
    chart.setOption(scatterOption(selected), { replaceMerge: ["xAxis", "yAxis", "series"] });
    if (button.ariaPressed === "true") setBrush(true); // pressed before there was a plot
  });
}

function chosenAxes() {
  return { x: COLUMNS.get(state.x), y: COLUMNS.get(state.y), by: COLUMNS.get(state.colour) };
}

// Whether the scatter plot has a point of that variant.
function hasPoint(v) {
  const { x, y } = chosenAxes();
  return x.values[v] !== null && y.values[v] !== null;
}

function describeScatter(selected) {
  const { x, y, by } = chosenAxes();
  const drawn = ALL.filter(hasPoint).length;
  const unknown = ALL.length - drawn;
  document.getElementById("unknown").textContent = unknown ? `${unknown} variants have no value of one of these.` : "";
  document.getElementById("legend").innerHTML = `${escapeText(axisTitle(by))}: ${colouring(by).legend}`;
  return `Scatter plot of ${y.label} against ${x.label}, coloured by ${by.label}: ${drawn} variants, ${selected.filter(hasPoint).length} of them selected. The table below has the values; the arrow keys go from variant to variant.`;
}

function scatterOption(selected) {
  const { x, y, by } = chosenAxes();
  const colours = colouring(by);
  const inside = new Set(selected);
  const point = (v) => [x.values[v], y.values[v], v];
  const drawn = ALL.filter(hasPoint);
  const size = drawn.length > 1000 ? 5 : drawn.length > 200 ? 7 : 11;
  const series = (name, variants, look, more) => ({
    id: name, name, type: "scatter", cursor: "pointer", data: variants.map((v) => ({ value: point(v), ...look(v) })), ...more,
  });
  return {
    animation: false,
    grid: { left: 70, right: 20, top: 15, bottom: 55 },
    brush: { toolbox: [], xAxisIndex: 0, throttleType: "debounce", transformable: false },
    tooltip: { ...tooltipLook(), formatter: ({ value }) => describe(value[2]) },
    xAxis: valueAxis(x, 32),
    yAxis: valueAxis(y, 52),
    series: [
      series("others", drawn.filter((v) => !inside.has(v)), () => ({}), { symbolSize: size - 2, itemStyle: { color: themed("quiet"), opacity: 0.35 } }),
      series("selected", drawn.filter((v) => inside.has(v)), (v) => {
        const { colour, symbol } = colours.of(by.values[v]);
        return { symbol, itemStyle: { color: colour, opacity: 0.9 } };
      }, { symbolSize: size, z: 3 }),
      series("chosen", drawn.filter((v) => v === state.variant), () => ({}), { symbolSize: size + 8, symbol: "circle", z: 4, silent: true, itemStyle: { color: "transparent", borderColor: themed("accent"), borderWidth: 3 } }),
    ],
  };
}

function tooltipLook() {
  return { confine: true, backgroundColor: themed("paper"), borderColor: themed("line"), textStyle: { color: themed("ink"), fontSize: 12 } };
}

function describe(v) {
  const lines = [...new Set([state.x, state.y, state.colour])].map((key) => `${escapeText(axisTitle(COLUMNS.get(key)))}: <b>${shown(COLUMNS.get(key).values[v])}</b>`);
  return [`<b>${escapeText(DATA.variants[v])}</b>`, ...lines].join("<br>");
}

// The axes of the parallel coordinates: what is swept, then the three quantities that are looked at, then other goals.
function parallelColumns() {
  const swept = DATA.columns.filter((column) => column.parameter).map((column) => column.key);
  const goals = DATA.columns.filter((column) => column.goal).map((column) => column.key);
  const keys = [...new Set([...swept, state.colour, state.x, state.y, ...state.ranges.keys(), ...goals])];
  return keys.map((key) => COLUMNS.get(key)).filter((column) => column.values.some((value) => value !== column.values[0])).slice(0, MOST_AXES);
}

function parallelView(element) {
  const chart = makeChart(element);
  let shownAxes = [];
  let own = false; // whether the change comes from this chart, whose areas then stay as they are drawn
  chart.on("axisareaselected", () => {
    const option = chart.getModel();
    const ranges = new Map(state.ranges);
    shownAxes.forEach((column, k) => {
      const intervals = option.getComponent("parallelAxis", k).activeIntervals;
      if (intervals.length) ranges.set(column.key, [Math.min(...intervals.flat()), Math.max(...intervals.flat())]);
      else ranges.delete(column.key);
    });
    own = true;
    change({ ranges });
    own = false;
  });
  const label = (selected) => {
    const axes = parallelColumns();
    element.parentNode.hidden = axes.length < 2;
    return `Parallel coordinates of ${selected.length} of ${ALL.length} variants over ${axes.map((column) => column.label).join(", ")}. The filters of the table below select the same ranges.`;
  };
  let drawn = null; // the selection that is shown, and whether the axes lie one below the other
  const draw = (selected) => {
    const axes = parallelColumns();
    if (axes.length < 2) return;
    const by = COLUMNS.get(state.colour);
    const colours = colouring(by);
    const inside = new Set(selected);
    const line = (v) => axes.map((column) => column.values[v] ?? "-");
    const series = (name, variants, look, z) => ({ id: name, name, type: "parallel", parallelIndex: 0, progressive: 500, smooth: false, inactiveOpacity: 1, activeOpacity: 1, z, silent: true, data: variants.map((v) => ({ value: line(v), lineStyle: look(v) })) });
    const opacity = Math.min(0.8, Math.max(0.05, 4 / Math.sqrt(selected.length)));
    const narrow = element.clientWidth < NARROW;
    drawn = { selected, narrow };
    const same = own && axes.length === shownAxes.length && axes.every((column, k) => column === shownAxes[k]);
    shownAxes = axes;
    const option = {
      animation: false,
      parallel: narrow ? { layout: "vertical", ...PARALLEL_MARGINS.narrow } : PARALLEL_MARGINS.wide,
      series: [
        series("others", ALL.filter((v) => !inside.has(v)), () => ({ color: themed("quiet"), opacity: 0.08, width: 1 }), 1),
        series("selected", ALL.filter((v) => inside.has(v)), (v) => ({ color: colours.of(by.values[v]).colour, opacity, width: 1 }), 2),
        series("chosen", ALL.filter((v) => v === state.variant), () => ({ color: themed("accent"), opacity: 1, width: 3 }), 3),
      ],
    };
    if (!same) {
      option.parallelAxis = axes.map((column, dim) => ({
        dim, type: column.logarithmic ? "log" : "value", scale: true, ...axisLook(),
        areaSelectStyle: { width: 16, color: themed("accent"), borderColor: themed("accent"), opacity: 0.3 },
      }));
    }
    chart.setOption(option, same ? { replaceMerge: ["series"] } : true);
    if (!same) {
      nameAxes(element, axes, narrow);
      axes.forEach((column, k) => {
        const range = state.ranges.get(column.key);
        if (range) chart.dispatchAction({ type: "axisAreaSelect", parallelAxisId: chart.getModel().getComponent("parallelAxis", k).id, intervals: [limited(range, column)] }, { silent: true });
      });
    }
  };
  drawWhenSeen(element, label, draw);
  new ResizeObserver(() => {
    if (drawn && drawn.narrow !== element.clientWidth < NARROW) draw(drawn.selected);
  }).observe(element);
}

// The chart itself would cut names that are longer than the distance of the axes.
function nameAxes(element, axes, narrow) {
  const { left, right, top, bottom } = narrow ? PARALLEL_MARGINS.narrow : PARALLEL_MARGINS.wide;
  for (const name of element.querySelectorAll(".axis-name")) name.remove();
  element.classList.toggle("narrow", narrow);
  axes.forEach((column, k) => {
    const part = k / (axes.length - 1);
    const name = document.createElement("span");
    name.className = "axis-name";
    name.textContent = axisTitle(column);
    name.style.left = narrow ? `${left}px` : `calc(${left}px + ${part} * (100% - ${left + right}px))`;
    name.style.bottom = narrow ? `calc(${bottom}px + ${1 - part} * (100% - ${top + bottom}px))` : `calc(100% - ${top}px)`;
    name.style.width = narrow ? "" : `calc((100% - ${left + right}px) / ${axes.length - 1} - 6px)`;
    element.append(name);
  });
}

function limited([low, high], column) {
  const known = column.values.filter((value) => value !== null);
  return [Math.max(low, known.reduce((a, b) => Math.min(a, b))), Math.min(high, known.reduce((a, b) => Math.max(a, b)))];
}
