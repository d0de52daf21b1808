// What is looked at: axes, selected ranges, the chosen variant, the order of the table. All views show it, and the address
// keeps it, so that a link shows a colleague the same.

const DATA = JSON.parse(document.getElementById("views").textContent);
const COLUMNS = new Map(DATA.columns.map((column) => [column.key, column]));
const ALL = [...DATA.variants.keys()];

const state = { ...initialState() };
const listeners = [];

function initialState() {
  return { ...DATA.axes, variant: null, sort: null, every: false, ranges: new Map() };
}

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, initialState());
  for (const axis of ["x", "y", "colour"]) if (COLUMNS.has(given.get(axis))) state[axis] = given.get(axis);
  const variant = Number(given.get("variant") ?? NaN);
  if (Number.isInteger(variant) && variant in DATA.variants) state.variant = variant;
  const [key, direction] = (given.get("sort") ?? "").split(":");
  if (COLUMNS.has(key)) state.sort = { key, direction: direction === "down" ? -1 : 1 };
  state.every = given.get("columns") === "all";
  for (const [name, value] of given) {
    if (!name.startsWith("in.") || !COLUMNS.has(name.slice(3))) continue;
    const ends = value.split("..").map((end) => (end === "" ? NaN : Number(end)));
    if (ends.length === 2) state.ranges.set(name.slice(3), [Number.isNaN(ends[0]) ? -Infinity : ends[0], Number.isNaN(ends[1]) ? Infinity : ends[1]]);
  }
}

function address() {
  const given = new URLSearchParams();
  for (const axis of ["x", "y", "colour"]) if (state[axis] !== DATA.axes[axis]) given.set(axis, state[axis]);
  for (const [key, range] of state.ranges) given.set(`in.${key}`, range.map((end) => (Number.isFinite(end) ? `${Number(end.toPrecision(10))}` : "")).join(".."));
  if (state.sort) given.set("sort", `${state.sort.key}:${state.sort.direction < 0 ? "down" : "up"}`);
  if (state.every) given.set("columns", "all");
  if (state.variant !== null) given.set("variant", state.variant);
  return given.toString();
}

// Takes the changes over, writes the address and draws every view again.
function change(part) {
  Object.assign(state, part);
  const hash = address();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  update();
}

function setRange(key, range) {
  const ranges = new Map(state.ranges);
  if (range) ranges.set(key, range);
  else ranges.delete(key);
  return ranges;
}

function update() {
  const selected = selection();
  for (const draw of listeners) draw(selected);
}

// Draws a chart after every change while it is on the screen or close to it, else once when the reader scrolls to it or
// prints. describe: what a screen reader says of it, which is never put off.
function drawWhenSeen(element, describe, draw) {
  let waiting = null;
  let seen = false;
  const drawNow = () => {
    if (waiting) draw(waiting);
    waiting = null;
  };
  listeners.push((selected) => {
    element.setAttribute("aria-label", describe(selected));
    waiting = selected;
    if (seen) drawNow();
  });
  new IntersectionObserver((entries) => {
    seen = entries.at(-1).isIntersecting;
    if (seen) drawNow();
  }, { rootMargin: "50%" }).observe(element);
  addEventListener("beforeprint", drawNow);
}

// The element of that id, which is at the end of the page and may still be on its way.
async function atTheEnd(id) {
  if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));
  return document.getElementById(id);
}

// The variants inside all ranges.
function selection() {
  const ranges = [...state.ranges].map(([key, range]) => [COLUMNS.get(key).values, range]);
  return ALL.filter((v) => ranges.every(([values, [low, high]]) => values[v] !== null && values[v] >= low && values[v] <= high));
}

function axisTitle(column) {
  return column.unit ? `${column.label} (${column.unit})` : column.label;
}

function shown(value) {
  return value === null || value === undefined ? "–" : String(Number(value.toPrecision(5)));
}
