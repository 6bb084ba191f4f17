"use strict";

// Starting the page: tabs, colours, keys, and the few functions that tests and embedding pages may call.

function showTab(name) {
  for (const tab of ["graph", "table"]) {
    find(`tab-${tab}`).setAttribute("aria-selected", String(tab === name));
    find(`tab-${tab}`).tabIndex = tab === name ? 0 : -1;
    find(`${tab}-view`).hidden = tab !== name;
  }
  document.body.dataset.tab = name;
  updateTable();
}

function startTabs() {
  for (const tab of ["graph", "table"]) {
    find(`tab-${tab}`).addEventListener("click", () => showTab(tab));
    find(`tab-${tab}`).addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = tab === "graph" ? "table" : "graph";
      showTab(other);
      find(`tab-${other}`).focus();
    });
  }
}

const darkWanted = matchMedia("(prefers-color-scheme: dark)");

function applyScheme(scheme) {
  document.documentElement.dataset.scheme = scheme;
  readColours();
  repaintPictures();
  if (network) colourDrawing();
}

function startScheme() {
  const wanted = () => (darkWanted.matches ? "dark" : "light");
  applyScheme(wanted());
  darkWanted.addEventListener("change", () => applyScheme(wanted()));
  find("theme").addEventListener("click", () => applyScheme(document.documentElement.dataset.scheme === "dark" ? "light" : "dark"));
}

function startTools() {
  find("zoom-in").addEventListener("click", () => zoom(1.4));
  find("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  find("fit").addEventListener("click", () => fit());
  find("unconnected").addEventListener("change", () => change((now) => { now.unconnected = find("unconnected").checked; }));
  find("scope").addEventListener("click", () => {
    change((now) => { now.scope = now.scope ? null : topNodes(); });
    fit();
  });
  find("panel-close").addEventListener("click", () => select(null));
  find("filters-toggle").addEventListener("click", () => {
    const open = document.body.classList.toggle("with-filters");
    find("filters-toggle").setAttribute("aria-expanded", String(open));
  });
}

function updateScope() {
  find("scope").hidden = data.nodes.length <= MANY && state.scope === null;
  find("scope").textContent = state.scope ? `Show all ${data.nodes.length.toLocaleString("en")}` : `Best connected ${START}`;
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    const writing = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
    if (event.key === "/" && !writing) {
      find("search").focus();
      event.preventDefault();
    } else if (event.key === "Escape" && !writing) {
      select(null);
    }
  });
}

function start() {
  const facts = data.nodes.reduce((sum, node) => sum + node.facts.length, 0);
  const articles = new Set(data.nodes.flatMap((node) => node.articles)).size;
  find("counts").textContent = [plural(data.nodes.length, "entity", "entities"), plural(data.edges.length, "relation"), plural(facts, "fact"), plural(articles, "article")].join(" · ");
  startScheme();
  startDrawing();
  colourDrawing();
  buildFilters();
  startSearch();
  startTable();
  startTabs();
  startTools();
  startKeys();
  for (const listener of [updateDrawing, updatePanel, updateFilters, updateTable, updateScope]) onChange(listener);
  network.once("afterDrawing", () => { document.documentElement.dataset.drawn = String(Math.round(performance.now())); });
  change(() => {});
  fit(undefined, 0);
}

start();

window.kgView = Object.freeze({
  /** Selects an entity by its IRI, as a click does. */
  selectNode: (iri) => visit(numberOf.get(iri)),
  /** Selects a relation by the IRIs of its ends and the name of its predicate. */
  selectEdge: (from, predicate, to) => visitEdge(data.edges.find((edge) => nodeOf(edge.from).iri === from && nodeOf(edge.to).iri === to && edge.predicate === predicate).id),
  /** What is drawn now. */
  shown: () => ({ nodes: drawn.nodes.getIds().sort((a, b) => a - b).map((id) => nodeOf(id).label), edges: drawn.edges.length, labels: [...labels] }),
  /** Where a node stands in the window, in CSS pixels. */
  place: (iri) => network.canvasToDOM(network.getPosition(numberOf.get(iri))),
  csv,
});
