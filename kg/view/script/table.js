"use strict";

// The table of facts: one row for each passage that states one, or one for a fact without a passage.

const STEP = 200; // rows added at a time
const COLUMNS = [["subject", "Subject"], ["predicate", "Predicate"], ["object", "Object"], ["status", "Status"], ["quote", "Quote"], ["article", "Article"]];
const CSV_COLUMNS = ["subject", "predicate", "object", "status", "confidence", "quote", "article", "source", "start", "end", "role", "attributed_to", "subject_iri", "object_iri"];
const NO_CLAIM = { status: BACKGROUND, quote: "", article: "", source: "", start: "", end: "", confidence: "", role: "", attributed_to: "" };

const sorting = { column: "subject", up: true };
let rows = null; // all of them, made when the table is first opened
let listed = []; // those that pass the filters, in order
let length = STEP;

function factRows() {
  const relations = data.edges.map((edge) => ({
    ...ends(edge.from, edge.to), key: edge.predicate, predicate: data.predicates[edge.predicate].forward, evidence: edge.evidence, edge: edge.id,
  }));
  const facts = data.nodes.flatMap((node) => node.facts.map((fact) => ({
    ...ends(node.id, null), key: fact.predicate, predicate: data.facts[fact.predicate], object: fact.text, evidence: fact.evidence,
  })));
  return [...relations, ...facts].flatMap(({ evidence, ...fact }) => (evidence.length ? evidence : [NO_CLAIM]).map((claim) => tableRow({ ...fact, ...claim })));
}

function ends(from, to) {
  const [subject, object] = [nodeOf(from), to === null ? null : nodeOf(to)];
  return { from, to, subject: subject.label, subject_iri: subject.iri, object: object?.label, object_iri: object?.iri ?? "" };
}

function tableRow(row) {
  row.folded = folded(`${row.subject} ${row.predicate} ${row.object} ${row.status} ${row.quote} ${row.article}`);
  return row;
}

const rowPasses = (row) =>
  state.predicates.has(row.key) && state.statuses.has(row.status) && state.types.has(nodeOf(row.from).group) && (row.to === null || state.types.has(nodeOf(row.to).group));

function updateTable() {
  if (find("table-view").hidden) return;
  rows ??= factRows();
  const words = folded(find("table-filter").value).split(" ").filter(Boolean);
  const sign = sorting.up ? 1 : -1;
  listed = rows.filter((row) => rowPasses(row) && words.every((word) => row.folded.includes(word)));
  listed.sort((a, b) => sign * ordered(String(a[sorting.column]), String(b[sorting.column])) || ordered(a.predicate, b.predicate) || ordered(a.object, b.object));
  length = STEP;
  showRows();
}

function showRows() {
  find("table-body").replaceChildren(...listed.slice(0, length).map(tableLine));
  find("table-count").textContent = `${plural(listed.length, "row")}${listed.length < rows.length ? ` of ${rows.length.toLocaleString("en")}` : ""}`;
  find("more").hidden = listed.length <= length;
  find("more").textContent = `Show ${plural(Math.min(STEP, listed.length - length), "more row")}`;
  for (const head of find("table-head").children) {
    head.setAttribute("aria-sort", head.dataset.column !== sorting.column ? "none" : sorting.up ? "ascending" : "descending");
  }
}

function tableLine(row) {
  return make("tr", {},
    make("td", { "data-name": "Subject" }, link(row.from)),
    make("td", { "data-name": "Predicate" }, row.edge === undefined ? row.predicate : button(row.predicate, () => visitEdge(row.edge), { className: "quotes", title: "Show the evidence" })),
    make("td", { "data-name": "Object" }, row.to === null ? row.object : link(row.to)),
    make("td", { "data-name": "Status" }, make("span", { className: `status ${row.status.toLowerCase()}` }, row.status.toLowerCase())),
    make("td", { "data-name": "Quote", className: "quote" }, row.quote),
    make("td", { "data-name": "Article", className: "article" }, row.article));
}

/** The listed rows as CSV (RFC 4180). A cell that a spreadsheet would run as a formula is led by an apostrophe. */
function csv() {
  const cell = (value) => {
    const text = String(value);
    const formula = /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && Number.isNaN(Number(text)));
    return `"${(formula ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  return [CSV_COLUMNS, ...listed.map((row) => CSV_COLUMNS.map((column) => row[column]))].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function startTable() {
  find("table-head").replaceChildren(...COLUMNS.map(([column, title]) => {
    const head = make("th", { scope: "col" }, button(title, () => {
      sorting.up = sorting.column === column ? !sorting.up : true;
      sorting.column = column;
      updateTable();
    }));
    head.dataset.column = column;
    return head;
  }));
  find("table-filter").addEventListener("input", updateTable);
  find("more").addEventListener("click", () => {
    length += STEP;
    showRows();
  });
  find("download-csv").addEventListener("click", () => download("facts.csv", "text/csv;charset=utf-8", `\ufeff${csv()}`));
  find("copy-csv").addEventListener("click", async () => {
    const said = await copyText(csv()).then(() => "Copied", () => "Refused by the browser");
    find("copy-csv").textContent = said;
    setTimeout(() => { find("copy-csv").textContent = "Copy as CSV"; }, 1800);
  });
}
