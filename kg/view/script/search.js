"use strict";

// Finding an entity by any of its names, with the keyboard alone if need be.

const MOST_RESULTS = 40;
const named = data.nodes.map((node) => ({ id: node.id, names: [node.label, ...node.aliases].map((name) => ({ name, folded: folded(name) })) }));
let active = -1;

/** The entities one of whose names holds every word of the query: whole names first, then beginnings, then the better connected. */
function found(query) {
  const words = folded(query).split(" ").filter(Boolean);
  if (!words.length) return [];
  const whole = words.join(" ");
  const rank = (text) => (text === whole ? 0 : text.startsWith(whole) ? 1 : text.includes(` ${whole}`) ? 2 : 3);
  const hits = [];
  for (const { id, names } of named) {
    const fitting = names.filter((name) => words.every((word) => name.folded.includes(word)));
    if (fitting.length) hits.push({ id, name: fitting[0].name, rank: Math.min(...fitting.map((name) => rank(name.folded))) });
  }
  return hits.sort((a, b) => a.rank - b.rank || degree(b.id) - degree(a.id) || a.id - b.id);
}

function updateResults() {
  const hits = found(find("search").value);
  const items = hits.slice(0, MOST_RESULTS).map(({ id, name }, i) => {
    const node = nodeOf(id);
    const item = make("li", { role: "option", id: `result-${i}`, "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => choose(id) },
      glyph(typeOf(node), 16), make("span", { className: "name" }, node.label),
      make("span", { className: "note" }, name === node.label ? typeOf(node).label : `“${name}”`));
    item.node = id;
    return item;
  });
  if (hits.length > MOST_RESULTS) items.push(make("li", { className: "rest", role: "presentation" }, `and ${hits.length - MOST_RESULTS} more`));
  if (!hits.length) items.push(make("li", { className: "rest", role: "presentation" }, "No entity has such a name."));
  find("results").replaceChildren(...items);
  open(find("search").value.trim() !== "");
  mark(hits.length ? 0 : -1);
}

function open(yes) {
  find("results").hidden = !yes;
  find("search").setAttribute("aria-expanded", String(yes));
}

function mark(index) {
  const options = find("results").querySelectorAll("[role=option]");
  active = options.length ? (index + options.length) % options.length : -1;
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
  options[active]?.scrollIntoView({ block: "nearest" });
  if (active < 0) find("search").removeAttribute("aria-activedescendant");
  else find("search").setAttribute("aria-activedescendant", `result-${active}`);
}

function choose(id) {
  find("search").value = "";
  open(false);
  showTab("graph");
  visit(id);
  find("panel-body").focus({ preventScroll: true });
}

function startSearch() {
  find("search").addEventListener("input", updateResults);
  find("search").addEventListener("focus", () => open(find("search").value.trim() !== ""));
  find("search").addEventListener("blur", () => open(false));
  find("search").addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      mark(active + (event.key === "ArrowDown" ? 1 : -1));
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0) {
      choose(find("results").querySelectorAll("[role=option]")[active].node);
    } else if (event.key === "Escape") {
      find("search").value = "";
      open(false);
      event.stopPropagation();
    }
  });
}
