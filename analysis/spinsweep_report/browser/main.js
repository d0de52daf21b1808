// Puts the views together.

function choose(select, key) {
  const groups = new Map();
  for (const column of DATA.columns) groups.set(column.group, [...(groups.get(column.group) ?? []), column]);
  select.innerHTML = [...groups]
    .map(([group, columns]) => `<optgroup label="${escapeText(group)}">${columns.map((column) => `<option value="${escapeText(column.key)}">${escapeText(axisTitle(column))}</option>`).join("")}</optgroup>`)
    .join("");
  select.onchange = () => change({ [key]: select.value });
  listeners.push(() => { select.value = state[key]; });
}

// The name of a variant; a line ends between its parameters.
function unbroken(name) {
  return name.split(", ").map((part) => (part.length <= 20 ? part.replaceAll(" ", "\u00a0") : part)).join(", ");
}

function variantTable(element) {
  const name = { key: "variant", title: "variant", values: DATA.variants, html: (row) => `<a class="variant" href="#variant=${row}">${escapeText(unbroken(DATA.variants[row]))}</a>` };
  const own = new Map(DATA.columns.map((column) => [column.key, { key: column.key, title: axisTitle(column), numeric: true, values: column.values }]));
  const chosen = () => {
    if (state.every) return DATA.columns;
    const goals = DATA.columns.filter((column) => column.goal).slice(0, 8);
    return DATA.columns.filter((column) => goals.includes(column) || [state.x, state.y, state.colour].includes(column.key) || state.ranges.has(column.key));
  };
  const columns = () => [name, ...chosen().map((column) => own.get(column.key))];
  const table = new SortedTable(element, columns(), ALL.length, {
    sort: (column, direction) => {
      if (column !== name) change({ sort: { key: column.key, direction } });
      else table.draw({ sort: { column, direction } });
    },
    filter: (column, text) => {
      const range = text.trim() ? parseRange(text) : null;
      if (range || !text.trim()) change({ ranges: setRange(column.key, range) });
    },
    filterText: (column) => (column.numeric ? (state.ranges.has(column.key) ? rangeText(state.ranges.get(column.key)) : "") : undefined),
  });
  let last = "";
  listeners.push((selected) => {
    table.setColumns(columns());
    const key = selected.join();
    const sort = state.sort ? { column: own.get(state.sort.key), direction: state.sort.direction } : table.sort?.column === name ? table.sort : null;
    table.draw({ ...(key === last ? {} : { only: selected }), sort, current: state.variant, reveal: state.variant !== table.current });
    last = key;
  });
}

function summary() {
  const count = document.getElementById("count");
  const clear = document.getElementById("clear");
  clear.onclick = () => change({ ranges: new Map() });
  document.getElementById("every").onchange = (event) => change({ every: event.target.checked });
  listeners.push((selected) => {
    clear.disabled = state.ranges.size === 0;
    document.getElementById("every").checked = state.every;
    const parts = [...state.ranges].map(([key, range]) => `${COLUMNS.get(key).label} ${rangeText(range)}`);
    count.textContent = `${selected.length} of ${ALL.length} variants selected${parts.length ? `: ${parts.join("; ")}` : ""}.`;
  });
}

// A link to a variant keeps the rest of what is looked at.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.variant");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  change({ variant: Number(link.hash.split("=")[1]) });
  if (!link.closest("#explore")) document.getElementById("detail").scrollIntoView();
});
// A link to the table behind a figure opens it and leaves the address to what is looked at.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.numbers");
  const table = link && document.querySelector(link.hash);
  if (table?.localName !== "details") return;
  event.preventDefault();
  table.open = true;
  table.scrollIntoView();
  table.querySelector("summary").focus();
});
addEventListener("hashchange", () => {
  if (!location.hash.includes("=")) return; // a place on the page
  readAddress();
  update();
});

if (DATA.columns.length) {
  document.getElementById("explore").hidden = false;
  readAddress();
  for (const key of ["x", "y", "colour"]) choose(document.getElementById(`axis-${key}`), key);
  summary();
  scatterView(document.getElementById("scatter"));
  parallelView(document.getElementById("parallel"));
  variantTable(document.getElementById("variants"));
  const detail = detailView(document.getElementById("detail"));
  update();
  const again = () => { detail.redraw(); update(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}
document.documentElement.dataset.ready = "true";
atTheEnd("sweep").then(() => {
  for (const table of document.querySelectorAll("table[data-name]")) enhanceWhenOpened(table);
  document.documentElement.dataset.complete = "true";
});
