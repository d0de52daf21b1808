// What is behind a variant: its parameters and quantities, levels, wall position against time, and the maps of its cases
// as an animation.

const UNKNOWN = 65535;
const NO_MATERIAL = -128;
const MAP_LEVELS = 31;
const FRAME_TIME = 140; // ms
const UP_AND_DOWN = ["#053061", "#4393c3", "#f7f7f7", "#d6604d", "#67001f"]; // mz = -1 to 1
let packed = null;

async function inflate(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function readDetail(variant) {
  packed ??= JSON.parse((await atTheEnd("details")).textContent);
  const bytes = await inflate(packed[variant]);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const detail = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { ...detail, payload: bytes.slice(4 + length).buffer };
}

function traceOf(detail, { trace }) {
  const values = (index, [low, high]) =>
    [...new Uint16Array(detail.payload.slice(trace.offset + 2 * index * trace.points, trace.offset + 2 * (index + 1) * trace.points))].map((v) => (v === UNKNOWN ? null : low + (v / (UNKNOWN - 1)) * (high - low)));
  const position = values(1, trace.position);
  return values(0, trace.time).map((time, k) => [time, position[k]]);
}

function detailView(element) {
  const part = (name) => element.querySelector(`[data-part=${name}]`);
  const trace = makeChart(part("trace"));
  const levels = makeChart(part("levels"));
  const film = new Film(part("film"));
  let current = null;
  listeners.push(async () => {
    const v = state.variant;
    element.hidden = v === null;
    document.getElementById("no-variant").hidden = v !== null;
    if (v === null || v === current) return;
    current = v;
    film.stop();
    part("title").textContent = `Variant ${v}: ${DATA.variants[v]}`;
    part("quantities").innerHTML = quantityLists(v);
    part("command").textContent = `${DATA.command} ${v}`;
    const detail = await readDetail(v);
    if (current !== v) return;
    part("cases").innerHTML = caseRows(detail);
    drawTrace(trace, part("trace"), detail);
    drawLevels(levels, part("levels"), detail);
    film.show(detail);
    element.dataset.shown = v;
  });
  return { redraw: () => { current = null; } };
}

function quantityLists(v) {
  const groups = new Map();
  for (const column of DATA.columns) groups.set(column.group, [...(groups.get(column.group) ?? []), column]);
  const row = (column) => `<dt>${escapeText(column.label)}</dt><dd>${shown(column.values[v])} ${column.unit.startsWith("10") ? "× " : ""}${escapeText(column.unit)}</dd>`;
  return [...groups].map(([group, columns]) => `<div><h4>${escapeText(group)}</h4><dl>${columns.map(row).join("")}</dl></div>`).join("");
}

function caseRows({ cases }) {
  return cases
    .map((found) => `<tr><td class="number">${found.case}</td><td class="number">${shown(found.J)}</td><td>${escapeText(found.status)}${found.message ? `: ${escapeText(found.message)}` : ""}</td><td class="number">${shown(found.position)}</td><td class="number">${shown(found.conductance)}</td></tr>`)
    .join("");
}

function drawTrace(chart, element, detail) {
  const done = detail.cases.filter((found) => found.trace);
  element.hidden = !done.length;
  if (!done.length) return;
  const shades = themed("scheme") === "dark" ? CIVIDIS_ON_DARK : CIVIDIS;
  const colour = (k) => (done.length <= CLASSES.length ? CLASSES[k] : mix(shades, k / (done.length - 1)));
  const dashes = ["solid", "dashed", "dotted"];
  chart.setOption(
    {
      animation: false,
      grid: { left: 60, right: 75, top: 10, bottom: 45 },
      tooltip: { ...tooltipLook(), trigger: "axis", valueFormatter: (value) => `${shown(value)} nm` },
      xAxis: { type: "value", name: "time (ns)", nameLocation: "middle", nameGap: 28, max: "dataMax", ...axisLook() },
      yAxis: { type: "value", name: "wall position (nm)", nameLocation: "middle", nameGap: 44, min: 0, max: Math.round(detail.length), ...axisLook(), splitLine: { show: false } },
      series: done.map((found, k) => ({
        name: `J = ${shown(found.J)} × 10¹² A m⁻²`, type: "line", showSymbol: false, data: traceOf(detail, found),
        lineStyle: { color: colour(k), width: 2, type: dashes[Math.floor(k / 3) % 3] }, itemStyle: { color: colour(k) },
        endLabel: { show: done.length <= 8, formatter: `J ${shown(found.J)}`, color: themed("ink"), fontSize: 11 }, labelLayout: { moveOverlap: "shiftY" },
        markLine: k ? undefined : { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: themed("quiet"), type: "dotted" }, data: detail.notches.map((notch) => ({ yAxis: notch })) },
      })),
    },
    true,
  );
  const ends = done.map((found) => `J ${shown(found.J)}: ${shown(found.position)} nm`).join("; ");
  element.setAttribute("aria-label", `Wall position against time for each current density (10¹² A m⁻²); dotted lines: notches. Final positions: ${ends || "none known"}.`);
}

function drawLevels(chart, element, detail) {
  const values = detail.levels ?? [];
  element.hidden = !values.length;
  element.previousElementSibling.hidden = !values.length;
  if (!values.length) return;
  chart.setOption(
    {
      animation: false,
      grid: { left: 60, right: 20, top: 10, bottom: 45 },
      tooltip: { ...tooltipLook(), formatter: ({ value }) => `level ${value[0]}: ${shown(value[1])} µS` },
      xAxis: { type: "value", name: "level", nameLocation: "middle", nameGap: 28, minInterval: 1, min: 1, max: Math.max(values.length, 2), ...axisLook(), splitLine: { show: false } },
      yAxis: { type: "value", scale: true, name: "conductance (µS)", nameLocation: "middle", nameGap: 44, ...axisLook() },
      series: [
        { type: "line", symbol: "circle", symbolSize: 8, step: false, data: values.map((value, k) => [k + 1, value]), lineStyle: { color: themed("quiet"), type: "dotted" }, itemStyle: { color: CLASSES[0] } },
      ],
    },
    true,
  );
  element.setAttribute("aria-label", `${values.length} conductance levels: ${values.map(shown).join(", ")} µS.`);
}

// The maps of a case, one after the other.
class Film {
  constructor(element) {
    const part = (name) => element.querySelector(`[data-part=${name}]`);
    [this.choice, this.canvas, this.button, this.slider, this.time] = ["case", "map", "play", "frame", "time"].map(part);
    this.element = element;
    this.timer = null;
    this.choice.onchange = () => { this.stop(); this.load(); };
    this.slider.oninput = () => { this.stop(); this.draw(Number(this.slider.value)); };
    this.button.onclick = () => (this.timer === null ? this.play() : this.stop());
  }

  show(detail) {
    this.detail = detail;
    this.cases = detail.cases.filter((found) => found.map);
    this.element.hidden = !this.cases.length;
    if (!this.cases.length) return;
    this.choice.innerHTML = this.cases.map((found, k) => `<option value="${k}">case ${found.case}, J = ${shown(found.J)} × 10¹² A m⁻²</option>`).join("");
    this.choice.value = String(this.cases.length - 1);
    this.load();
  }

  load() {
    this.found = this.cases[Number(this.choice.value)];
    const { nx, ny, fractions } = this.found.map;
    [this.canvas.width, this.canvas.height] = [nx, ny];
    this.canvas.style.aspectRatio = `${this.detail.length} / ${this.detail.width}`;
    this.slider.max = fractions.length - 1;
    this.draw(fractions.length - 1);
  }

  draw(frame) {
    const { offset, nx, ny, fractions } = this.found.map;
    const cells = new Int8Array(this.detail.payload, offset + frame * nx * ny, nx * ny);
    const image = new ImageData(nx, ny);
    for (let j = 0; j < ny; ++j) {
      for (let i = 0; i < nx; ++i) {
        const value = cells[(ny - 1 - j) * nx + i]; // y upwards
        const colour = value === NO_MATERIAL ? [127, 127, 127] : SHADES[value + MAP_LEVELS];
        image.data.set([...colour, 255], 4 * (j * nx + i));
      }
    }
    this.canvas.getContext("2d").putImageData(image, 0, 0);
    const time = fractions[frame] * this.found.trace.time[1];
    this.slider.value = frame;
    this.time.textContent = `t = ${time.toFixed(2)} ns`;
    this.slider.setAttribute("aria-valuetext", this.time.textContent);
    this.canvas.setAttribute("aria-label", `Map of mz at ${time.toFixed(2)} ns: red up, blue down, grey: no material.`);
    this.frame = frame;
  }

  play() {
    const count = this.found.map.fractions.length;
    this.button.textContent = "Pause";
    this.draw(0);
    const wait = Math.max(FRAME_TIME, 1800 / count);
    this.timer = setInterval(() => (this.frame + 1 < count ? this.draw(this.frame + 1) : this.stop()), wait);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = "Play";
  }
}

const SHADES = Array.from({ length: 2 * MAP_LEVELS + 1 }, (_, k) => mix(UP_AND_DOWN, k / (2 * MAP_LEVELS)).match(/\d+/g).map(Number));
