// Tables that sort and filter, a page at a time.

const ROWS = 25;

// columns: {key, title, values, numeric}; options: order (row indices), current, cells (row -> HTML of its first cell).
class SortedTable {
  constructor(element, columns, count, actions) {
    Object.assign(this, { element, columns, count, actions, page: 0, sort: null, filters: new Map() });
    this.wrap();
  }

  wrap() {
    this.element.classList.add("sorted");
    this.bar = document.createElement("div");
    this.bar.className = "pages";
    this.bar.innerHTML = '<button type="button" class="back">Previous</button> <span role="status"></span> <button type="button" class="forth">Next</button>';
    this.element.closest(".scroll").after(this.bar);
    this.bar.querySelector(".back").onclick = () => this.turn(-1);
    this.bar.querySelector(".forth").onclick = () => this.turn(1);
    this.head();
  }

  setColumns(columns) {
    if (columns.length === this.columns.length && columns.every((column, k) => column === this.columns[k])) return;
    this.columns = columns;
    this.head();
  }

  head() {
    const names = this.columns.map((column, k) => `<th scope="col" data-column="${k}"><button type="button">${escapeText(column.title)}</button></th>`);
    const boxes = this.columns.map((column, k) => `<td><input data-column="${k}" aria-label="filter ${escapeText(column.title)}" placeholder="${column.numeric ? "&gt;, &lt;, a..b" : "contains"}" size="6"></td>`);
    this.element.tHead.innerHTML = `<tr>${names.join("")}</tr><tr class="filters">${boxes.join("")}</tr>`;
    for (const button of this.element.tHead.querySelectorAll("button")) button.onclick = () => this.sortBy(this.columns[button.parentNode.dataset.column]);
    for (const box of this.element.tHead.querySelectorAll("input")) box.oninput = () => this.filter(this.columns[box.dataset.column], box.value);
    for (const box of this.element.tHead.querySelectorAll("input")) this.showFilter(box);
  }

  showFilter(box) {
    const text = this.actions.filterText?.(this.columns[box.dataset.column]);
    if (text !== undefined && box !== document.activeElement) box.value = text;
  }

  sortBy(column) {
    const direction = this.sort?.column === column ? -this.sort.direction : 1;
    if (this.actions.sort) this.actions.sort(column, direction);
    else this.draw({ sort: { column, direction } });
  }

  filter(column, text) {
    if (this.actions.filter && column.numeric) {
      this.actions.filter(column, text);
      return;
    }
    if (text.trim()) this.filters.set(column, text.trim());
    else this.filters.delete(column);
    this.page = 0;
    this.draw({});
  }

  turn(step) {
    this.page += step;
    this.draw({});
  }

  rows() {
    let rows = this.only ?? [...Array(this.count).keys()];
    for (const [column, text] of this.filters) {
      const range = column.numeric ? parseRange(text) : null;
      const wanted = text.toLowerCase();
      rows = rows.filter((row) =>
        range ? column.values[row] !== null && column.values[row] >= range[0] && column.values[row] <= range[1] : String(column.values[row] ?? "").toLowerCase().includes(wanted),
      );
    }
    if (this.sort) {
      const { column: { values }, direction } = this.sort;
      const missing = (value) => value === null || value === "";
      rows = [...rows].sort((a, b) => {
        if (missing(values[a]) || missing(values[b])) return missing(values[a]) - missing(values[b]);
        return direction * (typeof values[a] === "number" && typeof values[b] === "number" ? values[a] - values[b] : String(values[a]).localeCompare(String(values[b])));
      });
    }
    return rows;
  }

  // only: the rows that are selected elsewhere; current: the row that is marked.
  draw(changed) {
    if (changed.only !== undefined && changed.only !== this.only) this.page = 0;
    Object.assign(this, changed);
    const rows = this.rows();
    const pages = Math.max(1, Math.ceil(rows.length / ROWS));
    if (changed.reveal && rows.includes(this.current)) this.page = Math.floor(rows.indexOf(this.current) / ROWS);
    this.page = Math.min(Math.max(this.page, 0), pages - 1);
    const visible = rows.slice(this.page * ROWS, (this.page + 1) * ROWS);
    this.element.tBodies[0].innerHTML = visible.map((row) => this.row(row)).join("");
    for (const cell of this.element.tHead.querySelectorAll("th")) {
      const sorted = this.sort?.column === this.columns[cell.dataset.column];
      cell.ariaSort = sorted ? (this.sort.direction > 0 ? "ascending" : "descending") : "none";
    }
    for (const box of this.element.tHead.querySelectorAll("input")) this.showFilter(box);
    const first = rows.length ? this.page * ROWS + 1 : 0;
    this.bar.querySelector("span").textContent = `rows ${first} to ${first + visible.length - (rows.length ? 1 : 0)} of ${rows.length}${rows.length < this.count ? `, ${this.count} in all` : ""}`;
    this.bar.querySelector(".back").disabled = this.page === 0;
    this.bar.querySelector(".forth").disabled = this.page === pages - 1;
    this.bar.hidden = this.count <= ROWS;
  }

  row(row) {
    const cells = this.columns.map((column) => {
      const value = column.values[row];
      const text = column.html ? column.html(row) : typeof value === "number" ? shown(value) : escapeText(value ?? "");
      return `<td${column.numeric ? ' class="number"' : ""}>${text}</td>`;
    });
    return `<tr${row === this.current ? ' class="current"' : ""} data-row="${row}">${cells.join("")}</tr>`;
  }
}

function escapeText(text) {
  return String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// "> 5", "<= 5", "1..5", "5" as [low, high]; null for text that is none of these.
function parseRange(text) {
  const number = "([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)";
  const match = (pattern) => text.trim().toLowerCase().match(new RegExp(`^${pattern}$`));
  let found;
  const above = (value) => value + Math.max(Math.abs(value) * 1e-9, 1e-12);
  if ((found = match(`>=\\s*${number}`))) return [Number(found[1]), Infinity];
  if ((found = match(`<=\\s*${number}`))) return [-Infinity, Number(found[1])];
  if ((found = match(`>\\s*${number}`))) return [above(Number(found[1])), Infinity];
  if ((found = match(`<\\s*${number}`))) return [-Infinity, -above(-Number(found[1]))];
  if ((found = match("([-+]?[0-9]*\\.?[0-9]*(?:e[-+]?[0-9]+)?)\\.\\.([-+]?[0-9]*\\.?[0-9]*(?:e[-+]?[0-9]+)?)"))) return [found[1] === "" ? -Infinity : Number(found[1]), found[2] === "" ? Infinity : Number(found[2])];
  if ((found = match(number))) {
    const value = Number(found[1]);
    const half = Math.max(Math.abs(value) * 1e-4, 1e-12);
    return [value - half, value + half];
  }
  return null;
}

function rangeText([low, high]) {
  if (high - low < Math.abs(low) * 3e-4 && Number.isFinite(low)) return shown((low + high) / 2);
  if (high === Infinity) return `> ${shown(low)}`;
  if (low === -Infinity) return `< ${shown(high)}`;
  return `${shown(low)}..${shown(high)}`;
}

// Makes a table of the page sort and filter. Rows beyond those of the page are in the block of the same name.
// Of a closed table not before it is opened: a page has ten of them, with thousands of rows each.
function enhanceWhenOpened(element) {
  const details = element.closest("details");
  if (!details || details.open) enhance(element);
  else details.addEventListener("toggle", () => enhance(element), { once: true });
}

async function enhance(element) {
  const more = document.getElementById(`rows-${element.dataset.name}`);
  let rows = [...element.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent));
  if (more) rows = JSON.parse(new TextDecoder().decode(await inflate(more.textContent.trim())));
  if (rows.length < 2) return;
  const titles = [...element.tHead.rows[0].cells].map((cell) => cell.textContent);
  const columns = titles.map((title, k) => {
    const texts = rows.map((row) => row[k]);
    const numeric = texts.some((text) => text !== "") && texts.every((text) => text === "" || (text !== null && Number.isFinite(Number(text))));
    return { key: title, title, numeric, values: numeric ? texts.map((text) => (text === "" ? null : Number(text))) : texts };
  });
  new SortedTable(element, columns, rows.length, {}).draw({});
}
